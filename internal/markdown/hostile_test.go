package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Inputs on which Markdown parsers have taken quadratic time or the whole
// stack, each of about n bytes. Most are from cmark's pathological tests
// (https://github.com/commonmark/cmark/blob/master/test/pathological_tests.py).
func hostile(n int) map[string]string {
	r := strings.Repeat
	cases := map[string]func(n int) string{
		"quotes":      func(n int) string { return r(">", n) },
		"quote lines": func(n int) string { return r(r("> ", 120)+"a\n", n/240) },
		"lists": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				b.WriteString(r(" ", i%2000*2) + "- a\n")
			}
			return b.String()
		},
		"list oneline":  func(n int) string { return r("- ", n/2) },
		"stars":         func(n int) string { return r("*", n) + "a" + r("*", n) },
		"star a":        func(n int) string { return r("*a ", n/3) },
		"star a_":       func(n int) string { return r("*a_ ", n/4) },
		"closers":       func(n int) string { return r("a** ", n/4) },
		"strongem":      func(n int) string { return r("*a **a ", n/7) },
		"mix":           func(n int) string { return r("a**b"+r("c* ", 10), n/34) },
		"brackets":      func(n int) string { return r("[", n) },
		"brackets a":    func(n int) string { return r("[a](", n/4) },
		"bracket close": func(n int) string { return r("[", n/2) + r("]", n/2) },
		"a]":            func(n int) string { return r("a]", n/2) },
		"img":           func(n int) string { return r("![", n/4) + r("](a)", n/4) },
		"links":         func(n int) string { return r("[a](b)", n/6) },
		"links lines":   func(n int) string { return r("[a](b)\n", n/7) },
		"[a][b]":        func(n int) string { return r("[a][b] ", n/7) },
		"[a] lines":     func(n int) string { return "[a]: x\n\n" + r("[a]\n", n/4) },
		"refdefs":       func(n int) string { return r("[a]: b\n", n/7) },
		"backticks": func(n int) string {
			var b strings.Builder
			for i := 1; b.Len() < n; i++ {
				b.WriteString("e" + r("`", i))
			}
			return b.String()
		},
		"backtick":          func(n int) string { return r("` `` ", n/5) },
		"lt":                func(n int) string { return r("<", n) },
		"<a ":               func(n int) string { return r("<a ", n/3) },
		"<!--":              func(n int) string { return "x " + r("<!-- ", n/5) },
		"<?":                func(n int) string { return "x " + r("<?", n/2) },
		"<![CDATA[":         func(n int) string { return "x " + r("<![CDATA[", n/9) },
		"<!A ":              func(n int) string { return "x " + r("<!A ", n/4) },
		"html block":        func(n int) string { return r("<div>\n", n/6) },
		"script":            func(n int) string { return r("<script>", n/8) },
		"html blk unclosed": func(n int) string { return r("<script>\n", n/9) },
		"tildes":            func(n int) string { return r("~a ", n/3) },
		"pipes":             func(n int) string { return r("|", n/2) + "\n" + r("|-", n/4) + "\n" },
		"table":             func(n int) string { return r("a|", n/4) + "\n" + r("-|", n/4) + "\n" + r("x\n", n/4) },
		"table rows":        func(n int) string { return "a|b\n-|-\n" + r("`a\\|b`|x\n", n/9) },
		"delims":            func(n int) string { return r("-\n|\n", n/4) },
		"footnotes":         func(n int) string { return "a\n\n" + r("[^a]: b\n\n", n/9) },
		"footnotes2": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				s := string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26))
				b.WriteString("[^" + s + "] x\n\n[^" + s + "]: b\n\n")
			}
			return b.String()
		},
		"fn marks":    func(n int) string { return r("[^a] ", n/5) + "\n\n[^a]: x\n" },
		"fn nest":     func(n int) string { return r("[^a]: ", n/6) },
		"urls":        func(n int) string { return r("http://a.b) ", n/12) },
		"parens":      func(n int) string { return "http://a.b" + r(")", n) },
		"parens(":     func(n int) string { return r("http://a.b(", n/11) },
		"amps":        func(n int) string { return "http://a.b" + r("&a;", n/3) },
		"at":          func(n int) string { return r("a@", n/2) },
		"at b":        func(n int) string { return r("a@b ", n/4) },
		"emails":      func(n int) string { return r("a@b.co ", n/7) },
		"dots":        func(n int) string { return r("www.", n/4) },
		"colons":      func(n int) string { return r(":", n) },
		"colon lines": func(n int) string { return r(":::note\n", n/8) },
		"close lines": func(n int) string { return r(":::\n", n/4) },
		"blocks":      func(n int) string { return r("::hours{}\n", n/10) },
		"block bad":   func(n int) string { return r("::hours{x=y}\n", n/13) },
		"attr":        func(n int) string { return "::hours{" + r("a=b ", n/4) + "}" },
		"headings":    func(n int) string { return r("# a\n", n/4) },
		"entities":    func(n int) string { return r("&", n) },
		"backslash":   func(n int) string { return r("\\", n) },
		"spaces":      func(n int) string { return "a" + r(" ", n) + "b" },
		"lines":       func(n int) string { return r("a\n", n/2) },
		"tabs":        func(n int) string { return r("\t", n) + "a" },
		"nul":         func(n int) string { return r("\x00", n) },
		"bad utf8":    func(n int) string { return r("\xff", n) },
		"setext":      func(n int) string { return r("a\n-\n", n/4) },
		"blank list":  func(n int) string { return r("-\n\n", n/3) },
		"quote lazy":  func(n int) string { return "> a\n" + r("b\n", n/2) },
		"code list":   func(n int) string { return r("- ```\n", n/6) },
		"link title":  func(n int) string { return r("[a](b \"", n/7) },
		"link dest (": func(n int) string { return "[a](" + r("(", n) },
		"link <":      func(n int) string { return r("[a](<b", n/6) },
		"emph ]":      func(n int) string { return r("*[", n/2) + r("]*", n/2) },
		"alert":       func(n int) string { return r("> [!NOTE]\n\n", n/11) },
		"html attrs":  func(n int) string { return "<a" + r(" a='b'", n/6) },
		"longword":    func(n int) string { return r("a", n) },
		"link dests":  func(n int) string { return r(r("[a](", 900)+"\n\n", n/3602) },
		"link <<":     func(n int) string { return r(r("[a](<b", 900)+"\n\n", n/5402) },
		"closed [[":   func(n int) string { return r(r("[", 499)+r("]", 499)+"\n\n", n/1000) },
		"emph pars":   func(n int) string { return r(r("*a_ ", 900)+"\n\n", n/3602) },
		"fn unknown":  func(n int) string { return r("[^a]\n", n/5) },
		"fn unclosed": func(n int) string { return r("[^aaa", n/5) },
		"deep blank":  func(n int) string { return r("- ", 90) + "a\n" + r("\n", n) },
		"attrs wrong": func(n int) string { return "::hours{" + r("x=y ", n/4) + "}" },
		"_www":        func(n int) string { return r("_www.a", n/6) },
	}
	inputs := map[string]string{}
	for name, make := range cases {
		inputs[name] = make(n)
	}
	return inputs
}

