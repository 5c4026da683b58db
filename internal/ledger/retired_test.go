package ledger

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v4"
)

func TestAppendRetirement(t *testing.T) {
	t.Parallel()
	const entry = "{address: /databases/old/, to: /databases/sora/, reason: We cancelled it.}"
	for name, c := range map[string]struct{ in, want string }{
		"no file":           {"", "- " + entry + "\n"},
		"comments alone":    {"# given up\n", "# given up\n- " + entry + "\n"},
		"document start":    {"---\n", "---\n- " + entry + "\n"},
		"after others":      {"- {address: /a/}\n", "- {address: /a/}\n- " + entry + "\n"},
		"no last line end":  {"- {address: /a/}", "- {address: /a/}\n- " + entry + "\n"},
		"CRLF":              {"- {address: /a/}\r\n", "- {address: /a/}\r\n- " + entry + "\r\n"},
		"indented":          {"# x\n  - {address: /a/}\n  # y\n", "# x\n  - {address: /a/}\n  # y\n  - " + entry + "\n"},
		"on several lines":  {"- address: /a/\n  reason: x\n", "- address: /a/\n  reason: x\n- address: /databases/old/\n  to: /databases/sora/\n  reason: We cancelled it.\n"},
		"as the last one":   {"- address: /a/\n- {address: /b/}\n", "- address: /a/\n- {address: /b/}\n- " + entry + "\n"},
		"hyphen alone":      {"-\n  address: /a/\n", "-\n  address: /a/\n- address: /databases/old/\n  to: /databases/sora/\n  reason: We cancelled it.\n"},
		"a long text":       {"- address: /a/\n  reason: |\n    It said:\n    - no\n", "- address: /a/\n  reason: |\n    It said:\n    - no\n- address: /databases/old/\n  to: /databases/sora/\n  reason: We cancelled it.\n"},
		"document end":      {"- {address: /a/}\n...\n", "- {address: /a/}\n- " + entry + "\n...\n"},
		"empty brackets":    {"[]\n", "- " + entry + "\n"},
		"brackets, comment": {"--- \n[ ] # none yet\n", "--- \n# none yet\n- " + entry + "\n"},
		"in brackets":       {"[{address: /a/}]\n", "[{address: /a/}, " + entry + "]\n"},
		"brackets on several lines": {
			"[\n  {address: /a/, reason: 'no ] here'}, # why]\n  {address: /b/, reason: it's gone} # x\n]\n",
			"[\n  {address: /a/, reason: 'no ] here'}, # why]\n  {address: /b/, reason: it's gone} # x\n  , " + entry + "\n]\n"},
		"brackets with a last comma": {
			"[\n  {address: /a/},\n]\n", "[\n  {address: /a/},\n  " + entry + "\n]\n"},
	} {
		got, err := AppendRetirement([]byte(c.in), retirement(t, "We cancelled it."))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(c.want, string(got)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		before, after := list(t, []byte(c.in)), list(t, got)
		if diff := cmp.Diff(append(before, stored{"/databases/old/", "/databases/sora/", "We cancelled it."}), after); diff != "" {
			t.Errorf("%s, read back:\n%s", name, diff)
		}
	}
}

func TestAppendRetirementTwice(t *testing.T) {
	t.Parallel()
	text, err := AppendRetirement(nil, retirement(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	text, err = AppendRetirement(text, Retirement{Address: address(t, "/awards/a/2027/#wish")})
	if err != nil {
		t.Fatal(err)
	}
	want := "- {address: /databases/old/, to: /databases/sora/}\n- {address: /awards/a/2027/#wish}\n"
	if string(text) != want {
		t.Errorf("got %q, want %q", text, want)
	}
}

func TestReasonsOfEveryKind(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{
		"no", "2026-11-23", "It moved: see Sora", "gone # for good", `He said "no" \ yes`, "a, b and c", "{x}", "[x]", "- x",
		"'x'", "* x", "&x", "!x", "¡Adiós! Ya no está.", "null", "~ x", "we spend 100% more", "a #b", "Back in 2027?", "x:", "C# course",
	} {
		for _, in := range []string{"", "- address: /a/\n", "[{address: /a/}]\n"} {
			got, err := AppendRetirement([]byte(in), retirement(t, reason))
			if err != nil {
				t.Fatal(err)
			}
			entries := list(t, got)
			if last := entries[len(entries)-1]; last.Reason != reason {
				t.Errorf("%q after %q was read back as %q from\n%s", reason, in, last.Reason, got)
			}
		}
	}
}

func TestAFileThatIsNoList(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"address: /a/\n", "retired:\n- {address: /a/}\n", "[{address: /a/}\n", "just text\n"} {
		if got, err := AppendRetirement([]byte(in), retirement(t, "")); err == nil {
			t.Errorf("%q became %q", in, got)
		}
	}
}

// Whatever list a person wrote, it holds what it held and the new entry.
func FuzzAppendRetirement(f *testing.F) {
	for _, seed := range []string{"", "- {address: /a/}\n", "[{address: /a/}, ] # x\n", "  - address: /a/\n    to: /b/", "[]", "--- # x\n- {a: 'b'}\n...\n"} {
		f.Add(seed, "We cancelled it.")
	}
	f.Fuzz(func(t *testing.T, text, reason string) {
		var before, after []map[string]string
		if strings.ContainsAny(text, "&*!\t|>%\uFEFF\u0085\u2028\u2029") || yaml.Unmarshal([]byte(text), &before) != nil {
			return
		}
		r := retirement(t, reason)
		got, err := AppendRetirement([]byte(text), r)
		if err != nil {
			return
		}
		if err := yaml.Unmarshal(got, &after); err != nil {
			t.Fatalf("%q became %q: %v", text, got, err)
		}
		if len(after) != len(before)+1 || !cmp.Equal(before, after[:len(before)], cmpopts.EquateEmpty()) || after[len(before)]["address"] != "/databases/old/" {
			t.Errorf("%q became %q", text, got)
		}
	})
}

type stored struct{ Address, To, Reason string }

func list(t *testing.T, text []byte) []stored {
	t.Helper()
	var entries []stored
	if len(strings.TrimSpace(string(text))) == 0 {
		return nil
	}
	if err := yaml.Unmarshal(text, &entries); err != nil && !strings.Contains(err.Error(), "no documents") {
		t.Fatalf("%v in\n%s", err, text)
	}
	return entries
}

func retirement(t *testing.T, reason string) Retirement {
	t.Helper()
	return Retirement{Address: address(t, "/databases/old/"), To: address(t, "/databases/sora/"), Reason: reason}
}
