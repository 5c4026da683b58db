package serve

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/publish"
)

func TestHosts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, at, yes, no string }{
		{"127.0.0.1", "127.0.0.1:80", "127.0.0.1 127.0.0.1:80 localhost LOCALHOST:99 [::1]:80 127.5.5.5 [::ffff:127.0.0.1]", "evil.example evil.example:80 localhost.evil.example 192.0.2.7 0.0.0.0 127.0.0.1:x localhost:99999 localhost."},
		{"library-pc", "192.0.2.7:80", "library-pc Library-PC:80 192.0.2.7:80 localhost", "library-pc.evil.example 192.0.2.8"},
		{"", "[::]:80", "192.0.2.7 [2001:db8::1]:80 10.0.0.1:80 localhost", "library-pc evil.example 1.2.3.4.nip.io"},
		{"0.0.0.0", "0.0.0.0:80", "192.0.2.7 0.0.0.0", "evil.example"},
	} {
		h := hosts{name: c.name, at: netip.MustParseAddrPort(c.at)}
		for host := range strings.FieldsSeq(c.yes) {
			if !h.answers(host) {
				t.Errorf("listening on %s: Host %q is not answered", c.at, host)
			}
		}
		for host := range strings.FieldsSeq(c.no + " :80 [") {
			if h.answers(host) {
				t.Errorf("listening on %s: Host %q is answered", c.at, host)
			}
		}
		if h.answers("") {
			t.Errorf("listening on %s: no Host is answered", c.at)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "a", "content/secret.md": "wrongly", "static/x.txt": "x"}, func(o *Options) { o.Load = servesOnly("a") })
	host := strings.TrimSuffix(strings.TrimPrefix(r.address, "http://"), "/")
	for name, c := range map[string]struct {
		request string
		status  int
	}{
		"a page":                  {"GET /a/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 200},
		"only the head":           {"HEAD /a/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 200},
		"another host":            {"GET /a/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
		"another host in full":    {"GET http://evil.example/a/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 421},
		"no host":                 {"GET /a/ HTTP/1.0\r\n\r\n", 421},
		"writing":                 {"POST /a/ HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n", 405},
		"asking what another may": {"OPTIONS /a/ HTTP/1.1\r\nHost: " + host + "\r\nOrigin: https://evil.example\r\n\r\n", 405},
		"a body":                  {"GET /a/ HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 100000\r\n\r\n", 413},
		"a body without end":      {"GET /a/ HTTP/1.1\r\nHost: " + host + "\r\nTransfer-Encoding: chunked\r\n\r\n", 413},
		"a large header":          {"GET /a/ HTTP/1.1\r\nHost: " + host + "\r\nX: " + strings.Repeat("x", 2*headerLimit) + "\r\n\r\n", 431},
		"a folder above":          {"GET /../content/secret.md HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"encoded dots":            {"GET /%2e%2e/content/secret.md HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"an encoded slash":        {"GET /a%2f..%2f..%2fcontent%2fsecret.md HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"backslashes":             {"GET /..\\content\\secret.md HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"encoded backslashes":     {"GET /..%5ccontent%5csecret.md HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"a NUL":                   {"GET /a/%00 HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"two slashes":             {"GET //a/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"what is not in the plan": {"GET /content/secret.md HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"our own files' folder":   {"GET /_twinshelf/../serve.go HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 404},
		"no HTTP":                 {"hello\r\n\r\n", 400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", host)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			// The server may answer and hang up before it has read all.
			_, _ = io.WriteString(conn, c.request)
			method, _, _ := strings.Cut(c.request, " ")
			res, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(res.Body)
			if res.StatusCode != c.status || bytes.Contains(text, []byte("wrongly")) {
				t.Errorf("status %d, want %d: %s", res.StatusCode, c.status, text)
			}
			for header := range res.Header {
				if strings.HasPrefix(header, "Access-Control-") {
					t.Errorf("%s: %s", header, res.Header.Get(header))
				}
			}
		})
	}
}

// servesOnly loads a site of one page, whatever else the hub has.
func servesOnly(name string) func(context.Context, fs.FS, civil.Moment, func([]publish.Artifact)) (Site, error) {
	return func(_ context.Context, root fs.FS, _ civil.Moment, _ func([]publish.Artifact)) (Site, error) {
		text, err := fs.ReadFile(root, "content/"+name+".md")
		if err != nil {
			return Site{}, err
		}
		plan, _ := publish.NewPlan([]publish.Artifact{{Path: name + "/index.html", Data: text}, {Path: "404.html", Data: []byte("nothing here")}})
		return Site{Plan: plan, Base: "/", Zones: []*time.Location{time.UTC}}, nil
	}
}

// A page that is being loaded asks for the files that it names, also when a
// newer site has others.
func TestOldAssetsAreStillAnswered(t *testing.T) {
	t.Parallel()
	var st *state
	for n := range 2 * maxAssets {
		plan, _ := publish.NewPlan([]publish.Artifact{{Path: fmt.Sprintf("assets/hub.%d.css", n), Data: []byte("p{}")}, {Path: fmt.Sprintf("page-%d.txt", n), Data: []byte("x")}})
		st = newState(Site{Plan: plan, Base: "/"}, civil.Moment{}, st, false, nil)
		for path, want := range map[string]bool{
			fmt.Sprintf("assets/hub.%d.css", n): true, fmt.Sprintf("assets/hub.%d.css", n-1): n > 0,
			fmt.Sprintf("page-%d.txt", n): true, fmt.Sprintf("page-%d.txt", n-1): false,
		} {
			if got := st.lookup(path) != nil; got != want {
				t.Fatalf("after %d edits %s is there: %v", n, path, got)
			}
		}
	}
	if len(st.assets) > maxAssets {
		t.Errorf("%d assets of earlier sites are kept", len(st.assets))
	}
}

func TestFilesAreSentInParts(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "a", "static/film.webm": "0123456789"}, nil)
	req, err := http.NewRequest(http.MethodGet, r.address+"film.webm", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Range", "bytes=2-4")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if res.StatusCode != http.StatusPartialContent || string(text) != "234" || res.Header.Get("Content-Type") != "video/webm" || err != nil {
		t.Errorf("status %d, %q of type %s, %v", res.StatusCode, text, res.Header.Get("Content-Type"), err)
	}
}

func TestSiteBelowAPath(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "a", "content/base": "/joint hub/"}, nil)
	if !strings.HasSuffix(r.address, "/joint%20hub/") {
		t.Fatalf("address %s", r.address)
	}
	root := strings.TrimSuffix(r.address, "joint%20hub/")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, c := range []struct {
		path     string
		status   int
		location string
	}{
		{"", 302, "/joint%20hub/"}, {"joint%20hub", 308, "/joint%20hub/"}, {"joint%20hub/a", 308, "/joint%20hub/a/"},
		{"joint%20hub/a?x=1", 308, "/joint%20hub/a/?x=1"}, {"joint%20hub/a/", 200, ""}, {"a/", 404, ""}, {"joint/a/", 404, ""},
	} {
		res, err := client.Get(root + c.path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != c.status || res.Header.Get("Location") != c.location {
			t.Errorf("/%s: %d to %q, want %d to %q", c.path, res.StatusCode, res.Header.Get("Location"), c.status, c.location)
		}
	}
}

func TestAnOpenAddressIsTold(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "a"}, func(o *Options) { o.Addr = ":0" })
	if !strings.HasPrefix(r.address, "http://localhost:") {
		t.Errorf("address %s", r.address)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.said) != 1 || !strings.Contains(r.said[0], "whoever reaches this machine over the network can read the hub") {
		t.Errorf("said %q", r.said)
	}
}

// seenBy finds what a page has seen.
var seenBy = regexp.MustCompile(`data-seen="([^"]*)"`)

// listen opens the event stream of a page as it stands now.
func (r *run) listen(page string) *bufio.Scanner {
	r.t.Helper()
	_, text := r.get(page)
	query := url.Values{"page": {"/" + page}, "seen": {seenBy.FindStringSubmatch(text)[1]}}
	return r.stream(query)
}

func (r *run) stream(query url.Values) *bufio.Scanner {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 5*time.Second)
	r.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.address+"_twinshelf/events?"+query.Encode(), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { res.Body.Close() })
	if kind := res.Header.Get("Content-Type"); kind != "text/event-stream" {
		r.t.Errorf("events are %s", kind)
	}
	return bufio.NewScanner(res.Body)
}

