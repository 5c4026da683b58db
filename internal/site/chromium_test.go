package site_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/site"
)

// This file is what the browser tests of this package stand on: a built hub on
// loopback, one Chromium for all tests, and a tab of it for each, with a
// profile of its own, that notes what goes wrong.

// server is a built hub on loopback, below a path.
type server struct {
	url  string // ends in a slash
	root string
	out  string
	day  civil.Date
	cut  *atomic.Bool // while set, connections break

	policy string // sent with each file, as hosts do that read _headers
}

// serveHub builds a hub of the given files and serves it.
func serveHub(t *testing.T, files map[string]string) server {
	t.Helper()
	startBrowser(t) // a test that is skipped writes no files
	root := t.TempDir()
	writeFiles(t, root, files)
	return serveRoot(t, root, built)
}

func writeFiles(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// serveRoot builds the hub in a folder as on a day and serves it. It skips the
// test where there is no browser.
func serveRoot(t *testing.T, root string, day civil.Date) server {
	t.Helper()
	startBrowser(t)
	hub := server{root: root, out: filepath.Join(t.TempDir(), "public"), day: day, cut: new(atomic.Bool)}
	files := http.StripPrefix("/hub", http.FileServer(http.Dir(hub.out)))
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hub.cut.Load() {
			panic(http.ErrAbortHandler)
		}
		w.Header().Set("Content-Security-Policy", hub.policy)
		// A hub that is built twice within a second has files of one time, and the
		// browser would be told that nothing changed.
		r.Header.Del("If-Modified-Since")
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	hub.url = srv.URL + "/hub/"
	hub.build(t)
	headers, err := os.ReadFile(filepath.Join(hub.out, "_headers"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(headers), "Content-Security-Policy: ")
	hub.policy, _, _ = strings.Cut(rest, "\n")
	return hub
}

// build builds the hub, again where it was built before.
func (hub server) build(t *testing.T) {
	t.Helper()
	report, err := site.Build(context.Background(), site.BuildOptions{
		Options: site.Options{Root: hub.root, Now: civil.Start(hub.day), BaseURL: hub.url}, Out: hub.out,
	})
	if err != nil {
		t.Fatal(err)
	}
	if report.Failed {
		t.Fatalf("the hub does not build: %v", report.Findings)
	}
}

// chromium is the browser of all tests of the package. TestMain ends it.
var chromium = struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}{stop: func() {}}

func TestMain(m *testing.M) {
	code := m.Run()
	chromium.stop()
	os.Exit(code)
}

// startBrowser starts the system's Chromium unless it runs, or skips the test
// where there is none, and with -short.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED: no browser with -short")
	}
	path, named := os.LookupEnv("TWINSHELF_CHROME")
	if !named {
		path = "/usr/bin/chromium"
	}
	if _, err := os.Stat(path); err != nil && named {
		t.Fatalf("TWINSHELF_CHROME names no browser: %v", err)
	} else if err != nil {
		t.Skipf("SKIPPED: no browser to test in: %v (TWINSHELF_CHROME names one)", err)
	}
	chromium.once.Do(func() {
		profile, err := os.MkdirTemp("", "twinshelf-chromium-")
		if err != nil {
			chromium.err = err
			return
		}
		alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox,
			chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.Flag("disable-background-networking", true),
			chromedp.Flag("disable-dev-shm-usage", true), chromedp.UserDataDir(profile), chromedp.WSURLReadTimeout(60*time.Second))
		ctx, end := chromedp.NewContext(alloc)
		chromium.ctx = ctx
		chromium.stop = func() {
			end()
			stop()
			_ = os.RemoveAll(profile)
		}
		chromium.err = chromedp.Do(ctx)
	})
	if chromium.err != nil {
		t.Fatalf("the browser does not start: %v", chromium.err)
	}
	return chromium.ctx
}

// tab is a page in the browser that keeps what went wrong in it.
type tab struct {
	ctx  context.Context
	host string
	shim page.ScriptIdentifier
	cut  *atomic.Bool // of the server

	mu       sync.Mutex
	troubles []string
}

