// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import "testing"

func TestSqueeze(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, css, want string }{
		{"comments and indentation", "/* why */\na {\n\tcolor: red; /* so */\n}\n", "a{color:red;}"},
		{"descendants before a pseudo-class", ".prose :is(h2, h3) + *  a :hover { }", ".prose :is(h2,h3) + * a :hover{}"},
		{"sums", "a { width: calc(100% - 2 * var(--gap)); margin: 0 -1px }", "a{width:calc(100% - 2 * var(--gap));margin:0 -1px}"},
		{"strings", `a::after { content: " { /* \"x\" */ , "; b: ' ;  ' }`, `a::after{content:" { /* \"x\" */ , ";b:' ;  '}`},
		{"conditions", "@media (min-width: 60em) and (max-width: 76em) { a { b: c } }", "@media (min-width:60em) and (max-width:76em){a{b:c}}"},
		{"a comment between two words", "a/**/b { }", "a b{}"},
		{"what never ends", `a { b: "c`, `a{b:"c`},
		{"nothing", " /* */ ", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := squeeze(tc.css); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}
