//go:build !linux && !darwin

package publish

import "errors"

// exchange would let two folders change names in one step; this system cannot.
func exchange(a, b string) error {
	return errors.ErrUnsupported
}
