package output

import (
	"bytes"
	"io"
	"slices"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/layout"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Pages that are no content of their own: search, "not found", redirects.

// searchPages plans the search page and the search index of each language.
func (p *planner) searchPages() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		what := func() leaf {
			l := e.sectionLeaf(hub.SearchSection)
			l.share = false
			l.scripts = []string{"js/search.js"}
			return l
		}
		artifacts = append(artifacts, page(e, what, "search", func(s Shell) SearchView {
			v := SearchView{Shell: s, Action: e.href("/search/"), Index: e.href(searchIndexPath), Letters: e.alphabet(e.whole, nil), Facets: e.facetGroups()}
			for i, letter := range v.Letters {
				if letter.Href != "" && letter.Href[0] == '#' {
					v.Letters[i].Href = e.href("/databases/") + letter.Href
				}
			}
			for _, section := range hub.Sections() {
				if section != hub.SearchSection && e.hasEntries(section) {
					v.Sections = append(v.Sections, e.sectionLink(section))
				}
			}
			return v
		}), e.searchIndex())
	}
	return artifacts
}

// notFound plans 404.html, which hosts show for any address that is lost; it
// speaks all the hub's languages because nobody knows which one was asked for.
func (p *planner) notFound() []publish.Artifact {
	e := p.editions[0]
	what := func() leaf {
		return leaf{path: "/404.html", title: Text{Text: e.words.T("not-found-title")}, noIndex: true}
	}
	return []publish.Artifact{page(e, what, "404", func(s Shell) NotFoundView {
		s.Canonical, s.Languages = "", nil
		v := NotFoundView{Shell: s}
		for _, in := range p.editions {
			part := NotFoundPart{
				W: in.words, Lang: in.Lang.String(), Dir: in.Lang.Dir(),
				Home: Link{Href: in.href("/"), Text: in.Site.Title}, Search: in.href("/search/"),
			}
			for _, section := range hub.Sections() {
				if section != hub.SearchSection && in.hasEntries(section) {
					part.Links = append(part.Links, in.sectionLink(section))
				}
			}
			v.Parts = append(v.Parts, part)
		}
		return v
	})}
}

// redirectPage plans a page that leads on, for hosts that do not read
// _redirects. from has the language's prefix, to is in the edition's language.
func (e *edition) redirectPage(from, to string, pos diag.Pos) publish.Artifact {
	return publish.Artifact{
		Path: filePath(from), Source: pos.File, Pos: pos,
		Render: func(w *bytes.Buffer) error {
			title := e.Site.Title
			if p := e.PageAt(to); p != nil {
				title = p.Title
			}
			view := RedirectView{
				W: e.words, Lang: e.Lang.String(), Dir: e.Lang.Dir(), To: e.href(to), Canonical: e.absolute(to),
				Title: title, Policy: policy, Script: e.plan.assets.href("js/redirect.js"),
			}
			return layout.Page[RedirectView]{Name: "redirect"}.Render(e.plan.layouts, w, view)
		},
	}
}

// files plans the files beside pages that something names or that the ledger
// has.
func (p *planner) files() []publish.Artifact {
	var artifacts []publish.Artifact
	named := p.hub.NamedFiles()
	for _, f := range named {
		artifacts = append(artifacts, p.copyOf(f, f.Path))
	}
	for _, f := range p.hub.Files {
		if p.isRecorded(f.Path) && !slices.Contains(named, f) {
			artifacts = append(artifacts, p.copyOf(f, f.Path))
		}
	}
	return artifacts
}

// copyOf plans a file beside a page at a path.
func (p *planner) copyOf(f *hub.File, path string) publish.Artifact {
	return publish.Artifact{
		Path: filePath(path), Source: f.Source, Pos: diag.Pos{File: f.Source},
		Open: func() (io.ReadCloser, error) { return p.root.Open(f.Source) },
	}
}
