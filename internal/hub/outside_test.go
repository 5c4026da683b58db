package hub

import (
	"net/url"
	"testing"
)

// What is taken for an outside address without parsing is one.
func FuzzPlainlyOutside(f *testing.F) {
	for _, dest := range []string{"https://example.org/a?b=c#d", "http://x", "https://", "http:///x", "https://a_b/~c", "https://x:80/", "mailto:a@b", "a.md", "https://?x"} {
		f.Add(dest)
	}
	f.Fuzz(func(t *testing.T, dest string) {
		u, err := url.Parse(dest)
		if plainlyOutside(dest) && (err != nil || u.Host == "") {
			t.Errorf("%q: %v", dest, err)
		}
	})
}
