package markdown

import "strings"

// allowedSchemes are the schemes that a link may have. It is an allow-list: a
// list of what is dangerous forgets blob:, view-source: and the next one.
var allowedSchemes = []string{"https", "http", "mailto", "tel"}

// refused returns the scheme of an address that a link may not have, and
// whether there is one. An address without a scheme is relative and allowed.
// Blanks and control characters do not hide a scheme, as browsers drop them.
func refused(dest string) (scheme string, bad bool) {
	dest = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, dest)
	end := strings.IndexByte(dest, ':')
	if end <= 0 || !isScheme(dest[:end]) {
		return "", false
	}
	scheme = strings.ToLower(dest[:end])
	for _, s := range allowedSchemes {
		if scheme == s {
			return "", false
		}
	}
	return scheme, true
}

// isScheme follows RFC 3986, section 3.1.
func isScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || !('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return false
		}
	}
	return s != ""
}
