package output

import (
	"bytes"
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// awards plans the list of awards, each award and each of its lists.
func (p *planner) awards() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		artifacts = append(artifacts, e.awardsPage())
		for _, a := range e.Awards {
			artifacts = append(artifacts, e.awardPage(a))
			for _, l := range a.Lists {
				artifacts = append(artifacts, e.awardListPage(l))
			}
		}
	}
	return artifacts
}

// sectionLeaf is the leaf of a section's own page, which has scripts beside
// those of its text.
func (e *edition) sectionLeaf(s hub.Section, scripts ...string) leaf {
	section := e.Sections[s]
	return leaf{
		path: section.Path, title: e.sectionTitle(section), description: e.description(section), record: section, text: true,
		everywhere: true, anchors: ownAnchors(section), share: true,
		scripts: append(e.pageScripts(section), scripts...),
	}
}

func (e *edition) awardsPage() publish.Artifact {
	what := func() leaf { return e.sectionLeaf(hub.AwardsSection) }
	return page(e, what, "awards", func(s Shell) AwardsView {
		v := AwardsView{Shell: s, Intro: s.text}
		for _, a := range e.Awards {
			if !a.Listed() {
				continue
			}
			card := AwardCard{
				ID: a.ID, Title: e.title(&a.Page), Href: e.href(a.Path), Description: e.about(&a.Page),
				Grades: e.gradesInWords(a.Grades),
			}
			for _, l := range a.Current() {
				if l.Listed() {
					card.Current = append(card.Current, e.listCard(l, 3))
				}
			}
			v.Awards = append(v.Awards, card)
		}
		return v
	})
}

func (e *edition) awardPage(a *hub.Award) publish.Artifact {
	what := func() leaf {
		return leaf{
			path: a.Path, title: e.title(&a.Page), description: e.description(&a.Page), record: &a.Page, text: true,
			crumbs: []Link{e.sectionLink(hub.AwardsSection)}, anchors: ownAnchors(&a.Page),
			scripts: e.pageScripts(&a.Page), share: a.Listed(),
		}
	}
	return page(e, what, "award", func(s Shell) AwardView {
		v := AwardView{
			Shell: s, Lead: e.lead(&a.Page), Body: s.text, Organizer: a.Organizer, Site: a.URL,
			Grades: e.gradesInWords(a.Grades), Vote: e.voteLines(a.Voting),
		}
		if a.ReadAtLeast > 0 {
			v.Read = e.words.T("award-goal", "number", strconv.Itoa(a.ReadAtLeast))
		}
		for _, l := range a.Lists {
			if !l.Listed() {
				continue
			}
			if l.Current {
				v.Current = append(v.Current, e.listCard(l, 3))
			}
			v.Lists = append(v.Lists, Link{Href: e.href(l.Path), Text: l.Title, Lang: e.foreign(l.Lang)})
		}
		return v
	})
}

// coversOnCard is how many covers a list shows on other pages.
const coversOnCard = 9

// listCard returns an award list as other pages show it.
func (e *edition) listCard(l *hub.AwardList, level int) ListCard {
	card := ListCard{
		W: e.words, Title: e.title(&l.Page), Href: e.href(l.Path),
		Label: listLabel(l), Grades: e.gradesInWords(l.Grades), Count: e.words.N("books", len(l.Books)), Level: level,
	}
	if l.ReadAtLeast > 0 {
		card.Read = e.words.T("award-goal", "number", strconv.Itoa(l.ReadAtLeast))
	}
	if len(l.Voting) > 0 {
		card.Vote = e.voteSpan(l.Voting[0])
	}
	for _, b := range l.Books[:min(len(l.Books), coversOnCard)] {
		card.Covers = append(card.Covers, CoverLink{Href: e.href(l.Path) + hash(b.Anchor), Title: b.Title, Cover: e.cover(b)})
	}
	return card
}

// listLabel is the year or the word that tells a list from its neighbours.
func listLabel(l *hub.AwardList) string {
	if l.Year > 0 {
		return strings.ReplaceAll(l.ID, "-", "–")
	}
	return l.Title
}

