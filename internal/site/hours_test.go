package site_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/twinshelf/twinshelf"
	"github.com/twinshelf/twinshelf/internal/civil"
)

// built is the day on which the hub of these tests is built. Readers come up to
// a year later: the pages have to stay true without another build.
var built = civil.New(2026, time.October, 26)

// riverside is a library that is open past midnight on Fridays.
var riverside = map[string]string{
	"content/site.yaml": `title: River Hub
description: The hours of one library.
url: https://hub.example.org/
languages: [en]
timezone: America/Chicago
`,
	"content/index.md":       "---\ntitle: River Hub\n---\n\nWelcome.\n",
	"content/hours/index.md": "---\ntitle: Hours\n---\n",
	"content/libraries/riverside.md": `---
title: Riverside Library
description: The library at the river.
kind: public
phone: "+1 217-555-0142"
hours:
  regular:
    mon-thu: 9am-9pm
    fri: 6pm-1am
    sat: 10am-1:30am
    sun: 1pm-5pm
  through: 2027-10-31
  exceptions:
    - {holiday: thanksgiving, hours: closed, reason: Thanksgiving Day}
    - {date: 2027-03-14, hours: 2:30am-5pm, reason: Night of the clocks}
---

Come in.
`,
}

// pages are the addresses that show hours, with whether they show a week.
var pages = []struct {
	path string
	week bool
}{{"libraries/riverside/", true}, {"hours/", true}, {"", false}, {"embed/hours/riverside/", true}}

