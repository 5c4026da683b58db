package site_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// shownSearch is what the search page shows.
type shownSearch struct {
	Status, Value, Query, Active string
	Expanded                     string
	Options, Results             []string
}

const readSearch = `(() => {
  const input = document.getElementById('q');
  const tidy = (e) => (e?.innerText ?? '').replace(/\s+/g, ' ').trim();
  return {
    Status: tidy(document.querySelector('[data-status]')), Value: input.value,
    Query: new URLSearchParams(location.search).get('q') ?? '',
    Expanded: input.getAttribute('aria-expanded') ?? '',
    Active: tidy(document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.firstElementChild),
    Options: [...document.querySelectorAll('[role=option]')].filter((e) => e.checkVisibility()).map((e) => tidy(e.firstElementChild)),
    Results: [...document.querySelectorAll('[data-results] a')].map(tidy),
  };
})()`

// until waits until the search page fulfils a condition and returns what it
// shows.
func (tb *tab) until(t *testing.T, condition string) shownSearch {
	t.Helper()
	if _, err := chromedp.Run(tb.ctx, chromedp.Poll[bool](condition)); err != nil {
		t.Fatalf("%s: %v", condition, err)
	}
	shown, err := chromedp.Run(tb.ctx, chromedp.Evaluate[shownSearch](readSearch))
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

func TestSearchInABrowser(t *testing.T) {
	t.Parallel()
	files := maps.Clone(riverside)
	for i, title := range []string{"Dinosaur Days", "Dinosaur Nights", "Café Atlas"} {
		files[fmt.Sprintf("content/guides/guide-%d.md", i)] = "---\ntitle: " + title + "\ndescription: A guide.\n---\n\nRead it.\n"
	}
	hub := serveHub(t, files)
	tab := hub.tab(t)
	const settled = `new URLSearchParams(location.search).get('q') === %q && document.querySelector('[data-status]').textContent.includes(%q)`

	tab.do(t, chromedp.Navigate(hub.url+"search/"), chromedp.SendKeys("#q", "dinosuar"))
	shown := tab.until(t, fmt.Sprintf(settled, "dinosuar", "2 results"))
	if len(shown.Results) != 2 || len(shown.Options) != 2 || shown.Expanded != "true" || shown.Active != "" {
		t.Errorf("typing a word with a slip shows %+v, want both guides", shown)
	}
	tab.do(t, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	if shown = tab.until(t, "true"); shown.Active != shown.Options[1] {
		t.Errorf("two arrows down lead to %q, want %q", shown.Active, shown.Options[1])
	}
	second := shown.Active
	tab.do(t, chromedp.KeyEvent(kb.ArrowUp))
	if shown = tab.until(t, "true"); shown.Active != shown.Options[0] {
		t.Errorf("an arrow up leads to %q, want %q", shown.Active, shown.Options[0])
	}
	tab.do(t, chromedp.KeyEvent(kb.Escape))
	shown = tab.until(t, "true")
	if shown.Expanded != "false" || len(shown.Options) != 0 || shown.Active != "" || shown.Value != "dinosuar" || len(shown.Results) != 2 {
		t.Errorf("Escape leaves %+v, want the words and the results without suggestions", shown)
	}
	tab.do(t, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible("body:not(:has([data-search])) h1"))
	if title, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string]("document.querySelector('h1').textContent")); err != nil || title != second {
		t.Errorf("Enter leads to %q (%v), want %q", title, err, second)
	}
	tab.clean(t)
}

