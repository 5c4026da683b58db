package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// The names of the escapers that html/template puts at the end of an action,
// for the places that are most common. A program does the work of these itself;
// a test compares it with theirs.
const (
	htmlText  = "_html_template_htmlescaper"
	attribute = "_html_template_attrescaper"
	titleText = "_html_template_rcdataescaper"
	scriptVal = "_html_template_jsvalescaper"
	comment   = "_html_template_commentescaper"
	address   = "_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper"
	afterHash = "_html_template_urlescaper _html_template_attrescaper" // or in a query
)

// probes holds a template for each kind of place in HTML, by the escapers that
// html/template chooses there. Each escapes a value as html/template does.
type probes map[string]probe

type probe struct {
	t              *template.Template
	before, behind int // bytes around the value
}

func newProbes() probes {
	all := probes{}
	for _, text := range [][2]string{
		{``, ``},
		{`<a title="`, `">`},
		{`<a title=`, `>`},
		{`<a href="`, `">`},
		{`<a href="/`, `">`},
		{`<a href="/?q=`, `">`},
		{`<a `, `="">`},
		{`<img srcset="`, `">`},
		{`<meta http-equiv="refresh" content="0; url=`, `">`},
		{`<title>`, `</title>`},
		{`<script>`, `</script>`},
		{`<script>"`, `"</script>`},
		{`<style>a{b:`, `}</style>`},
	} {
		t := template.Must(template.New("probe").Parse(text[0] + "{{.}}" + text[1]))
		if escapeNow(t) != nil {
			continue
		}
		for _, node := range t.Tree.Root.Nodes {
			if action, ok := node.(*parse.ActionNode); ok {
				all[escapersOf(action)] = probe{t, len(text[0]), len(text[1])}
			}
		}
	}
	return all
}

// escapersOf returns the names of the escapers of {{.}}, with blanks between.
func escapersOf(action *parse.ActionNode) string {
	var names []string
	for _, cmd := range action.Pipe.Cmds[1:] {
		names = append(names, cmd.String())
	}
	return strings.Join(names, " ")
}

// append escapes any value.
func (p probe) append(buf *bytes.Buffer, v any) {
	var out bytes.Buffer
	if err := p.t.Execute(&out, v); err != nil {
		panic(err)
	}
	buf.Write(out.Bytes()[p.before : out.Len()-p.behind])
}

// print compiles the output of a value at a place of which the escapers are
// known.
func (c *compiler) print(v value, escapers string) step {
	if escapers == comment {
		return nil
	}
	if st := printKnown(v, escapers); st != nil {
		return st
	}
	p, ok := c.probes[escapers]
	if !ok {
		panic(notCompiled{})
	}
	return func(s *state, dot reflect.Value) { p.append(s.buf, v.get(s, dot).Interface()) }
}

// printKnown compiles what programs escape themselves: strings and numbers in
// text, in attributes and as addresses. It returns nil for all else.
func printKnown(v value, escapers string) step {
	plain := escapers == htmlText || escapers == attribute || escapers == titleText
	switch {
	case v.typ == reflect.TypeFor[template.HTML]() && escapers == htmlText, v.typ == reflect.TypeFor[template.JS]() && escapers == scriptVal:
		return func(s *state, dot reflect.Value) { s.buf.WriteString(v.str(s, dot)) }
	case v.typ == reflect.TypeFor[template.HTML](), speaks(v.typ):
		return nil
	case v.str != nil && plain:
		return func(s *state, dot reflect.Value) { writeEscaped(s.buf, v.str(s, dot)) }
	case v.typ == reflect.TypeFor[string]() && escapers == address:
		return func(s *state, dot reflect.Value) { writeAddress(s.buf, v.str(s, dot)) }
	case v.typ == reflect.TypeFor[string]() && escapers == afterHash:
		return func(s *state, dot reflect.Value) { writePercent(s.buf, v.str(s, dot), unreserved) }
	case v.typ == reflect.TypeFor[int]() && plain:
		return func(s *state, dot reflect.Value) {
			s.buf.Write(strconv.AppendInt(s.buf.AvailableBuffer(), v.get(s, dot).Int(), 10))
		}
	}
	return nil
}

// speaks reports whether a type has words of its own for being printed.
func speaks(typ reflect.Type) bool {
	return typ.Implements(reflect.TypeFor[fmt.Stringer]()) || typ.Implements(reflect.TypeFor[error]())
}

// writeEscaped writes a text as html/template does into text and quoted
// attributes.
func writeEscaped(buf *bytes.Buffer, s string) {
	last := 0
	for i := range len(s) {
		var instead string
		switch s[i] {
		case 0:
			instead = "\uFFFD"
		case '"':
			instead = "&#34;"
		case '&':
			instead = "&amp;"
		case '\'':
			instead = "&#39;"
		case '+':
			instead = "&#43;"
		case '<':
			instead = "&lt;"
		case '>':
			instead = "&gt;"
		default:
			continue
		}
		buf.WriteString(s[last:i])
		buf.WriteString(instead)
		last = i + 1
	}
	buf.WriteString(s[last:])
}

// writeAddress writes an address as html/template does into a quoted attribute.
func writeAddress(buf *bytes.Buffer, s string) {
	if !safeScheme(s) {
		buf.WriteString("#ZgotmplZ")
		return
	}
	writePercent(buf, s, inAddress)
}

// writePercent writes a text with all bytes that may not stand in it as %XX;
// where a % may stand, what is written so already is left.
func writePercent(buf *bytes.Buffer, s string, may func(string, int) bool) {
	last := 0
	for i := range len(s) {
		if may(s, i) {
			continue
		}
		writeEscaped(buf, s[last:i])
		buf.Write([]byte{'%', "0123456789abcdef"[s[i]>>4], "0123456789abcdef"[s[i]&15]})
		last = i + 1
	}
	writeEscaped(buf, s[last:])
}

// safeScheme reports whether html/template lets the scheme of an address
// through.
func safeScheme(s string) bool {
	scheme, _, found := strings.Cut(s, ":")
	if !found || strings.Contains(scheme, "/") {
		return true
	}
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// inAddress reports whether a byte may stand in an address as it is.
func inAddress(s string, i int) bool {
	switch s[i] {
	case '!', '#', '$', '&', '*', '+', ',', '/', ':', ';', '=', '?', '@', '[', ']':
		return true
	case '%':
		return i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
	}
	return unreserved(s, i)
}

// unreserved reports whether a byte means nothing but itself in an address
// (RFC 3986, section 2.3).
func unreserved(s string, i int) bool {
	c := s[i]
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
