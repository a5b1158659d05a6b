#!/bin/bash
# SPDX-FileCopyrightText: The Stet authors
# SPDX-License-Identifier: MIT
#
# Makes the woff2 files beside it from the sources in npm. Needs npm, and
# Debian's fonttools and python3-brotli. Run it in this folder only to change
# the character set, the features or the axes; the results are committed.
#
# "Source" is a reserved font name, and a subset is a modified version: so the
# serif is renamed to Stet Serif inside the files, as its licence asks.
set -euo pipefail
here=$PWD work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for p in source-serif@4.5.1 @fontsource-variable/public-sans@5.3.0; do tar xzf "$(npm pack --silent "$p")" --one-top-level="$(basename "${p%@*}")"; done
roman=source-serif/package/VAR/SourceSerif4Variable-Roman.ttf
italic=source-serif/package/VAR/SourceSerif4Variable-Italic.ttf
sans=public-sans/package/files/public-sans

# Every file of the first kind holds what English, French, German, Spanish,
# Italian, Portuguese and the Nordic languages are written with, and nothing
# else: a page waits for it. What is rarer stands in the files of the second
# kind, which a browser fetches for a page that has such a character.
common='U+0020-007E,U+00A0,U+00A1,U+00A9,U+00AB,U+00AD,U+00B7,U+00BB,U+00BF-00CF,U+00D1-00D6,U+00D8-00DC,U+00DF-00EF,U+00F1-00F6,U+00F8-00FC,U+0152-0153,U+2009,U+2010-2014,U+2018-201A,U+201C-201E,U+2026,U+202F,U+2039,U+203A,U+20AC,U+2212'
rare='U+00A2-00A8,U+00AA,U+00AC,U+00AE-00B6,U+00B8-00BA,U+00BC-00BE,U+00D0,U+00D7,U+00DD-00DE,U+00F0,U+00F7,U+00FD-0151,U+0154-017F,U+0192,U+0218-021B,U+0237,U+02C6-02C7,U+02D8-02DD,U+1E80-1E85,U+1E9E,U+1EF2-1EF3,U+2002-2003,U+200A,U+2015,U+201B,U+2020-2022,U+2030,U+2032-2033,U+2044,U+2116,U+2122,U+2190-2193'
# The source of the sans comes in two files, and these stand in the first.
signs='U+00A2,U+00A3,U+00A5,U+00A7,U+00AE,U+00B0,U+00D7,U+2022,U+2032-2033,U+2122'
text=kern,liga,smcp,c2sc,onum,lnum,locl,ccmp,mark
head=kern,liga,onum,lnum,locl,ccmp,mark

# make NAME SOURCE CHARACTERS FEATURES [AXIS=VALUE...]
make() {
	local name=$1 source=$2 chars=$3 features=$4; shift 4
	fonttools varLib.instancer -q "$source" "$@" -o one.ttf
	case $name in serif-*) /usr/bin/python3 - <<-'PY'
		from fontTools.ttLib import TTFont
		f = TTFont("one.ttf")
		for n in list(f["name"].names):
		    if n.nameID in (1, 3, 4, 6, 16, 17, 21, 22, 25):
		        f["name"].removeNames(nameID=n.nameID)
		for i, s in ((1, "Stet Serif"), (4, "Stet Serif"), (6, "StetSerif")):
		    f["name"].setName(s, i, 3, 1, 0x409)
		f.save("one.ttf")
		PY
	esac
	pyftsubset one.ttf --unicodes="$chars" --layout-features="$features" --no-hinting --flavor=woff2 --output-file="$here/$name.woff2"
}

make serif-text        $roman  "$common" $text wght=400 opsz=18
make serif-text-ext    $roman  "$rare"   $text wght=400 opsz=18
make serif-italic      $italic "$common" $head wght=400 opsz=18
make serif-italic-ext  $italic "$rare"   $head wght=400 opsz=18
make serif-bold        $roman  "$common" $head wght=650 opsz=18
make serif-display     $roman  "$common" $head wght=400:600 opsz=44
make serif-display-ext $roman  "$rare"   $head wght=400:600 opsz=44
make sans      $sans-latin-wght-normal.woff2     "$common,$signs" kern,liga,lnum,tnum,locl,ccmp wght=400:600
make sans-ext  $sans-latin-ext-wght-normal.woff2 "$rare"   kern,liga,locl,ccmp wght=400:600
cp source-serif/package/LICENSE.md "$here/OFL-source-serif.md"
cp public-sans/package/LICENSE "$here/OFL-public-sans.txt"
