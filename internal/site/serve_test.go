package site_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/publish"
	"github.com/twinshelf/twinshelf/internal/serve"
	"github.com/twinshelf/twinshelf/internal/site"
)

// serveLive serves the hub in a folder while it is written, as "twinshelf
// serve" does.
func serveLive(t *testing.T, root string, day civil.Date) server {
	t.Helper()
	ready, ended := make(chan string, 1), make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	cache := new(site.Cache)
	go func() {
		ended <- serve.Run(ctx, serve.Options{
			Root: root, Addr: "127.0.0.1:0", Now: func() civil.Moment { return civil.Start(day) },
			Load: func(ctx context.Context, fsys fs.FS, now civil.Moment, early func([]publish.Artifact)) (serve.Site, error) {
				s, err := site.Load(ctx, site.Options{Root: root, FS: fsys, Now: now, Cache: cache, Early: early})
				if err != nil {
					return serve.Site{}, err
				}
				return serve.Site{Plan: s.Plan, Base: "/", Findings: s.Findings, Zones: s.Hub.Zones()}, nil
			},
			Ready: func(address string) { ready <- address },
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case url := <-ready:
		return server{url: url, root: root, day: day, cut: new(atomic.Bool)}
	case err := <-ended:
		ended <- nil
		t.Fatalf("the server ends: %v", err)
		return server{}
	}
}

// longGuide is a page of several screens that says a word at its top.
func longGuide(word string) string {
	return "---\ntitle: Long guide\n---\n\nAt the top stands " + word + ".\n" + strings.Repeat("\nA paragraph that makes the page long.\n", 120)
}

// TestPagesFollowEdits looks at pages while the hub behind them is edited.
// Nobody reloads: the pages do it by themselves. A page that is still the same
// document carries the mark that it was given.
func TestPagesFollowEdits(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	style, err := os.ReadFile("../../static/css/hub.css")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	writeFiles(t, root, riverside)
	write := func(name, text string) { t.Helper(); writeFiles(t, root, map[string]string{name: text}) }
	const guide = "content/guides/long.md"
	write(guide, longGuide("first"))
	write("static/css/hub.css", string(style))
	hub := serveLive(t, root, built)
	tab := hub.tab(t)
	const mark, marked = `window.marked = true`, `window.marked === true`
	scrolled := func(where string) {
		t.Helper()
		tab.await(t, `document.readyState === 'complete' && scrollY === 1500`)
		if eval[bool](t, tab, marked) {
			t.Errorf("%s: the page is not loaded again", where)
		}
	}
	tab.do(t, chromedp.Navigate(hub.url+"guides/long/"))

	eval[bool](t, tab, mark+`, scrollTo({ top: 1500, behavior: 'instant' }), true`)
	write(guide, longGuide("second"))
	tab.await(t, `document.body.innerText.includes('stands second')`)
	scrolled("an edit")

	// A style sheet changes without the page.
	eval[bool](t, tab, mark)
	const colour = `getComputedStyle(document.querySelector('h1')).color`
	write("static/css/hub.css", string(style)+"\nh1 { color: rgb(1, 2, 3) }\n")
	tab.await(t, colour+` === 'rgb(1, 2, 3)' && document.querySelectorAll('link[rel=stylesheet]').length === 1`)
	write("static/css/hub.css", string(style)+"\nh1 { color: rgb(4, 5, 6) }\n")
	tab.await(t, colour+` === 'rgb(4, 5, 6)' && document.querySelectorAll('link[rel=stylesheet]').length === 1`)
	if !eval[bool](t, tab, marked+` && scrollY === 1500`) {
		t.Error("a change of the style sheet loads the page again")
	}

	// A mistake takes the place of the page and goes when it is mended.
	write(guide, strings.Replace(longGuide("third"), "title", "titel", 1))
	tab.await(t, `document.title === 'The content has 1 mistake'`)
	for selector, want := range map[string]string{
		"h3": guide + ":2:1", "article p": `unknown field "titel" [unknown-field]`, "pre": "titel: Long guide", "mark": "t", ".hint": `did you mean "title"?`,
	} {
		if got := eval[string](t, tab, `document.querySelector('`+selector+`').innerText`); got != want {
			t.Errorf("%s of the page of mistakes is %q, want %q", selector, got, want)
		}
	}
	write(guide, longGuide("third"))
	tab.await(t, `document.body.innerText.includes('stands third')`)
	scrolled("a mended mistake")

	// A page that was deleted is gone at once, and so is one that was renamed.
	if err := os.Rename(filepath.Join(root, guide), filepath.Join(root, "content/guides/renamed.md")); err != nil {
		t.Fatal(err)
	}
	tab.await(t, `document.title.startsWith('We cannot find this page')`)
	tab.do(t, chromedp.Navigate(hub.url+"guides/"))
	tab.await(t, `document.querySelector('main a[href="/guides/renamed/"]') !== null`)

	// The list shows a page in a folder that is new, and its end.
	write("content/guides/fresh/index.md", "---\ntitle: Fresh guide\n---\n\nRead.\n")
	tab.await(t, `document.querySelector('main a[href="/guides/fresh/"]') !== null`)
	write("content/guides/fresh/index.md", "---\ntitle: Fresher guide\n---\n\nRead.\n")
	tab.await(t, `document.querySelector('main').innerText.includes('Fresher guide')`)
	if err := os.RemoveAll(filepath.Join(root, "content/guides/fresh")); err != nil {
		t.Fatal(err)
	}
	tab.await(t, `document.querySelector('main a[href="/guides/fresh/"]') === null`)
	tab.expectStatus(t, 500)
	tab.expectStatus(t, 404)
	tab.clean(t)
}

// expectStatus takes an answer that was no trouble here off the list, or fails
// the test if there was none.
func (tb *tab) expectStatus(t *testing.T, status int) {
	t.Helper()
	tb.mu.Lock()
	defer tb.mu.Unlock()
	before := len(tb.troubles)
	tb.troubles = slices.DeleteFunc(tb.troubles, func(trouble string) bool {
		return strings.HasPrefix(trouble, fmt.Sprintf("answer %d ", status)) || strings.Contains(trouble, fmt.Sprintf("a status of %d ", status))
	})
	if len(tb.troubles) == before {
		t.Errorf("no answer with status %d", status)
	}
}
