package hours

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// monthDay is a date of every year: 100 times the month plus the day, so that
// they compare in the order of the year. 229 is 29 February, which gives
// section 2 its rule by itself: in other years nothing equals it, and as an
// end it lies after 28 February, as a start before 1 March.
type monthDay int16

func monthDayOf(d civil.Date) monthDay {
	_, month, day := d.YMD()
	return monthDay(int(month)*100 + day)
}

// String formats the date as an author writes it: 12-24.
func (m monthDay) String() string { return fmt.Sprintf("%02d-%02d", m/100, m%100) }

// on returns the date in a year; false on 29 February in other years.
func (m monthDay) on(year int) (civil.Date, bool) {
	d := civil.New(year, time.Month(m/100), int(m%100))
	return d, monthDayOf(d) == m
}

// writtenDate is a full date or one of every year; the other is zero.
type writtenDate struct {
	full   civil.Date
	yearly monthDay
}

func (w writtenDate) isYearly() bool { return w.yearly != 0 }

// parseDate reads 2026-11-25 or 12-24.
func parseDate(text string) (writtenDate, *Mistake) {
	text = plain(text)
	if month, day, ok := parseMonthDay(text); ok {
		// 2028 is a leap year: a day that it lacks exists in no year.
		if month < 1 || month > 12 || day < 1 || day > civil.New(2028, time.Month(month), 1).DaysInMonth() {
			return writtenDate{}, mistakef("write month and day, such as 12-24", "%q does not exist in the calendar", text)
		}
		return writtenDate{yearly: monthDay(month*100 + day)}, nil
	}
	full, err := civil.Parse(text)
	if err != nil {
		return writtenDate{}, mistakef(dateHint(text), "%s", dateTrouble(text, err))
	}
	return writtenDate{full: full}, nil
}

func dateTrouble(text string, err error) string {
	if regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(text) {
		return err.Error()
	}
	return fmt.Sprintf("%q is not a date like 2026-11-25 or, for every year, 11-25", text)
}

// parseFullDate reads 2026-11-25.
func parseFullDate(text string) (civil.Date, *Mistake) {
	w, m := parseDate(text)
	if m == nil && w.isYearly() {
		m = mistakef("", "%q has no year here (write it like 2027-%s)", plain(text), w.yearly)
	}
	return w.full, m
}

func parseMonthDay(text string) (month, day int, ok bool) {
	if len(text) != 5 || text[2] != '-' {
		return 0, 0, false
	}
	month, okMonth := digits(text[:2], 2, 2)
	day, okDay := digits(text[3:], 2, 2)
	return month, day, okMonth && okDay
}

// dateRange matches two dates where one belongs.
var dateRange = regexp.MustCompile(`^((?:\d{4}-)?\d\d-\d\d) *(?:to|through|until|-|–|—|\.\.) *((?:\d{4}-)?\d\d-\d\d)$`)

// dateHint shows how to write a date that was written in another order or
// without its zeros.
func dateHint(text string) string {
	if ends := dateRange.FindStringSubmatch(text); ends != nil {
		return "write from: " + ends[1] + ", to: " + ends[2]
	}
	for _, shape := range []struct {
		expression       string
		year, month, day int // which group
	}{
		{`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`, 1, 2, 3},
		{`^(\d{1,2})/(\d{1,2})/(\d{4})$`, 3, 1, 2},
		{`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`, 3, 2, 1},
		{`^(?:--)?(\d{1,2})[-/](\d{1,2})$`, 0, 1, 2},
	} {
		found := regexp.MustCompile(shape.expression).FindStringSubmatch(text)
		if found == nil {
			continue
		}
		month, _ := strconv.Atoi(found[shape.month])
		day, _ := strconv.Atoi(found[shape.day])
		right := fmt.Sprintf("%02d-%02d", month, day)
		if shape.year > 0 {
			right = found[shape.year] + "-" + right
		}
		if right == text {
			return "" // the shape is right, the day does not exist
		}
		if _, m := parseDate(right); m == nil {
			return "write " + right
		}
	}
	return ""
}
