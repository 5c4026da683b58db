package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// bareLink makes links of addresses that stand in the text without brackets:
// what begins with http://, https:// or www. as on GitHub. It wakes at the
// first ":" or "." of an address and looks back, as GitHub's own parser does;
// goldmark's wakes at every blank, which costs a sixth of the parsing.
// See https://github.github.com/gfm/#autolinks-extension-.
type bareLink struct{ wakes []byte }

var _ parser.InlineParser = bareLink{}

func (l bareLink) Trigger() []byte { return l.wakes }

func (bareLink) Parse(parent ast.Node, reader text.Reader, pc parser.Context) ast.Node {
	line, segment := reader.PeekLine()
	last, ok := parent.LastChild().(*ast.Text)
	if !ok || last.Segment.Stop != segment.Start || last.SoftLineBreak() || pc.IsInLinkLabel() {
		return nil
	}
	source := reader.Source()
	before := source[last.Segment.Start:last.Segment.Stop]
	head, hostAt := headOfLink(before, line)
	if head == 0 {
		return nil
	}
	host := hostLength(line[hostAt:])
	if host == 0 {
		return nil
	}
	end := hostAt + host
	for end < len(line) && !util.IsSpace(line[end]) && line[end] != '<' {
		end++
	}
	start := segment.Start - head
	whole := source[start : segment.Start+end]
	end = trimLink(whole) - head
	if end <= hostAt {
		return nil
	}

	last.Segment.Stop = start
	reader.Advance(end)
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, start+head+end)))
	if line[0] == '.' {
		link.Protocol = []byte("http")
	}
	link.SetPos(start)
	return link
}

// headOfLink returns how many bytes before the line belong to a link that goes
// on in it, and where in the line the host begins (after the "www" for an
// address without a scheme). head is 0 if no link stands here.
func headOfLink(before, line []byte) (head, hostAt int) {
	if line[0] == '.' {
		if !bytes.HasSuffix(before, []byte("www")) || len(line) < 2 {
			return 0, 0
		}
		if rest := before[:len(before)-3]; len(rest) > 0 && !mayPrecede(rest) {
			return 0, 0
		}
		return 3, 1
	}
	if !bytes.HasPrefix(line, []byte("://")) {
		return 0, 0
	}
	letters := 0
	for letters < len(before) && isLetter(before[len(before)-1-letters]) {
		letters++
	}
	switch word := before[len(before)-letters:]; {
	case bytes.EqualFold(word, []byte("http")), bytes.EqualFold(word, []byte("https")):
		return letters, 3
	}
	return 0, 0
}

// mayPrecede reports whether a www. may follow the text.
func mayPrecede(before []byte) bool {
	r, _ := utf8.DecodeLastRune(before)
	return unicode.IsSpace(r) || bytes.ContainsRune([]byte(`*_~("'`), r)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// hostLength returns the length of the host name at the head of the text, 0
// if there is none. The last two of its labels hold no underscore.
func hostLength(s []byte) int {
	const longest = 253 // of the DNS, RFC 1035
	s = s[:min(len(s), longest+1)]
	end, underscores, before := 0, 0, 0
	for end < len(s) {
		r, width := utf8.DecodeRune(s[end:])
		switch {
		case r == '_':
			underscores++
		case r == '.':
			before, underscores = underscores, 0
		case r != '-' && (unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r)):
			width = 0
		}
		if width == 0 {
			break
		}
		end += width
	}
	if underscores > 0 || before > 0 || end > 0 && s[0] == '.' {
		return 0
	}
	return end
}

// trimLink returns the length of a link without the punctuation that belongs
// to the sentence around it.
func trimLink(s []byte) int {
	end := len(s)
	excess := bytes.Count(s, []byte{')'}) - bytes.Count(s, []byte{'('})
	for end > 0 {
		switch s[end-1] {
		case '?', '!', '.', ',', ':', '*', '_', '~', '\'', '"':
			end--
		case ')':
			if excess <= 0 {
				return end
			}
			excess--
			end--
		case ';':
			start := end - 2
			for start > 0 && isLetter(s[start]) {
				start--
			}
			if start < 0 || start == end-2 || s[start] != '&' {
				return end
			}
			end = start
		default:
			return end
		}
	}
	return end
}

// email finds the first e-mail address in the text, as GitHub does, and
// reports false if there is none. A "mailto:" before it is part of it.
func email(s []byte) (start, end int, ok bool) {
	for from := 0; from < len(s); {
		at := bytes.IndexByte(s[from:], '@')
		if at < 0 {
			return 0, 0, false
		}
		at += from
		if start, end, ok = emailAround(s, from, at); ok {
			return start, end, true
		}
		from = at + 1
	}
	return 0, 0, false
}

func emailAround(s []byte, from, at int) (start, end int, ok bool) {
	start = at
	for start > from && (util.IsAlphaNumeric(s[start-1]) || bytes.IndexByte([]byte(".+-_"), s[start-1]) >= 0) {
		start--
	}
	if start == at || start > 0 && (s[start-1] == '/' || s[start-1] == '\\') {
		return 0, 0, false
	}
	dots := 0
	for end = at + 1; end < len(s); end++ {
		c := s[end]
		switch {
		case util.IsAlphaNumeric(c), c == '-', c == '_':
			continue
		case c == '@':
			return 0, 0, false
		case c == '.' && end+1 < len(s) && util.IsAlphaNumeric(s[end+1]):
			dots++
			continue
		}
		break
	}
	if dots == 0 || !isLetter(s[end-1]) {
		return 0, 0, false
	}
	if bytes.HasSuffix(bytes.ToLower(s[from:start]), []byte("mailto:")) {
		start -= len("mailto:")
	}
	return start, end, true
}
