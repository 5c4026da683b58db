package output

import (
	"bytes"
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/layout"
	"github.com/twinshelf/twinshelf/internal/markdown"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// shellParts are the fragments that all pages of an edition share. They are
// rendered once: with them passed in ready, a page costs a fraction of what it
// would if each page rendered its own menu.
type shellParts struct {
	head    template.HTML
	headers []template.HTML // by the entry of the menu that is marked; the last marks none
	footer  template.HTML
	sprite  sprite // of layout icons
	menu    []menuEntry
	locale  string // as Open Graph writes it
	home    string // the address of the home page, absolute
	blocks  *markdown.Words
}

// menuEntry is an entry of the menu with its path, "" for an outside address.
type menuEntry struct {
	link Link
	path string
}

// leaf says what a page is, beside its content. It is all that the shell and
// the plan need to know. It is made for the plan, and again when the page is
// rendered: the leaves of 20,000 pages are 8 MB.
type leaf struct {
	path        string // from the hub's root, without a language
	title       Text
	headTitle   string // "" for the title
	description string
	record      *hub.Page // nil for a page that no record makes
	text        bool      // the page shows the record's text
	crumbs      []Link    // between home and the page
	noIndex     bool
	anchors     func() []string // for publish.Page
	scripts     []string        // names under static/
	data        func() any      // a JSON-LD object, made when the page is; nil for none
	share       bool
	embed       string // path of the small page for frames
	everywhere  bool   // it exists in every language by itself: lists, hours
}

func (e *edition) prepareShell() error {
	e.shell.menu, e.shell.locale, e.shell.home = e.menu(), locale(e.Lang.String()), e.absolute("/")
	e.shell.blocks = e.markdownWords()
	frame := Frame{
		W: e.words, SiteTitle: e.Site.Title, Home: e.href("/"),
		Search: e.href("/search/"), Policy: policy,
		Assets: Assets{
			Style: e.plan.assets.href("css/hub.css"), Font: e.plan.assets.href("fonts/hyperlegible.woff2"),
			Icon: e.plan.assets.href("icon.svg"), Touch: e.plan.assets.href("apple-touch-icon.png"),
		},
		Feed: e.href("/feed.xml"), FeedTitle: e.Site.Title, Manifest: e.plan.href("/site.webmanifest"),
		Contact: e.contact(e.Site.Contact), Generator: "Twinshelf",
	}
	for _, l := range e.Libraries {
		if l.Listed() && l.Parent == nil {
			frame.Libraries = append(frame.Libraries, Link{Href: e.href(l.Path), Text: l.Title})
		}
	}
	if len(frame.Libraries) > sideBySide {
		frame.Libraries = []Link{e.allLibraries(len(frame.Libraries))}
	}
	var err error
	if e.shell.head, err = fragment(e, "head", frame); err != nil {
		return err
	}
	icons, err := fragment(e, "icons", frame)
	if err != nil {
		return err
	}
	e.shell.sprite = newSprite(icons)
	for current := range len(e.shell.menu) + 1 {
		frame.Menu = nil
		for i, entry := range e.shell.menu {
			entry.link.Current = i == current
			frame.Menu = append(frame.Menu, entry.link)
		}
		header, err := fragment(e, "header", frame)
		if err != nil {
			return err
		}
		e.shell.headers = append(e.shell.headers, header)
	}
	e.shell.footer, err = fragment(e, "footer", frame)
	return err
}

// allLibraries is the way to the page of all libraries.
func (e *edition) allLibraries(n int) Link {
	return Link{Href: e.href("/libraries/"), Text: e.words.N("libraries-all", n)}
}

// part is fragment where nothing can be said but on the page itself. A layout
// that was checked when it was loaded fails only on a template's own call to
// "error"; the page then says so where the part would stand.
func part[V any](e *edition, name string, view V) template.HTML {
	html, err := fragment(e, name, view)
	if err != nil {
		return template.HTML("<p>" + template.HTMLEscapeString(err.Error()) + "</p>") //nolint:gosec // escaped
	}
	return html
}

// fragment renders a layout whose result goes into other pages.
func fragment[V any](e *edition, name string, view V) (template.HTML, error) {
	html, err := e.plan.scratch.make(func(w *bytes.Buffer) error {
		return layout.Page[V]{Name: name}.Render(e.plan.layouts, w, view)
	})
	if err != nil {
		return "", err
	}
	return template.HTML(html), nil //nolint:gosec // made by html/template
}

// menu returns the entries of the menu: the site's, else the sections that
// have something to show.
func (e *edition) menu() []menuEntry {
	items := e.Site.Menu
	if len(items) == 0 {
		for _, s := range []hub.Section{hub.DatabasesSection, hub.AwardsSection, hub.HoursSection, hub.GuidesSection} {
			if e.hasEntries(s) {
				items = append(items, hub.MenuItem{Section: s})
			}
		}
	}
	var entries []menuEntry
	for _, item := range items {
		entry := menuEntry{link: Link{Text: item.Title, Href: item.URL, Outside: item.URL != ""}}
		page := e.Sections[item.Section]
		in := e.Edition
		if item.Page.Dest != "" {
			target, _ := e.Resolve(item.Page.Pos.File, item.Page.Dest)
			page, in = target.Page, target.Edition
		}
		if page == nil && item.URL == "" || page != nil && !page.OnSite() {
			continue
		}
		if page != nil {
			entry.path = page.Path
			entry.link.Href = e.plan.href(in.Prefix + page.Path)
			if entry.link.Text == "" {
				title := e.sectionTitle(page)
				entry.link.Text, entry.link.Lang = title.Text, title.Lang
			}
		}
		entries = append(entries, entry)
	}
	return entries
}

// hasEntries reports whether a section has anything to show.
func (e *edition) hasEntries(s hub.Section) bool {
	switch s {
	case hub.DatabasesSection:
		return len(e.Databases) > 0
	case hub.AwardsSection:
		return len(e.Awards) > 0
	case hub.GuidesSection:
		return len(e.Guides) > 0
	}
	return len(e.Libraries) > 0
}

// header returns the header with the entry of the menu marked that a path
// belongs to.
func (e *edition) header(path string) template.HTML {
	best := len(e.shell.menu)
	for i, entry := range e.shell.menu {
		if entry.path != "" && entry.path != "/" && strings.HasPrefix(path, entry.path) &&
			(best == len(e.shell.menu) || len(entry.path) > len(e.shell.menu[best].path)) {
			best = i
		}
	}
	return e.shell.headers[best]
}

// newShell returns what a page has around its content.
func (e *edition) newShell(l leaf) (Shell, error) {
	s := Shell{
		W: e.words, Lang: e.Lang.String(), Dir: e.Lang.Dir(),
		Title: l.title, HeadTitle: l.headTitle, Description: l.description,
		Canonical: e.absolute(l.path), NoIndex: l.noIndex,
		Head: e.shell.head, Header: e.header(l.path), Footer: e.shell.footer,
		Languages: e.languages(l), JSONLD: e.jsonLD(l),
	}
	if s.HeadTitle == "" {
		s.HeadTitle = l.title.Text
	}
	if s.HeadTitle != e.Site.Title {
		s.HeadTitle = e.words.T("head-title", "title", s.HeadTitle, "site", e.Site.Title)
	}
	if s.Description == "" {
		s.Description = s.HeadTitle
	}
	s.Scripts = make([]string, 0, len(l.scripts)+1)
	for _, name := range l.scripts {
		if href := e.plan.assets.href(name); href != "" {
			s.Scripts = append(s.Scripts, href)
		}
	}
	if s.Offline = e.worksOffline(l); s.Offline {
		s.Scripts = append(s.Scripts, e.plan.assets.href("js/offline.js"))
	}
	if l.path != "/" {
		s.Breadcrumbs = append([]Link{{Href: e.href("/"), Text: e.words.T("home")}}, l.crumbs...)
	}
	for _, n := range e.currentNotices(e.Site.Notices) {
		s.Notices = append(s.Notices, e.text(n.Text, n.Lang))
	}
	if canonical := e.canonical(l); canonical != "" {
		s.Canonical = e.plan.absolute(canonical)
	}
	for _, twin := range e.alternates(l) {
		s.Alternates = append(s.Alternates, Alternate{twin.Lang, e.plan.absoluteAddress(twin.Address)})
	}
	s.Social = e.social(l, s)
	if l.share {
		s.Share = e.share(l, s.Canonical)
	}
	if l.record != nil {
		e.addRecord(&s, l.record)
		s.Icons = slices.ContainsFunc(l.record.Body.Blocks, func(b markdown.Block) bool { return b.Name != "hours" })
	}
	var err error
	if l.text {
		s.text, err = e.body(l.record)
	}
	return s, err
}

// addRecord adds what the shell shows of a record.
func (e *edition) addRecord(s *Shell, p *hub.Page) {
	s.Updated, s.Reviewed = e.date(p.Updated), e.date(p.Reviewed)
	if p.File != "" && e.Site.EditURL != "" {
		s.EditURL = strings.ReplaceAll(e.Site.EditURL, "{path}", escapePath(p.File))
	}
	if p.Lang != e.Lang && p.Kind != hub.SectionPage {
		s.Untranslated = Text{Text: e.words.T("untranslated", "language", p.Lang.Name(e.Lang))}
	}
	if p.State == hub.Ended {
		s.NoIndex = true
		s.Ended = &Ended{Text: e.words.T("ended", "title", p.Title, "date", e.words.Date(p.Expires)), Instead: e.instead(p)}
	}
}

// instead says where to go from what has ended.
func (e *edition) instead(p *hub.Page) []Link {
	section := hub.GuidesSection
	switch p.Kind {
	case hub.DatabasePage:
		section = hub.DatabasesSection
	case hub.AwardPage, hub.AwardListPage:
		section = hub.AwardsSection
	case hub.LibraryPage:
		section = hub.LibrariesSection
	case hub.PlainPage, hub.HomePage, hub.SectionPage:
		return []Link{{Href: e.href("/"), Text: e.Home.Title}}
	}
	var links []Link
	if d := e.Database(p.ID); d != nil && p.Kind == hub.DatabasePage {
		for _, f := range d.Formats {
			if e.plan.taken[filePath(e.Prefix+formatPath(f))] {
				links = append(links, Link{Href: e.href(formatPath(f)), Text: e.words.FormatPlural(string(f))})
			}
		}
	}
	return append(links, e.sectionLink(section))
}

// translated reports whether the page of a leaf is in the edition's own
// language.
func (e *edition) translated(l leaf) bool {
	return l.record == nil || l.everywhere || l.record.Lang == e.Lang
}

// twin returns the leaf's record in another edition, and whether the page
// exists there.
func (e *edition) twin(l leaf, in *edition) (leaf, bool) {
	if l.record == nil || l.everywhere {
		return l, true
	}
	p := in.PageAt(l.record.Path)
	if p == nil || !p.OnSite() {
		return leaf{}, false
	}
	l.record = p
	return l, true
}

// canonical returns the path, with its language, of the page that stands for
// an untranslated one; "" for a page that stands for itself.
func (e *edition) canonical(l leaf) string {
	if e.translated(l) {
		return ""
	}
	for _, in := range e.plan.editions {
		if in.Lang == l.record.Lang {
			return in.Prefix + l.path
		}
	}
	return ""
}

// alternates returns the page's twins in all languages that have it
// translated, the page itself included; nil if there is no other.
func (e *edition) alternates(l leaf) []publish.Alternate {
	if !e.translated(l) || l.noIndex || len(e.plan.editions) < 2 {
		return nil
	}
	var twins []publish.Alternate
	for _, in := range e.plan.editions {
		if t, ok := e.twin(l, in); ok && in.translated(t) {
			twins = append(twins, publish.Alternate{Lang: in.Lang.String(), Address: escapePath(in.Prefix + l.path)})
		}
	}
	if len(twins) < 2 {
		return nil
	}
	standard := twins[0]
	return append(twins, publish.Alternate{Lang: "x-default", Address: standard.Address})
}

// languages returns the language switch: the same page in each language, or
// home where a language does not have it.
func (e *edition) languages(l leaf) []Language {
	if len(e.plan.editions) < 2 {
		return nil
	}
	var list []Language
	for _, in := range e.plan.editions {
		path := l.path
		if _, ok := e.twin(l, in); !ok {
			path = "/"
		}
		list = append(list, Language{
			Lang: in.Lang.String(), Dir: in.Lang.Dir(), Name: in.Lang.Self(), Href: in.href(path), Current: in == e,
		})
	}
	return list
}

// page returns the artifact of an HTML page. The view is made when the page is
// rendered, so that a plan of ten thousand pages stays small.
func page[V any](e *edition, what func() leaf, name string, view func(Shell) V) publish.Artifact {
	l := what()
	a := publish.Artifact{
		Path: filePath(e.Prefix + l.path),
		Page: &publish.Page{
			Lang: e.Lang.String(), Title: l.title.Text, NoIndex: l.noIndex,
			Canonical: e.canonical(l), Alternates: e.alternates(l), Anchors: l.anchors,
		},
		Render: func(w *bytes.Buffer) error {
			s, err := e.newShell(what())
			if err != nil {
				return err
			}
			return layout.Page[V]{Name: name}.Render(e.plan.layouts, w, view(s))
		},
	}
	if l.record != nil {
		a.Source, a.Pos = l.record.File, l.record.Pos
		a.Page.Updated = l.record.Updated
		a.Page.NoIndex = l.noIndex || l.record.State == hub.Ended
	}
	return a
}

// The small conversions from the hub to what layouts show.

// foreign returns a language as an attribute, "" if it is the page's own.
func (e *edition) foreign(t lang.Tag) string {
	if t == e.Lang || t.IsZero() {
		return ""
	}
	return t.String()
}

// text is a text with its language.
func (e *edition) text(s string, t lang.Tag) Text {
	out := Text{Text: s, Lang: e.foreign(t)}
	if out.Lang != "" {
		out.Dir = t.Dir()
	}
	return out
}

// title returns a page's title.
func (e *edition) title(p *hub.Page) Text { return e.text(p.Title, p.Lang) }

// sectionTitle returns the title of a page; that of a section comes from the
// interface's words where its text has none in the edition's language, as lists
// count as translated.
func (e *edition) sectionTitle(p *hub.Page) Text {
	if p.Kind == hub.SectionPage && (p.Title == "" || p.Lang != e.Lang) {
		return Text{Text: e.words.Section(strings.Trim(p.Path, "/"))}
	}
	return e.title(p)
}

// lead returns a page's description as its first words.
func (e *edition) lead(p *hub.Page) Text { return e.text(p.Description, p.DescriptionLang) }

// about returns a page's description, else its first words, with the language
// that they are in: a translation may have none of its own.
func (e *edition) about(p *hub.Page) Text {
	if p.Description != "" {
		return e.lead(p)
	}
	return e.text(e.description(p), p.BodyLang)
}

// date is a date in words; the zero Date for none.
func (e *edition) date(d civil.Date) Date {
	if d.IsZero() {
		return Date{}
	}
	return Date{d.String(), e.words.Date(d)}
}

// description returns a page's description, else its first words.
func (e *edition) description(p *hub.Page) string {
	const room = 160 // what search engines show
	s := p.Description
	if s == "" {
		s = p.Body.Summary
	}
	if p.Description != "" || utf8.RuneCountInString(s) <= room {
		return s
	}
	cut, n := s, 0
	for i := range s {
		if n == room {
			cut = s[:i]
			break
		}
		n++
	}
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.–") + "…"
}

// contact is how to reach somebody.
func (e *edition) contact(c hub.Contact) Contact {
	out := Contact{Name: c.Name, Email: c.Email, Phone: c.Phone, PhoneURI: phoneURI(c.Phone)}
	var audience []string
	for _, a := range c.Audience {
		audience = append(audience, e.words.Audience(string(a)))
	}
	out.For = strings.Join(audience, ", ")
	return out
}

// phoneURI returns the address of a phone number (RFC 3966), "" for none. What
// stands behind the number ("ext. 12") is left out.
func phoneURI(phone string) template.URL {
	var b strings.Builder
	for i, r := range phone {
		switch {
		case r >= '0' && r <= '9', r == '+' && i == 0:
			b.WriteRune(r)
		case strings.ContainsRune(" -.()/\u00a0\u2011", r):
		default:
			return finishPhone(b.String())
		}
	}
	return finishPhone(b.String())
}

func finishPhone(digits string) template.URL {
	if len(digits) < 3 {
		return ""
	}
	return template.URL("tel:" + digits) //nolint:gosec // digits only
}
