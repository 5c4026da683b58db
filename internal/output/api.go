package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// The hub as data (contract, section 3). Addresses are absolute, texts are in
// the default language, and what is not listed on the site is not here either.

// hoursDays is how many days of opening hours api/hours.json holds.
const hoursDays = 56

func (p *planner) api() []publish.Artifact {
	e := p.editions[0]
	return []publish.Artifact{
		{Path: "api/site.json", Render: func(w *bytes.Buffer) error { return newJSONEncoder(w).Encode(p.siteData()) }},
		apiFile(p, "api/databases.json", "databases", e.Databases, p.databaseData),
		apiFile(p, "api/awards.json", "awards", e.Awards, p.awardData),
		apiFile(p, "api/libraries.json", "libraries", e.Libraries, p.libraryData),
		apiFile(p, "api/hours.json", "libraries", e.Libraries, p.hoursData),
	}
}

// apiFile plans a file that holds the data of what is listed of some records,
// under a name, and the day.
func apiFile[R interface{ Listed() bool }, T any](p *planner, path, name string, records []R, data func(R) T) publish.Artifact {
	return publish.Artifact{Path: path, Stream: func(w io.Writer) error {
		if _, err := fmt.Fprintf(w, `{"generated":%q,%q:`, p.hub.Today, name); err != nil {
			return err
		}
		listed := slices.DeleteFunc(slices.Clone(records), func(r R) bool { return !r.Listed() })
		if err := writeJSONList(w, listed, data); err != nil {
			return err
		}
		_, err := io.WriteString(w, "}\n")
		return err
	}}
}

// newJSONEncoder writes compact JSON, whose texts are as people wrote them.
func newJSONEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

// writeJSONList writes an array of the data of some records, one after the
// other: that of 10,000 is 20 MB, and as much again as text (2026-11-26).
func writeJSONList[R, T any](w io.Writer, records []R, data func(R) T) error {
	var b bytes.Buffer
	enc := newJSONEncoder(&b)
	b.WriteByte('[')
	for i, r := range records {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := enc.Encode(data(r)); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1) // Encode ends with a line feed
		if _, err := b.WriteTo(w); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	_, err := b.WriteTo(w)
	return err
}

type siteJSON struct {
	Generated   civil.Date    `json:"generated"`
	Title       string        `json:"title"`
	Description string        `json:"description"`
	URL         string        `json:"url"`
	Languages   []string      `json:"languages"`
	Timezone    string        `json:"timezone"`
	Contact     contactJSON   `json:"contact"`
	Subjects    []subjectJSON `json:"subjects"`
	Notices     []noticeJSON  `json:"notices"`
	Guides      []pageJSON    `json:"guides"`
	Pages       []pageJSON    `json:"pages"`
}

type contactJSON struct {
	Name     string         `json:"name,omitempty"`
	Audience []hub.Audience `json:"audience,omitempty"`
	Email    string         `json:"email"`
	Phone    string         `json:"phone"`
}

type subjectJSON struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Synonyms []string `json:"synonyms"`
}

type noticeJSON struct {
	Text  string     `json:"text"`
	From  civil.Date `json:"from"`
	Until civil.Date `json:"until"`
}

type pageJSON struct {
	ID          string         `json:"id"`
	Title       string         `json:"title"`
	URL         string         `json:"url"`
	Description string         `json:"description"`
	Audience    []hub.Audience `json:"audience"`
	Grades      []string       `json:"grades"`
	Subjects    []string       `json:"subjects"`
}

func (p *planner) siteData() siteJSON {
	e := p.editions[0]
	site := siteJSON{
		Generated: p.hub.Today, Title: e.Site.Title, Description: e.Site.Description,
		URL: p.absolute("/"), Timezone: p.hub.Zone.String(), Contact: contactData(e.Site.Contact),
		Subjects: []subjectJSON{}, Notices: noticeData(e.currentNotices(e.Site.Notices)),
		Guides: []pageJSON{}, Pages: []pageJSON{},
	}
	for _, t := range e.Site.Languages {
		site.Languages = append(site.Languages, t.String())
	}
	for _, s := range e.Site.Subjects {
		site.Subjects = append(site.Subjects, subjectJSON{s.ID, s.Title, list(s.Synonyms)})
	}
	for _, g := range e.Guides {
		site.Guides = p.appendPage(site.Guides, &g.Page)
	}
	for _, page := range e.Pages {
		site.Pages = p.appendPage(site.Pages, page)
	}
	return site
}

func (p *planner) appendPage(to []pageJSON, page *hub.Page) []pageJSON {
	if !page.Listed() {
		return to
	}
	return append(to, pageJSON{
		ID: page.ID, Title: page.Title, URL: p.absolute(page.Path), Description: page.Description,
		Audience: list(page.Audience), Grades: gradeData(page.Grades), Subjects: subjectIDs(page.Subjects),
	})
}

