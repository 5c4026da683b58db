package linkcheck

import (
	"strings"
	"testing"
)

func TestMemoryRoundTrip(t *testing.T) {
	t.Parallel()
	text := `{"links": [
{"url":"https://a.example/?b=c&d=<e>","ok":"2026-11-23"},
{"url":"https://b.example/","ok":"2026-11-22","to":"https://c.example/"},
{"url":"https://d.example/","ok":"2026-01-01","failed":["2026-11-01","2026-11-08"],"reason":"404 Not Found"}
]}
`
	if got := format(t, memory(t, text)); got != text {
		t.Errorf("got\n%s\nwant\n%s", got, text)
	}
	if got, want := format(t, memory(t, "")), "{\"links\": [\n]}\n"; got != want {
		t.Errorf("an empty memory is %q, want %q", got, want)
	}
}

func TestMemoriesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"[]":             `it is not the JSON that "links" writes`,
		"<<<<<<< HEAD\n": "git left its marker lines in it; keep either side, the next run adds what is missing",
		`{"links": [{"url": "https://a.example/", "failed": ["soon"]}]}`: `address "https://a.example/": "soon" is not a date like 2026-11-25`,
		`{"links": [{"url": "https://a.example/", "ok": "2026-02-30"}]}`: `address "https://a.example/": "2026-02-30" does not exist in the calendar`,
	} {
		if _, err := ParseMemory([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func FuzzParseMemory(f *testing.F) {
	f.Add(`{"links": [{"url":"https://a.example/","ok":"2026-11-23","failed":["2026-11-25","2026-11-24","2026-11-24","2026-11-26","2026-11-27"]}]}`)
	f.Add("\uFEFF{}")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMemory([]byte(text))
		if err != nil {
			return
		}
		once := format(t, m)
		if twice := format(t, memory(t, once)); twice != once {
			t.Errorf("%q became %q, then %q", text, once, twice)
		}
	})
}
