// Package output plans every file of the site. It takes the hub, the words,
// the layouts and the static files, and returns a plan: each file with its
// address, the place it comes from and a function that makes its bytes. It
// renders nothing itself and writes nothing: check looks at the plan first,
// then publish or serve asks for the bytes.
//
// There is one file of code for each kind of output, and one line in
// [planner.kinds] that names it. What a layout shows is a struct in a file
// view*.go; a layout can name only fields of its own struct.
//
//	made, findings, err := output.Plan(output.Options{Hub: h, Layouts: layouts, …})
//	artifact := made.Plan.At("/databases/sora/")
//
// A page for readers is an [edition]'s: the same code makes it once for each
// language. What does not depend on a language (calendars, the API, robots)
// exists once.
package output

import (
	"cmp"
	"html/template"
	"io/fs"
	"iter"
	"sync"

	"github.com/twinshelf/twinshelf/internal/card"
	"github.com/twinshelf/twinshelf/internal/cartridge"
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/layout"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/publish"
	"github.com/twinshelf/twinshelf/internal/qr"
)

// Options is what a site is made of. All fields but Cache are required.
type Options struct {
	Hub     *hub.Hub
	Words   func(lang.Tag) *lang.Words
	Layouts *layout.Set
	Root    fs.FS  // the hub's folder, for the files beside pages
	Static  fs.FS  // the hub's own static/ folder; an empty file system if it has none
	Brought fs.FS  // the program's static/ folder
	Cache   *Cache // what an earlier Plan left; nil for none
}

// Made is a planned site and what it promises for good. Paths in it count from
// the hub's root and are not percent-encoded.
type Made struct {
	Plan     *publish.Plan
	Promised iter.Seq[ledger.Entry] // what the ledger should have, anchors last, worked out anew for each walk; see planner.promised
	Moved    map[string]string      // old paths to the paths that they lead to
	Retired  map[string]bool        // paths of pages and files that say that something is gone

	planner *planner
}

// Plan plans the site. The findings are collisions: two files with one path,
// and paths that some system cannot write; and static files that cannot be read.
func Plan(opts Options) (Made, []diag.Finding, error) {
	p, err := newPlanner(opts)
	if err != nil {
		return Made{}, nil, err
	}
	room := 0
	for _, e := range p.editions {
		e.EachPage(func(*hub.Page) { room += 3 }) // a page, an embed, something more
	}
	p.artifacts = make([]publish.Artifact, 0, room)
	for _, kind := range p.kinds() {
		p.add(kind()...)
	}
	p.add(p.aliases()...)
	p.add(p.packsAtAliases()...)
	p.add(p.retiredPages()...)
	p.add(p.formerLanguages()...)
	p.add(p.recordedPacks()...)
	p.add(p.sitemap())
	plan, findings := publish.NewPlan(p.artifacts)
	p.site, p.artifacts = plan, nil
	findings = append(findings, p.assets.findings...)
	return Made{Plan: plan, Promised: p.promised, Moved: p.targets, Retired: p.gone, planner: p}, findings, nil
}

// kinds lists what the site consists of. The order decides only which of two
// files keeps an address that both want.
func (p *planner) kinds() []func() []publish.Artifact {
	return []func() []publish.Artifact{
		p.hostFiles,
		p.serviceWorker,
		p.api,
		p.feeds,
		p.calendars,
		p.homes,
		p.databases,
		p.libraries,
		p.hoursPages,
		p.awards,
		p.guides,
		p.plainPages,
		p.searchPages,
		p.handouts,
		p.embeds,
		p.files,
		p.notFound,
		p.staticFiles,
		p.socialCards,
		p.cartridgeFiles, // last, as guides lead to pages of all kinds
	}
}

// planner holds what all outputs share.
type planner struct {
	settled
	hub      *hub.Hub
	editions []*edition
	codes    qr.Printer
	scratch  scratch
	paths    memo[*hub.AwardList, []string]    // that a list has and had
	special  memo[*hours.Library, []hours.Run] // the special days from today on

	artifacts []publish.Artifact
	site      *publish.Plan // of artifacts, nil before it is made
	moved     []redirect
}

