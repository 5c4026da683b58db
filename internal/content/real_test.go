package content

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

const realSite = "title: A real hub\nurl: https://example.org/\ntimezone: America/New_York\n"

// quote writes a text as YAML in double quotes.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func quoteAll(cell string) string {
	var quoted []string
	for _, s := range strings.Split(cell, ";") {
		if s != "" {
			quoted = append(quoted, quote(s))
		}
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// realDatabase is a row of databases_713.csv.
type realDatabase struct {
	name, altNames, url, vendor, types, subjects, best string
	proxy                                              bool
	users                                              int
}

func readDatabases(t *testing.T) []realDatabase {
	t.Helper()
	f, err := os.Open("testdata/databases_713.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []realDatabase
	for _, r := range rows[1:] {
		users, _ := strconv.Atoi(r[8])
		all = append(all, realDatabase{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7] == "1", users})
	}
	return all
}

// formatOf turns the list's own types into formats.
var formatOf = map[string]string{"eBooks": "ebook", "Reference": "reference", "Newspapers": "newspaper", "Datasets": "dataset",
	"Streaming Video": "video", "Images": "image", "Streaming Audio": "music"}

func (d realDatabase) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n", quote(d.name))
	if d.vendor != "" {
		fmt.Fprintf(&b, "vendor: %s\n", quote(d.vendor))
	}
	fmt.Fprintf(&b, "also_known_as: %s\nsubjects: %s\nfeatured: %s\n", quoteAll(d.altNames), quoteAll(d.subjects), quoteAll(d.best))
	var formats []string
	for _, t := range strings.Split(d.types, ";") {
		if f := formatOf[t]; f != "" {
			formats = append(formats, f)
		}
	}
	fmt.Fprintf(&b, "formats: %s\n", strings.Join(formats, ", "))
	if d.users > 0 {
		fmt.Fprintf(&b, "simultaneous_users: %d\n", d.users)
	}
	b.WriteString("access:\n  - library: temple\n")
	if d.url == "" {
		b.WriteString("    where: in-library\n")
	} else {
		fmt.Fprintf(&b, "    url: %s\n    proxy: %v\n", quote(d.url), d.proxy)
	}
	b.WriteString("---\n")
	return b.String()
}

// TestRealDatabases builds a hub of a university's 713 databases (issue 2,
// part 9).
func TestRealDatabases(t *testing.T) {
	t.Parallel()
	rows := readDatabases(t)
	files := map[string]string{
		"content/site.yaml":           realSite,
		"content/libraries/temple.md": "---\ntitle: Temple\nkind: academic\nproxy: {prefix: \"https://proxy.example.org/login?url=\"}\n---\n",
	}
	for _, d := range rows {
		files["content/databases/"+lang.Slug(d.name)+".md"] = d.markdown()
	}
	h, findings := loadAt(t, files, Options{Now: monday})
	// One title still has what a web page made of a plus sign.
	if len(findings) != 1 || findings[0].Rule != "html-in-text" || !strings.Contains(findings[0].Pos.File, "mri-") {
		t.Error(findings)
	}
	e := h.Default()
	if len(rows) != 713 || len(e.Databases) != 713 {
		t.Fatalf("%d rows, %d databases", len(rows), len(e.Databases))
	}
	subjects := map[string]bool{}
	for _, d := range rows {
		got := e.Database(lang.Slug(d.name))
		compareDatabase(t, d, got)
		for _, s := range strings.Split(d.subjects, ";") {
			if s != "" {
				subjects[lang.Slug(s)] = true
			}
		}
	}
	if len(e.Site.Subjects) != len(subjects) {
		t.Errorf("%d subjects, want %d", len(e.Site.Subjects), len(subjects))
	}
	letters(t, e.Databases)
}

