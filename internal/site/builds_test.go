package site_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/twinshelf/twinshelf"
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/markdown"
	"github.com/twinshelf/twinshelf/internal/site"
)

// incremental is a hub that is edited at random and built after each edit,
// once with what is remembered of earlier builds and once without.
type incremental struct {
	hubDir
	random    *rand.Rand
	out       string
	remembers *site.Builds
	today     civil.Date
	drafts    bool
	n         int // of edits so far, to make every text another
}

// TestRememberedBuilds holds a law: after any edits, what a build with a memory
// leaves is, byte for byte, what one without makes in an empty folder, all of
// its texts put by in a file meanwhile. And a second build of the same touches
// nothing. TWINSHELF_EDITS sets how many edits
// are tried.
func TestRememberedBuilds(t *testing.T) {
	t.Parallel()
	edits := 40
	if testing.Short() {
		edits = 10
	}
	if n, err := strconv.Atoi(os.Getenv("TWINSHELF_EDITS")); err == nil {
		edits = n
	}
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			h := newIncremental(t, seed)
			h.check("the first build")
			for range edits / 2 {
				names := h.edit()
				h.check(strings.Join(names, ", "))
			}
		})
	}
}

func newIncremental(t *testing.T, seed uint64) *incremental {
	day, err := civil.Parse(firstDay)
	if err != nil {
		t.Fatal(err)
	}
	h := &incremental{
		hubDir: newHub(t), random: rand.New(rand.NewPCG(seed, 7)), out: filepath.Join(t.TempDir(), "public"),
		remembers: &site.Builds{Folder: t.TempDir(), Program: "test"}, today: day,
	}
	h.remove("links.lock") // what moves is not lost here
	h.write("awards/bluestem/2026.md", "---\ntitle: Bluestem 2026\nbooks_file: 2026.csv\n---\n")
	h.write("awards/bluestem/2026.csv", "title,author\nWonder,C\n")
	h.write("guides/draft.md", "---\ntitle: Draft\ndraft: true\n---\n")
	h.write("guides/soon.md", "---\ntitle: Soon\npublish: 2026-11-25\nexpires: 2026-11-28\n---\n")
	return h
}

// edit changes one to three things and returns what.
func (h *incremental) edit() []string {
	edits := []struct {
		name string
		do   func()
	}{
		{"a field", func() { h.set("databases/sora.md", "vendor", h.word()) }},
		{"a title", func() { h.set("databases/tumble.md", "title", h.word()) }},
		{"a body", func() {
			h.write("guides/teachers.md", "---\ntitle: Teachers\n---\n## "+h.word()+"\n[All](../databases/)\n")
		}},
		{"hours", func() {
			h.set("libraries/town.md", "hours", fmt.Sprintf("{regular: {daily: 9am-%dpm}}", 1+h.random.IntN(9)))
		}},
		{"a new file", func() { h.write("databases/new-"+strconv.Itoa(h.n)+".md", h.database()) }},
		{"a file less", func() {
			if name := h.some("databases/new-*.md"); name != "" {
				h.remove(name)
			}
		}},
		{"a new name", func() {
			if name := h.some("databases/new-*.md"); name != "" {
				h.move(name, "databases/new-"+strconv.Itoa(h.n)+"-moved.md")
			}
		}},
		{"settings", func() {
			text := h.read("site.yaml")
			_, rest, _ := strings.Cut(text, "\n")
			h.write("site.yaml", "title: "+h.word()+"\n"+rest)
		}},
		{"a layout", func() { h.layout() }},
		{"a static file", func() { h.writeRoot("static/note.txt", h.word()) }},
		{"no static file", func() { h.removeRoot("static/note.txt") }},
		{"a CSV file", func() { h.write("awards/bluestem/2026.csv", "title,author\nWonder,"+h.word()+"\n") }},
		{"a translation", func() { h.write("databases/sora.es.md", "---\ntitle: "+h.word()+"\n---\n") }},
		{"no translation", func() { h.remove("databases/sora.es.md") }},
		{"words of a language", func() { h.write("site.es.yaml", "title: "+h.word()+"\n") }},
		{"the clock", func() { h.today = h.today.AddDays(1) }},
		{"drafts", func() { h.drafts = !h.drafts }},
		{"a text of the same length at the same time", func() { h.sameLength() }},
		{"a mistake", func() { h.write("guides/wrong.md", "---\ntitel: Wrong\n---\n") }},
		{"no mistake", func() { h.remove("guides/wrong.md") }},
		{"an edited output file", func() { h.touchOutput(func(path string) error { return os.WriteFile(path, []byte(h.word()), 0o644) }) }},
		{"a missing output file", func() { h.touchOutput(os.Remove) }},
		{"a damaged record", func() { h.damage() }},
	}
	var names []string
	for range 1 + h.random.IntN(3) {
		h.n++
		e := edits[h.random.IntN(len(edits))]
		e.do()
		names = append(names, e.name)
	}
	return names
}

