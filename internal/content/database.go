package content

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// maxUsers is a number of simultaneous users that nobody sells.
const maxUsers = 100000

// database is what a database's file says, checked, before it has a language.
type database struct {
	formats   []hub.Format
	languages []lang.Tag
	access    []access
	users     int
	trial     civil.Range
	featured  []string
	notices   []hub.Notice
	links     databaseLinks
}

// databaseLinks are the addresses of a database.
type databaseLinks struct {
	ios, android, privacy, accessibility, terms string
	help                                        hub.Ref
}

// access is an entry of access, checked.
type access struct {
	raw      *rawAccess
	library  *record // nil for everyone
	url      string
	where    []hub.Where
	grades   hub.Grades
	audience []hub.Audience
	proxied  bool
}

func (j *joiner) checkDatabases() {
	for _, r := range j.records {
		if r.place.kind == hub.DatabasePage {
			j.checkDatabase(r)
		}
	}
}

func (j *joiner) checkDatabase(r *record) {
	raw := r.file.database
	d := &database{
		formats:   j.findings.formats(raw.Formats),
		languages: j.findings.languages(raw.Languages),
		users:     j.number(raw.SimultaneousUsers, "simultaneous_users", 1, maxUsers),
		trial:     j.days(raw.Trial.From, raw.Trial.Until, "until"),
		notices:   j.checkNotices(raw.Notices),
		links:     j.databaseLinks(raw),
	}
	r.database = d
	j.timeOfTrial(r)
	for i := range raw.Access {
		if a, ok := j.checkAccess(&raw.Access[i]); ok {
			j.sameAccess(d.access, a)
			d.access = append(d.access, a)
		}
	}
	d.featured = j.subjectIDs(raw.Featured, "featured")
	for _, t := range raw.Featured {
		if len(r.subjects) < len(raw.Subjects) {
			break // a subject that is wrong was reported; it may be this one
		}
		if id := j.site.subjects.find(t.Value); id != "" && !slices.Contains(r.subjects, id) {
			j.add(diag.Errorf(t.Pos, "featured", "%q is not among the subjects of this database, so that it cannot be featured there", t.Value).
				WithHint("add it to subjects"))
		}
	}
	for _, tag := range r.translated() {
		j.checkDatabaseTranslation(r, r.translations[tag])
	}
}

// timeOfTrial sets where the database stands in time: outside the dates of its
// trial it is not offered.
func (j *joiner) timeOfTrial(r *record) {
	trial := r.database.trial
	if !trial.Until.IsZero() && (r.ends.IsZero() || trial.Until.Before(r.ends)) {
		r.ends = trial.Until
	}
	switch {
	case r.state == hub.Draft || r.state == hub.Ended:
	case trial.From.After(j.today):
		r.state = hub.Upcoming
		if trial.From.After(r.published) {
			r.published = trial.From // the day on which it comes out
		}
	case r.state == hub.Upcoming:
	case !trial.Until.IsZero() && trial.Until.Before(j.today):
		r.state = hub.Ended
	}
}

func (j *joiner) databaseLinks(raw *rawDatabase) databaseLinks {
	return databaseLinks{
		ios: j.address(raw.Apps.IOS, "apps.ios"), android: j.address(raw.Apps.Android, "apps.android"),
		privacy: j.address(raw.Privacy, "privacy"), accessibility: j.address(raw.Accessibility, "accessibility"),
		terms: j.address(raw.Terms, "terms"), help: j.ref(raw.Help, "help"),
	}
}

// ref reads a link in front matter: to a file of the hub, or an address.
func (j *joiner) ref(t text, field string) hub.Ref {
	if !t.Given() {
		return hub.Ref{}
	}
	if u, err := url.Parse(t.Value); err != nil || u.Scheme != "" {
		if j.address(t, field) == "" {
			return hub.Ref{}
		}
	}
	return hub.Ref{Dest: t.Value, Pos: t.Pos}
}

