package qr

import "strconv"

// A heading is the way that a border runs. Black lies on its right hand.
// The order is clockwise, so that one more is a turn to the right.
type heading uint8

const (
	east heading = iota
	south
	west
	north
)

// outline holds, for each corner of the grid, the borders that leave it.
//
// The code is drawn as the outlines of its black areas and not as a square or
// a bar for each run of modules: that is half the bytes, and no renderer
// leaves hairlines between shapes that touch.
type outline struct {
	width   int     // corners in a row
	borders []uint8 // for each corner a bit for each heading
}

// appendOutline appends the path data of the black areas.
func (m matrix) appendOutline(b []byte, room []uint8) []byte {
	o := m.trace(room)
	for corner := range o.borders {
		for o.has(corner, east) { // each outline has a border that runs east
			b = o.appendLoop(b, corner)
		}
	}
	return b
}

// trace finds the borders between black and white modules. Black never touches
// the edge, which is quiet. What the four modules around a corner say is looked
// at without asking: what black is follows no rule that a processor could guess
// (3 µs a code, 2026-11-26).
func (m matrix) trace(room []uint8) outline {
	o := outline{width: m.width, borders: room[:len(m.black)]}
	above, row := m.black, m.black[m.width:]
	var aboveLeft, left uint8
	for i, black := range row {
		up := above[i]
		o.borders[m.width+i] = black&^up<<east | left&^black<<south | aboveLeft&^left<<west | up&^aboveLeft<<north
		aboveLeft, left = up, black
	}
	return o
}

func (o outline) has(corner int, h heading) bool { return o.borders[corner]&(1<<h) != 0 }

// appendLoop appends one closed outline that begins at start to the east, and
// takes its borders away.
func (o outline) appendLoop(b []byte, start int) []byte {
	b = append(b, 'M')
	b = strconv.AppendInt(b, int64(start%o.width), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(start/o.width), 10)
	step := [...]int{east: 1, south: o.width, west: -1, north: -o.width}
	for corner, h := start, east; ; h = o.turn(corner, h) {
		modules := 0
		for o.has(corner, h) {
			o.borders[corner] &^= 1 << h // no border is drawn twice
			corner += step[h]
			modules++
		}
		if corner == start && (h == north || h == south) {
			return append(b, 'z') // draws the last border by itself
		}
		b = appendLine(b, h, modules)
	}
}

// turn chooses the next heading at a corner. Where two black modules touch by
// their corners alone both turns are open; the left one joins them, which
// makes fewer outlines.
func (o outline) turn(corner int, h heading) heading {
	if left := (h + 3) % 4; o.has(corner, left) {
		return left
	}
	return (h + 1) % 4
}

func appendLine(b []byte, h heading, modules int) []byte {
	b = append(b, "hvhv"[h])
	if h == west || h == north {
		b = append(b, '-')
	}
	if modules < 10 {
		return append(b, '0'+byte(modules)) // nearly all
	}
	return strconv.AppendInt(b, int64(modules), 10)
}
