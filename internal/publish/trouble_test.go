package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSecondBuildWaits(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "public")
	started, waited, goOn := make(chan bool), make(chan bool), make(chan bool)
	slow, _ := NewPlan([]Artifact{{Path: "index.html", Render: func(w *bytes.Buffer) error {
		close(started)
		<-goOn
		_, err := w.WriteString("first")
		return err
	}}})
	first := make(chan error)
	go func() {
		_, err := Dir(t.Context(), slow, DirOptions{Out: out})
		first <- err
	}()
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := Dir(ctx, site(t, siteA), DirOptions{Out: out, Waiting: cancel}); !errors.Is(err, context.Canceled) {
		t.Errorf("a build that is ended while it waits: %v", err)
	}
	second := make(chan error)
	go func() {
		_, err := Dir(t.Context(), site(t, siteA), DirOptions{Out: out, Waiting: func() { close(waited) }})
		second <- err
	}()
	<-waited
	close(goOn)
	if err := errors.Join(<-first, <-second); err != nil {
		t.Fatal(err)
	}
	checkTree(t, out, whole(t, site(t, siteA), nil))
}

func TestManyBuildsAtOnce(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "public")
	done := make(chan error)
	const builds = 12
	for i := range builds {
		plan := site(t, []map[string]string{siteA, siteB}[i%2])
		go func() {
			_, err := Dir(t.Context(), plan, DirOptions{Out: out})
			done <- err
		}()
	}
	for range builds {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	publishTo(t, out, site(t, siteA))
	checkTree(t, out, whole(t, site(t, siteA), nil))
}

func TestLateFileIsRescued(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "public")
	publishTo(t, out, site(t, siteA))
	late := map[string]string{"databases/late.txt": "came during the build", "old/deep/late.txt": "this too"}
	plan := site(t, siteB)
	made := false
	for i := range plan.Artifacts {
		// New, so made when the folders were read already.
		if a := &plan.Artifacts[i]; a.Path == "databases/hoopla/index.html" {
			text := []byte(siteB[a.Path])
			*a = Artifact{Path: a.Path, Render: func(w *bytes.Buffer) error {
				if !made {
					put(t, out, late)
				}
				made = true
				_, err := w.Write(text)
				return err
			}}
		}
	}
	publishTo(t, out, plan)
	checkTree(t, out, whole(t, plan, late))
}

func TestLateFileInTheWayIsNotReplaced(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "public")
	put(t, out, map[string]string{"CNAME": "x"})
	plan, _ := NewPlan([]Artifact{{Path: "index.html", Render: func(w *bytes.Buffer) error {
		put(t, out, map[string]string{"index.html": "mine"})
		return nil
	}}})
	_, err := Dir(t.Context(), plan, DirOptions{Out: out})
	var refusal *Refusal
	if !errors.As(err, &refusal) || !strings.Contains(filepath.ToSlash(err.Error()), "public/index.html lies where") {
		t.Errorf("got %v", err)
	}
	checkTree(t, out, map[string]string{"CNAME": "x", "index.html": "mine"})
}

