package content

import (
	"cmp"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/markdown"
)

// edition makes the hub in one language. It only picks texts: all mistakes
// were reported before.
type edition struct {
	*joiner
	*hub.Edition
	last bool // nobody reads the records' fields after this edition

	phrases   map[string]string // texts that repeat
	subjects  []*hub.Subject
	subjectBy map[string]*hub.Subject
	libs      map[*record]*hub.Library // on the site
	dbs       map[*record]*hub.Database
	holders   []*hub.Library // libraries with a catalog of their own
}

// emptyDoc is the body of a page without one.
var emptyDoc = &markdown.Doc{}

func (j *joiner) newEdition(tag lang.Tag) *edition {
	b := &edition{
		joiner: j, Edition: &hub.Edition{Lang: tag, Order: j.Cache.order(tag), Sections: map[hub.Section]*hub.Page{}},
		last:    j.Cache == nil && tag == j.site.languages[len(j.site.languages)-1],
		phrases: map[string]string{}, subjectBy: map[string]*hub.Subject{},
		libs: map[*record]*hub.Library{}, dbs: map[*record]*hub.Database{},
	}
	b.Pos = diag.Pos{File: siteFile, Line: 1, Col: 1}
	for _, t := range j.site.raw.Languages {
		if listed, err := lang.ParseTag(t.Value); err == nil && listed == tag {
			b.Pos = t.Pos
		}
	}
	if tag != j.site.languages[0] {
		b.Prefix = "/" + tag.String()
	}
	b.readPhrases()
	b.makeSubjects()
	b.Site = b.siteOf()
	b.makeLibraries()
	b.makeDatabases()
	b.makeAwards()
	b.makePages()
	return b
}

// readPhrases collects the texts that repeat: those of site.LANG.yaml, and the
// reasons and names that libraries' translations give to special days.
func (b *edition) readPhrases() {
	add := func(original, translated string) {
		if original != "" && translated != "" && b.phrases[original] == "" {
			b.phrases[original] = translated
		}
	}
	if words := b.site.words[b.Lang]; words != nil {
		for _, e := range words.Phrases {
			add(strings.Join(strings.Fields(e.Key.Value), " "), e.Value.Value)
		}
		for _, t := range words.Closures {
			for _, c := range b.site.raw.Closures {
				if sameRule(c, t) {
					add(c.Reason.Value, t.Reason.Value)
					add(noteOf(c.Hours.Text), noteOf(t.Hours.Text))
				}
			}
		}
	}
	for _, r := range b.records {
		f := r.translations[b.Lang]
		if r.library == nil || f == nil {
			continue
		}
		for _, t := range f.library.Hours.Exceptions {
			if e := findRule(r.file.library.Hours.Exceptions, t); e != nil {
				add(e.Reason.Value, t.Reason.Value)
				add(noteOf(e.Hours.Text), noteOf(t.Hours.Text))
			}
		}
		for _, t := range f.library.Hours.Seasons {
			if s := findSeason(r.file.library.Hours.Seasons, t); s != nil {
				add(s.Name.Value, t.Name.Value)
			}
		}
	}
}

// noteOf returns the note in brackets of a day's value.
func noteOf(t text) string {
	value, err := hours.Parse(t.Value)
	if err != nil {
		return ""
	}
	return value.Note
}

// phrase returns a text that repeats in the edition's language.
func (b *edition) phrase(s string) string {
	if t, ok := b.phrases[s]; ok {
		return t
	}
	return s
}

// made forgets the fields of a record that the last edition has: they take a
// quarter of the memory of a load, and as much as is made of them
// (2026-11-26).
func (b *edition) made(r *record) {
	if !b.last {
		return
	}
	for _, f := range r.files() {
		f.page, f.database, f.list = nil, nil, nil
	}
	r.database, r.list = nil, nil
}

func (b *edition) makeSubjects() {
	for i := range b.site.subjects.terms {
		s := b.site.subjects.terms[i].Subject
		s.Title = cmp.Or(b.site.subjects.terms[i].titles[b.Lang], b.phrase(s.Title))
		b.subjects = append(b.subjects, &s)
		b.subjectBy[s.ID] = &s
	}
}

func (b *edition) subjectsOf(ids []string) []*hub.Subject {
	var out []*hub.Subject
	for _, id := range ids {
		if s := b.subjectBy[id]; s != nil {
			out = append(out, s)
		}
	}
	return out
}

