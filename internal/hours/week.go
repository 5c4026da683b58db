package hours

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// days is a set of days of the week.
type days [7]bool // by time.Weekday

// parseDays reads the key of a week's line: mon, fri-mon, "mon, wed-fri",
// daily, weekdays, weekends (section 1).
func parseDays(key string) (days, *Mistake) {
	var set days
	for part := range strings.SplitSeq(fold(plain(key)), ",") {
		first, last, m := parseDayRange(strings.TrimSpace(part))
		if m != nil {
			return days{}, m
		}
		for d := first; ; d = (d + 1) % 7 {
			if set[d] {
				return days{}, mistakef("name each day once", "%s is given twice in %q", d, key)
			}
			set[d] = true
			if d == last {
				break
			}
		}
	}
	return set, nil
}

func parseDayRange(text string) (first, last time.Weekday, m *Mistake) {
	switch text {
	case "":
		return 0, 0, mistakef("write a day such as mon", "a day is missing")
	case "daily":
		return time.Monday, time.Sunday, nil
	case "weekdays":
		return time.Monday, time.Friday, nil
	case "weekends":
		return time.Saturday, time.Sunday, nil
	}
	from, to, isRange := strings.Cut(text, "-")
	if first, m = parseDay(strings.TrimSpace(from)); m != nil {
		return 0, 0, m
	}
	if !isRange {
		return first, first, nil
	}
	if last, m = parseDay(strings.TrimSpace(to)); m != nil {
		return 0, 0, m
	}
	if first == last {
		return 0, 0, mistakef("write one day, or daily", "%q begins and ends with the same day", text)
	}
	return first, last, nil
}

// joinedDays matches what people write between days besides a comma.
var joinedDays = regexp.MustCompile(` *(?:&|\+|/|\band\b) *`)

func parseDay(s string) (time.Weekday, *Mistake) {
	var names []string
	for d := range time.Saturday + 1 {
		name := strings.ToLower(d.String())
		if s == name || s == name[:3] {
			return d, nil
		}
		names = append(names, name[:3], name)
	}
	return 0, mistakef(dayHint(s, names), "%q is no day of the week", s)
}

// dayHint finds the day that a word was meant to be: tues and thurs are
// shorter than they should be, montag is not English.
func dayHint(s string, names []string) string {
	if joined := joinedDays.ReplaceAllString(s, ", "); joined != s {
		if _, m := parseDays(joined); m == nil {
			return fmt.Sprintf("write %q", joined)
		}
	}
	if near := diag.Suggest(s, append(names, "daily", "weekdays", "weekends")); near != "" {
		return diag.DidYouMean(s, []string{near})
	}
	for _, name := range names {
		if len(name) == 3 && utf8.RuneCountInString(s) > 3 && strings.HasPrefix(s, name) {
			return "write " + name
		}
	}
	return "write mon, tue, wed, thu, fri, sat or sun, a range like mon-thu, daily, weekdays or weekends"
}
