package layout

import (
	"bytes"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/twinshelf/twinshelf/internal/lang"
)

// gallery is what the layouts of the tests of programs show: a value of every
// kind that views hold.
type gallery struct {
	shelf
	Text    string
	Number  int
	Flag    bool
	HTML    template.HTML
	JS      template.JS
	URL     template.URL
	Attr    template.HTMLAttr
	Names   []string
	Map     map[string]string
	Nothing *book
	Any     any
	Data    struct {
		A string `json:"a"`
		B []int  `json:"b"`
	}
}

// Shout is a method for layouts.
func (g gallery) Shout() string { return strings.ToUpper(g.Text) }

func newGallery(w *lang.Words, text string) *gallery {
	g := &gallery{
		shelf: *exampleIn(w), Text: text, Number: 7, Flag: true, HTML: "<b>&amp;</b>", JS: `{"a":1}`, URL: "tel:+12175550100",
		Attr: `data-x="1"`, Names: []string{text, "", "b"}, Map: map[string]string{"a": text}, Any: text,
	}
	g.Data.A, g.Data.B = text, []int{1, 2}
	return g
}

// Say is a method with arguments.
func (g gallery) Say(words ...string) string { return g.Text + strings.Join(words, "") }

// pair is a layout as a program, nil if it cannot be one, and as html/template
// has it.
type pair struct {
	program  *program
	template *template.Template
}

func newPair(t testing.TB, text string) pair {
	t.Helper()
	root := template.New("").Funcs(functionMap())
	template.Must(root.New("page").Parse(text))
	trees := map[string]*parse.Tree{}
	for _, x := range root.Templates() {
		if x.Tree != nil {
			trees[x.Name()] = x.Tree
		}
	}
	p, err := compile("page", trees, (*gallery)(nil), newProbes())
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return pair{p, root.Lookup("page")}
}

// compare renders both ways.
func (p pair) compare(t *testing.T, data *gallery) {
	t.Helper()
	var got, want bytes.Buffer
	if !p.program.run(&got, reflect.ValueOf(data)) {
		t.Error("the program met an error")
	}
	if err := p.template.Execute(&want, data); err != nil {
		t.Error(err)
	}
	if got.String() != want.String() {
		t.Errorf("with %q:\n got %q\nwant %q", data.Text, got.String(), want.String())
	}
}

// programCases are layouts that programs must know.
var programCases = []string{
	`<p>{{.Text}} {{.Number}} {{.HTML}} {{.Title}} {{.URL}} {{.JS}} {{.Attr}}</p>`,
	`<p title="{{.Text}} {{.Number}} {{.HTML}} {{.URL}} {{.Shout}}" data-x='{{.Text}}'>`,
	`<title>{{.Text}}</title><textarea>{{.Text}}{{.HTML}}</textarea>`,
	`<a href="{{.Text}}">x</a><a href="/{{.Text}}">x</a><a href="/?q={{.Text}}">x</a><a href="{{.URL}}">x</a><a href="https://x/{{.Text}}#{{.Text}}">x</a>`,
	`<a title={{.Text}}>x</a><img srcset="{{.Text}}"><img src="{{.Text}}"><meta http-equiv="refresh" content="0; url={{.Text}}">`,
	`<script type="application/json">{{.Data}}</script><script>var a = {{.Text}}, b = "{{.Text}}", c = {{.JS}}, d = {{.Names}}</script>`,
	`<style>a { color: {{.Text}} }</style>`,
	`{{if .Flag}}a{{else}}b{{end}}{{if .Nothing}}a{{else if .Text}}b{{else}}c{{end}}{{if .Names}}a{{end}}{{if .Number}}a{{end}}{{if .Map}}a{{end}}{{if .Data}}a{{end}}`,
	`{{if and .Flag .Text .Names}}a{{end}}{{if or .Nothing .Text}}b{{end}}{{if not .Nothing}}c{{end}}{{if and (or .Nothing .Flag) (not .Text)}}d{{end}}`,
	`{{if eq .Number 7}}a{{end}}{{if ne .Number 7}}b{{end}}{{if eq .Text "a" "b" .Title}}c{{end}}{{if eq .Flag true}}d{{end}}{{eq .Number 3}}`,
	`{{with .First}}{{.Title}}{{if .Long}}!{{end}}{{end}}{{with .Nothing}}x{{else}}y{{end}}{{with $x := .Text}}{{$x}}{{.}}{{end}}`,
	`{{range .Books}}<b>{{.Title}} {{.Pages}} {{$.Text}}</b>{{else}}none{{end}}{{range $i, $n := .Names}}{{if $i}}, {{end}}{{$i}}{{$n}}{{end}}{{range $b := .Books}}{{$b.Title}}{{end}}`,
	`{{$x := .Text}}{{if .Flag}}{{$y := .Title}}{{$x}}{{$y}}{{$x = .Title}}{{end}}{{$x}}{{if $z := .First}}{{$z.Title}}{{end}}`,
	`{{.W.T "ended" "title" .Text "date" (.W.T "home")}}{{.W.N "books" .Number}}{{.W.N "books" (len .Books)}}{{$w := .W}}{{range .Names}}{{$w.T "contact-for" "whom" .}}{{end}}`,
	`{{define "part"}}<i{{template "lang" .Title}}>{{.Title}}{{$x := .Pages}}{{$x}}</i>{{end}}{{define "lang"}} lang="{{.}}"{{end}}{{range .Books}}{{template "part" .}}{{end}}{{with .First}}{{template "part" .}}{{end}}`,
	`{{define "top"}}<html><body>{{end}}{{define "bottom"}}</body></html>{{end}}{{template "top"}}{{.Text}}{{template "bottom" .}}`,
	`{{join .Names ", "}}{{json .Data}}{{json (.W.Data "home" "books")}}{{.Say "a" "b"}}{{.First.Long}}<i data-x="{{json .Names}}"></i>{{len .Text}}{{"fixed & free"}}{{.Any}}{{.Map}}{{.Names}}{{.Flag}}`,
	`{{define "none"}}{{end}}{{template "none" .}}<!-- {{.Text}} --><p>a<!-- b -->c</p>`,
}

