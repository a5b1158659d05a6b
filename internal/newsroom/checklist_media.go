// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"

	"stet"
)

// placed is one recording, video or document of the working copy.
type placed struct {
	picture
	kind stet.AssetKind
}

// media are those of the body, with what readers will be told.
func (x *examination) media(ctx context.Context) ([]placed, error) {
	if x.doc == nil {
		return nil, nil
	}
	all := x.doc.Media()
	ids := make([]string, len(all))
	for i, m := range all {
		ids[i] = m.Asset
	}
	assets, err := x.room.store.AssetsReplaced(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var inside []int64
	for _, a := range assets {
		inside = append(inside, a.ID)
	}
	texts, err := x.room.store.AssetTexts(ctx, inside...)
	if err != nil {
		return nil, err
	}
	written := map[int64]bool{}
	for _, t := range texts {
		written[t.Asset] = true
	}
	out := make([]placed, len(all))
	for i, m := range all {
		a := assets[m.Asset]
		name := firstOf(m.Name(), a.Filename, fmt.Sprintf("file %d of the body", i+1))
		out[i] = placed{picture{name: cut(name, 80), credit: firstOf(m.Credit, a.Credit), inWriting: written[a.ID]}, a.Kind}
	}
	return out, nil
}

// checkTranscript asks for what those need who cannot hear. A film that is
// silent has nothing to write down; so it is advice by default.
func checkTranscript(ctx context.Context, x *examination, res *CheckResult) error {
	all, err := x.media(ctx)
	if err != nil {
		return err
	}
	var heard []picture
	for _, m := range all {
		if m.kind == stet.Audio || m.kind == stet.Video {
			heard = append(heard, m.picture)
		}
	}
	res.each(heard, things{"recording or video", "recordings and videos"}, "captions or a transcript", func(p picture) bool { return p.inWriting })
	return nil
}
