// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const maxLine = 64 << 20

// RenderNDJSON shows what readers would get of foreign HTML: for each line {"id":..., "html":...}
// it writes a line {"id":..., "out":...}. A line that it cannot use gets {"id":..., "error":...},
// and the lines after it are still served.
func RenderNDJSON(r io.Reader, w io.Writer) error {
	in := bufio.NewReaderSize(r, 64<<10)
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for {
		line, tooLong, err := readLine(in)
		if len(bytes.TrimSpace(line)) > 0 || tooLong {
			if err := enc.Encode(renderLine(line, tooLong)); err != nil {
				return fmt.Errorf("write rendered line: %w", err)
			}
			if in.Buffered() == 0 { // whoever asks line by line gets the answer at once
				if err := out.Flush(); err != nil {
					return fmt.Errorf("write rendered line: %w", err)
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return out.Flush()
		}
		if err != nil {
			return fmt.Errorf("read line to render: %w", err)
		}
	}
}

type renderedLine struct {
	ID    json.RawMessage `json:"id"`
	Out   *string         `json:"out,omitempty"`
	Error string          `json:"error,omitempty"`
}

func renderLine(line []byte, tooLong bool) renderedLine {
	null := json.RawMessage("null")
	if tooLong {
		return renderedLine{ID: null, Error: fmt.Sprintf("the line is longer than %d bytes", maxLine)}
	}
	var req struct {
		ID   json.RawMessage `json:"id"`
		HTML *string         `json:"html"`
	}
	err := json.Unmarshal(line, &req)
	if len(req.ID) == 0 {
		req.ID = null
	}
	switch {
	case err != nil:
		return renderedLine{ID: req.ID, Error: err.Error()}
	case req.HTML == nil:
		return renderedLine{ID: req.ID, Error: `"html" is missing`}
	}
	d, _ := FromHTML(*req.HTML, Options{})
	out := string(d.HTML(Env{}))
	return renderedLine{ID: req.ID, Out: &out}
}

// readLine reads a line of any length, of which it keeps no more than maxLine bytes.
func readLine(r *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > maxLine; tooLong {
			line = nil
		} else {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}
