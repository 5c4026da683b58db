package frontmatter

import (
	"html"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// prose looks for what an import or a # left in a plain text.
func (d *decoder) prose(n *yaml.Node, t Text, w what) {
	if f, bad := MarkupIn(t); bad {
		d.report(f)
	}
	if n.Style != 0 || !d.commented {
		return
	}
	line, col, rest := d.end(n)
	blanks := len(rest) - len(strings.TrimLeft(rest, " \t"))
	comment := rest[blanks:]
	if blanks == 0 || !strings.HasPrefix(comment, "#") {
		return
	}
	// Two blanks and "# " are how people set off a comment; "card # and PIN"
	// and "room  #5" are texts.
	isComment := len(comment) < 2 || blanks > 1 && (comment[1] == ' ' || comment[1] == '#')
	if isComment {
		return
	}
	d.report(diag.Warnf(d.pos(line, col+blanks), "cut-text", "\" #\" begins a comment and cuts %s short: it ends with %q", w, lastWords(t.Value)).
		WithHint("if it belongs to the text, put the text in quotes: " + quoted(w.name(), t.Value+rest)))
}

// lastWords returns the end of a text.
func lastWords(s string) string {
	r := []rune(s)
	if len(r) <= 30 {
		return s
	}
	return "…" + string(r[len(r)-29:])
}

// end returns the place after a plain scalar and what stands there on the same
// line.
func (d *decoder) end(n *yaml.Node) (line, col int, rest string) {
	line, col = n.Line, n.Column
	rest = d.after(line, col)
	for _, r := range n.Value {
		if isBlank(r) {
			continue
		}
		for {
			got, size := utf8.DecodeRuneInString(rest)
			if size == 0 {
				if line++; line > len(d.lines) {
					return line, 1, ""
				}
				col, rest = 1, d.lines[line-1]
				continue
			}
			rest = rest[size:]
			col++
			if got == r {
				break
			}
		}
	}
	return line, col, rest
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// after returns what stands on a line of the YAML from a column on.
func (d *decoder) after(line, col int) string {
	if d.lines == nil {
		d.lines = strings.Split(strings.ReplaceAll(d.src.Text, "\r\n", "\n"), "\n")
	}
	const longest = 2000 // no person writes there, and each value of a line is looked for from its start
	if line < 1 || line > len(d.lines) || col > longest {
		return ""
	}
	rest := d.lines[line-1]
	for ; col > 1 && rest != ""; col-- {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	return rest
}

// MarkupIn returns a warning if a plain text holds an HTML entity or tag, as
// an import from another system leaves behind.
func MarkupIn(t Text) (diag.Finding, bool) {
	if !strings.ContainsAny(t.Value, "&<") {
		return diag.Finding{}, false
	}
	if entity := entityIn(t.Value); entity != "" {
		return diag.Warnf(t.Pos, "html-in-text", "%q is HTML, and this is plain text: readers see it as it stands", entity).
			WithHint("write " + html.UnescapeString(entity) + " itself"), true
	}
	if tag := tagIn(t.Value); tag != "" {
		return diag.Warnf(t.Pos, "html-in-text", "%q is HTML, and this is plain text: readers see it as it stands", tag).
			WithHint("delete the tag"), true
	}
	return diag.Finding{}, false
}

// entityIn returns the first HTML entity in a text: a name of HTML's list, or
// a number, between & and ;.
func entityIn(s string) string {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return ""
		}
		s = s[i:]
		end := strings.IndexByte(s, ';')
		if end < 0 {
			return ""
		}
		if e := s[:end+1]; len(e) > 3 && len(e) < 34 && !strings.ContainsAny(e[1:], "& ") && isEntity(e) {
			return e
		}
		s = s[1:]
	}
}

// isEntity reports whether all of "&name;" is one entity: without its name
// known, or with a shorter name alone known ("&notit;"), a rest stays.
func isEntity(e string) bool {
	plain := html.UnescapeString(e)
	return plain != e && !strings.HasSuffix(plain, ";") || e == "&semi;"
}

// tagNames are the elements that imports leave in texts.
const tagNames = " a abbr article aside b big blockquote br button center cite code dd del details div dl dt em embed " +
	"figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins label li link main mark " +
	"meta nav object ol option p path pre q s samp script section select small source span strike strong style sub summary sup svg table " +
	"tbody td textarea tfoot th thead time title tr tt u ul var video audio body "

// tagIn returns the first HTML tag in a text.
func tagIn(s string) string {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return ""
		}
		s = s[i:]
		end := strings.IndexByte(s, '>')
		if end < 0 {
			return ""
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(s[1:end], "/"), " ")
		name = strings.ToLower(strings.TrimSuffix(name, "/"))
		if name != "" && !strings.ContainsAny(name, " <") && strings.Contains(tagNames, " "+name+" ") || strings.HasPrefix(name, "!--") {
			return s[:end+1]
		}
		s = s[1:]
	}
}

// DateHint returns how a date is written that somebody wrote in another way,
// or "".
func DateHint(s string) string {
	if parts := regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$`).FindStringSubmatch(s); parts != nil {
		if d, err := time.Parse("2006-1-2", parts[1]+"-"+parts[2]+"-"+parts[3]); err == nil && civil.Of(d).String() != s {
			return "write " + civil.Of(d).String()
		}
		return ""
	}
	for _, layout := range []string{"1/2/2006", "January 2, 2006", "Jan 2, 2006", "January 2 2006", "Jan 2 2006",
		"2 January 2006", "2 Jan 2006", "Monday, January 2, 2006", "20060102"} {
		if d, err := time.Parse(layout, s); err == nil {
			return "write " + civil.Of(d).String()
		}
	}
	return ""
}
