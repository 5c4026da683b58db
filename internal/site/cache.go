package site

import (
	"crypto/sha256"
	"fmt"
	"io/fs"

	"github.com/twinshelf/twinshelf"
	"github.com/twinshelf/twinshelf/internal/check"
	"github.com/twinshelf/twinshelf/internal/content"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/layout"
	"github.com/twinshelf/twinshelf/internal/output"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Cache keeps what one Load leaves to the next one of the same hub, so that a
// rebuild repeats only what changed. The zero Cache is empty and ready. One
// Load at a time may use it.
type Cache struct {
	content content.Cache
	look    look
	output  *output.Cache
	last    *Site // nil if there was none without errors
}

// files returns the part of the cache that is about content/; nil for no cache.
func (c *Cache) files() *content.Cache {
	if c == nil {
		return nil
	}
	return &c.content
}

// plans returns the part of the cache that is about planning; nil for no cache.
func (c *Cache) plans() *output.Cache {
	if c == nil {
		return nil
	}
	if c.output == nil {
		c.output = &output.Cache{}
	}
	return c.output
}

// look is what makes pages of a hub: words and layouts. It is read-only.
type look struct {
	key      [sha256.Size]byte // of the hub's own layouts/ and its languages
	words    *lang.Dictionary
	layouts  *layout.Set
	findings []diag.Finding
}

// loadLook loads words and layouts, unless they are those of last time.
func (c *Cache) loadLook(root fs.FS, languages []lang.Tag) (look, error) {
	if c == nil {
		return loadLook(root, languages)
	}
	key, err := lookKey(root, languages)
	if err != nil {
		return look{}, err
	}
	if c.look.words == nil || c.look.key != key {
		next, err := loadLook(root, languages)
		if err != nil {
			return look{}, err
		}
		next.key = key
		c.look = next
	}
	return c.look, nil
}

// lookKey returns a digest of all that words and layouts are made of, beside
// the program.
func lookKey(root fs.FS, languages []lang.Tag) ([sha256.Size]byte, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, languages)
	err := fs.WalkDir(root, layout.Folder, func(name string, entry fs.DirEntry, err error) error {
		if name == layout.Folder && err != nil || err == nil && entry.IsDir() {
			return nil // a hub need not have layouts
		}
		if err != nil {
			return err
		}
		data, err := fs.ReadFile(root, name)
		fmt.Fprintln(sum, name, len(data), err)
		sum.Write(data)
		return nil
	})
	return [sha256.Size]byte(sum.Sum(nil)), err
}

func loadLook(root fs.FS, languages []lang.Tag) (look, error) {
	words, findings, err := lang.Load(lang.Source{Program: twinshelf.Layouts, Hub: root}, languages)
	if err != nil {
		return look{}, err
	}
	source := layout.Source{Program: twinshelf.Layouts, Hub: root, Bindings: output.Bindings(), Words: words}
	layouts, more, err := layout.Load(source)
	if err != nil {
		return look{}, err
	}
	if errors, _ := diag.Count(more); errors > 0 {
		// Nothing will be rendered. The program's own layouts let the rest be
		// checked in the same run.
		source.Hub = nil
		if layouts, _, err = layout.Load(source); err != nil {
			return look{}, err
		}
	}
	return look{words: words, layouts: layouts, findings: append(findings, more...)}, nil
}

// early returns the pages of the one record by which a hub differs from the
// last one, before the site is planned; nil where that cannot be known, and
// where one of their links leads nowhere.
func (c *Cache) early(s *Site) []publish.Artifact {
	last := c.last
	if last == nil || last.look.words != s.look.words || last.look.layouts != s.look.layouts {
		return nil
	}
	path, ok := s.Hub.Changed(last.Hub)
	if !ok {
		return nil
	}
	pages, ok := last.made.Revised(s.Hub, path)
	if !ok {
		return nil
	}
	findings := check.Links(check.Input{Hub: s.Hub, Plan: last.Plan, Moved: last.made.Moved, Retired: last.made.Retired, Words: s.Words}, path)
	if errors, _ := diag.Count(findings); errors > 0 {
		return nil
	}
	return pages
}
