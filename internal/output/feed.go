package output

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"slices"
	"strconv"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Feed limits. An entry for what is to come appears that many days before, and
// is dated by that day: the content alone decides its date, never the build's.
const (
	feedEntries     = 50
	expiringAhead   = 30 // days before a database's last day
	specialDayAhead = 14 // days before a special day
)

// atomFeed is a feed as RFC 4287 has it.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	ID       string      `xml:"id"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Author   atomAuthor  `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomAuthor struct {
	Name  string `xml:"name"`
	Email string `xml:"email,omitempty"`
}

type atomEntry struct {
	Title   string    `xml:"title"`
	ID      string    `xml:"id"`
	Updated string    `xml:"updated"`
	Link    atomLink  `xml:"link"`
	Summary *atomText `xml:"summary"`
}

type atomText struct {
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

// feedEntry is an entry before it is put into words of Atom.
type feedEntry struct {
	date    civil.Date
	title   string
	path    string
	anchor  string
	id      string // what is added to the address to make the entry's name; "" for a page
	summary string
	lang    string // of the summary, "" if it is the feed's
}

func (p *planner) feeds() []publish.Artifact {
	var feeds []publish.Artifact
	for _, e := range p.editions {
		feeds = append(feeds, publish.Artifact{Path: filePath(e.Prefix + "/feed.xml"), Render: e.feed})
	}
	return feeds
}

// feed writes what is new, changed, about to end and specially open or closed.
func (e *edition) feed(w *bytes.Buffer) error {
	feed := atomFeed{
		Lang: e.Lang.String(), Title: e.Site.Title, Subtitle: e.Site.Description,
		ID: e.absolute("/"), Updated: e.plan.feedTime(e.plan.hub.Today),
		Links: []atomLink{
			{"self", "application/atom+xml", e.absolute("/feed.xml")},
			{"alternate", "text/html", e.absolute("/")},
		},
		Author: atomAuthor{e.Site.Title, e.Site.Contact.Email},
	}
	for i, entry := range e.feedEntries() {
		if i == 0 {
			feed.Updated = e.plan.feedTime(entry.date)
		}
		address := e.absolute(entry.path) + hash(entry.anchor)
		atom := atomEntry{
			Title: entry.title, ID: e.absolute(entry.path) + entry.id, Updated: e.plan.feedTime(entry.date),
			Link: atomLink{"alternate", "text/html", address},
		}
		if entry.summary != "" {
			atom.Summary = &atomText{entry.lang, entry.summary}
		}
		feed.Entries = append(feed.Entries, atom)
	}
	w.WriteString(xml.Header)
	return xml.NewEncoder(w).Encode(feed)
}

// feedTime is the start of a day in the site's zone (RFC 3339).
func (p *planner) feedTime(d civil.Date) string {
	return d.At(0, p.hub.Zone).Format(time.RFC3339)
}

// feedEntries returns the feed's entries, the newest first.
func (e *edition) feedEntries() []feedEntry {
	entries := slices.Concat(e.pageEntries(), e.expiringEntries(), e.noticeEntries(), e.specialDayEntries())
	slices.SortStableFunc(entries, func(a, b feedEntry) int {
		return cmp.Or(b.date.Compare(a.date), cmp.Compare(a.path, b.path), cmp.Compare(a.id, b.id))
	})
	return entries[:min(len(entries), feedEntries)]
}

func (e *edition) pageEntries() []feedEntry {
	var entries []feedEntry
	e.EachPage(func(page *hub.Page) {
		date := e.plan.dated(page)
		if !page.Listed() || date.IsZero() || date.After(e.plan.hub.Today) {
			return
		}
		entries = append(entries, feedEntry{
			date: date, title: page.Title, path: page.Path, summary: e.description(page), lang: e.about(page).Lang,
		})
	})
	return entries
}

// dated returns the date that the content or the ledger knows of a page:
// `updated`, else `publish`, else the day on which the ledger first had it.
func (p *planner) dated(page *hub.Page) civil.Date {
	switch {
	case !page.Updated.IsZero():
		return page.Updated
	case !page.Published.IsZero():
		return page.Published
	}
	return p.recorded(page.Path)
}

func (e *edition) expiringEntries() []feedEntry {
	var entries []feedEntry
	today := e.plan.hub.Today
	for _, d := range e.Databases {
		announced := d.Expires.AddDays(-expiringAhead)
		if !d.Listed() || d.Expires.IsZero() || announced.After(today) {
			continue
		}
		entries = append(entries, feedEntry{
			date: announced, title: e.words.T("feed-expiring", "title", d.Title, "date", e.words.Date(d.Expires)),
			path: d.Path, id: "?until=" + d.Expires.String(), summary: e.description(&d.Page), lang: e.about(&d.Page).Lang,
		})
	}
	return entries
}

func (e *edition) noticeEntries() []feedEntry {
	var entries []feedEntry
	add := func(notices []hub.Notice, path, title string) {
		onDay := map[civil.Date]int{}
		for _, n := range e.currentNotices(notices) {
			if n.When.From.IsZero() {
				continue
			}
			id := "?notice=" + n.When.From.String()
			if onDay[n.When.From]++; onDay[n.When.From] > 1 { // an ID stands for one entry (RFC 4287, section 4.2.6)
				id += "-" + strconv.Itoa(onDay[n.When.From])
			}
			entries = append(entries, feedEntry{
				date: n.When.From, title: title + ": " + n.Text, path: path, id: id, lang: e.foreign(n.Lang),
			})
		}
	}
	add(e.Site.Notices, "/", e.Site.Title)
	for _, l := range e.Libraries {
		if l.Listed() {
			add(l.Notices, l.Path, l.Title)
		}
	}
	for _, d := range e.Databases {
		if d.Listed() {
			add(d.Notices, d.Path, d.Title)
		}
	}
	return entries
}

func (e *edition) specialDayEntries() []feedEntry {
	var entries []feedEntry
	for _, l := range e.Libraries {
		if !l.Listed() {
			continue
		}
		for _, run := range e.plan.specialDays(l) {
			announced := run.From.AddDays(-specialDayAhead)
			if announced.After(l.Hours.Today()) {
				continue
			}
			entries = append(entries, feedEntry{
				date: announced, title: l.Title + ": " + e.runInWords(run), path: l.Path, anchor: "special-days",
				id: "?from=" + run.From.String(),
			})
		}
	}
	return entries
}
