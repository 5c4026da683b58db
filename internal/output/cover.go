package output

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"strings"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/hub"
)

// clothColors lists the colours that drawn covers are bound in. Cream letters
// on each of them have a contrast of at least 5:1.
func clothColors() []string {
	return []string{"#7d2a22", "#1d5a52", "#35507a", "#6a3f6b", "#8a4b16", "#3f5a2a", "#4a4440", "#86304f"}
}

const (
	coverInk  = "#fff9ec"
	coverGold = "#e8c170"
)

// drawnCover draws a cover in letters from title and author, the same for the
// same title: cloth, an ornament, a rule, letters. Colours are attributes,
// because a Content-Security-Policy without inline styles blocks styles.
func drawnCover(b *hub.Book) template.HTML {
	const lineRoom, lines = 11, 5
	h := fnv.New32a()
	_, _ = h.Write([]byte(b.Title)) // a hash does not fail
	sum, colors := h.Sum32(), clothColors()
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg class="cover" viewBox="0 0 120 180" width="120" height="180" aria-hidden="true" focusable="false">`+
		`<path fill="%s" d="M0 0h120v180H0z"/><path fill="#000" opacity=".18" d="M0 0h8v180H0z"/>`, colors[sum%uint32(len(colors))])
	svg.WriteString(ornament(sum / 8 % 4))
	fmt.Fprintf(&svg, `<g fill="%s" text-anchor="middle" font-size="15" font-weight="700">`, coverInk)
	title := wrap(b.Title, lineRoom, lines)
	for i, line := range title {
		fmt.Fprintf(&svg, `<text x="64" y="%d"%s>%s</text>`, 62-8*min(len(title), 4)/2+i*18, squeeze(line), template.HTMLEscapeString(line))
	}
	svg.WriteString(`</g>`)
	if len(b.Authors) > 0 {
		fmt.Fprintf(&svg, `<g fill="%s" text-anchor="middle" font-size="10.5">`, coverInk)
		for i, line := range wrap(b.Authors[0], lineRoom+5, 2) {
			fmt.Fprintf(&svg, `<text x="64" y="%d">%s</text>`, 152+i*13, template.HTMLEscapeString(line))
		}
		svg.WriteString(`</g>`)
	}
	svg.WriteString(`</svg>`)
	return template.HTML(svg.String()) //nolint:gosec // texts are escaped above
}

// ornament returns the gold on a cover.
func ornament(kind uint32) string {
	stroke := `fill="none" stroke="` + coverGold + `"`
	switch kind {
	case 0: // a frame
		return `<path ` + stroke + ` d="M16 10h96v160H16z"/><path ` + stroke + ` stroke-width=".6" d="M19 13h90v154H19z"/>`
	case 1: // bands
		return `<path fill="` + coverGold + `" d="M8 16h112v3H8zM8 22h112v1H8zM8 166h112v3H8zM8 162h112v1H8z"/>`
	case 2: // a sun over a rule
		return `<circle cx="64" cy="24" r="8" fill="` + coverGold + `"/><path ` + stroke + ` d="M40 136h48"/>`
	}
	return `<path ` + stroke + ` stroke-width="1.5" d="M24 14h80M24 170h80M52 136l12-6 12 6"/>` // a book's fold
}

// squeeze keeps a long word on the cover.
func squeeze(line string) string {
	if utf8.RuneCountInString(line) <= 12 {
		return ""
	}
	return ` textLength="100" lengthAdjust="spacingAndGlyphs"`
}

// wrap breaks a text into lines of about room letters; what does not fit into
// so many lines ends in an ellipsis.
func wrap(text string, room, lines int) []string {
	var out []string
	for word := range strings.FieldsSeq(text) {
		n := len(out)
		switch {
		case n > 0 && utf8.RuneCountInString(out[n-1])+1+utf8.RuneCountInString(word) <= room:
			out[n-1] += " " + word
		case n == lines:
			out[n-1] += "…"
			return out
		default:
			out = append(out, word)
		}
	}
	return out
}
