package frontmatter

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/twinshelf/twinshelf/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the .want parts of testdata")

// record has a field of every form.
type record struct {
	page
	Grades  []Text   `yaml:"grades,split"`
	Names   []Prose  `yaml:"also_known_as"`
	Address address  `yaml:"address"`
	Access  []access `yaml:"access"`
	Hours   Node     `yaml:"hours"`
	Regular Map      `yaml:"regular"`
	Groups  [][]Text `yaml:"synonyms"`
	Place   Place
}

type page struct {
	Title   Prose `yaml:"title"`
	Note    Prose `yaml:"note"`
	URL     Text  `yaml:"url"`
	Draft   Bool  `yaml:"draft"`
	Weight  Int   `yaml:"weight"`
	Degrees Float `yaml:"degrees"`
	Publish Date  `yaml:"publish"`
}

type address struct {
	Text   Prose `yaml:"text,scalar"`
	Street Prose `yaml:"street"`
}

type access struct {
	Library Text `yaml:"library"`
	Where   Text `yaml:"where"`
}

// TestFindings runs testdata/*.txtar: each NAME.md is decoded as a record, and
// NAME.want holds what is said of it.
func TestFindings(t *testing.T) {
	schema := NewSchema[record]()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) { testArchive(t, schema, name) })
	}
}

