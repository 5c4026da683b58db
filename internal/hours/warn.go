package hours

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

const (
	soonEnds     = 60      // days before the end of the published period from which it is a warning
	oldAfter     = 13      // months after which an exception is old
	longInterval = 16 * 60 // minutes above which an interval looks like an am/pm slip
)

// warn reports what section 8 names. What two libraries inherit is reported
// once: diag.Sort removes what is said twice of one place.
func (b *builder) warn() {
	siteEnd := civil.Date{}
	siteToday := civil.Date{}
	for _, l := range b.calendar.libraries {
		if siteToday.IsZero() || l.today.Before(siteToday) {
			siteToday = l.today
		}
		siteEnd = later(siteEnd, l.warnedUntil())
	}
	b.warnOfRules(b.siteRules, siteToday, siteEnd)
	for _, l := range b.calendar.libraries {
		b.warnOfThrough(l)
		b.warnOfOldExceptions(l)
		b.warnOfRules(l.rules, l.today, l.lastWarned())
		b.warnOfLongWeeks(l)
		b.warnOfTails(l)
		b.warnOfOpenedDays(l)
		b.warnOfDepartment(l)
	}
}

func (b *builder) warning(pos diag.Pos, code, hint, format string, args ...any) {
	b.findings = append(b.findings, diag.Warnf(pos, code, format, args...).WithHint(hint))
}

// warnedUntil is the last day that warnings look at.
func (l *Library) warnedUntil() civil.Date {
	return l.foreseen(l.today)
}

// lastWarned is the last such day of the library and those below it.
func (l *Library) lastWarned() civil.Date {
	last := civil.Date{}
	l.descend(func(d *Library) { last = later(last, d.warnedUntil()) })
	return last
}

// eachWarnedDay calls yield for the published days from today on until it
// returns false.
func (l *Library) eachWarnedDay(yield func(moment) bool) {
	last := l.warnedUntil()
	for d := later(l.today, l.from); !d.After(last); d = d.AddDays(1) {
		if !yield(momentOf(d)) {
			return
		}
	}
}

func (b *builder) warnOfThrough(l *Library) {
	if !l.hasHours {
		return
	}
	year := l.today.AddMonths(12)
	switch left := l.ownThrough.Sub(l.today); {
	case l.ownThrough.IsZero() && l.throughMissing && !l.handsDown() && !b.loose[l.root()]:
		b.warning(l.hoursPos, "through-missing", fmt.Sprintf("add through: with the last day that you are sure of, such as %s", year),
			"the hours do not say until when they are published; %s is taken", year)
	case l.ownThrough.IsZero():
	case left < 0:
		b.findings = append(b.findings, diag.Warnf(l.throughPos, "through-past",
			"the hours were published through %s, which is past: all days are unknown now", l.ownThrough).
			WithHint("check the hours and set through: to a later day").ByTime())
	case left < soonEnds:
		b.findings = append(b.findings, diag.Warnf(l.throughPos, "through-soon",
			"the hours are published through %s only, less than %d days ahead", l.ownThrough, soonEnds).
			WithHint("check the hours of the months ahead and set through: to a later day").ByTime())
	}
}

// warnOfOldExceptions reports exceptions that are long past, once for each
// library.
func (b *builder) warnOfOldExceptions(l *Library) {
	var old []*rule
	for _, r := range l.rules {
		if last := r.lastDay(); !last.IsZero() && last.AddMonths(oldAfter).Before(l.today) {
			old = append(old, r)
		}
	}
	if len(old) == 0 {
		return
	}
	message := fmt.Sprintf("this exception ended on %s, over %d months ago", old[0].lastDay(), oldAfter)
	if n := len(old) - 1; n > 0 {
		message += fmt.Sprintf(", and so did %d more", n)
	}
	b.findings = append(b.findings, diag.Warnf(old[0].source.Pos, "old-exception", "%s", message).
		WithHint("take it out").ByTime())
}

// lastDay is the last day that a rule ever has; no date if it comes again.
func (r *rule) lastDay() civil.Date {
	switch r.source.Kind {
	case DateRule:
		return slices.MaxFunc(r.dates, civil.Date.Compare)
	case RangeRule:
		return r.to.full
	}
	return civil.Date{}
}

