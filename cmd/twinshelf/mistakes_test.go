package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

// mark stands in a mistake's text where the finding is expected.
const mark = "¦"

// The files in which most mistakes are made.
const (
	siteYAML   = "content/site.yaml"
	spanish    = "content/site.es.yaml"
	home       = "content/index.md"
	about      = "content/about.md"
	sora       = "content/databases/sora.md"
	soraES     = "content/databases/sora.es.md"
	libby      = "content/databases/libby.md"
	grove      = "content/libraries/prairie-grove.md"
	groveES    = "content/libraries/prairie-grove.es.md"
	branch     = "content/libraries/north-branch.md"
	desk       = "content/libraries/childrens-desk.md"
	cardinal   = "content/libraries/cardinal-elementary.md"
	bluestem   = "content/awards/bluestem/index.md"
	nominees   = "content/awards/bluestem/2027.md"
	nomineesES = "content/awards/bluestem/2027.es.md"
	older      = "content/awards/bluestem/2018-19.md"
	olderCSV   = "content/awards/bluestem/2018-19.csv"
	classics   = "content/awards/bluestem/classics.md"
	howTo      = "content/guides/how-to-sora.md"
	teachers   = "content/guides/for-teachers.md"
	teachersES = "content/guides/for-teachers.es.md"
	retired    = "content/retired.yaml"
	lock       = "content/links.lock"
)

// mistake is one edit of the hub of testdata/hub.txtar. The mark in its text is
// the place where check must find it; a mark at the start of a line asks for
// the line only.
type mistake struct {
	name string
	file string // a file that the hub lacks is made, then old is ""
	old  string // stands once in the file
	new  string
	want string // severity and a part of the message
	at   string // FILE:LINE if the finding stands elsewhere
	more bool   // it is no wonder that other lines are found with it
}

// readHub returns the files of the correct hub.
func readHub(t testing.TB) map[string]string {
	t.Helper()
	a, err := txtar.ParseFile("testdata/hub.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// writeHub puts files into a new folder and returns it.
func writeHub(t testing.TB, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// command runs a command line on a clock that nobody asks for and returns its
// status and what it printed.
func command(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(context.Background(), args, machine{
		stdout: &out, stderr: &errs,
		getenv: func(string) string { return "" },
		clock:  func() time.Time { return time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC) },
	})
	return status, out.String(), errs.String()
}

// found is a finding as "check --format json" prints it.
type found struct {
	File         string
	Line, Column int
	Severity     string
	Rule         string
	Message      string
	Hint         string
}

func checkHub(t *testing.T, root string) (int, []found) {
	t.Helper()
	status, stdout, stderr := command("check", "--strict", "--format", "json", "--root", root, "--now", "2026-11-23")
	var list []found
	if err := json.Unmarshal([]byte(stdout), &list); err != nil {
		t.Fatalf("status %d, %v: %s%s", status, err, stdout, stderr)
	}
	return status, list
}

func TestCorrectHubIsSilent(t *testing.T) {
	t.Parallel()
	status, list := checkHub(t, writeHub(t, readHub(t)))
	if status != 0 || len(list) != 0 {
		t.Errorf("status %d, findings %v", status, list)
	}
}

// TestMistakes makes one mistake at a time in the correct hub.
func TestMistakes(t *testing.T) {
	t.Parallel()
	hub := readHub(t)
	for _, m := range mistakes() {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{}
			for name, text := range hub {
				files[name] = text
			}
			file, line, column := m.plant(t, files)
			status, list := checkHub(t, writeHub(t, files))
			if status != 1 {
				t.Errorf("status %d, want 1", status)
			}
			severity, words, _ := strings.Cut(m.want, ": ")
			hit := false
			for _, f := range list {
				t.Logf("%s:%d:%d: %s: %s (%s) [%s]", f.File, f.Line, f.Column, f.Severity, f.Message, f.Hint, f.Rule)
				hit = hit || f.File == file && f.Line == line && (column == 1 || f.Column == column) && f.Severity == severity &&
					strings.Contains(f.Message+" ("+f.Hint+")", words)
			}
			if !hit {
				t.Errorf("want %s:%d:%d: %s", file, line, column, m.want)
			}
			if len(list) > 1 && !m.more {
				t.Errorf("%d findings for one mistake", len(list))
			}
		})
	}
}

// plant makes the mistake and returns where it must be found, with column 1 for
// any column.
func (m mistake) plant(t *testing.T, files map[string]string) (file string, line, column int) {
	t.Helper()
	text, exists := files[m.file]
	switch {
	case m.old == "" && exists, m.old != "" && strings.Count(text, m.old) != 1:
		t.Fatalf("%q stands %d times in %s", m.old, strings.Count(text, m.old), m.file)
	case m.old == "":
		text = m.new
	default:
		text = strings.Replace(text, m.old, m.new, 1)
	}
	before, after, marked := strings.Cut(text, mark)
	files[m.file] = before + after
	if file, number, ok := strings.Cut(m.at, ":"); ok {
		line, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		return file, line, 1
	}
	if !marked {
		return m.file, 1, 1
	}
	lineStart := strings.LastIndexByte(before, '\n') + 1
	return m.file, strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[lineStart:]) + 1
}
