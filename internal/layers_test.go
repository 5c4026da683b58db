package internal

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const prefix = "github.com/twinshelf/twinshelf/internal/"

// TestLayers holds the code to the block of package names in README.md: a
// package imports packages of earlier lines only, and every package stands on
// a line.
func TestLayers(t *testing.T) {
	t.Parallel()
	layer := readLayers(t)
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		pkg := filepath.Base(filepath.Dir(file))
		seen[pkg] = true
		line, ok := layer[pkg]
		if !ok {
			t.Errorf("package %s stands on no line of the layers block in README.md", pkg)
			continue
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, imported := range imports(t, file) {
			if l, known := layer[imported]; !known || l >= line {
				t.Errorf("%s imports %s, which does not stand on an earlier line", file, imported)
			}
		}
	}
	for pkg := range layer {
		if !seen[pkg] {
			t.Errorf("README.md names package %s, which does not exist", pkg)
		}
	}
}

// readLayers returns the line number of each package in the first indented
// block after the heading "Layers".
func readLayers(t *testing.T) map[string]int {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "## Layers\n")
	if !found {
		t.Fatal("README.md has no heading \"Layers\"")
	}
	layer := map[string]int{}
	for i, line := range strings.Split(rest, "\n") {
		if !strings.HasPrefix(line, "    ") {
			if len(layer) > 0 {
				break
			}
			continue
		}
		for _, pkg := range strings.Fields(line) {
			layer[pkg] = i
		}
	}
	if len(layer) == 0 {
		t.Fatal("the layers block of README.md is empty")
	}
	return layer
}

// imports returns the names of our own packages that a file imports.
func imports(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var ours []string
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if name, ok := strings.CutPrefix(path, prefix); ok {
			ours = append(ours, name)
		}
	}
	return ours
}
