// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Doc is the body of one article. Nobody changes a Doc, or any Node in it, after it was made:
// pages, search and versions read the same one at the same time.
type Doc struct {
	Root Node
}

// Node is one node of the tree: a block, a part of a block (list item, table row), or a piece of
// running text.
type Node struct {
	Type    string
	Attrs   Attrs
	Content []Node
	Marks   []Mark // always in the order of the schema, so that equal texts are equal trees
	Text    string // only for type "text"
}

// Mark is a property of a piece of text: bold, a link ...
type Mark struct {
	Type  string
	Attrs Attrs
}

// Attrs holds string, int and []int values only; an attribute that has its default value is absent.
type Attrs map[string]any

// Attr returns a string attribute, "" when it is absent.
func (n *Node) Attr(name string) string {
	s, _ := n.Attrs[name].(string)
	return s
}

// Int returns a number attribute, or the schema's default when it is absent.
func (n *Node) Int(name string) int {
	if i, ok := n.Attrs[name].(int); ok {
		return i
	}
	i, _ := schema[n.Type].attrs[name].def.(int)
	return i
}

// ID is the block's stable id, to which quotations and notes are anchored.
func (n *Node) ID() string { return n.Attr("id") }

// Attr returns a string attribute of the mark, "" when it is absent.
func (m Mark) Attr(name string) string {
	s, _ := m.Attrs[name].(string)
	return s
}

// IsBlock tells blocks (what may stand in a document, quote, list item, cell or box) from their
// parts and from running text.
func (n *Node) IsBlock() bool { return schema[n.Type].is&block != 0 }

// isTextBlock reports whether a block's children are running text.
func (n *Node) isTextBlock() bool { return schema[n.Type].holds&text != 0 && n.IsBlock() }

// New makes a document of blocks that an importer has put together, fills in their ids and checks
// it as strictly as Parse does.
func New(blocks ...Node) (*Doc, error) {
	d := (&Doc{Root: Node{Type: "doc", Content: blocks}}).EnsureIDs()
	if err := d.Validate(); err != nil {
		return nil, err
	}
	return d, nil
}

// Text makes a piece of running text, for those who build documents.
func Text(s string, marks ...Mark) Node { return Node{Type: "text", Text: s, Marks: marks} }

// Paragraph makes a paragraph of running text.
func Paragraph(inline ...Node) Node { return Node{Type: "paragraph", Content: inline} }

// Raw makes a raw HTML block. The converters never do so by themselves: whether foreign markup is
// kept raw is the decision, and the permission, of the caller.
func Raw(html string) Node { return Node{Type: "rawHTML", Attrs: Attrs{"html": html}} }

// Walk calls visit for every node below the document's root in reading order, parents first.
// When visit returns false, the node's content is passed over.
func (d *Doc) Walk(visit func(n *Node) bool) { (&Node{Content: d.content()}).walk(visit) }

// content lets a nil Doc be an empty one.
func (d *Doc) content() []Node {
	if d == nil {
		return nil
	}
	return d.Root.Content
}

func (n *Node) walk(visit func(n *Node) bool) {
	for i := range n.Content {
		if c := &n.Content[i]; visit(c) {
			c.walk(visit)
		}
	}
}

// Blocks yields every block in reading order, also those inside quotes, lists, tables and boxes.
func (d *Doc) Blocks() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		going := true
		d.Walk(func(n *Node) bool {
			if going && n.IsBlock() {
				going = yield(n)
			}
			return going && !n.isTextBlock()
		})
	}
}

// Empty reports whether a reader would see nothing at all.
func (d *Doc) Empty() bool {
	for n := range d.Blocks() {
		if !n.isTextBlock() && schema[n.Type].holds == 0 && n.Type != "horizontalRule" {
			return false
		}
		if n.Type == "image" || n.Type == "media" {
			return false
		}
	}
	return strings.TrimSpace(d.Text()) == ""
}

// JSON is the canonical form: sorted keys, no space, nothing that has its default value. It is
// what is stored and hashed; Parse(d.JSON()) is d.
func (d *Doc) JSON() []byte {
	if d == nil || d.Root.Type == "" {
		return []byte(`{"type":"doc"}`)
	}
	return appendNode(make([]byte, 0, 4096), &d.Root)
}

// MarshalJSON lets a Doc stand inside other JSON values.
func (d *Doc) MarshalJSON() ([]byte, error) { return d.JSON(), nil }

// UnmarshalJSON is Parse.
func (d *Doc) UnmarshalJSON(data []byte) error {
	p, err := Parse(data)
	if err == nil {
		*d = *p
	}
	return err
}

func appendNode(b []byte, n *Node) []byte {
	b = append(b, '{')
	if len(n.Attrs) > 0 {
		b = append(appendAttrs(b, n.Attrs), ',')
	}
	if len(n.Content) > 0 {
		b = append(b, `"content":[`...)
		for i := range n.Content {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendNode(b, &n.Content[i])
		}
		b = append(b, "],"...)
	}
	if len(n.Marks) > 0 {
		b = append(b, `"marks":[`...)
		for i, m := range n.Marks {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, '{')
			if len(m.Attrs) > 0 {
				b = append(appendAttrs(b, m.Attrs), ',')
			}
			b = append(appendString(append(b, `"type":`...), m.Type), '}')
		}
		b = append(b, "],"...)
	}
	if n.Type == "text" {
		b = append(appendString(append(b, `"text":`...), n.Text), ',')
	}
	return append(appendString(append(b, `"type":`...), n.Type), '}')
}

func appendAttrs(b []byte, attrs Attrs) []byte {
	b = append(b, `"attrs":{`...)
	for i, k := range slices.Sorted(maps.Keys(attrs)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, k), ':')
		switch v := attrs[k].(type) {
		case string:
			b = appendString(b, v)
		case int:
			b = strconv.AppendInt(b, int64(v), 10)
		case []int:
			b = append(b, '[')
			for j, x := range v {
				if j > 0 {
					b = append(b, ',')
				}
				b = strconv.AppendInt(b, int64(x), 10)
			}
			b = append(b, ']')
		default:
			b = append(b, "null"...)
		}
	}
	return append(b, '}')
}

// appendString writes a JSON string with the fewest escapes that JSON allows: encoding/json would
// also escape what matters only inside a script element.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, s[start:i]...), "\ufffd"...)
				start = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\t':
			b = append(b, `\t`...)
		case '\r':
			b = append(b, `\r`...)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		start = i
	}
	return append(append(b, s[start:]...), '"')
}
