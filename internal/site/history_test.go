package site_test

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/site"
)

// hubDir is a hub on disk whose ledger is checked after every change.
type hubDir struct {
	t         *testing.T
	root      string
	published map[ledger.Address]bool // ever, in every language
}

const firstDay = "2026-11-23"

func newHub(t *testing.T) hubDir {
	t.Helper()
	h := smallHub(t)
	h.record()
	return h
}

// smallHub is a hub that has not recorded anything.
func smallHub(t *testing.T) hubDir {
	t.Helper()
	h := hubDir{t, t.TempDir(), map[ledger.Address]bool{}}
	for name, text := range map[string]string{
		"site.yaml": "title: Hub\nurl: https://hub.example.org/base/\nlanguages: [en, es]\ntimezone: America/Chicago\n" +
			"subjects:\n  - {id: fiction, title: Fiction}\n  - {id: reading, title: Reading}\n",
		"libraries/town.md":        "---\ntitle: Town\nkind: public\nhours:\n  regular: {daily: 9am-5pm}\n---\n",
		"databases/sora.md":        "---\ntitle: Sora\nformats: [ebook]\nsubjects: [Fiction]\naccess: [{library: town, url: \"https://sora.example.org/\"}]\n---\n",
		"databases/tumble.md":      "---\ntitle: Tumble\nformats: [video]\nsubjects: [Reading]\naccess: [{everyone: true, url: \"https://tumble.example.org/\"}]\n---\n",
		"awards/bluestem/index.md": "---\ntitle: Bluestem\n---\n",
		"awards/bluestem/2027.md":  "---\ntitle: Bluestem 2027\nbooks:\n  - {title: Wish, author: A, isbn: 9780316381994}\n  - {title: Robot, author: B}\n---\n",
		"guides/card/index.md":     "---\ntitle: Card\n---\n[Form](form.pdf) ![A card](card.png)\n",
		"guides/card/form.pdf":     "%PDF-1.4\n",
		"guides/card/card.png":     "\x89PNG\r\n\x1a\n",
		"guides/clases.es.md":      "---\ntitle: Clases\nstandalone: true\n---\n[Todo](../databases/)\n",
		"guides/teachers.md":       "---\ntitle: Teachers\naliases: [/teachers/]\n---\n[All](../databases/)\n",
	} {
		h.write(name, text)
	}
	return h
}

func (h hubDir) path(name string) string {
	return filepath.Join(h.root, "content", filepath.FromSlash(name))
}

func (h hubDir) write(name, text string) {
	h.t.Helper()
	if err := os.MkdirAll(filepath.Dir(h.path(name)), 0o755); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(h.path(name), []byte(text), 0o644); err != nil {
		h.t.Fatal(err)
	}
}

func (h hubDir) read(name string) string {
	h.t.Helper()
	text, err := os.ReadFile(h.path(name))
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}

func (h hubDir) replace(name, old, with string) {
	h.t.Helper()
	text := h.read(name)
	if !strings.Contains(text, old) {
		h.t.Fatalf("%s does not hold %q", name, old)
	}
	h.write(name, strings.Replace(text, old, with, 1))
}

// alias gives the page of a file without aliases the addresses that it had.
func (h hubDir) alias(name string, paths ...string) {
	h.t.Helper()
	h.replace(name, "\n---\n", "\naliases: ["+strings.Join(paths, ", ")+"]\n---\n")
}

func (h hubDir) move(from, to string) {
	h.t.Helper()
	if err := os.MkdirAll(filepath.Dir(h.path(to)), 0o755); err != nil {
		h.t.Fatal(err)
	}
	if err := os.Rename(h.path(from), h.path(to)); err != nil {
		h.t.Fatal(err)
	}
}

func (h hubDir) remove(name string) {
	h.t.Helper()
	if err := os.RemoveAll(h.path(name)); err != nil {
		h.t.Fatal(err)
	}
}

func (h hubDir) options() site.Options {
	day, err := civil.Parse(firstDay)
	if err != nil {
		h.t.Fatal(err)
	}
	return site.Options{Root: h.root, Now: civil.Start(day), Cache: program().Sibling()}
}

// program is what the program brings to every hub, made ready once: a history
// is some ten loads, which would else compile the same layouts again. Each load
// reads all of the hub itself, as a command does.
var program = sync.OnceValue(func() *site.Cache {
	root, err := os.MkdirTemp("", "twinshelf-program-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(root)
	if err := os.MkdirAll(filepath.Join(root, "content"), 0o755); err != nil {
		panic(err)
	}
	if err := os.WriteFile(filepath.Join(root, "content", "site.yaml"), []byte("title: Hub\nurl: https://hub.example.org/\nlanguages: [en, es]\n"), 0o644); err != nil {
		panic(err)
	}
	cache := &site.Cache{}
	if _, err := site.Check(context.Background(), site.Options{Root: root, Now: civil.Start(civil.New(2026, 11, 23)), Cache: cache}); err != nil {
		panic(err)
	}
	return cache
})

// record publishes: all that the site promises is on the ledger, and was seen
// by somebody in each language.
func (h hubDir) record() {
	h.t.Helper()
	r, err := site.Record(context.Background(), h.options())
	if err != nil {
		h.t.Fatal(err)
	}
	if r.Failed {
		h.t.Fatalf("the ledger was not written: %v", r.Findings)
	}
	l, bad := ledger.Parse("content/links.lock", []byte(h.read("links.lock")))
	if len(bad) > 0 {
		h.t.Fatal(bad)
	}
	for _, entry := range l.Entries() {
		h.published[entry.Address] = true
		if path := entry.Address.Path(); strings.HasSuffix(path, "/") && !strings.HasPrefix(path, "/es/") && strings.Contains(h.read("site.yaml"), "[en, es]") {
			twin, err := ledger.NewAddress("/es"+path, entry.Address.Anchor())
			if err != nil {
				h.t.Fatal(err)
			}
			h.published[twin] = true
		}
	}
}

func (h hubDir) retire(address, to, reason string) {
	h.t.Helper()
	if _, err := site.Retire(context.Background(), h.options(), address, to, reason); err != nil {
		h.t.Fatal(err)
	}
}

// made is a site in memory: the text of each file by its path.
type made map[string]string

// build makes the site of the hub, nil if that fails, and returns the findings.
func (h hubDir) build() (made, []diag.Finding) {
	h.t.Helper()
	s, err := site.Load(context.Background(), h.options())
	if err != nil {
		h.t.Fatal(err)
	}
	if s.Failed() {
		return nil, s.Findings
	}
	out := made(filledAll(h.t, s.Plan))
	for file := range out {
		for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
			if _, ok := out[folder]; ok {
				h.t.Errorf("%s is a file, and the folder of %s", folder, file)
			}
		}
	}
	return out, s.Findings
}

