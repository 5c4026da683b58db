package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// appendUnescaped appends Markdown text as a reader sees it: backslash escapes
// and character references resolved.
// See https://spec.commonmark.org/0.31.2/#backslash-escapes and
// https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references.
func appendUnescaped(dst, src []byte) []byte {
	for {
		i := bytes.IndexAny(src, `\&`)
		if i < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		n := 1
		if src[0] == '\\' && len(src) > 1 && util.IsPunct(src[1]) {
			dst, n = append(dst, src[1]), 2
		} else if ref, width := reference(src); width > 0 {
			dst, n = append(dst, ref...), width
		} else {
			dst = append(dst, src[0])
		}
		src = src[n:]
	}
}

// appendReferences is appendUnescaped without backslash escapes: the text of
// raw HTML.
func appendReferences(dst, src []byte) []byte {
	for {
		i := bytes.IndexByte(src, '&')
		if i < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		ref, width := reference(src)
		if width == 0 {
			ref, width = src[:1], 1
		}
		dst = append(dst, ref...)
		src = src[width:]
	}
}

// The longest name in HTML's list is CounterClockwiseContourIntegral.
const longestReference = 33

// reference resolves the character reference with which src begins and returns
// its width, 0 if it begins with none.
func reference(src []byte) (text []byte, width int) {
	end := bytes.IndexByte(src[:min(len(src), longestReference+1)], ';')
	if end < 2 || src[0] != '&' {
		return nil, 0
	}
	name := src[1:end]
	if name[0] == '#' {
		r, ok := numericReference(name[1:])
		if !ok {
			return nil, 0
		}
		return utf8.AppendRune(nil, r), end + 1
	}
	entity, ok := util.LookUpHTML5EntityByName(string(name))
	if !ok {
		return nil, 0
	}
	return entity.Characters, end + 1
}

// numericReference reads 1 to 7 decimal or x with 1 to 6 hexadecimal digits.
func numericReference(digits []byte) (rune, bool) {
	base, most := 10, 7
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, most = digits[1:], 16, 6
	}
	if len(digits) == 0 || len(digits) > most {
		return 0, false
	}
	n := 0
	for _, c := range digits {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case base == 16 && c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case base == 16 && c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		n = n*base + int(c)
	}
	if n == 0 || !utf8.ValidRune(rune(n)) {
		return utf8.RuneError, true
	}
	return rune(n), true
}

// appendHTML appends plain text as HTML text.
func appendHTML[T string | []byte](dst []byte, text T) []byte {
	from := 0
	for i := 0; i < len(text); i++ {
		esc := ""
		switch text[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		default:
			continue
		}
		dst = append(append(dst, text[from:i]...), esc...)
		from = i + 1
	}
	return append(dst, text[from:]...)
}

// appendAttr appends plain text as the value of an attribute in double quotes.
func appendAttr(dst []byte, text string) []byte {
	from := 0
	for i := 0; i < len(text); i++ {
		esc := ""
		switch text[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '"':
			esc = "&quot;"
		default:
			continue
		}
		dst = append(append(dst, text[from:i]...), esc...)
		from = i + 1
	}
	return append(dst, text[from:]...)
}

// appendURL appends an address as the value of an attribute in double quotes.
// What may not stand in an address is percent-encoded; what is encoded already
// stays as it is.
func appendURL(dst []byte, url string) []byte {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(url); i++ {
		c := url[i]
		switch {
		case c == '&':
			dst = append(dst, "&amp;"...)
		case c == '%' && !isEncoded(url[i:]):
			dst = append(dst, "%25"...)
		case c <= ' ' || c >= 0x7f || bytes.IndexByte(notInURL, c) >= 0:
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// notInURL are the printable ASCII characters that no address holds (RFC 3986).
var notInURL = []byte("\"<>\\^`{|}[]")

func isEncoded(s string) bool {
	return len(s) >= 3 && util.IsHexDecimal(s[1]) && util.IsHexDecimal(s[2])
}
