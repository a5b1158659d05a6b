// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package spool

import (
	"errors"
	"regexp"
	"strings"
)

var (
	entity         = regexp.MustCompile(`(?i)<!ENTITY\s+([^\s%>"']+)\s+`)
	externalEntity = regexp.MustCompile(`(?i)<!ENTITY\s+(?:%\s+)?[^\s%>"']+\s+(?:SYSTEM|PUBLIC)\s+("[^"]*"|'[^']*')`)
	nestedEntity   = regexp.MustCompile(`(?i)<!ENTITY\s+[^\s%>"']+\s+(?:"[^"]*&[^#"][^"]*"|'[^']*&[^#'][^']*')`)
)

// CheckDoctype judges the document type declaration of a file. Old feeds have
// one, and some name HTML's own entities, which are known anyway. A file that
// wants other files read, or entities expanded into each other, is refused: no
// export does that. Remark is what an editor should know of one that is fine.
func CheckDoctype(doctype string) (remark string, err error) {
	if m := externalEntity.FindStringSubmatch(doctype); m != nil && !strings.Contains(m[1], "-//W3C//") && !strings.Contains(m[1], "-//Netscape") {
		return "", errors.New("it declares an entity that stands in another file, which no export does; it was not read")
	}
	if nestedEntity.MatchString(doctype) {
		return "", errors.New("it declares entities that expand into each other, which no export does; it was not read")
	}
	if m := entity.FindStringSubmatch(doctype); m != nil {
		return "The file declares entities of its own, such as &" + shorten(m[1]) + ";. They are not expanded and stand in the text as they are written.", nil
	}
	return "", nil
}
