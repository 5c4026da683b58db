package output

import (
	"bytes"
	"encoding/json"
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
	terms   map[string]*postings
}

type postings [len(searchFields)][]posting

type posting struct{ doc, times int }

func newSearchIndex() *searchIndex { return &searchIndex{terms: map[string]*postings{}} }

func (x *searchIndex) add(d searchDoc) {
	doc := len(x.docs)
	x.docs = append(x.docs, d)
	var lengths [len(searchFields)]int
	for field, text := range d.fields() {
		for _, term := range searchTerms(text) {
			p := x.terms[term]
			if p == nil {
				p = new(postings)
				x.terms[term] = p
			}
			if n := len(p[field]); n > 0 && p[field][n-1].doc == doc {
				p[field][n-1].times++
				continue
			}
			p[field] = append(p[field], posting{doc, 1})
			lengths[field]++
		}
	}
	x.lengths = append(x.lengths, lengths)
}

// write writes the index as JSON. It is written by hand because minisearch
// wants objects whose keys are numbers in order.
func (x *searchIndex) write(w *bytes.Buffer) {
	count := strconv.Itoa(len(x.docs))
	w.WriteString(`{"documentCount":` + count + `,"nextId":` + count + `,"documentIds":{`)
	for i, d := range x.docs {
		writeKey(w, i)
		writeString(w, d.href)
	}
	w.WriteString(`},"fieldIds":{`)
	for i, name := range searchFields {
		comma(w, i)
		writeString(w, name)
		w.WriteString(":" + strconv.Itoa(i))
	}
	w.WriteString(`},"fieldLength":{`)
	var totals [len(searchFields)]int
	for i, lengths := range x.lengths {
		writeKey(w, i)
		w.WriteByte('[')
		for field, n := range lengths {
			totals[field] += n
			comma(w, field)
			w.WriteString(strconv.Itoa(n))
		}
		w.WriteByte(']')
	}
	w.WriteString(`},"averageFieldLength":[`)
	for field, n := range totals {
		comma(w, field)
		w.WriteString(strconv.FormatFloat(float64(n)/float64(max(len(x.docs), 1)), 'g', -1, 64))
	}
	w.WriteString(`],"storedFields":{`)
	for i := range x.docs {
		writeKey(w, i)
		x.docs[i].writeStored(w)
	}
	w.WriteString(`},"dirtCount":0,"index":[`)
	for i, term := range slices.Sorted(maps.Keys(x.terms)) {
		comma(w, i)
		w.WriteByte('[')
		writeString(w, term)
		w.WriteByte(',')
		x.terms[term].write(w)
		w.WriteByte(']')
	}
	w.WriteString("],\"serializationVersion\":2}\n")
}

// write writes {"field":{"document":times}}.
func (p *postings) write(w *bytes.Buffer) {
	w.WriteByte('{')
	first := true
	for field, list := range p {
		if len(list) == 0 {
			continue
		}
		if !first {
			w.WriteByte(',')
		}
		first = false
		w.WriteString(`"` + strconv.Itoa(field) + `":{`)
		for i, hit := range list {
			comma(w, i)
			w.WriteString(`"` + strconv.Itoa(hit.doc) + `":` + strconv.Itoa(hit.times))
		}
		w.WriteByte('}')
	}
	w.WriteByte('}')
}

// writeStored writes what a result shows.
func (d *searchDoc) writeStored(w *bytes.Buffer) {
	w.WriteString(`{"kind":"` + d.kind + `","title":`)
	writeString(w, d.title)
	if d.about != "" {
		w.WriteString(`,"about":`)
		writeString(w, d.about)
	}
	w.WriteString(`,"lang":"` + d.lang.String() + `"}`)
}

func comma(w *bytes.Buffer, i int) {
	if i > 0 {
		w.WriteByte(',')
	}
}

func writeKey(w *bytes.Buffer, i int) {
	comma(w, i)
	w.WriteString(`"` + strconv.Itoa(i) + `":`)
}

func writeString(w *bytes.Buffer, s string) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s)       // a string into a buffer cannot fail
	w.Truncate(w.Len() - 1) // Encode ends with a line feed
}

// searchTerms cuts a text into what search compares: runs of letters and
// digits, folded. Apostrophes fall out, so that "Wolf's" is "wolfs". The same
// is written in static/js/search-index.js, for what a reader types.
func searchTerms(s string) []string {
	var b strings.Builder
	for _, r := range lang.Fold(s) {
		switch r {
		case '\'', '‘', '’', 'ʻ', 'ʼ':
			continue
		case 'ς': // one letter, written so at the end of a word
			r = 'σ'
		}
		b.WriteRune(r)
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
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
			b.WriteString(" " + strings.NewReplacer("-", "", "‑", "").Replace(word))
		}
	}
	return b.String()
}