func TestProgramsShowWhatTemplatesShow(t *testing.T) {
	t.Parallel()
	words := dictionary(t).For(lang.English())
	texts := []string{
		"Sora", "", `<script>"&'+` + "\x00`", "javascript:alert(1)", "https://example.org/?a=b&c=d+e#f", "MAILTO:a@example.org",
		"/el niño/ñ%20%zz%", "a/b:c", "{{.}}", "año 2027 – “x”", "\xff\xfe", "</script><!--", "1 2x, /a 3x", "http:", "tel:1",
	}
	for _, layout := range slices.Concat(programCases, spaceCases) {
		if strings.Contains(layout, `"part"`) && !strings.Contains(layout, "define") {
			layout += `{{define "part"}} a  b {{end}}`
		}
		t.Run(layout, func(t *testing.T) {
			t.Parallel()
			p := newPair(t, layout)
			if p.program == nil {
				t.Fatal("there is no program")
			}
			for _, text := range texts {
				p.compare(t, newGallery(words, text))
			}
		})
	}
}

func TestProgramsLeaveToTemplatesWhatTheyDoNotKnow(t *testing.T) {
	t.Parallel()
	for _, layout := range []string{
		`{{range $k, $v := .Map}}{{$k}}{{$v}}{{end}}`,
		`{{.Map.a}}`,
		`{{printf "%d" .Number}}`,
		`{{.Text | len}}`,
		`{{or .Text "none"}}`,
		`{{range .Books}}{{break}}{{end}}`,
		`{{range .Number}}x{{end}}`,
		`{{define "loop"}}{{if .}}{{end}}{{if false}}{{template "loop" .}}{{end}}{{end}}{{template "loop" .}}`,
		`{{index .Names 0}}`,
		`{{lt .Number 8}}`,
		`{{1.5}}`,
	} {
		if newPair(t, layout).program != nil {
			t.Errorf("a program for %s: move it to the cases that programs know", layout)
		}
	}
}

func TestErrorsOfProgramsAreTheTemplates(t *testing.T) {
	t.Parallel()
	set, findings, err := Load(source(t, map[string]string{"page.html": "<p>\n{{.First.Title}}</p>"}, nil))
	if err != nil || len(findings) > 0 || len(set.Interpreted()) > 0 {
		t.Fatal(findings, err)
	}
	buf := bytes.NewBufferString("before")
	err = page.Render(set, buf, shelf{})
	if err == nil || !strings.Contains(err.Error(), "page:2:8") {
		t.Errorf("got %v", err)
	}
	if !strings.HasPrefix(buf.String(), "before") {
		t.Errorf("what was in the buffer is gone: %q", buf)
	}
}

func FuzzProgram(f *testing.F) {
	for _, text := range []string{"Sora", "<&\"'+", "javascript:x", "/%zz ñ"} {
		f.Add(text)
	}
	var pairs []pair
	for _, layout := range programCases {
		pairs = append(pairs, newPair(f, layout))
	}
	words := dictionary(f).For(lang.English())
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range pairs {
			p.compare(t, newGallery(words, text))
		}
	})
}
