package site_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// sampleKinds has a page of every kind of the sample's site.
var sampleKinds = []string{
	"", "about/", "404.html", "search/?q=animals",
	"databases/", "databases/libby/", "databases/subject/animals/",
	"awards/", "awards/bluestem/", "awards/bluestem/2020/",
	"guides/", "guides/homework-help/", "es/guides/homework-help/handout/",
	"hours/", "libraries/", "es/libraries/prairie-grove/",
	"embed/hours/prairie-grove/", "embed/database/libby/", "embed/award/bluestem/2020/",
}

// violation is a rule of axe that a page breaks.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// TestSampleIsAccessible asks axe-core about a page of every kind, on a phone
// and on a desktop, in light and in dark.
func TestSampleIsAccessible(t *testing.T) {
	t.Parallel()
	axe := axeSource(t)
	hub := serveRoot(t, "../..", civil.New(2026, 11, 23))
	tab := hub.tab(t)
	const all = `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}`
	// Dark mode changes colors alone.
	const colors = `{type: 'rule', values: ['color-contrast', 'link-in-text-block']}`
	looks := []struct {
		name   string
		width  int64
		scheme string
		rules  string
	}{
		{"phone, light", 360, "light", all}, {"phone, dark", 360, "dark", colors},
		{"desktop, dark", 1280, "dark", colors}, {"desktop, light", 1280, "light", all},
	}
	for _, path := range append(sampleKinds[:len(sampleKinds):len(sampleKinds)], "libraries/?book=Wish&isbn=9780316381994") {
		tab.do(t, chromedp.Navigate(hub.url+path))
		if _, err := chromedp.Run(tab.ctx, chromedp.Evaluate[chromedp.Void](axe)); err != nil {
			t.Fatal(err)
		}
		for _, look := range looks {
			tab.do(t, chromedp.EmulateViewport(look.width, 800),
				send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
					{Name: "prefers-color-scheme", Value: look.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
				}}))
			run := `axe.run({runOnly: ` + look.rules + `, resultTypes: ['violations']}).then((r) => JSON.stringify(r.violations))`
			answer, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			var broken []violation
			if err := json.Unmarshal([]byte(answer), &broken); err != nil {
				t.Fatal(err)
			}
			for _, v := range broken {
				t.Errorf("/%s (%s): %s: %s (%d times, first %s)\n%s", path, look.name, v.ID, v.Help, len(v.Nodes), v.Nodes[0].HTML, v.Nodes[0].Summary)
			}
			wide, err := chromedp.Run(tab.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`))
			if err != nil {
				t.Fatal(err)
			}
			if wide > 0 {
				t.Errorf("/%s (%s) is %d pixels too wide", path, look.name, wide)
			}
		}
	}
	tab.clean(t)
}

// axeSource reads axe-core from the npm packages that CI installs, or skips the
// test where they are not.
func axeSource(t *testing.T) string {
	t.Helper()
	modules := os.Getenv("TWINSHELF_NODE_MODULES")
	if modules == "" {
		modules = filepath.FromSlash("../../.ci/npm/node_modules")
	}
	source, err := os.ReadFile(filepath.Join(modules, "axe-core", "axe.min.js"))
	if err != nil && os.Getenv("TWINSHELF_NODE_MODULES") != "" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skipf("SKIPPED: no axe-core to ask: %v (npm ci in .ci/npm brings it)", err)
	}
	return fmt.Sprintf("(() => { %s })()", strings.TrimSpace(string(source)))
}
