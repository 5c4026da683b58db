package hours

import (
	"cmp"
	"slices"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// conflictYears is how far ahead rules that come every year are compared: a
// calendar repeats itself after 28 years.
const conflictYears = 28

// conflict is a day on which two rules disagree.
type conflict struct {
	first, second *rule // in the order of the file
	day           civil.Date
}

// reportConflicts reports two rules of one owner, kind and urgency that
// disagree on a day that no higher rule of that owner decides (section 3).
func (b *builder) reportConflicts() {
	through := civil.Date{}
	for _, l := range b.calendar.libraries {
		through = later(through, l.lastThrough())
		b.conflictsOf(l.today, l.lastThrough(), l.own, l.below)
	}
	today := civil.Date{}
	if b.siteZone != nil {
		today = b.spec.Now.Date(b.siteZone)
	} else if len(b.calendar.libraries) > 0 {
		today = b.calendar.libraries[0].today
	}
	b.conflictsOf(today, through, b.siteBook)
}

// lastThrough is the last `through` of the library and those below it; no date
// if none has one.
func (l *Library) lastThrough() civil.Date {
	last := civil.Date{}
	l.descend(func(d *Library) {
		if !d.throughMissing && !d.throughWrong {
			last = later(last, d.through)
		}
	})
	return last
}

// conflictsOf reports conflicts in an owner's rules from today on, once for
// each two rules: as an error when one of the days is no later than through.
// The books are those of the owner itself and of the libraries below it, for
// which an only_here rule neither counts nor goes before others.
func (b *builder) conflictsOf(today, through civil.Date, books ...*rulebook) {
	found := make(map[[2]*rule]conflict)
	var order [][2]*rule
	for _, book := range books {
		for _, c := range book.conflicts(today) {
			pair := [2]*rule{c.first, c.second}
			before, ok := found[pair]
			if !ok {
				order = append(order, pair)
			}
			if !ok || c.day.Before(before.day) {
				found[pair] = c
			}
		}
	}
	for _, pair := range order {
		c := found[pair]
		other := c.first.source.Pos
		finding := diag.Errorf
		if through.IsZero() || c.day.After(through) {
			finding = diag.Warnf
		}
		b.findings = append(b.findings, finding(c.second.source.Pos, "rules-disagree",
			"this line and %s:%d say different things of %s, and neither goes before the other", other.File, other.Line, c.day).
			WithHint("take the day out of one of them, or write what holds as a date of its own"))
	}
}

// conflicts returns the first day of conflict of each two rules in the book.
func (b *rulebook) conflicts(today civil.Date) []conflict {
	if b == nil || !b.mayConflict() {
		return nil
	}
	var conflicts []conflict
	met := make(map[[2]int]bool)
	for _, year := range b.yearsFrom(today) {
		b.eachTop(year, func(d civil.Date, top []int) {
			for j, second := range top {
				for _, first := range top[:j] {
					if d.Before(today) || met[[2]int{first, second}] || !b.disagree(first, second, d) {
						continue
					}
					met[[2]int{first, second}] = true
					conflicts = append(conflicts, conflict{b.rules[first], b.rules[second], d})
				}
			}
		})
	}
	return conflicts
}

func (b *rulebook) disagree(first, second int, d civil.Date) bool {
	day := d.Weekday()
	return !b.rules[first].week[day].Equal(b.rules[second].week[day].Value)
}

// mayConflict reports whether two rules of one rank differ at all, which spares
// most libraries the search.
func (b *rulebook) mayConflict() bool {
	seen := make(map[int]*rule)
	for _, r := range b.rules {
		before := seen[r.rank()]
		if before == nil {
			seen[r.rank()] = r
			continue
		}
		if !r.single || !before.single || !r.week[0].Equal(before.week[0].Value) {
			return true
		}
	}
	return false
}

// yearsFrom returns the years in which rules may meet: those of full dates, and
// a cycle of the calendar for rules that come again.
func (b *rulebook) yearsFrom(today civil.Date) []int {
	var years []int
	add := func(from, to int) {
		for y := max(from, today.Year()); y <= to; y++ {
			years = append(years, y)
		}
	}
	comesAgain := false
	for _, r := range b.rules {
		switch r.source.Kind {
		case DateRule:
			for _, d := range r.dates {
				add(d.Year(), d.Year())
			}
		case RangeRule:
			add(r.from.full.Year(), min(r.to.full.Year(), today.Year()+conflictYears))
		default:
			comesAgain = true
		}
	}
	if comesAgain {
		add(today.Year(), today.Year()+conflictYears)
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// eachTop calls yield for each day of a year that two or more rules of the
// highest rank on that day have, in order of time; the rules are indexes in the
// order of the file.
func (b *rulebook) eachTop(year int, yield func(d civil.Date, top []int)) {
	type meeting struct{ yearDay, rank, index int }
	var meetings []meeting
	b.eachHit(year, func(yearDay, index int, _ bool) {
		meetings = append(meetings, meeting{yearDay, b.rules[index].rank(), index})
	})
	slices.SortFunc(meetings, func(m, n meeting) int {
		return cmp.Or(cmp.Compare(m.yearDay, n.yearDay), cmp.Compare(m.rank, n.rank), cmp.Compare(m.index, n.index))
	})
	newYear := civil.New(year, 1, 1)
	for i := 0; i < len(meetings); {
		first := meetings[i]
		var top []int
		for ; i < len(meetings) && meetings[i].yearDay == first.yearDay; i++ {
			if m := meetings[i]; m.rank == first.rank && (len(top) == 0 || top[len(top)-1] != m.index) {
				top = append(top, m.index)
			}
		}
		if len(top) > 1 {
			yield(newYear.AddDays(first.yearDay), top)
		}
	}
}
