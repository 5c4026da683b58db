package output

import (
	"path"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// promised returns what the ledger should have: pages, book anchors, files,
// calendars, feeds, embeds and aliases of the default language, the home of
// each other language, and what is in one language only: pages, aliases of
// translations. Not the API, assets, or what the program brings.
func (p *planner) promised(plan *publish.Plan) []ledger.Entry {
	titles := map[string]string{}
	standalone := map[string]bool{}
	for _, e := range p.editions {
		e.EachPage(func(page *hub.Page) {
			titles[page.File] = page.Title
			if page.Standalone {
				standalone[page.File] = true
			}
		})
	}
	files := map[string]bool{}
	for _, f := range p.hub.Files {
		files[f.Source] = true
	}
	for _, f := range p.assets.files {
		if !f.brought {
			files["static/"+f.name] = true
		}
	}
	promises := make([]ledger.Entry, 0, len(plan.Artifacts))
	add := func(path, anchor, file, title string) {
		if address, err := ledger.NewAddress(path, anchor); err == nil {
			promises = append(promises, ledger.Entry{Address: address, File: strings.TrimPrefix(file, "content/"), Title: title})
		}
	}
	for i := range plan.Artifacts {
		a := &plan.Artifacts[i]
		at := sitePath(a.Path)
		in := p.language(at)
		source, to := a.Source, at
		target, moved := p.targets[at]
		if moved { // what leads on belongs to the record that it leads to
			source, to = "", target
			if lead := plan.Lookup(filePath(to)); lead != nil {
				source = lead.Source
			}
		}
		of, labelled := p.labels[to]
		switch {
		case p.gone[at] || strings.HasSuffix(at, "/") && p.gone[strings.TrimSuffix(at, "/")] || a.Path == "404.html" || p.isFormer(at):
		case in.Prefix != "" && at == in.Prefix+"/":
			add(at, "", "site.yaml", in.Site.Title)
		case moved && in.Prefix != "" && !p.taken[filePath(strings.TrimPrefix(at, in.Prefix))]:
			add(at, "", source, titles[source]) // the alias of a translation has no twin
		case in.Prefix != "" && !standalone[source]:
		case labelled:
			add(at, "", of.file, of.title)
		case moved:
			add(at, "", source, titles[source])
		case a.Page != nil:
			add(at, "", source, a.Page.Title)
		case a.Path == "feed.xml":
			add(at, "", "site.yaml", p.editions[0].Site.Title)
		case path.Ext(a.Path) == ".ics":
			add(at, "", source, titles[source])
		case files[source] && strings.HasPrefix(source, "static/"):
			if a.Path == strings.TrimPrefix(source, "static/") {
				add(at, "", "../"+source, "")
			}
		case files[source]:
			add(at, "", source, "")
		}
	}
	for _, e := range p.editions {
		for _, award := range e.Awards {
			for _, l := range award.Lists {
				if e.Prefix != "" && !l.Standalone || !l.OnSite() {
					continue
				}
				for _, b := range l.Books {
					for _, anchor := range append(b.Anchors(), p.formerNumbers(b)...) {
						add(e.Prefix+l.Path, anchor, recordFile(&l.Page), b.Title)
					}
				}
			}
		}
	}
	return promises
}

// isFormer reports whether a path is a redirect or feed of a language that the
// hub no longer has.
func (p *planner) isFormer(at string) bool {
	for _, prefix := range p.former {
		if strings.HasPrefix(at, prefix+"/") {
			return true
		}
	}
	return false
}