// warnOfRules reports what is odd about rules by themselves on days from today
// to the last that is published for anyone they reach.
func (b *builder) warnOfRules(rules []*rule, today, until civil.Date) {
	for _, r := range rules {
		if !r.isSingleDate() && !slices.ContainsFunc(r.week[:], (*placed).isLong) {
			continue
		}
		long, reason := false, false
		for year := today.Year(); year <= until.Year(); year++ {
			seen := func(d civil.Date) {
				if d.Before(today) || d.After(until) {
					return
				}
				if v := r.week[d.Weekday()]; !long && v.isLong() {
					long = true
					b.warnOfLong(v)
				}
				if !reason && r.isSingleDate() {
					reason = b.warnOfReason(r, d)
				}
			}
			r.eachDay(year, seen)
			r.eachObserved(year, seen)
		}
	}
}

// isLong reports whether an interval of the day is so long that it looks like
// a slip.
func (p *placed) isLong() bool {
	return p != nil && p.Status == Open && slices.ContainsFunc(p.Intervals, Interval.isLong)
}

func (i Interval) isLong() bool { return i.To-i.From > longInterval }

func (b *builder) warnOfLong(v *placed) {
	i := v.Intervals[slices.IndexFunc(v.Intervals, Interval.isLong)]
	b.warning(v.pos, "long-interval", "check am and pm", "%s is open for %s", spoken(i), duration(i))
}

func duration(i Interval) string {
	length := i.To - i.From
	if length%60 == 0 {
		return fmt.Sprintf("%d hours", length/60)
	}
	return fmt.Sprintf("%d hours and %d minutes", length/60, length%60)
}

// isSingleDate reports whether the rule is for one date, of one year or of all.
func (r *rule) isSingleDate() bool { return len(r.dates)+len(r.yearly) == 1 }

// warnOfReason reports a reason that names another day than the rule's, such
// as "Labor Day" on 2 September 2025.
func (b *builder) warnOfReason(r *rule, d civil.Date) bool {
	const hint = "check the date, or mend the reason"
	if day, ok := beginsWithWeekday(r.reason); ok && day != d.Weekday() {
		b.warning(r.reasonPos, "reason-date", hint, "the reason says %s, but %s is a %s", day, d, d.Weekday())
		return true
	}
	for _, h := range holidays() {
		if !strings.EqualFold(strings.ReplaceAll(r.reason, "’", "'"), h.name) || h.isOn(d) {
			continue
		}
		b.warning(r.reasonPos, "reason-date", fmt.Sprintf("%s; holiday: %s finds the day of each year", hint, h.id),
			"the reason says %s, which is on %s, not on %s", h.name, h.day(d.Year()), d)
		return true
	}
	return false
}

// isOn reports whether a date is the holiday or its observance.
func (h holiday) isOn(d civil.Date) bool {
	for year := d.Year() - 1; year <= d.Year()+1; year++ {
		day := h.day(year)
		if observed, ok := observedOn(day); day == d || ok && observed == d {
			return true
		}
	}
	return false
}

// beginsWithWeekday reads the weekday's full name at the start of a reason.
func beginsWithWeekday(reason string) (time.Weekday, bool) {
	for d := range time.Saturday + 1 {
		name := d.String()
		if len(reason) < len(name) || !strings.EqualFold(reason[:len(name)], name) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(reason[len(name):]); !unicode.IsLetter(next) {
			return d, true
		}
	}
	return 0, false
}

// warnOfLongWeeks reports too long intervals in the regular week and in the
// seasons that are not yet over.
func (b *builder) warnOfLongWeeks(l *Library) {
	for _, v := range l.regular {
		if v.isLong() {
			b.warnOfLong(v)
		}
	}
	if !slices.ContainsFunc(l.seasons, (*season).hasLong) {
		return
	}
	l.eachWarnedDay(func(x moment) bool {
		if s := l.season(x); s != nil && s.week[x.weekday].isLong() {
			b.warnOfLong(s.week[x.weekday])
		}
		return true
	})
}

