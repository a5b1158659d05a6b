// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Memory is a file with what was seen of ledgers: the key of each, and its last
// head. It is what makes a second look worth more than the first.
type Memory struct {
	path    string
	ledgers map[string]remembered
}

type remembered struct {
	Key  string `json:"key"`  // the oldest that is believed
	Head string `json:"head"` // the newest that was seen, signed
}

// OpenMemory reads the file, which need not be there.
func OpenMemory(path string) (*Memory, error) {
	m := &Memory{path: path, ledgers: map[string]remembered{}}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &m.ledgers)
	}
	if err != nil {
		return nil, fmt.Errorf("what is remembered of ledgers: %w", err)
	}
	return m, nil
}

func (m *Memory) key(origin string) string  { return m.ledgers[origin].Key }
func (m *Memory) head(origin string) string { return m.ledgers[origin].Head }

func (m *Memory) keep(origin string, keys []string, head []byte) {
	m.ledgers[origin] = remembered{Key: keys[0], Head: string(head)}
}

func (m *Memory) save() error {
	b, err := json.MarshalIndent(m.ledgers, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(m.path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(m.path, append(b, '\n'), 0o600)
}
