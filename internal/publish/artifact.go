package publish

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// Artifact is one file of the site: where it goes and how its bytes are made.
// Exactly one of Render, Stream, Data and Open makes the bytes; an artifact with
// none of them is an empty file. The bytes depend on nothing but the hub, so that
// asking twice gives the same.
type Artifact struct {
	Path   string   // required: "databases/sora/index.html", relative, with slashes, not percent-encoded
	Source string   // the hub's file that it comes from, "" if none; messages name it
	Pos    diag.Pos // where a collision is reported; zero means Source as a whole
	Page   *Page    // what check, sitemap and ledger need to know of an HTML page meant for readers; else nil

	// Render writes the bytes to an empty buffer. It is called from several
	// goroutines, for different artifacts at the same time.
	Render func(w *bytes.Buffer) error
	// Stream writes the bytes piece by piece, for what may be large: no more
	// than a piece is held in memory. It stops with the error of w. It is
	// called as Render is.
	Stream func(w io.Writer) error
	// Data is the bytes themselves, for what is small or kept anyway.
	Data []byte
	// Open opens a file to be copied, however large. The caller closes it.
	Open func() (io.ReadCloser, error)
}

// Page is what is known of an HTML page before it is rendered.
type Page struct {
	Lang       string      // BCP 47 tag of its words
	Title      string      // as in its title element, without the site's name
	List       bool        // leads to other pages and is replaced after them: home, sections, facets, letters
	NoIndex    bool        // keeps out of search engines and the sitemap
	Canonical  string      // address of the page that stands for it, "" if it stands for itself
	Alternates []Alternate // the same page in the hub's languages, itself included; sorted by language
	Updated    civil.Date  // when the content says that it changed last; zero if it does not
	// Anchors makes a list of every fragment that a link to the page may name, in
	// the order of the page; nil if there is none.
	Anchors func() []string
}

// HasAnchor reports whether a link to the page may name a fragment.
func (p *Page) HasAnchor(fragment string) bool {
	return p.Anchors != nil && slices.Contains(p.Anchors(), fragment)
}

// Alternate is a page's twin in a language.
type Alternate struct {
	Lang    string // BCP 47 tag
	Address string // from the hub's root
}

// Address returns the artifact's address from the hub's root.
func (a *Artifact) Address() string {
	return Address(a.Path)
}

// Fill appends the artifact's bytes to the buffer. Render functions expect an
// empty one.
func (a *Artifact) Fill(w *bytes.Buffer) error {
	switch {
	case a.Render != nil:
		if err := a.Render(w); err != nil {
			return fmt.Errorf("render %s: %w", a.Address(), err)
		}
	case a.large():
		return a.pour(w)
	default:
		w.Write(a.Data)
	}
	return nil
}

// Address returns the address of a path, from the hub's root and
// percent-encoded: "databases/sora/index.html" is "/databases/sora/",
// "feed.xml" is "/feed.xml", "a b.pdf" is "/a%20b.pdf".
func Address(path string) string {
	if path == indexName {
		return "/"
	}
	if strings.HasSuffix(path, "/"+indexName) {
		path = strings.TrimSuffix(path, indexName)
	}
	if plainPath(path) {
		return "/" + path
	}
	return (&url.URL{Path: "/" + path}).EscapedPath()
}

// PathOf is the way back from an address, with or without a "#" part: the path
// of the artifact that answers at it. It returns "" for what is no address
// from the hub's root.
func PathOf(address string) string {
	address, _, _ = strings.Cut(address, "#")
	if !strings.HasPrefix(address, "/") {
		return ""
	}
	path, err := url.PathUnescape(address[1:])
	if err != nil {
		return ""
	}
	if path == "" || strings.HasSuffix(path, "/") {
		path += indexName
	}
	return path
}

// indexName is the file that answers at its folder's address.
const indexName = "index.html"

// plainPath reports whether a path is its own percent-encoding, which all but
// a few are.
func plainPath(path string) bool {
	for i := range len(path) {
		c := path[i]
		if ('a' > c || c > 'z') && ('0' > c || c > '9') && ('A' > c || c > 'Z') && !strings.ContainsRune("-_./~", rune(c)) {
			return false
		}
	}
	return true
}
