package site_test

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// spaced sets the text spacing that a reader may force.
// Source: WCAG 2.2, success criterion 1.4.12.
const spaced = `(() => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }');
	document.adoptedStyleSheets = [sheet];
})()`

// cutOff lists elements whose text does not fit into them and does not scroll,
// as that of a field of one line does. What is hidden from sight on purpose is
// one pixel wide.
const cutOff = `[...document.querySelectorAll('body *')].filter((e) => {
	if (!e.checkVisibility() || e.clientWidth < 2 || e.closest('svg, input, .vh, .shelf')) return false;
	const { overflowX, overflowY, textOverflow } = getComputedStyle(e);
	const wide = e.scrollWidth > e.clientWidth + 1, high = e.scrollHeight > e.clientHeight + 1;
	return wide && (overflowX === 'hidden' || overflowX === 'clip' || textOverflow === 'ellipsis') || high && (overflowY === 'hidden' || overflowY === 'clip');
}).map((e) => e.outerHTML.slice(0, 120))`

// shifts is the sum of the layout shifts since the page began to load.
const shifts = `new Promise((done) => {
	let sum = 0;
	new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; }).observe({ type: 'layout-shift', buffered: true });
	requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})`

// moving lists what moves or is going to.
const moving = `[...document.getAnimations().map((a) => a.effect.target), ...[...document.querySelectorAll('*')].filter((e) => {
	const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e);
	return /[1-9]/.test(transitionDuration) || animationName !== 'none' || scrollBehavior !== 'auto';
})].map((e) => e.outerHTML.slice(0, 120))`

// kept lists what a page has stored on the device.
const kept = `Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()]).then((lists) => [
	...lists.map((list) => list.length), document.cookie.length, localStorage.length, sessionStorage.length].join(' '))`

func TestPagesStayInShape(t *testing.T) {
	t.Parallel()
	hub := serveRoot(t, "../..", civil.New(2026, 11, 23))
	tab := hub.tab(t)
	media := func(features ...*emulation.MediaFeature) {
		tab.do(t, send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}))
	}
	calm := &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"}
	report := func(path, what string, troubles []string) {
		for _, trouble := range troubles[:min(len(troubles), 3)] {
			t.Errorf("/%s, %s: %s", path, what, trouble)
		}
	}
	for _, path := range sampleKinds {
		media()
		for _, width := range []int64{360, 1280} {
			tab.do(t, chromedp.EmulateViewport(width, 800), chromedp.Navigate(hub.url+path))
			if sum := eval[float64](t, tab, shifts); sum >= 0.01 {
				t.Errorf("/%s shifts by %.4f while it loads, %d pixels wide", path, sum, width)
			}
		}

		media(calm)
		report(path, "less motion", eval[[]string](t, tab, moving))

		// A window of 1280 × 1024 at 400 %.
		tab.do(t, chromedp.EmulateViewport(320, 256, chromedp.EmulateScale(4)))
		report(path, "at 400 %", eval[[]string](t, tab, overflow))
		report(path, "at 400 %, cut off", eval[[]string](t, tab, cutOff))
		eval[any](t, tab, spaced)
		report(path, "at 400 %, spaced", eval[[]string](t, tab, overflow))
		report(path, "at 400 %, spaced, cut off", eval[[]string](t, tab, cutOff))
		tab.do(t, chromedp.EmulateViewport(1280, 800))
		report(path, "spaced", eval[[]string](t, tab, overflow))
		report(path, "spaced, cut off", eval[[]string](t, tab, cutOff))

		media(calm, &emulation.MediaFeature{Name: "forced-colors", Value: "active"})
		report(path, "forced colours", eval[[]string](t, tab, coloursAlone))
		tab.shoot(t, "forced-"+path)

		if got := eval[string](t, tab, kept); got != "0 0 0 0 0 0" {
			t.Errorf("/%s stores something on the device: %s", path, got)
		}
	}
	tab.clean(t)
}

// coloursAlone lists what forced colours make equal to what is around it: the
// current entry of a list, buttons, and fields.
const coloursAlone = `(() => {
	const drawn = (e) => {
		const s = getComputedStyle(e);
		return s.outlineStyle !== 'none' || s.borderTopStyle !== 'none' && parseFloat(s.borderTopWidth) > 0 || s.textDecorationLine !== 'none' || +s.fontWeight >= 600;
	};
	return [...document.querySelectorAll('[aria-current]:not(.langs a), button, .button, input, textarea, [aria-selected="true"]')]
		.filter((e) => e.checkVisibility() && !drawn(e)).map((e) => e.outerHTML.slice(0, 120));
})()`
