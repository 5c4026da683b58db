package content

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/frontmatter"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// settings is site.yaml, checked.
type settings struct {
	raw             *rawSite                   // never nil
	words           map[lang.Tag]*rawSiteWords // site.LANG.yaml
	url             *url.URL
	languages       []lang.Tag // the first is the default; never empty
	zone            *time.Location
	contact         hub.Contact
	editURL         string
	subjects        *vocabulary
	ancestors       []string
	languagesUnsure bool // one of them is a mistake
	broken          bool // site.yaml cannot be read: its languages and zone are not known
}

// readSite reads site.yaml and its translations.
func (j *joiner) readSite() {
	s := &j.site
	top := diag.Pos{File: siteFile, Line: 1, Col: 1}
	if j.siteText == nil {
		s.raw, s.broken = new(rawSite), true
		j.add(diag.Errorf(top, "missing-field", "the file site.yaml is missing").
			WithHint("it holds the hub's settings: title and url at least"))
	} else {
		var bad []diag.Finding
		s.raw, bad = j.schemas.site.Decode(j.siteText.Source)
		j.findings = append(j.findings, bad...)
		j.secretsIn(siteFile, j.siteText.Text)
		s.broken = !s.raw.Place.Given() && len(bad)+len(j.siteText.bad) > 0
		if !s.broken {
			j.required(s.raw.Title.Text, top, "site.yaml", "title")
			j.required(s.raw.URL, top, "site.yaml", "url")
		}
	}
	s.url = j.siteURL(s.raw.URL)
	if j.BaseURL != nil {
		s.url = j.BaseURL
	}
	s.languages, s.languagesUnsure = j.siteLanguages(s.raw.Languages)
	s.contact = j.contact(s.raw.Contact)
	s.editURL = j.pattern(s.raw.EditURL, "edit_url", "{path}")
	s.ancestors = j.frameAncestors(s.raw.FrameAncestors)
	s.zone = time.UTC
	if zone, err := hours.Zone(s.raw.Timezone.Value); s.raw.Timezone.Given() && err == nil {
		s.zone = zone
	}
	j.today = j.Now.Date(s.zone)
	j.readSiteWords()
	s.subjects = j.newVocabulary(s.raw.Subjects)
}

func (j *joiner) siteURL(t text) *url.URL {
	fallback := &url.URL{Scheme: "https", Host: "example.org", Path: "/"}
	if j.address(t, "url") == "" {
		return fallback
	}
	u, err := url.Parse(t.Value)
	if err != nil {
		return fallback
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		j.errorf(t.Pos, "bad-address", "url: the hub's address cannot hold ?, # or @")
		return fallback
	}
	if !strings.HasSuffix(u.Path, "/") {
		u = u.JoinPath("/")
	}
	return u
}

// siteLanguages reads the hub's languages; unsure says that one of them is a
// mistake, so that it is not known which others the hub has.
func (j *joiner) siteLanguages(ts []text) (tags []lang.Tag, unsure bool) {
	for _, t := range ts {
		tag, err := lang.ParseTag(t.Value)
		switch {
		case err != nil:
			j.errorf(t.Pos, "bad-language", "languages: %v", err)
			unsure = true
		case slices.Contains(tags, tag):
			j.errorf(t.Pos, "bad-language", "languages: %q is there twice", t.Value)
			unsure = true
		default:
			tags = append(tags, tag)
		}
	}
	if len(tags) == 0 {
		tags = []lang.Tag{lang.English()}
	}
	return tags, unsure
}

