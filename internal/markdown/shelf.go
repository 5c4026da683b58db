package markdown

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// Shelf keeps the HTML of many Docs from when they are parsed until they are
// appended to pages: what it has room for in memory, the rest in a temporary
// file. The texts of 10,000 records are 50 MB, half of all that their hub keeps
// (2026-11-26). Where there can be no such file, or no more of it, they stay in
// memory. A nil Shelf keeps all there. It is safe for concurrent use.
type Shelf struct {
	mu     sync.Mutex
	room   int      // left in memory
	file   *os.File // nil until it is needed
	end    int64    // of the texts in file
	broken bool     // the file cannot be made, or written to

	buffers sync.Pool
}

// NewShelf returns a shelf with room for so many bytes in memory. It is closed
// when no page will be made any more.
func NewShelf(room int) *Shelf {
	return &Shelf{room: room, buffers: sync.Pool{New: func() any { return new([]byte) }}}
}

// Close removes the file. A Doc that lies in it can no longer be appended.
func (s *Shelf) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	s.broken = true
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// slot is where the HTML of a Doc lies on a shelf; zero for nowhere.
type slot struct {
	shelf *Shelf
	at    int64
	size  int
}

// put stores HTML and tells where; ok is false if it is to stay in memory.
func (s *Shelf) put(html []byte) (at slot, ok bool) {
	if s == nil {
		return slot{}, false
	}
	file, offset := s.reserve(len(html))
	if file == nil {
		return slot{}, false
	}
	if _, err := file.WriteAt(html, offset); err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.broken = true
		return slot{}, false
	}
	return slot{s, offset, len(html)}, true
}

// reserve returns the file and a place in it for so many bytes; nil if they are
// to stay in memory.
func (s *Shelf) reserve(size int) (file *os.File, offset int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.room -= size; s.room >= 0 || s.broken {
		return nil, 0
	}
	if s.file == nil {
		f, err := os.CreateTemp("", "twinshelf-")
		if err != nil {
			s.broken = true
			return nil, 0
		}
		_ = os.Remove(f.Name()) // a killed build leaves nothing; Windows removes it on Close
		s.file = f
	}
	offset = s.end
	s.end += int64(size)
	return s.file, offset
}

// with calls do with the HTML of a slot, which do may not keep.
func (s slot) with(do func(html []byte)) error {
	buffer := s.shelf.buffers.Get().(*[]byte)
	defer s.shelf.buffers.Put(buffer)
	if cap(*buffer) < s.size {
		*buffer = make([]byte, s.size)
	}
	html := (*buffer)[:s.size]
	if _, err := s.shelf.file.ReadAt(html, s.at); err != nil {
		return fmt.Errorf("read a text back from a temporary file: %w", err)
	}
	do(html)
	return nil
}
