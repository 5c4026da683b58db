package ledger

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// example is shown where a line is not understood; the real one has tabs.
const example = `address, date, file and title with tabs between, as in "/databases/sora/	2026-11-23	databases/sora.md	Sora"`

// Parse reads the text of links.lock; file is the path that findings name.
// A BOM, CRLF, empty lines, lines out of order and lines that stand twice are
// fine: of two with one address the earlier date holds. A line that cannot be
// read is an error and not in the ledger that comes back, so a ledger with
// errors must not be written over the old one.
func Parse(file string, text []byte) (Ledger, []diag.Finding) {
	p := parser{file: file}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	for row := range bytes.Lines(text) {
		p.row++
		p.line(strings.TrimRight(string(row), "\r\n"))
	}
	l := Ledger{lines: p.lines, tail: p.comments}
	if len(l.lines) > 0 {
		l.head, l.lines[0].comments = unique(l.lines[0].comments), nil
	}
	l.lines = merge(l.lines)
	l.tail = unique(l.tail)
	return l, p.findings
}

type parser struct {
	file     string
	row      int
	lines    []line
	comments []string // read since the last entry
	conflict bool     // between the first and the last marker of a merge
	findings []diag.Finding
}

func (p *parser) line(text string) {
	switch {
	case strings.TrimSpace(text) == "":
	case strings.HasPrefix(text, "#"):
		p.comments = append(p.comments, strings.TrimRight(text, " \t"))
	case isMarker(text):
		p.marker(text)
	default:
		p.entry(text)
	}
}

// isMarker reports whether text is one of the lines that git leaves in a file
// that it could not merge.
func isMarker(text string) bool {
	if len(text) < 7 || strings.IndexByte("<|=>", text[0]) < 0 {
		return false
	}
	return text[:7] == strings.Repeat(text[:1], 7) && (len(text) == 7 || text[7] == ' ')
}

// marker reports a conflict once, at the marker that opens it.
func (p *parser) marker(text string) {
	if !p.conflict {
		p.report(1, "merge-conflict", "git could not merge this place by itself and left marker lines",
			`delete the lines that begin with <<<<<<<, |||||||, ======= or >>>>>>>, keep all others, then run "twinshelf record"; with "content/links.lock merge=union" in .gitattributes git merges by itself`)
	}
	p.conflict = text[0] != '>'
}

func (p *parser) entry(text string) {
	if !utf8.ValidString(text) {
		p.report(1, "ledger-line", "this line is not UTF-8", "save the file as UTF-8")
		return
	}
	parts := strings.Split(strings.TrimRight(text, "\t "), "\t")
	if len(parts) < 2 || len(parts) > 4 {
		p.report(1, "ledger-line", fmt.Sprintf("this line has %s", count(len(parts))), partsHint(text))
		return
	}
	entry := Entry{Pos: p.pos(1), File: part(parts, 2), Title: part(parts, 3)}
	address, addressErr := ParseAddress(strings.TrimSpace(parts[0]))
	if addressErr != nil {
		p.report(1, "ledger-address", addressErr.Error(), "")
	}
	date, dateErr := civil.Parse(strings.TrimSpace(parts[1]))
	if dateErr != nil {
		p.report(utf8.RuneCountInString(parts[0])+2, "ledger-date", dateErr.Error(), "the second part is the day on which the address was first published")
	}
	if addressErr != nil || dateErr != nil {
		return
	}
	entry.Address, entry.Date = address, date
	p.lines = append(p.lines, line{Entry: entry, comments: p.comments})
	p.comments = nil
}

func part(parts []string, i int) string {
	if i >= len(parts) {
		return ""
	}
	return clean(parts[i])
}

func count(parts int) string {
	if parts == 1 {
		return "one part"
	}
	return fmt.Sprintf("%d parts", parts)
}

// partsHint offers the line as it was probably meant, when an editor put
// blanks in the place of tabs.
func partsHint(text string) string {
	words := strings.Fields(text)
	if !strings.Contains(text, "\t") && len(words) >= 3 && strings.HasPrefix(words[0], "/") {
		if _, err := civil.Parse(words[1]); err == nil {
			return "put a tab in place of the blanks after the address, after the date and after the file"
		}
	}
	return "write " + strings.ReplaceAll(example, "\t", "<tab>")
}

func (p *parser) pos(column int) diag.Pos { return diag.Pos{File: p.file, Line: p.row, Col: column} }

func (p *parser) report(column int, rule, message, hint string) {
	p.findings = append(p.findings, diag.Errorf(p.pos(column), rule, "%s", message).WithHint(hint))
}
