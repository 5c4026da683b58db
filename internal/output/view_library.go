package output

import "html/template"

// LibrariesView is shown by libraries.html.
type LibrariesView struct {
	Shell
	Intro     Rich
	Libraries []LibraryCard
}

// LibraryCard is a library in the list of libraries.
type LibraryCard struct {
	W           Words
	ID          string
	Title       Text
	Href        string
	Kind        string // "Public library"
	Description Text
	Address     string // on one line; may be empty
	Phone       Contact
	Catalog     CatalogWay
	Hours       *LibraryHours // nil if it has no hours
	Parts       []LibraryCard // branches and departments; they have no parts of their own
}

// CatalogWay is a library's own catalog, and how an address looks that leads to
// one book in it: "{isbn}" and "{query}" are to be filled. Each may be "".
type CatalogWay struct {
	Href   string
	ISBN   string
	Search string
}

// LibraryView is shown by library.html. Printed, it is the sheet for the door.
type LibraryView struct {
	Shell
	Kind      string
	Parent    Link // Href is "" if there is none
	Lead      Text
	Body      Rich
	Picture   *Picture
	Hours     *LibraryHours // nil if it has no hours
	Weeks     []WeekView    // the weeks after this one
	Months    []MonthView   // the months ahead, this one first
	Seasons   []SeasonView
	Special   []SpecialDay
	Built     Date         // the day of the build: "as published on"
	Calendar  string       // address of hours.ics
	Subscribe template.URL // the same with the scheme webcal

	Address  []string // line by line
	Map      string   // address of a map; "" if the place is not known
	Main     Contact  // its own phone and e-mail
	Contacts []Contact
	Site     string // its own web site
	Catalog  string // its catalogue
	CardURL  string // how to get a library card
	CardNote Text
	SignIn   Text

	Parts     []LibraryCard
	Databases []Link
	AllHref   string // the list of the databases that it offers
	Offers    string // "38 e-books, audiobooks and other services"
}

// WeekView is a week in a table.
type WeekView struct {
	Title string // "November 30 to December 6"
	Days  []DayLine
}

// SeasonView is a season with its usual hours.
type SeasonView struct {
	Title Text
	When  string // "June 1 to August 20, 2027"
	Usual []UsualLine
}

// MonthView is a month as a calendar.
type MonthView struct {
	Title    string   // "November 2026"
	Weekdays []Term   // ID is the short name, Text the full one, in the order of the week
	Weeks    [][]Cell // each of seven
}

// Cell is a day of a month; Number is 0 outside the month.
type Cell struct {
	Number int
	DayLine
	Brief string // "9–9", as short as it can be said
}
