//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// removeClosed tells whether a file can be removed only when nobody has it open.
const removeClosed = false

// isReadOnly reports whether a file system takes no writes at all.
func isReadOnly(err error) bool {
	return errors.Is(err, unix.EROFS)
}

// cannotMove reports whether an error of a rename or a link means that this
// folder is not to be moved (a mount point, another file system, somebody
// else's), rather than that something is broken.
func cannotMove(err error) bool {
	for _, code := range []error{unix.EXDEV, unix.EBUSY, unix.EPERM, unix.EACCES, unix.EROFS, unix.EMLINK, errors.ErrUnsupported} {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}

// cannotExchange reports whether the file system knows no exchange.
func cannotExchange(err error) bool {
	return errors.Is(err, unix.EINVAL) || errors.Is(err, errors.ErrUnsupported)
}

// sameVolume reports whether two files lie on one file system.
func sameVolume(a, b fs.FileInfo) bool {
	x, ok := a.Sys().(*syscall.Stat_t)
	y, also := b.Sys().(*syscall.Stat_t)
	return ok && also && x.Dev == y.Dev
}

// canWrite asks whether files in a folder can be replaced.
func canWrite(folder string) error {
	return unix.Faccessat(unix.AT_FDCWD, folder, unix.W_OK|unix.X_OK, unix.AT_EACCESS)
}

// create makes a file to be written. os.OpenFile also asks whether the file can
// be waited for, which no file on a disk can: five system calls more for each, and
// 0.17 s instead of 0.15 for 10,000 files (2026-11-26).
func create(path string) (*os.File, error) {
	for {
		fd, err := unix.Open(path, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, uint32(fileMode))
		switch err {
		case nil:
			return os.NewFile(uintptr(fd), path), nil
		case unix.EINTR:
			continue
		}
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
}

// stateOf looks at a file itself, not at where a link leads.
func stateOf(path string) (fileState, error) {
	var st unix.Stat_t
	if err := unix.Lstat(path, &st); err != nil {
		return fileState{}, err
	}
	return fileState{
		inode: uint64(st.Ino), size: st.Size, mode: int64(st.Mode),
		modified: st.Mtim.Nano(), changed: st.Ctim.Nano(),
	}, nil
}
