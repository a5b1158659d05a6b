// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"stet"
	"stet/internal/media"
)

// uploadTime is how long one request with a file may take. The server's own
// limits are for readers, who send nothing.
const uploadTime = 15 * time.Minute

// patient gives a request time to bring up to so many bytes, and no more.
func patient(bytes func() int64) func(*huma.Operation) {
	return func(op *huma.Operation) {
		// The reader below counts, and does so for forms as well.
		op.MaxBodyBytes, op.BodyReadTimeout = -1, uploadTime
		op.Middlewares = append(op.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
			r, w := humago.Unwrap(ctx)
			// A server that knows no deadlines (a test's recorder) has none to move.
			c := http.NewResponseController(w)
			_ = c.SetReadDeadline(time.Now().Add(uploadTime))
			_ = c.SetWriteDeadline(time.Now().Add(uploadTime))
			r.Body = http.MaxBytesReader(w, r.Body, bytes())
			next(ctx)
		})
	}
}

func atMost(n int64) func() int64 { return func() int64 { return n } }

// UploadState is how far a file has come.
type UploadState struct {
	ID       string    `json:"id"`
	Filename string    `json:"filename"`
	Size     int64     `json:"size"`
	Received int64     `json:"received" doc:"How many bytes are here: where to go on."`
	Part     int64     `json:"part" doc:"How many bytes one part may have."`
	Expires  time.Time `json:"expires" doc:"When it is given up unless more comes."`
}

func viewUpload(u stet.Upload) UploadState {
	return UploadState{u.PublicID, u.Filename, u.Size, u.Received, stet.MaxPart, u.UpdatedAt.Add(stet.UploadLife)}
}

// UploadID is embedded by the input of every operation on one upload.
type UploadID struct {
	Caller
	ID string `path:"id" maxLength:"12"`
}

func (d *Desk) uploadOperations() {
	type form struct {
		Caller
		RawBody huma.MultipartFormFiles[struct {
			File huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true"`
		}]
	}
	register(d, http.MethodPost, "/assets", "add-asset", "keeps a file that is sent whole, as the part named file of a multipart form", func(ctx context.Context, in *form) (*body[Uploaded], error) {
		defer in.RawBody.Form.RemoveAll()
		f := in.RawBody.Data().File
		defer f.Close()
		a := stet.Asset{Filename: f.Filename}
		added, err := d.room.AddAsset(ctx, in.staff, &a, f)
		return d.uploaded(ctx, a, added, err)
	}, patient(func() int64 { return d.room.Limits().Largest() + 1<<20 }))
	type fetching struct {
		Caller
		Body struct {
			URL     string `json:"url" minLength:"1" maxLength:"4000" doc:"Where the picture stands: http or https, on the public internet."`
			Alt     string `json:"alt,omitempty" maxLength:"4000" doc:"What the page says of it to those who cannot see it."`
			Caption string `json:"caption,omitempty" maxLength:"4000"`
		}
	}
	register(d, http.MethodPost, "/assets/fetch", "fetch-picture", "keeps a picture that stands at an address elsewhere, as if it had been sent", func(ctx context.Context, in *fetching) (*body[Uploaded], error) {
		a, added, err := d.room.FetchPicture(ctx, in.staff, in.Body.URL, stet.Asset{Alt: in.Body.Alt, Caption: in.Body.Caption})
		return d.uploaded(ctx, a, added, err)
	}, answers(http.StatusTooManyRequests, http.StatusGone))
	register(d, http.MethodGet, "/uploads", "list-uploads", "lists your uploads that are under way", func(ctx context.Context, in *struct{ Caller }) (*body[Page[UploadState]], error) {
		mine, err := d.store.UploadsOf(ctx, in.staff.ID)
		rows := []UploadState{}
		for _, u := range mine {
			rows = append(rows, viewUpload(u))
		}
		return reply(Page[UploadState]{Items: rows}), err
	})
	register(d, http.MethodPost, "/uploads", "begin-upload", "announces a file that will come in parts", func(ctx context.Context, in *struct {
		Caller
		Body struct {
			Filename string `json:"filename" maxLength:"400"`
			Size     int64  `json:"size" minimum:"1" doc:"Of the whole file, in bytes."`
		}
	}) (*body[UploadState], error) {
		u, err := d.room.BeginUpload(ctx, in.staff, in.Body.Filename, in.Body.Size)
		return reply(viewUpload(u)), err
	}, answers(http.StatusTooManyRequests))
	register(d, http.MethodGet, "/uploads/{id}", "get-upload", "says how much of a file is here", func(ctx context.Context, in *UploadID) (*body[UploadState], error) {
		u, err := d.room.Upload(ctx, in.staff, in.ID)
		return reply(viewUpload(u)), err
	})
	register(d, http.MethodPatch, "/uploads/{id}", "send-part", "takes the next part of a file", func(ctx context.Context, in *struct {
		UploadID
		Offset  int64  `header:"Upload-Offset" required:"true" minimum:"0" doc:"Where in the file the part begins: what has been received so far."`
		RawBody []byte `contentType:"application/octet-stream"`
	}) (*body[UploadState], error) {
		u, err := d.room.AddPart(ctx, in.staff, in.ID, in.Offset, in.RawBody)
		return reply(viewUpload(u)), err
	}, patient(atMost(stet.MaxPart+1)))
	register(d, http.MethodPost, "/uploads/{id}/finish", "finish-upload", "makes an asset of a file that has arrived whole", func(ctx context.Context, in *UploadID) (*body[Uploaded], error) {
		a, added, err := d.room.FinishUpload(ctx, in.staff, in.ID)
		return d.uploaded(ctx, a, added, err)
	}, patient(atMost(1<<10)))
	register(d, http.MethodDelete, "/uploads/{id}", "cancel-upload", "gives an upload up", func(ctx context.Context, in *UploadID) (*struct{}, error) {
		return nil, d.room.CancelUpload(ctx, in.staff, in.ID)
	})
}

