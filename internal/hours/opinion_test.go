package hours

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// modulesVariable names the folder node_modules that holds opening_hours. A run
// that sets it must find the module there; without it the repository's own
// node_modules is looked into.
const modulesVariable = "TWINSHELF_NODE_MODULES"

// TestSecondOpinion compares generated schedules day by day with the npm
// package opening_hours, which reads OpenStreetMap's notation. It compares
// what both can say: no inheritance, and no hours past midnight, which that
// package cuts when the next day has a rule.
func TestSecondOpinion(t *testing.T) {
	t.Parallel()
	modules := findModules(t)
	const schedules, days = 100, 500
	from := civil.New(2026, time.November, 1)
	until := from.AddDays(days)
	var questions bytes.Buffer
	var hubs []*plainHub
	for seed := range uint64(schedules) {
		h := newGenerator(seed).schedule()
		hubs = append(hubs, h)
		line, err := json.Marshal(map[string]string{"oh": openStreetMap(&h.libraries[0]), "from": from.String(), "until": until.String()})
		if err != nil {
			t.Fatal(err)
		}
		questions.Write(append(line, '\n'))
	}
	cmd := exec.Command("node", filepath.Join("testdata", "second-opinion.cjs"), modules)
	cmd.Env = append(os.Environ(), "TZ=UTC")
	cmd.Stdin, cmd.Stderr = &questions, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v", err)
	}
	answers := bufio.NewScanner(bytes.NewReader(out))
	answers.Buffer(nil, 1<<24)
	compared := 0
	for seed, h := range hubs {
		var answer struct {
			Error string
			Spans [][3]int
		}
		if !answers.Scan() {
			t.Fatalf("no answer for schedule %d", seed)
		}
		if err := json.Unmarshal(answers.Bytes(), &answer); err != nil || answer.Error != "" {
			t.Fatalf("schedule %d: %v %s\n%s", seed, err, answer.Error, openStreetMap(&h.libraries[0]))
		}
		calendar, _ := New(h.spec(noon("2026-11-01")))
		said := minutesOf(answer.Spans, days)
		for i := range days {
			d := calendar.Library("a").Day(from.AddDays(i))
			if got, want := minutesOfDay(d), said[i*1440:(i+1)*1440]; !bytes.Equal(got, want) {
				t.Fatalf("schedule %d on %s (%s): got %s, opening_hours says %s\n%s", seed, d.Date, d.Date.Weekday(), show(d), spansOf(want), openStreetMap(&h.libraries[0]))
			}
			compared++
		}
	}
	t.Logf("%d days agree", compared)
}

func findModules(t *testing.T) string {
	t.Helper()
	folder, required := os.LookupEnv(modulesVariable)
	if !required {
		folder = filepath.Join("..", "..", "node_modules")
	}
	why := ""
	if _, err := exec.LookPath("node"); err != nil {
		why = "there is no node on this machine"
	} else if _, err := os.Stat(filepath.Join(folder, "opening_hours")); err != nil {
		why = "the npm package opening_hours is not in " + folder
	}
	if why == "" {
		return folder
	}
	if required {
		t.Fatalf("%s is set, but %s", modulesVariable, why)
	}
	t.Skipf("no second opinion on opening hours: %s; run npm install --no-save opening_hours@3 at the root of the repository", why)
	return ""
}

// schedule is a hub of one library that both programs can read.
func (g generator) schedule() *plainHub {
	l := plainLibrary{id: "a", hasHours: true, through: "2029-12-31", regular: g.week(false)}
	if !g.oneIn(3) {
		l.seasons = []plainSeason{g.season()}
		l.seasons[0].from, l.seasons[0].to = noLeapDay(l.seasons[0].from, l.seasons[0].to)
	}
	l.exceptions = g.rules(2+g.IntN(7), true)
	for i := range l.exceptions {
		l.exceptions[i].observed = false
		l.exceptions[i].from, l.exceptions[i].to = noLeapDay(l.exceptions[i].from, l.exceptions[i].to)
		for d := range l.exceptions[i].week {
			l.exceptions[i].week[d] = tailless(l.exceptions[i].week[d])
		}
		if one := l.exceptions[i].one; one != nil {
			*one = tailless(*one)
		}
	}
	for _, w := range append([]map[time.Weekday]plainValue{l.regular}, seasonWeeks(l.seasons)...) {
		for d := range w {
			w[d] = tailless(w[d])
		}
	}
	return &plainHub{libraries: []plainLibrary{l}}
}

// noLeapDay replaces a range with an end on 29 February, which the notation
// takes for 1 March in other years.
func noLeapDay(from, to string) (string, string) {
	if from == "02-29" || to == "02-29" {
		return "02-20", "03-05"
	}
	return from, to
}

