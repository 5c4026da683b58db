package main

import (
	"fmt"
	"sync"
	"time"
)

// progress shows on a terminal how far work has come that lasts over a second.
// It is safe for concurrent use.
type progress struct {
	m     machine
	noun  string // what is counted: "files"
	begin time.Time

	mu    sync.Mutex
	last  time.Time
	shown bool
}

func newProgress(m machine, noun string) *progress {
	return &progress{m: m, noun: noun, begin: m.clock()}
}

// show draws the line, at most ten times a second.
func (p *progress) show(done, total int) {
	if !p.m.terminal {
		return
	}
	now := p.m.clock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.begin) < time.Second || now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.shown = now, true
	fmt.Fprintf(p.m.stderr, "\r\x1b[K%d of %d %s", done, total, p.noun)
}

// clear takes the line away.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.m.stderr, "\r\x1b[K")
	}
}
