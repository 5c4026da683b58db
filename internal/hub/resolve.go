package hub

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
)

// index holds an edition's look-up tables.
type index struct {
	libraries map[string]*Library
	databases map[string]*Database
	awards    map[string]*Award
	guides    map[string]*Guide
	byFile    map[string]*Page // by Markdown file, originals and translations
	byPath    map[string]*Page // by address from the hub's root
	lists     map[*Page]*AwardList
	files     map[string]*File         // by source
	siblings  []*Edition               // the hub's other editions
	folded    func() map[string]string // every known file in lower case to its right spelling; made when a link leads nowhere
}

func newIndex(h *Hub, e *Edition) index {
	x := index{
		libraries: byID(e.Libraries, func(r *Library) string { return r.ID }),
		databases: byID(e.Databases, func(r *Database) string { return r.ID }),
		awards:    byID(e.Awards, func(r *Award) string { return r.ID }),
		guides:    byID(e.Guides, func(r *Guide) string { return r.ID }),
		byFile:    make(map[string]*Page, len(e.Databases)),
		byPath:    make(map[string]*Page, len(e.Databases)),
		lists:     map[*Page]*AwardList{},
		files:     map[string]*File{},
	}
	for _, sibling := range h.Editions {
		if sibling != e {
			x.siblings = append(x.siblings, sibling)
		}
	}
	add := func(p *Page) {
		x.byPath[p.Path] = p
		if p.Original != "" {
			x.byFile[p.Original] = p
		}
		if p.File != p.Original {
			x.byFile[p.File] = p
		}
	}
	for _, p := range e.Absent {
		add(p)
	}
	e.EachPage(add)
	for _, a := range e.Awards {
		for _, l := range a.Lists {
			x.lists[&l.Page] = l
		}
	}
	for _, f := range h.Files {
		x.files[f.Source] = f
	}
	x.folded = sync.OnceValue(x.fold)
	return x
}

// fold lists the files that a link can name.
func (x index) fold() map[string]string {
	folded := make(map[string]string, len(x.byFile)+len(x.files))
	for f := range x.byFile {
		folded[strings.ToLower(f)] = f
	}
	for f := range x.files {
		folded[strings.ToLower(f)] = f
	}
	return folded
}

// OwnAnchors returns the anchors that every page of a kind has by itself, for
// others to link to (contract, section 3).
func OwnAnchors(k Kind) []string {
	switch k {
	case DatabasePage:
		return []string{"get-in"}
	case LibraryPage:
		return []string{"hours", "special-days"}
	}
	return nil
}

// HasAnchor reports whether a page of the edition has a place that a fragment
// names. Every page has a top.
func (e *Edition) HasAnchor(p *Page, fragment string) bool {
	return fragment == "" || fragment == "top" || slices.Contains(e.Anchors(p), fragment)
}

// Anchors returns the places of a page that fragments can name, sorted.
func (e *Edition) Anchors(p *Page) []string {
	anchors := OwnAnchors(p.Kind)
	for _, h := range p.Body.Headings {
		anchors = append(anchors, h.ID)
	}
	if l := e.index.lists[p]; l != nil {
		for _, b := range l.Books {
			anchors = append(anchors, b.Anchors()...)
		}
	}
	slices.Sort(anchors)
	return slices.Compact(anchors)
}

func byID[R any](records []R, id func(R) string) map[string]R {
	m := make(map[string]R, len(records))
	for _, r := range records {
		m[id(r)] = r
	}
	return m
}

// PageAt returns the page at an address counted from the hub's root without a
// language ("/databases/sora/"), be it on the site or not, or nil.
func (e *Edition) PageAt(address string) *Page { return e.index.byPath[address] }

// PageOf returns the page that a Markdown file makes, or nil.
func (e *Edition) PageOf(file string) *Page { return e.index.byFile[file] }

// Target is what a link leads to: exactly one of Page, File, Address and
// Outside is set, or only Fragment for a place on the same page.
type Target struct {
	Page     *Page    // a page of the hub, be it on the site or not
	Edition  *Edition // the edition that Page is in
	File     *File    // a file beside a page
	Address  string   // "/path/": an address of the site, counted from the hub's root
	Outside  string   // an address with a scheme
	Fragment string   // without "#", decoded
}

// Trouble says why a link leads nowhere. The zero Trouble is none.
type Trouble struct {
	Missing string // the file that does not exist, from the hub's root
	Case    string // the same file in its right spelling, if only the letter case is wrong
	Bad     string // what is wrong with the address itself
}

