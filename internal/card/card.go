// Package card draws the picture that a learning platform or a messenger shows
// beside a link to a page of the hub: its title, what kind of page it is and
// the name of the hub, on paper above a shelf with two books that lean on each
// other.
//
// The pictures are PNG of 1200 by 630 pixels, as og:image asks for, about
// 45 KB, with all text inside the middle 90 %. They are made from the texts
// alone, so they can be cached by content; equal texts give equal bytes.
//
// The fonts are those of the Go project, which know Latin, Greek and Cyrillic.
// A title in letters that they lack is left out rather than shown as boxes.
// The package reads no files and knows no page; package output calls it once
// for each kind of page, award and library:
//
//	p, err := card.NewPainter()
//	err = p.Draw(&png, card.Card{Kind: card.Database, Label: "Database", Title: "Sora", Site: "Prairie Hub"})
package card

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image/color"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// The size of every card in pixels, for og:image:width and og:image:height.
const (
	Width  = 1200
	Height = 630
)

// Kind is the kind of page. It chooses the colours and the thing on the shelf.
// The zero Kind is Page.
type Kind int

// The kinds of pages.
const (
	Page Kind = iota // home, a plain page, a list of lists
	Database
	Award
	Library
	Guide
	kinds // how many there are
)

// Card is what one picture says. All texts are plain and of one line.
type Card struct {
	Kind  Kind
	Label string // what the page is, in the page's language, as in "Database"; may be empty
	Title string
	Site  string // the name of the hub
}

// look is the number of the way in which cards are drawn. Who changes a shape,
// a colour or a font counts it up, so that no name stands for two pictures.
const look = 1

// Fingerprint returns ten hexadecimal digits that stand for the picture: equal
// cards have equal ones.
func (c Card) Fingerprint() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%d\x00%s\x00%s\x00%s", look, c.Kind, c.Label, c.Title, c.Site))
	return hex.EncodeToString(sum[:5])
}

// Painter draws cards. NewPainter makes it; it is safe for concurrent use.
type Painter struct {
	bold, regular *sfnt.Font
	backdrops     [kinds]func() *backdrop // each drawn once
	canvases      sync.Pool               // that they were drawn on

	writing sync.Mutex // held while text is written
	pens    map[penKey]*pen
}

type penKey struct {
	font *sfnt.Font
	size int
	ramp uint8
}

// NewPainter prepares the fonts. The painter draws what is behind the text of
// a kind when it is first asked for it, and keeps it with the letters that it
// used, so a build makes one painter. The error is never about a card.
func NewPainter() (*Painter, error) {
	p := &Painter{pens: map[penKey]*pen{}}
	var err error
	if p.bold, err = opentype.Parse(gobold.TTF); err != nil {
		return nil, fmt.Errorf("read the bold font: %w", err)
	}
	if p.regular, err = opentype.Parse(goregular.TTF); err != nil {
		return nil, fmt.Errorf("read the regular font: %w", err)
	}
	runs := sync.OnceValue(newRuns)
	for kind := range kinds {
		p.backdrops[kind] = sync.OnceValue(func() *backdrop { return newBackdrop(scene(kind, &p.canvases), runs()) })
	}
	return p, nil
}

// pen returns the pen of a font, size and colour.
func (p *Painter) pen(f *sfnt.Font, size int, ramp uint8) (*pen, error) {
	key := penKey{f, size, ramp}
	if known := p.pens[key]; known != nil {
		return known, nil
	}
	made, err := newPen(f, size, ramp)
	if err == nil {
		p.pens[key] = made
	}
	return made, err
}

// The places of the texts, in pixels. Everything keeps 60 pixels away from the
// left and right and 32 from top and bottom, since some readers cut that off.
const (
	margin        = 84
	labelBaseline = 124
	titleTop      = 158
	titleBottom   = 452
	titleRight    = 708
	siteBaseline  = 577
)

// Draw appends the picture as PNG. A text with letters that the fonts lack is
// left out; the name of the hub stands in for such a title. The error is never
// about the texts.
func (p *Painter) Draw(out *bytes.Buffer, c Card) error {
	lines, err := p.lines(p.legible(c))
	if err != nil {
		return fmt.Errorf("draw the card of %q: %w", c.Title, err)
	}
	p.backdrops[c.Kind]().encode(out, lines)
	return nil
}

// legible returns the card with its texts composed, and empty where the fonts
// cannot show them.
func (p *Painter) legible(c Card) Card {
	c.Label = p.shown(p.bold, c.Label)
	c.Title = p.shown(p.bold, c.Title)
	c.Site = p.shown(p.regular, c.Site)
	if c.Title == "" {
		c.Title, c.Site = c.Site, ""
	}
	return c
}

// lines sets the texts.
func (p *Painter) lines(c Card) ([]line, error) {
	p.writing.Lock()
	defer p.writing.Unlock()
	label, err := p.pen(p.bold, 30, accentRamp)
	if err != nil {
		return nil, err
	}
	lines := []line{label.line(margin, labelBaseline, label.shorten(c.Label, titleRight-margin))}
	title, texts, err := p.fit(c.Title)
	if err != nil {
		return nil, err
	}
	for i, text := range texts {
		lines = append(lines, title.line(margin, titleTop+title.ascent()+i*title.leading(), text))
	}
	site, err := p.pen(p.regular, 32, inkRamp)
	if err != nil {
		return nil, err
	}
	return append(lines, site.line(margin+siteIndent, siteBaseline, site.shorten(c.Site, Width-2*margin-siteIndent))), nil
}

// shown returns text on one line and composed (the fonts have "é" but not "e"
// with an accent behind it), or "" if the font lacks one of its letters.
func (p *Painter) shown(f *sfnt.Font, text string) string {
	var buffer sfnt.Buffer
	text = oneLine(norm.NFC.String(text))
	for _, r := range text {
		if glyph, err := f.GlyphIndex(&buffer, r); err != nil || glyph == 0 {
			return ""
		}
	}
	return text
}

// paper is the ground of every card, ink the colour of its text.
var (
	paper = color.RGBA{0xfb, 0xf6, 0xec, 0xff}
	ink   = color.RGBA{0x23, 0x30, 0x3d, 0xff}
)
