package output

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	ics "github.com/arran4/golang-ical"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// retirement is an address that was given up.
type retirement struct {
	path    string
	anchor  string
	to      string // path and anchor; "" for none
	hash    string
	reason  string
	title   string   // as the ledger has it
	anchors []string // of the page that was here
}

// retiredBooks returns the books that were given up, by the path of their
// list: each anchor that retired.yaml names, and the numbers of the same book.
func (p *planner) retiredBooks() map[string][]retirement {
	books := map[string][]retirement{}
	for _, r := range p.hub.Retired {
		if r.Address.Anchor() == "" {
			continue
		}
		entry, _ := p.hub.Ledger.Find(r.Address)
		for _, a := range p.hub.Ledger.Entries() {
			same := a.Address == r.Address || entry.Title != "" && a.Title == entry.Title && a.Address.Anchor() != "" && a.Address.Page() == r.Address.Page()
			if same {
				books[r.Address.Path()] = append(books[r.Address.Path()], newRetirement(r, a))
			}
		}
		if entry.Address.IsZero() {
			books[r.Address.Path()] = append(books[r.Address.Path()], newRetirement(r, ledger.Entry{Address: r.Address}))
		}
	}
	return books
}

func newRetirement(r ledger.Retirement, entry ledger.Entry) retirement {
	out := retirement{path: entry.Address.Path(), anchor: entry.Address.Anchor(), reason: r.Reason, title: entry.Title}
	if !r.To.IsZero() {
		out.to, out.hash = r.To.Path(), r.To.Anchor()
	}
	return out
}

// retiredAnchors returns the notes that stand in the place of books that were
// taken off a list.
func (e *edition) retiredAnchors(l *hub.AwardList) []RetiredAnchor {
	var notes []RetiredAnchor
	seen := map[string]bool{}
	for _, path := range e.plan.listPaths(l) {
		for _, r := range e.plan.goneBooks[path] {
			if seen[r.anchor] || onList(l, r.anchor) {
				continue
			}
			seen[r.anchor] = true
			text := e.words.T("retired-book")
			if r.title != "" {
				text = e.words.T("book-anchor-retired", "title", r.title)
			}
			if r.reason != "" {
				text += " " + e.words.T("retired-reason", "reason", e.Site.Phrase(r.reason))
			}
			notes = append(notes, RetiredAnchor{ID: r.anchor, Text: text, To: e.insteadOf(r)})
		}
	}
	return notes
}

// insteadOf returns where to go instead of what was given up.
func (e *edition) insteadOf(r retirement) Link {
	if r.to == "" {
		return Link{}
	}
	to, in := e.plan.lastRetired(r.to), e
	if in.Prefix != "" && !in.plan.taken[filePath(in.Prefix+to)] {
		in = in.plan.editions[0]
	}
	to = strings.TrimPrefix(in.plan.last(in.Prefix+to), in.Prefix)
	link := Link{Href: in.href(to) + hash(r.hash), Text: to}
	if p := in.PageAt(to); p != nil {
		title := in.sectionTitle(p)
		link.Text, link.Lang = title.Text, e.foreign(p.Lang)
		if p.Title == "" {
			link.Lang = ""
		}
	} else if of, ok := e.plan.labels[to]; ok {
		link.Text = of.title
	}
	return link
}

// lastRetired follows addresses that were given up for one another.
func (p *planner) lastRetired(to string) string {
	for range len(p.hub.Retired) {
		at := slices.IndexFunc(p.hub.Retired, func(r ledger.Retirement) bool {
			return r.Address.Anchor() == "" && r.Address.Path() == to && !r.To.IsZero()
		})
		if at < 0 || p.taken[filePath(to)] && !p.gone[to] {
			return to
		}
		to = p.hub.Retired[at].To.Path()
	}
	return to
}

