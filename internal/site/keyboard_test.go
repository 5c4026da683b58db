package site_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// focused tells where the keyboard's focus is, and what a reader sees of it.
type focused struct {
	Words   string   // of the element
	Address string   // that it leads to
	Place   int      // in the document, from the top
	Trouble []string // what makes it hard to see
}

const readFocus = `(() => {
	const e = document.activeElement;
	if (e === document.body) return { Words: '', Address: '', Place: -1, Trouble: [] };
	const trouble = [];
	const s = getComputedStyle(e), box = e.getBoundingClientRect();
	if (!e.matches(':focus-visible') || s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2) trouble.push('its focus does not show');
	if (box.width < 24 && box.height < 24 || box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) trouble.push('it is small or out of the window');
	const top = document.elementFromPoint(Math.min(Math.max(box.left + Math.min(box.width / 2, 10), 0), innerWidth - 1), Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
	if (top && !e.contains(top) && !top.contains(e)) trouble.push('it is covered by ' + top.outerHTML.slice(0, 80));
	return { Words: (e.innerText || e.name || '').replace(/\s+/g, ' ').trim(), Address: e.href ?? '', Place: [...document.querySelectorAll('*')].indexOf(e), Trouble: trouble };
})()`

// press presses a key and tells where the focus is then.
func (tb *tab) press(t *testing.T, keys string, opts ...chromedp.KeyOption) focused {
	t.Helper()
	tb.do(t, chromedp.KeyEvent(keys, opts...))
	return eval[focused](t, tb, readFocus)
}

// tabTo presses Tab until the focus is on an element with the given words.
func (tb *tab) tabTo(t *testing.T, words string) {
	t.Helper()
	for range 80 {
		if f := tb.press(t, kb.Tab); strings.HasPrefix(f.Words, words) {
			return
		}
	}
	t.Fatalf("no key leads to %q", words)
}

// TestKeyboardReachesEverything goes through pages with the Tab key alone.
func TestKeyboardReachesEverything(t *testing.T) {
	t.Parallel()
	hub := serveRoot(t, "../..", civil.New(2026, 11, 23))
	tab := hub.tab(t)
	const reachable = `[...document.querySelectorAll('a[href], button, input, textarea, summary, [tabindex]')].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled).length`
	for _, p := range []struct {
		path  string
		width int64
	}{{"", 360}, {"", 1280}, {"databases/libby/", 360}, {"es/search/", 1280}} {
		tab.do(t, chromedp.EmulateViewport(p.width, 800), chromedp.Navigate(hub.url+p.path))
		want := eval[int](t, tab, reachable)
		place, first, count := -1, -1, 0
		for range want + 5 {
			f := tab.press(t, kb.Tab)
			if f.Place < 0 || f.Place == first { // the window's own buttons, or the page again
				break
			}
			if count == 0 {
				first = f.Place
			}
			count++
			if f.Place <= place {
				t.Errorf("/%s: %q comes after what stands behind it", p.path, f.Words)
			}
			place = f.Place
			for _, trouble := range f.Trouble {
				t.Errorf("/%s at %d pixels: %q: %s", p.path, p.width, f.Words, trouble)
			}
		}
		if count != want {
			t.Errorf("/%s at %d pixels: Tab reaches %d elements of %d", p.path, p.width, count, want)
		}
	}
	tab.clean(t)
}

