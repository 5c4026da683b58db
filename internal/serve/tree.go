package serve

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
)

// tree is the hub's folder as a file system that asks the disk once for each
// thing and keeps the answer until [tree.refresh] is told that it may have
// changed. With 10,000 pages this is what an edit saves: 10,000 reads.
//
// Texts are kept whole; what is opened as a stream (pictures, downloads) comes
// from the disk each time. It is safe for concurrent use.
type tree struct {
	disk diskFS

	mu      sync.Mutex
	age     int // counts the refreshes, so that no answer from before one is kept after it
	infos   map[string]info
	folders map[string][]fs.DirEntry
	texts   map[string]string
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

// ReadText returns a file's text. Unlike ReadFile it copies nothing, and two
// calls return the very same string as long as the file stays as it is.
func (t *tree) ReadText(name string) (string, error) {
	t.mu.Lock()
	text, ok := t.texts[name]
	age := t.age
	t.mu.Unlock()
	if ok {
		return text, nil
	}
	data, err := t.disk.ReadFile(name)
	if err != nil {
		return "", err
	}
	text = string(data)
	t.mu.Lock()
	if age == t.age {
		t.texts[name] = text
	}
	t.mu.Unlock()
	return text, nil
}

// ReadFile returns a copy of a file's bytes.
func (t *tree) ReadFile(name string) ([]byte, error) {
	text, err := t.ReadText(name)
	if err != nil {
		return nil, err
	}
	return []byte(text), nil
}

// forgetAll makes the next questions go to the disk.
func (t *tree) forgetAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.age++
	t.infos, t.folders, t.texts = map[string]info{}, map[string][]fs.DirEntry{}, map[string]string{}
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
	text, read := t.texts[name]
	switch {
	case is == nil:
		return was == nil && !read
	case is.IsDir() || was == nil && !read || was != nil && was.Mode() != is.Mode():
		return false
	case read:
		data, err := t.disk.ReadFile(name)
		return err == nil && string(data) == text
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
	for name := range t.texts {
		if below(name) {
			delete(t.texts, name)
		}
	}
}

// unsettled reports whether a file that was read as a text is missing or empty
// just now: some editors move the old file away before they write the new one,
// and some cut it before they fill it.
func (t *tree) unsettled(names []string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range names {
		if t.texts[name] == "" {
			continue
		}
		if is, err := t.disk.Stat(name); err != nil || is.Size() == 0 {
			return true
		}
	}
	return false
}

// line returns a line of a text that was read, from 1, without its end.
func (t *tree) line(name string, number int) (string, bool) {
	t.mu.Lock()
	text, ok := t.texts[name]
	t.mu.Unlock()
	if !ok || number < 1 {
		return "", false
	}
	text = strings.TrimPrefix(text, "\ufeff")
	for range number - 1 {
		if _, text, ok = strings.Cut(text, "\n"); !ok {
			return "", false
		}
	}
	line, _, _ := strings.Cut(text, "\n")
	return strings.ToValidUTF8(strings.TrimSuffix(line, "\r"), "\ufffd"), true
}
