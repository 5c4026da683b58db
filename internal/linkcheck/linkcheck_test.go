package linkcheck

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/twinshelf/twinshelf/internal/civil"
)

var monday = civil.New(2026, 11, 23)

// world is a server on loopback that plays every case and notes what it saw.
type world struct {
	*httptest.Server
	mu       sync.Mutex
	asked    []string // method and path, in order
	trouble  []string // what a polite client does not do
	inFlight atomic.Int32
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{}
	mux := http.NewServeMux()
	status := func(path string, status int) {
		mux.HandleFunc(path, func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(status) })
	}
	status("/ok", 200)
	status("/gone", 410)
	status("/broken", 500)
	status("/forbidden", 403)
	status("/sign-in", 401)
	status("/slow-down", 429)
	redirect := func(path, to string, status int) {
		mux.HandleFunc(path, func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Location", to)
			rw.WriteHeader(status)
		})
	}
	redirect("/moved", "/moved-again?a=b", 301)
	redirect("/moved-again", "/ok#top", 307)
	redirect("/moved-to-nothing", "/missing", 302)
	redirect("/moved-to-forbidden", "/forbidden", 302)
	redirect("/moved-nowhere", "", 302)
	redirect("/moved-to-mail", "mailto:desk@example.org", 302)
	redirect("/loop", "/loop", 302)
	redirect("/loop-of-two", "/loop-back", 302)
	redirect("/loop-back", "/loop-of-two", 302)
	mux.HandleFunc("/endless", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Location", "/endless?"+r.URL.RawQuery+"x")
		rw.WriteHeader(302)
	})
	mux.HandleFunc("/cookie-wall", func(rw http.ResponseWriter, _ *http.Request) {
		http.SetCookie(rw, &http.Cookie{Name: "who", Value: "you", Path: "/"})
		rw.Header().Set("Location", "/cookie-wall")
		rw.WriteHeader(302)
	})
	mux.HandleFunc("/only-get", func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			rw.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
	mux.HandleFunc("/head-breaks-off", func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			panic(http.ErrAbortHandler)
		}
	})
	mux.HandleFunc("/breaks-off", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/hangs", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/cookie", func(rw http.ResponseWriter, _ *http.Request) {
		http.SetCookie(rw, &http.Cookie{Name: "who", Value: "you", Path: "/"})
	})
	mux.HandleFunc("/query", func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery != "db=a&id=b" {
			rw.WriteHeader(404)
		}
	})
	w.Server = httptest.NewServer(w.watch(mux))
	t.Cleanup(w.Close)
	return w
}

func (w *world) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if n := w.inFlight.Add(1); n > 1 {
			w.complain("%d requests at a time", n)
		}
		defer w.inFlight.Add(-1)
		if len(r.Cookies()) > 0 || r.UserAgent() == "" || strings.Contains(r.UserAgent(), "Go-http") || r.Header.Get("Referer") != "" {
			w.complain("%s: %v", r.URL, r.Header)
		}
		w.mu.Lock()
		w.asked = append(w.asked, r.Method+" "+r.URL.RequestURI())
		w.mu.Unlock()
		next.ServeHTTP(rw, r)
	})
}

func (w *world) complain(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.trouble = append(w.trouble, fmt.Sprintf(format, args...))
}

// requests returns what was asked since it was last called.
func (w *world) requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	asked := w.asked
	w.asked = nil
	return asked
}

func (w *world) mustBePolite(t *testing.T) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, trouble := range w.trouble {
		t.Errorf("impolite: %s", trouble)
	}
}

// hub links to paths of the server.
func (w *world) hub(paths ...string) Hub {
	var hub Hub
	for _, path := range paths {
		hub.Links = append(hub.Links, Link{URL: w.URL + path, Page: "/links/"})
	}
	return hub
}

// options never pause and give up soon.
func options(w *world) Options {
	return Options{Today: monday, Timeout: 5 * time.Second, Client: w.Client(), Pause: func(context.Context, time.Duration) {}}
}

