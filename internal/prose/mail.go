// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import "strconv"

// MailHTML renders the body for mail programs, of which some know no style sheets and Outlook no
// padding but a table cell's: styles stand on the elements, pictures have their width as an
// attribute, boxes, embeds and pull quotes are tables. Every address is absolute. Colours are
// left to the letter around it, but for the rules, so that dark mode can turn them.
func (d *Doc) MailHTML(env Env) string {
	return string(render(d, env, &mail))
}

var mail = medium{dress: dressMail, picture: mailPicture, table: plainTable, raw: textRaw, media: linkedMedia,
	missing: linkedPicture, note: numberedNote, absolute: true, framed: true}

const (
	serif = "font-family:Georgia,'Times New Roman',serif;"
	sans  = "font-family:Helvetica,Arial,sans-serif;"
)

// styles by role.
var styles = map[string]string{
	"paragraph":      "margin:0 0 16px;" + serif + "font-size:17px;line-height:1.55;",
	"heading":        "margin:28px 0 10px;" + serif + "font-size:21px;line-height:1.25;font-weight:bold;",
	"blockquote":     "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #999999;",
	"pullQuote":      "margin:24px 0;padding:12px 0;border-top:1px solid #999999;border-bottom:1px solid #999999;",
	"pullQuoteText":  "margin:0;",
	"pullQuoteLine":  "margin:0;" + serif + "font-size:22px;line-height:1.35;font-style:italic;",
	"attribution":    "margin:8px 0 0;" + sans + "font-size:14px;line-height:1.4;",
	"bulletList":     "margin:0 0 16px;padding:0 0 0 24px;" + serif + "font-size:17px;line-height:1.55;",
	"orderedList":    "margin:0 0 16px;padding:0 0 0 24px;" + serif + "font-size:17px;line-height:1.55;",
	"listItem":       "margin:0 0 6px;",
	"image":          "margin:0 0 20px;",
	"missing":        "margin:0 0 20px;",
	"missingText":    "margin:0;" + sans + "font-size:14px;line-height:1.4;",
	"missingLabel":   "margin:0;" + sans + "font-size:14px;line-height:1.4;",
	"figcaption":     "margin:6px 0 0;" + sans + "font-size:14px;line-height:1.4;",
	"credit":         "font-size:12px;",
	"gallery":        "margin:0 0 20px;",
	"galleryCaption": "margin:6px 0 0;" + sans + "font-size:14px;line-height:1.4;",
	"audio":          "margin:0 0 20px;",
	"video":          "margin:0 0 20px;",
	"document":       "margin:0 0 20px;",
	"mediaMissing":   "margin:0 0 20px;",
	"mediaTitle":     "margin:0;" + sans + "font-size:16px;line-height:1.4;",
	"mediaFacts":     "font-size:12px;",
	"embed":          "margin:0 0 20px;padding:12px 16px;border:1px solid #999999;",
	"embedTitle":     "margin:0;" + sans + "font-size:16px;line-height:1.4;",
	"embedProvider":  "margin:4px 0 0;" + sans + "font-size:12px;",
	"tableElement":   "margin:0 0 20px;border-collapse:collapse;" + sans + "font-size:14px;line-height:1.4;",
	"tableHeader":    "padding:6px 10px;border-bottom:2px solid #999999;text-align:left;vertical-align:top;",
	"tableCell":      "padding:6px 10px;border-bottom:1px solid #999999;text-align:left;vertical-align:top;",
	"codeBlock":      "margin:0 0 16px;padding:12px;border:1px solid #999999;white-space:pre-wrap;font-size:14px;",
	"horizontalRule": "margin:24px 0;border:0;border-top:1px solid #999999;",
	"box":            "margin:0 0 20px;padding:16px 16px 1px;border:1px solid #999999;",
	"boxTitle":       "margin:0 0 10px;" + sans + "font-size:16px;font-weight:bold;",
	"relatedStory":   "margin:0 0 16px;" + serif + "font-size:17px;font-weight:bold;",
	"counterpoint":   "margin:0 0 20px;padding:12px 0;border-top:2px solid #999999;border-bottom:1px solid #999999;",
	"besideLabel":    "margin:0 0 4px;" + sans + "font-size:14px;font-weight:bold;line-height:1.4;",
	"besideSide":     "margin:0;padding:12px 0;border-top:1px solid #999999;",
	"besideBy":       "margin:0;" + sans + "font-size:14px;line-height:1.4;",
	"besideSpeaker":  "font-weight:bold;",
	"besideWords":    "margin:0;",
	"besideLine":     "margin:6px 0;" + serif + "font-size:19px;line-height:1.4;",
	"besideFacts":    "margin:0;" + sans + "font-size:14px;line-height:1.4;",
	"besideNote":     "margin:8px 0 0;" + serif + "font-size:15px;line-height:1.45;font-style:italic;",
	"rawHTML":        "margin:0 0 16px;" + sans + "font-size:14px;line-height:1.4;",
	"reference":      "font-size:12px;line-height:0;",
	"footnotes":      "margin:28px 0 0;border-top:1px solid #999999;" + serif + "font-size:14px;line-height:1.45;",
	"footnotesTitle": "margin:12px 0 6px;" + sans + "font-size:14px;font-weight:bold;",
	"footnotesList":  "margin:0;padding:0 0 0 24px;",
	"note":           "margin:0 0 6px;",
	"a":              "text-decoration:underline;",
}

func dressMail(w *writer, role string, _ *Node) {
	if style := styles[role]; style != "" {
		w.attr("style", style)
	}
	if role == "tableElement" {
		w.str(` border="0" cellpadding="0" cellspacing="0"`)
	}
}

func mailPicture(w *writer, _ *Node, p Picture) {
	const column = 600 // as wide as letters are
	w.str("<img")
	w.attr("src", w.href(p.Src))
	if p.Width > 0 && p.Height > 0 {
		width := min(p.Width, column)
		w.attr("width", strconv.Itoa(width))
		w.attr("height", strconv.Itoa(max(1, p.Height*width/p.Width)))
	}
	w.attr("alt", p.Alt)
	w.attr("style", "display:block;border:0;max-width:100%;height:auto;")
	w.str(">")
}
