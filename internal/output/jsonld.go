package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// Structured data for search engines: JSON-LD with the terms of schema.org.
// Structs stand for its types; a term that is not known is left out.

// thing is what every type has (https://schema.org/Thing).
type thing struct {
	Context     string `json:"@context,omitempty"`
	Type        string `json:"@type"`
	ID          string `json:"@id,omitempty"`
	Name        string `json:"name,omitempty"`
	URL         string `json:"url,omitempty"`
	Description string `json:"description,omitempty"`
}

func newThing(kind string) thing { return thing{Context: "https://schema.org", Type: kind} }

// jsonLD encodes a page's objects: its own, and the way to it.
func (e *edition) jsonLD(l leaf) []template.JS {
	out := make([]template.JS, 0, 2)
	if l.data != nil {
		out = append(out, e.object(l.data()))
	}
	if l.path != "/" && !l.noIndex {
		out = append(out, e.object(e.breadcrumbLD(l)))
	}
	return out
}

// object encodes what stands in a script element as data.
func (e *edition) object(v any) template.JS {
	text, err := e.plan.scratch.make(func(w *bytes.Buffer) error {
		return json.NewEncoder(w).Encode(v) // escapes <, > and &, so that it is safe in a script element
	})
	if err != nil {
		panic(fmt.Sprintf("output: JSON: %v", err)) // plain structs can always be encoded
	}
	return template.JS(strings.TrimSuffix(text, "\n")) //nolint:gosec // JSON is no code
}

// breadcrumbList is https://schema.org/BreadcrumbList.
type breadcrumbList struct {
	thing
	Items []breadcrumb `json:"itemListElement"`
}

// breadcrumb is https://schema.org/ListItem with an address.
type breadcrumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name,omitempty"`
	Item     string `json:"item,omitempty"`
}

func (e *edition) breadcrumbLD(l leaf) *breadcrumbList {
	list := &breadcrumbList{thing: newThing("BreadcrumbList"), Items: make([]breadcrumb, 0, len(l.crumbs)+2)}
	add := func(name, address string) {
		list.Items = append(list.Items, breadcrumb{"ListItem", len(list.Items) + 1, name, address})
	}
	add(e.Site.Title, e.shell.home)
	for _, c := range l.crumbs {
		add(c.Text, e.plan.origin+c.Href)
	}
	add(l.title.Text, e.absolute(l.path))
	return list
}

// webSite is https://schema.org/WebSite.
type webSite struct {
	thing
	Language []string `json:"inLanguage"`
}

func (e *edition) siteLD() any {
	site := webSite{thing: newThing("WebSite")}
	site.Name, site.URL, site.Description = e.Site.Title, e.absolute("/"), e.Site.Description
	for _, t := range e.Site.Languages {
		site.Language = append(site.Language, t.String())
	}
	return site
}

// webApplication is https://schema.org/WebApplication, which an online service
// of a library is.
type webApplication struct {
	thing
	AlternateName []string     `json:"alternateName,omitempty"`
	Category      string       `json:"applicationCategory"`
	OS            string       `json:"operatingSystem"`
	Provider      *thing       `json:"provider,omitempty"`
	Free          bool         `json:"isAccessibleForFree"`
	Audience      []audienceLD `json:"audience,omitempty"`
	Genre         []string     `json:"genre,omitempty"`
	Language      []string     `json:"inLanguage,omitempty"`
	Modified      string       `json:"dateModified,omitempty"`
	Offers        offerLD      `json:"offers"`
	Install       []string     `json:"installUrl,omitempty"`
}

type audienceLD struct {
	Type string `json:"@type"`
	Name string `json:"audienceType"`
}

// offerLD is https://schema.org/Offer: nobody pays at a library.
type offerLD struct {
	Type     string `json:"@type"`
	Price    string `json:"price"`
	Currency string `json:"priceCurrency"`
}

func (e *edition) databaseLD(d *hub.Database) any {
	app := &webApplication{
		thing: newThing("WebApplication"), AlternateName: d.AlsoKnownAs, Category: "EducationalApplication", OS: "Any", Free: true,
		Offers: offerLD{"Offer", "0", "USD"}, Modified: d.Updated.String(),
	}
	app.Name, app.URL, app.Description = d.Title, e.absolute(d.Path), e.description(&d.Page)
	if d.Vendor != "" {
		app.Provider = &thing{Type: "Organization", Name: d.Vendor}
	}
	app.Audience = mapTo(d.Audience, func(a hub.Audience) audienceLD { return audienceLD{"EducationalAudience", e.audienceTerm(a).Text} })
	app.Genre = mapTo(d.Formats, func(f hub.Format) string { return e.formatTerm(f).Text })
	app.Language = mapTo(d.Languages, lang.Tag.String)
	for _, url := range []string{d.Apps.IOS, d.Apps.Android} {
		if url != "" {
			app.Install = append(app.Install, url)
		}
	}
	return app
}

// itemList is https://schema.org/ItemList.
type itemList struct {
	thing
	Count int        `json:"numberOfItems"`
	Items []listItem `json:"itemListElement"`
}

// listItem is https://schema.org/ListItem with a book.
type listItem struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Item     bookLD `json:"item"`
}

// bookLD is https://schema.org/Book.
type bookLD struct {
	thing
	Authors      []thing  `json:"author,omitempty"`
	Illustrators []thing  `json:"illustrator,omitempty"`
	ISBN         []string `json:"isbn,omitempty"`
	Pages        int      `json:"numberOfPages,omitempty"`
	Award        string   `json:"award,omitempty"`
}

func (e *edition) bookListLD(l *hub.AwardList) any {
	list := &itemList{thing: newThing("ItemList"), Count: len(l.Books), Items: make([]listItem, 0, len(l.Books))}
	list.Name, list.URL, list.Description = l.Title, e.absolute(l.Path), l.Description
	for i, b := range l.Books {
		book := bookLD{thing: thing{Type: "Book"}, Pages: b.Pages}
		book.Name, book.URL, book.Description = b.Title, list.URL+hash(b.Anchor), b.Note
		for _, name := range b.Authors {
			book.Authors = append(book.Authors, thing{Type: "Person", Name: name})
		}
		for _, name := range b.Illustrators {
			book.Illustrators = append(book.Illustrators, thing{Type: "Person", Name: name})
		}
		for _, n := range b.ISBNs {
			book.ISBN = append(book.ISBN, n.String())
		}
		if b.Status == hub.Winner {
			book.Award = l.Award.Title
		}
		list.Items = append(list.Items, listItem{"ListItem", i + 1, book})
	}
	return list
}
