package site_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/site"
)

// Histories after which the build fails: at the place and with the words
// given, and with the ledger as it was.
func TestHistoriesThatFail(t *testing.T) {
	t.Parallel()
	spaces := func(text string) string { return strings.ReplaceAll(text, "\t", "    ") }
	for name, c := range map[string]struct {
		history func(hubDir)
		at      string // the start of the finding
		says    []string
	}{
		"a library goes, its list": {hubDir.closeBranch, "content/links.lock:/databases/library/branch/", []string{"content/libraries/branch.md", "aliases: [/libraries/branch/]", "twinshelf retire /libraries/branch/"}},
		"its calendar":             {hubDir.closeBranch, "content/links.lock:/libraries/branch/hours.ics", []string{"put content/libraries/branch.md back", "aliases: [/libraries/branch/]", "twinshelf retire /libraries/branch/"}},
		"its embed":                {hubDir.closeBranch, "content/links.lock:/embed/hours/branch/", []string{"aliases: [/libraries/branch/]"}},
		"a list goes, its embed": {func(h hubDir) { h.remove("awards/bluestem/2027.md") }, "content/links.lock:/embed/award/bluestem/2027/",
			[]string{"put content/awards/bluestem/2027.md back", "aliases: [/awards/bluestem/2027/]"}},
		"a list goes, its books": {func(h hubDir) { h.remove("awards/bluestem/2027.md") }, "content/links.lock:/awards/bluestem/2027/#wish",
			[]string{"put content/awards/bluestem/2027.md back", "aliases: [/awards/bluestem/2027/]", "twinshelf retire /awards/bluestem/2027/)"}},
		"a book moves to another list": {func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "  - {title: Robot, author: B}\n", "")
			h.write("awards/bluestem/2026.csv", "title,author,isbn\nCave,A,9780547557991\nRiver,B,\nRobot,B,\n")
		}, "content/links.lock:/awards/bluestem/2027/#robot", []string{"put the book back on the list", "twinshelf retire"}},
		"a file of the site goes": {func(h hubDir) { h.remove("../static/house-rules.pdf") }, "content/links.lock:/house-rules.pdf",
			[]string{"put static/house-rules.pdf back", "twinshelf retire /house-rules.pdf --to the file that replaces it"}},
		"a page with files goes, its file": {func(h hubDir) { h.remove("guides/card") }, "content/links.lock:/guides/card/form.pdf",
			[]string{"put content/guides/card/index.md back", "aliases: [/guides/card/]", "twinshelf retire /guides/card/"}},
		"a trial comes again": {func(h hubDir) {
			h.replace("databases/tumble.md", "title: Tumble", "title: Tumble\ntrial: {from: 2027-01-01, until: 2027-02-01}")
		},
			"content/links.lock:/databases/tumble/", []string{"comes out on 2027-01-01", "publish content/databases/tumble.md"}},
		"a list becomes a draft": {func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "title: Bluestem 2027", "title: Bluestem 2027\ndraft: true")
		},
			"content/links.lock:/awards/bluestem/2027/", []string{"is a draft now", "publish content/awards/bluestem/2027.md"}},
		"a language goes, but not its own page": {hubDir.dropSpanish, "content/links.lock:/es/guides/clases/", []string{"content/guides/clases.es.md", "aliases: [/es/guides/clases/]"}},
		"a merged database goes, what it carried": {func(h hubDir) {
			h.move("databases/tumble.md", "databases/a.md")
			h.alias("databases/a.md", "/databases/tumble/")
			h.record()
			h.remove("databases/a.md")
		}, "content/links.lock:/embed/database/tumble/", []string{"content/databases/a.md", "aliases: [/databases/tumble/]"}},
		"a subject that had another name goes": {func(h hubDir) {
			h.replace("site.yaml", "{id: reading, title: Reading}", "{id: learning, title: Learning, aliases: [reading]}")
			h.replace("databases/tumble.md", "Reading", "Learning")
			h.record()
			h.replace("site.yaml", "  - {id: learning, title: Learning, aliases: [reading]}\n", "")
			h.replace("databases/tumble.md", "Learning", "Fiction")
		}, "content/links.lock:/databases/subject/reading/", []string{"aliases: [reading]"}},
		"a place that somebody promised by hand goes": {func(h hubDir) {
			h.replace("guides/teachers.md", "[All](../databases/)\n", "[All](../databases/)\n\n## Contact\n")
			h.write("links.lock", h.read("links.lock")+"/guides/teachers/#contact\t2026-11-23\tguides/teachers.md\tTeachers\n")
			h.record()
			h.replace("guides/teachers.md", "## Contact", "## Contacts")
		}, "content/links.lock:/guides/teachers/#contact", []string{"put the place back on the page", `twinshelf retire "/guides/teachers/#contact"`}},
		"an alias is the page's own address": {func(h hubDir) { h.alias("databases/tumble.md", "/databases/tumble/") },
			"content/databases/tumble.md:6:", []string{"it would lead to itself"}},
		"an alias is another page": {func(h hubDir) { h.alias("databases/tumble.md", "/guides/teachers/") },
			"content/databases/tumble.md:6:", []string{"is the address of content/guides/teachers.md"}},
		"an alias is another page's alias": {func(h hubDir) { h.alias("databases/tumble.md", "/teachers/") },
			"content/databases/tumble.md:6:", []string{"is also one of content/guides/teachers.md"}},
		"two pages point at each other": {func(h hubDir) {
			h.alias("databases/tumble.md", "/databases/sora/")
			h.alias("databases/sora.md", "/databases/tumble/")
		}, "content/databases/sora.md:6:", []string{"is the address of content/databases/tumble.md"}},
		"a subject has the old name of another": {func(h hubDir) { h.replace("site.yaml", "title: Fiction}", "title: Fiction, aliases: [reading]}") },
			"content/site.yaml:6:", []string{"reading"}},
		"a retirement leads to itself": {func(h hubDir) {
			h.remove("databases/tumble.md")
			h.write("retired.yaml", "- {address: /databases/tumble/, to: /databases/tumble/}\n")
		}, "content/retired.yaml:1:", []string{"leads to itself"}},
		"three retirements lead round": {func(h hubDir) {
			h.remove("databases/tumble.md")
			h.remove("databases/comics")
			h.remove("about.md")
			h.remove("about.es.md")
			h.write("retired.yaml", "- {address: /databases/tumble/, to: /databases/comics/}\n- {address: /databases/comics/, to: /about/}\n- {address: /about/, to: /databases/tumble/}\n")
		}, "content/retired.yaml:2:", []string{"leads to itself"}},
		"a retirement leads nowhere": {func(h hubDir) {
			h.remove("databases/tumble.md")
			h.write("retired.yaml", "- {address: /databases/tumble/, to: /databases/tumbl/}\n")
		}, "content/retired.yaml:1:", []string{"/databases/tumbl/", "leads nowhere"}},
		"a retirement leads to no place": {func(h hubDir) {
			h.remove("databases/tumble.md")
			h.write("retired.yaml", "- {address: /databases/tumble/, to: \"/awards/bluestem/2027/#nobody\"}\n")
		}, "content/retired.yaml:1:", []string{"#nobody", "leads nowhere"}},
		"two lines retire one address": {func(h hubDir) {
			h.remove("databases/tumble.md")
			h.write("retired.yaml", "- address: /databases/tumble/\n- address: /databases/tumble\n")
		}, "content/retired.yaml:2:", []string{"is retired twice, first on line 1"}},
		"git left its markers": {func(h hubDir) {
			h.write("links.lock", "<<<<<<< HEAD\n"+h.read("links.lock")+"=======\n/x/\t2026-11-23\tx.md\tX\n>>>>>>> branch\n")
		}, "content/links.lock:1:1", []string{"git could not merge this place by itself", "merge=union"}},
		"an editor took the tabs away": {func(h hubDir) { h.write("links.lock", spaces(h.read("links.lock"))) }, "content/links.lock:1:1",
			[]string{"put a tab in place of the blanks"}},
		"a date that does not exist": {func(h hubDir) {
			h.write("links.lock", strings.Replace(h.read("links.lock"), firstDay, "2026-02-30", 1))
		}, "content/links.lock:1:",
			[]string{"2026-02-30"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := richHub(t)
			c.history(h)
			before := h.read("links.lock")
			out, findings := h.build()
			if out != nil {
				t.Fatal("the site was built")
			}
			h.says(findings, c.at, c.says...)
			r, err := site.Record(context.Background(), h.options())
			if err != nil || !r.Failed || h.read("links.lock") != before {
				t.Errorf("the ledger was written over: %v", err)
			}
		})
	}
}

