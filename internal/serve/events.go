package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Live reload. A page says what it has seen, as a digest of its own text; the
// event stream compares that with what stands at its address now, at once and
// after each change, and tells only pages that are another. So a page reloads
// when an edit reaches it and no sooner, and nothing is missed while a page is
// hidden, the server is started again or a laptop sleeps.

// ownFolder is where our own files stand below the site's path. No page of a
// hub can be there: names of content never begin with "_".
const ownFolder = "_twinshelf/"

// ownPolicy is the Content-Security-Policy of the page of mistakes.
const ownPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"

//go:embed brought/reload.js brought/mistakes.css
var brought embed.FS

const (
	heartbeat   = 15 * time.Second // tells a browser that is gone from one that waits
	eventTime   = 10 * time.Second // for writing one event
	maxStreams  = 100
	digestBytes = 8
)

// serveOwn serves what stands below ownFolder.
func (s *server) serveOwn(w http.ResponseWriter, r *http.Request, name string) {
	if name == "events" {
		s.serveEvents(w, r)
		return
	}
	text, err := brought.ReadFile("brought/" + name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	write(w, r, http.StatusOK, contentType(name), text)
}

// serveEvents tells one page about changes until either side ends.
func (s *server) serveEvents(w http.ResponseWriter, r *http.Request) {
	if s.streams.Add(1) > maxStreams {
		s.streams.Add(-1)
		http.Error(w, "Too many pages wait for changes.", http.StatusServiceUnavailable)
		return
	}
	defer s.streams.Add(-1)
	w.Header().Set("Content-Type", "text/event-stream")
	stream := &stream{w: w, rc: http.NewResponseController(w)}
	if r.Method == http.MethodHead || !stream.send(": waiting\n\n") {
		return
	}
	page, seen := r.URL.Query().Get("page"), r.URL.Query().Get("seen")
	st := s.current.Load()
	if page == "" || seen == "" { // a listener of another kind hears of every change
		for n := 1; wait(r.Context(), st.over, stream); n++ {
			st = s.current.Load()
			if !stream.send(event("reload", strconv.Itoa(n))) {
				return
			}
		}
		return
	}
	for {
		kind, now, data := st.compare((&url.URL{Path: page}).EscapedPath(), seen)
		if kind != "" && !stream.send(event(kind, data)) {
			return
		}
		seen = now
		if !wait(r.Context(), st.over, stream) {
			return
		}
		st = s.current.Load()
	}
}

// wait waits until a state is over. It returns false when the stream is.
func wait(ctx context.Context, over <-chan struct{}, stream *stream) bool {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-over:
			return true
		case <-tick.C:
			if !stream.send(": still here\n\n") {
				return false
			}
		}
	}
}

// stream writes events to one browser.
type stream struct {
	w  http.ResponseWriter
	rc *http.ResponseController
}

// send writes a text. It returns false when the browser is gone. The deadlines
// of ordinary answers do not hold for a stream.
func (s *stream) send(text string) bool {
	if s.rc.SetReadDeadline(time.Time{}) != nil || s.rc.SetWriteDeadline(time.Now().Add(eventTime)) != nil {
		return false
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return false
	}
	return s.rc.Flush() == nil
}

// event formats an event (HTML standard, 9.2.5). data is one line.
func event(kind, data string) string { return "event: " + kind + "\ndata: " + data + "\n\n" }

// compare says what a page must do that has seen something: "reload", "style"
// when only its style sheets differ, or "" for nothing; and what it has seen
// then.
func (st *state) compare(escaped, seen string) (kind, now, data string) {
	text, _ := st.page(st.htmlAt(escaped))
	now = st.seen(text)
	before, after := strings.Split(seen, "."), strings.Split(now, ".")
	switch {
	case seen == now:
		return "", now, ""
	case len(before) != 2 || before[0] != after[0]:
		return "reload", now, now
	}
	data, err := styleEvent(now, sheets(text))
	if err != nil {
		return "reload", now, now
	}
	return "style", now, data
}

// htmlAt returns the page at an address; where there is none, that of none.
func (st *state) htmlAt(escaped string) answer {
	a := st.find(escaped)
	if !a.html {
		a = st.notFound("")
	}
	return a
}

func styleEvent(seen string, sheets []string) (string, error) {
	data, err := json.Marshal(struct {
		Seen   string   `json:"seen"`
		Sheets []string `json:"sheets"`
	}{seen, sheets})
	return string(data), err
}

// seen returns what a page that shows this text has seen: a digest of the text
// without its style sheets, and one of those.
func (st *state) seen(text []byte) string {
	style := sha256.New()
	for _, href := range sheets(text) {
		style.Write([]byte(href))
		if rel, ok := st.below(href); ok {
			if a := st.lookup(rel); a != nil {
				if css, err := st.rendered.bytes(a); err == nil {
					style.Write(css)
				}
			}
		}
	}
	body := sha256.New()
	rest := text
	for _, at := range sheetTag.FindAllIndex(head(text), -1) {
		body.Write(text[len(text)-len(rest) : at[0]])
		rest = text[at[1]:]
	}
	body.Write(rest)
	fmt.Fprint(body, st.files)
	return hex.EncodeToString(body.Sum(nil)[:digestBytes]) + "." + hex.EncodeToString(style.Sum(nil)[:digestBytes])
}

// head returns the head of a page, where its style sheets are. The rest of a
// list of 10,000 entries is not worth searching.
func head(text []byte) []byte {
	if at := bytes.Index(text, []byte("</head>")); at >= 0 {
		return text[:at]
	}
	return text
}

// sheetTag finds the style sheets of a page that our layouts made, sheetHref
// the address in one.
var (
	sheetTag  = regexp.MustCompile(`<link\b[^>]*\brel="?stylesheet\b[^>]*>`)
	sheetHref = regexp.MustCompile(`\bhref=(?:"([^"]*)"|([^\s>"]+))`)
)

// sheets returns the addresses of a page's style sheets.
func sheets(text []byte) []string {
	list := []string{}
	for _, tag := range sheetTag.FindAll(head(text), -1) {
		if m := sheetHref.FindSubmatch(tag); m != nil {
			list = append(list, html.UnescapeString(string(m[1])+string(m[2])))
		}
	}
	return list
}
