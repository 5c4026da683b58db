package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/ledger"
)

const (
	ledgerFile  = "content/links.lock"
	retiredFile = "content/retired.yaml"
)

// Recorded tells what Record did.
type Recorded struct {
	Findings []diag.Finding
	Failed   bool // the findings kept the ledger from being written
	Added    int  // addresses that are new on the ledger
	Total    int  // addresses on the ledger
}

// Record adds the addresses to the ledger that the site promises and the
// ledger lacks, and puts its lines in order. With errors among the findings it
// writes nothing.
func Record(ctx context.Context, opts Options) (Recorded, error) {
	s, err := Load(ctx, opts)
	if err != nil {
		return Recorded{}, err
	}
	out := Recorded{Findings: s.Findings, Failed: s.Failed()}
	if out.Failed {
		return out, nil
	}
	next := s.Hub.Ledger.Record(s.Promised(), s.Hub.Today)
	out.Added, out.Total = next.Len()-s.Hub.Ledger.Len(), next.Len()
	name := filepath.Join(opts.Root, filepath.FromSlash(ledgerFile))
	before, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return out, err
	}
	text := next.Format()
	if string(text) == string(before) {
		return out, nil
	}
	return out, replaceFile(name, text)
}

// RetireError says why an address cannot be retired: the command was wrong.
type RetireError struct{ Message string }

func (e *RetireError) Error() string { return e.Message }

// Retire notes in content/retired.yaml that an address was given up; to and
// reason may be empty. It returns the address as it was written.
func Retire(ctx context.Context, opts Options, address, to, reason string) (string, error) {
	s, err := Load(ctx, opts)
	if err != nil {
		return "", err
	}
	r := ledger.Retirement{Reason: reason}
	if r.Address, err = s.address(address); err != nil {
		return "", err
	}
	if r.Address.String() == "/" {
		return "", &RetireError{"the home page cannot be retired"}
	}
	if !s.published(r.Address) {
		return "", &RetireError{fmt.Sprintf("the address %s was never published: neither the ledger nor the site has it%s", r.Address, s.near(r.Address))}
	}
	for _, before := range s.Hub.Retired {
		if before.Address == r.Address {
			return "", &RetireError{fmt.Sprintf("the address %s is retired already (%s)", r.Address, before.Pos)}
		}
	}
	if to != "" {
		if r.To, err = s.address(to); err != nil {
			return "", err
		}
		switch {
		case r.To == r.Address:
			return "", &RetireError{"an address cannot lead to itself"}
		case s.Plan != nil && s.Plan.At(r.To.String()) == nil:
			return "", &RetireError{fmt.Sprintf("the address %s, where readers should go instead, is not on the site%s", r.To, s.near(r.To))}
		}
	}
	name := filepath.Join(opts.Root, filepath.FromSlash(retiredFile))
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if text, err = ledger.AppendRetirement(text, r); err != nil {
		return "", fmt.Errorf("%s: %w", retiredFile, err)
	}
	return r.Address.String(), replaceFile(name, text)
}

// address reads an address as people give it: from the hub's root or with the
// site's host, with or without the slash at its end.
func (s *Site) address(text string) (ledger.Address, error) {
	if u := s.Hub.Default().Site.URL; u != nil && strings.HasPrefix(text, u.String()) {
		text = "/" + strings.TrimPrefix(text, u.String())
	}
	a, err := ledger.ParseAddress(text)
	if err != nil {
		return a, &RetireError{err.Error()}
	}
	if a.Anchor() == "" && !strings.HasSuffix(a.Path(), "/") {
		if folder, err := ledger.NewAddress(a.Path()+"/", ""); err == nil && !s.published(a) && s.published(folder) {
			return folder, nil
		}
	}
	return a, nil
}

// published reports whether the ledger or the site has an address.
func (s *Site) published(a ledger.Address) bool {
	if _, found := s.Hub.Ledger.Find(a); found {
		return true
	}
	for _, promise := range s.Promised() {
		if promise.Address == a {
			return true
		}
	}
	return s.Plan != nil && a.Anchor() == "" && s.Plan.At(a.String()) != nil
}

// near is a hint with the published address that was probably meant.
func (s *Site) near(a ledger.Address) string {
	var known []string
	for _, entry := range append(s.Hub.Ledger.Entries(), s.Promised()...) {
		known = append(known, entry.Address.String())
	}
	if hint := diag.DidYouMean(a.String(), known); hint != "" {
		return " (" + hint + ")"
	}
	return ""
}

// replaceFile writes a file in one step.
func replaceFile(name string, text []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(name), ".twinshelf-*")
	if err != nil {
		return err
	}
	_, err = temporary.Write(text)
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	return nil
}