func (e *edition) voteLines(voting []hub.Voting) []VoteLine {
	var lines []VoteLine
	for _, v := range voting {
		lines = append(lines, VoteLine{
			Library: v.Library.Title, Href: e.href(v.Library.Path), When: e.words.DateRangeYear(v.When),
			URL: v.URL,
		})
	}
	return lines
}

// voteSpan says when readers vote.
func (e *edition) voteSpan(v hub.Voting) string {
	if v.When.From == v.When.Until {
		return e.words.T("award-vote-day", "date", e.words.Date(v.When.From))
	}
	return e.words.T("award-vote-when", "from", e.words.Day(v.When.From), "to", e.words.Date(v.When.Until))
}

func (e *edition) awardListPage(l *hub.AwardList) publish.Artifact {
	what := func() leaf {
		return leaf{
			path: l.Path, title: e.title(&l.Page), description: e.listDescription(l), record: &l.Page, text: true,
			crumbs: e.listCrumbs(l), anchors: func() []string { return e.listAnchors(l) },
			scripts: e.pageScripts(&l.Page), share: l.Listed(), embed: embedListPath(l),
			data: func() any { return e.bookListLD(l) },
		}
	}
	return page(e, what, "award-list", func(s Shell) AwardListView { return e.awardListView(s, l) })
}

// listCrumbs is the way from home to a list.
func (e *edition) listCrumbs(l *hub.AwardList) []Link {
	return []Link{e.sectionLink(hub.AwardsSection), {Href: e.href(l.Award.Path), Text: l.Award.Title, Lang: e.foreign(l.Award.Lang)}}
}

// listAnchors returns the anchors of a list's page: of its books, those that
// they had, those of books that are gone, of its text.
func (e *edition) listAnchors(l *hub.AwardList) []string {
	var anchors []string
	for _, b := range l.Books {
		anchors = append(anchors, b.Anchors()...)
		anchors = append(anchors, e.plan.formerNumbers(b)...)
	}
	for _, a := range e.retiredAnchors(l) {
		anchors = append(anchors, a.ID)
	}
	return append(anchors, headingAnchors(&l.Page)...)
}

func (e *edition) listDescription(l *hub.AwardList) string {
	if l.Description != "" || l.Body.Summary != "" {
		return e.description(&l.Page)
	}
	return e.words.N("award-list-about", len(l.Books), "list", l.Title)
}

func (e *edition) awardListView(s Shell, l *hub.AwardList) AwardListView {
	v := AwardListView{
		Shell: s, Sprite: e.sprite(s, bookIcons(l.Books)), Lead: e.lead(&l.Page), Body: s.text,
		Organizer: l.Organizer, Site: l.URL, Grades: e.gradesInWords(l.Grades),
		Count: e.words.N("books", len(l.Books)), Vote: e.voteLines(l.Voting),
	}
	if l.ReadAtLeast > 0 {
		v.Read = e.words.N("award-goal-of", len(l.Books), "number", strconv.Itoa(l.ReadAtLeast))
	}
	if !l.Runs.From.IsZero() && !l.Runs.Until.IsZero() {
		v.Runs = e.words.T("award-runs", "from", e.words.Date(l.Runs.From), "to", e.words.Date(l.Runs.Until))
	}
	v.Books = make([]Book, 0, len(l.Books))
	for _, b := range l.Books {
		book := e.book(b, 2)
		book.OtherAnchors = append(book.OtherAnchors, e.plan.formerNumbers(b)...)
		v.Books = append(v.Books, book)
	}
	v.Retired = e.retiredAnchors(l)
	for _, other := range l.Award.Lists {
		if other.Listed() || other == l {
			v.Others = append(v.Others, Link{Href: e.href(other.Path), Text: listLabel(other), Current: other == l})
		}
	}
	v.Tracker = e.tracker(v, l)
	return v
}

// bookmarkHolds is how many titles stand on a bookmark of 200 mm if each takes
// two lines.
const bookmarkHolds = 24

