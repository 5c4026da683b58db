package cartridge

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/twinshelf/twinshelf/internal/deflate"
)

// Packer writes cartridges. A site of thousands of them needs one: it keeps
// what all of them have in common, compressed once. NewPacker makes it; it is
// safe for concurrent use.
type Packer struct {
	manifests, links [2]packed // what they open with, by version; ends with a whole byte
	benches          sync.Pool
}

// bench is the room that one goroutine packs in.
type bench struct{ text, deflated, header, directory []byte }

// NewPacker prepares a packer.
func NewPacker() (*Packer, error) {
	w, err := flate.NewWriter(nil, flate.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("compress the opening of a file: %w", err)
	}
	p := &Packer{}
	for _, v := range Versions() {
		if p.manifests[v], err = newOpening(w, v.fill(manifestOpening)); err != nil {
			return nil, err
		}
		if p.links[v], err = newOpening(w, v.fill(webLinkOpening)); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func newOpening(w *flate.Writer, text string) (packed, error) {
	var out bytes.Buffer
	w.Reset(&out)
	_, err := w.Write([]byte(text))
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return packed{}, fmt.Errorf("compress the opening of a file: %w", err)
	}
	return packed{out.Bytes(), len(text), crc32.ChecksumIEEE([]byte(text))}, nil
}

// Pack writes the bytes of the .imscc file, piece by piece. The error is that
// of out.
func (p *Packer) Pack(out io.Writer, c Cartridge, v Version) error {
	b, ok := p.benches.Get().(*bench)
	if !ok {
		b = &bench{}
	}
	defer p.benches.Put(b)
	a := archive{out: out, header: b.header, directory: b.directory[:0]}
	a.add("imsmanifest.xml", b.manifest(c, v, p.manifests[v]))
	for _, m := range c.modules {
		for _, i := range m.items {
			a.add(i.path(), b.webLink(i, p.links[v]))
		}
	}
	err := a.close()
	b.header, b.directory = a.header, a.directory
	return err
}

func (b *bench) manifest(c Cartridge, v Version, opening packed) packed {
	m := manifest{waiting: b.text[:0], sum: opening.sum, Writer: deflate.NewWriter(append(b.deflated[:0], opening.deflated...))}
	m.write(c, v)
	m.count()
	b.text, b.deflated = m.waiting, m.Close()
	return packed{b.deflated, opening.size + m.size, m.sum}
}

// webLink writes the opening and the rest in blocks that are stored (RFC 1951,
// 3.2.4), as nothing in it repeats.
func (b *bench) webLink(i item, opening packed) packed {
	const most = 1<<16 - 1 // bytes of a stored block
	b.text = appendWebLinkRest(b.text[:0], i)
	b.deflated = append(b.deflated[:0], opening.deflated...)
	for rest := b.text; len(rest) > 0; {
		block := rest[:min(most, len(rest))]
		rest = rest[len(block):]
		last := byte(0)
		if len(rest) == 0 {
			last = 1
		}
		b.deflated = append(b.deflated, last)
		b.deflated = binary.LittleEndian.AppendUint16(b.deflated, uint16(len(block)))
		b.deflated = binary.LittleEndian.AppendUint16(b.deflated, ^uint16(len(block)))
		b.deflated = append(b.deflated, block...)
	}
	return packed{b.deflated, opening.size + len(b.text), crc32.Update(opening.sum, crc32.IEEETable, b.text)}
}
