// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"strings"

	"golang.org/x/text/language"

	"stet"
	"stet/internal/media"
)

// ReadAssetText makes of a text what is kept of it, or says what is wrong. An
// empty one is always right: it takes away what there was.
func ReadAssetText(a *stet.Asset, t stet.AssetText) (stet.AssetText, error) {
	t.Asset = a.ID
	t.Label, t.Language = strings.TrimSpace(t.Label), strings.TrimSpace(t.Language)
	if strings.TrimSpace(t.Text) == "" {
		t.Text = ""
		return t, nil
	}
	if a.Kind != stet.Audio && a.Kind != stet.Video {
		return t, stet.Errorf(stet.Invalid, "captions and a transcript belong to a recording or a video")
	}
	if t.Kind == stet.Transcript {
		t.Text = strings.TrimSpace(strings.ReplaceAll(t.Text, "\r\n", "\n"))
		return t, stet.CheckText("transcript", t.Text, stet.MaxTranscript)
	}
	tag, err := language.Parse(t.Language)
	if err != nil {
		return t, stet.Errorf(stet.Invalid, "%q is no language; write a tag such as en, de or pt-BR", t.Language)
	}
	t.Language = tag.String()
	if t.Label == "" {
		t.Label = t.Language
	}
	if err := stet.CheckText("name of the captions", t.Label, stet.MaxHeadline); err != nil {
		return t, err
	}
	t.Text, err = media.CheckCaptions(t.Text)
	return t, err
}
