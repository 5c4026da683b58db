package markdown

import (
	"bytes"
	"sort"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// walk visits the tree. It does not recurse: emphasis can nest as deep as a
// file is long.
func (b *builder) walk(root ast.Node) {
	for n := root.FirstChild(); n != nil; {
		last, inside := b.enter(n)
		n = last
		if c := n.FirstChild(); inside && c != nil {
			n = c
			continue
		}
		if inside {
			b.leave(n)
		}
		for n.NextSibling() == nil {
			n = n.Parent()
			if n == root {
				return
			}
			b.leave(n)
		}
		n = n.NextSibling()
	}
}

// enter writes what comes before a node's children. It returns the last node
// that it has written whole, and whether the children are to be visited; leave
// is called for a node exactly then.
func (b *builder) enter(node ast.Node) (last ast.Node, inside bool) {
	switch n := node.(type) {
	case *ast.Text:
		return b.text(n), false
	case *ast.Paragraph:
		b.paragraph(n)
	case *ast.TextBlock:
	case *ast.Heading:
		b.heading(n)
	case *ast.List:
		b.list(n)
	case *ast.ListItem:
		b.listItem(n)
	case *ast.Blockquote:
		b.quote(n)
	case *ast.ThematicBreak:
		b.put("<hr>")
	case *ast.CodeBlock:
		b.put("<pre><code>")
		b.code(n.Lines())
		b.put("</code></pre>")
		return n, false
	case *ast.FencedCodeBlock:
		b.fencedCode(n)
		return n, false
	case *ast.HTMLBlock:
		b.htmlBlock(n)
		return n, false
	case *blockNode:
		b.block(n)
		return n, false
	case *calloutNode:
		b.callout(n.kind)
	case *ast.Emphasis:
		b.put([...]string{1: "<em>", 2: "<strong>"}[n.Level])
	case *extast.Strikethrough:
		b.put("<del>")
	case *ast.CodeSpan:
		b.codeSpan(n)
		return n, false
	case *ast.Link:
		b.link(n)
	case *ast.Image:
		b.image(n)
		return n, false
	case *ast.AutoLink:
		b.autoLink(n)
		return n, false
	case *ast.RawHTML:
		b.inlineHTML(n)
		return n, false
	case *extast.TaskCheckBox:
		b.task(n)
	case *extast.Table:
		b.put(`<div class="table-scroll" role="group" tabindex="0" aria-label="`)
		b.word(WordTable)
		b.put(`"><table>`)
	case *extast.TableHeader:
		b.put("<thead><tr>")
	case *extast.TableRow:
		b.tableRow(n)
	case *extast.TableCell:
		b.tableCell(n)
	case *extast.FootnoteLink:
		b.footnoteMark(n)
	case *extast.FootnoteList:
		b.put(`<section class="footnotes" role="doc-endnotes" aria-label="`)
		b.word(WordFootnotes)
		b.put(`"><ol>`)
	case *extast.Footnote:
		b.put(`<li id="fn:` + strconv.Itoa(n.Index) + `">`)
	case *extast.FootnoteBacklink:
		b.footnoteBack(n)
	default: // *ast.LinkReferenceDefinition, which shows nothing
		return n, false
	}
	return node, true
}

// leave writes what comes after a node's children.
func (b *builder) leave(node ast.Node) {
	switch n := node.(type) {
	case *ast.Paragraph:
		b.paragraphEnd(n)
	case *ast.Heading:
		b.headingEnd(n)
	case *ast.List:
		if n.IsOrdered() {
			b.put("</ol>")
		} else {
			b.put("</ul>")
		}
	case *ast.ListItem, *extast.Footnote:
		b.put("</li>")
	case *ast.TextBlock:
		if node.NextSibling() != nil {
			b.put("\n")
		}
	case *ast.Blockquote:
		if _, ok := calloutOf(n); ok {
			b.put("</div>")
		} else {
			b.put("</blockquote>")
		}
	case *calloutNode:
		b.put("</div>")
	case *ast.Emphasis:
		b.put([...]string{1: "</em>", 2: "</strong>"}[n.Level])
	case *extast.Strikethrough:
		b.put("</del>")
	case *ast.Link:
		b.linkEnd(n)
	case *extast.Table:
		if n.ChildCount() > 1 {
			b.put("</tbody>")
		}
		b.put("</table></div>")
	case *extast.TableHeader:
		b.put("</tr></thead>")
	case *extast.TableRow:
		b.put("</tr>")
	case *extast.TableCell:
		b.tableCellEnd(n)
	case *extast.FootnoteList:
		b.put("</ol></section>")
	}
}

// paragraph begins a paragraph; the first of the body itself is the summary.
func (b *builder) paragraph(n *ast.Paragraph) {
	b.put("<p>")
	if b.summarises(n) {
		b.capture()
	}
}

func (b *builder) summarises(n *ast.Paragraph) bool {
	return b.doc.Summary == "" && n.Parent().Kind() == ast.KindDocument
}

func (b *builder) paragraphEnd(n *ast.Paragraph) {
	if b.summarises(n) {
		b.doc.Summary = strings.TrimSpace(b.captured())
	}
	if bytes.HasSuffix(b.html, []byte("<p>")) && !b.holeAt(len(b.html)) {
		b.html = b.html[:len(b.html)-len("<p>")] // nothing but a comment
		return
	}
	b.put("</p>")
}

func (b *builder) holeAt(offset int) bool {
	return len(b.doc.Holes) > 0 && int(b.doc.Holes[len(b.doc.Holes)-1].At) == offset
}

// heading begins a heading. The page's title is its h1, so that a body's own
// "# heading" becomes an h2.
func (b *builder) heading(n *ast.Heading) {
	level := max(n.Level, 2)
	switch {
	case n.Level == 1:
		b.warn(n.Pos(), "top-heading", "the title of the page is the only one; write ##", "a heading with one #")
	case level > b.lastLevel+1 && b.lastLevel > 0, level > 2 && b.lastLevel == 0:
		above := max(b.lastLevel, 1)
		b.warn(n.Pos(), "skipped-heading", "write "+strings.Repeat("#", above+1),
			"a heading with %s leaves a level out", strings.Repeat("#", n.Level))
	}
	b.lastLevel = level
	b.doc.Headings = append(b.doc.Headings, Heading{Level: level, Pos: b.at(n.Pos())})
	b.put("<h" + strconv.Itoa(level) + ` id="`)
	b.hole(Anchor, len(b.doc.Headings)-1)
	b.put(`">`)
	b.capture()
}

func (b *builder) headingEnd(n *ast.Heading) {
	h := &b.doc.Headings[len(b.doc.Headings)-1]
	text := b.captured()
	h.ID = b.anchors.next(text)
	h.Text = strings.TrimSpace(text)
	if h.Text == "" {
		b.warn(n.Pos(), "empty-heading", "", "a heading without text")
	}
	b.put("</h" + strconv.Itoa(h.Level) + ">")
}

func (b *builder) list(n *ast.List) {
	switch {
	case !n.IsOrdered() && isTask(n.FirstChild()):
		b.put(`<ul class="tasks">`)
	case !n.IsOrdered():
		b.put("<ul>")
	case n.Start != 1:
		b.put(`<ol start="` + strconv.Itoa(n.Start) + `">`)
	default:
		b.put("<ol>")
	}
}

func (b *builder) listItem(n *ast.ListItem) {
	if isTask(n) {
		b.put(`<li class="task">`)
	} else {
		b.put("<li>")
	}
}

// isTask reports whether a list item begins with a box to tick.
func isTask(item ast.Node) bool {
	if item == nil || item.FirstChild() == nil {
		return false
	}
	_, ok := item.FirstChild().FirstChild().(*extast.TaskCheckBox)
	return ok
}

func (b *builder) task(n *extast.TaskCheckBox) {
	if n.IsChecked {
		b.put(`<input type="checkbox" checked disabled aria-label="`)
		b.word(WordDone)
	} else {
		b.put(`<input type="checkbox" disabled aria-label="`)
		b.word(WordToDo)
	}
	b.put(`"> `)
}

func (b *builder) quote(n *ast.Blockquote) {
	if kind, ok := calloutOf(n); ok {
		b.callout(kind)
	} else {
		b.put("<blockquote>")
	}
}

// calloutOf tells whether a quote is a call-out, and of which kind.
func calloutOf(n *ast.Blockquote) (int, bool) {
	if n.Attributes() == nil {
		return 0, false
	}
	kind, ok := n.AttributeString(alertAttribute)
	if !ok {
		return 0, false
	}
	return kind.(int), true
}

func (b *builder) callout(kind int) {
	b.put(`<div class="callout callout-` + calloutNames[kind] + `" role="note"><p class="callout-title">`)
	b.word(WordNote + Word(kind))
	b.put("</p>")
}

func (b *builder) block(n *blockNode) {
	if n.block != nil {
		b.doc.Blocks = append(b.doc.Blocks, *n.block)
		b.hole(BlockHole, len(b.doc.Blocks)-1)
	}
}

func (b *builder) fencedCode(n *ast.FencedCodeBlock) {
	b.put("<pre><code")
	if language := n.Language(b.src); len(language) > 0 {
		b.put(` class="language-`)
		b.html = appendAttr(b.html, string(appendUnescaped(nil, language)))
		b.put(`"`)
	}
	b.put(">")
	b.code(n.Lines())
	b.put("</code></pre>")
}

func (b *builder) code(lines *text.Segments) {
	for i := range lines.Len() {
		line := lines.At(i)
		b.html = appendHTML(b.html, line.Value(b.src))
	}
}

func (b *builder) codeSpan(n *ast.CodeSpan) {
	b.put("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		segment := c.(*ast.Text).Segment
		value := segment.Value(b.src)
		if b.cell && bytes.Contains(value, []byte(`\|`)) {
			value = bytes.ReplaceAll(value, []byte(`\|`), []byte{'|'})
		}
		if len(value) > 0 && value[len(value)-1] == '\n' {
			b.literal(value[:len(value)-1])
			b.literal([]byte{' '})
		} else {
			b.literal(value)
		}
	}
	b.put("</code>")
}

// literal writes text that means what it says.
func (b *builder) literal(text []byte) {
	b.html = appendHTML(b.html, text)
	if b.capturing > 0 {
		b.plain = append(b.plain, text...)
	}
}

// text writes a run of text nodes that follow each other in the source and
// returns the last: goldmark leaves a word like a_b@example.org in pieces.
func (b *builder) text(n *ast.Text) *ast.Text {
	segment := n.Segment
	for !n.SoftLineBreak() && !n.HardLineBreak() {
		next, ok := n.NextSibling().(*ast.Text)
		if !ok || next.Segment.Start != segment.Stop || next.Segment.Padding != 0 || next.IsRaw() != n.IsRaw() {
			break
		}
		segment.Stop = next.Segment.Stop
		n = next
	}
	value := segment.Value(b.src)
	if !b.linked {
		for bytes.IndexByte(value, '@') >= 0 {
			start, end, ok := email(value)
			if !ok {
				break
			}
			b.prose(value[:start])
			b.address(string(value[start:end]), segment.Stop-len(value)+start, true)
			value = value[end:]
		}
	}
	b.prose(value)
	switch {
	case n.HardLineBreak():
		b.put("<br>\n")
		b.lineBreak()
	case n.SoftLineBreak():
		b.put("\n")
		b.lineBreak()
	}
	return n
}

func (b *builder) lineBreak() {
	if b.capturing > 0 {
		b.plain = append(b.plain, ' ')
	}
}

// prose writes text with escapes and references.
func (b *builder) prose(text []byte) {
	if bytes.IndexByte(text, '\\') < 0 && bytes.IndexByte(text, '&') < 0 {
		b.literal(text)
		return
	}
	b.literal(appendUnescaped(nil, text))
}

func (b *builder) htmlBlock(n *ast.HTMLBlock) {
	lines := n.Lines()
	var raw []byte
	var from []int // where in raw each line begins
	for i := range lines.Len() {
		line := lines.At(i)
		from = append(from, len(raw))
		raw = append(raw, b.src[line.Start:line.Stop]...)
	}
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(b.src)...)
	} else if n.HTMLBlockType == ast.HTMLBlockType2 && !bytes.Contains(raw, []byte("-->")) {
		b.warn(n.Pos(), "raw-html", "end it with -->", "a comment that is never closed hides the rest of the text")
	}
	text := htmlText(raw, func(at int, tag htmlTag) { b.rawHTML(b.inLines(lines, from, at), tag) })
	if text == "" {
		return
	}
	b.put("<p>")
	b.literal([]byte(text))
	b.put("</p>")
}

