package cartridge

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
)

// Pack returns the bytes of the .imscc file. The error is never about the
// content, which New has checked.
func (c Cartridge) Pack(v Version) ([]byte, error) {
	p, err := newPacker()
	if err != nil {
		return nil, fmt.Errorf("pack cartridge %q: %w", c.content.ID, err)
	}
	p.add("imsmanifest.xml", c.manifest(v))
	var b bytes.Buffer
	for _, m := range c.modules {
		for _, i := range m.items {
			b.Reset()
			i.webLink(&b, v)
			p.add(i.path(), b.Bytes())
		}
	}
	out, err := p.close()
	if err != nil {
		return nil, fmt.Errorf("pack cartridge %q: %w", c.content.ID, err)
	}
	return out, nil
}

// packer writes a zip file whose bytes depend on its content alone: no times,
// and sizes in front of the data, since some importers read no descriptors
// behind it. One compressor serves all files, at its fastest level: to reset
// a better one takes longer than to compress a web link.
type packer struct {
	out     bytes.Buffer
	zip     *zip.Writer
	data    bytes.Buffer
	deflate *flate.Writer
	err     error
}

func newPacker() (*packer, error) {
	p := &packer{}
	p.zip = zip.NewWriter(&p.out)
	var err error
	p.deflate, err = flate.NewWriter(&p.data, flate.BestSpeed)
	return p, err
}

func (p *packer) add(name string, content []byte) {
	if p.err != nil {
		return
	}
	p.data.Reset()
	p.deflate.Reset(&p.data)
	if _, p.err = p.deflate.Write(content); p.err != nil {
		return
	}
	if p.err = p.deflate.Close(); p.err != nil {
		return
	}
	w, err := p.zip.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(content),
		CompressedSize64: uint64(p.data.Len()), UncompressedSize64: uint64(len(content)),
		//lint:ignore SA1019 CreateRaw writes this field and does not read Modified
		ModifiedDate: 1<<5 | 1, // 1980-01-01, the first day that a zip file knows
	})
	if err != nil {
		p.err = err
		return
	}
	_, p.err = w.Write(p.data.Bytes())
}

func (p *packer) close() ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	if err := p.zip.Close(); err != nil {
		return nil, err
	}
	return p.out.Bytes(), nil
}
