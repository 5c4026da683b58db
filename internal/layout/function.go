package layout

import (
	"encoding/json"
	"html/template"
	"maps"
	"slices"
	"strings"
)

// Function is a function that layouts may call beside those of Go's templates.
// There are few: what needs deciding is decided before.
type Function struct {
	Name     string
	Doc      string
	Call     any       // the Go function; html/template asks for its type
	Examples []Example // run as tests
}

// Example is a piece of layout and what becomes of it.
type Example struct{ Layout, HTML string }

// Functions lists all functions in the order of their names.
func Functions() []Function {
	return []Function{{
		Name: "join",
		Doc:  "join LIST SEPARATOR puts a list of texts together.",
		Call: strings.Join,
		Examples: []Example{
			{`<i data-f="{{join (split "a b" " ") ","}}"></i>`, `<i data-f="a,b"></i>`},
		},
	}, {
		Name: "json",
		Doc:  "json VALUE writes a value as JSON, for a script element of type application/json or an attribute.",
		Call: toJSON,
		Examples: []Example{
			{`<script type="application/json">{{json (split "a </script>" " ")}}</script>`, `<script type="application/json">["a","\u003c/script\u003e"]</script>`},
			{`<i data-x="{{json (split "a b" " ")}}"></i>`, `<i data-x="[&#34;a&#34;,&#34;b&#34;]"></i>`},
		},
	}, {
		Name:     "split",
		Doc:      "split TEXT SEPARATOR takes a text apart: a short list in a layout.",
		Call:     strings.Split,
		Examples: []Example{{`{{range split "a b" " "}}<b>{{.}}</b>{{end}}`, `<b>a</b><b>b</b>`}},
	}}
}

// toJSON writes a value as JSON that is safe in HTML: encoding/json escapes
// what could end a script element.
func toJSON(v any) (template.JS, error) {
	data, err := json.Marshal(v)
	return template.JS(data), err // encoding/json escapes <, > and &
}

func functionMap() template.FuncMap {
	m := template.FuncMap{}
	for _, f := range Functions() {
		m[f.Name] = f.Call
	}
	return m
}

// functionNames lists what a layout may call, for spelling help.
func functionNames() []string {
	names := []string{
		"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt",
		"ne", "not", "or", "print", "printf", "println", "slice", "urlquery",
	}
	return append(names, slices.Sorted(maps.Keys(functionMap()))...)
}
