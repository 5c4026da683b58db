package hours

import (
	"slices"
	"testing"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// TestARuleChangesItsOwnDaysOnly takes a rule out of generated hubs: every day
// that it does not have, in every library, stays as it was, except that a day
// of observance may come back that had given way to it.
func TestARuleChangesItsOwnDaysOnly(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		g := newGenerator(seed)
		h := g.hub()
		full, _ := New(h.spec(noon("2026-11-23")))
		for i := range h.libraries {
			l := &h.libraries[i]
			if !l.hasHours || len(l.exceptions) == 0 {
				continue
			}
			before := l.exceptions
			out := g.IntN(len(before))
			l.exceptions = slices.Delete(slices.Clone(before), out, out+1)
			without, _ := New(h.spec(noon("2026-11-23")))
			l.exceptions = before
			for range 40 {
				d := g.aDay()
				if ownDay(before[out], d) || observedDay(before[out], d) {
					continue
				}
				for _, m := range h.libraries {
					a, b := full.Library(m.id).Day(civil.Of(d)), without.Library(m.id).Day(civil.Of(d))
					if !a.Same(b) {
						t.Fatalf("hub %d: without rule %d of %s, %s on %s is %s, not %s", seed, out, l.id, m.id, a.Date, show(b), show(a))
					}
				}
			}
		}
	}
}

// TestOrderInTheFileChangesNothing shuffles the rules of generated hubs that
// have no two rules of one rank on one day.
func TestOrderInTheFileChangesNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		g := newGenerator(seed)
		h := g.hub()
		first, _ := New(h.spec(noon("2026-11-23")))
		shuffled := *h
		shuffled.libraries = slices.Clone(h.libraries)
		mixed := func(rules []plainRule) []plainRule {
			rules = slices.Clone(rules)
			g.Shuffle(len(rules), func(i, j int) { rules[i], rules[j] = rules[j], rules[i] })
			return rules
		}
		shuffled.closures = mixed(h.closures)
		for i := range shuffled.libraries {
			shuffled.libraries[i].exceptions = mixed(shuffled.libraries[i].exceptions)
		}
		g.Shuffle(len(shuffled.libraries), func(i, j int) {
			shuffled.libraries[i], shuffled.libraries[j] = shuffled.libraries[j], shuffled.libraries[i]
		})
		second, _ := New(shuffled.spec(noon("2026-11-23")))
		for range 60 {
			d := g.aDay()
			for _, l := range h.libraries {
				a, b := first.Library(l.id).Day(civil.Of(d)), second.Library(l.id).Day(civil.Of(d))
				if !a.Same(b) && !h.ties(l.id, civil.Of(d).String()) {
					t.Fatalf("hub %d: in another order %s on %s is %s, not %s", seed, l.id, a.Date, show(b), show(a))
				}
			}
		}
	}
}

// ties reports whether two rules of one owner, kind and urgency have a day of
// the library or of one that it follows.
func (h *plainHub) ties(id, day string) bool {
	for l := h.library(id); l != nil; l = h.library(l.parent) {
		for _, withoutOnlyHere := range []bool{false, true} {
			all := h.candidates(l.id, noon(day), withoutOnlyHere)
			for i := 1; i < len(all); i++ {
				a, b := all[i-1], all[i]
				if a.owner == b.owner && a.rule.urgent == b.rule.urgent && kindOf(a.rule) == kindOf(b.rule) {
					return true
				}
			}
		}
	}
	return false
}
