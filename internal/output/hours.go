package output

import (
	"slices"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// How far ahead pages look. What a page says is dated, so that it stays true
// however long after the build it is read; what depends on the reader's today
// is worked out by hours.js from data that reach hoursAhead days.
const (
	hoursAhead   = 372 // a year and a week: the data of a page outlive a year without a build
	weeksAhead   = 3
	monthsAhead  = 4
	specialAhead = 12 // special days shown on the page of all libraries and in embeds
)

// hoursPages plans the page of all libraries' hours.
func (p *planner) hoursPages() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, e := range p.editions {
		what := func() leaf { return e.sectionLeaf(hub.HoursSection, "js/hours.js") }
		artifacts = append(artifacts, page(e, what, "hours", e.hoursView))
	}
	return artifacts
}

func (e *edition) hoursView(s Shell) HoursView {
	v := HoursView{
		Shell: s, Intro: s.text, Published: e.date(e.plan.hub.Today), Zones: e.zonesDiffer(),
	}
	first := e.weekOf(e.plan.hub.Today)
	v.Week = e.words.DateRangeYear(civil.Range{From: first, Until: first.AddDays(6)})
	var special []specialRun
	for _, l := range e.Libraries {
		if !l.Listed() {
			continue
		}
		v.Libraries = append(v.Libraries, e.libraryHours(l))
		for _, run := range e.plan.specialDays(l) {
			special = append(special, specialRun{run, l.Title})
		}
	}
	v.Special = e.joinSpecial(special)
	return v
}

// zonesDiffer reports whether the libraries' clocks do not all show the same.
func (e *edition) zonesDiffer() bool {
	for _, l := range e.Libraries {
		if l.Hours.Zone().String() != e.Libraries[0].Hours.Zone().String() {
			return true
		}
	}
	return false
}

// weekOf returns the first day of the week that a date is in.
func (e *edition) weekOf(d civil.Date) civil.Date {
	return d.AddDays(-int((d.Weekday() - e.words.WeekStart() + 7) % 7))
}

// libraryHours returns the hours of a library around the day of the build.
func (e *edition) libraryHours(l *hub.Library) LibraryHours {
	return e.hours.get(l, func() LibraryHours { return e.newLibraryHours(l) })
}

func (e *edition) newLibraryHours(l *hub.Library) LibraryHours {
	today := l.Hours.Today()
	_, through, _ := l.Hours.Published()
	out := LibraryHours{
		ID: l.ID, Title: e.title(&l.Page), Href: e.href(l.Path), Day: e.dayLine(l.Hours.Day(today)),
		Through: e.date(through),
		W:       e.words, Data: e.object(e.hoursDataOf(l)),
	}
	if l.Kind == hub.Department && l.Parent != nil {
		out.Part = e.words.T("hours-in", "library", l.Parent.Title)
	}
	if e.zonesDiffer() {
		out.Zone = e.words.Zone(l.Hours.Zone())
	}
	out.Week = e.weekLines(l, e.weekOf(today), &spoken{})
	out.Usual = e.usual(l.Hours.Week(today))
	for _, season := range l.Hours.Seasons(today) {
		if season.From.After(today) {
			break
		}
		out.Season = e.words.T("hours-season-until", "season", e.Site.Phrase(season.Name), "date", e.words.Date(season.Until))
	}
	for _, n := range e.currentNotices(l.Notices) {
		out.Notices = append(out.Notices, e.text(n.Text, n.Lang))
	}
	return out
}

// dayLine is a day with its hours in words.
func (e *edition) dayLine(d hours.Day) DayLine {
	name := e.dayName(d.Date)
	return DayLine{
		Date: name.Date, Short: name.short, Status: d.Status.String(), Special: d.By.Kind.IsRule(),
		Hours: e.words.Capital(e.words.DayHours(d)), Reason: e.reason(d.Reason), Note: e.reason(d.Note),
	}
}

// dayName is a date in words, which are the same in all libraries.
type dayName struct {
	Date
	short string
}

func (e *edition) dayName(d civil.Date) dayName {
	return e.days.get(d, func() dayName {
		return dayName{Date{d.String(), e.words.LongDay(d)}, e.words.ShortWeekday(d)}
	})
}

// spoken remembers days of a library that were put into words: most days of
// half a year say what another has said. The page of a library makes 87 KB of
// garbage instead of 171 (2026-11-26).
type spoken struct {
	days  []hours.Day
	lines []DayLine
}

// line is dayLine of a day of the library.
func (s *spoken) line(e *edition, d hours.Day) DayLine {
	i := slices.IndexFunc(s.days, func(o hours.Day) bool { return o.By == d.By && o.Same(d) })
	if i < 0 {
		line := e.dayLine(d)
		s.days, s.lines = append(s.days, d), append(s.lines, line)
		return line
	}
	line := s.lines[i]
	name := e.dayName(d.Date)
	line.Date, line.Short = name.Date, name.short
	return line
}

