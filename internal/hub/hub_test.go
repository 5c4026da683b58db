package hub

import "testing"

func TestParseGrades(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"k-5", "k-5"}, {"K–2", "k-2"}, {"prek-2", "prek-2"}, {"Pre-K", "prek"}, {"12", "12"}, {"adult", "adult"},
		{"9 - 12", "9-12"}, {"11-adult", "11-12, adult"}, {"kindergarten", "k"}, {"0-4", "k-4"},
	} {
		got, err := ParseGrades(c.in)
		if err != nil || got.String() != c.want {
			t.Errorf("ParseGrades(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
	for _, bad := range []string{"", "13", "00", "k-13", "5-k", "x", "3-", "-3", "1-2-3", "03", "3rd", "99999999999999999999", "+3"} {
		if got, err := ParseGrades(bad); err == nil {
			t.Errorf("ParseGrades(%q) = %q, want an error", bad, got)
		}
	}
}

func FuzzParseGrades(f *testing.F) {
	for _, s := range []string{"k-5", "adult", "5-k", "prek–2", "", "-", "13"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		set, err := ParseGrades(s)
		if err != nil {
			return
		}
		if set.IsZero() {
			t.Errorf("ParseGrades(%q) is empty without an error", s)
		}
		var again Grades
		for _, g := range set.List() {
			one, err := ParseGrades(g.String())
			if err != nil {
				t.Fatal(err)
			}
			again |= one
		}
		if again != set {
			t.Errorf("%q: %v became %v", s, set, again)
		}
	})
}

func TestParseFormat(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"ebook", "ebook"}, {"e-book", "ebook"}, {"E-Books", "ebook"}, {"e-audiobook", "audiobook"},
		{"eAudiobooks", "audiobook"}, {"Graphic novels", "comic"}, {"music", "music"}, {"articles", "article"},
	} {
		if got, ok := ParseFormat(c.in); !ok || string(got) != c.want {
			t.Errorf("ParseFormat(%q) = %q, %v; want %q", c.in, got, ok, c.want)
		}
	}
	if got, ok := ParseFormat("vinyl"); ok {
		t.Errorf("vinyl is %q", got)
	}
}

func TestProxyIsNotAddedTwice(t *testing.T) {
	p := Proxy{Prefix: "https://login.proxy.example.org/login?url="}
	once := p.Wrap("https://db.example.org/a?b=c")
	if want := "https://login.proxy.example.org/login?url=https://db.example.org/a?b=c"; once != want {
		t.Errorf("got %s", once)
	}
	if p.Wrap(once) != once {
		t.Errorf("added twice: %s", p.Wrap(once))
	}
	p.Encode = true
	if got, want := p.Wrap("https://db.example.org/a?b=c"), p.Prefix+"https%3A%2F%2Fdb.example.org%2Fa%3Fb%3Dc"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
