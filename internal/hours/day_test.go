package hours

import (
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
)

func show(d Day) string {
	parts := []string{Value{Status: d.Status, Intervals: d.Intervals}.String(), d.Reason, d.Note}
	return strings.TrimRight(strings.Join(parts, "; "), "; ")
}

func noErrors(t testing.TB, findings []diag.Finding) {
	t.Helper()
	for _, f := range findings {
		if f.Severity == diag.Error {
			t.Errorf("unexpected %s", f)
		}
	}
}

// TestWorkedExamples is the table of hours.md, section 9.
func TestWorkedExamples(t *testing.T) {
	const closure = `closures: [{holiday: thanksgiving, offset: -1, hours: 9am-5pm, reason: Thanksgiving Eve}]`
	const library = `regular: {mon-thu: 9am-9pm, fri: 9am-6pm, sat: 10am-2pm}`
	for _, c := range []struct{ name, library, k, b, id, date, want string }{
		{"the closure, cut to the regular week", "", "mon-sat: 10am-6pm", "", "L", "2026-11-25", "09:00-17:00; Thanksgiving Eve"},
		{"shared by closure and regular", "", "mon-sat: 10am-6pm", "", "K", "2026-11-25", "10:00-17:00; Thanksgiving Eve"},
		{"a date comes before a holiday", "{date: 2026-11-25, hours: 9am-8pm}", "mon-sat: 10am-6pm", "", "L", "2026-11-25", "09:00-20:00"},
		{"its own regular", "", "mon-sat: 10am-6pm", "", "K", "2026-11-29", "closed"},
		{"a department is closed with its library", "", "mon-sat: 10am-6pm, sun: 1pm-4pm", "", "K", "2026-11-29", "closed"},
		{"a branch is not", "", "mon-sat: 10am-6pm", "mon-sat: 10am-6pm, sun: 1pm-4pm", "B", "2026-11-29", "13:00-16:00"},
		{"a special opening does not open departments", "{date: 2026-11-29, hours: 1pm-5pm, reason: Book fair}", "mon-sat: 10am-6pm, sun: 1pm-4pm", "", "K", "2026-11-29", "closed"},
		{"it opens the library", "{date: 2026-11-29, hours: 1pm-5pm, reason: Book fair}", "mon-sat: 10am-6pm", "", "L", "2026-11-29", "13:00-17:00; Book fair"},
		{"an observed day gives way", "{holiday: christmas-day, observed: true, hours: closed}, {holiday: christmas-eve, hours: 9am-1pm}", "mon-sat: 10am-6pm", "", "L", "2027-12-24", "09:00-13:00; Christmas Eve"},
		{"the holiday itself", "{holiday: christmas-day, observed: true, hours: closed}, {holiday: christmas-eve, hours: 9am-1pm}", "mon-sat: 10am-6pm", "", "L", "2027-12-25", "closed; Christmas Day"},
		{"observed on Monday", "{holiday: independence-day, observed: true, hours: closed}", "mon-sat: 10am-6pm", "", "L", "2027-07-05", "closed; Independence Day (observed)"},
	} {
		b := ""
		if c.b != "" {
			b = "\n  B: {parent: L, kind: branch, hours: {regular: {" + c.b + "}}}"
		}
		text := "timezone: America/Chicago\n" + closure + "\nlibraries:\n" +
			"  L: {hours: {through: 2028-08-31, " + library + ", exceptions: [" + c.library + "]}}\n" +
			"  K: {parent: L, kind: department, hours: {regular: {" + c.k + "}}}" + b
		calendar, findings := New(hub(t, "2026-11-23", text))
		noErrors(t, findings)
		if got := show(calendar.Library(c.id).Day(date(t, c.date))); got != c.want {
			t.Errorf("%s: %s on %s: got %q, want %q", c.name, c.id, c.date, got, c.want)
		}
	}
}

