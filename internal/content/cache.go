package content

import (
	"sync"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/ledger"
)

// Cache keeps what was read from files between one Load and the next, so that
// a rebuild parses only what changed. Files are compared by a digest of their
// whole text; the texts themselves are not kept.
// The zero Cache is empty and ready; it is safe for concurrent use.
type Cache struct {
	mu    sync.Mutex
	files map[string]*parsedFile
	rows  map[string]*parsedTable

	last   *joined // what the last Load made; nil while one is using it
	ledger parsedLedger
	orders map[lang.Tag]*lang.Collation // which remember the keys of titles
}

// takeLast returns what the last Load made, nil if there was none. Who takes it
// may change it and puts something back.
func (c *Cache) takeLast() *joined {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	last := c.last
	c.last = nil
	return last
}

func (c *Cache) putLast(last *joined) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = last
}

// order returns the order from A to Z of a language.
func (c *Cache) order(tag lang.Tag) *lang.Collation {
	if c == nil {
		return lang.NewCollation(tag)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.orders == nil {
		c.orders = map[lang.Tag]*lang.Collation{}
	}
	if c.orders[tag] == nil {
		c.orders[tag] = lang.NewCollation(tag)
	}
	return c.orders[tag]
}

// parsedLedger is links.lock as it was read. The zero value is that of a hub
// without one.
type parsedLedger struct {
	text     string
	ledger   ledger.Ledger
	findings []diag.Finding
}

// readLedger parses links.lock, unless its text is the one of last time: with
// tens of thousands of lines that takes longer than all the rest of a rebuild.
func (c *Cache) readLedger(path, text string) (ledger.Ledger, []diag.Finding) {
	if c == nil {
		return ledger.Parse(path, []byte(text))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ledger.text != text {
		l, findings := ledger.Parse(path, []byte(text))
		c.ledger = parsedLedger{text, l, findings}
	}
	return c.ledger.ledger, c.ledger.findings
}

// file returns the parsed file of a path if its text is the same.
func (c *Cache) file(path string, sum Sum) *parsedFile {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if f := c.files[path]; f != nil && f.sum == sum {
		return f
	}
	return nil
}

func (c *Cache) putFile(f *parsedFile) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files == nil {
		c.files = map[string]*parsedFile{}
	}
	c.files[f.path] = f
}

func (c *Cache) table(path string, sum Sum) *parsedTable {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.rows[path]; t != nil && t.sum == sum {
		return t
	}
	return nil
}

func (c *Cache) putTable(t *parsedTable) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows == nil {
		c.rows = map[string]*parsedTable{}
	}
	c.rows[t.path] = t
}

// forget drops what belongs to files that are gone.
func (c *Cache) forget(known func(path string) bool) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for path := range c.files {
		if !known(path) {
			delete(c.files, path)
		}
	}
	for path := range c.rows {
		if !known(path) {
			delete(c.rows, path)
		}
	}
}
