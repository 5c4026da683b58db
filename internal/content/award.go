package content

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
)

// award is what an award's index.md says, checked. An award without one has
// the zero campaign.
type award struct{ campaign }

// campaign is what an award says for all its lists, or a list for itself.
type campaign struct {
	url         string
	readAtLeast int
	voting      []voting
}

type voting struct {
	library *record
	when    civil.Range
	url     string
	pos     diag.Pos
}

// list is what a list's file says, checked, before it has a language.
type list struct {
	campaign
	award *record
	year  int // 0 if it has none
	ends  civil.Date
	runs  civil.Range
	books []book
}

func (j *joiner) checkAwards() {
	for _, r := range j.records {
		if r.place.kind == hub.AwardPage {
			r.award = &award{}
			if r.file != nil {
				r.award.campaign = j.campaign(r.file.award.rawCampaign)
				j.checkCampaignTranslations(r)
			}
		}
	}
	for _, r := range j.records {
		if r.place.kind == hub.AwardListPage {
			j.checkList(r)
		}
	}
}

func (j *joiner) campaign(raw rawCampaign) campaign {
	c := campaign{url: j.address(raw.URL, "url"), readAtLeast: j.number(raw.ReadAtLeast, "read_at_least", 1, 1000)}
	for _, v := range raw.Voting {
		when, url := j.days(v.From, v.To, "to"), j.address(v.URL, "url")
		if !v.Library.Given() {
			j.errorf(v.Place.Pos, "missing-field", "an entry of voting needs a library")
			continue
		}
		if l := j.libraryOf(v.Library); l != nil {
			c.voting = append(c.voting, voting{l, when, url, v.Place.Pos})
		}
	}
	return c
}

func (j *joiner) checkCampaignTranslations(r *record) {
	original := r.file.campaign()
	for _, tag := range r.translated() {
		t := r.translations[tag].campaign()
		j.address(t.URL, "url")
		if t.ReadAtLeast.Given() && t.ReadAtLeast.Value != original.ReadAtLeast.Value {
			j.inherited(t.ReadAtLeast.Pos, "read_at_least")
		}
		for _, v := range t.Voting {
			j.address(v.URL, "url")
			if !r.file.broken && !slices.ContainsFunc(original.Voting, func(o rawVoting) bool { return o.Library.Value == v.Library.Value }) {
				j.noCounterpart(v.Place.Pos, "entry of voting")
			}
		}
	}
}

// campaign returns the fields that awards and lists have in common.
func (f *parsedFile) campaign() *rawCampaign {
	if f.award != nil {
		return &f.award.rawCampaign
	}
	return &f.list.rawCampaign
}

func (j *joiner) checkList(r *record) {
	raw := r.file.list
	l := &list{campaign: j.campaign(raw.rawCampaign), award: j.awards[r.place.award]}
	r.list = l
	j.checkCampaignTranslations(r)
	j.listYear(r)
	l.runs = j.runs(r)
	l.books = j.books(r)
	for _, tag := range r.translated() {
		j.checkListTranslation(r, r.translations[tag])
	}
}

// schoolYear matches a year, or a school year such as 2018-19.
var schoolYear = regexp.MustCompile(`^(\d{4})(?:[-–/](\d{2}|\d{4}))?$`)

// parseYear reads a year as the one in which it ends, and its last day: a
// school year ends with August. ok is false if s is no year.
func parseYear(s string) (year int, ends civil.Date, ok bool) {
	m := schoolYear.FindStringSubmatch(s)
	if m == nil {
		return 0, civil.Date{}, false
	}
	year, _ = strconv.Atoi(m[1])
	if year < 1800 || year > 2200 {
		return 0, civil.Date{}, false
	}
	if m[2] == "" {
		return year, civil.New(year, 12, 31), true
	}
	if next := strconv.Itoa(year + 1); m[2] != next && m[2] != next[2:] {
		return 0, civil.Date{}, false
	}
	return year + 1, civil.New(year+1, 8, 31), true
}

// listYear reads the year of a list: its own, which may not contradict the
// file's name, or that of the name.
func (j *joiner) listYear(r *record) {
	l, t := r.list, r.file.list.Year
	named, ends, isYear := parseYear(r.place.id)
	l.year, l.ends = named, ends
	if !t.Given() {
		return
	}
	year, yearEnds, ok := parseYear(t.Value)
	switch {
	case !ok:
		j.add(diag.Errorf(t.Pos, "bad-year", "%q is no year", t.Value).WithHint("write 2027, or 2018-19 for a school year"))
	case isYear && year != named:
		j.add(diag.Errorf(t.Pos, "bad-year", "the year %s contradicts the file's name, which says %s", t.Value, r.place.id).
			WithHint("mend one of them, or take this line out"))
	case !isYear:
		l.year, l.ends = year, yearEnds
	}
}

