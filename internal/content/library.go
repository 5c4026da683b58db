package content

import (
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/frontmatter"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
)

// library is what a library's file says, checked, before it has a language.
type library struct {
	kind     hub.LibraryKind
	parent   *record // nil also where the parent is unknown or closes a loop
	address  hub.Address
	geo      *hub.Geo
	email    string
	url      string
	catalog  hub.Catalog
	proxy    hub.Proxy
	cardURL  string
	contacts []hub.Contact
	notices  []hub.Notice
}

func (j *joiner) checkLibraries() {
	for _, r := range j.records {
		if r.place.kind == hub.LibraryPage {
			j.checkLibrary(r)
		}
	}
	j.checkParents()
	j.workOutHours()
}

func (j *joiner) checkLibrary(r *record) {
	raw := r.file.library
	l := &library{kind: hub.Public}
	r.library = l
	if kind, ok := word(&j.findings, raw.Kind, "unknown-kind", "kind", hub.LibraryKinds()); ok {
		l.kind = kind
	} else if raw.Parent.Given() {
		l.kind = hub.Branch
	}
	if (l.kind == hub.Branch || l.kind == hub.Department) && !raw.Parent.Given() {
		j.add(diag.Errorf(raw.Kind.Pos, "missing-field", "a %s needs a parent", l.kind).
			WithHint("parent: the ID of the library that it belongs to"))
	}
	if raw.Address.Place.Given() {
		l.address = addressOf(raw.Address)
	}
	j.checkGeo(l, raw)
	l.email = j.email(raw.Email)
	l.url = j.address(raw.URL, "url")
	l.catalog = hub.Catalog{
		URL:    j.address(raw.Catalog.URL, "catalog.url"),
		ISBN:   j.pattern(raw.Catalog.ISBN, "catalog.isbn", "{isbn}"),
		Search: j.pattern(raw.Catalog.Search, "catalog.search", "{query}"),
	}
	l.cardURL = j.address(raw.Card.URL, "card.url")
	if raw.Proxy.Place.Given() {
		j.required(raw.Proxy.Prefix, raw.Proxy.Place.Pos, "proxy", "prefix")
		l.proxy = hub.Proxy{Prefix: j.address(raw.Proxy.Prefix, "proxy.prefix"), Encode: raw.Proxy.Encode.Value}
	}
	for _, c := range raw.Contacts {
		l.contacts = append(l.contacts, j.contact(c))
	}
	l.notices = j.checkNotices(raw.Notices)
	for _, tag := range r.translated() {
		j.checkLibraryTranslation(r, r.translations[tag])
	}
}

func (j *joiner) checkLibraryTranslation(r *record, f *parsedFile) {
	t, raw := f.library, r.file.library
	j.address(t.URL, "url")
	j.address(t.Card.URL, "card.url")
	j.address(t.Catalog.URL, "catalog.url")
	j.pattern(t.Catalog.ISBN, "catalog.isbn", "{isbn}")
	j.pattern(t.Catalog.Search, "catalog.search", "{query}")
	j.email(t.Email)
	j.checkNotices(t.Notices)
	for _, c := range t.Contacts {
		j.contact(c)
	}
	for _, field := range []struct {
		name                 string
		translated, original text
	}{{"kind", t.Kind, raw.Kind}, {"parent", t.Parent, raw.Parent}, {"timezone", t.Timezone, raw.Timezone},
		{"hours.through", t.Hours.Through, raw.Hours.Through}, {"hours.from", t.Hours.From, raw.Hours.From}} {
		if field.translated.Given() && field.translated.Value != field.original.Value {
			j.inherited(field.translated.Pos, field.name)
		}
	}
	if r.file.broken {
		return
	}
	j.checkNoticesExist(t.Notices, raw.Notices)
	for _, e := range t.Hours.Exceptions {
		if findRule(raw.Hours.Exceptions, e) == nil {
			j.noCounterpart(e.Place.Pos, "exception")
		}
	}
	for _, s := range t.Hours.Seasons {
		if findSeason(raw.Hours.Seasons, s) == nil {
			j.noCounterpart(s.Place.Pos, "season")
		}
	}
}

// noCounterpart reports an entry of a translation that the original lacks.
func (j *joiner) noCounterpart(pos diag.Pos, what string) {
	j.add(diag.Errorf(pos, "translation", "the original has no such %s", what).
		WithHint("an entry of a translation is known by what identifies it in the original; add it there first"))
}

// findRule finds the rule that a translation means: by date, range or holiday
// and offset.
func findRule(rules []rawException, t rawException) *rawException {
	for i := range rules {
		if sameRule(rules[i].rawRule, t.rawRule) {
			return &rules[i]
		}
	}
	return nil
}

func sameRule(a, b rawRule) bool {
	return slices.EqualFunc(a.Date, b.Date, func(x, y text) bool { return x.Value == y.Value }) &&
		a.From.Value == b.From.Value && a.To.Value == b.To.Value &&
		a.Holiday.Value == b.Holiday.Value && a.Offset.Value == b.Offset.Value
}

