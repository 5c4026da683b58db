package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// served is a hub that is being served.
type served struct {
	t    *testing.T
	root string
	base string // the address that serve printed
}

// quiet is a machine that nobody listens to.
func quiet() machine {
	return machine{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: time.Now}
}

// emptyHub returns the folder of a hub as "twinshelf init --empty" makes it.
func emptyHub(t *testing.T) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "hub")
	if status := run(context.Background(), []string{"init", "--empty", root}, quiet()); status != 0 {
		t.Fatalf("init ended with %d", status)
	}
	return root
}

// serveHub starts "twinshelf serve" on a small hub and waits until it answers.
func serveHub(t *testing.T, flags ...string) served {
	t.Helper()
	root := emptyHub(t)
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	m := quiet()
	m.stdout = in
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--root", root, "--addr", "127.0.0.1:0", "--now", "2026-11-23"}, flags...), m)
	}()
	t.Cleanup(func() {
		stop()
		if status := <-ended; status != 0 {
			t.Errorf("serve ended with %d", status)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return served{t, root, strings.TrimSpace(line)}
}

// get asks for a path; host replaces the Host header unless it is "".
func (s served) get(path, host string) (status int, header http.Header, body string) {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodGet, strings.TrimSuffix(s.base, "/")+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if host != "" {
		req.Host = host
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(text)
}

// until asks again and again until the answer is right, for ten seconds.
func (s served) until(what, path string, right func(status int, body string) bool) {
	s.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if status, _, body := s.get(path, ""); right(status, body) {
			return
		}
	}
	s.t.Errorf("%s: %s never came", path, what)
}

func (s served) write(name, text string) {
	s.t.Helper()
	file := filepath.Join(s.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func TestServeShowsEdits(t *testing.T) {
	t.Parallel()
	for _, flags := range [][]string{nil, {"--poll", "20ms"}} {
		t.Run(strings.Join(flags, " "), func(t *testing.T) {
			t.Parallel()
			s := serveHub(t, flags...)
			guide := "---\ntitle: A fresh guide\n---\nRead.\n"
			s.write("content/guides/fresh/index.md", guide)
			s.until("a page in a new folder", "/guides/fresh/", func(status int, body string) bool {
				return status == 200 && strings.Contains(body, "A fresh guide")
			})
			s.until("the page in its list", "/guides/", func(_ int, body string) bool { return strings.Contains(body, "A fresh guide") })

			s.write("content/guides/fresh/index.md", strings.Replace(guide, "title", "titel", 1))
			s.until("the mistake with its line and hint", "/guides/", func(status int, body string) bool {
				return status == 500 && strings.Contains(body, "content/guides/fresh/index.md:2:1") && strings.Contains(body, "did you mean")
			})
			if status, _, _ := s.get("/site.webmanifest", ""); status != 200 {
				t.Errorf("a file that is no page: status %d while the content has a mistake", status)
			}
			s.write("content/guides/fresh/index.md", guide)
			s.until("the mended page", "/guides/fresh/", func(status int, _ string) bool { return status == 200 })

			if err := os.RemoveAll(filepath.Join(s.root, "content", "guides", "fresh")); err != nil {
				t.Fatal(err)
			}
			s.until("the end of a deleted page", "/guides/fresh/", func(status int, _ string) bool { return status == 404 })
		})
	}
}

func TestServeAnswersOnlyForThisMachine(t *testing.T) {
	t.Parallel()
	s := serveHub(t)
	port := s.base[strings.LastIndexByte(strings.TrimSuffix(s.base, "/"), ':'):]
	port = strings.TrimSuffix(port, "/")
	for host, want := range map[string]int{
		"localhost" + port: 200, "127.0.0.1" + port: 200, "[::1]" + port: 200,
		"evil.example": 421, "evil.example" + port: 421, "localhost.evil.example" + port: 421, "192.0.2.1" + port: 421,
	} {
		status, header, _ := s.get("/", host)
		if status != want {
			t.Errorf("Host %s: status %d, want %d", host, status, want)
		}
		if cors := header.Get("Access-Control-Allow-Origin"); cors != "" {
			t.Errorf("Host %s: allows the origin %q", host, cors)
		}
	}
}

func TestServeStaysInsideThePlan(t *testing.T) {
	t.Parallel()
	s := serveHub(t)
	for _, path := range []string{
		"/../content/site.yaml", "/%2e%2e/content/site.yaml", "/..%2fcontent/site.yaml", "/..%5ccontent%5csite.yaml",
		"/content/site.yaml", "/databases/%00", "/.git/config",
	} {
		if status, _, body := s.get(path, ""); status < 300 || strings.Contains(body, "timezone:") {
			t.Errorf("%s: status %d", path, status)
		}
	}
	if status, header, _ := s.get("/databases", ""); status/100 != 3 || !strings.HasSuffix(header.Get("Location"), "/databases/") {
		t.Errorf("a folder without its slash: status %d to %q", status, header.Get("Location"))
	}
}

// A program of its own, because a signal reaches the whole process.
func TestServeEndsOnASignal(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: a program cannot send an interrupt to another here")
	}
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			root := emptyHub(t)
			cmd := exec.CommandContext(t.Context(), "twinshelf", "serve", "--root", root, "--addr", "0.0.0.0:0", "--now", "2026-11-23")
			var stderr strings.Builder
			cmd.Stderr = &stderr
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewReader(stdout)
			address, err := lines.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			res, err := http.Get(strings.TrimSpace(address) + "_twinshelf/events")
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			events, err := io.ReadAll(res.Body)
			if err != nil || string(events) != ": waiting\n\n" {
				t.Errorf("the open event stream ends with %v after %q", err, events)
			}
			rest, err := io.ReadAll(lines)
			if err != nil || len(rest) > 0 {
				t.Errorf("standard output goes on after the address: %q %v", rest, err)
			}
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
			if said := stderr.String(); !openAddress.MatchString(said) {
				t.Errorf("standard error: %q", said)
			}
		})
	}
}

// openAddress is what serve says of an address that other machines reach, and
// nothing besides.
var openAddress = regexp.MustCompile(`^listening on \S+:\d+: whoever reaches this machine over the network can read the hub[^\n]*\n$`)
