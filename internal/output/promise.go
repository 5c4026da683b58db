package output

import (
	"path"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/ledger"
)

// promised yields what the ledger should have: pages, files, calendars, feeds,
// embeds and aliases of the default language, the home of each other language,
// and what is in one language only: pages, aliases of translations. Not the
// API, assets, or what the program brings. Book anchors come last.
func (p *planner) promised(yield func(ledger.Entry) bool) {
	files := map[string]bool{}
	for _, f := range p.hub.Files {
		files[f.Source] = true
	}
	for _, f := range p.assets.files {
		if !f.brought {
			files["static/"+f.name] = true
		}
	}
	wanted := true
	add := func(path, anchor, file, title string) {
		if address, err := ledger.NewAddress(path, anchor); err == nil {
			wanted = wanted && yield(ledger.Entry{Address: address, File: strings.TrimPrefix(file, "content/"), Title: title})
		}
	}
	for i := range p.site.Artifacts {
		a := &p.site.Artifacts[i]
		at := sitePath(a.Path)
		in := p.language(at)
		source, to := a.Source, at
		target, moved := p.targets[at]
		if moved { // what leads on belongs to the record that it leads to
			source, to = "", target
			if lead := p.site.Lookup(filePath(to)); lead != nil {
				source = lead.Source
			}
		}
		of, labelled := p.labels[to]
		switch {
		case p.gone[at] || strings.HasSuffix(at, "/") && p.gone[strings.TrimSuffix(at, "/")] || a.Path == "404.html" || p.isFormer(at):
		case in.Prefix != "" && at == in.Prefix+"/":
			add(at, "", "site.yaml", in.Site.Title)
		case moved && in.Prefix != "" && !p.taken[filePath(strings.TrimPrefix(at, in.Prefix))]:
			add(at, "", source, p.titleOf(source)) // the alias of a translation has no twin
		case in.Prefix != "" && !p.standsAlone(source):
		case labelled:
			add(at, "", of.file, of.title)
		case moved:
			add(at, "", source, p.titleOf(source))
		case a.Page != nil:
			add(at, "", source, a.Page.Title)
		case a.Path == "feed.xml":
			add(at, "", "site.yaml", p.editions[0].Site.Title)
		case path.Ext(a.Path) == ".ics":
			add(at, "", source, p.titleOf(source))
		case files[source] && strings.HasPrefix(source, "static/"):
			if a.Path == strings.TrimPrefix(source, "static/") {
				add(at, "", "../"+source, "")
			}
		case files[source]:
			add(at, "", source, "")
		}
		if !wanted {
			return
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
				if !wanted {
					return
				}
			}
		}
	}
}

// standsAlone reports whether a file makes a page of one language only.
func (p *planner) standsAlone(file string) bool {
	page := p.madeBy(file)
	return page != nil && page.Standalone
}

// titleOf returns the title of the page that a file makes, "" if it makes none.
func (p *planner) titleOf(file string) string {
	if page := p.madeBy(file); page != nil {
		return page.Title
	}
	return ""
}

// madeBy returns the page that a file makes, nil if it makes none.
func (p *planner) madeBy(file string) *hub.Page {
	for _, e := range p.editions {
		if page := e.PageOf(file); page != nil && page.File == file {
			return page
		}
	}
	return nil
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
