package output

import "html/template"

// HoursView is shown by hours.html: all libraries side by side.
type HoursView struct {
	Shell
	Intro     Rich
	Week      string // "November 23 to 29, 2026"
	Libraries []LibraryHours
	Special   []SpecialDay // of all libraries, in order of time
	Published Date         // the day of the build
	Zones     bool         // the libraries are not all in one time zone
}

// LibraryHours is the hours of a library for the days around the build, and
// the data by which hours.js makes them the reader's today. Without the script
// it says nothing that stops being true.
type LibraryHours struct {
	W       Words
	ID      string
	Title   Text
	Href    string // the library's page
	Part    string // "In Prairie Grove Public Library": its parent; may be empty
	Zone    string // "Central Time", where zones differ or to be plain; may be empty
	Day     DayLine
	Week    []DayLine // seven days, the week of the build
	Usual   []UsualLine
	Season  string // "Summer hours until August 20": the season that the usual hours are of; may be empty
	Through Date   // the published end
	Notices []Text
	Data    template.JS // HoursData as JSON
}

// DayLine is a day with its hours in words.
type DayLine struct {
	Date    Date   // Text is "Monday, November 23"
	Short   string // "Mon, Nov 23"
	Status  string // open, closed, 24hours, by-appointment, unknown
	Hours   string // "9 am – 9 pm"; "Closed"; "Not published yet"
	Reason  Text
	Note    Text
	Special bool // a rule decided, not the usual week
}

// UsualLine is a run of weekdays with the same hours.
type UsualLine struct {
	Days  string // "Monday to Thursday"
	Hours string
	Note  Text
}

// SpecialDay is a day or a run of days on which the hours differ.
type SpecialDay struct {
	From, To  Date   // To.ISO is "" for a single day
	When      string // "Thursday, November 26"; "December 24 to January 3"
	Hours     string
	Status    string
	Reason    Text
	Note      Text
	Libraries []string // which libraries, on the page of all libraries
}

// HoursData is what LibraryHours.Data says: the JSON from which hours.js works out a library's status and
// week. It begins the day before the build and reaches at least a year ahead
// or to the published end.
type HoursData struct {
	Zone    string      `json:"zone"`            // America/Chicago
	Name    string      `json:"name,omitempty"`  // "Central time", for readers elsewhere
	From    string      `json:"from"`            // the date of the first run
	Through string      `json:"through"`         // the published end, inclusive
	Phone   string      `json:"phone,omitempty"` // as written
	Kinds   []HoursKind `json:"kinds"`
	Runs    [][2]int    `json:"runs"` // number of days, index of Kinds; the runs follow each other
}

// HoursKind is what a day can say.
type HoursKind struct {
	Status    string          `json:"s"`           // as in DayLine
	Intervals []HoursInterval `json:"i,omitempty"` // of days that are open; 24hours is 0 to 1440
	Text      string          `json:"t"`           // the hours in words
	Reason    string          `json:"r,omitempty"`
	Note      string          `json:"n,omitempty"`
}

// HoursInterval is an opening in minutes of wall-clock time since the start of
// the day; To passes 1440 when it runs past midnight. The texts are the two
// times in words.
type HoursInterval struct {
	From     int    `json:"a"`
	To       int    `json:"b"`
	FromText string `json:"x"` // "at 9am"
	ToText   string `json:"y"` // "until 9pm"
}

// HoursBlock is shown by block-hours.html: hours in a text.
type HoursBlock struct {
	W         Words
	Libraries []LibraryHours
	More      Link
}
