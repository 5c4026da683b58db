package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// replace puts the files of the stage in place one by one, each in one step.
//
// First a journal goes to the output folder: the paths of all files that are
// or will be ours. From then on signals are not heard. A reader who comes in
// between finds what a new page needs and what an old page leads to: assets
// come first, then pages, then the lists that lead to them; files that the
// site has no longer go last, but for those that are in the way of new ones.
// The manifest closes the work, and the journal goes. If the build is killed,
// the next one knows by manifest and journal what is its own.
func (s *survey) replace(ctx context.Context) error {
	written := s.written()
	if err := s.stage.moveInside(written); err != nil {
		return s.failedWrite("", err)
	}
	root, err := os.OpenRoot(s.target.path)
	if err != nil {
		return fmt.Errorf("write output folder: %w", err)
	}
	defer root.Close()
	r := replacing{survey: s, root: root, stage: filepath.Base(s.stage.path), written: written}
	if err := r.check(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.writeJournal(); err != nil {
		return s.failedWrite(ownPrefix+journalName, err)
	}
	if err := r.all(); err != nil {
		return fmt.Errorf("%w (some files of the site are new and some old; build again)", err)
	}
	return nil
}

// replacing is a replacement on its way.
type replacing struct {
	*survey
	root    *os.Root // the output folder; nothing is written outside it
	stage   string   // name of the stage in it
	written []string
}

// check finds out what would stop the work half-way: folders that cannot be
// written, and what came in the way since the survey or differs in case only.
func (r *replacing) check() error {
	there := map[string]bool{}
	for _, dir := range r.visited {
		there[dir] = true
	}
	for _, path := range slices.Concat(r.written, r.removed) {
		for dir := parent(path); ; dir = parent(dir) {
			if there[dir] {
				there[dir] = false // asked once
				err := canWrite(r.target.at(dir))
				if errors.Is(err, fs.ErrPermission) || isReadOnly(err) {
					return r.failedWrite(path, err)
				}
			}
			if dir == "" {
				break
			}
		}
	}
	removed := map[string]bool{}
	for _, path := range r.removed {
		removed[fold(path)] = true
	}
	for _, path := range r.written {
		if r.former.files[path] || removed[fold(path)] || r.former.folders[path] {
			continue
		}
		if _, err := r.root.Lstat(filepath.FromSlash(path)); err == nil {
			return r.refuse([]string{path})
		}
	}
	return nil
}

// writeJournal lists all that is or will be ours, in the form of a manifest.
func (r *replacing) writeJournal() error {
	var files []File
	for path := range r.former.files {
		files = append(files, File{Path: path})
	}
	for _, path := range r.written {
		if !r.former.files[path] {
			files = append(files, File{Path: path})
		}
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	const name = ownPrefix + journalName
	if err := r.survey.stage.writeDurably(name, encodeManifest(files)); err != nil {
		return err
	}
	if err := r.root.Rename(filepath.Join(r.stage, name), name); err != nil {
		return err
	}
	syncFolder(r.target.path)
	return nil
}

// all does the work in its order.
func (r *replacing) all() error {
	early, late := r.splitRemoved()
	if err := r.remove(early); err != nil {
		return err
	}
	r.sort()
	for _, path := range r.written {
		if path == ManifestName {
			continue
		}
		if err := r.install(path); err != nil {
			return r.failedWrite(path, err)
		}
	}
	if err := r.remove(late); err != nil {
		return err
	}
	if r.manifestFate() != same {
		if err := r.install(ManifestName); err != nil {
			return r.failedWrite(ManifestName, err)
		}
	}
	return r.root.Remove(ownPrefix + journalName)
}

// splitRemoved tells the files that are in the way of new ones, also on file
// systems that fold letters, from those that go last.
func (r *replacing) splitRemoved() (early, late []string) {
	files, folders := map[string]bool{}, map[string]bool{}
	for _, path := range r.written {
		files[fold(path)] = true
		for dir := parent(fold(path)); dir != ""; dir = parent(dir) {
			folders[dir] = true
		}
	}
	for _, path := range r.removed {
		folded := fold(path)
		inTheWay := folders[folded]
		for ; folded != ""; folded = parent(folded) {
			inTheWay = inTheWay || files[folded]
		}
		if inTheWay {
			early = append(early, path)
		} else {
			late = append(late, path)
		}
	}
	return early, late
}

// remove removes files of earlier builds, and the folders that are empty then.
func (r *replacing) remove(paths []string) error {
	for _, path := range paths {
		if err := r.root.Remove(filepath.FromSlash(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove %s: %w", r.target.named(path), err)
		}
	}
	r.removeIdle()
	return nil
}

// install renames a file of the stage into its place.
func (r *replacing) install(path string) error {
	if err := r.makeFolder(parent(path)); err != nil {
		return err
	}
	path = filepath.FromSlash(path)
	return r.root.Rename(filepath.Join(r.stage, path), path)
}

func (r *replacing) makeFolder(path string) error {
	if path == "" {
		return nil
	}
	name := filepath.FromSlash(path)
	if info, err := r.root.Lstat(name); err == nil && info.IsDir() {
		return nil
	}
	if err := r.makeFolder(parent(path)); err != nil {
		return err
	}
	if err := r.root.Mkdir(name, folderMode); err != nil {
		return err
	}
	return r.root.Chmod(name, folderMode)
}

// sort orders files by what leads to what.
func (r *replacing) sort() {
	slices.SortFunc(r.written, func(a, b string) int {
		return cmp.Or(cmp.Compare(r.rank(a), r.rank(b)),
			// Deeper pages first: a section's list stands above its pages.
			cmp.Compare(strings.Count(b, "/"), strings.Count(a, "/")), strings.Compare(a, b))
	})
}

// The ranks of replace, in their order.
const (
	rankAsset = iota
	rankPage
	rankList
)

func (r *replacing) rank(path string) int {
	a := r.plan.Lookup(path)
	switch ext := filepath.Ext(path); {
	case a != nil && a.Page != nil && a.Page.List:
		return rankList
	case ext == ".html":
		return rankPage
	case ext == ".json", ext == ".xml", ext == ".txt", ext == "", path == "sw.js":
		return rankList
	}
	return rankAsset
}
