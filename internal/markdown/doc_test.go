package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// The anchors are those that github-slugger 2.0.0 makes of the same headings,
// in this order, but for the last: it gives a heading without letters an empty
// one, which HTML forbids.
func TestAnchorsAreGitHubs(t *testing.T) {
	t.Parallel()
	headings := [][2]string{
		{"foo", "foo"}, {"foo", "foo-1"}, {"foo 1", "foo-1-1"}, {"foo", "foo-2"},
		{"Hello, World!", "hello-world"}, {"Biblioteca Pública", "biblioteca-pública"},
		{"two  spaces", "two--spaces"}, {"C++ & C#", "c--c"}, {"ΟΔΟΣ ΟΔΟΣ", "οδος-οδος"},
		{"İstanbul", "i̇stanbul"}, {"日本語 見出し", "日本語-見出し"}, {"a_b-c", "a_b-c"},
		{"🎉 Party", "-party"}, {"50% off", "50-off"}, {"don’t", "dont"}, {"don't", "dont-1"},
		{"Ünïcödé", "ünïcödé"}, {"Straße", "straße"}, {"foo-1", "foo-1-2"}, {"日本語 見出し", "日本語-見出し-1"},
		{"A–B", "ab"}, {"x²", "x"}, {"№5", "5"}, {"ⓐⓑ", "ⓐⓑ"}, {"e\u0301", "e\u0301"}, {"a\u00a0b", "ab-1"},
		{"constructor", "constructor"}, {"?!", "section"},
	}
	a := newAnchors()
	for _, h := range headings {
		if got := a.next(h[0]); got != h[1] {
			t.Errorf("anchor of %q = %q, want %q", h[0], got, h[1])
		}
	}
}

func TestReservedAnchorsComeFirst(t *testing.T) {
	t.Parallel()
	doc := Parse(Source{Text: "## Get in\n\n## Wish\n\n## Get in", Reserved: []string{"get-in", "wish", "get-in-2"}})
	want := []string{"get-in-1", "wish-1", "get-in-3"}
	if got := anchorsOf(doc); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func anchorsOf(doc *Doc) []string {
	var ids []string
	for _, h := range doc.Headings {
		ids = append(ids, h.ID)
	}
	return ids
}

func TestTranslationTakesAnchors(t *testing.T) {
	t.Parallel()
	doc := Parse(Source{Text: "## Cómo entrar\n\na\n\n### Más"})
	changed := doc.WithAnchors([]string{"get-in", ""})
	got := string(must(changed.Append(nil, plain{}, english)))
	want := `<h2 id="get-in">Cómo entrar</h2><p>a</p><h3 id="más">Más</h3>`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if ids := anchorsOf(doc); !slices.Equal(ids, []string{"cómo-entrar", "más"}) {
		t.Errorf("the first Doc has changed: %q", ids)
	}
}

func TestDocHoldsWhatTheTextHolds(t *testing.T) {
	t.Parallel()
	doc := Parse(Source{File: "f", Text: strings.Join([]string{
		"## A *b* `c` [d](d.md \"T &amp; t\") ![e](e.png)", "",
		"> quote", "",
		"First & [*last* &copy;](x.md#y) `code`,", "second line.  ", "third.", "",
		"Next.", "",
		"::databases{format=audiobook subject=\"Early \\\"literacy\\\"\" grade='k-5'}",
	}, "\n")})
	want := &Doc{
		Headings: []Heading{{Level: 2, Text: "A b c d", ID: "a-b-c-d-", Pos: diag.Pos{File: "f", Line: 1, Col: 1}}},
		Links: []Link{
			{Kind: TextLink, Dest: "d.md", Text: "d", Title: "T & t", Pos: diag.Pos{File: "f", Line: 1, Col: 18}},
			{Kind: ImageLink, Dest: "e.png", Text: "e", Pos: diag.Pos{File: "f", Line: 1, Col: 41}},
			{Kind: TextLink, Dest: "x.md#y", Text: "last ©", Pos: diag.Pos{File: "f", Line: 5, Col: 25}},
		},
		Blocks: []Block{{
			Name: "databases", Pos: diag.Pos{File: "f", Line: 11, Col: 1},
			Attrs: []Attr{
				{"format", "audiobook", diag.Pos{File: "f", Line: 11, Col: 20}},
				{"subject", `Early "literacy"`, diag.Pos{File: "f", Line: 11, Col: 38}},
				{"grade", "k-5", diag.Pos{File: "f", Line: 11, Col: 65}},
			},
		}},
		Summary: "First & last © code, second line. third.",
	}
	if diff := cmp.Diff(want, doc, cmpopts.IgnoreFields(Doc{}, "HTML", "Holes"), cmpopts.IgnoreUnexported(Doc{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := doc.Blocks[0].Attr("grade") + doc.Blocks[0].Attr("library"); got != "k-5" {
		t.Errorf("attributes grade and library: %q", got)
	}
}

// Docs are read by many goroutines at once, and one parser makes them all.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	text := "## A\n\n[b](c.md) d@e.example [^1]\n\n::hours\n\n:::note\nx\n:::\n\n[^1]: f\n\n| a |\n|---|\n| b |"
	want := render(text)
	done := make(chan error)
	for range 8 {
		go func() {
			for range 50 {
				if got := render(text); got != want {
					done <- fmt.Errorf("got %s, want %s", got, want)
					return
				}
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
