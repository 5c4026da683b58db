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
	"github.com/twinshelf/twinshelf/internal/layout"
	"github.com/twinshelf/twinshelf/internal/ledger"
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
	Cache   *content.Cache

	Untranslated bool // find also the pages that a language lacks
}

// Site is a hub with the plan of its site.
type Site struct {
	Hub      *hub.Hub
	Plan     *publish.Plan  // nil if the content is too broken for one
	Findings []diag.Finding // of the whole tree, sorted
	Words    *lang.Dictionary

	promised func() []ledger.Entry // nil without a plan
}

// Promised returns what the ledger should have; nothing without a plan.
func (s *Site) Promised() []ledger.Entry {
	if s.promised == nil {
		return nil
	}
	return s.promised()
}

// Failed reports whether the findings keep the site from being published.
func (s *Site) Failed() bool {
	errors, _ := diag.Count(s.Findings)
	return errors > 0 || s.Plan == nil
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
	s.Hub, findings, err = content.Load(ctx, content.Options{FS: root, Now: opts.Now, BaseURL: base, Drafts: opts.Drafts, Cache: opts.Cache})
	if err != nil {
		return nil, err
	}
	s.Findings = append(s.Findings, findings...)
	if s.Words, findings, err = lang.Load(lang.Source{Program: twinshelf.Layouts, Hub: root}, s.Hub.Default().Site.Languages); err != nil {
		return nil, err
	}
	s.Findings = append(s.Findings, findings...)
	if err := s.plan(root, opts); err != nil {
		return nil, err
	}
	s.Findings = diag.Sort(s.Findings)
	return s, ctx.Err()
}

// plan loads the layouts, plans the site and checks it.
func (s *Site) plan(root fs.FS, opts Options) error {
	source := layout.Source{Program: twinshelf.Layouts, Hub: root, Bindings: output.Bindings(), Words: s.Words}
	layouts, findings, err := layout.Load(source)
	if err != nil {
		return err
	}
	s.Findings = append(s.Findings, findings...)
	if errors, _ := diag.Count(findings); errors > 0 {
		// Nothing will be rendered. The program's own layouts let the rest be
		// checked in the same run.
		source.Hub = nil
		if layouts, _, err = layout.Load(source); err != nil {
			return err
		}
	}
	own, err := fs.Sub(root, "static")
	if err != nil {
		return err
	}
	brought, err := fs.Sub(twinshelf.Static, "static")
	if err != nil {
		return err
	}
	made, findings, err := output.Plan(output.Options{
		Hub: s.Hub, Words: s.Words.For, Layouts: layouts, Root: root, Static: own, Brought: brought,
	})
	if err != nil {
		return err
	}
	s.Findings = append(s.Findings, findings...)
	s.Plan, s.promised = made.Plan, made.Promised
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
