package hours

import (
	"sync/atomic"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// rulebook answers which rule of one owner has a day: of those that have it
// the first by rank, then by place in the file. Rules of an owner never decide
// against each other in any other way, so one rule for each day is enough, and
// a year of them is worked out when it is first asked for: 274 exceptions cost
// a day as little as three. A nil rulebook has no rules. It is safe for
// concurrent use.
type rulebook struct {
	rules []*rule // in the order of the file
	years [lastKept - firstKept + 1]atomic.Pointer[yearTable]
}

// Tables of these years are kept; those of others are made for each question.
const (
	firstKept = 1970
	lastKept  = 2169
)

// yearTable is the rule of each day of a year, counted from 1 January: 0 for
// none, else 1 more than its index in the rulebook, negative for a day of
// observance.
type yearTable [366]int32

// newRulebook takes the rules that count for the owner itself, or for the
// libraries below.
func newRulebook(rules []*rule, below bool) *rulebook {
	book := &rulebook{}
	for _, r := range rules {
		if r.reaches(below) {
			book.rules = append(book.rules, r)
		}
	}
	if len(book.rules) == 0 {
		return nil
	}
	return book
}

// on returns the rule that has the day.
func (b *rulebook) on(x moment) hit {
	if b == nil {
		return hit{}
	}
	n := b.table(x.year)[x.yearDay]
	switch {
	case n > 0:
		return hit{rule: b.rules[n-1]}
	case n < 0:
		return hit{rule: b.rules[-n-1], observed: true}
	}
	return hit{}
}

func (b *rulebook) table(year int) *yearTable {
	if year < firstKept || year > lastKept {
		return b.tabulate(year)
	}
	kept := &b.years[year-firstKept]
	if t := kept.Load(); t != nil {
		return t
	}
	t := b.tabulate(year) // two readers at once make the same table
	kept.Store(t)
	return t
}

func (b *rulebook) tabulate(year int) *yearTable {
	t := &yearTable{}
	b.eachHit(year, func(yearDay, index int, observed bool) {
		if n := abs(t[yearDay]); n > 0 && b.rules[n-1].rank() <= b.rules[index].rank() {
			return
		}
		t[yearDay] = int32(index + 1)
		if observed {
			t[yearDay] = -t[yearDay]
		}
	})
	return t
}

// eachHit calls yield for each rule and each day of a year that it has, rule
// by rule in the order of the file. An observed day that is the own day of
// another holiday rule is none (section 2).
func (b *rulebook) eachHit(year int, yield func(yearDay, index int, observed bool)) {
	newYear := civil.New(year, 1, 1)
	var own [366]bool // days that are a holiday rule's own
	for _, r := range b.rules {
		if r.source.Kind == HolidayRule {
			r.eachDay(year, func(d civil.Date) { own[d.Sub(newYear)] = true })
		}
	}
	for index, r := range b.rules {
		r.eachDay(year, func(d civil.Date) { yield(d.Sub(newYear), index, false) })
		r.eachObserved(year, func(d civil.Date) {
			if i := d.Sub(newYear); !own[i] {
				yield(i, index, true)
			}
		})
	}
}

func abs(n int32) int32 { return max(n, -n) }
