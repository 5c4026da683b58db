package card

import (
	"image"
	"image/color"
	"math"
	"sync"
)

// colours of a kind: accent for the label and the first of the twins, second
// for the other twin. Accents have a contrast of 4.5 and more on paper.
type colours struct{ accent, second color.RGBA }

func coloursOf(kind Kind) colours {
	return [kinds]colours{
		Page:     {rgb(0x2a6a6e), rgb(0xd9a441)},
		Database: {rgb(0x1f5f8b), rgb(0xe2a04a)},
		Award:    {rgb(0xa8352b), rgb(0xd9a441)},
		Library:  {rgb(0x3a6b3c), rgb(0xd08a4a)},
		Guide:    {rgb(0x6a4685), rgb(0xe09a5b)},
	}[kind]
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xff}
}

// shelf is the upper edge of the board, in pixels from the top.
const shelf = 496

// siteIndent keeps the hub's name clear of the small twins before it.
const siteIndent = 58

// scene draws all of a card but its text, on a canvas that may be used again.
func scene(kind Kind, used *sync.Pool) *image.Paletted {
	c, tones := newCanvas(used), coloursOf(kind)
	defer used.Put(c)
	c.rectangle(0, 0, Width, 16, tones.accent)
	c.board()
	c.books(tones)
	c.thing(kind, tones)
	c.mark(tones)
	return c.paletted(tones.accent)
}

// board is the shelf: wood, its front edge lit from above, a shadow below.
func (c canvas) board() {
	wood := rgb(0xb58a5c)
	c.rectangle(0, shelf, Width, shelf+5, mix(wood, paper, 0.35))
	c.rectangle(0, shelf+5, Width, shelf+18, wood)
	c.rectangle(0, shelf+18, Width, shelf+23, mix(paper, wood, 0.28))
}

// books stand on the shelf from the left to the right; the last two are the
// twins, which lean on the others.
func (c canvas) books(tones colours) {
	cloth := rgb(0xe6d5b5)
	c.book(leaning{left: 880, width: 46, height: 214, cover: mix(ink, paper, 0.14), bands: cloth})
	c.book(leaning{left: 929, width: 34, height: 250, cover: cloth, bands: mix(tones.accent, paper, 0.15)})
	c.book(leaning{left: 966, width: 52, height: 282, cover: mix(tones.accent, ink, 0.45), bands: tones.second})
	c.book(leaning{left: 1040.5, width: 44, height: 256, degrees: 5, cover: tones.accent, bands: paper})
	c.book(leaning{left: 1102, width: 44, height: 240, degrees: 9, cover: tones.second, bands: mix(tones.accent, ink, 0.45)})
}

// leaning is a book seen from its spine, with its foot on the shelf at left,
// leaning to the left by some degrees.
type leaning struct {
	left, width, height float32
	degrees             float64
	cover, bands        color.RGBA
}

func (c canvas) book(b leaning) {
	sin, cos := math.Sincos(b.degrees * math.Pi / 180)
	// The lower right corner of a book that leans to the left lifts, the lower
	// left one stays on the shelf.
	place := func(across, up float32) point {
		s, k := float32(sin), float32(cos)
		return point{b.left + across*k - up*s, shelf - across*s - up*k}
	}
	quad := func(fill color.RGBA, x0, y0, x1, y1 float32) {
		c.polygon(fill, place(x0, y0), place(x1, y0), place(x1, y1), place(x0, y1))
	}
	quad(b.cover, 0, 0, b.width, b.height)
	quad(mix(b.cover, ink, 0.18), b.width-6, 0, b.width, b.height)
	quad(b.bands, 0, b.height-34, b.width, b.height-28)
	quad(b.bands, 0, b.height-24, b.width, b.height-21)
	quad(b.bands, 0, 26, b.width, 32)
	quad(b.bands, b.width*0.36, b.height*0.42, b.width*0.64, b.height*0.68)
}

// mark is the hub's sign before its name: the twins, small.
func (c canvas) mark(tones colours) {
	const foot = 582
	c.polygon(tones.accent, point{margin + 2, foot}, point{margin + 2, foot - 38}, point{margin + 16, foot - 38}, point{margin + 16, foot})
	c.polygon(tones.second, point{margin + 20, foot}, point{margin + 27, foot - 37}, point{margin + 40, foot - 34}, point{margin + 34, foot})
}
