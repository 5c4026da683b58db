// Package hours is the opening-hours calculus: what a library's day is, by
// which rule, and whether it is open at an instant. Its text is the "Opening
// hours, exactly" part of the contract (hours.md); the sections named in
// comments are that page's.
//
// It works on plain data: [Spec] holds the values as an author wrote them, each
// with its place, and [New] turns them into a [Calendar] that is read-only and
// safe for concurrent use, and into findings. The package knows no YAML, no
// language (the words for people are made by package lang from what is here)
// and reads no clock: the time of the question is [Spec.Now].
//
// content fills the Spec, hub holds the Calendar, output and cmd ask it:
//
//	calendar, findings := hours.New(spec)
//	day := calendar.Library("prairie-grove").Day(civil.New(2026, time.November, 25))
//	fmt.Println(day.Status, day.Intervals, day.Reason) // open [09:00-17:00] Thanksgiving Eve
//
// Dates are dates and times of the day are minutes all the way; instants come
// last, through the tz database that the package carries ([Zone]), never the
// machine's.
package hours

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// Status is what a day or an instant is. The zero Status is Unknown.
type Status uint8

// The statuses of a day. An instant has all but AllDay.
const (
	Unknown       Status = iota // not said, or not yet published; never "closed"
	Closed                      // closed
	Open                        // open in the day's intervals
	AllDay                      // open from 00:00 to 24:00
	ByAppointment               // nobody may just walk in
)

// String is the word that the API uses: open, closed, 24hours, by-appointment
// or unknown.
func (s Status) String() string {
	switch s {
	case Closed:
		return "closed"
	case Open:
		return "open"
	case AllDay:
		return "24hours"
	case ByAppointment:
		return "by-appointment"
	default:
		return "unknown"
	}
}

// MarshalText is String for JSON.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Clock is a time of the day in minutes since midnight, as a clock on the
// library's wall shows it. Past 24:00 it is a time of the next day.
type Clock int16

// midnight is the end of a day.
const midnight Clock = 24 * 60

// String formats the time as 09:00; the hour passes 24 on the next day.
func (c Clock) String() string { return string(c.append(nil)) }

// MarshalText is String for JSON.
func (c Clock) MarshalText() ([]byte, error) { return c.append(nil), nil }

func (c Clock) append(b []byte) []byte {
	h, m := c/60, c%60
	return append(b, byte('0'+h/10), byte('0'+h%10), ':', byte('0'+m/10), byte('0'+m%10))
}

// Interval is a time during which a library is open: From before To, and
// From on the day itself. To passes 24:00 when the library closes on the
// next day.
type Interval struct{ From, To Clock }

// String formats the interval in 24-hour times as an author may write it:
// 19:00-01:00.
func (i Interval) String() string {
	until := i.To
	if until > midnight {
		until -= midnight
	}
	return i.From.String() + "-" + until.String()
}

// Value is what a day says: a status with its intervals and a note. Intervals
// are in order of time and do not overlap; they are empty unless the status is
// Open or AllDay, and exactly 00:00 to 24:00 when it is AllDay. Values share
// their intervals: read them, never write.
type Value struct {
	Status    Status
	Intervals []Interval
	Note      string
}

// String formats the value as an author may write it, so that [Parse] reads it
// back: "09:00-12:00, 13:00-17:00 (ring the bell)".
func (v Value) String() string {
	var text string
	switch v.Status {
	case Closed:
		text = "closed"
	case AllDay:
		text = "24 hours"
	case ByAppointment:
		text = "by appointment"
	case Unknown:
		text = "unknown"
	case Open:
		parts := make([]string, len(v.Intervals))
		for i, interval := range v.Intervals {
			parts[i] = interval.String()
		}
		text = strings.Join(parts, ", ")
	}
	if v.Note != "" {
		text += " (" + v.Note + ")"
	}
	return text
}

// Equal reports whether two values say the same, note included.
func (v Value) Equal(w Value) bool {
	return v.Note == w.Note && v.sameHours(w)
}

func (v Value) sameHours(w Value) bool {
	return v.Status == w.Status && slices.Equal(v.Intervals, w.Intervals)
}

// Kind tells what sort of line decided a day.
type Kind uint8

// The kinds of sources. From DateRule on they are rules, in the order in which
// they go before each other (section 3).
const (
	NoSource        Kind = iota // nothing says anything of the day: no hours at all
	Unpublished                 // outside the published period
	Regular                     // the regular week
	Season                      // a season
	ParentClosed                // a department closed because its library's plain day is
	DateRule                    // full dates
	YearlyDateRule              // dates of every year
	HolidayRule                 // a holiday
	RangeRule                   // from one full date to another
	YearlyRangeRule             // from one date to another, every year
)

// IsRule reports whether the source is an exception or a closure.
func (k Kind) IsRule() bool { return k >= DateRule }

// Source is the line of a file that decided a day.
type Source struct {
	Kind    Kind
	Urgent  bool     // a rule that goes before all that are not urgent
	Library string   // ID of the library that owns the line; empty for the site's closures
	Name    string   // of a season
	Pos     diag.Pos // of the rule, the season, the regular week; zero for NoSource and Unpublished
}

// Day is the answer for one library and date.
type Day struct {
	Date      civil.Date
	Status    Status
	Intervals []Interval // as in Value
	Reason    string     // why the day is what it is, in the author's words or a holiday's English name; may be empty
	Note      string
	By        *Source // what decided: the first rule that hits the day, else season or regular week; never nil
}

// Value returns what the day says without date, reason and source.
func (d Day) Value() Value { return Value{d.Status, d.Intervals, d.Note} }

// Same reports whether two days say the same of different dates: status,
// intervals, reason and note.
func (d Day) Same(e Day) bool { return d.Reason == e.Reason && d.Value().Equal(e.Value()) }

// MarshalJSON writes the day as the API shows it (section 7).
func (d Day) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil) }

// AppendJSON appends what MarshalJSON returns; its error is always nil.
func (d Day) AppendJSON(b []byte) ([]byte, error) {
	b = append(b, `{"date":"`...)
	b, _ = d.Date.AppendText(b)
	b = append(b, `","status":"`...)
	b = append(b, d.Status.String()...)
	b = append(b, `","intervals":[`...)
	for i, interval := range d.Intervals {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"from":"`...)
		b = interval.From.append(b)
		b = append(b, `","to":"`...)
		b = interval.To.append(b)
		b = append(b, `"}`...)
	}
	b = append(b, `],"reason":`...)
	b = appendQuoted(b, d.Reason)
	b = append(b, `,"note":`...)
	b = appendQuoted(b, d.Note)
	return append(b, '}'), nil
}

// appendQuoted appends s as a JSON string.
func appendQuoted(b []byte, s string) []byte {
	if s == "" {
		return append(b, `""`...)
	}
	var quoted bytes.Buffer
	enc := json.NewEncoder(&quoted)
	enc.SetEscapeHTML(false) // the text is for programs; & stays &
	if err := enc.Encode(s); err != nil {
		panic(fmt.Sprintf("hours: a string that is no JSON: %v", err)) // cannot happen: any string has a JSON form
	}
	return append(b, bytes.TrimSuffix(quoted.Bytes(), []byte("\n"))...)
}
