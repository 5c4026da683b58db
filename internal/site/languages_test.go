package site_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// newSpanishHub returns a hub whose lists hold titles that English and Spanish
// sort in different ways. Two of its databases are translated.
func newSpanishHub(t *testing.T) made {
	t.Helper()
	h := smallHub(t)
	h.replace("libraries/town.md", "{daily: 9am-5pm}", "{mon-fri: 9am-5:30pm, sat: 1pm-5pm}")
	for id, title := range map[string]string{"nandu": "Ñandú", "nube": "Nube", "nido": "El Nido", "oso": "Oso", "the-nest": "The Nest", "los-osos": "Los osos"} {
		h.write("databases/"+id+".md", "---\ntitle: "+title+"\nformats: [audiobook]\naccess: [{everyone: true, url: \"https://example.org/\"}]\n---\nText.\n")
	}
	h.write("databases/sora.es.md", "---\ntitle: Sora en español\n---\nTexto.\n")
	h.write("databases/oso.es.md", "---\ntitle: Oso\n---\n")
	out := h.built()
	return out
}

func TestLanguagesOfAPage(t *testing.T) {
	t.Parallel()
	out := newSpanishHub(t)
	const site = "https://hub.example.org/base"
	for _, c := range []struct{ path, twins, canonical string }{
		{"/databases/sora/", "en " + site + "/databases/sora/|es " + site + "/es/databases/sora/|x-default " + site + "/databases/sora/", "/databases/sora/"},
		{"/es/databases/sora/", "en " + site + "/databases/sora/|es " + site + "/es/databases/sora/|x-default " + site + "/databases/sora/", "/es/databases/sora/"},
		{"/es/databases/format/audiobook/", "en " + site + "/databases/format/audiobook/|es " + site + "/es/databases/format/audiobook/|x-default " + site + "/databases/format/audiobook/", "/es/databases/format/audiobook/"},
		{"/es/hours/", "en " + site + "/hours/|es " + site + "/es/hours/|x-default " + site + "/hours/", "/es/hours/"},
		{"/es/databases/nube/", "", "/databases/nube/"},
		{"/databases/nube/", "", "/databases/nube/"},
	} {
		page := parsePage(t, out, c.path)
		twins := strings.Join(page.Find("link[hreflang]").Map(func(_ int, l *goquery.Selection) string {
			return l.AttrOr("hreflang", "") + " " + l.AttrOr("href", "")
		}), "|")
		if twins != c.twins {
			t.Errorf("%s has the twins %q, want %q", c.path, twins, c.twins)
		}
		if got := page.Find("link[rel=canonical]").AttrOr("href", ""); got != site+c.canonical {
			t.Errorf("%s has the canonical address %q, want %q", c.path, got, c.canonical)
		}
		bare := strings.TrimPrefix(c.path, "/es")
		switches := strings.Join(page.Find(".langs a").Map(func(_ int, a *goquery.Selection) string {
			return a.AttrOr("lang", "") + " " + a.AttrOr("href", "") + " " + a.Text()
		}), "|")
		if want := "en /base" + bare + " English|es /base/es" + bare + " Español"; switches != want {
			t.Errorf("%s switches to %q, want %q", c.path, switches, want)
		}
	}
	// A guide in Spanish only has no English page to switch to.
	if got := parsePage(t, out, "/es/guides/clases/").Find(".langs a[lang=en]").AttrOr("href", ""); got != "/base/" {
		t.Errorf("a page in Spanish alone switches to %q, want home", got)
	}
}

func TestPagesThatAreNotTranslatedSaySo(t *testing.T) {
	t.Parallel()
	out := newSpanishHub(t)
	for _, c := range []struct{ path, callout, title, text string }{
		{"/es/databases/nube/", "Esta página todavía no está en español.", "en", "en"},
		{"/es/databases/oso/", "", "", "en"}, // the title is translated, the text is not
		{"/es/databases/sora/", "", "", ""},
	} {
		page := parsePage(t, out, c.path)
		if lang := page.Find("html").AttrOr("lang", ""); lang != "es" {
			t.Errorf("%s is in %q", c.path, lang)
		}
		if got := page.Find("h1 ~ .callout").First().Text(); !strings.HasPrefix(got, c.callout) || got != "" && c.callout == "" {
			t.Errorf("%s says %q, want %q", c.path, got, c.callout)
		}
		if got := page.Find("h1").AttrOr("lang", ""); got != c.title {
			t.Errorf("%s has a title in %q, want %q", c.path, got, c.title)
		}
		if got := page.Find(".text").AttrOr("lang", ""); got != c.text {
			t.Errorf("%s has a text in %q, want %q", c.path, got, c.text)
		}
	}
	// In the list, too.
	page := parsePage(t, out, "/es/databases/")
	if got := page.Find(`.card a[href="/base/es/databases/nube/"]`).Closest("[lang]").AttrOr("lang", ""); got != "en" {
		t.Errorf("the list gives the title of a page that is not translated in %q, want en", got)
	}
}

func TestListsAreSortedByTheirLanguage(t *testing.T) {
	t.Parallel()
	out := newSpanishHub(t)
	for _, c := range []struct{ path, titles, letters string }{
		{"/databases/", "El Nido|Los osos|Ñandú|The Nest|Nube|Oso|Sora|Tumble", "E|L|N|O|S|T"},
		{"/es/databases/", "El Nido|Nube|Ñandú|Oso|Los osos|Sora en español|The Nest|Tumble", "N|Ñ|O|S|T"},
	} {
		page := parsePage(t, out, c.path)
		if got := texts(page.Find("[data-entries] .card h3")); got != c.titles {
			t.Errorf("%s is in the order %q, want %q", c.path, got, c.titles)
		}
		if got := texts(page.Find("[data-entries] .letter")); got != c.letters {
			t.Errorf("%s has the letters %q, want %q", c.path, got, c.letters)
		}
	}
}

func TestTimesAndPlurals(t *testing.T) {
	t.Parallel()
	out := newSpanishHub(t)
	for _, c := range []struct{ path, selector, want string }{
		{"/libraries/town/", ".usual dd", "9am–5:30pm|1–5pm|closed"},
		{"/es/libraries/town/", ".usual dd", "9:00–17:30|13:00–17:00|cerrado"},
		{"/databases/format/ebook/", "[data-count]", "1 entry"},
		{"/databases/format/audiobook/", "[data-count]", "6 entries"},
		{"/es/databases/format/ebook/", "[data-count]", "1 recurso"},
		{"/es/databases/format/audiobook/", "[data-count]", "6 recursos"},
	} {
		if got := texts(parsePage(t, out, c.path).Find(c.selector)); got != c.want {
			t.Errorf("%s says %q, want %q", c.path, got, c.want)
		}
	}
}
