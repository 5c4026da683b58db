package site_test

import (
	"strings"
	"testing"
)

// richHub has what the small hub lacks too: a library with a parent, a second
// award list, translations with aliases, a plain page, files of the site.
func richHub(t *testing.T) hubDir {
	t.Helper()
	h := smallHub(t)
	for name, text := range map[string]string{
		"libraries/branch.md":                   "---\ntitle: Branch\nkind: branch\nparent: town\nhours:\n  regular: {sat: 10am-2pm}\n---\n",
		"databases/sora.es.md":                  "---\ntitle: Sora en español\naliases: [/es/databases/sora-es/]\n---\n",
		"databases/comics/index.md":             "---\ntitle: Comics\nformats: [comic]\ngrades: 3-5\naudience: [families]\nsubjects: [Fiction]\naccess: [{library: branch, url: \"https://comics.example.org/\"}]\n---\n[Guide](<help/first steps.pdf>)\n",
		"databases/comics/help/first steps.pdf": "%PDF-1.4 steps\n",
		"../static/house-rules.pdf":             "%PDF-1.4 rules\n",
		"../static/js/copy.js":                  "// a copy\n",
		"awards/bluestem/2026.md":               "---\ntitle: Bluestem 2026\nbooks_file: 2026.csv\n---\n[Ballot](ballot.pdf)\n",
		"awards/bluestem/2026.csv":              "title,author,isbn\nCave,A,9780547557991\nRiver,B,\n",
		"awards/bluestem/ballot.pdf":            "%PDF-1.4 ballot\n",
		"about.md":                              "---\ntitle: About\n---\n",
		"about.es.md":                           "---\ntitle: Acerca de\n---\n",
		"_redacted.md":                          "never published\n",
	} {
		h.write(name, text)
	}
	h.record()
	return h
}

// closeBranch takes the branch out of a rich hub.
func (h hubDir) closeBranch() {
	h.t.Helper()
	h.remove("libraries/branch.md")
	h.replace("databases/comics/index.md", "library: branch", "library: town")
}

// dropSpanish takes Spanish out of a rich hub.
func (h hubDir) dropSpanish() {
	h.t.Helper()
	for _, name := range []string{"databases/sora.es.md", "about.es.md", "guides/clases.es.md"} {
		h.remove(name)
	}
	h.replace("site.yaml", "[en, es]", "[en]")
}

