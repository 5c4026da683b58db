package output

import (
	"bytes"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// redirect is an old path that leads on.
type redirect struct {
	from string // path, with the language's prefix
	to   string // href
}

// aliases plans the redirect pages of all aliases. An alias carries all that
// belongs to its record: facets and embeds lead on, calendars come as copies.
// A path that has a page of its own stays that page's; package check reports
// it.
func (p *planner) aliases() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		add := func(from, to string, pos diag.Pos) {
			path := filePath(e.Prefix + from)
			if p.taken[path] {
				return
			}
			p.taken[path] = true
			artifacts = append(artifacts, e.redirectPage(from, to, pos))
			p.moved = append(p.moved, redirect{e.Prefix + from, e.href(to)})
		}
		e.EachPage(func(page *hub.Page) {
			for _, a := range page.Aliases {
				from := aliasPath(a.Path)
				add(from, page.Path, a.Pos)
				for _, pair := range e.belongings(page, from) {
					add(pair.from, pair.to, a.Pos)
				}
			}
		})
		for _, s := range e.Site.Subjects {
			for _, old := range s.Aliases {
				add("/databases/subject/"+old+"/", subjectPath(s), s.Pos)
			}
		}
	}
	return append(artifacts, p.calendarCopies()...)
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
func (e *edition) belongings(page *hub.Page, from string) []redirect {
	old := func(folder string) (string, bool) {
		id, ok := strings.CutPrefix(from, folder)
		id = strings.TrimSuffix(id, "/")
		return id, ok && id != "" && !strings.Contains(id, "/")
	}
	switch page.Kind {
	case hub.DatabasePage:
		if id, ok := old("/databases/"); ok {
			return []redirect{{"/embed/database/" + id + "/", embedDatabasePath(e.Database(page.ID))}}
		}
	case hub.LibraryPage:
		if id, ok := old("/libraries/"); ok {
			l := e.Library(page.ID)
			moves := []redirect{{"/embed/hours/" + id + "/", embedHoursPath(l)}}
			if e.plan.taken[filePath(e.Prefix+offeredPath(l))] {
				moves = append(moves, redirect{"/databases/library/" + id + "/", offeredPath(l)})
			}
			return moves
		}
	case hub.AwardPage:
		if id, ok := old("/awards/"); ok {
			return awardMoves(e.Award(page.ID), id)
		}
	case hub.AwardListPage:
		if rest, ok := strings.CutPrefix(from, "/awards/"); ok && strings.Count(rest, "/") == 2 {
			return []redirect{{"/embed/award/" + rest, "/embed" + strings.Replace(page.Path, "/awards/", "/award/", 1)}}
		}
	}
	return nil
}

// awardMoves returns what moves with an award that had another ID.
func awardMoves(a *hub.Award, old string) []redirect {
	var moves []redirect
	for _, l := range a.Lists {
		if l.OnSite() {
			moves = append(moves,
				redirect{"/awards/" + old + "/" + l.ID + "/", l.Path},
				redirect{"/embed/award/" + old + "/" + l.ID + "/", embedListPath(l)})
		}
	}
	return moves
}

// calendarCopies plans a library's calendar at the addresses that it had
// before: programs that subscribe to it do not all follow redirect pages.
func (p *planner) calendarCopies() []publish.Artifact {
	var copies []publish.Artifact
	for _, l := range p.editions[0].Libraries {
		for _, a := range l.Aliases {
			path := filePath(aliasPath(a.Path) + "hours.ics")
			if !strings.HasSuffix(aliasPath(a.Path), "/") || p.taken[path] || !l.OnSite() {
				continue
			}
			p.taken[path] = true
			copies = append(copies, publish.Artifact{Path: path, Source: l.File, Pos: a.Pos, Render: func(w *bytes.Buffer) error {
				return p.calendar(w, l)
			}})
		}
	}
	return copies
}
