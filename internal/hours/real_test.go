package hours

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/us"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// jmrl is a library system as its own program kept it.
type jmrl struct {
	Timezone   string
	Libraries  []string
	Weekly     map[string]map[string]map[string]string // library, "Season from..to", day of the week
	Exceptions []struct{ Date, Name, Library, Hours string }
}

// TestNineLibrariesDayByDay writes the system's seasons and its 274 exceptions
// as a hub and compares every day from the first season to the last exception
// with the data itself.
func TestNineLibrariesDayByDay(t *testing.T) {
	t.Parallel()
	var data jmrl
	readJSON(t, "testdata/jmrl.json", &data)
	if len(data.Libraries) != 9 || len(data.Exceptions) != 274 {
		t.Fatalf("%d libraries, %d exceptions", len(data.Libraries), len(data.Exceptions))
	}
	spec := Spec{Timezone: Scalar{Text: data.Timezone}, Now: civil.Start(civil.New(2019, 7, 1))}
	for _, name := range data.Libraries {
		spec.Libraries = append(spec.Libraries, data.library(name))
	}
	calendar, findings := New(spec)
	noErrors(t, findings)
	from, until := date(t, "2018-09-01"), date(t, "2021-06-30")
	for _, name := range data.Libraries {
		l, checked := calendar.Library(name), 0
		for d := from; !d.After(until); d = d.AddDays(1) {
			hours, reason := data.want(name, d)
			want, err := Parse(hours)
			if err != nil {
				t.Fatal(err)
			}
			if got := l.Day(d); !got.Value().Equal(want) || got.Reason != reason {
				t.Errorf("%s on %s: got %s, want %s; %s", name, d, show(got), want, reason)
			}
			checked++
		}
		if checked != until.Sub(from)+1 {
			t.Errorf("%s: %d days", name, checked)
		}
	}
}

func (j jmrl) library(name string) LibrarySpec {
	l := LibrarySpec{
		ID: name, HasHours: true, Through: Scalar{Text: "2021-06-30"},
		Regular: DaySpec{Value: Scalar{Text: "unknown"}},
	}
	for season, week := range j.Weekly[name] {
		name, from, to := splitSeason(season)
		s := SeasonSpec{Name: Scalar{Text: name}, From: Scalar{Text: from}, To: Scalar{Text: to}, Hours: DaySpec{IsWeek: true}}
		for day, hours := range week {
			s.Hours.Week = append(s.Hours.Week, DayLine{Scalar{Text: day}, Scalar{Text: hours}})
		}
		l.Seasons = append(l.Seasons, s)
	}
	for i, e := range j.Exceptions {
		if e.Library == name {
			l.Exceptions = append(l.Exceptions, RuleSpec{
				Pos: diag.Pos{File: "jmrl", Line: i + 1}, Dates: []Scalar{{Text: e.Date}}, Hours: DaySpec{Value: Scalar{Text: e.Hours}}, Reason: Scalar{Text: e.Name},
			})
		}
	}
	return l
}

// want finds the day in the data.
func (j jmrl) want(name string, d civil.Date) (hours, reason string) {
	for _, e := range j.Exceptions {
		if e.Library == name && e.Date == d.String() {
			return e.Hours, e.Name
		}
	}
	for season, week := range j.Weekly[name] {
		if name, from, to := splitSeason(season); d.String() >= from && d.String() <= to {
			return week[d.Weekday().String()], name
		}
	}
	return "unknown", ""
}

// splitSeason reads "COVID hours 2020-05-26..2020-12-31".
func splitSeason(s string) (name, from, to string) {
	span, i := s[strings.LastIndex(s, " ")+1:], strings.LastIndex(s, " ")
	from, to, _ = strings.Cut(span, "..")
	return s[:i], from, to
}

