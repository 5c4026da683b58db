package output

import (
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// homes plans the home page of each language.
func (p *planner) homes() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		artifacts = append(artifacts, page(e, e.homeLeaf, "home", e.homeView))
	}
	return artifacts
}

func (e *edition) homeLeaf() leaf {
	l := leaf{
		path: "/", title: e.title(e.Home), description: e.Home.Description, record: e.Home, text: true,
		anchors: ownAnchors(e.Home), scripts: []string{"js/hours.js", "js/copy.js"}, data: e.siteLD, share: true,
	}
	if l.title.Text == "" {
		l.title = Text{Text: e.Site.Title}
	}
	if l.description == "" {
		l.description = e.Site.Description
	}
	return l
}

// need is a tile of the home page: a wish, and the lists that answer it.
type need struct {
	id      string       // of its words and its icon
	formats []hub.Format // its list is that of the first which has entries
}

// needs lists the tiles in order: what a reader wants to do, not what the
// thing is called.
func needs() []need {
	return []need{
		{id: "read", formats: []hub.Format{"ebook", "comic", "magazine", "newspaper"}},
		{id: "listen", formats: []hub.Format{"audiobook", "music"}},
		{id: "look-up", formats: []hub.Format{"reference", "article", "image", "dataset"}},
		{id: "watch", formats: []hub.Format{"video"}},
		{id: "learn", formats: []hub.Format{"course"}},
		{id: "play", formats: []hub.Format{"game"}},
	}
}

// How many of each home shows before it leads to the page of all.
const (
	newOnHome    = 4
	listsOnHome  = 12
	guidesOnHome = 24
)

func (e *edition) homeView(s Shell) HomeView {
	v := HomeView{
		Shell: s, Lead: e.lead(e.Home), Body: s.text,
		Search: e.href("/search/"), AllDays: e.href("/hours/"),
		Awards: e.href("/awards/"), AllGuides: e.href("/guides/"), All: e.href("/databases/"),
	}
	for _, l := range e.Libraries {
		if l.Listed() && l.Kind != hub.Department && len(v.Hours) < sideBySide {
			v.Hours = append(v.Hours, e.libraryHours(l))
		}
	}
	v.Needs = e.homeNeeds()
	for _, g := range hub.AllGrades() {
		if href := e.listHref(gradePath(g)); href != "" {
			v.Grades = append(v.Grades, Term{g.String(), e.words.GradeShort(g.String()), href})
		}
	}
	for _, l := range e.Libraries {
		if n := e.counts[offeredPath(l)]; n > 0 && l.Listed() && l.Kind != hub.Department {
			word := "home-card"
			if l.Kind == hub.School {
				word = "home-card-school"
			}
			v.Cards = append(v.Cards, CardWay{
				Text: e.words.T(word, "library", l.Title), Href: e.href(offeredPath(l)), Note: e.words.N("services", n),
			})
		}
	}
	if n := len(v.Cards); n > sideBySide {
		all := e.allLibraries(n)
		v.Cards = []CardWay{{Text: all.Text, Href: all.Href}}
	}
	for _, a := range e.Awards {
		for _, l := range a.Current() {
			if l.Listed() && a.Listed() && len(v.Lists) < listsOnHome {
				v.Lists = append(v.Lists, e.listCard(l, 3))
			}
		}
	}
	for _, d := range e.atoz() {
		if d.IsNew(e.plan.hub.Today) && len(v.New) < newOnHome {
			v.New = append(v.New, e.card(d))
		}
	}
	for _, g := range e.Guides {
		if g.Listed() && len(v.Guides) < guidesOnHome {
			v.Guides = append(v.Guides, Link{Href: e.href(g.Path), Text: g.Title, Lang: e.foreign(g.Lang)})
		}
	}
	return v
}

// homeNeeds returns the tiles that lead somewhere.
func (e *edition) homeNeeds() []Need {
	var tiles []Need
	for _, n := range needs() {
		for _, f := range n.formats {
			if count := e.counts[formatPath(f)]; count > 0 {
				tiles = append(tiles, Need{
					ID: n.id, Icon: string(f), Text: e.words.T("need-" + n.id), About: e.words.T("need-" + n.id + "-about"), Href: e.href(formatPath(f)), Count: e.words.N("services", count),
				})
				break
			}
		}
	}
	return tiles
}
