// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import "regexp"

// Limits of one body. A 5,000-word story with its pictures has some 40 kB and 600 nodes.
const (
	MaxBytes = 5 << 20
	MaxNodes = 50_000
	MaxDepth = 64
	maxSpan  = 100 // columns or rows that one table cell may cover
)

// group says where a node may stand; a node may belong to several.
type group uint

const (
	block group = 1 << iota
	item
	row
	cell
	picture
	text
	lineBreak
	note

	inline = text | lineBreak | note
)

// kind is one row of the schema.
type kind struct {
	is    group               // where it may stand
	holds group               // what it may contain
	first string              // the type that its first child must have
	min   int                 // the fewest children
	plain bool                // its text carries no marks
	also  func(n *Node) error // what no attribute says alone
	attrs map[string]attr
}

type attrType int

const (
	str attrType = iota
	address
	number
	webAddress // http or https in full, or a path of this site
	ignored    // what TipTap writes and Stet has no use for: accepted, not kept
)

// attr is the rule for one attribute. A value equal to def is not kept, so that an editor that
// writes all its defaults out and a converter that does not arrive at the same document.
type attr struct {
	typ      attrType
	required bool
	def      any
	min, max int // for numbers, both inclusive; for texts, the most code points, 0 for any number
	oneOf    []string
	like     *regexp.Regexp
}

var (
	idAttr   = attr{like: regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)}
	spanAttr = attr{typ: number, def: 1, min: 1, max: maxSpan}
	// Public ids and languages go into addresses and class names, so they hold no character that
	// would need a thought there.
	publicID = attr{like: regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`)}
	language = attr{like: regexp.MustCompile(`^[A-Za-z0-9_+#.-]{1,40}$`)}
	cellKind = kind{is: cell, holds: block, min: 1, attrs: map[string]attr{
		"id": idAttr, "colspan": spanAttr, "rowspan": spanAttr, "colwidth": {typ: ignored}}}
)

// schema is the whole format. Validation, ids, word counts and converters all read it; a new node
// type is a row here, a case in writer.block and one in texter.block.
var schema = map[string]kind{
	"doc": {holds: block},

	"paragraph": {is: block, holds: inline, attrs: map[string]attr{"id": idAttr}},
	"heading": {is: block, holds: inline, attrs: map[string]attr{
		"id": idAttr, "level": {typ: number, required: true, min: 2, max: 4}}},
	"blockquote": {is: block, holds: block, min: 1, attrs: map[string]attr{"id": idAttr, "cite": {typ: address}}},
	"pullQuote":  {is: block, holds: text | lineBreak, attrs: map[string]attr{"id": idAttr, "attribution": {}}},
	"bulletList": {is: block, holds: item, min: 1, attrs: map[string]attr{"id": idAttr}},
	"orderedList": {is: block, holds: item, min: 1, attrs: map[string]attr{
		"id": idAttr, "start": {typ: number, def: 1, min: 0, max: 999_999_999}, "type": {typ: ignored}}},
	"listItem": {is: item, holds: block, first: "paragraph", min: 1, attrs: map[string]attr{"id": idAttr}},
	"image": {is: block | picture, holds: inline, attrs: map[string]attr{
		"id": idAttr, "asset": publicID, "src": {typ: address}, "alt": {}, "credit": {},
		"layout": {def: "column", oneOf: []string{"column", "wide", "full"}},
		"title":  {typ: ignored}, "width": {typ: ignored}, "height": {typ: ignored}}},
	"gallery": {is: block, holds: picture, min: 1, attrs: map[string]attr{"id": idAttr, "caption": {}}},
	// A recording, film or document of the library. Which of them it is, and so how it is shown, is the
	// asset's matter: the node does not repeat it.
	"media": {is: block, holds: inline, attrs: map[string]attr{
		"id": idAttr, "asset": {required: true, like: publicID.like}, "title": {}, "credit": {}}},
	"embed": {is: block, attrs: map[string]attr{
		"id": idAttr, "url": {typ: address, required: true}, "title": {}, "provider": {}}},
	"table":          {is: block, holds: row, min: 1, attrs: map[string]attr{"id": idAttr}},
	"tableRow":       {is: row, holds: cell, attrs: map[string]attr{"id": idAttr}},
	"tableHeader":    cellKind,
	"tableCell":      cellKind,
	"codeBlock":      {is: block, holds: text, plain: true, attrs: map[string]attr{"id": idAttr, "language": language}},
	"horizontalRule": {is: block, attrs: map[string]attr{"id": idAttr}},
	"box":            {is: block, holds: block, min: 1, attrs: map[string]attr{"id": idAttr, "title": {}}},
	"relatedStory": {is: block, attrs: map[string]attr{
		"id": idAttr, "story": publicID, "href": {typ: address}, "title": {}}},
	"counterpoint": counterpointKind,
	"rawHTML":      {is: block, attrs: map[string]attr{"id": idAttr, "html": {}}},

	"text":      {is: text},
	"hardBreak": {is: lineBreak},
	"footnote":  {is: note, holds: text | lineBreak, attrs: map[string]attr{"id": idAttr}},
}

// marks are ranked as they nest, outermost first.
var marks = map[string]struct {
	rank  int
	attrs map[string]attr
}{
	"link": {0, map[string]attr{"href": {typ: address, required: true}, "title": {},
		"target": {typ: ignored}, "rel": {typ: ignored}, "class": {typ: ignored}}},
	"bold":        {1, nil},
	"italic":      {2, nil},
	"underline":   {3, nil},
	"strike":      {4, nil},
	"subscript":   {5, nil},
	"superscript": {6, nil},
	"code":        {7, nil},
}