// retiredPages plans what stands at retired addresses. To retire a page
// retires every address that the ledger has under its record, but for those
// that have a line of their own. What has a page or an alias again is passed
// over; package check says so.
func (p *planner) retiredPages() []publish.Artifact {
	var all []retirement
	seen := map[string]bool{}
	add := func(r retirement) {
		if p.taken[filePath(r.path)] {
			return
		}
		if !seen[r.path] {
			seen[r.path] = true
			all = append(all, r)
		}
	}
	for _, r := range p.hub.Retired {
		if r.Address.Anchor() == "" {
			add(newRetirement(r, p.entryOf(r)))
		}
	}
	for _, r := range p.hub.Retired {
		for _, r := range p.belongingTo(r) {
			add(r)
		}
	}
	for i := range all {
		all[i].anchors = p.goneAnchors(all[i].path)
	}
	for _, r := range all {
		p.gone[r.path] = true
	}
	var artifacts []publish.Artifact
	for _, r := range all {
		artifacts = append(artifacts, p.retiredAt(r)...)
	}
	return artifacts
}

// entryOf returns what the ledger says of an address that was given up.
func (p *planner) entryOf(r ledger.Retirement) ledger.Entry {
	if entry, found := p.hub.Ledger.Find(r.Address); found {
		return entry
	}
	return ledger.Entry{Address: r.Address}
}

// belongingTo returns what is given up together with a page.
func (p *planner) belongingTo(r ledger.Retirement) []retirement {
	where := r.Address.Path()
	if r.Address.Anchor() != "" || p.taken[filePath(where)] {
		return nil
	}
	entry := p.entryOf(r)
	var others []ledger.Entry
	switch {
	case entry.File != "" && ledger.PageOf(entry.File) == where:
		others = p.underRecord(entry.File)
	case isFacet(where):
		others = p.below(where)
	}
	return mapTo(others, func(other ledger.Entry) retirement {
		belonging := newRetirement(r, other)
		if other.Address.Anchor() != "" {
			belonging.title = entry.Title
		}
		return belonging
	})
}

// goneAnchors returns the places that a page had, as far as the ledger and
// retired.yaml know them.
func (p *planner) goneAnchors(path string) []string {
	anchors := mapTo(p.anchorsOf(path), func(a recordedAnchor) string { return a.id })
	for _, book := range p.goneBooks[path] {
		anchors = append(anchors, book.anchor)
	}
	slices.Sort(anchors)
	return slices.Compact(anchors)
}

// underRecord returns the entries of a record and of the files beside it.
func (p *planner) underRecord(file string) []ledger.Entry {
	entries := p.hub.Ledger.Under(file)
	if folder, ok := strings.CutSuffix(file, "/index.md"); ok {
		for _, entry := range p.hub.Ledger.Entries() {
			if strings.HasPrefix(entry.File, folder+"/") && path.Ext(entry.File) != ".md" {
				entries = append(entries, entry)
			}
		}
	}
	return entries
}

// isFacet reports whether a path is that of a list of databases with one value
// of a facet. Such a page has no record of its own.
func isFacet(path string) bool {
	rest, ok := strings.CutPrefix(path, "/databases/")
	return ok && strings.Count(rest, "/") == 2 && strings.HasSuffix(rest, "/")
}

// below returns the entries of what lies below a page: letters, cartridges.
func (p *planner) below(path string) []ledger.Entry {
	var entries []ledger.Entry
	for _, entry := range p.hub.Ledger.Entries() {
		if inside, ok := strings.CutPrefix(entry.Address.Path(), path); ok && inside != "" {
			entries = append(entries, entry)
		}
	}
	return entries
}

// retiredAt plans what stands at one retired address in each language.
func (p *planner) retiredAt(r retirement) []publish.Artifact {
	ext := path.Ext(r.path)
	if !strings.HasSuffix(r.path, "/") {
		to := p.lastRetired(r.to)
		if source := p.planned(filePath(to)); to != "" && source != nil && strings.EqualFold(path.Ext(to), ext) {
			same := *source
			same.Path, same.Page = filePath(r.path), nil
			p.taken[same.Path] = true
			return []publish.Artifact{same}
		}
		if ext == ".ics" {
			p.taken[filePath(r.path)] = true
			return []publish.Artifact{{Path: filePath(r.path), Render: emptyCalendar}}
		}
		return []publish.Artifact{p.editions[0].retiredPage(r.path, r.path+"/", r)}
	}
	for _, e := range p.editions[1:] {
		if inside, ok := strings.CutPrefix(r.path, e.Prefix+"/"); ok {
			return []publish.Artifact{e.retiredPage("/"+inside, "/"+inside, r)}
		}
	}
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		if !p.taken[filePath(e.Prefix+r.path)] {
			artifacts = append(artifacts, e.retiredPage(r.path, r.path, r))
		}
	}
	return artifacts
}

