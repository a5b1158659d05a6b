# SPDX-FileCopyrightText: The Stet authors
# SPDX-License-Identifier: MIT

# make run    build everything and serve the demo magazine at http://localhost:8080
# make ui     build the desk app, when something of it has changed
# make test   install what the tests need, and run them all
# make lint   formatting, vet, staticcheck, module hygiene
# make bench  speed and memory, each as a ratio to a yardstick in the same run

export CGO_ENABLED = 0
GO          ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: build ui needs run test test-short lint bench fuzz clean

build: ui
	$(GO) build -trimpath -o bin/stet ./cmd/stet

# The desk app is embedded in the program. Without npm the program still builds
# from what is in internal/desk/dist, and says so where the desk would be.
DESK  = internal/desk/dist/index.html
LOCK  = ui/node_modules/.package-lock.json

ui: $(DESK)

$(DESK): $(shell find ui -type f -not -path 'ui/node_modules/*') themes/stet/fonts | $(LOCK)
	cd ui && npm run --silent build

$(LOCK): ui/package-lock.json
	cd ui && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

run: build
	bin/stet serve --demo --data demo-data

# Needs is separate so that "go test ./..." alone works on a machine that has
# PostgreSQL and Chromium already.
needs:
	@scripts/needs.sh

# The browser comes last and alone: it wants both processors, and so do tests
# that wait for something to happen.
test: needs ui
	$(GO) test -timeout 20m $$($(GO) list ./... | grep -v /browsertest)
	$(GO) test -timeout 20m ./internal/browsertest

test-short:
	$(GO) test -short ./...

lint: $(LOCK)
	@test -z "$$(gofmt -l cmd internal themes *.go | tee /dev/stderr)" || { echo "gofmt wants the files above" >&2; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) mod tidy -diff
	$(GO) mod verify
	@for f in themes/stet/js/*.js; do node --check $$f || exit 1; done
	cd ui && npm run --silent check
	cd ui && npm run --silent steps -- --outDir ../bin/steps --logLevel error && cmp ../bin/steps/machine.js ../internal/steps/machine.js
	cd ui && npm run --silent types:check

bench: build needs
	$(GO) run ./internal/bench

# Each fuzz target for a minute; "go test" alone runs their seeds.
fuzz:
	@$(GO) list ./internal/... | while read p; do \
	  $(GO) test -list '^Fuzz' $$p | grep '^Fuzz' | while read f; do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $${FUZZTIME:-60s} $$p || exit 1; done || exit 1; done

clean:
	rm -rf bin demo-data
