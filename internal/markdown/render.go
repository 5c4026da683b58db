package markdown

// Resolver decides what the holes of a Doc become. Its methods are called in
// the order of the text.
type Resolver interface {
	// Link says where a link leads.
	Link(*Link) Target
	// Image says which file a picture is.
	Image(*Link) Picture
	// Block appends the HTML of a block to dst.
	Block(dst []byte, b *Block) []byte
}

// Target is where a link leads. Fields are plain text: Append escapes them.
type Target struct {
	URL   string
	Plain bool   // show the text only, without a link
	Class string // for the class attribute; may be empty
	Rel   string // for the rel attribute; may be empty
	Lang  string // for the hreflang attribute; may be empty
}

// Picture is how a picture is shown. Fields are plain text: Append escapes them.
type Picture struct {
	URL           string
	Width, Height int    // in CSS pixels; zero if not known
	SrcSet, Sizes string // for other resolutions; may be empty
	Plain         bool   // show the alternative text only
}

// Words are the words that Markdown's HTML needs in the language of the page.
type Words struct {
	Note, Tip, Warning string // titles of call-outs
	Footnotes          string // names the list of footnotes: "Footnotes"
	BackToText         string // names the link from a footnote to its place: "Back to the text"
	Done, ToDo         string // what a screen reader says for a task's box
	Table              string // names a table that scrolls: "Table"
}

// Append appends the body's HTML to dst, its holes filled, and returns it.
// A nil Resolver shows every link and picture with the address as written and
// no blocks; a nil Words leaves the words out.
func (d *Doc) Append(dst []byte, r Resolver, w *Words) []byte {
	for i := range d.Parts {
		dst = append(dst, d.Parts[i].HTML...)
	}
	return dst
}

// PlainText returns the text of the body without markup, for search.
func (d *Doc) PlainText() string { return "" }

// WithAnchors returns a Doc that differs in the anchors of its headings only:
// heading i has the anchor ids[i], or keeps its own where ids[i] is empty.
// ids has as many entries as the Doc has headings. Links are not changed.
func (d *Doc) WithAnchors(ids []string) *Doc { return d }