func compareDatabase(t *testing.T, d realDatabase, got *hub.Database) {
	t.Helper()
	link := d.url
	if d.proxy && d.url != "" {
		link = "https://proxy.example.org/login?url=" + d.url
	}
	featured := strings.Count(quoteAll(d.best), `", "`) + min(1, len(d.best))
	switch {
	case got == nil:
		t.Errorf("%s is missing", d.name)
	case got.Title != strings.Join(strings.Fields(d.name), " ") || got.Vendor != d.vendor || got.SimultaneousUsers != d.users || len(got.Featured) != featured:
		t.Errorf("%s came out as %q of %q for %d, featured %d times", d.name, got.Title, got.Vendor, got.SimultaneousUsers, len(got.Featured))
	case len(got.Access) != 1 || got.Access[0].Link != link:
		t.Errorf("%s: way in %+v, want %s", d.name, got.Access, link)
	}
}

// letters checks that the list from A to Z is one: no letter comes twice.
func letters(t *testing.T, databases []*hub.Database) {
	t.Helper()
	collation := lang.NewCollation(lang.English())
	counts := map[string]int{}
	var last lang.Letter
	for i, d := range databases {
		letter := collation.Letter(d.Title)
		if i > 0 && letter != last && counts[letter.Segment()] > 0 {
			t.Errorf("%q stands apart from its letter, after %s", d.Title, last)
		}
		last = letter
		counts[letter.Segment()]++
	}
	if len(counts) != 24 || counts["a"] != 91 || counts["w"] != 22 { // nothing under Q and X
		t.Errorf("letters %v", counts)
	}
}

// realHours is a library system as its own program kept it.
type realHours struct {
	Timezone   string
	Libraries  []string
	Weekly     map[string]map[string]map[string]string // library, "Season from..to", day of the week
	Exceptions []struct{ Date, Name, Library, Hours string }
}

func (r realHours) markdown(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\nhours:\n  regular: unknown\n  through: 2021-06-30\n  seasons:\n", name)
	for _, season := range sortedKeys(r.Weekly[name]) {
		cut := strings.LastIndex(season, " ")
		from, to, _ := strings.Cut(season[cut+1:], "..")
		fmt.Fprintf(&b, "    - name: %s\n      from: %s\n      to: %s\n      hours:\n", season[:cut], from, to)
		for _, day := range sortedKeys(r.Weekly[name][season]) {
			fmt.Fprintf(&b, "        %s: %s\n", day, r.Weekly[name][season][day])
		}
	}
	b.WriteString("  exceptions:\n")
	for _, e := range r.Exceptions {
		if e.Library == name {
			fmt.Fprintf(&b, "    - {date: %s, hours: %s, reason: %s}\n", e.Date, quote(e.Hours), quote(e.Name))
		}
	}
	b.WriteString("---\n")
	return b.String()
}

// TestRealHours builds a hub of the nine libraries of one system from files and
// asks for all their exceptions (issue 2, part 9). Package hours compares every
// day.
func TestRealHours(t *testing.T) {
	t.Parallel()
	var data realHours
	text, err := os.ReadFile("../hours/testdata/jmrl.json")
	if err == nil {
		err = json.Unmarshal(text, &data)
	}
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"content/site.yaml": realSite}
	for _, name := range data.Libraries {
		files["content/libraries/"+lang.Slug(name)+".md"] = data.markdown(name)
	}
	h := mustLoad(t, files, Options{Now: civil.Start(civil.New(2019, time.July, 1))})
	if len(h.Default().Libraries) != 9 || len(data.Exceptions) != 274 {
		t.Fatalf("%d libraries, %d exceptions", len(h.Default().Libraries), len(data.Exceptions))
	}
	for _, e := range data.Exceptions {
		date, err := civil.Parse(e.Date)
		if err != nil {
			t.Fatal(err)
		}
		want, err := hours.Parse(e.Hours)
		if err != nil {
			t.Fatal(err)
		}
		got := h.Default().Library(lang.Slug(e.Library)).Hours.Day(date)
		if got.Status != want.Status || !slices.Equal(got.Intervals, want.Intervals) || got.Reason != e.Name {
			t.Errorf("%s on %s: got %v %v %q, want %s %q", e.Library, e.Date, got.Status, got.Intervals, got.Reason, e.Hours, e.Name)
		}
	}
}
