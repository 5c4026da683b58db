package content

import (
	"maps"
	"slices"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/markdown"
)

// Joining a hub of 10,000 pages takes a quarter of a second (2026-11-26), which
// is long for somebody who waits to see a word change. Most edits change one
// text and nothing that any other record looks at. For these a hub is revised:
// the one of last time, with a single record made anew. What this file cannot
// prove to be such an edit is joined from the beginning.

// joined is what a Load leaves to the next one with the same Cache.
type joined struct {
	*joiner
	unread   findings // of what was read before anything was joined
	editions []*edition
	hub      *hub.Hub
	all      []diag.Finding // what Load returned
}

// revise returns the hub of last time with the one record that changed, if
// that is all that there is to do. last is used up then.
func (l *loader) revise(last *joined) (*joined, bool) {
	if last == nil || !l.sameSurroundings(last) {
		return nil, false
	}
	at, changed := l.changedFile(last)
	switch {
	case !changed:
		return nil, false
	case at < 0:
		return last, true
	}
	before, after := last.parsed[at], l.parsed[at]
	r := last.byBase[before.place.base]
	if r == nil || !last.isPlain(r, before, after) {
		return nil, false
	}
	if len(after.doc.Findings) > 0 || !sameBlocks(before.doc, after.doc) || !slices.Equal(last.named(before), last.named(after)) {
		return nil, false
	}
	j := *last.joiner
	j.loader, j.findings = l, nil
	fresh := r.with(before, after)
	j.checkPage(fresh)
	if fresh.place.kind == hub.DatabasePage {
		j.checkDatabase(fresh)
	}
	if len(j.findings) > 0 || fresh.state != r.state {
		return nil, false
	}
	return last.replace(&j, r, fresh), true
}

// sameSurroundings reports whether all but the pages is as it was last time:
// the day, the settings, the ledger, the tables, the files beside pages.
func (l *loader) sameSurroundings(last *joined) bool {
	return l.Now == last.Now && l.Drafts == last.Drafts && l.BaseURL == last.BaseURL &&
		slices.Equal(l.settings, last.settings) && slices.Equal(l.files, last.files) &&
		maps.Equal(l.tables, last.tables) && slices.Equal(l.findings, last.unread)
}

// changedFile returns the index of the one Markdown file that is another, -1 if
// none is; ok is false if there are several, or if files came or went.
func (l *loader) changedFile(last *joined) (at int, ok bool) {
	if len(l.parsed) != len(last.parsed) {
		return 0, false
	}
	at = -1
	for i, f := range l.parsed {
		switch was := last.parsed[i]; {
		case f == was:
		case f.path != was.path || at >= 0:
			return 0, false
		default:
			at = i
		}
	}
	return at, true
}

// isPlain reports whether a record is of a kind to which other records do not
// point, and whether what others may ask of it stays the same while one of its
// files changes. Nothing may be wrong with any of its files.
func (last *joined) isPlain(r *record, before, after *parsedFile) bool {
	switch r.place.kind {
	case hub.DatabasePage:
		if last.inBook(r) {
			return false
		}
	case hub.GuidePage, hub.PlainPage:
	default:
		return false
	}
	files := r.files()
	if !slices.Contains(files, before) || after.broken || len(after.findings) > 0 {
		return false
	}
	for _, f := range last.all {
		if slices.ContainsFunc(files, func(of *parsedFile) bool { return of.path == f.Pos.File }) {
			return false
		}
	}
	was, is := before.page, after.page
	same := was.Draft.Value == is.Draft.Value && was.Standalone.Value == is.Standalone.Value &&
		!was.Image.Given() && !is.Image.Given() && sameTexts(was.Subjects, is.Subjects)
	if before.database != nil {
		same = same && sameTexts(before.database.Featured, after.database.Featured)
	}
	return same
}

// inBook reports whether a book of a list names a database.
func (last *joined) inBook(database *record) bool {
	for _, r := range last.records {
		if r.list == nil {
			continue
		}
		for i := range r.list.books {
			for _, f := range r.list.books[i].formats {
				if f.database == database {
					return true
				}
			}
		}
	}
	return false
}

func sameTexts(a, b []text) bool {
	return slices.EqualFunc(a, b, func(x, y text) bool { return x.Value == y.Value })
}

func sameBlocks(a, b *markdown.Doc) bool {
	return slices.EqualFunc(a.Blocks, b.Blocks, func(x, y markdown.Block) bool {
		return x.Name == y.Name && slices.EqualFunc(x.Attrs, y.Attrs, func(v, w markdown.Attr) bool { return v.Name == w.Name && v.Value == w.Value })
	})
}

// with returns a record, not checked yet, with another file in the place of
// one of its own.
func (r *record) with(before, after *parsedFile) *record {
	fresh := &record{place: r.place, file: r.file, only: r.only, translations: maps.Clone(r.translations)}
	if fresh.file == before {
		fresh.file = after
	}
	for tag, f := range fresh.translations {
		if f == before {
			fresh.translations[tag] = after
		}
	}
	return fresh
}

// replace makes the hub with a record in the place of another.
func (last *joined) replace(j *joiner, old, fresh *record) *joined {
	j.records[slices.Index(j.records, old)] = fresh
	j.byBase[fresh.place.base] = fresh
	if fresh.place.kind == hub.DatabasePage {
		j.databases[fresh.place.id] = fresh
	}
	h := *last.hub
	h.Editions = nil
	next := &joined{joiner: j, unread: last.unread, all: last.all}
	for _, b := range last.editions {
		b = b.revised(j, old, fresh)
		next.editions = append(next.editions, b)
		h.Editions = append(h.Editions, b.Edition)
	}
	next.hub = hub.New(h)
	return next
}

// revised returns an edition with a record in the place of another.
func (b *edition) revised(j *joiner, old, fresh *record) *edition {
	next := *b
	e := *b.Edition
	next.joiner, next.Edition = j, &e
	if !next.inEdition(fresh) {
		return &next
	}
	var page *hub.Page
	switch fresh.place.kind {
	case hub.DatabasePage:
		d := next.newDatabase(fresh)
		page = &d.Page
		if fresh.onSite() {
			delete(next.dbs, old)
			next.dbs[fresh] = d
			e.Databases = swapped(&next, e.Databases, d, func(d *hub.Database) *hub.Page { return &d.Page })
		}
	case hub.GuidePage:
		g := &hub.Guide{Page: next.newPage(fresh)}
		page = &g.Page
		if fresh.onSite() {
			e.Guides = swapped(&next, e.Guides, g, func(g *hub.Guide) *hub.Page { return &g.Page })
		}
	case hub.PlainPage:
		p := next.newPage(fresh)
		page = &p
		if fresh.onSite() {
			e.Pages = swapped(&next, e.Pages, page, func(p *hub.Page) *hub.Page { return p })
		}
	}
	if !fresh.onSite() {
		e.Absent = slices.Clone(e.Absent)
		e.Absent[slices.IndexFunc(e.Absent, func(p *hub.Page) bool { return p.Path == page.Path })] = page
	}
	return &next
}

// swapped returns the records of a list with one in the place of that with the
// same address, in the order of the list.
func swapped[T any](b *edition, records []T, fresh T, page func(T) *hub.Page) []T {
	records = slices.Clone(records)
	path := page(fresh).Path
	records[slices.IndexFunc(records, func(r T) bool { return page(r).Path == path })] = fresh
	sortPages(b, records, page)
	return records
}
