package output

import (
	"os"
	"testing"

	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/layout"
)

// Every field, word and layout that the program's own layouts name exists, and
// each of them is compiled: html/template would take many times as long.
func TestLayoutsFitTheirTypes(t *testing.T) {
	t.Parallel()
	root := os.DirFS("../..")
	words, _, err := lang.Load(lang.Source{Program: root}, []lang.Tag{lang.English()})
	if err != nil {
		t.Fatal(err)
	}
	set, findings, err := layout.Load(layout.Source{Program: root, Bindings: Bindings(), Words: words})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	if names := set.Interpreted(); len(names) > 0 {
		t.Errorf("not compiled: %v", names)
	}
}
