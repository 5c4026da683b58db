package site_test

import (
	"strings"
	"testing"
)

// What a librarian writes down shows on the page of the record.
func TestFieldsShow(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.replace("libraries/town.md", "kind: public", "kind: public\nimage: ../guides/card/card.png\nimage_alt: The reading room")
	h.replace("awards/bluestem/2027.md", "author: A,", "author: A, illustrator: [C, D],")
	out := h.built()
	for path, want := range map[string]string{
		"/libraries/town/":          `alt="The reading room"`,
		"/awards/bluestem/2027/":    "A, illustrated by C and D",
		"/es/libraries/town/":       `alt="The reading room"`,
		"/es/awards/bluestem/2027/": "A, ilustrado por C y D",
	} {
		if !strings.Contains(answer(out, path), want) {
			t.Errorf("%s: %q is missing", path, want)
		}
	}
}