func check(t *testing.T, hub Hub, seen Memory, o Options) (Report, Memory) {
	t.Helper()
	report, memory, err := Check(context.Background(), hub, seen, o)
	if err != nil {
		t.Fatal(err)
	}
	return report, memory
}

func TestEveryKindOfAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	failedToday := "; failed on 2026-11-23"
	for _, c := range []struct {
		path, reason string
		state        State
		to           string
		asked        []string
	}{
		{path: "/ok", state: OK, asked: []string{"HEAD /ok"}},
		{path: "/ok#anchor", state: OK, asked: []string{"HEAD /ok"}},
		{path: "/query?db=a&id=b", state: OK, asked: []string{"HEAD /query?db=a&id=b"}},
		{path: "/only-get", state: OK, asked: []string{"HEAD /only-get", "GET /only-get"}},
		{path: "/head-breaks-off", state: OK},
		{path: "/moved", state: Redirect, to: "/ok", asked: []string{"HEAD /moved", "HEAD /moved-again?a=b", "HEAD /ok"}},
		{path: "/moved-to-nothing", state: Failing, reason: "404 Not Found" + failedToday},
		{path: "/moved-to-forbidden", state: CouldNotTell, reason: "the server turns programs away (403 Forbidden)"},
		{path: "/moved-nowhere", state: Failing, reason: "it redirects (302) to no address" + failedToday},
		{path: "/moved-to-mail", state: Failing, reason: "it redirects (302) to no address" + failedToday},
		{path: "/loop", state: Failing, reason: "it redirects without end" + failedToday, asked: []string{"HEAD /loop", "GET /loop"}},
		{path: "/missing", state: Failing, reason: "404 Not Found" + failedToday, asked: []string{"HEAD /missing", "GET /missing"}},
		{path: "/gone", state: Failing, reason: "410 Gone" + failedToday},
		{path: "/broken", state: Failing, reason: "500 Internal Server Error" + failedToday},
		{path: "/breaks-off", state: Failing, reason: "the server broke off" + failedToday},
		{path: "/forbidden", state: CouldNotTell, reason: "the server turns programs away (403 Forbidden)", asked: []string{"HEAD /forbidden", "GET /forbidden"}},
		{path: "/sign-in", state: CouldNotTell, reason: "the server turns programs away (401 Unauthorized)"},
		{path: "/slow-down", state: CouldNotTell, reason: "the server turns programs away (429 Too Many Requests)", asked: []string{"HEAD /slow-down"}},
		{path: "/loop-of-two", state: Failing, reason: "it redirects without end" + failedToday},
		{path: "/endless", state: Failing, reason: "it redirects without end" + failedToday},
		{path: "/cookie-wall", state: CouldNotTell, reason: "the server lets nobody in without a cookie"},
	} {
		w.requests()
		report, _ := check(t, w.hub(c.path), Memory{}, options(w))
		want := Result{URL: w.URL + c.path, State: c.state, Reason: c.reason, Pages: []string{"/links/"}, Libraries: []string{}, Notes: report.Links[0].Notes}
		if c.to != "" {
			want.To = w.URL + c.to
		}
		if diff := cmp.Diff([]Result{want}, report.Links); diff != "" {
			t.Errorf("%s:\n%s", c.path, diff)
		}
		if asked := w.requests(); c.asked != nil && !slices.Equal(c.asked, asked) {
			t.Errorf("%s: asked %v, want %v", c.path, asked, c.asked)
		}
	}
	w.mustBePolite(t)
}

func TestNoAnswerAtAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := options(w)
	o.Timeout = 30 * time.Millisecond
	closed := httptest.NewServer(nil)
	closed.Close()
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0)
	untrusted.StartTLS()
	defer untrusted.Close()
	for url, want := range map[string]string{
		w.URL + "/hangs":     "no answer within 30ms; failed on 2026-11-23",
		closed.URL:           "the server does not take the connection; failed on 2026-11-23",
		"https:/no-host":     "it is not the address of a web page; failed on 2026-11-23",
		"https://exa mple/":  "it is not the address of a web page; failed on 2026-11-23",
		"ftp://example.org/": "it is not the address of a web page; failed on 2026-11-23",
	} {
		report, _ := check(t, Hub{Links: []Link{{URL: url, Page: "/"}}}, Memory{}, o)
		if got := report.Links[0]; got.State != Failing || got.Reason != want {
			t.Errorf("%s: %s, %s; want %s", url, got.State, got.Reason, want)
		}
	}
	report, _ := check(t, Hub{Links: []Link{{URL: untrusted.URL, Page: "/"}}}, Memory{}, options(w))
	if got := report.Links[0].Reason; got != "its certificate is not valid; failed on 2026-11-23" {
		t.Errorf("a certificate of nobody: %s", got)
	}
}

