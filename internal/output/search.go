package output

import (
	"io"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// searchIndexPath is where a language's index lies, from its home.
const searchIndexPath = "/search/index.json"

// searchIndex plans the index that search.js loads once a reader begins to
// search. It lists what is listed elsewhere: nothing that has ended or is not
// out yet.
func (e *edition) searchIndex() publish.Artifact {
	return publish.Artifact{Path: filePath(e.Prefix + searchIndexPath), Stream: func(w io.Writer) error {
		index := newSearchIndex()
		e.eachSearchDoc(index.add)
		return index.write(w)
	}}
}

// searchDoc is something that search finds. The texts are only searched; what
// a result shows is title and about.
type searchDoc struct {
	href  string
	kind  string // database, award, list, book, library, guide, page, subject
	title string // as written
	about string
	lang  lang.Tag

	names  []string // other names, makers, authors, numbers
	topics []string // subjects, formats and their synonyms
	text   []string // description, headings, first words
}

// fields returns what is searched of a document, in the order of searchFields.
func (d *searchDoc) fields() [len(searchFields)][]string {
	return [...][]string{{d.title}, d.names, d.topics, d.text}
}

// eachSearchDoc calls do with all that search finds, in the order of the site.
func (e *edition) eachSearchDoc(do func(*searchDoc)) {
	same := newThesaurus(e.Site.Synonyms)
	add := func(d searchDoc) {
		d.topics = append(d.topics, same.expand(&d)...)
		do(&d)
	}
	for _, s := range hub.Sections() {
		if p := e.Sections[s]; s != hub.SearchSection && e.hasEntries(s) {
			d := e.pageDoc(p, "page")
			if title := e.sectionTitle(p); title.Text != d.title {
				d.title, d.lang = title.Text, e.Lang
			}
			add(d)
		}
	}
	for _, d := range e.facetDocs() {
		add(d)
	}
	for _, d := range e.atoz() {
		add(e.databaseDoc(d))
	}
	for _, a := range e.Awards {
		e.eachAwardDoc(a, add)
	}
	for _, l := range e.Libraries {
		if l.Listed() {
			d := e.pageDoc(&l.Page, "library")
			d.topics = append(d.topics, e.words.LibraryKind(string(l.Kind)))
			d.text = append(d.text, l.Address.Text)
			add(d)
		}
	}
	for _, g := range e.Guides {
		if g.Listed() {
			add(e.pageDoc(&g.Page, "guide"))
		}
	}
	for _, p := range e.Pages {
		if p.Listed() {
			add(e.pageDoc(p, "page"))
		}
	}
}

// pageDoc is what all records have in common. Of a text it takes the headings
// and the first paragraph: all its words would make the index several times as
// large and put what only mentions a word beside what is about it.
func (e *edition) pageDoc(p *hub.Page, kind string) searchDoc {
	d := searchDoc{href: e.href(p.Path), kind: kind, title: p.Title, about: e.description(p), lang: p.Lang}
	for _, s := range p.Subjects {
		d.topics = append(append(d.topics, s.Title), s.Synonyms...)
	}
	d.text = append(d.text, p.Description, p.Body.Summary)
	for _, h := range p.Body.Headings {
		d.text = append(d.text, h.Text)
	}
	return d
}

// facetDocs are the lists of databases by subject and by format.
func (e *edition) facetDocs() []searchDoc {
	var docs []searchDoc
	add := func(kind string, v facetValue, topics ...string) {
		if n := e.counts[v.path]; n > 0 {
			docs = append(docs, searchDoc{
				href: e.href(v.path), kind: kind, title: v.text, lang: e.Lang, topics: topics, about: e.words.N("facet-about", n),
			})
		}
	}
	for _, s := range e.Site.Subjects {
		add("subject", e.subjectValue(s), s.Synonyms...)
	}
	for _, f := range hub.Formats() {
		add("database", e.formatValue(f), e.words.Format(string(f)))
	}
	return docs
}

func (e *edition) databaseDoc(d *hub.Database) searchDoc {
	doc := e.pageDoc(&d.Page, "database")
	doc.names = append(append(doc.names, d.AlsoKnownAs...), d.Vendor)
	for _, f := range d.Formats {
		doc.topics = append(doc.topics, e.words.Format(string(f)), e.words.FormatPlural(string(f)))
	}
	return doc
}

// eachAwardDoc calls do with an award, its lists and their books.
func (e *edition) eachAwardDoc(a *hub.Award, do func(searchDoc)) {
	if a.Listed() {
		d := e.pageDoc(&a.Page, "award")
		d.names = append(d.names, a.Organizer)
		do(d)
	}
	for _, l := range a.Lists {
		if !l.Listed() {
			continue
		}
		d := e.pageDoc(&l.Page, "list")
		d.about = e.listDescription(l)
		d.names = append(d.names, a.Title, l.ID)
		do(d)
		for _, b := range l.Books {
			do(e.bookDoc(b))
		}
	}
}

func (e *edition) bookDoc(b *hub.Book) searchDoc {
	d := searchDoc{
		href: e.href(b.List.Path) + hash(b.Anchor), kind: "book", title: b.Title, lang: b.List.Lang,
		names: append(append([]string{}, b.Authors...), b.Illustrators...), text: []string{b.List.Title, b.Note},
	}
	for _, n := range b.ISBNs {
		d.names = append(d.names, n.String())
	}
	d.about = b.List.Title
	if len(b.Authors) > 0 {
		d.about = e.words.And(b.Authors) + " · " + b.List.Title
	}
	return d
}

// thesaurus holds the hub's groups of words that mean the same, by the first
// term of each phrase.
type thesaurus map[string][]synonym

type synonym struct {
	terms []string
	group int
	all   []string // the whole group
}

func newThesaurus(groups [][]string) thesaurus {
	t := thesaurus{}
	for i, group := range groups {
		for _, phrase := range group {
			if terms := slices.Collect(searchTerms(phrase)); len(terms) > 0 {
				t[terms[0]] = append(t[terms[0]], synonym{terms, i, group})
			}
		}
	}
	return t
}

// expand returns the words that mean the same as what a document's title,
// names and topics say. Its text is left out: "open to everyone" is not about
// opening hours.
func (t thesaurus) expand(d *searchDoc) []string {
	if len(t) == 0 {
		return nil
	}
	var found []string
	seen := map[int]bool{}
	for _, text := range append(append([]string{d.title}, d.names...), d.topics...) {
		terms := slices.Collect(searchTerms(text))
		for i := range terms {
			for _, first := range singulars(terms[i]) {
				for _, s := range t[first] {
					if !seen[s.group] && begins(terms[i:], s.terms) {
						seen[s.group] = true
						found = append(found, s.all...)
					}
				}
			}
		}
	}
	return found
}

// begins reports whether terms begin with a phrase, in singular or plural.
func begins(terms, phrase []string) bool {
	if len(terms) < len(phrase) {
		return false
	}
	for i, want := range phrase {
		if rest, ok := strings.CutPrefix(terms[i], want); !ok || rest != "" && rest != "s" && rest != "es" {
			return false
		}
	}
	return true
}

// singulars returns a term and what it may be the plural of, in English and
// Spanish.
func singulars(term string) []string {
	forms := []string{term}
	if short, ok := strings.CutSuffix(term, "s"); ok {
		forms = append(forms, short)
		if shorter, ok := strings.CutSuffix(short, "e"); ok {
			forms = append(forms, shorter)
		}
	}
	return forms
}
