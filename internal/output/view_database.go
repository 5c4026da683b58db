package output

import "html/template"

// DatabasesView is shown by databases.html: the list from A to Z, and the same
// list of one facet value or one letter.
type DatabasesView struct {
	Shell
	Intro   Rich
	Count   string // "41 entries"
	Facet   *Facet // what this list is narrowed to; nil if it is the whole
	All     string // address of the whole list
	Letters []Letter
	Groups  []LetterGroup   // what stands on this page; all letters unless the list is split
	Facets  []template.HTML // of layout facet-group, each a way to narrow the list
	AllData string          // address of the JSON file of a list that is split: a FilterEntry for each entry; "" if the page holds all entries
}

// Facet is the value that a list is narrowed to.
type Facet struct {
	Key   string // as in FacetGroup
	Value Term
}

// Letter is an entry of the alphabet above a list. Href is "" if nothing
// begins with it.
type Letter struct {
	Text    string // M, 0–9, Other
	Href    string
	Current bool // the page shows this letter alone
}

// LetterGroup is what begins with a letter.
type LetterGroup struct {
	ID      string // the anchor: letter-m
	Text    string
	Entries []template.HTML // of layout card-database
	Titles  []Link          // on the first page of a list that is split, instead of Entries
}

// FacetGroup is shown by facet-group.html: one way to narrow the list.
type FacetGroup struct {
	Key     string // format, grade, subject, library, audience
	Name    string // in words
	Options []FacetOption
	More    Link // to what else there is; Href is "" if the options are all
}

// FacetOption is one value of a facet.
type FacetOption struct {
	Term
	Count   int
	Current bool
}

// FilterEntry is an entry of the JSON file of a list that is split by letter,
// which is an array of them in the order of the list: the values that filter.js
// compares, and the entry as HTML (layout card-database). Entries that stand on
// the page carry the same values in data attributes.
type FilterEntry struct {
	Format   []string `json:"format"`
	Grade    []string `json:"grade"`
	Subject  []string `json:"subject"`
	Library  []string `json:"library"`
	Audience []string `json:"audience"`
	Letter   string   `json:"letter"` // as in LetterGroup.Text
	HTML     string   `json:"html"`
}

// DatabaseCard is shown by card-database.html: a database in a list.
type DatabaseCard struct {
	W           Words
	Title       Text
	Href        string
	AlsoKnownAs string // "also: OverDrive for schools"; may be empty
	Description Text
	Formats     []Term
	Grades      string   // in words; may be empty
	ForWhom     []string // titles of the libraries that offer it, or "Free for everyone"
	New         bool
	TrialUntil  string // "Trial until December 15, 2026"; may be empty
	Notice      Text

	// What filters compare.
	FormatIDs, GradeIDs, SubjectIDs, LibraryIDs, AudienceIDs []string
}

// DatabaseView is shown by database.html.
type DatabaseView struct {
	Shell
	Sprite      []template.HTML // layout icons with the symbols that the page uses
	AlsoKnownAs []string
	Vendor      string
	New         string // "New until January 31, 2027"; may be empty
	Trial       string // "Trial until December 15, 2026"; may be empty
	Lead        Text   // the description
	Body        Rich
	Formats     []Term
	Languages   []string // in words
	Grades      GradeBand
	Audience    []Term
	Subjects    []Term
	Ways        []WaysIn // each library side by side
	Apps        []Link   // "App for iPhone and iPad"
	Users       string   // "One reader at a time"; may be empty
	Help        Link     // Href is "" if there is none
	Policies    []Link   // privacy, accessibility, terms
	Picture     *Picture
}

// GradeBand is a set of grades as a row of steps from pre-kindergarten to
// adults.
type GradeBand struct {
	Text  string // "Grades K–8"; "" if nothing was said
	Steps []GradeStep
}

// GradeStep is one grade of the row.
type GradeStep struct {
	Term
	In bool
}

// WaysIn is how readers of one library get into a database.
type WaysIn struct {
	W       Words
	Library string // its title; "Free for everyone" if it needs no library
	Href    string // the library's page; "" if it needs none
	Ways    []WayIn
}

// WayIn is one way into a database.
type WayIn struct {
	Label  string // may be empty
	Where  []Term // anywhere, at-school, at-home, in-library
	SignIn Text
	For    string // "Grades K–2, teachers": narrower than the database; may be empty
	Href   string // "" if one has to come to the library
	Open   string // words of the button: "Open Sora"; "" without Href
	OpenAs string // the same for screen readers: "Open Sora with Prairie Grove Public Library"
}

// DatabasesBlock is shown by block-databases.html: a list of databases in a
// text.
type DatabasesBlock struct {
	W     Words
	Items []template.HTML // of layout card-database
	More  Link            // to the whole list; Href is "" if there is none
}
