package site_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Every icon that a page shows is drawn on it; the page of a database or of
// books draws no other, so that phones do not load them.
func TestIcons(t *testing.T) {
	t.Parallel()
	lean := 0
	for a, doc := range documents(t, loadSample(t, "")) {
		shown := map[string]bool{}
		doc.Find("use").Each(func(_ int, use *goquery.Selection) {
			icon := use.AttrOr("href", "")
			shown[icon] = true
			if doc.Find(icon).Length() != 1 {
				t.Errorf("%s: %s is drawn %d times", a.Address(), icon, doc.Find(icon).Length())
			}
		})
		if doc.Find(".get-in, .tracker, body.embed .ways, body.embed .books").Length() == 0 || doc.Find(".block").Length() > 0 {
			continue
		}
		lean++
		if n := doc.Find("symbol").Length(); n != len(shown) {
			t.Errorf("%s draws %d icons and shows %d", a.Address(), n, len(shown))
		}
	}
	if lean < 200 {
		t.Errorf("%d pages of databases and books", lean)
	}
}
