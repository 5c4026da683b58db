package linkcheck

import (
	"net/url"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
)

// Collect returns the outside addresses that the pages of a hub show: ways into
// databases, their apps and policies, catalogs, library cards, awards, votes,
// the menu and the links in texts. What has ended is not offered, so only its
// text counts. Of a catalog's addresses with {isbn} and {query} the host's front
// page stands for the hundreds that are made from them. A page in another
// language is named only with what the default language does not show there.
func Collect(h *hub.Hub) Hub {
	c := collector{standard: make(map[place]bool)}
	for _, e := range h.Editions {
		c.prefix = e.Prefix
		c.edition(e)
	}
	for _, l := range h.Default().Libraries {
		if l.Proxy.Prefix != "" {
			c.out.Proxies = append(c.out.Proxies, Proxy{Library: l.ID, Prefix: l.Proxy.Prefix, Encode: l.Proxy.Encode})
		}
	}
	return c.out
}

type collector struct {
	out      Hub
	prefix   string         // of the language that is collected
	standard map[place]bool // what the default language shows
}

// place is an address on a page, whatever the language.
type place struct{ url, path string }

// add notes that a page shows an address, if it is one of the web.
func (c *collector) add(p *hub.Page, link Link) {
	if scheme, _, _ := strings.Cut(strings.ToLower(link.URL), ":"); scheme != "http" && scheme != "https" {
		return
	}
	at := place{link.URL, p.Path}
	if c.prefix == "" {
		c.standard[at] = true
	} else if c.standard[at] {
		return
	}
	link.Page = c.prefix + p.Path
	c.out.Links = append(c.out.Links, link)
}

func (c *collector) edition(e *hub.Edition) {
	for _, item := range e.Site.Menu {
		c.add(e.Home, Link{URL: item.URL, Open: true})
	}
	e.EachPage(func(p *hub.Page) {
		for i := range p.Body.Links {
			c.add(p, Link{URL: p.Body.Links[i].Dest})
		}
	})
	for _, l := range e.Libraries {
		c.library(l)
	}
	for _, d := range e.Databases {
		if d.Listed() {
			c.database(d)
		}
	}
	for _, a := range e.Awards {
		c.add(&a.Page, Link{URL: a.URL, Open: true})
		c.votes(&a.Page, a.Voting)
		for _, l := range a.Lists {
			c.awardList(l)
		}
	}
}

func (c *collector) library(l *hub.Library) {
	if !l.Listed() {
		return
	}
	for _, address := range append([]string{l.URL, l.Card.URL}, catalog(l)...) {
		c.add(&l.Page, Link{URL: address, Library: l.ID, Open: true})
	}
}

func (c *collector) database(d *hub.Database) {
	for _, a := range d.Access {
		link := Link{URL: a.URL, Database: d.ID, Proxied: a.Link != a.URL, Open: a.Everyone()}
		if a.Library != nil {
			link.Library = a.Library.ID
		}
		c.add(&d.Page, link)
	}
	for _, address := range []string{d.Apps.IOS, d.Apps.Android, d.Privacy, d.Accessibility, d.Terms} {
		c.add(&d.Page, Link{URL: address, Open: true})
	}
}

func (c *collector) awardList(l *hub.AwardList) {
	c.add(&l.Page, Link{URL: l.URL, Open: true})
	c.votes(&l.Page, l.Voting)
	found := make(map[*hub.Library]bool)
	for _, b := range l.Books {
		for _, library := range b.HeldBy {
			if found[library] {
				continue
			}
			found[library] = true
			for _, address := range catalog(library) {
				c.add(&l.Page, Link{URL: address, Library: library.ID, Open: true})
			}
		}
	}
}

func (c *collector) votes(p *hub.Page, voting []hub.Voting) {
	for _, v := range voting {
		c.add(p, Link{URL: v.URL, Library: v.Library.ID, Open: true})
	}
}

// catalog returns the addresses that stand for a library's catalog: its own
// and the front pages of the hosts that its templates name.
func catalog(l *hub.Library) []string {
	var addresses []string
	known := make(map[string]bool)
	for _, address := range []string{l.Catalog.URL, frontPage(l.Catalog.ISBN), frontPage(l.Catalog.Search)} {
		if address == "" || known[host(address)] {
			continue
		}
		known[host(address)] = true
		addresses = append(addresses, address)
	}
	return addresses
}

// frontPage returns the root of the host of an address.
func frontPage(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/"
}
