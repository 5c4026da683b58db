package hours

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// This file is a second resolver, written from the text of hours.md alone. It
// is slow and simple: a day's hours are a set of minutes, every question is
// answered from scratch, and dates are time.Time at noon UTC. Nothing of it is
// shared with the package but the generated hub that both are given.

// A plainValue is what a day says.
type plainValue struct {
	word  string // closed, 24 hours, by appointment, unknown, or "" for hours
	hours [][2]int
	note  string
}

// A minuteSet has the minutes of a day and of the next, for tails.
type minuteSet [2880]bool

func (s minuteSet) count() int {
	n := 0
	for _, in := range s {
		if in {
			n++
		}
	}
	return n
}

func (v plainValue) set() minuteSet {
	var set minuteSet
	hours := v.hours
	if v.word == "24 hours" {
		hours = [][2]int{{0, 1440}}
	}
	for _, h := range hours {
		for m := h[0]; m < h[1]; m++ {
			set[m] = true
		}
	}
	return set
}

type plainRule struct {
	dates                      []string // 2026-11-25 or 11-25
	from, to, holiday          string
	offset                     int
	observed, onlyHere, urgent bool
	one                        *plainValue
	week                       map[time.Weekday]plainValue
	reason                     string
}

type plainSeason struct {
	name, from, to string
	week           map[time.Weekday]plainValue
}

type plainLibrary struct {
	id, parent    string
	department    bool
	hasHours      bool
	regular       map[time.Weekday]plainValue // nil: none
	seasons       []plainSeason
	exceptions    []plainRule
	from, through string
}

type plainHub struct {
	closures  []plainRule
	libraries []plainLibrary
}

// A plainDay is an answer.
type plainDay struct {
	word         string // as in plainValue
	set          minuteSet
	reason, note string
	season       string // that the plain day is of
}

func (d plainDay) String() string {
	word := d.word
	if word == "" {
		word = "open"
	}
	var spans []string
	for m := 0; m < len(d.set); m++ {
		start := m
		for m < len(d.set) && d.set[m] {
			m++
		}
		if m > start {
			spans = append(spans, fmt.Sprintf("%d-%d", start, m))
		}
	}
	return fmt.Sprintf("%s %v reason=%q note=%q", word, spans, d.reason, d.note)
}

func said(v plainValue, reason string) plainDay {
	return plainDay{word: v.word, set: v.set(), reason: reason, note: v.note}
}

func (h *plainHub) library(id string) *plainLibrary {
	for i := range h.libraries {
		if h.libraries[i].id == id {
			return &h.libraries[i]
		}
	}
	return nil
}

func noon(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t.Add(12 * time.Hour)
}

// within is a range of section 2, full or every year.
func within(from, to string, d time.Time) bool {
	if len(from) == 10 {
		return d.Format("2006-01-02") >= from && d.Format("2006-01-02") <= to
	}
	leap := time.Date(d.Year(), 2, 29, 0, 0, 0, 0, time.UTC).Day() == 29
	if from == "02-29" && to == "02-29" {
		return d.Format("01-02") == "02-29"
	}
	if from == "02-29" && !leap {
		from = "03-01"
	}
	if to == "02-29" && !leap {
		to = "02-28"
	}
	// Whether it crosses New Year is a question of how it is written.
	today := d.Format("01-02")
	if from > to {
		return today >= from || today <= to
	}
	return today >= from && today <= to
}

func isHoliday(name string, d time.Time) bool {
	nth := func(n int, w time.Weekday, m time.Month) bool {
		return d.Month() == m && d.Weekday() == w && (d.Day()-1)/7+1 == n
	}
	fixed := func(s string) bool { return d.Format("01-02") == s }
	switch name {
	case "new-years-day":
		return fixed("01-01")
	case "martin-luther-king-day":
		return nth(3, time.Monday, time.January)
	case "presidents-day":
		return nth(3, time.Monday, time.February)
	case "memorial-day":
		return d.Weekday() == time.Monday && d.Month() == time.May && d.Day() > 24
	case "independence-day":
		return fixed("07-04")
	case "labor-day":
		return nth(1, time.Monday, time.September)
	case "veterans-day":
		return fixed("11-11")
	case "thanksgiving":
		return nth(4, time.Thursday, time.November)
	case "christmas-eve":
		return fixed("12-24")
	case "christmas-day":
		return fixed("12-25")
	case "new-years-eve":
		return fixed("12-31")
	}
	panic(name)
}

