package serve

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/twinshelf/twinshelf/internal/content"
)

// tree is the hub's folder as a file system that asks the disk once for each
// thing and keeps the answer until [tree.refresh] is told that it may have
// changed. With 10,000 pages this is what an edit saves: 10,000 reads.
//
// Small files are kept whole, but of pages only a digest: package content
// keeps what it made of them. What is opened as a stream (pictures, downloads)
// comes from the disk each time. It is safe for concurrent use.
type tree struct {
	disk diskFS

	mu      sync.Mutex
	age     int // counts the refreshes, so that no answer from before one is kept after it
	infos   map[string]info
	folders map[string][]fs.DirEntry
	sums    map[string]content.Sum // of files that were read
	texts   map[string][]byte      // of those that are no pages
}

// diskFS is what [os.DirFS] returns.
type diskFS interface {
	fs.StatFS
	fs.ReadDirFS
	fs.ReadFileFS
	fs.ReadLinkFS
}

// info is what Stat answered, an error included.
type info struct {
	file fs.FileInfo
	err  error
}

var (
	_ fs.ReadFileFS = (*tree)(nil)
	_ fs.ReadDirFS  = (*tree)(nil)
	_ fs.StatFS     = (*tree)(nil)
	_ fs.ReadLinkFS = (*tree)(nil)
	_ content.SumFS = (*tree)(nil)
)

func newTree(root string) *tree {
	t := &tree{disk: os.DirFS(root).(diskFS)}
	t.forgetAll()
	return t
}

// Open opens a file on the disk.
func (t *tree) Open(name string) (fs.File, error) { return t.disk.Open(name) }

// ReadLink and Lstat ask the disk: only links are asked for.
func (t *tree) ReadLink(name string) (string, error) { return t.disk.ReadLink(name) }

// Lstat is part of [fs.ReadLinkFS].
func (t *tree) Lstat(name string) (fs.FileInfo, error) { return t.disk.Lstat(name) }

// Stat tells what a name is, links followed.
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	t.mu.Lock()
	known, ok := t.infos[name]
	age := t.age
	t.mu.Unlock()
	if ok {
		return known.file, known.err
	}
	known.file, known.err = t.disk.Stat(name)
	t.mu.Lock()
	if age == t.age {
		t.infos[name] = known
	}
	t.mu.Unlock()
	return known.file, known.err
}

// ReadDir lists a folder. The caller must not change what it gets.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	t.mu.Lock()
	entries, ok := t.folders[name]
	age := t.age
	t.mu.Unlock()
	if ok {
		return entries, nil
	}
	entries, err := t.disk.ReadDir(name)
	if err != nil {
		return entries, err
	}
	t.mu.Lock()
	if age == t.age {
		t.folders[name] = entries
	}
	t.mu.Unlock()
	return entries, nil
}

// Sum returns the digest of a file that was read, unless it may have changed
// since.
func (t *tree) Sum(name string) (content.Sum, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	sum, ok := t.sums[name]
	return sum, ok
}

// ReadFile returns a copy of a file's bytes.
func (t *tree) ReadFile(name string) ([]byte, error) {
	t.mu.Lock()
	text, ok := t.texts[name]
	age := t.age
	t.mu.Unlock()
	if ok {
		return bytes.Clone(text), nil
	}
	text, err := t.disk.ReadFile(name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	t.mu.Lock()
	defer t.mu.Unlock()
	if age == t.age {
		t.sums[name] = sum
		if path.Ext(name) != ".md" {
			t.texts[name] = bytes.Clone(text)
		}
	}
	return text, nil
}

// forgetAll makes the next questions go to the disk.
func (t *tree) forgetAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.age++
	t.infos, t.folders = map[string]info{}, map[string][]fs.DirEntry{}
	t.sums, t.texts = map[string]content.Sum{}, map[string][]byte{}
}

// refresh forgets what may have changed and returns those of the names, and of
// what lay below them, that really did. A file that was only touched, or saved
// as it was, did not.
func (t *tree) refresh(names []string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.age++
	for name, known := range t.infos { // what was missing may be what a link leads to
		if known.err != nil {
			delete(t.infos, name)
		}
	}
	var changed, above []string
	for _, name := range names {
		was, known := t.infos[name]
		is, err := t.disk.Stat(name)
		_, listed := t.folders[name]
		if listed || known && was.file.IsDir() || err == nil && is.IsDir() {
			above = append(above, name)
		}
		if !t.sameFile(name, was.file, is) {
			changed = append(changed, name)
			delete(t.sums, name)
			delete(t.texts, name)
		}
		delete(t.infos, name)
		delete(t.folders, path.Dir(name))
	}
	if len(above) > 0 {
		t.forgetBelow(above)
	}
	return changed
}

// sameFile reports whether a file is what it was; either may be nil for "there
// is none", and was also for "nobody asked". A text that was read is compared
// whole.
func (t *tree) sameFile(name string, was, is fs.FileInfo) bool {
	sum, read := t.sums[name]
	switch {
	case is == nil:
		return was == nil && !read
	case is.IsDir() || was == nil && !read || was != nil && was.Mode() != is.Mode():
		return false
	case read:
		data, err := t.disk.ReadFile(name)
		return err == nil && sha256.Sum256(data) == sum
	}
	return was.Size() == is.Size() && was.ModTime().Equal(is.ModTime()) && os.SameFile(was, is)
}

// forgetBelow forgets folders with all that is in them.
func (t *tree) forgetBelow(folders []string) {
	above := make(map[string]bool, len(folders))
	for _, folder := range folders {
		above[folder] = true
	}
	below := func(name string) bool {
		for ; name != "."; name = path.Dir(name) {
			if above[name] {
				return true
			}
		}
		return false
	}
	for name := range t.infos {
		if below(name) {
			delete(t.infos, name)
		}
	}
	for name := range t.folders {
		if below(name) {
			delete(t.folders, name)
		}
	}
	for name := range t.sums {
		if below(name) {
			delete(t.sums, name)
			delete(t.texts, name)
		}
	}
}

// unsettled reports whether a file that was read with something in it is missing
// or empty just now: some editors move the old file away before they write the
// new one, and some cut it before they fill it.
func (t *tree) unsettled(names []string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	empty := sha256.Sum256(nil)
	for _, name := range names {
		if sum, read := t.sums[name]; !read || sum == empty {
			continue
		}
		if is, err := t.disk.Stat(name); err != nil || is.Size() == 0 {
			return true
		}
	}
	return false
}

// maxText is the size up to which lines of a file are shown.
const maxText = 5 << 20

// line returns a line of a text, from 1, without its end.
func (t *tree) line(name string, number int) (string, bool) {
	if info, err := t.Stat(name); err != nil || number < 1 || info.Size() > maxText {
		return "", false
	}
	data, err := t.ReadFile(name)
	if err != nil {
		return "", false
	}
	text, ok := strings.TrimPrefix(string(data), "\ufeff"), true
	for range number - 1 {
		if _, text, ok = strings.Cut(text, "\n"); !ok {
			return "", false
		}
	}
	line, _, _ := strings.Cut(text, "\n")
	return strings.ToValidUTF8(strings.TrimSuffix(line, "\r"), "\ufffd"), true
}