// check builds with and without memory and compares.
func (h *incremental) check(what string) {
	h.t.Helper()
	before := contents(h.t, h.out)
	got := h.buildTo(h.out, h.remembers)
	fresh := filepath.Join(h.t.TempDir(), "public")
	shelf := markdown.NewShelf(0)
	want := h.build(site.BuildOptions{Options: site.Options{Shelf: shelf}, Out: fresh})
	if err := shelf.Close(); err != nil {
		h.t.Fatal(err)
	}
	report := func(r site.Report) site.Report {
		r.Added, r.Changed, r.Removed = nil, nil, nil
		return r
	}
	if diff := cmp.Diff(report(want), report(got), cmp.Comparer(func(a, b civil.Date) bool { return a == b })); diff != "" {
		h.t.Fatalf("after %s the reports differ: %s", what, diff)
	}
	if want.Failed {
		if diff := cmp.Diff(before, contents(h.t, h.out)); diff != "" {
			h.t.Fatalf("after %s a failed build changed the site: %s", what, diff)
		}
		return
	}
	if diff := cmp.Diff(contents(h.t, fresh), contents(h.t, h.out)); diff != "" {
		h.t.Fatalf("after %s the sites differ: %s", what, diff)
	}
	states, record := fileStates(h.t, h.out), fileStates(h.t, h.remembers.Folder)
	again := h.buildTo(h.out, h.remembers)
	if n := len(again.Added) + len(again.Changed) + len(again.Removed); n > 0 {
		h.t.Fatalf("after %s a second build changed %d files", what, n)
	}
	if !sameFiles(states, fileStates(h.t, h.out)) {
		h.t.Fatalf("after %s a second build wrote files", what)
	}
	if !sameFiles(record, fileStates(h.t, h.remembers.Folder)) {
		h.t.Fatalf("after %s a second build did not remember the first", what)
	}
}

func (h *incremental) buildTo(out string, builds *site.Builds) site.Report {
	h.t.Helper()
	return h.build(site.BuildOptions{Out: out, Builds: builds})
}

func (h *incremental) build(opts site.BuildOptions) site.Report {
	h.t.Helper()
	opts.Root, opts.Now, opts.Drafts = h.root, civil.Start(h.today), h.drafts
	r, err := site.Build(context.Background(), opts)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *incremental) word() string {
	return fmt.Sprintf("Word %d %d", h.n, h.random.IntN(1000))
}

func (h *incremental) database() string {
	return "---\ntitle: " + h.word() + "\nformats: [ebook]\nsubjects: [Fiction]\naccess: [{library: town, url: \"https://new.example.org/\"}]\n---\nText.\n"
}

// set writes a field of a file.
func (h *incremental) set(name, field, value string) {
	lines := slices.DeleteFunc(strings.Split(h.read(name), "\n"), func(line string) bool {
		return strings.HasPrefix(line, field+":") || field == "hours" && strings.HasPrefix(line, "  regular")
	})
	h.write(name, strings.Join(slices.Insert(lines, 1, field+": "+value), "\n"))
}

// some returns a random file of content/ that matches, "" if none does.
func (h *incremental) some(pattern string) string {
	names, err := filepath.Glob(h.path(pattern))
	if err != nil || len(names) == 0 {
		return ""
	}
	return "databases/" + filepath.Base(names[h.random.IntN(len(names))])
}

// layout puts a layout of the hub's own in the place of the program's.
func (h *incremental) layout() {
	text, err := fs.ReadFile(twinshelf.Layouts, "layouts/footer.html")
	if err != nil {
		h.t.Fatal(err)
	}
	h.writeRoot("layouts/footer.html", string(text)+"<p>"+h.word()+"</p>")
}

func (h *incremental) writeRoot(name, text string) {
	path := filepath.Join(h.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		h.t.Fatal(err)
	}
}

func (h *incremental) removeRoot(name string) {
	if err := os.RemoveAll(filepath.Join(h.root, filepath.FromSlash(name))); err != nil {
		h.t.Fatal(err)
	}
}

// sameLength changes a text so that neither size nor time tells.
func (h *incremental) sameLength() {
	name := "guides/letter.md"
	h.write(name, "---\ntitle: Letter\n---\n"+string(rune('a'+h.random.IntN(26)))+"\n")
	then := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(h.path(name), then, then); err != nil {
		h.t.Fatal(err)
	}
}

// touchOutput does something to a random page of the site.
func (h *incremental) touchOutput(do func(path string) error) {
	var pages []string
	for path := range contents(h.t, h.out) {
		pages = append(pages, path)
	}
	if len(pages) == 0 {
		return
	}
	slices.Sort(pages)
	pages = slices.DeleteFunc(pages, func(path string) bool { return path == "manifest.json" }) // by it the folder is ours
	if err := do(filepath.Join(h.out, filepath.FromSlash(pages[h.random.IntN(len(pages))]))); err != nil {
		h.t.Fatal(err)
	}
}

// damage cuts the records, or puts something else in their place.
func (h *incremental) damage() {
	records, err := filepath.Glob(filepath.Join(h.remembers.Folder, "builds", "*"))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, path := range records {
		text, err := os.ReadFile(path)
		if err != nil {
			h.t.Fatal(err)
		}
		switch h.random.IntN(3) {
		case 0:
			text = text[:h.random.IntN(len(text))]
		case 1:
			text[h.random.IntN(len(text))] ^= 1
		default:
			text = []byte("somebody else's\n{}")
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			h.t.Fatal(err)
		}
	}
}

// contents returns the files of a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	eachFile(t, dir, func(path string, _ fs.FileInfo) {
		text, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.ToSlash(path)] = string(text)
	})
	return files
}

// fileStates returns which file stands at each path of a folder, and its time.
func fileStates(t *testing.T, dir string) map[string]fs.FileInfo {
	t.Helper()
	files := map[string]fs.FileInfo{}
	eachFile(t, dir, func(path string, info fs.FileInfo) { files[filepath.ToSlash(path)] = info })
	return files
}

// sameFiles compares what fileStates returned.
func sameFiles(before, after map[string]fs.FileInfo) bool {
	return maps.EqualFunc(before, after, func(a, b fs.FileInfo) bool { return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) })
}

func eachFile(t *testing.T, dir string, do func(path string, info fs.FileInfo)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil && path == dir {
			return fs.SkipAll
		}
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		path, err = filepath.Rel(dir, path)
		if err == nil {
			do(path, info)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
