package hours

import (
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// TestAt is section 6. Times are given and shown in the library's zone.
func TestAt(t *testing.T) {
	t.Parallel()
	calendar, findings := New(hub(t, "2026-03-01", `
timezone: America/Chicago
libraries:
  day: {hours: {through: 2027-01-08, from: 2026-03-02, regular: {mon-fri: "9am-noon, 1pm-5pm"}}}
  touch: {hours: {through: 2027-01-08, regular: {mon-fri: "9am-noon, noon-5pm"}}}
  late: {hours: {through: 2027-01-08, regular: {thu-sat: 7pm-1am, sun: 1pm-5pm}, exceptions: [{date: 2026-03-06, hours: closed}]}}
  through: {hours: {through: 2027-01-08, regular: {fri: 8pm-midnight, sat: midnight-2am}}}
  always: {hours: {through: 2027-01-08, regular: {daily: 24 hours}, exceptions: [{date: 2026-12-25, hours: closed}]}}
  evening: {hours: {through: 2027-01-08, regular: {daily: 6pm-midnight}}}
  gap: {hours: {through: 2027-01-08, regular: {sun: 2:30am-6am, sat: 10pm-2:30am, mon: closed}}}
  none: {hours: {through: 2027-01-08, regular: {sun: 2am-3am}}}
  tight: {hours: {through: 2027-01-08, regular: {sun: 2:30am-3:15am}}}
  double: {hours: {through: 2027-01-08, regular: {sun: 1:30am-1:45am}}}
  asked: {hours: {through: 2027-01-08, regular: {mon: by appointment, tue: unknown, sun: 7pm-1am}}}
  tokyo: {timezone: Asia/Tokyo, hours: {through: 2027-01-08, regular: {daily: 9am-5pm}}}
  havana: {timezone: America/Havana, hours: {through: 2027-01-08, regular: {sun-fri: by appointment, sat: 24 hours}}}
  nothing: {}
`))
	noErrors(t, findings)
	for _, c := range []struct{ name, id, at, status, until, next string }{
		{"before the opening", "day", "2026-03-02T08:59", "closed", "2026-03-02T09:00:00-06:00", "2026-03-02T09:00:00-06:00"},
		{"at the opening", "day", "2026-03-02T09:00", "open", "2026-03-02T12:00:00-06:00", "2026-03-02T13:00:00-06:00"},
		{"two minutes before closing", "day", "2026-03-02T16:58", "open", "2026-03-02T17:00:00-06:00", "2026-03-03T09:00:00-06:00"},
		{"at the closing", "day", "2026-03-02T17:00", "closed", "2026-03-03T09:00:00-06:00", "2026-03-03T09:00:00-06:00"},
		{"at lunch", "day", "2026-03-02T12:30", "closed", "2026-03-02T13:00:00-06:00", "2026-03-02T13:00:00-06:00"},
		{"over the weekend of the clock change", "day", "2026-03-06T18:00", "closed", "2026-03-09T09:00:00-05:00", "2026-03-09T09:00:00-05:00"},
		{"before the published period", "day", "2026-02-27T10:00", "unknown", "2026-03-02T00:00:00-06:00", "2026-03-02T09:00:00-06:00"},
		{"long before", "day", "2020-02-27T10:00", "unknown", "2026-03-02T00:00:00-06:00", "2026-03-02T09:00:00-06:00"},
		{"on the last evening", "day", "2027-01-08T18:00", "closed", "", ""},
		{"on the last afternoon", "day", "2027-01-08T16:00", "open", "2027-01-08T17:00:00-06:00", ""},
		{"after the published end", "day", "2027-01-09T10:00", "unknown", "", ""},
		{"openings that touch are one", "touch", "2026-03-02T10:00", "open", "2026-03-02T17:00:00-06:00", "2026-03-03T09:00:00-06:00"},
		{"before openings that touch", "touch", "2026-03-02T08:00", "closed", "2026-03-02T09:00:00-06:00", "2026-03-02T09:00:00-06:00"},
		{"last night's tail", "late", "2026-03-06T00:30", "open", "2026-03-06T01:00:00-06:00", "2026-03-07T19:00:00-06:00"},
		{"the day of the tail is closed", "late", "2026-03-06T01:00", "closed", "2026-03-07T19:00:00-06:00", "2026-03-07T19:00:00-06:00"},
		{"the tail does not hide the day", "late", "2026-03-08T00:30", "open", "2026-03-08T01:00:00-06:00", "2026-03-08T13:00:00-05:00"},
		{"the tail of the last day", "late", "2027-01-09T00:30", "open", "2027-01-09T01:00:00-06:00", ""},
		{"the last day before its tail", "late", "2027-01-08T20:00", "open", "2027-01-09T01:00:00-06:00", ""},
		{"after the tail of the last day", "late", "2027-01-09T01:00", "unknown", "", ""},
		{"over midnight in two parts", "through", "2026-03-06T21:00", "open", "2026-03-07T02:00:00-06:00", "2026-03-13T20:00:00-05:00"},
		{"day and night until the holiday", "always", "2026-03-06T21:00", "open", "2026-12-25T00:00:00-06:00", "2026-12-26T00:00:00-06:00"},
		{"day and night until the end", "always", "2026-12-27T21:00", "open", "", ""},
		{"until midnight on the last day", "evening", "2027-01-08T21:00", "open", "", ""},
		{"until midnight on any day", "evening", "2027-01-07T21:00", "open", "2027-01-08T00:00:00-06:00", "2027-01-08T18:00:00-06:00"},
		{"an opening that is skipped moves on", "gap", "2026-03-08T00:00", "open", "2026-03-08T06:00:00-05:00", "2026-03-14T22:00:00-05:00"},
		{"just before it", "gap", "2026-03-08T01:59", "open", "2026-03-08T06:00:00-05:00", "2026-03-14T22:00:00-05:00"},
		{"an opening of the skipped hour is none", "none", "2026-03-07T12:00", "closed", "2026-03-15T02:00:00-05:00", "2026-03-15T02:00:00-05:00"},
		{"one that would end before it starts", "tight", "2026-03-07T12:00", "closed", "2026-03-15T02:30:00-05:00", "2026-03-15T02:30:00-05:00"},
		{"from the first of a doubled time to the last", "double", "2026-11-01T00:00", "closed", "2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-05:00"},
		{"in a doubled time", "double", "2026-11-01T01:35", "open", "2026-11-01T01:45:00-06:00", "2026-11-08T01:30:00-06:00"},
		{"a day by appointment after a tail", "asked", "2026-03-09T01:00", "by-appointment", "2026-03-10T00:00:00-05:00", "2026-03-15T19:00:00-05:00"},
		{"the tail itself", "asked", "2026-03-09T00:59", "open", "2026-03-09T01:00:00-05:00", "2026-03-15T19:00:00-05:00"},
		{"an unknown day", "asked", "2026-03-10T12:00", "unknown", "2026-03-11T00:00:00-05:00", "2026-03-15T19:00:00-05:00"},
		{"a closed day", "asked", "2026-03-11T12:00", "closed", "2026-03-15T19:00:00-05:00", "2026-03-15T19:00:00-05:00"},
		{"another zone", "tokyo", "2026-03-08T16:59", "open", "2026-03-08T17:00:00+09:00", "2026-03-09T09:00:00+09:00"},
		{"where midnight is skipped", "havana", "2026-03-07T12:00", "open", "2026-03-08T01:00:00-04:00", "2026-03-14T00:00:00-04:00"},
		{"where midnight comes twice", "havana", "2026-10-31T12:00", "open", "2026-11-01T00:00:00-05:00", "2026-11-07T00:00:00-05:00"},
		{"no hours at all", "nothing", "2026-03-08T16:59", "unknown", "", ""},
	} {
		l := calendar.Library(c.id)
		at, err := time.ParseInLocation("2006-01-02T15:04", c.at, l.Zone())
		if err != nil {
			t.Fatal(err)
		}
		s := l.At(at.UTC())
		if s.Status.String() != c.status || instant(s.Until) != c.until || instant(s.NextOpen) != c.next {
			t.Errorf("%s: got %s until %s, next open %s; want %s until %s, next open %s",
				c.name, s.Status, instant(s.Until), instant(s.NextOpen), c.status, c.until, c.next)
		}
	}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// TestEveryMinuteHasOneStatus holds the laws of a day on generated hubs: open
// and other minutes add up to the day's true length, openings of a day do not
// share a minute, and At changes exactly when it says.
func TestEveryMinuteHasOneStatus(t *testing.T) {
	t.Parallel()
	days := []civil.Date{civil.New(2027, 3, 14), civil.New(2027, 11, 7), civil.New(2026, 12, 24)}
	lengths := []int{23, 25, 24}
	for seed := range uint64(40) {
		calendar, _ := New(newGenerator(seed).hub().spec(noon("2026-11-23")))
		for _, l := range calendar.Libraries() {
			for i, d := range days {
				start, end := d.At(0, l.Zone()), d.AddDays(1).At(0, l.Zone())
				open, other := 0, 0
				var state State
				for at := start; at.Before(end); at = at.Add(time.Minute) {
					status := l.statusAt(at)
					if status == Open {
						open++
					} else {
						other++
					}
					if at == start || state.Until.Equal(at) {
						state = l.At(at)
					}
					if state.Status != status {
						t.Fatalf("hub %d, %s: at %s it is %s, but %s until %s was said", seed, l.ID(), at, status, state.Status, state.Until)
					}
					if !state.NextOpen.IsZero() && state.NextOpen.Before(at) {
						state = l.At(at)
					}
				}
				if open+other != lengths[i]*60 {
					t.Errorf("%s has %d open and %d other minutes", d, open, other)
				}
				if want := openMinutes(l, start, end); open != want {
					t.Errorf("hub %d, %s on %s: open for %d minutes, its openings say %d", seed, l.ID(), d, open, want)
				}
			}
		}
	}
}

// openMinutes counts the minutes between two instants in which any opening is.
func openMinutes(l *Library, start, end time.Time) int {
	minutes := make(map[time.Time]bool)
	for d := civil.Of(start).AddDays(-2); !d.After(civil.Of(end)); d = d.AddDays(1) {
		for _, o := range l.Openings(d) {
			for at := o.From; at.Before(o.To); at = at.Add(time.Minute) {
				if !at.Before(start) && at.Before(end) {
					minutes[at.UTC()] = true
				}
			}
		}
	}
	return len(minutes)
}

func TestZoneIsTheOneCarriedAlong(t *testing.T) {
	t.Setenv("ZONEINFO", t.TempDir())
	for _, name := range []string{"America/Chicago", "UTC", "Europe/Berlin"} {
		if zone, err := Zone(name); err != nil || zone.String() != name {
			t.Errorf("%s: %v, %v", name, zone, err)
		}
	}
	for _, name := range []string{"", "Local", "America", "America/", "../etc/passwd", "america/chicago"} {
		if zone, err := Zone(name); err == nil {
			t.Errorf("%q is the zone %v", name, zone)
		}
	}
}