// TestWhichDays is section 2: which days a rule has, in a library that is
// otherwise open from 9 to 5 every day.
func TestWhichDays(t *testing.T) {
	t.Parallel()
	const plain = "09:00-17:00"
	for _, c := range []struct {
		name, rules string
		want        map[string]string
	}{
		{"a date", "{date: 2026-11-25, hours: closed}", map[string]string{"2026-11-25": "closed", "2026-11-24": plain, "2027-11-25": plain}},
		{"a list", "{date: [2026-10-09, 2027-01-15], hours: closed}", map[string]string{"2026-10-09": "closed", "2027-01-15": "closed", "2027-01-16": plain}},
		{"every year", "{date: 12-24, hours: closed}", map[string]string{"2026-12-24": "closed", "2029-12-24": "closed", "2027-12-25": plain}},
		{"29 February", "{date: 02-29, hours: closed}", map[string]string{"2028-02-29": "closed", "2027-02-28": plain, "2027-03-01": plain}},
		{"a range", "{from: 2027-02-01, to: 2027-02-14, hours: closed}", map[string]string{"2027-01-31": plain, "2027-02-01": "closed", "2027-02-14": "closed", "2027-02-15": plain, "2028-02-01": plain}},
		{"a range of every year", "{from: 07-01, to: 07-03, hours: closed}", map[string]string{"2027-06-30": plain, "2027-07-01": "closed", "2028-07-03": "closed", "2028-07-04": plain}},
		{"across New Year", "{from: 12-20, to: 01-03, hours: closed}", map[string]string{"2026-12-19": plain, "2026-12-20": "closed", "2027-01-03": "closed", "2027-01-04": plain, "2028-01-01": "closed"}},
		{"29 February as the end", "{from: 02-20, to: 02-29, hours: closed}", map[string]string{"2027-02-28": "closed", "2027-03-01": plain, "2028-02-29": "closed", "2028-03-01": plain}},
		{"29 February as the start", "{from: 02-29, to: 03-02, hours: closed}", map[string]string{"2027-02-28": plain, "2027-03-01": "closed", "2027-03-02": "closed", "2028-02-28": plain, "2028-02-29": "closed"}},
		{"29 February as both", "{from: 02-29, to: 02-29, hours: closed}", map[string]string{"2027-02-28": plain, "2027-03-01": plain, "2028-02-29": "closed", "2028-03-01": plain}},
		{"29 February as the start, across New Year", "{from: 02-29, to: 02-27, hours: closed}", map[string]string{"2027-02-28": plain, "2027-03-01": "closed", "2027-12-31": "closed", "2028-02-27": "closed", "2028-02-28": plain, "2028-02-29": "closed"}},
		{"a pattern", "{from: 12-26, to: 12-31, hours: {mon-fri: 10am-4pm, sat: closed}}", map[string]string{"2026-12-26": "closed", "2026-12-27": plain, "2026-12-28": "10:00-16:00"}},
		{"the day after Thanksgiving", "{holiday: thanksgiving, offset: 1, hours: closed}", map[string]string{
			"2026-11-26": plain, "2026-11-27": "closed; Day after Thanksgiving Day", "2024-11-29": "closed; Day after Thanksgiving Day", "2030-11-29": "closed; Day after Thanksgiving Day"}},
		{"days before", "{holiday: new-years-day, offset: -2, hours: closed}", map[string]string{"2026-12-30": "closed; 2 days before New Year's Day", "2027-12-30": "closed; 2 days before New Year's Day"}},
		{"the day before", "{holiday: easter, offset: -1, hours: closed}", map[string]string{"2027-03-27": "closed; Day before Easter"}},
		{"days after", "{holiday: new-years-eve, offset: 3, hours: closed}", map[string]string{"2027-01-03": "closed; 3 days after New Year's Eve"}},
		{"the offset of nothing", "{holiday: easter, offset: 0, hours: closed}", map[string]string{"2027-03-28": "closed; Easter"}},
		{"a whole year away", "{holiday: new-years-day, offset: 366, hours: closed}", map[string]string{"2028-01-02": "closed; 366 days after New Year's Day", "2029-01-01": "closed; 366 days after New Year's Day"}},
		{"observed across New Year", "{holiday: new-years-day, observed: true, hours: closed}", map[string]string{
			"2027-12-31": "closed; New Year's Day (observed)", "2028-01-01": "closed; New Year's Day", "2027-01-01": "closed; New Year's Day", "2026-12-31": plain}},
		{"observed with a reason", "{holiday: independence-day, observed: true, hours: closed, reason: The Fourth}", map[string]string{"2027-07-04": "closed; The Fourth", "2027-07-05": "closed; The Fourth", "2026-07-03": "closed; The Fourth"}},
		{"Easter Monday", "{holiday: easter, observed: true, hours: closed}", map[string]string{"2027-03-29": "closed; Easter (observed)"}},
		{"an urgent observed day gives way too", "{holiday: christmas-day, observed: true, urgent: true, hours: closed}, {holiday: christmas-eve, hours: 9am-1pm}",
			map[string]string{"2027-12-24": "09:00-13:00; Christmas Eve", "2027-12-25": "closed; Christmas Day"}},
		{"it gives way to the day of an offset", "{holiday: christmas-day, observed: true, hours: closed}, {holiday: christmas-day, offset: -1, hours: 9am-1pm}",
			map[string]string{"2027-12-24": "09:00-13:00; Day before Christmas Day"}},
		{"it does not give way to a date", "{holiday: christmas-day, observed: true, urgent: true, hours: closed}, {date: 2027-12-24, hours: 9am-1pm}",
			map[string]string{"2027-12-24": "closed; Christmas Day (observed)"}},
	} {
		calendar, findings := New(hub(t, "2026-11-23", "timezone: America/Chicago\nlibraries:\n"+
			"  L: {hours: {through: 2031-08-31, regular: {daily: 9am-5pm}, exceptions: ["+c.rules+"]}}\n"))
		noErrors(t, findings)
		for d, want := range c.want {
			if got := show(calendar.Library("L").Day(date(t, d))); got != want {
				t.Errorf("%s, %s: got %q, want %q", c.name, d, got, want)
			}
		}
	}
}

