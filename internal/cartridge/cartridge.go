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
//	p, err := cartridge.NewPacker()      // one for all
//	err = p.Pack(file, c, cartridge.V11) // the bytes of an .imscc file
//
// Sources of the rules: the XML schemas of Common Cartridge 1.1, and of its
// readers moodle/moodle backup/converter/imscc11/lib.php and
// instructure/canvas-lms lib/cc/importer/standard.
package cartridge

import (
	"errors"
	"fmt"
	"strings"
)

// Version is a version of the Common Cartridge format. The zero Version is V11.
type Version int

// The versions that are written.
const (
	V11 Version = iota // for Canvas, Moodle, Blackboard, Brightspace
	V12                // for Schoology
)

// Versions lists the versions in which each cartridge is offered.
func Versions() []Version { return []Version{V11, V12} }

// String returns the version as people say it: "1.1".
func (v Version) String() string {
	if v == V12 {
		return "1.2"
	}
	return "1.1"
}

// Content is what goes into a cartridge.
type Content struct {
	ID          string   // names the cartridge in the course; equal from build to build
	Title       string   // required
	Language    string   // BCP 47 tag of all texts; required
	Description string   // may be empty
	Modules     []Module // of Most links together
}

// Module is a folder of links, a module of the course. One without links is
// left out.
type Module struct {
	ID    string // short, equal from build to build, so that a second import finds the first
	Title string // required
	Links []Link
}

// Link is a link to a page of the hub.
type Link struct {
	ID    string // equal from build to build; its own in the module
	Title string // required
	URL   string // required; see Holds
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
	identifier string
	title      string // as XML
	items      []item
}

type item struct {
	name  string // of its file and, prefixed, its identifiers
	title string // as XML
	url   string
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
	links := 0
	for _, m := range content.Modules {
		links += len(m.Links)
	}
	names := make(names, links+len(content.Modules))
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
	if links > Most {
		problems = append(problems, fmt.Errorf("the cartridge has %d links, at most %d are possible", links, Most))
	}
	if err := errors.Join(problems...); err != nil {
		return Cartridge{}, fmt.Errorf("cartridge %q: %w", content.ID, err)
	}
	return c, nil
}

func newModule(m Module, names names) (module, error) {
	made := module{identifier: names.take("m_" + m.ID), title: escaped(clean(m.Title)), items: make([]item, 0, len(m.Links))}
	var problems []error
	if made.title == "" {
		problems = append(problems, fmt.Errorf("module %q has no title", m.ID))
	}
	for _, link := range m.Links {
		title := clean(link.Title)
		if title == "" {
			problems = append(problems, fmt.Errorf("link %q has no title", link.ID))
		}
		if trouble := troubleWith(link.URL); trouble != "" {
			problems = append(problems, fmt.Errorf("link %q: address %q %s", link.ID, link.URL, trouble))
		}
		made.items = append(made.items, item{names.take(m.ID + "_" + link.ID), escaped(title), link.URL})
	}
	return made, errors.Join(problems...)
}

// Holds reports whether a cartridge can hold an address. It must be that of a
// page on the web, without query or user name, and without the characters that
// importers do not escape. http is taken for hubs that have no other address;
// links open outside of the course's frame, which would not show it.
func Holds(address string) bool { return troubleWith(address) == "" }

// troubleWith says why a cartridge cannot hold an address, "" if it can.
// Moodle writes it into XML without escaping it, and what follows a "?" is no
// address that lasts.
func troubleWith(address string) string {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(address, "http://")
	}
	host, _, _ := strings.Cut(rest, "/")
	switch {
	case !ok || host == "":
		return "does not begin with https:// and a host"
	case strings.Contains(host, "@"):
		return "has a user name in it"
	case strings.Contains(rest, "?"):
		return "has a query"
	case strings.ContainsAny(rest, "&<>\"' \t\r\n"):
		return "has a character that importers do not escape"
	}
	return ""
}

// clean makes text a normalizedString of XML Schema: one line, no control
// characters.
func clean(text string) string {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f || c == ' ' && (i == 0 || i == len(text)-1 || text[i+1] == ' ') {
			return strings.Join(strings.Fields(text), " ")
		}
	}
	return text
}

// names are the identifiers already given, in lower case, since they name
// files too.
type names map[string]bool

// take returns a name made of id that was not given before. It holds ASCII
// letters, digits, "_", "-" and "." only; a prefix has to make it the NCName
// that an xs:ID must be. Two ids that come out equal are counted.
func (n names) take(id string) string {
	name := id
	if !isPlain(id) {
		var b strings.Builder
		for _, r := range id {
			if r < 0x80 && isPlain(string(r)) {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, ".%x.", r)
			}
		}
		name = b.String()
	}
	free := name
	for i := 2; n[strings.ToLower(free)]; i++ {
		free = fmt.Sprintf("%s.%d", name, i)
	}
	n[strings.ToLower(free)] = true
	return free
}

// isPlain reports whether a name may stay as it is.
func isPlain(id string) bool {
	for i := range len(id) {
		c := id[i]
		if ('a' > c || c > 'z') && ('0' > c || c > '9') && ('A' > c || c > 'Z') && c != '_' && c != '-' && c != '.' {
			return false
		}
	}
	return true
}
