// Package markdown turns the body of a page into trusted HTML: CommonMark with
// GitHub's tables, strike-through, task lists, footnotes and bare links, and
// the blocks and call-outs of a hub.
//
// A body is parsed once, into a [Doc], long before the addresses of the site
// are known. The Doc holds finished HTML with holes for what is decided later:
// where a link leads, how large a picture is, what stands in a block, and the
// few words that depend on the language. [Doc.Append] fills the holes.
//
//	doc := markdown.Parse(markdown.Source{File: "content/guides/card.md", Line: 5, Text: body})
//	findings = append(findings, doc.Findings...)
//	...
//	html, err := doc.Append(nil, resolver, words)
//
// It knows no records and no addresses: whether "../databases/sora.md" exists
// and what `::database{id=sora}` looks like is the caller's business. It is
// the only maker of trusted HTML from what authors write; raw HTML is never
// passed through.
//
// A style sheet meets these classes: callout with callout-note, callout-tip or
// callout-warning, and callout-title in it; table-scroll around a table, which
// should scroll sideways in it; align-left, align-center and align-right on
// cells; tasks on a list of tasks and task on its items; footnotes,
// footnote-ref and footnote-back; language-… on code. A pre should wrap its
// lines, as it cannot be scrolled by keyboard.
//
// content calls Parse, output calls Append.
package markdown

import "github.com/twinshelf/twinshelf/internal/diag"

// Source is the body of one page.
type Source struct {
	File     string   // relative to the hub's root, with slashes; stands in positions
	Line     int      // the line of File on which Text begins, from 1; zero means 1
	Text     string   // UTF-8 without a BOM; lines end with LF or CRLF
	Reserved []string // anchors that the page has by itself; a heading that would take one gets "-1"
	Shelf    *Shelf   // where the HTML is kept; nil for memory
}

// Doc is a parsed body. It is plain data, is never changed after Parse and is
// safe for concurrent use.
type Doc struct {
	HTML     string    // without what fills its holes; "" for one that lies in a Shelf's file
	Holes    []Hole    // in order
	Headings []Heading // in order
	Links    []Link    // links, bare addresses and pictures, in order
	Blocks   []Block   // in order
	Summary  string    // the first paragraph as plain text; empty if there is none
	Findings []diag.Finding

	stored slot // where the HTML lies if it is not in memory
}

// Heading is a heading of a body. The page's title is the h1 and is not part
// of the body, so that Level is 2 to 6.
type Heading struct {
	Level int
	Text  string // plain text
	ID    string // the anchor, unique in the page, made as GitHub makes it
	Pos   diag.Pos
}

// LinkKind tells what a Link is.
type LinkKind uint8

// The kinds of links.
const (
	TextLink  LinkKind = iota // [text](dest), also by reference
	ImageLink                 // ![alt](dest)
	AutoLink                  // <https://example.org>, or a bare address
)

// Link is an address in a body.
type Link struct {
	Kind  LinkKind
	Dest  string   // as written, without Markdown's escapes; "" for an empty one
	Text  string   // plain text of the link, alternative text of a picture
	Title string   // the title in quotes; usually empty
	Pos   diag.Pos // where Dest stands; for a link by reference where the link stands
}

// Block is a line like `::hours{library=prairie-grove}`. A Doc holds only
// blocks of a known name with allowed attributes and none missing; whether the
// values make sense is the caller's to check.
type Block struct {
	Name  string // database, databases, hours or books
	Attrs []Attr // in the order written, each name once
	Pos   diag.Pos
}

// Attr is one attribute of a block.
type Attr struct {
	Name  string
	Value string
	Pos   diag.Pos // of the value
}

// Attr returns the value of an attribute, "" if the block has none.
func (b *Block) Attr(name string) string {
	for i := range b.Attrs {
		if b.Attrs[i].Name == name {
			return b.Attrs[i].Value
		}
	}
	return ""
}

// Empty reports whether nothing of the body shows.
func (d *Doc) Empty() bool { return d.HTML == "" && d.stored.size == 0 && len(d.Holes) == 0 }

// HoleKind tells what fills a Hole.
type HoleKind uint8

// The kinds of holes.
const (
	LinkStart HoleKind = iota // the start tag of Links[Index]
	LinkEnd                   // its end tag
	Image                     // the picture Links[Index]
	BlockHole                 // the block Blocks[Index]
	Anchor                    // the ID of Headings[Index]
	WordHole                  // a word of the interface, Word(Index)
)

// Hole is a place in the HTML where something is missing.
type Hole struct {
	Kind  HoleKind
	At    int32 // the offset in the Doc's HTML
	Index int32
}
