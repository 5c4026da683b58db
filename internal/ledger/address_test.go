package ledger

import (
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"/", "/"},
		{"/databases/sora/", "/databases/sora/"},
		{"/awards/bluestem/2027/#wish", "/awards/bluestem/2027/#wish"},
		{"/databases/letter/%c3%b1/", "/databases/letter/%C3%B1/"},
		{"/databases/letter/ñ/", "/databases/letter/%C3%B1/"},
		{"/guides/%41-b/", "/guides/A-b/"},
		{"/guides/plan%20b.pdf", "/guides/plan%20b.pdf"},
		{"/guides/100%25.pdf", "/guides/100%25.pdf"},
		{"/guides/a%23b.pdf", "/guides/a%23b.pdf"},
		{"/guides/list%281%29,old.pdf", "/guides/list(1),old.pdf"},
		{"/awards/a/2027/#1984/?", "/awards/a/2027/#1984/?"},
		{"/a/#", "/a/"},
	} {
		got, err := ParseAddress(c.text)
		if err != nil || got.String() != c.want {
			t.Errorf("ParseAddress(%q) = %q, %v; want %q", c.text, got, err, c.want)
		}
	}
}

func TestWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"", "an address is missing"},
		{"databases/sora/", `address "databases/sora/" does not begin with a slash (write "/databases/sora/")`},
		{"https://hub.example.org/a/", `address "https://hub.example.org/a/" has a host (addresses here begin with / and count from the hub's root)`},
		{"/a/?b=c", `address "/a/?b=c" has a question mark (an address that lasts has no query)`},
		{"/a%2/", `address "/a%2/": a % is not followed by two digits (a percent sign itself is written %25)`},
		{"/a%zz/", `address "/a%zz/": a % is not followed by two digits (a percent sign itself is written %25)`},
		{"/a%E9/", `address "/a%E9/": what the % signs stand for is not UTF-8`},
		{"/a%2Fb/", `address "/a%2Fb/": %2F is a slash inside a name, which no file can have`},
		{"/a%00/", `address "/a\x00/" has an invisible character in it`},
		{"/a//b/", `address "/a//b/" has two slashes in a row`},
		{"/a/../b/", `address "/a/../b/" has ".." as a part`},
		{"//b/", `address "//b/" has two slashes in a row`},
	} {
		got, err := ParseAddress(c.text)
		if err == nil || err.Error() != c.want || !got.IsZero() {
			t.Errorf("ParseAddress(%q) = %q, %v; want the error %s", c.text, got, err, c.want)
		}
	}
}

func TestPartsOfAnAddress(t *testing.T) {
	t.Parallel()
	a, err := NewAddress("/awards/premio ñ/2027/", "el-niño")
	if err != nil {
		t.Fatal(err)
	}
	if want := "/awards/premio%20%C3%B1/2027/#el-ni%C3%B1o"; a.String() != want {
		t.Errorf("got %q, want %q", a, want)
	}
	if a.Path() != "/awards/premio ñ/2027/" || a.Anchor() != "el-niño" {
		t.Errorf("path %q, anchor %q", a.Path(), a.Anchor())
	}
	if want := "/awards/premio%20%C3%B1/2027/"; a.Page().String() != want {
		t.Errorf("page %q, want %q", a.Page(), want)
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"/", "/a/#b", "/%C3%B1/", "/a%2fb", "/ñ b/#%23", "/%25/", "/a?b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAddress(text)
		if err != nil {
			return
		}
		if again, err := ParseAddress(a.String()); err != nil || again != a {
			t.Errorf("%q: parsed again %q, %v", a, again, err)
		}
		if again, err := NewAddress(a.Path(), a.Anchor()); err != nil || again != a {
			t.Errorf("%q: made again from its parts %q, %v", a, again, err)
		}
		for _, r := range a.String() {
			if r <= ' ' || r > '~' || strings.ContainsRune(`"<>\^{}|`, r) {
				t.Errorf("%q holds %q", a, r)
			}
		}
	})
}
