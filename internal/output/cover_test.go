package output

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/hub"
)

func TestDrawnCoverShowsTitleAndAuthor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, title, author string }{
		{"short", "Wish", "Barbara O'Connor"},
		{"signs of HTML", "Salt & <Pepper>", `Jo "Quote" Doe`},
		{"many words", "Between the Lines: How Ernie Barnes Went from the Football Field to the Art Gallery", "Sandra Neil Wallace"},
		{"one long word", "Supercalifragilisticexpialidocious", "P. L. Travers"},
		{"accents", "Esperanza renace: ¿dónde está la montaña?", "Pam Muñoz Ryan"},
		{"no author", "Anonymous", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			book := &hub.Book{Title: c.title}
			if c.author != "" {
				book.Authors = []string{c.author}
			}
			svg := string(appendCover(nil, book))
			want := strings.Join(strings.Fields(c.title+" "+c.author), " ")
			if got := textOf(t, svg); got != want {
				t.Errorf("the cover reads %q, want %q", got, want)
			}
			if strings.Contains(svg, "style=") {
				t.Errorf("inline style in %s", svg)
			}
			if again := string(appendCover(nil, book)); again != svg {
				t.Error("two covers of one book differ")
			}
		})
	}
}

func TestFitCoverKeepsTitlesOnTheCover(t *testing.T) {
	t.Parallel()
	for _, title := range []string{"", "A", "One Dead Spy", strings.Repeat("word ", 200), strings.Repeat("x", 200)} {
		size, lines := fitCover(nil, coverWords(title))
		if height := float64(len(lines)) * size * coverLead; height > coverTall {
			t.Errorf("%.20q takes %.1f of %d", title, height, coverTall)
		}
	}
}

// textOf returns the words of a piece of SVG, a blank between its elements.
func textOf(t *testing.T, svg string) string {
	t.Helper()
	var words []string
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return strings.Join(words, " ")
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		if text, ok := token.(xml.CharData); ok {
			words = append(words, strings.Fields(string(text))...)
		}
	}
}
