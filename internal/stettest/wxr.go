// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stettest

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

// WXR writes a WordPress export of n stories of 900 words each, in Gutenberg
// blocks, with links, quotations, headings and lists, by 40 authors in 12
// categories and 200 tags. The same n gives the same bytes.
func WXR(w io.Writer, n int) error {
	g := &wxrWriter{Writer: bufio.NewWriterSize(w, 1<<16), rand: rand.New(rand.NewPCG(1, uint64(n)))}
	g.head()
	day := time.Date(2005, time.January, 3, 8, 0, 0, 0, time.UTC)
	step := 20 * 365 * 24 * time.Hour / time.Duration(max(n, 1))
	for i := range n {
		g.story(i+1, day.Add(time.Duration(i)*step).Truncate(time.Second))
	}
	g.WriteString("</channel>\n</rss>\n")
	return g.Flush()
}

type wxrWriter struct {
	*bufio.Writer
	rand *rand.Rand
}

var wxrSections = []string{
	"Politics", "Europe", "Balkans", "Economy", "Energy", "Culture", "Books", "Science", "Climate", "Society", "World", "Asia",
}

// wxrWords are frequent words and some long ones. A made-up tail is added to
// every twentieth, so that the vocabulary grows with the archive as it does
// in life, and a search index has something to do.
var wxrWords = strings.Fields(`the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which
	one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can
	only other time new some could these two may first then do any like my now over such our man me even most made after also did many
	before must through years where much your way well down should because each just those people how too little state good very make
	world still see own men work long here get both between life being under never day same another know while last might us great old
	year off come since against go came right used take three government parliament minister election coalition negotiation agreement
	commission committee opposition investigation prosecutor budget inflation pipeline electricity harbour railway ministry spokesman
	statement yesterday according reported announced refused confirmed denied warned promised Brussels Sorin Velmark Ostrava treaty`)

func (g *wxrWriter) head() {
	fmt.Fprint(g, `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
	<title>The Generated Courier</title>
	<link>https://courier.example</link>
	<language>en-GB</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>https://courier.example</wp:base_site_url>
	<wp:base_blog_url>https://courier.example</wp:base_blog_url>
`)
	for i := range 40 {
		fmt.Fprintf(g, "\t<wp:author><wp:author_id>%d</wp:author_id><wp:author_login><![CDATA[writer%d]]></wp:author_login><wp:author_email><![CDATA[writer%d@courier.example]]></wp:author_email><wp:author_display_name><![CDATA[%s]]></wp:author_display_name></wp:author>\n",
			i+1, i+1, i+1, wxrName(i))
	}
	for i, s := range wxrSections {
		parent := ""
		if i%3 == 2 {
			parent = strings.ToLower(wxrSections[i-1])
		}
		fmt.Fprintf(g, "\t<wp:category><wp:term_id>%d</wp:term_id><wp:category_nicename><![CDATA[%s]]></wp:category_nicename><wp:category_parent><![CDATA[%s]]></wp:category_parent><wp:cat_name><![CDATA[%s]]></wp:cat_name></wp:category>\n",
			i+2, strings.ToLower(s), parent, s)
	}
}

func wxrName(i int) string {
	first := strings.Fields("Ada Boris Clara Dmitri Elena Fadil Greta Hana")
	last := strings.Fields("Aldous Brandt Cerny Duval Eriksen")
	return first[i%len(first)] + " " + last[i/len(first)%len(last)]
}

func (g *wxrWriter) story(id int, at time.Time) {
	title := g.words(7)
	title = strings.ToUpper(title[:1]) + title[1:]
	const stamp = "2006-01-02 15:04:05"
	section := wxrSections[g.rand.IntN(len(wxrSections))]
	fmt.Fprintf(g, "\t<item>\n\t\t<title><![CDATA[%s]]></title>\n\t\t<link>https://courier.example/%s/story-%d/</link>\n\t\t<pubDate>%s</pubDate>\n\t\t<dc:creator><![CDATA[writer%d]]></dc:creator>\n\t\t<guid isPermaLink=\"false\">https://courier.example/?p=%d</guid>\n\t\t<description></description>\n",
		title, at.Format("2006/01/02"), id, at.Format(time.RFC1123Z), g.rand.IntN(40)+1, id)
	fmt.Fprint(g, "\t\t<content:encoded><![CDATA[")
	g.body()
	fmt.Fprintf(g, "]]></content:encoded>\n\t\t<excerpt:encoded><![CDATA[%s.]]></excerpt:encoded>\n\t\t<wp:post_id>%d</wp:post_id>\n\t\t<wp:post_date><![CDATA[%s]]></wp:post_date>\n\t\t<wp:post_date_gmt><![CDATA[%s]]></wp:post_date_gmt>\n",
		g.words(22), id, at.Add(time.Hour).Format(stamp), at.Format(stamp))
	fmt.Fprintf(g, "\t\t<wp:comment_status><![CDATA[open]]></wp:comment_status>\n\t\t<wp:post_name><![CDATA[story-%d]]></wp:post_name>\n\t\t<wp:status><![CDATA[publish]]></wp:status>\n\t\t<wp:post_parent>0</wp:post_parent>\n\t\t<wp:post_type><![CDATA[post]]></wp:post_type>\n", id)
	fmt.Fprintf(g, "\t\t<category domain=\"category\" nicename=\"%s\"><![CDATA[%s]]></category>\n", strings.ToLower(section), section)
	for range 3 {
		t := g.rand.IntN(200)
		fmt.Fprintf(g, "\t\t<category domain=\"post_tag\" nicename=\"tag-%d\"><![CDATA[Tag %d]]></category>\n", t, t)
	}
	fmt.Fprint(g, "\t\t<wp:postmeta><wp:meta_key><![CDATA[_edit_last]]></wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta>\n\t</item>\n")
}

// body writes 900 words in 15 blocks.
func (g *wxrWriter) body() {
	for i := range 15 {
		text := g.words(60)
		switch {
		case i == 5 || i == 10:
			fmt.Fprintf(g, "<!-- wp:heading -->\n<h2 class=\"wp-block-heading\">%s</h2>\n<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n<p>%s.</p>\n<!-- /wp:paragraph -->\n\n", text[:20], text[20:])
		case i == 7:
			fmt.Fprintf(g, "<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><p>%s.</p><cite>%s</cite></blockquote>\n<!-- /wp:quote -->\n\n", text, wxrName(g.rand.IntN(40)))
		case i == 12:
			fmt.Fprintf(g, "<!-- wp:list -->\n<ul><li>%s</li><li>%s</li></ul>\n<!-- /wp:list -->\n\n", text[:len(text)/2], text[len(text)/2:])
		default:
			half := len(text) / 2
			fmt.Fprintf(g, "<!-- wp:paragraph -->\n<p>%s, said <a href=\"https://courier.example/?p=%d\">%s</a>: “<em>%s</em>.”</p>\n<!-- /wp:paragraph -->\n\n",
				text[:half], g.rand.IntN(1000)+1, wxrName(g.rand.IntN(40)), text[half:])
		}
	}
}

func (g *wxrWriter) words(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		// The product of two draws favours the front of the list, as language does.
		b.WriteString(wxrWords[int(float64(len(wxrWords))*g.rand.Float64()*g.rand.Float64())])
		if g.rand.IntN(20) == 0 {
			fmt.Fprintf(&b, "%c%c", 'a'+g.rand.IntN(26), 'a'+g.rand.IntN(26))
		}
	}
	return b.String()
}
