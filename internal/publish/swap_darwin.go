package publish

import "golang.org/x/sys/unix"

// exchange lets two folders change names in one step.
// Source: renamex_np(2), RENAME_SWAP.
func exchange(a, b string) error {
	return unix.RenamexNp(a, b, unix.RENAME_SWAP)
}
