package frontmatter

import (
	"errors"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// tabs reports each line whose indentation has a tab, and whether there is
// one. Inside a block of text after | or > a tab may follow the indentation.
func (d *decoder) tabs() bool {
	if !strings.Contains(d.src.Text, "\t") {
		return false
	}
	found, number, block := false, 0, -1
	for line := range strings.Lines(d.src.Text) {
		number++
		text := strings.TrimLeft(line, " \t")
		indent := line[:len(line)-len(text)]
		if strings.TrimSpace(text) == "" {
			continue
		}
		blanks := len(indent) - len(strings.TrimLeft(indent, " "))
		if block >= 0 && blanks > block {
			continue
		}
		block = -1
		if blockStart.MatchString(strings.TrimRight(text, " \t\r\n")) {
			block = blanks
		}
		if at := strings.IndexByte(indent, '\t'); at >= 0 {
			found = true
			d.report(diag.Errorf(d.pos(number, at+1), "yaml-tab", "a tab in the indentation").
				WithHint("indent with blanks; two for each level will do"))
		}
	}
	return found
}

// blockStart matches a line that ends with the sign of a block of text.
var blockStart = regexp.MustCompile(`(^|[:-] +)[|>][+-]?[0-9]?[+-]?(\s+#.*)?$`)

// syntax puts an error of the YAML library into plain words, at the line where
// the slip was made and not where the library noticed it.
func (d *decoder) syntax(err error) {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		d.report(diag.Errorf(d.pos(1, 1), "yaml-syntax", "this cannot be read as YAML"))
		return
	}
	line, col := max(e.Mark.Line, 1), max(e.Mark.Column, 1)
	if e.Mark.Line > 0 {
		if at, quote := d.lineOfOpenQuote(line); at > 0 {
			d.openQuote(at, quote)
			return
		}
	}
	switch {
	case strings.Contains(e.Message, "no documents"):
		return // only comments: as good as empty
	case strings.Contains(e.Message, "found multiple"):
		d.several()
	case strings.Contains(e.Message, "unknown anchor"):
		d.report(diag.Errorf(d.pos(line, col), "yaml-anchor", "a value that begins with * is a YAML alias, which a hub does not take").
			WithHint("put the value in quotes"))
	case strings.Contains(e.Message, "control characters"):
		d.control()
	case strings.Contains(e.Message, "mapping values are not allowed"):
		d.colon(line, col)
	case strings.Contains(e.Message, "could not find expected ':'") && e.ContextMark.Line > 0:
		d.noColon(e.ContextMark.Line)
	case strings.Contains(e.ContextMsg, "quoted scalar") && strings.Contains(e.Message, "unexpected"):
		d.openQuote(e.ContextMark.Line, e.ContextMark.Column)
	case strings.Contains(e.Message, "cannot start any token"):
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "a value cannot begin with %s", firstSign(d.after(line, col))).
			WithHint("put the value in quotes"))
	case strings.Contains(e.Message, "',' or"):
		d.openBracket(e, line, col)
	case strings.Contains(e.Message, "escape"):
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "a \\ inside double quotes has a meaning of its own").
			WithHint(`write \\ for one \, or use single quotes`))
	case strings.Contains(e.Message, "expected key") || strings.Contains(e.Message, "'-' indicator"):
		d.misplaced(line, col)
	case strings.Contains(e.Message, "block sequence entries"):
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "a list with - cannot begin here").
			WithHint("begin it on a line of its own below the field's name"))
	case strings.Contains(e.Message, "node content"):
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "there is %s where a value should be", firstSign(d.after(line, col))).
			WithHint("delete it, or put the whole value in quotes"))
	case strings.Contains(e.ContextMsg, "block scalar"):
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "after %s the text must begin on the next line", "| or >").
			WithHint("put a text that begins with | or > in quotes"))
	case strings.Contains(e.ContextMsg, "anchor") || strings.Contains(e.ContextMsg, "alias") || strings.Contains(e.ContextMsg, "tag"):
		d.report(diag.Errorf(d.pos(max(e.ContextMark.Line, 1), max(e.ContextMark.Column, 1)), "yaml-anchor",
			"a value that begins with &, * or ! is YAML that a hub does not take").WithHint("put the value in quotes"))
	case strings.Contains(strings.ToLower(e.Message), "depth"):
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "fields and lists lie more than %d deep in each other here", maxDepth))
	default:
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "this line cannot be read as YAML").
			WithHint("look for a missing quote, bracket or blank; a text with signs in it stands in quotes"))
	}
}

