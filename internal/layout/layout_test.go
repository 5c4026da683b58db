package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// shelf is what the layouts of these tests show.
type shelf struct {
	W     *lang.Words
	Title string
	Books []book
	First *book
	Body  template.HTML
}

type book struct {
	Title string
	Pages int
}

// Long reports whether a book has many pages.
func (b book) Long() bool { return b.Pages > 200 }

var page = Page[shelf]{Name: "page"}

func dictionary(t testing.TB) *lang.Dictionary {
	t.Helper()
	d, _, err := lang.Load(lang.Source{Program: os.DirFS("../..")}, []lang.Tag{lang.English()})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func source(t testing.TB, program, hub map[string]string) Source {
	src := Source{Program: files(program), Bindings: []Binding{page.Binding()}, Words: dictionary(t)}
	if hub != nil {
		src.Hub = files(hub)
	}
	return src
}

func files(texts map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range texts {
		m["layouts/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func example(t testing.TB) *shelf {
	return exampleIn(dictionary(t).For(lang.English()))
}

func exampleIn(w *lang.Words) *shelf {
	wild := book{"The Wild Robot & more", 279}
	return &shelf{
		W: w, Title: "Books", First: &wild,
		Books: []book{wild, {"Wish", 240}, {"Owl", 12}}, Body: "<p>Trusted <em>text</em></p>",
	}
}

func render(t testing.TB, src Source) string {
	t.Helper()
	set, findings, err := Load(src)
	if err != nil || len(findings) > 0 {
		t.Fatalf("load: %v %v", findings, err)
	}
	var buf bytes.Buffer
	if err := page.Render(set, &buf, *example(t)); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestRender(t *testing.T) {
	t.Parallel()
	got := render(t, source(t, map[string]string{
		"page.html": `<h1>{{.Title}}</h1>
			{{- /* a remark */ -}}
			<p>{{.W.N "books" (len .Books)}}: {{range .Books}}{{template "parts/book" .}}{{end}}</p>`,
		"parts/book.html": `<b{{if .Long}} class="long"{{end}}>{{.Title}}</b>`,
	}, map[string]string{
		"parts/book.html": `<i{{if .Long}} class="long"{{end}}>{{.Title}}</i>`,
	}))
	want := `<h1>Books</h1><p>3 books: <i class="long">The Wild Robot &amp; more</i><i class="long">Wish</i><i>Owl</i></p>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFunctionExamples(t *testing.T) {
	t.Parallel()
	names := []string{}
	for _, f := range Functions() {
		names = append(names, f.Name)
		if f.Doc == "" || len(f.Examples) == 0 {
			t.Errorf("function %s lacks a text or an example", f.Name)
		}
		for _, e := range f.Examples {
			if got := render(t, source(t, map[string]string{"page.html": e.Layout}, nil)); got != e.HTML {
				t.Errorf("%s: %s\n got %s\nwant %s", f.Name, e.Layout, got, e.HTML)
			}
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("functions are not in order: %v", names)
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	good := map[string]string{"page.html": `<p>{{.Title}}</p>{{template "share" .First}}`, "share.html": `{{with .}}{{.Title}}{{end}}`}
	for name, test := range map[string]struct {
		hub  map[string]string
		want []string
	}{
		"no hub layouts": {nil, nil},
		"a misspelt field": {
			map[string]string{"page.html": "<p>\n  é {{.Titel}}\n</p>"},
			[]string{`layouts/page.html:2:8: error: there is no field "Titel" here (did you mean "Title"?) [layout]`},
		},
		"a field of an element": {
			map[string]string{"page.html": `{{range .Books}}{{.Title}}{{.Author}}{{end}}`},
			[]string{`layouts/page.html:1:30: error: there is no field "Author" here (allowed: Title, Pages, Long) [layout]`},
		},
		"several mistakes": {
			map[string]string{"page.html": "{{.Titel}}\n{{if .Boks}}x{{end}}{{range .Books}}{{.Titel}}{{template \"share\" .Frist}}{{else}}{{.W.X}}{{end}}\n{{len .First}}"},
			[]string{
				`layouts/page.html:1:4: error: there is no field "Titel" here (did you mean "Title"?) [layout]`,
				`layouts/page.html:2:7: error: there is no field "Boks" here (did you mean "Books"?) [layout]`,
				`layouts/page.html:2:40: error: there is no field "Titel" here (did you mean "Title"?) [layout]`,
				`layouts/page.html:2:67: error: there is no field "Frist" here (allowed: Title, Pages, Long) [layout]`,
				`layouts/page.html:2:87: error: there is no field "X" here [layout]`,
				`layouts/page.html:3:7: error: len of type layout.book [layout]`,
			},
		},
		"a field in the middle of a path": {
			map[string]string{"page.html": `{{if $.Frist.Title}}x{{end}}`},
			[]string{`layouts/page.html:1:8: error: there is no field "Frist" here (did you mean "First"?) [layout]`},
		},
		"a field in a layout that another uses": {
			map[string]string{"share.html": "\n{{.Name}}"},
			[]string{`layouts/share.html:2:4: error: there is no field "Name" here (allowed: Title, Pages, Long) [layout]`},
		},
		"a layout that is used and missing": {
			map[string]string{"page.html": `{{template "shore" .First}}`},
			[]string{`layouts/page.html:1:12: error: there is no layout "shore" (did you mean "share"?) [layout]`},
		},
		"a function that does not exist": {
			map[string]string{"page.html": "\n <p>{{jsonn .Title}}"},
			[]string{`layouts/page.html:2:7: error: there is no function "jsonn" (did you mean "json"?) [layout]`},
		},
		"an action that is not closed": {
			map[string]string{"page.html": "<p>\n<b>{{.Title"},
			[]string{`layouts/page.html:2:4: error: the layout cannot be read: unclosed action [layout]`},
		},
		"an if without end": {
			map[string]string{"page.html": "{{if .Title}}<p>"},
			[]string{`layouts/page.html:1:1: error: the layout cannot be read: unexpected EOF [layout]`},
		},
		"HTML that leaves a tag open": {
			map[string]string{"page.html": `<p {{if .Title}}class="{{end}}>`},
			[]string{`layouts/page.html:1:4: error: the HTML of the layout cannot be followed: {{if}} branches end in different contexts: {stateAttr delimDoubleQuote urlPartNone jsCtxRegexp [] attrNone elementNone <nil>}, {stateTag delimNone urlPartNone jsCtxRegexp [] attrNone elementNone <nil>} [layout]`},
		},
		"a value of the wrong kind": {
			map[string]string{"page.html": `{{range .Title}}x{{end}}`},
			[]string{`layouts/page.html:1:9: error: range can't iterate over type string [layout]`},
		},
		"a word that does not exist": {
			map[string]string{"page.html": `{{.W.T "serch"}} {{$.W.N "book" 3}} {{json (.W.Data "home" "mnu")}}`},
			[]string{
				`layouts/page.html:1:8: error: there is no word "serch" (did you mean "search"?) [layout]`,
				`layouts/page.html:1:26: error: there is no word "book" (did you mean "books"?) [layout]`,
				`layouts/page.html:1:60: error: there is no word "mnu" (did you mean "menu"?) [layout]`,
			},
		},
		"placeholders of words": {
			map[string]string{"page.html": `{{.W.T "books"}}{{.W.N "home" 1}}{{.W.T "ended" "titel" .Title}}{{.W.T "ended" "title" .Title}}{{.W.T "home" "x"}}`},
			[]string{
				`layouts/page.html:1:8: error: the word "books" goes with a number (ask for it with N) [layout]`,
				`layouts/page.html:1:24: error: the word "home" does not go with a number (ask for it with T) [layout]`,
				`layouts/page.html:1:49: error: the word "ended" has no placeholder {titel} (did you mean "title"?) [layout]`,
				`layouts/page.html:1:72: error: the word "ended" needs a value for {date} [layout]`,
				`layouts/page.html:1:103: error: the word "home" takes pairs of name and value [layout]`,
			},
		},
		"a layout whose name is misspelt": {
			map[string]string{"pgae.html": `<p>`},
			[]string{`layouts/pgae.html:1:1: warning: no page uses this layout (did you mean "page.html"?) [layout]`},
		},
		"one template in two files": {
			map[string]string{"more.html": "\n{{define \"share\"}}x{{end}}"},
			[]string{`layouts/share.html:1:1: error: the template "share" is defined in layouts/more.html too [layout]`},
		},
		"text that is not UTF-8": {
			map[string]string{"page.html": "\xff"},
			[]string{`layouts/page.html:1:1: error: the layout is not UTF-8 text (save it with the encoding UTF-8) [layout]`},
		},
		"a BOM, CRLF, hidden and other files": {
			map[string]string{"page.html": "\ufeff<p>\r\n{{.Title}}", ".page.html": "{{", "page.txt": "{{", "i18n/en.yaml": "{{"}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, findings, err := Load(source(t, good, test.hub))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range findings {
				got = append(got, f.String())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestLoadReportsAMissingLayout(t *testing.T) {
	t.Parallel()
	_, findings, err := Load(source(t, map[string]string{"other.html": ""}, nil))
	if err != nil || len(findings) != 1 || findings[0].Pos.File != "layouts/page.html" || findings[0].Severity != diag.Error {
		t.Errorf("got %v %v", findings, err)
	}
}

// spaceCases are layouts in which white space is easy to get wrong.
var spaceCases = []string{
	"<!doctype html>\n<html lang=en>\n <head>\n  <title> {{.Title}}  x </title>\n </head>\n <body class=\"a\n b\">\n  <p>\n   A <b> b </b>\n   c\n  </p>\n </body>\n</html>\n",
	"<p>one\n  {{range .Books}}\n   <a href=\"x\">{{.Title}}</a>\n  {{end}}\n two</p>",
	"<p>{{range .Books}}{{.Title}}\n{{end}}</p>",
	"<ul>\n {{range .Books}}\n  <li> {{.Title}} </li>\n {{end}}\n</ul>\n{{if .Title}} text {{end}}\n<b>x</b>",
	"<pre>\n  {{.Title}}\n   b <b>c  </b>\n</pre>\n  <textarea>  a\n {{.Title}}  </textarea> d",
	"<pre>{{template \"part\" .}}</pre>",
	"<div title=\"{{template \"part\" .}}\">  x  </div>",
	"<p>{{template \"part\" .}}</p>",
	"<a\n  href=\"x\"\n  {{if .Title}} title='a  \"b\" {{.Title}}'  {{end}}\n >\n x</a\n > y",
	"<p>a <!-- a <b> comment --> b</p> <!-- {{.Title}} --> c",
	"<p>1 < 2  and  3</p> {{.Body}} <span> a</span> <span>b </span>",
	"<script>\n  // a comment\n  var x = {{.Title}};\n</script>\n<style>\n b { color: red }\n</style>",
	"<table>\n <tr>\n  <td> a </td>\n  <td>{{.Title}} </td>\n </tr>\n</table>",
	"<p>{{if .Title}}a {{else}} b{{end}} c</p>{{with .First}} <b>{{.Title}}</b> {{end}}",
	"<p>{{$x := .Title}} {{$x}} </p> {{$y := .Title}} <p> {{$y}}</p>",
	"<svg viewBox=\"0 0 1 1\">\n <path d=\"M0 0\n 1 1\"/>\n <text> a <tspan>b</tspan> </text>\n</svg> x",
	"<button>\n a\n</button>\n<button>b</button>",
	"<PRE>  a </PRE><Script>  b  </sCRIPT>  c",
	"<select>\n <option> a\n <option>b\n</select> x",
	"a <br> b<br>\nc <img src=x> <input> d",
}

func TestMinifiedLayoutsShowTheSame(t *testing.T) {
	t.Parallel()
	for _, text := range spaceCases {
		part := "  two\n\n lines  "
		plain := template.Must(template.New("page").Funcs(functionMap()).Parse(text + `{{define "part"}}` + part + `{{end}}`))
		var want bytes.Buffer
		if err := plain.Execute(&want, example(t)); err != nil {
			t.Fatal(err)
		}
		got := render(t, source(t, map[string]string{"page.html": text, "part.html": part}, nil))
		if g, w := shown(t, got), shown(t, want.String()); g != w {
			t.Errorf("layout %q\ngives    %q\nshows    %q\nunminified %q", text, got, g, w)
		}
		if len(got) > want.Len() {
			t.Errorf("layout %q grows to %q", text, got)
		}
	}
}

// shown writes the elements of a page, with their attributes, and their text as
// a browser shows it: runs of white space are one blank, and none beside a
// block.
func shown(t *testing.T, page string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out viewer
	out.node(doc, false)
	return strings.Join(out, "")
}

// viewer is what a browser shows, piece by piece.
type viewer []string

func (v *viewer) node(n *html.Node, raw bool) {
	switch {
	case n.Type == html.TextNode && raw:
		*v = append(*v, fmt.Sprintf("%q", n.Data))
	case n.Type == html.TextNode:
		v.text(n.Data)
	case n.Type == html.ElementNode:
		tag := "<" + n.Data
		for _, a := range n.Attr {
			tag += fmt.Sprintf(" %s=%q", a.Key, a.Val)
		}
		v.tag(tag+">", isBlock(n.Data))
	}
	raw = raw || slices.Contains([]string{"pre", "textarea", "script", "style"}, n.Data)
	for c := range n.ChildNodes() {
		v.node(c, raw)
	}
	if n.Type == html.ElementNode {
		v.tag("</"+n.Data+">", isBlock(n.Data))
	}
}

func (v *viewer) text(s string) {
	for _, r := range s {
		switch {
		case !strings.ContainsRune(" \t\r\n\f", r):
			*v = append(*v, string(r))
		case len(*v) == 0 || (*v)[len(*v)-1] != " " && (*v)[len(*v)-1] != "":
			*v = append(*v, " ")
		}
	}
}

// tag adds a tag; an empty piece after a block keeps blanks away.
func (v *viewer) tag(tag string, block bool) {
	if !block {
		*v = append(*v, tag)
		return
	}
	if n := len(*v); n > 0 && (*v)[n-1] == " " {
		(*v)[n-1] = ""
	}
	*v = append(*v, tag, "")
}

func FuzzSqueeze(f *testing.F) {
	for _, text := range spaceCases {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := squeezer{rest: []byte(text)}
		s.run()
		if len(s.out) > len(text) {
			t.Errorf("%q grows to %q", text, s.out)
		}
		plain := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if !strings.Contains(text, "<!--") && plain(string(s.out)) != plain(text) {
			t.Errorf("%q loses something: %q", text, s.out)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	set, _, err := Load(source(b, map[string]string{"page.html": "<h1>{{.Title}}</h1>\n<ul>\n{{range .Books}}  <li>{{.Title}} {{$.W.N \"book-pages\" .Pages}}</li>\n{{end}}</ul>{{.Body}}"}, nil))
	if err != nil {
		b.Fatal(err)
	}
	data := example(b)
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := page.Render(set, &buf, *data); err != nil {
			b.Fatal(err)
		}
	}
}
