package qr

import (
	"encoding/binary"
	"strconv"
)

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

// trace finds the borders between black and white modules, in room that holds
// zeros. Black never touches the edge, which is quiet. What the four modules
// around a corner say is looked at without asking, as what black is follows no
// rule that a processor could guess, and for eight corners at once.
func (m matrix) trace(room []uint8) outline {
	o := outline{width: m.width, borders: room[:len(m.black)]}
	for at := 2 * m.width; at+8 <= len(m.black); at += 8 {
		black, left := eight(m.black[at:]), eight(m.black[at-1:])
		up, upLeft := eight(m.black[at-m.width:]), eight(m.black[at-m.width-1:])
		binary.LittleEndian.PutUint64(o.borders[at:], black&^up<<east|left&^black<<south|upLeft&^left<<west|up&^upLeft<<north)
	}
	return o
}

func eight(modules []uint8) uint64 { return binary.LittleEndian.Uint64(modules) }

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

// turn chooses the next heading at a corner: to the left if a border leaves it
// there, else to the right. Where two black modules touch by their corners alone
// both turns are open; the left one joins them, which makes fewer outlines.
func (o outline) turn(corner int, h heading) heading {
	left := (h + 3) % 4
	return (h + 1 + 2*(heading(o.borders[corner])>>left&1)) % 4
}

// appendLine appends a line. Nearly all are shorter than ten modules, and half
// have a sign, which is not asked for either.
func appendLine(b []byte, h heading, modules int) []byte {
	sign := int(h / 2) // 1 for west and north
	if modules < 10 {
		digit := '0' + byte(modules)
		return append(b, "hv"[h%2], [2]byte{digit, '-'}[sign], digit)[:len(b)+2+sign]
	}
	return strconv.AppendInt(append(b, "hv"[h%2]), int64(modules*(1-2*sign)), 10)
}
