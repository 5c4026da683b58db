package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
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

// socialCard is a picture as pages name it, with what tools that read oEmbed
// are told: absolute addresses.
type socialCard struct{ picture, alt, oEmbed string }

// oEmbed is an answer of type link (oembed.com, 2.3.4.3): who provides the
// page, and its picture. The title stands in the page that names the answer;
// with it in here each page would need a file of its own, which in a hub of
// 10,000 pages is a tenth of the time of a build.
type oEmbed struct {
	Version         string `json:"version"`
	Type            string `json:"type"`
	ProviderName    string `json:"provider_name"`
	ProviderURL     string `json:"provider_url"`
	ThumbnailURL    string `json:"thumbnail_url"`
	ThumbnailWidth  int    `json:"thumbnail_width"`
	ThumbnailHeight int    `json:"thumbnail_height"`
}

// socialCards plans the pictures of shared links, and an oEmbed answer beside
// each.
func (p *planner) socialCards() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		e.shown = map[string]socialCard{}
		add := func(key string, kind card.Kind, label, title string) {
			artifacts = append(artifacts, e.showCard(key, card.Card{Kind: kind, Label: e.words.T(label), Title: title, Site: e.Site.Title})...)
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

// showCard plans the files of a card, unless another page has the same, and
// notes their addresses for the pages that key stands for.
func (e *edition) showCard(key string, c card.Card) []publish.Artifact {
	about := c.Title
	if c.Title == c.Site {
		about, c.Site = c.Label, ""
	}
	if c.Title == c.Label {
		c.Label = ""
	}
	picturePath := "/assets/card." + c.Fingerprint() + ".png"
	answer := oEmbed{
		Version: "1.0", Type: "link", ProviderName: e.Site.Title, ProviderURL: e.absolute("/"),
		ThumbnailURL: e.plan.absolute(picturePath), ThumbnailWidth: card.Width, ThumbnailHeight: card.Height,
	}
	sum := sha256.Sum256(fmt.Append(nil, answer))
	answerPath := "/assets/oembed." + hex.EncodeToString(sum[:5]) + ".json"
	e.shown[key] = socialCard{
		picture: e.plan.absolute(picturePath), oEmbed: e.plan.absolute(answerPath),
		alt: e.words.T("card-alt", "title", about, "site", e.Site.Title),
	}

	var artifacts []publish.Artifact
	for _, a := range []publish.Artifact{
		{Path: filePath(picturePath), Render: func(w *bytes.Buffer) error {
			painter, err := e.plan.painter()
			if err != nil {
				return err
			}
			return painter.Draw(w, c)
		}},
		{Path: filePath(answerPath), Render: func(w *bytes.Buffer) error { return json.NewEncoder(w).Encode(answer) }},
	} {
		if !e.plan.taken[a.Path] {
			e.plan.taken[a.Path] = true
			artifacts = append(artifacts, a)
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