// Histories after which the site stands, every address that was ever published
// answers, and the addresses named here lead where they should.
func TestWhereOldAddressesLead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		history func(hubDir)
		leads   []string
	}{
		"nothing": {func(hubDir) {}, []string{
			"/databases/sora/ page Sora", "/es/databases/sora/ page Sora en español", "/es/databases/sora-es/ -> /es/databases/sora/",
			"/teachers/ -> /guides/teachers/", "/es/teachers/ -> /es/guides/teachers/", "/nowhere/ nothing",
		}},
		"a database is renamed": {func(h hubDir) {
			h.move("databases/sora.md", "databases/b.md")
			h.move("databases/sora.es.md", "databases/b.es.md")
			h.alias("databases/b.md", "/databases/sora/")
		}, []string{
			"/databases/sora/ -> /databases/b/", "/es/databases/sora/ -> /es/databases/b/", "/es/databases/sora-es/ -> /es/databases/b/",
			"/embed/database/sora/ -> /embed/database/b/", "/es/embed/database/sora/ -> /es/embed/database/b/",
		}},
		"a database becomes a folder": {func(h hubDir) {
			h.move("databases/sora.md", "databases/sora/index.md")
			h.move("databases/sora.es.md", "databases/sora/index.es.md")
		}, []string{"/databases/sora/ page Sora", "/es/databases/sora/ page Sora en español"}},
		"a database with files is renamed": {func(h hubDir) {
			h.move("databases/comics", "databases/cartoons")
			h.alias("databases/cartoons/index.md", "/databases/comics/")
		}, []string{
			"/databases/comics/help/first%20steps.pdf nothing", "/databases/comics/help/first steps.pdf = /databases/cartoons/help/first steps.pdf",
			"/databases/comics/ -> /databases/cartoons/", "/embed/database/comics/ -> /embed/database/cartoons/",
		}},
		"three names one after the other": {func(h hubDir) {
			h.move("databases/tumble.md", "databases/a.md")
			h.alias("databases/a.md", "/databases/tumble/")
			h.record()
			h.move("databases/a.md", "databases/b.md")
			h.replace("databases/b.md", "[/databases/tumble/]", "[/databases/tumble/, /databases/a/]")
			h.record()
			h.move("databases/b.md", "databases/c.md")
			h.replace("databases/c.md", "/databases/a/]", "/databases/a/, /databases/b/]")
		}, []string{
			"/databases/tumble/ -> /databases/c/", "/databases/a/ -> /databases/c/", "/databases/b/ -> /databases/c/",
			"/embed/database/a/ -> /embed/database/c/", "/es/embed/database/tumble/ -> /es/embed/database/c/",
		}},
		"a name and back": {func(h hubDir) {
			h.move("databases/tumble.md", "databases/a.md")
			h.alias("databases/a.md", "/databases/tumble/")
			h.record()
			h.move("databases/a.md", "databases/tumble.md")
			h.replace("databases/tumble.md", "[/databases/tumble/]", "[/databases/a/]")
		}, []string{"/databases/tumble/ page Tumble", "/databases/a/ -> /databases/tumble/", "/embed/database/a/ -> /embed/database/tumble/"}},
		"a database that was merged is merged again": {func(h hubDir) {
			h.remove("databases/tumble.md")
			h.alias("databases/comics/index.md", "/databases/tumble/")
			h.record()
			h.remove("databases/comics")
			h.alias("databases/sora.md", "/databases/tumble/", "/databases/comics/")
			h.retire("/databases/comics/help/first%20steps.pdf", "", "")
		}, []string{
			"/databases/tumble/ -> /databases/sora/", "/databases/comics/ -> /databases/sora/", "/embed/database/tumble/ -> /embed/database/sora/",
			"/es/embed/database/comics/ -> /es/embed/database/sora/", "/databases/comics/help/first steps.pdf gone",
		}},
		"two databases change places, knowingly": {func(h hubDir) {
			a, b := h.read("databases/comics/index.md"), h.read("databases/tumble.md")
			h.write("databases/tumble.md", strings.ReplaceAll(a, "<help/", "<comics/help/"))
			h.write("databases/comics/index.md", b)
			h.record()
		}, []string{"/databases/tumble/ page Comics", "/databases/comics/ page Tumble"}},
		"a page moves to its alias": {func(h hubDir) {
			h.move("guides/teachers.md", "teachers.md")
			h.replace("teachers.md", "[/teachers/]", "[/guides/teachers/]")
			h.replace("teachers.md", "../databases/", "databases/")
		}, []string{"/teachers/ page Teachers", "/guides/teachers/ -> /teachers/", "/es/guides/teachers/ -> /es/teachers/"}},
		"an alias goes to another page": {func(h hubDir) {
			h.replace("guides/teachers.md", "aliases: [/teachers/]\n", "")
			h.alias("about.md", "/teachers/")
		}, []string{"/teachers/ -> /about/", "/es/teachers/ -> /es/about/"}},
		"an alias becomes a page": {func(h hubDir) {
			h.replace("guides/teachers.md", "aliases: [/teachers/]\n", "")
			h.write("teachers.md", "---\ntitle: For teachers\n---\n")
		}, []string{"/teachers/ page For teachers"}},
		"a plain page moves": {func(h hubDir) {
			h.move("about.md", "guides/about.md")
			h.move("about.es.md", "guides/about.es.md")
			h.alias("guides/about.md", "/about/")
		}, []string{"/about/ -> /guides/about/", "/es/about/ -> /es/guides/about/"}},
		"a translation goes": {func(h hubDir) { h.remove("about.es.md") }, []string{"/es/about/ page About"}},
		"a translation with an alias goes, and the alias moves": {func(h hubDir) {
			h.remove("databases/sora.es.md")
			h.alias("databases/sora.md", "/es/databases/sora-es/")
		}, []string{"/es/databases/sora-es/ -> /databases/sora/"}},
		"a page in one language gets its original": {func(h hubDir) {
			h.replace("guides/clases.es.md", "standalone: true\n", "")
			h.write("guides/clases.md", "---\ntitle: Classes\n---\n")
		}, []string{"/guides/clases/ page Classes", "/es/guides/clases/ page Clases"}},
		"and the original is renamed": {func(h hubDir) {
			h.replace("guides/clases.es.md", "standalone: true\n", "")
			h.write("guides/clases.md", "---\ntitle: Classes\n---\n")
			h.record()
			h.move("guides/clases.md", "guides/classes.md")
			h.move("guides/clases.es.md", "guides/classes.es.md")
			h.alias("guides/classes.md", "/guides/clases/")
		}, []string{"/guides/clases/ -> /guides/classes/", "/es/guides/clases/ -> /es/guides/classes/"}},
		"a page in one language is renamed": {func(h hubDir) {
			h.move("guides/clases.es.md", "guides/cursos.es.md")
			h.alias("guides/cursos.es.md", "/es/guides/clases/")
		}, []string{"/es/guides/clases/ -> /es/guides/cursos/"}},
		"a library is renamed": {func(h hubDir) {
			h.move("libraries/town.md", "libraries/village.md")
			h.alias("libraries/village.md", "/libraries/town/")
			h.replace("databases/sora.md", "library: town", "library: village")
			h.replace("libraries/branch.md", "parent: town", "parent: village")
		}, []string{
			"/libraries/town/ -> /libraries/village/", "/databases/library/town/ -> /databases/library/village/",
			"/embed/hours/town/ -> /embed/hours/village/", "/es/embed/hours/town/ -> /es/embed/hours/village/",
			"/libraries/town/hours.ics = /libraries/village/hours.ics",
		}},
		"two libraries become one": {func(h hubDir) {
			h.closeBranch()
			h.alias("libraries/town.md", "/libraries/branch/")
		}, []string{
			"/libraries/branch/ -> /libraries/town/", "/databases/library/branch/ -> /databases/library/town/",
			"/libraries/branch/hours.ics = /libraries/town/hours.ics", "/embed/hours/branch/ -> /embed/hours/town/",
		}},
		"a library is retired": {func(h hubDir) {
			h.closeBranch()
			h.retire("/libraries/branch/", "/libraries/town/", "It closed.")
		}, []string{
			"/libraries/branch/ gone -> /libraries/town/", "/databases/library/branch/ gone -> /libraries/town/", "/embed/hours/branch/ gone -> /libraries/town/",
			"/es/libraries/branch/ gone -> /es/libraries/town/", "/libraries/branch/hours.ics a file",
		}},
		"a calendar is retired for another": {func(h hubDir) {
			h.closeBranch()
			h.retire("/libraries/branch/", "/libraries/town/", "")
			h.retire("/libraries/branch/hours.ics", "/libraries/town/hours.ics", "")
		}, []string{"/libraries/branch/hours.ics = /libraries/town/hours.ics", "/libraries/branch/ gone -> /libraries/town/"}},
		"an award and a list are renamed": {func(h hubDir) {
			h.move("awards/bluestem", "awards/blue")
			h.alias("awards/blue/index.md", "/awards/bluestem/")
			h.record()
			h.move("awards/blue/2027.md", "awards/blue/2026-27.md")
			h.alias("awards/blue/2026-27.md", "/awards/blue/2027/", "/awards/bluestem/2027/")
		}, []string{
			"/awards/bluestem/ -> /awards/blue/", "/awards/bluestem/2027/ -> /awards/blue/2026-27/", "/awards/blue/2027/ -> /awards/blue/2026-27/",
			"/embed/award/bluestem/2027/ -> /embed/award/blue/2026-27/", "/awards/bluestem/2026/ -> /awards/blue/2026/",
			"/awards/bluestem/ballot.pdf = /awards/blue/ballot.pdf", "/es/awards/bluestem/2027/ -> /es/awards/blue/2026-27/",
		}},
		"a list moves to another award": {func(h hubDir) {
			h.write("awards/other/index.md", "---\ntitle: Other\n---\n")
			h.move("awards/bluestem/2027.md", "awards/other/2027.md")
			h.alias("awards/other/2027.md", "/awards/bluestem/2027/")
		}, []string{"/awards/bluestem/2027/ -> /awards/other/2027/", "/embed/award/bluestem/2027/ -> /embed/award/other/2027/"}},
		"two lists become one": {func(h hubDir) {
			h.remove("awards/bluestem/2026.md")
			h.remove("awards/bluestem/2026.csv")
			h.replace("awards/bluestem/2027.md", "books:\n", "books:\n  - {title: River, author: B}\n  - {title: Cave, author: A, isbn: 9780547557991}\n")
			h.replace("awards/bluestem/2027.md", "\n---\n", "\naliases: [/awards/bluestem/2026/]\n---\n[Ballot](ballot.pdf)\n")
		}, []string{"/awards/bluestem/2026/ -> /awards/bluestem/2027/", "/embed/award/bluestem/2026/ -> /embed/award/bluestem/2027/"}},
		"a spreadsheet is sorted another way and filled": {func(h hubDir) {
			h.write("awards/bluestem/2026.csv", "\ufeffid;title;author;isbn\r\nriver;The River;B;9780316381994\r\ncave;Cave!;A;978-0-547-55799-1\r\n")
			h.replace("awards/bluestem/2027.md", "9780316381994", "9780763680893")
		}, []string{"/awards/bluestem/2026/ page Bluestem 2026"}},
		"an award is retired with its lists": {func(h hubDir) {
			h.remove("awards/bluestem")
			h.retire("/awards/bluestem/", "/awards/", "No more")
			h.retire("/awards/bluestem/2027/", "/awards/", "")
			h.retire("/awards/bluestem/2026/", "/awards/", "")
			h.retire("/awards/bluestem/ballot.pdf", "", "")
		}, []string{
			"/awards/bluestem/ gone -> /awards/", "/awards/bluestem/2026/ gone -> /awards/", "/embed/award/bluestem/2027/ gone -> /awards/",
			"/awards/bluestem/ballot.pdf gone",
		}},
		"a book is retired, then its list": {func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "  - {title: Wish, author: A, isbn: 9780316381994}\n", "")
			h.retire("/awards/bluestem/2027/#wish", "/awards/bluestem/2026/#cave", "Out of print")
			h.record()
			h.remove("awards/bluestem/2027.md")
			h.retire("/awards/bluestem/2027/", "/awards/bluestem/2026/", "")
		}, []string{"/awards/bluestem/2027/ gone -> /awards/bluestem/2026/"}},
		"a book moves to another list": {func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "  - {title: Wish, author: A, isbn: 9780316381994}\n", "")
			h.write("awards/bluestem/2026.csv", "title,author,isbn\nCave,A,9780547557991\nRiver,B,\nWish,A,9780316381994\n")
			h.retire("/awards/bluestem/2027/#wish", "/awards/bluestem/2026/#wish", "")
		}, nil},
		"a book of the same title comes": {func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "  - {title: Robot, author: B}\n", "  - {title: Robot, author: C, id: robot-c}\n  - {title: Robot, author: B, id: robot}\n")
		}, nil},
		"a subject is renamed twice": {func(h hubDir) {
			h.replace("site.yaml", "{id: reading, title: Reading}", "{id: learning, title: Learning, aliases: [reading]}")
			h.replace("databases/tumble.md", "Reading", "Learning")
			h.record()
			h.replace("site.yaml", "{id: learning, title: Learning, aliases: [reading]}", "{id: study, title: Study, aliases: [reading, learning]}")
			h.replace("databases/tumble.md", "Learning", "Study")
		}, []string{
			"/databases/subject/reading/ -> /databases/subject/study/", "/databases/subject/learning/ -> /databases/subject/study/",
			"/es/databases/subject/reading/ -> /es/databases/subject/study/",
		}},
		"two subjects become one": {func(h hubDir) {
			h.replace("site.yaml", "  - {id: fiction, title: Fiction}\n  - {id: reading, title: Reading}\n", "  - {id: stories, title: Stories, aliases: [fiction, reading]}\n")
			for _, name := range []string{"databases/sora.md", "databases/comics/index.md"} {
				h.replace(name, "Fiction", "stories")
			}
			h.replace("databases/tumble.md", "Reading", "Stories")
		}, []string{"/databases/subject/fiction/ -> /databases/subject/stories/", "/databases/subject/reading/ -> /databases/subject/stories/"}},
		"every facet of a database empties": {func(h hubDir) {
			h.write("databases/comics/index.md", "---\ntitle: Comics\naccess: [{everyone: true, url: \"https://comics.example.org/\"}]\n---\n[Guide](<help/first steps.pdf>)\n")
		}, []string{
			"/databases/format/comic/ page Comics", "/databases/grade/4/ page For Grade 4", "/databases/audience/families/ page For Families",
			"/databases/library/branch/ page From Branch", "/es/databases/format/comic/ page Cómics",
		}},
		"a database with files is retired with where to go": {func(h hubDir) {
			h.remove("databases/comics")
			h.retire("/databases/comics/", "/databases/sora/", "Too dear")
		}, []string{
			"/databases/comics/ gone -> /databases/sora/", "/databases/comics/help/first steps.pdf gone -> /databases/sora/",
			"/embed/database/comics/ gone -> /databases/sora/", "/es/databases/comics/ gone -> /es/databases/sora/",
		}},
		"retired twice over": {func(h hubDir) {
			h.remove("databases/comics")
			h.retire("/databases/comics/", "/databases/tumble/", "")
			h.record()
			h.remove("databases/tumble.md")
			h.retire("/databases/tumble/", "/databases/sora/", "")
		}, []string{"/databases/comics/ gone -> /databases/sora/", "/databases/tumble/ gone -> /databases/sora/"}},
		"a retired page is back, then gone for good": {func(h hubDir) {
			text := h.read("about.md")
			h.remove("about.md")
			h.remove("about.es.md")
			h.retire("/about/", "", "")
			h.record()
			h.write("about.md", text)
			h.record()
			h.remove("about.md")
		}, []string{"/about/ gone", "/es/about/ gone"}},
		"a retired address becomes an alias": {func(h hubDir) {
			h.remove("about.md")
			h.remove("about.es.md")
			h.retire("/about/", "", "")
			h.record()
			h.alias("databases/tumble.md", "/about/")
		}, []string{"/about/ -> /databases/tumble/", "/es/about/ -> /es/databases/tumble/"}},
		"a file is renamed twice": {func(h hubDir) {
			h.move("guides/card/form.pdf", "guides/card/b.pdf")
			h.replace("guides/card/index.md", "form.pdf", "b.pdf")
			h.retire("/guides/card/form.pdf", "/guides/card/b.pdf", "")
			h.record()
			h.move("guides/card/b.pdf", "guides/card/c.pdf")
			h.replace("guides/card/index.md", "b.pdf", "c.pdf")
			h.retire("/guides/card/b.pdf", "/guides/card/c.pdf", "")
		}, []string{"/guides/card/form.pdf = /guides/card/c.pdf", "/guides/card/b.pdf = /guides/card/c.pdf"}},
		"a file gives way to a page": {func(h hubDir) {
			h.remove("guides/card/form.pdf")
			h.replace("guides/card/index.md", "[Form](form.pdf) ", "")
			h.retire("/guides/card/form.pdf", "/guides/card/", "Sign up online")
		}, []string{"/guides/card/form.pdf gone -> /guides/card/"}},
		"a file of the site is retired": {func(h hubDir) {
			h.remove("../static/house-rules.pdf")
			h.retire("/house-rules.pdf", "/guides/card/form.pdf", "")
		}, []string{"/house-rules.pdf = /guides/card/form.pdf"}},
		"the program's own file takes over": {func(h hubDir) { h.remove("../static/js/copy.js") }, []string{"/js/copy.js a file"}},
		"a language goes and comes back": {func(h hubDir) {
			site := h.read("site.yaml")
			texts := map[string]string{}
			for _, name := range []string{"databases/sora.es.md", "about.es.md", "guides/clases.es.md"} {
				texts[name] = h.read(name)
			}
			h.dropSpanish()
			h.retire("/es/guides/clases/", "/guides/", "")
			h.alias("databases/sora.md", "/es/databases/sora-es/")
			h.record()
			h.write("site.yaml", site)
			for name, text := range texts {
				h.write(name, text)
			}
			h.replace("databases/sora.md", "aliases: [/es/databases/sora-es/]\n", "")
			h.write("retired.yaml", "")
		}, []string{"/es/about/ page Acerca de", "/es/guides/clases/ page Clases"}},
		"a language goes": {func(h hubDir) {
			h.dropSpanish()
			h.retire("/es/guides/clases/", "/guides/", "")
			h.alias("databases/sora.md", "/es/databases/sora-es/")
		}, []string{
			"/es/ -> /", "/es/about/ -> /about/", "/es/teachers/ -> /guides/teachers/", "/es/embed/database/comics/ -> /embed/database/comics/",
			"/es/guides/clases/ gone -> /guides/", "/es/feed.xml = /feed.xml", "/es/databases/subject/fiction/ -> /databases/subject/fiction/",
		}},
		"another language becomes the first": {func(h hubDir) {
			h.remove("guides/clases.es.md")
			h.replace("site.yaml", "[en, es]", "[es, en]")
			for _, name := range []string{"databases/sora", "about"} {
				h.move(name+".md", name+".en.md")
				h.move(name+".es.md", name+".md")
			}
			h.replace("databases/sora.md", "title: Sora en español\n", "title: Sora en español\naccess: [{library: town, url: \"https://sora.example.org/\"}]\nformats: [ebook]\nsubjects: [Fiction]\n")
			h.write("databases/sora.en.md", "---\ntitle: Sora\n---\n")
			h.write("guides/clases.md", "---\ntitle: Clases\n---\n")
		}, []string{"/es/about/ -> /about/", "/about/ page Acerca de", "/en/about/ page About", "/es/guides/clases/ -> /guides/clases/", "/es/databases/sora-es/ -> /databases/sora/"}},
		"the site moves out of its folder": {func(h hubDir) {
			h.replace("site.yaml", "example.org/base/", "example.org/")
			h.move("databases/sora.md", "databases/b.md")
			h.move("databases/sora.es.md", "databases/b.es.md")
			h.alias("databases/b.md", "/databases/sora/")
		}, []string{"/databases/sora/ -> /databases/b/", "/teachers/ -> /guides/teachers/"}},
		"a branch merged the ledger": {func(h hubDir) {
			lines := strings.SplitAfter(h.read("links.lock"), "\n")
			text := "# kept by hand\r\n"
			for i := range lines { // backwards, each twice, with the line ends of Windows
				line := strings.TrimSuffix(lines[len(lines)-1-i], "\n")
				if line != "" {
					text += line + "\r\n" + strings.Replace(line, firstDay, "2026-11-20", 1) + "\r\n"
				}
			}
			h.write("links.lock", "\ufeff"+text)
			h.record()
			if got := h.read("links.lock"); strings.Contains(got, firstDay) || strings.Contains(got, "\r") || strings.Count(got, "/databases/sora/\t") != 1 ||
				!strings.HasPrefix(got, "# kept by hand\n") {
				h.t.Errorf("the ledger was not put in order:\n%s", got)
			}
		}, nil},
		"a file with a name that needs encoding": {func(h hubDir) {
			h.write("guides/card/año 1.pdf", "%PDF-1.4 año\n")
			h.replace("guides/card/index.md", "[Form](form.pdf)", "[Form](form.pdf) [A](<año 1.pdf>)")
			h.record()
			if !strings.Contains(h.read("links.lock"), "/guides/card/a%C3%B1o%201.pdf\t") {
				h.t.Errorf("the ledger lacks the file:\n%s", h.read("links.lock"))
			}
			h.move("guides/card", "guides/ticket")
			h.alias("guides/ticket/index.md", "/guides/card/")
		}, []string{"/guides/card/año 1.pdf = /guides/ticket/año 1.pdf"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := richHub(t)
			c.history(h)
			out := h.built()
			h.answers(out)
			h.leads(out, c.leads...)
		})
	}
}
