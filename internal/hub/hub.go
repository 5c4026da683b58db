// Package hub is the domain: what a joint hub of libraries consists of, as
// typed records that refer to each other by pointer. It knows nothing of files'
// formats, addresses on a host or HTML.
//
// A Hub has one [Edition] for each of its languages. An edition is complete: it
// holds every record of the hub in the best text there is, so that whoever
// makes pages takes one edition and never asks "which language?" again. What
// does not depend on a language (identity, dates, grades, opening hours) is the
// same in all editions.
//
// Package content makes hubs; from then on everything here is read-only and
// safe for concurrent use. Values such as [Grades] or [Format] are made only by
// their parsers: a value that exists is a right one.
//
//	for _, d := range h.Default().Databases {
//		if d.Listed() { fmt.Println(d.Title, d.Formats) }
//	}
package hub

import (
	"slices"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/ledger"
)

// Hub is a whole hub at one moment.
type Hub struct {
	Now      civil.Moment
	Today    civil.Date     // of Now in Zone
	Zone     *time.Location // the site's; UTC if site.yaml gives none
	Calendar *hours.Calendar
	Ledger   ledger.Ledger
	Retired  []ledger.Retirement
	Editions []*Edition // the default language first; never empty
	Files    []*File    // what lies under content/ beside the pages, sorted by source
}

// New completes a hub: it builds the indexes that look-ups need. The caller
// must not change the hub or anything in it afterwards.
func New(h Hub) *Hub {
	for _, e := range h.Editions {
		e.index = newIndex(&h, e)
	}
	return &h
}

// Zones returns the zones in which the hub tells days: the site's and those of
// its libraries, each once.
func (h *Hub) Zones() []*time.Location {
	zones := []*time.Location{h.Zone}
	for _, l := range h.Default().Libraries {
		zone := l.Hours.Zone()
		if !slices.ContainsFunc(zones, func(known *time.Location) bool { return known.String() == zone.String() }) {
			zones = append(zones, zone)
		}
	}
	return zones
}

// Default returns the edition in the hub's first language.
func (h *Hub) Default() *Edition { return h.Editions[0] }

// Edition is the hub in one language. Its lists hold what has a page on the
// site, what has ended included (see [Page.Listed]); they are sorted by the
// language's rules, weights first.
type Edition struct {
	Lang   lang.Tag
	Pos    diag.Pos        // of the language in site.yaml; its beginning if it lists none
	Prefix string          // "" for the default language, "/es" for another
	Order  *lang.Collation // of titles from A to Z

	Site      Site
	Home      *Page
	Sections  map[Section]*Page // the text above a section's list; every section has an entry
	Libraries []*Library        // parents before their branches and departments
	Databases []*Database
	Awards    []*Award
	Guides    []*Guide
	Pages     []*Page // plain pages

	// Absent holds the pages that are not on the site: drafts, and pages whose
	// publish or trial date lies ahead. Links to them are told apart from links
	// to nothing.
	Absent []*Page

	index index
}

// Section is one of the lists that a hub has.
type Section string

// The sections, by the name of their folder and address.
const (
	DatabasesSection Section = "databases"
	AwardsSection    Section = "awards"
	GuidesSection    Section = "guides"
	LibrariesSection Section = "libraries"
	HoursSection     Section = "hours"
	SearchSection    Section = "search"
)

// Sections lists the sections in the order in which they are shown.
func Sections() []Section {
	return []Section{DatabasesSection, AwardsSection, HoursSection, LibrariesSection, GuidesSection, SearchSection}
}

// EachPage calls f for each page of the edition that is on the site.
func (e *Edition) EachPage(f func(*Page)) {
	f(e.Home)
	for _, s := range Sections() {
		f(e.Sections[s])
	}
	for _, r := range e.Libraries {
		f(&r.Page)
	}
	for _, r := range e.Databases {
		f(&r.Page)
	}
	for _, r := range e.Awards {
		f(&r.Page)
		for _, l := range r.Lists {
			f(&l.Page)
		}
	}
	for _, r := range e.Guides {
		f(&r.Page)
	}
	for _, p := range e.Pages {
		f(p)
	}
}

// Library returns the library with an ID, or nil.
func (e *Edition) Library(id string) *Library { return e.index.libraries[id] }

// Database returns the database with an ID, or nil.
func (e *Edition) Database(id string) *Database { return e.index.databases[id] }

// Award returns the award with an ID, or nil.
func (e *Edition) Award(id string) *Award { return e.index.awards[id] }

// Guide returns the guide with an ID, or nil.
func (e *Edition) Guide(id string) *Guide { return e.index.guides[id] }

// Changed returns the address of the one page that is another in h than it was
// in an earlier hub; ok is false if there is none or if there are more. Pages
// are compared as objects, so that it finds what package content revised.
func (h *Hub) Changed(before *Hub) (path string, ok bool) {
	if len(h.Editions) != len(before.Editions) {
		return "", false
	}
	many := false
	for i, e := range h.Editions {
		e.EachPage(func(p *Page) {
			if before.Editions[i].PageAt(p.Path) != p {
				many = many || ok && path != p.Path
				path, ok = p.Path, true
			}
		})
	}
	return path, ok && !many
}
