// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"encoding/base32"
	"encoding/binary"
	"hash/fnv"
	"maps"
	"slices"
)

// idLetters are lower case without the signs that people confuse when they read an id aloud.
var idLetters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// EnsureIDs returns the document with an id on every block and part of a block: given ids are
// kept, missing ones made, and of two equal ones the later is replaced (an editor that copies a
// paragraph copies its id). An id follows from what the block says and how often the document has
// said it before, not from a counter: bringing the same story in twice gives the same ids, and a
// paragraph put in between leaves all others alone.
func (d *Doc) EnsureIDs() *Doc {
	f := idFiller{taken: map[string]bool{}, seen: map[uint64]int{}}
	d.Walk(func(n *Node) bool {
		if id := n.ID(); id != "" {
			f.given = true
		}
		return !f.given
	})
	root := Node{Type: "doc", Content: d.content()}
	if f.given {
		f.reserve(&root)
	}
	root.Content, _ = f.fill(root.Content)
	return &Doc{Root: root}
}

type idFiller struct {
	given bool
	kept  map[*Node]bool
	taken map[string]bool
	seen  map[uint64]int
}

// reserve notes the ids that the document brings along before any new one is made, so that a new
// one never takes the id of a later block.
func (f *idFiller) reserve(n *Node) {
	f.kept = map[*Node]bool{}
	n.walk(func(c *Node) bool {
		if id := c.ID(); id != "" && !f.taken[id] {
			f.taken[id] = true
			f.kept[c] = true
		}
		return true
	})
}

// fill returns copies with ids, and a hash over what they say. Children first: a container's id
// follows from its content.
func (f *idFiller) fill(list []Node) ([]Node, uint64) {
	if len(list) == 0 {
		return list, 0
	}
	out := make([]Node, len(list))
	all := fnv.New64a()
	for i := range list {
		n := list[i]
		var below uint64
		if n.Type != "text" {
			n.Content, below = f.fill(n.Content)
		}
		sum := said(&n, below)
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], sum)
		all.Write(b[:])
		if wantsID(n.Type) && !(f.given && f.kept[&list[i]]) {
			n.Attrs = maps.Clone(n.Attrs)
			if n.Attrs == nil {
				n.Attrs = make(Attrs, 1)
			}
			n.Attrs["id"] = f.make(sum)
		}
		out[i] = n
	}
	return out, all.Sum64()
}

func wantsID(typ string) bool {
	k := schema[typ]
	_, has := k.attrs["id"]
	return has && k.is&inline == 0
}

// said hashes a node without its id and marks: making a word bold changes no id.
func said(n *Node, below uint64) uint64 {
	h := fnv.New64a()
	write := func(s string) { h.Write([]byte(s)); h.Write([]byte{0}) }
	write(n.Type)
	write(n.Text)
	if len(n.Attrs) > 0 {
		for _, k := range slices.Sorted(maps.Keys(n.Attrs)) {
			if s, ok := n.Attrs[k].(string); ok && k != "id" {
				write(k)
				write(s)
			}
		}
	}
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], below)
	h.Write(b[:])
	return h.Sum64()
}

func (f *idFiller) make(sum uint64) string {
	for {
		n := f.seen[sum]
		f.seen[sum]++
		// FNV's high bits hardly move for short inputs that differ at their end; the multiplication
		// and fold (splitmix64's finish) spread them.
		x := sum + uint64(n)*0x9e3779b97f4a7c15
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		x ^= x >> 31
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], x)
		if id := idLetters.EncodeToString(b[:5]); !f.taken[id] {
			f.taken[id] = true
			return id
		}
	}
}