// What a killed build may leave in the output folder: a journal, files of the
// new site, the stage, no manifest yet or the old one.
func TestJournalTellsWhatIsOurs(t *testing.T) {
	t.Parallel()
	var journal []File
	for path := range siteA {
		journal = append(journal, File{Path: path})
	}
	left := map[string]string{
		".twinshelf-journal":                     string(encodeManifest(journal)),
		".twinshelf-new-123/index.html":          "home A",
		".twinshelf-new-123/feed.xml":            "feed A",
		"old/deep/page/index.html":               "old",
		"databases/libby/index.html":             "Libby",
		"thing":                                  "a file",
		"CNAME":                                  "x",
		"databases/sora/somebody/elses/note.txt": "mine",
	}
	foreign := map[string]string{"CNAME": "x", "databases/sora/somebody/elses/note.txt": "mine"}
	t.Run("no manifest", func(t *testing.T) {
		t.Parallel()
		out := filepath.Join(t.TempDir(), "public")
		put(t, out, left)
		result := publishTo(t, out, site(t, siteB))
		if fmt.Sprint(result.Removed) != "[/databases/libby/ /old/deep/page/ /thing]" {
			t.Errorf("removed %v", result.Removed)
		}
		checkTree(t, out, whole(t, site(t, siteB), foreign))
	})
	t.Run("all in place but the journal", func(t *testing.T) {
		t.Parallel()
		out := filepath.Join(t.TempDir(), "public")
		plan := site(t, siteA)
		publishTo(t, out, plan)
		put(t, out, foreign)
		put(t, out, map[string]string{".twinshelf-journal": left[".twinshelf-journal"]})
		checkChanges(t, publishTo(t, out, plan), Result{})
		checkTree(t, out, whole(t, plan, foreign))
	})
	t.Run("nothing foreign", func(t *testing.T) {
		t.Parallel()
		out := filepath.Join(t.TempDir(), "public")
		publishTo(t, out, site(t, siteB))
		ours := maps.Clone(left) // the other cases read it at the same time
		for path := range foreign {
			delete(ours, path)
		}
		if err := os.RemoveAll(filepath.Join(out, "thing")); err != nil {
			t.Fatal(err)
		}
		put(t, out, ours)
		publishTo(t, out, site(t, siteB))
		checkTree(t, out, whole(t, site(t, siteB), nil))
	})
}

func TestLeftoversBesideTheOutputGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	plan := site(t, siteA)
	publishTo(t, out, plan)
	put(t, dir, map[string]string{".public.twinshelf-new-1/a/b": "x", ".public.twinshelf-old-2/c": "x", ".public.twinshelf-lock": ""})
	publishTo(t, out, plan)
	checkTree(t, out, whole(t, plan, nil))

	// Killed between moving the old tree aside and moving the new one in.
	if err := os.Rename(out, filepath.Join(dir, ".public.twinshelf-old-3")); err != nil {
		t.Fatal(err)
	}
	put(t, dir, map[string]string{".public.twinshelf-new-4/index.html": "x"})
	checkChanges(t, publishTo(t, out, plan), Result{})
	checkTree(t, out, whole(t, plan, nil))
}

func TestFoldersAreMovedAsideWhereTheyCannotBeExchanged(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "public")
	a, b := site(t, siteA), site(t, siteB)
	publishTo(t, out, a)
	target, err := newTarget(out)
	if err != nil {
		t.Fatal(err)
	}
	f, err := target.read()
	if err != nil {
		t.Fatal(err)
	}
	s := newSurvey(b, DirOptions{Out: out}, target, f)
	if err := s.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.linkSame(t.Context()); err != nil {
		t.Fatal(err)
	}
	old, err := s.moveAside()
	if err != nil {
		t.Fatal(err)
	}
	s.removeOld(old)
	checkTree(t, out, whole(t, b, nil))
}

func TestOrderOfReplacing(t *testing.T) {
	t.Parallel()
	plan, _ := NewPlan([]Artifact{
		{Path: "index.html", Page: &Page{List: true}}, {Path: "databases/index.html", Page: &Page{List: true}},
		{Path: "databases/format/ebook/index.html", Page: &Page{List: true}}, {Path: "databases/sora/index.html", Page: &Page{}},
		{Path: "assets/a.css"}, {Path: "sitemap.xml"}, {Path: "embed/hours/x/index.html"}, {Path: "sw.js"}, {Path: "libraries/x/hours.ics"},
	})
	r := replacing{survey: &survey{plan: plan}}
	for i := range plan.Artifacts {
		r.written = append(r.written, plan.Artifacts[i].Path)
	}
	r.sort()
	want := "[libraries/x/hours.ics assets/a.css embed/hours/x/index.html databases/sora/index.html " +
		"databases/format/ebook/index.html databases/index.html index.html sitemap.xml sw.js]"
	if got := fmt.Sprint(r.written); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
