package lang

import (
	"io/fs"
	"os"
	"slices"
	"testing"
)

// program is the repository, whose layouts/ the program carries.
func program() fs.FS { return os.DirFS("../..") }

func load(t testing.TB, codes ...string) *Dictionary {
	t.Helper()
	var tags []Tag
	for _, code := range codes {
		tags = append(tags, mustTag(t, code))
	}
	d, findings, err := Load(Source{Program: program()}, tags)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	return d
}

func words(t testing.TB, code string) *Words {
	t.Helper()
	return load(t, code).For(mustTag(t, code))
}

func TestProgramSpeaksEnglishAndSpanish(t *testing.T) {
	t.Parallel()
	d := load(t, "en", "es", "es-MX")
	for _, code := range []string{"en", "es", "es-MX"} {
		if missing := d.Missing(mustTag(t, code)); len(missing) > 0 {
			t.Errorf("layouts/i18n/%s.yaml lacks %q", code, missing)
		}
	}
	es := d.For(mustTag(t, "es"))
	if got := newPlurals(es.tag).uses(); !slices.Equal(got, []int{other, one, many}) {
		t.Errorf("forms of Spanish: %v", got)
	}
}
