package serve

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/publish"
)

var _ http.Handler = (*server)(nil)

// notFoundPath is the page for addresses that lead nowhere.
const notFoundPath = "404.html"

// ServeHTTP answers a request from the state that stands when it comes.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	switch {
	case !s.hosts.answers(r.Host):
		http.Error(w, fmt.Sprintf("This server answers to the names of its own machine, not to %q.", r.Host), http.StatusMisdirectedRequest)
		return
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "Pages can only be read here.", http.StatusMethodNotAllowed)
		return
	case r.ContentLength < 0 || r.ContentLength > bodyLimit:
		h.Set("Connection", "close")
		http.Error(w, "A request for a page has no body.", http.StatusRequestEntityTooLarge)
		return
	}
	st := s.current.Load()
	if own, ok := strings.CutPrefix(r.URL.Path, st.base+ownFolder); ok {
		s.serveOwn(w, r, own)
		return
	}
	st.serve(w, r, st.find(r.URL.EscapedPath()))
}

// answer is what stands at an address.
type answer struct {
	status   int
	location string            // of a redirect
	artifact *publish.Artifact // nil for none
	text     []byte            // of a page that is no artifact
	html     bool
}

// find finds what stands at an address. Paths are only ever compared with those
// of the plan, so that nothing in an address can lead anywhere else.
func (st *state) find(escaped string) answer {
	rel, ok := st.below(escaped)
	if !ok {
		home := (&url.URL{Path: st.base}).EscapedPath()
		switch escaped {
		case "/":
			return answer{status: http.StatusFound, location: home}
		case strings.TrimSuffix(home, "/"):
			return answer{status: http.StatusPermanentRedirect, location: home}
		}
		return st.notFound(escaped)
	}
	file := rel
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	a := st.lookup(file)
	switch {
	case a != nil && !isHTML(a.Path):
		return answer{status: http.StatusOK, artifact: a}
	case a == nil && st.lookup(rel+"/index.html") != nil && rel != "":
		return answer{status: http.StatusPermanentRedirect, location: (&url.URL{Path: st.base + rel + "/"}).EscapedPath()}
	case a == nil:
		return st.notFound(rel)
	case st.mistakes != nil:
		return answer{status: http.StatusInternalServerError, text: st.mistakes, html: true}
	}
	return answer{status: http.StatusOK, artifact: a, html: true}
}

// below returns the part of an address below the site's path, decoded. It is
// not ok for an address elsewhere and for one that only a trick makes: an
// encoded slash, a backslash, a control character.
func (st *state) below(escaped string) (string, bool) {
	if strings.Contains(strings.ToLower(escaped), "%2f") {
		return "", false
	}
	decoded, err := url.PathUnescape(escaped)
	if err != nil || strings.ContainsFunc(decoded, func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }) {
		return "", false
	}
	return strings.CutPrefix(decoded, st.base)
}

// notFound answers at an address at which nothing stands.
func (st *state) notFound(name string) answer {
	switch ext := path.Ext(name); {
	case st.mistakes != nil && (ext == "" || ext == ".html"):
		return answer{status: http.StatusInternalServerError, text: st.mistakes, html: true}
	case st.site.Plan == nil:
		return answer{status: http.StatusServiceUnavailable}
	case st.mistakes != nil || st.lookup(notFoundPath) == nil:
		return answer{status: http.StatusNotFound}
	}
	return answer{status: http.StatusNotFound, artifact: st.lookup(notFoundPath), html: true}
}

func isHTML(file string) bool { return path.Ext(file) == ".html" }

// serve writes an answer.
func (st *state) serve(w http.ResponseWriter, r *http.Request, a answer) {
	switch {
	case a.location != "":
		if r.URL.RawQuery != "" {
			a.location += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", a.location)
		w.WriteHeader(a.status)
	case a.html:
		text, status := st.page(a)
		if a.text != nil {
			w.Header().Set("Content-Security-Policy", ownPolicy)
		}
		write(w, r, status, "text/html; charset=utf-8", st.withScript(text))
	case a.artifact == nil:
		http.Error(w, http.StatusText(a.status), a.status)
	case a.artifact.Render == nil && a.artifact.Open != nil:
		st.stream(w, r, a.artifact)
	default:
		text, err := st.rendered.bytes(a.artifact)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		write(w, r, a.status, contentType(a.artifact.Path), text)
	}
}

// page returns the text of an HTML answer without our script. A page that
// cannot be rendered tells why.
func (st *state) page(a answer) (text []byte, status int) {
	if a.artifact == nil {
		return a.text, a.status
	}
	text, err := st.rendered.bytes(a.artifact)
	if err != nil {
		return troublePage(err, st.base), http.StatusInternalServerError
	}
	return text, a.status
}

// stream sends a file of the hub as it lies on the disk; a browser may ask for
// parts of it, as it does with films.
func (st *state) stream(w http.ResponseWriter, r *http.Request, a *publish.Artifact) {
	file, err := a.Open()
	if err != nil {
		http.Error(w, "The file cannot be read just now.", http.StatusNotFound)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", contentType(a.Path))
	if seeker, ok := file.(io.ReadSeeker); ok {
		http.ServeContent(w, r, a.Path, time.Time{}, seeker)
		return
	}
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, file) // the browser may have gone
	}
}

// write sends bytes that are ready.
func write(w http.ResponseWriter, r *http.Request, status int, kind string, text []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(text) // the browser may have gone
	}
}

// withScript returns a copy of a page with our script at its end. The script
// is a file, because the pages' policy allows none in the page itself.
func (st *state) withScript(text []byte) []byte {
	tag := fmt.Sprintf(`<script src="%[1]sreload.js" data-events="%[1]sevents" data-seen="%[2]s" defer></script>`, ownPath(st.base), st.seen(text))
	at := bytes.LastIndex(text, []byte("</body>"))
	if at < 0 {
		at = len(text)
	}
	return slices.Concat(text[:at], []byte(tag), text[at:])
}

// ownPath is the address of our own files below the site's path.
func ownPath(base string) string { return (&url.URL{Path: base + ownFolder}).EscapedPath() }