func findSeason(seasons []rawSeason, t rawSeason) *rawSeason {
	for i := range seasons {
		if seasons[i].From.Value == t.From.Value && seasons[i].To.Value == t.To.Value {
			return &seasons[i]
		}
	}
	return nil
}

// addressOf returns a postal address with its one line of text.
func addressOf(raw rawAddress) hub.Address {
	a := hub.Address{
		Street: raw.Street.Value, City: raw.City.Value, Region: raw.Region.Value,
		PostalCode: raw.PostalCode.Value, Country: raw.Country.Value, Text: raw.Text.Value,
	}
	if a.Text == "" {
		region := strings.TrimSpace(a.Region + " " + a.PostalCode)
		a.Text = strings.Join(slices.DeleteFunc([]string{a.Street, a.City, region}, func(s string) bool { return s == "" }), ", ")
	}
	return a
}

func (j *joiner) checkGeo(l *library, raw *rawLibrary) {
	g := raw.Geo
	if !g.Place.Given() {
		return
	}
	if !g.Latitude.Given() || !g.Longitude.Given() {
		j.errorf(g.Place.Pos, "missing-field", "geo needs a latitude and a longitude")
	}
	j.degrees(g.Latitude, "latitude", 90)
	j.degrees(g.Longitude, "longitude", 180)
	l.geo = &hub.Geo{Latitude: g.Latitude.Value, Longitude: g.Longitude.Value}
}

// degrees checks that an angle lies between -limit and limit.
func (f *findings) degrees(angle frontmatter.Float, field string, limit float64) {
	if angle.Value < -limit || angle.Value > limit {
		f.errorf(angle.Pos, "out-of-range", "%s must be from %v to %v, not %v", field, -limit, limit, angle.Value)
	}
}

// libraryOf finds a library by its ID. What is unknown or a draft is reported.
func (j *joiner) libraryOf(t text) *record {
	if !t.Given() {
		return nil
	}
	r := j.libraries[t.Value]
	if r == nil {
		j.unknown(t, "unknown-library", "library", sortedKeys(j.libraries))
		return nil
	}
	j.refuseDraft(r, t.Pos)
	return r
}

// refuseDraft reports a reference to a draft: what it names is not there.
func (j *joiner) refuseDraft(r *record, pos diag.Pos) {
	if r.state == hub.Draft {
		j.add(diag.Errorf(pos, "draft", "the %s %q is a draft, so that it is not on the site", r.place.kind, r.place.id).
			WithHint("finish it, or take this out until it is finished"))
	}
}

// checkParents joins libraries with their parents and reports loops.
func (j *joiner) checkParents() {
	ids := sortedKeys(j.libraries)
	for _, id := range ids {
		r := j.libraries[id]
		r.library.parent = j.libraryOf(r.file.library.Parent)
	}
	var closed []*record
	for _, id := range ids {
		if r := j.libraries[id]; inLoop(r) {
			closed = append(closed, r)
		}
	}
	for _, r := range closed {
		var names []string
		for p := r.library.parent; p != r; p = p.library.parent {
			names = append(names, p.place.id)
		}
		t := r.file.library.Parent
		if len(names) == 0 {
			j.errorf(t.Pos, "parent-loop", "%q cannot be its own parent", r.place.id)
			continue
		}
		j.errorf(t.Pos, "parent-loop", "a loop of parents: %s is in turn below %s", strings.Join(names, ", "), r.place.id)
	}
	for _, r := range closed {
		r.library.parent = nil
	}
}

// inLoop reports whether following a library's parents leads back to it.
func inLoop(r *record) bool {
	seen := map[*record]bool{}
	for p := r.library.parent; p != nil && !seen[p]; p = p.library.parent {
		if p == r {
			return true
		}
		seen[p] = true
	}
	return false
}

// workOutHours gives the hours of all libraries to package hours.
func (j *joiner) workOutHours() {
	spec := hours.Spec{Timezone: scalar(j.site.raw.Timezone), Now: j.Now}
	if j.site.broken {
		spec.Timezone = hours.Scalar{Text: "UTC", Pos: diag.Pos{File: siteFile, Line: 1, Col: 1}}
	}
	for _, c := range j.site.raw.Closures {
		spec.Closures = append(spec.Closures, rule(c, frontmatter.Bool{}))
	}
	for _, id := range sortedKeys(j.libraries) {
		r := j.libraries[id]
		spec.Libraries = append(spec.Libraries, hoursOf(r))
	}
	var bad []diag.Finding
	j.calendar, bad = hours.New(spec)
	j.findings = append(j.findings, bad...)
}

