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
// the edge, which is quiet. No border leaves the room when all are drawn.
func (m matrix) trace(room []uint8) outline {
	o := outline{width: m.width, borders: room[:len(m.black)]}
	for at := m.width; at < len(m.black); at++ {
		black := m.black[at]
		if black != m.black[at-m.width] {
			if black {
				o.borders[at] |= 1 << east
			} else {
				o.borders[at+1] |= 1 << west
			}
		}
		if black != m.black[at-1] {
			if black {
				o.borders[at+m.width] |= 1 << north
			} else {
				o.borders[at] |= 1 << south
			}
		}
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
	corner, h := start, east
	for {
		from := corner
		corner = o.walk(corner, h)
		if corner == start && (h == north || h == south) {
			return append(b, 'z') // draws the last border by itself
		}
		b = o.appendLine(b, h, corner-from)
		h = o.turn(corner, h)
	}
}

// walk follows the borders of one heading to where they end or the way turns,
// and takes them away.
func (o outline) walk(corner int, h heading) int {
	step := [...]int{east: 1, south: o.width, west: -1, north: -o.width}[h]
	for o.has(corner, h) {
		o.borders[corner] &^= 1 << h
		corner += step
	}
	return corner
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

func (o outline) appendLine(b []byte, h heading, corners int) []byte {
	if h == east || h == west {
		b = append(b, 'h')
		return strconv.AppendInt(b, int64(corners), 10)
	}
	b = append(b, 'v')
	return strconv.AppendInt(b, int64(corners/o.width), 10)
}
