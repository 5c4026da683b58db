package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	next := s.Hub.Ledger.Record(s.Promised, s.Hub.Today)
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
	if original, follows := s.original(r.Address); follows {
		return "", &RetireError{fmt.Sprintf("the address %s follows %s in the default language (retire that)", r.Address, original)}
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
		if err := s.leadsOn(r); err != nil {
			return "", err
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

// original returns the address of the default language whose twin an address
// is. Twins are not on the ledger, they follow.
func (s *Site) original(a ledger.Address) (ledger.Address, bool) {
	if s.lasting(a) {
		return a, false
	}
	for _, e := range s.Hub.Editions[1:] {
		if inside, ok := strings.CutPrefix(a.Path(), e.Prefix+"/"); ok {
			original, err := ledger.NewAddress("/"+inside, a.Anchor())
			return original, err == nil && s.lasting(original)
		}
	}
	return a, false
}

// leadsOn checks where readers of a retired address are to go instead.
func (s *Site) leadsOn(r ledger.Retirement) error {
	next := r
	for range s.Hub.Retired {
		if next.To == r.Address {
			break
		}
		for _, further := range s.Hub.Retired {
			if further.Address == next.To {
				next = further
			}
		}
	}
	switch {
	case r.To == r.Address:
		return &RetireError{"an address cannot lead to itself"}
	case next.To == r.Address:
		return &RetireError{fmt.Sprintf("the address %s would lead round: %s is retired and leads to it", r.Address, next.Address)}
	case s.Plan != nil && !s.has(r.To):
		return &RetireError{fmt.Sprintf("the address %s, where readers should go instead, is not on the site%s", r.To, s.near(r.To))}
	}
	return nil
}

// has reports whether the site has an address, its anchor included.
func (s *Site) has(a ledger.Address) bool {
	artifact := s.Plan.At(a.Page().String())
	return artifact != nil && (a.Anchor() == "" || artifact.Page != nil && artifact.Page.HasAnchor(a.Anchor()))
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
	return s.lasting(a) || s.Plan != nil && a.Anchor() == "" && s.Plan.At(a.String()) != nil
}

// lasting reports whether the ledger has an address or will have it.
func (s *Site) lasting(a ledger.Address) bool {
	if _, found := s.Hub.Ledger.Find(a); found {
		return true
	}
	for promised := range s.Promised {
		if promised.Address == a {
			return true
		}
	}
	return false
}

// near is a hint with the published address that was probably meant.
func (s *Site) near(a ledger.Address) string {
	var known []string
	for _, entry := range slices.AppendSeq(s.Hub.Ledger.Entries(), s.Promised) {
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
