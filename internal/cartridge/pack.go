package cartridge

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"sync"

	"github.com/twinshelf/twinshelf/internal/deflate"
)

// Packer writes cartridges. A site of thousands of them needs one: it keeps
// what all of them have in common, compressed once. NewPacker makes it; it is
// safe for concurrent use.
type Packer struct {
	manifests, links [2]opening // by version
	benches          sync.Pool
}

// opening is the beginning of a file: compressed up to a byte's end, with what
// the rest of the file needs to know of it.
type opening struct {
	deflated []byte
	size     int
	sum      uint32
}

// bench is the room that one goroutine packs in.
type bench struct{ text, deflated []byte }

// NewPacker prepares a packer.
func NewPacker() (*Packer, error) {
	p := &Packer{}
	for _, v := range []Version{V11, V12} {
		var err error
		if p.manifests[v], err = newOpening(v.fill(manifestOpening)); err != nil {
			return nil, err
		}
		if p.links[v], err = newOpening(v.fill(webLinkOpening)); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func newOpening(text string) (opening, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return opening{}, fmt.Errorf("compress the opening of a file: %w", err)
	}
	return opening{out.Bytes(), len(text), crc32.ChecksumIEEE([]byte(text))}, nil
}

// Pack appends the bytes of the .imscc file. The error is never about the
// content, which New has checked.
func (p *Packer) Pack(out *bytes.Buffer, c Cartridge, v Version) error {
	b, ok := p.benches.Get().(*bench)
	if !ok {
		b = &bench{}
	}
	defer p.benches.Put(b)
	z := zip.NewWriter(out)
	err := b.addManifest(z, c, v, p.manifests[v])
	for _, m := range c.modules {
		for _, i := range m.items {
			if err == nil {
				err = b.addLink(z, i, p.links[v])
			}
		}
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("pack cartridge %q: %w", c.content.ID, err)
	}
	return nil
}

func (b *bench) addManifest(z *zip.Writer, c Cartridge, v Version, o opening) error {
	m := manifest{b.text[:0], deflate.NewWriter(append(b.deflated[:0], o.deflated...))}
	m.write(c, v)
	b.text, b.deflated = m.text, m.Close()
	return b.add(z, "imsmanifest.xml", o)
}

// addLink adds a web link: the opening, and the rest in blocks that are stored
// (RFC 1951, 3.2.4), as nothing in it repeats.
func (b *bench) addLink(z *zip.Writer, i item, o opening) error {
	const most = 1<<16 - 1 // bytes of a stored block
	b.text = appendWebLinkRest(b.text[:0], i)
	b.deflated = append(b.deflated[:0], o.deflated...)
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
	return b.add(z, i.path(), o)
}

// add writes the file on the bench. Its bytes depend on its content alone: no
// times, and sizes in front of the data, since some importers read no
// descriptors behind it.
func (b *bench) add(z *zip.Writer, name string, o opening) error {
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: crc32.Update(o.sum, crc32.IEEETable, b.text),
		CompressedSize64: uint64(len(b.deflated)), UncompressedSize64: uint64(o.size + len(b.text)),
		//lint:ignore SA1019 CreateRaw writes this field and does not read Modified
		ModifiedDate: 1<<5 | 1, // 1980-01-01, the first day that a zip file knows
	})
	if err != nil {
		return err
	}
	_, err = w.Write(b.deflated)
	return err
}