func firstSign(s string) string {
	for _, r := range s {
		return `"` + string(r) + `"`
	}
	return "nothing"
}

// several reports a line that ends the YAML too early.
func (d *decoder) several() {
	d.after(1, 1)
	begun := false
	for i, line := range d.lines {
		mark := strings.TrimRight(line, " ")
		if begun && (mark == "..." || strings.HasPrefix(line, fence)) {
			d.report(diag.Errorf(d.pos(i+1, 1), "yaml-syntax", "a line %q begins a second document; there may be one only", mark).
				WithHint("delete the line"))
			return
		}
		begun = begun || mark != "" && mark[0] != '#'
	}
	d.report(diag.Errorf(d.pos(1, 1), "yaml-syntax", "the file holds several YAML documents; there may be one only"))
}

// control reports a character that no text holds.
func (d *decoder) control() {
	for i, r := range d.src.Text {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && r < 0xa0 && r != 0x85 || r == 0xfffe || r == 0xffff {
			at := placeOf(d.src.File, d.src.Text, i)
			d.report(diag.Errorf(d.pos(at.Line, at.Col), "encoding", "the control character U+%04X, which no text holds", r).
				WithHint("delete it"))
			return
		}
	}
	d.report(diag.Errorf(d.pos(1, 1), "encoding", "there is a control character in this text"))
}

// severalFields matches fields with commas between, the name of the first one
// cut off.
var severalFields = regexp.MustCompile(`^[^:]*, *[a-z_]+: `)

// colon reports a ": " where none may be: inside a text without quotes, or on
// a line that is indented under a field that has a value, or after a line
// without a colon.
func (d *decoder) colon(line, col int) {
	text := d.after(line, 1)
	before := string([]rune(text)[:min(col-1, len([]rune(text)))])
	if name, value, ok := cutField(before); ok {
		whole := value + strings.TrimPrefix(text, before)
		if entry, isEntry := strings.CutPrefix(strings.TrimSpace(text), "- "); isEntry && severalFields.MatchString(whole) {
			d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "several fields on one line").
				WithHint("put braces around them: - {" + shorten(entry) + "}, or give each a line of its own"))
			return
		}
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "\": \" inside a text without quotes: YAML takes %q for the name of a field", shorten(value)).
			WithHint("put the text in quotes: " + quoted(name, whole)))
		return
	}
	above := d.textAbove(line)
	switch field := d.fieldAbove(line); {
	case above == 0:
		d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "a \": \" cannot stand here"))
	case field > 0 && contentIndent(d.lines[field-1]) < indentOf(text) && d.goesOn(field):
		d.report(diag.Errorf(d.pos(line, indentOf(text)+1), "yaml-syntax", "this line is indented under a field that has a value already").
			WithHint("give it the indentation of the line above; a text that goes on over lines and holds \": \" stands in quotes"))
	default:
		d.noColon(above)
	}
}

// textAbove returns the number of the next line above that says something, or
// 0.
func (d *decoder) textAbove(line int) int {
	for line--; line > 0; line-- {
		if text := strings.TrimSpace(d.lines[line-1]); text != "" && text[0] != '#' {
			break
		}
	}
	return line
}

// fieldLine matches a line that begins with the name of a field.
var fieldLine = regexp.MustCompile(`^ *(?:- +)*[^ #:'"{\[-][^:]*:(?: |$)`)

// fieldAbove returns the number of the next line above that has a field, or 0.
func (d *decoder) fieldAbove(line int) int {
	for line = d.textAbove(line); line > 0 && !fieldLine.MatchString(d.lines[line-1]); {
		line = d.textAbove(line)
	}
	return line
}

// goesOn reports whether a field has a value that could go on over lines.
func (d *decoder) goesOn(line int) bool {
	_, value, ok := cutField(strings.TrimSpace(d.lines[line-1]))
	return ok && !strings.ContainsAny(value[:1], `"'[{|>`)
}

// contentIndent is the column, from 0, in which a line's field begins, after
// the dashes of a list.
func contentIndent(line string) int {
	return len(line) - len(strings.TrimLeft(line, " -"))
}

