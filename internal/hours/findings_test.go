package hours

import (
	"slices"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// findingCase is a hub and the findings that it gives, without the file name.
// Of the hub the first two lines are given: line 1 is the time zone, line 2
// the closures, line 3 "libraries:", and the libraries follow.
type findingCase struct {
	name, closures, libraries string
	want                      []string
}

func (c findingCase) check(t *testing.T, now string) {
	t.Helper()
	text := "timezone: America/Chicago\nclosures: [" + c.closures + "]\nlibraries:\n" + c.libraries
	_, findings := New(hub(t, now, text))
	var got []string
	for _, f := range findings {
		got = append(got, strings.TrimPrefix(f.String(), "hub.yaml:"))
	}
	if !slices.Equal(got, c.want) {
		t.Errorf("%s:\n%s\ngot:\n  %s\nwant:\n  %s", c.name, text, strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
	}
}

// on is a library L with a good week and one exception on line 5.
func on(exception string) string {
	return "  L: {hours: {through: 2027-08-31, regular: {mon-fri: 9am-5pm}, exceptions: [\n" + exception + "]}}"
}

func TestMistakesInRules(t *testing.T) {
	t.Parallel()
	for _, c := range []findingCase{
		{"a bad value", "", on("{date: 2026-12-01, hours: 9-5}"), []string{
			`5:27: error: it is not clear which half of the day "9-5" means (write 9am-5pm) [hours-value]`}},
		{"a bad value of a week", "", "  L: {hours: {through: 2027-08-31, regular: {mon: 9am-5pm, tue: 10-17:00}}}", []string{
			`4:65: error: "10-17:00" mixes two forms of writing a time (write 10:00-17:00) [hours-value]`}},
		{"a day twice", "", "  L: {hours: {through: 2027-08-31, regular: {mon-wed: 9am-5pm, tue: closed}}}", []string{
			`4:64: error: Tuesday is given twice, here and in line 4 (name each day once) [week-day]`}},
		{"a day misspelt", "", "  L: {hours: {through: 2027-08-31, regular: {mondy: 9am-5pm}}}", []string{
			`4:46: error: "mondy" is no day of the week (did you mean "monday"?) [week-day]`}},
		{"an empty week", "", "  L: {hours: {through: 2027-08-31, regular: {}}}", []string{
			`4:45: error: the week gives no day (write a line for some days, such as mon-fri: 9am-5pm) [week-pattern]`}},
		{"no days", "", on("{hours: closed}"), []string{
			`5:1: error: the exception does not say which days it is for (give date, or from with to, or holiday) [rule-days]`}},
		{"days in two ways", "", on("{date: 2026-12-01, holiday: easter, hours: closed}"), []string{
			`5:1: error: the exception says in more than one way which days it is for (give only one of date, from with to, and holiday) [rule-days]`}},
		{"no hours", "", on("{date: 2026-12-01}"), []string{
			`5:1: error: the exception needs hours (write hours like 9am-5pm or 09:00-17:00, closed, 24 hours, by appointment or unknown) [hours-missing]`}},
		{"from without to", "", on("{from: 2026-12-01, hours: closed}"), []string{
			`5:8: error: the exception lacks "to" (give both, from and to) [date-range]`}},
		{"an end before the start", "", on("{from: 2026-12-05, to: 2026-12-01, hours: closed}"), []string{
			`5:24: error: the range ends on 2026-12-01, before it starts on 2026-12-05 [date-range]`}},
		{"a year on one end only", "", on("{from: 2026-12-05, to: 12-10, hours: closed}"), []string{
			`5:24: error: one end of the range has a year and the other has none (write both like 2026-12-20, or both like 12-20) [date-range]`}},
		{"full and every year in one list", "", on("{date: [2026-12-05, 12-10], hours: closed}"), []string{
			`5:21: error: "12-10": full dates and dates of every year do not go into one list (write two lines, one for each) [date]`}},
		{"a date that does not exist", "", on("{date: 2027-02-29, hours: closed}"), []string{
			`5:8: error: "2027-02-29" does not exist in the calendar [date]`}},
		{"a date in another order", "", on("{date: 11/25/2026, hours: closed}"), []string{
			`5:8: error: "11/25/2026" is not a date like 2026-11-25 or, for every year, 11-25 (write 2026-11-25) [date]`}},
		{"a holiday misspelt", "", on("{holiday: thanksgivin, hours: closed}"), []string{
			`5:11: error: unknown holiday "thanksgivin" (did you mean "thanksgiving"?) [holiday]`}},
		{"offset without holiday", "", on("{date: 12-24, offset: 1, hours: closed}"), []string{
			`5:23: error: offset goes with holiday only (write the day itself) [offset]`}},
		{"observed without holiday", "", on("{date: 12-24, observed: true, hours: closed}"), []string{
			`5:25: error: observed goes with holiday only (write the day itself) [observed]`}},
		{"observed with offset", "", on("{holiday: christmas-day, offset: 1, observed: true, hours: closed}"), []string{
			`5:34: error: offset does not go with observed (write two lines, one for the holiday and one for the day beside it) [offset]`}},
		{"no number", "", on("{holiday: christmas-day, offset: one, hours: closed}"), []string{
			`5:34: error: "one" is no offset (write a number of days such as 1 or -1) [offset]`}},
		{"a week for a date", "", on("{date: 2026-12-01, hours: {mon: closed}}"), []string{
			`5:27: error: a week may stand in a range only, from one date to another (write one value, such as 9am-5pm) [week-pattern]`}},
		{"a closure that stays at home", "{date: 12-24, hours: closed, only_here: true}", on(""), []string{
			`2:52: error: a closure is for all libraries and cannot be only_here (leave it out, or write the day into the library's exceptions) [only-here]`}},
		{"two mistakes in one rule", "", on("{date: 2026-1-5, hours: 9-5}"), []string{
			`5:8: error: "2026-1-5" is not a date like 2026-11-25 or, for every year, 11-25 (write 2026-01-05) [date]`,
			`5:25: error: it is not clear which half of the day "9-5" means (write 9am-5pm) [hours-value]`}},
	} {
		c.check(t, "2026-11-23")
	}
}

func TestMistakesInLibraries(t *testing.T) {
	t.Parallel()
	const good = "through: 2027-08-31, regular: {mon-fri: 9am-5pm}"
	for _, c := range []findingCase{
		{"a season without name", "", "  L: {hours: {" + good + ", seasons: [{from: 06-01, to: 08-20, hours: closed}]}}", []string{
			`4:75: error: the season needs a name (write name: Summer hours) [season-name]`}},
		{"a season without hours and dates", "", "  L: {hours: {" + good + ", seasons: [{name: Summer}]}}", []string{
			`4:75: error: the season does not say on which days it begins and ends (write from: 2027-06-01 and to: 2027-08-20) [date-range]`,
			`4:75: error: the season needs hours (write hours: {mon-fri: 9am-5pm}) [hours-missing]`}},
		{"seasons that overlap", "", "  L: {hours: {" + good + ", seasons: [\n{name: Summer, from: 2027-06-01, to: 2027-08-20, hours: closed},\n{name: August, from: 08-20, to: 08-31, hours: closed}]}}", []string{
			`6:1: error: the seasons "August" and "Summer" (hub.yaml:5) overlap, on 2027-08-20 for instance (let one end before the other starts) [season-overlap]`}},
		{"seasons that meet on a leap day", "", "  L: {hours: {" + good + ", seasons: [\n{name: A, from: 02-01, to: 02-29, hours: closed},\n{name: B, from: 02-29, to: 03-31, hours: closed}]}}", []string{
			`6:1: error: the seasons "B" and "A" (hub.yaml:5) overlap, on 2028-02-29 for instance (let one end before the other starts) [season-overlap]`}},
		{"seasons that do not meet", "", "  L: {hours: {" + good + ", seasons: [\n{name: A, from: 12-20, to: 02-29, hours: closed},\n{name: B, from: 03-01, to: 12-19, hours: closed}]}}", nil},
		{"long seasons that overlap late", "", "  L: {hours: {" + good + ", seasons: [\n{name: A, from: 2000-01-01, to: 2030-12-31, hours: closed},\n{name: B, from: 2030-12-31, to: 2050-12-31, hours: closed}]}}", []string{
			`6:1: error: the seasons "B" and "A" (hub.yaml:5) overlap, on 2030-12-31 for instance (let one end before the other starts) [season-overlap]`}},
		{"an unknown zone", "", "  L: {timezone: America/Chicgo, hours: {" + good + "}}", []string{
			`4:17: error: unknown time zone "America/Chicgo" (did you mean "America/Chicago"?) [timezone]`}},
		{"the machine's zone", "", "  L: {timezone: Local, hours: {" + good + "}}", []string{
			`4:17: error: unknown time zone "Local" (write a name like America/Chicago) [timezone]`}},
		{"the name of a zone", "", "  L: {timezone: Central Time, hours: {" + good + "}}", []string{
			`4:17: error: unknown time zone "Central Time" (write America/Chicago) [timezone]`}},
		{"a city alone", "", "  L: {timezone: New York, hours: {" + good + "}}", []string{
			`4:17: error: unknown time zone "New York" (did you mean "America/New_York"?) [timezone]`}},
		{"a child that follows with a zone of its own", "", "  L: {hours: {" + good + "}}\n  K: {parent: L, timezone: America/Chicago}", []string{
			`5:28: error: a library that follows the hours of "L" has its time zone too (leave it out, or give the library regular hours of its own) [timezone]`}},
		{"no regular week", "", "  L: {hours: {through: 2027-08-31}}", []string{
			`4:7: error: the hours have no regular week (add regular: with a line for each day, such as mon-fri: 9am-5pm) [regular-missing]`}},
		{"rules to hand down", "", "  L: {hours: {through: 2027-08-31}}\n  K: {parent: L, hours: {regular: {mon: 9am-5pm}}}", nil},
		{"rules to hand down and a season", "", "  L: {hours: {through: 2027-08-31, seasons: [{name: A, from: 06-01, to: 06-30, hours: closed}]}}\n  K: {parent: L, hours: {regular: {mon: 9am-5pm}}}", []string{
			`4:46: error: a season needs a regular week beside it (add regular: or move the season to the libraries below) [regular-missing]`}},
		{"nobody to follow", "", "  L: {hours: {through: 2027-08-31}}\n  M: {parent: L}\n  K: {parent: M}", []string{
			`6:3: error: neither this library nor "M", which it follows, has a regular week (add regular: here or to a library above) [regular-missing]`}},
		{"a library without hours", "", "  L: {timezone: Europe/Paris}\n  K: {parent: L}", nil},
		{"an end before the start", "", "  L: {hours: {from: 2027-09-01, " + good + "}}", []string{
			`4:42: error: hours are published through 2027-08-31, before they start on 2027-09-01 [date-range]`}},
		{"an end without year", "", "  L: {hours: {through: 08-31, regular: closed}}", []string{
			`4:24: error: "08-31" has no year here (write it like 2027-08-31) [date]`}},
		{"a loop of parents", "", "  L: {parent: K, hours: {through: 2027-08-31}}\n  K: {parent: L}\n  M: {parent: M}\n  N: {parent: K, kind: department, hours: {exceptions: []}}", nil},
		{"an unknown parent", "", "  L: {parent: X, kind: department, hours: {through: 2027-08-31}}", nil},
	} {
		c.check(t, "2026-11-23")
	}
	_, findings := New(hub(t, "2026-11-23", "libraries:\n  L: {hours: {"+good+"}}"))
	if len(findings) != 1 || findings[0].String() != "hub.yaml:2:7: error: the hours have no time zone (add timezone: America/Chicago to site.yaml or to the library) [timezone]" {
		t.Errorf("no zone: %v", findings)
	}
}

func TestConflicts(t *testing.T) {
	t.Parallel()
	library := func(through, exceptions string) string {
		return "  L: {hours: {" + through + ", regular: {daily: 9am-5pm}, exceptions: [\n" + exceptions + "]}}"
	}
	const through = "through: 2027-08-31"
	disagree := func(line, other, day, severity string) string {
		return line + ": " + severity + ": this line and hub.yaml:" + other + " say different things of " + day +
			", and neither goes before the other (take the day out of one of them, or write what holds as a date of its own) [rules-disagree]"
	}
	for _, c := range []findingCase{
		{"two dates", "", library(through, "{date: 2026-12-01, hours: closed},\n{date: [2026-12-01, 2026-12-02], hours: 9am-1pm}"), []string{disagree("6:1", "5", "2026-12-01", "error")}},
		{"two notes", "", library(through, "{date: 2026-12-01, hours: closed},\n{date: 2026-12-01, hours: closed (call)}"), []string{disagree("6:1", "5", "2026-12-01", "error")}},
		{"two reasons", "", library(through, "{date: 2026-12-01, hours: closed, reason: A},\n{date: 2026-12-01, hours: closed, reason: B}"), nil},
		{"two spellings", "", library(through, "{date: 2026-12-01, hours: 00:00-24:00},\n{date: 2026-12-01, hours: 24 hours}"), nil},
		{"one is urgent", "", library(through, "{date: 2026-12-01, hours: closed},\n{date: 2026-12-01, hours: 9am-1pm, urgent: true}"), nil},
		{"two kinds", "", library(through, "{date: 12-01, hours: closed},\n{date: 2026-12-01, hours: 9am-1pm}"), nil},
		{"a higher rule decides", "", library(through, "{from: 2026-12-01, to: 2026-12-01, hours: closed},\n{from: 2026-12-01, to: 2026-12-01, hours: 9am-1pm},\n{date: 2026-12-01, hours: 1pm-5pm}"), nil},
		{"past days", "", library(through, "{date: 2026-11-22, hours: closed},\n{date: 2026-11-22, hours: 9am-1pm}"), nil},
		{"today", "", library(through, "{date: 2026-11-23, hours: closed},\n{date: 2026-11-23, hours: 9am-1pm}"), []string{disagree("6:1", "5", "2026-11-23", "error")}},
		{"after the published end", "", library(through, "{date: 2027-09-01, hours: closed},\n{date: 2027-09-01, hours: 9am-1pm}"), []string{disagree("6:1", "5", "2027-09-01", "warning")}},
		{"on the last day", "", library(through, "{date: 2027-08-31, hours: closed},\n{date: 2027-08-31, hours: 9am-1pm}"), []string{disagree("6:1", "5", "2027-08-31", "error")}},
		{"weeks that do not meet", "", library(through, "{from: 12-01, to: 12-31, hours: {mon: closed}},\n{from: 12-01, to: 12-31, hours: {tue-sun: 9am-1pm}}"), nil},
		{"weeks that meet", "", library(through, "{from: 12-01, to: 12-31, hours: {mon: closed}},\n{from: 12-31, to: 01-02, hours: {mon: 9am-1pm}}"), []string{disagree("6:1", "5", "2029-12-31", "warning")}},
		{"holidays on one day", "", library(through, "{holiday: columbus-day, hours: closed},\n{holiday: indigenous-peoples-day, hours: 9am-1pm}"), []string{disagree("6:1", "5", "2027-10-11", "warning")}},
		{"an observed day gives way", "", library("through: 2028-08-31", "{holiday: christmas-day, observed: true, hours: closed},\n{holiday: christmas-eve, hours: 9am-1pm}"), nil},
		{"a date of the closures and of the library", "{date: 2026-12-01, hours: closed}", library(through, "{date: 2026-12-01, hours: 9am-1pm}"), nil},
		{"closures", "{date: 2026-12-01, hours: closed}, {date: 2026-12-01, hours: 9am-1pm}", library(through, ""), []string{disagree("2:47", "2", "2026-12-01", "error")}},
		{"three rules", "", library(through, "{date: 2026-12-01, hours: closed},\n{date: 2026-12-01, hours: 9am-1pm},\n{date: 2026-12-01, hours: closed}"), []string{
			disagree("6:1", "5", "2026-12-01", "error"), disagree("7:1", "6", "2026-12-01", "error")}},
		{"only here, which has no children", "", library(through, "{date: 2026-12-01, hours: closed, only_here: true},\n{date: 2026-12-01, hours: 9am-1pm}"), []string{disagree("6:1", "5", "2026-12-01", "error")}},
		{"a higher rule for the library alone", "", library(through, "{date: 12-01, hours: closed},\n{date: 12-01, hours: 9am-1pm},\n{date: 2026-12-01, hours: closed, only_here: true},\n{date: 2027-12-01, hours: closed, only_here: true}") +
			"\n  K: {parent: L}", []string{disagree("6:1", "5", "2026-12-01", "error")}},
		{"only here goes before only here", "", library(through, "{date: 12-01, hours: closed, only_here: true},\n{date: 12-01, hours: 9am-1pm},\n{date: 2026-12-01, hours: closed}") +
			"\n  K: {parent: L}", []string{disagree("6:1", "5", "2027-12-01", "warning")}},
		{"the child's end counts", "", library("through: 2026-11-30", "{date: 2027-01-01, hours: closed},\n{date: 2027-01-01, hours: 9am-1pm}") +
			"\n  K: {parent: L, hours: {through: 2027-08-31, regular: closed}}", []string{
			`4:24: warning: the hours are published through 2026-11-30 only, less than 60 days ahead (check the hours of the months ahead and set through: to a later day) [through-soon]`,
			disagree("6:1", "5", "2027-01-01", "error")}},
		{"a child's rules by the parent's end", "", "  L: {hours: {through: 2027-08-31, regular: closed}}\n  K: {parent: L, hours: {regular: closed, exceptions: [\n{date: 2027-08-31, hours: closed},\n{date: 2027-08-31, hours: 9am-1pm}]}}", []string{disagree("7:1", "6", "2027-08-31", "error")}},
		{"no end at all", "", library("from: 2026-01-01", "{date: 2026-12-01, hours: closed},\n{date: 2026-12-01, hours: 9am-1pm}"), []string{
			`4:7: warning: the hours do not say until when they are published; 2027-11-23 is taken (add through: with the last day that you are sure of, such as 2027-11-23) [through-missing]`,
			disagree("6:1", "5", "2026-12-01", "warning")}},
	} {
		c.check(t, "2026-11-23")
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	library := func(through, regular, exceptions string) string {
		return "  L: {hours: {" + through + ", regular: {" + regular + "}, exceptions: [\n" + exceptions + "]}}"
	}
	const through, weekdays = "through: 2027-08-31", "mon-fri: 9am-5pm"
	for _, c := range []findingCase{
		{"an end that is past", "", library("through: 2026-11-22", weekdays, ""), []string{
			`4:24: warning: the hours were published through 2026-11-22, which is past: all days are unknown now (check the hours and set through: to a later day) [through-past]`}},
		{"an end 59 days ahead", "", library("through: 2027-01-21", weekdays, ""), []string{
			`4:24: warning: the hours are published through 2027-01-21 only, less than 60 days ahead (check the hours of the months ahead and set through: to a later day) [through-soon]`}},
		{"an end 60 days ahead", "", library("through: 2027-01-22", weekdays, ""), nil},
		{"an end that the parent gives", "", library(through, weekdays, "") + "\n  K: {parent: L, hours: {regular: closed}}", nil},
		{"old exceptions", "", library(through, weekdays, "{date: 2025-10-23, hours: closed},\n{date: [2025-10-22, 2025-10-01], hours: closed},\n{from: 2020-01-01, to: 2020-01-05, hours: closed},\n{date: 12-01, hours: closed}"), []string{
			`6:1: warning: this exception ended on 2025-10-22, over 13 months ago, and so did 1 more (take it out) [old-exception]`}},
		{"a range that opens a Sunday", "", library(through, weekdays, "{from: 2026-12-01, to: 2026-12-10, hours: 9am-8pm}"), []string{
			`5:43: warning: the range opens Saturday 2026-12-05, a day on which the library is otherwise closed (give the range a pattern with the days that are meant, such as {mon-fri: 9am-5pm}) [opens-closed-day]`}},
		{"a range with a pattern", "", library(through, weekdays, "{from: 2026-12-01, to: 2026-12-10, hours: {daily: 9am-8pm}}"), nil},
		{"a range within the week", "", library(through, weekdays, "{from: 2026-12-07, to: 2026-12-11, hours: 9am-8pm}"), nil},
		{"a range that is past", "", library(through, weekdays, "{from: 2026-11-01, to: 2026-11-22, hours: 9am-8pm}"), nil},
		{"a range whose Sunday another rule has", "", library(through, weekdays, "{from: 2026-12-04, to: 2026-12-05, hours: 9am-8pm},\n{date: 2026-12-05, hours: closed}"), nil},
		{"a closure opens nothing", "{from: 12-01, to: 12-10, hours: 9am-8pm}", library(through, weekdays, ""), nil},
		{"a department opens while its library is closed", "{date: 2026-12-01, hours: closed}", library(through, weekdays, "") +
			"\n  K: {parent: L, kind: department, hours: {regular: {mon-fri: 9am-5pm}, exceptions: [\n{date: [2026-12-01, 2026-12-02], hours: 9am-1pm}]}}", []string{
			`7:1: warning: the department is open on 2026-12-01, when "L" is closed by hub.yaml:2 (check whether anybody can get in) [department-open]`}},
		{"a department stays open by its week", "{date: 2026-12-01, hours: 6pm-8pm}", library(through, weekdays, "") +
			"\n  K: {parent: L, kind: department, hours: {regular: {mon-fri: 9am-8pm}}}", []string{
			`6:44: warning: the department is open on 2026-12-01, when "L" is closed by hub.yaml:2 (check whether anybody can get in) [department-open]`}},
		{"a branch opens while its library is closed", "{date: 2026-12-01, hours: closed}", library(through, weekdays, "") +
			"\n  K: {parent: L, kind: branch, hours: {regular: {mon-fri: 9am-5pm}, exceptions: [{date: 2026-12-01, hours: 9am-1pm}]}}", nil},
		{"a department opens when its library is closed here only", "", library(through, weekdays, "{date: 2026-12-01, hours: closed, only_here: true}") +
			"\n  K: {parent: L, kind: department, hours: {regular: {mon-fri: 9am-5pm}}}", nil},
		{"a weekday that does not fit", "", library("through: 2028-08-31", weekdays, "{date: 2027-03-03, hours: closed, reason: Monday 3 March}"), []string{
			`5:43: warning: the reason says Monday, but 2027-03-03 is a Wednesday (check the date, or mend the reason) [reason-date]`}},
		{"a weekday that fits", "", library(through, weekdays, "{date: 2027-03-03, hours: closed, reason: wednesday off},\n{date: 2027-03-04, hours: closed, reason: Sundays are moved}"), nil},
		{"a holiday that does not fit", "", library(through, weekdays, "{date: 2026-12-24, hours: closed, reason: christmas day}"), []string{
			`5:43: warning: the reason says Christmas Day, which is on 2026-12-25, not on 2026-12-24 (check the date, or mend the reason; holiday: christmas-day finds the day of each year) [reason-date]`}},
		{"an observance fits", "", library("through: 2028-08-31", weekdays, "{date: 2027-12-31, hours: closed, reason: New Year's Day},\n{date: 2027-12-24, hours: closed, reason: Christmas Day}"), nil},
		{"a holiday and something else", "", library(through, weekdays, "{date: 2026-12-24, hours: closed, reason: Day before Christmas Day}"), nil},
		{"a date that is past", "", library(through, weekdays, "{date: 2026-09-08, hours: closed, reason: Labor Day}"), nil},
		{"a list of dates", "", library(through, weekdays, "{date: [2027-03-03, 2027-03-04], hours: closed, reason: Monday}"), nil},
		{"an interval of 16 hours", "", library(through, "mon-fri: 7am-11pm", ""), nil},
		{"over 16 hours", "", library(through, "mon-fri: 9:00-5:00, sat: 7am-11:30pm", "{date: [2026-12-01, 2026-11-01], hours: 9pm-8pm},\n{date: 2026-11-01, hours: 9pm-8pm}"), []string{
			`4:55: warning: 9am-5am is open for 20 hours (check am and pm) [long-interval]`,
			`4:71: warning: 7am-11:30pm is open for 16 hours and 30 minutes (check am and pm) [long-interval]`,
			`5:41: warning: 9pm-8pm is open for 23 hours (check am and pm) [long-interval]`,
			`5:41: warning: the hours run past midnight, to 20:00, and the next day opens before that (check am and pm) [tail-overlap]`}},
		{"a tail into the next day", "", library(through, "fri: 7pm-9am, sat: 8am-5pm", ""), []string{
			`4:51: warning: the hours run past midnight, to 09:00, and the next day opens before that (check am and pm) [tail-overlap]`}},
		{"a tail that touches the next day", "", library(through, "fri: 7pm-8am, sat: 8am-5pm", ""), nil},
		{"24 hours after a tail", "", library(through, "fri: 7pm-1am, sat: 24 hours", ""), []string{
			`4:51: warning: the hours run past midnight, to 01:00, and the next day opens before that (check am and pm) [tail-overlap]`}},
	} {
		c.check(t, "2026-11-23")
	}
}

func TestWarningsThatTimeBringsAreMarked(t *testing.T) {
	t.Parallel()
	_, findings := New(hub(t, "2026-11-23", `
timezone: America/Chicago
libraries:
  A: {hours: {through: 2026-11-01, regular: {mon: 9am-5pm}, exceptions: [{date: 2020-01-01, hours: closed}]}}
  B: {hours: {through: 2026-12-01, regular: {mon: 9am-5pm}, exceptions: [{from: 2026-11-28, to: 2026-11-30, hours: 9am-5pm}]}}
  C: {hours: {regular: {mon: 6am-11pm}}}
`))
	timely := map[string]bool{"through-past": true, "through-soon": true, "old-exception": true, "opens-closed-day": false, "long-interval": false, "through-missing": false}
	for _, f := range findings {
		if want, known := timely[f.Rule]; !known || f.Timely != want || f.Severity != diag.Warning {
			t.Errorf("timely %v: %s", f.Timely, f)
		}
		delete(timely, f.Rule)
	}
	if len(timely) > 0 {
		t.Errorf("not found: %v", timely)
	}
}