// tab opens a page that may ask nothing of other hosts than the site's.
func (hub server) tab(t *testing.T) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(startBrowser(t), chromedp.WithNewBrowserContext())
	t.Cleanup(end)
	u, err := url.Parse(hub.url)
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	tctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	tb := &tab{ctx: tctx, host: u.Host, cut: hub.cut}
	if err := chromedp.Listen(tctx, tb.listen); err != nil {
		t.Fatal(err)
	}
	tb.do(t, send(network.Enable, network.EnableParams{}), send(cdplog.Enable, cdp.Empty{}), send(runtime.Enable, cdp.Empty{}),
		send(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))
	return tb
}

// listen notes errors, refused and failed requests, and requests elsewhere. A
// breach of the content security policy is an error of the log.
func (tb *tab) listen(event any) {
	if tb.cut.Load() {
		return // requests fail, and the browser says so
	}
	switch ev := event.(type) {
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(ev.Request.URL); err != nil || u.Scheme != "data" && u.Host != tb.host {
			tb.note("asked another host: " + ev.Request.URL)
		}
	case *network.EventResponseReceived:
		if ev.Response.Status >= 400 {
			tb.note(fmt.Sprintf("answer %d for %s", ev.Response.Status, ev.Response.URL))
		}
	case *cdplog.EventEntryAdded:
		if ev.Entry.Level == cdplog.EntryLevelError || ev.Entry.Level == cdplog.EntryLevelWarning {
			tb.note(fmt.Sprintf("%s: %s %s", ev.Entry.Level, ev.Entry.Text, ev.Entry.URL))
		}
	case *runtime.EventConsoleAPICalled:
		tb.note(fmt.Sprintf("the console says something (%s)", ev.Type))
	case *runtime.EventExceptionThrown:
		tb.note(fmt.Sprintf("exception: %s %+v", ev.ExceptionDetails.Text, ev.ExceptionDetails.Exception))
	}
}

func (tb *tab) note(trouble string) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	tb.troubles = append(tb.troubles, trouble)
}

// clean fails the test if anything went wrong in the tab.
func (tb *tab) clean(t *testing.T) {
	t.Helper()
	tb.mu.Lock()
	defer tb.mu.Unlock()
	for _, trouble := range tb.troubles {
		t.Error(trouble)
	}
}

// send is the action that gives the browser a command.
func send[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

func (tb *tab) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tb.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval runs JavaScript in the page and returns its value; promises are waited
// for.
func eval[T any](t *testing.T, tb *tab, source string) T {
	t.Helper()
	value, err := chromedp.Run(tb.ctx, chromedp.Evaluate[T](source, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return value
}

// await waits until a condition is true in the page, which may be loaded again
// meanwhile.
func (tb *tab) await(t *testing.T, condition string) {
	t.Helper()
	for {
		_, err := chromedp.Run(tb.ctx, chromedp.Poll[bool](condition))
		var gone *cdproto.Error // the page that was asked
		if errors.As(err, &gone) && tb.ctx.Err() == nil {
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", condition, err)
		}
		return
	}
}

// clockShim moves the page's clock: Date without arguments and Date.now start
// at the given instant and run on. Everything else of Date, and Intl, stays the
// browser's own.
const clockShim = `(() => {
  const Real = Date, shift = Real.parse(%q) - Real.now();
  globalThis.Date = class Date extends Real {
    constructor(...args) { if (args.length) super(...args); else super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
  };
  Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true, configurable: true });
})()`

// reader sets the clock and the zone of the reader's machine.
func (tb *tab) reader(t *testing.T, now, zone string) {
	t.Helper()
	if tb.shim != "" {
		tb.do(t, send(page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams{Identifier: tb.shim}))
	}
	zoned := send(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone})
	clocked := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		added, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(clockShim, now)})
		tb.shim = added.Identifier
		return err
	})
	tb.do(t, zoned, clocked)
}
