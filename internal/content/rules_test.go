package content

import (
	"context"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
)

var update = flag.Bool("update", false, "rewrite what testdata wants")

// monday is the day on which the cases are looked at.
var monday = civil.Start(civil.New(2026, time.November, 23))

// TestRules runs testdata/*.txtar but the base. A case is the files whose names
// begin with it: CASE/content/… are put into the base hub; each line of
// CASE/edit is "FILE | old | new" and changes a file of it (\n and \t are
// understood; an empty new file name "-" deletes); CASE/want is what is found.
func TestRules(t *testing.T) {
	base := readArchive(t, "testdata/base.txtar")
	if _, findings := loadFiles(t, base); len(findings) > 0 {
		t.Fatalf("the base hub is not without a mistake: %v", findings)
	}
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range archives {
		if filepath.Base(name) != "base.txtar" {
			t.Run(filepath.Base(name), func(t *testing.T) { testRules(t, base, name) })
		}
	}
}

func testRules(t *testing.T, base map[string]string, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range archive.Files {
		f := &archive.Files[i]
		id, isWant := strings.CutSuffix(f.Name, "/want")
		if !isWant {
			continue
		}
		files := maps.Clone(base)
		for _, g := range archive.Files {
			rest, ok := strings.CutPrefix(g.Name, id+"/")
			switch {
			case !ok || rest == "want":
			case rest == "edit":
				edit(t, files, id, string(g.Data))
			default:
				files[rest] = unescape(string(g.Data))
			}
		}
		_, findings := loadFiles(t, files)
		var got strings.Builder
		if err := diag.WriteText(&got, findings); err != nil {
			t.Fatal(err)
		}
		if *update {
			f.Data = []byte(got.String())
		} else if got.String() != string(f.Data) {
			t.Errorf("%s:\n%s", id, cmp.Diff(string(f.Data), got.String()))
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func unescape(s string) string {
	return strings.NewReplacer(`\n`, "\n", `\t`, "\t", "<CR>", "\r", "<BOM>", "\ufeff", "<NUL>", "\x00", "<FF>", "\xff", "<FE>", "\xfe").Replace(s)
}

func edit(t *testing.T, files map[string]string, id, script string) {
	t.Helper()
	for line := range strings.Lines(script) {
		parts := strings.Split(strings.TrimRight(line, "\n"), " | ")
		name := "content/" + parts[0]
		if len(parts) == 2 && parts[1] == "-" {
			delete(files, name)
			continue
		}
		if len(parts) != 3 || strings.Count(files[name], unescape(parts[1])) != 1 {
			t.Fatalf("%s: %q is not once in %s", id, parts[1], name)
		}
		files[name] = strings.Replace(files[name], unescape(parts[1]), unescape(parts[2]), 1)
	}
}

func readArchive(t testing.TB, name string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

func loadFiles(t testing.TB, files map[string]string) (*hub.Hub, []diag.Finding) {
	t.Helper()
	return loadAt(t, files, Options{Now: monday})
}

func loadAt(t testing.TB, files map[string]string, o Options) (*hub.Hub, []diag.Finding) {
	t.Helper()
	o.FS = mapFS(files)
	h, findings, err := Load(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return h, findings
}

// mapFS is a file system of texts; a text that begins with SYMLINK is a link.
func mapFS(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fsys[name] = &fstest.MapFile{Data: []byte(files[name])}
		if target, ok := strings.CutPrefix(files[name], "SYMLINK "); ok {
			fsys[name] = &fstest.MapFile{Data: []byte(strings.TrimSpace(target)), Mode: os.ModeSymlink}
		}
	}
	return fsys
}
