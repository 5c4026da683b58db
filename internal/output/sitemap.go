package output

import (
	"bytes"
	"encoding/xml"

	"github.com/twinshelf/twinshelf/internal/publish"
)

// urlSet is a sitemap (sitemaps.org, protocol 0.9) with the alternates of
// Google's "localized versions".
type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc        string             `xml:"loc"`
	LastMod    string             `xml:"lastmod,omitempty"`
	Alternates []sitemapAlternate `xml:"xhtml:link"`
}

type sitemapAlternate struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// sitemap lists every page that stands for itself, with its twins. It walks
// over the finished plan.
func (p *planner) sitemap() publish.Artifact {
	return publish.Artifact{Path: "sitemap.xml", Render: func(w *bytes.Buffer) error {
		set := urlSet{XHTML: "http://www.w3.org/1999/xhtml"}
		for i := range p.site.Artifacts {
			a := &p.site.Artifacts[i]
			if a.Page == nil || a.Page.NoIndex || a.Page.Canonical != "" {
				continue
			}
			entry := sitemapURL{Loc: p.absoluteAddress(a.Address()), LastMod: a.Page.Updated.String()}
			if len(a.Page.Alternates) > 1 {
				for _, twin := range a.Page.Alternates {
					entry.Alternates = append(entry.Alternates, sitemapAlternate{"alternate", twin.Lang, p.absoluteAddress(twin.Address)})
				}
			}
			set.URLs = append(set.URLs, entry)
		}
		w.WriteString(xml.Header)
		return xml.NewEncoder(w).Encode(set)
	}}
}

// absoluteAddress returns an address of the plan, percent-encoded already,
// with the site's host.
func (p *planner) absoluteAddress(address string) string { return p.origin + p.base + address[1:] }