func TestOneAtATimeWithPauses(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	hub := w.hub("/ok", "/cookie", "/moved", "/missing")
	hub.Links = append(hub.Links, other.hub("/ok", "/cookie", "/missing", "/only-get").Links...)
	hub.Links = append(hub.Links, hub.Links[0], hub.Links[5]) // asked once all the same
	var pauses atomic.Int32
	o := options(w)
	o.Pause = func(context.Context, time.Duration) { pauses.Add(1) }
	check(t, hub, Memory{}, o)
	for _, server := range []*world{w, other} {
		server.mustBePolite(t)
	}
	if requests := len(w.requests()) + len(other.requests()); int(pauses.Load()) != requests-2 || requests != 13 {
		t.Errorf("%d requests to two hosts with %d pauses", requests, pauses.Load())
	}
}

func TestHostsAreAskedSideBySide(t *testing.T) {
	t.Parallel()
	meet := make(chan struct{})
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select { // each waits for the other
		case meet <- struct{}{}:
		case <-meet:
		case <-r.Context().Done():
		}
	})
	a, b := httptest.NewServer(handler), httptest.NewServer(handler)
	defer a.Close()
	defer b.Close()
	hub := Hub{Links: []Link{{URL: a.URL + "/", Page: "/"}, {URL: b.URL + "/", Page: "/"}}}
	report, _ := check(t, hub, Memory{}, Options{Today: monday, Timeout: 10 * time.Second})
	for _, l := range report.Links {
		if l.State != OK {
			t.Errorf("%s: %s", l.URL, l.Reason)
		}
	}
}

func TestTheBareTargetIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	proxies := []Proxy{{Library: "grove", Prefix: "https://login.proxy.example.org/login?url="}, {Library: "cardinal", Prefix: "https://p.example.org/login?qurl=", Encode: true}}
	hub := Hub{Proxies: proxies, Links: []Link{
		{URL: w.URL + "/query?db=a&id=b", Page: "/a/", Library: "grove", Proxied: true},
		{URL: "http://LOGIN.proxy.example.org/login?url=" + w.URL + "/ok", Page: "/b/", Library: "grove", Proxied: true},
		{URL: "https://p.example.org/login?qurl=http%3A%2F%2F" + strings.TrimPrefix(w.URL, "http://") + "%2Fonly-get", Page: "/c/"},
		{URL: "https://ezproxy.elsewhere.example/login?url=" + w.URL + "/cookie", Page: "/d/"},
	}}
	report, _ := check(t, hub, Memory{}, options(w))
	for _, l := range report.Links {
		if l.State != OK {
			t.Errorf("%s: %s, %s", l.URL, l.State, l.Reason)
		}
	}
}

func TestDeadAfterThreeDates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hub := w.hub("/missing")
	memory := Memory{}
	o := options(w)
	for i, want := range []struct {
		day    int
		state  State
		reason string
	}{
		{23, Failing, "404 Not Found; failed on 2026-11-23"},
		{23, Failing, "404 Not Found; failed on 2026-11-23"},
		{23, Failing, "404 Not Found; failed on 2026-11-23"},
		{24, Failing, "404 Not Found; failed on 2026-11-23, 2026-11-24"},
		{30, Dead, "404 Not Found; failed on 2026-11-23, 2026-11-24, 2026-11-30"},
		{31, Dead, "404 Not Found; failed on 2026-11-23, 2026-11-30, 2026-12-01"},
	} {
		o.Today = civil.New(2026, 11, want.day)
		var report Report
		report, memory = check(t, hub, memory, o)
		if got := report.Links[0]; got.State != want.state || got.Reason != want.reason {
			t.Errorf("run %d: %s, %s; want %s, %s", i, got.State, got.Reason, want.state, want.reason)
		}
		if known := Review(hub, memory).Links[0]; known.State != want.state {
			t.Errorf("run %d: remembered as %s", i, known.State)
		}
	}
}