type databaseJSON struct {
	ID                string         `json:"id"`
	Title             string         `json:"title"`
	AlsoKnownAs       []string       `json:"also_known_as"`
	URL               string         `json:"url"`
	Description       string         `json:"description"`
	Vendor            string         `json:"vendor"`
	Formats           []hub.Format   `json:"formats"`
	Grades            []string       `json:"grades"`
	Audience          []hub.Audience `json:"audience"`
	Subjects          []string       `json:"subjects"`
	Languages         []string       `json:"languages"`
	Access            []accessJSON   `json:"access"`
	SimultaneousUsers int            `json:"simultaneous_users,omitempty"`
	TrialUntil        civil.Date     `json:"trial_until,omitzero"`
	NewUntil          civil.Date     `json:"new_until,omitzero"`
	Reviewed          civil.Date     `json:"reviewed,omitzero"`
}

type accessJSON struct {
	Library  string         `json:"library"` // "" with everyone
	Everyone bool           `json:"everyone"`
	Label    string         `json:"label"`
	URL      string         `json:"url"`
	SignIn   string         `json:"sign_in"`
	Where    []hub.Where    `json:"where"`
	Grades   []string       `json:"grades"`
	Audience []hub.Audience `json:"audience"`
}

func (p *planner) databaseData(d *hub.Database) databaseJSON {
	record := databaseJSON{
		ID: d.ID, Title: d.Title, AlsoKnownAs: list(d.AlsoKnownAs), URL: p.absolute(d.Path),
		Description: d.Description, Vendor: d.Vendor, Formats: list(d.Formats),
		Grades: gradeData(d.Grades), Audience: list(d.Audience), Subjects: subjectIDs(d.Subjects),
		Languages: []string{}, Access: []accessJSON{}, SimultaneousUsers: d.SimultaneousUsers,
		TrialUntil: d.Trial.Until, NewUntil: d.NewUntil, Reviewed: d.Reviewed,
	}
	for _, t := range d.Languages {
		record.Languages = append(record.Languages, t.String())
	}
	for _, a := range d.Access {
		access := accessJSON{
			Everyone: a.Everyone(), Label: a.Label, URL: a.Link, SignIn: a.SignIn,
			Where: list(a.Where), Grades: gradeData(a.Grades), Audience: list(a.Audience),
		}
		if a.Library != nil {
			access.Library = a.Library.ID
		}
		record.Access = append(record.Access, access)
	}
	return record
}

type awardJSON struct {
	ID          string          `json:"id"`
	Title       string          `json:"title"`
	URL         string          `json:"url"`
	Description string          `json:"description"`
	Organizer   string          `json:"organizer"`
	Grades      []string        `json:"grades"`
	Lists       []awardListJSON `json:"lists"`
}

type awardListJSON struct {
	ID          string       `json:"id"`
	Title       string       `json:"title"`
	Year        *int         `json:"year"`
	URL         string       `json:"url"`
	Current     bool         `json:"current"`
	Grades      []string     `json:"grades"`
	ReadAtLeast int          `json:"read_at_least,omitempty"`
	Voting      []votingJSON `json:"voting"`
	Books       []bookJSON   `json:"books"`
}

type votingJSON struct {
	Library string     `json:"library"`
	From    civil.Date `json:"from"`
	To      civil.Date `json:"to"`
	URL     string     `json:"url"`
}

type bookJSON struct {
	Title       string           `json:"title"`
	Author      []string         `json:"author"`
	Illustrator []string         `json:"illustrator"`
	ISBN        []string         `json:"isbn"`
	Status      hub.BookStatus   `json:"status"`
	Year        *int             `json:"year"`
	Anchor      string           `json:"anchor"`
	URL         string           `json:"url"`
	Grades      []string         `json:"grades"`
	Pages       int              `json:"pages,omitempty"`
	Note        string           `json:"note"`
	HeldBy      []string         `json:"held_by"` // null: every library with a catalog of its own
	Formats     []bookFormatJSON `json:"formats"`
}

type bookFormatJSON struct {
	Kind     hub.BookKind `json:"kind"`
	Database string       `json:"database"`
}

func (p *planner) awardData(a *hub.Award) awardJSON {
	award := awardJSON{
		ID: a.ID, Title: a.Title, URL: p.absolute(a.Path), Description: a.Description,
		Organizer: a.Organizer, Grades: gradeData(a.Grades), Lists: []awardListJSON{},
	}
	for _, l := range a.Lists {
		if l.Listed() {
			award.Lists = append(award.Lists, p.awardListData(l))
		}
	}
	return award
}

