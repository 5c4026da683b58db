package content

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// maxFileSize is the size up to which a text is read (contract, section 2).
const maxFileSize = 5 << 20

// folder is where the hub's content lies, from its root.
const folder = "content"

// treeFile is a file under content/.
type treeFile struct {
	path string // from the hub's root, with slashes
	size int64
}

// tree is what lies under content/ and can be published or read.
type tree struct {
	fsys     fs.FS
	files    []treeFile // sorted by path
	findings []diag.Finding
}

// readTree lists content/. What is never published is left out; symbolic
// links are followed as long as they stay within the root.
func readTree(fsys fs.FS) (*tree, error) {
	t := &tree{fsys: fsys}
	if err := t.walk(folder, nil); err != nil {
		return nil, err
	}
	slices.SortFunc(t.files, func(a, b treeFile) int { return strings.Compare(a.path, b.path) })
	return t, nil
}

// walk lists a folder. outer holds the real paths of the folders that are
// being walked, so that a link to one of them ends.
func (t *tree) walk(dir string, outer []string) error {
	entries, err := fs.ReadDir(t.fsys, dir)
	if err != nil {
		return fmt.Errorf("read %s: %w", dir, cause(err))
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if hidden(e.Name()) {
			continue
		}
		mode := e.Type()
		if mode&fs.ModeSymlink != 0 {
			var ok bool
			if mode, ok, err = t.follow(name, outer); err != nil {
				return err
			} else if !ok {
				continue
			}
		}
		if mode.IsDir() {
			if err := t.walk(name, append(outer, name)); err != nil {
				return err
			}
			continue
		}
		info, err := fs.Stat(t.fsys, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, cause(err))
		}
		if !mode.IsRegular() {
			t.findings = append(t.findings, diag.Errorf(diag.Pos{File: name}, "odd-file", "this is neither a file nor a folder"))
			continue
		}
		t.files = append(t.files, treeFile{name, info.Size()})
	}
	return nil
}

// hidden reports whether a name is never published.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || strings.HasPrefix(name, "~") || name == "README.md"
}

// follow finds out what a symbolic link leads to. It is not ok if the link
// leads nowhere, out of the root or in a circle, which is reported.
func (t *tree) follow(name string, outer []string) (mode fs.FileMode, ok bool, err error) {
	report := func(format string, args ...any) (fs.FileMode, bool, error) {
		t.findings = append(t.findings, diag.Errorf(diag.Pos{File: name}, "symlink", format, args...).
			WithHint("put the file itself here"))
		return 0, false, nil
	}
	target, trouble := resolveLink(t.fsys, name)
	if trouble != "" {
		return report("this is a link in the file system that %s", trouble)
	}
	for _, dir := range append(outer, folder) {
		if real, _ := resolveLink(t.fsys, dir); dir == target || real == target {
			return report("this is a link in the file system that leads in a circle")
		}
	}
	info, err := fs.Stat(t.fsys, target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return report("this is a link in the file system that leads to nothing")
	case err != nil:
		return 0, false, fmt.Errorf("read %s: %w", name, cause(err))
	}
	return info.Mode().Type(), true, nil
}

// maxLinks is how many links are followed one after the other; Linux gives up
// at 40 too.
const maxLinks = 40

// resolveLink returns the path, within the root, that a path stands for when
// every link in it is followed. trouble says why there is none.
func resolveLink(fsys fs.FS, name string) (real, trouble string) {
	links := 0
	done, rest := "", strings.Split(name, "/")
	for len(rest) > 0 {
		part := rest[0]
		rest = rest[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			if done == "" {
				return "", "leads out of the hub's folder"
			}
			if done = path.Dir(done); done == "." {
				done = ""
			}
			continue
		}
		next := path.Join(done, part)
		to, err := fs.ReadLink(fsys, next)
		if err != nil { // no link, or missing: the caller's Stat tells
			done = next
			continue
		}
		if links++; links > maxLinks {
			return "", "leads in a circle"
		}
		to = strings.ReplaceAll(to, `\`, "/")
		if strings.HasPrefix(to, "/") || len(to) > 1 && to[1] == ':' {
			return "", "leads out of the hub's folder"
		}
		rest = append(strings.Split(to, "/"), rest...)
	}
	if done == "" {
		done = "."
	}
	return done, ""
}

// cause returns what went wrong without the path, which the caller names from
// the hub's root.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