// TestWhichRuleDecides is section 3 beyond its worked examples, and 5.
func TestWhichRuleDecides(t *testing.T) {
	t.Parallel()
	const text = `
timezone: America/Chicago
closures:
  - {date: 2026-12-01, hours: noon-8pm, reason: Site day}
  - {date: 2026-12-02, hours: noon-8pm, reason: Site day}
  - {date: 2026-12-03, hours: 24 hours (all night), reason: Site day}
  - {date: 2026-12-04, hours: by appointment, reason: Site day}
  - {date: 2026-12-07, hours: unknown, reason: Site day}
  - {date: 2026-12-08, hours: "9am-noon, noon-5pm", reason: Site day}
  - {date: 2026-12-09, hours: 6pm-8pm (late), reason: Site day}
  - {date: 2026-12-10, hours: 9am-4pm, reason: Site day}
  - {date: 2026-12-11, hours: closed}
  - {date: 2027-01-04, hours: 10am-11am, urgent: true, reason: Storm}
libraries:
  L:
    hours:
      through: 2028-08-31
      from: 2026-11-10
      regular: {mon-fri: 9am-5pm (bell), sat: 10am-2pm}
      seasons:
        - {name: Summer, from: 06-01, to: 08-20, hours: {mon-fri: 10am-3pm (cool)}}
      exceptions:
        - {date: 2026-12-02, hours: 7am-9pm, reason: Own day}
        - {from: 12-10, to: 12-10, hours: 8am-10am, reason: Own range}
        - {date: 2026-12-16, hours: 9am-8pm, reason: Here, only_here: true}
        - {date: 2027-06-07, hours: 9am-8pm}
        - {date: 2026-12-17, hours: 7am-8pm, reason: Long day}
        - {date: 2027-01-04, hours: 9am-8pm, reason: Dated}
        - {from: 2027-01-05, to: 2027-01-06, hours: closed, urgent: true, reason: Snow}
        - {date: 2027-01-05, hours: 9am-8pm, reason: Dated}
        - {date: 2027-01-30, hours: closed}
        - {date: 2027-01-30, hours: closed, reason: Second}
        - {date: 2027-02-06, hours: 1pm-5pm, reason: Fair}
  B: {parent: L, kind: branch, hours: {regular: {daily: 8am-6pm}}}
  K: {parent: L, kind: department, hours: {regular: {daily: 8am-6pm}, exceptions: [{date: 2027-02-07, hours: 1pm-2pm, reason: Open desk}]}}
  F: {parent: L}
  G: {parent: F, hours: {exceptions: [{date: 2026-12-17, hours: 8am-10am, reason: G}], seasons: [{name: G's, from: 06-05, to: 06-09, hours: {daily: 7am-noon}}]}}
  N: {timezone: Europe/Paris}
  H: {parent: N}
  R: {hours: {exceptions: [{date: 2027-02-08, hours: closed, reason: Handed down}]}}
  C: {parent: R, hours: {regular: {mon-fri: 9am-5pm}}}
`
	calendar, findings := New(hub(t, "2026-11-23", text))
	noErrors(t, findings)
	for _, c := range []struct{ name, id, date, want string }{
		{"a closure shortens", "L", "2026-12-01", "12:00-17:00; Site day"},
		{"the note goes with what decided", "B", "2026-12-01", "12:00-18:00; Site day"},
		{"within a kind the library's own", "L", "2026-12-02", "07:00-21:00; Own day"},
		{"a parent's rule is cut by the site's", "B", "2026-12-02", "12:00-18:00; Site day"},
		{"24 hours takes nothing away", "L", "2026-12-03", "09:00-17:00; ; bell"},
		{"by appointment with hours", "L", "2026-12-04", "by appointment; Site day"},
		{"unknown with hours", "L", "2026-12-07", "unknown; Site day"},
		{"to take away means minutes", "L", "2026-12-08", "09:00-12:00, 12:00-17:00; ; bell"},
		{"nothing shared is closed", "L", "2026-12-09", "closed; Site day; late"},
		{"cut to what the library would have", "L", "2026-12-10", "09:00-10:00; Site day"},
		{"for a child the parent's range is cut first", "B", "2026-12-10", "09:00-10:00; Site day"},
		{"no reason at all", "L", "2026-12-11", "closed"},
		{"only here", "L", "2026-12-16", "09:00-20:00; Here"},
		{"not there", "B", "2026-12-16", "08:00-18:00"},
		{"nor with who follows", "F", "2026-12-16", "09:00-17:00; ; bell"},
		{"a season", "L", "2027-06-08", "10:00-15:00; Summer; cool"},
		{"a day the season does not give", "L", "2027-06-05", "closed; Summer"},
		{"a rule does not borrow its name", "L", "2027-06-07", "09:00-20:00"},
		{"a department closed with the season", "K", "2027-06-05", "closed; Summer"},
		{"a department in the parent's season", "K", "2027-06-08", "08:00-18:00"},
		{"a rule that takes nothing away", "B", "2026-12-17", "08:00-18:00"},
		{"a follower has special openings", "F", "2026-12-17", "07:00-20:00; Long day"},
		{"also on a closed day", "F", "2027-02-06", "13:00-17:00; Fair"},
		{"an own rule of one that follows", "G", "2026-12-17", "08:00-10:00; G"},
		{"an own season of one that follows", "G", "2027-06-08", "07:00-12:00; G's"},
		{"there a rule of the parent takes away only", "G", "2027-06-07", "09:00-12:00"},
		{"a follower of a follower", "G", "2027-02-06", "13:00-17:00; Fair"},
		{"urgent goes before dates", "L", "2027-01-04", "10:00-11:00; Storm"},
		{"urgent ranges too", "L", "2027-01-05", "closed; Snow"},
		{"the first of two that agree gives the reason", "L", "2027-01-30", "closed"},
		{"a department's own rule opens it", "K", "2027-02-07", "13:00-14:00; Open desk"},
		{"a department is closed on Sunday", "K", "2027-02-14", "closed"},
		{"after through", "L", "2028-09-01", "unknown"},
		{"the last day", "L", "2028-08-31", "09:00-17:00; ; bell"},
		{"before from", "L", "2026-11-09", "unknown"},
		{"from is not inherited", "B", "2026-11-09", "08:00-18:00"},
		{"through is", "B", "2028-09-01", "unknown"},
		{"a library without hours", "N", "2026-12-11", "unknown"},
		{"one that follows it", "H", "2026-12-11", "unknown"},
		{"one that hands down", "R", "2027-02-08", "unknown"},
		{"what it handed down", "C", "2027-02-08", "closed; Handed down"},
		{"a year from now", "C", "2027-11-23", "09:00-17:00"},
		{"a day later", "C", "2027-11-24", "unknown"},
	} {
		if got := show(calendar.Library(c.id).Day(date(t, c.date))); got != c.want {
			t.Errorf("%s: %s on %s: got %q, want %q", c.name, c.id, c.date, got, c.want)
		}
	}
	by := calendar.Library("B").Day(date(t, "2026-12-01")).By
	if by.Kind != DateRule || by.Library != "" || by.Pos.Line != 4 {
		t.Errorf("the deciding rule is %+v", by)
	}
	if got := calendar.Library("K").Day(date(t, "2027-02-14")).By; got.Kind != ParentClosed || got.Library != "L" {
		t.Errorf("a department is closed by %+v", got)
	}
	if !calendar.Library("G").HasHours() || calendar.Library("N").HasHours() || calendar.Library("X") != nil {
		t.Error("who has hours")
	}
	if zone := calendar.Library("H").Zone().String(); zone != "Europe/Paris" {
		t.Errorf("the zone of a child is %s", zone)
	}
}

