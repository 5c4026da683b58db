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

// pen writes in one font, size and colour. It keeps the letters that it has drawn, so
// that the next card takes them from there; only one goroutine may use it.
type pen struct {
	face   font.Face
	size   int   // pixels
	ramp   uint8 // where the shades of its colour begin in the palette
	glyphs map[rune]*glyph
	kerns  map[[2]rune]fixed.Int26_6
}

// glyph is a letter as it stands on whole pixels.
type glyph struct {
	box     image.Rectangle // around it, from where it stands
	pixels  []uint8         // in the palette: paper or a shade
	advance fixed.Int26_6
}

func newPen(f *sfnt.Font, size int, ramp uint8) (*pen, error) {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("set a font to %d pixels: %w", size, err)
	}
	return &pen{face, size, ramp, map[rune]*glyph{}, map[[2]rune]fixed.Int26_6{}}, nil
}

// ascent and leading are those of headings: closer than the font's own.
func (p *pen) ascent() int  { return p.size * 3 / 4 }
func (p *pen) leading() int { return p.size * 6 / 5 }

// glyph returns a letter, drawn when it is first asked for.
func (p *pen) glyph(r rune) *glyph {
	if g := p.glyphs[r]; g != nil {
		return g
	}
	g := &glyph{}
	p.glyphs[r] = g
	box, mask, at, advance, ok := p.face.Glyph(fixed.Point26_6{}, r)
	alpha, drawn := mask.(*image.Alpha) // opentype draws into nothing else
	if !ok || !drawn {
		return g
	}
	g.box, g.advance = box, advance
	for y := range box.Dy() {
		for x := range box.Dx() {
			pixel := uint8(0)
			if shade := int(alpha.AlphaAt(at.X+x, at.Y+y).A) * shades / 255; shade > 0 {
				pixel = p.ramp + uint8(shade) - 1
			}
			g.pixels = append(g.pixels, pixel)
		}
	}
	return g
}

func (p *pen) kern(before, r rune) fixed.Int26_6 {
	pair := [2]rune{before, r}
	k, known := p.kerns[pair]
	if !known {
		k = p.face.Kern(before, r)
		p.kerns[pair] = k
	}
	return k
}

// walk calls visit for each letter with the place where it stands, counted
// from the first, and returns the width of the text.
func (p *pen) walk(text string, visit func(x int, g *glyph)) int {
	var x fixed.Int26_6
	before := rune(-1)
	for _, r := range text {
		if before >= 0 {
			x += p.kern(before, r)
		}
		g := p.glyph(r)
		visit(x.Round(), g)
		x += g.advance
		before = r
	}
	return x.Ceil()
}

func (p *pen) width(text string) int { return p.walk(text, func(int, *glyph) {}) }

// line is a line of text on a card.
type line struct {
	stamps      []stamp
	top, bottom int // of its letters, in rows
	right       int // where the last of them ends, 0 without any
}

// stamp is a letter at its place.
type stamp struct {
	*glyph
	left, top int
}

// line sets a text from x on, standing on y. Letters that do not fit on the card
// are left out.
func (p *pen) line(x, y int, text string) line {
	l := line{top: Height}
	p.walk(text, func(at int, g *glyph) {
		s := stamp{g, x + at + g.box.Min.X, y + g.box.Min.Y}
		if s.left < 0 || s.left+g.box.Dx() > Width || g.box.Empty() {
			return
		}
		l.stamps = append(l.stamps, s)
		l.top, l.bottom = min(l.top, s.top), max(l.bottom, s.top+g.box.Dy())
		l.right = max(l.right, s.left+g.box.Dx())
	})
	return l
}

// has reports whether a line has something on a row.
func (l *line) has(y int) bool { return l.top <= y && y < l.bottom }

// reachOf returns where lines of text end on a row, 0 for a row without any.
func reachOf(lines []line, y int) int {
	reach := 0
	for i := range lines {
		if l := &lines[i]; l.has(y) {
			reach = max(reach, l.right)
		}
	}
	return reach
}

// onto lays what a line has on the row y onto the pixels of the row, which are
// paper. Where letters touch the darker shade stays.
func (l *line) onto(row []uint8, y int) {
	if !l.has(y) {
		return
	}
	end := 0 // of the letters so far
	for i := range l.stamps {
		s := &l.stamps[i]
		width := s.box.Dx()
		if y < s.top || y >= s.top+s.box.Dy() {
			continue
		}
		pixels, letter := row[s.left:][:width], s.pixels[(y-s.top)*width:][:width]
		touching := min(max(0, end-s.left), width)
		for i, pixel := range letter[:touching] {
			pixels[i] = max(pixels[i], pixel)
		}
		copy(pixels[touching:], letter[touching:])
		end = max(end, s.left+width)
	}
}

// shorten cuts text to the width, with an ellipsis where it was cut.
func (p *pen) shorten(text string, width int) string {
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
func (p *Painter) fit(title string) (*pen, []string, error) {
	const width, height = titleRight - margin, titleBottom - titleTop
	var smallest *pen
	for _, size := range []int{124, 106, 92, 80, 70, 62, 54, 47, 41, 36} {
		pen, err := p.pen(p.bold, size, inkRamp)
		if err != nil {
			return pen, nil, err
		}
		words := pen.measure(title)
		lines, whole := words.wrap(width)
		if whole && len(lines) <= height/pen.leading() {
			return pen, words.even(width, len(lines)), nil
		}
		smallest = pen
	}
	return smallest, smallest.cut(title, width, height/smallest.leading()), nil
}

// cut breaks text into at most the given number of lines and drops the rest.
func (p *pen) cut(text string, width, rows int) []string {
	lines, _ := p.measure(text).wrap(width)
	if len(lines) > rows {
		lines = lines[:rows]
		lines[rows-1] += " …"
	}
	for i, line := range lines {
		lines[i] = p.shorten(line, width)
	}
	return lines
}

// words are those of a text with their widths, measured once for all the ways
// to break it.
type words struct {
	words  []string
	widths []int
	blank  int
}

func (p *pen) measure(text string) words {
	w := words{words: strings.Fields(text), blank: p.width(" ")}
	for _, word := range w.words {
		w.widths = append(w.widths, p.width(word))
	}
	return w
}

// wrap breaks the text at blanks. whole is false if a word is wider than the
// line.
func (w words) wrap(width int) (lines []string, whole bool) {
	whole = true
	used := 0
	for i, word := range w.words {
		if w.widths[i] > width {
			whole = false
		}
		if n := len(lines); n > 0 && used+w.blank+w.widths[i] <= width {
			lines[n-1] += " " + word
			used += w.blank + w.widths[i]
		} else {
			lines = append(lines, word)
			used = w.widths[i]
		}
	}
	return lines, whole
}

// even breaks the text into the given number of lines, the longest as short as
// can be, so that no word is left alone on the last line.
func (w words) even(width, rows int) []string {
	best, _ := w.wrap(width)
	for narrow := width - 8; narrow > width/3; narrow -= 8 {
		lines, whole := w.wrap(narrow)
		if !whole || len(lines) > rows {
			break
		}
		best = lines
	}
	return best
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
