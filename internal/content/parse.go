package content

import (
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/frontmatter"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/markdown"
)

// schemas holds the file format, ready to decode.
type schemas struct {
	page      *frontmatter.Schema[rawPage]
	library   *frontmatter.Schema[rawLibrary]
	database  *frontmatter.Schema[rawDatabase]
	award     *frontmatter.Schema[rawAward]
	list      *frontmatter.Schema[rawList]
	site      *frontmatter.Schema[rawSite]
	siteWords *frontmatter.Schema[rawSiteWords]
	retired   *frontmatter.Schema[[]rawRetired]

	shelf *markdown.Shelf // for the texts of files
}

func newSchemas(shelf *markdown.Shelf) *schemas {
	return &schemas{
		shelf:     shelf,
		page:      frontmatter.NewSchema[rawPage](),
		library:   frontmatter.NewSchema[rawLibrary](),
		database:  frontmatter.NewSchema[rawDatabase](),
		award:     frontmatter.NewSchema[rawAward](),
		list:      frontmatter.NewSchema[rawList](),
		site:      frontmatter.NewSchema[rawSite](),
		siteWords: frontmatter.NewSchema[rawSiteWords](),
		retired:   frontmatter.NewSchema[[]rawRetired](),
	}
}

// parsedFile is a Markdown file as it was read. It depends on nothing but its
// path and text, and may stand in a Cache: then it is never changed once it is
// made.
type parsedFile struct {
	path     string
	sum      Sum // of its text, for the Cache
	place    place
	broken   bool   // the front matter cannot be read: nothing is missing from it
	body     string // of a list; "" for others, whose body is parsed at once
	bodyLine int

	page     *rawPage     // never nil; part of one of the next four if that is not nil
	library  *rawLibrary  // of a library
	database *rawDatabase // of a database
	award    *rawAward    // of an award
	list     *rawList     // of an award's list

	findings []diag.Finding // of the front matter and the texts

	doc      *markdown.Doc // nil until the body is parsed
	reserved string        // the anchors that the body of a list was parsed with
}

// parseFile reads a Markdown file. The body of a list is left to withBody.
func (s *schemas) parseFile(path, text string) *parsedFile {
	f := &parsedFile{path: path}
	f.place, f.findings = placeOf(path)
	parts, bad := frontmatter.Split(path, text)
	f.findings = append(f.findings, bad...)
	f.bodyLine = parts.BodyLine
	f.findings = append(f.findings, s.decode(f, parts.Front)...)
	f.broken = !parts.Found || !f.page.Place.Given() && strings.TrimSpace(parts.Front.Text) != ""
	f.findings = append(f.findings, secretsInFile(path, text)...)
	if f.list != nil {
		f.body = strings.Clone(parts.Body) // without the books before it
	} else {
		f.doc = s.parseBody(f, parts.Body, hub.OwnAnchors(f.place.kind))
	}
	return f
}

func (s *schemas) decode(f *parsedFile, src frontmatter.Source) (findings []diag.Finding) {
	switch f.place.kind {
	case hub.LibraryPage:
		f.library, findings = s.library.Decode(src)
		f.page = &f.library.rawPage
	case hub.DatabasePage:
		f.database, findings = s.database.Decode(src)
		f.page = &f.database.rawPage
	case hub.AwardPage:
		f.award, findings = s.award.Decode(src)
		f.page = &f.award.rawPage
	case hub.AwardListPage:
		f.list, findings = s.list.Decode(src)
		f.page = &f.list.rawPage
	default:
		f.page, findings = s.page.Decode(src)
	}
	return findings
}

// withBody returns the file of a list with its body parsed. The anchors of its
// books, which may stand in other files, are not given to headings.
func (s *schemas) withBody(f *parsedFile, anchors []string) *parsedFile {
	key := strings.Join(anchors, "\n")
	if f.doc != nil && f.reserved == key {
		return f
	}
	g := *f
	g.reserved = key
	g.doc = s.parseBody(f, f.body, anchors)
	return &g
}

// parseBody parses the body of a file. The anchors that the page has by itself
// are not given to headings.
func (s *schemas) parseBody(f *parsedFile, body string, anchors []string) *markdown.Doc {
	return markdown.Parse(markdown.Source{File: f.path, Line: f.bodyLine, Text: body, Reserved: anchors, Shelf: s.shelf})
}

// top is the place that stands for the whole file.
func (f *parsedFile) top() diag.Pos { return diag.Pos{File: f.path, Line: 1, Col: 1} }
