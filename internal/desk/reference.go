// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"stet/internal/web"
)

//go:embed reference.html
var referenceHTML string

//go:embed reference.css
var referenceCSS []byte

// reference serves the page that describes the API, made of its document: what
// stands there is what the program does.
func (d *Desk) reference(mux *http.ServeMux) {
	css := web.NewBody(http.StatusOK, "text/css; charset=utf-8", referenceCSS, web.Identity)
	css.CacheControl = "public, max-age=3600"
	page := sync.OnceValues(func() (*web.Body, error) {
		var b strings.Builder
		t, err := template.New("reference").Parse(referenceHTML)
		if err != nil {
			return nil, err
		}
		if err := t.Execute(&b, d.referenceView()); err != nil {
			return nil, err
		}
		body := web.NewBody(http.StatusOK, "text/html; charset=utf-8", []byte(b.String()), web.Identity)
		body.CacheControl = "public, max-age=300"
		return body, nil
	})
	mux.Handle("GET /api/reference.css", css)
	mux.Handle("GET /api", http.RedirectHandler("/api/", http.StatusMovedPermanently))
	mux.HandleFunc("GET /api/{$}", func(w http.ResponseWriter, r *http.Request) {
		body, err := page()
		if err != nil {
			d.log.Error("the reference of the API cannot be made", "error", err)
			http.Error(w, "The reference cannot be shown.", http.StatusInternalServerError)
			return
		}
		body.ServeHTTP(w, r)
	})
}

// The views of the reference page.
type (
	referenceView struct {
		Version, Description string
		Groups               []referenceGroup
		Schemas              []referenceSchema
	}
	referenceGroup struct {
		Name       string
		Operations []referenceOperation
	}
	referenceOperation struct {
		ID, Method, Path, Does string
		Open                   bool // without signing in
		Parameters             []referenceField
		Takes, Answers         template.HTML
		Statuses               []string
	}
	referenceField struct {
		Name, In string
		Type     template.HTML
		Required bool
		Doc      string
	}
	referenceSchema struct {
		Name   string
		Fields []referenceField
	}
)

func (d *Desk) referenceView() referenceView {
	doc := d.api.OpenAPI()
	v := referenceView{Version: doc.Info.Version, Description: doc.Info.Description}
	groups := map[string][]referenceOperation{}
	for path, item := range doc.Paths {
		for method, op := range map[string]*huma.Operation{
			"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete, "HEAD": item.Head,
		} {
			if op != nil {
				groups[op.Tags[0]] = append(groups[op.Tags[0]], viewOperation(path, method, op))
			}
		}
	}
	for name, ops := range groups {
		slices.SortFunc(ops, func(a, b referenceOperation) int {
			return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Method, b.Method))
		})
		v.Groups = append(v.Groups, referenceGroup{name, ops})
	}
	slices.SortFunc(v.Groups, func(a, b referenceGroup) int { return strings.Compare(a.Name, b.Name) })
	for name, s := range doc.Components.Schemas.Map() {
		v.Schemas = append(v.Schemas, referenceSchema{name, viewFields(s)})
	}
	slices.SortFunc(v.Schemas, func(a, b referenceSchema) int { return strings.Compare(a.Name, b.Name) })
	return v
}

func viewOperation(path, method string, op *huma.Operation) referenceOperation {
	_, isOpen := op.Metadata[open]
	v := referenceOperation{ID: op.OperationID, Method: method, Path: path, Does: op.Summary, Open: isOpen}
	for _, p := range op.Parameters {
		v.Parameters = append(v.Parameters, referenceField{p.Name, p.In, viewType(p.Schema), p.Required, cmp.Or(p.Description, p.Schema.Description)})
	}
	if op.RequestBody != nil {
		for _, media := range op.RequestBody.Content {
			v.Takes = viewType(media.Schema)
		}
	}
	for status, res := range op.Responses {
		if status < "300" {
			for _, media := range res.Content {
				v.Answers = viewType(media.Schema)
			}
		}
		v.Statuses = append(v.Statuses, status)
	}
	slices.Sort(v.Statuses)
	return v
}

func viewFields(s *huma.Schema) []referenceField {
	var out []referenceField
	for name, p := range s.Properties {
		out = append(out, referenceField{Name: name, Type: viewType(p), Required: slices.Contains(s.Required, name), Doc: p.Description})
	}
	slices.SortFunc(out, func(a, b referenceField) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// viewType writes a schema as one line, with a link where it has a name.
func viewType(s *huma.Schema) template.HTML {
	switch {
	case s == nil:
		return ""
	case s.Ref != "":
		name := s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
		return template.HTML(fmt.Sprintf(`<a href="#%[1]s">%[1]s</a>`, template.HTMLEscapeString(name)))
	case s.Type == huma.TypeArray:
		return "list of " + viewType(s.Items)
	case len(s.Enum) > 0:
		words := make([]string, len(s.Enum))
		for i, e := range s.Enum {
			words[i] = template.HTMLEscapeString(fmt.Sprint(e))
		}
		return template.HTML(strings.Join(words, " | "))
	case s.Format != "":
		return template.HTML(template.HTMLEscapeString(s.Type + ", " + s.Format))
	case s.Type == "":
		return "any JSON"
	}
	return template.HTML(template.HTMLEscapeString(s.Type))
}