func TestHoursInABrowser(t *testing.T) {
	t.Parallel()
	hub := serveHub(t, riverside)
	const chicago, tokyo = "America/Chicago", "Asia/Tokyo"
	cases := []struct {
		name, now, zone   string
		status, day, text string
	}{
		{"a closed holiday", "2026-11-26T11:00:00-06:00", chicago,
			"Closed now, opens tomorrow at 6pm", "Today, Thursday, November 26", "Closed"},
		{"two minutes before opening", "2026-10-27T08:58:00-05:00", chicago,
			"Closed now, opens at 9am", "Today, Tuesday, October 27", "9am–9pm"},
		{"the minute of opening", "2026-10-27T09:00:00-05:00", chicago,
			"Open now until 9pm", "Today, Tuesday, October 27", "9am–9pm"},
		{"two minutes before closing", "2026-10-27T20:58:00-05:00", chicago,
			"Open now until 9pm", "Today, Tuesday, October 27", "9am–9pm"},
		{"the minute of closing", "2026-10-27T21:00:00-05:00", chicago,
			"Closed now, opens tomorrow at 9am", "Today, Tuesday, October 27", "9am–9pm"},
		{"after midnight, last night's tail running", "2026-10-31T00:40:00-05:00", chicago,
			"Open now until 1am", "Today, Saturday, October 31", "10am–1:30am"},
		{"after last night's tail", "2026-10-31T01:00:00-05:00", chicago,
			"Closed now, opens at 10am", "Today, Saturday, October 31", "10am–1:30am"},
		{"a weekend ahead", "2027-01-10T18:00:00-06:00", chicago,
			"Closed now, opens tomorrow at 9am", "Today, Sunday, January 10", "1–5pm"},

		// 2am does not come on March 14, 2027: it is 3am, and 2:30am is 3:30am.
		{"the hour that is skipped, before", "2027-03-14T03:29:00-05:00", chicago,
			"Closed now, opens at 2:30am", "Today, Sunday, March 14", "2:30am–5pm"},
		{"the hour that is skipped, after", "2027-03-14T03:30:00-05:00", chicago,
			"Open now until 5pm", "Today, Sunday, March 14", "2:30am–5pm"},
		{"the evening of the clock change", "2027-03-14T16:59:00-05:00", chicago,
			"Open now until 5pm", "Today, Sunday, March 14", "2:30am–5pm"},
		// 1am comes twice on November 1, 2026. Saturday's 1:30am is the second.
		{"the hour that comes twice, the first time", "2026-11-01T01:40:00-05:00", chicago,
			"Open now until 1:30am", "Today, Sunday, November 1", "1–5pm"},
		{"the hour that comes twice, the second time", "2026-11-01T01:29:00-06:00", chicago,
			"Open now until 1:30am", "Today, Sunday, November 1", "1–5pm"},
		{"after the hour that comes twice", "2026-11-01T01:30:00-06:00", chicago,
			"Closed now, opens at 1pm", "Today, Sunday, November 1", "1–5pm"},

		{"a reader in Tokyo, where it is tomorrow", "2026-10-28T10:58:00+09:00", tokyo,
			"Open now until 9pm (Central time)", "Today, Tuesday, October 27", "9am–9pm"},
		{"a reader in Tokyo on the holiday", "2026-11-27T01:00:00+09:00", tokyo,
			"Closed now, opens tomorrow at 6pm (Central time)", "Today, Thursday, November 26", "Closed"},

		{"the last published day", "2027-10-31T16:58:00-05:00", chicago,
			"Open now until 5pm", "Today, Sunday, October 31", "1–5pm"},
		{"the evening of the last published day", "2027-10-31T19:00:00-05:00", chicago,
			"Closed now", "Today, Sunday, October 31", "1–5pm"},
		{"a day after the published end", "2027-11-01T12:00:00-05:00", chicago,
			"Hours are not published yet. Call +1 217-555-0142", "Today, Monday, November 1", "Hours are not published yet"},
		{"years after the published end", "2030-05-06T12:00:00-05:00", chicago,
			"Hours are not published yet. Call +1 217-555-0142", "Today, Monday, May 6", "Hours are not published yet"},
	}
	tab := hub.tab(t)
	for _, c := range cases {
		tab.reader(t, c.now, c.zone)
		for _, p := range pages {
			// Every page kind shows the same script at work; the rest of the
			// cases need one.
			if p.path != pages[0].path && !strings.Contains(c.name, "holiday") && !strings.Contains(c.name, "end") {
				continue
			}
			got := tab.hours(t, hub.url+p.path)
			name := fmt.Sprintf("%s, /%s", c.name, p.path)
			if got.Status != c.status {
				t.Errorf("%s: the status is %q, want %q", name, got.Status, c.status)
			}
			if got.Day != c.day || got.Hours != c.text {
				t.Errorf("%s: the day is %q, %q, want %q, %q", name, got.Day, got.Hours, c.day, c.text)
			}
			if !p.week {
				continue
			}
			if len(got.Week) != 7 || got.Marked != 1 {
				t.Errorf("%s: a week of %d days, of which %d are today, want 7 and 1", name, len(got.Week), got.Marked)
			}
			if strings.Contains(c.name, "after the published end") && strings.Contains(got.Week[got.Today], "losed") {
				t.Errorf("%s: the week calls an unpublished day closed: %q", name, got.Week[got.Today])
			}
			if !strings.HasSuffix(got.Week[got.Today], c.text) && !strings.Contains(got.Week[got.Today], c.text+" ") {
				t.Errorf("%s: the week says %q of today, want %q", name, got.Week[got.Today], c.text)
			}
		}
	}
	tab.clean(t)
}

