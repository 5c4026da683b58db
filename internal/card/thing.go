package card

import (
	"image/color"
	"math"
)

// thing is what stands on the shelf before the books and tells the kind.
func (c canvas) thing(kind Kind, tones colours) {
	switch kind {
	case Page:
		c.plant(tones)
	case Database:
		c.tablet(tones)
	case Award:
		c.medal(tones)
	case Library:
		c.house(tones)
	case Guide:
		c.lamp(tones)
	}
}

// plant is a pot with leaves.
func (c canvas) plant(tones colours) {
	leaf := rgb(0x5d8a4e)
	for _, l := range []struct{ angle, length float32 }{{-58, 84}, {-30, 112}, {-4, 128}, {24, 110}, {50, 86}} {
		tone := leaf
		if int(l.angle)%4 == 0 {
			tone = mix(leaf, ink, 0.22)
		}
		c.leaf(point{820, shelf - 62}, l.angle, l.length, tone)
	}
	pot := rgb(0xb8623f)
	c.polygon(pot, point{786, shelf - 62}, point{854, shelf - 62}, point{844, shelf}, point{796, shelf})
	c.rectangle(782, shelf-76, 858, shelf-58, mix(pot, ink, 0.18))
}

// leaf grows from the foot at an angle from upright.
func (c canvas) leaf(foot point, degrees, length float32, fill color.RGBA) {
	sin, cos := math.Sincos(float64(degrees) * math.Pi / 180)
	const steps = 16
	var points []point
	for i := range 2 * steps {
		along, side := float64(i)/steps, 1.0
		if i >= steps {
			along, side = 2-float64(i)/steps, -1
		}
		across := side * 13 * math.Sin(math.Pi*along)
		up := along * float64(length)
		points = append(points, point{foot.x + float32(across*cos+up*sin), foot.y + float32(across*sin-up*cos)})
	}
	c.polygon(fill, points...)
}

// tablet leans on the first book and shows a page.
func (c canvas) tablet(tones colours) {
	at := func(across, up float32) point {
		const sin, cos = 0.1736, 0.9848 // 10 degrees to the right
		return point{732 + across*cos + up*sin, shelf - up*cos}
	}
	quad := func(fill color.RGBA, x0, y0, x1, y1 float32) {
		c.polygon(fill, at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1))
	}
	quad(ink, 0, 0, 112, 160)
	quad(mix(paper, tones.accent, 0.10), 8, 14, 104, 152)
	quad(tones.accent, 18, 108, 56, 142)
	for i := range 3 {
		up := float32(134 - 13*i)
		quad(mix(paper, ink, 0.45), 62, up, 94, up+5)
	}
	for i := range 5 {
		up := float32(90 - 14*i)
		quad(mix(paper, ink, 0.45), 18, up, []float32{94, 88, 94, 80, 58}[i], up+5)
	}
}

// medal is a rosette with two ribbons, standing before the books.
func (c canvas) medal(tones colours) {
	middle := point{806, shelf - 136}
	dark := mix(tones.accent, ink, 0.3)
	c.polygon(tones.accent, point{786, shelf - 96}, point{766, shelf - 2}, point{786, shelf - 20}, point{802, shelf - 2}, point{812, shelf - 96})
	c.polygon(dark, point{802, shelf - 96}, point{812, shelf - 2}, point{827, shelf - 20}, point{848, shelf - 2}, point{826, shelf - 96})
	c.star(middle, 62, 52, 18, tones.second)
	c.circle(middle, 44, mix(tones.second, paper, 0.42))
	c.circle(middle, 39, tones.second)
	c.star(middle, 28, 12, 5, paper)
}

// star has some points between two circles, one of them straight up.
func (c canvas) star(middle point, outer, inner float32, tips int, fill color.RGBA) {
	points := make([]point, 2*tips)
	for i := range points {
		radius := outer
		if i%2 == 1 {
			radius = inner
		}
		sin, cos := math.Sincos(math.Pi * float64(i) / float64(tips))
		points[i] = point{middle.x + radius*float32(sin), middle.y - radius*float32(cos)}
	}
	c.polygon(fill, points...)
}

// house is a library with columns and a clock in its gable.
func (c canvas) house(tones colours) {
	stone := mix(paper, rgb(0xc9b48c), 0.75)
	dark := mix(stone, ink, 0.30)
	const left, right, middle = 736, 864, 800
	c.rectangle(left, shelf-12, right, shelf, dark)
	c.rectangle(left+6, shelf-22, right-6, shelf-12, mix(stone, ink, 0.15))
	c.rectangle(left+14, shelf-92, right-14, shelf-22, mix(stone, ink, 0.22))
	c.rectangle(middle-12, shelf-66, middle+12, shelf-22, tones.accent)
	for _, x := range []float32{left + 14, left + 36, right - 48, right - 26} {
		c.rectangle(x, shelf-92, x+12, shelf-22, stone)
	}
	c.rectangle(left+4, shelf-106, right-4, shelf-92, dark)
	c.polygon(tones.accent, point{left - 6, shelf - 106}, point{middle, shelf - 172}, point{right + 6, shelf - 106})
	c.circle(point{middle, shelf - 130}, 17, paper)
	c.rectangle(middle-1.5, shelf-143, middle+1.5, shelf-130, ink)
	c.polygon(ink, point{middle, shelf - 131.5}, point{middle + 9, shelf - 127}, point{middle + 8, shelf - 124}, point{middle - 1, shelf - 128.5})
}

// lamp is a reading lamp on a stand.
func (c canvas) lamp(tones colours) {
	brass := rgb(0xb08d3c)
	c.polygon(mix(paper, rgb(0xf2c14e), 0.30), point{760, shelf - 136}, point{858, shelf - 136}, point{874, shelf}, point{726, shelf})
	c.rectangle(804, shelf-150, 812, shelf-12, brass)
	c.polygon(mix(brass, ink, 0.2), point{778, shelf}, point{784, shelf - 14}, point{832, shelf - 14}, point{838, shelf})
	c.polygon(tones.accent, point{754, shelf - 132}, point{780, shelf - 204}, point{836, shelf - 204}, point{862, shelf - 132})
	c.rectangle(754, shelf-140, 862, shelf-132, mix(tones.accent, ink, 0.25))
}
