// Package frontmatter reads the fields that stand at the head of a content
// file, between two lines "---", and whole files of YAML such as site.yaml.
//
// [Split] cuts a file into front matter and body. A [Schema] decodes YAML into
// a Go struct, strictly: every field must be known, every value of the right
// form, and each keeps the place where it stands, so that whoever finds a
// value wrong later can still point at it. Scalars stay as they are written:
// 0140386645, 1984 and no are texts where a text is asked.
//
//	type guide struct {
//		Title    frontmatter.Prose  `yaml:"title"`
//		Audience []frontmatter.Text `yaml:"audience,split"`
//	}
//	schema := frontmatter.NewSchema[guide]()
//	parts, findings := frontmatter.Split("content/guides/card.md", text)
//	g, more := schema.Decode(parts.Front)
//
// All mistakes of a text are reported, not only the first, in a librarian's
// words. What YAML offers beyond plain fields and lists (anchors, aliases,
// tags, merge keys, several documents) is refused.
//
// It is not for JSON or TOML, and it knows no field of any record: those are
// in package content, its only caller. This is the one package of the program
// that uses reflection, and the one that calls the YAML library.
package frontmatter

import (
	"bufio"
	"errors"
	"io"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/adrg/frontmatter"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Source is a piece of YAML and where it stands.
type Source struct {
	File string // relative to the hub's root, with slashes; stands in positions
	Line int    // the line of File on which Text begins, from 1; zero means 1
	Text string
}

// Parts are the two halves of a file.
type Parts struct {
	Front    Source // between the two lines "---", without them
	Body     string // what follows; shares memory with the file's text
	BodyLine int    // the line on which Body begins, from 1
	Found    bool   // whether there is front matter at all
}

// fence is the line before and after front matter.
const fence = "---"

// Split cuts a Markdown file into front matter and body. The text may begin
// with a BOM and its lines may end with CRLF. Without front matter, or with
// one that is not closed, there is a finding and Found is false.
func Split(file, text string) (Parts, []diag.Finding) {
	if bad := CheckText(file, text); bad != nil {
		return Parts{}, bad
	}
	text = trimBOM(text)
	if !startsWithFence(text) {
		return Parts{Body: text, BodyLine: 1}, []diag.Finding{missing(file, text)}
	}
	start := lineEnd(text, strings.Index(text, fence))
	head := text[:headEnd(text, start)] // the library copies all that it is given
	var raw int
	capture := func(front []byte, _ any) error { raw = len(front); return nil }
	in := readers.Get().(*bufio.Reader)
	in.Reset(io.MultiReader(strings.NewReader(head[:start]), &joined{head[start:]}))
	rest, err := frontmatter.MustParse(in, nil, frontmatter.NewFormat(fence, fence, capture))
	readers.Put(in)
	if errors.Is(err, frontmatter.ErrNotFound) {
		return Parts{}, []diag.Finding{unclosed(file, text)}
	}
	// Only lengths are taken from the library: its buffers are its own.
	body := len(head) - len(rest)
	front := text[start : start+raw]
	return Parts{
		Front:    Source{File: file, Line: 1 + strings.Count(text[:start], "\n"), Text: front},
		Body:     text[body:],
		BodyLine: 1 + strings.Count(text[:body], "\n"),
		Found:    true,
	}, nil
}

// readers lends the buffers that the library reads through; on its own it makes
// one of 4 KB for each file, 41 MB for 10,000 (2026-11-26).
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// headEnd returns an offset after which front matter that begins at start cannot
// go on: the end of the next line that is a fence and not indented.
func headEnd(text string, start int) int {
	for at := start; at < len(text); {
		end := lineEnd(text, at)
		if strings.HasPrefix(text[at:], fence) && strings.TrimRight(text[at:end], " \t\r\n") == fence {
			return end
		}
		next := strings.Index(text[end-1:], "\n"+fence)
		if next < 0 {
			break
		}
		at = end + next
	}
	return len(text)
}

// joined reads a text with all lines put to the one before that do not begin with
// a hyphen: the library makes two copies of each line, and trims lines before it
// compares them, so that it would take an indented "---" for a fence, which is
// text inside a block scalar.
type joined struct{ rest string }

func (j *joined) Read(p []byte) (int, error) {
	if j.rest == "" {
		return 0, io.EOF
	}
	n := copy(p, j.rest)
	for i := range n {
		if p[i] == '\n' && !strings.HasPrefix(j.rest[i+1:], "-") {
			p[i] = ' '
		}
	}
	j.rest = j.rest[n:]
	return n, nil
}

// startsWithFence reports whether the first line that is not empty opens front
// matter.
func startsWithFence(text string) bool {
	text = strings.TrimLeft(text, "\r\n")
	return strings.HasPrefix(text, fence) && strings.TrimRight(text[:lineEnd(text, 0)], " \t\r\n") == fence
}

// lineEnd returns the offset after the line that holds offset at.
func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}

