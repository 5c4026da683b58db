package output

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"weak"

	"github.com/twinshelf/twinshelf/internal/cartridge"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/markdown"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// The cartridges: the links of the hub, of a list and of a guide as files that
// a course system imports. They exist once, in the default language; a guide
// in another language only has its own.

// links are what a pair of cartridges holds. The content is made when a file
// is rendered, so that thousands of pairs fit into a plan.
type links struct {
	page    string   // path of the page that they belong to, with its language
	paths   []string // that the page has and had
	source  string   // the hub's file, "" for none
	pos     diag.Pos
	label   label
	content func() cartridge.Content
	offered bool // the page shows them
}

// cartridgePath returns the path of a page's cartridge, which lies beside the
// page and is named after it: /awards/bluestem/2027/bluestem-2027-cc1.1.imscc.
func cartridgePath(page string, v cartridge.Version) string {
	name := strings.Trim(page, "/")
	if _, inside, ok := strings.Cut(name, "/"); ok {
		name = inside // without the section
	}
	if name == "" {
		name = "hub"
	}
	return page + strings.ReplaceAll(name, "/", "-") + "-cc" + v.String() + ".imscc"
}

// pack plans both cartridges of a page. wanted says that it has links to offer;
// without any it keeps its cartridges, with the link to itself alone, if the
// ledger has them, and does not show them.
func (p *planner) pack(l links, wanted bool) []publish.Artifact {
	recorded := func(page string) bool { return p.isRecorded(cartridgePath(page, cartridge.V11)) }
	if !wanted && !slices.ContainsFunc(l.paths, recorded) || !cartridge.Holds(p.absolute("/")) {
		return nil
	}
	l.offered = wanted
	p.packs[l.page] = l
	return p.packAt(l, l.page)
}

// packAt plans the cartridges of a page at the path that the page has or had.
func (p *planner) packAt(l links, page string) []publish.Artifact {
	var artifacts []publish.Artifact
	both := &pair{content: l.content}
	for _, v := range cartridge.Versions() {
		at := cartridgePath(page, v)
		p.labels[at] = l.label
		artifacts = append(artifacts, publish.Artifact{
			Path: filePath(at), Source: l.source, Pos: l.pos,
			Stream: func(w io.Writer) error { return p.writeCartridge(w, both, v) },
		})
	}
	return artifacts
}

func (p *planner) writeCartridge(w io.Writer, both *pair, v cartridge.Version) error {
	c, err := both.cartridge()
	if err != nil {
		return err
	}
	packer, err := p.packer()
	if err != nil {
		return err
	}
	return packer.Pack(w, *c, v)
}

// pair is what the two cartridges of a page have in common. They are written at
// about the same time, and to gather and check the links is half of the work.
type pair struct {
	content func() cartridge.Content
	making  sync.Mutex
	made    weak.Pointer[cartridge.Cartridge]
}

// cartridge returns what was made for the other version, if the garbage
// collector left it: all of a large hub take 34 MB.
func (b *pair) cartridge() (*cartridge.Cartridge, error) {
	b.making.Lock()
	defer b.making.Unlock()
	if c := b.made.Value(); c != nil {
		return c, nil
	}
	c, err := cartridge.New(b.content())
	if err != nil {
		return nil, err
	}
	b.made = weak.Make(&c)
	return &c, nil
}

// packsAtAliases plans the cartridges of pages that moved at the addresses that
// they had before. An alias outside of the page's section is a short name that
// had none, unless the ledger knows better.
func (p *planner) packsAtAliases() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, m := range p.moved {
		l, ok := p.packs[m.to]
		if !ok || !strings.HasSuffix(m.from, "/") || p.taken[filePath(cartridgePath(m.from, cartridge.V11))] {
			continue
		}
		section, _, _ := strings.Cut(m.to[1:], "/")
		if strings.HasPrefix(m.from, "/"+section+"/") || p.isRecorded(cartridgePath(m.from, cartridge.V11)) {
			artifacts = append(artifacts, p.packAt(l, m.from)...)
		}
	}
	return artifacts
}

