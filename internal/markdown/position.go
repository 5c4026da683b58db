package markdown

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// appendNormal appends the text with LF as its only line end and without what
// no text holds. Every line and column stays where it was.
func appendNormal(dst []byte, text string) []byte {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "\uFFFD")
	}
	return append(dst, text...)
}

// places turns offsets of a body into places of its file.
type places struct {
	file  string
	first int // the line of the file on which the body begins
	src   []byte
	lines []int // where each line of src begins

	// The answer before, from which the next one on the same line is counted:
	// a line of a thousand links would be counted a thousand times.
	lastOffset, lastLine, lastCol int
}

// reset reads a body into the memory of the one before.
func (p *places) reset(src Source) {
	*p = places{file: src.File, first: max(src.Line, 1), src: appendNormal(p.src[:0], src.Text), lines: append(p.lines[:0], 0), lastLine: -1}
	for at := 0; ; {
		n := bytes.IndexByte(p.src[at:], '\n')
		if n < 0 {
			return
		}
		at += n + 1
		p.lines = append(p.lines, at)
	}
}

// at returns the place of an offset.
func (p *places) at(offset int) diag.Pos {
	offset = min(max(offset, 0), len(p.src))
	line := sort.SearchInts(p.lines, offset+1) - 1
	from, col := p.lines[line], 1
	if line == p.lastLine && offset >= p.lastOffset {
		from, col = p.lastOffset, p.lastCol
	}
	col += utf8.RuneCount(p.src[from:offset])
	p.lastOffset, p.lastLine, p.lastCol = offset, line, col
	return diag.Pos{File: p.file, Line: p.first + line, Col: col}
}

// offset returns where in the body the piece stands. goldmark keeps the
// address of a link as a slice of the source, and so its place is known
// without a second search. It reports false for a copy.
func (p *places) offset(piece []byte) (int, bool) {
	at := cap(p.src) - cap(piece)
	if len(piece) == 0 || at < 0 || at+len(piece) > len(p.src) || &p.src[at] != &piece[0] {
		return 0, false
	}
	return at, true
}
