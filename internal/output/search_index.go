package output

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/lang"
)

// searchFields are the fields of the index; search-index.js weighs them.
var searchFields = [...]string{"title", "names", "topics", "text"}

// searchIndex is an index as minisearch serialises its own, so that a browser
// loads it and does not need to make it: for each term, in which field of which
// document it stands how often.
// See https://lucaong.github.io/minisearch/types/MiniSearch.AsPlainObject.html
type searchIndex struct {
	docs  []*indexed
	terms map[string]*postings
	room  []byte // for the terms of a field
}

// indexed is what a result shows of a document, and where it leads.
type indexed struct {
	href, kind, title, about string
	lang                     lang.Tag
	lengths                  [len(searchFields)]int32 // different terms of each field
}

// postings say how often a term stands in which field of which document, in the
// order of documents and fields. All but the last are in packed, each as two
// varints: four times the distance from the document before plus the field, and
// how often. That is 3 MB where a hub of 10,000 records has 920,000 of them; in
// slices that grow it was 10 MB and 30 MB of garbage (2026-11-26).
type postings struct {
	packed []byte
	before int32 // the last document in packed
	last   posting
}

type posting struct {
	doc, field, times int32
}

// add counts a term once more, in a field that is not before that of the last
// call, and reports whether it is new there.
func (p *postings) add(doc, field int32) bool {
	if p.last.times > 0 && p.last.doc == doc && p.last.field == field {
		p.last.times++
		return false
	}
	if p.last.times > 0 {
		p.packed = binary.AppendUvarint(p.packed, uint64(p.last.doc-p.before)<<2|uint64(p.last.field))
		p.packed = binary.AppendUvarint(p.packed, uint64(p.last.times))
		p.before = p.last.doc
	}
	p.last = posting{doc, field, 1}
	return true
}

// all yields the postings in their order.
func (p *postings) all(yield func(posting) bool) {
	doc := int32(0)
	for rest := p.packed; len(rest) > 0; {
		place, n := binary.Uvarint(rest)
		times, m := binary.Uvarint(rest[n:])
		rest = rest[n+m:]
		doc += int32(place >> 2)
		if !yield(posting{doc, int32(place & 3), int32(times)}) {
			return
		}
	}
	yield(p.last)
}

func newSearchIndex() *searchIndex { return &searchIndex{terms: map[string]*postings{}} }

func (x *searchIndex) add(d *searchDoc) {
	doc := int32(len(x.docs)) //nolint:gosec // a hub has no two thousand million pages
	kept := &indexed{href: d.href, kind: d.kind, title: d.title, about: d.about, lang: d.lang}
	for field, texts := range d.fields() {
		x.room = x.room[:0]
		for _, text := range texts {
			x.room = appendTerms(appendTerms(x.room, text), withoutHyphens(text))
		}
		for term := range bytes.FieldsSeq(x.room) {
			list := x.terms[string(term)]
			if list == nil {
				list = &postings{}
				x.terms[string(term)] = list
			}
			if list.add(doc, int32(field)) {
				kept.lengths[field]++
			}
		}
	}
	x.docs = append(x.docs, kept)
}

// write writes the index as JSON. It is written by hand because minisearch
// wants objects whose keys are numbers in order.
func (x *searchIndex) write(w io.Writer) error {
	b := make([]byte, 0, 64<<10) // a piece of what may be many megabytes
	var err error
	flush := func() {
		if len(b) > cap(b)/2 && err == nil {
			_, err = w.Write(b)
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
	for i := range x.docs {
		b = append(appendKey(b, i > 0, i), '[')
		for field, n := range x.docs[i].lengths {
			totals[field] += int(n)
			b = strconv.AppendInt(appendComma(b, field > 0), int64(n), 10)
		}
		b = append(b, ']')
		flush()
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
	var rooms [len(searchFields)][]byte
	for i, term := range slices.Sorted(maps.Keys(x.terms)) {
		b = append(appendComma(b, i > 0), '[')
		b = append(appendString(b, term), ',')
		b = append(x.terms[term].appendJSON(b, &rooms), ']')
		flush()
	}
	if err == nil {
		_, err = w.Write(append(b, "],\"serializationVersion\":2}\n"...))
	}
	return err
}

// appendJSON appends {"field":{"document":times}}. In rooms it puts what each
// field has together.
func (p *postings) appendJSON(b []byte, rooms *[len(searchFields)][]byte) []byte {
	for i := range rooms {
		rooms[i] = rooms[i][:0]
	}
	for at := range p.all {
		room := rooms[at.field]
		rooms[at.field] = strconv.AppendInt(appendKey(room, len(room) > 0, int(at.doc)), int64(at.times), 10)
	}
	b = append(b, '{')
	open := false
	for field, room := range rooms {
		if len(room) > 0 {
			b = append(appendKey(b, open, field), '{')
			b = append(append(b, room...), '}')
			open = true
		}
	}
	return append(b, '}')
}

// appendStored appends what a result shows.
func (d *indexed) appendStored(b []byte) []byte {
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
func searchTerms(s string) iter.Seq[string] { return strings.FieldsSeq(string(appendTerms(nil, s))) }

// appendTerms appends the terms of a text, a blank behind each and perhaps
// more. Most texts are ASCII and need a quarter of the time.
func appendTerms(b []byte, s string) []byte {
	start := len(b)
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b = append(b, c)
		case 'A' <= c && c <= 'Z':
			b = append(b, c-'A'+'a')
		case c >= utf8.RuneSelf:
			return append(append(b[:start], strings.Map(inTerm, lang.Fold(s))...), ' ')
		case c != '\'':
			b = append(b, ' ')
		}
	}
	return append(b, ' ')
}

// inTerm returns a folded letter as a term has it, a blank for what parts
// terms and -1 for what falls out.
func inTerm(r rune) rune {
	switch r {
	case '\'', '‘', '’', 'ʻ', 'ʼ':
		return -1
	case 'ς': // one letter, written so at the end of a word
		return 'σ'
	}
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		return r
	}
	return ' '
}

// withoutHyphens returns the words of a text that have hyphens once more, in
// one, so that "ebook" finds an e-book.
func withoutHyphens(s string) string {
	if !strings.Contains(s, "-") && !strings.Contains(s, "‑") { // ContainsAny takes a quarter of the time of an index (2026-11-26)
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
