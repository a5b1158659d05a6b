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

latin='U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+0178,U+02C6,U+02DA,U+02DC,U+2002,U+2003,U+2009,U+200A,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+20AC,U+2116,U+2122,U+2190-2193,U+2212'
extended='U+0100-0130,U+0132-0151,U+0154-0177,U+0179-017F,U+0192,U+0218-021B,U+0237,U+02C7,U+02D8-02D9,U+02DB,U+02DD,U+1E80-1E85,U+1E9E,U+1EF2-1EF3'
text=kern,liga,smcp,c2sc,onum,lnum,tnum,pnum,frac,numr,dnom,sups,ordn,case,locl,ccmp,mark
head=kern,liga,onum,lnum,pnum,case,locl,ccmp,mark

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

make serif-text        $roman  "$latin"    $text wght=400 opsz=18
make serif-text-ext    $roman  "$extended" $text wght=400 opsz=18
make serif-italic      $italic "$latin"    $text wght=400 opsz=18
make serif-italic-ext  $italic "$extended" $text wght=400 opsz=18
make serif-bold        $roman  "$latin"    $head wght=650 opsz=18
make serif-display     $roman  "$latin"    $head wght=400:700 opsz=44
make serif-display-ext $roman  "$extended" $head wght=400:700 opsz=44
make sans      $sans-latin-wght-normal.woff2     "$latin"    kern,liga,lnum,tnum,pnum,locl,ccmp wght=400:700
make sans-ext  $sans-latin-ext-wght-normal.woff2 "$extended" kern,liga,locl,ccmp wght=400:700
cp source-serif/package/LICENSE.md "$here/OFL-source-serif.md"
cp public-sans/package/LICENSE "$here/OFL-public-sans.txt"