// says looks for an error that begins with a place and holds all words. The
// place may name a line of the ledger by its address.
func (h hubDir) says(findings []diag.Finding, at string, words ...string) {
	h.t.Helper()
	best := ""
	for _, f := range findings {
		place := f.String()
		if address, ok := strings.CutPrefix(at, "content/links.lock:/"); ok && f.Pos.File == "content/links.lock" {
			line := strings.Split(h.read("links.lock"), "\n")[f.Pos.Line-1]
			if strings.HasPrefix(line, "/"+address+"\t") {
				place = at
			}
		}
		if f.Severity != diag.Error || !strings.HasPrefix(place, at) {
			continue
		}
		missing := 0
		for _, word := range words {
			if !strings.Contains(f.String(), word) {
				missing++
			}
		}
		if missing == 0 {
			return
		}
		best = f.String()
	}
	if best != "" {
		h.t.Errorf("%v should be in: %s", words, best)
		return
	}
	h.t.Errorf("no error at %s: %v", at, findings)
}

// What cannot be retired, and why; retired.yaml stays as it was.
func TestWhatCannotBeRetired(t *testing.T) {
	t.Parallel()
	h := richHub(t)
	h.remove("databases/tumble.md")
	h.remove("databases/comics")
	h.write("retired.yaml", "# by hand\r\n- {address: /databases/tumble/, to: /databases/sora/}\r\n")
	before := h.read("retired.yaml")
	for _, c := range []struct{ address, to, says string }{
		{"/databases/nowhere/", "", "was never published"},
		{"/databases/comic/", "", "did you mean"},
		{"/guides/teachers/#nowhere", "", "was never published"},
		{"/", "", "the home page cannot be retired"},
		{"/databases/tumble/", "", "is retired already (content/retired.yaml:2:"},
		{"/databases/tumble", "", "is retired already"},
		{"/databases/comics/", "/databases/comics", "cannot lead to itself"},
		{"/databases/comics/", "https://hub.example.org/base/databases/comics/", "cannot lead to itself"},
		{"/databases/comics/", "/databases/nowhere/", "is not on the site"},
		{"/databases/comics/", "https://elsewhere.example.org/", "has a host"},
		{"/databases/comics/", "/awards/bluestem/2027/#nobody", "is not on the site"},
		{"/databases/sora/", "/databases/tumble/", "would lead round"},
		{"/es/databases/comics/", "", "follows /databases/comics/"},
		{"/es/databases/sora/", "", "follows /databases/sora/"},
		{"/databases/comics/?grade=3", "", "has a question mark"},
		{"databases/comics/", "", "does not begin with a slash"},
	} {
		_, err := site.Retire(context.Background(), h.options(), c.address, c.to, "")
		if wrong := (*site.RetireError)(nil); !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s to %q: %v, want %s", c.address, c.to, err, c.says)
		}
	}
	if h.read("retired.yaml") != before {
		t.Error("retired.yaml was changed")
	}
	h.write("retired.yaml", "address: /databases/tumble/\n")
	if _, err := site.Retire(context.Background(), h.options(), "/databases/comics/", "", ""); err == nil || !strings.Contains(err.Error(), "does not hold a list") {
		t.Errorf("a file that is no list: %v", err)
	}
	if h.read("retired.yaml") != "address: /databases/tumble/\n" {
		t.Error("a file that is no list was written over")
	}
}

