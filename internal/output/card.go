package output

import (
	"bytes"
	"path"
	"strings"

	"github.com/twinshelf/twinshelf/internal/card"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// The pictures of shared links: one for each kind of page, each award and each
// library, in each language. Their names are made of what they show, and so
// they lie under /assets/: a name stands for the same picture for ever, equal
// ones are drawn once, and no ledger has to keep them. Who shared a page before
// its title changed keeps the picture of that day or, asking again, is told the
// new one by the page.

// socialCard is a picture as pages name it.
type socialCard struct{ path, alt string }

// socialCards plans the pictures of shared links.
func (p *planner) socialCards() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		e.shown = map[string]socialCard{}
		add := func(key string, kind card.Kind, label, title string) {
			c := card.Card{Kind: kind, Label: e.words.T(label), Title: title, Site: e.Site.Title}
			if c.Label == title {
				c.Label = ""
			}
			about := title
			if title == e.Site.Title {
				c.Site, about = "", c.Label
			}
			at := "assets/card." + c.Fingerprint() + ".png"
			e.shown[key] = socialCard{"/" + at, e.words.T("card-alt", "title", about, "site", e.Site.Title)}
			if !p.taken[at] {
				p.taken[at] = true
				artifacts = append(artifacts, publish.Artifact{Path: at, Key: "card", Render: func(w *bytes.Buffer) error {
					painter, err := p.painter()
					if err != nil {
						return err
					}
					return painter.Draw(w, c)
				}})
			}
		}
		add("", card.Page, "card-page", e.Site.Title)
		for _, s := range []struct {
			section hub.Section
			kind    card.Kind
			label   string
		}{
			{hub.DatabasesSection, card.Database, "card-database"}, {hub.AwardsSection, card.Award, "card-list"},
			{hub.GuidesSection, card.Guide, "card-guide"}, {hub.LibrariesSection, card.Library, "card-library"},
			{hub.HoursSection, card.Library, "card-library"},
		} {
			page := e.Sections[s.section]
			add(page.Path, s.kind, s.label, e.sectionTitle(page).Text)
		}
		for _, a := range e.Awards {
			if a.Lang == e.Lang {
				add(a.Path, card.Award, "card-award", a.Title)
			}
		}
		for _, l := range e.Libraries {
			if l.Lang == e.Lang {
				add(l.Path, card.Library, "card-library", l.Title)
			}
		}
	}
	return artifacts
}

// cardOf returns the picture of a shared link to a page: that of its award or
// library, else of its kind. A page that is not translated has that of the
// original.
func (e *edition) cardOf(r *hub.Page) socialCard {
	key := ""
	if r != nil {
		if r.Kind == hub.AwardPage || r.Kind == hub.AwardListPage || r.Kind == hub.LibraryPage {
			for _, in := range e.plan.editions {
				if in.Lang == r.Lang {
					e = in
				}
			}
		}
		switch r.Kind {
		case hub.DatabasePage, hub.GuidePage:
			key, _, _ = strings.Cut(r.Path[1:], "/")
			key = "/" + key + "/"
		case hub.AwardListPage:
			key = path.Dir(path.Clean(r.Path)) + "/"
		case hub.AwardPage, hub.LibraryPage, hub.SectionPage:
			key = r.Path
		}
	}
	if c, ok := e.shown[key]; ok {
		return c
	}
	return e.shown[""]
}

// The least size of a picture of the hub's own that platforms show wide.
const (
	socialWidth  = 600
	socialHeight = 315
)

// isSocialPicture reports whether platforms show a file beside a shared link.
// They read PNG and JPEG alone.
func isSocialPicture(f *hub.File) bool {
	return f != nil && pictureType(f.Path) != "" && f.Width >= socialWidth && f.Height >= socialHeight
}

func pictureType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	}
	return ""
}