// Resolve finds out what a link means that stands in file ("content/…"). It
// knows the hub's files only: whether an Address answers, and whether a
// fragment exists, is known from the plan.
func (e *Edition) Resolve(file, dest string) (Target, Trouble) {
	if plainlyOutside(dest) {
		return Target{Outside: dest}, Trouble{}
	}
	u, err := url.Parse(dest)
	if err != nil {
		return Target{}, Trouble{Bad: "not a valid address"}
	}
	switch {
	case u.Scheme != "" || u.Host != "":
		return Target{Outside: dest}, Trouble{}
	case u.Path == "" && u.RawQuery == "":
		return Target{Fragment: u.Fragment}, Trouble{}
	case strings.HasPrefix(u.Path, "/"):
		address := u.Path
		if u.RawQuery != "" {
			address += "?" + u.RawQuery
		}
		return Target{Address: address, Fragment: u.Fragment}, Trouble{}
	}
	name := path.Join(path.Dir(file), u.Path)
	if name != "content" && !strings.HasPrefix(name, "content/") {
		return Target{}, Trouble{Bad: "a path that leads out of content/"}
	}
	for _, candidate := range []string{name, path.Join(name, "index.md")} {
		for _, in := range append([]*Edition{e}, e.index.siblings...) {
			if p := in.index.byFile[candidate]; p != nil {
				return Target{Page: p, Edition: in, Fragment: u.Fragment}, Trouble{}
			}
		}
	}
	if f := e.index.files[name]; f != nil {
		return Target{File: f, Fragment: u.Fragment}, Trouble{}
	}
	// Home, sections and awards have a page even when nobody wrote a text for it.
	if address := folderAddress(name); address != "" {
		if p := e.index.byPath[address]; p != nil && p.File == "" {
			return Target{Page: p, Edition: e, Fragment: u.Fragment}, Trouble{}
		}
	}
	trouble := Trouble{Missing: name}
	for _, candidate := range []string{name, path.Join(name, "index.md")} {
		if right := e.index.folded()[strings.ToLower(candidate)]; right != "" {
			trouble.Case = right
		}
	}
	return Target{}, trouble
}

// plainlyOutside reports whether a link is an ordinary address on another host,
// as most links are: what has no sign in it that needs a closer look. Parsing
// each of 30,000 took 25 ms of a rebuild (2026-11-26).
func plainlyOutside(dest string) bool {
	rest, ok := strings.CutPrefix(dest, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(dest, "http://"); !ok {
			return false
		}
	}
	for i := range len(rest) {
		c := rest[i]
		if ('a' > c || c > 'z') && ('A' > c || c > 'Z') && ('0' > c || c > '9') && strings.IndexByte("-._~/?#&=+,;", c) < 0 {
			return false
		}
	}
	return rest != "" && rest[0] != '/' && rest[0] != '?' && rest[0] != '#'
}

// folderAddress returns the address that a folder's own page has, given the
// folder or its index.md, or "".
func folderAddress(name string) string {
	folder := strings.TrimSuffix(name, "/index.md")
	switch {
	case folder == "content":
		return "/"
	case strings.HasSuffix(folder, ".md"):
		return ""
	}
	return strings.TrimPrefix(folder, "content") + "/"
}

// KnownFiles returns the names of all files that a link can name, for spelling
// help.
func (e *Edition) KnownFiles() []string {
	names := make([]string, 0, len(e.index.folded()))
	for _, f := range e.index.folded() {
		names = append(names, f)
	}
	return names
}

// NamedFiles returns the files beside pages that something on the site names:
// a text, an image or a cover. Others stay private. The result is sorted.
func (h *Hub) NamedFiles() []*File {
	if len(h.Files) == 0 {
		return nil
	}
	named := map[*File]bool{}
	for _, e := range h.Editions {
		e.EachPage(func(p *Page) {
			if p.Image != nil {
				named[p.Image] = true
			}
			for i := range p.Body.Links {
				if t, _ := e.Resolve(p.Body.Links[i].Pos.File, p.Body.Links[i].Dest); t.File != nil {
					named[t.File] = true
				}
			}
		})
		for _, a := range e.Awards {
			for _, l := range a.Lists {
				for _, b := range l.Books {
					if b.Cover != nil {
						named[b.Cover] = true
					}
				}
			}
		}
	}
	return slices.SortedFunc(maps.Keys(named), func(a, b *File) int { return strings.Compare(a.Source, b.Source) })
}
