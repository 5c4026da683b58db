package diag

import (
	"strings"
	"testing"
)

func TestFindingIsOneLine(t *testing.T) {
	f := Errorf(Pos{"content/databases/libby.md", 7, 3}, "unknown-field", "unknown field %q", "urll").
		WithHint(DidYouMean("urll", []string{"url", "title"}))
	want := `content/databases/libby.md:7:3: error: unknown field "urll" (did you mean "url"?) [unknown-field]`
	if f.String() != want {
		t.Errorf("got  %s\nwant %s", f, want)
	}
	g := Warnf(Pos{File: "content/a\nb.md"}, "x", "two\nlines")
	if strings.Contains(g.String()[len("content/a"):], "two\n") {
		t.Errorf("a line break in a message: %q", g.String())
	}
}

func TestSuggest(t *testing.T) {
	formats := []string{"ebook", "audiobook", "comic", "magazine", "music"}
	for _, c := range []struct{ word, want string }{
		{"ebok", "ebook"}, {"Ebook", "ebook"}, {"audiobok", "audiobook"}, {"magzaine", "magazine"},
		{"muscic", "music"}, {"xyz", ""}, {"", ""},
	} {
		if got := Suggest(c.word, formats); got != c.want {
			t.Errorf("Suggest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
	if got := Suggest("cat", []string{"bat", "hat"}); got != "" {
		t.Errorf("two equally near words: got %q", got)
	}
	if got := DidYouMean("film", []string{"ebook", "video"}); got != "allowed: ebook, video" {
		t.Errorf("got %q", got)
	}
}

func TestSortRemovesWhatIsSaidTwice(t *testing.T) {
	a := Errorf(Pos{"b.md", 2, 1}, "r", "late")
	b := Warnf(Pos{"a.md", 9, 1}, "r", "first file")
	c := Errorf(Pos{"b.md", 1, 5}, "r", "early")
	got := Sort([]Finding{a, b, c, a})
	if len(got) != 3 || got[0] != b || got[1] != c || got[2] != a {
		t.Errorf("got %v", got)
	}
	if errors, warnings := Count(got); errors != 2 || warnings != 1 {
		t.Errorf("counts %d, %d", errors, warnings)
	}
}

func TestWriters(t *testing.T) {
	fs := []Finding{Errorf(Pos{"content/a,b.md", 0, 0}, "x", "50%% of \"x\"").WithHint("mend it")}
	var js, gh strings.Builder
	if err := WriteJSON(&js, fs); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(js.String(), `"line": 1`) || !strings.Contains(js.String(), `"hint": "mend it"`) {
		t.Errorf("json: %s", js.String())
	}
	if err := WriteGitHub(&gh, fs); err != nil {
		t.Fatal(err)
	}
	if want := "::error file=content/a%2Cb.md,line=1,col=1,title=x::50%25 of \"x\" (mend it)\n"; gh.String() != want {
		t.Errorf("got %q, want %q", gh.String(), want)
	}
	js.Reset()
	if err := WriteJSON(&js, nil); err != nil || js.String() != "[]\n" {
		t.Errorf("no findings: %q, %v", js.String(), err)
	}
}
