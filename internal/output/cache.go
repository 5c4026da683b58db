package output

import (
	"crypto/sha256"
	"sync"

	"github.com/twinshelf/twinshelf/internal/card"
	"github.com/twinshelf/twinshelf/internal/layout"
)

// Cache keeps what no hub decides from one Plan to the next: the program's
// static files as they are minified, and what cards are drawn with. The zero
// Cache is empty and ready; it is safe for concurrent use, by plans of several
// hubs too.
type Cache struct {
	small memo[smallKey, smallFile]

	drawing sync.Once
	painter *card.Painter
	trouble error // of making the painter
}

// smallKey is the kind and the digest of a file.
type smallKey struct {
	ext string
	sum [sha256.Size]byte
}

type smallFile struct {
	data []byte
	err  error
}

// minify returns a file of the program minified. It is not for files of hubs:
// nothing is ever forgotten.
func (c *Cache) minify(ext string, data []byte) ([]byte, error) {
	f := c.small.get(smallKey{ext, sha256.Sum256(data)}, func() smallFile {
		small, err := layout.Minify(ext, data)
		return smallFile{small, err}
	})
	return f.data, f.err
}

// cardPainter returns the painter of all cards.
func (c *Cache) cardPainter() (*card.Painter, error) {
	c.drawing.Do(func() { c.painter, c.trouble = card.NewPainter() })
	return c.painter, c.trouble
}
