// Package serve shows a hub in a browser while it is being written: it watches
// the hub's folders, loads again what changed, and answers requests from the
// plan of the site, rendering a page when somebody asks for it. Nothing is
// written to the disk.
//
// It is for the machine of the one who writes. It is no web server for
// readers: pages are rendered for each request, nothing may be cached by a
// browser, and only the names of this machine are answered, because a web page
// from elsewhere could otherwise read drafts by pointing a name of its own at
// this machine (DNS rebinding).
//
// "twinshelf serve" is its caller. How a hub is loaded is handed in:
//
//	err := serve.Run(ctx, serve.Options{
//		Root: ".", Addr: "127.0.0.1:1313", Now: now, Load: load,
//		Ready: func(address string) { fmt.Println(address) },
//		Say:   func(line string) { fmt.Fprintln(os.Stderr, line) },
//	})
//
// How it works, from the disk to the browser: a [watcher] or a [poller] puts
// the names of what changed into an [inbox]; [server.follow] waits until they
// have settled, takes them, lets the [tree] forget these files and calls Load;
// what comes back becomes a [state], which replaces the one before in a single
// step. A request takes the state once and is answered from it alone, so that
// it never sees half of an edit. Where Load knows the page that was edited
// before it knows all lists that name it, a state with that page comes first.
// Pages carry a script that listens on an event stream; the stream ends its
// wait when a state is replaced.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Site is what a hub was loaded into.
type Site struct {
	Plan     *publish.Plan    // nil if the content is too broken for one
	Base     string           // the path of the site's url, not escaped, a slash at both ends; "" if the content is too broken to know
	Findings []diag.Finding   // sorted
	Zones    []*time.Location // the days of these zones decide what pages say
}

// failed reports whether the site may not be shown.
func (s Site) failed() bool {
	errors, _ := diag.Count(s.Findings)
	return errors > 0 || s.Plan == nil
}

// Options say what to serve and where.
type Options struct {
	Root string // required: the folder that holds content/, layouts/ and static/
	Addr string // required: HOST:PORT; no host means all interfaces, port 0 any free one

	// Load is required. It loads the hub from a file system that reads a file
	// again only when it changed. It is called by one goroutine at a time. Before
	// it is done it may call early with pages that are sure to be so: they are
	// shown at once, among the files of the site before.
	Load func(ctx context.Context, root fs.FS, now civil.Moment, early func([]publish.Artifact)) (Site, error)
	// Now is required. When the day that it tells is another in one of the
	// site's zones, the hub is loaded again.
	Now func() civil.Moment

	Poll  time.Duration        // look for changes this often, for folders on a network; 0 means that the system tells
	Ready func(address string) // called once, when requests are answered; nil for nobody
	Say   func(line string)    // called with what the one at the terminal should know; nil for nobody
}

// The limits of the server. A browser needs a fraction of each.
const (
	headerLimit  = 32 << 10
	bodyLimit    = 4 << 10 // of a GET request, which has none
	headerTime   = 5 * time.Second
	readTime     = 10 * time.Second
	writeTime    = 2 * time.Minute
	idleTime     = time.Minute
	shutdownTime = 3 * time.Second
)

// dayCheck is how often the day is looked at. It also bounds how long a page
// is of yesterday after a laptop wakes up.
const dayCheck = 20 * time.Second

// Run serves a hub until the context ends, which is no error. It returns an
// error if the address cannot be listened on, if the hub's folder cannot be
// read, or if its folders cannot be watched. Mistakes in the content are no
// error: they are shown in the browser.
func Run(ctx context.Context, opts Options) error {
	if opts.Ready == nil {
		opts.Ready = func(string) {}
	}
	if opts.Say == nil {
		opts.Say = func(string) {}
	}
	root, err := filepath.Abs(opts.Root)
	if err != nil {
		return err
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return err
	}
	listener, hosts, err := listen(ctx, opts.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	s := &server{opts: opts, tree: newTree(root), inbox: newInbox(), hosts: hosts}
	return s.run(ctx, root, listener)
}

// listen opens the address and says which hosts are answered on it.
func listen(ctx context.Context, addr string) (net.Listener, hosts, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, hosts{}, fmt.Errorf("%q is no address to listen on (write HOST:PORT, such as 127.0.0.1:1313)", addr)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, hosts{}, fmt.Errorf("another program listens on %s already (end it, or take another port with --addr)", addr)
	case err != nil:
		return nil, hosts{}, fmt.Errorf("listen on %s: %w", addr, err)
	}
	at, err := netip.ParseAddrPort(listener.Addr().String())
	if err != nil {
		listener.Close()
		return nil, hosts{}, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return listener, hosts{name: host, at: at}, nil
}

// server is one run of Run.
type server struct {
	opts    Options
	tree    *tree
	inbox   *inbox
	hosts   hosts
	current atomic.Pointer[state]
	streams atomic.Int32 // open event streams

	// Of follow alone: how many loads with mistakes it held back, and whether
	// files changed with them that pages do not name.
	held  int
	files bool
}

// run loads the hub, then answers and follows changes until the context ends.
// The watching begins before the first load, so that no change falls between.
func (s *server) run(ctx context.Context, root string, listener net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watch, err := s.changes(root)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return watch(ctx) })
	group.Go(func() error {
		if err := s.first(ctx); err != nil {
			return err
		}
		group.Go(func() error { return s.answer(ctx, listener) })
		s.opts.Ready(s.hosts.url(s.current.Load().base))
		if s.hosts.open() {
			s.opts.Say(fmt.Sprintf("listening on %s: whoever reaches this machine over the network can read the hub, drafts too if they are shown", s.hosts.at))
		}
		return s.follow(ctx)
	})
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// changes prepares the watching and returns the function that does it.
func (s *server) changes(root string) (func(context.Context) error, error) {
	if s.opts.Poll > 0 {
		p := newPoller(root, s.opts.Poll, s.inbox)
		return p.run, nil
	}
	w, err := newWatcher(root, s.inbox, s.opts.Say)
	if err != nil {
		return nil, err
	}
	return w.run, nil
}

// answer serves HTTP until the context ends, and ends with all connections.
func (s *server) answer(ctx context.Context, listener net.Listener) error {
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerLimit,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends the event streams
		ErrorLog:          log.New(io.Discard, "", 0),                        // what odd clients do is nobody's business here
	}
	ended := make(chan error, 1)
	go func() {
		<-ctx.Done()
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
		defer cancel()
		err := srv.Shutdown(patience)
		if err != nil {
			err = srv.Close()
		}
		ended <- err
	}()
	if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("answer requests: %w", err)
	}
	return <-ended
}
