package main

import (
	"bytes"
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// outsideWorld starts a server on loopback for each case, so that no request
// has to wait for the pause of another, and returns their addresses by name.
func outsideWorld(onExit func(func())) map[string]string {
	world := map[string]string{}
	serve := func(name string, handle http.HandlerFunc) {
		s := httptest.NewServer(handle)
		onExit(s.Close)
		world[name] = s.URL
	}
	status := func(name string, code int) {
		serve(name, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
	}
	for _, name := range []string{"OK", "PAID", "BEHIND", "TWICE", "POLICY", "CATALOG", "NEW"} {
		status(name, 200)
	}
	status("MISSING", 404)
	status("GONE", 410)
	status("FORBIDDEN", 403)
	serve("BUSY", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(429)
	})
	serve("GET_ONLY", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.WriteHeader(405)
		}
	})
	serve("MOVED", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, world["NEW"]+"/new", http.StatusMovedPermanently)
	})
	serve("LOOP", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) })
	serve("HANGS", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	closed := httptest.NewServer(nil)
	closed.Close()
	world["REFUSED"] = closed.URL
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0)
	untrusted.StartTLS()
	onExit(untrusted.Close)
	world["UNTRUSTED"] = untrusted.URL
	return world
}

// TestInterruptedLinks interrupts a run after its first answer: what it learnt
// is on the disk.
func TestInterruptedLinks(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/b" {
			interrupt()
			<-r.Context().Done()
		}
	}))
	defer server.Close()
	root := writeHub(t, map[string]string{
		"content/site.yaml": "title: Hub\nurl: https://hub.example.org/\n",
		"content/index.md":  "---\ntitle: Hub\n---\n[A](" + server.URL + "/a) [B](" + server.URL + "/b)\n",
	})
	var stdout, stderr bytes.Buffer
	status := run(ctx, []string{"links", "--root", root, "--external", "--now", "2026-11-23"}, machine{
		stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }, clock: time.Now,
	})
	if status != 2 || !strings.Contains(stderr.String(), "links-seen.json keeps what was learnt") {
		t.Errorf("status %d: %s", status, &stderr)
	}
	if !strings.HasPrefix(stdout.String(), "2 outside addresses: 1 ok, 1 could not tell") {
		t.Errorf("report: %s", &stdout)
	}
	text, err := os.ReadFile(filepath.Join(root, "links-seen.json"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "{\"links\": [\n{\"url\":\"" + server.URL + "/a\",\"ok\":\"2026-11-23\"}\n]}\n"; string(text) != want {
		t.Errorf("memory %s, want %s", text, want)
	}
}
