package hours

import (
	"fmt"
	"strconv"
	"strings"
)

// form is how a time of the day is written.
type form uint8

const (
	bare     form = iota // 9
	halfDay              // 9am, 9:30 p.m.
	wholeDay             // 09:30
	word                 // noon, midnight
)

// writtenTime is a time of the day as it is written: its number is not yet a
// time while the half of a bare one is open.
type writtenTime struct {
	form   form
	hour   int // as written
	minute int
	pm     bool // of a halfDay
}

// parseTime reads one end of the interval in text; both are folded.
func parseTime(s, text string) (writtenTime, *Mistake) {
	switch s {
	case "noon":
		return writtenTime{form: word, hour: 12}, nil
	case "midnight":
		return writtenTime{form: word}, nil
	}
	wrong := mistakef("", "%q is no time of the day in %q", s, text)
	number, half, isHalf := cutHalf(s)
	hourText, minuteText, hasMinute := strings.Cut(number, ":")
	hour, ok := digits(hourText, 1, 2)
	if !ok {
		return writtenTime{}, wrong
	}
	minute := 0
	if hasMinute {
		if minute, ok = digits(minuteText, 2, 2); !ok {
			return writtenTime{}, wrong
		}
	}
	t := writtenTime{hour: hour, minute: minute}
	switch {
	case minute > 59:
		return writtenTime{}, mistakef("minutes go from 00 to 59", "%q has no such minute", s)
	case isHalf && (hour < 1 || hour > 12):
		return writtenTime{}, mistakef("write "+twelve(Clock(hour%24*60+minute)), "%q is no time: with am or pm hours go from 1 to 12", s)
	case isHalf:
		t.form, t.pm = halfDay, half == "pm"
	case hasMinute:
		t.form = wholeDay
	}
	if hour > 24 || hour == 24 && minute > 0 {
		hint := "hours go from 00:00 to 24:00"
		if hour < 48 {
			hint = fmt.Sprintf("write %s: an end before the start is on the next day", Clock(hour%24*60+minute))
		}
		return writtenTime{}, mistakef(hint, "%q is past the end of the day", s)
	}
	return t, nil
}

// cutHalf takes am or pm, with or without full stops and a blank, off s.
func cutHalf(s string) (number, half string, ok bool) {
	for _, h := range []struct{ suffix, half string }{{"am", "am"}, {"pm", "pm"}, {"a.m.", "am"}, {"p.m.", "pm"}} {
		if number, ok := strings.CutSuffix(s, h.suffix); ok {
			return strings.TrimSuffix(number, " "), h.half, true
		}
	}
	return s, "", false
}

// digits reads a number of least to most digits.
func digits(s string, least, most int) (int, bool) {
	if len(s) < least || len(s) > most {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// at returns the time as minutes since midnight; a bare one counts as pm says.
func (t writtenTime) at(pm bool) Clock {
	hour := t.hour
	if t.form == halfDay {
		pm = t.pm
	}
	if t.form == bare || t.form == halfDay {
		hour %= 12
		if pm {
			hour += 12
		}
	}
	return Clock(hour*60 + t.minute)
}

// join makes an interval of its two written ends, or says how to write it
// (section 1: the half belongs to both ends in 1-5pm, 9-5 is an error).
func join(from, to writtenTime, text string) (Interval, *Mistake) {
	switch {
	case from.form == bare && to.form == halfDay && sharesHalf(from, to):
		from.form, from.pm = halfDay, to.pm
	case mixed(from, to), mixed(to, from):
		return Interval{}, mistakef(meant(from, to), "%q mixes two forms of writing a time", text)
	case from.form == bare || to.form == bare:
		return Interval{}, mistakef(meant(from, to), "it is not clear which half of the day %q means", text)
	}
	start, end := from.at(false), to.at(false)
	if start == midnight {
		return Interval{}, mistakef("a day begins at 00:00", "24:00 cannot be the start in %q", text)
	}
	if start == end {
		hint := "write two different times"
		if start == 0 {
			hint = "write 24 hours"
		}
		return Interval{}, mistakef(hint, "%q ends when it starts", text)
	}
	if end < start {
		end += midnight
	}
	return Interval{start, end}, nil
}

// mixed reports whether only one of two ends is written as on a 24-hour clock.
func mixed(a, b writtenTime) bool {
	return a.form == wholeDay && (b.form == halfDay || b.form == bare)
}

// sharesHalf reports whether a bare time may take the half of the day of the
// end that follows it: it does in 12-5pm (noon to 5) and not in 9-5pm.
func sharesHalf(from, to writtenTime) bool {
	return from.hour >= 1 && from.hour <= 12 && from.at(to.pm) < to.at(false)
}

// meant is the hint for ends that do not go together: what the author most
// likely meant, written right.
func meant(from, to writtenTime) string {
	if to.form == halfDay && to.hour == 12 && !to.pm && from.form == bare {
		// 10-12am is a night that ends at midnight, or noon gone wrong.
		return fmt.Sprintf("write %s or %s", spoken(Interval{from.at(false), 12 * 60}), spoken(Interval{from.at(true), midnight}))
	}
	var best Interval
	for _, start := range from.readings() {
		for _, end := range to.readings() {
			if end <= start {
				end += midnight
			}
			if i := (Interval{start, end}); best == (Interval{}) || oddity(i) < oddity(best) {
				best = i
			}
		}
	}
	if from.form != halfDay && to.form != halfDay && (from.isNumber24() || to.isNumber24()) {
		return "write " + best.String()
	}
	return "write " + spoken(best)
}

// readings are the times that a written time may mean.
func (t writtenTime) readings() []Clock {
	if (t.form == bare || t.form == wholeDay) && t.hour >= 1 && t.hour <= 12 {
		t.form = bare
		return []Clock{t.at(false), t.at(true)}
	}
	if t.form == bare {
		t.form = wholeDay
	}
	return []Clock{t.at(false)}
}

// isNumber24 reports whether the time is written as on a 24-hour clock.
func (t writtenTime) isNumber24() bool {
	return t.form == wholeDay || t.form == bare && (t.hour == 0 || t.hour > 12)
}

// oddity grows with how unlikely an interval is for a library: long, through
// midnight, before six in the morning.
func oddity(i Interval) int {
	odd := int(i.To - i.From)
	if i.To > midnight {
		odd += 1000
	}
	if i.From < 6*60 {
		odd += 800
	}
	return odd
}

// spoken formats an interval in 12-hour times for hints: 9am-noon.
func spoken(i Interval) string { return twelve(i.From) + "-" + twelve(i.To) }

func twelve(c Clock) string {
	c %= midnight
	switch c {
	case 0:
		return "midnight"
	case 12 * 60:
		return "noon"
	}
	hour, half := c/60%12, "am"
	if hour == 0 {
		hour = 12
	}
	if c >= 12*60 {
		half = "pm"
	}
	if c%60 == 0 {
		return fmt.Sprintf("%d%s", hour, half)
	}
	return fmt.Sprintf("%d:%02d%s", hour, c%60, half)
}
