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
		return func(s *state, dot reflect.Value) { writePercent(s.buf, v.str(s, dot), unreserved()) }
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
