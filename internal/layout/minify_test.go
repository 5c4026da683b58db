package layout

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMinify(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ ext, in, want string }{
		"a style sheet":        {".css", "/* a remark */\n:root { --ink: #1a1a1a; }\n@media (prefers-color-scheme: dark) {\n  a:hover { color: #ffffff; margin: 0px 0px }\n}\n", ":root{--ink:#1a1a1a}@media(prefers-color-scheme:dark){a:hover{color:#fff;margin:0}}"},
		"a script":             {".js", "// remark\nexport function two(one) {\n  const sum = one + one;\n  return sum;\n}\n", "export function two(e){const t=e+e;return t}"},
		"a picture":            {".svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n  <!-- remark -->\n  <path d=\"M 10 10 L 20 20\"/>\n</svg>\n", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M10 10 20 20"/></svg>`},
		"data":                 {".json", "{ \"a\": [ 1.50, \"b c\" ] }\n", `{"a":[1.50,"b c"]}`},
		"a web manifest":       {".webmanifest", "{ \"a\": 1 }", `{"a":1}`},
		"a file of other kind": {".txt", "  a  b\n", "  a  b\n"},
	} {
		got, err := Minify(test.ext, []byte(test.in))
		if err != nil || string(got) != test.want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, test.want)
		}
	}
}

func TestMinifyReportsWhatDoesNotParse(t *testing.T) {
	t.Parallel()
	_, err := Minify(".js", []byte("let b\nconst a = ;\n"))
	if err == nil || err.Error() != "line 2, column 11: unexpected ; in expression" {
		t.Errorf("got %v", err)
	}
}

// Every file that the program brings must survive a second pass unchanged: what
// the minifier writes, it reads.
func TestMinifyReadsWhatItWrites(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"*.css", "*.js", "*.svg", "*/*.css", "*/*.js", "*/*.svg"} {
		files, err := filepath.Glob(filepath.Join("../../static", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			once, err := Minify(filepath.Ext(name), data)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if _, err := Minify(filepath.Ext(name), once); err != nil {
				t.Errorf("%s: what was written does not parse: %v", name, err)
			}
		}
	}
}
