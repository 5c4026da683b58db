package serve

import (
	"bytes"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// state is all that a request is answered from. It is never changed, only
// replaced, but for what it remembers of pages that it rendered.
type state struct {
	site  Site   // the last one without errors; its plan is nil if there was none yet
	base  string // the path of the site's url, a slash at both ends
	zones []*time.Location
	now   civil.Moment

	mistakes []byte        // the page that stands for all pages; nil if all is well
	files    int           // counts the changes of files that pages show without a word in their text
	over     chan struct{} // closed when another state stands in its place

	early    map[string]*publish.Artifact // pages that are newer than the plan, by path
	assets   map[string]*publish.Artifact // fingerprinted files of earlier plans, which pages that are being loaded may still ask for
	rendered *rendered
}

// maxAssets is how many fingerprinted files of earlier plans are kept.
const maxAssets = 64

// newState returns the state after a load. before is nil the first time. line
// returns a line of a file.
func newState(site Site, now civil.Moment, before *state, files bool, line lineFunc) *state {
	st := &state{site: site, base: site.Base, zones: site.Zones, now: now, over: make(chan struct{}), rendered: &rendered{}}
	if before != nil {
		st.files, st.assets = before.files, before.assets
		if files {
			st.files++
		}
	}
	if site.failed() {
		st.base = baseOf(site, before)
		st.mistakes, st.site = mistakesPage(site.Findings, st.base, line), Site{}
		if before != nil {
			st.site, st.rendered = before.site, before.rendered
		}
		return st
	}
	if before != nil && before.site.Plan != nil {
		st.keepAssets(before)
	}
	return st
}

// baseOf returns the path below which a site with errors is shown: that of the
// site before, so that open pages stay where they are.
func baseOf(site Site, before *state) string {
	switch {
	case before != nil && (before.site.Plan != nil || site.Base == ""):
		return before.base
	case site.Base == "":
		return "/"
	}
	return site.Base
}

// withTrouble returns the state with a page that tells of trouble with the
// machine in the place of all pages.
func (st *state) withTrouble(err error) *state {
	after := *st
	after.mistakes = troublePage(err, st.base)
	after.over = make(chan struct{})
	return &after
}

// sameDays reports whether it is the same day in each zone at two moments.
func sameDays(zones []*time.Location, a, b civil.Moment) bool {
	for _, zone := range zones {
		if a.Date(zone) != b.Date(zone) {
			return false
		}
	}
	return true
}

// keepAssets keeps the fingerprinted files that the plan before had and this
// one lacks.
func (st *state) keepAssets(before *state) {
	kept := map[string]*publish.Artifact{}
	for i := range before.site.Plan.Artifacts {
		a := &before.site.Plan.Artifacts[i]
		if a.Data != nil && strings.HasPrefix(a.Path, "assets/") && st.site.Plan.Lookup(a.Path) == nil {
			kept[a.Path] = a
		}
	}
	for path, a := range before.assets {
		if len(kept) < maxAssets && st.site.Plan.Lookup(path) == nil {
			kept[path] = a
		}
	}
	st.assets = kept
}

// lookup returns the file of a path, or nil.
func (st *state) lookup(path string) *publish.Artifact {
	if st.site.Plan == nil {
		return nil
	}
	if a := st.early[path]; a != nil {
		return a
	}
	if a := st.site.Plan.Lookup(path); a != nil {
		return a
	}
	return st.assets[path]
}

// withPages returns the state with pages in the place of those of the plan.
func (st *state) withPages(pages []publish.Artifact) *state {
	after := *st
	after.early = maps.Clone(st.early)
	if after.early == nil {
		after.early = map[string]*publish.Artifact{}
	}
	for i := range pages {
		after.early[pages[i].Path] = &pages[i]
	}
	after.over = make(chan struct{})
	return &after
}

// rendered remembers the bytes of files that were asked for, so that a big
// list that a browser asks for again is not rendered again. The zero value is
// empty and ready; it is safe for concurrent use.
type rendered struct {
	mu    sync.Mutex
	pages map[*publish.Artifact]*renderedPage
	size  int
}

type renderedPage struct {
	once sync.Once
	text []byte
	err  error
}

// maxRendered is how many bytes of pages are remembered.
const maxRendered = 32 << 20

// bytes returns the bytes of a file. Who asks while another renders it waits
// for that. The caller must not change them.
func (r *rendered) bytes(a *publish.Artifact) ([]byte, error) {
	r.mu.Lock()
	p := r.pages[a]
	if p == nil {
		if r.pages == nil || r.size > maxRendered {
			r.pages, r.size = map[*publish.Artifact]*renderedPage{}, 0
		}
		p = &renderedPage{}
		r.pages[a] = p
	}
	r.mu.Unlock()
	p.once.Do(func() {
		var w bytes.Buffer
		p.err = a.Fill(&w)
		p.text = w.Bytes()
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.size += len(p.text); p.err != nil && r.pages[a] == p {
			delete(r.pages, a) // the next one tries again
		}
	})
	return p.text, p.err
}
