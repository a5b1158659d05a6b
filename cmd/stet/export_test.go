// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// What is heard in a recording goes out in writing too, and the story says where
// it lies.
func TestExportOfRecordings(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	const horn = "RIFF\x28\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x04\x00\x00\x00\x80\x90\x80\x70"
	const captions = "WEBVTT\n\n00:00.000 --> 00:01.000\n[Horn]\n"
	id := ""
	work(t, dir, func(h *house) {
		ctx := t.Context()
		a := publish(t, h, "The horn")
		sound := stet.Asset{Filename: "horn.wav"}
		_, err := h.room.AddAsset(ctx, stet.Operator, &sound, strings.NewReader(horn))
		must(t, err)
		id = sound.PublicID
		_, err = h.room.UpdateAsset(ctx, stet.Operator, id, func(tx *store.Store, a *stet.Asset) error {
			must(t, tx.SetAssetText(ctx, stet.AssetText{Asset: a.ID, Kind: stet.Captions, Language: "pt-BR", Label: "Português", Text: captions}))
			return tx.SetAssetText(ctx, stet.AssetText{Asset: a.ID, Kind: stet.Transcript, Text: "A horn."})
		})
		must(t, err)
		a, err = h.store.Article(ctx, a.ID)
		must(t, err)
		a.Content.Body = []byte(`{"type":"doc","content":[{"type":"media","attrs":{"asset":"` + id + `"}}]}`)
		must(t, h.room.Save(ctx, stet.Operator, &a))
		_, err = h.room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{})
		must(t, err)
	})
	to := filepath.Join(t.TempDir(), "out")
	if got := ok(t, "", "export", "markdown", to, "--data", dir); got != `{"stories":1,"pages":0,"pictures":1,"texts":2}`+"\n" {
		t.Errorf("%s", got)
	}
	for name, want := range map[string]string{id + ".wav": horn, id + ".pt-BR.vtt": captions, id + ".txt": "A horn.\n"} {
		if got, err := os.ReadFile(filepath.Join(to, "media", name)); err != nil || string(got) != want {
			t.Errorf("%s has %q, %v", name, got, err)
		}
	}
	story, err := os.ReadFile(filepath.Join(to, "rim", "the-horn.md"))
	must(t, err)
	for _, want := range []string{"file: ../media/" + id + ".wav\n", "file: ../media/" + id + ".pt-BR.vtt\n", "language: pt-BR\n", "label: Português\n", "transcript: ../media/" + id + ".txt\n"} {
		if !strings.Contains(string(story), want) {
			t.Errorf("the story has no %q:\n%s", want, story)
		}
	}
}
