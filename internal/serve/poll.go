package serve

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// poller looks at every file now and then, for folders where the system tells
// nothing, such as those on a network. A file counts as changed when its size,
// time or inode is another.
type poller struct {
	root  string // absolute, no links in it
	every time.Duration
	inbox *inbox
	files map[string]fs.FileInfo // by the name from the root
}

func newPoller(root string, every time.Duration, inbox *inbox) *poller {
	p := &poller{root: root, every: every, inbox: inbox}
	p.files = p.look()
	return p
}

// run looks until the context ends.
func (p *poller) run(ctx context.Context) error {
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			files := p.look()
			if names := difference(p.files, files); len(names) > 0 {
				p.inbox.put(names...)
			}
			p.files = files
		}
	}
}

// look lists all files of the hub.
func (p *poller) look() map[string]fs.FileInfo {
	files := make(map[string]fs.FileInfo, len(p.files))
	for _, name := range watched() {
		p.lookAt(files, name, nil)
	}
	return files
}

// lookAt adds a file or a folder with all below it. What cannot be read is
// passed over: loading reports it. above are the folders that hold it, so that
// a link to one of them ends.
func (p *poller) lookAt(files map[string]fs.FileInfo, name string, above []fs.FileInfo) {
	real := filepath.Join(p.root, filepath.FromSlash(name))
	info, err := os.Stat(real)
	if err != nil {
		if info, err = os.Lstat(real); err == nil { // a link that leads to nothing
			files[name] = info
		}
		return
	}
	files[name] = info
	if !info.IsDir() {
		return
	}
	for _, outer := range above {
		if os.SameFile(outer, info) {
			return
		}
	}
	entries, err := os.ReadDir(real)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if entry.Name() != ".git" {
			p.lookAt(files, path.Join(name, entry.Name()), append(above, info))
		}
	}
}

// difference returns the names that are in one list only or differ.
func difference(before, after map[string]fs.FileInfo) []string {
	var names []string
	for name, was := range before {
		if is, ok := after[name]; !ok || !sameStamp(was, is) {
			names = append(names, name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, name)
		}
	}
	return names
}

// sameStamp reports whether a file looks the same from outside. The size and
// time of a folder say nothing: what is in it is looked at by itself.
func sameStamp(was, is fs.FileInfo) bool {
	if was.Mode() != is.Mode() || !os.SameFile(was, is) {
		return false
	}
	return is.IsDir() || was.Size() == is.Size() && was.ModTime().Equal(is.ModTime())
}
