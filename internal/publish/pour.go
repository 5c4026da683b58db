package publish

import (
	"bytes"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// large reports whether an artifact may be too large to be held in memory.
func (a *Artifact) large() bool { return a.Stream != nil || a.Open != nil }

// pour writes the bytes of a large artifact, piece by piece.
func (a *Artifact) pour(w io.Writer) error {
	if a.Stream != nil {
		if err := a.Stream(w); err != nil {
			return fmt.Errorf("render %s: %w", a.Address(), err)
		}
		return nil
	}
	src, err := a.Open()
	if err == nil {
		_, err = io.Copy(w, src)
		_ = src.Close() // was only read
	}
	if err != nil {
		return fmt.Errorf("copy %s: %w", a.Address(), err)
	}
	return nil
}

// pour makes a large file of the site, beside the old one if there is one.
func (s *survey) pour(b *bench, i int, old *os.File) error {
	a := &s.plan.Artifacts[i]
	r := revision{stage: s.stage, path: a.Path, old: old, room: b.old, sum: b.hash}
	b.hash.Reset()
	b.pieces.Reset(&r)
	made := a.pour(b.pieces)
	written := b.pieces.Flush() // also what an artifact heard and passed on
	if made == nil && written == nil {
		written = r.end()
	}
	if err := errors.Join(written, r.close()); err != nil {
		return s.failedWrite(a.Path, err)
	}
	if made != nil {
		return made
	}
	s.files[i] = File{Path: a.Path, Size: r.size}
	b.hash.Sum(s.files[i].Sum[:0])
	if old != nil {
		s.fates[i] = same
		if r.differs {
			s.fates[i] = differs
		}
	}
	return nil
}

// revision takes the bytes of a file that is made and compares them with the
// old file. The first difference begins the new file in the stage, with what
// was equal until there; so a file of many megabytes is made once, whatever
// comes out, and one that stays as it is needs no stage.
type revision struct {
	stage *stage // nil in a dry run
	path  string
	old   *os.File // nil if there is none
	room  []byte   // for pieces of the old file
	sum   hash.Hash

	size    int64 // of the new file so far
	differs bool
	new     *os.File // as soon as it differs
}

// Write takes the next bytes of the file.
func (r *revision) Write(p []byte) (int, error) {
	if !r.differs {
		same, err := r.goesOnWith(p)
		if err == nil && !same {
			err = r.begin()
		}
		if err != nil {
			return 0, err
		}
	}
	r.sum.Write(p)
	r.size += int64(len(p))
	if r.new == nil {
		return len(p), nil
	}
	return r.new.Write(p)
}

// goesOnWith reports whether the old file has these bytes too.
func (r *revision) goesOnWith(p []byte) (bool, error) {
	if r.old == nil {
		return false, nil
	}
	return goesOnWith(r.old, p, r.room)
}

// goesOnWith reports whether bytes are what is read next, piece by piece up to
// the first difference.
func goesOnWith(old io.Reader, p, room []byte) (bool, error) {
	for len(p) > 0 {
		n, err := io.ReadFull(old, room[:min(len(p), len(room))])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return false, err
		}
		if err != nil || !bytes.Equal(room[:n], p[:n]) {
			return false, nil
		}
		p = p[n:]
	}
	return true, nil
}

// begin begins the new file with what it has in common with the old one.
func (r *revision) begin() error {
	r.differs = true
	if r.stage == nil {
		return nil
	}
	var err error
	if r.new, err = r.stage.begin(r.path); err != nil || r.size == 0 {
		return err
	}
	_, err = io.Copy(r.new, io.NewSectionReader(r.old, 0, r.size))
	return err
}

// end notices what Write cannot: an old file that is longer, or none where the
// new one is empty.
func (r *revision) end() error {
	if r.differs {
		return nil
	}
	if r.old != nil {
		if n, err := io.ReadFull(r.old, r.room[:1]); n == 0 && errors.Is(err, io.EOF) {
			return nil
		}
	}
	return r.begin()
}

func (r *revision) close() error {
	if r.new == nil {
		return nil
	}
	return r.stage.finish(r.new)
}
