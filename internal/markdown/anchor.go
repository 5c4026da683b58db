package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// anchors makes the IDs of a page's headings, each once.
// The rule is GitHub's as the npm package github-slugger has it: lower case,
// only letters, marks, digits, connectors, blanks and hyphens stay, blanks
// become hyphens, and a second "notes" is "notes-1".
// See https://github.com/Flet/github-slugger.
type anchors struct {
	taken map[string]int // the last number given after each
}

func newAnchors() anchors { return anchors{map[string]int{}} }

// reset forgets all anchors but those that the page has by itself.
func (a anchors) reset(reserved []string) {
	clear(a.taken)
	for _, id := range reserved {
		a.taken[id] = 0
	}
}

// noLetters is the anchor of a heading of which nothing is left; GitHub gives
// it an empty one, which HTML forbids.
const noLetters = "section"

func (a anchors) next(heading string) string {
	base := slug(heading)
	if base == "" {
		base = noLetters
	}
	id := base
	for n, ok := a.taken[id]; ok; _, ok = a.taken[id] {
		n++
		a.taken[base] = n
		id = base + "-" + strconv.Itoa(n)
	}
	a.taken[id] = 0
	return id
}

// slug makes the anchor of a heading that stands alone.
func slug(heading string) string {
	var b strings.Builder
	b.Grow(len(heading))
	for _, r := range lower(heading) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case inAnchor(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func inAnchor(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '-' || r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic)
}

// lower is JavaScript's toLowerCase: Unicode's full mapping, with the sigma at
// the end of a word. The standard library maps letter by letter, which differs
// for these two letters only.
func lower(s string) string {
	if strings.ContainsAny(s, "Σİ") {
		return cases.Lower(language.Und).String(s)
	}
	return strings.ToLower(s)
}
