// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// schema.json is what the editor and the step machine are built from.
func TestSchemaJSON(t *testing.T) {
	want := SchemaJSON()
	if *update {
		if err := os.WriteFile("schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(have)); diff != "" {
		t.Errorf("schema.json is not the schema (run go test ./internal/prose -run SchemaJSON -update):\n%s", diff)
	}
}
