package markdown

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// blockKind is a block that a text can hold, with the attributes that the
// contract gives it.
type blockKind struct {
	name     string
	attrs    []string
	required string // the attribute it cannot do without; may be empty
}

var blockKinds = [...]blockKind{
	{name: "database", attrs: []string{"id"}, required: "id"},
	{name: "databases", attrs: []string{"format", "grade", "subject", "library", "audience"}},
	{name: "hours", attrs: []string{"library"}},
	{name: "books", attrs: []string{"award", "year", "list", "status"}, required: "award"},
}

func findBlock(name string) (blockKind, bool) {
	for _, k := range blockKinds {
		if k.name == name {
			return k, true
		}
	}
	return blockKind{}, false
}

func blockNames() []string {
	names := make([]string, 0, len(blockKinds))
	for _, k := range blockKinds {
		names = append(names, k.name)
	}
	return names
}

// blockParser reads a line like `::hours{library=prairie-grove}`, and a line
// that was meant as one.
type blockParser struct{}

var _ parser.BlockParser = blockParser{}

// blockNode stands in the tree for a block, or for a line with a mistake,
// which shows nothing.
type blockNode struct {
	ast.BaseBlock
	block *Block // nil for a mistake
}

var kindBlock = ast.NewNodeKind("TwinshelfBlock")