// cutField cuts "name: value" where both are there; a list's dash may come
// first.
func cutField(line string) (name, value string, ok bool) {
	line = strings.TrimLeft(line, " -")
	name, value, ok = strings.Cut(line, ": ")
	return name, strings.TrimSpace(value), ok && strings.TrimSpace(value) != "" && name != ""
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// noColon reports a line that is no field.
func (d *decoder) noColon(line int) {
	text := strings.TrimLeft(strings.TrimSpace(d.after(line, 1)), "- ")
	f := diag.Errorf(d.pos(line, contentIndent(d.lines[line-1])+1), "yaml-syntax", "%q is no field: there is no \": \" in it", shorten(text))
	if name, value, ok := strings.Cut(text, ":"); ok && value != "" && !strings.ContainsAny(name, " /") {
		f.Hint = "a blank must follow the colon: " + name + ": " + strings.TrimSpace(value)
	} else {
		f.Hint = `write "name: value"; if it goes on with the text above, indent it or put the text in quotes; if the fields end here, close them with a line "---"`
	}
	d.report(f)
}

// openQuote reports a quote that is not closed.
func (d *decoder) openQuote(line, col int) {
	d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "this quote is not closed").
		WithHint("close it with the same sign"))
}

// quotedValue matches the start of a quoted value on a line.
var quotedValue = regexp.MustCompile(`^ *(?:- +)*(?:[^ #:'"{\[-][^:]*: +)?(?:[\[{](?:[^"']*[\[{,:])? *)?(["'])`)

// lineOfOpenQuote returns the place of the first quote, up to a line, that is
// not closed on its own line although the next line begins something new; or 0.
func (d *decoder) lineOfOpenQuote(line int) (int, int) {
	d.after(1, 1)
	for i := 1; i <= min(line, len(d.lines)); i++ {
		text := d.lines[i-1]
		m := quotedValue.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		quote := text[m[2]:m[3]]
		open := strings.Count(strings.ReplaceAll(text[m[2]:], `\`+quote, ""), quote)%2 == 1
		if open && (i == len(d.lines) || fieldLine.MatchString(d.lines[i]) || strings.HasPrefix(strings.TrimSpace(d.lines[i]), "- ") || strings.TrimSpace(d.lines[i]) == "") {
			return i, 1 + len([]rune(text[:m[2]]))
		}
	}
	return 0, 0
}

// openBracket reports a list or mapping in brackets that is not closed or that
// holds what it may not.
func (d *decoder) openBracket(e *yaml.LoadError, line, col int) {
	open := firstSign(d.after(e.ContextMark.Line, e.ContextMark.Column))
	closing := map[string]string{`"["`: "]", `"{"`: "}"}[open]
	if line > e.ContextMark.Line || strings.TrimSpace(d.after(line, col)) == "" {
		d.report(diag.Errorf(d.pos(e.ContextMark.Line, e.ContextMark.Column), "yaml-syntax", "this %s is not closed", open).
			WithHint("close it with " + closing))
		return
	}
	rest := d.after(line, col)
	f := diag.Errorf(d.pos(line, col), "yaml-syntax", "%s cannot stand here inside %s %s", firstSign(rest), strings.Trim(open, `"`), closing)
	switch {
	case strings.HasPrefix(rest, ":"):
		f.Message = `": " inside a text without quotes`
		f.Hint = "put the text in quotes"
	case strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "["):
		f.Hint = "put a text that holds brackets in quotes"
	default:
		f.Hint = "a comma may be missing, or quotes around the text"
	}
	d.report(f)
}

// misplaced reports what YAML did not expect: something after a quoted value,
// or a line whose indentation fits nothing above.
func (d *decoder) misplaced(line, col int) {
	rest := d.after(line, col)
	text := d.lines[min(line, len(d.lines))-1]
	if indentOf(text)+1 < col {
		f := diag.Errorf(d.pos(line, col), "yaml-syntax", "%q stands after the end of the value", shorten(rest)).
			WithHint("put the whole value in quotes; inside single quotes write '' for one '")
		if strings.HasPrefix(rest, ",") {
			f.Hint = "delete the comma: outside [ ] and { } each field has its own line"
		}
		d.report(f)
		return
	}
	d.report(diag.Errorf(d.pos(line, col), "yaml-syntax", "the indentation of this line fits none of the lines above").
		WithHint("fields of one record begin in the same column, entries of a list too"))
}
