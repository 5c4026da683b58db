package markdown

import (
	"bytes"
	"slices"
	"strings"
)

// Raw HTML never comes out: its tags are dropped with a warning, comments
// vanish silently, and the text between tags stays.

// htmlTag is a piece of raw HTML.
type htmlTag struct {
	name    string // lower case; "" for a declaration and the like
	closing bool
	comment bool
}

// readTag reads the tag with which s begins and returns its width, 0 if s
// begins with none.
func readTag(s []byte) (tag htmlTag, width int) {
	switch {
	case len(s) < 2 || s[0] != '<':
		return tag, 0
	case bytes.HasPrefix(s, []byte("<!--")):
		tag.comment = true
		if n := bytes.Index(s[2:], []byte("-->")); n >= 0 {
			return tag, 2 + n + len("-->")
		}
		return tag, len(s)
	case s[1] == '!' || s[1] == '?':
		if n := bytes.IndexByte(s, '>'); n >= 0 {
			return tag, n + 1
		}
		return tag, len(s)
	}
	at := 1
	if s[1] == '/' {
		tag.closing = true
		at++
	}
	end := at
	for end < len(s) && isNameByte(s[end]) {
		end++
	}
	if end == at || !isLetter(s[at]) {
		return tag, 0
	}
	tag.name = strings.ToLower(string(s[at:end]))
	return tag, end + tagEnd(s[end:])
}

// tagEnd returns where the rest of a tag ends, quotation marks respected.
func tagEnd(s []byte) int {
	mark := byte(0)
	for i, c := range s {
		switch {
		case mark != 0:
			if c == mark {
				mark = 0
			}
		case c == '"' || c == '\'':
			mark = c
		case c == '>':
			return i + 1
		}
	}
	return len(s)
}

// unseen are the elements whose content is not text.
var unseen = []string{"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}

// phrasing are the elements that stand within a word or line: no blank takes
// the place of their tags.
var phrasing = []string{"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
	"kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr"}

// htmlText returns the text of raw HTML in one line, and calls found for every
// tag that is no comment, with where it begins.
func htmlText(s []byte, found func(at int, tag htmlTag)) string {
	text := make([]byte, 0, len(s))
	for at := 0; at < len(s); {
		n := bytes.IndexByte(s[at:], '<')
		if n < 0 {
			n = len(s) - at
		}
		text = appendReferences(text, s[at:at+n])
		at += n
		tag, width := readTag(s[at:])
		if width == 0 {
			width = min(1, len(s)-at)
			text = append(text, s[at:at+width]...)
			at += width
			continue
		}
		if !tag.comment {
			found(at, tag)
		}
		at += width
		if slices.Contains(phrasing, tag.name) {
			continue
		}
		text = append(text, ' ')
		if !tag.closing && slices.Contains(unseen, tag.name) {
			at += contentLength(s[at:], tag.name)
		}
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// contentLength returns how far the closing tag of the element is, or the end
// of s.
func contentLength(s []byte, name string) int {
	for at := 0; ; at++ {
		n := bytes.Index(s[at:], []byte("</"))
		if n < 0 {
			return len(s)
		}
		at += n
		if end := at + 2 + len(name); end <= len(s) && strings.EqualFold(string(s[at+2:end]), name) {
			return at
		}
	}
}

// rawHTML reports a tag, once for an opening and its closing one.
func (b *builder) rawHTML(offset int, tag htmlTag) {
	if tag.closing && b.openTags[tag.name] > 0 {
		b.openTags[tag.name]--
		return
	}
	if !tag.closing && tag.name != "" {
		if b.openTags == nil {
			b.openTags = map[string]int{}
		}
		b.openTags[tag.name]++
	}
	shown := "<" + tag.name + ">"
	switch {
	case tag.name == "":
		shown = "<!…>"
	case tag.closing:
		shown = "</" + tag.name + ">"
	}
	b.warn(offset, "raw-html", htmlHint(tag.name), "raw HTML does not show: %s", shown)
}

// htmlHint tells what to write instead of a tag.
func htmlHint(name string) string {
	switch name {
	case "br":
		return "end the line with a backslash for a line break"
	case "b", "strong":
		return "write **bold**"
	case "i", "em":
		return "write *italic*"
	case "s", "del", "strike":
		return "write ~~struck~~"
	case "a":
		return "write [text](address)"
	case "img":
		return "write ![what it shows](file)"
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return "write ## and the heading"
	case "table", "tr", "td", "th", "thead", "tbody":
		return "write the table with | between its cells"
	case "ul", "ol", "li":
		return "begin each line with - or 1."
	case "code", "pre", "tt":
		return "write it between backticks"
	case "hr":
		return "write --- on a line of its own"
	}
	return "write it in Markdown, or write \\< where < is meant"
}
