package output

import (
	"fmt"
	"html/template"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// libraries plans the list of libraries and the page of each.
func (p *planner) libraries() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		what := func() leaf { return e.sectionLeaf(hub.LibrariesSection, "js/hours.js", "js/catalog.js") }
		artifacts = append(artifacts, page(e, what, "libraries", func(s Shell) LibrariesView {
			v := LibrariesView{Shell: s, Intro: s.text}
			for _, l := range e.Libraries {
				if l.Listed() && (l.Parent == nil || !l.Parent.Listed()) {
					v.Libraries = append(v.Libraries, e.libraryCard(l, true))
				}
			}
			return v
		}))
		for _, l := range e.Libraries {
			artifacts = append(artifacts, e.libraryPage(l))
		}
	}
	return artifacts
}

// libraryCard returns a library as lists show it, with its parts if wanted.
func (e *edition) libraryCard(l *hub.Library, parts bool) LibraryCard {
	card := LibraryCard{
		W: e.words, ID: "library-" + l.ID, Title: e.title(&l.Page), Href: e.href(l.Path), Kind: e.words.LibraryKind(string(l.Kind)),
		Description: e.about(&l.Page), Address: l.Address.Text,
		Phone: Contact{Phone: l.Phone, PhoneURI: phoneURI(l.Phone)},
	}
	if l.OwnCatalog {
		card.Catalog = CatalogWay{l.Catalog.URL, l.Catalog.ISBN, l.Catalog.Search}
	}
	if l.Hours.HasHours() {
		h := e.libraryHours(l)
		card.Hours = &h
	}
	if parts {
		for _, child := range descendants(l) {
			if child.Listed() {
				card.Parts = append(card.Parts, e.libraryCard(child, false))
			}
		}
	}
	return card
}

// descendants returns a library's branches and departments, and theirs.
func descendants(l *hub.Library) []*hub.Library {
	var all []*hub.Library
	for _, child := range l.Children {
		all = append(append(all, child), descendants(child)...)
	}
	return all
}

func (e *edition) libraryPage(l *hub.Library) publish.Artifact {
	what := func() leaf {
		lf := leaf{
			path: l.Path, title: e.title(&l.Page), description: e.description(&l.Page), record: &l.Page, text: true,
			crumbs: []Link{e.sectionLink(hub.LibrariesSection)}, anchors: ownAnchors(&l.Page),
			scripts: []string{"js/hours.js", "js/copy.js"}, share: l.Listed(), embed: embedHoursPath(l),
			data: func() any { return e.libraryLD(l) },
		}
		if l.Parent != nil {
			lf.crumbs = append(lf.crumbs, Link{Href: e.href(l.Parent.Path), Text: l.Parent.Title, Lang: e.foreign(l.Parent.Lang)})
		}
		return lf
	}
	return page(e, what, "library", func(s Shell) LibraryView { return e.libraryView(s, l) })
}

// databasesOnPage is how many of its databases a library's page names before it
// leads to the list.
const databasesOnPage = 24

func (e *edition) libraryView(s Shell, l *hub.Library) LibraryView {
	v := LibraryView{
		Shell: s, Kind: e.words.LibraryKind(string(l.Kind)), Lead: e.lead(&l.Page), Body: s.text,
		Picture: e.picture(&l.Page), Built: e.date(e.plan.hub.Today), Calendar: e.plan.href(calendarPath(l)),
		Subscribe: template.URL("webcal://" + e.Site.URL.Host + e.plan.href(calendarPath(l))), //nolint:gosec // an address of ours
		Address:   addressLines(l.Address), Site: l.URL, Catalog: l.Catalog.URL,
		CardURL: l.Card.URL, CardNote: Text{Text: l.Card.Note}, SignIn: Text{Text: l.SignIn},
	}
	if l.Parent != nil {
		v.Parent = Link{Href: e.href(l.Parent.Path), Text: l.Parent.Title, Lang: e.foreign(l.Parent.Lang)}
	}
	if l.Hours.HasHours() {
		h := e.libraryHours(l)
		var said spoken
		v.Hours, v.Weeks, v.Months, v.Seasons = &h, e.weeks(l, &said), e.months(l, &said), e.seasons(l)
		for _, run := range e.plan.specialDays(l) {
			v.Special = append(v.Special, e.specialDay(run))
		}
	}
	for _, n := range e.currentNotices(l.Notices) {
		v.Notices = append(v.Notices, e.text(n.Text, n.Lang))
	}
	if l.Geo != nil {
		v.Map = fmt.Sprintf("https://www.openstreetmap.org/?mlat=%g&mlon=%g#map=17/%g/%g",
			l.Geo.Latitude, l.Geo.Longitude, l.Geo.Latitude, l.Geo.Longitude)
	}
	if l.Phone != "" || l.Email != "" {
		v.Main = e.contact(hub.Contact{Phone: l.Phone, Email: l.Email})
	}
	for _, c := range l.Contacts {
		v.Contacts = append(v.Contacts, e.contact(c))
	}
	for _, child := range l.Children {
		if child.Listed() {
			v.Parts = append(v.Parts, e.libraryCard(child, false))
		}
	}
	offered := e.offered[l]
	for _, d := range offered[:min(len(offered), databasesOnPage)] {
		v.Databases = append(v.Databases, e.databaseLink(d))
	}
	if n := e.counts[offeredPath(l)]; n > 0 {
		v.AllHref, v.Offers = e.href(offeredPath(l)), e.words.N("library-databases-count", n)
	}
	return v
}

// addressLines returns an address as it stands on an envelope.
func addressLines(a hub.Address) []string {
	if a.Street == "" && a.City == "" {
		if a.Text == "" {
			return nil
		}
		return []string{a.Text}
	}
	var lines []string
	if a.Street != "" {
		lines = append(lines, a.Street)
	}
	city := a.City
	if a.Region != "" {
		city += ", " + a.Region
	}
	if a.PostalCode != "" {
		city += " " + a.PostalCode
	}
	return append(lines, city)
}
