package output

import (
	"cmp"
	"html"
	"html/template"
	"net/url"
	"strings"

	"github.com/twinshelf/twinshelf/internal/card"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/qr"
)

// share returns what a teacher needs to bring a page into class. The links to
// Google Classroom and Microsoft Teams are plain links: no script of anybody's.
// Classroom documents its parameters for a button of its own; Teams those of
// the dialog that its launcher opens, with at most 200 characters of text.
func (e *edition) share(l leaf, address string) *Share {
	title, escaped := l.title.Text, queryValue(address)
	s := &Share{
		Address:  address,
		HTMLLink: `<a href="` + html.EscapeString(address) + `">` + html.EscapeString(title) + `</a>`,
		Markdown: "[" + markdownText.Replace(title) + "](" + address + ")",
		Classroom: "https://classroom.google.com/share?url=" + escaped + "&title=" + queryValue(title) +
			"&body=" + queryValue(cut(l.description)) + "&itemtype=material",
		Teams: "https://teams.microsoft.com/share?href=" + escaped +
			"&msgText=" + queryValue(cut(e.words.T("share-teams-text", "title", title, "site", e.Site.Title))) +
			"&preview=true&referrer=" + queryValue(e.Site.URL.Host),
		QR:        e.code(address),
		Cartridge: e.cartridges(l.path),
	}
	if l.record != nil && e.plan.handedOut[e.Prefix+l.path] {
		s.Handout = e.href(handoutPath(l.record))
	}
	if l.embed != "" {
		embed := e.absolute(l.embed)
		s.EmbedHref = embed
		s.EmbedCode = `<iframe src="` + html.EscapeString(embed) + `" title="` +
			html.EscapeString(e.words.T("share-embed-title", "title", title, "site", e.Site.Title)) +
			`" width="100%" height="420" loading="lazy"></iframe>`
	}
	return s
}

// markdownText keeps the signs of Markdown in a text what they are.
var markdownText = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "<", `\<`, "*", `\*`, "_", `\_`, "`", "\\`")

// cut shortens a text to what Teams takes.
func cut(s string) string {
	const room = 200
	if len(s) <= room {
		return s
	}
	letters := []rune(s)
	if len(letters) <= room {
		return s
	}
	return string(letters[:room-1]) + "…"
}

// queryValue encodes a value of a query so that blanks are %20: not every
// reader of these addresses takes a plus for a blank.
func queryValue(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// code returns the QR code of an address, "" for one that is too long.
func (e *edition) code(address string) template.HTML {
	svg, err := e.plan.codes.SVG(address, qr.Options{Label: e.words.T("share-qr-alt", "address", address)})
	if err != nil {
		return ""
	}
	return template.HTML(svg) //nolint:gosec // made by package qr
}

// social returns what a shared link looks like.
func (e *edition) social(l leaf, s Shell) Social {
	out := Social{Type: "website", SiteName: e.Site.Title, Locale: e.shell.locale}
	if l.record != nil && (l.record.Kind == hub.GuidePage || l.record.Kind == hub.PlainPage) {
		out.Type = "article"
		out.PublishedISO, out.ModifiedISO = l.record.Published.String(), l.record.Updated.String()
	}
	for _, twin := range s.Alternates {
		if twin.Lang != "x-default" && twin.Lang != s.Lang {
			out.OtherLocales = append(out.OtherLocales, locale(twin.Lang))
		}
	}
	c := e.cardOf(l.record)
	if l.share {
		out.OEmbed = c.oEmbed
	}
	if l.record != nil && isSocialPicture(l.record.Image) {
		f := l.record.Image
		out.Image, out.ImageAlt, out.ImageType = e.plan.absolute(f.Path), cmp.Or(l.record.ImageAlt, l.title.Text), pictureType(f.Path)
		out.ImageWidth, out.ImageHeight = f.Width, f.Height
		return out
	}
	out.Image, out.ImageAlt, out.ImageType = c.picture, c.alt, "image/png"
	out.ImageWidth, out.ImageHeight = card.Width, card.Height
	return out
}

// locale returns a language as Open Graph writes it: en_US. A language without
// a region is taken to be that of the United States, where the hubs are.
func locale(tag string) string {
	if !strings.Contains(tag, "-") {
		tag += "-US"
	}
	return strings.ReplaceAll(tag, "-", "_")
}