// recordedPacks plans the cartridges that the ledger has at pages that would
// have none today: a guide that became a plain page, a page of one language
// that got its original.
func (p *planner) recordedPacks() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, entry := range p.hub.Ledger.Entries() {
		at := entry.Address.Path()
		if !strings.HasSuffix(at, ".imscc") || p.taken[filePath(at)] || p.gone[at] {
			continue
		}
		folder := at[:strings.LastIndexByte(at, '/')+1]
		if at != cartridgePath(folder, cartridge.V11) {
			continue
		}
		to := p.last(folder)
		e := p.language(to)
		page := e.PageAt(strings.TrimPrefix(to, e.Prefix))
		if page == nil || !page.OnSite() || !cartridge.Holds(p.absolute("/")) {
			continue
		}
		l := e.recordLinks(page, cartridge.Module{ID: "g", Title: page.Title}, func() []cartridge.Link { return e.textLinks(page) })
		artifacts = append(artifacts, p.packAt(l, folder)...)
	}
	return artifacts
}

// cartridges returns the addresses of the cartridges of a page.
func (e *edition) cartridges(page string) Cartridge {
	for _, path := range []string{page, e.Prefix + page} {
		if l, ok := e.plan.packs[path]; ok && l.offered {
			return Cartridge{
				V11: e.plan.href(cartridgePath(l.page, cartridge.V11)), V12: e.plan.href(cartridgePath(l.page, cartridge.V12)),
			}
		}
	}
	return Cartridge{}
}

// ownLink is the ID of the link to the page that a cartridge belongs to. No
// record has such a one.
const ownLink = "_"

// recordLinks are the links of a record's page: the page itself first.
func (e *edition) recordLinks(r *hub.Page, module cartridge.Module, more func() []cartridge.Link) links {
	return links{
		page: e.Prefix + r.Path, paths: e.pathsOf(r), source: r.File, pos: r.Pos, label: label{recordFile(r), r.Title},
		content: func() cartridge.Content {
			full := module // both cartridges of a page are made at the same time
			full.Links = append([]cartridge.Link{{ID: ownLink, Title: r.Title, URL: e.absolute(r.Path)}}, more()...)
			return e.course(e.Prefix+r.Path, r.Title, e.description(r), full)
		},
	}
}

// pathsOf returns the paths that a record's page has and had.
func (e *edition) pathsOf(r *hub.Page) []string {
	paths := []string{e.Prefix + r.Path}
	for _, a := range r.Aliases {
		paths = append(paths, aliasPath(a.Path))
	}
	return paths
}

// course is the content of a cartridge.
func (e *edition) course(page, title, description string, modules ...cartridge.Module) cartridge.Content {
	room := cartridge.Most
	for i := range modules {
		modules[i].Links = modules[i].Links[:min(room, len(modules[i].Links))]
		room -= len(modules[i].Links)
	}
	return cartridge.Content{
		ID: courseID(e.Site.URL.Host + page), Title: title, Language: e.Lang.String(), Description: description, Modules: modules,
	}
}

// courseID makes a name for a course of an address.
func courseID(address string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(address, "/"), "/#", "_"), "/", "_")
}

// listLinks are the links of a list of databases: the list, then its entries.
func (e *edition) listLinks(l *databaseList) links {
	section := e.Sections[hub.DatabasesSection]
	out := links{
		page: l.path, paths: []string{l.path}, source: section.File, pos: section.Pos, label: label{recordFile(section), e.sectionTitle(section).Text},
	}
	title := out.label.title
	if l.facet != nil {
		out.label, out.paths = e.plan.labels[l.path], e.facetPaths(l.facet.key, l.value)
		title = e.words.T(l.facet.word+"-title", "value", l.value.text)
	}
	out.content = func() cartridge.Content {
		page := cartridge.Link{ID: ownLink, Title: title, URL: e.absolute(l.path)}
		return e.course(l.path, title, e.words.N("facet-about", len(l.entries)), cartridge.Module{
			ID: "d", Title: title, Links: e.databaseLinks(l.entries, page),
		})
	}
	return out
}

// databaseLinks returns the links to databases, behind others.
func (e *edition) databaseLinks(databases []*hub.Database, before ...cartridge.Link) []cartridge.Link {
	links := slices.Grow(before, len(databases))
	for _, d := range databases {
		links = append(links, cartridge.Link{ID: d.ID, Title: d.Title, URL: e.absolute(d.Path)})
	}
	return links
}

