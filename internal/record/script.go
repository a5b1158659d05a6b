// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

// label is "NAME:" at the beginning of a paragraph.
type label struct {
	name run
	body int // the token after the colon
	caps bool
}

// labelOf reads the label of a transcript's paragraph.
func (r *reading) labelOf(p *para) (label, bool) {
	caps := true
	for i := p.from; i < min(p.from+8, p.to); i++ {
		t := &r.tokens[i]
		if t.text == ":" {
			if i == p.from || r.in("not speakers", r.tokens[p.from].low) || i+1 >= p.to || r.after(i) != ' ' && r.after(i) != '\n' || isMark(r.tokens[i+1].text) {
				return label{}, false
			}
			return label{run{p.from, i}, i + 1, caps}, true
		}
		if !t.isCap() && !t.abbr && t.tag != tCD && t.text != "-" && t.text != "." && t.text != "," && t.low != "of" && t.low != "the" && t.text != "(" && t.text != ")" {
			return label{}, false
		}
		if s := shape(t.text); s != "A" && s != "A." && s != "p" && s != "x" && s != "d" {
			caps = false
		}
	}
	return label{}, false
}

// transcripts finds paragraphs of the form "NAME: ...". One alone may be a note
// or a caption; several with names that come again, or in capitals, are not.
func (r *reading) transcripts() map[int]bool {
	labels := map[int]label{}
	times := map[string]int{}
	for p := range r.paras {
		if l, ok := r.labelOf(&r.paras[p]); ok {
			labels[p] = l
			times[r.labelText(l)]++
		}
	}
	repeated := 0
	for _, n := range times {
		if n > 1 {
			repeated++
		}
	}
	done := map[int]bool{}
	if len(labels) < 2 || repeated == 0 && len(labels) < 4 {
		return done
	}
	var last *attribution
	for p := range r.paras {
		l, ok := labels[p]
		if !ok {
			// A paragraph between two labelled ones goes on with the speaker.
			_, next := labels[p+1]
			if last != nil && last.para >= p-2 && next && done[p-1] && !r.stageDirection(&r.paras[p]) {
				last.content = append(last.content, run{r.paras[p].from, r.paras[p].to})
				done[p] = true
			}
			continue
		}
		if !l.caps && times[r.labelText(l)] < 2 && repeated < 2 {
			last = nil
			continue
		}
		done[p] = true
		last = &attribution{para: p, speaker: l.name, head: l.name, content: []run{{l.body, r.paras[p].to}}, kind: Direct, script: true, frame: frameScript,
			why: "a transcript names the speaker before the colon"}
		r.add(last)
	}
	return done
}

func (r *reading) labelText(l label) string { return fold(r.textOf(r.span(l.name.from, l.name.to))) }

func (r *reading) stageDirection(p *para) bool {
	s := r.tokens[p.from].text
	return s == "(" || s == "["
}

// blockQuotes files block quotations whole. Neighbours are one.
func (r *reading) blockQuotes() map[int]bool {
	done := map[int]bool{}
	for p := 0; p < len(r.paras); p++ {
		if r.kindOfPara(p) != BlockQuote {
			continue
		}
		a := &attribution{para: p, kind: Direct, block: true, frame: frameBlock, why: "a block quotation"}
		first := p
		for ; p < len(r.paras) && r.kindOfPara(p) == BlockQuote && r.paras[p].block-r.paras[first].block == p-first; p++ {
			done[p] = true
			u := run{r.paras[p].from, r.paras[p].to}
			if p > first && r.sourceLine(u) {
				a.speaker, a.head = run{u.from + 1, u.to}, run{u.from + 1, u.to}
				a.why = "a block quotation with its source below"
				break
			}
			a.content = append(a.content, u)
		}
		p--
		r.add(a)
	}
	return done
}

func (r *reading) kindOfPara(p int) BlockKind { return r.doc.Blocks[r.paras[p].block].Kind }

// sourceLine recognises "— Jane Doe, memorandum of 2008".
func (r *reading) sourceLine(u run) bool {
	s := r.tokens[u.from].text
	return (s == "—" || s == "–" || s == "-") && u.to-u.from < 25 && u.to-u.from > 1
}

// blockSpeakers gives block quotations their speakers, when those of the text
// before them are known.
func (r *reading) blockSpeakers() {
	for _, a := range r.found {
		if !a.block || !a.speaker.empty() || a.para == 0 {
			continue
		}
		us := r.paras[a.para-1].sentences
		if len(us) == 0 {
			continue
		}
		l := &line{reading: r, us: us[len(us)-1].units, para: a.para - 1}
		if s := l.lastCueSubject(); s.ok() && l.tg(s.from) != tWH {
			a.speaker, a.head = l.run(s.from, s.to), l.run(s.from, s.head)
			a.why = "a block quotation; the paragraph before leads to it"
			continue
		}
		a.speaker, a.head, a.why = r.carry(a.para)
		a.why = "a block quotation; " + a.why
	}
}
