package hours

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// reader turns what an author wrote into rules, seasons and weeks, and collects
// the findings. What cannot be read is left out.
type reader struct{ findings []diag.Finding }

func (r *reader) error(pos diag.Pos, code, hint, format string, args ...any) {
	r.findings = append(r.findings, diag.Errorf(pos, code, format, args...).WithHint(hint))
}

func (r *reader) mistake(pos diag.Pos, code string, m *Mistake) {
	r.error(pos, code, m.Hint, "%s", m.Message)
}

// maxOffset is how far a rule may lie from its holiday.
const maxOffset = 366

// rules reads the exceptions of a library or, where library is empty, the
// closures of the site.
func (r *reader) rules(library string, specs []RuleSpec) []*rule {
	var rules []*rule
	for i, spec := range specs {
		rule := &rule{index: i, onlyHere: spec.OnlyHere.On, reason: plain(spec.Reason.Text), reasonPos: spec.Reason.Pos}
		rule.source = Source{Library: library, Urgent: spec.Urgent.On, Pos: spec.Pos}
		what := "exception"
		if library == "" {
			what = "closure"
			if spec.OnlyHere != (Flag{}) {
				r.error(cmp.Or(spec.OnlyHere.Pos, spec.Pos), "only-here", "leave it out, or write the day into the library's exceptions",
					"a closure is for all libraries and cannot be only_here")
			}
		}
		days := r.ruleDays(rule, spec, what)
		if r.ruleHours(rule, spec, what) && days {
			rules = append(rules, rule)
		}
	}
	return rules
}

// ruleDays reads which days the rule has; false when that is not clear.
func (r *reader) ruleDays(rule *rule, spec RuleSpec, what string) bool {
	ok := r.holidayFields(spec)
	isRange := spec.From.Text != "" || spec.To.Text != ""
	given := 0
	for _, g := range []bool{len(spec.Dates) > 0, isRange, spec.Holiday.Text != ""} {
		if g {
			given++
		}
	}
	switch {
	case given == 0:
		r.error(spec.Pos, "rule-days", "give date, or from with to, or holiday", "the %s does not say which days it is for", what)
		return false
	case given > 1:
		r.error(spec.Pos, "rule-days", "give only one of date, from with to, and holiday", "the %s says in more than one way which days it is for", what)
		return false
	case len(spec.Dates) > 0:
		return r.ruleDates(rule, spec.Dates) && ok
	case isRange:
		var isSound bool
		rule.from, rule.to, isSound = r.dateRange(spec.From, spec.To, spec.Pos, what)
		rule.source.Kind = RangeRule
		if rule.from.isYearly() {
			rule.source.Kind = YearlyRangeRule
		}
		return isSound && ok
	default:
		return r.ruleHoliday(rule, spec) && ok
	}
}

// holidayFields reports what goes with a holiday only.
func (r *reader) holidayFields(spec RuleSpec) bool {
	if spec.Holiday.Text == "" {
		if spec.Offset.Text != "" {
			r.error(spec.Offset.Pos, "offset", "write the day itself", "offset goes with holiday only")
			return false
		}
		if spec.Observed.On {
			r.error(cmp.Or(spec.Observed.Pos, spec.Pos), "observed", "write the day itself", "observed goes with holiday only")
			return false
		}
		return true
	}
	if spec.Observed.On && spec.Offset.Text != "" {
		r.error(spec.Offset.Pos, "offset", "write two lines, one for the holiday and one for the day beside it",
			"offset does not go with observed")
		return false
	}
	return true
}

func (r *reader) ruleDates(rule *rule, dates []Scalar) bool {
	ok := true
	for _, s := range dates {
		w, m := parseDate(s.Text)
		switch {
		case m != nil:
			r.mistake(s.Pos, "date", m)
			ok = false
		case w.isYearly() && len(rule.dates) > 0 || !w.isYearly() && len(rule.yearly) > 0:
			r.error(s.Pos, "date", "write two lines, one for each", "%q: full dates and dates of every year do not go into one list", plain(s.Text))
			ok = false
		case w.isYearly():
			rule.yearly = append(rule.yearly, w.yearly)
		default:
			rule.dates = append(rule.dates, w.full)
		}
	}
	rule.source.Kind = DateRule
	if len(rule.yearly) > 0 {
		rule.source.Kind = YearlyDateRule
	}
	return ok
}