// packAwardList plans the cartridges of an award list: the list, then its books.
func (e *edition) packAwardList(l *hub.AwardList) []publish.Artifact {
	module := cartridge.Module{ID: "b", Title: l.Title}
	list := e.recordLinks(&l.Page, module, func() []cartridge.Link { return e.bookLinks(l.Books) })
	for _, a := range l.Award.Aliases {
		list.paths = append(list.paths, aliasPath(a.Path)+l.ID+"/")
	}
	return e.plan.pack(list, l.Listed() && len(l.Books) > 0)
}

func (e *edition) bookLinks(books []*hub.Book) []cartridge.Link {
	links := make([]cartridge.Link, 0, len(books))
	for _, b := range books {
		if address := e.absolute(b.List.Path) + hash(b.Anchor); cartridge.Holds(address) {
			links = append(links, cartridge.Link{ID: b.Anchor, Title: b.Title, URL: address})
		}
	}
	return links
}

// packGuide plans the cartridges of a guide: the guide, then the pages of the
// hub that its text leads to.
func (e *edition) packGuide(g *hub.Guide) []publish.Artifact {
	module := cartridge.Module{ID: "g", Title: g.Title}
	return e.plan.pack(e.recordLinks(&g.Page, module, func() []cartridge.Link { return e.textLinks(&g.Page) }),
		g.Listed() && e.leadsOn(&g.Page))
}

// packHub plans the cartridges of the whole hub: what each section lists.
func (p *planner) packHub() []publish.Artifact {
	e := p.editions[0]
	section := func(s hub.Section, links []cartridge.Link) cartridge.Module {
		page := e.Sections[s]
		title := e.sectionTitle(page).Text
		if len(links) > 0 {
			links = append([]cartridge.Link{{ID: ownLink, Title: title, URL: e.absolute(page.Path)}}, links...)
		}
		return cartridge.Module{ID: string(s[0]), Title: title, Links: links}
	}
	l := e.recordLinks(e.Home, cartridge.Module{}, nil)
	l.label.title = cmp.Or(e.Home.Title, e.Site.Title)
	l.content = func() cartridge.Content {
		var lists, libraries, guides []cartridge.Link
		add := func(to []cartridge.Link, id string, r *hub.Page) []cartridge.Link {
			if r.Listed() {
				to = append(to, cartridge.Link{ID: id, Title: r.Title, URL: e.absolute(r.Path)})
			}
			return to
		}
		for _, a := range e.Awards {
			for _, l := range a.Lists {
				lists = add(lists, a.ID+"_"+l.ID, &l.Page)
			}
		}
		for _, l := range e.Libraries {
			libraries = add(libraries, l.ID, &l.Page)
		}
		for _, g := range e.Guides {
			guides = add(guides, g.ID, &g.Page)
		}
		return e.course("/", e.Site.Title, e.Site.Description,
			cartridge.Module{ID: "h", Title: e.Site.Title, Links: []cartridge.Link{
				{ID: ownLink, Title: e.Site.Title, URL: e.absolute("/")},
				{ID: "hours", Title: e.sectionTitle(e.Sections[hub.HoursSection]).Text, URL: e.absolute("/hours/")},
			}},
			section(hub.DatabasesSection, e.databaseLinks(e.atoz())), section(hub.AwardsSection, lists),
			section(hub.LibrariesSection, libraries), section(hub.GuidesSection, guides))
	}
	return p.pack(l, true)
}

// cartridgeFiles plans the cartridges of all but the lists of databases.
func (p *planner) cartridgeFiles() []publish.Artifact {
	artifacts := p.packHub()
	for _, e := range p.editions {
		for _, a := range e.Awards {
			for _, l := range a.Lists {
				if e.Prefix == "" || l.Standalone {
					artifacts = append(artifacts, e.packAwardList(l)...)
				}
			}
		}
		for _, g := range e.Guides {
			if e.Prefix == "" || g.Standalone {
				artifacts = append(artifacts, e.packGuide(g)...)
			}
		}
	}
	return artifacts
}