func (j *joiner) checkAccess(raw *rawAccess) (access, bool) {
	a := access{
		raw: raw, url: j.address(raw.URL, "url"),
		where:    words(&j.findings, raw.Where, "unknown-where", "place", hub.Places()),
		grades:   j.findings.grades(raw.Grades),
		audience: j.audience(raw.Audience),
	}
	badWhere := len(raw.Where) > len(a.where) // an unknown place, which may mean in-library, has been reported
	if len(a.where) == 0 {
		a.where = []hub.Where{hub.Anywhere}
	}
	pos := raw.Place.Pos
	switch {
	case raw.Library.Given() && raw.Everyone.Value:
		j.errorf(pos, "bad-access", "this entry of access is for a library and for everyone: one of them only")
	case !raw.Library.Given() && !raw.Everyone.Value:
		j.add(diag.Errorf(pos, "missing-field", "an entry of access needs a library").
			WithHint("library: ID, or everyone: true if it is free for all"))
	}
	if !raw.URL.Given() && !slices.Contains(a.where, hub.InLibrary) && !badWhere {
		j.required(raw.URL, pos, "an entry of access", "url")
	}
	if raw.Library.Given() {
		a.library = j.libraryOf(raw.Library)
	}
	if a.library == nil && !raw.Everyone.Value {
		return a, false
	}
	j.checkProxy(&a)
	return a, true
}

func (j *joiner) checkProxy(a *access) {
	if !a.raw.Proxy.Value {
		return
	}
	proxy := proxyOf(a.library)
	switch {
	case a.library == nil:
		j.errorf(a.raw.Proxy.Pos, "no-proxy", "what is free for everyone has no proxy")
	case proxy.Prefix == "":
		if p := a.library.file.library.Proxy; !p.Place.Given() && !unreadAbove(a.library) {
			j.add(diag.Errorf(a.raw.Proxy.Pos, "no-proxy", "the library %q has no proxy", a.library.place.id).
				WithHint("give it one in its file (proxy: {prefix: …}), or take this line out"))
		}
	case strings.HasPrefix(a.url, proxy.Prefix):
		j.add(diag.Warnf(a.raw.URL.Pos, "proxied-twice", "the address begins with the library's proxy already; it is not added again").
			WithHint("write the address without the proxy"))
		a.proxied = true
	default:
		a.proxied = true
	}
}

// sameAccess reports an entry that nothing tells from an earlier one.
func (j *joiner) sameAccess(before []access, a access) {
	for _, b := range before {
		if sameEntry(a, b) {
			j.add(diag.Errorf(a.raw.Place.Pos, "duplicate-access", "this entry of access is for the same readers as the one on line %d", b.raw.Place.Line).
				WithHint("entries of one library must differ in where, grades or audience"))
			return
		}
	}
}

// sameEntry reports whether two entries are identified by the same values.
func sameEntry(a, b access) bool {
	return a.library == b.library && a.raw.Everyone.Value == b.raw.Everyone.Value && slices.Equal(a.where, b.where) &&
		a.grades == b.grades && slices.Equal(a.audience, b.audience)
}

func (j *joiner) checkDatabaseTranslation(r *record, f *parsedFile) {
	t := f.database
	j.databaseLinks(t)
	j.checkNotices(t.Notices)
	if !r.file.broken {
		j.checkNoticesExist(t.Notices, r.file.database.Notices)
	}
	d := r.database
	if len(t.Formats) > 0 && !slices.Equal(j.findings.formats(t.Formats), d.formats) {
		j.inherited(t.Formats[0].Pos, "formats")
	}
	if t.SimultaneousUsers.Given() && t.SimultaneousUsers.Value != d.users {
		j.inherited(t.SimultaneousUsers.Pos, "simultaneous_users")
	}
	if contradicts(t.Trial.From, r.file.database.Trial.From) || contradicts(t.Trial.Until, r.file.database.Trial.Until) {
		j.inherited(t.Trial.Place.Pos, "trial")
	}
	whole := !r.file.broken && len(d.access) == len(r.file.database.Access)
	for i := range t.Access {
		j.address(t.Access[i].URL, "url")
		if j.counterpart(d, &t.Access[i], &j.findings) < 0 && whole {
			j.noCounterpart(t.Access[i].Place.Pos, "entry of access")
		}
	}
}

