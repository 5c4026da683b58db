package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/twinshelf/twinshelf/internal/lang"
)

func TestSearchTerms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"Wolf’s E-Book, 24/7":  {"wolfs", "e", "book", "24", "7"},
		"Cómo ¿Niños? CAFÉ":    {"como", "ninos", "cafe"},
		"ΟΔΥΣΣΕΥΣ":             {"οδυσσευσ"},
		"مكتبة":                {"مكتبة"},
		"C++ & <b>":            {"c", "b"},
		" – ":                  {},
		"Kapiʻolani, O'Connor": {"kapiolani", "oconnor"},
	} {
		if got := slices.Collect(searchTerms(in)); !slices.Equal(got, want) {
			t.Errorf("searchTerms(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSynonymsExpandWhatARecordIsAbout(t *testing.T) {
	t.Parallel()
	same := newThesaurus([][]string{{"audiobook", "talking book"}, {"hours", "open"}})
	cases := []struct {
		name string
		doc  searchDoc
		want []string
	}{
		{"a plural", searchDoc{title: "Audiobooks"}, []string{"audiobook", "talking book"}},
		{"a phrase among topics", searchDoc{topics: []string{"Talking books for all"}}, []string{"audiobook", "talking book"}},
		{"a word that only begins alike", searchDoc{title: "Opening night"}, nil},
		{"the text alone", searchDoc{text: []string{"open to everyone"}}, nil},
	}
	for _, c := range cases {
		if got := same.expand(&c.doc); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// records returns made-up documents.
func records(n int) []searchDoc {
	nouns := []string{"Dinosaurs", "Árboles", "Wolf’s", "Read-Aloud", "Space", "Ποίησις", "Maps", "Poems", "Niños", "History"}
	var docs []searchDoc
	for i := range n {
		a, b, c := nouns[i%10], nouns[i/10%10], nouns[i/100%10]
		docs = append(docs, searchDoc{
			href: fmt.Sprintf("/databases/d%d/", i), kind: "database", title: fmt.Sprintf("%s & %s %d", a, b, i), lang: lang.English(),
			about: "Learn about " + c, names: []string{fmt.Sprintf("Maker%d", i%97)}, topics: []string{a, c},
			text: []string{fmt.Sprintf("E-books and word%d on %s for <grade> %d", i%501, b, i%12)},
		})
	}
	return docs
}

// TestIndexIsWhatMinisearchMakes holds our index to minisearch's own of the
// same texts: each query has the same results with the same scores, also with
// the copy of minisearch that readers get. 2,000 records have to be searched
// within 50 ms.
func TestIndexIsWhatMinisearchMakes(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("SKIPPED: no node to run minisearch in")
	}
	modules := os.Getenv("TWINSHELF_NODE_MODULES")
	if modules == "" {
		modules = "../../.ci/npm/node_modules"
	}
	original := filepath.Join(modules, "minisearch", "dist", "es", "index.js")
	if _, err := os.Stat(original); err != nil {
		t.Skipf("SKIPPED: no minisearch to compare with: %v (npm ci in .ci/npm installs it)", err)
	}
	dir := t.TempDir()
	for from, to := range map[string]string{
		original: "original.mjs", "../../static/vendor/minisearch.min.js": "shipped.mjs",
		"../../static/js/search-index.js": "search-index.mjs", "testdata/search.mjs": "search.mjs",
	} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, to), data)
	}
	index := newSearchIndex()
	var plain []map[string]string
	for _, d := range records(2000) {
		index.add(&d)
		doc := map[string]string{"id": d.href, "kind": d.kind, "about": d.about, "lang": d.lang.String()}
		for i, texts := range d.fields() {
			for _, text := range texts {
				doc[searchFields[i]] += text + withoutHyphens(text) + "\n"
			}
		}
		plain = append(plain, doc)
	}
	var w bytes.Buffer
	if err := index.write(&w); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "index.json"), w.Bytes())
	data, err := json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "docs.json"), data)
	cmd := exec.Command(node, "search.mjs")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
