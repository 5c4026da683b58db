package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// How long to wait until changes have settled. One save of an editor is a few
// changes within a millisecond; a checkout of git is many, with gaps.
const (
	quiet     = 4 * time.Millisecond
	quietMany = 60 * time.Millisecond
	many      = 20                     // this many names are no single save
	comeBack  = 40 * time.Millisecond  // for a file that an editor moved away or cut
	longest   = 500 * time.Millisecond // changes that never end are shown now and then
)

// first loads the hub for the first time.
func (s *server) first(ctx context.Context) error {
	now := s.opts.Now()
	site, err := s.load(ctx, now)
	if err != nil {
		return err
	}
	s.publish(site, now, false)
	return nil
}

// follow loads the hub again after each change, and when a day is over, until
// the context ends.
func (s *server) follow(ctx context.Context) error {
	tick := time.NewTicker(dayCheck)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if st, now := s.current.Load(), s.opts.Now(); !sameDays(st.zones, st.now, now) {
				s.reload(ctx, false)
			}
		case <-s.inbox.arrived:
			s.settle(ctx)
			s.catchUp(ctx)
		}
	}
}

// settle waits until no changes come for a while.
func (s *server) settle(ctx context.Context) {
	begin := time.Now()
	for {
		names, all := s.inbox.waiting()
		wait := quiet
		switch {
		case all || len(names) > many:
			wait = quietMany
		case time.Since(begin) < comeBack && s.tree.unsettled(names):
			wait = comeBack
		}
		if time.Since(begin) > longest {
			return
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-s.inbox.arrived:
			timer.Stop()
		case <-timer.C:
			return
		}
	}
}

// catchUp loads the hub if what is in the inbox is a change, or if mistakes were
// held back because of it.
func (s *server) catchUp(ctx context.Context) {
	names, all := s.inbox.take()
	if all {
		s.tree.forgetAll()
		s.reload(ctx, true)
		return
	}
	names = s.tree.refresh(names)
	if len(names) == 0 && s.held == 0 {
		return
	}
	files := false
	for _, name := range names {
		files = files || !isText(name)
	}
	s.reload(ctx, files)
}

// isText reports whether a change of the file shows in the text of pages or in
// a style sheet. Of all others (pictures, scripts, data) an open page does not
// know whether it shows them.
func isText(name string) bool {
	if strings.HasPrefix(name, "static/") {
		return path.Ext(name) == ".css"
	}
	switch path.Ext(name) {
	case ".md", ".yaml", ".csv", ".html", ".lock":
		return true
	}
	return false
}

// reload loads the hub and replaces the state. What was found while files were
// still changing is not shown when it is a mistake: half of a checkout has
// mistakes that the other half mends.
func (s *server) reload(ctx context.Context, files bool) {
	// Pages tell days. As long as it is the same day the moment stays what it
	// was, so that what did not change need not be made again.
	clock := s.opts.Now()
	now := clock
	if before := s.current.Load(); sameDays(before.zones, before.now, clock) {
		now = before.now
	}
	site, err := s.load(ctx, now)
	if err == nil && !sameDays(site.Zones, now, clock) { // another zone, in which it is tomorrow
		now = clock
		site, err = s.load(ctx, now)
	}
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		s.trouble(err)
		return
	}
	if names, all := s.inbox.waiting(); site.failed() && (all || len(names) > 0) && s.held < maxHeld {
		s.held++
		s.files = s.files || files
		return
	}
	s.held = 0
	s.publish(site, now, files || s.files)
	s.files = false
}

// maxHeld is how many loads with mistakes are held back in a row.
const maxHeld = 5

// load calls Load. A file that vanishes between being listed and being read is
// no trouble: it is asked again.
func (s *server) load(ctx context.Context, now civil.Moment) (Site, error) {
	const tries = 5
	for try := 1; ; try++ {
		site, err := s.opts.Load(ctx, s.tree, now, s.early)
		if err == nil || try == tries || !errors.Is(err, fs.ErrNotExist) {
			return site, err
		}
		s.tree.forgetAll()
	}
}

// early shows pages of a site that is not all known yet.
func (s *server) early(pages []publish.Artifact) {
	if before := s.current.Load(); before != nil && before.mistakes == nil {
		s.replace(before, before.withPages(pages))
	}
}

// publish makes a site the one that requests are answered from.
func (s *server) publish(site Site, now civil.Moment, files bool) {
	before := s.current.Load()
	after := newState(site, now, before, files, s.tree.line)
	s.replace(before, after)
	switch {
	case after.mistakes != nil:
		errors, _ := diag.Count(site.Findings)
		for _, f := range site.Findings {
			if f.Severity == diag.Error {
				s.opts.Say(f.String())
			}
		}
		s.opts.Say(fmt.Sprintf("%d to mend before the pages show again", errors))
	case before != nil && before.mistakes != nil:
		s.opts.Say("mended")
	}
}

// trouble shows what keeps the hub from being read at all.
func (s *server) trouble(err error) {
	before := s.current.Load()
	s.replace(before, before.withTrouble(err))
	s.opts.Say(err.Error())
}

// replace puts a state in the place of the one before and wakes the event
// streams that wait for it.
func (s *server) replace(before, after *state) {
	s.current.Store(after)
	if before != nil {
		close(before.over)
	}
}
