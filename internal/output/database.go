package output

import (
	"html/template"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// databases plans the page of each database and the lists of databases.
func (p *planner) databases() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		artifacts = append(artifacts, e.databaseLists()...)
		artifacts = slices.Grow(artifacts, len(e.Databases))
		for _, d := range e.Databases {
			artifacts = append(artifacts, e.databasePage(d))
		}
	}
	return artifacts
}

func (e *edition) databasePage(d *hub.Database) publish.Artifact {
	what := func() leaf {
		return leaf{
			path: d.Path, title: e.title(&d.Page), description: e.description(&d.Page), record: &d.Page, text: true,
			crumbs: []Link{e.sectionLink(hub.DatabasesSection)}, anchors: ownAnchors(&d.Page),
			scripts: e.pageScripts(&d.Page), share: d.Listed(), embed: embedDatabasePath(d),
			data: func() any { return e.databaseLD(d) },
		}
	}
	return page(e, what, "database", func(s Shell) DatabaseView { return e.databaseView(s, d) })
}

// pageScripts returns the scripts that the text of a page needs.
func (e *edition) pageScripts(p *hub.Page) []string {
	scripts := []string{"js/copy.js"}
	if showsHours(p) {
		scripts = append(scripts, "js/hours.js")
	}
	return scripts
}

func (e *edition) databaseView(s Shell, d *hub.Database) DatabaseView {
	v := DatabaseView{
		Shell: s, Sprite: e.sprite(s, databaseIcons(d)), AlsoKnownAs: d.AlsoKnownAs, Vendor: d.Vendor, Lead: e.lead(&d.Page), Body: s.text,
		Formats: e.formatTerms(d.Formats), Languages: e.languageNames(d.Languages),
		Grades: e.gradeBand(d.Grades), Ways: e.ways(d), Picture: e.picture(&d.Page),
	}
	for _, n := range e.currentNotices(d.Notices) {
		v.Notices = append(v.Notices, e.text(n.Text, n.Lang))
	}
	if d.IsNew(e.plan.hub.Today) {
		v.New = e.words.T("database-new-until", "date", e.words.Date(d.NewUntil))
	}
	v.Trial = e.trial(d)
	v.Audience, v.Subjects = mapTo(d.Audience, e.audienceTerm), mapTo(d.Subjects, e.subjectTerm)
	if d.Apps.IOS != "" && d.Listed() {
		v.Apps = append(v.Apps, Link{Href: d.Apps.IOS, Text: e.words.T("app-ios"), Outside: true})
	}
	if d.Apps.Android != "" && d.Listed() {
		v.Apps = append(v.Apps, Link{Href: d.Apps.Android, Text: e.words.T("app-android"), Outside: true})
	}
	if d.SimultaneousUsers > 0 && d.Listed() {
		v.Users = e.words.N("database-users", d.SimultaneousUsers)
	}
	if d.Help.Dest != "" {
		v.Help = e.refLink(d.Help)
	}
	for _, policy := range []struct{ url, word string }{
		{d.Privacy, "database-privacy"}, {d.Accessibility, "database-accessibility"}, {d.Terms, "database-terms"},
	} {
		if policy.url != "" {
			v.Policies = append(v.Policies, Link{Href: policy.url, Text: e.words.T(policy.word), Outside: true})
		}
	}
	return v
}

// trial says until when a trial lasts, "" for none.
func (e *edition) trial(d *hub.Database) string {
	if d.Trial.Until.IsZero() || !d.Listed() {
		return ""
	}
	return e.words.T("database-trial-until", "date", e.words.Date(d.Trial.Until))
}

// ways returns the ways into a database, one entry for each library in the
// order of the file. What has ended has none.
func (e *edition) ways(d *hub.Database) []WaysIn {
	if !d.Listed() {
		return nil
	}
	whose := waysOf(d)
	ways := mapTo(whose, func(l *hub.Library) WaysIn {
		way := WaysIn{W: e.words, Library: e.forWhom(l)}
		if l != nil {
			way.Href = e.href(l.Path)
		}
		return way
	})
	for _, a := range d.Access {
		w := &ways[slices.Index(whose, a.Library)]
		w.Ways = append(w.Ways, e.wayIn(d, a, w.Library))
	}
	return ways
}

// waysOf returns whose readers get into a database, each library once in the
// order of the file; nil stands for everyone.
func waysOf(d *hub.Database) []*hub.Library {
	whose := make([]*hub.Library, 0, len(d.Access))
	for _, a := range d.Access {
		if !slices.Contains(whose, a.Library) {
			whose = append(whose, a.Library)
		}
	}
	return whose
}

// forWhom names whose readers a way is for, nil for everyone.
func (e *edition) forWhom(l *hub.Library) string {
	if l == nil {
		return e.words.T("database-free")
	}
	return l.Title
}

