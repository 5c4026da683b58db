package output

import (
	"html"
	"html/template"
	"net/url"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/qr"
)

// share returns what a teacher needs to bring a page into class. The links to
// Google Classroom and Microsoft Teams are plain links: no script of anybody's.
func (e *edition) share(l leaf, address string) *Share {
	s := &Share{
		Address: address, Title: l.title.Text,
		HTMLLink:  `<a href="` + html.EscapeString(address) + `">` + html.EscapeString(l.title.Text) + `</a>`,
		Markdown:  "[" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(l.title.Text) + "](" + address + ")",
		Classroom: "https://classroom.google.com/share?url=" + queryValue(address) + "&title=" + queryValue(l.title.Text),
		Teams:     "https://teams.microsoft.com/share?href=" + queryValue(address) + "&msgText=" + queryValue(l.title.Text) + "&preview=true",
		QR:        e.code(address),
		Cartridge: e.cartridges(l.path),
	}
	if l.record != nil && e.plan.handedOut[e.Prefix+l.path] {
		s.Handout = e.href(handoutPath(l.record))
	}
	if l.embed != "" {
		embed := e.absolute(l.embed)
		s.EmbedHref = embed
		s.EmbedCode = `<iframe src="` + html.EscapeString(embed) + `" title="` + html.EscapeString(l.title.Text) +
			`" width="100%" height="420" loading="lazy"></iframe>`
	}
	return s
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
	out := Social{Type: "website", SiteName: e.Site.Title, Locale: locale(e.Lang.String())}
	if l.record != nil && (l.record.Kind == hub.GuidePage || l.record.Kind == hub.PlainPage) {
		out.Type = "article"
		out.PublishedISO, out.ModifiedISO = l.record.Published.String(), l.record.Updated.String()
	}
	for _, twin := range s.Alternates {
		if twin.Lang != "x-default" && twin.Lang != s.Lang {
			out.OtherLocales = append(out.OtherLocales, locale(twin.Lang))
		}
	}
	if l.record != nil && l.record.Image != nil {
		out.Image, out.ImageAlt = e.plan.absolute(l.record.Image.Path), l.record.ImageAlt
		out.ImageWidth, out.ImageHeight = l.record.Image.Width, l.record.Image.Height
	}
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
