package ledger

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

const file = "content/links.lock"

func TestParseAndFormat(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"empty": {"", ""},
		"lines get their order": {
			"/b/\t2026-11-23\tb.md\tB\n/a/\t2026-11-22\ta.md\tA\n",
			"/a/\t2026-11-22\ta.md\tA\n/b/\t2026-11-23\tb.md\tB\n"},
		"the earlier date holds": {
			"/a/\t2026-11-23\tnew.md\tNew\n/a/\t2025-01-02\told.md\tOld\n",
			"/a/\t2025-01-02\told.md\tOld\n"},
		"BOM, CRLF, no last line end, empty lines": {
			"\uFEFF/b/\t2026-11-23\tb.md\tB\r\n\r\n/a/\t2026-11-22\ta.md\tA",
			"/a/\t2026-11-22\ta.md\tA\n/b/\t2026-11-23\tb.md\tB\n"},
		"a title may be missing": {"/a/\t2026-11-22\ta.md\t\n/b/\t2026-11-22\n", "/a/\t2026-11-22\ta.md\n/b/\t2026-11-22\n"},
		"a number sign inside a line is no comment": {
			"/a/#b\t2026-11-22\ta.md\tC # and more\n", "/a/#b\t2026-11-22\ta.md\tC # and more\n"},
		"comments stay above what they stand above": {
			"# our addresses\n/b/\t2026-11-23\tb.md\tB\n# the first one\n/a/\t2026-11-22\ta.md\tA\n# the end\n",
			"# our addresses\n# the first one\n/a/\t2026-11-22\ta.md\tA\n/b/\t2026-11-23\tb.md\tB\n# the end\n"},
		"comments alone": {"# nothing yet\n", "# nothing yet\n"},
		"a union merge doubles lines and comments": {
			"# x\n/a/\t2026-11-22\ta.md\tA\n# y\n/b/\t2026-11-23\tb.md\tB\n# y\n/b/\t2026-11-24\tb.md\tB\n/a/\t2026-11-22\ta.md\tA\n",
			"# x\n/a/\t2026-11-22\ta.md\tA\n# y\n/b/\t2026-11-23\tb.md\tB\n"},
		"an address takes its normal form": {
			"/databases/letter/ñ/\t2026-11-22\t\tÑ\n", "/databases/letter/%C3%B1/\t2026-11-22\t\tÑ\n"},
	} {
		l, findings := Parse(file, []byte(c.in))
		if len(findings) > 0 {
			t.Errorf("%s: findings %v", name, findings)
		}
		if got := string(l.Format()); got != c.want {
			t.Errorf("%s:\n%s", name, cmp.Diff(c.want, got))
		}
	}
}

func TestLinesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	const good = "/ok/\t2026-11-22\tok.md\tOK\n"
	for _, c := range []struct{ name, in, want string }{
		{"blanks for tabs", "/a/ 2026-11-22 a.md A",
			`content/links.lock:2:1: error: this line has one part (put a tab in place of the blanks after the address, after the date and after the file) [ledger-line]`},
		{"an address alone", "/a/",
			`content/links.lock:2:1: error: this line has one part (write address, date, file and title with tabs between, as in "/databases/sora/<tab>2026-11-23<tab>databases/sora.md<tab>Sora") [ledger-line]`},
		{"a tab too many", "/a/\t2026-11-22\ta.md\tA\tB",
			`content/links.lock:2:1: error: this line has 5 parts (write address, date, file and title with tabs between, as in "/databases/sora/<tab>2026-11-23<tab>databases/sora.md<tab>Sora") [ledger-line]`},
		{"a bad date", "/ñ/\t2026-11-31\ta.md\tA",
			`content/links.lock:2:5: error: "2026-11-31" does not exist in the calendar (the second part is the day on which the address was first published) [ledger-date]`},
		{"no slash", "a/\t2026-11-22\ta.md\tA",
			`content/links.lock:2:1: error: address "a/" does not begin with a slash (write "/a/") [ledger-address]`},
		{"wrong percent", "/a%/\t2026-11-22\ta.md\tA",
			`content/links.lock:2:1: error: address "/a%/": a % is not followed by two digits (a percent sign itself is written %25) [ledger-address]`},
		{"not UTF-8", "/a/\t2026-11-22\ta.md\t\xff",
			`content/links.lock:2:1: error: this line is not UTF-8 (save the file as UTF-8) [ledger-line]`},
	} {
		l, findings := Parse(file, []byte(good+c.in+"\n"))
		if len(findings) != 1 || findings[0].String() != c.want {
			t.Errorf("%s: got  %v\nwant %s", c.name, findings, c.want)
		}
		if string(l.Format()) != good {
			t.Errorf("%s: the good line is gone: %q", c.name, l.Format())
		}
	}
}

func TestAConflictIsExplainedOnce(t *testing.T) {
	t.Parallel()
	text := "/a/\t2026-11-22\ta.md\tA\n<<<<<<< HEAD\n/b/\t2026-11-23\tb.md\tB\n||||||| base\n=======\n/c/\t2026-11-24\tc.md\tC\n>>>>>>> other\n/d/\t2026-11-24\n<<<<<<< HEAD\n=======\n>>>>>>> x\n"
	l, findings := Parse(file, []byte(text))
	if l.Len() != 4 {
		t.Errorf("%d addresses, want 4", l.Len())
	}
	var places []string
	for _, f := range findings {
		places = append(places, f.Pos.String()+" "+f.Rule)
	}
	want := []string{"content/links.lock:2:1 merge-conflict", "content/links.lock:9:1 merge-conflict"}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Error(diff)
	}
}