// dateRange reads two inclusive ends, both full or both of every year.
func (r *reader) dateRange(from, to Scalar, pos diag.Pos, what string) (first, last writtenDate, ok bool) {
	if from.Text == "" || to.Text == "" {
		missing, given := "from", to
		if to.Text == "" {
			missing, given = "to", from
		}
		at := pos
		if given.Text != "" {
			at = given.Pos
		}
		r.error(at, "date-range", "give both, from and to", "the %s lacks %q", what, missing)
		return first, last, false
	}
	first, m := parseDate(from.Text)
	if m != nil {
		r.mistake(from.Pos, "date", m)
	}
	last, n := parseDate(to.Text)
	if n != nil {
		r.mistake(to.Pos, "date", n)
	}
	switch {
	case m != nil || n != nil:
		return first, last, false
	case first.isYearly() != last.isYearly():
		r.error(to.Pos, "date-range", "write both like 2026-12-20, or both like 12-20", "one end of the range has a year and the other has none")
		return first, last, false
	case last.full.Before(first.full):
		r.error(to.Pos, "date-range", "", "the range ends on %s, before it starts on %s", last.full, first.full)
		return first, last, false
	}
	return first, last, true
}

func (r *reader) ruleHoliday(rule *rule, spec RuleSpec) bool {
	rule.source.Kind = HolidayRule
	all := holidays()
	id := plain(spec.Holiday.Text)
	i := slices.IndexFunc(all, func(h holiday) bool { return h.id == id })
	if i < 0 {
		r.error(spec.Holiday.Pos, "holiday", holidayHint(id, all), "unknown holiday %q", id)
		return false
	}
	if spec.Offset.Text != "" {
		n, err := strconv.Atoi(plain(spec.Offset.Text))
		if err != nil || max(n, -n) > maxOffset {
			r.error(spec.Offset.Pos, "offset", "write a number of days such as 1 or -1", "%q is no offset", plain(spec.Offset.Text))
			return false
		}
		rule.offset = n
	}
	rule.holidayDay, rule.observed = all[i].day, spec.Observed.On
	if rule.reason == "" {
		rule.reason = offsetName(all[i].name, rule.offset)
		rule.observedReason = all[i].name + " (observed)"
	} else {
		rule.observedReason = rule.reason
	}
	return true
}

// ruleHours reads what the rule says of its days.
func (r *reader) ruleHours(rule *rule, spec RuleSpec, what string) bool {
	hours := spec.Hours
	switch {
	case hours.missing():
		r.error(spec.Pos, "hours-missing", forms, "the %s needs hours", what)
		return false
	case !hours.IsWeek:
		rule.single = true
		value, ok := r.value(hours.Value)
		for d := range rule.week {
			rule.week[d] = value
		}
		return ok
	case rule.source.Kind != RangeRule && rule.source.Kind != YearlyRangeRule && rule.source.Kind != NoSource:
		r.error(hours.pos(spec.Pos), "week-pattern", "write one value, such as 9am-5pm", "a week may stand in a range only, from one date to another")
		return false
	}
	var ok bool
	rule.week, ok = r.week(hours, spec.Pos)
	return ok
}

func (d DaySpec) missing() bool { return !d.IsWeek && d.Value.Text == "" }

// pos is where the value or the week stands.
func (d DaySpec) pos(fallback diag.Pos) diag.Pos {
	if d.Value.Pos == (diag.Pos{}) && len(d.Week) > 0 {
		return d.Week[0].Key.Pos
	}
	return cmp.Or(d.Value.Pos, fallback)
}

func (r *reader) value(s Scalar) (*placed, bool) {
	v, m := parseValue(s.Text)
	if m != nil {
		r.mistake(s.Pos, "hours-value", m)
		return &placed{pos: s.Pos}, false
	}
	return &placed{v, s.Pos}, true
}