func testArchive(t *testing.T, schema *Schema[record], name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	out := txtar.Archive{Comment: archive.Comment}
	wants := map[string]string{}
	for _, f := range archive.Files {
		wants[f.Name] = string(f.Data)
	}
	for _, f := range archive.Files {
		base, isInput := strings.CutSuffix(f.Name, ".md")
		if !isInput {
			continue
		}
		text := strings.NewReplacer("<TAB>", "\t", "<NUL>", "\x00", "<BOM>", "\ufeff", "<CR>", "\r", "<FF>", "\xff", "<FE>", "\xfe", "<BEL>", "\a").Replace(string(f.Data))
		parts, findings := Split(f.Name, text)
		if parts.Found {
			_, more := schema.Decode(parts.Front)
			findings = append(findings, more...)
		}
		var got strings.Builder
		if err := diag.WriteText(&got, diag.Sort(findings)); err != nil {
			t.Fatal(err)
		}
		out.Files = append(out.Files, f, txtar.File{Name: base + ".want", Data: []byte(got.String())})
		if !*update && got.String() != wants[base+".want"] {
			t.Errorf("%s:\n%s", f.Name, cmp.Diff(wants[base+".want"], got.String()))
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(&out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSplitTraps(t *testing.T) {
	for _, c := range []struct {
		name, text, front, body string
		line, bodyLine          int
	}{
		{"plain", "---\ntitle: x\n---\nbody\n", "title: x\n", "body\n", 2, 4},
		{"BOM", "\ufeff---\ntitle: x\n---\nbody", "title: x\n", "body", 2, 4},
		{"CRLF", "---\r\ntitle: x\r\n---\r\nbody\r\n", "title: x\r\n", "body\r\n", 2, 4},
		{"blanks after the hyphens", "---  \ntitle: x\n--- \nbody", "title: x\n", "body", 2, 4},
		{"no body", "---\ntitle: x\n---", "title: x\n", "", 2, 3},
		{"nothing between", "---\n---\nbody", "", "body", 2, 3},
		{"hyphens in a block of text", "---\nnote: |\n  a\n  ---\n  b\n---\nbody\n", "note: |\n  a\n  ---\n  b\n", "body\n", 2, 7},
		{"a rule in the body", "---\ntitle: x\n---\none\n\n---\ntwo\n", "title: x\n", "one\n\n---\ntwo\n", 2, 4},
		{"empty lines first", "\n\n---\ntitle: x\n---\nbody\n", "title: x\n", "body\n", 4, 6},
	} {
		parts, findings := Split("a.md", c.text)
		want := Parts{Front: Source{"a.md", c.line, c.front}, Body: c.body, BodyLine: c.bodyLine, Found: true}
		if diff := cmp.Diff(want, parts); diff != "" || len(findings) > 0 {
			t.Errorf("%s: %v\n%s", c.name, findings, diff)
		}
	}
}

// The library hands out a slice of its buffer; a Source must not change when
// the next file is read.
func TestSplitKeepsNothingOfTheLibrary(t *testing.T) {
	text := []byte("---\ntitle: first\n---\nbody")
	parts, _ := Split("a.md", string(text))
	copy(text, bytes.Repeat([]byte("x"), len(text)))
	if parts.Front.Text != "title: first\n" || parts.Body != "body" {
		t.Errorf("got %+v", parts)
	}
}

func TestDecodeKeepsScalarsAndPlaces(t *testing.T) {
	parts, _ := Split("a.md", `---
title: 1984
note: >
  One line
  and  another
url: 0140386645
grades: "k-2, adult"
also_known_as: [no, 2026-11-25, 1e5]
address: 12 Main Street
access:
  - library: Niño, where: x
hours: closed
regular: {mon: 9am-5pm, "tue, wed": closed}
synonyms: [[a, b], c]
draft: yes
weight: -3
degrees: 40.10
publish: 2026-11-25
---
`)
	parts.Front.Text = strings.Replace(parts.Front.Text, "- library: Niño, where: x", "- {library: Niño, where: x}", 1)
	got, findings := NewSchema[record]().Decode(parts.Front)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	at := func(line, col int) diag.Pos { return diag.Pos{File: "a.md", Line: line, Col: col} }
	text := func(s string, line, col int) Text { return Text{s, at(line, col)} }
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"title", got.Title.Text, text("1984", 2, 8)},
		{"folded", got.Note.Text, text("One line and another", 3, 7)},
		{"leading zero", got.URL, text("0140386645", 6, 6)},
		{"split", got.Grades, []Text{text("k-2", 7, 10), text("adult", 7, 15)}},
		{"list", got.Names, []Prose{{text("no", 8, 17)}, {text("2026-11-25", 8, 21)}, {text("1e5", 8, 33)}}},
		{"lone text", got.Address.Text.Text, text("12 Main Street", 9, 10)},
		{"columns are characters", got.Access, []access{{text("Niño", 11, 15), text("x", 11, 28)}}},
		{"text of a node", got.Hours, Node{Text: text("closed", 12, 8), Pos: at(12, 8), Key: at(12, 1)}},
		{"map", got.Regular, Map{{text("mon", 13, 11), text("9am-5pm", 13, 16)}, {text("tue, wed", 13, 25), text("closed", 13, 37)}}},
		{"lists in a list", got.Groups, [][]Text{{text("a", 14, 13), text("b", 14, 16)}, {text("c", 14, 20)}}},
		{"bool", got.Draft, Bool{true, at(15, 8)}},
		{"int", got.Weight, Int{-3, at(16, 9)}},
		{"float", got.Degrees, Float{40.1, at(17, 10)}},
		{"date", got.Publish.Value.String(), "2026-11-25"},
		{"place", got.Place.Pos, at(2, 1)},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestDepthIsCapped(t *testing.T) {
	for _, text := range []string{
		"synonyms: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
		"unknown: " + strings.Repeat("{a: ", 5000) + strings.Repeat("}", 5000),
		strings.Repeat("[", 200000),
	} {
		_, findings := NewSchema[record]().Decode(Source{File: "a.md", Text: text})
		if len(findings) == 0 {
			t.Errorf("no finding for %.20s…", text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(file.Data))
		}
	}
	schema := NewSchema[record]()
	f.Fuzz(func(t *testing.T, text string) {
		parts, findings := Split("a.md", text)
		if !parts.Found && len(findings) == 0 {
			t.Fatal("no front matter and no finding")
		}
		_, more := schema.Decode(parts.Front)
		lines := strings.Count(text, "\n") + 1
		for _, finding := range append(findings, more...) {
			if finding.Pos.Line < 1 || finding.Pos.Line > lines+1 || finding.Pos.Col < 1 {
				t.Errorf("a place outside the file: %v", finding)
			}
			if strings.Contains(finding.Message, "go-yaml") || strings.Contains(finding.Message, "frontmatter.") {
				t.Errorf("words of the library: %v", finding)
			}
		}
	})
}

// 2026-11-24, 2 shared cores: 35 µs, 205 allocations, nearly all of it in YAML.
func BenchmarkDecode(b *testing.B) {
	text := `---
title: Sora
note: E-books and audiobooks for class and for fun, picked for your school.
grades: k-8
also_known_as: [OverDrive for schools]
url: https://soraapp.com/
access:
  - library: cardinal-elementary
    where: anywhere
  - {library: prairie-grove}
publish: 2026-10-01
---
Some text.
`
	schema := NewSchema[record]()
	b.ReportAllocs()
	for b.Loop() {
		parts, _ := Split("content/databases/sora.md", text)
		if _, findings := schema.Decode(parts.Front); len(findings) > 0 {
			b.Fatal(findings)
		}
	}
}
