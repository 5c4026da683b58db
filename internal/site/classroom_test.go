package site_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
	"github.com/twinshelf/twinshelf/internal/site"
)

const sampleOrigin = "https://hub.example.org"

func loadSample(t *testing.T, baseURL string) *site.Site {
	t.Helper()
	s, err := site.Load(context.Background(), site.Options{Root: "../..", Now: civil.Start(civil.New(2026, 11, 23)), BaseURL: baseURL})
	if err != nil {
		t.Fatal(err)
	}
	if s.Failed() {
		t.Fatal(s.Findings)
	}
	return s
}

func bytesOf(t *testing.T, a *publish.Artifact) []byte {
	t.Helper()
	var w bytes.Buffer
	if err := a.Fill(&w); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

// courseItem is a link of a cartridge as an importer sees it.
type courseItem struct{ Module, Title, URL string }

// readCartridge reads a cartridge as an importer does, by encoding/xml and
// archive/zip alone.
func readCartridge(t *testing.T, file []byte) []courseItem {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	type item struct {
		Identifier string `xml:"identifier,attr"`
		Ref        string `xml:"identifierref,attr"`
		Title      string `xml:"title"`
		Items      []item `xml:"item"`
	}
	var manifest struct {
		Roots     []item `xml:"organizations>organization>item"`
		Resources []struct {
			Identifier string `xml:"identifier,attr"`
			Files      []struct {
				Href string `xml:"href,attr"`
			} `xml:"file"`
		} `xml:"resources>resource"`
	}
	if err := xml.Unmarshal(files["imsmanifest.xml"], &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Roots) != 1 || manifest.Roots[0].Title != "" || len(manifest.Resources) != len(files)-1 {
		t.Fatalf("%d roots, %d resources, %d files", len(manifest.Roots), len(manifest.Resources), len(files))
	}
	urls := map[string]string{}
	for _, r := range manifest.Resources {
		var link struct {
			URL struct {
				Href string `xml:"href,attr"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal(files[r.Files[0].Href], &link); err != nil {
			t.Fatalf("%s: %v", r.Identifier, err)
		}
		urls[r.Identifier] = link.URL.Href
	}
	var items []courseItem
	for _, module := range manifest.Roots[0].Items {
		for _, i := range module.Items {
			items = append(items, courseItem{module.Title, i.Title, urls[i.Ref]})
		}
	}
	return items
}

// ofPage returns the two cartridges that a page links to, nil for none.
func ofPage(t *testing.T, plan *publish.Plan, address string) []*publish.Artifact {
	t.Helper()
	var pair []*publish.Artifact
	for _, part := range strings.Split(string(bytesOf(t, plan.At(address))), "href=")[1:] {
		href := strings.Trim(strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == '>' })[0], `"`)
		if strings.HasSuffix(href, ".imscc") {
			pair = append(pair, plan.At(href))
		}
	}
	return pair
}

func TestCartridgesOfTheSample(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "")
	linked := 0
	for i := range s.Plan.Artifacts {
		a := &s.Plan.Artifacts[i]
		if a.Page == nil {
			continue
		}
		pair := ofPage(t, s.Plan, a.Address())
		if pair == nil {
			continue
		}
		if len(pair) != 2 || pair[0] == nil || pair[1] == nil || strings.Replace(pair[0].Path, "1.1", "1.2", 1) != pair[1].Path {
			t.Fatalf("%s links to %v", a.Address(), pair)
		}
		items := readCartridge(t, bytesOf(t, pair[0]))
		if diff := cmp.Diff(items, readCartridge(t, bytesOf(t, pair[1]))); diff != "" {
			t.Errorf("%s: the two versions differ:\n%s", a.Address(), diff)
		}
		if a.Page.Lang == "en" {
			linked += 2
			if items[0].URL != sampleOrigin+a.Address() {
				t.Errorf("%s: the first link is %v", a.Address(), items[0])
			}
		}
		for _, item := range items {
			address, ok := strings.CutPrefix(item.URL, sampleOrigin)
			target := s.Plan.At(address)
			_, anchor, has := strings.Cut(address, "#")
			if !ok || strings.ContainsAny(item.URL, "?&") || target == nil || target.Page == nil ||
				has && !slices.Contains(target.Page.Anchors, anchor) || item.Title == "" || target.Page.Canonical != "" {
				t.Errorf("%s: %v leads nowhere", a.Address(), item)
			}
		}
	}
	files := 0
	for i := range s.Plan.Artifacts {
		a := &s.Plan.Artifacts[i]
		if !strings.HasSuffix(a.Path, ".imscc") {
			continue
		}
		if page := s.Plan.At("/" + a.Path[:strings.LastIndexByte(a.Path, '/')+1]); page.Page != nil {
			files++ // else a copy at an address that the page had before
		}
		if !bytes.Equal(bytesOf(t, a), bytesOf(t, a)) {
			t.Errorf("%s differs when it is made again", a.Path)
		}
	}
	if files != linked || files < 100 {
		t.Errorf("%d cartridges, %d are linked from their pages", files, linked)
	}
}

// What has links to offer has cartridges: lists of books and databases, guides
// that lead on, the hub.
func TestWhatHasCartridges(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "")
	titles := func(address string) []string {
		pair := ofPage(t, s.Plan, address)
		if pair == nil {
			return nil
		}
		var titles []string
		for _, i := range readCartridge(t, bytesOf(t, pair[0])) {
			titles = append(titles, i.Title)
		}
		return titles
	}
	e := s.Hub.Default()
	for _, a := range e.Awards {
		for _, l := range a.Lists {
			want := []string{l.Title}
			for _, b := range l.Books {
				want = append(want, b.Title)
			}
			if diff := cmp.Diff(want, titles(l.Path)); diff != "" && len(l.Books) > 0 {
				t.Errorf("%s:\n%s", l.Path, diff)
			}
		}
	}
	for _, f := range hub.Formats() {
		n := 0
		for _, d := range e.Databases {
			if d.Listed() && slices.Contains(d.Formats, f) {
				n++
			}
		}
		address := "/databases/format/" + string(f) + "/"
		if s.Plan.At(address) != nil && len(titles(address)) != n+1 {
			t.Errorf("%s: %q, want %d databases", address, titles(address), n)
		}
	}
	want := []string{
		"Homework help, tonight and any night", "HelpNow", "Children's desk", "Britannica School", "Gale In Context: Elementary",
		"Khan Academy", "World Book Online", "Homework help", "PebbleGo",
	}
	if diff := cmp.Diff(want, titles("/guides/homework-help/")); diff != "" {
		t.Errorf("a guide:\n%s", diff)
	}
	if got := ofPage(t, s.Plan, "/es/guides/homework-help/"); len(got) != 2 || got[0].Path != "guides/homework-help/homework-help-cc1.1.imscc" {
		t.Errorf("a translated guide links to %v", got)
	}
	for _, address := range []string{"/about/", "/databases/sora/", "/libraries/prairie-grove/"} {
		if got := titles(address); got != nil {
			t.Errorf("%s: %q", address, got)
		}
	}
	if all := titles("/"); len(all) < len(e.Databases)+len(e.Libraries) {
		t.Errorf("the whole hub: %q", all)
	}
}

// A preview has no https.
func TestCartridgesWithoutHTTPS(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "http://localhost:8080/hub/")
	items := readCartridge(t, bytesOf(t, s.Plan.At("/awards/bluestem/2020/bluestem-2020-cc1.1.imscc")))
	if len(items) < 10 || items[0].URL != "http://localhost:8080/hub/awards/bluestem/2020/" {
		t.Errorf("got %v", items)
	}
}
