package output

import (
	"bytes"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/markdown"
)

// body renders a page's text, its links and blocks resolved.
func (e *edition) body(p *hub.Page) (Rich, error) {
	html, err := e.plan.scratch.make(func(w *bytes.Buffer) error {
		html, err := p.Body.Append(w.AvailableBuffer(), &resolver{edition: e, page: p}, e.shell.blocks)
		w.Write(html)
		return err
	})
	if err != nil {
		return Rich{}, err
	}
	out := Rich{HTML: template.HTML(html), Lang: e.foreign(p.BodyLang)} //nolint:gosec // made by package markdown
	if out.Lang != "" {
		out.Dir = p.BodyLang.Dir()
	}
	return out, nil
}

// showsHours reports whether a page's text has a block of hours.
func showsHours(p *hub.Page) bool {
	return slices.ContainsFunc(p.Body.Blocks, func(b markdown.Block) bool { return b.Name == "hours" })
}

// headingAnchors returns the anchors of a text's headings.
func headingAnchors(p *hub.Page) []string {
	return mapTo(p.Body.Headings, func(h markdown.Heading) string { return h.ID })
}

// ownAnchors makes the anchors that every page of the record's kind has, and
// those of its text.
func ownAnchors(p *hub.Page) func() []string {
	return func() []string { return append(hub.OwnAnchors(p.Kind), headingAnchors(p)...) }
}

func (e *edition) markdownWords() *markdown.Words {
	t := func(key string) string { return e.words.T(key) }
	return &markdown.Words{
		Note: t("block-note"), Tip: t("block-tip"), Warning: t("block-warning"),
		Footnotes: t("block-footnotes"), BackToText: t("block-back-to-text"),
		Done: t("block-done"), ToDo: t("block-to-do"), Table: t("block-table"),
	}
}

// resolver fills the holes of a page's text.
type resolver struct {
	edition *edition
	page    *hub.Page
}

var _ markdown.Resolver = (*resolver)(nil)

// Link says where a link leads. What is wrong with a link has been reported by
// package check; here it becomes plain text.
func (r *resolver) Link(l *markdown.Link) markdown.Target {
	target, trouble := r.edition.Resolve(l.Pos.File, l.Dest)
	if trouble != (hub.Trouble{}) {
		return markdown.Target{Plain: true}
	}
	href, ok := r.edition.targetHref(target)
	if !ok {
		return markdown.Target{Plain: true}
	}
	return markdown.Target{URL: href}
}

// targetHref returns the address of what a link leads to; false if it is not
// on the site.
func (e *edition) targetHref(t hub.Target) (string, bool) {
	switch {
	case t.Outside != "":
		return t.Outside, true
	case t.Page != nil:
		anchor := t.Fragment
		if !t.Edition.HasAnchor(t.Page, anchor) {
			anchor = "" // a translation may lack a place that the original has
		}
		return e.plan.href(t.Edition.Prefix+t.Page.Path) + hash(anchor), t.Page.OnSite()
	case t.File != nil:
		return e.plan.href(t.File.Path) + hash(t.Fragment), true
	case t.Address != "":
		address, query, hasQuery := strings.Cut(t.Address, "?")
		path := address
		if e.Prefix != "" && e.plan.taken[filePath(e.Prefix+address)] {
			path = e.Prefix + address
		}
		href := e.plan.href(path)
		if hasQuery {
			href += "?" + query
		}
		return href + hash(t.Fragment), true
	}
	return hash(t.Fragment), true
}

// Image says which file a picture is.
func (r *resolver) Image(l *markdown.Link) markdown.Picture {
	target, trouble := r.edition.Resolve(l.Pos.File, l.Dest)
	href, ok := r.edition.targetHref(target)
	if trouble != (hub.Trouble{}) || !ok || target.Page != nil {
		return markdown.Picture{Plain: true}
	}
	p := markdown.Picture{URL: href}
	if target.File != nil {
		p.Width, p.Height = target.File.Width, target.File.Height
	}
	return p
}

// Block appends the HTML of a block; nothing for one that has nothing to show.
func (r *resolver) Block(dst []byte, b *markdown.Block) []byte {
	e := r.edition
	switch b.Name {
	case "database":
		if d := e.Database(b.Attr("id")); d != nil && d.Listed() {
			return appendBlock(dst, e, "block-databases", DatabasesBlock{W: e.words, Items: []template.HTML{e.card(d)}})
		}
	case "databases":
		return appendBlock(dst, e, "block-databases", e.databasesBlock(b))
	case "hours":
		return appendBlock(dst, e, "block-hours", e.hoursBlock(b.Attr("library")))
	case "books":
		return appendBlock(dst, e, "block-books", e.booksBlock(b))
	}
	return dst
}

// appendBlock renders the layout of a block.
func appendBlock[V any](dst []byte, e *edition, name string, view V) []byte {
	return append(dst, part(e, name, view)...)
}

