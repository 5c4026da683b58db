package hours

import (
	"iter"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// Library answers for one library. It is read-only and safe for concurrent use.
type Library struct {
	id         string
	parent     *Library
	children   []*Library // in the order of the spec
	department bool
	zone       *time.Location
	today      civil.Date // the date of now in zone

	hasHours   bool
	hasRegular bool
	regular    week
	seasons    []*season // in the order of the file
	rules      []*rule   // in the order of the file

	own, below *rulebook   // the rules that reach the library itself; its children
	inherited  []*rulebook // of its parent, its parent's parent, ..., the site

	from, through  civil.Date // the published period; from is zero where it is open
	ownThrough     civil.Date // zero without a `through:` of its own
	throughMissing bool       // neither the library nor an ancestor has one
	throughWrong   bool       // the nearest is no date

	nothing, unpublished, inRegular, closedWithParent Source // what days are decided by besides rules and seasons

	hoursPos, throughPos diag.Pos
}

// season is a season of a library, read and sound.
type season struct {
	source   Source
	from, to writtenDate
	week     week
}

// ID returns the library's ID.
func (l *Library) ID() string { return l.id }

// Zone returns the time zone of the library: its own, else its parent's, else
// the site's; UTC if there is none.
func (l *Library) Zone() *time.Location { return l.zone }

// Today returns the date of Spec.Now in the library's zone.
func (l *Library) Today() civil.Date { return l.today }

// HasHours reports whether anything is said of the library's days: by hours of
// its own, or by those of an ancestor that it follows. Without, all its days
// are unknown.
func (l *Library) HasHours() bool {
	for p := l; p != nil; p = p.parent {
		if p.hasRegular || len(p.seasons) > 0 {
			return true
		}
	}
	return false
}

// follows reports whether the library's days are its parent's, because it has
// no regular week of its own.
func (l *Library) follows() bool { return !l.hasRegular && l.parent != nil }

// handsDown reports whether the library only hands its rules down: it has no
// regular week and nobody to follow.
func (l *Library) handsDown() bool { return !l.hasRegular && l.parent == nil }

// Published returns the first and the last day that are published; from is no
// date when all days up to the last are. missing tells that neither the library
// nor an ancestor has `through:`, so that the end is a year from now.
func (l *Library) Published() (from, through civil.Date, missing bool) {
	return l.from, l.through, l.throughMissing
}

func (l *Library) publishes(d civil.Date) bool {
	return !d.Before(l.from) && !d.After(l.through)
}

// foreseenYears is how far ahead of a day anything is searched for: a period
// "until 9999" is no reason to look at 3 million days.
const foreseenYears = 20

// foreseen is the last published day, or one foreseenYears after d.
func (l *Library) foreseen(d civil.Date) civil.Date {
	return earlier(l.through, d.AddMonths(12*foreseenYears))
}

// Day returns what a day is for readers: unknown outside the published period.
func (l *Library) Day(d civil.Date) Day {
	if !l.publishes(d) {
		return Day{Date: d, By: &l.unpublished}
	}
	return l.answer(momentOf(d), false).day(d)
}

// Days returns the days from one to another, both inclusive.
func (l *Library) Days(from, until civil.Date) []Day {
	if until.Before(from) {
		return nil
	}
	days := make([]Day, 0, until.Sub(from)+1)
	for d := range l.EachDay(from, until) {
		days = append(days, d)
	}
	return days
}

// EachDay yields what Days returns, for who looks at a year of days and keeps
// none.
func (l *Library) EachDay(from, until civil.Date) iter.Seq[Day] {
	return func(yield func(Day) bool) {
		for d := from; !d.After(until); d = d.AddDays(1) {
			if !yield(l.Day(d)) {
				return
			}
		}
	}
}

// moment is a day in the forms in which rules ask for it.
type moment struct {
	year     int
	yearDay  int // 0 for 1 January
	monthDay monthDay
	weekday  time.Weekday
	date     civil.Date
}

func momentOf(d civil.Date) moment {
	year, month, day := d.YMD()
	// Meeus, Astronomical Algorithms, chapter 7: the day of the year.
	yearDay := 275*int(month)/9 + day - 31
	if month > time.February {
		yearDay -= 2
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			yearDay++
		}
	}
	return moment{year: year, yearDay: yearDay, monthDay: monthDay(int(month)*100 + day), weekday: d.Weekday(), date: d}
}

// answer is a day in the making.
type answer struct {
	Value
	reason string
	by     *Source // the first that hits the day
	from   *rule   // whose reason and note it has, nil if that is no rule; not by's when an inherited rule takes nothing away
}

func (a answer) day(d civil.Date) Day {
	return Day{Date: d, Status: a.Status, Intervals: a.Intervals, Reason: a.reason, Note: a.Note, By: a.by}
}

// answer works the day out by section 3. below asks for it without the
// library's only_here rules, as a child that follows has it.
func (l *Library) answer(x moment, below bool) answer {
	if l.handsDown() {
		return l.saysNothing()
	}
	if l.follows() && l.rulebook(below).on(x).rule == nil && l.season(x) == nil {
		return l.parent.answer(x, true)
	}
	return l.without(nil, x, below)
}

func (l *Library) saysNothing() answer {
	return answer{by: &l.nothing}
}

func (l *Library) rulebook(below bool) *rulebook {
	if below {
		return l.below
	}
	return l.own
}

// left is a list of owners whose rules are left out, by distance from the
// library.
type left struct {
	owner int
	next  *left
}

func (l *left) has(owner int) bool {
	for ; l != nil; l = l.next {
		if l.owner == owner {
			return true
		}
	}
	return false
}

// without works out the day without the rules of some owners: the first of the
// others that hits the day decides, down to the plain day.
func (l *Library) without(out *left, x moment, below bool) answer {
	first, owner := hit{}, 0
	if !out.has(0) {
		first = l.rulebook(below).on(x)
	}
	for i, book := range l.inherited {
		if book == nil || out.has(i+1) {
			continue
		}
		// Of equal rank the nearer owner's goes first.
		if h := book.on(x); h.rule != nil && (first.rule == nil || h.rule.rank() < first.rule.rank()) {
			first, owner = h, i+1
		}
	}
	if first.rule == nil {
		return l.plain(x)
	}
	said := answer{first.rule.week[x.weekday].Value, first.reason(), &first.rule.source, first.rule}
	if owner == 0 {
		return said
	}
	return cut(said, l.without(&left{owner, out}, x, below))
}

// plain works out what the day is without rules.
func (l *Library) plain(x moment) answer {
	if l.handsDown() {
		return l.saysNothing()
	}
	if l.department {
		if p := l.parent.plain(x); p.Status == Closed {
			return answer{Value: p.Value, reason: p.reason, by: &l.closedWithParent}
		}
	}
	if s := l.season(x); s != nil {
		return answer{Value: s.week[x.weekday].Value, reason: s.source.Name, by: &s.source}
	}
	if l.hasRegular {
		return answer{Value: l.regular[x.weekday].Value, by: &l.inRegular}
	}
	return l.parent.plain(x)
}

// season returns the library's own season that holds the day, nil without one.
func (l *Library) season(x moment) *season {
	for _, s := range l.seasons {
		if covers(s.from, s.to, x.date, x.monthDay) {
			return s
		}
	}
	return nil
}
