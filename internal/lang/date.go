package lang

import (
	"strconv"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// Dates are written without non-breaking blanks, so that a search finds them;
// layouts keep them on one line with the style of <time>.

// LongDate writes a date in full: "Wednesday, November 25, 2026".
func (w *Words) LongDate(d civil.Date) string { return w.date("date-long", d) }

// LongDay writes a date in full without its year: "Wednesday, November 25".
func (w *Words) LongDay(d civil.Date) string { return w.date("date-long-day", d) }

// Date writes a date: "November 25, 2026".
func (w *Words) Date(d civil.Date) string { return w.date("date", d) }

// Day writes a date without its year: "November 25".
func (w *Words) Day(d civil.Date) string { return w.date("date-day", d) }

// ShortDate writes a date short: "Nov 25, 2026".
func (w *Words) ShortDate(d civil.Date) string { return w.date("date-short", d) }

// ShortDay writes a date short and without its year: "Nov 25".
func (w *Words) ShortDay(d civil.Date) string { return w.date("date-short-day", d) }

// ShortWeekday writes a date short with its weekday: "Wed, Nov 25".
func (w *Words) ShortWeekday(d civil.Date) string { return w.date("date-short-weekday", d) }

// MonthYear writes a date's month: "November 2026".
func (w *Words) MonthYear(d civil.Date) string { return w.date("date-month", d) }

// Weekday returns the name of a day of the week: "Wednesday".
func (w *Words) Weekday(d time.Weekday) string { return w.weekdays[d] }

// WeekdayShort returns the short name of a day of the week: "Wed".
func (w *Words) WeekdayShort(d time.Weekday) string { return w.weekdaysShort[d] }

// Week returns the days of the week in the order in which the language counts
// them.
func (w *Words) Week() []time.Weekday {
	week := make([]time.Weekday, 7)
	for i := range week {
		week[i] = (w.weekStart + time.Weekday(i)) % 7
	}
	return week
}

// datePlaceholders lists the parts that every form of a date may use.
func datePlaceholders() []string {
	return []string{"weekday", "weekday-short", "month", "month-short", "day", "year"}
}

func (w *Words) date(key string, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.YMD()
	weekday := d.Weekday()
	return w.T(key,
		"weekday", w.weekdays[weekday], "weekday-short", w.weekdaysShort[weekday],
		"month", w.months[month], "month-short", w.monthsShort[month],
		"day", strconv.Itoa(day), "year", strconv.Itoa(year))
}

// DateRangeYear writes a run of days with its years: "Nov 25, 2026",
// "Nov 25–27, 2026", "Dec 20, 2026 – Jan 3, 2027". A run that is open on one
// side is "from Nov 25, 2026" or "until Dec 3, 2026".
func (w *Words) DateRangeYear(r civil.Range) string {
	from, until := r.From, r.Until
	switch {
	case r.IsZero():
		return ""
	case until.IsZero():
		return w.T("date-from", "date", w.ShortDate(from))
	case from.IsZero():
		return w.T("date-until", "date", w.ShortDate(until))
	case from == until:
		return w.ShortDate(from)
	case from.Year() == until.Year() && from.Month() == until.Month():
		return w.T("date-range-in-month-year", "month-short", w.monthsShort[from.Month()], "month", w.months[from.Month()],
			"from", strconv.Itoa(from.Day()), "until", strconv.Itoa(until.Day()), "year", strconv.Itoa(from.Year()))
	case from.Year() == until.Year():
		return w.T("date-range", "from", w.ShortDay(from), "until", w.ShortDate(until))
	}
	return w.T("date-range", "from", w.ShortDate(from), "until", w.ShortDate(until))
}
