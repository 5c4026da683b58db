// Package civil holds dates without a time and without a zone, as a librarian
// writes them: 2026-11-25. It knows the proleptic Gregorian calendar (ISO
// 8601) and nothing of time zones; an instant becomes a date only together
// with a zone, through [Of].
//
// It is at the bottom of the program: hours, hub and the words of a language
// stand on it.
package civil

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// Date is a day. The zero Date is "no date": it is before every other date,
// IsZero reports it and it formats as "". Dates compare with ==.
// The years 1 to 9999 are supported.
type Date struct {
	days int32 // days since 0000-12-31, so that 0001-01-01 is 1
}

// epoch is the number of 1970-01-01.
const epoch = 719163

// New returns the date, normalised as [time.Date] normalises: 32 January is
// 1 February.
func New(year int, month time.Month, day int) Date {
	return Of(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Of returns the date that a clock in the instant's own location shows.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	utc := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()
	return Date{int32(utc/86400 + epoch)}
}

// Parse reads a date written as YYYY-MM-DD. The day must exist.
func Parse(s string) (Date, error) {
	if len(s) != 10 {
		return Date{}, fmt.Errorf("%q is not a date like 2026-11-25", s)
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		if _, err := time.Parse("2006-01", s[:7]); err == nil && s[7] == '-' && digits(s[8:]) {
			return Date{}, fmt.Errorf("%q does not exist in the calendar", s)
		}
		return Date{}, fmt.Errorf("%q is not a date like 2026-11-25", s)
	}
	if t.Year() < 1 {
		return Date{}, fmt.Errorf("%q is before the year 1", s)
	}
	return Of(t), nil
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d.days == 0 }

// YMD returns the year, month and day; 0, 0, 0 for no date.
func (d Date) YMD() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	// Howard Hinnant, "chrono-compatible low-level date algorithms",
	// civil_from_days: an era is 400 years that begin on 1 March.
	z := int(d.days) - epoch + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	m := mp + 3
	year = yoe + era*400
	if m > 12 {
		m, year = m-12, year+1
	}
	return year, time.Month(m), day
}

// Year returns the year.
func (d Date) Year() int { y, _, _ := d.YMD(); return y }

// Month returns the month.
func (d Date) Month() time.Month { _, m, _ := d.YMD(); return m }

// Day returns the day of the month, from 1.
func (d Date) Day() int { _, _, day := d.YMD(); return day }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(d.days % 7) // 0001-01-01, number 1, is a Monday
}

// AddDays returns the date n days later, or earlier when n is negative.
// No date stays no date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return Date{d.days + int32(n)}
}

// AddMonths returns the same day of the month n months later, or the last day
// of that month when it is shorter: 29 February and twelve months are
// 28 February.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.YMD()
	first := New(y, m+time.Month(n), 1)
	return first.AddDays(min(day, first.DaysInMonth()) - 1)
}

// DaysInMonth returns how many days d's month has.
func (d Date) DaysInMonth() int {
	y, m, _ := d.YMD()
	return New(y, m+1, 1).Sub(New(y, m, 1))
}

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.days - e.days) }

// Compare orders dates; no date comes first.
func (d Date) Compare(e Date) int { return cmp.Compare(d.days, e.days) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.days < e.days }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.days > e.days }

// String formats the date as YYYY-MM-DD, no date as "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	b, _ := d.AppendText(make([]byte, 0, 10))
	return string(b)
}

// AppendText appends what String returns; its error is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.IsZero() {
		return b, nil
	}
	y, m, day := d.YMD()
	two := func(n int) { b = append(b, byte('0'+n/10%10), byte('0'+n%10)) }
	if y > 9999 {
		b = strconv.AppendInt(b, int64(y/100), 10)
	} else {
		two(y / 100)
	}
	two(y % 100)
	b = append(b, '-')
	two(int(m))
	b = append(b, '-')
	two(day)
	return b, nil
}

// MarshalText formats the date for JSON and XML.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	var err error
	*d, err = Parse(string(text))
	return err
}

// Range is a run of days, both ends inclusive. A zero end is open.
type Range struct{ From, Until Date }

// Contains reports whether the range holds d.
func (r Range) Contains(d Date) bool {
	return !d.Before(r.From) && (r.Until.IsZero() || !d.After(r.Until))
}

// IsZero reports whether both ends are open.
func (r Range) IsZero() bool { return r.From.IsZero() && r.Until.IsZero() }

// Moment is what the program takes for "now": an instant, or a date that
// means the start of that day wherever one asks.
type Moment struct {
	date    Date
	instant time.Time
}

// Start returns the moment that is the start of day d in each zone.
func Start(d Date) Moment { return Moment{date: d} }

// Instant returns the moment that is one instant in all zones.
func Instant(t time.Time) Moment { return Moment{instant: t} }

// In returns the moment as an instant shown in loc.
func (m Moment) In(loc *time.Location) time.Time {
	if m.date.IsZero() {
		return m.instant.In(loc)
	}
	return m.date.At(0, loc)
}

// Date returns the day that the moment falls on in loc.
func (m Moment) Date(loc *time.Location) Date {
	if m.date.IsZero() {
		return Of(m.instant.In(loc))
	}
	return m.date
}
