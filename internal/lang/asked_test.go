package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
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

// TestWordsAreAskedFor finds words that translators write for nobody: neither a
// layout nor the program names them, nor puts them together from pieces.
func TestWordsAreAskedFor(t *testing.T) {
	t.Parallel()
	asked, pieces := map[string]bool{}, []string{}
	eachGoFile(t, "../..", func(file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if text, ok := literal(n); ok {
					asked[text] = true
				}
			case *ast.BinaryExpr:
				if pattern := joined(n); keyPattern.MatchString(pattern) {
					pieces = append(pieces, pattern)
				}
			}
			return true
		})
	})
	layouts, err := filepath.Glob("../../layouts/*.html")
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile(`"([a-z0-9-]+)"`)
	for _, name := range layouts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
			asked[m[1]] = true
		}
	}
	for m := time.January; m <= time.December; m++ {
		asked[strings.ToLower(m.String())] = true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		asked[strings.ToLower(d.String())] = true
	}
	putTogether := regexp.MustCompile("^(" + strings.Join(pieces, "|") + ")$")
	for _, key := range load(t, "en").Keys() {
		if !asked[key] && !putTogether.MatchString(key) {
			t.Errorf("layouts/i18n/en.yaml has the word %q, which nobody asks for", key)
		}
	}
}

// keyPattern matches patterns that say something of a key: a piece with a hyphen
// at a joint.
var keyPattern = regexp.MustCompile(`^([a-z-]+-\.\+|\.\+-[a-z-]+|[a-z-]+-\.\+-[a-z-]+)$`)

// joined returns the pattern of what a sum of texts can be.
func joined(e ast.Expr) string {
	if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		return joined(sum.X) + joined(sum.Y)
	}
	if text, ok := literal(e); ok {
		return regexp.QuoteMeta(text)
	}
	return ".+"
}

// wordCalls finds the calls of T and N in the Go files of the program.
func wordCalls(t *testing.T, root string) []*ast.CallExpr {
	t.Helper()
	var calls []*ast.CallExpr
	eachGoFile(t, root, func(file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 {
				if s, ok := call.Fun.(*ast.SelectorExpr); ok && (s.Sel.Name == "T" || s.Sel.Name == "N") {
					calls = append(calls, call)
				}
			}
			return true
		})
	})
	return calls
}

// eachGoFile parses the Go files of the program.
func eachGoFile(t *testing.T, root string, visit func(*ast.File)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		visit(file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
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
