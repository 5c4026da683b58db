package output

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"strings"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/hub"
)

// coverColors is how many colours static/css/hub.css has for drawn covers.
const coverColors = 8

// drawnCover draws a cover in letters from title and author. Colours and
// letters are those of the style sheet, by class: a Content-Security-Policy
// without inline styles blocks anything else.
func drawnCover(b *hub.Book) template.HTML {
	const lineRoom, lines = 11, 5
	h := fnv.New32a()
	_, _ = h.Write([]byte(b.Title)) // a hash does not fail
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg class="cover cover-%d" viewBox="0 0 120 180" width="120" height="180" aria-hidden="true" focusable="false">`,
		h.Sum32()%coverColors)
	svg.WriteString(`<rect class="cover-board" width="120" height="180" rx="4"/><rect class="cover-spine" width="9" height="180"/>` +
		`<rect class="cover-frame" x="16" y="10" width="96" height="160" rx="2"/>`)
	for i, line := range wrap(b.Title, lineRoom, lines) {
		fmt.Fprintf(&svg, `<text class="cover-title" x="64" y="%d">%s</text>`, 40+i*19, template.HTMLEscapeString(line))
	}
	if len(b.Authors) > 0 {
		for i, line := range wrap(b.Authors[0], lineRoom+4, 2) {
			fmt.Fprintf(&svg, `<text class="cover-author" x="64" y="%d">%s</text>`, 146+i*14, template.HTMLEscapeString(line))
		}
	}
	svg.WriteString(`</svg>`)
	return template.HTML(svg.String()) //nolint:gosec // texts are escaped above
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
