package output

import "html/template"

// EmbedHoursView is shown by embed-hours.html. In embeds every link opens a
// new tab and says so; addresses are absolute. Of the Shell they use W, Lang,
// Dir, Title, HeadTitle, Description, Canonical, NoIndex, Head, Notices and
// Scripts.
type EmbedHoursView struct {
	Shell
	Hours   LibraryHours
	Special []SpecialDay // the next few
	Site    Link
}

// EmbedDatabaseView is shown by embed-database.html.
type EmbedDatabaseView struct {
	Shell
	Lead    Text
	Formats []Term
	Grades  string
	Ways    []WaysIn
	Page    string // the database's page
	Site    Link
}

// EmbedListView is shown by embed-award-list.html.
type EmbedListView struct {
	Shell
	Count string
	Read  string
	Books []Book
	Page  string // the list's page
	Site  Link
}

// HandoutView is shown by handout.html: chosen databases or books on paper.
type HandoutView struct {
	Shell
	Intro     Rich
	Databases []HandoutDatabase
	Books     []Book
	Address   string        // of the page that the handout is of
	QR        template.HTML // of Address; "" if every entry has its own
}

// HandoutDatabase is a database on a handout.
type HandoutDatabase struct {
	Title   Text
	Lead    Text
	Grades  string
	Ways    []WaysIn
	Address string        // of its page
	QR      template.HTML // an svg element
}
