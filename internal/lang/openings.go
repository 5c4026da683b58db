package lang

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hours"
)

// Hours writes what a day says, without its note: "9am–9pm", "closed", "open
// 24 hours", "by appointment", "hours not known". It stands within a sentence;
// see [Words.Capital].
func (w *Words) Hours(v hours.Value) string {
	switch v.Status {
	case hours.Open:
		return w.Intervals(v.Intervals)
	case hours.Closed:
		return w.T("hours-closed")
	case hours.AllDay:
		return w.T("hours-all-day")
	case hours.ByAppointment:
		return w.T("hours-by-appointment")
	}
	return w.T("hours-unknown")
}

// DayHours writes the answer for a day, without its note. A day outside the
// published period is "not published yet", which is never "closed".
func (w *Words) DayHours(d hours.Day) string {
	if d.By != nil && d.By.Kind == hours.Unpublished {
		return w.T("hours-unpublished")
	}
	return w.Hours(d.Value())
}

// WeekLine is a run of days of the week that say the same, in words.
type WeekLine struct {
	hours.WeekGroup
	Days  string // "Mon–Thu", "Sat, Sun", "Every day"
	Hours string // as Hours writes it
}

// RegularWeek writes a week, given from Sunday, as runs of equal days. It
// begins with Monday, whatever the language's first day, so that a weekend
// stays together.
func (w *Words) RegularWeek(week [7]hours.Value) []WeekLine {
	var fromMonday hours.Week
	for i := range week {
		fromMonday.Days[i] = week[(i+1)%7]
	}
	var lines []WeekLine
	for _, g := range fromMonday.Groups() {
		lines = append(lines, WeekLine{g, w.weekdayRange(g.First, g.Last), w.Hours(g.Value)})
	}
	return lines
}

func (w *Words) weekdayRange(first, last time.Weekday) string {
	from, to := w.weekdaysShort[first], w.weekdaysShort[last]
	switch (last - first + 7) % 7 {
	case 0:
		return w.Capital(from)
	case 1:
		return w.Capital(from) + w.T("list-comma") + to
	case 6:
		return w.T("every-day")
	}
	return w.T("weekday-range", "from", w.Capital(from), "to", to)
}

// Status writes how a library is at an instant, given in its zone, for whoever
// asked about that instant: "open until 9pm", "closed, opens Monday at 9am",
// "closed until Tuesday, January 4 at 9am". A built page must not say so, as it
// is read at another time.
func (w *Words) Status(at time.Time, s hours.State) string {
	switch s.Status {
	case hours.Open, hours.AllDay:
		return w.openStatus(at, s.Until)
	case hours.Closed:
		return w.closedStatus(at, s.NextOpen)
	case hours.ByAppointment:
		return w.T("status-by-appointment")
	}
	return w.T("status-unknown")
}

func (w *Words) openStatus(at, until time.Time) string {
	switch {
	case until.IsZero():
		return w.T("status-open")
	case until.Sub(at) < 24*time.Hour:
		return w.T("status-open-until", "until", w.Until(clockOf(until)))
	}
	return w.T("status-open-until-day", "day", w.dayFrom(at, until), "at", w.At(clockOf(until)))
}

func (w *Words) closedStatus(at, opens time.Time) string {
	if opens.IsZero() {
		return w.T("status-closed")
	}
	when := w.At(clockOf(opens))
	switch days := civil.Of(opens).Sub(civil.Of(at)); {
	case days == 0:
		return w.T("status-closed-opens", "at", when)
	case days < 7:
		return w.T("status-closed-opens-day", "weekday", w.weekdays[opens.Weekday()], "at", when)
	}
	return w.T("status-closed-until", "day", w.dayFrom(at, opens), "at", when)
}

// dayFrom writes a day in full, with its year if it is not that of now.
func (w *Words) dayFrom(now, t time.Time) string {
	if now.Year() == t.Year() {
		return w.LongDay(civil.Of(t))
	}
	return w.LongDate(civil.Of(t))
}

// clockOf returns the time that a clock in the instant's zone shows.
func clockOf(t time.Time) hours.Clock { return hours.Clock(t.Hour()*60 + t.Minute()) }

// Holiday writes the name of a holiday, given as the calculus gives it in
// English: "Thanksgiving Day", "Christmas Day (observed)", "Day after
// Thanksgiving Day". ok is false for a text that is none.
func (w *Words) Holiday(english string) (name string, ok bool) {
	if base, observed := strings.CutSuffix(english, " (observed)"); observed {
		name, ok = w.Holiday(base)
		return w.T("holiday-observed", "holiday", name), ok
	}
	days, base, order := splitOffset(english)
	if order != "" {
		if name, ok = w.Holiday(base); !ok {
			return "", false
		}
		return w.N("holiday-days-"+order, days, "holiday", name), true
	}
	key := "holiday-" + Slug(english)
	if !slices.Contains(holidayKeys(), key) {
		return "", false
	}
	return w.T(key), true
}

// splitOffset takes "3 days after Easter" apart; order is "after", "before" or,
// when there is no offset, "".
func splitOffset(s string) (days int, base, order string) {
	count, rest, found := strings.Cut(s, " ")
	if !found {
		return 0, s, ""
	}
	days, err := strconv.Atoi(count)
	switch {
	case count == "Day":
		days = 1
	case err == nil && strings.HasPrefix(rest, "days "):
		rest = strings.TrimPrefix(rest, "days ")
	default:
		return 0, s, ""
	}
	for _, order := range []string{"after", "before"} {
		if base, found := strings.CutPrefix(rest, order+" "); found {
			return days, base, order
		}
	}
	return 0, s, ""
}

// holidayKeys lists the words for holidays: those of the contract's hours.md,
// section 5.
func holidayKeys() []string {
	return []string{
		"holiday-new-years-day", "holiday-martin-luther-king-jr-day", "holiday-lincolns-birthday", "holiday-presidents-day",
		"holiday-casimir-pulaski-day", "holiday-good-friday", "holiday-easter", "holiday-memorial-day", "holiday-juneteenth",
		"holiday-independence-day", "holiday-labor-day", "holiday-columbus-day", "holiday-indigenous-peoples-day", "holiday-veterans-day",
		"holiday-thanksgiving-day", "holiday-christmas-eve", "holiday-christmas-day", "holiday-new-years-eve",
	}
}