// TestSearchFindsByAllNames asks in both languages for what a record is called,
// and by whom.
func TestSearchFindsByAllNames(t *testing.T) {
	t.Parallel()
	files := maps.Clone(riverside)
	files["content/site.yaml"] = strings.Replace(files["content/site.yaml"], "languages: [en]", `languages: [en, es]
synonyms: [[audiobook, talking book, read to me]]
subjects: [{id: pets, title: Animals, synonyms: [zoo], titles: {es: Animales}}]`, 1)
	files["content/site.es.yaml"] = "synonyms: [[audiolibro, cuento hablado]]\n"
	files["content/databases/sora.md"] = `---
title: Sora
also_known_as: [OverDrive for schools]
vendor: Rakuten
formats: [audiobook]
subjects: [Animals]
access: [{everyone: true, url: "https://sora.example.org/"}]
---

Listen.
`
	files["content/databases/sora.es.md"] = "---\ntitle: Sora, canción y más\n---\n"
	files["content/awards/bluestem/index.md"] = "---\ntitle: Bluestem\n---\n"
	files["content/awards/bluestem/2027.md"] = "---\ntitle: Bluestem 2027\nbooks:\n  - {title: The Wild Robot, author: Peter Brown, isbn: 9780316381994}\n---\n"
	hub := serveHub(t, files)
	tab := hub.tab(t)
	for _, c := range []struct{ path, query, want string }{
		{"search/", "sora", "Sora"},
		{"search/", "overdrive", "Sora"},
		{"search/", "rakuten", "Sora"},
		{"search/", "talking book", "Sora"},
		{"search/", "zoo", "Animals"},
		{"search/", "cancion", ""}, // it is in the Spanish index alone
		{"search/", "peter brown", "The Wild Robot"},
		{"search/", "0316381993", "The Wild Robot"}, // the ten digits of its ISBN
		{"es/search/", "CANCION", "Sora, canción y más"},
		{"es/search/", "cuento hablado", "Sora, canción y más"},
		{"es/search/", "animales", "Animales"},
		{"es/search/", "robot", "The Wild Robot"},
	} {
		tab.do(t, chromedp.Navigate(hub.url+c.path), chromedp.SendKeys("#q", c.query))
		shown := tab.until(t, fmt.Sprintf(`new URLSearchParams(location.search).get('q') === %q && document.querySelector('[data-status]').textContent !== ''`, c.query))
		if c.want == "" && len(shown.Results) > 0 || c.want != "" && !slices.Contains(shown.Results, c.want) {
			t.Errorf("/%s finds %q for %q, want %q", c.path, shown.Results, c.query, c.want)
		}
		for _, href := range eval[[]string](t, tab, `[...document.querySelectorAll('[data-results] a')].map((a) => a.href)`) {
			if !strings.HasPrefix(href, hub.url+strings.TrimSuffix(c.path, "search/")) {
				t.Errorf("/%s leads to %s", c.path, href)
			}
		}
	}
	tab.clean(t)
}

func TestSearchByAddressAndWithoutConnection(t *testing.T) {
	t.Parallel()
	files := maps.Clone(riverside)
	files["content/guides/cafe.md"] = "---\ntitle: Café Atlas\ndescription: Where to eat.\n---\n\nRead it.\n"
	hub := serveHub(t, files)
	tab := hub.tab(t)
	tab.do(t, chromedp.Navigate(hub.url+"search/?q=CAFE"))
	shown := tab.until(t, "document.querySelector('[data-status]').textContent.includes('1 result ')")
	if shown.Value != "CAFE" || len(shown.Results) != 1 || shown.Results[0] != "Café Atlas" || len(shown.Options) != 0 {
		t.Errorf("?q=CAFE shows %+v, want the guide and no suggestions", shown)
	}
	if _, err := chromedp.Run(tab.ctx, chromedp.Evaluate[int]("performance.clearResourceTimings(), 0")); err != nil {
		t.Fatal(err)
	}
	tab.do(t, chromedp.SendKeys("#q", kb.Backspace+kb.Backspace))
	tab.until(t, "new URLSearchParams(location.search).get('q') === 'CA'")
	if asked := eval[[]string](t, tab, "performance.getEntriesByType('resource').map((r) => r.name).filter((name) => !name.endsWith('.svg'))"); len(asked) != 0 {
		t.Errorf("typing on asks the host for %v", asked)
	}
	tab.clean(t)
}