func (p *planner) awardListData(l *hub.AwardList) awardListJSON {
	out := awardListJSON{
		ID: l.ID, Title: l.Title, Year: orNull(l.Year), URL: p.absolute(l.Path), Current: l.Current,
		Grades: gradeData(l.Grades), ReadAtLeast: l.ReadAtLeast, Voting: []votingJSON{}, Books: make([]bookJSON, 0, len(l.Books)),
	}
	for _, v := range l.Voting {
		out.Voting = append(out.Voting, votingJSON{v.Library.ID, v.When.From, v.When.Until, v.URL})
	}
	for _, b := range l.Books {
		book := bookJSON{
			Title: b.Title, Author: list(b.Authors), Illustrator: list(b.Illustrators), ISBN: []string{},
			Status: b.Status, Year: orNull(b.Year), Anchor: b.Anchor, URL: p.absolute(l.Path) + hash(b.Anchor),
			Grades: gradeData(b.Grades), Pages: b.Pages, Note: b.Note, Formats: []bookFormatJSON{},
		}
		if b.Year == 0 {
			book.Year = orNull(l.Year)
		}
		for _, n := range b.ISBNs {
			book.ISBN = append(book.ISBN, n.String())
		}
		if !b.HeldByAll {
			book.HeldBy = mapTo(b.HeldBy, func(l *hub.Library) string { return l.ID })
		}
		for _, f := range b.Formats {
			format := bookFormatJSON{Kind: f.Kind}
			if f.Database != nil {
				format.Database = f.Database.ID
			}
			book.Formats = append(book.Formats, format)
		}
		out.Books = append(out.Books, book)
	}
	return out
}

type libraryJSON struct {
	ID          string          `json:"id"`
	Title       string          `json:"title"`
	Kind        hub.LibraryKind `json:"kind"`
	Parent      string          `json:"parent"`
	URL         string          `json:"url"`
	Description string          `json:"description"`
	Address     addressJSON     `json:"address"`
	Geo         *geoJSON        `json:"geo"`
	Phone       string          `json:"phone"`
	Email       string          `json:"email"`
	Website     string          `json:"website"`
	Timezone    string          `json:"timezone"`
	Catalog     string          `json:"catalog"`
	Card        cardJSON        `json:"card"`
	SignIn      string          `json:"sign_in"`
	Contacts    []contactJSON   `json:"contacts"`
	Notices     []noticeJSON    `json:"notices"`
	Calendar    string          `json:"calendar"`
	Through     civil.Date      `json:"through,omitzero"`
}

type addressJSON struct {
	Text       string `json:"text"`
	Street     string `json:"street"`
	City       string `json:"city"`
	Region     string `json:"region"`
	PostalCode string `json:"postal_code"`
	Country    string `json:"country"`
}

type geoJSON struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

type cardJSON struct {
	URL  string `json:"url"`
	Note string `json:"note"`
}

func (p *planner) libraryData(l *hub.Library) libraryJSON {
	library := libraryJSON{
		ID: l.ID, Title: l.Title, Kind: l.Kind, URL: p.absolute(l.Path), Description: l.Description,
		Address: addressJSON{l.Address.Text, l.Address.Street, l.Address.City, l.Address.Region, l.Address.PostalCode, l.Address.Country},
		Phone:   l.Phone, Email: l.Email, Website: l.URL, Catalog: l.Catalog.URL,
		Card: cardJSON{l.Card.URL, l.Card.Note}, SignIn: l.SignIn, Contacts: []contactJSON{},
		Notices: noticeData(p.editions[0].currentNotices(l.Notices)), Calendar: p.absolute(calendarPath(l)),
		Timezone: l.Hours.Zone().String(),
	}
	if l.Parent != nil {
		library.Parent = l.Parent.ID
	}
	if l.Geo != nil {
		library.Geo = &geoJSON{l.Geo.Latitude, l.Geo.Longitude}
	}
	_, library.Through, _ = l.Hours.Published()
	for _, c := range l.Contacts {
		library.Contacts = append(library.Contacts, contactData(c))
	}
	return library
}

type libraryHoursJSON struct {
	ID       string      `json:"id"`
	Title    string      `json:"title"`
	Timezone string      `json:"timezone"`
	URL      string      `json:"url"`
	Days     []hours.Day `json:"days"`
}

func (p *planner) hoursData(l *hub.Library) libraryHoursJSON {
	from := p.hub.Now.Date(l.Hours.Zone())
	return libraryHoursJSON{
		ID: l.ID, Title: l.Title, Timezone: l.Hours.Zone().String(), URL: p.absolute(l.Path),
		Days: l.Hours.Days(from, from.AddDays(hoursDays-1)),
	}
}

func contactData(c hub.Contact) contactJSON {
	return contactJSON{Name: c.Name, Audience: c.Audience, Email: c.Email, Phone: c.Phone}
}

func noticeData(notices []hub.Notice) []noticeJSON {
	out := []noticeJSON{}
	for _, n := range notices {
		out = append(out, noticeJSON{n.Text, n.When.From, n.When.Until})
	}
	return out
}

func gradeData(set hub.Grades) []string {
	out := []string{}
	for _, g := range set.List() {
		out = append(out, g.String())
	}
	return out
}

func subjectIDs(subjects []*hub.Subject) []string {
	out := []string{}
	for _, s := range subjects {
		out = append(out, s.ID)
	}
	return out
}

// list keeps JSON from saying null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// orNull makes JSON say null for a number that is not known.
func orNull(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
