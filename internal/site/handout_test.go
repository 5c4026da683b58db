package site_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/twinshelf/twinshelf/internal/qr"
)

// newClassHub returns a hub with a guide that names databases in both ways and
// a guide that names none. Its ledger has the handouts.
func newClassHub(t *testing.T) hubDir {
	t.Helper()
	h := newHub(t)
	h.replace("databases/sora.md", "library: town,", "library: town, sign_in: Your school account, where: at-school,")
	h.write("guides/read.md", "---\ntitle: Read\n---\n::database{id=tumble}\n\n::databases{subject=Fiction}\n")
	h.write("guides/read.es.md", "---\ntitle: Leer\n---\nUn texto sin bloques.\n")
	h.replace("awards/bluestem/2027.md", "author: B}", "author: B, formats: [{kind: ebook, database: sora}]}")
	h.record()
	return h
}

func parsePage(t *testing.T, out made, path string) *goquery.Document {
	t.Helper()
	text := answer(out, path)
	if text == "" {
		t.Fatalf("%s does not answer", path)
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func texts(s *goquery.Selection) string {
	return strings.Join(s.Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }), "|")
}

func TestHandouts(t *testing.T) {
	t.Parallel()
	h := newClassHub(t)
	out := h.built()
	for _, c := range []struct{ path, databases, signIn, books, address string }{
		{"/guides/read/handout/", "Tumble|Sora", "Free for everyone: No sign-in needed|Town · At school: Your school account", "", "hub.example.org/base/guides/read/"},
		{"/es/guides/read/handout/", "Tumble|Sora", "Gratis para todos: No hace falta identificarse|Town · En la escuela: Your school account", "", "hub.example.org/base/es/guides/read/"},
		{"/awards/bluestem/2027/handout/", "Sora", "Town · At school: Your school account", "Wish|Robot", "hub.example.org/base/awards/bluestem/2027/"},
	} {
		page := parsePage(t, out, c.path)
		if got := texts(page.Find(".handout-item h2")); got != c.databases {
			t.Errorf("%s holds the databases %q, want %q", c.path, got, c.databases)
		}
		signIn := strings.Join(page.Find(".handout-item dt").Map(func(_ int, who *goquery.Selection) string {
			return who.Text() + ": " + who.Next().Text()
		}), "|")
		if signIn != c.signIn {
			t.Errorf("%s: sign-in is %q, want %q", c.path, signIn, c.signIn)
		}
		if got := texts(page.Find(".handout-books strong")); got != c.books {
			t.Errorf("%s holds the books %q, want %q", c.path, got, c.books)
		}
		if got := page.Find(".handout-head .typed").Text(); got != c.address {
			t.Errorf("%s: the address is %q, want %q", c.path, got, c.address)
		}
		if robots := page.Find(`meta[name=robots]`).AttrOr("content", ""); robots != "noindex" {
			t.Errorf("%s: robots is %q", c.path, robots)
		}
		if canonical := page.Find(`link[rel=canonical]`).AttrOr("href", ""); canonical != "https://"+c.address {
			t.Errorf("%s: the canonical address is %q", c.path, canonical)
		}
		if page.Find("#large").Length() != 1 || page.Find(`a[href="#large"]`).Length() != 1 {
			t.Errorf("%s has no large type", c.path)
		}
		// Package qr's own tests read its codes back; here each must be that of
		// the address printed beside it.
		codes := page.Find(".qr svg")
		if want := page.Find(".typed").Length(); codes.Length() != want {
			t.Errorf("%s has %d codes for %d addresses", c.path, codes.Length(), want)
		}
		page.Find(".handout-head, .handout-item").Each(func(_ int, of *goquery.Selection) {
			address := "https://" + of.Find(".typed").Text()
			label := of.Find("svg").AttrOr("aria-label", "")
			svg, err := new(qr.Printer).SVG(address, qr.Options{Label: label})
			if err != nil {
				t.Fatal(err)
			}
			want, err := goquery.NewDocumentFromReader(strings.NewReader(svg))
			if err != nil {
				t.Fatal(err)
			}
			if got := of.Find("svg path").Last().AttrOr("d", ""); got == "" || got != want.Find("path").Last().AttrOr("d", "") {
				t.Errorf("%s: the code beside %s is of another address", c.path, address)
			}
		})
	}
	for path, want := range map[string]string{
		"/guides/read/": "/base/guides/read/handout/", "/es/guides/read/": "/base/es/guides/read/handout/",
		"/awards/bluestem/2027/": "/base/awards/bluestem/2027/handout/", "/guides/teachers/": "", "/databases/sora/": "",
	} {
		if got := parsePage(t, out, path).Find(`.share a[href$="/handout/"]`).AttrOr("href", ""); got != want {
			t.Errorf("%s leads to the handout %q, want %q", path, got, want)
		}
	}
	if answer(out, "/guides/teachers/handout/") != "" {
		t.Error("a guide without databases has a handout")
	}
	if l := h.read("links.lock"); !strings.Contains(l, "/guides/read/handout/\t") || strings.Contains(answer(out, "/sitemap.xml"), "handout") {
		t.Error("a handout is not on the ledger, or it is in the sitemap")
	}
}

