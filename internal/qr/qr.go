// Package qr draws a web address as a QR code in SVG, small enough to stand in
// every page and sharp enough to be read from a printed handout.
//
// The drawing is black on a white ground of its own, whatever the colours of
// the page, with the quiet zone of four modules that ISO/IEC 18004 asks for.
// It needs no script, no style sheet and no inline style, so a strict
// Content-Security-Policy lets it through. Equal text gives equal bytes.
//
// The package does not check that the text is an address and never changes it:
// paths are case-sensitive, so the denser alphanumeric mode, which knows
// capitals only, is used only for text that has no others.
//
// Package output calls it once for each page that can be linked:
//
//	var printer qr.Printer
//	svg, err := printer.SVG("https://hub.example.org/databases/sora/", qr.Options{Label: "QR code for Sora"})
package qr

import (
	"fmt"
	"html"
	"strconv"
	"sync"

	"rsc.io/qr/coding"
)

// The sizes of the drawing, in modules (the small squares) and CSS pixels.
const (
	quiet  = 4 // modules of white on each side
	module = 4 // pixels, 1.06 mm on paper: a phone reads half of that
)

// Options says how a code presents itself. The zero value is a good one.
type Options struct {
	Label string // what a screen reader says; "" hides the code from it, for a page that shows the address as text beside the code
	Class string // value of the class attribute; "" means no attribute
}

// Printer draws codes and remembers what codes of one size have in common. The
// zero Printer is ready; it is safe for concurrent use and must not be copied.
type Printer struct {
	forms   sync.Map  // formKey to *form
	benches sync.Pool // of *bench
}

// bench is the room in which a code is drawn.
type bench struct {
	bits    coding.Bits
	rooms   [2][]uint8 // for the best matrix and the next
	borders []uint8    // for an outline
	svg     []byte
}

// SVG returns an svg element that shows text as a QR code, ready to stand in
// an HTML page. Its width and height are four CSS pixels a module, so that
// every module falls on whole pixels; a style sheet may scale it.
// The error says that text is too long (2,331 bytes) or empty.
func (p *Printer) SVG(text string, o Options) (string, error) {
	if text == "" {
		return "", fmt.Errorf("draw a QR code: there is no text")
	}
	room, ok := p.benches.Get().(*bench)
	if !ok {
		room = &bench{}
	}
	defer p.benches.Put(room)
	m, err := p.encode(text, room)
	if err != nil {
		return "", fmt.Errorf("draw a QR code of %.60q: %w", text, err)
	}
	if len(room.borders) < len(m.black) {
		room.borders = make([]uint8, len(m.black))
	}
	b := appendOpening(room.svg[:0], m.width, o)
	b = m.appendOutline(b, room.borders)
	room.svg = append(b, `"/></svg>`...)
	return string(room.svg), nil
}

func appendOpening(b []byte, side int, o Options) []byte {
	b = append(b, "<svg"...)
	if o.Class != "" {
		b = appendAttribute(b, "class", html.EscapeString(o.Class))
	}
	all, pixels := strconv.Itoa(side), strconv.Itoa(side*module)
	b = appendAttribute(b, "viewBox", "0 0 "+all+" "+all)
	b = appendAttribute(b, "width", pixels)
	b = appendAttribute(b, "height", pixels)
	b = appendAttribute(b, "shape-rendering", "crispEdges")
	if o.Label != "" {
		b = appendAttribute(b, "role", "img")
		b = appendAttribute(b, "aria-label", html.EscapeString(o.Label))
	} else {
		b = appendAttribute(b, "aria-hidden", "true")
	}
	b = append(b, `><path fill="#fff" d="M0 0h`+all+"v"+all+`H0z"/><path fill="#000" d="`...)
	return b
}

func appendAttribute(b []byte, name, value string) []byte {
	b = append(b, ' ')
	b = append(b, name...)
	b = append(b, `="`...)
	b = append(b, value...)
	return append(b, '"')
}
