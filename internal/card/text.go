package card

import (
	"fmt"
	"image"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// pen writes in one font, size and colour.
type pen struct {
	face    font.Face
	size    int // pixels
	picture *image.Paletted
	ramp    uint8 // the first of the palette's shades from paper to the colour
}

func newPen(f *sfnt.Font, size int, picture *image.Paletted, ramp uint8) (pen, error) {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return pen{}, fmt.Errorf("set a font to %d pixels: %w", size, err)
	}
	return pen{face, size, picture, ramp}, nil
}

// ascent and leading are those of headings: closer than the font's own.
func (p pen) ascent() int  { return p.size * 3 / 4 }
func (p pen) leading() int { return p.size * 6 / 5 }

func (p pen) width(text string) int { return font.MeasureString(p.face, text).Ceil() }

// line writes text from x on, standing on y.
func (p pen) line(x, y int, text string) {
	dot := fixed.P(x, y)
	before := rune(-1)
	for _, r := range text {
		if before >= 0 {
			dot.X += p.face.Kern(before, r)
		}
		box, mask, at, advance, ok := p.face.Glyph(dot, r)
		if ok {
			p.stamp(box, mask, at)
		}
		dot.X += advance
		before = r
	}
}

// stamp lays a glyph on the paper. Where glyphs touch the darker shade stays.
func (p pen) stamp(box image.Rectangle, mask image.Image, at image.Point) {
	alpha, ok := mask.(*image.Alpha)
	if !ok {
		return // opentype draws into nothing else
	}
	inside := box.Intersect(p.picture.Rect)
	for y := inside.Min.Y; y < inside.Max.Y; y++ {
		for x := inside.Min.X; x < inside.Max.X; x++ {
			shade := int(alpha.AlphaAt(at.X+x-box.Min.X, at.Y+y-box.Min.Y).A) * shades / 255
			if shade == 0 {
				continue
			}
			pixel := &p.picture.Pix[p.picture.PixOffset(x, y)]
			*pixel = max(*pixel, p.ramp+uint8(shade)-1)
		}
	}
}

// shorten cuts text to the width, with an ellipsis where it was cut.
func (p pen) shorten(text string, width int) string {
	if p.width(text) <= width {
		return text
	}
	letters := []rune(text)
	letters = letters[:min(len(letters), 300)] // more never fit, and each is measured
	for len(letters) > 0 && p.width(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ,;:-–—…") + "…"
}

// fit chooses the largest of a few sizes at which the title fills its place,
// and breaks it into lines of even length. What is too long at the smallest
// size is cut.
func (p *Painter) fit(picture *image.Paletted, title string) (pen, []string, error) {
	const width, height = titleRight - margin, titleBottom - titleTop
	var smallest pen
	for _, size := range []int{124, 106, 92, 80, 70, 62, 54, 47, 41, 36} {
		pen, err := newPen(p.bold, size, picture, inkRamp)
		if err != nil {
			return pen, nil, err
		}
		lines, whole := pen.wrap(title, width)
		if whole && len(lines) <= height/pen.leading() {
			return pen, pen.even(title, width, len(lines)), nil
		}
		smallest = pen
	}
	return smallest, smallest.cut(title, width, height/smallest.leading()), nil
}

// cut breaks text into at most the given number of lines and drops the rest.
func (p pen) cut(text string, width, rows int) []string {
	lines, _ := p.wrap(text, width)
	if len(lines) > rows {
		lines = lines[:rows]
		lines[rows-1] += " …"
	}
	for i, line := range lines {
		lines[i] = p.shorten(line, width)
	}
	return lines
}

// wrap breaks text at blanks. whole is false if a word is wider than the line.
func (p pen) wrap(text string, width int) (lines []string, whole bool) {
	whole = true
	for _, word := range strings.Fields(text) {
		if p.width(word) > width {
			whole = false
		}
		if n := len(lines); n > 0 && p.width(lines[n-1]+" "+word) <= width {
			lines[n-1] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines, whole
}

// even breaks text into the given number of lines, the longest as short as can
// be, so that no word is left alone on the last line.
func (p pen) even(text string, width, rows int) []string {
	best, _ := p.wrap(text, width)
	for narrow := width - 8; narrow > width/3; narrow -= 8 {
		lines, whole := p.wrap(text, narrow)
		if !whole || len(lines) > rows {
			break
		}
		best = lines
	}
	return best
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
