package output

import (
	"cmp"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// splitAt is how many entries a list holds before it is split by letter.
const splitAt = 300

// facet is a way to narrow the list of databases. Its values on a database
// become lists of their own and what filters compare.
type facet struct {
	key  string                        // of the address of a filtered view: format, grade …
	word string                        // its name
	of   func(*hub.Database) []string  // the IDs of a database's values
	all  func(*edition) []facetValue   // every value that can be, in order
	ids  func(*DatabaseCard) *[]string // where a card has the IDs
}

type facetValue struct {
	id   string
	text string
	path string
}

// facets lists the facets in the order in which they are shown.
func facets() []facet {
	return []facet{
		{
			"format", "facet-format",
			func(d *hub.Database) []string {
				return mapTo(d.Formats, func(f hub.Format) string { return string(f) })
			},
			func(e *edition) []facetValue { return mapTo(hub.Formats(), e.formatValue) },
			func(c *DatabaseCard) *[]string { return &c.FormatIDs },
		}, {
			"grade", "facet-grade",
			func(d *hub.Database) []string { return mapTo(d.Grades.List(), hub.Grade.String) },
			func(e *edition) []facetValue { return mapTo(hub.AllGrades(), e.gradeValue) },
			func(c *DatabaseCard) *[]string { return &c.GradeIDs },
		}, {
			"subject", "facet-subject",
			func(d *hub.Database) []string { return mapTo(d.Subjects, func(s *hub.Subject) string { return s.ID }) },
			func(e *edition) []facetValue { return mapTo(e.Site.Subjects, e.subjectValue) },
			func(c *DatabaseCard) *[]string { return &c.SubjectIDs },
		}, {
			"library", "facet-library",
			func(d *hub.Database) []string {
				return mapTo(offeredBy(d), func(l *hub.Library) string { return l.ID })
			},
			func(e *edition) []facetValue { return mapTo(e.Libraries, e.libraryValue) },
			func(c *DatabaseCard) *[]string { return &c.LibraryIDs },
		}, {
			"audience", "facet-audience",
			func(d *hub.Database) []string {
				return mapTo(d.Audience, func(a hub.Audience) string { return string(a) })
			},
			func(e *edition) []facetValue { return mapTo(hub.Audiences(), e.audienceValue) },
			func(c *DatabaseCard) *[]string { return &c.AudienceIDs },
		},
	}
}

func mapTo[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

func (e *edition) formatValue(f hub.Format) facetValue {
	return facetValue{string(f), e.words.FormatPlural(string(f)), formatPath(f)}
}

func (e *edition) gradeValue(g hub.Grade) facetValue {
	return facetValue{g.String(), e.words.Grade(g.String()), gradePath(g)}
}

func (e *edition) subjectValue(s *hub.Subject) facetValue {
	return facetValue{s.ID, s.Title, subjectPath(s)}
}

func (e *edition) libraryValue(l *hub.Library) facetValue {
	return facetValue{l.ID, l.Title, offeredPath(l)}
}

func (e *edition) audienceValue(a hub.Audience) facetValue {
	return facetValue{string(a), e.words.Audience(string(a)), audiencePath(a)}
}

// offeredBy returns the libraries that offer a database, each once.
func offeredBy(d *hub.Database) []*hub.Library {
	return slices.DeleteFunc(waysOf(d), func(l *hub.Library) bool { return l == nil })
}

// databaseList is a list of databases with an address.
type databaseList struct {
	path    string
	facet   *facet // nil for the whole list
	value   facetValue
	letter  *lang.Letter // the one letter that the page shows; nil for all
	entries []*hub.Database
	first   []*hub.Database // those listed before all others
	of      *databaseList   // the whole of a letter's page
	parts   []*databaseList // of a list that is split: the lists of its letters
}

func (l *databaseList) split() bool { return l.letter == nil && len(l.entries) > splitAt }

// atoz returns the databases that are listed, from A to Z.
func (e *edition) atoz() []*hub.Database {
	if e.sorted == nil {
		e.sorted = []*hub.Database{}
		e.letters = map[*hub.Database]lang.Letter{}
		for _, d := range e.Databases {
			if d.Listed() {
				e.sorted = append(e.sorted, d)
				e.letters[d] = e.Order.Letter(d.Title)
			}
		}
		slices.SortFunc(e.sorted, func(a, b *hub.Database) int {
			return cmp.Or(strings.Compare(e.Order.Key(a.Title), e.Order.Key(b.Title)), strings.Compare(a.ID, b.ID))
		})
	}
	return e.sorted
}

// databaseLists plans the whole list, the list of each facet value that has
// entries, and the letters of the lists that are split.
func (e *edition) databaseLists() []publish.Artifact {
	whole := &databaseList{path: "/databases/", entries: e.atoz()}
	e.whole = whole
	lists := []*databaseList{whole}
	e.offered = map[*hub.Library][]*hub.Database{}
	for _, d := range whole.entries {
		for _, l := range offeredBy(d) {
			e.offered[l] = append(e.offered[l], d)
		}
	}
	all := facets()
	byFacet := make([][]*databaseList, len(all))
	var group sync.WaitGroup
	for i := range all {
		group.Go(func() { byFacet[i] = e.facetLists(&all[i], whole) })
	}
	group.Wait()
	for _, l := range slices.Concat(byFacet...) {
		lists = append(lists, l)
		if len(l.entries) > 0 {
			e.counts[l.path] = len(l.entries)
		}
	}
	var artifacts []publish.Artifact
	for _, l := range lists {
		artifacts = append(artifacts, e.databaseListPage(l))
		if l.split() {
			l.parts = e.splitByLetter(l)
			for _, part := range l.parts {
				artifacts = append(artifacts, e.databaseListPage(part))
			}
			if l == whole {
				artifacts = append(artifacts, e.filterFile(l))
			}
		}
		e.label(l)
		if e.Prefix == "" {
			artifacts = append(artifacts, e.plan.pack(e.listLinks(l), len(l.entries) > 0)...)
		}
		for _, part := range e.recordedLetters(l) {
			artifacts = append(artifacts, e.databaseListPage(part))
		}
	}
	for i := range artifacts {
		e.plan.taken[artifacts[i].Path] = true
	}
	return artifacts
}

// facetLists returns the list of each value of a facet that has entries, or
// whose address the ledger has.
func (e *edition) facetLists(f *facet, whole *databaseList) []*databaseList {
	values := f.all(e)
	byID := make(map[string]*databaseList, len(values))
	for _, v := range values {
		byID[v.id] = &databaseList{path: v.path, facet: f, value: v}
	}
	for _, d := range whole.entries {
		for _, id := range f.of(d) {
			l := byID[id]
			if l == nil {
				continue // a library that is not out yet
			}
			l.entries = append(l.entries, d)
			if f.key == "subject" && slices.ContainsFunc(d.Featured, func(s *hub.Subject) bool { return s.ID == id }) {
				l.first = append(l.first, d)
			}
		}
	}
	var lists []*databaseList
	for _, v := range values {
		if l := byID[v.id]; len(l.entries) > 0 || e.staysEmpty(f.key, v) {
			lists = append(lists, l)
		}
	}
	for _, v := range e.formerValues(f.key) {
		lists = append(lists, &databaseList{path: v.path, facet: f, value: v})
	}
	return lists
}

func (e *edition) splitByLetter(l *databaseList) []*databaseList {
	var parts []*databaseList
	begin := 0 // of the letter's entries
	for i, d := range l.entries {
		letter := e.letters[d]
		if n := len(parts); n == 0 || *parts[n-1].letter != letter {
			begin = i
			parts = append(parts, &databaseList{
				path: letterPath(l.path, letter), facet: l.facet, value: l.value, letter: &letter, of: l,
			})
		}
		parts[len(parts)-1].entries = l.entries[begin : i+1]
	}
	return parts
}

func (e *edition) databaseListPage(l *databaseList) publish.Artifact {
	return page(e, func() leaf { return e.databaseListLeaf(l) }, "databases", func(s Shell) DatabasesView { return e.databasesView(s, l) })
}

func (e *edition) databaseListLeaf(l *databaseList) leaf {
	section := e.Sections[hub.DatabasesSection]
	lf := leaf{
		path: l.path, title: e.sectionTitle(section), record: section, everywhere: true,
		description: e.description(section), scripts: []string{"js/filter.js", "js/copy.js"}, share: true,
		noIndex: len(l.entries) == 0 && (l.facet != nil || l.letter != nil),
	}
	if l.facet == nil && l.letter == nil {
		lf.text, lf.anchors = true, ownAnchors(section)
	}
	if l.facet != nil {
		lf.crumbs = append(lf.crumbs, e.sectionLink(hub.DatabasesSection))
		lf.title = Text{Text: e.words.T(l.facet.word+"-title", "value", l.value.text)}
		lf.description = e.words.N("facet-about", len(l.entries))
		if l.facet.key == "subject" { // a guide may have the same title
			lf.headTitle = e.words.T("facet-page", "name", e.words.T(l.facet.word), "value", l.value.text)
		}
	}
	if l.letter != nil {
		if l.facet == nil {
			lf.crumbs = append(lf.crumbs, e.sectionLink(hub.DatabasesSection))
		} else {
			lf.crumbs = append(lf.crumbs, Link{Href: e.href(l.of.path), Text: lf.title.Text})
		}
		lf.title.Text = e.words.T("letter-title", "title", lf.title.Text, "letter", e.words.Letter(*l.letter))
		lf.description = e.words.N("facet-about", len(l.entries))
	}
	return lf
}

func (e *edition) databasesView(s Shell, l *databaseList) DatabasesView {
	v := DatabasesView{
		Shell: s, Intro: s.text, Count: e.words.N("databases-count", len(l.entries)), All: e.href("/databases/"),
	}
	whole := l
	if l.of != nil {
		whole = l.of
	}
	if l.facet != nil {
		v.Facet = &Facet{l.facet.key, Term{l.value.id, l.value.text, e.href(l.value.path)}}
	}
	if len(whole.entries) > splitAt {
		v.AllData = e.href("/databases/entries.json")
	}
	v.Letters = e.alphabet(whole, l.letter)
	v.Groups = e.letterGroups(l)
	v.Facets = e.facetParts(l)
	return v
}

// alphabet returns the row of letters above a list.
func (e *edition) alphabet(l *databaseList, current *lang.Letter) []Letter {
	has := map[lang.Letter]bool{}
	for _, part := range l.parts {
		has[*part.letter] = true
	}
	if !l.split() {
		for _, d := range l.entries {
			// What is listed before all others stands under no letter.
			if !slices.Contains(l.first, d) {
				has[e.letters[d]] = true
			}
		}
	}
	var row []Letter
	for _, letter := range e.Order.Letters() {
		if letter.IsOther() && !has[letter] {
			continue
		}
		entry := Letter{Text: e.words.Letter(letter), Current: current != nil && *current == letter}
		switch {
		case !has[letter]:
		case l.split():
			entry.Href = e.href(letterPath(l.path, letter))
		case current != nil: // a letter's page that stays though its list is whole again
			entry.Href = e.href(l.path) + "#" + letterAnchor(letter)
		default:
			entry.Href = "#" + letterAnchor(letter)
		}
		row = append(row, entry)
	}
	return row
}

func letterAnchor(l lang.Letter) string { return "letter-" + l.Segment() }

// letterGroups returns what stands on a list's page: the featured ones, then
// letter by letter. A list that is split shows titles only; the cards stand on
// the pages of its letters.
func (e *edition) letterGroups(l *databaseList) []LetterGroup {
	var groups []LetterGroup
	if len(l.first) > 0 {
		groups = append(groups, LetterGroup{ID: "featured", Text: e.words.T("databases-featured"), Entries: mapTo(l.first, e.card)})
	}
	rest := l.entries
	if len(l.first) > 0 {
		rest = slices.DeleteFunc(slices.Clone(rest), func(d *hub.Database) bool { return slices.Contains(l.first, d) })
	}
	for len(rest) > 0 {
		letter := e.letters[rest[0]]
		n := slices.IndexFunc(rest, func(d *hub.Database) bool { return e.letters[d] != letter })
		if n < 0 {
			n = len(rest)
		}
		group := LetterGroup{ID: letterAnchor(letter), Text: e.words.Letter(letter)}
		if l.split() {
			group.Titles = mapTo(rest[:n], e.databaseLink)
		} else {
			group.Entries = mapTo(rest[:n], e.card)
		}
		groups, rest = append(groups, group), rest[n:]
	}
	return groups
}

// databaseLink is a link to the page of a database.
func (e *edition) databaseLink(d *hub.Database) Link {
	return Link{Href: e.href(d.Path), Text: d.Title, Lang: e.foreign(d.Lang)}
}

// facetParts returns the ways to narrow a list as HTML. They are the same on
// all lists and made once, but for the one that the list is narrowed by.
func (e *edition) facetParts(l *databaseList) []template.HTML {
	e.narrow.Do(func() {
		e.narrowing = e.facetGroups()
		e.narrowingParts = mapTo(e.narrowing, func(g FacetGroup) template.HTML { return part(e, "facet-group", g) })
	})
	parts := slices.Clone(e.narrowingParts)
	for i, group := range e.narrowing {
		if l.facet != nil && l.facet.key == group.Key {
			group.Options = slices.Clone(group.Options)
			for j := range group.Options {
				group.Options[j].Current = group.Options[j].ID == l.value.id
			}
			parts[i] = part(e, "facet-group", group)
		}
	}
	return parts
}

// librariesToChoose is how many libraries a list is narrowed by. In a hub of
// more these are the ones that offer most, and the others have their lists too.
const librariesToChoose = 40

// facetGroups returns the ways to narrow a list, each value with its count in
// the whole list.
func (e *edition) facetGroups() []FacetGroup {
	var groups []FacetGroup
	for _, f := range facets() {
		group := FacetGroup{Key: f.key, Name: e.words.T(f.word)}
		for _, v := range f.all(e) {
			if n := e.counts[v.path]; n > 0 {
				group.Options = append(group.Options, FacetOption{Term: Term{v.id, v.text, e.href(v.path)}, Count: n})
			}
		}
		if n := len(group.Options); f.key == "library" && n > librariesToChoose {
			group.Options, group.More = mostOf(group.Options, librariesToChoose), e.allLibraries(n)
		}
		if len(group.Options) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// mostOf keeps the n options that have most entries, in their order.
func mostOf(options []FacetOption, n int) []FacetOption {
	counts := mapTo(options, func(o FacetOption) int { return o.Count })
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	least := counts[n-1]
	ties := n - slices.Index(counts, least) // how many with the least count have room
	var kept []FacetOption
	for _, o := range options {
		if o.Count > least || o.Count == least && ties > 0 {
			kept = append(kept, o)
		}
		if o.Count == least {
			ties--
		}
	}
	return kept
}

// filterFile plans the JSON that filters of all split lists fetch.
func (e *edition) filterFile(l *databaseList) publish.Artifact {
	all := facets()
	entry := func(d *hub.Database) FilterEntry {
		var card DatabaseCard
		for _, f := range all {
			*f.ids(&card) = f.of(d)
		}
		return FilterEntry{
			Format: card.FormatIDs, Grade: card.GradeIDs, Subject: card.SubjectIDs,
			Library: card.LibraryIDs, Audience: card.AudienceIDs,
			Letter: e.words.Letter(e.letters[d]), HTML: string(e.card(d)),
		}
	}
	return publish.Artifact{Path: filePath(e.Prefix + l.path + "entries.json"), Stream: func(w io.Writer) error {
		if err := writeJSONList(w, l.entries, entry); err != nil {
			return err
		}
		_, err := io.WriteString(w, "\n")
		return err
	}}
}
