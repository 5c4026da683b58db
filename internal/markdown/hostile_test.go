package markdown

import (
	"strings"
	"testing"
	"time"
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
	}
	inputs := map[string]string{}
	for name, make := range cases {
		inputs[name] = make(n)
	}
	return inputs
}

// The bound is generous: quadratic time would pass it a hundred times over.
func TestHostileInputTakesLinearTime(t *testing.T) {
	t.Parallel()
	for name, text := range hostile(30_000) {
		start := time.Now()
		Parse(Source{Text: text}).Append(nil, plain{}, english)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %d KB took %s", name, len(text)/1000, took)
		}
	}
}