// tracker returns the print that readers keep a record on, nil for a list
// without books.
func (e *edition) tracker(v AwardListView, l *hub.AwardList) *Tracker {
	if len(l.Books) == 0 {
		return nil
	}
	t := &Tracker{
		W: e.words, Title: e.words.T("tracker-title", "list", l.Title), List: l.Title, Goal: v.Read, Vote: v.Vote,
		Bookmark: len(l.Books) <= bookmarkHolds, Rows: make([]TrackerRow, 0, len(l.Books)),
	}
	for i := range l.ReadAtLeast {
		t.Steps = append(t.Steps, i+1)
	}
	for _, b := range l.Books {
		t.Rows = append(t.Rows, TrackerRow{b.Title, e.words.And(b.Authors)})
	}
	return t
}

// book returns a book as lists show it.
func (e *edition) book(b *hub.Book, level int) Book {
	out := Book{
		W: e.words, Anchor: b.Anchor, OtherAnchors: b.Anchors()[1:], Title: e.text(b.Title, b.List.Lang), Authors: e.words.And(b.Authors),
		Grades: e.bookGrades(b), Note: e.text(b.Note, b.List.Lang), Cover: e.cover(b), Level: level,
		Href: e.href(b.List.Path) + hash(b.Anchor), Find: e.findBook(b), FindAs: e.words.T("book-find-in", "title", b.Title),
	}
	if len(b.Illustrators) > 0 && !slices.Equal(b.Illustrators, b.Authors) {
		out.Illustrators = e.words.T("book-illustrated-by", "names", e.words.And(b.Illustrators))
	}
	out.Status = Term{ID: string(b.Status)}
	if b.Status != hub.Nominee && b.Status != "" {
		out.Status.Text = e.words.BookStatus(string(b.Status))
	}
	if b.Year > 0 && b.Year != b.List.Year {
		out.Facts = append(out.Facts, strconv.Itoa(b.Year))
	}
	if b.Pages > 0 {
		out.Facts = append(out.Facts, e.words.N("book-pages", b.Pages))
	}
	out.Formats = e.bookFormats(b)
	return out
}

// bookFormats returns the forms in which a book is had.
func (e *edition) bookFormats(b *hub.Book) []BookFormat {
	var formats []BookFormat
	for _, f := range b.Formats {
		format := BookFormat{Term: Term{ID: string(f.Kind), Text: e.words.BookKind(string(f.Kind))}}
		if f.Database != nil && f.Database.OnSite() {
			format.In, format.Href = f.Database.Title, e.href(f.Database.Path)
		}
		formats = append(formats, format)
	}
	return formats
}

// bookGrades returns a book's grades where they differ from its list's.
func (e *edition) bookGrades(b *hub.Book) string {
	if b.Grades == b.List.Grades {
		return ""
	}
	return e.gradesInWords(b.Grades)
}

// findBook returns where each library that holds a book has it: by number, or
// by title and author where there is no number.
//
// Where many do, the page of all libraries takes the book along in its address
// and catalog.js puts it into the address of each catalog there.
func (e *edition) findBook(b *hub.Book) []Link {
	query := b.Title
	if len(b.Authors) > 0 {
		query += " " + b.Authors[0]
	}
	if n := len(b.HeldBy); n > sideBySide {
		all, isbn := e.allLibraries(n), ""
		if len(b.ISBNs) > 0 {
			isbn = "&isbn=" + b.ISBNs[0].String()
		}
		all.Href += "?book=" + queryValue(query) + isbn
		return []Link{all}
	}
	var links []Link
	for _, l := range b.HeldBy {
		href := ""
		if len(b.ISBNs) > 0 {
			href = l.Catalog.ByISBN(b.ISBNs[0].String())
		}
		if href == "" {
			href = cmp.Or(l.Catalog.ByText(query), l.Catalog.URL)
		}
		if href != "" {
			links = append(links, Link{Href: href, Text: l.Title, Outside: true})
		}
	}
	return links
}

// cover returns a book's cover: the hub's picture, else one drawn from title
// and author.
func (e *edition) cover(b *hub.Book) Cover {
	if b.Cover != nil {
		return Cover{Picture: &Picture{Src: e.plan.href(b.Cover.Path), Width: b.Cover.Width, Height: b.Cover.Height}}
	}
	drawn, _ := e.plan.scratch.make(func(w *bytes.Buffer) error {
		_, err := w.Write(appendCover(w.AvailableBuffer(), b))
		return err // a buffer takes everything
	})
	return Cover{Drawn: template.HTML(drawn)} //nolint:gosec // its texts are escaped
}
