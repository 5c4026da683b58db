package content

import (
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/frontmatter"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// joiner makes a hub of what was read. It checks each record once, in the
// language in which it was written; the editions are made afterwards and only
// pick texts.
type joiner struct {
	*loader
	findings

	site        settings
	siteNotices []hub.Notice
	today       civil.Date
	calendar    *hours.Calendar

	records   []*record // sorted by address
	byBase    map[string]*record
	libraries map[string]*record // by ID
	databases map[string]*record
	awards    map[string]*record

	hubFiles map[string]*hub.File
	folded   map[string]string // paths of files in lower case to their right spelling
}

// record is a page with its translations.
type record struct {
	place        place
	file         *parsedFile // the original; of a standalone page its only one; nil for an award without a text
	only         lang.Tag    // the language of a standalone page
	translations map[lang.Tag]*parsedFile

	state             hub.State
	published, ends   civil.Date
	updated, reviewed civil.Date
	audience          []hub.Audience
	subjects          []string
	grades            hub.Grades
	image             *hub.File
	images            map[lang.Tag]*hub.File // of translations
	aliases           map[lang.Tag][]hub.Alias
	weight            int

	library  *library
	database *database
	award    *award
	list     *list
}

// pos is where the record as a whole stands.
func (r *record) pos() diag.Pos {
	if r.file == nil {
		return diag.Pos{File: folder + "/" + r.place.base + "/index.md", Line: 1, Col: 1}
	}
	return r.file.top()
}

// onSite reports whether the record's page answers.
func (r *record) onSite() bool { return r.state == hub.Live || r.state == hub.Ended }

// join makes the hub.
func (l *loader) join() *joined {
	done := &joined{unread: slices.Clone(l.findings)}
	j := &joiner{loader: l, byBase: map[string]*record{}, libraries: map[string]*record{},
		databases: map[string]*record{}, awards: map[string]*record{}}
	j.readSite()
	j.listFiles()
	j.group()
	j.siteNotices = j.checkNotices(j.site.raw.Notices)
	j.checkMenu(j.site.raw.Menu)
	for _, tag := range j.site.languages {
		if words := j.site.words[tag]; words != nil {
			j.checkMenu(words.Menu)
		}
	}
	for _, r := range j.records {
		j.checkPage(r)
	}
	j.checkLibraries()
	j.checkDatabases()
	j.checkAwards()
	j.parseLists()
	j.checkBlocks()
	j.mentionAll()

	h := hub.Hub{Now: j.Now, Today: j.today, Zone: j.site.zone, Calendar: j.calendar, Ledger: j.ledger, Retired: j.retired}
	for _, name := range sortedKeys(j.hubFiles) {
		h.Files = append(h.Files, j.hubFiles[name])
	}
	for _, tag := range j.site.languages {
		e := j.newEdition(tag)
		done.editions = append(done.editions, e)
		h.Editions = append(h.Editions, e.Edition)
	}
	all := append(l.findings, j.findings...)
	for _, f := range l.parsed {
		all = append(all, f.findings...)
		all = append(all, f.doc.Findings...)
	}
	done.joiner, done.hub, done.all = j, hub.New(h), diag.Sort(all)
	return done
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// group puts the files of each page together.
func (j *joiner) group() {
	for _, f := range j.parsed {
		if f.place.suffix == "" {
			j.addOriginal(f)
		}
	}
	for _, f := range j.parsed {
		if f.place.suffix != "" && !f.place.lang.IsZero() {
			j.addTranslation(f)
		}
	}
	j.addImpliedAwards()
	slices.SortFunc(j.records, func(a, b *record) int { return strings.Compare(a.place.base, b.place.base) })
}

func (j *joiner) addRecord(p place, f *parsedFile) *record {
	r := &record{place: p, file: f}
	j.records = append(j.records, r)
	j.byBase[p.base] = r
	if f != nil && j.isSiteLanguage(firstPart(p.base)) {
		j.add(diag.Errorf(f.top(), "reserved-name", "the name %q at the top level is taken by the pages in that language", firstPart(p.base)).
			WithHint("choose another name"))
	}
	switch p.kind {
	case hub.LibraryPage:
		j.libraries[p.id] = r
	case hub.DatabasePage:
		j.databases[p.id] = r
	case hub.AwardPage:
		j.awards[p.id] = r
	}
	return r
}

func firstPart(base string) string {
	first, _, _ := strings.Cut(base, "/")
	return first
}

// maxTag is more letters than a language tag has in practice.
const maxTag = 35

func (j *joiner) isSiteLanguage(name string) bool {
	if len(name) > maxTag {
		return false
	}
	return slices.ContainsFunc(j.site.languages, func(t lang.Tag) bool { return strings.EqualFold(t.String(), name) })
}

func (j *joiner) addOriginal(f *parsedFile) {
	if f.page.Standalone.Value {
		j.add(diag.Errorf(f.page.Standalone.Pos, "standalone", "standalone belongs to a page that is there in another language only").
			WithHint("call the file NAME.LANGUAGE.md, or delete the line"))
	}
	if other := j.byBase[f.place.base]; other != nil {
		j.sameID(f, other.file)
		return
	}
	j.addRecord(f.place, f)
}

// sameID reports two files that make one page, at both.
func (j *joiner) sameID(a, b *parsedFile) {
	for _, f := range [][2]*parsedFile{{a, b}, {b, a}} {
		j.add(diag.Errorf(f[0].top(), "duplicate-id", "this file and %s make the same page %s", f[1].path, f[0].place.address).
			WithHint("rename or delete one of them"))
	}
}

func (j *joiner) addTranslation(f *parsedFile) {
	p := f.place
	if f.page.Standalone.Value {
		j.addStandalone(f)
		return
	}
	original := j.byBase[p.base]
	switch {
	case original == nil || !original.only.IsZero():
		j.add(diag.Errorf(f.top(), "no-original", "this is a translation of %s, which does not exist", originalName(f.path)).
			WithHint("write the original, or say standalone: true if the page is to be in this language only"))
	case !j.listedLanguage(p.lang, f.top(), originalName(f.path)):
	case original.translations[p.lang] != nil:
		j.sameID(f, original.translations[p.lang])
	case f.page.Draft.Value && !j.Drafts: // the page is shown as if nobody had translated it
	default:
		if original.translations == nil {
			original.translations = map[lang.Tag]*parsedFile{}
		}
		original.translations[p.lang] = f
	}
}

// originalName returns the file of which a file is a translation.
func originalName(file string) string {
	dir, name := file[:strings.LastIndexByte(file, '/')+1], file[strings.LastIndexByte(file, '/')+1:]
	stem, _, _ := strings.Cut(name, ".")
	return dir + stem + ".md"
}

func (j *joiner) addStandalone(f *parsedFile) {
	p := f.place
	if !j.listedLanguage(p.lang, f.top(), originalName(f.path)) {
		return
	}
	if other := j.byBase[p.base]; other != nil {
		if other.only.IsZero() {
			j.add(diag.Errorf(f.page.Standalone.Pos, "standalone", "the page is there in the first language too: %s", other.file.path).
				WithHint("delete the line standalone: this is a translation"))
		} else {
			j.sameID(f, other.file)
		}
		return
	}
	switch p.kind {
	case hub.LibraryPage, hub.AwardPage, hub.AwardListPage:
		j.errorf(f.page.Standalone.Pos, "standalone", "a %s cannot be there in one language only: write %s first", p.kind, originalName(f.path))
		return
	}
	j.addRecord(p, f).only = p.lang
}

// addImpliedAwards gives a page to awards that have lists but no text.
func (j *joiner) addImpliedAwards() {
	for _, r := range slices.Clone(j.records) {
		if r.place.kind == hub.AwardListPage && j.awards[r.place.award] == nil {
			id := r.place.award
			j.addRecord(place{kind: hub.AwardPage, id: id, address: "/awards/" + id + "/", base: "awards/" + id}, nil)
		}
	}
}

// titleOf makes a title of an ID, for an award without a text.
func titleOf(id string) string {
	words := strings.Split(id, "-")
	for i, w := range words {
		if w != "" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// parseLists parses the bodies of lists, now that the anchors are known that
// their books take.
func (j *joiner) parseLists() {
	books := map[*parsedFile][]string{}
	for _, r := range j.records {
		if r.list != nil {
			anchors := r.list.anchors()
			for _, f := range r.files() {
				books[f] = anchors
			}
		}
	}
	files := j.parsed // also what was left out has mistakes to report
	done := slices.Clone(files)
	// The context was asked while reading; parsing what is in memory does not wait.
	parallelNow(len(files), func(i int) {
		f := files[i]
		if f.list == nil {
			return
		}
		if done[i] = j.schemas.withBody(f, books[f]); done[i] != f {
			j.Cache.putFile(done[i])
		}
	})
	with := map[*parsedFile]*parsedFile{}
	for i, f := range files {
		if done[i] != f {
			with[f] = done[i]
		}
	}
	j.parsed = done
	for _, r := range j.records {
		if f := with[r.file]; f != nil {
			r.file = f
		}
		for tag, f := range r.translations {
			if f := with[f]; f != nil {
				r.translations[tag] = f
			}
		}
	}
}

// files returns the files of a record, the original first.
func (r *record) files() []*parsedFile {
	var files []*parsedFile
	if r.file != nil {
		files = append(files, r.file)
	}
	for _, tag := range r.translated() {
		files = append(files, r.translations[tag])
	}
	return files
}

// translated returns the languages of a record's translations, sorted.
func (r *record) translated() []lang.Tag {
	tags := make([]lang.Tag, 0, len(r.translations))
	for tag := range r.translations {
		tags = append(tags, tag)
	}
	slices.SortFunc(tags, func(a, b lang.Tag) int { return strings.Compare(a.String(), b.String()) })
	return tags
}

// anchors returns the anchors that the books of a list have on its page
// (contract, section 3).
func (l *list) anchors() []string {
	var all []string
	for i := range l.books {
		all = append(all, l.books[i].anchors()...)
	}
	return all
}

// secretsIn looks through the texts of a settings file.
func (j *joiner) secretsIn(file, text string) {
	j.findings = append(j.findings, secretsInFile(file, text)...)
}

// given reports whether a date of a translation contradicts the original's.
func contradicts(translated, original frontmatter.Date) bool {
	return translated.Given() && translated.Value != original.Value
}
