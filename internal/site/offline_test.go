package site_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// offlineHub is the hub at the river, in two languages, on readers' devices.
func offlineHub() map[string]string {
	files := maps.Clone(riverside)
	files["content/site.yaml"] = strings.Replace(files["content/site.yaml"], "languages: [en]", "languages: [en, es]\noffline: true", 1)
	files["content/databases/atlas.md"] = "---\ntitle: Atlas\naccess: [{everyone: true, url: 'https://atlas.example.org/'}]\n---\n\nMaps.\n"
	files["content/databases/birds.md"] = "---\ntitle: Birds\naccess: [{everyone: true, url: 'https://birds.example.org/'}]\n---\n\nSongs.\n"
	return files
}

const (
	keptSet = `caches.keys().then((names) => names.length === 1 ? caches.open(names[0]) : undefined).then((c) => c?.keys() ?? []).then((all) => all.map((r) => new URL(r.url).pathname))`
	notice  = `(() => { const note = document.querySelector('[data-offline]'); return note && !note.hidden ? note.querySelector('p').innerText : ''; })()`
	heading = `document.querySelector('h1').textContent`
)

// awaitWorker waits until the worker has its set and the page.
func (tb *tab) awaitWorker(t *testing.T) {
	t.Helper()
	eval[bool](t, tb, `navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ? true : new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', () => done(true))))`)
}

func TestHubWithoutConnection(t *testing.T) {
	t.Parallel()
	hub := serveHub(t, offlineHub())
	tab := hub.tab(t)
	now := time.Now()
	tab.reader(t, now.Format(time.RFC3339), "America/Chicago")
	tab.do(t, chromedp.Navigate(hub.url))
	tab.awaitWorker(t)
	if said := eval[string](t, tab, notice); said != "" {
		t.Errorf("with a connection the page says %q", said)
	}

	before := eval[[]string](t, tab, keptSet)
	kept := strings.Join(before, " ")
	for _, path := range []string{"/hub/", "/hub/es/", "/hub/hours/", "/hub/es/hours/", "/hub/libraries/", "/hub/libraries/riverside/", "/hub/databases/", "/hub/search/", "/hub/search/index.json", "/hub/es/search/index.json"} {
		if !strings.Contains(" "+kept+" ", " "+path+" ") {
			t.Errorf("%s is not kept: %s", path, kept)
		}
	}
	// What somebody opens leaves no trace, nor does the order or the time.
	tab.do(t, chromedp.Navigate(hub.url+"databases/birds/"), chromedp.Navigate(hub.url+"libraries/riverside/"))
	if after := eval[[]string](t, tab, keptSet); strings.Join(after, " ") != kept || strings.Contains(kept, "birds") {
		t.Errorf("opening pages changes what is kept from %s to %v", kept, after)
	}

	hub.cut.Store(true)
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	day := now.In(chicago)
	cases := []struct {
		path, notice string
		later        time.Duration
		status       bool // whether the page says open or closed
	}{
		{"libraries/riverside/", fmt.Sprintf("You are offline. This page is as it was on %s.", day.Format("January 2, 2006")), time.Minute, true},
		{"hours/", "", 23 * time.Hour, true},
		{"", "", 25 * time.Hour, false},
		{"libraries/riverside/", fmt.Sprintf("You are offline. This page is as it was on %s.", day.Format("January 2, 2006")), 25 * time.Hour, false},
		{"es/libraries/riverside/", fmt.Sprintf("No tiene conexión. Esta página está como estaba el %d de ", day.Day()), 25 * time.Hour, false},
		{"es/hours/", "", time.Minute, true},
	}
	for _, c := range cases {
		tab.reader(t, now.Add(c.later).Format(time.RFC3339), "America/Chicago")
		shown := tab.hours(t, hub.url+c.path)
		if said := eval[string](t, tab, notice); !strings.HasPrefix(said, c.notice) || said == "" {
			t.Errorf("/%s after %v without a connection says %q, want %q", c.path, c.later, said, c.notice)
		}
		lower := strings.ToLower(shown.Status)
		status := false
		for _, word := range []string{"open", "closed", "published", "abierto", "cerrado", "publicado"} {
			status = status || strings.Contains(lower, word)
		}
		if status != c.status || shown.Status == "" {
			t.Errorf("/%s after %v without a connection has the status %q, want one: %v", c.path, c.later, shown.Status, c.status)
		}
	}

	tab.shoot(t, "offline")

	// Another page: the home page of its language, which says why.
	tab.reader(t, now.Format(time.RFC3339), "America/Chicago")
	tab.do(t, chromedp.Navigate(hub.url+"es/databases/birds/"))
	if said := eval[string](t, tab, notice); !strings.Contains(said, "no se guardó") {
		t.Errorf("a page that is not kept says %q", said)
	}
	if lang := eval[string](t, tab, `document.documentElement.lang`); lang != "es" {
		t.Errorf("a Spanish page that is not kept shows a page in %q", lang)
	}

	// Search finds what it knew.
	tab.do(t, chromedp.Navigate(hub.url+"search/?q=birds"))
	if shown := tab.until(t, "document.querySelector('[data-results] a') !== null"); len(shown.Results) == 0 || shown.Results[0] != "Birds" {
		t.Errorf("search without a connection finds %v", shown.Results)
	}

	// The connection is back: no notice, and what has changed shows.
	hub.cut.Store(false)
	tab.do(t, chromedp.Navigate(hub.url+"databases/birds/"))
	if said, h1 := eval[string](t, tab, notice), eval[string](t, tab, heading); said != "" || h1 != "Birds" {
		t.Errorf("with the connection back the page of Birds is %q and says %q", h1, said)
	}
	tab.clean(t)
}

// TestWorkerRemovesItself turns "offline" off again.
func TestWorkerRemovesItself(t *testing.T) {
	t.Parallel()
	hub := serveHub(t, offlineHub())
	tab := hub.tab(t)
	tab.do(t, chromedp.Navigate(hub.url))
	tab.awaitWorker(t)
	eval[bool](t, tab, `caches.open('twinshelf-https://neighbour.example.org/ 1').then(() => true)`)

	files := offlineHub()
	writeFiles(t, hub.root, map[string]string{"content/site.yaml": strings.Replace(files["content/site.yaml"], "offline: true", "offline: false", 1)})
	hub.build(t)
	tab.do(t, chromedp.Navigate(hub.url+"hours/"))
	// The browser asks for the worker again after the page has come.
	eval[bool](t, tab, `(async () => {
		for (;;) {
			const [names, workers] = await Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]);
			if (!workers.length && names.length === 1) return true;
			await new Promise((done) => setTimeout(done, 50));
		}
	})()`)
	if names := eval[[]string](t, tab, `caches.keys()`); !strings.Contains(names[0], "neighbour") {
		t.Errorf("the caches are %v, want another hub's alone", names)
	}
	tab.clean(t)
}
