package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// DirOptions say where and how a site is written.
type DirOptions struct {
	Out    string // required: the output folder, relative to the working folder or absolute
	DryRun bool   // find out what would change and write nothing at all

	// Waiting is called once if another build is at work on the folder, before
	// waiting for it; nil says nothing.
	Waiting func()

	// Progress is called now and then with how many files are made and how many
	// there are; nil says nothing. It is called from several goroutines.
	Progress func(done, total int)
}

// Result tells what a build did to the output folder.
// Addresses are those of Address, sorted; the manifest counts as a file.
type Result struct {
	Added   []string
	Changed []string
	Removed []string
	Bytes   int64  // of all files
	Files   []File // every file but the manifest, sorted by path
}

// Dir writes the site to a folder, which afterwards holds the whole new site,
// or after an error the whole old one. Files that are right already keep their
// inode and times; if all are, nothing is written.
//
// The new tree is made beside the folder, with hard links to what is right
// already, and the two are exchanged in one step. Where the folder cannot be
// moved, or holds what no build wrote and what therefore stays, files are
// replaced one by one (see replace), and an error may then leave some of them
// new and the others old, each of them whole.
//
// The end of the context counts up to the exchange, or up to the first file
// that is replaced; the error is then the context's. Other errors are a
// *Refusal, what an artifact's Render or Open returned, and the troubles of
// the machine. One build at a time works on a folder, whatever the process;
// the next one waits.
func Dir(ctx context.Context, plan *Plan, options DirOptions) (Result, error) {
	t, err := newTarget(options.Out)
	if err != nil {
		return Result{}, err
	}
	if options.DryRun {
		return dryRun(ctx, plan, options, t)
	}
	made, err := makeFolders(filepath.Dir(t.path))
	defer removeEmpty(made)
	if err != nil {
		return Result{}, fmt.Errorf("make output folder: %w", err)
	}
	l, err := acquire(ctx, t, options.Waiting)
	if err != nil {
		return Result{}, err
	}
	defer l.release()
	return write(ctx, plan, options, t)
}

func dryRun(ctx context.Context, plan *Plan, options DirOptions, t target) (Result, error) {
	f, err := t.read()
	if err != nil {
		return Result{}, err
	}
	s := newSurvey(plan, options, t, f)
	if err := s.run(ctx); err != nil {
		return Result{}, err
	}
	return s.result(), nil
}

// write does the work of Dir while the lock is held.
func write(ctx context.Context, plan *Plan, options DirOptions, t target) (Result, error) {
	t.tidy()
	f, err := t.read()
	if err != nil {
		return Result{}, err
	}
	s := newSurvey(plan, options, t, f)
	defer s.stage.discard()
	if err := s.run(ctx); err != nil {
		return Result{}, err
	}
	if err := s.publish(ctx); err != nil {
		return Result{}, err
	}
	return s.result(), nil
}

// publish puts the stage in the place of what differs.
func (s *survey) publish(ctx context.Context) error {
	if len(s.written()) == 0 && len(s.removed) == 0 {
		s.removeIdle()
		_ = os.Remove(s.target.inside(journalName))
		return nil
	}
	if !s.strangers && !s.stage.within {
		err := s.swap(ctx)
		if !errors.Is(err, errImmovable) {
			return err
		}
	}
	return s.replace(ctx)
}

// removeIdle removes the folders that became empty.
func (s *survey) removeIdle() {
	for _, dir := range s.idle() {
		path := s.target.at(dir)
		// A file may have taken the name of a folder that is gone.
		if info, err := os.Lstat(path); err == nil && info.IsDir() {
			_ = os.Remove(path) // one that holds something else is not empty and stays
		}
	}
}

// makeFolders makes a folder and those above it, and returns what it made, the
// highest first.
func makeFolders(path string) ([]string, error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	made, err := makeFolders(filepath.Dir(path))
	if err != nil {
		return made, err
	}
	err = os.Mkdir(path, folderMode)
	if errors.Is(err, fs.ErrExist) {
		return made, nil
	}
	if err != nil {
		return made, err
	}
	return append(made, path), os.Chmod(path, folderMode)
}

// removeEmpty removes folders that makeFolders made, if a build that failed
// left nothing in them.
func removeEmpty(made []string) {
	for i := len(made) - 1; i >= 0; i-- {
		if os.Remove(made[i]) != nil {
			return
		}
	}
}

// tidy takes away what a killed build left. What it cannot take away does no
// harm.
func (t target) tidy() {
	t.recoverOld()
	for _, prefix := range []string{t.beside(newName), t.beside(oldName), t.inside(newName)} {
		for _, path := range withPrefix(prefix) {
			removeTree(path)
		}
	}
}

// recoverOld gives the old tree its name back, if a build was killed where
// moving it aside and putting the new one in its place are two steps.
func (t target) recoverOld() {
	if _, err := os.Lstat(t.path); !errors.Is(err, fs.ErrNotExist) {
		return
	}
	for _, path := range withPrefix(t.beside(oldName)) {
		if os.Rename(path, t.path) == nil {
			return
		}
	}
}

// withPrefix lists what begins so.
func withPrefix(prefix string) []string {
	var paths []string
	dir, begin := filepath.Split(prefix)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), begin) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths
}
