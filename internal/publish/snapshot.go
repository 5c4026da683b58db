package publish

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"os"
	"path/filepath"
	"time"
)

// Snapshot remembers in what state a build left its files, so that the next
// one can tell without reading a byte of them that nobody touched them since.
// Its fields are for keeping; the zero Snapshot is of no folder.
type Snapshot struct {
	Paths []string // of all files, the manifest too
	State Sum      // of their sizes, modes, inodes and times
}

// clockTick is how long a file system may take to tell two changes of a file
// apart by their times: Linux's clock for files ticks every 10 ms at the most.
const clockTick = 20 * time.Millisecond

// TakeSnapshot looks at the files that Dir has just written. It waits until the
// last of them is older than what the clock of files can tell apart. The second
// result is false where there is no saying: on systems that do not tell when a
// file was last touched (Windows), on a disk with another clock, after the end
// of the context, or if files are gone.
func TakeSnapshot(ctx context.Context, out string, files []File) (Snapshot, bool) {
	t, err := newTarget(out)
	if err != nil {
		return Snapshot{}, false
	}
	s := Snapshot{Paths: make([]string, 0, len(files)+1)}
	for i := range files {
		s.Paths = append(s.Paths, files[i].Path)
	}
	s.Paths = append(s.Paths, ManifestName)
	for {
		state, newest, ok := s.look(ctx, t)
		if !ok {
			return Snapshot{}, false
		}
		age := time.Since(newest)
		if age >= clockTick {
			s.State = state
			return s, true
		}
		if age < 0 {
			return Snapshot{}, false
		}
		select {
		case <-ctx.Done():
			return Snapshot{}, false
		case <-time.After(clockTick - age):
		}
	}
}

// Untouched reports whether the files of an output folder are as they were
// when the snapshot was taken, and nothing else: what no build wrote is not
// looked at. As Dir does, it waits for a build that is at work on the folder
// and takes away what a killed one left; after one that was killed while it
// replaced files it says no.
func (s Snapshot) Untouched(ctx context.Context, out string, waiting func()) bool {
	t, err := newTarget(out)
	if err != nil || len(s.Paths) == 0 {
		return false
	}
	if _, err := os.Lstat(t.path); err != nil {
		return false
	}
	l, err := acquire(ctx, t, waiting)
	if err != nil {
		return false
	}
	defer l.release()
	t.tidy()
	if _, err := os.Lstat(t.inside(journalName)); err == nil {
		return false
	}
	state, _, ok := s.look(ctx, t)
	return ok && state == s.State
}

// look sums up the present state of the files, and says when the last of them
// was touched.
func (s Snapshot) look(ctx context.Context, t target) (state Sum, newest time.Time, ok bool) {
	found := make([]fileState, len(s.Paths))
	err := each(ctx, len(s.Paths), func(_, i int) error {
		var err error
		found[i], err = stateOf(t.path + sep + filepath.FromSlash(s.Paths[i]))
		return err
	})
	if err != nil {
		return Sum{}, time.Time{}, false
	}
	hash := sha256.New()
	for i := range found {
		f := &found[i]
		if f.changed > newest.UnixNano() || i == 0 {
			newest = time.Unix(0, f.changed)
		}
		line := binary.LittleEndian.AppendUint64(nil, f.inode)
		for _, n := range []int64{f.size, f.mode, f.modified, f.changed} {
			line = binary.LittleEndian.AppendUint64(line, uint64(n)) //nolint:gosec // any bits will do
		}
		hash.Write(line)
	}
	hash.Sum(state[:0])
	return state, newest, true
}

// fileState is what the system tells of a file. A write, a rename over it or a
// change of its mode changes one of them; no program can set back changed.
type fileState struct {
	inode             uint64
	size, mode        int64
	modified, changed int64 // nanoseconds since 1970
}
