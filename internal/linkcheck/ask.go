package linkcheck

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// outcome is what one run learns about an address.
type outcome int

const (
	answered outcome = iota
	failed
	untold // the server turns programs away
)

type answer struct {
	outcome outcome
	to      string // the last address of a redirect, "" if there was none
	reason  string // for failed and untold
}

// hostsAtOnce is how many hosts are asked side by side; each is asked one
// address at a time.
const hostsAtOnce = 8

// ask asks for each address once: hosts side by side, the addresses of one
// host one after the other.
func ask(ctx context.Context, addresses []string, o Options) map[string]answer {
	a := newAsker(o)
	var order []string
	queues := make(map[string][]string)
	for _, address := range addresses {
		h := host(address)
		if queues[h] == nil {
			order = append(order, h)
		}
		queues[h] = append(queues[h], address)
	}
	answers := make(map[string]answer, len(addresses))
	var mu sync.Mutex
	var group sync.WaitGroup
	free := make(chan struct{}, hostsAtOnce)
	var done atomic.Int64
	for _, h := range order {
		free <- struct{}{}
		group.Go(func() {
			defer func() { <-free }()
			for _, address := range queues[h] {
				answer := a.ask(ctx, address)
				if ctx.Err() != nil {
					return // a request that was broken off says nothing of the address
				}
				mu.Lock()
				answers[address] = answer
				mu.Unlock()
				if o.Asked != nil {
					o.Asked(int(done.Add(1)), len(addresses))
				}
			}
		})
	}
	group.Wait()
	return answers
}

// asker is how requests are made. It is safe for concurrent use.
type asker struct {
	client  *http.Client
	timeout time.Duration
	agent   string
	pause   func(context.Context, time.Duration)
	mu      sync.Mutex
	gates   map[string]*gate
}

// gate lets one request at a time through to a host. A redirect may lead to a
// host whose own addresses are being asked for, so a queue is not enough.
type gate struct {
	sync.Mutex
	wait time.Duration // before the next request; zero before the first
}

// betweenRequests is how long a host has rest.
const betweenRequests = 500 * time.Millisecond

func newAsker(o Options) *asker {
	a := &asker{
		client:  &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		timeout: cmp.Or(o.Timeout, 20*time.Second),
		agent:   cmp.Or(o.Agent, "Twinshelf (link check of a library's website)"),
		pause:   o.Pause,
		gates:   make(map[string]*gate),
	}
	if o.Client != nil {
		a.client.Transport = o.Client.Transport
	}
	if a.pause == nil {
		a.pause = wait
	}
	return a
}

func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// ask tries HEAD, and GET if that does not lead to a page: many servers know
// no HEAD or answer it wrongly. One that is asked too much is not asked again.
func (a *asker) ask(ctx context.Context, address string) answer {
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return answer{outcome: failed, reason: "it is not the address of a web page"}
	}
	got, status := a.follow(ctx, http.MethodHead, address)
	if got.outcome != answered && status != http.StatusTooManyRequests && ctx.Err() == nil {
		got, _ = a.follow(ctx, http.MethodGet, address)
	}
	return got
}

// follow goes from redirect to redirect and returns the last status, 0 if there
// was none. More than ten redirects are taken for a loop, and so is an address
// that comes again; but a site that goes round with a cookie waits for readers
// who keep it, which this one does not.
func (a *asker) follow(ctx context.Context, method, address string) (answer, int) {
	at, seen, cookie, status := address, map[string]bool{}, false, 0
	for range 10 {
		reply, err := a.request(ctx, method, at)
		if err != nil {
			return answer{outcome: failed, reason: a.explain(err)}, 0
		}
		status = reply.status
		if !isRedirect(status) {
			return judge(status, at, address), status
		}
		next, err := resolve(at, reply.location)
		switch {
		case err != nil:
			return answer{outcome: failed, reason: fmt.Sprintf("it redirects (%d) to no address", status)}, status
		case isPrivate(next) && !isPrivate(address):
			return answer{outcome: failed, reason: fmt.Sprintf("it redirects (%d) into a private network, to %s", status, host(next))}, status
		}
		seen[at], cookie = true, cookie || reply.cookie
		if at = next; seen[at] {
			break
		}
	}
	if cookie {
		return answer{outcome: untold, reason: "the server lets nobody in without a cookie"}, status
	}
	return answer{outcome: failed, reason: "it redirects without end"}, status
}

// reply is what one request brings.
type reply struct {
	status   int
	location string
	cookie   bool // the server sets one
}

// request sends one request and waits for its turn before.
func (a *asker) request(ctx context.Context, method, address string) (reply, error) {
	g := a.gate(host(address))
	g.Lock()
	defer g.Unlock()
	if g.wait > 0 {
		a.pause(ctx, g.wait)
	}
	g.wait = betweenRequests
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return reply{}, err
	}
	req.Header.Set("User-Agent", a.agent)
	req.Header.Set("Accept", "text/html,*/*;q=0.8")
	resp, err := a.client.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	// A little of the body is read so that the connection can serve again;
	// whether it arrives says nothing more about the address.
	_, _ = io.CopyN(io.Discard, resp.Body, 16<<10)
	g.wait = max(g.wait, a.retryAfter(resp.Header.Get("Retry-After")))
	return reply{resp.StatusCode, resp.Header.Get("Location"), resp.Header.Get("Set-Cookie") != ""}, nil
}

// retryAfter returns how long a host wants to be left alone (RFC 9110 section
// 10.2.3), but no longer than the time-out: one host must not hold up the run.
// A date counts as that long, as the clock is not asked.
func (a *asker) retryAfter(text string) time.Duration {
	if text == "" {
		return 0
	}
	seconds, err := strconv.Atoi(text)
	if err != nil || seconds > int(a.timeout/time.Second) {
		return a.timeout
	}
	return time.Duration(seconds) * time.Second
}

// isPrivate reports whether an address names a host of the machine or network
// that the program runs in. Content may, a server outside must not lead there.
func isPrivate(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	name := strings.ToLower(u.Hostname())
	ip, err := netip.ParseAddr(name)
	if err != nil {
		return name == "localhost" || strings.HasSuffix(name, ".localhost")
	}
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
}

func (a *asker) gate(host string) *gate {
	a.mu.Lock()
	defer a.mu.Unlock()
	g := a.gates[host]
	if g == nil {
		g = new(gate)
		a.gates[host] = g
	}
	return g
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// judge says what a status that is no redirect means. 401, 403 and 429 say
// that the server is there and does not want this reader.
func judge(status int, at, address string) answer {
	switch {
	case status >= 200 && status < 300:
		if at == address {
			return answer{}
		}
		return answer{to: at}
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests:
		return answer{outcome: untold, reason: "the server turns programs away (" + words(status) + ")"}
	}
	return answer{outcome: failed, reason: words(status)}
}

func words(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return fmt.Sprint(status)
}

func resolve(from, location string) (string, error) {
	base, err := url.Parse(from)
	if err != nil {
		return "", err
	}
	to, err := base.Parse(location)
	if err != nil || location == "" || to.Host == "" || to.Scheme != "http" && to.Scheme != "https" {
		return "", fmt.Errorf("no address: %q", location)
	}
	to.Fragment = ""
	return to.String(), nil
}

// explain says in plain words why there was no answer.
func (a *asker) explain(err error) string {
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var timeout net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "there is no such host"
	case errors.As(err, &certificate) || errors.As(err, &authority):
		return "its certificate is not valid"
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("no answer within %s", a.timeout)
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return "the server broke off"
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return "the server does not take the connection"
	}
	return "the server's answer makes no sense"
}
