package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// shared and undotted are the parsers: they are read-only once they are made,
// and making one for each page costs more than reading the page. undotted is
// for bodies in which nothing can be a link that begins with "www.". goldmark
// cuts a text at each sign that wakes a parser, here at the end of each
// sentence: without it takes 8 % less time and 6 % less memory (2026-11-26).
//
// goldmark's renderer is not used at all. Its HTML is finished too early (we
// leave holes), lets any scheme but four through, aligns table cells with
// inline styles, which a strict Content-Security-Policy blocks, and passes
// attributes.
var (
	shared   = newParser(bareLink{wakes: []byte{':', '.'}})
	undotted = newParser(bareLink{wakes: []byte{':'}})
)

// parserOf returns the parser for a body.
func parserOf(body []byte) parser.Parser {
	if bytes.Contains(body, []byte("www.")) {
		return shared
	}
	return undotted
}

func newParser(bare bareLink) parser.Parser {
	inline := inlineParsers(bare)
	return parserWith(append(inline, util.Prioritized(newPlainText(inline), 1000)))
}

// inlineParsers are those that make something of a sign.
func inlineParsers(bare bareLink) []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(codeSpan{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(footnoteMark{extension.NewFootnoteParser()}, 150),
		util.Prioritized(linkParser{counted{parser.NewLinkParser()}}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(counted{parser.NewEmphasisParser()}, 500),
		util.Prioritized(counted{extension.NewStrikethroughParser()}, 500),
		util.Prioritized(strayBlock{}, 600),
		util.Prioritized(bare, 999),
	}
}

func parserWith(inline []util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(capped{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(capped{calloutParser{}}, 740),
			util.Prioritized(blockParser{}, 750),
			util.Prioritized(capped{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(capped{footnotes{extension.NewFootnoteBlockParser()}}, 950),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(
			util.Prioritized(alertMarker{}, 50),
			util.Prioritized(linkAddresses{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tables{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(unusedFootnotes{}, 900),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// builderKey is where the parsers find the builder of the body that they read.
var builderKey = parser.NewContextKey()

func builderOf(pc parser.Context) *builder {
	return pc.Get(builderKey).(*builder)
}

// mostSteps bounds the work that goldmark does again and again over the same
// text, which else grows with the square of the file: half a second of them.
// 300 KB of prose take some thousands.
const mostSteps = 20_000_000

// afford counts steps of about 10 ns, and reports false when a body has taken
// too many: what takes more is text then. The place is where they are taken.
func (b *builder) afford(offset, steps int) bool {
	if b.steps > mostSteps {
		return false
	}
	if b.steps += steps; b.steps <= mostSteps {
		return true
	}
	b.fail(offset, "too-many-marks", "put blank lines between, or make several pages of it",
		"up to here, more brackets, backticks, footnotes, lists and quotes run into one another than can be read")
	return false
}

// deepest is how many blocks may stand one in another. goldmark visits every
// open block on every line and walks the tree by recursion, so that a line of
// a million ">" would cost minutes and the stack.
const deepest = 100

// capped keeps a container from opening when too many are open; its line is
// text then.
type capped struct{ parser.BlockParser }

func (c capped) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	b := builderOf(pc)
	_, segment := reader.PeekLine()
	if !b.afford(segment.Start, 1) {
		return nil, parser.NoChildren
	}
	if len(pc.OpenedBlocks()) < deepest {
		return c.BlockParser.Open(parent, reader, pc)
	}
	if !b.tooDeep {
		b.tooDeep = true
		b.fail(segment.Start, "too-deep", "", "lists and quotes are nested more than %d deep", deepest)
	}
	return nil, parser.NoChildren
}

// Continue takes time and memory for each container that a line is in.
func (c capped) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	if _, segment := reader.PeekLine(); !builderOf(pc).afford(segment.Start, 10) {
		return parser.Close
	}
	return c.BlockParser.Continue(node, reader, pc)
}

// mostMarks is how many marks of emphasis and brackets one paragraph may have.
// goldmark's time grows with their square: 20,000 in 80 KB take two seconds
// (2026-11-24).
const mostMarks = 2000

// counted reads marks until there are too many in a block; they are text then.
type counted struct{ parser.InlineParser }

func (c counted) Parse(parent ast.Node, reader text.Reader, pc parser.Context) ast.Node {
	b := builderOf(pc)
	if b.marked != parent {
		b.marked, b.marksIn = parent, 0
	}
	b.marksIn++
	line, segment := reader.PeekLine()
	if b.marksIn == mostMarks+1 {
		b.fail(segment.Start, "too-many-marks", "put blank lines between", "more than %d brackets and marks of emphasis in one paragraph", mostMarks)
	}
	if b.marksIn > mostMarks || !b.afford(segment.Start, b.marksIn+linesBelow(parent, reader)) {
		return nil
	}
	if !b.afford(segment.Start, addressLength(line)) {
		return nil
	}
	return c.InlineParser.Parse(parent, reader, pc)
}

// linesBelow is what it costs to look a name up: goldmark counts the lines of
// the paragraph from its end.
func linesBelow(parent ast.Node, reader text.Reader) int {
	row, _ := reader.Position()
	return (parent.Lines().Len() - row) / 4
}

// addressLength is how far goldmark looks for the end of the address if the
// line begins with "](".
func addressLength(line []byte) int {
	address, ok := bytes.CutPrefix(line, []byte("]("))
	if !ok {
		return 0
	}
	end := bytes.IndexAny(address, " \t\n")
	if bytes.HasPrefix(address, []byte("<")) {
		end = bytes.IndexByte(address, '>')
	}
	if end < 0 {
		end = len(address)
	}
	return end
}

// codeSpan reads code between backticks. Those that nothing closes are looked
// for up to the end of the paragraph.
type codeSpan struct{ parser.InlineParser }

func (c codeSpan) Parse(parent ast.Node, reader text.Reader, pc parser.Context) ast.Node {
	b := builderOf(pc)
	_, segment := reader.PeekLine()
	if !b.afford(segment.Start, 1) {
		return nil
	}
	node := c.InlineParser.Parse(parent, reader, pc)
	if _, unclosed := node.(*ast.Text); unclosed {
		lines := parent.Lines()
		b.afford(segment.Start, (lines.At(lines.Len()-1).Stop-segment.Start)/10)
	}
	return node
}

// mostAddresses is how many lines of `[name]: address` may stand together:
// goldmark's time grows with their square.
const mostAddresses = 2000

// linkAddresses reads the addresses of links by reference.
type linkAddresses struct{ parser.ParagraphTransformer }

func (l linkAddresses) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	first := p.Lines().At(0)
	if line := bytes.TrimLeft(first.Value(reader.Source()), " "); len(line) == 0 || line[0] != '[' {
		return // most paragraphs need no closer look
	}
	if p.Lines().Len() > mostAddresses {
		builderOf(pc).fail(first.Start, "too-many-marks", "put blank lines between", "more than %d lines in a paragraph that begins with [", mostAddresses)
		return
	}
	l.ParagraphTransformer.Transform(p, reader, pc)
}

// mostCells is how large a table may be. A row that is one character long
// counts as many cells as the header has, so that a small file can ask for
// billions.
const mostCells = 100_000

// tables makes tables of paragraphs, but not of monstrous ones.
type tables struct{ parser.ParagraphTransformer }

func (t tables) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := p.Lines()
	columns := 0
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		if value := reader.Source()[line.Start:line.Stop]; delimiterRow(value) {
			columns = max(columns, 1+bytes.Count(value, []byte{'|'}))
		}
	}
	switch {
	case columns == 0:
	case columns*lines.Len() > mostCells:
		builderOf(pc).fail(lines.At(0).Start, "table-size", "", "a table of more than %d cells", mostCells)
	default:
		t.ParagraphTransformer.Transform(p, reader, pc)
	}
}

// delimiterRow reports whether a line may be the one below a table's header,
// by its first character that is not blank: most paragraphs need no closer
// look.
func delimiterRow(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	return len(line) > 0 && (line[0] == '|' || line[0] == '-' || line[0] == ':')
}

// mostFootnotes is how many footnotes a page may have: goldmark looks for each
// mark among all of them.
const mostFootnotes = 1000

// footnotes reads the texts of footnotes, `[^1]: text`.
type footnotes struct{ parser.BlockParser }

func (f footnotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, before := reader.Position()
	node, state := f.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, state
	}
	b := builderOf(pc)
	b.footnotes++
	if b.footnotes <= mostFootnotes {
		return node, state
	}
	if b.footnotes == mostFootnotes+1 {
		b.fail(before.Start, "footnote", "", "more than %d footnotes on a page", mostFootnotes)
	}
	reader.SetPosition(line, before)
	return nil, parser.NoChildren
}

// footnoteMark reads the mark of a footnote, `[^1]`, and reports one whose
// text is missing.
type footnoteMark struct{ parser.InlineParser }

func (f footnoteMark) Parse(parent ast.Node, reader text.Reader, pc parser.Context) ast.Node {
	line, segment := reader.PeekLine()
	if line[0] == '!' { // "Read this![^1]" is no picture
		line, segment.Start = line[1:], segment.Start+1
	}
	if len(line) < 4 || line[0] != '[' || line[1] != '^' {
		return nil
	}
	b := builderOf(pc)
	if !b.afford(segment.Start, b.footnotes+linesBelow(parent, reader)) {
		return nil
	}
	if node := f.InlineParser.Parse(parent, reader, pc); node != nil {
		return node
	}
	const longest = 200 // a longer name is none
	end := bytes.IndexAny(line[:min(len(line), longest)], "] \t\n")
	if end > 2 && line[end] == ']' && (end+1 == len(line) || !bytes.ContainsRune([]byte("([:"), rune(line[end+1]))) {
		b.warn(segment.Start, "footnote", fmt.Sprintf("add a line that begins with %s:", line[:end+1]), "no text for the footnote %s", line[:end+1])
	}
	return nil
}

// unusedFootnotes reports the texts of footnotes that nothing refers to: they
// do not show.
type unusedFootnotes struct{}

func (unusedFootnotes) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	b := builderOf(pc)
	if b.footnotes == 0 || b.footnotes > mostFootnotes {
		return
	}
	for at := ast.Node(doc); at != nil; at = after(doc, at) {
		if f, ok := at.(*extast.Footnote); ok && f.Index < 0 {
			b.warn(f.Pos(), "footnote", "", "nothing refers to the footnote [^%s]: it does not show", f.Ref)
		}
	}
}

// after returns the node that follows in reading order, nil at the end.
func after(root, n ast.Node) ast.Node {
	if c := n.FirstChild(); c != nil {
		return c
	}
	for n != root {
		if next := n.NextSibling(); next != nil {
			return next
		}
		n = n.Parent()
	}
	return nil
}

// linkParser reads links, and reports what was meant as one and shows as it is
// written: `[text][name]` for which no address is given anywhere, and slips
// around an address.
type linkParser struct{ parser.InlineParser }

func (l linkParser) Parse(parent ast.Node, reader text.Reader, pc parser.Context) ast.Node {
	line, segment := reader.PeekLine()
	closes := line[0] == ']' && pc.IsInLinkLabel()
	node := l.InlineParser.Parse(parent, reader, pc)
	switch {
	case !closes || node != nil:
	case len(line) == 1 || line[1] != '[':
		if hint := linkSlip(reader.Source()[:segment.Start], line[1:]); hint != "" {
			builderOf(pc).warn(segment.Start, "no-link", hint, "this was meant as a link and shows as it is written")
		}
	default:
		end := bytes.IndexByte(line, ']') // the first character
		end = bytes.IndexAny(line[end+1:], "]\n")
		if end > 1 && line[1+end] == ']' && line[2] != '^' {
			b := builderOf(pc)
			b.warn(segment.Start+1, "undefined-link", fmt.Sprintf("add a line %s: and the address", line[1:2+end]), "no address for the link %s", line[1:2+end])
		}
	}
	return node
}

// linkSlip tells how to mend a link whose text ends between before and after
// (its "]" and the rest of the line); "" if it does not look like one.
func linkSlip(before, after []byte) string {
	const longest = 500 // a longer one is none; and a hostile text takes no time
	before, after = before[max(0, len(before)-longest):], after[:min(len(after), longest)]
	if open := bytes.LastIndexByte(before, '['); open > 0 && before[open-1] == ')' && isAddressLike(before[open+1:]) {
		return "write [text](address)"
	}
	rest := bytes.TrimLeft(after, " ")
	if len(rest) == 0 || rest[0] != '(' {
		return ""
	}
	address, _, closed := bytes.Cut(rest[1:], []byte(")"))
	switch address = bytes.TrimSpace(address); {
	case !isAddressLike(address):
		return ""
	case len(rest) < len(after):
		return "no blank stands between ] and ("
	case !closed:
		return "close the address with )"
	case bytes.ContainsAny(address, " \t"):
		return "a blank in an address is written %20"
	}
	return ""
}

// isAddressLike reports whether a text begins like an address or names a
// Markdown file.
func isAddressLike(s []byte) bool {
	return bytes.HasPrefix(s, []byte("http://")) || bytes.HasPrefix(s, []byte("https://")) || bytes.Contains(s, []byte(".md"))
}

// CloseBlock lets the parser forget the brackets that were never closed.
func (l linkParser) CloseBlock(parent ast.Node, reader text.Reader, pc parser.Context) {
	l.InlineParser.(counted).InlineParser.(parser.CloseBlocker).CloseBlock(parent, reader, pc)
}

var _ parser.CloseBlocker = linkParser{}