// TestPublishedEndOnALeapDay is section 4: a year from 29 February.
func TestPublishedEndOnALeapDay(t *testing.T) {
	t.Parallel()
	calendar, _ := New(hub(t, "2028-02-29", "timezone: America/Chicago\nlibraries: {L: {hours: {regular: {daily: 9am-5pm}}}}"))
	from, through, missing := calendar.Library("L").Published()
	if !from.IsZero() || through.String() != "2029-02-28" || !missing {
		t.Errorf("published from %v through %v, missing %v", from, through, missing)
	}
}

func TestDayAsJSON(t *testing.T) {
	t.Parallel()
	calendar, _ := New(hub(t, "2026-11-23", `
timezone: America/Chicago
libraries:
  L: {hours: {through: 2027-08-31, regular: {mon: 7pm-1am, tue: 6pm-midnight, wed: 24 hours, thu: by appointment},
    exceptions: [{date: 2026-11-27, hours: closed ("call" & <ask>), reason: Größe 1}]}}`))
	for d, want := range map[string]string{
		"2026-11-23": `{"date":"2026-11-23","status":"open","intervals":[{"from":"19:00","to":"25:00"}],"reason":"","note":""}`,
		"2026-11-24": `{"date":"2026-11-24","status":"open","intervals":[{"from":"18:00","to":"24:00"}],"reason":"","note":""}`,
		"2026-11-25": `{"date":"2026-11-25","status":"24hours","intervals":[{"from":"00:00","to":"24:00"}],"reason":"","note":""}`,
		"2026-11-26": `{"date":"2026-11-26","status":"by-appointment","intervals":[],"reason":"","note":""}`,
		"2026-11-27": `{"date":"2026-11-27","status":"closed","intervals":[],"reason":"Größe 1","note":"\"call\" & <ask>"}`,
		"2027-09-01": `{"date":"2027-09-01","status":"unknown","intervals":[],"reason":"","note":""}`,
	} {
		b, err := calendar.Library("L").Day(date(t, d)).AppendJSON(nil)
		if got := string(b); err != nil || got != want {
			t.Errorf("got  %s, %v\nwant %s", got, err, want)
		}
	}
}
