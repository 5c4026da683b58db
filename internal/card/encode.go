package card

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"math/bits"

	"github.com/twinshelf/twinshelf/internal/deflate"
)

// A card is written as PNG whose rows mostly repeat the row above, which is
// what flat drawings and letters do. Each pixel is told by its difference from
// the one above (filter type Up, PNG 9.2), and runs of equal pixels are all
// that is compressed. It takes a tenth of the time of image/png at its
// fastest, for twice the bytes.
//
// Two thirds of that are the backdrop, the same on all cards of a kind. It is
// compressed once, as is each length of a run, and a card compares pixels only
// where it has letters: 0.3 ms of cpu instead of 0.8 (2026-11-26), and no
// picture of its own in memory.

// backdrop is what stands behind the letters of a kind, as a picture and as
// the pieces of a file.
type backdrop struct {
	*image.Paletted
	runs    *runs
	opening []byte // signature, header and palette of the file
	wholes  []strip
	rights  []strip // right of titleRight, where a title ends
}

func newBackdrop(p *image.Paletted, runs *runs) *backdrop {
	b := &backdrop{Paletted: p, runs: runs, opening: []byte("\x89PNG\r\n\x1a\n")}
	header := binary.BigEndian.AppendUint32(nil, Width)
	header = binary.BigEndian.AppendUint32(header, Height)
	header = append(header, 8, 3, 0, 0, 0) // 8 bits, a palette, no interlacing
	var palette []byte
	for _, c := range p.Palette {
		r, g, b, _ := c.RGBA()
		palette = append(palette, byte(r>>8), byte(g>>8), byte(b>>8))
	}
	b.opening = appendChunk(b.opening, "IHDR", header)
	b.opening = appendChunk(b.opening, "PLTE", palette)
	above := make([]uint8, Width)
	for y := range Height {
		row := b.row(y)
		b.wholes = append(b.wholes, newStrip(row, above, runs))
		b.rights = append(b.rights, newStrip(row[titleRight:], above[titleRight:], runs))
		above = row
	}
	return b
}

func (b *backdrop) row(y int) []uint8 { return b.Pix[y*b.Stride:][:Width] }

// appendChunk appends a chunk of a PNG file (PNG 5.3).
func appendChunk(b []byte, name string, data []byte) []byte {
	start := len(b)
	b = append(beginChunk(b, name), data...)
	return endChunk(b, start)
}

// beginChunk appends what comes before the data of a chunk.
func beginChunk(b []byte, name string) []byte {
	return append(append(b, 0, 0, 0, 0), name...)
}

// endChunk writes the length of a chunk that begins at start and appends its
// check sum.
func endChunk(b []byte, start int) []byte {
	binary.BigEndian.PutUint32(b[start:], uint32(len(b)-start-8))
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[start+4:]))
}

// encode appends the backdrop with lines of text as PNG.
func (b *backdrop) encode(out *bytes.Buffer, lines []line) {
	out.Grow(64 << 10) // more than most cards are
	file := append(out.AvailableBuffer(), b.opening...)
	start := len(file)
	file = append(beginChunk(file, "IDAT"), 0x78, 0x01) // a zlib stream (RFC 1950)
	w := rows{Writer: deflate.NewWriter(file), runs: b.runs, a: 1}
	var rooms [2][Width]uint8
	above, reachAbove := make([]uint8, Width), 0
	for y := range Height {
		row, reach := b.row(y), reachOf(lines, y)
		if reach > 0 {
			room := rooms[y%2][:]
			copy(room, row)
			row = room
			for _, l := range lines {
				l.onto(row, y)
			}
		}
		w.add(2) // filter type Up
		switch most := max(reach, reachAbove); {
		case most == 0:
			w.strip(b.wholes[y])
		case most <= titleRight:
			w.differences(row[:titleRight], above[:titleRight])
			w.strip(b.rights[y])
		default:
			w.differences(row, above)
		}
		w.endRow()
		above, reachAbove = row, reach
	}
	file = binary.BigEndian.AppendUint32(w.Close(), uint32(w.b<<16|w.a))
	file = endChunk(file, start)
	out.Write(appendChunk(file, "IEND", nil))
}

// runs are pixels equal to those above, by how many there are side by side.
type runs [Width + 1]deflate.Piece

func newRuns() *runs {
	var r runs
	for n := range r {
		r[n] = deflate.NewPiece(func(w *deflate.Writer) {
			if n > 3 {
				w.Byte(0)
				w.Repeat(n-1, 1)
				return
			}
			for range n {
				w.Byte(0)
			}
		})
	}
	return &r
}

// rows is a stream of rows with its check sum so far (Adler-32).
type rows struct {
	*deflate.Writer
	runs    *runs
	waiting int    // pixels equal to those above that are not written yet
	a, b    uint64 // brought below the modulus at the end of a row
}

const adler = 65521 // the modulus of the check sum

// differences writes the differences between two rows.
func (w *rows) differences(row, above []byte) {
	for at := 0; at < len(row); {
		same := at + equal(row[at:], above[at:])
		w.waiting += same - at
		if same < len(row) {
			w.flush()
		}
		for at = same; at < len(row) && row[at] != above[at]; at++ {
			w.add(row[at] - above[at])
		}
	}
}

// equal counts the pixels that two rows have in common before they differ.
func equal(row, above []byte) int {
	n := 0
	for ; n+8 <= len(row); n += 8 {
		if d := binary.LittleEndian.Uint64(row[n:]) ^ binary.LittleEndian.Uint64(above[n:]); d != 0 {
			return n + bits.TrailingZeros64(d)/8
		}
	}
	for n < len(row) && row[n] == above[n] {
		n++
	}
	return n
}

func (w *rows) add(value byte) {
	w.Byte(value)
	w.a += uint64(value)
	w.b += w.a
}

// flush writes the pixels that wait.
func (w *rows) flush() {
	w.Piece(w.runs[w.waiting])
	w.b += uint64(w.waiting) * w.a
	w.waiting = 0
}

func (w *rows) endRow() {
	w.flush()
	w.a %= adler
	w.b %= adler
}

// strip is the end of a row, from some pixel on, written once: first pixels
// equal to those above, then the rest with its length and check sums.
type strip struct {
	equal int
	rest  deflate.Piece
	size  int
	a, b  uint64 // after the rest, from a check sum of zeros
}

func newStrip(row, above []byte, runs *runs) strip {
	s := strip{equal: equal(row, above)}
	s.size = len(row) - s.equal
	s.rest = deflate.NewPiece(func(d *deflate.Writer) {
		w := rows{Writer: d, runs: runs}
		w.differences(row[s.equal:], above[s.equal:])
		w.flush()
		s.a, s.b = w.a, w.b
	})
	return s
}

// strip writes a strip.
func (w *rows) strip(s strip) {
	w.waiting += s.equal
	if s.size == 0 {
		return
	}
	w.flush()
	w.Piece(s.rest)
	w.b += uint64(s.size)*w.a + s.b
	w.a += s.a
}
