package lang

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// hub is a hub's root with files of words.
func hub(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[Folder+"/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestHubOverridesWordByWord(t *testing.T) {
	t.Parallel()
	es, mx, fr := mustTag(t, "es"), mustTag(t, "es-MX"), mustTag(t, "fr")
	d, findings, err := Load(Source{Program: program(), Hub: hub(map[string]string{
		"es.yaml":    "words:\n  search: Encontrar\n  books: {one: un libro, other: '{count} libritos'}\n",
		"es-MX.yaml": "settings: {clock: 12, week-starts: sunday}\nwords: {home: Portada}\n",
		"fr.yaml":    "settings: {clock: 24, thousands: ' '}\nwords:\n  home: Accueil\n  books: {one: '{count} livre', other: '{count} livres'}\n",
		"en.yaml":    "words:\n  our-own-greeting: Hello {name}\n",
	})}, []Tag{English(), es, mx, fr})
	if err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	for _, test := range []struct{ name, got, want string }{
		{"a word of the hub", d.For(es).T("search"), "Encontrar"},
		{"a word of the program", d.For(es).T("menu"), "Menú"},
		{"a plural of the hub", d.For(es).N("books", 1), "un libro"},
		{"a region's word", d.For(mx).T("home"), "Portada"},
		{"a region takes what its language has", d.For(mx).T("search"), "Encontrar"},
		{"a region's clock", d.For(mx).At(13 * 60), "a la 1 p. m."},
		{"noon with twelve hours", d.For(mx).At(12 * 60), "a mediodía"},
		{"a new language", d.For(fr).T("home"), "Accueil"},
		{"its plural of 0", d.For(fr).N("books", 0), "0 livre"},
		{"its numbers", d.For(fr).N("books", 1234567), "1 234 567 livres"},
		{"what it lacks is English", d.For(fr).T("menu"), "Menu"},
		{"an English plural in French", d.For(fr).N("services", 0), "0 services"},
		{"its clock", d.For(fr).Time(17*60 + 5), "17:05"},
		{"a word for the hub's own layouts", d.For(English()).T("our-own-greeting", "name", "you"), "Hello you"},
		{"the same in another language", d.For(es).T("our-own-greeting", "name", "you"), "Hello you"},
		{"a language that was not loaded", d.For(mustTag(t, "de")).T("menu"), "Menu"},
		{"a key that no file holds", d.For(es).T("no-such-word"), "no-such-word"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, test.got, test.want)
		}
	}
	if got := d.Missing(es); !slices.Equal(got, []string{"our-own-greeting"}) {
		t.Errorf("Spanish lacks %q", got)
	}
	if got := d.Missing(fr); !slices.Contains(got, "menu") || slices.Contains(got, "home") {
		t.Errorf("French lacks %d words", len(got))
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	const complete = "layouts/i18n/es.yaml:"
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"an empty file":           {"", nil},
		"only a remark":           {"# nothing yet\n", nil},
		"a BOM and CRLF":          {"\ufeffwords:\r\n  home: Casa\r\n", nil},
		"a word in quotes, empty": {"words:\n  list-comma: ''\n", nil},
		"an unknown field": {
			"word:\n  home: Casa\n",
			[]string{`1:1: error: unknown field "word" (did you mean "words"?) [interface-words]`},
		},
		"an unknown word": {
			"words:\n  hom: Casa\n",
			[]string{`2:3: warning: no page asks for the word "hom" (did you mean "home"?) [interface-words]`},
		},
		"a word given twice": {
			"words:\n  home: Casa\n  menu: Menú\n  home: Inicio\n",
			[]string{`4:3: error: "home" is given twice (first in line 2) [interface-words]`},
		},
		"an unknown placeholder": {
			"words:\n  ended: \"{titel} terminó el {date}.\"\n",
			[]string{`2:10: error: "ended" has no placeholder {titel} (did you mean "title"?) [interface-words]`},
		},
		"a placeholder where there is none": {
			"words:\n  home: Casa de {name}\n",
			[]string{`2:9: error: "home" has no placeholder {name} (it has none) [interface-words]`},
		},
		"a placeholder that another language's date needs": {"words:\n  date-short-day: '{weekday} {day} {month}'\n", nil},
		"a placeholder that is not closed": {
			"words:\n  ended: \"{title terminó\"\n",
			[]string{`2:10: error: a { without a name and its } in "{title terminó" [interface-words]`},
		},
		"a closing brace alone": {
			"words:\n  ended: title} terminó\n",
			[]string{`2:10: error: a } without its { in "title} terminó" [interface-words]`},
		},
		"no quotes around a placeholder": {
			"words:\n  hours-of: {library}\n",
			[]string{`2:13: error: text that begins with { goes in quotes (write "{library} …") [interface-words]`},
		},
		"no quotes around a text that begins with one": {
			"words:\n  home: Casa\n  hours-of: {library} y más\n",
			[]string{`3:23: error: this is not YAML: did not find expected key (text that begins with { or holds ": " goes in quotes) [interface-words]`},
		},
		"an unknown plural form": {
			"words:\n  books: {ones: un libro, other: libros}\n",
			[]string{`2:11: error: "ones" is not a plural form (did you mean "one"?) [interface-words]`},
		},
		"a plural form of other languages": {
			"words:\n  books: {few: pocos, other: libros}\n",
			[]string{`2:11: warning: Spanish has no plural form "few" (allowed: other, one, many) [interface-words]`},
		},
		"no form other": {
			"words:\n  books: {one: un libro}\n",
			[]string{`2:3: error: "books" lacks the plural form "other" [interface-words]`},
		},
		"forms of a word that has none": {
			"words:\n  home: {one: Casa, other: Casas}\n",
			[]string{`2:3: error: "home" has no plural forms: give one text [interface-words]`},
		},
		"one text where there may be forms": {"words:\n  books: '{count} libro(s)'\n", nil},
		"no text": {
			"words:\n  home:\n",
			[]string{`2:8: error: "home" has no text [interface-words]`},
		},
		"a list": {
			"words:\n  home: [a, b]\n",
			[]string{`2:9: error: "home" takes a text, or a text for each plural form [interface-words]`},
		},
		"words that are no mapping": {
			"words: home\n",
			[]string{`1:8: error: expected lines of the form NAME: TEXT [interface-words]`},
		},
		"a file that is a list": {
			"- home\n",
			[]string{`1:1: error: expected the fields settings and words [interface-words]`},
		},
		"an unknown setting": {
			"settings: {clocks: 12}\n",
			[]string{`1:12: error: unknown setting "clocks" (did you mean "clock"?) [interface-words]`},
		},
		"a wrong setting": {
			"settings: {clock: 13, week-starts: sonday, thousands: [a]}\n",
			[]string{
				`1:19: error: clock cannot be "13" (allowed: 12, 24) [interface-words]`,
				`1:36: error: week-starts cannot be "sonday" (allowed: sunday, monday, saturday) [interface-words]`,
				`1:55: error: thousands takes one value [interface-words]`,
			},
		},
		"an alias": {
			"words:\n  home: &a Casa\n  menu: *a\n",
			[]string{
				`2:9: error: YAML anchors and aliases are not allowed here (write the text out) [interface-words]`,
				`3:9: error: YAML anchors and aliases are not allowed here (write the text out) [interface-words]`,
			},
		},
		"two documents": {
			"words:\n  home: Casa\n---\nwords:\n  menu: Carta\n",
			[]string{`4:1: error: the file holds two YAML documents (take out the line ---) [interface-words]`},
		},
		"no UTF-8": {
			"words:\n  menu: Men\xfa\n",
			[]string{`1:1: error: the file is not UTF-8 text (save it with the encoding UTF-8) [interface-words]`},
		},
		"a huge file": {
			strings.Repeat("# much\n", 1<<18),
			[]string{`1:1: error: the file is over 1 MB [interface-words]`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, findings, err := Load(Source{Program: program(), Hub: hub(map[string]string{"es.yaml": test.text})}, []Tag{mustTag(t, "es")})
			if err != nil {
				t.Fatal(err)
			}
			var got, want []string
			for _, f := range findings {
				got = append(got, f.String())
			}
			for _, w := range test.want {
				want = append(want, complete+w)
			}
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestHubsEnglishFileMayAddWords(t *testing.T) {
	t.Parallel()
	_, findings, err := Load(Source{Program: program(), Hub: hub(map[string]string{"en.yaml": "words:\n  hmoe: Start\n  something-new: New\n"})}, nil)
	if err != nil || len(findings) != 1 || findings[0].Pos.Line != 2 || findings[0].Severity != diag.Warning {
		t.Errorf("got %v %v", findings, err)
	}
}

func TestLoadTroubles(t *testing.T) {
	t.Parallel()
	if _, _, err := Load(Source{Program: fstest.MapFS{}}, nil); err == nil {
		t.Error("a program without words loads")
	}
	unreadable := hub(map[string]string{"es.yaml": ""})
	unreadable[Folder+"/es.yaml"].Mode = fs.ModeDir
	_, _, err := Load(Source{Program: program(), Hub: unreadable}, []Tag{mustTag(t, "es")})
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder for a file: %v", err)
	}
}

func FuzzFile(f *testing.F) {
	for _, seed := range []string{"words:\n  home: Casa\n", "words: {books: {one: '{count}'}}", "settings: {clock: 24}", "words: &a [*a]", "? [a]\n: b", "\ufeff"} {
		f.Add(seed)
	}
	p := newPlurals(English())
	f.Fuzz(func(t *testing.T, text string) {
		read := parseFile("layouts/i18n/en.yaml", English(), p, []byte(text))
		for _, finding := range read.findings {
			if finding.Pos.Line < 1 || finding.Pos.Col < 1 || finding.Message == "" {
				t.Errorf("%q: a finding without a place: %v", text, finding)
			}
		}
		for _, key := range read.order {
			w := Words{texts: map[string]*entry{key: &read.words[key].entry}}
			w.T(key)
			w.N(key, 2)
		}
	})
}
