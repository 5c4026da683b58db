package cartridge

import (
	"encoding/binary"
	"io"
)

// Most is how many links a cartridge holds: those that a zip file can count
// without the extensions that some importers do not read.
const Most = 1<<16 - 2

// archive is a zip file in the making (PKWARE APPNOTE 6.3). Its bytes depend on
// its content alone: no times, and sizes in front of the data, since some
// importers read no descriptors behind it. archive/zip writes the same bytes
// and keeps a record of each file that takes longer to make than the file.
type archive struct {
	out       io.Writer
	err       error // of out, the first
	size      int   // so far
	header    []byte
	directory []byte
	files     int
}

// packed is a deflated file.
type packed struct {
	deflated []byte
	size     int // before
	sum      uint32
}

// The signatures of headers, with the version that wrote a file.
const (
	localHeader   = "PK\x03\x04"
	centralHeader = "PK\x01\x02\x14\x00"
	endOfArchive  = "PK\x05\x06"
)

// add adds a file (4.3.7 and 4.3.12).
func (a *archive) add(name string, f packed) {
	at := a.size
	a.header = append(appendHeader(append(a.header[:0], localHeader...), name, f), name...)
	a.write(a.header)
	a.write(f.deflated)
	a.directory = appendHeader(append(a.directory, centralHeader...), name, f)
	a.directory = append(a.directory, make([]byte, 10)...) // no comment, disk 0, no attributes
	a.directory = binary.LittleEndian.AppendUint32(a.directory, uint32(at))
	a.directory = append(a.directory, name...)
	a.files++
}

func (a *archive) write(b []byte) {
	a.size += len(b)
	if a.err == nil {
		_, a.err = a.out.Write(b)
	}
}

// appendHeader writes what both headers of a file say.
func appendHeader(b []byte, name string, f packed) []byte {
	const version, deflate, date = 20, 8, 1<<5 | 1 // 1980-01-01, the first day that a zip file knows
	for _, v := range []uint16{version, 0, deflate, 0, date} {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	for _, v := range []uint32{f.sum, uint32(len(f.deflated)), uint32(f.size), uint32(len(name))} { // the name's length, and no extra field
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

// close ends the file with its directory (4.3.16).
func (a *archive) close() error {
	at := a.size
	a.write(a.directory)
	b := append(a.header[:0], endOfArchive...)
	for _, v := range []uint16{0, 0, uint16(a.files), uint16(a.files)} { // one disk
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(a.directory)))
	b = binary.LittleEndian.AppendUint32(b, uint32(at))
	a.write(append(b, 0, 0)) // no comment
	return a.err
}
