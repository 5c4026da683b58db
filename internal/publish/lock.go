package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// lockPause is how long a build that waits for another sleeps between looks.
const lockPause = 25 * time.Millisecond

// lock is the right to write one output folder.
type lock struct {
	file *flock.Flock
}

// acquire takes the lock of an output folder and waits while another build has
// it. The lock lies beside the folder, as the folder itself is swapped; where
// nothing can be written there, inside.
func acquire(ctx context.Context, t target, waiting func()) (*lock, error) {
	l, err := lockFile(ctx, t.beside(lockName), waiting)
	if !errors.Is(err, fs.ErrPermission) && !isReadOnly(err) {
		return l, err
	}
	l, insideErr := lockFile(ctx, t.inside(lockName), waiting)
	if errors.Is(insideErr, fs.ErrNotExist) {
		return nil, err // there is no folder yet
	}
	return l, insideErr
}

// lockFile waits for the lock on one file.
func lockFile(ctx context.Context, path string, waiting func()) (*lock, error) {
	for said := false; ; {
		l, err := tryLock(path)
		if l != nil || err != nil {
			return l, err
		}
		if !said && waiting != nil {
			waiting()
		}
		said = true
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockPause):
		}
	}
}

// tryLock returns nil and no error while somebody else has the lock.
func tryLock(path string) (*lock, error) {
	file := flock.New(path, flock.SetFlag(os.O_RDONLY|os.O_CREATE), flock.SetPermissions(0o644))
	ok, err := file.TryLock()
	if errors.Is(err, fs.ErrPermission) || isReadOnly(err) {
		// Another user's lock can be waited for though it cannot be made.
		file = flock.New(path, flock.SetFlag(os.O_RDONLY))
		var again error
		if ok, again = file.TryLock(); again == nil {
			err = nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("lock the output folder: %w", err)
	}
	if !ok {
		return nil, nil
	}
	// The one before us may have removed the file between our opening and
	// locking it; then the next one would lock another file of that name.
	if !sameFile(file, path) {
		return nil, file.Unlock()
	}
	return &lock{file}, nil
}

func sameFile(file *flock.Flock, path string) bool {
	held, err := file.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(held, named)
}

// release gives the lock back and takes its file away. Where an open file
// cannot be removed (Windows), it goes after closing, unless somebody waits.
func (l *lock) release() {
	path := l.file.Path()
	removed := os.Remove(path) == nil
	_ = l.file.Unlock() // the end of the process would do it too
	if !removed && removeClosed {
		_ = os.Remove(path)
	}
}
