package hours

import (
	"fmt"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// holiday is a day that is found anew each year (section 2). Days of the
// United States: 5 U.S.C. 6103; Lincoln's Birthday and Casimir Pulaski Day:
// 5 ILCS 490.
type holiday struct {
	id, name string
	day      func(year int) civil.Date
}

// holidays are all holidays, in the order of the contract.
func holidays() []holiday {
	fixed := func(month time.Month, day int) func(int) civil.Date {
		return func(year int) civil.Date { return civil.New(year, month, day) }
	}
	nth := func(n int, weekday time.Weekday, month time.Month) func(int) civil.Date {
		return func(year int) civil.Date { return nthWeekday(year, month, weekday, n) }
	}
	return []holiday{
		{"new-years-day", "New Year's Day", fixed(time.January, 1)},
		{"martin-luther-king-day", "Martin Luther King Jr. Day", nth(3, time.Monday, time.January)},
		{"lincolns-birthday", "Lincoln's Birthday", fixed(time.February, 12)},
		{"presidents-day", "Presidents' Day", nth(3, time.Monday, time.February)},
		{"casimir-pulaski-day", "Casimir Pulaski Day", nth(1, time.Monday, time.March)},
		{"good-friday", "Good Friday", func(year int) civil.Date { return easter(year).AddDays(-2) }},
		{"easter", "Easter", easter},
		{"memorial-day", "Memorial Day", func(year int) civil.Date {
			return nthWeekday(year, time.June, time.Monday, 1).AddDays(-7)
		}},
		{"juneteenth", "Juneteenth", fixed(time.June, 19)},
		{"independence-day", "Independence Day", fixed(time.July, 4)},
		{"labor-day", "Labor Day", nth(1, time.Monday, time.September)},
		{"columbus-day", "Columbus Day", nth(2, time.Monday, time.October)},
		{"indigenous-peoples-day", "Indigenous Peoples' Day", nth(2, time.Monday, time.October)},
		{"veterans-day", "Veterans Day", fixed(time.November, 11)},
		{"thanksgiving", "Thanksgiving Day", nth(4, time.Thursday, time.November)},
		{"christmas-eve", "Christmas Eve", fixed(time.December, 24)},
		{"christmas-day", "Christmas Day", fixed(time.December, 25)},
		{"new-years-eve", "New Year's Eve", fixed(time.December, 31)},
	}
}

// nthWeekday returns the nth such day of the week in a month, n from 1.
func nthWeekday(year int, month time.Month, weekday time.Weekday, n int) civil.Date {
	first := civil.New(year, month, 1)
	return first.AddDays(int(weekday-first.Weekday()+7)%7 + 7*(n-1))
}

// easter is Easter Sunday of the Gregorian calendar, by the anonymous algorithm
// in Nature 13 (1876), p. 487, as in Meeus, Astronomical Algorithms, chapter 8.
func easter(year int) civil.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (b - (b+8)/25 + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return civil.New(year, time.Month(n/31), n%31+1)
}

// observedOn returns the weekday on which a holiday is kept besides its own
// day: the Friday before a Saturday, the Monday after a Sunday.
func observedOn(day civil.Date) (civil.Date, bool) {
	switch day.Weekday() {
	case time.Saturday:
		return day.AddDays(-1), true
	case time.Sunday:
		return day.AddDays(1), true
	}
	return civil.Date{}, false
}

// offsetName is the reason of a day that lies n days from a holiday.
func offsetName(name string, n int) string {
	switch {
	case n == 0:
		return name
	case n == 1:
		return "Day after " + name
	case n == -1:
		return "Day before " + name
	case n > 0:
		return fmt.Sprintf("%d days after %s", n, name)
	default:
		return fmt.Sprintf("%d days before %s", -n, name)
	}
}
