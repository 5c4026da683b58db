package serve

import (
	"slices"
	"sync"
)

// inbox collects the names of what changed until they are taken, so that a
// thousand changes at once cost one load and no watcher has to wait.
// It is safe for concurrent use.
type inbox struct {
	arrived chan struct{} // holds something when names may have come

	mu    sync.Mutex
	names map[string]bool
	all   bool // anything may have changed
}

func newInbox() *inbox {
	return &inbox{arrived: make(chan struct{}, 1), names: map[string]bool{}}
}

// put adds names from the hub's root.
func (b *inbox) put(names ...string) {
	b.mu.Lock()
	for _, name := range names {
		b.names[name] = true
	}
	b.mu.Unlock()
	b.ring()
}

// putAll says that anything may have changed.
func (b *inbox) putAll() {
	b.mu.Lock()
	b.all = true
	b.mu.Unlock()
	b.ring()
}

func (b *inbox) ring() {
	select {
	case b.arrived <- struct{}{}:
	default:
	}
}

// waiting returns what take would, and leaves it there.
func (b *inbox) waiting() (names []string, all bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sorted(), b.all
}

// take empties the inbox.
func (b *inbox) take() (names []string, all bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	names, all = b.sorted(), b.all
	b.names, b.all = map[string]bool{}, false
	return names, all
}

func (b *inbox) sorted() []string {
	names := make([]string, 0, len(b.names))
	for name := range b.names {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
