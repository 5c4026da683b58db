package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns what search compares: lower case, decomposed (NFD), without
// marks. The script in the browser does the same with
// s.toLowerCase().normalize("NFD").replace(/\p{M}/gu, ""), so that a word typed
// there meets the word written here.
func Fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if !unicode.IsMark(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Slug returns the text as a part of an address: lower case without accents,
// words joined by hyphens, never cut short. Apostrophes and & fall out, so that
// "Wolf's" is "wolfs"; every other sign parts words. Letters of other scripts
// than the Latin stay as they are, marks included. A text without a letter or
// a digit has the slug "".
func Slug(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	latin, gap := false, false
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.IsLetter(r) && !isApostrophe(r) || unicode.IsNumber(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			latin, gap = unicode.Is(unicode.Latin, r), false
		case unicode.IsMark(r):
			if !latin && !gap && b.Len() > 0 {
				b.WriteRune(r)
			}
		case r == '&' || isApostrophe(r) || unicode.Is(unicode.Cf, r):
		default:
			gap = true
		}
	}
	return norm.NFC.String(b.String())
}

// isApostrophe tells the signs that people type for an apostrophe, the
// Hawaiian okina among them.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʻ', 'ʼ', 'ʽ', '＇':
		return true
	}
	return false
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToTitle(r)) + s[size:]
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}