func (s *season) hasLong() bool { return slices.ContainsFunc(s.week[:], (*placed).isLong) }

// warnOfTails reports a day whose hours run past midnight into the next day's.
func (b *builder) warnOfTails(l *Library) {
	if !l.mayRunOn() {
		return
	}
	warned := make(map[diag.Pos]bool)
	var tail Clock // of the day before, past midnight
	var before moment
	var by *Source
	// The day after today's is the first that today's tail can reach.
	l.eachWarnedDay(func(x moment) bool {
		today := l.answer(x, false)
		if len(today.Intervals) > 0 && tail > today.Intervals[0].From {
			pos := b.placeOf(l, by, before)
			if !warned[pos] {
				warned[pos] = true
				b.warning(pos, "tail-overlap", "check am and pm", "the hours run past midnight, to %s, and the next day opens before that",
					tail)
			}
		}
		tail, before, by = 0, x, today.by
		if n := len(today.Intervals); n > 0 {
			tail = max(0, today.Intervals[n-1].To-midnight)
		}
		return true
	})
}

// mayRunOn reports whether anything that decides the library's days runs past
// midnight.
func (l *Library) mayRunOn() bool {
	runsOn := func(w week) bool {
		return slices.ContainsFunc(w[:], func(p *placed) bool {
			return p != nil && len(p.Intervals) > 0 && p.Intervals[len(p.Intervals)-1].To > midnight
		})
	}
	for p := l; p != nil; p = p.parent {
		if runsOn(p.regular) || slices.ContainsFunc(p.seasons, func(s *season) bool { return runsOn(s.week) }) ||
			slices.ContainsFunc(p.rules, func(r *rule) bool { return runsOn(r.week) }) {
			return true
		}
	}
	return false
}

// placeOf is where the value stands that decided a day.
func (b *builder) placeOf(l *Library, by *Source, x moment) diag.Pos {
	for p := l; p != nil; p = p.parent {
		if by == &p.inRegular {
			return p.regular[x.weekday].pos
		}
		for _, s := range p.seasons {
			if by == &s.source {
				return s.week[x.weekday].pos
			}
		}
		for _, r := range p.rules {
			if by == &r.source {
				return r.week[x.weekday].pos
			}
		}
	}
	return by.Pos
}

// warnOfOpenedDays reports a range with one value that opens a day on which
// the library is otherwise closed: the Sunday in a fortnight of longer hours.
func (b *builder) warnOfOpenedDays(l *Library) {
	for _, r := range l.rules {
		if !r.single || r.source.Kind != RangeRule && r.source.Kind != YearlyRangeRule || len(r.week[0].Intervals) == 0 {
			continue
		}
		l.eachWarnedDay(func(x moment) bool {
			if !covers(r.from, r.to, x.date, x.monthDay) || l.answer(x, false).by != &r.source || l.plain(x).Status != Closed {
				return true
			}
			b.warning(r.week[0].pos, "opens-closed-day", "give the range a pattern with the days that are meant, such as {mon-fri: 9am-5pm}",
				"the range opens %s %s, a day on which the library is otherwise closed", x.weekday, x.date)
			return false
		})
	}
}

// warnOfDepartment reports a department that is open on a day on which its
// library is closed by a rule that the department inherits.
func (b *builder) warnOfDepartment(l *Library) {
	if !l.department {
		return
	}
	warned := make(map[diag.Pos]bool)
	l.eachWarnedDay(func(x moment) bool {
		day := l.answer(x, false)
		if len(day.Intervals) == 0 {
			return true
		}
		parent := l.parent.answer(x, false)
		if parent.Status != Closed || parent.from == nil || parent.from.onlyHere {
			return true
		}
		pos := cmp.Or(b.specs[l].RegularPos, l.hoursPos, b.specs[l].Pos)
		if day.from != nil && day.from.source.Library == l.id {
			pos = day.from.source.Pos
		}
		if !warned[pos] {
			warned[pos] = true
			closes := parent.from.source.Pos
			b.warning(pos, "department-open", "check whether anybody can get in",
				"the department is open on %s, when %q is closed by %s:%d", x.date, l.parent.id, closes.File, closes.Line)
		}
		return true
	})
}