// planned returns the artifact with a path, nil if there is none.
func (p *planner) planned(path string) *publish.Artifact {
	for i := range p.artifacts {
		if p.artifacts[i].Path == path {
			return &p.artifacts[i]
		}
	}
	return nil
}

func emptyCalendar(w *bytes.Buffer) error {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Twinshelf//Library hours//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetCalscale("GREGORIAN")
	return cal.SerializeTo(io.Writer(w), ics.WithNewLineWindows)
}

// retiredPage plans the page that says that something is gone.
func (e *edition) retiredPage(address, at string, r retirement) publish.Artifact {
	e.plan.taken[filePath(e.Prefix+at)] = true
	about := e.words.T("retired-file")
	if strings.HasSuffix(address, "/") {
		title := r.title
		if title == "" {
			title = address
		}
		about = e.words.T("retired-about", "title", title)
	}
	what := func() leaf {
		return leaf{
			path: at, title: Text{Text: e.words.T("retired-title")}, description: about, noIndex: true, everywhere: true,
			anchors: func() []string { return r.anchors },
		}
	}
	return page(e, what, "retired", func(s Shell) RetiredView {
		v := RetiredView{Shell: s, About: about, To: e.insteadOf(r), Anchors: r.anchors}
		if r.reason != "" {
			v.Reason = Text{Text: e.words.T("retired-reason", "reason", e.Site.Phrase(r.reason))}
		}
		if section := e.Sections[hub.Section(strings.SplitN(address, "/", 3)[1])]; section != nil {
			v.Links = append(v.Links, Link{Href: e.href(section.Path), Text: e.sectionTitle(section).Text})
		}
		v.Links = append(v.Links, Link{Href: e.href("/"), Text: e.words.T("home")})
		return v
	})
}

// formerLanguages plans redirects from the pages and embeds of languages that
// the ledger knows and site.yaml no longer lists, or now has first, to the
// default language, and copies of its feed.
func (p *planner) formerLanguages() []publish.Artifact {
	standard := p.editions[0]
	var artifacts []publish.Artifact
	for _, entry := range p.hub.Ledger.Entries() {
		prefix, ok := p.formerPrefix(entry)
		if !ok {
			continue
		}
		p.former = append(p.former, prefix)
		for i := range p.artifacts {
			a := &p.artifacts[i]
			from := sitePath(a.Path)
			_, moved := p.targets[from]
			if a.Page == nil && !moved || a.Path == "404.html" || p.language(from) != standard {
				continue
			}
			artifacts = append(artifacts, standard.move(prefix+from, p.last(from), entry.Pos)...)
		}
		if feed := filePath(prefix + "/feed.xml"); !p.taken[feed] {
			p.taken[feed] = true
			artifacts = append(artifacts, publish.Artifact{Path: feed, Render: standard.feed})
		}
	}
	return artifacts
}

// formerPrefix returns the prefix of a language whose home an entry of the
// ledger was, if site.yaml no longer lists it or now has it first.
func (p *planner) formerPrefix(entry ledger.Entry) (string, bool) {
	prefix := strings.TrimSuffix(entry.Address.Path(), "/")
	name := strings.TrimPrefix(prefix, "/")
	if name == "" || strings.Contains(name, "/") || entry.Address.Anchor() != "" || p.isRetired(prefix+"/") {
		return "", false
	}
	if _, err := lang.ParseTag(name); err != nil || p.taken[filePath(prefix+"/")] {
		return "", false
	}
	switch entry.File {
	case "", "site.yaml", "index.md", "site." + name + ".yaml", "index." + name + ".md":
		return prefix, true
	}
	return "", false
}

// language returns the edition that a path with its prefix is in.
func (p *planner) language(path string) *edition {
	for _, e := range p.editions[1:] {
		if strings.HasPrefix(path, e.Prefix+"/") {
			return e
		}
	}
	return p.editions[0]
}

// sitePath is the way back from filePath.
func sitePath(file string) string {
	if file == "index.html" {
		return "/"
	}
	if strings.HasSuffix(file, "/index.html") {
		file = strings.TrimSuffix(file, "index.html")
	}
	return "/" + file
}
