package content

import "sync"

// Cache keeps what was read from files between one Load and the next, so that
// a rebuild parses only what changed. Files are compared by their whole text.
// The zero Cache is empty and ready; it is safe for concurrent use.
type Cache struct {
	mu    sync.Mutex
	files map[string]*parsedFile
	rows  map[string]*parsedTable
}

// file returns the parsed file of a path if its text is the same.
func (c *Cache) file(path, text string) *parsedFile {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if f := c.files[path]; f != nil && f.text == text {
		return f
	}
	return nil
}

// anyFile returns the parsed file of a path, whatever its text is now.
func (c *Cache) anyFile(path string) *parsedFile {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.files[path]
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

func (c *Cache) table(path, text string) *parsedTable {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.rows[path]; t != nil && t.text == text {
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
