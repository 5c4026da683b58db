package main

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// crawled is a page of a built site.
type crawled struct {
	ids, links []string
}

// TestLinksOfTheHub builds the hub under a path, twice, follows every link and
// anchor of every page, and compares the two sites byte for byte.
func TestLinksOfTheHub(t *testing.T) {
	t.Parallel()
	const base = "https://joint.example.net/hub/"
	root := writeHub(t, readHub(t))
	outs := []string{filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")}
	for _, out := range outs {
		if status, _, stderr := command("build", "--root", root, "--out", out, "--base-url", base, "--now", "2026-11-23"); status != 0 {
			t.Fatalf("status %d: %s", status, stderr)
		}
	}
	if !bytes.Equal(read(t, outs[0], "manifest.json"), read(t, outs[1], "manifest.json")) {
		t.Error("two builds differ")
	}
	pages := crawl(t, outs[0])
	for path, p := range pages {
		seen := map[string]bool{}
		for _, id := range p.ids {
			if seen[id] {
				t.Errorf("%s: the id %q is there twice", path, id)
			}
			seen[id] = true
		}
		from, err := url.Parse(base + strings.TrimSuffix(path, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range p.links {
			checkLink(t, outs[0], base, pages, from, link)
		}
	}
}

// checkLink follows a link that stays on the site.
func checkLink(t *testing.T, out, base string, pages map[string]crawled, from *url.URL, link string) {
	t.Helper()
	to, err := from.Parse(link)
	if err != nil {
		t.Errorf("%s: %q: %v", from, link, err)
		return
	}
	if to.Host != from.Host {
		return
	}
	path, under := strings.CutPrefix("https://"+to.Host+to.Path, base)
	if !under {
		t.Errorf("%s: %q leads out of the site's path", from, link)
		return
	}
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(path))); err != nil {
		t.Errorf("%s: %q leads nowhere", from, link)
		return
	}
	if p, ok := pages[path]; ok && to.Fragment != "" && !slices.Contains(p.ids, to.Fragment) {
		t.Errorf("%s: %q leads to a place that is not there", from, link)
	}
}

// crawl reads all pages of a site; its JSON-LD must parse.
func crawl(t *testing.T, out string) map[string]crawled {
	t.Helper()
	var manifest struct{ Files []struct{ Path string } }
	if err := json.Unmarshal(read(t, out, "manifest.json"), &manifest); err != nil {
		t.Fatal(err)
	}
	pages := map[string]crawled{}
	for _, f := range manifest.Files {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(read(t, out, f.Path)))
		if err != nil {
			t.Fatal(err)
		}
		var p crawled
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				switch a.Key {
				case "id":
					p.ids = append(p.ids, a.Val)
				case "href", "src", "action":
					p.links = append(p.links, a.Val)
				case "type":
					if a.Val == "application/ld+json" && !json.Valid([]byte(n.FirstChild.Data)) {
						t.Errorf("%s: JSON-LD does not parse", f.Path)
					}
				}
			}
		}
		pages[f.Path] = p
	}
	return pages
}

func read(t *testing.T, out, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