func hoursOf(r *record) hours.LibrarySpec {
	raw := r.file.library
	spec := hours.LibrarySpec{
		ID: r.place.id, Pos: r.file.top(), Department: r.library.kind == hub.Department, Timezone: scalar(raw.Timezone),
		HasHours: raw.Hours.Place.Given(), HoursPos: raw.Hours.Place.Key,
		Regular: daySpec(raw.Hours.Regular), RegularPos: raw.Hours.Regular.Key,
		From: scalar(raw.Hours.From), Through: scalar(raw.Hours.Through),
		// Also a parent that is unknown or closes a loop: what has been said of
		// it spares the library findings that follow from it.
		Parent: raw.Parent.Value,
	}
	if r.file.broken {
		spec.Parent = "?" // unread, as the library's through is: spares its children findings too
	}
	for _, s := range raw.Hours.Seasons {
		spec.Seasons = append(spec.Seasons, hours.SeasonSpec{
			Pos: s.Place.Pos, Name: scalar(s.Name.Text), From: scalar(s.From), To: scalar(s.To), Hours: daySpec(s.Hours)})
	}
	for _, e := range raw.Hours.Exceptions {
		spec.Exceptions = append(spec.Exceptions, rule(e.rawRule, e.OnlyHere))
	}
	return spec
}

// newLibrary makes the library of an edition, without its parent.
func (b *edition) newLibrary(r *record) *hub.Library {
	l, raw := r.library, r.file.library
	out := &hub.Library{
		Page: b.newPage(r), Kind: l.kind, Address: l.address, Geo: l.geo,
		Phone: raw.Phone.Value, Email: l.email, URL: l.url, Catalog: l.catalog,
		Card:   hub.Card{URL: l.cardURL, Note: b.phrase(raw.Card.Note.Value)},
		SignIn: b.phrase(raw.SignIn.Value), Proxy: l.proxy,
		OwnCatalog: !l.catalog.IsZero(), Hours: b.calendar.Library(r.place.id),
	}
	out.Contacts = slices.Clone(l.contacts)
	for i := range out.Contacts {
		out.Contacts[i].Name = b.phrase(out.Contacts[i].Name)
	}
	t := &rawLibrary{}
	if f := r.translations[b.Lang]; f != nil {
		t = f.library
		b.translateLibrary(out, t)
	}
	out.Notices = b.notices(l.notices, t.Notices, b.site.languages[0])
	return out
}

func (b *edition) translateLibrary(out *hub.Library, t *rawLibrary) {
	if t.Address.Place.Given() {
		a := addressOf(t.Address)
		if t.Address.Text.Given() {
			out.Address.Text = a.Text
		} else {
			out.Address = a
		}
	}
	set(&out.Phone, t.Phone)
	set(&out.Email, t.Email)
	set(&out.URL, t.URL)
	set(&out.Catalog.URL, t.Catalog.URL)
	set(&out.Catalog.ISBN, t.Catalog.ISBN)
	set(&out.Catalog.Search, t.Catalog.Search)
	set(&out.Card.URL, t.Card.URL)
	set(&out.Card.Note, t.Card.Note.Text)
	set(&out.SignIn, t.SignIn.Text)
	for i, c := range t.Contacts {
		if at := contactAt(out.Contacts, c, i); at >= 0 {
			set(&out.Contacts[at].Name, c.Name.Text)
			set(&out.Contacts[at].Email, c.Email)
			set(&out.Contacts[at].Phone, c.Phone)
		}
	}
}

// contactAt finds the contact that a translation's entry means: by its e-mail
// address or telephone, else the one in the same place of the list.
func contactAt(contacts []hub.Contact, t rawContact, i int) int {
	at := slices.IndexFunc(contacts, func(c hub.Contact) bool {
		return t.Email.Given() && c.Email == t.Email.Value || t.Phone.Given() && c.Phone == t.Phone.Value
	})
	if at < 0 && i < len(contacts) {
		return i
	}
	return at
}

// set puts a translated value in the place of the original's if there is one.
func set(field *string, t text) {
	if t.Given() {
		*field = t.Value
	}
}

// inherit gives a library what it has from its parent (contract, section 2).
// The parent must have inherited before.
func inherit(l *hub.Library) {
	p := l.Parent
	if p == nil {
		return
	}
	if l.Phone == "" {
		l.Phone = p.Phone
	}
	if l.SignIn == "" {
		l.SignIn = p.SignIn
	}
	if l.Catalog.IsZero() {
		l.Catalog = p.Catalog
	}
	if l.Proxy == (hub.Proxy{}) {
		l.Proxy = p.Proxy
	}
	if l.Kind == hub.Department && l.Address.IsZero() {
		l.Address = p.Address
		if l.Geo == nil {
			l.Geo = p.Geo
		}
	}
}

// proxyOf returns the proxy of a library, its own or inherited.
func proxyOf(r *record) hub.Proxy {
	for ; r != nil && r.library != nil; r = r.library.parent {
		if r.library.proxy != (hub.Proxy{}) {
			return r.library.proxy
		}
	}
	return hub.Proxy{}
}

// unreadAbove reports whether the fields of a library or of a parent could not
// be read, so that nobody knows what it hands down.
func unreadAbove(r *record) bool {
	for ; r != nil && r.library != nil; r = r.library.parent {
		if r.file.broken {
			return true
		}
	}
	return false
}
