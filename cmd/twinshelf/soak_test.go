package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// soakSize is how much a soak does. TWINSHELF_SOAK=1 asks for the long one, which
// takes about 20 s. Its last figures are in internal/README.md.
type soakSize struct{ databases, requests, edits int }

func newSoakSize() soakSize {
	if os.Getenv("TWINSHELF_SOAK") != "" {
		return soakSize{databases: 400, requests: 10_000, edits: 500}
	}
	return soakSize{databases: 12, requests: 400, edits: 30}
}

// marked finds which edit a text is of.
var marked = regexp.MustCompile(`edit (\d+)`)

// listed finds the entry of a database in the list, and its edit.
var listed = regexp.MustCompile(`/databases/db-(\d+)/[^>]*>Database \d+ edit (\d+)<`)

// Readers read while an editor edits. No page is missing, broken off, of two
// edits at once or older than one that the same reader saw; what the server
// holds does not grow.
func TestServeSoak(t *testing.T) {
	size := newSoakSize()
	s := serveHub(t)
	for i := range size.databases {
		s.write(databaseName(i), databaseText(i, 0))
	}
	s.until("the last of all databases", fmt.Sprintf("/databases/db-%d/", size.databases-1), func(status int, _ string) bool { return status == http.StatusOK })
	http.DefaultClient.CloseIdleConnections()
	before := held()

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var group sync.WaitGroup
	const readers = 4
	var slowest time.Duration
	for n := range readers {
		group.Go(func() {
			r := reader{t: t, base: s.base, databases: size.databases, seen: map[string]int{}, random: rand.New(rand.NewPCG(uint64(n), 1))}
			for range size.requests / readers {
				if !r.read(ctx) {
					cancel()
					return
				}
			}
		})
	}
	edits := make([]int, size.databases)
	random := rand.New(rand.NewPCG(1, 2))
	for n := range size.edits {
		if ctx.Err() != nil {
			break
		}
		i := random.IntN(size.databases)
		edits[i] = n + 1
		begin := time.Now()
		name := databaseName(i)
		if n%2 == 0 { // as editors do
			s.write(strings.Replace(name, "db-", ".db-", 1), databaseText(i, n+1))
			if err := os.Rename(filepath.Join(s.root, strings.Replace(name, "db-", ".db-", 1)), filepath.Join(s.root, name)); err != nil {
				t.Fatal(err)
			}
		} else {
			s.write(name, databaseText(i, n+1))
		}
		s.until("the edit", fmt.Sprintf("/databases/db-%d/", i), func(_ int, body string) bool { return strings.Contains(body, fmt.Sprintf("edit %d<", n+1)) })
		slowest = max(slowest, time.Since(begin))
	}
	group.Wait()
	for i, edit := range edits {
		s.until("the last edit in the list", "/databases/", func(_ int, body string) bool {
			return strings.Contains(body, fmt.Sprintf(">Database %d edit %d<", i, edit))
		})
	}
	http.DefaultClient.CloseIdleConnections()
	after := held()
	t.Logf("%d requests, %d edits, the slowest shown after %v; before %v, after %v", size.requests, size.edits, slowest, before, after)
	if after.goroutines > before.goroutines+8 || after.files > before.files+8 || after.memory > before.memory*5/4+16<<20 {
		t.Errorf("before %v, after %v", before, after)
	}
}

func databaseName(i int) string { return fmt.Sprintf("content/databases/db-%d.md", i) }

func databaseText(i, edit int) string {
	return fmt.Sprintf("---\ntitle: Database %d edit %d\ndescription: As of edit %[2]d\nformats: [ebook]\naccess: [{everyone: true, url: \"https://db.example.org/%[1]d\"}]\n---\nThe words of edit %[2]d\n", i, edit)
}

// reader asks for pages at random and remembers what it saw.
type reader struct {
	t         *testing.T
	base      string
	databases int
	seen      map[string]int
	random    *rand.Rand
}

// read asks for one page. It returns false when something is wrong with it.
func (r *reader) read(ctx context.Context) bool {
	path := "databases/"
	if r.random.IntN(10) > 0 {
		path += fmt.Sprintf("db-%d/", r.random.IntN(r.databases))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base+path, nil)
	if err != nil {
		r.t.Error(err)
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return ctx.Err() != nil
	}
	text, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(string(text)), "</html>") {
		r.t.Errorf("%s: %v, status %d: %s", path, err, res.StatusCode, text)
		return false
	}
	if path == "databases/" {
		entries := listed.FindAllStringSubmatch(string(text), -1)
		if len(entries) != r.databases {
			r.t.Errorf("the list has %d entries, want %d", len(entries), r.databases)
			return false
		}
		for _, e := range entries {
			if !r.newer("in the list: "+e[1], e[2]) {
				return false
			}
		}
		return true
	}
	marks := marked.FindAllStringSubmatch(string(text), -1)
	for _, mark := range marks {
		if mark[1] != marks[0][1] {
			r.t.Errorf("%s is of edits %s and %s at once", path, marks[0][1], mark[1])
			return false
		}
	}
	if len(marks) < 3 {
		r.t.Errorf("%s says %d times of which edit it is", path, len(marks))
		return false
	}
	return r.newer(path, marks[0][1])
}

// newer reports whether an edit is not older than the one seen before.
func (r *reader) newer(what, mark string) bool {
	edit, err := strconv.Atoi(mark)
	if err != nil || edit < r.seen[what] {
		r.t.Errorf("%s: edit %s after edit %d", what, mark, r.seen[what])
		return false
	}
	r.seen[what] = edit
	return true
}

// holding is what a process holds.
type holding struct {
	memory            uint64 // bytes in use
	goroutines, files int    // files is 0 where it cannot be known
}

func (h holding) String() string {
	return fmt.Sprintf("%d MB, %d goroutines, %d files", h.memory>>20, h.goroutines, h.files)
}

func held() holding {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, _ := os.ReadDir("/proc/self/fd")
	return holding{memory: m.HeapAlloc, goroutines: runtime.NumGoroutine(), files: len(files)}
}