func TestASuccessForgetsFailures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	url := w.URL + "/ok"
	seen := memory(t, `{"links": [{"url": "`+url+`", "ok": "2026-01-01", "failed": ["2026-11-01", "2026-11-02"], "reason": "404 Not Found"}]}`)
	report, now := check(t, w.hub("/ok"), seen, options(w))
	if report.Links[0].State != OK || report.Links[0].Reason != "" {
		t.Errorf("got %v", report.Links[0])
	}
	if want := "{\"links\": [\n{\"url\":\"" + url + "\",\"ok\":\"2026-11-23\"}\n]}\n"; format(t, now) != want {
		t.Errorf("memory %s, want %s", format(t, now), want)
	}
}

func TestAnAnswerThatTellsNothingChangesNoMemory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	seen := memory(t, `{"links": [{"url": "`+w.URL+`/forbidden", "failed": ["2026-11-01", "2026-11-02", "2026-11-03"], "reason": "404 Not Found"}, {"url": "https://example.org/no-longer-linked", "ok": "2026-01-01"}]}`)
	report, now := check(t, w.hub("/forbidden"), seen, options(w))
	if report.Links[0].State != CouldNotTell {
		t.Errorf("got %v", report.Links[0])
	}
	want := "{\"links\": [\n{\"url\":\"" + w.URL + "/forbidden\",\"failed\":[\"2026-11-01\",\"2026-11-02\",\"2026-11-03\"],\"reason\":\"404 Not Found\"}\n]}\n"
	if format(t, now) != want {
		t.Errorf("memory %s, want %s", format(t, now), want)
	}
}

// What was learnt before the interruption stays, and what was known of the
// rest: a request that is broken off says nothing.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(context.Background())
	o := options(w)
	o.Asked = func(done, total int) {
		if done == 2 && total == 4 {
			cancel()
		}
	}
	hub := w.hub("/missing", "/ok", "/only-get", "/z")
	seen := memory(t, `{"links": [{"url": "`+w.URL+`/only-get", "failed": ["2026-11-01"], "reason": "404 Not Found"}]}`)
	report, now, err := Check(ctx, hub, seen, o)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	var states []State
	for _, l := range report.Links {
		states = append(states, l.State)
	}
	if want := []State{Failing, OK, Failing, CouldNotTell}; !slices.Equal(states, want) {
		t.Errorf("states %v, want %v", states, want)
	}
	want := strings.ReplaceAll(`{"links": [
{"url":"W/missing","failed":["2026-11-23"],"reason":"404 Not Found"},
{"url":"W/ok","ok":"2026-11-23"},
{"url":"W/only-get","failed":["2026-11-01"],"reason":"404 Not Found"}
]}
`, "W/", w.URL+"/")
	if diff := cmp.Diff(want, format(t, now)); diff != "" {
		t.Error(diff)
	}
	if asked := w.requests(); slices.ContainsFunc(asked, func(s string) bool { return strings.HasSuffix(s, "/z") }) {
		t.Errorf("asked on: %v", asked)
	}
}

func TestARequestThatIsBrokenOffSaysNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	defer server.Close()
	hub := Hub{Links: []Link{{URL: server.URL + "/", Page: "/"}}}
	report, now, err := Check(ctx, hub, Memory{}, Options{Today: monday})
	if err == nil || report.Links[0].State != CouldNotTell || len(now.records) > 0 {
		t.Errorf("%v, %v, %v", err, report.Links, now)
	}
}

