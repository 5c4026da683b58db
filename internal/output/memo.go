package output

import (
	"bytes"
	"sync"
)

// memo remembers what was made for a key. What several pages show alike is
// made when the first of them is rendered and not while the site is planned,
// so that a plan stays cheap. The zero memo is ready; it is safe for concurrent
// use. Two goroutines may both make a value; all get the same one.
type memo[K comparable, V any] struct {
	mu     sync.RWMutex
	values map[K]V // not a sync.Map, which allocates for each key that is no pointer
}

func (m *memo[K, V]) get(key K, produce func() V) V {
	m.mu.RLock()
	v, ok := m.values[key]
	m.mu.RUnlock()
	if ok {
		return v
	}
	made := produce() // may ask for other keys
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.values[key]; ok {
		return v
	}
	if m.values == nil {
		m.values = map[K]V{}
	}
	m.values[key] = made
	return made
}

// scratch lends buffers, so that what is made piece by piece grows once for
// many pages. The zero scratch is ready; it is safe for concurrent use.
type scratch struct{ buffers sync.Pool }

// make returns what fill appends to an empty buffer.
func (s *scratch) make(fill func(w *bytes.Buffer) error) (string, error) {
	w, ok := s.buffers.Get().(*bytes.Buffer)
	if !ok {
		w = &bytes.Buffer{}
	}
	defer s.buffers.Put(w)
	w.Reset()
	err := fill(w)
	return w.String(), err
}
