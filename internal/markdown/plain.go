package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// plainText takes at once all text up to the next sign that may mean something.
// goldmark looks at each letter as if it were one: without it parsing takes an
// eighth longer (2026-11-26).
type plainText struct{ signs [256]bool }

var _ parser.InlineParser = (*plainText)(nil)

// newPlainText returns the parser of what lies between the signs that wake others.
func newPlainText(others []util.PrioritizedValue) *plainText {
	p := &plainText{}
	p.signs['\n'], p.signs['\\'] = true, true
	for _, other := range others {
		for _, sign := range other.Value.(parser.InlineParser).Trigger() {
			p.signs[sign] = true
		}
	}
	return p
}

// Trigger names the blank, by which goldmark means also the begin of a line, and
// of what follows a mark.
func (*plainText) Trigger() []byte { return []byte{' '} }

// Parse leaves the blank after a backslash to goldmark, which keeps in mind that
// there was one.
func (p *plainText) Parse(parent ast.Node, reader text.Reader, _ parser.Context) ast.Node {
	line, segment := reader.PeekLine()
	if segment.Padding > 0 || bytes.HasSuffix(reader.Source()[:segment.Start], []byte(`\`)) {
		return nil
	}
	end := 1 // the letter or blank that woke it
	for end < len(line) && !p.signs[line[end]] {
		end++
	}
	ast.MergeOrAppendTextSegment(parent, segment.WithStop(segment.Start+end)) // a million colons make one node, not a million
	node := parent.LastChild().(*ast.Text)
	if end < len(line) && line[end] != '\n' {
		reader.Advance(end)
		return node
	}
	node.Segment = node.Segment.TrimRightSpace(reader.Source())
	if end < len(line) {
		hard := bytes.HasSuffix(line[:end], []byte("  "))
		node.SetHardLineBreak(hard)
		node.SetSoftLineBreak(!hard)
	}
	reader.AdvanceLine()
	return node
}
