package hours

import (
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// Week is the pattern of plain days that is in force on a date.
type Week struct {
	Days   [7]Value // from Monday
	Season string   // its name, empty for the regular week
}

// Week returns the regular week, or the season's, that is in force on a date:
// the library's own or that of the library it follows. A department is closed
// on the days on which its library is.
func (l *Library) Week(d civil.Date) Week {
	x := momentOf(d)
	var w Week
	if s := l.seasonInForce(x); s != nil {
		w.Season = s.source.Name
	}
	for i := range w.Days {
		x.weekday = weekdayOf(i)
		w.Days[i] = l.plain(x).Value
	}
	return w
}

// weekdayOf returns the day of the week at an index from Monday.
func weekdayOf(i int) time.Weekday { return time.Weekday((i + 1) % 7) }

// WeekGroup is neighbouring days of a week that say the same: "Mon–Thu
// 9am–9pm".
type WeekGroup struct {
	First, Last time.Weekday
	Value       Value
}

// Groups joins neighbouring days of the week that say the same, from Monday to
// Sunday.
func (w Week) Groups() []WeekGroup {
	var groups []WeekGroup
	for i, v := range w.Days {
		if n := len(groups); n > 0 && groups[n-1].Value.Equal(v) {
			groups[n-1].Last = weekdayOf(i)
			continue
		}
		groups = append(groups, WeekGroup{weekdayOf(i), weekdayOf(i), v})
	}
	return groups
}

// SeasonRun is a season with the days on which it is in force.
type SeasonRun struct {
	Name        string
	From, Until civil.Date
	Week        Week
}

// Seasons returns the seasons that are in force on some day from a date to the
// published end, or 20 years ahead, each with its first day even when that is past.
func (l *Library) Seasons(from civil.Date) []SeasonRun {
	var runs []SeasonRun
	var current *season
	from = later(from, l.from)
	last := l.foreseen(from)
	for d := from; !d.After(last); d = d.AddDays(1) {
		s := l.seasonInForce(momentOf(d))
		if s == nil {
			current = nil
			continue
		}
		if s != current {
			runs = append(runs, SeasonRun{s.source.Name, l.seasonSince(s, d), d, l.Week(d)})
			current = s
		}
		runs[len(runs)-1].Until = d
	}
	return runs
}

// seasonSince returns the first of the days up to d on which the season has
// been in force without a break.
func (l *Library) seasonSince(s *season, d civil.Date) civil.Date {
	for n := 0; n < 366; n++ {
		before := d.AddDays(-1)
		if before.IsZero() || before.Before(l.from) || l.seasonInForce(momentOf(before)) != s {
			break
		}
		d = before
	}
	return d
}
