package output

import "html/template"

// HandoutView is shown by handout.html: what a page is about, on paper for a
// class. Of the Shell it shows neither Share nor when the page was looked after.
type HandoutView struct {
	Shell
	Lead      Text
	Grades    string // in words; may be empty
	Goal      string // "Read at least 4 of these 20 books"; may be empty
	Vote      []VoteLine
	Books     []HandoutBook     // of an award list
	Databases []HandoutDatabase // that a text has chosen, or in which books of the list are read
	Address   string            // of the page that this is the handout of, as readers type it
	QR        template.HTML     // of the same, for good; "" if it is too long
}

// HandoutBook is a book on a handout.
type HandoutBook struct {
	Title   Text
	Authors string
	Status  string // "Winner"; may be empty
	Note    Text
	Formats string // "Printed book, E-book in Sora"; may be empty
}

// HandoutDatabase is a database on a handout.
type HandoutDatabase struct {
	Title   Text
	Lead    Text
	Grades  string
	SignIn  []SignInNote
	Href    string        // its page
	Address string        // of its page, as readers type it
	QR      template.HTML // of the same, for good; "" if it is too long
}

// SignInNote says how one kind of reader gets in.
type SignInNote struct {
	Who string // "Cardinal Elementary School Library · At school"
	How Text   // "Your school Google account", "No sign-in needed"
}