func TestKeyboardWalk(t *testing.T) {
	t.Parallel()
	hub := serveRoot(t, "../..", civil.New(2026, 11, 23))
	tab := hub.tab(t)
	path := func() string {
		return strings.TrimPrefix(eval[string](t, tab, `location.href`), hub.url)
	}

	// Past the menu, which is what the first key press offers.
	tab.do(t, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(hub.url+"databases/"))
	if f := tab.press(t, kb.Tab); !strings.HasSuffix(f.Address, "#main") || len(f.Trouble) > 0 {
		t.Errorf("the first key press leads to %+v, want the way to the content", f)
	}
	tab.press(t, kb.Enter)
	f := tab.press(t, kb.Tab)
	if inside := eval[bool](t, tab, `document.getElementById('main').contains(document.activeElement)`); !inside {
		t.Errorf("after the way to the content the next key press leads to %q outside of it", f.Words)
	}

	// A filter: open it, choose, take the choice away again.
	whole := eval[string](t, tab, `document.querySelector('[data-count]').textContent`)
	tab.do(t, chromedp.Navigate(hub.url+"databases/"))
	tab.tabTo(t, "Format")
	tab.press(t, kb.Enter)
	tab.press(t, kb.Tab)
	tab.press(t, " ")
	tab.await(t, `location.search.startsWith('?format=')`)
	if now := eval[string](t, tab, `document.querySelector('[data-count]').textContent`); now == whole {
		t.Errorf("a filter leaves the count at %q", now)
	}
	if here := eval[bool](t, tab, `document.activeElement.matches('input:checked')`); !here {
		t.Error("a filter takes the focus away from its box")
	}
	chosen := eval[string](t, tab, `document.querySelector('.chips button').innerText.replace('×', '').trim()`)
	tab.tabTo(t, chosen)
	tab.press(t, kb.Enter)
	tab.await(t, `location.search === ''`)
	if f := eval[focused](t, tab, readFocus); f.Place < 0 {
		t.Error("taking a filter away loses the focus")
	}

	// The menu, and the language of the same page.
	tab.do(t, chromedp.Navigate(hub.url+"databases/libby/"))
	tab.tabTo(t, "Español")
	tab.press(t, kb.Enter)
	tab.await(t, `document.readyState === 'complete' && document.documentElement.lang === 'es'`)
	if got := path(); got != "es/databases/libby/" {
		t.Errorf("the Spanish of /databases/libby/ is /%s", got)
	}
	tab.tabTo(t, "Horarios")
	tab.press(t, kb.Enter)
	tab.await(t, `document.readyState === 'complete' && location.pathname.endsWith('/es/hours/')`)
	if marked := eval[string](t, tab, `document.querySelector('.menu [aria-current]').innerText`); marked != "Horarios" {
		t.Errorf("the menu marks %q on the page of hours", marked)
	}

	// Search: letters, arrows, Escape, Enter.
	tab.tabTo(t, "Buscar")
	tab.press(t, kb.Enter)
	tab.await(t, `document.readyState === 'complete' && location.pathname.endsWith('/es/search/')`)
	tab.tabTo(t, "q")
	tab.do(t, chromedp.KeyEvent("cuentos"))
	shown := tab.until(t, `document.querySelectorAll('[role=option]').length > 1`)
	last := shown.Options[len(shown.Options)-1]
	for _, step := range []struct{ key, active, name string }{
		{kb.ArrowDown, shown.Options[0], "Down"}, {kb.ArrowDown, shown.Options[1], "Down again"}, {kb.ArrowUp, shown.Options[0], "Up"},
		{kb.ArrowUp, "", "Up from the first"}, {kb.ArrowUp, last, "Up from the field"}, {kb.ArrowDown, "", "Down from the last"},
	} {
		tab.press(t, step.key)
		if got := tab.until(t, "true"); got.Active != step.active || got.Expanded != "true" {
			t.Errorf("%s leads to %q (expanded: %s), want %q", step.name, got.Active, got.Expanded, step.active)
		}
	}
	// Home and End move in the words, as in any field.
	tab.press(t, kb.ArrowDown)
	tab.press(t, kb.Home)
	if got := tab.until(t, "true"); got.Active != "" || eval[int](t, tab, `document.activeElement.selectionStart`) != 0 {
		t.Errorf("Home leads to %q", got.Active)
	}
	tab.press(t, kb.End)
	if at := eval[int](t, tab, `document.activeElement.selectionStart`); at != len("cuentos") {
		t.Errorf("End leads to letter %d", at)
	}
	tab.press(t, kb.Escape)
	if got := tab.until(t, "true"); got.Expanded != "false" || got.Value != "cuentos" {
		t.Errorf("Escape leaves %+v", got)
	}
	tab.press(t, kb.Escape)
	if got := tab.until(t, `document.querySelectorAll('[data-results] li').length === 0`); got.Value != "" {
		t.Errorf("Escape again leaves %q in the field", got.Value)
	}
	tab.do(t, chromedp.KeyEvent("cuentos"))
	tab.until(t, `document.querySelectorAll('[role=option]').length > 1`)
	tab.press(t, kb.ArrowDown)
	tab.press(t, kb.Enter)
	tab.await(t, `document.readyState === 'complete' && !location.pathname.endsWith('/search/')`)
	tab.clean(t)
}
