package card

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"sync"

	"golang.org/x/image/vector"
)

// The palette of a card: the shades of both text colours first, from almost
// paper to the full colour, then what the scene needs. Text lies on paper
// only, so these shades are all that its edges can be.
const (
	shades     = 16
	accentRamp = 1
	inkRamp    = accentRamp + shades
	sceneFirst = inkRamp + shades
)

// canvas is where a scene is drawn, in full colour.
type canvas struct {
	*image.RGBA
	*vector.Rasterizer
}

// point is a place in pixels.
type point struct{ x, y float32 }

// newCanvas returns an empty canvas, an old one if a pool has one: 3 MB that
// are needed for some milliseconds.
func newCanvas(used *sync.Pool) *canvas {
	c, ok := used.Get().(*canvas)
	if !ok {
		c = &canvas{image.NewRGBA(image.Rect(0, 0, Width, Height)), &vector.Rasterizer{}}
	}
	draw.Draw(c.RGBA, c.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	return c
}

// rectangle fills x0 to x1 and y0 to y1.
func (c canvas) rectangle(x0, y0, x1, y1 float32, fill color.RGBA) {
	c.polygon(fill, point{x0, y0}, point{x1, y0}, point{x1, y1}, point{x0, y1})
}

// circle fills a disc.
func (c canvas) circle(middle point, radius float32, fill color.RGBA) {
	const corners = 64
	points := make([]point, corners)
	for i := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		points[i] = point{middle.x + radius*float32(cos), middle.y + radius*float32(sin)}
	}
	c.polygon(fill, points...)
}

// polygon fills the inside of the points. The rasterizer covers no more than
// the shape, and works in whole numbers below 512 pixels.
func (c canvas) polygon(fill color.RGBA, points ...point) {
	box := image.Rectangle{Min: image.Pt(Width, Height)}
	for _, p := range points {
		box.Min.X, box.Min.Y = min(box.Min.X, floor(p.x)), min(box.Min.Y, floor(p.y))
		box.Max.X, box.Max.Y = max(box.Max.X, floor(p.x)+1), max(box.Max.Y, floor(p.y)+1)
	}
	c.Reset(box.Dx(), box.Dy())
	for i, p := range points {
		x, y := p.x-float32(box.Min.X), p.y-float32(box.Min.Y)
		if i == 0 {
			c.MoveTo(x, y)
		} else {
			c.LineTo(x, y)
		}
	}
	c.ClosePath()
	c.Draw(c.RGBA, box, image.NewUniform(fill), image.Point{})
}

func floor(x float32) int { return int(math.Floor(float64(x))) }

// paletted turns the drawing into a picture of at most 256 colours, which is a
// quarter of the work and the bytes. Rare colours, all of them on edges, take
// the nearest of the others.
func (c canvas) paletted(accent color.RGBA) *image.Paletted {
	palette := color.Palette{paper}
	palette = append(palette, ramp(accent)...)
	palette = append(palette, ramp(ink)...)
	known := map[color.RGBA]uint8{paper: 0}
	runs := c.runs()
	for _, shade := range coloursIn(runs) {
		if len(palette) < 256 {
			known[shade] = uint8(len(palette))
			palette = append(palette, shade)
		} else {
			known[shade] = sceneIndex(palette, shade)
		}
	}
	picture := image.NewPaletted(c.Rect, palette)
	at := 0
	for _, r := range runs {
		index := known[r.shade]
		for i := at; i < at+r.pixels; i++ {
			picture.Pix[i] = index
		}
		at += r.pixels
	}
	return picture
}

// sceneIndex is the nearest colour but those kept for text, which text would
// take for an edge of its own.
func sceneIndex(palette color.Palette, shade color.RGBA) uint8 {
	return uint8(sceneFirst + palette[sceneFirst:].Index(shade))
}

// coloursIn lists the colours of a drawing but paper, the frequent ones first.
func coloursIn(runs []run) []color.RGBA {
	counts := make(map[color.RGBA]int)
	for _, r := range runs {
		counts[r.shade] += r.pixels
	}
	delete(counts, paper)
	all := make([]color.RGBA, 0, len(counts))
	for shade := range counts {
		all = append(all, shade)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	return all
}

// run is some pixels of one colour side by side.
type run struct {
	shade  color.RGBA
	pixels int
}

// runs lists all pixels, row by row. Half of the rows are as the row above.
func (c canvas) runs() []run {
	all := make([]run, 0, 32*Height)
	var above []uint8
	begin := 0 // of the runs of the row above
	for y := range Height {
		row := c.Pix[y*c.Stride:][:4*Width]
		end := len(all)
		if bytes.Equal(row, above) {
			all = append(all, all[begin:end]...)
		} else {
			all = appendRuns(all, row)
		}
		above, begin = row, end
	}
	return all
}

func appendRuns(all []run, row []uint8) []run {
	for len(row) > 0 {
		pixels := 1
		for 4*pixels < len(row) && [4]uint8(row[4*pixels:]) == [4]uint8(row) {
			pixels++
		}
		all = append(all, run{color.RGBA{row[0], row[1], row[2], 0xff}, pixels})
		row = row[4*pixels:]
	}
	return all
}

// ramp returns the shades from almost paper to the colour.
func ramp(full color.RGBA) []color.Color {
	steps := make([]color.Color, shades)
	for i := range steps {
		steps[i] = mix(paper, full, float64(i+1)/shades)
	}
	return steps
}

// mix returns the colour that lies part of the way from a to b.
func mix(a, b color.RGBA, part float64) color.RGBA {
	between := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + part*(float64(b)-float64(a)))) }
	return color.RGBA{between(a.R, b.R), between(a.G, b.G), between(a.B, b.B), 0xff}
}
