package site_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/twinshelf/twinshelf"
)

// arabicKinds has a page of every kind of the Arabic hub.
var arabicKinds = []string{
	"", "404.html", "search/?q=نهر", "databases/", "databases/nahr/", "databases/format/ebook/",
	"awards/", "awards/wadi/", "awards/wadi/2027/", "guides/", "guides/batqa/", "hours/", "libraries/", "libraries/wadi/",
	"embed/hours/wadi/", "embed/database/nahr/", "embed/award/wadi/2027/", "en/", "en/databases/najm/", "en/guides/batqa/",
}

// archive reads a hub from a txtar file.
func archive(t *testing.T, name string) map[string]string {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// shoot writes a picture of the page into the folder that
// TWINSHELF_SCREENSHOTS names, if it does.
func (tb *tab) shoot(t *testing.T, name string) {
	t.Helper()
	folder := os.Getenv("TWINSHELF_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(tb.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	name = strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(strings.Trim(name, "/"))
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// mirrored lists what stands on the wrong side of a page that is read from the
// right. Pairs are of one row: the first is to be right of the second.
const mirrored = `(() => {
	const wrong = [];
	const rect = (e) => e.getBoundingClientRect();
	const pairs = [['.brand svg', '.brand span'], ['.menu li:first-child', '.menu li:nth-child(2)'], ['.brand', '.langs'],
		['.crumbs li:first-child', '.crumbs li:nth-child(2)'], ['.week th', '.week td'], ['.usual dt', '.usual dd'], ['.book .cover', '.book-text'],
		['.steps li:first-child', '.steps li:nth-child(2)'], ['#q', '.search-row button'], ['.need .i', '.need a']];
	for (const [first, second] of pairs) {
		const a = document.querySelector(first), b = document.querySelector(second);
		if (!a || !b || !a.checkVisibility() || !b.checkVisibility()) continue;
		if (rect(a).bottom > rect(b).top + 1 && rect(b).bottom > rect(a).top + 1 && rect(a).left + rect(a).right < rect(b).left + rect(b).right) wrong.push(first + ' is left of ' + second);
	}
	for (const e of document.querySelectorAll('a[href^="tel:"], bdi')) {
		if (/^[+\d(]/.test(e.innerText) && getComputedStyle(e).direction !== 'ltr') wrong.push('a number is read from the right: ' + e.outerHTML);
	}
	for (const e of document.querySelectorAll('h1, h2, h3, p, th, td, li, dt, dd')) {
		const { textAlign, direction } = getComputedStyle(e);
		if (textAlign === 'left' && direction === 'rtl' || textAlign === 'right' && direction === 'ltr') wrong.push('text is aligned to its end: ' + e.outerHTML.slice(0, 80));
	}
	return wrong;
})()`

// overflow lists what sticks out of the window.
const overflow = `(() => {
	const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
	if (wide <= 0) return [];
	const out = [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && !e.matches('.vh, .vh *') &&
		(e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1));
	return [wide + ' pixels too wide', ...out.slice(-2).map((e) => e.outerHTML.slice(0, 150))];
})()`

func TestHubThatIsReadFromTheRight(t *testing.T) {
	t.Parallel()
	hub := serveHub(t, archive(t, "arabic.txtar"))
	tab := hub.tab(t)
	for _, path := range arabicKinds {
		for _, width := range []int64{320, 1280} {
			tab.do(t, chromedp.EmulateViewport(width, 800), chromedp.Navigate(hub.url+path))
			english := strings.HasPrefix(path, "en/")
			want := "ar rtl"
			if english {
				want = "en ltr"
			}
			if got := eval[string](t, tab, `document.documentElement.lang + ' ' + getComputedStyle(document.documentElement).direction`); got != want {
				t.Errorf("/%s is %q, want %q", path, got, want)
			}
			for _, trouble := range eval[[]string](t, tab, overflow) {
				t.Errorf("/%s at %d pixels: %s", path, width, trouble)
			}
			if !english {
				for _, trouble := range eval[[]string](t, tab, mirrored) {
					t.Errorf("/%s at %d pixels: %s", path, width, trouble)
				}
			}
			tab.shoot(t, "arabic-"+path+"-"+map[int64]string{320: "phone", 1280: "desktop"}[width])
		}
	}

	tab.do(t, chromedp.Navigate(hub.url+"en/"))
	if len(eval[[]string](t, tab, mirrored)) == 0 {
		t.Error("a page that is read from the left passes for a mirrored one")
	}

	// A page that is not translated says so, and its text is read its own way.
	tab.do(t, chromedp.Navigate(hub.url+"en/guides/batqa/"))
	if said := eval[string](t, tab, `document.querySelector('main .callout').innerText`); !strings.Contains(said, "This page is not in English yet. The text below is in Arabic.") {
		t.Errorf("the page that is not translated says %q", said)
	}
	if got := eval[[]string](t, tab, `['h1', '.text p'].map((s) => document.querySelector(s)).map((e) => e.closest('[lang]').lang + ' ' + getComputedStyle(e).direction)`); strings.Join(got, ", ") != "ar rtl, ar rtl" {
		t.Errorf("title and text that are not translated are %q", got)
	}

	// Search in Arabic: the plural of two, and the hub's synonyms.
	tab.do(t, chromedp.Navigate(hub.url+"search/"), chromedp.SendKeys("#q", "مؤلف"))
	tab.await(t, `document.querySelector('[data-results] a') !== null`)
	tab.clean(t)
}

// A style for both directions names no side.
func TestStyleNamesNoSide(t *testing.T) {
	t.Parallel()
	style, err := fs.ReadFile(twinshelf.Static, "static/css/hub.css")
	if err != nil {
		t.Fatal(err)
	}
	side := regexp.MustCompile(`(?i)(margin|padding|border|inset)-(left|right)\b|(text-align|float|clear):\s*(left|right)|[;{\s](left|right):|(top|bottom)-(left|right)-radius`)
	for i, line := range strings.Split(string(style), "\n") {
		if found := side.FindString(line); found != "" {
			t.Errorf("hub.css:%d: %q names a side (write start or end)", i+1, strings.TrimSpace(found))
		}
	}
}