func trimBOM(text string) string { return strings.TrimPrefix(text, "\ufeff") }

// missing says why a file has no front matter.
func missing(file, text string) diag.Finding {
	pos := diag.Pos{File: file, Line: 1, Col: 1}
	first := strings.TrimSpace(text[:lineEnd(text, 0)])
	f := diag.Errorf(pos, "front-matter", "the file has no front matter").
		WithHint(`begin it with a line "---", then the fields such as "title: …", then another line "---"`)
	switch {
	case first == "+++" || first == ";;;" || first == "{" || first == "---toml" || first == "---json":
		f.Hint = `front matter is YAML here: the fields stand between two lines "---"`
	case isAlmostFence(first):
		f.Message = "the front matter does not begin as it should"
		f.Hint = `the first line must be "---": three hyphens and nothing else`
	}
	return f
}

// unclosed says that front matter does not end, and points at the line that
// was probably meant to end it.
func unclosed(file, text string) diag.Finding {
	first := strings.Index(text, fence)
	line := 1 + strings.Count(text[:first], "\n")
	pos := diag.Pos{File: file, Line: line, Col: 1}
	for candidate := range strings.Lines(text[lineEnd(text, first):]) {
		line++
		word := strings.TrimRight(candidate, " \t\r\n")
		if word == "..." || isAlmostFence(word) {
			pos.Line = line
			return diag.Errorf(pos, "front-matter", "the front matter is not closed: this line is %q", word).
				WithHint(`its last line must be "---": three hyphens and nothing else`)
		}
	}
	return diag.Errorf(pos, "front-matter", "the front matter is not closed").
		WithHint(`put a line "---" after its last field`)
}

// isAlmostFence reports whether a line looks like "---" written wrong: too few
// or too many hyphens, or dashes that a word processor made of them.
func isAlmostFence(line string) bool {
	if line == "" || line == fence || len(line) > 24 {
		return false
	}
	return strings.Trim(line, "-–—−") == "" && (len(line) > 1)
}

// conflict matches what git leaves in a text that it cannot merge.
var conflict = regexp.MustCompile(`(?ms)^<{7} .*?^={7}\r?$.*?^>{7} `)

// CheckText returns a finding if a text fails CheckEncoding or holds the lines
// of a merge that nobody finished.
func CheckText(file, text string) []diag.Finding {
	if bad := CheckEncoding(file, text); bad != nil || !strings.Contains(text, "<<<<<<< ") {
		return bad
	}
	found := conflict.FindStringIndex(text)
	if found == nil {
		return nil
	}
	return []diag.Finding{diag.Errorf(placeOf(file, text, found[0]), "merge-conflict", "git could not merge this place by itself and left marker lines").
		WithHint("keep what is right of both versions and delete the lines that begin with <<<<<<<, ======= or >>>>>>>")}
}

// CheckEncoding returns a finding if a text is not UTF-8 or holds a NUL.
func CheckEncoding(file, text string) []diag.Finding {
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return []diag.Finding{diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "encoding",
			"the file is saved as UTF-16, not as UTF-8").WithHint(`save it with the encoding "UTF-8"`)}
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return []diag.Finding{diag.Errorf(placeOf(file, text, i), "encoding",
			"the file holds a NUL character, which no text does").WithHint("delete the character, or save the file again as a text in UTF-8")}
	}
	if utf8.ValidString(text) {
		return nil
	}
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return []diag.Finding{diag.Errorf(placeOf(file, text, at), "encoding", "this character is not UTF-8").
		WithHint(`the file seems to be saved as Windows-1252 or Latin-1: save it with the encoding "UTF-8"`)}
}

// placeOf returns the place of a byte offset.
func placeOf(file, text string, at int) diag.Pos {
	line := strings.LastIndexByte(text[:at], '\n') + 1
	return diag.Pos{File: file, Line: 1 + strings.Count(text[:at], "\n"), Col: 1 + utf8.RuneCountInString(trimBOM(text[line:at]))}
}
