package layout

import (
	"bytes"
	"strings"
	"text/template/parse"
)

// Layouts are minified by their white space, on the parsed template: the HTML
// minifier of tdewolff does not know actions, and an action can stand anywhere.
// Runs of white space become one blank, and none beside the tag of a block
// element, where browsers drop it too. What stands in pre, textarea, script and
// style and in attribute values is left alone.

// place is where in the HTML a piece of a layout begins or ends.
type place struct {
	kind placeKind
	edge bool   // in text: the tag of a block element was the last thing
	tag  string // in a tag: its name, with a slash before that of an end tag
	end  string // in a value, a comment or raw text: what ends it
}

type placeKind uint8

const (
	inText placeKind = iota
	inTag
	inValue   // of an attribute, in quotes
	inComment // <!-- … -->
	inRaw     // in an element whose white space counts
)

// minifySpace minifies all templates of a set in place. One that opens a tag
// for another to close, or that is used elsewhere than in text, is left alone.
func minifySpace(trees map[string]*parse.Tree) {
	leave := map[string]bool{}
	for name, tree := range trees {
		w := walker{called: func(other string, at place) {
			if at.kind != inText {
				leave[other] = true
			}
		}}
		if w.list(tree.Root, place{}).kind != inText {
			leave[name] = true
		}
	}
	for name, tree := range trees {
		if !leave[name] {
			walker{minify: true}.list(tree.Root, place{})
		}
	}
}

// walker goes through a template in the order of its text.
type walker struct {
	minify bool                            // replace texts by smaller ones
	called func(template string, at place) // may be nil
}

// list walks through nodes that follow each other and returns the place after
// them.
func (w walker) list(list *parse.ListNode, p place) place {
	if list == nil {
		return p
	}
	for _, node := range list.Nodes {
		p = w.node(node, p)
	}
	return p
}

func (w walker) node(node parse.Node, p place) place {
	switch node := node.(type) {
	case *parse.TextNode:
		s := squeezer{place: p, rest: node.Text}
		s.run()
		if w.minify {
			node.Text = s.out
		}
		return s.place
	case *parse.IfNode:
		return w.branch(&node.BranchNode, p, p)
	case *parse.WithNode:
		return w.branch(&node.BranchNode, p, p)
	case *parse.RangeNode:
		again := p
		again.edge = false // its end may come before its start
		return w.branch(&node.BranchNode, again, p)
	case *parse.TemplateNode:
		if w.called != nil {
			w.called(node.Name, p)
		}
		p.edge = false
	case *parse.ActionNode:
		p.edge = p.edge && len(node.Pipe.Decl) > 0 // setting a variable shows nothing
	}
	return p
}

// branch walks both ways through a node. html/template sees to it that they
// end in the same kind of place.
func (w walker) branch(b *parse.BranchNode, start, skip place) place {
	after, otherwise := w.list(b.List, start), w.list(b.ElseList, skip)
	after.edge = after.edge && otherwise.edge
	return after
}

// squeezer minifies one text between actions.
type squeezer struct {
	place
	rest []byte // what is still to be read
	out  []byte
}

func (s *squeezer) run() {
	for len(s.rest) > 0 {
		switch s.kind {
		case inText:
			s.text()
		case inTag:
			s.insideTag()
		default:
			s.untilEnd()
		}
	}
}

// take moves n bytes to the output.
func (s *squeezer) take(n int) {
	s.out = append(s.out, s.rest[:n]...)
	s.rest = s.rest[n:]
}

func (s *squeezer) text() {
	switch n := leadingSpace(s.rest); {
	case n > 0:
		s.rest = s.rest[n:]
		if !s.edge && !beginsBlock(s.rest) {
			s.out = append(s.out, ' ')
			s.edge = true // a second run after a comment is one too many
		}
	case bytes.HasPrefix(s.rest, []byte("<!--")):
		s.comment()
	case tagName(s.rest) != "":
		s.place = place{kind: inTag, tag: tagName(s.rest)}
		s.take(1 + len(s.tag))
	default:
		n := bytes.IndexAny(s.rest[1:], "< \t\r\n\f")
		if n < 0 {
			n = len(s.rest) - 1
		}
		s.take(n + 1)
		s.edge = false
	}
}

// comment drops a comment. html/template would do so too, but leave the blanks
// on both sides. One with an action inside is left to it.
func (s *squeezer) comment() {
	end := bytes.Index(s.rest, []byte("-->"))
	if end < 0 {
		s.place = place{kind: inComment, end: "-->", edge: s.edge}
		return
	}
	s.rest = s.rest[end+3:]
}

func (s *squeezer) insideTag() {
	switch c := s.rest[0]; {
	case c == '>':
		s.take(1)
		s.place = afterTag(s.tag)
	case c == '"', c == '\'':
		s.take(1)
		s.place = place{kind: inValue, tag: s.tag, end: string(c)}
	case leadingSpace(s.rest) > 0:
		s.rest = s.rest[leadingSpace(s.rest):]
		if len(s.rest) == 0 || s.rest[0] != '>' {
			s.out = append(s.out, ' ')
		}
	default:
		s.take(1)
	}
}

// untilEnd copies up to what ends the place, that included.
func (s *squeezer) untilEnd() {
	i := indexFold(s.rest, s.end)
	if i < 0 {
		s.take(len(s.rest))
		return
	}
	switch s.kind {
	case inValue:
		s.take(i + len(s.end))
		s.place = place{kind: inTag, tag: s.tag}
	case inComment:
		s.take(i + len(s.end))
		s.place = place{}
	default: // the end tag is read as a tag
		s.take(i)
		s.place = place{}
	}
}

// afterTag returns the place after a tag.
func afterTag(tag string) place {
	switch tag {
	case "pre", "textarea", "script", "style":
		return place{kind: inRaw, end: "</" + tag}
	}
	return place{edge: isBlock(strings.TrimPrefix(tag, "/"))}
}

// tagName returns the name of the tag that s begins with, in lower case and
// with the slash of an end tag, or "" if s begins with something else.
func tagName(s []byte) string {
	if len(s) < 2 || s[0] != '<' {
		return ""
	}
	n := 1
	if s[n] == '/' || s[n] == '!' {
		n++
	}
	start := n
	for n < len(s) && isNameByte(s[n]) {
		n++
	}
	if n == start {
		return ""
	}
	return strings.ToLower(string(s[1:n]))
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-'
}

func beginsBlock(s []byte) bool {
	name := tagName(s)
	return name != "" && isBlock(strings.TrimPrefix(name, "/"))
}

func leadingSpace(s []byte) int {
	return len(s) - len(bytes.TrimLeft(s, " \t\r\n\f"))
}

// indexFold is bytes.Index for an ASCII text in any letter case.
func indexFold(s []byte, text string) int {
	for i := 0; i+len(text) <= len(s); i++ {
		if strings.EqualFold(string(s[i:i+len(text)]), text) {
			return i
		}
	}
	return -1
}

// isBlock reports whether browsers drop white space beside the tags of an
// element: block elements, what never shows, and the shapes of SVG.
func isBlock(name string) bool {
	switch name {
	case "!doctype", "html", "head", "body", "title", "base", "link", "meta", "script", "style", "template", "noscript",
		"header", "footer", "main", "nav", "section", "article", "aside", "search", "hgroup", "div", "p", "hr",
		"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "menu", "figure", "figcaption",
		"blockquote", "pre", "address", "details", "summary", "dialog", "br",
		"form", "fieldset", "legend", "option", "optgroup", "datalist",
		"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
		"defs", "symbol", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use":
		return true
	}
	return false
}
