package site_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// TestPagesWithoutScript reads a page of every kind as somebody without
// JavaScript does: it says what it says with scripts, and nothing on it waits
// for a script.
func TestPagesWithoutScript(t *testing.T) {
	t.Parallel()
	hub := serveRoot(t, "../..", civil.New(2026, 11, 23))
	tab := hub.tab(t)
	tab.do(t, send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	const idle = `[...document.querySelectorAll('button, input, textarea, select')].filter((e) => e.checkVisibility() && !e.readOnly && !e.closest('form[action]')).map((e) => e.outerHTML.slice(0, 100))`
	const words = `document.querySelector('main').innerText.trim().split(/\s+/).length`
	for _, path := range sampleKinds {
		tab.do(t, chromedp.Navigate(hub.url+path))
		if title := eval[string](t, tab, heading); title == "" {
			t.Errorf("/%s has no heading", path)
		}
		if n := eval[int](t, tab, words); n < 20 {
			t.Errorf("/%s has %d words", path, n)
		}
		for _, control := range eval[[]string](t, tab, idle) {
			t.Errorf("/%s shows what only a script can serve: %s", path, control)
		}
	}

	// Filters are links to pages of their own, which have as many entries as
	// the link says.
	tab.do(t, chromedp.Navigate(hub.url+"databases/"))
	type option struct {
		Href  string
		Count int
	}
	options := eval[[]option](t, tab, `[...document.querySelectorAll('[data-filter] li a')].map((a) => ({ Href: a.href, Count: +a.querySelector('.count').textContent }))`)
	if len(options) < 20 {
		t.Errorf("the list of databases has %d filters", len(options))
	}
	card := regexp.MustCompile(`<li class="?card`)
	for _, o := range options {
		answer, err := http.Get(o.Href)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(card.FindAll(page, -1)); answer.StatusCode != http.StatusOK || n != o.Count {
			t.Errorf("%s answers %d with %d entries, want %d", o.Href, answer.StatusCode, n, o.Count)
		}
	}

	// Search leads to the lists.
	tab.do(t, chromedp.Navigate(hub.url+"search/?q=animals"))
	leads := eval[string](t, tab, `[...document.querySelectorAll('main a')].map((a) => a.pathname).join(' ')`)
	for _, want := range []string{"/hub/databases/", "/hub/databases/format/ebook/", "/hub/databases/grade/3/", "/hub/databases/subject/animals/", "/hub/awards/", "/hub/guides/"} {
		if !strings.Contains(" "+leads+" ", " "+want+" ") {
			t.Errorf("search without scripts does not lead to %s: %s", want, leads)
		}
	}
	tab.clean(t)
}

// TestPagesOnPaper prints: what a page is about, its address and its code, and
// nothing to press.
func TestPagesOnPaper(t *testing.T) {
	t.Parallel()
	hub := serveRoot(t, "../..", civil.New(2026, 11, 23))
	tab := hub.tab(t)
	const chrome = `[...document.querySelectorAll('header.top, footer.bottom, nav, form, summary, button, .search, .skip')].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 100))`
	const sheet = `document.body.innerText`
	pages := []struct {
		path  string
		words []string
	}{
		{"databases/", []string{"Libby", "Sora"}},
		{"databases/subject/animals/", []string{"National Geographic Kids"}},
		{"databases/libby/", []string{"Library card number and PIN"}},
		{"awards/bluestem/2020/", []string{"Ban This Book", "Alan Gratz"}},
		{"libraries/prairie-grove/", []string{"Opening hours", "9am–9pm", "Special days"}},
		{"guides/homework-help/", nil},
	}
	for _, p := range pages {
		tab.do(t, chromedp.EmulateViewport(1280, 800), send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}),
			chromedp.Navigate(hub.url+p.path), send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
		for _, e := range eval[[]string](t, tab, chrome) {
			t.Errorf("/%s prints %s", p.path, e)
		}
		text := eval[string](t, tab, sheet)
		for _, want := range append(p.words, hub.url+p.path) {
			if !strings.Contains(text, want) {
				t.Errorf("/%s does not print %q", p.path, want)
			}
		}
		if code := eval[bool](t, tab, `[...document.querySelectorAll('.qr svg')].some((e) => e.checkVisibility() && e.getBoundingClientRect().width > 75)`); !code {
			t.Errorf("/%s prints no code to photograph", p.path)
		}
		// Where links lead is written out, as nobody can press them.
		for _, link := range eval[[]string](t, tab, `[...document.querySelectorAll('.way .button, .text a[href^="http"]')].filter((e) => e.checkVisibility() && !getComputedStyle(e, '::after').content.includes(e.getAttribute('href'))).map((e) => e.outerHTML)`) {
			t.Errorf("/%s prints a link without its address: %s", p.path, link)
		}
		paper, err := chromedp.Run(tab.ctx, chromedp.PrintToPDF())
		if err != nil {
			t.Fatal(err)
		}
		leaves := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(paper, -1))
		if !bytes.HasPrefix(paper, []byte("%PDF-")) || len(paper) < 5000 || leaves < 1 || leaves > 12 {
			t.Errorf("/%s prints as %d bytes, %d pages", p.path, len(paper), leaves)
		}
		if folder := os.Getenv("TWINSHELF_SCREENSHOTS"); folder != "" {
			name := strings.ReplaceAll(strings.Trim(p.path, "/"), "/", "-") + ".pdf"
			if err := os.WriteFile(filepath.Join(folder, name), paper, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	tab.clean(t)
}
