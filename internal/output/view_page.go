package output

import "html/template"

// HomeView is shown by home.html.
type HomeView struct {
	Shell
	Lead      Text
	Body      Rich
	Search    string // address of the search page
	Hours     []LibraryHours
	AllDays   string     // address of the page of all hours
	AllGuides string     // of all guides
	Needs     []Need     // read, listen, watch, look up …
	Grades    []Term     // with addresses of the lists by grade
	Cards     []CardWay  // by the card that the reader has
	Lists     []ListCard // current award lists
	Awards    string     // address of all awards
	New       []template.HTML
	Guides    []Link // for teachers, for families …
	All       string // the list from A to Z
}

// Need is a tile of the home page: something that a reader wants to do.
type Need struct {
	ID    string // read, listen, watch, look-up, learn, play: chooses the colour
	Icon  string // the format whose icon stands beside it: ebook, audiobook, video, reference, course, game
	Text  string
	About string
	Href  string
	Count string // "12 services"
}

// CardWay is a library whose card or account opens things.
type CardWay struct {
	Text string // "I have a card of Prairie Grove Public Library"
	Href string
	Note string // "38 services"
}

// GuidesView is shown by guides.html.
type GuidesView struct {
	Shell
	Intro  Rich
	Groups []GuideGroup
}

// GuideGroup is the guides for one audience.
type GuideGroup struct {
	ID    string
	Title string // "For teachers"
	Items []GuideCard
}

// GuideCard is a guide in a list.
type GuideCard struct {
	Title       Text
	Href        string
	Description Text
}

// PageView is shown by guide.html and page.html: a text.
type PageView struct {
	Shell
	Lead     Text
	Body     Rich
	Contents []Heading // of the body; empty for a short text
	Audience []Term
	Grades   string
	Subjects []Term
	Picture  *Picture
}

// Heading is a heading of the text in its table of contents.
type Heading struct {
	ID    string
	Text  string
	Level int // 2 or 3
}

// SearchView is shown by search.html.
type SearchView struct {
	Shell
	Action   string // address of this page
	Letters  []Letter
	Facets   []FacetGroup
	Sections []Link
	Index    string // address of the search index of the page's language
}

// NotFoundView is shown by 404.html, which speaks all the hub's languages.
type NotFoundView struct {
	Shell
	Parts []NotFoundPart
}

// NotFoundPart is the page in one language.
type NotFoundPart struct {
	W      Words
	Lang   string
	Dir    string
	Home   Link
	Search string
	Links  []Link // sections
}

// RedirectView is shown by redirect.html.
type RedirectView struct {
	W         Words
	Lang      string
	Dir       string
	To        string // address that the page leads to, with its anchor
	Canonical string // absolute
	Title     string // of the page it leads to
	Policy    string // of the meta element Content-Security-Policy
	Script    string // address of redirect.js
}

// RetiredView is shown by retired.html: an address whose record is gone.
type RetiredView struct {
	Shell
	About   string // "Bookflix was taken off this site."
	Reason  Text
	To      Link // Href is "" if there is nothing instead
	Links   []Link
	Anchors []string // places of the page that was here
}