func (n *blockNode) Kind() ast.NodeKind            { return kindBlock }
func (n *blockNode) IsRaw() bool                   { return true }
func (n *blockNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (blockParser) Trigger() []byte             { return []byte{':'} }
func (blockParser) CanInterruptParagraph() bool { return true }
func (blockParser) CanAcceptIndentedLine() bool { return false }

func (blockParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}
func (blockParser) Close(ast.Node, text.Reader, parser.Context) {}

func (blockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, offset := restOfLine(reader, pc)
	colons, name, rest := splitDirective(line)
	if colons > 2 || !meantAsBlock(colons, name, rest) {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	b := builderOf(pc)
	node := &blockNode{}
	if block, ok := b.readBlock(colons, name, rest, offset); ok {
		node.block = block
	}
	return node, parser.NoChildren
}

// restOfLine returns the line at which the reader stands, from its first
// character to its last that is not blank, and where in the body it begins.
func restOfLine(reader text.Reader, pc parser.Context) (line string, offset int) {
	bytes, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return "", segment.Start
	}
	return strings.TrimRightFunc(string(bytes[at:]), unicode.IsSpace), segment.Start - segment.Padding + at
}

// splitDirective takes "::name rest" apart. name is empty if none follows the
// colons.
func splitDirective(line string) (colons int, name, rest string) {
	rest = strings.TrimLeft(line, ":")
	colons = len(line) - len(rest)
	end := 0
	for end < len(rest) && isNameByte(rest[end]) {
		end++
	}
	return colons, rest[:end], rest[end:]
}

func isNameByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// meantAsBlock tells a block, right or wrong, from text that begins with
// colons, such as "::after is a CSS word".
func meantAsBlock(colons int, name, rest string) bool {
	if name == "" {
		return false
	}
	_, known := findBlock(name)
	if colons == 1 {
		return known && strings.HasPrefix(rest, "{")
	}
	return known || rest == "" || strings.HasPrefix(strings.TrimLeft(rest, " \t"), "{") ||
		diag.Suggest(name, blockNames()) != ""
}

// readBlock checks a line that was meant as a block. offset is where its
// colons stand.
func (b *builder) readBlock(colons int, name, rest string, offset int) (*Block, bool) {
	nameAt := offset + colons
	if colons == 1 {
		b.fail(offset, "unknown-block", "write ::"+name, "a block begins with two colons")
		return nil, false
	}
	kind, ok := findBlock(name)
	if !ok {
		hint := diag.DidYouMean(name, blockNames())
		if slices.Contains(calloutNames, strings.ToLower(name)) {
			hint = fmt.Sprintf("a call-out begins with three colons: :::%s", strings.ToLower(name))
		}
		b.fail(nameAt, "unknown-block", hint, "unknown block %q", name)
		return nil, false
	}
	block := &Block{Name: kind.name, Pos: b.at(offset)}
	if block.Attrs, ok = b.readAttrs(kind, rest, nameAt+len(name)); !ok {
		return block, block.Attrs != nil
	}
	if kind.required != "" && block.Attr(kind.required) == "" {
		b.fail(offset, "block-attribute", fmt.Sprintf("write ::%s{%s=…}", kind.name, kind.required),
			"the block %q needs %s", kind.name, kind.required)
		return nil, false
	}
	return block, true
}

// mostAttrs is well above what any block takes.
const mostAttrs = 20

// readAttrs reads "{name=value name="quoted value"}", or nothing. offset is
// where rest begins. It reports all mistakes and returns false if there are
// any, with the attributes that are right, so that their values are checked in
// the same run.
func (b *builder) readAttrs(kind blockKind, rest string, offset int) ([]Attr, bool) {
	if rest == "" {
		return nil, true
	}
	if rest[0] != '{' {
		if trimmed := strings.TrimLeft(rest, " \t"); trimmed[0] == '{' {
			b.fail(offset, "block-attribute", fmt.Sprintf("write ::%s{…}", kind.name), "a blank before {")
			return nil, false
		}
		b.fail(offset, "block-attribute", fmt.Sprintf("write ::%s{name=value} on a line of its own", kind.name),
			"text after ::%s", kind.name)
		return nil, false
	}
	s := scanner{rest: rest[1:], offset: offset + 1}
	var attrs []Attr
	good := true
	for n := 0; ; n++ {
		s.skipBlanks()
		switch {
		case s.rest == "":
			b.fail(offset, "block-attribute", "end the line with }", "{ is never closed")
			return nil, false
		case s.rest[0] == '}':
			s.take(1)
			s.skipBlanks()
			if s.rest != "" {
				b.fail(s.offset, "block-attribute", "a block stands on a line of its own", "text after the block")
				good = false
			}
			return attrs, good
		}
		if n == mostAttrs {
			b.fail(s.offset, "block-attribute", "", "more than %d attributes", mostAttrs)
			return nil, false
		}
		nameAt := s.offset
		attr, ok := b.readAttr(&s, kind, attrs)
		if !ok {
			return attrs, false
		}
		switch {
		case !slices.Contains(kind.attrs, attr.Name):
			b.fail(nameAt, "block-attribute", diag.DidYouMean(attr.Name, kind.attrs),
				"the block %q has no attribute %q", kind.name, attr.Name)
		case slices.ContainsFunc(attrs, func(a Attr) bool { return a.Name == attr.Name }):
			b.fail(nameAt, "block-attribute", "", "%s is given twice", attr.Name)
		case attr.Value == "":
			b.fail(nameAt, "block-attribute", fmt.Sprintf("write %s=value", attr.Name), "%s has no value", attr.Name)
		default:
			attrs = append(attrs, attr)
			continue
		}
		good = false
	}
}

// readAttr reads one name=value, which follows those before. It reports what
// is wrong and returns false if there is no telling how to go on.
func (b *builder) readAttr(s *scanner, kind blockKind, before []Attr) (attr Attr, ok bool) {
	nameAt := s.offset
	attr.Name = s.name()
	if attr.Name == "" {
		r, _ := utf8.DecodeRuneInString(s.rest)
		b.fail(nameAt, "block-attribute", "write name=value, with blanks between", "%q where the name of an attribute belongs", r)
		return attr, false
	}
	if !strings.HasPrefix(s.rest, "=") {
		hint := fmt.Sprintf("write %s=value, without blanks around =", attr.Name)
		if !slices.Contains(kind.attrs, attr.Name) && (kind.required != "" || len(kind.attrs) == 1) {
			hint = fmt.Sprintf("write %s=%s", cmp.Or(kind.required, kind.attrs[0]), attr.Name)
		}
		if n := len(before); n > 0 {
			hint = fmt.Sprintf("a value with blanks needs quotation marks: %s=\"%s %s\"", before[n-1].Name, before[n-1].Value, attr.Name)
		}
		b.fail(nameAt, "block-attribute", hint, "no = after %q", attr.Name)
		return attr, false
	}
	s.take(1)
	attr.Pos = b.at(s.offset)
	r, _ := utf8.DecodeRuneInString(s.rest)
	switch {
	case r == '"' || r == '\'':
		return b.readQuoted(s, attr)
	case strings.ContainsRune("“”„‘’«»", r):
		b.fail(s.offset, "block-attribute", "write \" or '", "a curly quotation mark")
		return attr, false
	}
	attr.Value = s.bare()
	if strings.HasSuffix(attr.Value, ",") {
		b.fail(s.offset-1, "block-attribute", "blanks stand between attributes", "a comma after %s", attr.Name)
		return attr, false
	}
	return attr, true
}

func (b *builder) readQuoted(s *scanner, attr Attr) (Attr, bool) {
	markAt := s.offset
	value, closed := s.quoted()
	if !closed {
		b.fail(markAt, "block-attribute", "", "a quotation mark that is never closed")
		return attr, false
	}
	attr.Value = strings.TrimSpace(value)
	if s.rest != "" && s.rest[0] != '}' && !s.blank() {
		b.fail(s.offset, "block-attribute", "put a blank between", "text after a quoted value")
		return attr, false
	}
	return attr, true
}

// scanner walks along the attributes of a block.
type scanner struct {
	rest   string
	offset int // where rest begins in the body
}

func (s *scanner) take(n int) string {
	taken := s.rest[:n]
	s.rest, s.offset = s.rest[n:], s.offset+n
	return taken
}

func (s *scanner) blank() bool {
	r, _ := utf8.DecodeRuneInString(s.rest)
	return unicode.IsSpace(r)
}

func (s *scanner) skipBlanks() {
	s.take(len(s.rest) - len(strings.TrimLeftFunc(s.rest, unicode.IsSpace)))
}

func (s *scanner) name() string {
	end := 0
	for end < len(s.rest) && isNameByte(s.rest[end]) {
		end++
	}
	return s.take(end)
}

// quoted reads a value in quotation marks, in which a backslash keeps the
// meaning from the mark or backslash that follows it.
func (s *scanner) quoted() (string, bool) {
	mark := s.rest[0]
	var value strings.Builder
	for i := 1; i < len(s.rest); i++ {
		c := s.rest[i]
		switch {
		case c == '\\' && i+1 < len(s.rest) && (s.rest[i+1] == mark || s.rest[i+1] == '\\'):
			i++
			value.WriteByte(s.rest[i])
		case c == mark:
			s.take(i + 1)
			return value.String(), true
		default:
			value.WriteByte(c)
		}
	}
	return "", false
}

// bare reads a value without quotation marks: up to a blank or the brace.
func (s *scanner) bare() string {
	end := strings.IndexFunc(s.rest, func(r rune) bool { return r == '}' || unicode.IsSpace(r) })
	if end < 0 {
		end = len(s.rest)
	}
	return s.take(end)
}

// strayBlock reports a block in the middle of a line, where it would show as
// it is written. It makes no node.
type strayBlock struct{}

var _ parser.InlineParser = strayBlock{}

func (strayBlock) Trigger() []byte { return []byte{':'} }

func (strayBlock) Parse(_ ast.Node, reader text.Reader, pc parser.Context) ast.Node {
	line, segment := reader.PeekLine()
	if len(line) < 3 || line[1] != ':' || !isNameByte(line[2]) {
		return nil
	}
	colons, name, rest := splitDirective(string(line[:min(len(line), 2+maxBlockName+1)]))
	if _, known := findBlock(name); known && colons == 2 && strings.HasPrefix(rest, "{") {
		b := builderOf(pc)
		b.fail(segment.Start, "block-attribute", "give it a line of its own", "the block %q stands within a line", name)
	}
	return nil
}

// maxBlockName is the length of the longest name, "databases".
const maxBlockName = 9