// built builds a hub that must build and returns its files.
func (h hubDir) built() made {
	h.t.Helper()
	out, findings := h.build()
	if out == nil {
		h.t.Fatalf("the site was not built:\n%v", findings)
	}
	return out
}

// answers checks that every address that was ever published answers in the
// output as a plain web server serves it: with its page, file and place, or a
// redirect to them in one hop.
func (h hubDir) answers(out made) {
	h.t.Helper()
	for address := range h.published {
		path, anchor := address.Path(), address.Anchor()
		text, ok := find(out, path)
		if !ok {
			if !strings.HasSuffix(path, ".png") { // a picture may be lost
				h.t.Errorf("%s does not answer", address)
			}
			continue
		}
		if to := redirect(text); to != "" {
			if text, ok = find(out, strings.TrimPrefix(to, h.base())); !ok {
				h.t.Errorf("%s leads to %s, which does not answer", address, to)
				continue
			}
			if further := redirect(text); further != "" {
				h.t.Errorf("%s leads to %s, which leads on to %s", address, to, further)
			}
		}
		if anchor != "" && strings.HasPrefix(text, "<!DOCTYPE html>") && !hasPlace(text, anchor) {
			h.t.Errorf("%s: there is no such place on the page", address)
		}
	}
}

// base is the path of the site's url without the slash at its end.
func (h hubDir) base() string {
	if strings.Contains(h.read("site.yaml"), "example.org/base/") {
		return "/base"
	}
	return ""
}

// find answers as a plain web server does: with a file, or the index.html of
// a folder, also where the slash at the end is missing.
func find(out made, address string) (string, bool) {
	name := strings.TrimPrefix(address, "/")
	text, ok := out[name]
	if !ok {
		text, ok = out[path.Join(name, "index.html")]
	}
	return text, ok
}

// answer is find for what is known to answer.
func answer(out made, path string) string {
	text, _ := find(out, path)
	return text
}

// redirect returns where a redirect page leads, "" for any other text. The
// script that carries the anchor on must lead to the same place.
func redirect(text string) string {
	m := regexp.MustCompile(`<script src="?/[^ >]*redirect[^ >]*"? data-to="?([^ ">]+)"?></script><meta http-equiv="?refresh"? content="0; ?url=([^">]+)">`).FindStringSubmatch(text)
	if m == nil || m[1] != m[2] {
		return ""
	}
	return m[1]
}

func hasPlace(text, id string) bool {
	return regexp.MustCompile(`(?i) id="?` + regexp.QuoteMeta(id) + `"?[ >]`).MatchString(text)
}

// leads checks what stands at addresses, each line one of
//
//	/a/ -> /b/        a redirect
//	/a/ gone          a page that says that it is gone
//	/a/ gone -> /b/   the same, with a link to where to go instead
//	/a/ page TITLE    a page with this heading
//	/a.pdf = /b.pdf   the same bytes
func (h hubDir) leads(out made, lines ...string) {
	h.t.Helper()
	for _, line := range lines {
		split := regexp.MustCompile(` (->|gone|page|=|nothing|a file)`).FindStringIndex(line)
		path, want := line[:split[0]], line[split[0]+1:]
		text, ok := find(out, path)
		got := "nothing"
		switch {
		case !ok:
		case strings.HasPrefix(want, "="):
			if same, _ := find(out, strings.TrimPrefix(want, "= ")); same == text {
				continue
			}
			got = "= something else"
		case redirect(text) != "":
			got = "-> " + strings.TrimPrefix(redirect(text), h.base())
		case strings.Contains(text, "no longer here") || strings.Contains(text, "ya no está aquí"):
			got = "gone"
			if m := regexp.MustCompile(`(?:instead|lugar|aquí)[^<]*<a href="?([^ ">]+)`).FindStringSubmatch(text); m != nil {
				got += " -> " + strings.TrimPrefix(m[1], h.base())
			}
			if !strings.Contains(text, "noindex") {
				h.t.Errorf("%s: the page can be found by search engines", path)
			}
		default:
			m := regexp.MustCompile(`<h1[^>]*>([^<]*)`).FindStringSubmatch(text)
			if got = "a file"; m != nil {
				got = "page " + m[1]
			}
		}
		if got != want {
			h.t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
