package hours

import (
	"cmp"
	"errors"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// Calendar holds the hours of all libraries of a hub. It is read-only and safe
// for concurrent use.
type Calendar struct {
	libraries []*Library // in the order of the spec
	byID      map[string]*Library
}

// Library returns the library of an ID, nil if there is none.
func (c *Calendar) Library(id string) *Library { return c.byID[id] }

// Libraries returns all libraries in the order of the spec.
func (c *Calendar) Libraries() []*Library { return c.libraries }

// New works out the hours of a hub. The findings are all that sections 1 to 4
// and 8 name, sorted. Where there are errors the calendar still answers: a line
// that cannot be read is left out, and a day whose own line it is is unknown.
func New(spec Spec) (*Calendar, []diag.Finding) {
	b := &builder{
		spec:     &spec,
		calendar: &Calendar{byID: make(map[string]*Library, len(spec.Libraries))},
		specs:    make(map[*Library]*LibrarySpec, len(spec.Libraries)),
		loose:    make(map[*Library]bool),
		zones:    make(map[string]*time.Location),
	}
	b.link()
	b.setZones()
	b.readAll()
	b.publish()
	b.reportLackingWeeks()
	b.reportConflicts()
	b.warn()
	return b.calendar, diag.Sort(b.findings)
}

// builder makes a calendar, step by step.
type builder struct {
	reader
	spec      *Spec
	calendar  *Calendar
	specs     map[*Library]*LibrarySpec
	loose     map[*Library]bool // has a parent that does not exist or a loop of parents
	zones     map[string]*time.Location
	siteZone  *time.Location // nil without a sound one
	siteRules []*rule
	siteBook  *rulebook
}

// link makes the libraries and sets parents and children. Parents that lead
// round in a loop count as none.
func (b *builder) link() {
	for i := range b.spec.Libraries {
		s := &b.spec.Libraries[i]
		if b.calendar.byID[s.ID] != nil {
			continue
		}
		l := &Library{id: s.ID, hasHours: s.HasHours, hasRegular: s.HasHours && !s.Regular.missing(), hoursPos: s.HoursPos}
		b.calendar.byID[s.ID] = l
		b.calendar.libraries = append(b.calendar.libraries, l)
		b.specs[l] = s
	}
	for _, l := range b.calendar.libraries {
		s := b.specs[l]
		if s.Parent == "" {
			continue
		}
		parent := b.calendar.byID[s.Parent]
		if parent == nil || b.loops(l) {
			b.loose[l] = true
			continue
		}
		l.parent, l.department = parent, s.Department
		parent.children = append(parent.children, l)
	}
}

// loops reports whether a library is among its own ancestors.
func (b *builder) loops(l *Library) bool {
	p := b.calendar.byID[b.specs[l].Parent]
	for range b.calendar.libraries {
		if p == nil || p == l {
			break
		}
		p = b.calendar.byID[b.specs[p].Parent]
	}
	return p == l
}

// setZones gives each library its own zone, else its parent's, else the site's.
func (b *builder) setZones() {
	b.siteZone = b.zone(b.spec.Timezone)
	set := make(map[*Library]bool)
	for _, l := range b.calendar.libraries {
		b.setZone(l, set)
	}
	for _, l := range b.calendar.libraries {
		if l.zone == nil {
			l.zone = time.UTC
			if l.hasHours && !b.loose[l.root()] && !b.zoneIsWrong(l) {
				b.error(l.hoursPos, "timezone", "add timezone: America/Chicago to site.yaml or to the library", "the hours have no time zone")
			}
		}
		l.today = b.spec.Now.Date(l.zone)
	}
}

func (b *builder) setZone(l *Library, set map[*Library]bool) {
	if set[l] {
		return
	}
	set[l] = true
	l.zone = b.siteZone
	if l.parent != nil {
		b.setZone(l.parent, set)
		l.zone = l.parent.zone
	}
	own := b.specs[l].Timezone
	if own.Text == "" {
		return
	}
	if l.follows() {
		b.error(own.Pos, "timezone", "leave it out, or give the library regular hours of its own",
			"a library that follows the hours of %q has its time zone too", l.parent.id)
		return
	}
	if zone := b.zone(own); zone != nil {
		l.zone = zone
	}
}

// zoneIsWrong reports whether a time zone was given where it counts for the
// library, so that what is wrong has been said.
func (b *builder) zoneIsWrong(l *Library) bool {
	for p := l; p != nil; p = p.parent {
		if b.specs[p].Timezone.Text != "" {
			return true
		}
	}
	return b.spec.Timezone.Text != ""
}

// zone returns the time zone of a field, nil if it is missing or wrong.
func (b *builder) zone(s Scalar) *time.Location {
	name := plain(s.Text)
	if name == "" {
		return nil
	}
	if zone, ok := b.zones[name]; ok && zone != nil {
		return zone
	}
	zone, err := Zone(name)
	if err != nil {
		m := &Mistake{Message: err.Error()}
		errors.As(err, &m)
		b.mistake(s.Pos, "timezone", m)
	}
	b.zones[name] = zone
	return zone
}

func (l *Library) root() *Library {
	for l.parent != nil {
		l = l.parent
	}
	return l
}

// descend calls yield for the library and all below it.
func (l *Library) descend(yield func(*Library)) {
	yield(l)
	for _, c := range l.children {
		c.descend(yield)
	}
}

// readAll reads weeks, seasons and rules and joins the rules to those who
// inherit them.
func (b *builder) readAll() {
	b.siteRules = b.rules("", b.spec.Closures)
	b.siteBook = newRulebook(b.siteRules, false)
	for _, l := range b.calendar.libraries {
		s := b.specs[l]
		l.nothing = Source{Kind: NoSource, Library: l.id}
		l.unpublished = Source{Kind: Unpublished, Library: l.id}
		l.inRegular = Source{Kind: Regular, Library: l.id, Pos: cmp.Or(s.RegularPos, s.HoursPos)}
		if l.parent != nil {
			l.closedWithParent = Source{Kind: ParentClosed, Library: l.parent.id, Pos: cmp.Or(l.parent.hoursPos, b.specs[l.parent].Pos)}
		}
		if !s.HasHours {
			continue
		}
		if l.hasRegular {
			l.regular = b.wholeWeek(s.Regular, cmp.Or(s.RegularPos, s.HoursPos))
		}
		l.seasons = b.seasons(l.id, s.Seasons)
		l.rules = b.rules(l.id, s.Exceptions)
		l.own = newRulebook(l.rules, false)
		if len(l.children) > 0 {
			l.below = newRulebook(l.rules, true)
		}
	}
	for _, l := range b.calendar.libraries {
		for p := l.parent; p != nil; p = p.parent {
			l.inherited = append(l.inherited, p.below)
		}
		l.inherited = append(l.inherited, b.siteBook)
	}
}

// publish sets what is published of each library (section 4).
func (b *builder) publish() {
	for _, l := range b.calendar.libraries {
		s := b.specs[l]
		if !s.HasHours {
			continue
		}
		l.throughPos = s.Through.Pos
		l.from = b.fullDate(s.From)
		l.ownThrough = b.fullDate(s.Through)
		l.throughWrong = s.Through.Text != "" && l.ownThrough.IsZero()
		if !l.ownThrough.IsZero() && l.ownThrough.Before(l.from) {
			b.error(s.Through.Pos, "date-range", "", "hours are published through %s, before they start on %s", l.ownThrough, l.from)
		}
	}
	for _, l := range b.calendar.libraries {
		p := l
		for p.parent != nil && p.ownThrough.IsZero() && !p.throughWrong {
			p = p.parent
		}
		l.through, l.throughWrong = p.ownThrough, l.throughWrong || p.throughWrong
		if l.through.IsZero() {
			l.through = l.today.AddMonths(12)
			l.throughMissing = !p.throughWrong
		}
	}
}

// fullDate reads a field that takes a full date; no date if it is missing or
// wrong.
func (b *builder) fullDate(s Scalar) civil.Date {
	if s.Text == "" {
		return civil.Date{}
	}
	d, m := parseFullDate(s.Text)
	if m != nil {
		b.mistake(s.Pos, "date", m)
	}
	return d
}

// reportLackingWeeks reports libraries whose days nobody says (section 3, "A
// child that follows its parent").
func (b *builder) reportLackingWeeks() {
	for _, l := range b.calendar.libraries {
		root := l.root()
		if l.hasRegular || b.loose[root] || !root.hasHours || root.hasRegular {
			continue
		}
		switch {
		case l == root && len(l.children) == 0:
			b.error(l.hoursPos, "regular-missing", "add regular: with a line for each day, such as mon-fri: 9am-5pm", "the hours have no regular week")
		case l == root:
			for _, s := range b.specs[l].Seasons {
				b.error(s.Pos, "regular-missing", "add regular: or move the season to the libraries below", "a season needs a regular week beside it")
			}
		case len(l.children) == 0 && l.source() == root:
			b.error(cmp.Or(l.hoursPos, b.specs[l].Pos), "regular-missing", "add regular: here or to a library above",
				"neither this library nor %q, which it follows, has a regular week", l.parent.id)
		}
	}
}

// source is the library whose week a library's days come from.
func (l *Library) source() *Library {
	for l.follows() {
		l = l.parent
	}
	return l
}
