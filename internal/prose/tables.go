// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import "strconv"

// gridCell is a cell with the spans that it may have without leaving the table or lying on
// another cell. Editors and old pages write spans that do not add up; browsers cope, each in its
// way, and checkers of accessibility do not.
type gridCell struct {
	node             *Node
	col              int
	colspan, rowspan int
}

// maxColumns keeps a table of absurd width from costing more than its cells.
const maxColumns = 1000

// grid lays the cells of one group of rows out.
func grid(rows []Node) [][]gridCell {
	out := make([][]gridCell, len(rows))
	var taken []int // for each column: how many rows, from the current one, a cell above still covers
	for r := range rows {
		col := 0
		for c := range rows[r].Content {
			n := &rows[r].Content[c]
			for col < len(taken) && taken[col] > 0 {
				col++
			}
			span := n.Int("colspan")
			if col+span > maxColumns {
				span = 1
			}
			width := 1
			for width < span && (col+width >= len(taken) || taken[col+width] == 0) {
				width++
			}
			cell := gridCell{node: n, col: col, colspan: width, rowspan: min(n.Int("rowspan"), len(rows)-r)}
			for i := col; i < col+width; i++ {
				if i == len(taken) {
					taken = append(taken, 0)
				}
				taken[i] = cell.rowspan
			}
			out[r] = append(out[r], cell)
			col += width
		}
		for i := range taken {
			taken[i] = max(0, taken[i]-1)
		}
	}
	return out
}

// dropEmptyColumns narrows cells that span columns in which no cell begins.
func dropEmptyColumns(groups ...[][]gridCell) {
	begins := map[int]bool{}
	width := 0
	each := func(visit func(c *gridCell)) {
		for _, g := range groups {
			for _, row := range g {
				for i := range row {
					visit(&row[i])
				}
			}
		}
	}
	each(func(c *gridCell) {
		begins[c.col] = true
		width = max(width, c.col+c.colspan)
	})
	before := make([]int, width+1) // columns kept before each
	for i := range width {
		before[i+1] = before[i]
		if begins[i] {
			before[i+1]++
		}
	}
	each(func(c *gridCell) {
		c.colspan = before[c.col+c.colspan] - before[c.col]
		c.col = before[c.col]
	})
}

// dropEmptyRows does the same for rows: one whose columns are all covered from above is not shown,
// and what covers it spans one row less.
func dropEmptyRows(rows [][]gridCell) [][]gridCell {
	before := make([]int, len(rows)+1)
	for r := range rows {
		before[r+1] = before[r] + min(1, len(rows[r]))
	}
	var out [][]gridCell
	for r, row := range rows {
		for i := range row {
			row[i].rowspan = before[r+row[i].rowspan] - before[r]
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	return out
}

// tableRows writes a table. Rows of header cells at its top become its head.
func (w *writer) tableRows(n *Node) {
	rows := n.Content
	heads := 0
	for heads < len(rows)-1 && allHeaders(&rows[heads]) {
		heads++
	}
	head, body := grid(rows[:heads]), grid(rows[heads:])
	dropEmptyColumns(head, body)
	head, body = dropEmptyRows(head), dropEmptyRows(body)
	w.open("table", "tableElement", nil)
	if heads > 0 {
		w.str("<thead>")
		w.gridRows(head, true)
		w.str("</thead>")
	}
	w.str("<tbody>")
	w.gridRows(body, false)
	w.str("</tbody></table>")
}

func allHeaders(row *Node) bool {
	for i := range row.Content {
		if row.Content[i].Type != "tableHeader" {
			return false
		}
	}
	return len(row.Content) > 0
}

func (w *writer) gridRows(rows [][]gridCell, head bool) {
	for _, row := range rows {
		w.str("<tr>")
		for i, c := range row {
			w.cell(c, head || i > 0)
		}
		w.str("</tr>\n")
	}
}

func (w *writer) cell(c gridCell, columnHead bool) {
	tag, scope := "td", ""
	// An empty header, as in the corner of a table with two kinds of heads, is
	// no header: it would be read out as one without a name. In Markdown it
	// must come back as what it was.
	if c.node.Type == "tableHeader" && (w.medium.exact || tidy(c.node.Plain()) != "") {
		if tag, scope = "th", "row"; columnHead {
			scope = "col"
		}
	}
	w.open(tag, c.node.Type, onlyParagraph(c.node), "colspan", span(c.colspan), "rowspan", span(c.rowspan), "scope", scope)
	w.inBlock(c.node)
	w.close(tag)
}

func span(n int) string {
	if n <= 1 {
		return ""
	}
	return strconv.Itoa(n)
}