// runs works out when a list is current (contract, section 2): as it says, else
// from publish to the last day of voting, else to the end of its year.
func (j *joiner) runs(r *record) civil.Range {
	raw := r.file.list.Runs
	if raw.Place.Given() {
		return j.days(raw.From, raw.To, "to")
	}
	l := r.list
	until := lastVoting(l.voting)
	if until.IsZero() {
		// The award's voting is this year's: it does not make older lists run on.
		until = lastVoting(l.award.award.voting)
		if !l.ends.IsZero() && until.After(l.ends) {
			until = civil.Date{}
		}
	}
	if until.IsZero() {
		until = l.ends
	}
	return civil.Range{From: r.published, Until: until}
}

func lastVoting(all []voting) civil.Date {
	var last civil.Date
	for _, v := range all {
		if v.when.Until.After(last) {
			last = v.when.Until
		}
	}
	return last
}

func (j *joiner) checkListTranslation(r *record, f *parsedFile) {
	t := f.list
	if t.Year.Given() {
		if year, _, _ := parseYear(t.Year.Value); year != r.list.year {
			j.inherited(t.Year.Pos, "year")
		}
	}
	if t.BooksFile.Given() && t.BooksFile.Value != r.file.list.BooksFile.Value {
		j.inherited(t.BooksFile.Pos, "books_file")
	}
	if contradicts(t.Runs.From, r.file.list.Runs.From) || contradicts(t.Runs.To, r.file.list.Runs.To) {
		j.inherited(t.Runs.Place.Pos, "runs")
	}
	if r.file.broken || r.file.list.BooksFile.Given() && len(r.list.books) == 0 {
		return
	}
	for i := range t.Books {
		if findBook(r.list.books, &t.Books[i]) < 0 {
			j.noCounterpart(t.Books[i].Place.Pos, "book")
		}
	}
}

// newAward makes the award of an edition, without its lists.
func (b *edition) newAward(r *record) *hub.Award {
	out := &hub.Award{Page: b.newPage(r), URL: r.award.url, ReadAtLeast: r.award.readAtLeast}
	if r.file != nil {
		out.Organizer = b.phrase(r.file.award.Organizer.Value)
	}
	var t *rawCampaign
	if f := r.translations[b.Lang]; f != nil {
		t = f.campaign()
		set(&out.Organizer, t.Organizer.Text)
		set(&out.URL, t.URL)
	}
	out.Voting = b.voting(r.award.voting, t)
	return out
}

// voting makes the dates of voting in the libraries that are on the site.
func (b *edition) voting(all []voting, t *rawCampaign) []hub.Voting {
	var out []hub.Voting
	for _, v := range all {
		l := b.libs[v.library]
		if l == nil {
			continue
		}
		h := hub.Voting{Library: l, When: v.when, URL: v.url, Pos: v.pos}
		if t != nil {
			for _, tv := range t.Voting {
				if tv.Library.Value == v.library.place.id {
					set(&h.URL, tv.URL)
				}
			}
		}
		out = append(out, h)
	}
	return out
}

// newList makes the list of an edition; what it does not say is its award's.
func (b *edition) newList(r *record, a *hub.Award) *hub.AwardList {
	l := r.list
	out := &hub.AwardList{
		Page: b.newPage(r), Award: a, Year: l.year, Runs: l.runs,
		Organizer: b.phrase(r.file.list.Organizer.Value), URL: l.url, ReadAtLeast: l.readAtLeast,
	}
	var t *rawList
	var tc *rawCampaign
	if f := r.translations[b.Lang]; f != nil {
		t, tc = f.list, f.campaign()
		set(&out.Organizer, t.Organizer.Text)
		set(&out.URL, t.URL)
	}
	out.Voting = b.voting(l.voting, tc)
	out.Organizer = cmp.Or(out.Organizer, a.Organizer)
	out.URL = cmp.Or(out.URL, a.URL)
	out.ReadAtLeast = cmp.Or(out.ReadAtLeast, a.ReadAtLeast)
	if out.Voting == nil {
		out.Voting = a.Voting
	}
	if out.Grades.IsZero() {
		out.Grades = a.Grades
	}
	out.Books = b.books(out, l, t)
	return out
}

// orderLists puts an award's lists in order, the newest first and those named
// by a word last, and says which are current: the newest and those that run.
func (b *edition) orderLists(a *hub.Award) {
	slices.SortFunc(a.Lists, func(x, y *hub.AwardList) int {
		if c := cmp.Or(cmp.Compare(y.Year, x.Year), cmp.Compare(x.Weight, y.Weight)); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(b.Order.Key(x.Title), b.Order.Key(y.Title)), strings.Compare(x.ID, y.ID))
	})
	newest := 0
	for _, l := range a.Lists {
		if l.Listed() {
			newest = max(newest, l.Year)
		}
	}
	for _, l := range a.Lists {
		l.Current = l.Listed() && (l.Year == newest && newest > 0 || l.Runs.Contains(b.today))
	}
}