func TestPlacesOfEntries(t *testing.T) {
	t.Parallel()
	l, _ := Parse(file, []byte("# x\n/b/\t2026-11-23\tb.md\tB\n/a/\t2026-11-22\ta.md\tA\n"))
	entry, found := l.Find(address(t, "/b/"))
	want := Entry{address(t, "/b/"), civil.New(2026, 11, 23), "b.md", "B", diag.Pos{File: file, Line: 2, Col: 1}}
	if !found || entry != want {
		t.Errorf("got %v, %v; want %v", entry, found, want)
	}
	if _, found := l.Find(address(t, "/c/")); found {
		t.Error("/c/ is found")
	}
}

func TestRecord(t *testing.T) {
	t.Parallel()
	old, _ := Parse(file, []byte("# mine\n/gone/\t2025-01-01\tgone.md\tGone\n/renamed/\t2025-01-01\told.md\tOld\n"))
	promised := slices.Values([]Entry{
		{Address: address(t, "/renamed/"), File: "new.md", Title: "New\tname\n"},
		{Address: address(t, "/a/"), File: "a.md", Title: "A"},
		{Address: address(t, "/a/"), File: "b.md", Title: "second promise"},
	})
	if n := old.Lacks(promised); n != 1 {
		t.Errorf("%d addresses are lacking, want 1: /a/", n)
	}
	now := old.Record(promised, civil.New(2026, 11, 23))
	want := "# mine\n/a/\t2026-11-23\ta.md\tA\n/gone/\t2025-01-01\tgone.md\tGone\n/renamed/\t2025-01-01\tnew.md\tNew name\n"
	if got := string(now.Format()); got != want {
		t.Error(cmp.Diff(want, got))
	}
	if got := old.Format(); !bytes.Contains(got, []byte("old.md\tOld")) {
		t.Errorf("the old ledger changed: %s", got)
	}
	again := now.Record(promised, civil.New(2027, 1, 1))
	if !bytes.Equal(again.Format(), now.Format()) || now.Lacks(promised) != 0 {
		t.Errorf("recording twice: %s", again.Format())
	}
}

func TestUnderAFile(t *testing.T) {
	t.Parallel()
	l, _ := Parse(file, []byte("/awards/a/2027/\t2026-11-22\tawards/a/2027.md\tA\n/awards/a/2027/#wish\t2026-11-22\tawards/a/2027.md\tWish\n/b/\t2026-11-22\n"))
	var got []string
	for _, entry := range l.Under("awards/a/2027.md") {
		got = append(got, entry.Address.String())
	}
	if want := []string{"/awards/a/2027/", "/awards/a/2027/#wish"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := l.Under(""); got != nil {
		t.Errorf("under no file: %v", got)
	}
}

// Whatever the text, what was understood is written so that it is understood
// again, and writing it twice changes nothing.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "# x\n/a/\t2026-11-22\ta.md\tA\n", "/a/#b\t2026-11-22\n\n#\n", "<<<<<<< HEAD\n=======\n>>>>>>> x\n",
		"/ñ/\t2026-11-22\t\tÑ # x\n/a/\t2020-01-01\ta\tb\n/a/\t2019-01-01\ta\tb\n", "\uFEFF#x\r\n/a\t2026-11-22\t \t \r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, findings := Parse(file, []byte(text))
		written := l.Format()
		again, more := Parse(file, written)
		if len(more) > 0 && !strings.Contains(text, "#") {
			t.Errorf("findings in what was written: %v", more)
		}
		if !bytes.Equal(again.Format(), written) {
			t.Errorf("written twice:\n%q\n%q", written, again.Format())
		}
		if l.Len() != again.Len() {
			t.Errorf("%d addresses became %d", l.Len(), again.Len())
		}
		for _, finding := range findings {
			if finding.Pos.Line < 1 || finding.Pos.Col < 1 || strings.Contains(finding.String(), "\n") {
				t.Errorf("finding %v", finding)
			}
		}
	})
}

// 104 ms for 50,000 addresses on one core of an AMD EPYC, 2026-11-23.
func BenchmarkParse(b *testing.B) {
	var text []byte
	for i := range 50000 {
		text = fmt.Appendf(text, "/databases/name-%05d/\t2026-11-23\tdatabases/name-%05d.md\tA title of usual length\n", i, i)
	}
	for b.Loop() {
		Parse(file, text)
	}
}

func address(t *testing.T, text string) Address {
	t.Helper()
	a, err := ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A union merge that went on for years: each line with its own comment.
func TestVeryManyComments(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&text, "# %d\n# same\n/a/\t2026-11-23\ta.md\tA\n", i)
	}
	start := time.Now()
	ledger, findings := Parse(file, []byte(text.String()+"/b/\t2026-11-23\n"+text.String()))
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
	if len(findings) > 0 || len(ledger.lines) != 2 {
		t.Fatal(findings)
	}
	got := len(ledger.head) + len(ledger.lines[0].comments)
	if got < 50_001 || got > 50_003 {
		t.Errorf("%d comments are left", got)
	}
}