// newPage makes what all records have in common.
func (b *edition) newPage(r *record) hub.Page {
	p := hub.Page{
		Kind: r.place.kind, ID: r.place.id, Path: r.place.address, Pos: r.pos(), TitlePos: r.pos(), Lang: b.Lang, DescriptionLang: b.Lang, BodyLang: b.Lang,
		State: r.state, Published: r.published, Expires: r.ends, Updated: r.updated, Reviewed: r.reviewed,
		Audience: r.audience, Subjects: b.subjectsOf(r.subjects), Grades: r.grades, Image: r.image, Weight: r.weight,
		Standalone: !r.only.IsZero(), Body: emptyDoc,
	}
	f := r.file
	if f == nil {
		p.Title = titleOf(r.place.id)
		return p
	}
	base := b.site.languages[0]
	if p.Standalone {
		base = r.only
	}
	p.File, p.Original = f.path, f.path
	p.TitlePos = placeOfTitle(f)
	p.Title, p.Description, p.ImageAlt = f.page.Title.Value, f.page.Description.Value, f.page.ImageAlt.Value
	p.Body, p.Lang, p.DescriptionLang, p.BodyLang = f.doc, base, base, base
	p.Unread = b.unread(r)
	p.Aliases = r.aliases[b.Lang]
	if t := r.translations[b.Lang]; t != nil {
		b.translatePage(&p, r, t)
	}
	return p
}

// unread reports whether a part of a record cannot be read: its front matter, a
// translation's, or its books.
func (b *edition) unread(r *record) bool {
	for _, f := range r.files() {
		if f.broken {
			return true
		}
	}
	if r.list == nil || !r.file.list.BooksFile.Given() {
		return false
	}
	t := b.tables[besides(r.file.path, r.file.list.BooksFile.Value)]
	if t == nil {
		return true
	}
	errors, _ := diag.Count(t.findings)
	return errors > 0
}

func placeOfTitle(f *parsedFile) diag.Pos {
	if f.page.Title.Given() {
		return f.page.Title.Pos
	}
	return f.top()
}

func (b *edition) translatePage(p *hub.Page, r *record, t *parsedFile) {
	p.File, p.Lang = t.path, b.Lang
	p.Pos, p.TitlePos = t.top(), placeOfTitle(t)
	set(&p.Title, t.page.Title.Text)
	if t.page.Description.Given() {
		p.Description, p.DescriptionLang = t.page.Description.Value, b.Lang
	}
	set(&p.ImageAlt, t.page.ImageAlt.Text)
	if image := r.images[b.Lang]; image != nil {
		p.Image = image
	}
	if t.page.Updated.Given() {
		p.Updated = t.page.Updated.Value
	}
	if t.page.Reviewed.Given() {
		p.Reviewed = t.page.Reviewed.Value
	}
	if !t.doc.Empty() {
		p.Body, p.BodyLang = counterpart(t.doc, p.Body), b.Lang
	}
}

// counterpart returns a translated text whose headings have the anchors of the
// original's, so that links hold in every language. Where the outlines differ
// nobody knows which heading is which, and the text keeps its own.
func counterpart(doc, original *markdown.Doc) *markdown.Doc {
	if len(doc.Headings) != len(original.Headings) || len(doc.Headings) == 0 {
		return doc
	}
	ids := make([]string, len(doc.Headings))
	for i, h := range original.Headings {
		if h.Level != doc.Headings[i].Level {
			return doc
		}
		ids[i] = h.ID
	}
	return doc.WithAnchors(ids)
}

// inEdition reports whether a record has a page in this language.
func (b *edition) inEdition(r *record) bool { return r.only.IsZero() || r.only == b.Lang }

// of returns the records of a kind that are in this edition, sorted by
// address.
func (b *edition) of(kind hub.Kind) []*record {
	var out []*record
	for _, r := range b.records {
		if r.place.kind == kind && b.inEdition(r) {
			out = append(out, r)
		}
	}
	return out
}

// away puts a page that is not on the site aside.
func (b *edition) away(p *hub.Page) { b.Absent = append(b.Absent, p) }

func (b *edition) makeLibraries() {
	all := map[*record]*hub.Library{}
	records := b.of(hub.LibraryPage)
	for _, r := range records {
		all[r] = b.newLibrary(r)
	}
	done := map[*record]bool{}
	var link func(r *record)
	link = func(r *record) {
		if done[r] {
			return
		}
		done[r] = true
		if parent := r.library.parent; parent != nil {
			link(parent)
			all[r].Parent = all[parent]
			inherit(all[r])
		}
	}
	var roots []*hub.Library
	for _, r := range records {
		link(r)
		l := all[r]
		if !r.onSite() {
			b.away(&l.Page)
			continue
		}
		b.libs[r] = l
		if parent := r.library.parent; parent != nil && parent.onSite() {
			l.Parent.Children = append(l.Parent.Children, l)
		} else {
			roots = append(roots, l)
		}
	}
	b.addFamily(roots)
	for _, l := range b.Libraries {
		if l.OwnCatalog {
			b.holders = append(b.holders, l)
		}
	}
}

