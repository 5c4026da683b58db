package card

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"

	"github.com/twinshelf/twinshelf/internal/deflate"
)

// A card is written as PNG whose rows mostly repeat the row above, which is
// what flat drawings and letters do. Each pixel is told by its difference from
// the one above (filter type Up, PNG 9.2), and runs of equal pixels are all
// that is compressed. It takes a tenth of the time of image/png at its
// fastest, for twice the bytes.

// encode appends a picture as PNG.
func encode(out *bytes.Buffer, p *image.Paletted) {
	out.WriteString("\x89PNG\r\n\x1a\n")
	header := binary.BigEndian.AppendUint32(nil, uint32(p.Rect.Dx()))
	header = binary.BigEndian.AppendUint32(header, uint32(p.Rect.Dy()))
	chunk(out, "IHDR", append(header, 8, 3, 0, 0, 0)) // 8 bits, a palette, no interlacing
	var palette []byte
	for _, c := range p.Palette {
		r, g, b, _ := c.RGBA()
		palette = append(palette, byte(r>>8), byte(g>>8), byte(b>>8))
	}
	chunk(out, "PLTE", palette)
	chunk(out, "IDAT", pixels(p))
	chunk(out, "IEND", nil)
}

// chunk appends a chunk of a PNG file (PNG 5.3).
func chunk(out *bytes.Buffer, name string, data []byte) {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], uint32(len(data)))
	out.Write(b[:])
	out.WriteString(name)
	out.Write(data)
	sum := crc32.Update(crc32.ChecksumIEEE([]byte(name)), crc32.IEEETable, data)
	binary.BigEndian.PutUint32(b[:], sum)
	out.Write(b[:])
}

// pixels returns the pixels as a zlib stream (RFC 1950).
func pixels(p *image.Paletted) []byte {
	w := rows{Writer: deflate.NewWriter(append(make([]byte, 0, 64<<10), 0x78, 0x01)), a: 1}
	above := make([]byte, p.Rect.Dx())
	for y := range p.Rect.Dy() {
		row := p.Pix[y*p.Stride : y*p.Stride+len(above)]
		w.add(2) // filter type Up
		w.row(row, above)
		above = row
	}
	return binary.BigEndian.AppendUint32(w.Close(), w.b<<16|w.a)
}

// rows is a stream of rows with its check sum so far (Adler-32).
type rows struct {
	*deflate.Writer
	a, b uint32
}

const adler = 65521 // the modulus of the check sum

// row writes the differences between two rows.
func (w *rows) row(row, above []byte) {
	for at := 0; at < len(row); {
		same := at
		for same+8 <= len(row) && binary.LittleEndian.Uint64(row[same:]) == binary.LittleEndian.Uint64(above[same:]) {
			same += 8
		}
		for same < len(row) && row[same] == above[same] {
			same++
		}
		w.zeros(same - at)
		for at = same; at < len(row) && row[at] != above[at]; at++ {
			w.add(row[at] - above[at])
		}
	}
}

func (w *rows) add(value byte) {
	w.Byte(value)
	w.a = (w.a + uint32(value)) % adler
	w.b = (w.b + w.a) % adler
}

// zeros writes pixels that are equal to those above.
func (w *rows) zeros(n int) {
	w.b = uint32((uint64(w.b) + uint64(n)*uint64(w.a)) % adler)
	if n > 3 {
		w.Byte(0)
		w.Repeat(n-1, 1)
		return
	}
	for range n {
		w.Byte(0)
	}
}
