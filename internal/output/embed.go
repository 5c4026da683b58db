package output

import (
	"slices"
	"strconv"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// embeds plans the small pages for frames. They are not for search engines;
// their canonical address is that of the page that they are made from.
func (p *planner) embeds() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		artifacts = slices.Grow(artifacts, len(e.Databases)+len(e.Libraries))
		for _, d := range e.Databases {
			artifacts = append(artifacts, e.embedDatabase(d))
		}
		for _, l := range e.Libraries {
			artifacts = append(artifacts, e.embedHours(l))
		}
		for _, a := range e.Awards {
			for _, l := range a.Lists {
				artifacts = append(artifacts, e.embedList(l))
			}
		}
	}
	return artifacts
}

// embedLeaf is the leaf of the small page of a record.
func (e *edition) embedLeaf(path string, p *hub.Page, scripts ...string) leaf {
	return leaf{path: path, title: e.title(p), description: e.description(p), record: p, noIndex: true, scripts: scripts}
}

// framed makes a shell fit for a frame: absolute addresses, the page that
// stands for the record's as the canonical one, no text.
func (e *edition) framed(s Shell, p *hub.Page) Shell {
	s.Canonical, s.Icons = e.lasting(p), false
	return s
}

func (e *edition) site() Link { return Link{Href: e.shell.home, Text: e.Site.Title} }

func (e *edition) embedDatabase(d *hub.Database) publish.Artifact {
	what := func() leaf { return e.embedLeaf(embedDatabasePath(d), &d.Page) }
	return page(e, what, "embed-database", func(s Shell) EmbedDatabaseView {
		s = e.framed(s, &d.Page)
		v := EmbedDatabaseView{
			Shell: s, Sprite: e.sprite(s, databaseIcons(d)), Lead: e.about(&d.Page), Formats: e.formatTerms(d.Formats),
			Grades: e.gradesInWords(d.Grades), Page: e.absolute(d.Path), Site: e.site(),
		}
		for _, n := range e.currentNotices(d.Notices) {
			v.Notices = append(v.Notices, e.text(n.Text, n.Lang))
		}
		v.Ways = e.ways(d)
		for i := range v.Ways {
			if v.Ways[i].Href != "" {
				v.Ways[i].Href = e.plan.origin + v.Ways[i].Href
			}
		}
		for i := range v.Formats {
			v.Formats[i].Href = ""
		}
		return v
	})
}

func (e *edition) embedList(l *hub.AwardList) publish.Artifact {
	what := func() leaf { return e.embedLeaf(embedListPath(l), &l.Page) }
	return page(e, what, "embed-award-list", func(s Shell) EmbedListView {
		s = e.framed(s, &l.Page)
		v := EmbedListView{
			Shell: s, Sprite: e.sprite(s, bookIcons(l.Books)), Count: e.words.N("books", len(l.Books)), Page: e.absolute(l.Path), Site: e.site(),
		}
		if l.ReadAtLeast > 0 {
			v.Read = e.words.T("award-goal", "number", strconv.Itoa(l.ReadAtLeast))
		}
		v.Books = make([]Book, 0, len(l.Books))
		for _, b := range l.Books {
			book := e.book(b, 2)
			book.Href, book.Anchor, book.OtherAnchors = e.plan.origin+book.Href, "", nil
			for i := range book.Find {
				if !book.Find[i].Outside {
					book.Find[i].Href = e.plan.origin + book.Find[i].Href
				}
			}
			for i := range book.Formats {
				if book.Formats[i].Href != "" {
					book.Formats[i].Href = e.plan.origin + book.Formats[i].Href
				}
			}
			v.Books = append(v.Books, book)
		}
		return v
	})
}
