package cartridge

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"sync"
)

// Packer writes cartridges. A site of thousands of them needs one: it keeps
// the compressor and what all web links have in common, compressed once.
// NewPacker makes it; it is safe for concurrent use.
type Packer struct {
	opening [2]piece // of a web link, by version
	benches sync.Pool
}

// piece is the beginning of a file: compressed up to a byte's end, with what
// the rest of the file needs to know of it.
type piece struct {
	deflated []byte
	size     int
	sum      uint32
}

// bench is what one goroutine packs on.
type bench struct {
	deflate  *flate.Writer
	manifest []byte
	packed   bytes.Buffer
	link     []byte
}

// NewPacker prepares a packer.
func NewPacker() (*Packer, error) {
	p := &Packer{}
	for _, v := range []Version{V11, V12} {
		text := v.fill(webLinkOpening)
		var out bytes.Buffer
		w, err := flate.NewWriter(&out, flate.BestCompression)
		if err != nil {
			return nil, fmt.Errorf("prepare web links: %w", err)
		}
		if _, err = w.Write([]byte(text)); err == nil {
			err = w.Flush()
		}
		if err != nil {
			return nil, fmt.Errorf("prepare web links: %w", err)
		}
		p.opening[v] = piece{out.Bytes(), len(text), crc32.ChecksumIEEE([]byte(text))}
	}
	return p, nil
}

// Pack appends the bytes of the .imscc file. The error is never about the
// content, which New has checked.
func (p *Packer) Pack(out *bytes.Buffer, c Cartridge, v Version) error {
	err := p.pack(out, c, v)
	if err != nil {
		return fmt.Errorf("pack cartridge %q: %w", c.content.ID, err)
	}
	return nil
}

func (p *Packer) pack(out *bytes.Buffer, c Cartridge, v Version) error {
	b, ok := p.benches.Get().(*bench)
	if !ok {
		b = &bench{}
		var err error
		// The fastest level: a better one takes four times as long for a tenth less.
		if b.deflate, err = flate.NewWriter(nil, flate.BestSpeed); err != nil {
			return err
		}
	}
	defer p.benches.Put(b)
	z := zip.NewWriter(out)
	if err := b.addManifest(z, c, v); err != nil {
		return err
	}
	for _, m := range c.modules {
		for _, i := range m.items {
			if err := b.addLink(z, i, p.opening[v]); err != nil {
				return err
			}
		}
	}
	return z.Close()
}

func (b *bench) addManifest(z *zip.Writer, c Cartridge, v Version) error {
	b.manifest = c.appendManifest(b.manifest[:0], v)
	b.packed.Reset()
	b.deflate.Reset(&b.packed)
	if _, err := b.deflate.Write(b.manifest); err != nil {
		return err
	}
	if err := b.deflate.Close(); err != nil {
		return err
	}
	return add(z, "imsmanifest.xml", b.packed.Bytes(), len(b.manifest), crc32.ChecksumIEEE(b.manifest))
}

// addLink adds a web link: the opening, compressed long ago, and the rest in
// blocks that are stored (RFC 1951, 3.2.4). To compress the few bytes that
// differ would take a hundred times as long and save a tenth.
func (b *bench) addLink(z *zip.Writer, i item, opening piece) error {
	const most = 1<<16 - 1 // bytes of a stored block
	rest := appendWebLinkRest(b.manifest[:0], i)
	b.manifest = rest
	b.link = append(b.link[:0], opening.deflated...)
	for at := 0; at < len(rest); at += most {
		block := rest[at:min(at+most, len(rest))]
		last := byte(0)
		if at+most >= len(rest) {
			last = 1
		}
		b.link = append(b.link, last)
		b.link = binary.LittleEndian.AppendUint16(b.link, uint16(len(block)))
		b.link = binary.LittleEndian.AppendUint16(b.link, ^uint16(len(block)))
		b.link = append(b.link, block...)
	}
	return add(z, i.path(), b.link, opening.size+len(rest), crc32.Update(opening.sum, crc32.IEEETable, rest))
}

// add writes a file whose bytes depend on its content alone: no times, and
// sizes in front of the data, since some importers read no descriptors behind
// it.
func add(z *zip.Writer, name string, deflated []byte, size int, sum uint32) error {
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: sum,
		CompressedSize64: uint64(len(deflated)), UncompressedSize64: uint64(size),
		//lint:ignore SA1019 CreateRaw writes this field and does not read Modified
		ModifiedDate: 1<<5 | 1, // 1980-01-01, the first day that a zip file knows
	})
	if err != nil {
		return err
	}
	_, err = w.Write(deflated)
	return err
}
