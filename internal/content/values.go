package content

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/frontmatter"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// findings collects what is wrong.
type findings []diag.Finding

func (f *findings) add(d diag.Finding) { *f = append(*f, d) }

func (f *findings) errorf(pos diag.Pos, rule, format string, args ...any) {
	f.add(diag.Errorf(pos, rule, format, args...))
}

// unknown reports a word that is not among the allowed ones.
func (f *findings) unknown(t text, rule, what string, allowed []string) {
	f.add(diag.Errorf(t.Pos, rule, "unknown %s %q", what, t.Value).WithHint(diag.DidYouMean(strings.TrimSuffix(t.Value, ".md"), allowed)))
}

// required reports a field without a value at a place that stands for the
// whole record.
func (f *findings) required(t text, pos diag.Pos, what, field string) bool {
	if t.Given() {
		return true
	}
	if t.Pos.Line != 0 {
		pos = t.Pos
	}
	article := "a"
	if strings.ContainsAny(field[:1], "aei") {
		article = "an"
	}
	f.errorf(pos, "missing-field", "%s needs %s %s", what, article, field)
	return false
}

// word reads a value of a closed set.
func word[T ~string](f *findings, t text, rule, what string, allowed []T) (T, bool) {
	if !t.Given() {
		return "", false
	}
	v, ok := hub.Parse(t.Value, allowed)
	if !ok {
		f.unknown(t, rule, what, stringsOf(allowed))
	}
	return v, ok
}

// words reads a list of values of a closed set and returns them in its order,
// each once.
func words[T ~string](f *findings, ts []text, rule, what string, allowed []T) []T {
	if len(ts) == 0 {
		return nil
	}
	given := make([]T, 0, len(ts))
	for _, t := range ts {
		if v, ok := word(f, t, rule, what, allowed); ok {
			given = append(given, v)
		}
	}
	return inOrder(given, allowed)
}

// inOrder returns the values in the order of all, each once.
func inOrder[T comparable](given, all []T) []T {
	var sorted []T
	for _, v := range all {
		if slices.Contains(given, v) {
			sorted = append(sorted, v)
		}
	}
	return sorted
}

