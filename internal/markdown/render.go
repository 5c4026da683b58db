package markdown

import (
	"strconv"
)

// Resolver decides what the holes of a Doc become. Its methods are called in
// the order of the text, and again on every Append. The pointers lead into the
// Doc: do not change what they point to.
type Resolver interface {
	// Link says where a link leads.
	Link(*Link) Target
	// Image says which file a picture is.
	Image(*Link) Picture
	// Block appends the HTML of a block to dst and returns it.
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
	Width, Height int    // in CSS pixels; zero if not known. With both, the browser loads it late
	SrcSet, Sizes string // for other resolutions; may be empty
	Plain         bool   // show the alternative text only
}

// Words are the words that Markdown's HTML needs, in the language of the page.
type Words struct {
	Note, Tip, Warning string // titles of call-outs
	Footnotes          string // names the list of footnotes: "Footnotes"
	BackToText         string // names the link from a footnote to its place: "Back to the text"
	Done, ToDo         string // what a screen reader says for a task's box: "done", "to do"
	Table              string // names a table that scrolls: "Table"
}

// Word is one of the Words, as a Hole names it.
type Word int32

// The words.
const (
	WordNote Word = iota // the titles of call-outs stand first, in the order of their kinds
	WordTip
	WordWarning
	WordFootnotes
	WordBackToText
	WordDone
	WordToDo
	WordTable
)

func (w *Words) get(word Word) string {
	return [...]string{
		WordNote: w.Note, WordTip: w.Tip, WordWarning: w.Warning,
		WordFootnotes: w.Footnotes, WordBackToText: w.BackToText,
		WordDone: w.Done, WordToDo: w.ToDo, WordTable: w.Table,
	}[word]
}

// Append appends the body's HTML to dst, its holes filled, and returns it.
// The HTML is safe to stand in a page as it is. It is compact already: it
// needs no minifier. An error is trouble with the file of a Shelf.
func (d *Doc) Append(dst []byte, r Resolver, w *Words) ([]byte, error) {
	if d.stored.shelf == nil {
		return appendFilled(dst, d, d.HTML, r, w), nil
	}
	err := d.stored.with(func(html []byte) { dst = appendFilled(dst, d, html, r, w) })
	return dst, err
}

func appendFilled[T string | []byte](dst []byte, d *Doc, html T, r Resolver, w *Words) []byte {
	plain := false // the open link shows its text only
	from := int32(0)
	for _, h := range d.Holes {
		dst = append(dst, html[from:h.At]...)
		from = h.At
		switch h.Kind {
		case LinkStart:
			l := &d.Links[h.Index]
			t := r.Link(l)
			plain = t.Plain
			if !plain {
				dst = appendLink(dst, l, t)
			}
		case LinkEnd:
			if !plain {
				dst = append(dst, "</a>"...)
			}
		case Image:
			l := &d.Links[h.Index]
			dst = appendImage(dst, l, r.Image(l))
		case BlockHole:
			dst = r.Block(dst, &d.Blocks[h.Index])
		case Anchor:
			dst = appendAttr(dst, d.Headings[h.Index].ID)
		case WordHole:
			dst = appendAttr(dst, w.get(Word(h.Index)))
		}
	}
	return append(dst, html[from:]...)
}

func appendLink(dst []byte, l *Link, t Target) []byte {
	dst = append(dst, `<a href="`...)
	dst = appendURL(dst, t.URL)
	dst = append(dst, '"')
	dst = appendOptional(dst, "title", l.Title)
	dst = appendOptional(dst, "class", t.Class)
	dst = appendOptional(dst, "rel", t.Rel)
	dst = appendOptional(dst, "hreflang", t.Lang)
	return append(dst, '>')
}

func appendImage(dst []byte, l *Link, p Picture) []byte {
	if p.Plain {
		return appendHTML(dst, l.Text)
	}
	dst = append(dst, `<img src="`...)
	dst = appendURL(dst, p.URL)
	dst = append(dst, `" alt="`...)
	dst = appendAttr(dst, l.Text)
	dst = append(dst, '"')
	dst = appendOptional(dst, "title", l.Title)
	dst = appendOptional(dst, "srcset", p.SrcSet)
	dst = appendOptional(dst, "sizes", p.Sizes)
	if p.Width > 0 && p.Height > 0 {
		// A picture that loads late moves the text unless its size is known.
		dst = append(dst, ` width="`...)
		dst = strconv.AppendInt(dst, int64(p.Width), 10)
		dst = append(dst, `" height="`...)
		dst = strconv.AppendInt(dst, int64(p.Height), 10)
		dst = append(dst, `" loading="lazy" decoding="async"`...)
	}
	return append(dst, '>')
}

func appendOptional(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	dst = append(dst, ' ')
	dst = append(dst, name...)
	dst = append(dst, `="`...)
	dst = appendAttr(dst, value)
	return append(dst, '"')
}

// WithAnchors returns a Doc that differs in the anchors of its headings only:
// heading i has the anchor ids[i], or keeps its own where ids[i] is empty. So
// a translation takes the anchors of its original. ids has as many entries as
// the Doc has headings; all else is shared with d.
func (d *Doc) WithAnchors(ids []string) *Doc {
	changed := *d
	changed.Headings = make([]Heading, len(d.Headings))
	for i, h := range d.Headings {
		if ids[i] != "" {
			h.ID = ids[i]
		}
		changed.Headings[i] = h
	}
	return &changed
}
