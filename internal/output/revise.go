package output

import (
	"slices"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/markdown"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Revised returns the pages that a record makes for itself, in all languages,
// as a plan of h would have them, without making that plan: h is the hub that
// was planned, with nothing but the record at an address made anew. It is for
// those who wait to see a word change in a hub of thousands of pages; lists and
// all else come with the next plan.
//
// ok is false if the record is of another kind than a database, a guide or a
// plain page, or if more has changed about it than what its own page says: what
// lists it, its links and blocks, its places for links of others.
func (m Made) Revised(h *hub.Hub, path string) (pages []publish.Artifact, ok bool) {
	p := m.planner.revised(h)
	for i, e := range p.editions {
		if !sameRole(m.planner.editions[i], e, path) {
			return nil, false
		}
	}
	for _, e := range p.editions {
		if err := e.prepareShell(); err != nil {
			return nil, false
		}
		if record := e.PageAt(path); record != nil {
			pages = append(pages, e.recordPages(record)...)
		}
	}
	return pages, true
}

// revised returns a planner for a hub with the same pages. It shares what the
// plan worked out, which nobody changes any more.
func (p *planner) revised(h *hub.Hub) *planner {
	next := &planner{hub: h, settled: p.settled}
	for i, e := range h.Editions {
		next.editions = append(next.editions, &edition{Edition: e, plan: next, settledEdition: p.editions[i].settledEdition})
	}
	for _, e := range next.editions {
		e.atoz()
	}
	return next
}

// sameRole reports whether a page differs between two editions in nothing but
// what it says itself.
func sameRole(was, is *edition, path string) bool {
	before, after := was.PageAt(path), is.PageAt(path)
	if before == nil || after == nil {
		return before == after
	}
	if before.Kind != after.Kind || before.State != after.State || !after.OnSite() || before.Lang != after.Lang ||
		before.DescriptionLang != after.DescriptionLang || before.BodyLang != after.BodyLang ||
		before.Published != after.Published || before.Expires != after.Expires || before.Grades != after.Grades || before.Image != after.Image ||
		!slices.Equal(before.Subjects, after.Subjects) || !slices.Equal(before.Audience, after.Audience) ||
		!slices.EqualFunc(before.Aliases, after.Aliases, func(a, b hub.Alias) bool { return a.Path == b.Path }) ||
		!slices.Equal(was.Anchors(before), is.Anchors(after)) ||
		!slices.EqualFunc(before.Body.Links, after.Body.Links, func(a, b markdown.Link) bool { return a.Dest == b.Dest }) {
		return false
	}
	switch before.Kind {
	case hub.GuidePage, hub.PlainPage:
		return true
	case hub.DatabasePage:
		a, b := was.Database(before.ID), is.Database(after.ID)
		return slices.Equal(a.Formats, b.Formats) && slices.Equal(offeredBy(a), offeredBy(b)) && slices.Equal(a.Featured, b.Featured)
	}
	return false
}

// recordPages plans the pages of a database, a guide or a plain page.
func (e *edition) recordPages(record *hub.Page) []publish.Artifact {
	switch record.Kind {
	case hub.DatabasePage:
		d := e.Database(record.ID)
		return []publish.Artifact{e.databasePage(d), e.embedDatabase(d)}
	case hub.GuidePage:
		return []publish.Artifact{e.guidePage(e.Guide(record.ID))}
	}
	return []publish.Artifact{e.textPage(record, "page")}
}
