// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package ledger

import (
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// TileHeight is that of C2SP's tlog-tiles: a full tile has 256 hashes.
const TileHeight = 8

// TileWidth is how many hashes, or entries, a full tile has.
const TileWidth = 1 << TileHeight

// Entries is the level of tiles that hold entries and not hashes.
const Entries = -1

// TilePath is where a tile is served below the log's address. C2SP leaves out
// the height, which is always the same, and calls the entries by their name.
func TilePath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", TileHeight))
	if t.L == Entries {
		path = "entries" + strings.TrimPrefix(path, "data")
	}
	return "tile/" + path
}

// ParseTile reads the path of a tile.
func ParseTile(path string) (tlog.Tile, error) {
	rest, ok := strings.CutPrefix(path, "tile/")
	if ok {
		if bundle, is := strings.CutPrefix(rest, "entries/"); is {
			rest = "data/" + bundle
		} else if strings.HasPrefix(rest, "data/") {
			ok = false
		}
	}
	t, err := tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s", TileHeight, rest))
	if !ok || err != nil {
		return t, fmt.Errorf("%q is no tile", path)
	}
	return t, nil
}

// Within reports whether the tile is part of a log of that size.
func Within(t tlog.Tile, size int64) bool {
	level := max(t.L, 0)
	if level > 7 { // 256^8 leaves are more than can be counted
		return false
	}
	have := size >> (level * TileHeight)
	return t.N < 1<<40 && t.N*TileWidth+int64(t.W) <= have
}

// Bundle puts entries together as they are served: each after its length.
func Bundle(entries ...[]byte) ([]byte, error) {
	var out []byte
	for _, e := range entries {
		if len(e) > 0xffff {
			return nil, fmt.Errorf("an entry of %d bytes is too long for a bundle", len(e))
		}
		out = binary.BigEndian.AppendUint16(out, uint16(len(e)))
		out = append(out, e...)
	}
	return out, nil
}

// Unbundle takes entries apart.
func Unbundle(data []byte) ([][]byte, error) {
	var out [][]byte
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, fmt.Errorf("the bundle of entries is cut off")
		}
		n := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+n {
			return nil, fmt.Errorf("the bundle of entries is cut off")
		}
		out = append(out, data[2:2+n:2+n])
		data = data[2+n:]
	}
	return out, nil
}