// counterpart finds the entry of access that a translation means: by library,
// where, grades and audience. An entry that names only the library is enough
// where the library has one.
func (j *joiner) counterpart(d *database, t *rawAccess, f *findings) int {
	key := access{raw: t, library: j.libraries[t.Library.Value], grades: f.grades(t.Grades), audience: f.audience(t.Audience),
		where: words(f, t.Where, "unknown-where", "place", hub.Places())}
	if t.Library.Given() && key.library == nil {
		return -1
	}
	bare := len(t.Where) == 0 && len(t.Grades) == 0 && len(t.Audience) == 0
	if len(key.where) == 0 {
		key.where = []hub.Where{hub.Anywhere}
	}
	lone := -1
	for i, a := range d.access {
		if sameEntry(a, key) {
			return i
		}
		if a.library == key.library && a.raw.Everyone.Value == t.Everyone.Value {
			if lone >= 0 {
				bare = false
			}
			lone = i
		}
	}
	if bare {
		return lone
	}
	return -1
}

// newDatabase makes the database of an edition.
func (b *edition) newDatabase(r *record) *hub.Database {
	d, raw := r.database, r.file.database
	out := &hub.Database{
		Page: b.newPage(r), Vendor: raw.Vendor.Value, Formats: d.formats, Languages: d.languages,
		Apps: hub.Apps{IOS: d.links.ios, Android: d.links.android}, SimultaneousUsers: d.users,
		Trial: d.trial, NewUntil: raw.NewUntil.Value, Featured: b.subjectsOf(d.featured),
		Privacy: d.links.privacy, Accessibility: d.links.accessibility, Terms: d.links.terms, Help: d.links.help,
	}
	t := &rawDatabase{}
	if f := r.translations[b.Lang]; f != nil {
		t = f.database
		b.translateDatabase(out, t)
	}
	names := raw.AlsoKnownAs
	if t.AlsoKnownAs != nil {
		names = t.AlsoKnownAs
	}
	for _, n := range names {
		out.AlsoKnownAs = append(out.AlsoKnownAs, n.Value)
	}
	out.Notices = b.notices(d.notices, t.Notices, b.site.languages[0])
	out.Access = b.access(d, t)
	return out
}

func (b *edition) translateDatabase(out *hub.Database, t *rawDatabase) {
	set(&out.Vendor, t.Vendor.Text)
	set(&out.Apps.IOS, t.Apps.IOS)
	set(&out.Apps.Android, t.Apps.Android)
	set(&out.Privacy, t.Privacy)
	set(&out.Accessibility, t.Accessibility)
	set(&out.Terms, t.Terms)
	if t.Help.Given() {
		out.Help = hub.Ref{Dest: t.Help.Value, Pos: t.Help.Pos}
	}
}

// access makes the ways in. Those of a library that is not on the site are
// left out.
func (b *edition) access(d *database, t *rawDatabase) []hub.Access {
	translated := map[int]*rawAccess{}
	var reported findings // by checkDatabaseTranslation
	for i := range t.Access {
		if at := b.counterpart(d, &t.Access[i], &reported); at >= 0 {
			translated[at] = &t.Access[i]
		}
	}
	var out []hub.Access
	for i, a := range d.access {
		h := hub.Access{
			Label: b.phrase(a.raw.Label.Value), URL: a.url, SignIn: b.phrase(a.raw.SignIn.Value),
			Where: a.where, Grades: a.grades, Audience: a.audience, Pos: a.raw.Place.Pos,
		}
		if a.library != nil {
			if h.Library = b.libs[a.library]; h.Library == nil {
				continue
			}
			h.SignIn = cmp.Or(h.SignIn, h.Library.SignIn)
		}
		if t := translated[i]; t != nil {
			set(&h.Label, t.Label.Text)
			set(&h.URL, t.URL)
			set(&h.SignIn, t.SignIn.Text)
		}
		h.Link = h.URL
		if a.proxied && h.Library != nil && h.URL != "" {
			h.Link = h.Library.Proxy.Wrap(h.URL)
		}
		out = append(out, h)
	}
	return out
}
