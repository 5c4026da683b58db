package site_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/site"
)

// The ledger has every kind of address that a hub makes, with the file and the
// title that it stands for.
func TestWhatTheLedgerHas(t *testing.T) {
	t.Parallel()
	h := richHub(t)
	lines := strings.Split(h.read("links.lock"), "\n")
	for _, want := range []struct{ address, file, title string }{
		{"/", "", "Hub"},
		{"/about/", "about.md", "About"},
		{"/awards/bluestem/2026/#cave", "awards/bluestem/2026.md", "Cave"},
		{"/awards/bluestem/2027/#isbn-9780316381994", "awards/bluestem/2027.md", "Wish"},
		{"/awards/bluestem/ballot.pdf", "awards/bluestem/ballot.pdf", ""},
		{"/databases/comics/help/first%20steps.pdf", "databases/comics/help/first steps.pdf", ""},
		{"/databases/format/comic/", "", "Comics"},
		{"/databases/library/branch/", "libraries/branch.md", "Branch"},
		{"/databases/subject/fiction/", "site.yaml", "Fiction"},
		{"/embed/award/bluestem/2026/", "awards/bluestem/2026.md", "Bluestem 2026"},
		{"/embed/database/comics/", "databases/comics/index.md", "Comics"},
		{"/embed/hours/branch/", "libraries/branch.md", "Branch"},
		{"/es/", "site.yaml", "Hub"},
		{"/es/databases/sora-es/", "databases/sora.es.md", "Sora en español"},
		{"/es/guides/clases/", "guides/clases.es.md", "Clases"},
		{"/feed.xml", "site.yaml", "Hub"},
		{"/house-rules.pdf", "../static/house-rules.pdf", ""},
		{"/js/copy.js", "../static/js/copy.js", ""},
		{"/libraries/branch/hours.ics", "libraries/branch.md", "Branch"},
		{"/teachers/", "guides/teachers.md", "Teachers"},
	} {
		line := strings.TrimRight(strings.Join([]string{want.address, firstDay, want.file, want.title}, "\t"), "\t")
		if !slices.Contains(lines, line) {
			t.Errorf("the ledger lacks %q", line)
		}
	}
	for _, line := range lines {
		for _, never := range []string{"/api/", "/assets/", "/es/databases/sora/\t", "/es/embed/", "/404", "/robots", "/sitemap", "/manifest", "/site.webmanifest", "/sw.js", "/_", "/.nojekyll"} {
			if strings.HasPrefix(line, never) {
				t.Errorf("the ledger has %q", line)
			}
		}
	}
}

// Every page of the default language is promised, but for the one that stands
// for what does not exist.
func TestEveryPageIsPromised(t *testing.T) {
	t.Parallel()
	h := richHub(t)
	s, err := site.Load(context.Background(), h.options())
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Plan.Artifacts {
		a := &s.Plan.Artifacts[i]
		path, isPage := strings.CutSuffix("/"+a.Path, "index.html")
		if !isPage || strings.HasPrefix(path, "/es/") {
			continue
		}
		address, err := ledger.NewAddress(path, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, found := s.Hub.Ledger.Find(address); !found {
			t.Errorf("%s is a page and not on the ledger", path)
		}
	}
}
