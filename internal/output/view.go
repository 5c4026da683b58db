package output

import "html/template"

// This file and its neighbours view_*.go hold what the layouts show: one struct
// for each file of layouts/, named after it (database.html shows a
// [DatabaseView]). They are plain data. Whoever fills them has decided
// everything: addresses are final, dates and hours are in words, lists are
// sorted, texts are in the language of the page or say in which they are.

// Words gives the words of the interface in the language of a page;
// *lang.Words does. Values for the places in a word follow its key in pairs:
// T("database-open", "title", "Sora").
type Words interface {
	// T returns the word with a key.
	T(key string, pairs ...string) string
	// N returns the word with a key in the form that goes with a number.
	N(key string, n int, pairs ...string) string
	// Data returns words as they are written, for a script to fill.
	Data(keys ...string) map[string]string
}

// Text is a text that may be in another language than the page.
type Text struct {
	Text string
	Lang string // BCP 47; "" if it is in the language of the page
	Dir  string // "ltr" or "rtl" if Lang is given
}

// Rich is trusted HTML that may be in another language than the page.
type Rich struct {
	HTML template.HTML // "" if there is none
	Lang string        // as in Text
	Dir  string
}

// Link is a link with its words.
type Link struct {
	Href    string
	Text    string
	Lang    string // of Text, as in Text
	Current bool   // it leads to the page that it stands on, or to its section
	Outside bool   // it leaves the hub
}

// Term is a value of a closed set (a format, a grade, a place) with its name in
// words. ID also chooses the icon and is what filters compare.
type Term struct {
	ID   string
	Text string
	Href string // of the list of everything with this value; "" if there is none
}

// Date is a date in words with what machines read.
type Date struct {
	ISO  string // 2026-11-23; "" if there is no date
	Text string // November 23, 2026
}

// Picture is a picture that the page shows.
type Picture struct {
	Src           string
	Width, Height int // in CSS pixels; zero if not known
	Alt           string
}

// Shell is what every page has around its content. Views of pages embed it.
type Shell struct {
	W    Words
	Lang string // of the page, BCP 47
	Dir  string // "ltr" or "rtl"

	Title       Text   // the page's h1
	HeadTitle   string // of the title element: "Sora – Prairie Joint Library Hub"
	Description string // of the meta element; never empty
	Canonical   string // absolute; "" on pages that have none (404)
	Alternates  []Alternate
	NoIndex     bool
	Social      Social
	JSONLD      []template.JS // each a whole JSON-LD object
	Scripts     []string      // addresses of the modules that the page uses
	Icons       bool          // a text on the page shows databases or books; layouts that always show some ignore it

	// Ready fragments, the same on all pages of a language (Header: of a menu
	// entry). They come from the layouts head, header and footer.
	Head, Header, Footer template.HTML

	Languages    []Language // the same page in all languages; empty if the hub has one
	Breadcrumbs  []Link     // from home to the page before this one; empty on home
	Notices      []Text
	Offline      bool   // the hub works without a connection, and the page says so then
	Untranslated Text   // says in which language the text below is; Text is "" if it is translated
	Ended        *Ended // nil if the page is live
	Share        *Share // nil if the page cannot be used in class
	Updated      Date
	Reviewed     Date
	EditURL      string // "" if the hub has none or no file makes the page

	text Rich // of the record, for the views that show it
}

// Alternate is a page's twin in another language, for search engines.
type Alternate struct {
	Lang string // "x-default" included
	Href string // absolute
}

// Social is what a shared link looks like (Open Graph).
type Social struct {
	Type         string // website or article
	SiteName     string
	Locale       string   // en_US
	OtherLocales []string // of the page's translations
	Image        string   // absolute
	ImageType    string   // image/png or image/jpeg
	ImageAlt     string
	ImageWidth   int
	ImageHeight  int
	OEmbed       string // absolute address of the oEmbed file; "" if there is none
	PublishedISO string // of an article; may be empty
	ModifiedISO  string
}

// Language is an entry of the language switch.
type Language struct {
	Lang    string
	Dir     string
	Name    string // in itself: Español
	Href    string
	Current bool
}

// Ended says that a record is no longer offered. Its page stays and is not
// indexed.
type Ended struct {
	Text    string // "Sora ended on December 15, 2026."
	Instead []Link // where to go
}

// Share is what a teacher needs to bring a page into class.
type Share struct {
	Address   string        // absolute, for good
	HTMLLink  string        // the link as HTML
	Markdown  string        // the link as Markdown
	Classroom string        // address that shares in Google Classroom
	Teams     string        // address that shares in Microsoft Teams
	QR        template.HTML // an svg element; "" if there is none
	EmbedHref string        // the small page for frames; "" if there is none
	EmbedCode string        // the iframe element as text
	Handout   string        // address of the page for paper; "" if there is none
	Cartridge Cartridge
}

// Cartridge is a pair of Common Cartridge files.
type Cartridge struct {
	V11 string // for Canvas, Moodle, Blackboard; "" if there is none
	V12 string // for Schoology
}

// Frame is shown by the layouts head, header, footer and icons: what all pages of a
// language share.
type Frame struct {
	W         Words
	SiteTitle string
	Home      string
	Menu      []Link
	Search    string // address of the search page
	Policy    string // of the meta element Content-Security-Policy
	Assets    Assets
	Feed      string
	FeedTitle string
	Manifest  string
	Contact   Contact
	Libraries []Link
	Generator string // "Twinshelf 1.0"; may be empty
}

// Assets holds the final addresses of the files of static/ that every page
// uses.
type Assets struct {
	Style string // css/hub.css
	Font  string // fonts/hyperlegible.woff2
	Icon  string // icon.svg
	Touch string // apple-touch-icon.png; "" if there is none
}

// Contact is how to reach somebody.
type Contact struct {
	Name     string
	For      string // whom it is for, in words; may be empty
	Email    string
	Phone    string       // as written
	PhoneURI template.URL // tel:+1217…
}
