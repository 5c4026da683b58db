package output

import (
	"bytes"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/twinshelf/twinshelf/internal/lang"
)

// searchFields are the fields of the index; search-index.js weighs them.
var searchFields = [...]string{"title", "names", "topics", "text"}

// searchIndex is an index as minisearch serialises its own, so that a browser
// loads it and does not need to make it: for each term, in which field of which
// document it stands how often.
// See https://lucaong.github.io/minisearch/types/MiniSearch.AsPlainObject.html
type searchIndex struct {
	docs    []searchDoc
	lengths [][len(searchFields)]int // different terms of each field
	terms   map[string]*[]posting    // each in the order of documents and fields
}

// posting says how often a term stands in a field of a document.
type posting struct {
	doc          int32
	field, times int16
}

func newSearchIndex() *searchIndex { return &searchIndex{terms: map[string]*[]posting{}} }

func (x *searchIndex) add(d *searchDoc) {
	doc := int32(len(x.docs)) //nolint:gosec // a hub has no two thousand million pages
	x.docs = append(x.docs, searchDoc{href: d.href, kind: d.kind, title: d.title, about: d.about, lang: d.lang})
	var lengths [len(searchFields)]int
	for field, text := range d.fields() {
		for term := range searchTerms(text) {
			list := x.terms[term]
			if list == nil {
				list = new([]posting)
				x.terms[strings.Clone(term)] = list
			}
			if n := len(*list); n > 0 && (*list)[n-1].doc == doc && (*list)[n-1].field == int16(field) {
				(*list)[n-1].times++
				continue
			}
			*list = append(*list, posting{doc, int16(field), 1})
			lengths[field]++
		}
	}
	x.lengths = append(x.lengths, lengths)
}

// write writes the index as JSON. It is written by hand because minisearch
// wants objects whose keys are numbers in order.
func (x *searchIndex) write(w *bytes.Buffer) {
	b := make([]byte, 0, 64<<10) // a piece of what may be many megabytes
	flush := func() {
		if len(b) > cap(b)/2 {
			w.Write(b)
			b = b[:0]
		}
	}
	b = append(b, `{"documentCount":`...)
	b = strconv.AppendInt(b, int64(len(x.docs)), 10)
	b = append(b, `,"nextId":`...)
	b = strconv.AppendInt(b, int64(len(x.docs)), 10)
	b = append(b, `,"documentIds":{`...)
	for i := range x.docs {
		b = appendString(appendKey(b, i > 0, i), x.docs[i].href)
		flush()
	}
	b = append(b, `},"fieldIds":{`...)
	for i, name := range searchFields {
		b = appendString(appendComma(b, i > 0), name)
		b = append(b, ':')
		b = strconv.AppendInt(b, int64(i), 10)
	}
	b = append(b, `},"fieldLength":{`...)
	var totals [len(searchFields)]int
	for i, lengths := range x.lengths {
		b = append(appendKey(b, i > 0, i), '[')
		for field, n := range lengths {
			totals[field] += n
			b = strconv.AppendInt(appendComma(b, field > 0), int64(n), 10)
		}
		b = append(b, ']')
	}
	b = append(b, `},"averageFieldLength":[`...)
	for field, n := range totals {
		b = strconv.AppendFloat(appendComma(b, field > 0), float64(n)/float64(max(len(x.docs), 1)), 'g', -1, 64)
	}
	b = append(b, `],"storedFields":{`...)
	for i := range x.docs {
		b = x.docs[i].appendStored(appendKey(b, i > 0, i))
		flush()
	}
	b = append(b, `},"dirtCount":0,"index":[`...)
	for i, term := range slices.Sorted(maps.Keys(x.terms)) {
		b = append(appendComma(b, i > 0), '[')
		b = append(appendString(b, term), ',')
		b = append(appendPostings(b, *x.terms[term]), ']')
		flush()
	}
	w.Write(append(b, "],\"serializationVersion\":2}\n"...))
}

// appendPostings appends {"field":{"document":times}}.
func appendPostings(b []byte, list []posting) []byte {
	b = append(b, '{')
	open := false
	for field := range int16(len(searchFields)) {
		first := true
		for _, p := range list {
			if p.field != field {
				continue
			}
			if first {
				b = append(appendKey(b, open, int(field)), '{')
			}
			b = strconv.AppendInt(appendKey(b, !first, int(p.doc)), int64(p.times), 10)
			first, open = false, true
		}
		if !first {
			b = append(b, '}')
		}
	}
	return append(b, '}')
}

// appendStored appends what a result shows.
func (d *searchDoc) appendStored(b []byte) []byte {
	b = append(append(append(b, `{"kind":"`...), d.kind...), `","title":`...)
	b = appendString(b, d.title)
	if d.about != "" {
		b = appendString(append(b, `,"about":`...), d.about)
	}
	return append(append(append(b, `,"lang":"`...), d.lang.String()...), `"}`...)
}

func appendComma(b []byte, wanted bool) []byte {
	if wanted {
		return append(b, ',')
	}
	return b
}

func appendKey(b []byte, comma bool, key int) []byte {
	b = append(appendComma(b, comma), '"')
	return append(strconv.AppendInt(b, int64(key), 10), `":`...)
}

// appendString appends a text as JSON.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			w := bytes.NewBuffer(b)
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			_ = enc.Encode(s)       // a string into a buffer cannot fail
			w.Truncate(w.Len() - 1) // Encode ends with a line feed
			return w.Bytes()
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// searchTerms cuts a text into what search compares: runs of letters and
// digits, folded. Apostrophes fall out, so that "Wolf's" is "wolfs". The same
// is written in static/js/search-index.js, for what a reader types.
func searchTerms(s string) iter.Seq[string] {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\'', '‘', '’', 'ʻ', 'ʼ':
			return -1
		case 'ς': // one letter, written so at the end of a word
			return 'σ'
		}
		return r
	}, lang.Fold(s))
	return strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// withoutHyphens returns the words of a text that have hyphens once more, in
// one, so that "ebook" finds an e-book.
func withoutHyphens(s string) string {
	if !strings.ContainsAny(s, "-‑") {
		return ""
	}
	var b strings.Builder
	for _, word := range strings.Fields(s) {
		word = strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		if strings.ContainsAny(word, "-‑") {
			b.WriteString(" " + strings.ReplaceAll(strings.ReplaceAll(word, "-", ""), "‑", ""))
		}
	}
	return b.String()
}
