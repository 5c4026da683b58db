package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// errImmovable means that the output folder cannot be swapped, and that its
// files can perhaps be replaced.
var errImmovable = errors.New("the folder cannot be moved")

// swap completes the stage with links to what is the same and puts it in the
// place of the output folder.
func (s *survey) swap(ctx context.Context) error {
	if err := s.linkSame(ctx); err != nil {
		return movable(err)
	}
	if err := s.stage.open(); err != nil {
		return err
	}
	// The last moment to hear a signal.
	if err := ctx.Err(); err != nil {
		return err
	}
	if !s.former.exists {
		return movable(os.Rename(s.stage.path, s.target.path))
	}
	err := exchange(s.stage.path, s.target.path)
	old := s.stage.path
	if cannotExchange(err) {
		old, err = s.moveAside()
	}
	if err != nil {
		return movable(err)
	}
	syncFolder(filepath.Dir(s.target.path))
	s.removeOld(old)
	return nil
}

// movable marks the errors after which files can perhaps be replaced one by one.
func movable(err error) error {
	if err != nil && cannotMove(err) {
		return fmt.Errorf("%w: %w", errImmovable, err)
	}
	return err
}

// linkSame puts hard links to what is right already into the stage.
func (s *survey) linkSame(ctx context.Context) error {
	link := func(path string) error {
		if err := s.stage.folder(parent(path)); err != nil {
			return err
		}
		return os.Link(s.target.at(path), s.stage.at(path))
	}
	if s.manifestFate() == same {
		if err := link(ManifestName); err != nil {
			return err
		}
	}
	return each(ctx, len(s.fates), func(_, i int) error {
		if s.fates[i] != same {
			return nil
		}
		return link(s.files[i].Path)
	})
}

// moveAside swaps the folders in two steps and returns the place of the old
// one. A build killed between them leaves no folder; the next one finds the
// old one by its name (recoverOld).
func (s *survey) moveAside() (string, error) {
	aside, err := makeTemp(s.target.beside(oldName))
	if err == nil {
		err = os.Remove(aside) // Windows does not rename over a folder
	}
	if err == nil {
		err = os.Rename(s.target.path, aside)
	}
	if err != nil {
		return "", err
	}
	if err := os.Rename(s.stage.path, s.target.path); err != nil {
		return "", errors.Join(err, os.Rename(aside, s.target.path))
	}
	return aside, nil
}

// removeOld removes the old tree, file by file as the survey saw it: that is
// faster than reading every folder again, and what somebody put there
// meanwhile is noticed and moved to the new tree.
func (s *survey) removeOld(old string) {
	if !s.removeSeen(old) {
		for _, dir := range s.visited {
			_ = os.Chmod(filepath.Join(old, filepath.FromSlash(dir)), folderMode)
		}
		s.removeSeen(old)
	}
	if _, err := os.Lstat(old); err == nil {
		s.rescue(old)
		removeTree(old)
	}
}

// removeSeen removes what the survey saw, and reports whether it had the
// permission.
func (s *survey) removeSeen(old string) bool {
	remove := func(path string) error {
		err := os.Remove(old + sep + filepath.FromSlash(path))
		if errors.Is(err, fs.ErrPermission) {
			return err
		}
		return nil
	}
	seen := slices.Concat(s.removed, []string{ManifestName, ownPrefix + journalName})
	for i, f := range s.fates {
		if f != missing {
			seen = append(seen, s.files[i].Path)
		}
	}
	if each(context.Background(), len(seen), func(_, i int) error { return remove(seen[i]) }) != nil {
		return false
	}
	for _, dir := range slices.Backward(s.visited) {
		if remove(dir) != nil {
			return false
		}
	}
	return true
}

// rescue moves what came into the old tree since the survey to the new one,
// where nothing of the site is in its place.
func (s *survey) rescue(old string) {
	_ = filepath.WalkDir(old, func(from string, e fs.DirEntry, err error) error {
		path, relErr := filepath.Rel(old, from)
		if err != nil || relErr != nil || e.IsDir() || s.former.files[filepath.ToSlash(path)] {
			return nil
		}
		if strings.HasPrefix(e.Name(), ".nfs") {
			return nil // a removed file that somebody has open, on a network drive
		}
		to := filepath.Join(s.target.path, path)
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			_ = os.MkdirAll(filepath.Dir(to), folderMode)
			_ = os.Rename(from, to)
		}
		return nil
	})
}