// frameAncestors reads who may frame pages. The values go into a header line,
// so that nothing but a source of CSP may stand in them.
// Source: W3C Content Security Policy Level 3, section 2.3.1.
func (j *joiner) frameAncestors(ts []text) []string {
	var out []string
	for _, t := range ts {
		v := t.Value
		switch {
		case v == "*":
		case v == "self" || v == "none":
			v = "'" + v + "'"
		case v == "'self'" || v == "'none'":
		case strings.ContainsAny(v, " \t\n;,'\"<>") || !isFrameSource(v):
			j.add(diag.Errorf(t.Pos, "bad-address", "frame_ancestors: %q does not name who may frame pages", t.Value).
				WithHint(`write "*" for everybody, "self", or an address such as https://canvas.example.edu`))
			continue
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		return []string{"*"}
	}
	return out
}

func isFrameSource(v string) bool {
	if v == "https:" || v == "http:" {
		return true
	}
	if scheme, rest, ok := strings.Cut(v, "://"); ok {
		return (scheme == "https" || scheme == "http") && strings.Trim(rest, "/") != ""
	}
	return strings.Contains(v, ".") && !strings.Contains(v, ":/")
}

// readSiteWords reads the translations of site.yaml.
func (j *joiner) readSiteWords() {
	j.site.words = map[lang.Tag]*rawSiteWords{}
	for _, src := range j.wordTexts {
		suffix := strings.TrimSuffix(strings.TrimPrefix(src.File, folder+"/site"), ".yaml")
		top := diag.Pos{File: src.File, Line: 1, Col: 1}
		tag, err := lang.ParseTag(strings.TrimPrefix(suffix, "."))
		if err != nil || !strings.HasPrefix(suffix, ".") {
			j.add(diag.Errorf(top, "bad-language", "%q in the file's name is no language", strings.TrimPrefix(suffix, ".")).
				WithHint("a translation of site.yaml is called site.LANGUAGE.yaml, such as site.es.yaml"))
			continue
		}
		if !j.listedLanguage(tag, top, "site.yaml") {
			continue
		}
		words, bad := j.schemas.siteWords.Decode(src)
		for i := range bad {
			if bad[i].Rule == "unknown-field" && isSiteField(bad[i].Message, j.schemas.site.Names()) {
				bad[i].Hint = "it holds for all languages: it belongs in site.yaml"
			}
		}
		j.findings = append(j.findings, bad...)
		j.secretsIn(src.File, src.Text)
		j.contact(words.Contact)
		j.checkNotices(words.Notices)
		if !j.site.broken {
			j.checkNoticesExist(words.Notices, j.site.raw.Notices)
			j.checkClosuresExist(words.Closures)
		}
		j.site.words[tag] = words
	}
}

func isSiteField(message string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.HasSuffix(message, `"`+name+`"`) })
}

// listedLanguage reports a translation into a language that the hub does not
// have, or into its first.
func (j *joiner) listedLanguage(tag lang.Tag, pos diag.Pos, original string) bool {
	switch at := slices.Index(j.site.languages, tag); {
	case at < 0 && (j.site.broken || j.site.languagesUnsure):
	case at < 0:
		j.add(diag.Errorf(pos, "bad-language", "a translation into %s (%s), which site.yaml does not list", tag.Name(lang.English()), tag).
			WithHint("add " + tag.String() + " to languages in site.yaml, or delete the file"))
		return false
	case at == 0:
		j.add(diag.Errorf(pos, "bad-language", "%s is the hub's first language, in which %s itself is written", tag, original).
			WithHint("move the text there"))
		return false
	}
	return true
}

func (f *findings) contact(raw rawContact) hub.Contact {
	return hub.Contact{Name: raw.Name.Value, Audience: f.audience(raw.Audience), Email: f.email(raw.Email), Phone: raw.Phone.Value}
}

// checkNotices checks notices and returns them without their language.
func (f *findings) checkNotices(raw []rawNotice) []hub.Notice {
	var list []hub.Notice
	for _, n := range raw {
		f.required(n.Text.Text, n.Place.Pos, "a notice", "text")
		when := f.days(n.From, n.Until, "until")
		if n.Text.Given() {
			list = append(list, hub.Notice{Text: n.Text.Value, When: when, Pos: n.Place.Pos})
		}
	}
	return list
}

