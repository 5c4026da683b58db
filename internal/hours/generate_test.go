package hours

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// generator makes hubs at random: small trees of libraries whose rules crowd
// into the same few weeks, so that all of them meet.
type generator struct{ *rand.Rand }

func newGenerator(seed uint64) generator { return generator{rand.New(rand.NewPCG(seed, 3))} }

func pick[T any](g generator, of ...T) T { return of[g.IntN(len(of))] }

func (g generator) oneIn(n int) bool { return g.IntN(n) == 0 }

// aDay is a date of the crowded weeks, or of any in the three years.
func (g generator) aDay() time.Time {
	if g.oneIn(4) {
		return noon("2026-01-01").AddDate(0, 0, g.IntN(3*365))
	}
	year := pick(g, 2026, 2027, 2027, 2028)
	start := pick(g, "11-08", "11-20", "12-20", "02-25", "07-01", "05-24")
	return noon(fmt.Sprint(year, "-", start)).AddDate(0, 0, g.IntN(14))
}

func (g generator) hub() *plainHub {
	h := &plainHub{closures: g.rules(g.IntN(5), false)}
	ids := []string{"a", "b", "c", "d", "e"}[:1+g.IntN(5)]
	for i, id := range ids {
		l := plainLibrary{id: id, hasHours: true}
		if i > 0 && !g.oneIn(5) {
			l.parent = ids[g.IntN(i)]
			l.department = g.oneIn(2)
		}
		switch {
		case l.parent != "" && g.oneIn(4):
			l.hasHours = g.oneIn(2)
		case l.parent == "" && g.oneIn(8):
			// hands its rules down, or says nothing at all
			l.hasHours = g.oneIn(2)
		default:
			l.regular = g.week(false)
		}
		if l.hasHours {
			if (l.regular != nil || l.parent != "") && g.oneIn(2) {
				l.seasons = []plainSeason{g.season()}
			}
			l.exceptions = g.rules(g.IntN(6), true)
			if !g.oneIn(3) {
				l.through = noon("2027-06-01").AddDate(0, 0, g.IntN(700)).Format("2006-01-02")
			}
			if g.oneIn(8) {
				l.from = "2026-12-01"
			}
		}
		h.libraries = append(h.libraries, l)
	}
	return h
}

func (g generator) season() plainSeason {
	s := plainSeason{name: "Season", week: g.week(false)}
	s.from, s.to = g.span()
	return s
}

// span is two dates, full or every year.
func (g generator) span() (from, to string) {
	first := g.aDay()
	last := first.AddDate(0, 0, g.IntN(30))
	if g.oneIn(2) {
		return first.Format("2006-01-02"), last.Format("2006-01-02")
	}
	from, to = first.Format("01-02"), last.Format("01-02")
	if g.oneIn(6) {
		from = "02-29"
	}
	if g.oneIn(6) {
		to = "02-29"
	}
	return from, to
}

func (g generator) rules(n int, onlyHere bool) []plainRule {
	var rules []plainRule
	for range n {
		r := plainRule{urgent: g.oneIn(6), onlyHere: onlyHere && g.oneIn(4)}
		one := g.value()
		r.one = &one
		if g.oneIn(2) {
			r.reason = fmt.Sprintf("Reason %d", g.IntN(100))
		}
		switch g.IntN(5) {
		case 0:
			for range 1 + g.IntN(3) {
				r.dates = append(r.dates, g.aDay().Format("2006-01-02"))
			}
		case 1:
			for range 1 + g.IntN(2) {
				r.dates = append(r.dates, g.aDay().Format("01-02"))
			}
		case 2, 3:
			r.holiday = pick(g, "new-years-day", "martin-luther-king-day", "presidents-day", "memorial-day", "independence-day",
				"veterans-day", "thanksgiving", "christmas-eve", "christmas-day", "new-years-eve", "christmas-eve", "christmas-day")
			if g.oneIn(2) {
				r.observed = true
			} else if g.oneIn(2) {
				r.offset = g.IntN(9) - 4
			}
		default:
			r.from, r.to = g.span()
			if g.oneIn(2) {
				r.one, r.week = nil, g.week(true)
			}
		}
		rules = append(rules, r)
	}
	return rules
}

