//go:build !unix

package publish

import (
	"errors"
	"io/fs"
	"os"
)

// removeClosed tells whether a file can be removed only when nobody has it open.
const removeClosed = true

// isReadOnly reports whether a file system takes no writes at all; here that
// is a missing permission like others.
func isReadOnly(error) bool { return false }

// cannotMove reports whether an error of a rename or a link means that this
// folder is not to be moved. On Windows a program that has a file in it open
// is reason enough, and its error has many codes.
func cannotMove(error) bool { return true }

// cannotExchange reports whether the file system knows no exchange.
func cannotExchange(err error) bool {
	return errors.Is(err, errors.ErrUnsupported)
}

// sameVolume reports whether two files lie on one volume; a rename finds out.
func sameVolume(_, _ fs.FileInfo) bool { return true }

// canWrite asks whether files in a folder can be replaced; trying finds out.
func canWrite(string) error { return nil }

// create makes a file to be written.
func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
}

// stateOf would need to know when a file was last touched in any way.
func stateOf(string) (fileState, error) { return fileState{}, errors.ErrUnsupported }
