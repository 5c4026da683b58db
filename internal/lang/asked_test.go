package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Layouts are checked when they are loaded; this holds the program's own code
// to the same: every word that it asks for exists, with its placeholders.
func TestWordsThatTheProgramAsksForExist(t *testing.T) {
	t.Parallel()
	d := load(t, "en")
	for _, call := range wordCalls(t, "../..") {
		key, ok := literal(call.Args[0])
		if !ok {
			continue
		}
		switch method := call.Fun.(*ast.SelectorExpr).Sel.Name; {
		case !d.Has(key):
			t.Errorf("the program asks for the word %q, which layouts/i18n/en.yaml lacks", key)
		case d.HasPlural(key) != (method == "N"):
			t.Errorf("the program asks for the word %q with %s", key, method)
		default:
			checkPairs(t, d, key, call)
		}
	}
}

func checkPairs(t *testing.T, d *Dictionary, key string, call *ast.CallExpr) {
	t.Helper()
	pairs := call.Args[1:]
	if call.Fun.(*ast.SelectorExpr).Sel.Name == "N" && len(pairs) > 0 {
		pairs = pairs[1:]
	}
	for i := 0; i < len(pairs) && call.Ellipsis == token.NoPos; i += 2 {
		if name, ok := literal(pairs[i]); ok && !slices.Contains(d.Placeholders(key), name) {
			t.Errorf("the word %q has no placeholder {%s}", key, name)
		}
	}
}

// wordCalls finds the calls of T and N in the Go files of the program.
func wordCalls(t *testing.T, root string) []*ast.CallExpr {
	t.Helper()
	var calls []*ast.CallExpr
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 {
				if s, ok := call.Fun.(*ast.SelectorExpr); ok && (s.Sel.Name == "T" || s.Sel.Name == "N") {
					calls = append(calls, call)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return calls
}

// literal returns the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