// addFamily lists libraries, each followed by its branches and departments.
func (b *edition) addFamily(libraries []*hub.Library) {
	sortPages(b, libraries, func(l *hub.Library) *hub.Page { return &l.Page })
	for _, l := range libraries {
		b.Libraries = append(b.Libraries, l)
		b.addFamily(l.Children)
	}
}

// sortPages puts records in the order of a list: by weight, then by title as
// the language sorts.
func sortPages[T any](b *edition, records []T, page func(T) *hub.Page) {
	type keyed struct {
		record T
		page   *hub.Page
		key    string
	}
	list := make([]keyed, len(records))
	for i, r := range records {
		list[i] = keyed{r, page(r), b.Order.Key(page(r).Title)}
	}
	slices.SortFunc(list, func(x, y keyed) int {
		return cmp.Or(cmp.Compare(x.page.Weight, y.page.Weight), strings.Compare(x.key, y.key), strings.Compare(x.page.Path, y.page.Path))
	})
	for i := range list {
		records[i] = list[i].record
	}
}

func (b *edition) makeDatabases() {
	for _, r := range b.of(hub.DatabasePage) {
		d := b.newDatabase(r)
		b.made(r)
		if !r.onSite() {
			b.away(&d.Page)
			continue
		}
		b.dbs[r] = d
		b.Databases = append(b.Databases, d)
	}
	sortPages(b, b.Databases, func(d *hub.Database) *hub.Page { return &d.Page })
}

func (b *edition) makeAwards() {
	awards := map[*record]*hub.Award{}
	for _, r := range b.of(hub.AwardPage) {
		a := b.newAward(r)
		awards[r] = a
		if !r.onSite() {
			b.away(&a.Page)
			continue
		}
		b.Awards = append(b.Awards, a)
	}
	for _, r := range b.of(hub.AwardListPage) {
		a := awards[r.list.award]
		l := b.newList(r, a)
		b.made(r)
		if l.OnSite() && !a.OnSite() {
			l.State = a.State // a list without its award is not there either
		}
		if !l.OnSite() {
			b.away(&l.Page)
			continue
		}
		a.Lists = append(a.Lists, l)
	}
	sortPages(b, b.Awards, func(a *hub.Award) *hub.Page { return &a.Page })
	for _, a := range b.Awards {
		b.orderLists(a)
	}
}

// makePages makes the pages that are texts only.
func (b *edition) makePages() {
	for _, r := range b.records {
		if !b.inEdition(r) {
			continue
		}
		switch r.place.kind {
		case hub.GuidePage, hub.PlainPage, hub.HomePage, hub.SectionPage:
		default:
			continue
		}
		p := b.newPage(r)
		b.made(r)
		switch {
		case !r.onSite():
			b.away(&p)
		case p.Kind == hub.GuidePage:
			b.Guides = append(b.Guides, &hub.Guide{Page: p})
		case p.Kind == hub.HomePage:
			b.Home = &p
		case p.Kind == hub.SectionPage:
			b.Sections[r.place.section] = &p
		default:
			b.Pages = append(b.Pages, &p)
		}
	}
	sortPages(b, b.Guides, func(g *hub.Guide) *hub.Page { return &g.Page })
	sortPages(b, b.Pages, func(p *hub.Page) *hub.Page { return p })
	b.fillGaps()
}

// fillGaps gives a page to home and to sections for which nobody wrote a text,
// or whose text is not there yet. Their titles are words of the interface.
func (b *edition) fillGaps() {
	if b.Home == nil {
		b.Home = &hub.Page{Kind: hub.HomePage, Path: "/", Lang: b.Lang, BodyLang: b.Lang, Body: emptyDoc, Title: b.Site.Title}
	}
	for _, s := range hub.Sections() {
		if b.Sections[s] == nil {
			b.Sections[s] = &hub.Page{Kind: hub.SectionPage, ID: string(s), Path: "/" + string(s) + "/", Lang: b.Lang, BodyLang: b.Lang, Body: emptyDoc}
		}
	}
}