// checkNoticesExist checks that the original has each notice of a translation.
func (j *joiner) checkNoticesExist(translated, original []rawNotice) {
	days := make([]civil.Range, len(original))
	for i, n := range original {
		days[i] = n.days()
	}
	for i, at := range sameNotices(translated, days) {
		if at < 0 {
			j.noCounterpart(translated[i].Place.Pos, "notice")
		}
	}
}

func (n rawNotice) days() civil.Range { return civil.Range{From: n.From.Value, Until: n.Until.Value} }

// checkClosuresExist checks that site.yaml has each closure of a translation.
func (j *joiner) checkClosuresExist(translated []rawRule) {
	for _, t := range translated {
		if !slices.ContainsFunc(j.site.raw.Closures, func(c rawRule) bool { return sameRule(c, t) }) {
			j.noCounterpart(t.Place.Pos, "closure")
		}
	}
}

// sameNotices returns for each notice of a translation which one of the
// original it stands for: the first of the same days that no other stands for;
// for one that gives no days, else the one at its place in the list; else -1.
func sameNotices(translated []rawNotice, original []civil.Range) []int {
	taken := make([]bool, len(original))
	same := make([]int, len(translated))
	for i, t := range translated {
		same[i] = -1
		for at, days := range original {
			if !taken[at] && days == t.days() {
				same[i] = at
				break
			}
		}
		if same[i] < 0 && t.days() == (civil.Range{}) && i < len(original) && !taken[i] {
			same[i] = i
		}
		if same[i] >= 0 {
			taken[same[i]] = true
		}
	}
	return same
}

// notices returns a record's notices in an edition's language.
func (b *edition) notices(original []hub.Notice, translated []rawNotice, from lang.Tag) []hub.Notice {
	out := slices.Clone(original)
	days := make([]civil.Range, len(out))
	for i := range out {
		out[i].Lang, days[i] = from, out[i].When
		if text, ok := b.phrases[out[i].Text]; ok {
			out[i].Text, out[i].Lang = text, b.Lang
		}
	}
	for i, at := range sameNotices(translated, days) {
		if at >= 0 && translated[i].Text.Given() {
			out[at].Text, out[at].Lang = translated[i].Text.Value, b.Lang
		}
	}
	return out
}

// siteOf returns the settings in an edition's language.
func (b *edition) siteOf() hub.Site {
	s := &b.site
	out := hub.Site{
		Title: s.raw.Title.Value, Description: s.raw.Description.Value,
		URL: s.url, Languages: s.languages, Contact: s.contact, EditURL: s.editURL,
		Menu: b.menu(s.raw.Menu), Vocabulary: s.subjects.closed, Synonyms: synonyms(s.raw.Synonyms),
		Phrases: b.phrases, Offline: s.raw.Offline.Value, FrameAncestors: s.ancestors,
		Subjects: b.subjects,
	}
	if out.Title == "" {
		out.Title = s.url.Host
	}
	words := s.words[b.Lang]
	if words == nil {
		words = &rawSiteWords{}
	}
	out.Title = pick(words.Title, out.Title)
	out.Description = pick(words.Description, out.Description)
	out.Contact.Name = pick(words.Contact.Name, b.phrase(out.Contact.Name))
	if words.Contact.Email.Given() {
		out.Contact.Email = words.Contact.Email.Value
	}
	if words.Contact.Phone.Given() {
		out.Contact.Phone = words.Contact.Phone.Value
	}
	if words.Menu != nil {
		out.Menu = b.menu(words.Menu)
	}
	if words.Synonyms != nil {
		out.Synonyms = append(out.Synonyms, synonyms(words.Synonyms)...)
	}
	out.Notices = b.notices(b.siteNotices, words.Notices, s.languages[0])
	return out
}

// pick returns a translated text, or the other if there is none.
func pick(translated prose, other string) string {
	if translated.Given() {
		return translated.Value
	}
	return other
}

