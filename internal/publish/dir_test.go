package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// site makes a plan of texts by path.
func site(t testing.TB, texts map[string]string) *Plan {
	t.Helper()
	var artifacts []Artifact
	for path, text := range texts {
		a := Artifact{Path: path, Source: "content/" + path}
		switch len(artifacts) % 4 { // each way to make bytes gets its turn
		case 0:
			a.Data = []byte(text)
		case 1:
			a.Render = func(w *bytes.Buffer) error { _, err := w.WriteString(text); return err }
		case 2:
			a.Open = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		case 3:
			a.Stream = func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
		}
		artifacts = append(artifacts, a)
	}
	plan, findings := NewPlan(artifacts)
	if len(findings) > 0 {
		t.Fatalf("plan: %v", findings)
	}
	return plan
}

// tree reads a folder: the text of every file, and folders that are empty.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		rel = filepath.ToSlash(rel)
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			to, _ := os.Readlink(path)
			found[rel] = "-> " + to
		case e.IsDir():
			if entries, _ := os.ReadDir(path); len(entries) == 0 {
				found[rel+"/"] = ""
			}
		default:
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			found[rel] = string(text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// memory makes the whole site in memory: every file by its path, the manifest
// too.
func memory(t testing.TB, plan *Plan) map[string]string {
	t.Helper()
	files := make([]File, len(plan.Artifacts))
	texts := make([][]byte, len(plan.Artifacts))
	err := each(t.Context(), len(plan.Artifacts), func(_, i int) error {
		var w bytes.Buffer
		a := &plan.Artifacts[i]
		if err := a.Fill(&w); err != nil {
			return err
		}
		texts[i] = w.Bytes()
		files[i] = File{Path: a.Path, Size: int64(w.Len()), Sum: sha256.Sum256(w.Bytes())}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	site := make(map[string]string, len(files)+1)
	for i, text := range texts {
		site[files[i].Path] = string(text)
	}
	site[ManifestName] = string(encodeManifest(files))
	return site
}

// whole is what a folder holds after publishing the plan, and besides it more.
func whole(t testing.TB, plan *Plan, more map[string]string) map[string]string {
	t.Helper()
	want := memory(t, plan)
	maps.Copy(want, more)
	return want
}

func publishTo(t testing.TB, out string, plan *Plan) Result {
	t.Helper()
	result, err := Dir(t.Context(), plan, DirOptions{Out: out})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// put writes files into a folder as somebody else would.
func put(t testing.TB, dir string, texts map[string]string) {
	t.Helper()
	for path, text := range texts {
		full := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// checkTree compares a folder with what it should hold, and finds leftovers beside
// it.
func checkTree(t testing.TB, out string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, tree(t, out)); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	checkNoLeftovers(t, out)
}

func checkNoLeftovers(t testing.TB, out string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("left beside the output: %s", e.Name())
		}
	}
}

var (
	siteA = map[string]string{
		"index.html": "home A", "databases/index.html": "list A", "databases/sora/index.html": "Sora",
		"databases/libby/index.html": "Libby", "assets/a.css": "css A", ".nojekyll": "", "feed.xml": "feed A",
		"old/deep/page/index.html": "old", "thing": "a file", "other/index.html": "a folder",
	}
	siteB = map[string]string{
		"index.html": "home B", "databases/index.html": "list B", "databases/sora/index.html": "Sora",
		"databases/hoopla/index.html": "Hoopla", "assets/a.css": "css B", ".nojekyll": "", "feed.xml": "feed A",
		"thing/index.html": "now a folder", "other": "now a file",
	}
	fromAToB = Result{
		Added:   []string{"/databases/hoopla/", "/other", "/thing/"},
		Changed: []string{"/", "/assets/a.css", "/databases/", "/manifest.json"},
		Removed: []string{"/databases/libby/", "/old/deep/page/", "/other/", "/thing"},
	}
)

func checkChanges(t *testing.T, got, want Result) {
	t.Helper()
	got = Result{Added: got.Added, Changed: got.Changed, Removed: got.Removed}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestDirSwapsTheWholeTree(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "deep", "er", "public")
	a, b := site(t, siteA), site(t, siteB)
	first := publishTo(t, out, a)
	if len(first.Added) != len(siteA)+1 || len(first.Changed)+len(first.Removed) != 0 {
		t.Errorf("first build: %+v", first)
	}
	checkTree(t, out, whole(t, a, nil))
	before := stat(t, out)
	second := publishTo(t, out, b)
	checkChanges(t, second, fromAToB)
	checkTree(t, out, whole(t, b, nil))
	after := stat(t, out)
	if os.SameFile(before[""], after[""]) {
		t.Error("the folder was not swapped")
	}
	for _, path := range []string{"databases/sora/index.html", "feed.xml", ".nojekyll"} {
		if !os.SameFile(before[path], after[path]) || !before[path].ModTime().Equal(after[path].ModTime()) {
			t.Errorf("%s is the same and was written again", path)
		}
	}
	if n := second.Bytes; n != size(t, out) {
		t.Errorf("%d bytes, want %d", n, size(t, out))
	}
}

func size(t *testing.T, out string) (n int64) {
	for _, text := range tree(t, out) {
		n += int64(len(text))
	}
	return n
}

// stat describes everything in a folder by its path, "" for the folder itself.
func stat(t testing.TB, dir string) map[string]fs.FileInfo {
	t.Helper()
	infos := map[string]fs.FileInfo{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		infos[strings.TrimPrefix(filepath.ToSlash(rel), ".")], err = e.Info()
		if strings.HasPrefix(rel, ".") && rel != "." {
			infos[rel] = infos[strings.TrimPrefix(rel, ".")]
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return infos
}

func TestDirReplacesFilesBesideForeignOnes(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "public")
	foreign := map[string]string{"CNAME": "books.example.org\n", ".git/config": "[core]", ".git/refs/heads/main": "1"}
	put(t, out, foreign)
	a, b := site(t, siteA), site(t, siteB)
	publishTo(t, out, a)
	checkTree(t, out, whole(t, a, foreign))
	put(t, out, map[string]string{"databases/notes.txt": "ours to keep"})
	foreign = whole(t, &Plan{}, foreign)
	delete(foreign, ManifestName)
	foreign["databases/notes.txt"] = "ours to keep"
	before := stat(t, out)
	checkChanges(t, publishTo(t, out, b), fromAToB)
	checkTree(t, out, whole(t, b, foreign))
	after := stat(t, out)
	for _, path := range []string{"", "databases/sora/index.html", "feed.xml", "CNAME"} {
		if !os.SameFile(before[path], after[path]) {
			t.Errorf("%q was moved", path)
		}
	}
	if !before["feed.xml"].ModTime().Equal(after["feed.xml"].ModTime()) {
		t.Error("feed.xml is the same and was written again")
	}
}

func TestNothingChangedMeansNothingWritten(t *testing.T) {
	t.Parallel()
	for name, foreign := range map[string]map[string]string{"alone": {}, "beside others": {"CNAME": "x"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "public")
			put(t, out, foreign)
			plan := site(t, siteA)
			publishTo(t, out, plan)
			before := stat(t, out)
			result := publishTo(t, out, plan)
			checkChanges(t, result, Result{})
			after := stat(t, out)
			for path := range before {
				if !os.SameFile(before[path], after[path]) || !before[path].ModTime().Equal(after[path].ModTime()) {
					t.Errorf("%q was written", path)
				}
			}
		})
	}
}

func TestEditedOutputIsMended(t *testing.T) {
	t.Parallel()
	for name, foreign := range map[string]map[string]string{"alone": {}, "beside others": {".git/HEAD": "x"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "public")
			put(t, out, foreign)
			plan := site(t, siteA)
			publishTo(t, out, plan)
			page := filepath.Join(out, "index.html")
			info, err := os.Stat(page)
			if err != nil {
				t.Fatal(err)
			}
			put(t, out, map[string]string{"index.html": "home X"}) // as long as before
			if err := os.Chtimes(page, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(out, "feed.xml")); err != nil {
				t.Fatal(err)
			}
			checkChanges(t, publishTo(t, out, plan), Result{Added: []string{"/feed.xml"}, Changed: []string{"/"}})
			checkTree(t, out, whole(t, plan, foreign))
		})
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := filepath.Join(dir, "nowhere", "public")
	result, err := Dir(t.Context(), site(t, siteA), DirOptions{Out: out, DryRun: true})
	if err != nil || len(result.Added) != len(siteA)+1 {
		t.Errorf("%+v, %v", result, err)
	}
	if _, err := os.Stat(filepath.Dir(out)); err == nil {
		t.Error("a folder was made")
	}
	publishTo(t, out, site(t, siteA))
	before := stat(t, dir)
	result, err = Dir(t.Context(), site(t, siteB), DirOptions{Out: out, DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	checkChanges(t, result, fromAToB)
	wet := publishTo(t, filepath.Join(dir, "other"), site(t, siteB))
	if diff := cmp.Diff(wet.Files, result.Files); diff != "" {
		t.Errorf("files (-built +dry):\n%s", diff)
	}
	if err := os.RemoveAll(filepath.Join(dir, "other")); err != nil {
		t.Fatal(err)
	}
	for path, info := range stat(t, dir) {
		if path != "" && (!os.SameFile(before[path], info) || !before[path].ModTime().Equal(info.ModTime())) {
			t.Errorf("%s was written", path)
		}
	}
}

func TestDirRefuses(t *testing.T) {
	t.Parallel()
	elsewhere := t.TempDir()
	put(t, elsewhere, map[string]string{"index.html": "not ours"})
	link := func(t *testing.T, to, at string) {
		if err := os.Symlink(to, at); err != nil {
			t.Skip("no links here:", err)
		}
	}
	cases := []struct {
		name  string
		built bool // a site is there already
		make  func(t *testing.T, out string)
		want  string
	}{
		{"a folder of somebody else's", false, func(t *testing.T, out string) {
			put(t, out, map[string]string{"notes.txt": "x"})
		}, `public holds "notes.txt" and no manifest.json of a Twinshelf site`},
		{"a manifest of another program", false, func(t *testing.T, out string) {
			put(t, out, map[string]string{"manifest.json": `{"generator":"other","files":[]}`})
		}, `public holds "manifest.json"`},
		{"a broken manifest", false, func(t *testing.T, out string) {
			put(t, out, map[string]string{"manifest.json": `{"generator":"twinshelf"`})
		}, `public holds "manifest.json"`},
		{"a file", false, func(t *testing.T, out string) {
			put(t, filepath.Dir(out), map[string]string{"public": "x"})
		}, "public is a file"},
		{"a foreign file in the way", true, func(t *testing.T, out string) {
			put(t, out, map[string]string{"databases/hoopla/index.html": "mine"})
		}, "public/databases/hoopla/index.html lies where the site wants to write"},
		{"two of them", true, func(t *testing.T, out string) {
			put(t, out, map[string]string{"databases/hoopla/index.html": "mine", "other/mine.txt": "in a folder that becomes a file"})
		}, "/other/mine.txt lie where the site wants to write, and no build of ours put them there (move them elsewhere)"},
		{"a hidden one", false, func(t *testing.T, out string) {
			put(t, out, map[string]string{".nojekyll": ""})
		}, "public/.nojekyll lies where"},
		{"a file where a folder is wanted", true, func(t *testing.T, out string) {
			put(t, out, map[string]string{"databases/hoopla": "mine"})
		}, "public/databases/hoopla lies where"},
		{"a folder where a file is wanted", true, func(t *testing.T, out string) {
			if err := os.RemoveAll(filepath.Join(out, "feed.xml")); err != nil {
				t.Fatal(err)
			}
			put(t, out, map[string]string{"feed.xml/mine.txt": "mine"})
		}, "public/feed.xml lies where"},
		{"a folder that is a link", true, func(t *testing.T, out string) {
			if err := os.RemoveAll(filepath.Join(out, "databases")); err != nil {
				t.Fatal(err)
			}
			link(t, elsewhere, filepath.Join(out, "databases"))
		}, "public/databases lies where"},
		{"a file that is a link", true, func(t *testing.T, out string) {
			if err := os.Remove(filepath.Join(out, "index.html")); err != nil {
				t.Fatal(err)
			}
			link(t, filepath.Join(elsewhere, "index.html"), filepath.Join(out, "index.html"))
		}, "public/index.html lies where"},
		{"a link round in a circle", false, func(t *testing.T, out string) {
			link(t, out, out)
		}, "public"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out := filepath.Join(dir, "public")
			if c.built {
				publishTo(t, out, site(t, siteA))
			}
			c.make(t, out)
			before := tree(t, dir)
			for _, dry := range []bool{true, false} {
				_, err := Dir(t.Context(), site(t, siteB), DirOptions{Out: out, DryRun: dry})
				if err == nil || !strings.Contains(filepath.ToSlash(err.Error()), c.want) {
					t.Fatalf("got  %v\nwant %s", err, c.want)
				}
				var refusal *Refusal
				if !errors.As(err, &refusal) && !strings.Contains(c.name, "circle") {
					t.Errorf("not a refusal: %v", err)
				}
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Errorf("something was written (-before +after):\n%s", diff)
			}
			if got := tree(t, elsewhere); len(got) != 1 || got["index.html"] != "not ours" {
				t.Errorf("written through a link: %v", got)
			}
		})
	}
}

func TestForeignLinksStay(t *testing.T) {
	t.Parallel()
	elsewhere := t.TempDir()
	put(t, elsewhere, map[string]string{"deep/page/index.html": "not ours"})
	out := filepath.Join(t.TempDir(), "public")
	publishTo(t, out, site(t, siteA))
	if err := os.RemoveAll(filepath.Join(out, "old")); err != nil {
		t.Fatal(err)
	}
	// Where pages were that the site has no longer.
	if err := os.Symlink(elsewhere, filepath.Join(out, "old")); err != nil {
		t.Skip("no links here:", err)
	}
	publishTo(t, out, site(t, siteB))
	checkTree(t, out, whole(t, site(t, siteB), map[string]string{"old": "-> " + elsewhere}))
	if got := tree(t, elsewhere); got["deep/page/index.html"] != "not ours" {
		t.Errorf("removed through a link: %v", got)
	}
}

func TestOutMayBeALink(t *testing.T) {
	t.Parallel()
	for _, exists := range []bool{true, false} {
		t.Run(fmt.Sprint("target exists: ", exists), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			real := filepath.Join(dir, "www", "real")
			if exists {
				put(t, real, nil)
				if err := os.MkdirAll(real, 0o700); err != nil {
					t.Fatal(err)
				}
			} else if err := os.Mkdir(filepath.Join(dir, "www"), 0o755); err != nil {
				t.Fatal(err)
			}
			out := filepath.Join(dir, "public")
			if err := os.Symlink(filepath.Join("www", "real"), out); err != nil {
				t.Skip("no links here:", err)
			}
			for _, texts := range []map[string]string{siteA, siteB} {
				publishTo(t, out, site(t, texts))
				checkTree(t, real, whole(t, site(t, texts), nil))
			}
			if to, err := os.Readlink(out); err != nil || to != filepath.Join("www", "real") {
				t.Errorf("the link is %q, %v", to, err)
			}
			if info, err := os.Stat(real); err != nil || info.Mode().Perm() != 0o755 {
				t.Errorf("mode %v, %v", info.Mode(), err)
			}
		})
	}
}

func TestOutMayNotBeAnyLinkedFolderOfTheHub(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	put(t, root, map[string]string{"content/index.md": "x", "static/x.css": "x", "away/real/x": "x"})
	for at, to := range map[string]string{"shortcut": "content", "layouts": filepath.Join("away", "real")} {
		if err := os.Symlink(to, filepath.Join(root, at)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	for out, want := range map[string]string{
		"public": "", "content": "is the hub's own content", "content/new/deep": "lies in the hub's own content",
		".": "holds the hub's own content", "..": "holds the hub's own content", "shortcut": "is the hub's own content",
		"shortcut/x": "lies in the hub's own content", "away": "holds the hub's own layouts", "Static": "is the hub's own static",
		"static/../contents": "", "away/other": "",
	} {
		err := CheckOut(root, filepath.Join(root, out))
		var refusal *Refusal
		if want == "" && err != nil || want != "" && (!errors.As(err, &refusal) || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", out, err, want)
		}
	}
}

func TestFailedRenderLeavesTheOldSite(t *testing.T) {
	t.Parallel()
	for name, foreign := range map[string]map[string]string{"alone": {}, "beside others": {"CNAME": "x"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "public")
			put(t, out, foreign)
			a := site(t, siteA)
			publishTo(t, out, a)
			trouble := errors.New("no such template")
			artifacts := slices.Concat(site(t, siteB).Artifacts, []Artifact{{
				Path: "z/index.html", Render: func(*bytes.Buffer) error { return trouble },
			}})
			b, _ := NewPlan(artifacts)
			_, err := Dir(t.Context(), b, DirOptions{Out: out})
			if !errors.Is(err, trouble) || !strings.Contains(err.Error(), "render /z/: no such template") {
				t.Errorf("got %v", err)
			}
			checkTree(t, out, whole(t, a, foreign))
		})
	}
}

func TestFailedFirstBuildLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	plan, _ := NewPlan([]Artifact{{Path: "a", Data: []byte("x")}, {Path: "b", Open: func() (io.ReadCloser, error) {
		return nil, fs.ErrNotExist
	}}})
	if _, err := Dir(t.Context(), plan, DirOptions{Out: filepath.Join(dir, "new", "public")}); err == nil {
		t.Error("no error")
	}
	if got := tree(t, dir); len(got) != 1 { // "./", the empty folder itself
		t.Errorf("left: %v", got)
	}
}

func TestContextEndsTheBuildAtAnyMoment(t *testing.T) {
	t.Parallel()
	for name, foreign := range map[string]map[string]string{"alone": {}, "beside others": {"CNAME": "x"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := site(t, siteA), site(t, siteB)
			for stop := 0; ; stop++ {
				out := filepath.Join(t.TempDir(), "public")
				put(t, out, foreign)
				publishTo(t, out, a)
				ctx := &endingContext{Context: t.Context(), left: stop}
				_, err := Dir(ctx, b, DirOptions{Out: out})
				if err == nil {
					checkTree(t, out, whole(t, b, foreign))
					if stop < 10 {
						t.Errorf("the context was asked only %d times", stop)
					}
					return
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
				checkTree(t, out, whole(t, a, foreign))
			}
		})
	}
}
