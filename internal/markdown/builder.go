package markdown

import (
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Parse reads a body. It never fails: mistakes are in the Doc's Findings, in
// the order of the file, and what can be shown is shown.
// It is safe for concurrent use.
func Parse(src Source) *Doc {
	b := builders.Get().(*builder)
	defer builders.Put(b)
	b.reset(src)
	return b.read(parserOf(b.src))
}

// builders lends what a body takes besides its Doc to the next body: 133 MB less
// for 10,000 of them with 37 MB of text (2026-11-26).
var builders = sync.Pool{New: func() any { return &builder{anchors: newAnchors()} }}

// reset makes the builder ready for a body. What it has made of others is
// forgotten, apart from the memory.
func (b *builder) reset(src Source) {
	b.anchors.reset(src.Reserved)
	*b = builder{
		places:  places{src: b.src[:0], lines: b.lines[:0]},
		doc:     Doc{Holes: b.doc.Holes[:0], Headings: b.doc.Headings[:0], Links: b.doc.Links[:0]},
		anchors: b.anchors, shelf: src.Shelf,
		html: b.html[:0], plain: b.plain[:0], marks: b.marks[:0],
	}
	b.places.reset(src)
}

// read makes the Doc.
func (b *builder) read(p parser.Parser) *Doc {
	pc := parser.NewContext()
	pc.Set(builderKey, b)
	b.walk(p.Parse(text.NewReader(b.src), parser.WithContext(pc)))
	return b.compact()
}

// compact returns the Doc in as little memory as it needs, apart from the
// builder: a site holds thousands of Docs at once.
func (b *builder) compact() *Doc {
	doc := b.doc
	var stored bool
	if doc.stored, stored = b.shelf.put(b.html); !stored {
		doc.HTML = string(b.html)
		if at := strings.Index(doc.HTML, doc.Summary); at >= 0 {
			doc.Summary = doc.HTML[at : at+len(doc.Summary)] // most are plain: 3 MB less for 10,000 bodies (2026-11-26)
		}
	}
	doc.Holes = append([]Hole(nil), doc.Holes...) // slices.Clone of none would hold on to the builder's
	doc.Headings = append([]Heading(nil), doc.Headings...)
	doc.Links = append([]Link(nil), doc.Links...)
	doc.Findings = diag.Sort(doc.Findings)
	b.doc.Blocks, b.doc.Findings, b.marked = nil, nil, nil // they are the Doc's and goldmark's
	return &doc
}

// builder makes a Doc of the tree that goldmark reads, in one pass.
type builder struct {
	places
	doc     Doc
	anchors anchors
	shelf   *Shelf

	html      []byte
	plain     []byte // the plain text of open headings, links and the summary
	capturing int    // how many of them are open
	marks     []int  // where in plain each of them begins
	linked    bool   // within a link, where no bare address becomes another
	openLink  int    // one more than the index of the link that is open, 0 for none
	cell      bool   // within a table's cell, where "\|" in code is "|"

	lastLevel int
	openTags  map[string]int // raw HTML that waits for its closing tag
	footnotes int
	tooDeep   bool
	marked    ast.Node // the block whose marks are counted
	marksIn   int
	steps     int // see afford
}

func (b *builder) hole(kind HoleKind, index int) {
	b.doc.Holes = append(b.doc.Holes, Hole{Kind: kind, At: int32(len(b.html)), Index: int32(index)})
}

func (b *builder) word(w Word) { b.hole(WordHole, int(w)) }

func (b *builder) put(html string) { b.html = append(b.html, html...) }

// fail reports an error, with what to do about it.
func (b *builder) fail(offset int, rule, hint, format string, args ...any) {
	b.doc.Findings = append(b.doc.Findings, diag.Errorf(b.at(offset), rule, format, args...).WithHint(hint))
}

// warn reports a warning, with what to do about it.
func (b *builder) warn(offset int, rule, hint, format string, args ...any) {
	b.doc.Findings = append(b.doc.Findings, diag.Warnf(b.at(offset), rule, format, args...).WithHint(hint))
}

// capture begins to keep the plain text; captured ends it and returns the
// text. They nest.
func (b *builder) capture() {
	b.marks = append(b.marks, len(b.plain))
	b.capturing++
}

func (b *builder) captured() string {
	b.capturing--
	last := len(b.marks) - 1
	s := string(b.plain[b.marks[last]:])
	b.marks = b.marks[:last]
	if b.capturing == 0 {
		b.plain = b.plain[:0]
	}
	return s
}