func (e *edition) wayIn(d *hub.Database, a hub.Access, library string) WayIn {
	way := WayIn{Label: a.Label, SignIn: Text{Text: a.SignIn}, Href: a.Link}
	way.Where = mapTo(a.Where, e.placeTerm)
	var narrower []string
	if !a.Grades.IsZero() {
		narrower = append(narrower, e.gradesInWords(a.Grades))
	}
	for _, audience := range a.Audience {
		narrower = append(narrower, e.words.Audience(string(audience)))
	}
	way.For = strings.Join(narrower, ", ")
	if way.Href != "" {
		way.Open = e.words.T("database-open", "title", d.Title)
		way.OpenAs = e.words.T("database-open-with", "title", d.Title, "library", library)
		if a.Everyone() {
			way.OpenAs = way.Open
		}
	}
	return way
}

// refLink returns a reference of the front matter as a link; its Href is empty
// if the page is not on the site.
func (e *edition) refLink(r hub.Ref) Link {
	target, trouble := e.Resolve(r.Pos.File, r.Dest)
	if trouble != (hub.Trouble{}) || target.Page == nil {
		return Link{}
	}
	href, ok := e.targetHref(target)
	if !ok {
		return Link{}
	}
	return Link{Href: href, Text: target.Page.Title, Lang: e.foreign(target.Page.Lang)}
}

// sectionLink is a link to a section's list.
func (e *edition) sectionLink(s hub.Section) Link {
	return e.sections.get(s, func() Link {
		page := e.Sections[s]
		title := e.sectionTitle(page)
		return Link{Href: e.href(page.Path), Text: title.Text, Lang: title.Lang}
	})
}

// picture returns a page's picture, nil if it has none.
func (e *edition) picture(p *hub.Page) *Picture {
	if p.Image == nil {
		return nil
	}
	return &Picture{Src: e.plan.href(p.Image.Path), Width: p.Image.Width, Height: p.Image.Height, Alt: p.ImageAlt}
}

// card returns a database as all lists show it. It is made once: a database
// stands in some ten lists.
func (e *edition) card(d *hub.Database) template.HTML {
	return e.cards.get(d, func() template.HTML { return part(e, "card-database", e.databaseCard(d)) })
}

func (e *edition) databaseCard(d *hub.Database) DatabaseCard {
	card := DatabaseCard{
		W: e.words, Title: e.title(&d.Page), Href: e.href(d.Path),
		Description: e.about(&d.Page), Formats: e.formatTerms(d.Formats),
		Grades: e.gradesInWords(d.Grades), New: d.IsNew(e.plan.hub.Today), TrialUntil: e.trial(d),
	}
	if len(d.AlsoKnownAs) > 0 {
		card.AlsoKnownAs = e.words.T("also-known-as", "names", strings.Join(d.AlsoKnownAs, ", "))
	}
	if d.Listed() {
		card.ForWhom = mapTo(waysOf(d), e.forWhom)
	}
	if notices := e.currentNotices(d.Notices); len(notices) > 0 {
		card.Notice = e.text(notices[0].Text, notices[0].Lang)
	}
	for _, f := range facets() {
		*f.ids(&card) = f.of(d)
	}
	return card
}

func (e *edition) formatTerms(formats []hub.Format) []Term {
	return mapTo(formats, e.formatTerm)
}

func (e *edition) formatTerm(f hub.Format) Term {
	return e.formats.get(f, func() Term { return Term{string(f), e.words.Format(string(f)), e.listHref(formatPath(f))} })
}

func (e *edition) audienceTerm(a hub.Audience) Term {
	return e.audiences.get(a, func() Term {
		return Term{string(a), e.words.Audience(string(a)), e.listHref(audiencePath(a))}
	})
}

func (e *edition) placeTerm(w hub.Where) Term {
	return e.places.get(w, func() Term { return Term{ID: string(w), Text: e.words.Where(string(w))} })
}

func (e *edition) subjectTerm(s *hub.Subject) Term {
	return e.subjects.get(s, func() Term { return Term{s.ID, s.Title, e.listHref(subjectPath(s))} })
}

// listHref returns the address of a list, "" if the site does not have it.
func (e *edition) listHref(path string) string {
	if !e.plan.taken[filePath(e.Prefix+path)] {
		return ""
	}
	return e.href(path)
}

// gradesInWords returns grades as "Grades K–5", "" if nothing was said.
func (e *edition) gradesInWords(set hub.Grades) string {
	if set.IsZero() {
		return ""
	}
	return e.grades.get(set, func() string { return e.words.Grades(set.String()) })
}

// gradeBand returns grades as a row of steps. Nobody may change it: a hub has
// few sets of grades, and each is made once.
func (e *edition) gradeBand(set hub.Grades) GradeBand {
	return e.bands.get(set, func() GradeBand { return e.newGradeBand(set) })
}

func (e *edition) newGradeBand(set hub.Grades) GradeBand {
	band := GradeBand{Text: e.gradesInWords(set)}
	for _, g := range hub.AllGrades() {
		band.Steps = append(band.Steps, GradeStep{
			Term: Term{g.String(), e.words.GradeShort(g.String()), e.listHref(gradePath(g))}, In: set.Has(g),
		})
	}
	return band
}
