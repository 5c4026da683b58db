package hours

import (
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// TestNothingThatAnAuthorWritesIsFatal puts odd values everywhere into
// generated hubs and asks every question.
func TestNothingThatAnAuthorWritesIsFatal(t *testing.T) {
	t.Parallel()
	odd := []string{"", " ", "9-5", "0001-01-01", "9999-12-31", "02-29", "02-30", "easter", "-366", "99999999999999999999", "mon-sun", "(", "24 hours", "12-31", "\x00\xff", "–"}
	for seed := range uint64(100) {
		g := newGenerator(seed)
		spec := g.hub().spec(noon("2026-11-23"))
		spoil := func(values ...*Scalar) {
			for _, v := range values {
				if g.oneIn(6) {
					v.Text = odd[g.IntN(len(odd))]
				}
			}
		}
		spoilDay := func(d *DaySpec) {
			spoil(&d.Value)
			for i := range d.Week {
				spoil(&d.Week[i].Key, &d.Week[i].Value)
			}
			d.IsWeek = d.IsWeek != g.oneIn(20)
		}
		spoilRules := func(rules []RuleSpec) {
			for i := range rules {
				r := &rules[i]
				spoil(&r.From, &r.To, &r.Holiday, &r.Offset, &r.Reason)
				for j := range r.Dates {
					spoil(&r.Dates[j])
				}
				spoilDay(&r.Hours)
			}
		}
		spoil(&spec.Timezone)
		spoilRules(spec.Closures)
		for i := range spec.Libraries {
			l := &spec.Libraries[i]
			spoil(&l.Timezone, &l.From, &l.Through)
			spoilDay(&l.Regular)
			spoilRules(l.Exceptions)
			for j := range l.Seasons {
				s := &l.Seasons[j]
				spoil(&s.Name, &s.From, &s.To)
				spoilDay(&s.Hours)
			}
			if g.oneIn(8) {
				l.Parent = pick(g, "a", "b", "c", "nobody", l.ID)
				l.Department = true
			}
		}
		calendar, _ := New(spec)
		for _, l := range calendar.Libraries() {
			today := l.Today()
			for _, d := range []civil.Date{today, civil.New(1, 1, 1), civil.New(9999, 12, 31), civil.New(2028, 2, 29)} {
				l.Day(d)
				l.Week(d)
				l.Openings(d)
			}
			for _, at := range []time.Time{time.Date(2026, 12, 24, 18, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)} {
				l.At(at)
			}
			l.SpecialDays(today)
			l.Seasons(today)
			l.NextChange(today)
			l.HasHours()
		}
	}
}
