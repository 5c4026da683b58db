package markdown

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// must returns what Append returned. Only a Shelf can make it fail.
func must(html []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return html
}

// numbered is a body of a length of its own, with holes.
func numbered(i int) string {
	return fmt.Sprintf("# Shelf %d\n\nA [link](to-%[1]d) after %s and\n\n::hours{library=l%[1]d}\n", i, strings.Repeat("words, ", i%97))
}

// Not parallel: it chooses where temporary files are.
func TestShelf(t *testing.T) {
	for _, tt := range []struct {
		name   string
		room   int
		folder string // of temporary files
	}{
		{"memory", 1 << 20, t.TempDir()},
		{"file", 0, t.TempDir()},
		{"both", 10_000, t.TempDir()},
		{"no file to be had", 0, t.TempDir() + "/missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
				t.Setenv(name, tt.folder)
			}
			shelf := NewShelf(tt.room)
			docs := make([]*Doc, 400)
			var group sync.WaitGroup
			for w := range 4 {
				group.Go(func() {
					for i := w; i < len(docs); i += 4 {
						docs[i] = Parse(Source{Text: numbered(i), Shelf: shelf})
					}
				})
			}
			group.Wait()
			for w := range 4 {
				group.Go(func() {
					for i := w; i < len(docs); i += 4 {
						want := string(must(Parse(Source{Text: numbered(i)}).Append(nil, plain{}, english)))
						got, err := docs[i].Append([]byte("before "), plain{}, english)
						if err != nil || string(got) != "before "+want {
							t.Errorf("text %d: got %v %q, want %q", i, err, got, want)
						}
						if docs[i].Empty() || docs[i].Summary == "" {
							t.Errorf("text %d counts as empty", i)
						}
					}
				})
			}
			group.Wait()
			if err := shelf.Close(); err != nil {
				t.Error(err)
			}
			if left, _ := os.ReadDir(tt.folder); len(left) > 0 {
				t.Errorf("%s is left", left[0].Name())
			}
		})
	}
}

// A text that cannot be read back is an error, not an empty page.
func TestShelfThatIsGone(t *testing.T) {
	t.Parallel()
	shelf := NewShelf(0)
	doc := Parse(Source{Text: "some text", Shelf: shelf})
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	if html, err := doc.Append(nil, plain{}, english); err == nil {
		t.Errorf("got %q and no error", html)
	}
	if late := Parse(Source{Text: "more text", Shelf: shelf}); late.HTML == "" {
		t.Error("a text that comes after the end is lost")
	}
}
