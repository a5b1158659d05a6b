// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"stet"
)

// Map is what an editor decides about an import: which categories become what,
// who is whom. It is read from a YAML or JSON file; docs/reference/import.md
// describes it. The zero Map leaves everything to the defaults.
type Map struct {
	Section      string              `yaml:"section"`  // of stories that have none; "News"
	Genre        string              `yaml:"genre"`    // of stories that have none
	Language     string              `yaml:"language"` // of all stories
	Categories   map[string]TermRule `yaml:"categories"`
	Tags         map[string]TermRule `yaml:"tags"`
	Taxonomies   map[string]string   `yaml:"taxonomies"` // name -> topics, sections or drop
	Authors      map[string]Merge    `yaml:"authors"`    // by login, slug or name
	Partner      *PartnerRule        `yaml:"partner"`
	Hosts        []string            `yaml:"hosts"` // further names of the old site
	CategoryBase string              `yaml:"category_base"`
	TagBase      string              `yaml:"tag_base"`
	AuthorBase   string              `yaml:"author_base"`
}

// TermRule says what becomes of a category or tag. A bare text is a section
// for a category and a topic for a tag; "drop" drops it.
type TermRule struct {
	Section string `yaml:"section"` // a path: "Europe/The Balkans"
	Topic   string `yaml:"topic"`
	Genre   string `yaml:"genre"`
	Drop    bool   `yaml:"drop"`
	text    string
}

// UnmarshalYAML lets a rule be a text.
func (r *TermRule) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		r.text = n.Value
		if n.Value == "drop" {
			*r = TermRule{Drop: true}
		}
		return nil
	}
	type plain TermRule
	return n.Decode((*plain)(r))
}

// Merge says who an author is: the name of a person, or nobody.
type Merge struct {
	Name string `yaml:"name"`
	Drop bool   `yaml:"drop"`
}

// UnmarshalYAML lets it be a name.
func (m *Merge) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*m = Merge{Name: n.Value}
		if n.Value == "drop" {
			*m = Merge{Drop: true}
		}
		return nil
	}
	type plain Merge
	return n.Decode((*plain)(m))
}

// PartnerRule makes all stories republished ones of this partner.
type PartnerRule struct {
	Name string `yaml:"name"`
	URL  string `yaml:"url"`
}

// maxMap bounds a mapping file: 20,000 tags with a rule each have 2 MB.
const maxMap = 16 << 20

// ParseMap reads a mapping file, YAML or JSON. A key that it does not know is
// refused: it is mostly a slip of the pen.
func ParseMap(r io.Reader) (*Map, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxMap+1))
	if err != nil {
		return nil, fmt.Errorf("read the mapping file: %w", err)
	}
	if len(data) > maxMap {
		return nil, stet.Errorf(stet.TooLarge, "the mapping file has more than %d MB", maxMap>>20)
	}
	m := &Map{}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(m); err != nil && !errors.Is(err, io.EOF) {
		return nil, stet.Errorf(stet.Invalid, "the mapping file cannot be read: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	for name, what := range m.Taxonomies {
		switch what {
		case "topics", "sections", "drop":
		default:
			return nil, stet.Errorf(stet.Invalid, "the mapping file says %q of the taxonomy %s; it can be topics, sections or drop", what, name)
		}
	}
	if m.Partner != nil && m.Partner.Name == "" {
		return nil, stet.Errorf(stet.Invalid, "the partner in the mapping file has no name")
	}
	return m, nil
}

// genreNames are the categories that are taken for genres when the mapping
// file says nothing else, folded, with the name that the genre gets.
var genreNames = map[string]string{
	"analysis": "Analysis", "analyses": "Analysis", "news analysis": "Analysis",
	"opinion": "Opinion", "opinions": "Opinion", "op-ed": "Opinion", "op-eds": "Opinion", "commentary": "Commentary", "comment": "Commentary",
	"interview": "Interview", "interviews": "Interview", "q&a": "Interview",
	"reporting": "Reporting", "reportage": "Reportage", "report": "Report", "reports": "Report",
	"editorial": "Editorial", "editorials": "Editorial", "essay": "Essay", "essays": "Essay",
	"review": "Review", "reviews": "Review", "feature": "Feature", "features": "Feature", "explainer": "Explainer", "explainers": "Explainer",
	"profile": "Profile", "profiles": "Profile", "obituary": "Obituary", "obituaries": "Obituary", "column": "Column", "columns": "Column",
	"investigation": "Investigation", "investigations": "Investigation", "news": "News", "fact check": "Fact check", "fact-check": "Fact check", "letters": "Letter",
}
