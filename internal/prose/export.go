// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// The schema as ProseMirror reads it. It is written to schema.json, from which
// both the editor and the server's step machine build theirs: there is one
// schema, and this file only says it in another language.
type exported struct {
	Nodes []exportedType `json:"nodes"`
	Marks []exportedType `json:"marks"`
}

type exportedType struct {
	Name    string                  `json:"name"`
	Content string                  `json:"content,omitempty"`
	Group   string                  `json:"group,omitempty"`
	Inline  bool                    `json:"inline,omitempty"`
	Plain   bool                    `json:"plain,omitempty"` // its text carries no marks
	Attrs   map[string]exportedAttr `json:"attrs,omitempty"`
}

type exportedAttr struct {
	Type     string   `json:"type"` // string, address or number
	Default  any      `json:"default"`
	Required bool     `json:"required,omitempty"`
	OneOf    []string `json:"oneOf,omitempty"`
	Min      int      `json:"min,omitempty"`
	Max      int      `json:"max,omitempty"`
}

// firstNodes stand first, for ProseMirror fills a gap with the first type that
// fits: a new block is a paragraph and not, say, a rule.
var firstNodes = []string{"doc", "paragraph", "text", "tableCell", "listItem"}

// SchemaJSON returns the schema as schema.json holds it.
func SchemaJSON() []byte {
	var x exported
	for _, name := range slices.SortedFunc(maps.Keys(schema), byPlace) {
		k := schema[name]
		x.Nodes = append(x.Nodes, exportedType{
			Name: name, Content: contentOf(name, k), Group: groupsOf(k.is), Inline: k.is&inline != 0,
			Plain: k.plain, Attrs: exportAttrs(k.attrs),
		})
	}
	for _, name := range slices.SortedFunc(maps.Keys(marks), func(a, b string) int { return marks[a].rank - marks[b].rank }) {
		x.Marks = append(x.Marks, exportedType{Name: name, Attrs: exportAttrs(marks[name].attrs)})
	}
	out, err := json.MarshalIndent(x, "", "\t")
	if err != nil {
		panic(err) // plain values
	}
	return append(out, '\n')
}

func byPlace(a, b string) int {
	at := func(s string) int {
		if i := slices.Index(firstNodes, s); i >= 0 {
			return i
		}
		return len(firstNodes)
	}
	return cmp.Or(at(a)-at(b), strings.Compare(a, b))
}

// groupNames in the order of their bits.
var groupNames = []struct {
	bit  group
	name string
}{{block, "block"}, {item, "item"}, {row, "row"}, {cell, "cell"}, {picture, "picture"}, {text, "words"}, {lineBreak, "break"}, {note, "note"}}

func groupsOf(g group) string {
	var out []string
	for _, n := range groupNames {
		if g&n.bit != 0 {
			out = append(out, n.name)
		}
	}
	if g&inline != 0 {
		out = append(out, "inline")
	}
	return strings.Join(out, " ")
}

// contentOf is what a node may contain, as a ProseMirror content expression. A
// document has at least one block there, because a cursor must stand somewhere;
// a stored document without any is read as one empty paragraph. There is no
// space in it: goja's String.split would make empty words of them.
func contentOf(name string, k kind) string {
	if k.holds == 0 {
		return ""
	}
	of := groupsOf(k.holds)
	switch {
	case k.holds == inline:
		of = "inline"
	case k.holds&inline != 0:
		of = strings.TrimSuffix(of, " inline")
	}
	if strings.Contains(of, " ") {
		of = "(" + strings.ReplaceAll(of, " ", "|") + ")"
	}
	switch {
	case k.first != "":
		return k.first + "(" + of + "*)"
	case k.min > 0 || name == "doc":
		return of + "+"
	}
	return of + "*"
}

func exportAttrs(in map[string]attr) map[string]exportedAttr {
	out := map[string]exportedAttr{}
	for name, a := range in {
		if a.typ == ignored {
			continue
		}
		typ := [...]string{str: "string", address: "address", number: "number", webAddress: "address"}[a.typ]
		out[name] = exportedAttr{Type: typ, Default: a.def, Required: a.required, OneOf: a.oneOf, Min: a.min, Max: a.max}
	}
	return out
}