func holidayName(name string) string {
	return map[string]string{
		"new-years-day": "New Year's Day", "martin-luther-king-day": "Martin Luther King Jr. Day", "presidents-day": "Presidents' Day",
		"memorial-day": "Memorial Day", "independence-day": "Independence Day", "labor-day": "Labor Day", "veterans-day": "Veterans Day",
		"thanksgiving": "Thanksgiving Day", "christmas-eve": "Christmas Eve", "christmas-day": "Christmas Day", "new-years-eve": "New Year's Eve",
	}[name]
}

// kindOf is the place of a rule in step 2 of section 3.
func kindOf(r plainRule) int {
	switch {
	case len(r.dates) > 0 && len(r.dates[0]) == 10:
		return 1
	case len(r.dates) > 0:
		return 2
	case r.holiday != "":
		return 3
	case len(r.from) == 10:
		return 4
	}
	return 5
}

// ownDay tells whether a day is the rule's but for observance, and valueOn what
// it says there.
func ownDay(r plainRule, d time.Time) bool {
	switch kindOf(r) {
	case 1:
		return slices.Contains(r.dates, d.Format("2006-01-02"))
	case 2:
		return slices.Contains(r.dates, d.Format("01-02"))
	case 3:
		return isHoliday(r.holiday, d.AddDate(0, 0, -r.offset))
	}
	if r.week != nil {
		if _, given := r.week[d.Weekday()]; !given {
			return false
		}
	}
	return within(r.from, r.to, d)
}

func observedDay(r plainRule, d time.Time) bool {
	if !r.observed {
		return false
	}
	return d.Weekday() == time.Friday && isHoliday(r.holiday, d.AddDate(0, 0, 1)) ||
		d.Weekday() == time.Monday && isHoliday(r.holiday, d.AddDate(0, 0, -1))
}

// A candidate is a rule that hits the day, with its owner's distance.
type candidate struct {
	rule     plainRule
	owner    string // "" for the site
	distance int
	index    int
	observed bool
}

// candidates are the rules that reach a library and hit the day, the first to
// decide first. withoutOnlyHere leaves out the library's own only_here rules.
func (h *plainHub) candidates(id string, d time.Time, withoutOnlyHere bool) []candidate {
	var all []candidate
	collect := func(rules []plainRule, owner string, distance int) {
		var reach []plainRule
		var index []int
		for i, r := range rules {
			if r.onlyHere && (distance > 0 || withoutOnlyHere) {
				continue
			}
			reach, index = append(reach, r), append(index, i)
		}
		for i, r := range reach {
			if ownDay(r, d) {
				all = append(all, candidate{r, owner, distance, index[i], false})
				continue
			}
			taken := slices.ContainsFunc(reach, func(o plainRule) bool { return o.holiday != "" && ownDay(o, d) })
			if r.holiday != "" && observedDay(r, d) && !taken {
				all = append(all, candidate{r, owner, distance, index[i], true})
			}
		}
	}
	distance := 0
	for l := h.library(id); l != nil; l = h.library(l.parent) {
		collect(l.exceptions, l.id, distance)
		distance++
	}
	collect(h.closures, "", distance)
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.rule.urgent != b.rule.urgent {
			return a.rule.urgent
		}
		if kindOf(a.rule) != kindOf(b.rule) {
			return kindOf(a.rule) < kindOf(b.rule)
		}
		if a.distance != b.distance {
			return a.distance < b.distance
		}
		return a.index < b.index
	})
	return all
}

func (c candidate) day(d time.Time) plainDay {
	v := c.rule.one
	if v == nil {
		w := c.rule.week[d.Weekday()]
		v = &w
	}
	reason := c.rule.reason
	if reason == "" && c.rule.holiday != "" {
		name := holidayName(c.rule.holiday)
		switch n := c.rule.offset; {
		case c.observed:
			reason = name + " (observed)"
		case n == 0:
			reason = name
		case n == 1:
			reason = "Day after " + name
		case n == -1:
			reason = "Day before " + name
		case n > 1:
			reason = fmt.Sprint(n, " days after ", name)
		default:
			reason = fmt.Sprint(-n, " days before ", name)
		}
	}
	return said(*v, reason)
}

