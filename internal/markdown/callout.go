package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// calloutNames are the kinds of call-outs, in the order of the Words.
var calloutNames = []string{"note", "tip", "warning"}

// calloutParser reads a call-out between `:::note` and `:::`. Call-outs nest;
// more colons tell the fences apart, though they need not.
type calloutParser struct{}

var _ parser.BlockParser = calloutParser{}

type calloutNode struct {
	ast.BaseBlock
	kind   int // index in calloutNames
	colons int
	offset int
	closed bool
}

var kindCallout = ast.NewNodeKind("TwinshelfCallout")

func (n *calloutNode) Kind() ast.NodeKind            { return kindCallout }
func (n *calloutNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (calloutParser) Trigger() []byte             { return []byte{':'} }
func (calloutParser) CanInterruptParagraph() bool { return true }
func (calloutParser) CanAcceptIndentedLine() bool { return false }

func (calloutParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, offset := restOfLine(reader, pc)
	fence := strings.TrimLeft(line, ":")
	colons := len(line) - len(fence)
	if colons < 3 {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	b := builderOf(pc)
	title := strings.TrimLeft(fence, " \t")
	if title == "" {
		b.fail(offset, "unclosed-block", "a call-out begins with :::note, :::tip or :::warning", "%s closes nothing", line)
		return &blockNode{}, parser.NoChildren
	}
	nameAt := offset + len(line) - len(title)
	_, name, rest := splitDirective(title)
	if name == "" {
		name, rest = title, ""
	}
	if _, ok := findBlock(name); ok {
		b.fail(offset, "unknown-block", "write ::"+name, "the block %q begins with three colons", name)
		return &blockNode{}, parser.NoChildren
	}
	kind := slices.Index(calloutNames, strings.ToLower(name))
	switch {
	case kind < 0:
		kind = 0
		b.fail(nameAt, "unknown-block", diag.DidYouMean(name, calloutNames), "unknown call-out %q", name)
	case rest != "":
		b.fail(nameAt+len(name), "block-attribute", "begin it on the next line", "text after :::%s", name)
	}
	return &calloutNode{kind: kind, colons: colons, offset: offset}, parser.HasChildren
}

func (calloutParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	n, ok := node.(*calloutNode)
	if !ok {
		return parser.Close // a fence that closes nothing
	}
	if closing(n, reader, pc) {
		n.closed = true
		reader.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (calloutParser) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	if n, ok := node.(*calloutNode); ok && !n.closed {
		b := builderOf(pc)
		b.fail(n.offset, "unclosed-block", "end it with a line of "+strings.Repeat(":", n.colons), "the call-out is never closed")
	}
}

// closing reports whether the line at which the reader stands closes n.
func closing(n *calloutNode, reader text.Reader, pc parser.Context) bool {
	line, _ := reader.PeekLine()
	indent, at := util.IndentWidth(line, reader.LineOffset())
	if indent > 3 || at >= len(line) || line[at] != ':' {
		return false
	}
	fence := bytes.TrimRight(line[at:], " \t\n")
	colons := len(fence)
	if colons < 3 || len(bytes.Trim(fence, ":")) > 0 {
		return false
	}
	return closedBy(colons, indent, n, pc.OpenedBlocks())
}

// closedBy reports whether a fence of so many colons is for n: n is the
// innermost call-out with as many, or else the innermost with fewer. Within
// code a fence is code.
func closedBy(colons, indent int, n *calloutNode, open []parser.Block) bool {
	var exact, fewer *calloutNode
	from := 0
	for i, block := range open {
		c, ok := block.Node.(*calloutNode)
		if !ok {
			continue
		}
		if c == n {
			from = i + 1
		}
		if c.colons == colons {
			exact = c
		} else if c.colons < colons {
			fewer = c
		}
	}
	if exact == nil {
		exact = fewer
	}
	return exact == n && !inCode(open[from:], indent)
}

// inCode reports whether the innermost of the open blocks is code that a line
// with this indent still belongs to.
func inCode(open []parser.Block, indent int) bool {
	if len(open) == 0 {
		return false
	}
	switch open[len(open)-1].Node.(type) {
	case *ast.FencedCodeBlock, *ast.HTMLBlock:
	default:
		return false
	}
	for _, block := range open {
		switch n := block.Node.(type) {
		case *ast.Blockquote:
			return false
		case *ast.ListItem:
			if indent < n.Offset {
				return false
			}
			indent -= n.Offset
		}
	}
	return true
}

// alertMarker takes the `[!NOTE]` off the first line of a quote and marks the
// quote as a call-out. It works before the text is read, so that the marker
// never becomes a link.
// See https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts
type alertMarker struct{}

var _ parser.ParagraphTransformer = alertMarker{}

// alertAttribute marks a quote that is a call-out; its value is the index in
// calloutNames.
const alertAttribute = "twinshelf-callout"

func (alertMarker) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != ast.Node(p) {
		return
	}
	lines := p.Lines()
	first := lines.At(0)
	first = first.TrimLeftSpace(reader.Source())
	line := first.Value(reader.Source())
	if !bytes.HasPrefix(line, []byte("[!")) {
		return
	}
	end := bytes.IndexByte(line, ']')
	if end < 0 || !letters(line[2:end]) {
		return
	}
	rest := line[end+1:]
	if len(rest) > 0 && (rest[0] == '(' || rest[0] == '[' || rest[0] == ':') {
		return // a link whose text happens to begin with "!"
	}
	word := strings.ToLower(string(line[2:end]))
	kind := slices.Index(calloutNames, word)
	if kind < 0 {
		b := builderOf(pc)
		b.warn(first.Start, "unknown-callout", alertHint(word), "unknown call-out [!%s] shows as a plain quote", line[2:end])
		return
	}
	quote.SetAttributeString(alertAttribute, kind)
	if !util.IsBlank(rest) {
		lines.Set(0, text.NewSegment(first.Start+end+1, first.Stop))
		return
	}
	others := slices.Clone(lines.Sliced(1, lines.Len()))
	lines.SetSliced(0, 0)
	lines.AppendAll(others)
	if len(others) == 0 {
		quote.RemoveChild(quote, p)
	}
}

// alertHint helps with a word that is no call-out. GitHub knows two more, for
// which the nearest of ours is named.
func alertHint(word string) string {
	switch word {
	case "important":
		return "write [!NOTE]"
	case "caution", "danger":
		return "write [!WARNING]"
	}
	if s := diag.Suggest(word, calloutNames); s != "" {
		return "did you mean [!" + strings.ToUpper(s) + "]?"
	}
	return "write [!NOTE], [!TIP] or [!WARNING]"
}

func letters(s []byte) bool {
	for _, c := range s {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return len(s) > 0
}