func readJSON(t *testing.T, path string, into *jmrl) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestHolidaysOfTheTable compares the holidays, their observed days and the
// clock changes of 2024 to 2032 with a table that was computed elsewhere.
func TestHolidaysOfTheTable(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/holidays_2024_2032.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	type answer struct {
		id     string
		offset int
	}
	ids := map[string]answer{
		"New Year's Day": {"new-years-day", 0}, "Martin Luther King Jr. Day": {"martin-luther-king-day", 0}, "Lincoln's Birthday (IL)": {"lincolns-birthday", 0},
		"Presidents' Day": {"presidents-day", 0}, "Casimir Pulaski Day (IL)": {"casimir-pulaski-day", 0}, "Good Friday": {"good-friday", 0}, "Easter": {"easter", 0},
		"Memorial Day": {"memorial-day", 0}, "Juneteenth": {"juneteenth", 0}, "Independence Day": {"independence-day", 0}, "Labor Day": {"labor-day", 0},
		"Indigenous Peoples'/Columbus Day": {"indigenous-peoples-day", 0}, "Veterans Day": {"veterans-day", 0},
		"Thanksgiving eve (early close)": {"thanksgiving", -1}, "Thanksgiving": {"thanksgiving", 0}, "Day after Thanksgiving": {"thanksgiving", 1},
		"Christmas Eve": {"christmas-eve", 0}, "Christmas": {"christmas-day", 0}, "New Year's Eve": {"new-years-eve", 0},
	}
	// The table keeps these on their day, whatever it is; a hub decides by `observed`.
	stays := map[string]bool{"easter": true, "lincolns-birthday": true, "christmas-eve": true, "new-years-eve": true}
	chicago, err := Zone("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		day, observed := date(t, row[2]), row[4]
		if strings.HasPrefix(row[1], "US DST") {
			length := day.AddDays(1).At(0, chicago).Sub(day.At(0, chicago))
			if want := map[string]time.Duration{"US DST starts": 23 * time.Hour, "US DST ends": 25 * time.Hour}[row[1]]; length != want {
				t.Errorf("%s: the day has %s, want %s", row[2], length, want)
			}
			continue
		}
		a, ok := ids[row[1]]
		if !ok {
			t.Errorf("a holiday that the package lacks: %s", row[1])
		}
		h := holidayOf(t, a.id)
		got := h.day(day.Year()).AddDays(a.offset)
		if got != day || got.Weekday().String()[:3] != row[3] {
			t.Errorf("%s of %s: got %s", row[1], row[0], got)
		}
		if a.offset != 0 {
			continue
		}
		kept := got
		if o, ok := observedOn(got); ok && !stays[a.id] {
			kept = o
		}
		if kept.String() != observed {
			t.Errorf("%s of %s is observed on %s, want %s", row[1], row[0], kept, observed)
		}
	}
}

func holidayOf(t *testing.T, id string) holiday {
	t.Helper()
	for _, h := range holidays() {
		if h.id == id {
			return h
		}
	}
	t.Fatalf("no holiday %s", id)
	return holiday{}
}

// TestHolidaysOfAnotherLibrary compares a century of holidays with rickar/cal.
func TestHolidaysOfAnotherLibrary(t *testing.T) {
	t.Parallel()
	for id, other := range map[string]*cal.Holiday{
		"new-years-day": us.NewYear, "martin-luther-king-day": us.MlkDay, "presidents-day": us.PresidentsDay, "memorial-day": us.MemorialDay,
		"juneteenth": us.Juneteenth, "independence-day": us.IndependenceDay, "labor-day": us.LaborDay, "columbus-day": us.ColumbusDay,
		"indigenous-peoples-day": us.ColumbusDay, "veterans-day": us.VeteransDay, "thanksgiving": us.ThanksgivingDay, "christmas-day": us.ChristmasDay,
		"good-friday": aa.GoodFriday, "easter": aa.Easter,
	} {
		h := holidayOf(t, id)
		for year := 2022; year <= 2121; year++ { // Juneteenth is one since 2021
			want, observed := other.Calc(year)
			if got := h.day(year); got != civil.Of(want) {
				t.Errorf("%s of %d: got %s, want %s", id, year, got, civil.Of(want))
			}
			if o, ok := observedOn(h.day(year)); ok && len(other.Observed) > 0 && o != civil.Of(observed) {
				t.Errorf("%s of %d is observed on %s, want %s", id, year, o, civil.Of(observed))
			}
		}
	}
}
