package hub

import (
	"net/url"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hours"
)

// LibraryKind says what sort of library it is.
type LibraryKind string

// The kinds of libraries.
const (
	Public     LibraryKind = "public"
	School     LibraryKind = "school"
	Academic   LibraryKind = "academic"
	Special    LibraryKind = "special"
	Branch     LibraryKind = "branch"     // a building of its own, with a parent
	Department LibraryKind = "department" // a room or desk inside its parent
)

// LibraryKinds lists all kinds.
func LibraryKinds() []LibraryKind {
	return []LibraryKind{Public, School, Academic, Special, Branch, Department}
}

// Library is a library, a branch, a department or a desk.
type Library struct {
	Page
	Kind     LibraryKind
	Parent   *Library   // nil for a library of its own
	Children []*Library // branches and departments

	Address  Address
	Geo      *Geo // nil if not given
	Phone    string
	Email    string
	URL      string
	Catalog  Catalog // own or inherited
	Card     Card
	SignIn   string // the usual way in, own or inherited
	Proxy    Proxy  // own or inherited
	Contacts []Contact
	Notices  []Notice

	OwnCatalog bool           // the catalog is its own, not its parent's
	Hours      *hours.Library // never nil; without hours in the file its days are unknown
}

// Address is a postal address: fields, or one line of text.
type Address struct {
	Street, City, Region, PostalCode, Country string
	Text                                      string // the address on one line; never empty if anything is known
}

// IsZero reports whether no address is known.
func (a Address) IsZero() bool { return a.Text == "" }

// Geo is a place on earth in degrees (WGS 84).
type Geo struct{ Latitude, Longitude float64 }

// Catalog says where a library's books are found.
type Catalog struct {
	URL    string
	ISBN   string // with {isbn}, or ""
	Search string // with {query}, or ""
}

// IsZero reports whether there is no catalog.
func (c Catalog) IsZero() bool { return c == Catalog{} }

// ByISBN returns the address of a book in the catalog, or "".
func (c Catalog) ByISBN(digits string) string {
	return strings.ReplaceAll(c.ISBN, "{isbn}", digits)
}

// ByText returns the address of a search in the catalog, or "".
func (c Catalog) ByText(query string) string {
	return strings.ReplaceAll(c.Search, "{query}", url.QueryEscape(query))
}

// Card says how to get a library card.
type Card struct{ URL, Note string }

// Proxy is what stands before an address so that a library's readers get in
// from outside. The zero Proxy is none.
type Proxy struct {
	Prefix string
	Encode bool // percent-encode the target, as with "qurl="
}

// Wrap returns target behind the proxy. A target that begins with the prefix
// already stays as it is.
func (p Proxy) Wrap(target string) string {
	switch {
	case p.Prefix == "" || strings.HasPrefix(target, p.Prefix):
		return target
	case p.Encode:
		return p.Prefix + url.QueryEscape(target)
	}
	return p.Prefix + target
}
