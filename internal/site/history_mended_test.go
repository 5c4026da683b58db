package site_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Histories that lose addresses, and the ready lines of the findings: pasted
// as they stand, one after the other, they mend the build, and every address
// answers.
func TestReadyLinesMendTheBuild(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		history func(hubDir)
		pastes  int // ready lines that it takes
		leads   []string
	}{
		"a database": {func(h hubDir) { h.move("databases/tumble.md", "databases/b.md") }, 1, []string{"/databases/tumble/ -> /databases/b/"}},
		"a database with a translation": {func(h hubDir) {
			h.move("databases/sora.md", "databases/b.md")
			h.move("databases/sora.es.md", "databases/b.es.md")
		}, 1, []string{"/es/embed/database/sora/ -> /es/embed/database/b/"}},
		"a database with files": {func(h hubDir) { h.move("databases/comics", "databases/b") }, 1,
			[]string{"/databases/comics/help/first steps.pdf = /databases/b/help/first steps.pdf"}},
		"a database, twice": {func(h hubDir) {
			h.move("databases/tumble.md", "databases/a.md")
			h.alias("databases/a.md", "/databases/tumble/")
			h.record()
			h.move("databases/a.md", "databases/b.md")
		}, 1, []string{"/databases/tumble/ -> /databases/b/", "/databases/a/ -> /databases/b/"}},
		"a library": {func(h hubDir) {
			h.move("libraries/branch.md", "libraries/b.md")
			h.replace("databases/comics/index.md", "library: branch", "library: b")
		}, 1, []string{"/libraries/branch/hours.ics = /libraries/b/hours.ics", "/databases/library/branch/ -> /databases/library/b/"}},
		"an award":                {func(h hubDir) { h.move("awards/bluestem", "awards/b") }, 1, []string{"/embed/award/bluestem/2027/ -> /embed/award/b/2027/"}},
		"a list":                  {func(h hubDir) { h.move("awards/bluestem/2027.md", "awards/bluestem/2026-27.md") }, 1, nil},
		"a page":                  {func(h hubDir) { h.move("about.md", "guides/about.md"); h.move("about.es.md", "guides/about.es.md") }, 1, nil},
		"a page in a new section": {func(h hubDir) { h.move("about.md", "us/about.md"); h.move("about.es.md", "us/about.es.md") }, 1, nil},
		"a page with an alias": {func(h hubDir) { h.move("guides/teachers.md", "guides/b.md") }, 1,
			[]string{"/teachers/ -> /guides/b/", "/guides/teachers/ -> /guides/b/"}},
		"a page with a list of aliases": {func(h hubDir) {
			h.move("guides/teachers.md", "guides/b.md")
			h.replace("guides/b.md", "aliases: [/teachers/]", "aliases:\n  - /teachers/\n  - /for-teachers/")
		}, 1, []string{"/teachers/ -> /guides/b/", "/for-teachers/ -> /guides/b/", "/guides/teachers/ -> /guides/b/"}},
		"a page with files":      {func(h hubDir) { h.move("guides/card", "guides/b") }, 1, []string{"/guides/card/form.pdf = /guides/b/form.pdf"}},
		"a page in one language": {func(h hubDir) { h.move("guides/clases.es.md", "guides/b.es.md") }, 1, []string{"/es/guides/clases/ -> /es/guides/b/"}},
		"an alias": {func(h hubDir) { h.replace("guides/teachers.md", "aliases: [/teachers/]\n", "") }, 1,
			[]string{"/teachers/ -> /guides/teachers/"}},
		"an alias that carried an embed": {func(h hubDir) {
			h.alias("databases/comics/index.md", "/databases/old/")
			h.record()
			h.replace("databases/comics/index.md", "aliases: [/databases/old/]\n", "")
		}, 1, []string{"/embed/database/old/ -> /embed/database/comics/"}},
		"an alias of a library": {func(h hubDir) {
			h.alias("libraries/branch.md", "/libraries/old/")
			h.record()
			h.replace("libraries/branch.md", "aliases: [/libraries/old/]\n", "")
		}, 1, []string{"/libraries/old/hours.ics = /libraries/branch/hours.ics"}},
		"an alias of a translation": {func(h hubDir) { h.replace("databases/sora.es.md", "aliases: [/es/databases/sora-es/]\n", "") }, 1,
			[]string{"/es/databases/sora-es/ -> /es/databases/sora/"}},
		"a title": {func(h hubDir) { h.replace("awards/bluestem/2027.md", "title: Wish", "title: The Great Wish") }, 1, nil},
		"a title and a number": {func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "{title: Wish, author: A, isbn: 9780316381994}", "{title: Wishes, isbn: 9780763680893}")
		}, 1, nil},
		"a title in lines": {func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "{title: Robot, author: B}", "title: A Robot\n    author: B")
		}, 1, nil},
		"a title in a spreadsheet": {func(h hubDir) { h.replace("awards/bluestem/2026.csv", "River", "The River") }, 1, nil},
		"a subject": {func(h hubDir) {
			h.replace("site.yaml", "{id: reading, title: Reading}", "{id: learning, title: Learning}")
			h.replace("databases/tumble.md", "Reading", "Learning")
		}, 1, []string{"/databases/subject/reading/ -> /databases/subject/learning/"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := richHub(t)
			c.history(h)
			for n := 0; ; n++ {
				out, findings := h.build()
				if out != nil {
					if n != c.pastes {
						t.Errorf("it took %d ready lines, want %d", n, c.pastes)
					}
					h.answers(out)
					h.leads(out, c.leads...)
					return
				}
				at := slices.IndexFunc(findings, func(f diag.Finding) bool { return f.Rule == "lost-address" })
				if at < 0 || n > 5 {
					t.Fatalf("the build fails still: %v", findings)
				}
				h.paste(findings[at].String())
			}
		})
	}
}

