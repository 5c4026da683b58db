package markdown

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Whatever the text: Parse answers; the HTML is well formed and holds nothing
// but what we write; places lie within the file; anchors are there once; CRLF
// changes nothing, and neither does the parser for bodies without "www.".
func FuzzParse(f *testing.F) {
	for _, e := range commonMarkExamples(f) {
		f.Add(e.Markdown)
	}
	for _, seed := range []string{
		"::databases{format=audiobook subject=\"Early literacy\"}\n::database{id=}\n:hours{}\n::hours {x=“y”}",
		":::note\n> [!TIP]\n> - [x] a[^1]\n:::\n\n[^1]: b",
		"::::note\n- ```\n  :::\n  ```\n:::tip\n::::",
		"| a | `b\\|c` |\n|:-|-:|\n| d@e.example | www.f.example |",
		"[a](javascript:b) ![](data:c) <ftp://d> [e]: f\n\n[g]: //h\n\n[g]",
		"<div>\n<script>x</script> <b onclick='y'>z</b> <!-- a",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := Parse(Source{File: "f", Line: 3, Text: text, Reserved: []string{"get-in"}})
		checkHTML(t, string(must(doc.Append(nil, plain{}, english))))
		checkPlaces(t, doc, text)
		sameByLetters(t, text)
		if !strings.Contains(text, "\r") {
			again := Parse(Source{File: "f", Line: 3, Text: strings.ReplaceAll(text, "\n", "\r\n"), Reserved: []string{"get-in"}})
			if !reflect.DeepEqual(doc, again) {
				t.Errorf("CRLF makes a difference")
			}
		}
	})
}

// byLetters has goldmark look at each letter and each full stop, as it does by
// itself.
var byLetters = parserWith(inlineParsers(bareLink{wakes: []byte{':', '.'}}))

// sameByLetters holds the parsers to the one that leaves nothing out.
func sameByLetters(t *testing.T, text string) {
	t.Helper()
	src := Source{File: "f", Line: 3, Text: text, Reserved: []string{"get-in"}}
	b := &builder{anchors: newAnchors()}
	b.reset(src)
	doc, want := Parse(src), b.read(byLetters)
	if !reflect.DeepEqual(doc, want) {
		t.Fatalf("%q:\ngot  %s\nwant %s", text, doc.HTML, want.HTML)
	}
}

func TestPlainTextIsWhatGoldmarkTakesByLetters(t *testing.T) {
	t.Parallel()
	pieces := []string{" ", "  ", "\n", "\n\n", "a", "word", "é", ".", ",", ":", "::", "\\", "\\\\", "*", "**", "_", "~", "`", "``", "[", "]", "(", ")", "!",
		"<", ">", "&", "&amp;", "#", "- ", "> ", "|", "\t", "@", "a@b.example", "www.a.example", "https://a.example", "http:", "[^1]", "[^1]: ", "\r\n", "\"", "'", "1. ", "<b>", "-->", "=", "---"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var few [4]string // meet more often
		for i := range few {
			few[i] = pieces[random.IntN(len(pieces))]
		}
		var text strings.Builder
		for range 1 + random.IntN(14) {
			text.WriteString(few[random.IntN(len(few))])
		}
		sameByLetters(t, text.String())
	}
}

// known are the elements that a body may hold, with their attributes.
var known = map[string][]string{
	"a": {"href", "title", "class", "role", "aria-label"}, "img": {"src", "alt", "title"}, "input": {"type", "checked", "disabled", "aria-label"},
	"h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "p": {"class"}, "br": nil, "hr": nil, "em": nil, "strong": nil, "del": nil,
	"code": {"class"}, "pre": nil, "blockquote": nil, "ul": {"class"}, "ol": {"start"}, "li": {"class", "id"}, "sup": {"id"},
	"section": {"class", "role", "aria-label"}, "div": {"class", "role", "tabindex", "aria-label"},
	"table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"scope", "class"}, "td": {"class"},
}

func checkHTML(t *testing.T, source string) {
	t.Helper()
	var open []string
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		kind := z.Next()
		token := z.Token()
		switch kind {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%q is never closed in %s", open, source)
			}
			return
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			t.Errorf("%q in %s", token, source)
		case html.StartTagToken:
			checkTag(t, token, ids)
			if !slices.Contains([]string{"img", "input", "br", "hr"}, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("%q closes %q in %s", token, open, source)
			}
			open = open[:len(open)-1]
		}
	}
}

func checkTag(t *testing.T, token html.Token, ids map[string]bool) {
	t.Helper()
	allowed, ok := known[token.Data]
	if !ok {
		t.Errorf("%s is not ours", token)
	}
	for _, a := range token.Attr {
		if !slices.Contains(allowed, a.Key) {
			t.Errorf("the attribute %s of %s is not ours", a.Key, token)
		}
		if _, bad := refused(a.Val); bad && (a.Key == "href" || a.Key == "src") {
			t.Errorf("%s has a scheme that is not allowed", token)
		}
		if a.Key == "id" {
			if ids[a.Val] || a.Val == "" || strings.ContainsAny(a.Val, " \t\n") || a.Val == "get-in" {
				t.Errorf("the ID of %s is there already, or is none", token)
			}
			ids[a.Val] = true
		}
	}
}

func checkPlaces(t *testing.T, doc *Doc, text string) {
	t.Helper()
	lines := strings.Split(string(appendNormal(nil, text)), "\n")
	check := func(line, col int) {
		if line < 3 || line >= 3+len(lines) || col < 1 || col > 1+len([]rune(lines[line-3])) {
			t.Errorf("%d:%d is not in the text %q", line, col, text)
		}
	}
	for _, x := range doc.Findings {
		check(x.Pos.Line, x.Pos.Col)
	}
	for _, x := range doc.Links {
		check(x.Pos.Line, x.Pos.Col)
	}
	for _, x := range doc.Headings {
		check(x.Pos.Line, x.Pos.Col)
	}
	for _, x := range doc.Blocks {
		check(x.Pos.Line, x.Pos.Col)
		for _, a := range x.Attrs {
			check(a.Pos.Line, a.Pos.Col)
		}
	}
}
