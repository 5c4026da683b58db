package frontmatter

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// The bound is generous: quadratic time would pass it many times over.
func TestHostileFieldsTakeLinearTime(t *testing.T) {
	t.Parallel()
	type record struct {
		Title Prose   `yaml:"title"`
		Notes []Prose `yaml:"notes"`
		Other Map     `yaml:"other"`
	}
	const n = 300_000
	repeat := strings.Repeat
	var keys strings.Builder
	for i := 0; keys.Len() < n; i++ {
		fmt.Fprintf(&keys, "  k%d: a\n", i)
	}
	for name, text := range map[string]string{
		"misspelt":        repeat("titel: a\n", n/9),
		"twice":           repeat("title: a\n", n/9),
		"free":            "other:\n" + keys.String() + repeat("  k9999: a\n", n/11),
		"cut by commas":   "other: {a: b" + repeat(", c", n/3) + "}\n",
		"long list":       "notes:\n" + repeat("- a\n", n/4),
		"long flow list":  "notes: [a" + repeat(", a", n/3) + "] # b\n",
		"nested":          "title: " + repeat("[", n) + "\n",
		"comments":        repeat("# a\n", n/4) + "title: a\n",
		"comments inside": "notes:\n" + repeat("- a # b\n", n/8),
	} {
		start := time.Now()
		NewSchema[record]().Decode(Source{File: "a.md", Text: text})
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %d KB took %s", name, len(text)/1000, took)
		}
	}
}

func TestTooManyFieldsAreOneFinding(t *testing.T) {
	t.Parallel()
	type record struct {
		Other Map `yaml:"other"`
	}
	var text strings.Builder
	text.WriteString("other:\n")
	for i := range mostFields + 10 {
		fmt.Fprintf(&text, "  k%d: a\n", i)
	}
	got, findings := NewSchema[record]().Decode(Source{File: "a.md", Line: 2, Text: text.String()})
	if len(got.Other) != mostFields {
		t.Errorf("%d fields were read, want %d", len(got.Other), mostFields)
	}
	want := fmt.Sprintf("a.md:%d:3: error: more than %d fields stand here (look for what was pasted by mistake) [too-many-fields]", mostFields+3, mostFields)
	if len(findings) != 1 || findings[0].String() != want {
		t.Errorf("findings are %v, want %s", findings, want)
	}
}