// next returns the next event of a stream and its data.
func next(lines *bufio.Scanner) (kind, data string) {
	for lines.Scan() {
		if after, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			kind = after
		}
		if after, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return kind, after
		}
	}
	return "", ""
}

func TestEventsTellPagesThatChanged(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "a", "content/b.md": "b", "static/hub.css": "p{}", "static/x.png": "1"}, nil)
	a, b := r.listen("a/"), r.listen("b/")
	other := r.stream(nil) // a listener that does not say what it shows
	r.write(map[string]string{"content/b.md": "another b"})
	if kind, _ := next(b); kind != "reload" {
		t.Errorf("an edit: %q", kind)
	}
	if kind, _ := next(other); kind != "reload" {
		t.Errorf("a listener of another kind: %q", kind)
	}
	// The stream of a comes to its first event only now: b was none of its
	// business. Only its style changes, so that the page stays.
	r.write(map[string]string{"static/hub.css": "p{color:red}"})
	if kind, data := next(a); kind != "style" || !strings.Contains(data, `"sheets":["/assets/hub.css"]`) {
		t.Errorf("a style sheet: %q %s", kind, data)
	}
	r.write(map[string]string{"static/x.png": "2"}) // a picture, of which no page tells whether it shows it
	if kind, _ := next(a); kind != "reload" {
		t.Errorf("a picture: %q", kind)
	}
	r.write(map[string]string{"content/b.md": "wrong"})
	if kind, _ := next(a); kind != "reload" {
		t.Errorf("a mistake: %q", kind)
	}
	r.write(map[string]string{"content/b.md": "mended"})
	if kind, _ := next(a); kind != "reload" {
		t.Errorf("a mended mistake: %q", kind)
	}
	// What a page missed while nobody looked at it is told when it is back.
	late := r.stream(url.Values{"page": {"/b/"}, "seen": {"0.0"}})
	if kind, _ := next(late); kind != "reload" {
		t.Errorf("a page that was away: %q", kind)
	}
}