// The bound is generous: quadratic time would pass it many times over.
func TestHostileInputTakesLinearTime(t *testing.T) {
	t.Parallel()
	for name, text := range hostile(100_000) {
		start := time.Now()
		must(Parse(Source{Text: text}).Append(nil, plain{}, english))
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %d KB took %s", name, len(text)/1000, took)
		}
	}
}

// What cannot be read in linear time is refused at the line on which it is.
func TestHostileInputIsRefused(t *testing.T) {
	t.Parallel()
	inputs := hostile(1_000_000)
	for name, want := range map[string]string{
		"brackets a":  "a.md:1:",
		"backticks":   "a.md:1:",
		"link dests":  "a.md:",
		"closed [[":   "a.md:",
		"emph pars":   "a.md:",
		"fn unknown":  "a.md:",
		"deep blank":  "a.md:",
		"attrs wrong": "a.md:1:",
	} {
		start := time.Now()
		doc := Parse(Source{File: "a.md", Text: inputs[name]})
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		if !slices.ContainsFunc(doc.Findings, func(f diag.Finding) bool {
			return f.Severity == diag.Error && strings.HasPrefix(f.String(), want)
		}) {
			t.Errorf("%s is not refused", name)
		}
	}
}

// What librarians write is read, however long it is.
func TestLongTextsAreNotRefused(t *testing.T) {
	t.Parallel()
	r := strings.Repeat
	for name, text := range map[string]string{
		"one line":         r("She reads *slowly*, in the `library`, and it's fine. ", 900),
		"one paragraph":    r("A line of words that somebody pasted from a mail\n", 6000) + r("[a](https://example.org) ", 800),
		"paragraphs":       r("She reads [a book](https://example.org/a) in the **library** (`q`) [^1] today.\n\n", 60_000) + "[^1]: Yes.\n",
		"table of 500":     "| Title | Author | Link |\n|---|---|---|\n" + r("| *The Hobbit* | J. R. R. Tolkien | [catalog](https://example.org/?q=(a)) |\n", 500),
		"nested lists":     r("- a\n  - b **c**\n    - d\n\n      > e\n\n", 20_000),
		"list of 5,000":    r("- [Sora](https://example.org/sora) is *for all*\n", 5000),
		"footnotes of 500": footnotesOf(500),
	} {
		for _, f := range Parse(Source{File: "a.md", Text: text}).Findings {
			if f.Severity == diag.Error {
				t.Errorf("%s: %s", name, f)
				break
			}
		}
	}
}

func footnotesOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "A sentence with a note.[^%d]\n\n[^%[1]d]: The note.\n\n", i)
	}
	return b.String()
}