// TestHoursWithoutScript reads the pages as somebody without JavaScript does.
func TestHoursWithoutScript(t *testing.T) {
	t.Parallel()
	hub := serveHub(t, riverside)
	tab := hub.tab(t)
	tab.do(t, send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	for _, p := range pages {
		tab.do(t, chromedp.Navigate(hub.url+p.path))
		text, err := chromedp.Run(tab.ctx, chromedp.Text(chromedp.CSS("body")))
		if err != nil {
			t.Fatal(err)
		}
		lower := strings.ToLower(text)
		for _, word := range []string{"today", "tomorrow", "open now", "closed now", "this week"} {
			if strings.Contains(lower, word) {
				t.Errorf("/%s says %q without a script; it would stop being true", p.path, word)
			}
		}
		if !strings.Contains(text, "October 26") || !strings.Contains(text, "9am–9pm") {
			t.Errorf("/%s does not say which day its hours are of:\n%s", p.path, text)
		}
	}
	// A frame on a school's page may be this narrow.
	tab.do(t, chromedp.EmulateViewport(280, 500), chromedp.Navigate(hub.url+"embed/hours/riverside/"))
	if wide, err := chromedp.Run(tab.ctx, chromedp.Evaluate[int]("document.documentElement.scrollWidth")); err != nil || wide > 280 {
		t.Errorf("the embedded hours are %d pixels wide in a frame of 280 (%v)", wide, err)
	}
	tab.clean(t)
}

// TestHoursNameTheWeekThatTheyShow comes in another week than that of the build.
func TestHoursNameTheWeekThatTheyShow(t *testing.T) {
	t.Parallel()
	hub := serveHub(t, riverside)
	tab := hub.tab(t)
	for now, want := range map[string]string{
		"2026-10-26T12:00:00-05:00": "Week of Oct 25–31, 2026", // as it was built
		"2026-12-30T12:00:00-06:00": "Week of Dec 27, 2026–Jan 2, 2027",
		"2027-02-08T12:00:00-06:00": "Week of Feb 7–13, 2027",
	} {
		tab.reader(t, now, "America/Chicago")
		shown := tab.hours(t, hub.url+"hours/")
		got := eval[string](t, tab, `document.querySelector('[data-week-of]').innerText.replace(/\s*–\s*/g, '–')`)
		if got != want {
			t.Errorf("on %s the page of hours is of the %q, want %q (%q)", now, got, want, shown.Week)
		}
	}
	tab.clean(t)
}

// TestHoursOfATabThatStaysOpen lets the connection go while a page is open: it
// says open or closed for a day, and again once the connection is back.
func TestHoursOfATabThatStaysOpen(t *testing.T) {
	t.Parallel()
	hub := serveHub(t, riverside)
	tab := hub.tab(t)
	tab.reader(t, "2026-12-01T12:00:00-06:00", "America/Chicago")
	tab.hours(t, hub.url+"libraries/riverside/")
	const later = `(() => {
		const now = Date.now();
		globalThis.skip = (hours, online) => {
			Date.now = () => now + hours * 36e5;
			Object.defineProperty(Navigator.prototype, 'onLine', { get: () => online, configurable: true });
			dispatchEvent(new Event('pageshow'));
			return document.querySelector('[data-status]').innerText;
		};
	})()`
	eval[any](t, tab, later)
	for _, c := range []struct{ call, want string }{
		{"skip(0, false)", "Open now until 9pm"},
		{"skip(23, false)", "Open now until 9pm"},
		{"skip(25, false)", "You are offline. The hours may have changed."},
		{"skip(25, true)", "Open now until 9pm"},
	} {
		if got := eval[string](t, tab, c.call); got != c.want {
			t.Errorf("%s: the status is %q, want %q", c.call, got, c.want)
		}
	}
	tab.clean(t)
}

func TestHoursScriptIsSmall(t *testing.T) {
	t.Parallel()
	source, err := fs.ReadFile(twinshelf.Static, "static/js/hours.js")
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if _, err := w.Write(source); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if packed.Len() >= 3000 {
		t.Errorf("hours.js is %d bytes packed, must stay under 3,000", packed.Len())
	}
}

// shownHours is what a page says of the hours of its first library.
type shownHours struct {
	Status, Day, Hours string
	Week               []string // a line a day
	Today              int      // which of them is marked as today
	Marked             int      // how many are
}

const readHours = `(() => {
  const root = document.querySelector('[data-hours]');
  const tidy = (e) => (e?.innerText ?? '').replace(/\s+/g, ' ').trim();
  const rows = [...(root.querySelector('[data-week]')?.rows ?? [])];
  return {
    Status: tidy(root.querySelector('[data-status]')),
    Day: tidy(root.querySelector('[data-day] time')), Hours: tidy(root.querySelector('[data-day] strong')),
    Week: rows.map(tidy), Today: Math.max(0, rows.findIndex((row) => row.ariaCurrent)),
    Marked: rows.filter((row) => row.ariaCurrent).length,
  };
})()`

// hours opens a page and reads the hours that it shows.
func (tb *tab) hours(t *testing.T, address string) shownHours {
	t.Helper()
	tb.do(t, chromedp.Navigate(address))
	shown, err := chromedp.Run(tb.ctx, chromedp.Evaluate[shownHours](readHours))
	if err != nil {
		t.Fatal(err)
	}
	return shown
}