// settled is what a plan settles before anything is rendered, and what a
// revision shares with it.
type settled struct {
	layouts *layout.Set
	root    fs.FS // the hub's folder
	static  fs.FS // the hub's own
	assets  assets
	origin  string // "https://hub.example.org"
	base    string // the path of the site's url, a slash at both ends
	packer  func() (*cartridge.Packer, error)
	painter func() (*card.Painter, error)

	taken     map[string]bool   // paths of artifacts
	targets   map[string]string // of moved, by path
	gone      map[string]bool   // paths of what stands at retired addresses
	handedOut map[string]bool   // paths of pages whose handout has something on it
	labels    map[string]label  // what the ledger says of pages that no record makes, by path
	former    []string          // prefixes of languages that the hub no longer has
	packs     map[string]links  // of pages with cartridges, by path
	goneBooks map[string][]retirement
	anchors   map[string][]recordedAnchor // that the ledger has, by path
}

// edition is the site in one language.
type edition struct {
	*hub.Edition
	settledEdition
	plan  *planner
	shell shellParts

	// The databases from A to Z with their letters, complete before anything is
	// rendered.
	sorted  []*hub.Database
	whole   *databaseList
	letters map[*hub.Database]lang.Letter

	// Parts of pages that are made once, when a page first asks for them.
	cards          memo[*hub.Database, template.HTML]
	hours          memo[*hub.Library, LibraryHours]
	days           memo[civil.Date, dayName]
	formats        memo[hub.Format, Term]
	audiences      memo[hub.Audience, Term]
	places         memo[hub.Where, Term]
	subjects       memo[*hub.Subject, Term]
	bands          memo[hub.Grades, GradeBand]
	grades         memo[hub.Grades, string]
	sections       memo[hub.Section, Link]
	names          memo[lang.Tag, string] // of languages
	narrow         sync.Once
	narrowing      []FacetGroup
	narrowingParts []template.HTML // of narrowing
}

// settledEdition is what is settled of an edition and shared with revisions.
type settledEdition struct {
	words   *lang.Words
	shown   map[string]socialCard // pictures of shared links, by path of a section, award or library; "" for all others
	offered map[*hub.Library][]*hub.Database
	counts  map[string]int // how many entries the list at a path has
}

// sideBySide is how many libraries a page shows one by one where a reader looks
// for hers among all of them: the foot of every page, home, the catalogs of a
// book. A hub of more shows the way to the page of all libraries instead, so
// that no page grows with the hub.
const sideBySide = 12

func newPlanner(opts Options) (*planner, error) {
	site := opts.Hub.Default().Site
	cache := cmp.Or(opts.Cache, &Cache{})
	p := &planner{hub: opts.Hub, settled: settled{
		layouts: opts.Layouts, root: opts.Root, static: opts.Static,
		origin: site.URL.Scheme + "://" + site.URL.Host, base: site.URL.EscapedPath(),
		packer: sync.OnceValues(cartridge.NewPacker), painter: cache.cardPainter,
		taken: map[string]bool{}, targets: map[string]string{}, gone: map[string]bool{}, labels: map[string]label{},
		handedOut: map[string]bool{}, packs: map[string]links{},
	}}
	p.goneBooks = p.retiredBooks()
	var err error
	if p.assets, err = newAssets(opts.Static, opts.Brought, p.base, cache); err != nil {
		return nil, err
	}
	for _, e := range opts.Hub.Editions {
		settled := settledEdition{words: opts.Words(e.Lang), counts: map[string]int{}}
		p.editions = append(p.editions, &edition{Edition: e, plan: p, settledEdition: settled})
	}
	for _, e := range p.editions {
		if err := e.prepareShell(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// add puts files into the plan.
func (p *planner) add(artifacts ...publish.Artifact) {
	for i := range artifacts {
		p.taken[artifacts[i].Path] = true
	}
	p.artifacts = append(p.artifacts, artifacts...)
}

// recorded returns the day on which the ledger first had a path; zero if it
// does not have it.
func (p *planner) recorded(path string) civil.Date {
	entry, _ := p.entryAt(path)
	return entry.Date
}

// isRecorded reports whether the ledger has a path.
func (p *planner) isRecorded(path string) bool {
	_, ok := p.entryAt(path)
	return ok
}

func (p *planner) entryAt(path string) (ledger.Entry, bool) {
	a, err := ledger.NewAddress(path, "")
	if err != nil {
		return ledger.Entry{}, false
	}
	return p.hub.Ledger.Find(a)
}