func (e *edition) databasesBlock(b *markdown.Block) DatabasesBlock {
	out := DatabasesBlock{W: e.words, More: Link{
		Href: e.href(e.pathOfBlock(b)), Text: e.sectionTitle(e.Sections[hub.DatabasesSection]).Text,
	}}
	for _, d := range e.databasesOf(b) {
		out.Items = append(out.Items, e.card(d))
	}
	return out
}

// databasesOf returns the databases that a block shows.
func (e *edition) databasesOf(b *markdown.Block) []*hub.Database {
	f := e.filterOf(b)
	var shown []*hub.Database
	for _, d := range e.atoz() {
		if f.matches(d) {
			shown = append(shown, d)
		}
	}
	return shown
}

// pathOfBlock returns the path of the list that a block of databases is a part
// of.
func (e *edition) pathOfBlock(b *markdown.Block) string {
	if len(b.Attrs) == 1 {
		if path := e.filterOf(b).onlyPath(); path != "" && e.plan.taken[filePath(e.Prefix+path)] {
			return path
		}
	}
	return "/databases/"
}

// filter is what a block of databases is narrowed to. Zero values let all
// pass.
type filter struct {
	format   hub.Format
	grade    hub.Grades
	subject  *hub.Subject
	library  *hub.Library
	audience hub.Audience
}

func (e *edition) filterOf(b *markdown.Block) filter {
	var f filter
	f.format, _ = hub.ParseFormat(b.Attr("format"))
	f.grade, _ = hub.ParseGrades(b.Attr("grade"))
	f.subject = e.subject(b.Attr("subject"))
	f.library = e.Library(b.Attr("library"))
	f.audience, _ = hub.Parse(b.Attr("audience"), hub.Audiences())
	return f
}

func (f filter) matches(d *hub.Database) bool {
	return (f.format == "" || slices.Contains(d.Formats, f.format)) &&
		(f.grade == 0 || d.Grades == 0 || d.Grades&f.grade != 0) &&
		(f.subject == nil || slices.Contains(d.Subjects, f.subject)) &&
		(f.library == nil || d.OfferedBy(f.library)) &&
		(f.audience == "" || slices.Contains(d.Audience, f.audience))
}

// onlyPath returns the address of the list of the filter's one value.
func (f filter) onlyPath() string {
	switch {
	case f.format != "":
		return formatPath(f.format)
	case f.subject != nil:
		return subjectPath(f.subject)
	case f.library != nil:
		return offeredPath(f.library)
	case f.audience != "":
		return audiencePath(f.audience)
	case len(f.grade.List()) == 1:
		return gradePath(f.grade.List()[0])
	}
	return ""
}

// subject returns the subject of an ID or a title, in any case, or nil.
func (e *edition) subject(name string) *hub.Subject {
	for _, in := range []*hub.Edition{e.Edition, e.plan.hub.Default()} {
		for _, s := range in.Site.Subjects {
			if name != "" && (strings.EqualFold(s.ID, name) || strings.EqualFold(s.Title, name)) {
				return e.subjectByID(s.ID)
			}
		}
	}
	return nil
}

func (e *edition) subjectByID(id string) *hub.Subject {
	for _, s := range e.Site.Subjects {
		if s.ID == id {
			return s
		}
	}
	return nil
}

func (e *edition) booksBlock(b *markdown.Block) BooksBlock {
	out := BooksBlock{W: e.words}
	l := e.listOf(b)
	if l == nil {
		return out
	}
	out.More = Link{Href: e.href(l.Path), Text: l.Title, Lang: e.foreign(l.Lang)}
	for _, book := range booksOf(b, l) {
		shown := e.book(book, 3)
		shown.Anchor, shown.OtherAnchors = "", nil
		out.Books = append(out.Books, shown)
	}
	return out
}

// booksOf returns the books of a list that a block shows.
func booksOf(b *markdown.Block, l *hub.AwardList) []*hub.Book {
	status, _ := hub.Parse(b.Attr("status"), hub.BookStatuses())
	var shown []*hub.Book
	for _, book := range l.Books {
		if status == "" || book.Status == status {
			shown = append(shown, book)
		}
	}
	return shown
}

// listOf returns the award list that a block names: its list or year, else the
// newest.
func (e *edition) listOf(b *markdown.Block) *hub.AwardList {
	a := e.Award(b.Attr("award"))
	if a == nil {
		return nil
	}
	list, year := b.Attr("list"), b.Attr("year")
	for _, l := range a.Lists {
		if !l.Listed() {
			continue
		}
		if list == "" && year == "" || l.ID == list || year != "" && (l.ID == year || strconv.Itoa(l.Year) == year) {
			return l
		}
	}
	return nil
}

// languageNames returns languages in words.
func (e *edition) languageNames(tags []lang.Tag) []string {
	return mapTo(tags, func(t lang.Tag) string {
		return e.names.get(t, func() string { return t.Name(e.Lang) })
	})
}