// inLines returns where in the body the byte at stands of the text that was
// put together of lines, the i-th of which begins at from[i].
func (b *builder) inLines(lines *text.Segments, from []int, at int) int {
	i := sort.SearchInts(from, at+1) - 1
	return lines.At(i).Start + at - from[i]
}

func (b *builder) inlineHTML(n *ast.RawHTML) {
	if tag := b.droppedTag(n); tag.name == "br" {
		b.literal([]byte{' '})
	}
}

// droppedTag reports a tag within a line, unless it is a comment.
func (b *builder) droppedTag(n *ast.RawHTML) htmlTag {
	tag, _ := readTag(n.Segments.Value(b.src))
	if first := n.Segments.At(0); !tag.comment {
		b.rawHTML(first.Start, tag)
	}
	return tag
}

func (b *builder) tableRow(n *extast.TableRow) {
	if _, ok := n.PreviousSibling().(*extast.TableHeader); ok {
		b.put("<tbody>")
	}
	b.put("<tr>")
}

// Alignment is a class, as the contents of a style attribute are blocked by
// the site's Content-Security-Policy and HTML has no align attribute.
var alignments = [...]string{
	extast.AlignNone: "", extast.AlignLeft: ` class="align-left"`,
	extast.AlignCenter: ` class="align-center"`, extast.AlignRight: ` class="align-right"`,
}