// weekLines returns the seven days from one on.
func (e *edition) weekLines(l *hub.Library, first civil.Date, said *spoken) []DayLine {
	lines := make([]DayLine, 0, 7)
	for d := range l.Hours.EachDay(first, first.AddDays(6)) {
		lines = append(lines, said.line(e, d))
	}
	return lines
}

// reason puts a text that an author gave for a day, or the name of a holiday,
// into the edition's language as far as somebody translated it.
func (e *edition) reason(text string) Text {
	if text == "" || e.Lang == e.plan.editions[0].Lang {
		return Text{Text: text}
	}
	if translated := e.Site.Phrase(text); translated != text {
		return Text{Text: translated}
	}
	if name, ok := e.words.Holiday(text); ok {
		return Text{Text: name}
	}
	return e.text(text, e.plan.editions[0].Lang)
}

// usual groups the pattern of a week.
func (e *edition) usual(week hours.Week) []UsualLine {
	var fromSunday [7]hours.Value
	unknown := true
	for i, v := range week.Days {
		fromSunday[(i+1)%7] = v
		unknown = unknown && v.Status == hours.Unknown
	}
	if unknown {
		return nil
	}
	var lines []UsualLine
	for _, l := range e.words.RegularWeek(fromSunday) {
		lines = append(lines, UsualLine{l.Days, l.Hours, e.reason(l.Value.Note)})
	}
	return lines
}

// hoursDataOf returns a library's days as runs of equal days, from the day
// before the build: last night's tail may still run.
func (e *edition) hoursDataOf(l *hub.Library) HoursData {
	from := l.Hours.Today().AddDays(-1)
	_, through, _ := l.Hours.Published()
	until := from.AddDays(hoursAhead)
	if through.Before(until) {
		until = through
	}
	data := HoursData{
		Zone: l.Hours.Zone().String(), Name: e.words.Zone(l.Hours.Zone()),
		From: from.String(), Through: through.String(), Phone: l.Phone,
		Kinds: []HoursKind{}, Runs: [][2]int{},
	}
	var kinds []hours.Day
	for d := range l.Hours.EachDay(from, until) {
		kind := slices.IndexFunc(kinds, d.Same)
		if kind < 0 {
			kind = len(kinds)
			kinds = append(kinds, d)
			data.Kinds = append(data.Kinds, e.hoursKind(d))
		}
		if n := len(data.Runs); n > 0 && data.Runs[n-1][1] == kind {
			data.Runs[n-1][0]++
			continue
		}
		data.Runs = append(data.Runs, [2]int{1, kind})
	}
	return data
}

func (e *edition) hoursKind(d hours.Day) HoursKind {
	kind := HoursKind{
		Status: d.Status.String(), Text: e.words.Capital(e.words.DayHours(d)),
		Reason: e.reason(d.Reason).Text, Note: e.reason(d.Note).Text,
	}
	for _, i := range d.Intervals {
		kind.Intervals = append(kind.Intervals, HoursInterval{
			From: int(i.From), To: int(i.To), FromText: e.words.At(i.From), ToText: e.words.Until(i.To),
		})
	}
	return kind
}

// specialDays returns the special days of a library from today on. Seven files
// show them, and finding them is a fifth of the work for a library's page.
func (p *planner) specialDays(l *hub.Library) []hours.Run {
	return p.special.get(l.Hours, func() []hours.Run { return l.Hours.SpecialDays(l.Hours.Today()) })
}

// specialRun is a special run of days of a library.
type specialRun struct {
	hours.Run
	library string
}

// joinSpecial puts special days in order of time; those that say the same of
// several libraries become one.
func (e *edition) joinSpecial(runs []specialRun) []SpecialDay {
	slices.SortStableFunc(runs, func(a, b specialRun) int { return a.From.Compare(b.From) })
	var joined []specialRun
	var names [][]string
	for _, r := range runs {
		i := slices.IndexFunc(joined, func(o specialRun) bool {
			return o.From == r.From && o.Until == r.Until && o.Day.Same(r.Day)
		})
		if i < 0 {
			joined, names = append(joined, r), append(names, []string{r.library})
			continue
		}
		names[i] = append(names[i], r.library)
	}
	var days []SpecialDay
	for i, r := range joined[:min(len(joined), specialAhead)] {
		day := e.specialDay(r.Run)
		day.Libraries = names[i]
		days = append(days, day)
	}
	return days
}

