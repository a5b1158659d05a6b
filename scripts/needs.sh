#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Stet authors
# SPDX-License-Identifier: MIT

# Installs what the tests need and a bare machine lacks: a PostgreSQL server
# (the tests start their own, temporary ones), Chromium, and axe-core from npm.
# It says what is missing where it cannot install it; the tests then fail and
# do not skip.
set -euo pipefail
cd "$(dirname "$0")/.."

has_postgres() {
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [ -x "${STET_TEST_PGBIN:-/nonexistent}/initdb" ]
}
has_chromium() {
  [ -n "${STET_TEST_CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

missing=()
has_postgres || missing+=(postgresql)
has_chromium || missing+=(chromium)
if [ ${#missing[@]} -gt 0 ]; then
  sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo -n)
  if ! command -v apt-get >/dev/null || { [ ${#sudo[@]} -gt 0 ] && ! sudo -n true 2>/dev/null; }; then
    echo "The tests need ${missing[*]}; please install them (see docs/how-to/run-the-tests.md)." >&2
    exit 1
  fi
  echo "Installing ${missing[*]} for the tests ..."
  "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=600 update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# npm ci removes and installs; it is skipped when the lock file has not changed.
dir=internal/browsertest
if [ -f $dir/package-lock.json ] && ! cmp -s $dir/package-lock.json $dir/node_modules/.lock; then
  (cd $dir && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp $dir/package-lock.json $dir/node_modules/.lock
fi
