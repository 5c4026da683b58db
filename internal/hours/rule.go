package hours

import (
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// placed is a value of a day and where it stands.
type placed struct {
	Value
	pos diag.Pos
}

// week is a value for each day of the week, by time.Weekday. A day that the
// pattern does not give is nil.
type week [7]*placed

// rule is an exception of a library or a closure of the site, read and sound.
type rule struct {
	source   Source
	index    int  // in the file, from 0
	onlyHere bool // of an exception: it does not reach the children
	single   bool // one value for all its days, not a pattern
	week     week // the value by weekday; nil where a pattern does not touch the day

	dates      []civil.Date // of a DateRule
	yearly     []monthDay   // of a YearlyDateRule
	from, to   writtenDate  // of a RangeRule and a YearlyRangeRule
	holidayDay func(year int) civil.Date
	offset     int  // days from the holiday
	observed   bool // the holiday's Friday or Monday too

	reasonPos      diag.Pos
	reason         string // what the author gave, else the holiday's name
	observedReason string // on the Friday or Monday
}

// hit is a rule that has a day; rule is nil where none has it.
type hit struct {
	rule     *rule
	observed bool // by the holiday's observance, not by its own day
}

func (h hit) reason() string {
	if h.observed {
		return h.rule.observedReason
	}
	return h.rule.reason
}

// rank orders rules: urgent ones first, then by kind (section 3). The order of
// the kinds is that of their constants.
func (r *rule) rank() int {
	rank := int(r.source.Kind)
	if !r.source.Urgent {
		rank += 100
	}
	return rank
}

// reaches reports whether the rule counts below its owner, or else for the
// owner itself.
func (r *rule) reaches(below bool) bool { return !below || !r.onlyHere }

// eachDay calls yield for each day of the year that the rule has by its own
// dates, in no special order. Days that it has by observance come from
// eachObserved.
func (r *rule) eachDay(year int, yield func(civil.Date)) {
	switch r.source.Kind {
	case DateRule:
		for _, d := range r.dates {
			if d.Year() == year {
				yield(d)
			}
		}
	case YearlyDateRule:
		for _, md := range r.yearly {
			if d, ok := md.on(year); ok {
				yield(d)
			}
		}
	case HolidayRule:
		r.eachHoliday(year, func(holiday civil.Date) {
			if d := holiday.AddDays(r.offset); d.Year() == year {
				yield(d)
			}
		})
	case RangeRule, YearlyRangeRule:
		for _, part := range daysOf(r.from, r.to, year) {
			for d := part.From; !d.After(part.Until); d = d.AddDays(1) {
				if r.week[d.Weekday()] != nil {
					yield(d)
				}
			}
		}
	}
}

// eachObserved calls yield for each day of the year on which the rule's holiday
// is observed, whether or not another holiday is in the way.
func (r *rule) eachObserved(year int, yield func(civil.Date)) {
	if !r.observed {
		return
	}
	r.eachHoliday(year, func(holiday civil.Date) {
		if d, ok := observedOn(holiday); ok && d.Year() == year {
			yield(d)
		}
	})
}

// eachHoliday calls yield for the rule's holiday in each year from which it
// may reach into the given one, by offset or observance.
func (r *rule) eachHoliday(year int, yield func(civil.Date)) {
	reach := 0
	if r.offset != 0 || r.observed {
		reach = 1 + max(r.offset, -r.offset)/365
	}
	for y := year - reach; y <= year+reach; y++ {
		yield(r.holidayDay(y))
	}
}

// daysOf returns the days of a year that lie from one date to another, both
// full or both of every year; in the latter case as two parts when they lie
// across New Year.
func daysOf(from, to writtenDate, year int) []civil.Range {
	first, last := civil.New(year, time.January, 1), civil.New(year, time.December, 31)
	if !from.isYearly() {
		part := civil.Range{From: later(from.full, first), Until: earlier(to.full, last)}
		if part.From.After(part.Until) {
			return nil
		}
		return []civil.Range{part}
	}
	start, isDay := from.yearly.on(year) // 29 February is 1 March in other years: so does civil.New have it
	end, ok := to.yearly.on(year)
	if !ok {
		end = end.AddDays(-1)
	}
	switch {
	case from.yearly > to.yearly:
		return []civil.Range{{From: first, Until: end}, {From: start, Until: last}}
	case from.yearly == to.yearly && !isDay:
		return nil // 29 February as both ends
	case start.After(end):
		return nil
	default:
		return []civil.Range{{From: start, Until: end}}
	}
}

// covers reports whether a date lies from one date to another.
func covers(from, to writtenDate, d civil.Date, md monthDay) bool {
	if !from.isYearly() {
		return !d.Before(from.full) && !d.After(to.full)
	}
	if from.yearly > to.yearly {
		return md >= from.yearly || md <= to.yearly
	}
	return md >= from.yearly && md <= to.yearly
}

func later(a, b civil.Date) civil.Date {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b civil.Date) civil.Date {
	if a.Before(b) {
		return a
	}
	return b
}
