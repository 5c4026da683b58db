package hub

import (
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/markdown"
)

// Kind says what a page is about.
type Kind string

// The kinds of pages.
const (
	HomePage      Kind = "home"
	SectionPage   Kind = "section"
	LibraryPage   Kind = "library"
	DatabasePage  Kind = "database"
	AwardPage     Kind = "award"
	AwardListPage Kind = "award-list"
	GuidePage     Kind = "guide"
	PlainPage     Kind = "page"
)

// State says where a page stands in time.
type State int

// The states. A page that is Live or Ended is on the site.
const (
	Live     State = iota
	Ended          // after `expires` or the trial: its address keeps a page that says so
	Upcoming       // `publish` or the trial's first day lies ahead: not on the site
	Draft          // not on the site
)

// Page is what all records have in common, and all there is to a plain page.
type Page struct {
	Kind Kind
	ID   string // the file's or folder's name; "" for home
	Path string // its address from the hub's root without a language: "/databases/sora/"

	File     string // the file it comes from, from the hub's root: "content/databases/sora.md"
	Original string // the file of the default language; File itself unless File is a translation
	TitlePos diag.Pos
	Pos      diag.Pos // the start of its front matter

	Lang       lang.Tag // of its title and texts; not the edition's when it is not translated
	Standalone bool     // there is no page in the default language
	Unread     bool     // a part of it cannot be read, which was reported: what it lacks is not known

	Title           string
	Description     string
	DescriptionLang lang.Tag      // of the description; the default language's when a translation has none
	Body            *markdown.Doc // never nil
	BodyLang        lang.Tag      // of the body, likewise

	Aliases   []Alias
	State     State
	Published civil.Date // `publish`; zero if not given; of an Upcoming page the day on which it comes out
	Expires   civil.Date // the last day; for a database also the trial's
	Updated   civil.Date
	Reviewed  civil.Date
	Audience  []Audience // in the order of Audiences
	Subjects  []*Subject
	Grades    Grades
	Image     *File // nil if none
	ImageAlt  string
	Weight    int // smaller comes first
}

// Listed reports whether the page stands in lists, search, feeds, sitemap and
// JSON.
func (p *Page) Listed() bool { return p.State == Live }

// OnSite reports whether the page's address answers.
func (p *Page) OnSite() bool { return p.State == Live || p.State == Ended }

// Alias is another address of a page, counted from the hub's root.
type Alias struct {
	Path string // with a leading slash
	Pos  diag.Pos
}

// File is a file under content/ that is not a page, such as a picture or a
// PDF. It comes out only if something names it.
type File struct {
	Source string // from the hub's root: "content/guides/card/form.pdf"
	Path   string // its address from the hub's root: "/guides/card/form.pdf"
	Size   int64  // in bytes
	Width  int    // of a picture, in pixels; 0 if not known
	Height int

	// Mentioned says that some page names the file, also one that is a draft or
	// cannot be read, so that nobody needs to be asked what the file is for.
	Mentioned bool
}

// Ref is a relative link in front matter, to a Markdown file as in a text.
type Ref struct {
	Dest string
	Pos  diag.Pos // its File is what Dest is relative to
}

// Guide is a page for teachers, families or librarians.
type Guide struct{ Page }