func stringsOf[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

func (f *findings) audience(ts []text) []hub.Audience {
	return words(f, ts, "unknown-audience", "audience", hub.Audiences())
}

func (f *findings) formats(ts []text) []hub.Format {
	var given []hub.Format
	for _, t := range ts {
		if v, ok := hub.ParseFormat(t.Value); ok {
			given = append(given, v)
		} else {
			f.unknown(t, "unknown-format", "format", stringsOf(hub.Formats()))
		}
	}
	return inOrder(given, hub.Formats())
}

func (f *findings) grades(ts []text) hub.Grades {
	var set hub.Grades
	for _, t := range ts {
		g, err := hub.ParseGrades(t.Value)
		if err != nil {
			message := err.Error()
			if strings.HasSuffix(message, "is not a grade") {
				message = strconv.Quote(t.Value) + " is no grade and no range of grades"
			}
			f.add(diag.Errorf(t.Pos, "bad-grade", "grades: %s", message).WithHint(gradeHint(t.Value)))
			continue
		}
		set |= g
	}
	return set
}

// spreadsheetDate matches what a spreadsheet makes of a range of grades.
var spreadsheetDate = regexp.MustCompile(`(?i)^(?:(\d{1,2})[-/. ]([a-z]{3,9})\.?|([a-z]{3,9})\.?[-/. ](\d{1,2}))$`)

var monthNames = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// gradeWords takes out what people write around grades.
var gradeWords = strings.NewReplacer(" through ", "-", " thru ", "-", " to ", "-", "grades ", "", "grade ", "", "kindergarten", "k", "pre-k", "prek", "1st", "1", "2nd", "2", "3rd", "3", "th", "")

// gradeHint tells how a grade or range of grades is written.
func gradeHint(s string) string {
	if m := spreadsheetDate.FindStringSubmatch(s); m != nil {
		if i := slices.Index(monthNames[:], strings.ToLower((m[2] + m[3])[:3])); i >= 0 {
			day, _ := strconv.Atoi(m[1] + m[4])
			return "a spreadsheet turned " + strconv.Itoa(i+1) + "-" + strconv.Itoa(day) +
				" into a date: mark the column as text there and write " + strconv.Itoa(i+1) + "-" + strconv.Itoa(day)
		}
	}
	words := gradeWords.Replace(strings.ToLower(s))
	if _, err := hub.ParseGrades(words); err == nil && words != strings.ToLower(s) {
		return "write " + words
	}
	for _, dash := range []string{"-", "–", "—"} {
		from, to, ok := strings.Cut(strings.ReplaceAll(s, " ", ""), dash)
		if _, err := hub.ParseGrades(to + "-" + from); ok && err == nil {
			return "write " + to + "-" + from
		}
	}
	return "allowed: prek, k, 1 to 12, adult, ranges such as k-5"
}

// address reads an address of the web, which must have a scheme.
func (f *findings) address(t text, field string) string {
	if !t.Given() {
		return ""
	}
	bad := func(hint, format string, args ...any) string {
		f.add(diag.Errorf(t.Pos, "bad-address", format, args...).WithHint(hint))
		return ""
	}
	u, err := url.Parse(t.Value)
	switch {
	case strings.ContainsAny(t.Value, " \t\n\"<>`"):
		return bad(`a blank is written as %20`, "%s: %q has a sign in it that an address cannot have", field, t.Value)
	case err != nil && strings.Contains(err.Error(), "first path segment"), err == nil && u.Scheme == "" || err == nil && u.Opaque != "" && u.Host == "" && looksLikeHost(u.Scheme):
		return bad("write https://"+strings.TrimLeft(t.Value, "/"), "%s: %q has no https:// before it", field, t.Value)
	case err != nil:
		return bad("", "%s: %q is not an address", field, t.Value)
	case u.Scheme != "https" && u.Scheme != "http":
		return bad("", "%s: an address with %s: is not allowed here (allowed: https, http)", field, u.Scheme)
	case u.Host == "":
		return bad("", "%s: %q names no host", field, t.Value)
	}
	return t.Value
}

// looksLikeHost reports whether what stands before a colon is a host's name
// and not a scheme: example.org:8080.
func looksLikeHost(scheme string) bool { return strings.Contains(scheme, ".") || scheme == "localhost" }

// pattern reads an address that must hold a placeholder such as {isbn}.
func (f *findings) pattern(t text, field, placeholder string) string {
	if !t.Given() {
		return ""
	}
	if !strings.Contains(t.Value, placeholder) {
		f.add(diag.Errorf(t.Pos, "bad-address", "%s must hold %s, in whose place the program puts its own", field, placeholder))
		return ""
	}
	filled := text{Value: strings.ReplaceAll(t.Value, placeholder, "x"), Pos: t.Pos}
	if f.address(filled, field) == "" {
		return ""
	}
	return t.Value
}

// email reads an e-mail address.
func (f *findings) email(t text) string {
	if !t.Given() {
		return ""
	}
	name, host, ok := strings.Cut(strings.TrimPrefix(t.Value, "mailto:"), "@")
	if !ok || name == "" || !strings.Contains(host, ".") || strings.ContainsAny(t.Value, " <>,;") || strings.Contains(host, "@") {
		f.errorf(t.Pos, "bad-address", "%q is not an e-mail address", t.Value)
		return ""
	}
	return name + "@" + host
}

// languages reads a list of language tags, each once.
func (f *findings) languages(ts []text) []lang.Tag {
	var tags []lang.Tag
	for _, t := range ts {
		tag, err := lang.ParseTag(t.Value)
		switch {
		case err != nil:
			f.errorf(t.Pos, "bad-language", "languages: %v", err)
		case !slices.Contains(tags, tag):
			tags = append(tags, tag)
		}
	}
	return tags
}

// days checks that a range of days does not end before it starts.
func (f *findings) days(from, to frontmatter.Date, toName string) civil.Range {
	if from.Given() && to.Given() && to.Value.Before(from.Value) {
		f.add(diag.Errorf(to.Pos, "bad-range", "%q is %s, before the start on %s", toName, to.Value, from.Value))
		return civil.Range{}
	}
	return civil.Range{From: from.Value, Until: to.Value}
}

// number reads a whole number within limits; 0 if it is missing or wrong.
func (f *findings) number(n frontmatter.Int, field string, low, high int) int {
	if !n.Given() {
		return 0
	}
	if n.Value < low || n.Value > high {
		f.errorf(n.Pos, "out-of-range", "%s must be from %d to %d, not %d", field, low, high, n.Value)
		return 0
	}
	return n.Value
}

// alias reads another address of a page.
func (f *findings) alias(t text) (hub.Alias, bool) {
	bad := func(hint, format string, args ...any) (hub.Alias, bool) {
		f.add(diag.Errorf(t.Pos, "bad-alias", format, args...).WithHint(hint))
		return hub.Alias{}, false
	}
	decoded, err := url.PathUnescape(t.Value)
	switch {
	case !t.Given():
		return hub.Alias{}, false
	case strings.Contains(t.Value, "://"):
		return bad("an alias counts from the hub's root, such as /old/path/", "the alias %q is a whole address", t.Value)
	case !strings.HasPrefix(t.Value, "/"):
		return bad("write /"+t.Value, "the alias %q does not begin with a slash", t.Value)
	case strings.ContainsAny(t.Value, "?#"):
		return bad("", "the alias %q holds ? or #, which a redirect cannot see", t.Value)
	case err != nil || strings.ContainsAny(decoded, "\\\"<>|*:\n\r\t\x00") || strings.Contains(decoded, "//"):
		return bad("", "the alias %q is not a path that a file can have", t.Value)
	case decoded == "/":
		return bad("", "the alias \"/\" is the hub's home page")
	case path.Clean(decoded) != strings.TrimSuffix(decoded, "/"):
		return bad("", "the alias %q has . or .. in it", t.Value)
	}
	return hub.Alias{Path: decoded, Pos: t.Pos}, true
}
