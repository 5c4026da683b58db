package output

import (
	"html/template"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
)

// sprite is the layout icons cut into its symbols, so that a page holds only
// those that it uses. All of them are 3.1 KB, half of what the small page of a
// database weighed (2026-11-26: 6.0 KB, now 3.5).
type sprite []spritePiece

// spritePiece is a symbol, or what stands around symbols.
type spritePiece struct {
	html template.HTML
	id   string // of the format, kind of book or place whose icon it is; "" for what every page gets
}

// newSprite cuts a layout at its symbols, <symbol id="i-ID">. What is written
// in another way, or is the icon of something else, stands on every page.
func newSprite(icons template.HTML) sprite {
	known := iconIDs()
	var s sprite
	rest := string(icons)
	for rest != "" {
		begin, end := strings.Index(rest, `<symbol id="i-`), strings.Index(rest, `</symbol>`)
		if begin < 0 || end < begin {
			break
		}
		end += len(`</symbol>`)
		symbol := rest[begin:end]
		id, _, _ := strings.Cut(symbol[len(`<symbol id="i-`):], `"`)
		if !slices.Contains(known, id) {
			id = ""
		}
		s = append(s, spritePiece{html: template.HTML(rest[:begin])}, spritePiece{template.HTML(symbol), id}) //nolint:gosec // parts of a layout
		rest = rest[end:]
	}
	return append(s, spritePiece{html: template.HTML(rest)}) //nolint:gosec // as above
}

// iconIDs lists what has an icon that only pages with it need.
func iconIDs() []string {
	return slices.Concat(
		mapTo(hub.Formats(), func(f hub.Format) string { return string(f) }),
		mapTo(hub.BookKinds(), func(k hub.BookKind) string { return string(k) }),
		mapTo(hub.Places(), func(w hub.Where) string { return string(w) }),
	)
}

// sprite returns the layout icons with the symbols of some terms. A page whose
// text shows databases or books gets all symbols.
func (e *edition) sprite(s Shell, used []string) []template.HTML {
	pieces := make([]template.HTML, 0, len(used)+2)
	for _, p := range e.shell.sprite {
		if p.html != "" && (p.id == "" || s.Icons || slices.Contains(used, p.id)) {
			pieces = append(pieces, p.html)
		}
	}
	return pieces
}

// databaseIcons lists the terms whose icons stand beside a database.
func databaseIcons(d *hub.Database) []string {
	used := mapTo(d.Formats, func(f hub.Format) string { return string(f) })
	for _, a := range d.Access {
		for _, w := range a.Where {
			if !slices.Contains(used, string(w)) {
				used = append(used, string(w))
			}
		}
	}
	return used
}

// bookIcons lists the terms whose icons stand beside books.
func bookIcons(books []*hub.Book) []string {
	var used []string
	for _, b := range books {
		for _, f := range b.Formats {
			if !slices.Contains(used, string(f.Kind)) {
				used = append(used, string(f.Kind))
			}
		}
	}
	return used
}
