package hub

import (
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/isbn"
)

// Award is a reading award with its lists, the newest first and those named by
// a word last.
type Award struct {
	Page
	Organizer   string
	URL         string
	ReadAtLeast int // 0 if not given
	Voting      []Voting
	Lists       []*AwardList
}

// Current returns the lists that the award's page shows: the newest and the
// others that run.
func (a *Award) Current() []*AwardList {
	var current []*AwardList
	for _, l := range a.Lists {
		if l.Current {
			current = append(current, l)
		}
	}
	return current
}

// AwardList is one list of books of an award: of a year, a school year, or
// named by a word.
type AwardList struct {
	Page
	Award       *Award
	Year        int         // 0 if it has none; 2018-19 counts as 2019
	Runs        civil.Range // when the list is current
	Current     bool        // the newest of its award, or it runs today
	Organizer   string      // own or the award's, as are the next four
	URL         string
	ReadAtLeast int
	Voting      []Voting
	Books       []*Book
}

// Voting says when readers vote in a library.
type Voting struct {
	Library *Library
	When    civil.Range
	URL     string
	Pos     diag.Pos
}

// BookStatus says how a book did on its list.
type BookStatus string

// The statuses of a book.
const (
	Nominee BookStatus = "nominee"
	Winner  BookStatus = "winner"
	Second  BookStatus = "second"
	Third   BookStatus = "third"
	Honor   BookStatus = "honor"
)

// BookStatuses lists all statuses.
func BookStatuses() []BookStatus { return []BookStatus{Nominee, Winner, Second, Third, Honor} }

// Book is a book on a list.
type Book struct {
	List         *AwardList
	Title        string
	Authors      []string
	Illustrators []string
	ISBNs        []isbn.ISBN
	AsPrinted    []string // numbers that were published wrong
	Status       BookStatus
	Grades       Grades
	Pages        int // 0 if not given
	Year         int // 0 if not given
	Note         string
	Cover        *File // nil if none
	HeldBy       []*Library
	HeldByAll    bool // nobody said who holds it: HeldBy are all libraries with a catalog of their own
	Formats      []BookFormat
	Anchor       string // on its list's page: its id, else the slug of its title
	Pos          diag.Pos
}

// Anchors returns all anchors of the book on its list's page.
func (b *Book) Anchors() []string {
	anchors := append(make([]string, 0, 1+len(b.ISBNs)), b.Anchor)
	for _, n := range b.ISBNs {
		anchors = append(anchors, "isbn-"+n.String())
	}
	return anchors
}

// BookKind is a form in which a book is had.
type BookKind string

// The forms of a book.
const (
	Print          BookKind = "print"
	BookEbook      BookKind = "ebook"
	BookAudiobook  BookKind = "audiobook"
	BookLargePrint BookKind = "large-print"
	BookBraille    BookKind = "braille"
)

// BookKinds lists all forms.
func BookKinds() []BookKind {
	return []BookKind{Print, BookEbook, BookAudiobook, BookLargePrint, BookBraille}
}

// BookFormat is a form of a book and where it is had.
type BookFormat struct {
	Kind     BookKind
	Database *Database // nil if no database is named
}
