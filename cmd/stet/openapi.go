// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"encoding/json"

	"stet/internal/desk"
)

// openapiCmd prints the document from which the desk's app has its types. It
// needs no magazine.
type openapiCmd struct{}

func (openapiCmd) Run(s streams) error {
	doc, err := desk.New(desk.Options{Version: "1"}).Document()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, doc, "", "  "); err != nil {
		return err
	}
	_, err = out.WriteTo(s.out)
	return err
}
