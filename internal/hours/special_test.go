package hours

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/civil"
)

func showRuns(runs []Run) []string {
	var lines []string
	for _, r := range runs {
		lines = append(lines, fmt.Sprintf("%s..%s %s", r.From, r.Until, show(r.Day)))
	}
	return lines
}

// TestSpecialDays is what section 7 says of hours.ics.
func TestSpecialDays(t *testing.T) {
	t.Parallel()
	library := func(closures, exceptions string) string {
		return "timezone: America/Chicago\nclosures: [" + closures + "]\nlibraries:\n" +
			"  L: {hours: {through: 2027-08-31, regular: {mon-fri: 9am-5pm, sat: 10am-2pm}, exceptions: [" + exceptions + "],\n" +
			"    seasons: [{name: Summer, from: 06-01, to: 08-20, hours: {mon-fri: 9am-4pm}}]}}\n" +
			"  F: {parent: L}\n"
	}
	for _, c := range []struct {
		name, closures, exceptions, id string
		want                           []string
	}{
		{"no special days, no season days", "", "", "L", nil},
		{"a closed week with its Sunday", "", "{from: 2026-12-21, to: 2026-12-27, hours: closed, reason: Moving}", "L",
			[]string{"2026-12-21..2026-12-27 closed; Moving"}},
		{"a run that is under way", "", "{from: 2026-11-16, to: 2026-11-27, hours: closed, reason: Moving}", "L",
			[]string{"2026-11-16..2026-11-27 closed; Moving"}},
		{"a run that is over", "", "{from: 2026-11-16, to: 2026-11-22, hours: closed, reason: Moving}", "L", nil},
		{"shorter hours over an unchanged Sunday", "{from: 2026-12-03, to: 2026-12-08, hours: 9am-2pm, reason: Works}", "", "L",
			[]string{"2026-12-03..2026-12-08 09:00-14:00; Works"}},
		{"shorter hours that end before a Sunday", "{from: 2026-12-03, to: 2026-12-06, hours: 9am-2pm, reason: Works}", "", "L",
			[]string{"2026-12-03..2026-12-04 09:00-14:00; Works"}},
		{"shorter hours that begin on a Sunday", "{from: 2026-12-06, to: 2026-12-08, hours: 9am-2pm, reason: Works}", "", "L",
			[]string{"2026-12-07..2026-12-08 09:00-14:00; Works"}},
		{"a week with two sorts of hours", "", "{from: 2026-12-24, to: 2026-12-31, hours: {mon-fri: 10am-4pm, sat-sun: closed}, reason: Between}", "L",
			[]string{"2026-12-24..2026-12-25 10:00-16:00; Between", "2026-12-26..2026-12-27 closed; Between", "2026-12-28..2026-12-31 10:00-16:00; Between"}},
		{"another reason is another event", "", "{holiday: christmas-day, observed: true, hours: closed}, {holiday: independence-day, observed: true, hours: closed}", "L",
			[]string{"2026-12-25..2026-12-25 closed; Christmas Day", "2027-07-05..2027-07-05 closed; Independence Day (observed)"}},
		{"a list of neighbours", "", "{date: [2026-12-02, 2026-12-01, 2026-12-04], hours: closed, reason: Institute}", "L",
			[]string{"2026-12-01..2026-12-02 closed; Institute", "2026-12-04..2026-12-04 closed; Institute"}},
		{"another rule inside", "", "{from: 2026-12-01, to: 2026-12-04, hours: closed, reason: Moving}, {date: 2026-12-02, hours: closed, reason: Vote}", "L",
			[]string{"2026-12-01..2026-12-01 closed; Moving", "2026-12-02..2026-12-02 closed; Vote", "2026-12-03..2026-12-04 closed; Moving"}},
		{"a closure of a closed day", "{date: 2026-12-06, hours: closed, reason: Sunday}", "", "L", nil},
		{"another note", "", "{date: 2026-12-01, hours: 9am-5pm (rear door)}", "L", []string{"2026-12-01..2026-12-01 09:00-17:00; ; rear door"}},
		{"the same hours with a reason", "", "{date: 2026-12-01, hours: 9am-5pm, reason: As ever}", "L", nil},
		{"up to the published end", "", "{from: 2027-08-30, to: 2027-09-10, hours: closed, reason: Moving}", "L",
			[]string{"2027-08-30..2027-08-31 closed; Moving"}},
		{"of one that follows", "", "{date: 2026-12-06, hours: 1pm-4pm, reason: Fair}", "F", []string{"2026-12-06..2026-12-06 13:00-16:00; Fair"}},
		{"the whole year", "", "{from: 01-01, to: 12-31, hours: closed, reason: Never}", "L", []string{"2016-01-01..2027-08-31 closed; Never"}},
	} {
		calendar, _ := New(hub(t, "2026-11-23", library(c.closures, c.exceptions)))
		if got := showRuns(calendar.Library(c.id).SpecialDays(date(t, "2026-11-23"))); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

func TestSpecialDaysAreAllDaysThatRulesChanged(t *testing.T) {
	t.Parallel()
	from := civil.New(2026, 11, 23)
	for seed := range uint64(100) {
		calendar, _ := New(newGenerator(seed).hub().spec(noon("2026-11-23")))
		for _, l := range calendar.Libraries() {
			covered := make(map[civil.Date]Run)
			last := civil.Date{}
			for _, r := range l.SpecialDays(from) {
				if r.Until.Before(from) || r.From.Before(l.from) || r.Until.After(l.through) || !r.From.After(last) {
					t.Fatalf("hub %d, %s: run %s to %s after %s", seed, l.ID(), r.From, r.Until, last)
				}
				last = r.Until
				for d := r.From; !d.After(r.Until); d = d.AddDays(1) {
					covered[d] = r
				}
			}
			for d := from; !d.After(l.through); d = d.AddDays(1) {
				day, run := l.Day(d), covered[d]
				changed := day.By.Kind.IsRule() && !day.Value().Equal(l.plain(momentOf(d)).Value)
				if changed && !run.Day.Same(day) || run.Day.By != nil && run.Day.By != day.By {
					t.Fatalf("hub %d, %s on %s: %s, in the run of %s", seed, l.ID(), d, show(day), show(run.Day))
				}
			}
		}
	}
}

func TestWeeksAndSeasons(t *testing.T) {
	t.Parallel()
	calendar, findings := New(hub(t, "2026-11-23", `
timezone: America/Chicago
libraries:
  L:
    hours:
      through: 2027-08-31
      regular: {mon-thu: 9am-9pm, fri: 9am-6pm, sat: 10am-2pm}
      seasons:
        - {name: Summer, from: 2027-06-01, to: 2027-08-20, hours: {mon-fri: 9am-5pm}}
        - {name: Winter break, from: 11-20, to: 01-03, hours: {daily: closed}}
      exceptions: [{from: 2027-03-01, to: 2027-03-05, hours: closed}]
  K: {parent: L, kind: department, hours: {regular: {daily: 10am-4pm}}}
  F: {parent: L}
`))
	noErrors(t, findings)
	week := func(id, d string) string {
		w := calendar.Library(id).Week(date(t, d))
		parts := []string{w.Season}
		for _, g := range w.Groups() {
			parts = append(parts, fmt.Sprintf("%.3s-%.3s %s", g.First, g.Last, g.Value))
		}
		return strings.Join(parts, "|")
	}
	for _, c := range []struct{ id, date, want string }{
		{"L", "2027-03-01", "|Mon-Thu 09:00-21:00|Fri-Fri 09:00-18:00|Sat-Sat 10:00-14:00|Sun-Sun closed"},
		{"F", "2027-07-01", "Summer|Mon-Fri 09:00-17:00|Sat-Sun closed"},
		{"K", "2027-03-01", "|Mon-Sat 10:00-16:00|Sun-Sun closed"},
		{"K", "2027-07-01", "|Mon-Fri 10:00-16:00|Sat-Sun closed"},
		{"L", "2026-12-25", "Winter break|Mon-Sun closed"},
	} {
		if got := week(c.id, c.date); got != c.want {
			t.Errorf("%s in the week of %s: got %s, want %s", c.id, c.date, got, c.want)
		}
	}
	var seasons []string
	for _, s := range calendar.Library("F").Seasons(date(t, "2026-11-23")) {
		seasons = append(seasons, fmt.Sprintf("%s %s..%s %s", s.Name, s.From, s.Until, s.Week.Days[0]))
	}
	if want := []string{"Winter break 2026-11-20..2027-01-03 closed", "Summer 2027-06-01..2027-08-20 09:00-17:00"}; !slices.Equal(seasons, want) {
		t.Errorf("seasons: %q, want %q", seasons, want)
	}
	if seasons := calendar.Library("K").Seasons(date(t, "2026-11-23")); len(seasons) != 0 {
		t.Errorf("a department with a week of its own has the seasons %v", seasons)
	}
	var changes []string
	for d := date(t, "2026-11-23"); !d.IsZero(); {
		if d = calendar.Library("L").NextChange(d); !d.IsZero() {
			changes = append(changes, d.String())
		}
	}
	if want := []string{"2027-01-04", "2027-03-01", "2027-03-06", "2027-06-01", "2027-08-21", "2027-09-01"}; !slices.Equal(changes, want) {
		t.Errorf("changes: %q, want %q", changes, want)
	}
}
