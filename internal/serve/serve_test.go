package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// run is a server under test with a hub of its own.
type run struct {
	t       *testing.T
	root    string
	address string // as it was told, with the path
	loads   atomic.Int32
	stop    func() error

	mu   sync.Mutex
	said []string
}

// today is the day in all tests but that of the days.
func today() civil.Moment { return civil.Start(civil.New(2026, 11, 23)) }

// start serves a folder with the given files, "content/a.md" and such. change
// may set more options.
func start(t *testing.T, files map[string]string, change func(*Options)) *run {
	t.Helper()
	r := &run{t: t, root: t.TempDir()}
	r.write(files)
	ready := make(chan string, 1)
	opts := Options{
		Root: r.root, Addr: "127.0.0.1:0",
		Load: func(_ context.Context, root fs.FS, now civil.Moment, _ func([]publish.Artifact)) (Site, error) {
			return fakeLoad(root, now, int(r.loads.Add(1)))
		},
		Now:   today,
		Ready: func(address string) { ready <- address },
		Say: func(line string) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.said = append(r.said, line)
		},
	}
	if change != nil {
		change(&opts)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, opts) }()
	r.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Error(err)
		}
	})
	select {
	case r.address = <-ready:
	case err := <-ended:
		ended <- err
		t.Fatalf("ended: %v", err)
	}
	return r
}

func (r *run) write(files map[string]string) {
	r.t.Helper()
	for name, text := range files {
		file := filepath.Join(r.root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *run) path(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }

// get asks for an address below the printed one.
func (r *run) get(rel string) (status int, text string) {
	r.t.Helper()
	status, text, err := fetch(r.address + rel)
	if err != nil {
		r.t.Fatal(err)
	}
	return status, text
}

func fetch(address string) (int, string, error) {
	answer, err := http.Get(address)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text), err
}

// until asks until the answer has a status and holds a text.
func (r *run) until(rel string, status int, text string) string {
	r.t.Helper()
	deadline := time.Now().Add(5 * time.Second)
	for {
		gotStatus, got := r.get(rel)
		if gotStatus == status && strings.Contains(got, text) {
			return got
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("%s: never %d with %q; last %d: %s", rel, status, text, gotStatus, got)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// fakeLoad makes a site of a folder: each content/x.md is /x/ with its text,
// index.html lists all names, every page tells which load it is of, and a text
// with "wrong" in it is an error. static/ comes out as it is.
func fakeLoad(root fs.FS, now civil.Moment, load int) (Site, error) {
	site := Site{Base: "/", Zones: []*time.Location{time.UTC}}
	var artifacts []publish.Artifact
	page := func(file, text string) {
		artifacts = append(artifacts, publish.Artifact{Path: file, Render: func(w *bytes.Buffer) error {
			fmt.Fprintf(w, `<!DOCTYPE html><html><head><link rel="stylesheet" href="%sassets/hub.css"></head><body>%s</body></html>`, site.Base, text)
			return nil
		}})
	}
	list := []string{fmt.Sprintf("load %d on %s:", load, now.Date(time.UTC))}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if static, ok := strings.CutPrefix(name, "static/"); ok {
			artifacts = append(artifacts, publish.Artifact{Path: static, Open: func() (io.ReadCloser, error) { return root.Open(name) }})
			if static != "hub.css" {
				return nil
			}
		}
		if _, err := fs.Stat(root, name); err != nil {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		text := string(data)
		switch {
		case name == "content/base":
			site.Base = text
		case path.Ext(name) == ".css":
			artifacts = append(artifacts, publish.Artifact{Path: "assets/hub.css", Data: data})
		case strings.Contains(text, "wrong"):
			site.Findings = append(site.Findings, diag.Errorf(diag.Pos{File: name, Line: 1, Col: 1 + strings.Index(text, "wrong")}, "wrong", "this is <wrong>").WithHint("write it right"))
		}
		if path.Ext(name) == ".md" {
			id := strings.TrimSuffix(strings.TrimPrefix(name, "content/"), ".md")
			list = append(list, id)
			page(id+"/index.html", text)
		}
		return nil
	})
	if err != nil {
		return Site{}, err
	}
	slices.Sort(list[1:])
	page("index.html", strings.Join(list, " "))
	page("404.html", "nothing here")
	artifacts = append(artifacts, publish.Artifact{Path: "api/load.json", Data: fmt.Appendf(nil, `{"load":%d}`, load)})
	site.Plan, _ = publish.NewPlan(artifacts)
	return site, nil
}

func TestAnEditShows(t *testing.T) {
	t.Parallel()
	for name, poll := range map[string]time.Duration{"told": 0, "polled": 5 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, map[string]string{"content/a.md": "first", "content/sub/deep/b.md": "b"}, func(o *Options) { o.Poll = poll })
			if status, text := r.get("a/"); status != 200 || !strings.Contains(text, "<body>first<script src=\"/_twinshelf/reload.js\"") {
				t.Errorf("%d %s", status, text)
			}
			r.write(map[string]string{"content/a.md": "second"})
			r.until("a/", 200, "second")

			// A new folder, at once with what is in it, and later.
			r.write(map[string]string{"content/new/deep/c.md": "see c"})
			r.until("new/deep/c/", 200, "see c")
			r.write(map[string]string{"content/new/deep/c.md": "see it again"})
			r.until("new/deep/c/", 200, "see it again")

			// Folders that come and go as a whole.
			if err := os.Rename(r.path("content/sub"), r.path("content/moved")); err != nil {
				t.Fatal(err)
			}
			r.until("moved/deep/b/", 200, "b")
			r.until("sub/deep/b/", 404, "nothing here")
			r.write(map[string]string{"content/moved/deep/b.md": "after the move"})
			r.until("moved/deep/b/", 200, "after the move")
			if err := os.RemoveAll(r.path("content/moved")); err != nil {
				t.Fatal(err)
			}
			r.until("moved/deep/b/", 404, "nothing here")

			// A folder that was not there at all.
			r.write(map[string]string{"layouts/x.md": "from a layout"})
			r.until("layouts/x/", 200, "from a layout")

			// Saving by rename, as editors do.
			r.write(map[string]string{"content/.a.md.new": "third"})
			if err := errors.Join(os.Rename(r.path("content/a.md"), r.path("content/a.md~")), os.Rename(r.path("content/.a.md.new"), r.path("content/a.md")), os.Remove(r.path("content/a.md~"))); err != nil {
				t.Fatal(err)
			}
			r.until("a/", 200, "third")
			if err := os.Remove(r.path("content/a.md")); err != nil {
				t.Fatal(err)
			}
			r.until("a/", 404, "nothing here")
		})
	}
}

