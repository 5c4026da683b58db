package site_test

import (
	"fmt"
	"strings"
	"testing"
)

// A list that shrinks below the number at which lists are split keeps the
// pages of its letters.
func TestLettersStayWhenAListIsNoLongerSplit(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it writes some thousand files")
	}
	h := newHub(t)
	for i := range 300 {
		h.write(fmt.Sprintf("databases/d%d.md", i), fmt.Sprintf("---\ntitle: %cx database %d\naccess: [{everyone: true, url: \"https://d.example.org/%d\"}]\n---\n", 'A'+i%20, i, i))
	}
	h.record()
	if !strings.Contains(h.read("links.lock"), "/databases/letter/a/\t") {
		t.Fatal("the list was not split")
	}
	for i := range 3 {
		h.remove(fmt.Sprintf("databases/d%d.md", i*20))
		h.retire(fmt.Sprintf("/databases/d%d/", i*20), "", "")
	}
	h.replace("databases/tumble.md", "title: Tumble", "title: Sumble")
	h.replace("databases/sora.md", "title: Sora", "title: Rora")
	out, findings := h.build()
	if out == "" {
		t.Fatalf("the site was not built: %v", findings)
	}
	h.answers(out)
	if home := answer(out, "/databases/"); strings.Contains(home, "/databases/letter/") {
		t.Error("the list links to pages of letters that it does not need")
	}
}