func (b *builder) tableCell(n *extast.TableCell) {
	b.cell = true
	if isHeaderCell(n) {
		b.put(`<th scope="col"` + alignments[n.Alignment] + ">")
	} else {
		b.put("<td" + alignments[n.Alignment] + ">")
	}
}

func (b *builder) tableCellEnd(n *extast.TableCell) {
	b.cell = false
	if isHeaderCell(n) {
		b.put("</th>")
	} else {
		b.put("</td>")
	}
}

// isHeaderCell reports whether the cell names its column. An empty one, above
// the names of rows, does not.
func isHeaderCell(n *extast.TableCell) bool {
	_, ok := n.Parent().(*extast.TableHeader)
	return ok && n.HasChildren()
}

// A colon keeps the IDs of footnotes apart from the anchors of headings, which
// never hold one.
func (b *builder) footnoteMark(n *extast.FootnoteLink) {
	number := strconv.Itoa(n.Index)
	b.put(`<sup id="` + footnoteMarkID(n.Index, n.RefIndex) + `"><a href="#fn:` + number +
		`" class="footnote-ref" role="doc-noteref">` + number + "</a></sup>")
}

func (b *builder) footnoteBack(n *extast.FootnoteBacklink) {
	b.put(` <a href="#` + footnoteMarkID(n.Index, n.RefIndex) + `" class="footnote-back" role="doc-backlink" aria-label="`)
	b.word(WordBackToText)
	number, shown := strconv.Itoa(n.Index), ""
	if n.RefIndex > 0 {
		shown = " " + strconv.Itoa(n.RefIndex+1)
		number += "-" + shown[1:]
	}
	b.put(" " + number + `">↩` + "\uFE0E" + shown + "</a>")
}

func footnoteMarkID(index, ref int) string {
	if ref == 0 {
		return "fnref:" + strconv.Itoa(index)
	}
	return "fnref:" + strconv.Itoa(index) + "-" + strconv.Itoa(ref+1)
}