// week reads the lines of a week; a day that they do not give is nil. It is
// false when a line cannot be read: its days are unknown then.
func (r *reader) week(spec DaySpec, fallback diag.Pos) (week, bool) {
	var w week
	var lines [7]diag.Pos
	if len(spec.Week) == 0 {
		r.error(spec.pos(fallback), "week-pattern", "write a line for some days, such as mon-fri: 9am-5pm", "the week gives no day")
		return w, false
	}
	ok := true
	for _, line := range spec.Week {
		value, isValue := r.value(line.Value)
		set, m := parseDays(line.Key.Text)
		if m != nil {
			r.mistake(line.Key.Pos, "week-day", m)
		}
		ok = ok && isValue && m == nil
		twice := false
		for d, isGiven := range set {
			if !isGiven {
				continue
			}
			if w[d] != nil && !twice {
				r.error(line.Key.Pos, "week-day", "name each day once", "%s is given twice, here and in line %d", time.Weekday(d), lines[d].Line)
				twice = true
			}
			w[d], lines[d] = value, line.Key.Pos
		}
		ok = ok && !twice
	}
	return w, ok
}

// wholeWeek reads the week of a season or of `regular:`, where a day that is
// not given is closed.
func (r *reader) wholeWeek(spec DaySpec, fallback diag.Pos) week {
	var w week
	ok := true
	if spec.IsWeek {
		w, ok = r.week(spec, fallback)
	} else {
		w[0], _ = r.value(spec.Value)
		for d := range w {
			w[d] = w[0]
		}
	}
	rest := &placed{Value: Value{Status: Closed}, pos: spec.pos(fallback)}
	if !ok {
		rest.Status = Unknown // what is wrong may be the line of that day
	}
	for d := range w {
		if w[d] == nil {
			w[d] = rest
		}
	}
	return w
}

// seasons reads the seasons of a library.
func (r *reader) seasons(library string, specs []SeasonSpec) []*season {
	var seasons []*season
	for _, spec := range specs {
		s := &season{source: Source{Kind: Season, Library: library, Name: plain(spec.Name.Text), Pos: spec.Pos}}
		if s.source.Name == "" {
			r.error(spec.Pos, "season-name", "write name: Summer hours", "the season needs a name")
		}
		var isRange bool
		if spec.From.Text == "" && spec.To.Text == "" {
			r.error(spec.Pos, "date-range", "write from: 2027-06-01 and to: 2027-08-20", "the season does not say on which days it begins and ends")
		} else {
			s.from, s.to, isRange = r.dateRange(spec.From, spec.To, spec.Pos, "season")
		}
		if spec.Hours.missing() {
			r.error(spec.Pos, "hours-missing", "write hours: {mon-fri: 9am-5pm}", "the season needs hours")
			continue
		}
		s.week = r.wholeWeek(spec.Hours, spec.Pos)
		if isRange {
			seasons = append(seasons, s)
		}
	}
	r.overlaps(seasons)
	return seasons
}

// overlaps reports seasons of one library that share a day.
func (r *reader) overlaps(seasons []*season) {
	for i, s := range seasons {
		for _, before := range seasons[:i] {
			if d, ok := firstShared(before, s); ok {
				r.error(s.source.Pos, "season-overlap", "let one end before the other starts",
					"the seasons %q and %q (%s:%d) overlap, on %s for instance",
					s.source.Name, before.source.Name, before.source.Pos.File, before.source.Pos.Line, d)
			}
		}
	}
}

// firstShared returns a day that two seasons share. Of two that come every
// year a leap year shows all days that they can share.
func firstShared(a, b *season) (civil.Date, bool) {
	from, until := civil.New(2028, time.January, 1), civil.New(2028, time.December, 31)
	switch {
	case !a.from.isYearly() && !b.from.isYearly():
		from, until = later(a.from.full, b.from.full), earlier(a.to.full, b.to.full)
	case !a.from.isYearly():
		from, until = a.from.full, a.to.full
	case !b.from.isYearly():
		from, until = b.from.full, b.to.full
	}
	// Eight years hold each day of every year, 29 February too.
	for d := from; !d.After(until) && d.Sub(from) <= 8*366; d = d.AddDays(1) {
		md := monthDayOf(d)
		if covers(a.from, a.to, d, md) && covers(b.from, b.to, d, md) {
			return d, true
		}
	}
	return civil.Date{}, false
}

func holidayHint(id string, all []holiday) string {
	var ids []string
	for _, h := range all {
		ids = append(ids, h.id)
	}
	if near := diag.Suggest(id, ids); near != "" {
		return diag.DidYouMean(id, []string{near})
	}
	known := "known are "
	for i, id := range ids {
		if i > 0 {
			known += ", "
		}
		known += id
	}
	return known
}