func TestTheEndClosesStreams(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{"content/a.md": "a"}, nil)
	events := r.listen("a/")
	begin := time.Now()
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	if kind, _ := next(events); kind != "" {
		t.Errorf("an event after the end: %q", kind)
	}
	if took := time.Since(begin); took >= shutdownTime {
		t.Errorf("the end took %v", took)
	}
	if _, _, err := fetch(r.address); err == nil {
		t.Error("it answers after the end")
	}
}

func TestEarlyPagesShowBeforeTheRest(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	r := start(t, map[string]string{"content/a.md": "first", "content/b.md": "b"}, func(o *Options) {
		load := o.Load
		o.Load = func(ctx context.Context, root fs.FS, now civil.Moment, early func([]publish.Artifact)) (Site, error) {
			text, err := fs.ReadFile(root, "content/a.md")
			if err == nil && string(text) == "second" {
				early([]publish.Artifact{{Path: "a/index.html", Render: func(w *bytes.Buffer) error {
					_, err := fmt.Fprintf(w, "<html><body>early %s</body></html>", text)
					return err
				}}})
				select {
				case <-hold:
				case <-ctx.Done():
				}
			}
			return load(ctx, root, now, early)
		}
	})
	events := r.listen("a/")
	r.write(map[string]string{"content/a.md": "second"})
	r.until("a/", 200, "early second")
	if kind, _ := next(events); kind != "reload" {
		t.Errorf("the early page: %q", kind)
	}
	if _, text := r.get(""); !strings.Contains(text, "load 1 ") {
		t.Errorf("the list is not of before: %s", text)
	}
	if status, text := r.get("b/"); status != 200 || !strings.Contains(text, "<body>b") {
		t.Errorf("another page: %d %s", status, text)
	}
	close(hold)
	r.until("", 200, "load 2 ")
	r.until("a/", 200, "<body>second")
}