func synonyms(raw [][]text) [][]string {
	var groups [][]string
	for _, group := range raw {
		var words []string
		for _, t := range group {
			words = append(words, t.Value)
		}
		if len(words) > 0 {
			groups = append(groups, words)
		}
	}
	return groups
}

// checkMenu checks the menu of site.yaml or a translation.
func (j *joiner) checkMenu(items []rawMenuItem) {
	for _, m := range items {
		switch {
		case m.Page.Given() && m.URL.Given():
			j.errorf(m.Place.Pos, "bad-menu", "an entry of the menu leads to a page or to a url, not to both")
		case m.URL.Given():
			if !strings.HasPrefix(m.URL.Value, "/") || strings.HasPrefix(m.URL.Value, "//") {
				j.address(m.URL, "url")
			}
			j.required(m.Title.Text, m.Place.Pos, "an entry of the menu with a url", "title")
		case !m.Page.Given():
			j.errorf(m.Place.Pos, "bad-menu", "an entry of the menu needs a section, a page or a title with a url")
		case !j.isMenuPage(m.Page.Value):
			j.unknown(m.Page, "bad-menu", "section or page", j.menuNames())
		}
	}
}

// isMenuPage reports whether a word of the menu names a section, or a page by
// its file or folder. Whether a file exists is checked with all links.
func (j *joiner) isMenuPage(word string) bool {
	if slices.Contains(hub.Sections(), hub.Section(word)) || strings.HasSuffix(word, ".md") || strings.Contains(word, ".md#") {
		return true
	}
	return j.byBase[strings.Trim(word, "/")] != nil
}

func (j *joiner) menuNames() []string {
	names := stringsOf(hub.Sections())
	for _, r := range j.records {
		names = append(names, r.place.base+".md")
	}
	return names
}

func (b *edition) menu(raw []rawMenuItem) []hub.MenuItem {
	var items []hub.MenuItem
	for _, m := range raw {
		item := hub.MenuItem{Title: b.phrase(m.Title.Value), URL: m.URL.Value, Pos: m.Place.Pos}
		switch {
		case m.URL.Given():
		case slices.Contains(hub.Sections(), hub.Section(m.Page.Value)):
			item.Section = hub.Section(m.Page.Value)
		case m.Page.Given() && b.isMenuPage(m.Page.Value):
			item.Page = hub.Ref{Dest: m.Page.Value, Pos: m.Page.Pos}
		default:
			continue
		}
		items = append(items, item)
	}
	return items
}

// rule turns an exception or closure into what package hours takes.
func rule(r rawRule, onlyHere frontmatter.Bool) hours.RuleSpec {
	spec := hours.RuleSpec{
		Pos: r.Place.Pos, From: scalar(r.From), To: scalar(r.To), Holiday: scalar(r.Holiday), Offset: scalar(r.Offset),
		Observed: hours.Flag{On: r.Observed.Value, Pos: r.Observed.Pos}, Urgent: hours.Flag{On: r.Urgent.Value, Pos: r.Urgent.Pos},
		OnlyHere: hours.Flag{On: onlyHere.Value, Pos: onlyHere.Pos},
		Hours:    daySpec(r.Hours), Reason: scalar(r.Reason.Text),
	}
	for _, d := range r.Date {
		spec.Dates = append(spec.Dates, scalar(d))
	}
	return spec
}

func scalar(t text) hours.Scalar {
	if !t.Given() {
		return hours.Scalar{}
	}
	return hours.Scalar{Text: t.Value, Pos: t.Pos}
}

func daySpec(n frontmatter.Node) hours.DaySpec {
	if !n.IsMap() {
		return hours.DaySpec{Value: scalar(n.Text)}
	}
	spec := hours.DaySpec{Value: hours.Scalar{Pos: n.Pos}, IsWeek: true}
	for _, e := range n.Fields {
		spec.Week = append(spec.Week, hours.DayLine{Key: scalar(e.Key), Value: scalar(e.Value)})
	}
	return spec
}