// A host that is asked too much is left alone for as long as it says, up to
// the time-out.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]time.Duration{
		"": 500 * time.Millisecond, "0": 500 * time.Millisecond, "3": 3 * time.Second, "3600": 5 * time.Second,
		"Mon, 23 Nov 2026 10:00:00 GMT": 5 * time.Second,
	} {
		var asked []string
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.Method+" "+r.URL.Path)
			if r.URL.Path == "/a" {
				rw.Header().Set("Retry-After", header)
				rw.WriteHeader(http.StatusTooManyRequests)
			}
		}))
		var waited []time.Duration
		hub := Hub{Links: []Link{{URL: server.URL + "/a", Page: "/"}, {URL: server.URL + "/b", Page: "/"}}}
		report, _ := check(t, hub, Memory{}, Options{
			Today: monday, Timeout: 5 * time.Second, Pause: func(_ context.Context, d time.Duration) { waited = append(waited, d) },
		})
		server.Close()
		if !slices.Equal(waited, []time.Duration{want}) || !slices.Equal(asked, []string{"HEAD /a", "HEAD /b"}) {
			t.Errorf("%q: asked %v, waited %v", header, asked, waited)
		}
		if report.Links[0].State != CouldNotTell || report.Links[1].State != OK {
			t.Errorf("%q: %v", header, report.Links)
		}
	}
}

// outside lets a test talk to a host that is not of this machine.
type outside map[string]func() *http.Response

func (o outside) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := o[r.URL.String()]
	if answer == nil {
		return nil, &net.DNSError{Err: "no such host", Name: r.URL.Host, IsNotFound: true}
	}
	return answer(), nil
}

func leadsTo(to string) func() *http.Response {
	return func() *http.Response {
		return &http.Response{StatusCode: 302, Header: http.Header{"Location": {to}}, Body: http.NoBody}
	}
}

func TestNoServerLeadsIntoThePrivateNetwork(t *testing.T) {
	t.Parallel()
	for to, private := range map[string]string{
		"http://127.0.0.1:8080/admin": "127.0.0.1:8080", "http://[::1]/": "[::1]", "http://10.0.0.1/": "10.0.0.1",
		"http://192.168.1.1/": "192.168.1.1", "http://169.254.169.254/latest/": "169.254.169.254", "http://localhost/": "localhost",
		"http://[::ffff:10.0.0.1]/": "[::ffff:10.0.0.1]", "https://b.example/": "",
	} {
		o := Options{Today: monday, Client: &http.Client{Transport: outside{"https://a.example/": leadsTo(to)}}, Pause: func(context.Context, time.Duration) {}}
		report, _ := check(t, Hub{Links: []Link{{URL: "https://a.example/", Page: "/"}}}, Memory{}, o)
		want := "there is no such host"
		if private != "" {
			want = "it redirects (302) into a private network, to " + private
		}
		if got, _, _ := strings.Cut(report.Links[0].Reason, ";"); got != want {
			t.Errorf("%s: %s, want %s", to, got, want)
		}
	}
}

// What the content has that cannot be read today is remembered for the day on
// which it can.
func TestAPartialHubForgetsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hub := w.hub("/ok")
	hub.Partial = true
	seen := memory(t, `{"links": [{"url": "https://example.org/", "ok": "2026-01-01"}]}`)
	_, now := check(t, hub, seen, options(w))
	want := "{\"links\": [\n{\"url\":\"" + w.URL + "/ok\",\"ok\":\"2026-11-23\"},\n{\"url\":\"https://example.org/\",\"ok\":\"2026-01-01\"}\n]}\n"
	if format(t, now) != want {
		t.Errorf("memory %s, want %s", format(t, now), want)
	}
}

func TestReviewWithoutMemory(t *testing.T) {
	t.Parallel()
	report := Review(Hub{Links: []Link{{URL: "https://example.org/", Page: "/"}}}, Memory{})
	want := Result{URL: "https://example.org/", State: CouldNotTell, Reason: "it was never asked", Pages: []string{"/"}, Libraries: []string{}}
	if diff := cmp.Diff([]Result{want}, report.Links); diff != "" || report.Asked {
		t.Error(diff)
	}
}

func memory(t *testing.T, text string) Memory {
	t.Helper()
	m, err := ParseMemory([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func format(t *testing.T, m Memory) string {
	t.Helper()
	text, err := m.Format()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