func TestWhatStaysTheSameLoadsNothing(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "same", "content/b.md": "b"}, nil)
	r.write(map[string]string{"content/a.md": "same"})
	r.write(map[string]string{"content/b.md": "other"})
	r.until("b/", 200, "other")
	if n := r.loads.Load(); n != 2 {
		t.Errorf("%d loads", n)
	}
}

func TestLinksInTheFileSystemAreFollowed(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"shared/text.txt": "one", "shared/folder/x.md": "x one", "content/a.md": "a"}, nil)
	if err := os.Symlink("../shared/text.txt", r.path("content/l.md")); err != nil {
		t.Skip(err)
	}
	r.until("l/", 200, "one")
	r.write(map[string]string{"shared/text.txt": "two"})
	r.until("l/", 200, "two")
}

func TestABurstIsOneChange(t *testing.T) {
	t.Parallel()
	for name, poll := range map[string]time.Duration{"told": 0, "polled": 5 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			burst(t, start(t, map[string]string{"content/a.md": "a"}, func(o *Options) { o.Poll = poll }))
		})
	}
}

func burst(t *testing.T, r *run) {
	files := map[string]string{}
	for i := range 1000 {
		files[fmt.Sprintf("content/d%d/p%d.md", i%20, i)] = fmt.Sprintf("page %d", i)
	}
	r.write(files)
	last := r.until("", 200, "d19/p999")
	for i := range 1000 {
		if name := fmt.Sprintf(" d%d/p%d", i%20, i); !strings.Contains(last, name) {
			last = r.until("", 200, name)
		}
	}
	if n := r.loads.Load(); n > 100 { // a busy machine writes them with gaps
		t.Errorf("%d loads for one burst", n)
	}
	if err := os.RemoveAll(r.path("content")); err != nil {
		t.Fatal(err)
	}
	r.write(map[string]string{"content/z.md": "z"})
	r.until("z/", 200, "z")
	r.until("d19/p999/", 404, "nothing")
}

