package output

import (
	"slices"
	"strconv"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// handoutHolds is how many databases stand on a handout. A text that names
// more has not chosen but shows a list, and the list is better handed out as
// its address.
const handoutHolds = 24

// handouts plans a page for paper beside each award list with books and beside
// each guide and plain page that names databases. They are not for search
// engines; their canonical address is that of the page they are made from.
//
// A handout that the ledger has stays while its page does, even when nothing
// is on it any more; then nothing links to it.
func (p *planner) handouts() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		for _, g := range e.Guides {
			artifacts = append(artifacts, e.textHandout(&g.Page)...)
		}
		for _, page := range e.Pages {
			artifacts = append(artifacts, e.textHandout(page)...)
		}
		for _, a := range e.Awards {
			for _, l := range a.Lists {
				artifacts = append(artifacts, e.listHandout(l)...)
			}
		}
	}
	return artifacts
}

func (e *edition) textHandout(p *hub.Page) []publish.Artifact {
	chosen := e.chosen(p)
	return e.handout(p, len(chosen) > 0, func() []Link { return e.textCrumbs(p) }, func(s Shell) HandoutView {
		v := e.handoutView(s, p)
		v.Grades = e.gradesInWords(p.Grades)
		for _, d := range chosen {
			v.Databases = append(v.Databases, e.handoutDatabase(d))
		}
		return v
	})
}

func (e *edition) listHandout(l *hub.AwardList) []publish.Artifact {
	return e.handout(&l.Page, len(l.Books) > 0, func() []Link { return e.listCrumbs(l) }, func(s Shell) HandoutView {
		v := e.handoutView(s, &l.Page)
		v.Grades, v.Vote = e.gradesInWords(l.Grades), e.voteLines(l.Voting)
		if l.ReadAtLeast > 0 {
			v.Goal = e.words.N("award-goal-of", len(l.Books), "number", strconv.Itoa(l.ReadAtLeast))
		}
		v.Books = make([]HandoutBook, 0, len(l.Books))
		for _, b := range l.Books {
			v.Books = append(v.Books, e.handoutBook(b))
		}
		for _, d := range readIn(l) {
			database := e.handoutDatabase(d)
			database.Lead = Text{} // here the books matter, and twenty with what opens them fill a sheet
			v.Databases = append(v.Databases, database)
		}
		return v
	})
}

// handout plans the handout of a page, nothing if it would be empty and no
// ledger has it, or if a page of the hub's own has its address.
func (e *edition) handout(p *hub.Page, full bool, crumbs func() []Link, view func(Shell) HandoutView) []publish.Artifact {
	path := handoutPath(p)
	recorded := e.plan.isRecorded(path) || e.plan.isRecorded(e.Prefix+path)
	if !p.OnSite() || !full && !recorded || e.plan.taken[filePath(e.Prefix+path)] {
		return nil
	}
	if full {
		e.plan.handedOut[e.Prefix+p.Path] = true
	}
	what := func() leaf {
		title := e.title(p)
		return leaf{
			path: handoutPath(p), title: title, headTitle: e.words.T("handout-of", "title", title.Text), description: e.words.T("handout-about"),
			record: p, crumbs: append(crumbs(), Link{Href: e.href(p.Path), Text: title.Text, Lang: title.Lang}),
			noIndex: true, scripts: []string{"js/copy.js"},
		}
	}
	return []publish.Artifact{page(e, what, "handout", view)}
}

func (e *edition) handoutView(s Shell, p *hub.Page) HandoutView {
	s.Canonical = e.lasting(p)
	return HandoutView{Shell: s, Lead: e.lead(p), Address: typed(s.Canonical), QR: e.code(s.Canonical)}
}

// typed returns an address as readers type it, without its scheme.
func typed(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return rest
}

// lasting returns the address of a record's page that share links and QR codes
// carry: an untranslated page's is that of the original.
func (e *edition) lasting(p *hub.Page) string {
	if original := e.canonical(leaf{path: p.Path, record: p}); original != "" {
		return e.plan.absolute(original)
	}
	return e.absolute(p.Path)
}

// chosen returns the databases that the blocks of a text name, each once, nil
// if they are more than a handout holds. The text of the default language
// decides, so that a handout exists in all languages or in none.
func (e *edition) chosen(p *hub.Page) []*hub.Database {
	text := p
	if original := e.plan.hub.Default().PageAt(p.Path); original != nil {
		text = original
	}
	var chosen []*hub.Database
	add := func(d *hub.Database) {
		if d != nil && d.Listed() && !slices.Contains(chosen, d) {
			chosen = append(chosen, d)
		}
	}
	for i := range text.Body.Blocks {
		b := &text.Body.Blocks[i]
		switch b.Name {
		case "database":
			add(e.Database(b.Attr("id")))
		case "databases":
			shown := e.databasesOf(b)
			if len(shown) > handoutHolds {
				return nil
			}
			for _, d := range shown {
				add(d)
			}
		}
	}
	if len(chosen) > handoutHolds {
		return nil
	}
	return chosen
}

// readIn returns the databases in which books of a list are read, each once.
func readIn(l *hub.AwardList) []*hub.Database {
	var databases []*hub.Database
	for _, b := range l.Books {
		for _, f := range b.Formats {
			if d := f.Database; d != nil && d.Listed() && !slices.Contains(databases, d) && len(databases) < handoutHolds {
				databases = append(databases, d)
			}
		}
	}
	return databases
}

func (e *edition) handoutBook(b *hub.Book) HandoutBook {
	out := HandoutBook{Title: e.text(b.Title, b.List.Lang), Authors: e.words.And(b.Authors), Note: e.text(b.Note, b.List.Lang)}
	if b.Status != hub.Nominee && b.Status != "" {
		out.Status = e.words.BookStatus(string(b.Status))
	}
	var formats []string
	for _, f := range e.bookFormats(b) {
		if f.In != "" {
			f.Text = e.words.T("book-read-in", "kind", f.Text, "database", f.In)
		}
		formats = append(formats, f.Text)
	}
	out.Formats = strings.Join(formats, " · ")
	return out
}

func (e *edition) handoutDatabase(d *hub.Database) HandoutDatabase {
	out := HandoutDatabase{
		Title: e.title(&d.Page), Lead: e.about(&d.Page), Grades: e.gradesInWords(d.Grades),
		Href: e.href(d.Path),
	}
	address := e.lasting(&d.Page)
	out.Address, out.QR = typed(address), e.code(address)
	for _, library := range e.ways(d) {
		for _, way := range library.Ways {
			who := []string{library.Library}
			if way.Label != "" {
				who = append(who, way.Label)
			}
			for _, where := range way.Where {
				if where.ID != string(hub.Anywhere) {
					who = append(who, where.Text)
				}
			}
			if way.For != "" {
				who = append(who, way.For)
			}
			note := SignInNote{Who: strings.Join(who, " · "), How: way.SignIn}
			switch {
			case way.Href == "":
				note.How = Text{Text: e.words.T("get-in-come")}
			case note.How.Text == "":
				note.How = Text{Text: e.words.T("sign-in-none")}
			}
			out.SignIn = append(out.SignIn, note)
		}
	}
	return out
}
