package output

import (
	"bytes"
	"path"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// redirect is an old path that leads on. Both paths have the language's
// prefix.
type redirect struct {
	from, to string
}

// aliases plans the redirect pages of all aliases. An alias carries all that
// belongs to its record: facets and embeds lead on, calendars and files come
// as copies. An alias of the default language moves the twins in the other
// languages too. A path that has a page of its own stays that page's; package
// check reports it.
func (p *planner) aliases() []publish.Artifact {
	var artifacts []publish.Artifact
	standard := p.editions[0]
	for _, e := range p.editions {
		e.EachPage(func(page *hub.Page) {
			for _, a := range page.Aliases {
				from := aliasPath(a.Path)
				artifacts = append(artifacts, e.move(from, page.Path, a.Pos)...)
				if inside, ok := strings.CutPrefix(from, e.Prefix+"/"); ok && (e == standard || page.Standalone) {
					artifacts = append(artifacts, e.moveAll(e.belongings(page, "/"+inside), a.Pos)...)
				}
			}
		})
		if e != standard {
			standard.EachPage(func(page *hub.Page) {
				for _, a := range page.Aliases {
					from := aliasPath(a.Path)
					artifacts = append(artifacts, e.moveAll([]redirect{{from, page.Path}}, a.Pos)...)
					artifacts = append(artifacts, e.moveAll(e.belongings(page, from), a.Pos)...)
				}
			})
		}
		for _, s := range e.Site.Subjects {
			for _, old := range s.Aliases {
				artifacts = append(artifacts, e.moveAll(e.facetMoves("/databases/subject/"+old+"/", subjectPath(s)), s.Pos)...)
			}
		}
	}
	return append(artifacts, p.copiesAtAliases()...)
}

// move plans the redirect from a path of the hub to one of the edition, unless
// something stands there.
func (e *edition) move(from, to string, pos diag.Pos) []publish.Artifact {
	p := e.plan
	if p.taken[filePath(from)] || !p.taken[filePath(e.Prefix+to)] {
		return nil
	}
	p.taken[filePath(from)] = true
	p.targets[from] = e.Prefix + to
	p.moved = append(p.moved, redirect{from, e.Prefix + to})
	return []publish.Artifact{e.redirectPage(from, to, pos)}
}

// moveAll plans redirects between paths of the edition.
func (e *edition) moveAll(moves []redirect, pos diag.Pos) []publish.Artifact {
	var artifacts []publish.Artifact
	for _, m := range moves {
		artifacts = append(artifacts, e.move(e.Prefix+m.from, m.to, pos)...)
	}
	return artifacts
}

// last returns where a path leads in the end.
func (p *planner) last(path string) string {
	if to, ok := p.targets[path]; ok {
		return to // redirects lead to pages, never to redirects
	}
	return path
}

// aliasPath gives an alias that names a folder its final slash.
func aliasPath(alias string) string {
	name := alias[strings.LastIndexByte(alias, '/')+1:]
	if name == "" || strings.Contains(name, ".") {
		return alias
	}
	return alias + "/"
}

// belongings returns what else of a record moves with an alias of its page.
// All paths are without the language's prefix.
func (e *edition) belongings(page *hub.Page, from string) []redirect {
	old := func(folder string) (string, bool) {
		id, ok := strings.CutPrefix(from, folder)
		id = strings.TrimSuffix(id, "/")
		return id, ok && id != "" && !strings.Contains(id, "/")
	}
	switch page.Kind {
	case hub.GuidePage, hub.PlainPage:
		return e.handoutMoves(page, from)
	case hub.DatabasePage:
		if id, ok := old("/databases/"); ok {
			return []redirect{{"/embed/database/" + id + "/", "/embed/database/" + page.ID + "/"}}
		}
	case hub.LibraryPage:
		if id, ok := old("/libraries/"); ok {
			return append(e.facetMoves("/databases/library/"+id+"/", "/databases/library/"+page.ID+"/"),
				redirect{"/embed/hours/" + id + "/", "/embed/hours/" + page.ID + "/"})
		}
	case hub.AwardPage:
		if id, ok := old("/awards/"); ok {
			return e.awardMoves(e.Award(page.ID), id)
		}
	case hub.AwardListPage:
		if rest, ok := strings.CutPrefix(from, "/awards/"); ok && strings.Count(rest, "/") == 2 {
			return append(e.handoutMoves(page, from),
				redirect{"/embed/award/" + rest, "/embed" + strings.Replace(page.Path, "/awards/", "/award/", 1)})
		}
	}
	return nil
}

// facetMoves returns the moves of a facet's list and of the letters of it that
// the ledger has.
func (e *edition) facetMoves(from, to string) []redirect {
	moves := []redirect{{from, to}}
	for _, entry := range e.plan.hub.Ledger.Entries() {
		rest, ok := strings.CutPrefix(entry.Address.Path(), from)
		if !ok || rest == "" || !strings.HasSuffix(rest, "/") {
			continue // cartridges come as copies
		}
		target := to + rest
		if !e.plan.taken[filePath(e.Prefix+target)] {
			target = to
		}
		moves = append(moves, redirect{from + rest, target})
	}
	return moves
}

// handoutMoves returns the move of the handout that the ledger has under an old
// path of a page: to its handout, or to the page if it has none any more.
func (e *edition) handoutMoves(page *hub.Page, old string) []redirect {
	from, to := old+"handout/", handoutPath(page)
	if !strings.HasSuffix(old, "/") || !e.plan.isRecorded(from) {
		return nil
	}
	if !e.plan.taken[filePath(e.Prefix+to)] {
		to = page.Path
	}
	return []redirect{{from, to}}
}

// awardMoves returns what moves with an award that had another ID.
func (e *edition) awardMoves(a *hub.Award, old string) []redirect {
	if a == nil {
		return nil
	}
	var moves []redirect
	for _, l := range a.Lists {
		if l.OnSite() {
			moves = append(moves,
				redirect{"/awards/" + old + "/" + l.ID + "/", l.Path},
				redirect{"/embed/award/" + old + "/" + l.ID + "/", embedListPath(l)})
			moves = append(moves, e.handoutMoves(&l.Page, "/awards/"+old+"/"+l.ID+"/")...)
		}
	}
	return moves
}

// copiesAtAliases plans calendars and files at the addresses that they had
// before: what subscribes to a calendar or shows a picture does not follow
// redirect pages. Where the ledger has the alias but not a file, that file was
// never there.
func (p *planner) copiesAtAliases() []publish.Artifact {
	var copies []publish.Artifact
	add := func(a publish.Artifact) {
		if !p.taken[a.Path] {
			p.taken[a.Path] = true
			copies = append(copies, a)
		}
	}
	e := p.editions[0]
	for _, l := range e.Libraries {
		for _, a := range l.Aliases {
			if folder := aliasPath(a.Path); strings.HasSuffix(folder, "/") {
				add(publish.Artifact{Path: filePath(folder + "hours.ics"), Source: l.File, Pos: a.Pos, Render: func(w *bytes.Buffer) error {
					return p.calendar(w, l)
				}})
			}
		}
	}
	e.EachPage(func(page *hub.Page) {
		if page.Kind == hub.HomePage || page.Kind == hub.SectionPage || path.Base(page.File) != "index.md" {
			return
		}
		for _, a := range page.Aliases {
			folder := aliasPath(a.Path)
			if !strings.HasSuffix(folder, "/") {
				continue
			}
			for _, f := range p.hub.Files {
				rest, ok := strings.CutPrefix(f.Path, page.Path)
				if ok && p.taken[filePath(f.Path)] && (p.isRecorded(folder+rest) || !p.isRecorded(folder)) {
					add(p.copyOf(f, folder+rest))
				}
			}
		}
	})
	return copies
}