// TestLostChangesAreFound has the system say that it told less than happened.
func TestLostChangesAreFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{tree: newTree(root), inbox: newInbox(), opts: Options{
		Now: today, Say: func(string) {},
		Load: func(_ context.Context, fsys fs.FS, now civil.Moment, _ func([]publish.Artifact)) (Site, error) {
			return fakeLoad(fsys, now, 0)
		},
	}}
	w, err := newWatcher(root, s.inbox, s.opts.Say)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.fs.Close() })
	if err := s.first(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Nobody takes what the system tells of this until it says that it lost some.
	file := filepath.Join(root, "content", "deep", "a.md")
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte("lost"), 0o644)); err != nil {
		t.Fatal(err)
	}
	w.lost(fsnotify.ErrEventOverflow)
	s.catchUp(t.Context())
	if s.current.Load().lookup("deep/a/index.html") == nil {
		t.Error("what was lost is not shown")
	}
	if got := w.names(file); len(got) != 1 || got[0] != "content/deep/a.md" {
		t.Errorf("the new folder is not watched: its file is %q", got)
	}
}

func TestMistakesShowAndVanish(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "right", "static/x.txt": "text", "static/hub.css": "p{}"}, nil)
	r.write(map[string]string{"content/a.md": "all is <b>wrong</b> here"})
	text := r.until("a/", 500, "")
	for _, want := range []string{
		"content/a.md:1:11", "this is &lt;wrong&gt;", "all is &lt;b&gt;<mark>w</mark>rong&lt;/b&gt; here", "write it right",
		"_twinshelf/mistakes.css", "_twinshelf/reload.js", "[wrong]",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	for rel, want := range map[string]int{"": 500, "no/such/": 500, "no-such": 500, "404.html": 500, "x.txt": 200, "api/load.json": 200, "no.png": 404, "_twinshelf/mistakes.css": 200} {
		if status, _ := r.get(rel); status != want {
			t.Errorf("%q: %d, want %d", rel, status, want)
		}
	}
	if _, text := r.get("api/load.json"); text != `{"load":1}` {
		t.Errorf("other files are not as they were: %s", text)
	}
	r.write(map[string]string{"content/a.md": "mended"})
	r.until("a/", 200, "mended")
	r.mu.Lock()
	defer r.mu.Unlock()
	if got := strings.Join(r.said, "|"); !strings.Contains(got, "content/a.md:1:11: error: this is <wrong> (write it right) [wrong]|1 to mend before the pages show again|mended") {
		t.Errorf("said %q", got)
	}
}

// TestHeldMistakesShow has a file come and go while the load runs that finds
// the mistake: what looked like half of a checkout was all of it.
func TestHeldMistakesShow(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	s := &server{tree: newTree(root), inbox: newInbox()}
	var text string
	s.opts = Options{
		Now: today,
		Say: func(string) {},
		Load: func(context.Context, fs.FS, civil.Moment, func([]publish.Artifact)) (Site, error) {
			if text == "wrong" && s.held == 0 {
				s.inbox.put("content/.a.md.swp")
			}
			fsys := fstest.MapFS{"content/a.md": &fstest.MapFile{Data: []byte(text)}}
			return fakeLoad(fsys, civil.Moment{}, 0)
		},
	}
	edit := func(to string) (mistakes bool) {
		text = to
		if err := errors.Join(os.MkdirAll(filepath.Join(root, "content"), 0o755), os.WriteFile(filepath.Join(root, "content", "a.md"), []byte(to), 0o644)); err != nil {
			t.Fatal(err)
		}
		s.inbox.put("content/a.md")
		s.catchUp(t.Context())
		return s.current.Load().mistakes != nil
	}
	if err := s.first(t.Context()); err != nil {
		t.Fatal(err)
	}
	if edit("right") {
		t.Error("a mistake where none is")
	}
	if edit("wrong") {
		t.Error("the mistake is not held back while changes come")
	}
	if s.catchUp(t.Context()); s.current.Load().mistakes == nil {
		t.Error("the mistake never shows")
	}
}

func TestMistakesFromTheStart(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "wrong", "content/base": "/hub/"}, nil)
	if !strings.HasSuffix(r.address, "/hub/") {
		t.Errorf("address %s", r.address)
	}
	r.until("a/", 500, "content/a.md:1:1")
	if status, _ := r.get("api/load.json"); status != 503 {
		t.Errorf("status %d", status)
	}
	r.write(map[string]string{"content/a.md": "good"})
	r.until("a/", 200, "good")
}