// paste does what the ready line of a finding says.
func (h hubDir) paste(finding string) {
	h.t.Helper()
	if m := regexp.MustCompile(`it seems to be content/(\S+) now: write there (aliases: \[[^]]*\])`).FindStringSubmatch(finding); m != nil {
		h.frontMatter(m[1], m[2])
		return
	}
	if m := regexp.MustCompile(`\(write (aliases: \[[^]]*\]) in content/(\S+),`).FindStringSubmatch(finding); m != nil {
		h.frontMatter(m[2], m[1])
		return
	}
	if m := regexp.MustCompile(`write (aliases: \[[^]]*\]) on the subject`).FindStringSubmatch(finding); m != nil {
		h.replace("site.yaml", "title: Learning", "title: Learning, "+m[1])
		return
	}
	if m := regexp.MustCompile(`the book seems to be "([^"]*)" now \(content/(\S+):\d+:\d+\): write (\S+) in its column id,`).FindStringSubmatch(finding); m != nil {
		rows := strings.Split(strings.TrimSuffix(h.read(m[2]), "\n"), "\n")
		for i, row := range rows {
			cell := ""
			if i == 0 {
				cell = "id"
			} else if strings.Contains(row, m[1]) {
				cell = m[3]
			}
			rows[i] = cell + "," + row
		}
		h.write(m[2], strings.Join(rows, "\n")+"\n")
		return
	}
	if m := regexp.MustCompile(`the book seems to be "([^"]*)" now \(content/(\S+):\d+:\d+\): write there (id: \S+),`).FindStringSubmatch(finding); m != nil {
		text := h.read(m[2])
		if flow := "{title: " + m[1]; strings.Contains(text, flow) {
			h.replace(m[2], flow, "{"+m[3]+", title: "+m[1])
		} else {
			h.replace(m[2], "title: "+m[1]+"\n", "title: "+m[1]+"\n    "+m[3]+"\n")
		}
		return
	}
	h.t.Fatalf("no ready line: %s", finding)
}

// frontMatter writes a field into a page, in the place of an older one.
func (h hubDir) frontMatter(name, line string) {
	h.t.Helper()
	field, _, _ := strings.Cut(line, ":")
	text := regexp.MustCompile(`(?m)^`+field+`:.*\n(?:  .*\n)*`).ReplaceAllString(h.read(name), "")
	head, body, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "---\n")
	h.write(name, "---\n"+head+line+"\n---\n"+body)
}
