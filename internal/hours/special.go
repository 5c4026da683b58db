package hours

import (
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// Run is a stretch of days, both ends inclusive, for which one Day speaks; its
// Date is that of the first.
type Run struct {
	From, Until civil.Date
	Day         Day
}

// specialYears is how far back the beginning of a run is looked for.
const specialYears = 10

// SpecialDays returns the days from a date to the published end, or 20 years
// ahead, that rules made different from plain days, as hours.ics has them (section 7): a run of
// days that one rule decided alike begins where it begins, even before the
// date, and goes on over days inside it that the rule decided and did not
// change. Runs in which hours and note are those of the plain days are left
// out.
func (l *Library) SpecialDays(from civil.Date) []Run {
	var runs []Run
	var s stretch
	finish := func() {
		if s.changed && !s.run.Until.Before(from) {
			runs = append(runs, s.run)
		}
		s = stretch{}
	}
	from = later(from, l.from)
	last := l.foreseen(from)
	for d := l.ruleSince(from); !d.After(last); d = d.AddDays(1) {
		x := momentOf(d)
		a := l.answer(x, false)
		if !a.by.Kind.IsRule() {
			finish()
			continue
		}
		day, changed := a.day(d), !a.Equal(l.plain(x).Value)
		switch {
		case s.run.Day.By == day.By && s.run.Day.Same(day):
			s.run.Until = d
			s.changed = s.changed || changed
		case s.run.Day.By == day.By && !changed:
			// The run goes on if a day like its first comes again.
		default:
			finish()
			s = stretch{Run{d, d, day}, changed}
		}
	}
	finish()
	return runs
}

// stretch is a run in the making.
type stretch struct {
	run     Run
	changed bool // one of its days is not as the plain day
}

// ruleSince returns the first of the days up to d that the same rule decided
// without a break; d itself if no rule decided it.
func (l *Library) ruleSince(d civil.Date) civil.Date {
	if d.After(l.through) {
		return d
	}
	earliest := later(l.from, civil.New(d.Year()-specialYears, time.January, 1))
	by := l.answer(momentOf(d), false).by
	for by.Kind.IsRule() && d.After(earliest) && l.answer(momentOf(d.AddDays(-1)), false).by == by {
		d = d.AddDays(-1)
	}
	return d
}

// NextChange returns the first day after a date on which other hours than the
// day before's come into force: a season begins or ends, or special days do, or
// the published period. It returns no date if there is none.
func (l *Library) NextChange(after civil.Date) civil.Date {
	if after.Before(l.from) {
		return l.from
	}
	d, last := after, l.foreseen(after)
	for before := l.force(d); d.Before(last); {
		d = d.AddDays(1)
		if now := l.force(d); now != before {
			return d
		}
	}
	if d == l.through && !l.throughMissing {
		return d.AddDays(1)
	}
	return civil.Date{}
}

// force is what decides days besides the day of the week.
type force struct {
	rule   *Source // nil on a plain day
	season *season
}

func (l *Library) force(d civil.Date) force {
	x := momentOf(d)
	f := force{season: l.seasonInForce(x)}
	if by := l.answer(x, false).by; by.Kind.IsRule() {
		f.rule = by
	}
	return f
}

// seasonInForce returns the season of the library, or of the one that it
// follows, that holds the day; nil without one.
func (l *Library) seasonInForce(x moment) *season {
	for p := l; ; p = p.parent {
		if s := p.season(x); s != nil || !p.follows() {
			return s
		}
	}
}