// What can be retired, as people write it.
func TestRetire(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		history             func(hubDir)
		address, to, reason string
		want                string // the line of retired.yaml
		leads               []string
	}{
		"an address with its host": {func(h hubDir) { h.remove("databases/tumble.md") }, "https://hub.example.org/base/databases/tumble", "/databases/sora",
			"Read: \"why\"\nnot #1", `- {address: /databases/tumble/, to: /databases/sora/, reason: "Read: \"why\" not #1"}`,
			[]string{"/databases/tumble/ gone -> /databases/sora/", "/es/databases/tumble/ gone -> /es/databases/sora/"}},
		"a book by its number": {func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "  - {title: Wish, author: A, isbn: 9780316381994}\n", "")
		}, "/awards/bluestem/2027/#isbn-9780316381994", "/awards/bluestem/2026/#cave", "", `- {address: /awards/bluestem/2027/#isbn-9780316381994, to: /awards/bluestem/2026/#cave}`, nil},
		"a subject": {func(h hubDir) {
			h.replace("site.yaml", "  - {id: reading, title: Reading}\n", "")
			h.replace("databases/tumble.md", "Reading", "Fiction")
		}, "/databases/subject/reading/", "/databases/subject/fiction/", "", `- {address: /databases/subject/reading/, to: /databases/subject/fiction/}`,
			[]string{"/databases/subject/reading/ gone -> /databases/subject/fiction/", "/es/databases/subject/reading/ gone -> /es/databases/subject/fiction/"}},
		"an alias": {func(h hubDir) { h.replace("guides/teachers.md", "aliases: [/teachers/]\n", "") }, "/teachers", "/guides/teachers/", "",
			`- {address: /teachers/, to: /guides/teachers/}`, []string{"/teachers/ gone -> /guides/teachers/", "/es/teachers/ gone -> /es/guides/teachers/"}},
		"the alias of a translation": {func(h hubDir) { h.replace("databases/sora.es.md", "aliases: [/es/databases/sora-es/]\n", "") }, "/es/databases/sora-es/", "/databases/sora/", "",
			`- {address: /es/databases/sora-es/, to: /databases/sora/}`, []string{"/es/databases/sora-es/ gone -> /es/databases/sora/"}},
		"a page in one language": {func(h hubDir) { h.remove("guides/clases.es.md") }, "/es/guides/clases/", "/guides/", "",
			`- {address: /es/guides/clases/, to: /guides/}`, []string{"/es/guides/clases/ gone -> /es/guides/"}},
		"a place that was promised by hand": {func(h hubDir) {
			h.write("links.lock", h.read("links.lock")+"/guides/teachers/#contact\t2026-11-23\tguides/teachers.md\tTeachers\n")
		}, "/guides/teachers/#contact", "", "", `- {address: /guides/teachers/#contact}`, []string{"/guides/teachers/ page Teachers"}},
		"a file by its plain name": {func(h hubDir) {
			h.remove("databases/comics/help")
			h.replace("databases/comics/index.md", "[Guide](<help/first steps.pdf>)\n", "")
		}, "/databases/comics/help/first steps.pdf", "/guides/card/form.pdf", "", `- {address: /databases/comics/help/first%20steps.pdf, to: /guides/card/form.pdf}`,
			[]string{"/databases/comics/help/first steps.pdf = /guides/card/form.pdf"}},
		"before the file is deleted": {func(hubDir) {}, "/databases/tumble/", "/databases/sora/", "", `- {address: /databases/tumble/, to: /databases/sora/}`,
			[]string{"/databases/tumble/ page Tumble"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := richHub(t)
			c.history(h)
			h.retire(c.address, c.to, c.reason)
			if got := h.read("retired.yaml"); got != c.want+"\n" {
				t.Errorf("retired.yaml: %s, want %s", got, c.want)
			}
			out := h.built()
			h.answers(out)
			h.leads(out, c.leads...)
		})
	}
}

// A build never writes under content/.
func TestABuildLeavesTheContent(t *testing.T) {
	t.Parallel()
	h := smallHub(t)
	r, err := site.Build(context.Background(), site.BuildOptions{Options: h.options(), Out: filepath.Join(h.root, "public")})
	if err != nil || r.Failed {
		t.Fatal(err, r.Findings)
	}
	if _, err := os.Stat(h.path("links.lock")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a ledger was written: %v", err)
	}
}