// Addresses of handouts last as those of their pages do.
func TestHandoutsLast(t *testing.T) {
	t.Parallel()
	for name, history := range map[string]func(hubDir){
		"the guide names nothing any more": func(h hubDir) { h.write("guides/read.md", "---\ntitle: Read\n---\nText.\n") },
		"the guide gets another name": func(h hubDir) {
			h.move("guides/read.md", "guides/reading.md")
			h.move("guides/read.es.md", "guides/reading.es.md")
			h.replace("guides/reading.md", "title: Read", "title: Read\naliases: [/guides/read/]")
		},
		"another name, and it names nothing any more": func(h hubDir) {
			h.remove("guides/read.md")
			h.remove("guides/read.es.md")
			h.replace("guides/teachers.md", "aliases: [/teachers/]", "aliases: [/teachers/, /guides/read/]")
		},
		"the guide is retired": func(h hubDir) {
			h.remove("guides/read.md")
			h.remove("guides/read.es.md")
			h.retire("/guides/read/", "/guides/teachers/", "")
		},
		"the award gets another name": func(h hubDir) {
			h.move("awards/bluestem", "awards/prairie")
			h.replace("awards/prairie/index.md", "title: Bluestem", "title: Bluestem\naliases: [/awards/bluestem/]")
		},
		"the list gets another name": func(h hubDir) {
			h.move("awards/bluestem/2027.md", "awards/bluestem/winter.md")
			h.replace("awards/bluestem/winter.md", "title: Bluestem 2027", "title: Bluestem 2027\naliases: [/awards/bluestem/2027/]")
		},
		"the list is retired": func(h hubDir) {
			h.remove("awards/bluestem/2027.md")
			h.retire("/awards/bluestem/2027/", "", "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newClassHub(t)
			history(h)
			out := h.built()
			h.answers(out)
		})
	}
}

// Too many databases are a list, not a choice.
func TestAHandoutHoldsAChoice(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	each := ""
	for i := range 26 {
		name := "free-" + string(rune('a'+i))
		each += "::database{id=" + name + "}\n\n"
		h.write("databases/"+name+".md", "---\ntitle: "+name+"\nformats: [game]\naccess: [{everyone: true, url: \"https://free.example.org/\"}]\n---\n")
	}
	h.write("guides/games.md", "---\ntitle: Games\n---\n::databases{format=game}\n")
	h.write("guides/each.md", "---\ntitle: Each\n---\n"+each)
	out := h.built()
	for _, guide := range []string{"/guides/games/", "/guides/each/"} {
		if answer(out, guide+"handout/") != "" || strings.Contains(answer(out, guide), "/handout/") {
			t.Errorf("%s shows 26 databases and has a handout", guide)
		}
	}
}
