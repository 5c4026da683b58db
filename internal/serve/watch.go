package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// watched are the folders of a hub that a site is made of.
func watched() []string { return []string{"content", "layouts", "static"} }

// watcher asks the system to tell about changes. The system watches single
// folders, so each one is added, new ones when they appear. A link in the file
// system is watched where it leads to, and reported by its own name.
type watcher struct {
	root  string // absolute, no links in it
	inbox *inbox
	say   func(string)
	fs    *fsnotify.Watcher

	// By the real path: the names, from the root, of a folder that is watched
	// and of a file that a link leads to.
	folders map[string][]string
	files   map[string][]string
}

func newWatcher(root string, inbox *inbox, say func(string)) (*watcher, error) {
	system, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch folders: %w (--poll 1s looks for changes itself)", err)
	}
	w := &watcher{root: root, inbox: inbox, say: say, fs: system}
	if err := w.addAll(); err != nil {
		system.Close()
		return nil, err
	}
	return w, nil
}

// run passes on changes until the context ends.
func (w *watcher) run(ctx context.Context) error {
	defer w.fs.Close()
	for {
		select {
		case <-ctx.Done():
			return nil
		case event := <-w.fs.Events:
			w.handle(event)
		case err := <-w.fs.Errors:
			w.lost(err)
		}
	}
}

// lost is called when the system could not tell all changes, so that anything
// may be new, folders too.
func (w *watcher) lost(err error) {
	if !errors.Is(err, fsnotify.ErrEventOverflow) {
		w.say(fmt.Sprintf("watch folders: %v", err))
	}
	if err := w.addAll(); err != nil {
		w.say(err.Error())
	}
	w.inbox.putAll()
}

// addAll watches the root, where the three folders may appear, and all that is
// in them.
func (w *watcher) addAll() error {
	w.folders, w.files = map[string][]string{}, map[string][]string{}
	if err := w.watch(w.root); err != nil {
		return err
	}
	for _, name := range watched() {
		if err := w.add(name); err != nil {
			return err
		}
	}
	return nil
}

// add watches what a name leads to, with all below it. What is missing or
// leads out of the root is left alone.
func (w *watcher) add(name string) error {
	real, err := filepath.EvalSymlinks(filepath.Join(w.root, filepath.FromSlash(name)))
	if err != nil || !w.inRoot(real) {
		return nil //nolint:nilerr // it is gone again, or a mistake that loading reports
	}
	info, err := os.Lstat(real)
	if err != nil {
		return nil //nolint:nilerr // as above
	}
	if !info.IsDir() {
		w.files[real] = appendNew(w.files[real], name)
		return w.watch(filepath.Dir(real))
	}
	for _, outer := range w.folders[real] {
		if strings.HasPrefix(name, outer+"/") {
			return nil // a link to a folder above itself
		}
	}
	w.folders[real] = appendNew(w.folders[real], name)
	if err := w.watch(real); err != nil {
		return err
	}
	entries, err := os.ReadDir(real)
	if err != nil {
		return nil //nolint:nilerr // loading reports it
	}
	for _, entry := range entries {
		if (entry.IsDir() || entry.Type()&fs.ModeSymlink != 0) && entry.Name() != ".git" {
			if err := w.add(path.Join(name, entry.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// watch asks the system to watch one folder.
func (w *watcher) watch(real string) error {
	err := w.fs.Add(real)
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("the system watches no more folders than it does now (--poll 1s looks for changes itself)")
	case err == nil, errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return nil // gone again, or loading reports it
	}
	return fmt.Errorf("watch %s: %w (--poll 1s looks for changes itself)", real, err)
}

// handle passes on one change. A new folder is watched before its names are
// passed on: what is put into it until then is found by loading, and what
// comes later is told.
func (w *watcher) handle(event fsnotify.Event) {
	names := w.names(event.Name)
	if len(names) == 0 {
		return
	}
	if event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
		w.forget(event.Name)
	}
	if event.Has(fsnotify.Create) {
		for _, name := range names {
			if info, err := os.Lstat(event.Name); err != nil || info.Mode().IsRegular() {
				continue
			}
			if err := w.add(name); err != nil {
				w.say(err.Error())
			}
		}
	}
	w.inbox.put(names...)
}

// names returns the names that a real path has in the hub.
func (w *watcher) names(real string) []string {
	names := append([]string(nil), w.files[real]...)
	base := filepath.Base(real)
	for _, folder := range w.folders[filepath.Dir(real)] {
		names = appendNew(names, folder+"/"+base)
	}
	if filepath.Dir(real) == w.root {
		for _, name := range watched() {
			if name == base {
				names = appendNew(names, name)
			}
		}
	}
	return names
}

// forget ends the watching of a folder that was moved or removed and of all
// below it: the system goes on to watch what was moved, under its old name.
func (w *watcher) forget(real string) {
	below := real + string(filepath.Separator)
	for folder := range w.folders {
		if folder == real || strings.HasPrefix(folder, below) {
			delete(w.folders, folder)
			_ = w.fs.Remove(folder) // it may have ended by itself
		}
	}
}

// inRoot reports whether a real path is the root or below it.
func (w *watcher) inRoot(real string) bool {
	rel, err := filepath.Rel(w.root, real)
	return err == nil && filepath.IsLocal(rel)
}

// appendNew appends what the list does not hold yet.
func appendNew(list []string, name string) []string {
	for _, have := range list {
		if have == name {
			return list
		}
	}
	return append(list, name)
}