func (e *edition) specialDay(r hours.Run) SpecialDay {
	day := SpecialDay{
		From: e.date(r.From), When: e.when(r), Hours: e.words.Capital(e.words.DayHours(r.Day)),
		Status: r.Day.Status.String(), Reason: e.reason(r.Day.Reason), Note: e.reason(r.Day.Note),
	}
	if r.Until != r.From {
		day.To = e.date(r.Until)
	}
	return day
}

// when names the days of a run.
func (e *edition) when(r hours.Run) string {
	if r.From == r.Until {
		return e.words.LongDate(r.From)
	}
	return e.words.DateRangeYear(civil.Range{From: r.From, Until: r.Until})
}

// runInWords is a special run of days in one line, for the feed.
func (e *edition) runInWords(r hours.Run) string {
	parts := []string{e.when(r), e.words.DayHours(r.Day)}
	if reason := e.reason(r.Day.Reason); reason.Text != "" {
		parts = append(parts, reason.Text)
	}
	return strings.Join(parts, ", ")
}

// hoursBlock returns the hours of a library, or of all, in a text.
func (e *edition) hoursBlock(id string) HoursBlock {
	out := HoursBlock{W: e.words, More: Link{Href: e.href("/hours/"), Text: e.words.T("hours-all")}}
	for _, l := range e.Libraries {
		if l.Listed() && (id == "" || l.ID == id) {
			out.Libraries = append(out.Libraries, e.libraryHours(l))
		}
	}
	if id != "" && len(out.Libraries) == 1 {
		out.More = Link{Href: out.Libraries[0].Href + "#hours", Text: e.words.T("hours-more")}
	}
	return out
}

// weeks returns the weeks after this one as far as they are published.
func (e *edition) weeks(l *hub.Library, said *spoken) []WeekView {
	var weeks []WeekView
	_, through, _ := l.Hours.Published()
	for i := 1; i <= weeksAhead; i++ {
		first := e.weekOf(l.Hours.Today()).AddDays(7 * i)
		if first.After(through) {
			break
		}
		weeks = append(weeks, WeekView{
			Title: e.words.DateRangeYear(civil.Range{From: first, Until: first.AddDays(6)}), Days: e.weekLines(l, first, said),
		})
	}
	return weeks
}

// months returns this month and those after it, as far as they are published.
func (e *edition) months(l *hub.Library, said *spoken) []MonthView {
	var months []MonthView
	today := l.Hours.Today()
	_, through, _ := l.Hours.Published()
	first := today.AddDays(1 - today.Day())
	for i := 0; i < monthsAhead && !first.After(through); i++ {
		months = append(months, e.month(l, first, said))
		first = first.AddMonths(1)
	}
	return months
}

func (e *edition) month(l *hub.Library, first civil.Date, said *spoken) MonthView {
	m := MonthView{Title: e.words.Capital(e.words.MonthYear(first))}
	for _, day := range e.words.Week() {
		m.Weekdays = append(m.Weekdays, Term{ID: e.words.WeekdayShort(day), Text: e.words.Weekday(day)})
	}
	for d := e.weekOf(first); d.Before(first.AddMonths(1)); d = d.AddDays(7) {
		m.Weeks = append(m.Weeks, e.cells(l, d, first.Month(), said))
	}
	return m
}

func (e *edition) cells(l *hub.Library, from civil.Date, month time.Month, said *spoken) []Cell {
	cells := make([]Cell, 0, 7)
	for d := range l.Hours.EachDay(from, from.AddDays(6)) {
		if d.Date.Month() != month {
			cells = append(cells, Cell{})
			continue
		}
		line := said.line(e, d)
		cells = append(cells, Cell{Number: d.Date.Day(), DayLine: line, Brief: line.Hours})
	}
	return cells
}

// seasons returns the seasons ahead with their usual hours.
func (e *edition) seasons(l *hub.Library) []SeasonView {
	var views []SeasonView
	for _, s := range l.Hours.Seasons(l.Hours.Today()) {
		views = append(views, SeasonView{
			Title: e.reason(s.Name), When: e.words.DateRangeYear(civil.Range{From: s.From, Until: s.Until}), Usual: e.usual(s.Week),
		})
	}
	return views
}

func (e *edition) embedHours(l *hub.Library) publish.Artifact {
	what := func() leaf { return e.embedLeaf(embedHoursPath(l), &l.Page, "js/hours.js") }
	return page(e, what, "embed-hours", func(s Shell) EmbedHoursView {
		v := EmbedHoursView{Shell: e.framed(s, &l.Page), Hours: e.libraryHours(l)}
		v.Hours.Href = e.absolute(l.Path)
		for _, run := range e.plan.specialDays(l) {
			if len(v.Special) < 3 {
				v.Special = append(v.Special, e.specialDay(run))
			}
		}
		return v
	})
}
