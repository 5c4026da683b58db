package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// The modes of everything that comes out, whatever the umask.
const (
	fileMode   fs.FileMode = 0o644
	folderMode fs.FileMode = 0o755
)

// stage is the folder in which new files are made before any of them shows. It
// lies beside the output folder, or inside it where the parent folder cannot
// be written or is on another file system, and is made with its first file.
// Writing is safe for use by several goroutines.
type stage struct {
	target target
	exists bool // the output folder

	once    sync.Once
	failure error
	path    string
	within  bool     // it lies inside the output folder
	made    sync.Map // folders made so far

	first sync.Once   // a folder was made
	exact atomic.Bool // what is made has the modes that were asked for
}

// open makes the stage itself.
func (s *stage) open() error {
	s.once.Do(func() { s.failure = s.makeFolder() })
	return s.failure
}

func (s *stage) makeFolder() error {
	err := error(fs.ErrPermission)
	if !s.exists || s.onParentsVolume() {
		s.path, err = makeTemp(s.target.beside(newName))
	}
	if s.exists && (errors.Is(err, fs.ErrPermission) || isReadOnly(err)) {
		s.within = true
		s.path, err = makeTemp(s.target.inside(newName))
	}
	if err != nil {
		s.path = ""
		return fmt.Errorf("write to %s: %w", s.target.given, err)
	}
	return nil
}

func (s *stage) onParentsVolume() bool {
	out, err := os.Stat(s.target.path)
	if err != nil {
		return true
	}
	up, err := os.Stat(filepath.Dir(s.target.path))
	return err != nil || sameVolume(out, up)
}

// makeTemp makes a folder with a name that begins so.
func makeTemp(prefix string) (string, error) {
	path, err := os.MkdirTemp(filepath.Dir(prefix), filepath.Base(prefix)+"*")
	if err != nil {
		return "", err
	}
	return path, os.Chmod(path, folderMode) // MkdirTemp makes it private
}

// at is the place of a file of the site in the stage.
func (s *stage) at(path string) string {
	return s.path + sep + filepath.FromSlash(path)
}

// folder makes a folder and those above it.
func (s *stage) folder(path string) error {
	if err := s.open(); err != nil || path == "" {
		return err
	}
	if _, ok := s.made.Load(path); ok {
		return nil
	}
	if err := s.folder(parent(path)); err != nil {
		return err
	}
	// Two goroutines may come here for the same folder; one of them finds it made.
	at := s.at(path)
	if err := os.Mkdir(at, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	// What changes modes (a umask, an access list) does so alike in the whole
	// stage: the first folder tells for all that follows.
	s.first.Do(func() {
		info, err := os.Stat(at)
		s.exact.Store(err == nil && info.Mode().Perm() == folderMode)
	})
	if !s.exact.Load() {
		if err := os.Chmod(at, folderMode); err != nil {
			return err
		}
	}
	s.made.Store(path, true)
	return nil
}

// write makes a file.
func (s *stage) write(path string, text []byte) error {
	f, err := s.begin(path)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, s.finish(f))
}

// writeDurably makes a small file that must not be half there after a power
// failure: the manifest and the journal, by which the next build knows its
// own. All else may be: a build compares what is on the disk and mends it.
// (Making 10,000 files durable one by one takes minutes on a plain disk.)
func (s *stage) writeDurably(path string, text []byte) error {
	f, err := s.begin(path)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), s.finish(f))
	syncFolder(s.path)
	return err
}

// begin makes an empty file, to be written and given to finish.
func (s *stage) begin(path string) (*os.File, error) {
	if err := s.folder(parent(path)); err != nil {
		return nil, err
	}
	return create(s.at(path))
}

// finish ends a file that is written.
func (s *stage) finish(f *os.File) error {
	if s.exact.Load() {
		return f.Close()
	}
	return errors.Join(f.Chmod(fileMode), f.Close())
}

// syncFolder makes the names in a folder durable where the system can do that;
// Windows and some network drives cannot, and do it on their own.
func syncFolder(path string) {
	if f, err := os.Open(path); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// moveInside brings the stage into the output folder, from where files can be
// renamed into place one by one. Only the files named need to come along.
func (s *stage) moveInside(paths []string) error {
	if err := s.open(); err != nil || s.within {
		return err
	}
	inside, err := makeTemp(s.target.inside(newName))
	if err != nil {
		return err
	}
	outside := s.path
	s.exact.Store(false)
	s.path, s.within = inside, true
	if os.Remove(inside) == nil && os.Rename(outside, inside) == nil {
		return nil
	}
	// Another file system after all.
	defer os.RemoveAll(outside)
	s.made.Clear()
	if err := os.MkdirAll(inside, folderMode); err != nil {
		return err
	}
	for _, path := range paths {
		if err := s.bring(outside, path); err != nil {
			return err
		}
	}
	return nil
}

// bring copies a file of an earlier stage.
func (s *stage) bring(outside, path string) error {
	from, err := os.Open(filepath.Join(outside, filepath.FromSlash(path)))
	if err != nil {
		return err
	}
	defer from.Close()
	f, err := s.begin(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, s.finish(f))
}

// discard takes away whatever is left of the stage.
func (s *stage) discard() {
	if s.path != "" {
		removeTree(s.path)
	}
}

// removeTree removes a folder with all that is in it, folders without write
// permission too. What cannot be removed is left for the next build.
func removeTree(path string) {
	if err := os.RemoveAll(path); errors.Is(err, fs.ErrPermission) {
		_ = filepath.WalkDir(path, func(path string, e fs.DirEntry, err error) error {
			if err == nil && e.IsDir() {
				_ = os.Chmod(path, folderMode)
			}
			return nil
		})
		_ = os.RemoveAll(path)
	}
}
