package lang

import "testing"

func TestGrades(t *testing.T) {
	t.Parallel()
	en, es := words(t, "en"), words(t, "es")
	for set, want := range map[string][2]string{
		"":               {"All ages", "Todas las edades"},
		"prek-12, adult": {"All ages", "Todas las edades"},
		"3":              {"Grade 3", "Grado 3"},
		"k":              {"Kindergarten", "Kínder"},
		"adult":          {"Adults", "Adultos"},
		"3-5":            {"Grades 3–5", "Grados 3 a 5"},
		"k-5":            {"Grades K–5", "Kínder a grado 5"},
		"prek-2":         {"Pre-K to grade 2", "Prekínder a grado 2"},
		"prek-k":         {"Pre-K and kindergarten", "Prekínder y kínder"},
		"k-2, 5, adult":  {"Grades K–2, grade 5, and adults", "Kínder a grado 2, grado 5 y adultos"},
		"k-12, adult":    {"Grades K–12 and adults", "Kínder a grado 12 y adultos"},
	} {
		got := [2]string{en.Grades(set), es.Grades(set)}
		if got != want {
			t.Errorf("%q:\n got %q\nwant %q", set, got, want)
		}
	}
	for grade, want := range map[string][2]string{"prek": {"Pre-K", "Pre-K"}, "k": {"K", "K"}, "3": {"3", "3"}, "adult": {"adults", "adultos"}} {
		if got := [2]string{en.GradeShort(grade), es.GradeShort(grade)}; got != want {
			t.Errorf("%s, short: got %q, want %q", grade, got, want)
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	en, es := words(t, "en"), words(t, "es")
	for _, test := range []struct {
		items  []string
		en, es string
	}{
		{nil, "", ""},
		{[]string{"español"}, "español", "español"},
		{[]string{"español", "inglés"}, "español and inglés", "español e inglés"},
		{[]string{"a", "b", "Himno"}, "a, b, and Himno", "a, b e Himno"},
		{[]string{"agua", "hielo"}, "agua and hielo", "agua y hielo"},
		{[]string{"a", "b", "c"}, "a, b, and c", "a, b y c"},
	} {
		if got := en.And(test.items); got != test.en {
			t.Errorf("got %q, want %q", got, test.en)
		}
		if got := es.And(test.items); got != test.es {
			t.Errorf("got %q, want %q", got, test.es)
		}
	}
}

// The lists of words are those of package hub, which lang does not import.
func TestNamesOfClosedSets(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "es"} {
		w := words(t, lang)
		for _, names := range []struct {
			of    func(string) string
			words []string
		}{
			{w.Format, []string{"ebook", "audiobook", "comic", "magazine", "newspaper", "video", "music", "reference", "article", "course", "game", "image", "dataset"}},
			{w.FormatPlural, []string{"ebook", "audiobook", "comic", "magazine", "newspaper", "video", "music", "reference", "article", "course", "game", "image", "dataset"}},
			{w.Audience, []string{"students", "teachers", "families", "librarians"}},
			{w.LibraryKind, []string{"public", "school", "academic", "special", "branch", "department"}},
			{w.BookStatus, []string{"nominee", "winner", "second", "third", "honor"}},
			{w.BookKind, []string{"print", "ebook", "audiobook", "large-print", "braille"}},
			{w.Where, []string{"anywhere", "at-school", "at-home", "in-library"}},
			{w.Section, []string{"databases", "awards", "hours", "libraries", "guides", "search"}},
		} {
			for _, word := range names.words {
				name := names.of(word)
				if _, missing := w.texts[name]; missing || name == "" {
					t.Errorf("%s: %q has no name", lang, word)
				}
			}
		}
		for _, l := range NewCollation(w.tag).Letters() {
			if w.Letter(l) == "" {
				t.Errorf("%s: a letter has no name", lang)
			}
		}
	}
}

func TestData(t *testing.T) {
	t.Parallel()
	got := words(t, "en").Data("search-results", "home", "no-such-word")
	want := map[string]string{
		"home":                 "Home",
		"search-results.one":   "{count} result for “{query}”",
		"search-results.other": "{count} results for “{query}”",
	}
	if len(got) != len(want) {
		t.Errorf("got %q", got)
	}
	for key, text := range want {
		if got[key] != text {
			t.Errorf("%s: got %q, want %q", key, got[key], text)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	w := words(t, "en")
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", -1000: "-1,000", 1234567: "1,234,567", -999: "-999"} {
		if got := w.Number(n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func BenchmarkT(b *testing.B) {
	w := words(b, "en")
	b.ReportAllocs()
	for b.Loop() {
		w.T("ended", "title", "Sora", "date", "November 25")
	}
}

func BenchmarkN(b *testing.B) {
	w := words(b, "en")
	b.ReportAllocs()
	for b.Loop() {
		w.N("books", 20)
	}
}

func BenchmarkLoad(b *testing.B) {
	tags := []Tag{English(), mustTag(b, "es")}
	for b.Loop() {
		if _, _, err := Load(Source{Program: program()}, tags); err != nil {
			b.Fatal(err)
		}
	}
}
