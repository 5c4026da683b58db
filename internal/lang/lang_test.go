package lang

import (
	"cmp"
	"slices"
	"strings"
	"testing"
)

func mustTag(t testing.TB, s string) Tag {
	t.Helper()
	tag, err := ParseTag(s)
	if err != nil {
		t.Fatal(err)
	}
	return tag
}

func TestParseTag(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ in, code, dir, self, english, spanish string }{
		{"en", "en", "ltr", "English", "English", "inglés"},
		{"es", "es", "ltr", "Español", "Spanish", "español"},
		{"ES-mx", "es-MX", "ltr", "Español de México", "Mexican Spanish", "español de México"},
		{"pt-br", "pt-BR", "ltr", "Português", "Brazilian Portuguese", "portugués de Brasil"},
		{"zh-hant", "zh-Hant", "ltr", "繁體中文", "Traditional Chinese", "chino tradicional"},
		{"ar", "ar", "rtl", "العربية", "Arabic", "árabe"},
		{"he", "he", "rtl", "עברית", "Hebrew", "hebreo"},
		{"az-Arab", "az-Arab", "rtl", "az-Arab", "Azerbaijani", "azerbaiyano"},
		{"hmn", "hmn", "ltr", "hmn", "Hmong", "hmong"},
	} {
		tag := mustTag(t, test.in)
		if tag.String() != test.code || tag.Dir() != test.dir {
			t.Errorf("%s: got %s %s, want %s %s", test.in, tag, tag.Dir(), test.code, test.dir)
		}
		if tag.Self() != test.self {
			t.Errorf("%s calls itself %q, want %q", test.in, tag.Self(), test.self)
		}
		if got := tag.Name(English()); got != test.english {
			t.Errorf("%s in English: got %q, want %q", test.in, got, test.english)
		}
		if got := tag.Name(mustTag(t, "es-MX")); got != test.spanish {
			t.Errorf("%s in Spanish: got %q, want %q", test.in, got, test.spanish)
		}
		if again := mustTag(t, tag.String()); again != tag {
			t.Errorf("%s reads back as %s", tag, again)
		}
	}
	if English() != mustTag(t, "EN") {
		t.Error("English() is not the tag en")
	}
	if got := mustTag(t, "zh-Hant-HK").Parent(); got.String() != "zh-Hant" || !got.Parent().Parent().IsZero() {
		t.Errorf("parents of zh-Hant-HK: %s", got)
	}
}

func TestParseTagRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":         "is not a language code such as",
		"english":  "is not a language code such as",
		"espanol":  "is not a language code such as",
		"en_US":    `write "en-US"`,
		"und":      "is not a language code such as",
		"x-hub":    "is not a language code such as",
		"e":        "is not a language code such as",
		"español":  "is not a language code such as",
		"en--US":   "is not a language code such as",
		"en/../..": "is not a language code such as",
		"qx":       "is not the code of a language",
	} {
		tag, err := ParseTag(in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseTag(%q) = %q, %v; want an error with %q", in, tag, err, want)
		}
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"The Wild Robot":                 "the-wild-robot",
		"Wolf's Den":                     "wolfs-den",
		"Wolf’s Den":                     "wolfs-den",
		"Frog & Toad":                    "frog-toad",
		"AT&T":                           "att",
		"¡Sí, se puede!":                 "si-se-puede",
		"El Niño":                        "el-nino",
		"Война и мир":                    "война-и-мир",
		"Философский камень":             "философский-камень",
		"となりのトトロ・がん":                     "となりのトトロ-がん",
		"한국 이야기":                         "한국-이야기",
		"हिन्दी":                         "हिन्दी",
		"20,000 Leagues":                 "20-000-leagues",
		"  --A--  ":                      "a",
		"Hawaiʻi":                        "hawaii",
		"co\u00adoperate":                "cooperate",
		"Cafe\u0301":                     "cafe",
		"?!":                             "",
		"":                               "",
		strings.Repeat("very long ", 40): strings.TrimSuffix(strings.Repeat("very-long-", 40), "-"),
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
		if again := Slug(want); again != want {
			t.Errorf("Slug(%q) = %q, want it unchanged", want, again)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Sora":         "sora",
		"sora":         "sora",
		"Niño ÁRBOL":   "nino arbol",
		"Cafe\u0301":   "cafe",
		"Øre":          "øre",
		"PROJECT MUSE": "project muse",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCollationOrder(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string][]string{
		"en": {
			"¿2?", "The 3D Printer", "10 Books", "1,001 Nights", "20,000 Leagues",
			"A", "An Apple", "apple", "Árbol", "Arcade", "“The ’Burbs” (a film)", "e-book", "ebook",
			"El Niño", "The Hobbit", "La Luz", "Ñandú", "New York", "Newark", "Nube", "Øre", "Oso",
			"Sora", "Theodore", "Windows 7", "Windows 10", "Zebra", "Война", "中文",
		},
		"es": {
			"7 leguas", "A la una", "Árbol", "El arca", "La casa", "luz", "Los nardos", "Nube", "El Ñandú", "ñu", "Oso", "The Hobbit", "Un zorro", "Жук",
		},
		"sv": {"Abba", "Zebra", "Åland", "Äpple", "Öl"},
	} {
		c := NewCollation(mustTag(t, lang))
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, func(a, b string) int { return strings.Compare(c.Key(a), c.Key(b)) })
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", lang, got, want)
		}
		letters := make([]Letter, len(got))
		for i, title := range got {
			letters[i] = c.Letter(title)
		}
		if !slices.IsSortedFunc(letters, func(a, b Letter) int { return cmp.Compare(a.rank, b.rank) }) {
			t.Errorf("%s: the letters of sorted titles are not in order: %v", lang, letters)
		}
	}
}

