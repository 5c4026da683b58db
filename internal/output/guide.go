package output

import (
	"slices"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// guides plans the list of guides and each guide.
func (p *planner) guides() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		what := func() leaf { return e.sectionLeaf(hub.GuidesSection) }
		artifacts = append(artifacts, page(e, what, "guides", e.guidesView))
		for _, g := range e.Guides {
			artifacts = append(artifacts, e.guidePage(g))
		}
	}
	return artifacts
}

func (e *edition) guidePage(g *hub.Guide) publish.Artifact {
	return e.textPage(&g.Page, "guide")
}

// plainPages plans the pages that are no record of a kind.
func (p *planner) plainPages() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		for _, page := range e.Pages {
			artifacts = append(artifacts, e.textPage(page, "page"))
		}
	}
	return artifacts
}

// guidesView groups the guides by whom they are for; a guide for several
// stands with the first of them.
func (e *edition) guidesView(s Shell) GuidesView {
	v := GuidesView{Shell: s, Intro: s.text}
	order := []hub.Audience{"families", "students", "teachers", "librarians", ""}
	groups := map[hub.Audience]*GuideGroup{}
	for _, g := range e.Guides {
		if !g.Listed() {
			continue
		}
		var audience hub.Audience
		if len(g.Audience) > 0 {
			audience = slices.MinFunc(g.Audience, func(a, b hub.Audience) int { return slices.Index(order, a) - slices.Index(order, b) })
		}
		group := groups[audience]
		if group == nil {
			group = &GuideGroup{ID: "for-" + string(audience), Title: e.words.T("for-" + string(audience))}
			if audience == "" {
				group.ID, group.Title = "for-everyone", e.words.T("guides-for-everyone")
			}
			groups[audience] = group
		}
		group.Items = append(group.Items, GuideCard{
			Title: e.title(&g.Page), Href: e.href(g.Path), Description: e.about(&g.Page),
		})
	}
	for _, audience := range order {
		if group := groups[audience]; group != nil {
			v.Groups = append(v.Groups, *group)
		}
	}
	return v
}

// textPage plans a guide or a plain page.
func (e *edition) textPage(p *hub.Page, layout string) publish.Artifact {
	what := func() leaf {
		return leaf{
			path: p.Path, title: e.title(p), description: e.description(p), record: p, text: true, crumbs: e.textCrumbs(p),
			anchors: ownAnchors(p), scripts: e.pageScripts(p), share: p.Listed(),
		}
	}
	return page(e, what, layout, func(s Shell) PageView { return e.pageView(s, p) })
}

// textCrumbs is the way from home to a guide or a plain page.
func (e *edition) textCrumbs(p *hub.Page) []Link {
	if p.Kind != hub.GuidePage {
		return nil
	}
	return []Link{e.sectionLink(hub.GuidesSection)}
}

// contentsFrom is how many headings a text has before it gets a table of
// contents.
const contentsFrom = 4

func (e *edition) pageView(s Shell, p *hub.Page) PageView {
	v := PageView{
		Shell: s, Lead: e.lead(p), Body: s.text, Grades: e.gradesInWords(p.Grades), Picture: e.picture(p),
	}
	for _, h := range p.Body.Headings {
		if h.Level <= 3 {
			v.Contents = append(v.Contents, Heading{h.ID, h.Text, h.Level})
		}
	}
	if len(v.Contents) < contentsFrom {
		v.Contents = nil
	}
	for _, a := range p.Audience {
		v.Audience = append(v.Audience, Term{ID: string(a), Text: e.words.Audience(string(a))})
	}
	v.Subjects = mapTo(p.Subjects, e.subjectTerm)
	return v
}