func (h *plainHub) seasonOf(l *plainLibrary, d time.Time) *plainSeason {
	for i, s := range l.seasons {
		if within(s.from, s.to, d) {
			return &l.seasons[i]
		}
	}
	return nil
}

func inWeek(w map[time.Weekday]plainValue, d time.Time) plainValue {
	if v, ok := w[d.Weekday()]; ok {
		return v
	}
	return plainValue{word: "closed"}
}

// plain is the plain day: step 4 of section 3.
func (h *plainHub) plain(id string, d time.Time) plainDay {
	l := h.library(id)
	if l.parent == "" && l.regular == nil {
		return plainDay{word: "unknown"}
	}
	if l.department {
		if p := h.plain(l.parent, d); p.word == "closed" {
			return plainDay{word: "closed", reason: p.season, note: p.note, season: p.season}
		}
	}
	if s := h.seasonOf(l, d); s != nil {
		day := said(inWeek(s.week, d), s.name)
		day.season = s.name
		return day
	}
	if l.regular == nil {
		return h.plain(l.parent, d)
	}
	return said(inWeek(l.regular, d), "")
}

// day is the whole of section 3 without the published period.
func (h *plainHub) day(id string, d time.Time, withoutOnlyHere bool) plainDay {
	l := h.library(id)
	if l.regular == nil && l.parent == "" {
		return plainDay{word: "unknown"}
	}
	all := h.candidates(id, d, withoutOnlyHere)
	if l.regular == nil {
		own := slices.ContainsFunc(all, func(c candidate) bool { return c.distance == 0 })
		if !own && h.seasonOf(l, d) == nil {
			return h.day(l.parent, d, true)
		}
	}
	return h.decide(id, d, all)
}

func (h *plainHub) decide(id string, d time.Time, all []candidate) plainDay {
	if len(all) == 0 {
		return h.plain(id, d)
	}
	c := all[0]
	rule := c.day(d)
	if c.distance == 0 {
		return rule
	}
	var others []candidate
	for _, o := range all {
		if o.owner != c.owner {
			others = append(others, o)
		}
	}
	return takeAway(rule, h.decide(id, d, others))
}

// takeAway is "An inherited rule only takes away", with section 5 for reasons.
func takeAway(rule, would plainDay) plainDay {
	if rule.word == "closed" {
		return rule
	}
	if would.word == "closed" || rule.word == "24 hours" {
		return would
	}
	if rule.word == "unknown" || would.word == "unknown" {
		if would.word == "unknown" {
			return would
		}
		return rule
	}
	if rule.word == "by appointment" || would.word == "by appointment" {
		if would.word == "by appointment" {
			return would
		}
		return rule
	}
	day := plainDay{reason: rule.reason, note: rule.note}
	for m := range day.set {
		day.set[m] = rule.set[m] && would.set[m]
	}
	n := day.set.count()
	if n == would.set.count() {
		day.reason, day.note = would.reason, would.note
	}
	switch {
	case n == 0:
		day.word = "closed"
	case n == 1440 && day.set[0] && day.set[1439]:
		day.word = "24 hours"
	}
	return day
}

// published is section 4.
func (h *plainHub) published(id string, d, now time.Time) bool {
	l := h.library(id)
	today := d.Format("2006-01-02")
	if l.from != "" && today < l.from {
		return false
	}
	for p := l; p != nil; p = h.library(p.parent) {
		if p.through != "" {
			return today <= p.through
		}
	}
	end := now.AddDate(1, 0, 0)
	if now.Month() == time.February && now.Day() == 29 {
		end = end.AddDate(0, 0, -1)
	}
	return !d.After(end)
}

// answer is the day as readers get it.
func (h *plainHub) answer(id string, d, now time.Time) plainDay {
	if !h.published(id, d, now) {
		return plainDay{word: "unknown"}
	}
	return h.day(id, d, false)
}

// asPlain shows a day of the package in the same form.
func asPlain(d Day) string {
	day := plainDay{reason: d.Reason, note: d.Note}
	day.word = strings.ReplaceAll(map[bool]string{true: "", false: d.Status.String()}[d.Status == Open], "24hours", "24 hours")
	if d.Status == ByAppointment {
		day.word = "by appointment"
	}
	for _, i := range d.Intervals {
		for m := i.From; m < i.To; m++ {
			day.set[int(m)] = true
		}
	}
	return day.String()
}
