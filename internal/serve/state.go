package serve

import (
	"bytes"
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
	days  []civil.Date // in the zones

	mistakes []byte        // the page that stands for all pages; nil if all is well
	files    int           // counts the changes of files that pages show without a word in their text
	over     chan struct{} // closed when another state stands in its place

	assets   map[string]publish.Artifact // fingerprinted files of earlier plans, which pages that are being loaded may still ask for
	rendered *rendered
}

// maxAssets is how many fingerprinted files of earlier plans are kept.
const maxAssets = 64

// newState returns the state after a load. before is nil the first time. line
// returns a line of a file.
func newState(site Site, now civil.Moment, before *state, files bool, line lineFunc) *state {
	st := &state{site: site, base: site.Base, zones: site.Zones, over: make(chan struct{}), rendered: &rendered{}}
	if before != nil {
		st.files, st.assets = before.files, before.assets
		if files {
			st.files++
		}
	}
	for _, zone := range st.zones {
		st.days = append(st.days, now.Date(zone))
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

// sameDays reports whether the pages are still of today.
func (st *state) sameDays(now civil.Moment) bool {
	for i, zone := range st.zones {
		if now.Date(zone) != st.days[i] {
			return false
		}
	}
	return true
}

// keepAssets keeps the fingerprinted files that the plan before had and this
// one lacks.
func (st *state) keepAssets(before *state) {
	kept := map[string]publish.Artifact{}
	for i := range before.site.Plan.Artifacts {
		a := &before.site.Plan.Artifacts[i]
		if a.Data != nil && strings.HasPrefix(a.Path, "assets/") && st.site.Plan.Lookup(a.Path) == nil {
			kept[a.Path] = *a
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
	if a := st.site.Plan.Lookup(path); a != nil {
		return a
	}
	if a, ok := st.assets[path]; ok {
		return &a
	}
	return nil
}

// rendered remembers the bytes of files that were asked for, so that a big
// list that a browser asks for again is not rendered again. The zero value is
// empty and ready; it is safe for concurrent use.
type rendered struct {
	mu    sync.Mutex
	pages map[string]*renderedPage
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
	p := r.pages[a.Path]
	if p == nil {
		if r.pages == nil || r.size > maxRendered {
			r.pages, r.size = map[string]*renderedPage{}, 0
		}
		p = &renderedPage{}
		r.pages[a.Path] = p
	}
	r.mu.Unlock()
	p.once.Do(func() {
		var w bytes.Buffer
		p.err = a.Fill(&w)
		p.text = w.Bytes()
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.size += len(p.text); p.err != nil && r.pages[a.Path] == p {
			delete(r.pages, a.Path) // the next one tries again
		}
	})
	return p.text, p.err
}