func (d *Desk) uploaded(ctx context.Context, a stet.Asset, added bool, err error) (*body[Uploaded], error) {
	if err != nil {
		return nil, err
	}
	rows, err := d.assetRows(ctx, a)
	if err != nil {
		return nil, err
	}
	return reply(Uploaded{rows[0], added}), nil
}

// mediaFileOperations hand out what readers may not see: pictures whose rights
// have ended or that lie in the trash, and originals.
func (d *Desk) mediaFileOperations() {
	register(d, http.MethodGet, "/assets/{id}/picture/{name}", "get-asset-picture", "returns a rendition of a picture, also of one that readers may not see", func(ctx context.Context, in *struct {
		AssetID
		Name string `path:"name" maxLength:"60"`
	}) (*huma.StreamResponse, error) {
		a, err := d.store.Asset(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		want, err := media.ParseName(in.Name)
		if err != nil {
			return nil, err
		}
		blob, err := d.renditions.Open(ctx, a.Blob, media.Size{Width: a.Width, Height: a.Height}, media.Of(a, want.Shape, want.Width))
		if err != nil {
			return nil, err
		}
		return stream(blob, "image/jpeg", "inline"), nil
	})
	register(d, http.MethodGet, "/assets/{id}/original", "get-asset-original", "returns the file as it was sent, to be saved", func(ctx context.Context, in *AssetID) (*huma.StreamResponse, error) {
		a, err := d.store.Asset(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		blob, err := d.blobs.Open(ctx, a.Blob)
		if err != nil {
			return nil, err
		}
		kind := a.MIME
		if a.Kind == stet.Image {
			// The original of a picture is as somebody outside made it; it is
			// for saving and never for showing.
			kind = "application/octet-stream"
		}
		return stream(blob, kind, mime.FormatMediaType("attachment", map[string]string{"filename": a.Filename})), nil
	})
}

// stream sends a blob, in ranges where a player asks for them.
func stream(blob media.Blob, kind, disposition string) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer blob.Close()
		r, w := humago.Unwrap(ctx)
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("Content-Disposition", disposition)
		h.Set("Cache-Control", "private, no-cache")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		http.ServeContent(w, r, "", blob.ModTime(), blob)
	}}
}
