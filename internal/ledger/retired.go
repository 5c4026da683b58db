package ledger

import (
	"bytes"
	"errors"
	"strings"
	"unicode"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Retirement is one entry of retired.yaml: an address that was given up on
// purpose and keeps a page that says so.
type Retirement struct {
	Address Address  // required
	To      Address  // where to go instead; no address means nowhere
	Reason  string   // plain text; may be empty
	Pos     diag.Pos // of the entry in the file; not read by AppendRetirement
}

// errNotAList is about a file that somebody wrote by hand.
var errNotAList = errors.New("it does not hold a list (each entry begins with a hyphen, as in \"- {address: /databases/old/, to: /databases/sora/, reason: We cancelled it.}\")")

// AppendRetirement returns the text of retired.yaml with one entry more at its
// end. What a person wrote there stays as it is: comments, order, indentation,
// line ends, and whether entries are written on one line or on several. An
// empty or missing file is the text nil. The error says that the text is not a
// list.
func AppendRetirement(text []byte, r Retirement) ([]byte, error) {
	d := survey(text)
	switch {
	case d.first == "":
		return d.insertEntry(r, "", true), nil
	case d.first == "-" || strings.HasPrefix(d.first, "- "):
		return d.insertEntry(r, d.indent, d.inBraces()), nil
	case strings.HasPrefix(d.first, "["):
		return d.insertInBrackets(r)
	}
	return nil, errNotAList
}

// document is what must be known of the text to put an entry into it.
type document struct {
	text    string
	newline string // "\n" or "\r\n"
	end     int    // where the content ends: before a line "..." or at the end
	first   string // the first line that is neither empty nor a comment, trimmed
	start   int    // where that line begins
	indent  string // its indentation
}

func survey(text []byte) document {
	d := document{text: string(text), newline: "\n", end: len(text)}
	if bytes.Contains(text, []byte("\r\n")) {
		d.newline = "\r\n"
	}
	at := 0
	for row := range strings.Lines(d.text) {
		content := strings.TrimSpace(strings.TrimPrefix(row, "\uFEFF"))
		if content == "..." {
			d.end = at
			break
		}
		if d.first == "" && content != "" && content[0] != '#' && content[0] != '%' && content != "---" {
			d.first, d.start = content, at
			d.indent = row[:len(row)-len(strings.TrimLeft(row, " "))]
		}
		at += len(row)
	}
	return d
}

// inBraces reports whether the last entry of a list with hyphens is written
// on one line in braces.
func (d document) inBraces() bool {
	braces := true
	for row := range strings.Lines(d.text[d.start:d.end]) {
		if entry, ok := strings.CutPrefix(row, d.indent+"-"); ok && strings.IndexByte(" \r\n", (entry + "\n")[0]) >= 0 {
			braces = strings.HasPrefix(strings.TrimLeft(entry, " "), "{")
		}
	}
	return braces
}

// insertEntry puts the entry with a hyphen on lines of its own.
func (d document) insertEntry(r Retirement, indent string, braces bool) []byte {
	before := d.text[:d.end]
	if before != "" && !strings.HasSuffix(before, "\n") {
		before += d.newline
	}
	fields := r.fields()
	entry := indent + "- " + strings.Join(fields, d.newline+indent+"  ")
	if braces {
		entry = indent + "- {" + strings.Join(fields, ", ") + "}"
	}
	return []byte(before + entry + d.newline + d.text[d.end:])
}

// insertInBrackets puts the entry before the bracket that closes the list. An
// empty list becomes one with hyphens.
func (d document) insertInBrackets(r Retirement) ([]byte, error) {
	open := d.start + strings.IndexByte(d.text[d.start:], '[')
	end, last := closing(d.text[:d.end], open)
	if end < 0 {
		return nil, errNotAList
	}
	if last == '[' {
		rest := strings.TrimLeft(d.text[end+1:], " ")
		if row := strings.TrimLeft(rest, "\r"); strings.HasPrefix(row, "\n") {
			rest = row[1:]
		}
		return survey([]byte(d.text[:open]+rest)).insertEntry(r, "", true), nil
	}
	entry := "{" + strings.Join(r.fields(), ", ") + "}"
	if last != ',' {
		entry = ", " + entry
	} else {
		entry = " " + entry
	}
	if row := d.text[strings.LastIndexByte(d.text[:end], '\n')+1 : end]; strings.TrimSpace(row) == "" {
		entry = "  " + strings.TrimLeft(entry, " ") + d.newline + row // the bracket stays on its own line
	}
	return []byte(d.text[:end] + entry + d.text[end:]), nil
}

// closing finds the bracket that closes the one at open, and the last
// character before it that is neither blank nor in a comment. It returns -1
// if the bracket stays open.
func closing(text string, open int) (end int, last byte) {
	depth, quote := 0, byte(0)
	for i := open; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			if strings.IndexByte("[{,: \t\n", text[i-1]) >= 0 { // else an apostrophe inside a word
				quote = c
			}
		case c == '#' && unicode.IsSpace(rune(text[i-1])):
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
			continue
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i, last
			}
		}
		if !unicode.IsSpace(rune(c)) {
			last = c
		}
	}
	return -1, 0
}

// fields returns the entry's fields as YAML that means the same inside and
// outside of braces.
func (r Retirement) fields() []string {
	fields := []string{"address: " + scalar(r.Address.String())}
	if !r.To.IsZero() {
		fields = append(fields, "to: "+scalar(r.To.String()))
	}
	if reason := clean(r.Reason); reason != "" {
		fields = append(fields, "reason: "+scalar(reason))
	}
	return fields
}

// scalar writes text as YAML: as it stands where that is safe in every place,
// else in double quotes.
func scalar(text string) string {
	if isPlain(text) {
		return text
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		if r == '"' || r == '\\' {
			b.WriteByte('\\')
		}
		if !unicode.IsControl(r) && r != unicode.ReplacementChar && r != '\uFEFF' {
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isPlain reports whether text can stand without quotes: it begins with a
// letter or a slash, has a blank or a slash in it (so that it is no number,
// date or word like "no") and none of the characters that mean something.
func isPlain(text string) bool {
	for i, r := range text {
		letter := unicode.IsLetter(r)
		if i == 0 && !letter && r != '/' {
			return false
		}
		if !letter && !unicode.IsDigit(r) && !strings.ContainsRune(" /.-_~'()+;!%=#@$*", r) {
			return false
		}
	}
	return strings.ContainsAny(text, " /") && !strings.Contains(text, " #") && !strings.HasSuffix(text, " ")
}
