package output

import "html/template"

// AwardsView is shown by awards.html.
type AwardsView struct {
	Shell
	Intro  Rich
	Awards []AwardCard
}

// AwardCard is an award in the list of awards.
type AwardCard struct {
	ID          string // its section's anchor
	Title       Text
	Href        string
	Description Text
	Grades      string // in words; may be empty
	Current     []ListCard
}

// ListCard is a list of books as other pages show it: home, awards, an award.
type ListCard struct {
	W      Words
	Title  Text
	Href   string
	Label  string // 2027, or the list's word
	Grades string // in words; may be empty
	Count  string // "20 books"
	Read   string // "Read at least 4"; may be empty
	Vote   string // "Vote from February 1 to March 5, 2027"; may be empty
	Covers []CoverLink
	Level  int // of its heading: 2 or 3
}

// CoverLink is a book's cover that leads to the book.
type CoverLink struct {
	Href  string
	Title string
	Cover Cover
}

// Cover is a picture of a book: the hub's own, or letters drawn from title and
// author. Exactly one of Picture and Drawn is set. It says nothing that does
// not stand beside it in words.
type Cover struct {
	Picture *Picture
	Drawn   template.HTML // an svg element, hidden from screen readers
}

// AwardView is shown by award.html.
type AwardView struct {
	Shell
	Lead      Text
	Body      Rich
	Organizer string
	Site      string // address of the award's own site; "" if there is none
	Grades    string
	Read      string // "Read at least 4"; may be empty
	Current   []ListCard
	Lists     []Link // all lists, the newest first
	Vote      []VoteLine
}

// AwardListView is shown by award-list.html.
type AwardListView struct {
	Shell
	Sprite    []template.HTML // layout icons with the symbols that the page uses
	Lead      Text
	Body      Rich
	Organizer string
	Site      string
	Grades    string
	Read      string // "Read at least 4 of these 20 books"; may be empty
	Count     string // "20 books"
	Runs      string // "Current from September 1, 2026 to March 31, 2027"; may be empty
	Vote      []VoteLine
	Books     []Book
	Retired   []RetiredAnchor
	Others    []Link // other lists of the award, this one marked as current
	Tracker   *Tracker
}

// VoteLine says when readers vote in a library.
type VoteLine struct {
	Library string
	Href    string // the library's page
	When    string // "February 1 to March 5, 2027"
	URL     string // where to vote; "" if in the library
}

// Book is a book of a list.
type Book struct {
	W            Words
	Anchor       string   // its own; "" in blocks and embeds, where a page may show a book twice
	OtherAnchors []string // isbn-…
	Title        Text
	Authors      string // "Peter Brown", "Ann Ax and Bo Bee"
	Illustrators string // "illustrated by …"; may be empty
	Status       Term   // ID winner, second, third, honor, nominee; Text "" if it is not worth a word
	Grades       string
	Facts        []string // "279 pages", "2016"
	Note         Text
	Cover        Cover
	Formats      []BookFormat
	Find         []Link // the book in each library's catalogue: "Prairie Grove Public Library"
	FindAs       string // "Find The Wild Robot in the catalog of": for screen readers, before the links
	Level        int    // of its heading
	Href         string // of the book on its list's page; used by blocks only
}

// BookFormat is a form in which a book is had.
type BookFormat struct {
	Term
	In   string // title of the database that has it; may be empty
	Href string // the database's page
}

// RetiredAnchor is a book that was on the list and whose address stays.
type RetiredAnchor struct {
	ID   string
	Text string // what happened
	To   Link   // Href is "" if there is nothing instead
}

// Tracker is what a reader keeps a record of reading on, printed from a list's
// page: a check-list, and bookmarks to cut out.
type Tracker struct {
	W        Words
	Title    string // "Bluestem Award 2027: what I have read"
	List     string // "Bluestem Award 2027"
	Goal     string // "Read at least 4 of these 20 books"; may be empty
	Vote     []VoteLine
	Steps    []int // 1 to the number of books to read, for boxes to tick; empty without a goal
	Rows     []TrackerRow
	Bookmark bool // the books fit on a bookmark
}

// TrackerRow is one book of a tracker.
type TrackerRow struct{ Title, Author string }

// BooksBlock is shown by block-books.html: a book list in a text.
type BooksBlock struct {
	W     Words
	Books []Book
	More  Link // to the list
}