// leadsOn reports whether a text leads to another page of the hub.
func (e *edition) leadsOn(p *hub.Page) bool {
	return len(p.Body.Blocks) > 0 || slices.ContainsFunc(p.Body.Links, func(l markdown.Link) bool {
		link, ok := e.textLink(&l)
		return ok && link.URL != e.absolute(p.Path)
	})
}

// textLinks returns the pages of the hub that a text leads to by links and
// blocks, each once, in the order of the text.
func (e *edition) textLinks(p *hub.Page) []cartridge.Link {
	byLine := map[int][]cartridge.Link{}
	for i := range p.Body.Links {
		l := &p.Body.Links[i]
		if link, ok := e.textLink(l); ok {
			byLine[l.Pos.Line] = append(byLine[l.Pos.Line], link)
		}
	}
	for i := range p.Body.Blocks {
		b := &p.Body.Blocks[i]
		byLine[b.Pos.Line] = append(byLine[b.Pos.Line], e.blockLinks(b)...)
	}
	var links []cartridge.Link
	seen := map[string]bool{e.absolute(p.Path): true}
	for _, line := range slices.Sorted(maps.Keys(byLine)) {
		for _, l := range byLine[line] {
			if !seen[l.URL] && cartridge.Holds(l.URL) {
				seen[l.URL] = true
				l.ID = courseID(strings.TrimPrefix(l.URL, e.plan.absolute("/")))
				links = append(links, l)
			}
		}
	}
	return links
}

// textLink returns a link of a text as a cartridge has it, false if it leads to
// no page of the hub.
func (e *edition) textLink(l *markdown.Link) (cartridge.Link, bool) {
	target, trouble := e.Resolve(l.Pos.File, l.Dest)
	if trouble != (hub.Trouble{}) || l.Kind == markdown.ImageLink {
		return cartridge.Link{}, false
	}
	if target.Page == nil {
		return e.addressLink(target, l.Text)
	}
	href, _ := e.targetHref(target)
	title := cmp.Or(e.sectionTitle(target.Page).Text, e.Site.Title) // home needs none of its own
	if strings.Contains(href, "#") {
		title = cmp.Or(l.Text, title)
	}
	return cartridge.Link{Title: title, URL: e.plan.origin + href}, target.Page.Listed()
}

// addressLink returns a link that was written as /path/, such as that to a
// list of databases. An address with a query is no page.
func (e *edition) addressLink(t hub.Target, text string) (cartridge.Link, bool) {
	path := e.plan.last(e.Prefix + t.Address)
	if t.Address == "" || !strings.HasSuffix(path, "/") || !e.plan.taken[filePath(path)] || e.plan.gone[path] {
		return cartridge.Link{}, false
	}
	if page := e.PageAt(strings.TrimPrefix(path, e.Prefix)); page != nil && !page.Listed() {
		return cartridge.Link{}, false
	}
	return cartridge.Link{Title: cmp.Or(text, t.Address), URL: e.plan.absolute(path) + hash(t.Fragment)}, true
}

// blockLinks returns the pages that a block of a text shows.
func (e *edition) blockLinks(b *markdown.Block) []cartridge.Link {
	switch b.Name {
	case "database":
		if d := e.Database(b.Attr("id")); d != nil && d.Listed() {
			return e.databaseLinks([]*hub.Database{d})
		}
	case "databases":
		path := e.pathOfBlock(b)
		title := e.sectionTitle(e.Sections[hub.DatabasesSection]).Text
		if l, ok := e.plan.packs[path]; ok {
			title = l.label.title
		}
		return append(e.databaseLinks(e.databasesOf(b)), cartridge.Link{Title: title, URL: e.absolute(path)})
	case "books":
		if l := e.listOf(b); l != nil {
			return append(e.bookLinks(booksOf(b, l)), cartridge.Link{Title: l.Title, URL: e.absolute(l.Path)})
		}
	case "hours":
		var links []cartridge.Link
		for _, l := range e.Libraries {
			if id := b.Attr("library"); l.Listed() && (id == "" || l.ID == id) {
				links = append(links, cartridge.Link{Title: l.Title, URL: e.absolute(l.Path)})
			}
		}
		return links
	}
	return nil
}