func seasonWeeks(seasons []plainSeason) []map[time.Weekday]plainValue {
	var weeks []map[time.Weekday]plainValue
	for _, s := range seasons {
		weeks = append(weeks, s.week)
	}
	return weeks
}

// tailless cuts a value off at midnight.
func tailless(v plainValue) plainValue {
	var hours [][2]int
	for _, h := range v.hours {
		if h[0] < 1440 {
			hours = append(hours, [2]int{h[0], min(h[1], 1440)})
		}
	}
	v.hours, v.note = hours, ""
	return v
}

// openStreetMap writes a library in OpenStreetMap's notation, in which a later
// rule replaces an earlier one on each day that it names.
// Source: wiki.openstreetmap.org/wiki/Key:opening_hours/specification
func openStreetMap(l *plainLibrary) string {
	lines := []string{"Mo-Su off"}
	lines = append(lines, osmWeek("", l.regular)...)
	for _, s := range slices.Backward(l.seasons) {
		when := osmSpan(s.from, s.to)
		lines = append(lines, when+" off")
		lines = append(lines, osmWeek(when+" ", s.week)...)
	}
	for _, urgent := range []bool{false, true} {
		for kind := 5; kind >= 1; kind-- {
			for _, r := range slices.Backward(l.exceptions) {
				if r.urgent != urgent || kindOf(r) != kind {
					continue
				}
				switch {
				case r.week != nil:
					lines = append(lines, osmWeek(osmSpan(r.from, r.to)+" ", r.week)...)
				default:
					for _, when := range osmDays(r) {
						lines = append(lines, when+" "+osmHours(*r.one))
					}
				}
			}
		}
	}
	return strings.Join(lines, "; ")
}

func osmWeek(prefix string, w map[time.Weekday]plainValue) []string {
	var lines []string
	for d := range time.Saturday + 1 {
		if v, ok := w[d]; ok {
			lines = append(lines, prefix+d.String()[:2]+" "+osmHours(v))
		}
	}
	return lines
}

func osmHours(v plainValue) string {
	switch v.word {
	case "closed":
		return "off"
	case "24 hours":
		return "00:00-24:00"
	case "by appointment":
		return `"by appointment"`
	case "unknown":
		return "unknown"
	}
	var parts []string
	for _, h := range v.hours {
		parts = append(parts, fmt.Sprintf("%02d:%02d-%02d:%02d", h[0]/60, h[0]%60, h[1]/60, h[1]%60))
	}
	return strings.Join(parts, ",")
}

func osmDays(r plainRule) []string {
	if r.from != "" {
		return []string{osmSpan(r.from, r.to)}
	}
	if r.holiday == "" {
		var days []string
		for _, d := range r.dates {
			days = append(days, osmDate(d))
		}
		return days
	}
	// The notation knows some holidays by rule; dates are clearer.
	var days []string
	for d := noon("2026-10-01"); d.Year() < 2029; d = d.AddDate(0, 0, 1) {
		if isHoliday(r.holiday, d.AddDate(0, 0, -r.offset)) {
			days = append(days, osmDate(d.Format("2006-01-02")))
		}
	}
	return days
}

func osmSpan(from, to string) string { return osmDate(from) + "-" + osmDate(to) }

func osmDate(s string) string {
	if len(s) == 5 {
		return noon("2028-" + s).Format("Jan 02")
	}
	return noon(s).Format("2006 Jan 02")
}

// minutesOf has o, ? or - for each minute.
func minutesOf(spans [][3]int, days int) []byte {
	minutes := bytes.Repeat([]byte{'-'}, days*1440)
	for _, s := range spans {
		for m := s[0]; m < min(s[1], len(minutes)); m++ {
			minutes[m] = "o?"[s[2]]
		}
	}
	return minutes
}

func minutesOfDay(d Day) []byte {
	minutes := bytes.Repeat([]byte{'-'}, 1440)
	if d.Status == ByAppointment || d.Status == Unknown {
		return bytes.Repeat([]byte{'?'}, 1440)
	}
	for _, i := range d.Intervals {
		for m := i.From; m < i.To; m++ {
			minutes[m] = 'o'
		}
	}
	return minutes
}

func spansOf(minutes []byte) string {
	var parts []string
	for i := 0; i < len(minutes); {
		j := i
		for j < len(minutes) && minutes[j] == minutes[i] {
			j++
		}
		parts = append(parts, fmt.Sprintf("%c %s-%s", minutes[i], Clock(i), Clock(j)))
		i = j
	}
	return strings.Join(parts, ", ")
}
