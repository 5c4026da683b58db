package lang

import (
	"slices"
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

func date(t testing.TB, s string) civil.Date {
	t.Helper()
	if s == "" {
		return civil.Date{}
	}
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDates(t *testing.T) {
	t.Parallel()
	d := date(t, "2026-11-25")
	for lang, want := range map[string][]string{
		"en": {
			"Wednesday, November 25, 2026", "Wednesday, November 25", "November 25, 2026", "November 25",
			"Nov 25, 2026", "Nov 25", "Wed, Nov 25", "November 2026",
		},
		"es": {
			"miércoles, 25 de noviembre de 2026", "miércoles, 25 de noviembre", "25 de noviembre de 2026", "25 de noviembre",
			"25 nov 2026", "25 nov", "mié, 25 nov", "noviembre de 2026",
		},
	} {
		w := words(t, lang)
		got := []string{
			w.LongDate(d), w.LongDay(d), w.Date(d), w.Day(d),
			w.ShortDate(d), w.ShortDay(d), w.ShortWeekday(d), w.MonthYear(d),
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", lang, got, want)
		}
		if got := w.LongDate(civil.Date{}); got != "" {
			t.Errorf("%s: no date is %q", lang, got)
		}
	}
}

func TestDateRanges(t *testing.T) {
	t.Parallel()
	en, es := words(t, "en"), words(t, "es")
	for _, test := range []struct{ from, until, en, es string }{
		{"2026-11-25", "2026-11-25", "Nov 25, 2026", "25 nov 2026"},
		{"2026-11-25", "2026-11-27", "Nov 25–27, 2026", "25–27 nov 2026"},
		{"2026-11-25", "2026-12-03", "Nov 25 – Dec 3, 2026", "25 nov – 3 dic 2026"},
		{"2026-12-20", "2027-01-03", "Dec 20, 2026 – Jan 3, 2027", "20 dic 2026 – 3 ene 2027"},
		{"2026-11-25", "2027-11-27", "Nov 25, 2026 – Nov 27, 2027", "25 nov 2026 – 27 nov 2027"},
		{"2026-11-25", "", "from Nov 25, 2026", "desde el 25 nov 2026"},
		{"", "2026-11-25", "until Nov 25, 2026", "hasta el 25 nov 2026"},
		{"", "", "", ""},
	} {
		r := civil.Range{From: date(t, test.from), Until: date(t, test.until)}
		if got := en.DateRangeYear(r); got != test.en {
			t.Errorf("%v in English: got %q, want %q", r, got, test.en)
		}
		if got := es.DateRangeYear(r); got != test.es {
			t.Errorf("%v in Spanish: got %q, want %q", r, got, test.es)
		}
	}
}

func TestWeekBeginsWhereTheLanguageSays(t *testing.T) {
	t.Parallel()
	if got := words(t, "en").Week(); got[0] != time.Sunday || got[6] != time.Saturday {
		t.Errorf("English week: %v", got)
	}
	if got := words(t, "es").Week(); got[0] != time.Monday || got[6] != time.Sunday {
		t.Errorf("Spanish week: %v", got)
	}
}