// week gives some days of the week, or at least one.
func (g generator) week(sparse bool) map[time.Weekday]plainValue {
	w := map[time.Weekday]plainValue{time.Weekday(g.IntN(7)): g.value()}
	for d := range time.Saturday + 1 {
		if !g.oneIn(map[bool]int{true: 2, false: 6}[sparse]) {
			w[d] = g.value()
		}
	}
	return w
}

func (g generator) value() plainValue {
	v := plainValue{}
	if g.oneIn(6) {
		v.note = pick(g, "ring the bell", "children's room until 6pm", "ask (please)")
	}
	switch g.IntN(9) {
	case 0, 1:
		v.word = "closed"
	case 2:
		v.word = pick(g, "24 hours", "by appointment", "unknown")
	default:
		at := 60 * g.IntN(14)
		for range 1 + g.IntN(2) {
			end := at + 30*(1+g.IntN(20))
			v.hours = append(v.hours, [2]int{at, min(end, 1439+v.start(at))})
			at = end + 30*g.IntN(4)
			if at >= 23*60 {
				break
			}
		}
	}
	return v
}

// start keeps an interval under a day long.
func (v plainValue) start(at int) int {
	if len(v.hours) > 0 {
		return min(at, v.hours[0][0])
	}
	return at
}

// text writes a value as an author would.
func (v plainValue) text() string {
	text := v.word
	if text == "" {
		var parts []string
		for _, h := range v.hours {
			end := h[1]
			if end > 1440 {
				end -= 1440
			}
			parts = append(parts, fmt.Sprintf("%02d:%02d-%02d:%02d", h[0]/60, h[0]%60, end/60, end%60))
		}
		text = strings.Join(parts, ", ")
	}
	if v.note != "" {
		text += " (" + v.note + ")"
	}
	return text
}

// spec gives the hub to the package. Lines are counted up, so that rules have
// places in the order of the file.
func (h *plainHub) spec(now time.Time) Spec {
	line := 0
	put := func(s string) Scalar {
		if s == "" {
			return Scalar{}
		}
		return Scalar{s, diag.Pos{File: "hub.yaml", Line: line, Col: 5}}
	}
	week := func(w map[time.Weekday]plainValue) DaySpec {
		spec := DaySpec{IsWeek: true, Value: put("week")}
		for d := range time.Saturday + 1 {
			if v, ok := w[d]; ok {
				line++
				spec.Week = append(spec.Week, DayLine{put(strings.ToLower(d.String())), put(v.text())})
			}
		}
		return spec
	}
	rules := func(list []plainRule) []RuleSpec {
		var specs []RuleSpec
		for _, r := range list {
			line++
			s := RuleSpec{Pos: diag.Pos{File: "hub.yaml", Line: line, Col: 1}, From: put(r.from), To: put(r.to), Holiday: put(r.holiday), Reason: put(r.reason)}
			for _, d := range r.dates {
				s.Dates = append(s.Dates, put(d))
			}
			if r.offset != 0 {
				s.Offset = put(fmt.Sprint(r.offset))
			}
			s.Observed.On, s.OnlyHere.On, s.Urgent.On = r.observed, r.onlyHere, r.urgent
			if r.one != nil {
				s.Hours.Value = put(r.one.text())
			} else {
				s.Hours = week(r.week)
			}
			specs = append(specs, s)
		}
		return specs
	}
	spec := Spec{Timezone: put("America/Chicago"), Closures: rules(h.closures), Now: civil.Start(civil.Of(now))}
	for _, l := range h.libraries {
		line++
		s := LibrarySpec{ID: l.id, Parent: l.parent, Department: l.department, HasHours: l.hasHours, From: put(l.from), Through: put(l.through), Exceptions: rules(l.exceptions)}
		s.HoursPos = diag.Pos{File: "hub.yaml", Line: line, Col: 3}
		if l.regular != nil {
			s.Regular = week(l.regular)
		}
		for _, season := range l.seasons {
			line++
			s.Seasons = append(s.Seasons, SeasonSpec{Pos: diag.Pos{File: "hub.yaml", Line: line, Col: 1}, Name: put(season.name), From: put(season.from), To: put(season.to), Hours: week(season.week)})
		}
		spec.Libraries = append(spec.Libraries, s)
	}
	return spec
}
