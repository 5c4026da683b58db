package hours

import (
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
)

func show(d Day) string {
	parts := []string{Value{Status: d.Status, Intervals: d.Intervals}.String()}
	for _, p := range []string{d.Reason, d.Note} {
		parts = append(parts, p)
	}
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
