package content

import (
	"errors"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/isbn"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// maxPages is more than any bound book has.
const maxPages = 10000

// book is a book of a list, checked, before it has a language.
type book struct {
	raw     *rawBook
	anchor  string
	isbns   []isbn.ISBN
	status  hub.BookStatus
	grades  hub.Grades
	pages   int
	year    int
	cover   *hub.File
	heldBy  []*record // nil: every library with a catalog of its own
	formats []bookFormat
}

type bookFormat struct {
	kind     hub.BookKind
	database *record // nil if none is named
}

// anchors returns all anchors of a book on its list's page.
func (b *book) anchors() []string {
	all := []string{b.anchor}
	for _, n := range b.isbns {
		all = append(all, "isbn-"+n.String())
	}
	return all
}

// books reads the books of a list, from its front matter or its CSV file.
func (j *joiner) books(r *record) []book {
	raw := r.file.list
	if raw.BooksFile.Given() && raw.Books != nil {
		j.add(diag.Errorf(raw.BooksFile.Pos, "two-lists", "books and books_file are both given").
			WithHint("keep the books in one place"))
	}
	entries, file := raw.Books, r.file.path
	if raw.BooksFile.Given() {
		name := besides(r.file.path, raw.BooksFile.Value)
		t := j.tables[name]
		if t == nil {
			j.add(diag.Errorf(raw.BooksFile.Pos, "missing-file", "there is no file %s", name).WithHint(j.fileHint(r.file.path, name)))
			return nil
		}
		if entries == nil {
			entries, file = t.books, name
		}
	}
	books := make([]book, 0, len(entries))
	for i := range entries {
		books = append(books, j.book(&entries[i], file))
	}
	j.sameBooks(books)
	return books
}

func (j *joiner) book(raw *rawBook, file string) book {
	b := book{
		raw: raw, grades: j.findings.grades(raw.Grades),
		pages: j.number(raw.Pages, "pages", 1, maxPages), year: j.number(raw.Year, "year", 1400, 2200),
		cover: j.image(file, raw.Cover, "cover"),
	}
	j.required(raw.Title.Text, raw.Place.Pos, "every book", "title")
	b.status, _ = word(&j.findings, raw.Status, "unknown-status", "status", hub.BookStatuses())
	for _, t := range raw.ISBN {
		if n, ok := j.isbn(t); ok && !slices.Contains(b.isbns, n) {
			b.isbns = append(b.isbns, n)
		}
	}
	b.anchor = j.bookAnchor(raw)
	for _, t := range raw.HeldBy {
		if l := j.libraryOf(t); l != nil && !slices.Contains(b.heldBy, l) {
			b.heldBy = append(b.heldBy, l)
		}
	}
	for _, f := range raw.Formats {
		if f, ok := j.bookFormat(f); ok {
			b.formats = append(b.formats, f)
		}
	}
	return b
}

func (j *joiner) isbn(t text) (isbn.ISBN, bool) {
	if !t.Given() {
		return isbn.ISBN{}, false
	}
	n, err := isbn.Parse(t.Value)
	if err == nil {
		return n, true
	}
	f := diag.Errorf(t.Pos, "bad-isbn", "%v", err)
	if e := (*isbn.Error)(nil); errors.As(err, &e) && e.Right != "" && !strings.Contains(f.Message, e.Right) {
		f.Hint = "write " + e.Right
	}
	j.add(f)
	return isbn.ISBN{}, false
}

// bookAnchor returns a book's own anchor: its id, else the slug of its title.
func (j *joiner) bookAnchor(raw *rawBook) string {
	if raw.ID.Given() {
		if !isID(raw.ID.Value) {
			j.add(diag.Errorf(raw.ID.Pos, "bad-id", "the id %q has letters that an anchor cannot have (allowed: small letters a to z, digits, hyphens)", raw.ID.Value).
				WithHint(slugHint(raw.ID.Value)))
			return lang.Slug(raw.ID.Value)
		}
		return raw.ID.Value
	}
	slug := lang.Slug(raw.Title.Value)
	if slug == "" && raw.Title.Given() {
		j.add(diag.Errorf(raw.Title.Pos, "missing-field", "the title %q gives the book no address: it has neither letter nor digit", raw.Title.Value).
			WithHint("give the book an id"))
	}
	return slug
}

// bookFormat reads a form of a book; "ebook:sora" names the database too.
func (j *joiner) bookFormat(raw rawBookFormat) (bookFormat, bool) {
	kind, database := raw.Kind, raw.Database
	if before, after, ok := strings.Cut(kind.Value, ":"); ok && !database.Given() {
		kind.Value = strings.TrimSpace(before)
		database = text{Value: strings.TrimSpace(after), Pos: kind.Pos}
	}
	if !kind.Given() {
		pos := kind.Pos
		if pos.Line == 0 {
			pos = database.Pos
		}
		j.errorf(pos, "missing-field", "a format of a book needs a kind")
		return bookFormat{}, false
	}
	f := bookFormat{}
	var ok bool
	if f.kind, ok = hub.Parse(kind.Value, hub.BookKinds()); !ok {
		f.kind, ok = hub.Parse(spelling(kind.Value), hub.BookKinds())
	}
	if !ok {
		j.unknown(kind, "unknown-format", "format", stringsOf(hub.BookKinds()))
	}
	f.database = j.databaseOf(database)
	return f, ok
}

// spelling reads "e-book" and the like as the forms of a book are written.
func spelling(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	switch strings.ReplaceAll(strings.ReplaceAll(s, "-", ""), " ", "") {
	case "ebook", "ebooks":
		return "ebook"
	case "eaudiobook", "eaudio", "audio", "audiobook", "audiobooks":
		return "audiobook"
	case "largeprint":
		return "large-print"
	}
	return s
}

// databaseOf finds a database by its ID.
func (j *joiner) databaseOf(t text) *record {
	if !t.Given() {
		return nil
	}
	r := j.databases[t.Value]
	if r == nil {
		j.unknown(t, "unknown-database", "database", sortedKeys(j.databases))
		return nil
	}
	j.refuseDraft(r, t.Pos)
	return r
}

// sameBooks reports books that share an anchor or a number.
func (j *joiner) sameBooks(books []book) {
	anchors, numbers := map[string]*book{}, map[isbn.ISBN]*book{}
	for i := range books {
		b := &books[i]
		if other := anchors[b.anchor]; other != nil && b.anchor != "" {
			pos := b.raw.Title.Pos
			if b.raw.ID.Given() {
				pos = b.raw.ID.Pos
			}
			j.add(diag.Errorf(pos, "duplicate-id", "%q and %q (line %d) have the same anchor #%s",
				b.raw.Title.Value, other.raw.Title.Value, other.raw.Place.Line, b.anchor).WithHint("give one of them an id"))
		} else {
			anchors[b.anchor] = b
		}
		for k, n := range b.isbns {
			if other := numbers[n]; other != nil {
				j.errorf(b.raw.ISBN[min(k, len(b.raw.ISBN)-1)].Pos, "duplicate-isbn", "%q has the ISBN %s, and so has %q (line %d)",
					b.raw.Title.Value, n, other.raw.Title.Value, other.raw.Place.Line)
				continue
			}
			numbers[n] = b
		}
	}
}

// findBook finds the book that a translation's entry means: by id, ISBN or
// title.
func findBook(books []book, t *rawBook) int {
	if t.ID.Given() {
		return slices.IndexFunc(books, func(b book) bool { return b.anchor == t.ID.Value })
	}
	for _, number := range t.ISBN {
		n, err := isbn.Parse(number.Value)
		if err != nil {
			continue
		}
		if at := slices.IndexFunc(books, func(b book) bool { return slices.Contains(b.isbns, n) }); at >= 0 {
			return at
		}
	}
	return slices.IndexFunc(books, func(b book) bool {
		return t.Title.Given() && (b.raw.Title.Value == t.Title.Value || b.anchor == lang.Slug(t.Title.Value))
	})
}

// books makes the books of a list in an edition.
func (b *edition) books(of *hub.AwardList, l *list, t *rawList) []*hub.Book {
	translated := map[int]*rawBook{}
	if t != nil {
		for i := range t.Books {
			if at := findBook(l.books, &t.Books[i]); at >= 0 {
				translated[at] = &t.Books[i]
			}
		}
	}
	out := make([]*hub.Book, len(l.books))
	for i := range l.books {
		out[i] = b.newBook(of, &l.books[i])
		if t := translated[i]; t != nil {
			set(&out[i].Title, t.Title.Text)
			set(&out[i].Note, t.Note.Text)
		}
	}
	return out
}

func (b *edition) newBook(of *hub.AwardList, k *book) *hub.Book {
	raw := k.raw
	out := &hub.Book{
		List: of, Title: raw.Title.Value, Authors: values(raw.Author), Illustrators: values(raw.Illustrator),
		ISBNs: k.isbns, Status: k.status, Grades: k.grades, Pages: k.pages, Year: k.year, Note: b.phrase(raw.Note.Value),
		Cover: k.cover, Anchor: k.anchor, Pos: raw.Place.Pos,
	}
	for _, t := range raw.ISBNAsPrinted {
		out.AsPrinted = append(out.AsPrinted, t.Value)
	}
	if k.heldBy == nil {
		out.HeldBy, out.HeldByAll = b.holders, true
	}
	for _, r := range k.heldBy {
		if l := b.libs[r]; l != nil {
			out.HeldBy = append(out.HeldBy, l)
		}
	}
	for _, f := range k.formats {
		h := hub.BookFormat{Kind: f.kind}
		if f.database != nil {
			h.Database = b.dbs[f.database]
		}
		out.Formats = append(out.Formats, h)
	}
	return out
}

// values returns texts without their places.
func values(ps []prose) []string {
	var out []string
	for _, p := range ps {
		if p.Given() {
			out = append(out, p.Value)
		}
	}
	return out
}