func TestTroubleShowsAndVanishes(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	var load func(context.Context, fs.FS, civil.Moment, func([]publish.Artifact)) (Site, error)
	r := start(t, map[string]string{"content/a.md": "one"}, func(o *Options) {
		load = o.Load
		o.Load = func(ctx context.Context, root fs.FS, now civil.Moment, early func([]publish.Artifact)) (Site, error) {
			if broken.Load() {
				return Site{}, errors.New("read content/a.md: permission denied")
			}
			return load(ctx, root, now, early)
		}
	})
	broken.Store(true)
	r.write(map[string]string{"content/a.md": "two"})
	r.until("a/", 500, "read content/a.md: permission denied")
	broken.Store(false)
	r.write(map[string]string{"content/a.md": "three"})
	r.until("a/", 200, "three")
}

func TestADayThatEndsIsSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // in which days pass at once; it begins at midnight UTC
		var loads atomic.Int32
		zone := time.UTC
		s := &server{tree: newTree(t.TempDir()), inbox: newInbox(), opts: Options{
			Now: func() civil.Moment { return civil.Instant(time.Now()) }, Say: func(string) {},
			Load: func(_ context.Context, _ fs.FS, now civil.Moment, _ func([]publish.Artifact)) (Site, error) {
				site, err := fakeLoad(fstest.MapFS{}, now, int(loads.Add(1)))
				site.Zones = []*time.Location{zone}
				return site, err
			},
		}}
		check := func(what string, day civil.Date, want int32) {
			t.Helper()
			synctest.Wait()
			if got, n := s.current.Load().now.Date(zone), loads.Load(); got != day || n != want {
				t.Errorf("%s: the pages are of %s after %d loads, want %s after %d", what, got, n, day, want)
			}
		}
		first := civil.Of(time.Now().UTC())
		if err := s.first(t.Context()); err != nil {
			t.Fatal(err)
		}
		go func() { _ = s.follow(t.Context()) }()
		time.Sleep(24*time.Hour - time.Second)
		check("the end of the day", first, 1)
		time.Sleep(dayCheck + time.Second)
		check("the next day", first.AddDays(1), 2)
		time.Sleep(12 * time.Hour)
		s.inbox.putAll()
		time.Sleep(time.Minute)
		check("an edit at noon", first.AddDays(1), 3)
		zone = time.FixedZone("Kiritimati", 14*60*60) // where it is tomorrow
		s.inbox.putAll()
		time.Sleep(time.Minute)
		check("another zone", first.AddDays(2), 5)
	})
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "a"}, nil)
	taken := strings.TrimSuffix(strings.TrimPrefix(r.address, "http://"), "/")
	for addr, want := range map[string]string{
		taken:             "another program listens on " + taken,
		"127.0.0.1":       "write HOST:PORT",
		"192.0.2.1:1":     "listen on 192.0.2.1:1",
		"127.0.0.1:99999": "listen on 127.0.0.1:99999",
	} {
		err := Run(t.Context(), Options{Root: r.root, Addr: addr})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if err := Run(t.Context(), Options{Root: r.path("none"), Addr: "127.0.0.1:0"}); err == nil {
		t.Error("a root that is not there")
	}
}

// TestSoak edits while others read. Each answer is whole and of one load: the
// list and a page of the same answer agree, and no page is missing meanwhile.
func TestSoak(t *testing.T) {
	t.Parallel()
	const pages, edits, readers = 10, 100, 4
	files := map[string]string{}
	for i := range pages {
		files[fmt.Sprintf("content/p%d.md", i)] = "edit 0"
	}
	r := start(t, files, nil)
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for reader := range readers {
		group.Go(func() {
			last := 0
			for n := reader; ctx.Err() == nil; n++ {
				status, text, err := fetch(fmt.Sprintf("%sp%d/", r.address, n%pages))
				if err != nil || status != 200 || !strings.Contains(text, "<body>edit ") || !strings.HasSuffix(text, "</script></body></html>") {
					t.Errorf("%v %d %s", err, status, text)
					return
				}
				_, text, err = fetch(r.address)
				var load int
				_, after, _ := strings.Cut(text, "<body>")
				if _, scan := fmt.Sscanf(after, "load %d", &load); err != nil || scan != nil || load < last || strings.Count(text, " p") != pages {
					t.Errorf("%v %v after load %d: %s", err, scan, last, text)
					return
				}
				last = load
			}
		})
	}
	for n := range edits {
		file := r.path(fmt.Sprintf("content/p%d.md", n%pages))
		if err := errors.Join(os.WriteFile(file+".tmp", fmt.Appendf(nil, "edit %d", n+1), 0o644), os.Rename(file+".tmp", file)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range pages {
		r.until(fmt.Sprintf("p%d/", i), 200, fmt.Sprintf("edit %d<", edits-pages+i+1))
	}
	cancel()
	group.Wait()
}
