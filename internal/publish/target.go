package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Names that this package uses for the time of a build, after ".NAME" and
// ownPrefix beside the output folder NAME, after ownPrefix alone inside it.
const (
	lockName    = "lock"
	journalName = "journal"
	newName     = "new-" // and something random: the tree that is being made
	oldName     = "old-" // and something random: the tree before, where it cannot be exchanged in one step
)

// Refusal says why a folder cannot be an output folder. Nothing was written.
type Refusal struct {
	Path string // the folder or the files in it, as the caller wrote it
	Why  string // what is wrong and the way out
}

// Error is the path and the reason in one line.
func (r *Refusal) Error() string {
	return fmt.Sprintf("%s %s", r.Path, r.Why)
}

// CheckOut refuses an output folder that is one of the hub's source folders
// (content, layouts, static), holds one or lies in one, whatever links and
// letter case say. Neither folder need exist. The error is a *Refusal.
func CheckOut(root, out string) error {
	t, err := newTarget(out)
	if err != nil {
		return err
	}
	for _, name := range []string{"content", "layouts", "static"} {
		source, err := newTarget(filepath.Join(root, name))
		if err != nil {
			return err
		}
		why := ""
		switch {
		case within(t.path, source.path) && within(source.path, t.path):
			why = "is the hub's own %s folder"
		case within(t.path, source.path):
			why = "lies in the hub's own %s folder"
		case within(source.path, t.path):
			why = "holds the hub's own %s folder"
		default:
			continue
		}
		return &Refusal{out, fmt.Sprintf(why+" (choose another output folder)", name)}
	}
	return nil
}

// within reports whether path is folder or lies below it. Both are absolute
// and without links.
func within(path, folder string) bool {
	if foldedFolder := fold(folder); fold(path) == foldedFolder ||
		strings.HasPrefix(fold(path), strings.TrimSuffix(foldedFolder, sep)+sep) {
		return true
	}
	// A folder may have two names without being a link: a bind mount, a
	// letter that the file system folds in its own way.
	wanted, err := os.Stat(folder)
	if err != nil {
		return false
	}
	for {
		if info, err := os.Stat(path); err == nil && os.SameFile(info, wanted) {
			return true
		}
		up := filepath.Dir(path)
		if up == path {
			return false
		}
		path = up
	}
}

const sep = string(filepath.Separator)

// target is an output folder, which may be missing.
type target struct {
	given string // as the caller wrote it, for messages
	path  string // absolute, without links
}

// newTarget follows the links of a path, also one that leads to nothing yet.
func newTarget(given string) (target, error) {
	path, err := filepath.Abs(given)
	if err != nil {
		return target{}, err
	}
	for range 40 { // as many links as Linux follows
		real, err := filepath.EvalSymlinks(path)
		if err == nil {
			return target{given, real}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return target{}, fmt.Errorf("output folder %s: %w", given, err)
		}
		path, err = leadsTo(path)
		if err != nil {
			return target{}, fmt.Errorf("output folder %s: %w", given, err)
		}
		if _, err := os.Lstat(path); err != nil {
			return target{given, path}, nil
		}
	}
	return target{}, &Refusal{given, "is a link that leads round in a circle"}
}

// leadsTo resolves a path whose end does not exist: its folder without links,
// and if the end is a link to nothing, where that link leads.
func leadsTo(path string) (string, error) {
	if to, err := os.Readlink(path); err == nil {
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		return to, nil
	}
	dir := filepath.Dir(path)
	if dir == path {
		return path, nil
	}
	up, err := newTarget(dir)
	return filepath.Join(up.path, filepath.Base(path)), err
}

// beside is a name in the parent folder, inside one in the folder itself.
func (t target) beside(name string) string {
	base := filepath.Base(t.path)
	// The longest names leave no room for ours.
	return filepath.Join(filepath.Dir(t.path), "."+base[:min(len(base), longestName/2)]+ownPrefix+name)
}

// at is the place of a path of the site.
func (t target) at(path string) string {
	return t.path + sep + filepath.FromSlash(path)
}

func (t target) inside(name string) string {
	return filepath.Join(t.path, ownPrefix+name)
}

// named is a file of the output as the caller would write it.
func (t target) named(path string) string {
	return filepath.ToSlash(filepath.Join(t.given, filepath.FromSlash(path)))
}

// former is what earlier builds left in an output folder.
type former struct {
	exists   bool            // the folder
	journal  bool            // a build was killed while replacing files
	manifest []byte          // as it stands, nil if there is none
	files    map[string]bool // what earlier builds wrote or were about to write
	folders  map[string]bool // that hold them, "" for the top one
}

// read finds out whether the folder is ours and what in it is. A folder that
// is not ours is a *Refusal.
func (t target) read() (former, error) {
	f := former{files: map[string]bool{}, folders: map[string]bool{"": true}}
	entries, err := os.ReadDir(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if info, statErr := os.Stat(t.path); statErr == nil && !info.IsDir() {
		return f, &Refusal{t.given, "is a file (choose a folder to write the site to)"}
	}
	if err != nil {
		return f, fmt.Errorf("read output folder: %w", err)
	}
	f.exists = true
	written, err := f.readLists(t)
	if err != nil {
		return f, err
	}
	for _, e := range entries {
		if e.Name() != "CNAME" && !strings.HasPrefix(e.Name(), ".") && !written {
			return f, &Refusal{t.given, fmt.Sprintf(
				"holds %q and no %s of a Twinshelf site, so it is not overwritten (choose an empty or a new folder)",
				e.Name(), ManifestName)}
		}
	}
	return f, nil
}

// readLists reads the manifest and the journal, and reports whether there is
// one of ours.
func (f *former) readLists(t target) (bool, error) {
	text, err := readIfThere(filepath.Join(t.path, ManifestName))
	if err != nil {
		return false, err
	}
	files, ours := ReadManifest(text)
	if ours {
		f.manifest = text
		f.add(ManifestName)
	}
	for _, file := range files {
		f.add(file.Path)
	}
	if text, err = readIfThere(t.inside(journalName)); err != nil {
		return false, err
	}
	files, f.journal = ReadManifest(text)
	for _, file := range files {
		f.add(file.Path)
	}
	if f.journal {
		f.add(ManifestName)
	}
	return ours || f.journal, nil
}

func (f *former) add(path string) {
	f.files[path] = true
	for dir := parent(path); !f.folders[dir]; dir = parent(dir) {
		f.folders[dir] = true
	}
}

// readIfThere reads a regular file; what is missing or no file is empty.
func readIfThere(path string) ([]byte, error) {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read output folder: %w", err)
	}
	return text, nil
}
