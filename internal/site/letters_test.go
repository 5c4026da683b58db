package site_test

import (
	"fmt"
	"path"
	"regexp"
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
		h.write(fmt.Sprintf("databases/d%d.md", i), fmt.Sprintf("---\ntitle: %cx database %d\nsubjects: [Reading]\naccess: [{library: town, url: \"https://d.example.org/%d\"}]\n---\n", 'A'+i%20, i, i))
	}
	h.record()
	for _, list := range []string{"/databases/", "/databases/subject/reading/", "/databases/library/town/"} {
		if !strings.Contains(h.read("links.lock"), list+"letter/a/\t") {
			t.Fatalf("the list %s was not split", list)
		}
	}
	for i := range 3 {
		h.remove(fmt.Sprintf("databases/d%d.md", i*20))
		h.retire(fmt.Sprintf("/databases/d%d/", i*20), "", "")
	}
	h.replace("databases/tumble.md", "title: Tumble", "title: Sumble")
	h.replace("databases/sora.md", "title: Sora", "title: Rora")
	h.replace("site.yaml", "{id: reading, title: Reading}", "{id: learning, title: Reading, aliases: [reading]}")
	h.move("libraries/town.md", "libraries/village.md")
	h.alias("libraries/village.md", "/libraries/town/")
	for i := range 300 {
		if name := fmt.Sprintf("databases/d%d.md", i); i%20 > 0 || i > 40 {
			h.replace(name, "library: town", "library: village")
		}
	}
	h.replace("databases/sora.md", "library: town", "library: village")
	out := h.built()
	h.answers(out)
	h.leads(out,
		"/databases/subject/reading/letter/b/ -> /databases/subject/learning/", "/databases/library/town/letter/b/ -> /databases/library/village/",
		"/es/databases/library/town/letter/b/ -> /es/databases/library/village/",
	)
	if home := answer(out, "/databases/"); strings.Contains(home, "/databases/letter/") {
		t.Error("the list links to pages of letters that it does not need")
	}
}

// A list that has nothing on it any more stays for those who linked to it:
// search engines are told to leave it, and no page leads to it.
func TestAnEmptyListStaysUnlinked(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.replace("databases/tumble.md", "formats: [video]\nsubjects: [Reading]", "formats: [ebook]\nsubjects: [Fiction]")
	out := h.built()
	h.answers(out)
	for _, list := range []string{"/databases/format/video/", "/databases/subject/reading/"} {
		if !strings.Contains(answer(out, list), "noindex") {
			t.Errorf("%s can be found by search engines", list)
		}
		for name, text := range out {
			if path.Ext(name) != ".html" && name != "sitemap.xml" {
				continue
			}
			own := strings.HasSuffix("/"+name, list+"index.html") // in each language
			if links := regexp.MustCompile(`<a [^>]*href="?/base` + list + `["> ]|<loc>[^<]*` + list + `<`).FindString(text); links != "" && !own {
				t.Errorf("%s leads to %s: %s", name, list, links)
			}
		}
	}
}
