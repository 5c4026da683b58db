package markdown

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// example is one of the 652 examples of https://spec.commonmark.org/0.31.2/.
type example struct {
	Markdown string
	HTML     string
	Example  int
	Section  string
}

func commonMarkExamples(t testing.TB) []example {
	t.Helper()
	data, err := os.ReadFile("testdata/commonmark-0.31.2.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 652 {
		t.Fatalf("%d examples, want 652", len(list))
	}
	return list
}

// plain is a Resolver that shows everything as written.
type plain struct{}

func (plain) Link(l *Link) Target               { return Target{URL: l.Dest} }
func (plain) Image(l *Link) Picture             { return Picture{URL: l.Dest} }
func (plain) Block(dst []byte, b *Block) []byte { return append(dst, "[block "+b.Name+"]"...) }

var english = &Words{
	Note: "Note", Tip: "Tip", Warning: "Warning", Footnotes: "Footnotes",
	BackToText: "Back to the text", Done: "done", ToDo: "to do", Table: "Table",
}

// deviations are the examples that come out in another way, by the reason.
// Everything else of CommonMark is as its examples have it, but that headings
// have anchors and the first level is an h2.
var deviations = map[string][]int{
	"raw HTML does not come out, comments vanish": {
		21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168,
		169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 182, 183, 184, 185, 186, 187, 188, 189,
		190, 191, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 625,
		626, 627, 628, 629, 630, 631, 642, 643,
	},
	"only https, http, mailto and tel are links": {596, 598, 599, 601},
	"bare addresses are links, as on GitHub":     {602, 608, 611, 612},
}

func TestCommonMarkExamples(t *testing.T) {
	t.Parallel()
	reason := map[int]string{}
	for why, examples := range deviations {
		for _, n := range examples {
			reason[n] = why
		}
	}
	for _, e := range commonMarkExamples(t) {
		got := tree(string(must(Parse(Source{Text: e.Markdown}).Append(nil, plain{}, english))))
		want := tree(e.HTML)
		if why := reason[e.Example]; why != "" {
			if got == want {
				t.Errorf("example %d passes and is not a deviation (%s)", e.Example, why)
			}
			continue
		}
		if got != want {
			t.Errorf("example %d (%s):\n%s\n got %s\nwant %s", e.Example, e.Section, e.Markdown, got, want)
		}
	}
}

// tree writes HTML as the tree that a browser makes of it, without the blanks
// that no reader sees, so that two ways to write the same compare equal.
func tree(source string) string {
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		panic(err)
	}
	var out []string
	for _, n := range nodes {
		out = appendTree(out, n, false)
	}
	for i, piece := range out {
		if !strings.HasPrefix(piece, "T") {
			continue
		}
		if i == 0 || block.MatchString(out[i-1]) {
			piece = "T" + strings.TrimLeft(piece[1:], " ")
		}
		if i == len(out)-1 || block.MatchString(out[i+1]) {
			piece = strings.TrimRight(piece, " ")
		}
		out[i] = piece
	}
	return strings.Join(slices.DeleteFunc(out, func(s string) bool { return s == "T" }), "")
}

var block = regexp.MustCompile(`^</?(blockquote|div|h[1-6]|hr|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)\b`)

func appendTree(out []string, n *html.Node, pre bool) []string {
	switch n.Type {
	case html.TextNode:
		text := n.Data
		if !pre {
			text = regexp.MustCompile(`[ \t\n]+`).ReplaceAllString(text, " ")
		}
		return append(out, "T"+text)
	case html.CommentNode:
		return append(out, "C"+n.Data)
	}
	tag := n.Data
	if tag == "h1" {
		tag = "h2" // the only h1 is the page's title
	}
	var attrs []string
	for _, a := range n.Attr {
		if a.Key == "id" && len(tag) == 2 && tag[0] == 'h' {
			continue // our anchors
		}
		attrs = append(attrs, " "+a.Key+"="+a.Val)
	}
	slices.Sort(attrs)
	out = append(out, "<"+tag+strings.Join(attrs, "")+">")
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = appendTree(out, c, pre || tag == "pre")
	}
	return append(out, "</"+tag+">")
}
