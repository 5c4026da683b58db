// Package site is the pipeline: it loads a hub, plans its site, checks both
// and publishes the result, and returns a report of what happened. It joins the
// packages below it and decides nothing about content or pages itself.
//
//	report, err := site.Build(ctx, site.BuildOptions{Options: site.Options{Root: "."}, Out: "public"})
//	if err == nil && !report.Failed { fmt.Println(report.Pages) }
//
// Content with mistakes is not an error: the mistakes are the report's
// findings. An error is trouble with the machine or wrong options.
package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/twinshelf/twinshelf"
	"github.com/twinshelf/twinshelf/internal/check"
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/content"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/markdown"
	"github.com/twinshelf/twinshelf/internal/output"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Options say which hub, and when.
type Options struct {
	Root    string       // required: the folder that holds content/, layouts/, static/
	Now     civil.Moment // required
	BaseURL string       // the address of the site instead of site.yaml's url; "" for that
	Drafts  bool         // take drafts for finished pages
	FS      fs.FS        // the root as a file system, to keep what was read between two calls; nil reads from the disk
	Cache   *Cache       // what an earlier Load of the hub left; nil for none

	// Early is called, with a Cache, when all that an edit changed is what one
	// record says itself: with the pages of that record, as the site that is
	// being planned will have them. Nil for nobody.
	Early func(pages []publish.Artifact)

	Shelf *markdown.Shelf // where the texts of pages wait; nil for memory

	Untranslated bool // find also the pages that a language lacks
}

// Site is a hub with the plan of its site.
type Site struct {
	Hub      *hub.Hub
	Plan     *publish.Plan  // nil if the content is too broken for one
	Findings []diag.Finding // of the whole tree, sorted
	Words    *lang.Dictionary

	look look
	made output.Made // zero without a plan
}

// Promised yields what the ledger should have; nothing without a plan.
func (s *Site) Promised(yield func(ledger.Entry) bool) {
	if s.Plan != nil {
		s.made.Promised(yield)
	}
}

// Failed reports whether the findings keep the site from being published.
func (s *Site) Failed() bool { return s.wrong() || s.Plan == nil }

// wrong reports whether errors were found so far.
func (s *Site) wrong() bool {
	errors, _ := diag.Count(s.Findings)
	return errors > 0
}

// Load loads a hub, plans its site and checks both. All mistakes of all files
// are found in one run.
func Load(ctx context.Context, opts Options) (*Site, error) {
	if err := checkRoot(opts.Root); err != nil {
		return nil, err
	}
	base, err := parseBase(opts.BaseURL)
	if err != nil {
		return nil, err
	}
	root := opts.FS
	if root == nil {
		root = os.DirFS(opts.Root)
	}
	s := &Site{}
	var findings []diag.Finding
	s.Hub, findings, err = content.Load(ctx, content.Options{FS: root, Now: opts.Now, BaseURL: base, Drafts: opts.Drafts, Cache: opts.Cache.files(), Shelf: opts.Shelf})
	if err != nil {
		return nil, err
	}
	s.Findings = append(s.Findings, findings...)
	if s.look, err = opts.Cache.loadLook(root, s.Hub.Default().Site.Languages); err != nil {
		return nil, err
	}
	s.Words = s.look.words
	s.Findings = append(s.Findings, s.look.findings...)
	if opts.Early != nil && opts.Cache != nil && !s.wrong() {
		if pages := opts.Cache.early(s); pages != nil {
			opts.Early(pages)
		}
	}
	if err := s.plan(root, opts); err != nil {
		return nil, err
	}
	s.Findings = diag.Sort(s.Findings)
	if opts.Cache != nil {
		opts.Cache.last = s
		if s.Failed() {
			opts.Cache.last = nil
		}
	}
	return s, ctx.Err()
}

// plan plans the site and checks it.
func (s *Site) plan(root fs.FS, opts Options) error {
	own, err := fs.Sub(root, "static")
	if err != nil {
		return err
	}
	brought, err := fs.Sub(twinshelf.Static, "static")
	if err != nil {
		return err
	}
	made, findings, err := output.Plan(output.Options{
		Hub: s.Hub, Words: s.Words.For, Layouts: s.look.layouts, Root: root, Static: own, Brought: brought, Cache: opts.Cache.plans(),
	})
	if err != nil {
		return err
	}
	s.Findings = append(s.Findings, findings...)
	s.Plan, s.made = made.Plan, made
	s.Findings = append(s.Findings, check.Run(check.Input{
		Hub: s.Hub, Plan: s.Plan, Promised: made.Promised, Moved: made.Moved, Retired: made.Retired,
		Words: s.Words, Untranslated: opts.Untranslated,
	})...)
	return nil
}

// checkRoot says what is missing when the root is no hub.
func checkRoot(root string) error {
	info, err := os.Stat(filepath.Join(root, "content"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no content/ folder in %q (--root names the hub's folder, \"twinshelf init DIR\" starts a hub)", root)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%q is not a folder", filepath.Join(root, "content"))
	}
	return nil
}

// parseBase reads an address that the site is to have; nil for none.
func parseBase(address string) (*url.URL, error) {
	if address == "" {
		return nil, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		strings.ContainsAny(address, " \t\n\"<>`") {
		return nil, fmt.Errorf("%q is no address of a site (write https://library.example.org/hub/)", address)
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return u, nil
}

// Check loads a hub and returns its findings.
func Check(ctx context.Context, opts Options) ([]diag.Finding, error) {
	s, err := Load(ctx, opts)
	if err != nil {
		return nil, err
	}
	return s.Findings, nil
}
