package ledger

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Address is an address of the hub, counted from its root: "/databases/sora/"
// or, with an anchor, "/awards/bluestem/2027/#wish". It is percent-encoded in
// one way only, so two addresses are the same when they are equal with ==.
// The zero Address is "no address".
type Address struct{ text string }

// NewAddress makes the address of a path and an anchor as people write them,
// not percent-encoded. An empty anchor means the page or file itself.
// The error says in plain words why the path cannot be an address.
func NewAddress(path, anchor string) (Address, error) {
	if err := checkPath(path); err != nil {
		return Address{}, err
	}
	if err := checkText(anchor); err != nil {
		return Address{}, err
	}
	var b strings.Builder
	b.Grow(len(path) + len("#") + len(anchor))
	writeEncoded(&b, path, "/")
	if anchor != "" {
		b.WriteByte('#')
		writeEncoded(&b, anchor, "/?")
	}
	return Address{b.String()}, nil
}

// ParseAddress reads an address that is percent-encoded, as the ledger and
// retired.yaml hold it. Letters that should be encoded and are not, and the
// reverse, are put right silently; the error says in plain words what cannot be.
func ParseAddress(text string) (Address, error) {
	if text == "" {
		return Address{}, fmt.Errorf("an address is missing")
	}
	if strings.Contains(text, "://") && !strings.HasPrefix(text, "/") {
		return Address{}, fmt.Errorf("address %q has a host (addresses here begin with / and count from the hub's root)", text)
	}
	if !strings.HasPrefix(text, "/") {
		return Address{}, fmt.Errorf("address %q does not begin with a slash (write %q)", text, "/"+text)
	}
	path, anchor, _ := strings.Cut(text, "#")
	if strings.Contains(path, "?") {
		return Address{}, fmt.Errorf("address %q has a question mark (an address that lasts has no query)", text)
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		plain, err := decode(part)
		if err != nil {
			return Address{}, fmt.Errorf("address %q: %w", text, err)
		}
		if strings.Contains(plain, "/") {
			return Address{}, fmt.Errorf("address %q: %%2F is a slash inside a name, which no file can have", text)
		}
		parts[i] = plain
	}
	plain, err := decode(anchor)
	if err != nil {
		return Address{}, fmt.Errorf("address %q: %w", text, err)
	}
	return NewAddress(strings.Join(parts, "/"), plain)
}

// String returns the address percent-encoded, "" for no address.
func (a Address) String() string { return a.text }

// IsZero reports whether a is no address.
func (a Address) IsZero() bool { return a.text == "" }

// Compare orders addresses as the ledger lists them, byte by byte.
func (a Address) Compare(b Address) int { return strings.Compare(a.text, b.text) }

// Page returns the address without its anchor.
func (a Address) Page() Address {
	page, _, _ := strings.Cut(a.text, "#")
	return Address{page}
}

// Path returns the path as people write it, not percent-encoded.
func (a Address) Path() string {
	plain, _ := decode(a.Page().text) // cannot fail: the text was made by NewAddress
	return plain
}

// Anchor returns the anchor as people write it, "" if there is none.
func (a Address) Anchor() string {
	_, anchor, _ := strings.Cut(a.text, "#")
	plain, _ := decode(anchor)
	return plain
}

func checkPath(path string) error {
	if !strings.HasPrefix(path, "/") {
		return fmt.Errorf("address %q does not begin with a slash", path)
	}
	if err := checkText(path); err != nil {
		return err
	}
	if strings.Contains(path, "//") {
		return fmt.Errorf("address %q has two slashes in a row", path)
	}
	for part := range strings.SplitSeq(path, "/") {
		if part == "." || part == ".." {
			return fmt.Errorf("address %q has %q as a part", path, part)
		}
	}
	return nil
}

func checkText(text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("address %q is not UTF-8", text)
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		return fmt.Errorf("address %q has an invisible character in it", text)
	}
	return nil
}

// writeEncoded writes text with everything percent-encoded that RFC 3986 section
// 3.3 does not let stand in a segment of a path, but for the bytes of also.
func writeEncoded(b *strings.Builder, text, also string) {
	const digits = "0123456789ABCDEF"
	for i := range len(text) {
		c := text[i]
		if isSegment(c) || strings.IndexByte(also, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
}

func isSegment(c byte) bool {
	switch c {
	case '-', '.', '_', '~', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', ':', '@':
		return true
	}
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func decode(text string) (string, error) {
	if strings.IndexByte(text, '%') < 0 {
		return text, nil
	}
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			b = append(b, text[i])
			continue
		}
		if i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2]) {
			return "", fmt.Errorf("a %% is not followed by two digits (a percent sign itself is written %%25)")
		}
		b = append(b, hexValue(text[i+1])<<4|hexValue(text[i+2]))
		i += 2
	}
	if !utf8.Valid(b) {
		return "", fmt.Errorf("what the %% signs stand for is not UTF-8")
	}
	return string(b), nil
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
