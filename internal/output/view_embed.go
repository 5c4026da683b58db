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
}

// EmbedDatabaseView is shown by embed-database.html.
type EmbedDatabaseView struct {
	Shell
	Sprite  []template.HTML // layout icons with the symbols that the page uses
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
	Sprite []template.HTML // layout icons with the symbols that the page uses
	Count  string
	Read   string
	Books  []Book
	Page   string // the list's page
	Site   Link
}
