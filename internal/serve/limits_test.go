package serve

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// The limits of time are tried in a bubble of package synctest, in which
// minutes pass at once, over connections in memory.

// big is the size of a page that fits into no buffer on the way.
const big = 1 << 20

// memory listens for connections in memory.
type memory struct {
	conns chan net.Conn
	ended chan struct{}
}

var _ net.Listener = memory{}

func (m memory) Accept() (net.Conn, error) {
	select {
	case conn := <-m.conns:
		return conn, nil
	case <-m.ended:
		return nil, net.ErrClosed
	}
}

func (m memory) Close() error   { close(m.ended); return nil }
func (m memory) Addr() net.Addr { return &net.TCPAddr{} }

// bubble is a server under test whose clock is not that of the machine.
type bubble struct {
	*server
	t    *testing.T
	at   memory
	stop func() error
}

// inBubble runs a test against a server with the page /a/ and a big file.
func inBubble(t *testing.T, test func(t *testing.T, b bubble)) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		b := bubble{
			server: &server{hosts: hosts{name: "127.0.0.1", at: netip.MustParseAddrPort("127.0.0.1:80")}},
			t:      t,
			at:     memory{make(chan net.Conn), make(chan struct{})},
			stop:   sync.OnceValue(func() error { cancel(); return <-ended }),
		}
		b.show("one")
		go func() { ended <- b.answer(ctx, b.at) }()
		test(t, b)
		if err := b.stop(); err != nil {
			t.Error(err)
		}
	})
}

// show makes another text the one of /a/.
func (b bubble) show(text string) {
	plan, _ := publish.NewPlan([]publish.Artifact{
		{Path: "a/index.html", Data: []byte(text)}, {Path: "big.txt", Data: bytes.Repeat([]byte("x"), big)},
	})
	before := b.current.Load()
	b.replace(before, newState(Site{Plan: plan, Base: "/"}, civil.Moment{}, before, false, nil))
}

// ask connects and sends a text.
func (b bubble) ask(text string) net.Conn {
	b.t.Helper()
	client, server := net.Pipe()
	b.t.Cleanup(func() { client.Close() })
	b.at.conns <- server
	if _, err := io.WriteString(client, text); err != nil {
		b.t.Fatal(err)
	}
	return client
}

const host = " HTTP/1.1\r\nHost: localhost\r\n"

func TestSlowRequestsAreEnded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		request string
		trickle time.Duration // sends a byte of a header that often
		ended   time.Duration
	}{
		"no word":                 {"", 0, headerTime},
		"half a header":           {"GET /a/" + host, 0, headerTime},
		"a header byte by byte":   {"GET /a/" + host + "X: ", time.Second, headerTime},
		"a body that never comes": {"GET /a/" + host + "Content-Length: 10\r\n\r\n", 0, readTime},
		"no second request":       {"GET /a/" + host + "\r\n", 0, idleTime},
		"half a second request":   {"GET /a/" + host + "\r\nGET /a/", 0, headerTime},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, b bubble) {
				begin := time.Now()
				conn := b.ask(c.request)
				var group sync.WaitGroup
				defer group.Wait()
				defer conn.Close()
				if c.trickle > 0 {
					group.Go(func() {
						for err := error(nil); err == nil; time.Sleep(c.trickle) {
							_, err = io.WriteString(conn, "x")
						}
					})
				}
				if _, err := io.Copy(io.Discard, conn); err != nil {
					t.Error(err)
				}
				if took := time.Since(begin); took != c.ended {
					t.Errorf("the connection ends after %v, want %v", took, c.ended)
				}
			})
		})
	}
}

func TestSlowReaders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		wait time.Duration // before the reader goes on reading
		all  bool
	}{
		"slow": {writeTime - time.Second, true}, "too slow": {writeTime + time.Second, false},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, b bubble) {
				conn := b.ask("GET /big.txt" + host + "Connection: close\r\n\r\n")
				res, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(c.wait)
				n, err := io.Copy(io.Discard, res.Body)
				if (n == big && err == nil) != c.all {
					t.Errorf("got %d bytes of %d: %v", n, big, err)
				}
			})
		})
	}
}

func TestAnEventStreamLasts(t *testing.T) {
	inBubble(t, func(t *testing.T, b bubble) {
		seen := b.current.Load().seen([]byte("one"))
		lines := bufio.NewScanner(b.ask("GET /_twinshelf/events?page=/a/&seen=" + seen + host + "\r\n"))
		change := time.AfterFunc(time.Hour, func() { b.show("two") })
		defer change.Stop()
		beats := 0
		for lines.Scan() && !strings.HasPrefix(lines.Text(), "event: ") {
			if lines.Text() == ": still here" {
				beats++
			}
		}
		if want := int(time.Hour/heartbeat) - 1; lines.Text() != "event: reload" || beats < want || beats > want+1 {
			t.Errorf("%d signs of life in an hour, then %q", beats, lines.Text())
		}
	})
}

func TestAnEventStreamThatNobodyReadsIsEnded(t *testing.T) {
	inBubble(t, func(t *testing.T, b bubble) {
		b.ask("GET /_twinshelf/events" + host + "\r\n")
		synctest.Wait()
		if n := b.streams.Load(); n != 1 {
			t.Fatalf("%d streams", n)
		}
		time.Sleep(eventTime)
		synctest.Wait()
		if n := b.streams.Load(); n != 0 {
			t.Errorf("%d streams after %v", n, eventTime)
		}
	})
}

func TestEventStreamsAreCounted(t *testing.T) {
	inBubble(t, func(t *testing.T, b bubble) {
		status := func() (int, net.Conn) {
			conn := b.ask("GET /_twinshelf/events" + host + "\r\n")
			res, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			return res.StatusCode, conn
		}
		var last net.Conn
		for n := range maxStreams {
			var got int
			if got, last = status(); got != http.StatusOK {
				t.Fatalf("stream %d: status %d", n+1, got)
			}
		}
		if got, _ := status(); got != http.StatusServiceUnavailable {
			t.Errorf("one stream too many: status %d", got)
		}
		last.Close()
		synctest.Wait()
		if got, _ := status(); got != http.StatusOK {
			t.Errorf("a stream after another ended: status %d", got)
		}
	})
}

func TestTheEndWaitsForNobodyLong(t *testing.T) {
	inBubble(t, func(t *testing.T, b bubble) {
		b.ask("GET /big.txt" + host + "\r\n") // and never reads
		b.ask("GET /_twinshelf/events" + host + "\r\n")
		b.ask("GET /a/")
		synctest.Wait()
		begin := time.Now()
		_ = b.stop() // inBubble looks at the error
		if took := time.Since(begin); took != shutdownTime {
			t.Errorf("the end took %v, want %v", took, shutdownTime)
		}
	})
}
