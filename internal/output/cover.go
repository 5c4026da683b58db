package output

import (
	"hash/fnv"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/twinshelf/twinshelf/internal/hub"
)

// A drawn cover is 120 units wide and 180 high: cloth, a spine, an ornament,
// and the title in the largest type that fits.
const (
	coverRoom   = 88   // for a line
	coverTop    = 30   // where the title may begin
	coverTall   = 90   // how much height the title may take
	coverLead   = 1.14 // line height
	coverCloths = 8    // static/css/hub.css has the colours: .c0 to .c7
	coverAuthor = 9.5  // size of the author's name
)

// coverOrnaments lists what is printed on the cloth, in thin lines.
func coverOrnaments() []string {
	return []string{
		"M15.5 8.5h97v163h-97zM18.5 11.5h91v157h-91z",               // a frame
		"M9 16h111M9 20h111M9 163h111M9 167h111M52 131h24",          // bands
		"M64 16a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM40 131h48M46 134h36", // a sun over a shelf
		"m52 134 12-6 12 6M24 14h80M24 170h80",                      // an open book
		"M15.5 8.5h97v163h-97zm48.5 116 6 6-6 6-6-6z",               // a frame with a diamond
	}
}

// appendCover draws a cover in letters from title and author, the same for the
// same title. It is hidden from screen readers: both stand beside it in words.
// Colours are the style sheet's, by class, because a Content-Security-Policy
// without inline styles blocks anything else.
func appendCover(b []byte, book *hub.Book) []byte {
	h := fnv.New32a()
	_, _ = h.Write([]byte(book.Title)) // a hash does not fail
	sum, ornaments := h.Sum32(), coverOrnaments()
	b = append(b, `<svg class="cover c`...)
	b = strconv.AppendUint(b, uint64(sum%coverCloths), 10)
	b = append(b, `" viewBox="0 0 120 180" width="120" height="180" aria-hidden="true" focusable="false"><path class="cb" d="M0 0h120v180H0z"/><path class="cs" d="M0 0h9v180H0z"/><path class="co" d="`...)
	b = append(b, ornaments[sum/coverCloths%uint32(len(ornaments))]...)
	b = append(b, `"/>`...)
	size, lines := fitCover(make([]coverLine, 0, 8), coverWords(book.Title))
	height := float64(len(lines)) * size * coverLead
	b = appendCoverLines(b, lines, size, coverTop+(coverTall-height)/2+size*0.9)
	if len(book.Authors) > 0 {
		lines := wrapCover(lines[:0], coverWords(book.Authors[0]), coverAuthor)
		lines = lines[:min(len(lines), 2)]
		b = appendCoverLines(b, lines, coverAuthor, 158-float64(len(lines)-1)*coverAuthor*coverLead)
	}
	return append(b, `</svg>`...)
}

// coverWord is a word and how wide it is. Widths are in hundredths of the size
// of the type, so that a word is measured once and not for every size that is
// tried: a cover takes 1.4 µs instead of 4.3 (2026-11-26, busy machine).
type coverWord struct {
	text  string
	width int
}

// coverLine is a line of words with blanks between.
type coverLine struct {
	words []coverWord
	width int
}

// fits reports whether a line of a width has room in a size of type.
func fits(width int, size float64) bool { return float64(width)*size <= 100*coverRoom }

func coverWords(text string) []coverWord {
	words := make([]coverWord, 0, strings.Count(text, " ")+1)
	for word := range strings.FieldsSeq(text) {
		width := 0
		for _, r := range word {
			width += coverWidth(r)
		}
		words = append(words, coverWord{word, width})
	}
	return words
}

// fitCover chooses the largest type in which a title fits, and its lines, for
// which room is lent.
func fitCover(room []coverLine, title []coverWord) (size float64, lines []coverLine) {
	for _, size = range []float64{20, 18, 16, 14, 12.5, 11, 10} {
		lines = wrapCover(room, title, size)
		tooWide := slices.ContainsFunc(lines, func(l coverLine) bool { return !fits(l.width, size) })
		if !tooWide && float64(len(lines))*size*coverLead <= coverTall {
			return size, lines
		}
	}
	if most := int(coverTall / (size * coverLead)); len(lines) > most {
		lines = lines[:most]
		last := &lines[most-1]
		last.words = append(slices.Clip(last.words), coverWord{text: "…"})
		last.width += coverWidth(' ') + coverWidth('…')
	}
	return size, lines
}

// wrapCover appends the lines into which words are broken.
func wrapCover(lines []coverLine, words []coverWord, size float64) []coverLine {
	begin := 0 // of the line
	for i, word := range words {
		if n := len(lines); i > begin {
			if width := lines[n-1].width + coverWidth(' ') + word.width; fits(width, size) {
				lines[n-1] = coverLine{words[begin : i+1], width}
				continue
			}
		}
		begin = i
		lines = append(lines, coverLine{words[i : i+1], word.width})
	}
	return lines
}

// coverWidth estimates how wide a letter comes out in bold type, in hundredths
// of its size. It errs on the safe side, since a reader's browser may not have
// the site's typeface.
func coverWidth(r rune) int {
	switch r {
	case 'i', 'l', 'j', 't', 'f', 'r', 'I', '.', ',', ':', ';', '!', '\'', '’', ' ', '-':
		return 35
	case 'm', 'w', 'M', 'W', '@', '—', '…':
		return 95
	}
	switch {
	case r >= 0x2e80: // Chinese and its neighbours
		return 95
	case unicode.IsUpper(r):
		return 71
	}
	return 59
}

// appendCoverLines appends lines of text, the first on the base line y. A line
// that is too long even in the smallest type is squeezed.
func appendCoverLines(b []byte, lines []coverLine, size, y float64) []byte {
	b = append(b, `<g font-size="`...)
	b = appendCoverNumber(b, size)
	b = append(b, `">`...)
	for i, line := range lines {
		b = append(b, `<text x="64" y="`...)
		b = appendCoverNumber(b, y+float64(i)*size*coverLead)
		b = append(b, '"')
		if !fits(line.width, size) {
			b = append(b, ` textLength="88" lengthAdjust="spacingAndGlyphs"`...)
		}
		b = append(b, '>')
		for j, word := range line.words {
			if j > 0 {
				b = append(b, ' ')
			}
			b = append(b, template.HTMLEscapeString(word.text)...)
		}
		b = append(b, `</text>`...)
	}
	return append(b, `</g>`...)
}

// appendCoverNumber appends a number with one digit after the point at most.
func appendCoverNumber(b []byte, f float64) []byte {
	b = strconv.AppendFloat(b, f, 'f', 1, 64)
	if n := len(b); b[n-1] == '0' {
		return b[:n-2]
	}
	return b
}
