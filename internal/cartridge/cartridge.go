// Package cartridge writes links to a hub's pages as an IMS Common Cartridge:
// the file that a teacher imports into Canvas, Moodle, Blackboard, Brightspace
// or Schoology without an administrator. Modules become modules or sections
// of the course, links become links.
//
// Each set of links is offered in two versions, because no single one is read
// by all: 1.1 for Moodle, which knows no other, and most systems; 1.2 for
// Schoology. Both hold the same links. Equal content gives equal bytes.
//
// The package knows web links only: no files, no tests, no LTI, and no Thin
// Common Cartridge, which few systems read. Package output calls it for the
// whole hub, each award list, each facet list and each guide:
//
//	c, err := cartridge.New(cartridge.Content{
//		ID: "bluestem-2027", Title: "Bluestem Award 2027", Language: "en",
//		Modules: []cartridge.Module{{ID: "books", Title: "Books", Links: links}},
//	})
//	file, err := c.Pack(cartridge.V11) // the bytes of an .imscc file
//
// Sources of the rules: the XML schemas of Common Cartridge 1.1, and of its
// readers moodle/moodle backup/converter/imscc11/lib.php and
// instructure/canvas-lms lib/cc/importer/standard.
package cartridge

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Version is a version of the Common Cartridge format. The zero Version is V11.
type Version int

// The versions that are written.
const (
	V11 Version = iota // for Canvas, Moodle, Blackboard, Brightspace
	V12                // for Schoology
)

// String returns the version as people say it: "1.1".
func (v Version) String() string {
	if v == V12 {
		return "1.2"
	}
	return "1.1"
}

// short is the version as namespaces hold it: "v1p1".
func (v Version) short() string { return "v" + strings.Replace(v.String(), ".", "p", 1) }

// Content is what goes into a cartridge.
type Content struct {
	ID          string // names the cartridge in the course; equal from build to build
	Title       string // required
	Language    string // BCP 47 tag of all texts; required
	Description string // may be empty
	Modules     []Module
}

// Module is a folder of links, a module of the course. One without links is
// left out.
type Module struct {
	ID    string // equal from build to build, so that a second import finds the first
	Title string // required
	Links []Link
}

// Link is a link to a page of the hub.
type Link struct {
	ID    string // equal from build to build; its own in the module
	Title string // required
	URL   string // required: https, without query, no "&"
}

// Cartridge is content that both versions can hold. Only New makes one; it
// does not change and is safe for concurrent use.
type Cartridge struct {
	content Content
	modules []module
}

// module and item are a module and a link under the identifiers that they
// have in the file.
type module struct {
	identifier, title string
	items             []item
}

type item struct {
	name       string // of its file and, prefixed, its identifiers
	title, url string
}

// New checks the content and gives everything its identifier. The error names
// each link that a cartridge cannot hold and says why; it is about a caller
// that made a wrong address, not about what librarians write.
func New(content Content) (Cartridge, error) {
	c := Cartridge{content: content}
	c.content.Title, c.content.Description = clean(content.Title), clean(content.Description)
	var problems []error
	if c.content.Title == "" {
		problems = append(problems, errors.New("the cartridge has no title"))
	}
	if content.Language == "" {
		problems = append(problems, errors.New("the cartridge has no language"))
	}
	names := make(names)
	for _, m := range content.Modules {
		if len(m.Links) == 0 {
			continue
		}
		made, err := newModule(m, names)
		c.modules = append(c.modules, made)
		problems = append(problems, err)
	}
	if len(c.modules) == 0 {
		problems = append(problems, errors.New("the cartridge has no links"))
	}
	if err := errors.Join(problems...); err != nil {
		return Cartridge{}, fmt.Errorf("cartridge %q: %w", content.ID, err)
	}
	return c, nil
}

func newModule(m Module, names names) (module, error) {
	made := module{identifier: names.take("m_" + m.ID), title: clean(m.Title)}
	var problems []error
	if made.title == "" {
		problems = append(problems, fmt.Errorf("module %q has no title", m.ID))
	}
	for _, link := range m.Links {
		title := clean(link.Title)
		if title == "" {
			problems = append(problems, fmt.Errorf("link %q has no title", link.ID))
		}
		if err := checkURL(link.URL); err != nil {
			problems = append(problems, fmt.Errorf("link %q: %w", link.ID, err))
		}
		made.items = append(made.items, item{names.take(m.ID + "_" + link.ID), title, link.URL})
	}
	return made, errors.Join(problems...)
}

// checkURL refuses what importers break on. Moodle writes the address into XML
// without escaping it, and what follows a "?" is no address that lasts.
func checkURL(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return err
	case u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("address %q does not begin with https://", address)
	case u.User != nil:
		return fmt.Errorf("address %q has a user name in it", address)
	case strings.Contains(address, "?"):
		return fmt.Errorf("address %q has a query", address)
	case strings.ContainsAny(address, "&<>\"' \t\r\n"):
		return fmt.Errorf("address %q has a character that importers do not escape", address)
	}
	return nil
}

// clean makes text a normalizedString of XML Schema: one line, no control
// characters.
func clean(text string) string { return strings.Join(strings.Fields(text), " ") }

// names are the identifiers already given, in lower case, since they name
// files too.
type names map[string]bool

// take returns a name made of id that was not given before. It holds ASCII
// letters, digits, "_", "-" and "." only; a prefix has to make it the NCName
// that an xs:ID must be. Two ids that come out equal are counted.
func (n names) take(id string) string {
	var b strings.Builder
	for _, r := range id {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("_-.", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, ".%x.", r)
		}
	}
	name := b.String()
	for i := 2; n[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s.%d", b.String(), i)
	}
	n[strings.ToLower(name)] = true
	return name
}