func TestCollationLetter(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ lang, title, segment, heading string }{
		{"en", "The Wild Robot", "w", "W"},
		{"en", "the", "t", "T"},
		{"en", "A", "a", "A"},
		{"en", "A-Z Maps", "a", "A"},
		{"en", "An\u00a0Owl", "o", "O"},
		{"en", "¡Hola!", "h", "H"},
		{"en", "El Niño", "e", "E"},
		{"en", "Ñandú", "n", "N"},
		{"en", "A\u0301rbol", "a", "A"},
		{"en", "Łódź", "l", "L"},
		{"en", "½ cup", "0-9", "0–9"},
		{"en", "The 39 Steps", "0-9", "0–9"},
		{"en", "Война", "other", ""},
		{"en", "???", "other", ""},
		{"en", "", "other", ""},
		{"es", "El Ñandú", "ñ", "Ñ"},
		{"es", "N\u0303andú", "ñ", "Ñ"},
		{"es", "The Hobbit", "t", "T"},
		{"es", "Águila", "a", "A"},
		{"fr", "L’école", "e", "E"},
		{"fr", "L'Été", "e", "E"},
		{"sv", "Ärlig", "ä", "Ä"},
		{"de", "Das Ärgernis", "a", "A"},
		{"vi", "Ấm", "â", "Â"},
		{"vi", "Đi", "đ", "Đ"},
		{"ru", "Ёлка", "е", "Е"},
		{"ar", "كتاب", "ك", "ك"},
		{"so", "Buug", "b", "B"},
	} {
		l := NewCollation(mustTag(t, test.lang)).Letter(test.title)
		if l.Segment() != test.segment || l.String() != test.heading {
			t.Errorf("%s: %q stands under %q (%q), want %q (%q)", test.lang, test.title, l.Segment(), l.String(), test.segment, test.heading)
		}
	}
	letters := NewCollation(mustTag(t, "es")).Letters()
	if len(letters) != 29 || letters[0].Segment() != "0-9" || letters[15].Segment() != "ñ" || !letters[28].IsOther() {
		t.Errorf("letters of Spanish: %v", letters)
	}
}

func FuzzCollation(f *testing.F) {
	for _, seed := range []string{"The Wild Robot", "¿Qué?", "1,000", "\u0301", "Ñ", "L’", "中"} {
		f.Add(seed)
	}
	c := NewCollation(English())
	f.Fuzz(func(t *testing.T, title string) {
		if key := c.Key(title); key != c.Key(title) {
			t.Error("a title has two keys")
		}
		if !slices.Contains(c.Letters(), c.Letter(title)) {
			t.Errorf("letter %q is not one of the alphabet", c.Letter(title))
		}
		if slug := Slug(title); Slug(slug) != slug {
			t.Errorf("slug %q of %q changes to %q", slug, title, Slug(slug))
		}
		if fold := Fold(title); Fold(fold) != fold {
			t.Errorf("%q folds to %q and on to %q", title, fold, Fold(fold))
		}
	})
}

func BenchmarkKey(b *testing.B) {
	c := NewCollation(English())
	for b.Loop() {
		c.Key("The Wild Robot Escapes")
	}
}
