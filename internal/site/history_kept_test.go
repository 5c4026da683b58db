package site_test

import (
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Histories after which the site stands and every address answers.
func TestEveryRecordedAddressAnswers(t *testing.T) {
	t.Parallel()
	for name, history := range map[string]func(hubDir){
		"nothing happens": func(hubDir) {},
		"a database gets another name": func(h hubDir) {
			h.move("databases/sora.md", "databases/sora-app.md")
			h.alias("databases/sora-app.md", "/databases/sora/")
		},
		"twice another name": func(h hubDir) {
			h.move("databases/sora.md", "databases/b.md")
			h.alias("databases/b.md", "/databases/sora/")
			h.record()
			h.move("databases/b.md", "databases/c.md")
			h.replace("databases/c.md", "[/databases/sora/]", "[/databases/sora/, /databases/b/]")
		},
		"two databases become one": func(h hubDir) {
			h.remove("databases/tumble.md")
			h.alias("databases/sora.md", "/databases/tumble/")
		},
		"a database is retired": func(h hubDir) {
			h.remove("databases/tumble.md")
			h.retire("/databases/tumble/", "/databases/sora/", "We cancelled it.")
		},
		"retired by hand, without slashes": func(h hubDir) {
			h.remove("databases/tumble.md")
			h.write("retired.yaml", "- {address: /databases/tumble, to: /databases/sora}\n- {address: /awards/bluestem/2027#wish}\n")
			h.replace("awards/bluestem/2027.md", "  - {title: Wish, author: A, isbn: 9780316381994}\n", "")
		},
		"a subject with letters is retired": func(h hubDir) {
			h.write("links.lock", h.read("links.lock")+"/databases/subject/reading/letter/t/\t2026-11-23\tsite.yaml\tReading\n")
			h.replace("site.yaml", "  - {id: reading, title: Reading}\n", "")
			h.replace("databases/tumble.md", "Reading", "Fiction")
			h.retire("/databases/subject/reading/", "", "")
		},
		"a subject is retired": func(h hubDir) {
			h.replace("site.yaml", "  - {id: reading, title: Reading}\n", "")
			h.replace("databases/tumble.md", "Reading", "Fiction")
			h.retire("/databases/subject/reading/", "/databases/", "")
		},
		"two lists become one": func(h hubDir) {
			h.write("awards/bluestem/old.md", "---\ntitle: Old\nbooks:\n  - {title: Robot, author: B}\n---\n")
			h.record()
			h.remove("awards/bluestem/old.md")
			h.alias("awards/bluestem/2027.md", "/awards/bluestem/old/")
		},
		"retired, and what replaced it gets another name": func(h hubDir) {
			h.remove("databases/tumble.md")
			h.retire("/databases/tumble/", "/databases/sora/", "")
			h.move("databases/sora.md", "databases/b.md")
			h.alias("databases/b.md", "/databases/sora/")
		},
		"both are retired in a chain": func(h hubDir) {
			h.remove("databases/tumble.md")
			h.retire("/databases/tumble/", "/databases/sora/", "")
			h.record()
			h.remove("databases/sora.md")
			h.retire("/databases/sora/", "/guides/teachers/", "")
		},
		"a library gets another name": func(h hubDir) {
			h.move("libraries/town.md", "libraries/village.md")
			h.alias("libraries/village.md", "/libraries/town/")
			h.replace("databases/sora.md", "library: town", "library: village")
		},
		"a library and its last database go": func(h hubDir) {
			h.replace("databases/sora.md", "library: town", "everyone: true")
		},
		"a library is retired": func(h hubDir) {
			h.remove("libraries/town.md")
			h.replace("databases/sora.md", "library: town", "everyone: true")
			h.retire("/libraries/town/", "", "It closed: for good")
		},
		"an award gets another name": func(h hubDir) {
			h.move("awards/bluestem", "awards/blue")
			h.alias("awards/blue/index.md", "/awards/bluestem/")
		},
		"a list loses its books": func(h hubDir) {
			h.write("awards/bluestem/2027.md", "---\ntitle: Bluestem 2027\n---\n")
			h.retire("/awards/bluestem/2027/#wish", "", "")
			h.retire("/awards/bluestem/2027/#robot", "", "")
		},
		"a guide leads nowhere any more": func(h hubDir) { h.replace("guides/teachers.md", "[All](../databases/)\n", "") },
		"a list gets another name": func(h hubDir) {
			h.move("awards/bluestem/2027.md", "awards/bluestem/2026-27.md")
			h.alias("awards/bluestem/2026-27.md", "/awards/bluestem/2027/")
		},
		"an award and its list are retired": func(h hubDir) {
			h.remove("awards/bluestem")
			h.retire("/awards/bluestem/", "", "")
			h.retire("/awards/bluestem/2027/", "", "")
		},
		"books change places": func(h hubDir) {
			h.write("awards/bluestem/2027.md", "---\ntitle: Bluestem 2027\nbooks:\n  - {title: Robot, author: B, isbn: 9780547557991}\n  - {title: Wish, author: A, isbn: 9780316381994}\n---\n")
		},
		"a number is mended": func(h hubDir) { h.replace("awards/bluestem/2027.md", "9780316381994", "9780547557991") },
		"a number goes":      func(h hubDir) { h.replace("awards/bluestem/2027.md", ", isbn: 9780316381994", "") },
		"a title is mended with an id": func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "title: Wish", "id: wish, title: The Great Wish")
		},
		"title and number are mended": func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "title: Wish, author: A, isbn: 9780316381994", "id: wish, title: The Great Wish, isbn: 9780547557991")
		},
		"a book is retired": func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "  - {title: Wish, author: A, isbn: 9780316381994}\n", "")
			h.retire("/awards/bluestem/2027/#wish", "", "Out of print")
		},
		"a book is retired, then the list gets another name": func(h hubDir) {
			h.replace("awards/bluestem/2027.md", "  - {title: Wish, author: A, isbn: 9780316381994}\n", "")
			h.retire("/awards/bluestem/2027/#wish", "", "Out of print")
			h.move("awards/bluestem/2027.md", "awards/bluestem/2026-27.md")
			h.alias("awards/bluestem/2026-27.md", "/awards/bluestem/2027/")
		},
		"a subject gets another ID": func(h hubDir) {
			h.replace("site.yaml", "{id: reading, title: Reading}", "{id: learning, title: Learning, aliases: [reading]}")
		},
		"a subject loses its last database": func(h hubDir) { h.replace("databases/tumble.md", "Reading", "Fiction") },
		"a format loses its last database":  func(h hubDir) { h.replace("databases/tumble.md", "video", "ebook") },
		"a subject loses its last database and gets another ID": func(h hubDir) {
			h.replace("databases/tumble.md", "Reading", "Fiction")
			h.replace("site.yaml", "{id: reading, title: Reading}", "{id: learning, title: Learning, aliases: [reading]}")
		},
		"the vocabulary goes": func(h hubDir) {
			h.replace("site.yaml", "subjects:\n  - {id: fiction, title: Fiction}\n  - {id: reading, title: Reading}\n", "")
			h.replace("databases/tumble.md", "Reading", "Fiction")
		},
		"a page with files moves": func(h hubDir) {
			h.move("guides/card", "guides/library-card")
			h.alias("guides/library-card/index.md", "/guides/card/")
		},
		"nothing names a file any more": func(h hubDir) { h.write("guides/card/index.md", "---\ntitle: Card\n---\n") },
		"a file is retired for another": func(h hubDir) {
			h.move("guides/card/form.pdf", "guides/card/new.pdf")
			h.replace("guides/card/index.md", "form.pdf", "new.pdf")
			h.retire("/guides/card/form.pdf", "/guides/card/new.pdf", "")
		},
		"a file is retired": func(h hubDir) {
			h.remove("guides/card/form.pdf")
			h.replace("guides/card/index.md", "[Form](form.pdf) ", "")
			h.retire("/guides/card/form.pdf", "", "")
		},
		"a page with files is retired": func(h hubDir) {
			h.remove("guides/card")
			h.retire("/guides/card/", "/guides/teachers/", "")
		},
		"a page with an alias is retired": func(h hubDir) {
			h.remove("guides/teachers.md")
			h.retire("/guides/teachers/", "", "")
		},
		"a retired page is back": func(h hubDir) {
			text := h.read("guides/teachers.md")
			h.remove("guides/teachers.md")
			h.retire("/guides/teachers/", "", "")
			h.write("guides/teachers.md", text)
		},
		"a picture goes": func(h hubDir) {
			h.remove("guides/card/card.png")
			h.replace("guides/card/index.md", " ![A card](card.png)", "")
		},
		"a language goes": func(h hubDir) {
			h.replace("site.yaml", "[en, es]", "[en]")
			h.remove("guides/clases.es.md")
			h.retire("/es/guides/clases/", "/guides/", "")
		},
		"a page in one language only is retired": func(h hubDir) {
			h.remove("guides/clases.es.md")
			h.retire("/es/guides/clases/", "/guides/", "")
		},
		"a page ends": func(h hubDir) {
			h.replace("guides/teachers.md", "title: Teachers", "title: Teachers\nexpires: 2026-11-01")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHub(t)
			history(h)
			out := h.built()
			h.answers(out)
			h.record() // what is new can be recorded
		})
	}
}

// Histories after which an address is lost: the build fails at its line and
// says the way out.
func TestALostAddressIsAnError(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		history func(hubDir)
		address string
		says    []string
	}{
		"renamed": {func(h hubDir) { h.move("databases/sora.md", "databases/b.md") }, "/databases/sora/",
			[]string{"content/databases/sora.md", "content/databases/b.md", "aliases: [/databases/sora/]", "twinshelf retire /databases/sora/"}},
		"renamed, its embed": {func(h hubDir) { h.move("databases/sora.md", "databases/b.md") }, "/embed/database/sora/",
			[]string{"content/databases/sora.md", "aliases: [/databases/sora/]"}},
		"deleted": {func(h hubDir) { h.remove("databases/sora.md") }, "/databases/sora/",
			[]string{"put content/databases/sora.md back", "aliases:", "twinshelf retire"}},
		"a draft": {func(h hubDir) { h.replace("databases/sora.md", "title: Sora", "title: Sora\ndraft: true") }, "/databases/sora/",
			[]string{"a draft now"}},
		"ahead": {func(h hubDir) { h.replace("databases/sora.md", "title: Sora", "title: Sora\npublish: 2027-01-01") }, "/databases/sora/",
			[]string{"2027-01-01"}},
		"a book goes": {func(h hubDir) { h.replace("awards/bluestem/2027.md", "  - {title: Robot, author: B}\n", "") }, "/awards/bluestem/2027/#robot",
			[]string{"content/awards/bluestem/2027.md", `twinshelf retire "/awards/bluestem/2027/#robot"`}},
		"a title is mended": {func(h hubDir) { h.replace("awards/bluestem/2027.md", "title: Wish", "title: The Great Wish") }, "/awards/bluestem/2027/#wish",
			[]string{"id: wish", "The Great Wish"}},
		"a subject goes": {func(h hubDir) {
			h.replace("site.yaml", "  - {id: reading, title: Reading}\n", "")
			h.replace("databases/tumble.md", "Reading", "Fiction")
		}, "/databases/subject/reading/", []string{"content/site.yaml", "aliases: [reading]"}},
		"a file gets another name": {func(h hubDir) {
			h.move("guides/card/form.pdf", "guides/card/new.pdf")
			h.replace("guides/card/index.md", "form.pdf", "new.pdf")
		}, "/guides/card/form.pdf", []string{"content/guides/card/form.pdf", "--to"}},
		"an alias goes": {func(h hubDir) { h.replace("guides/teachers.md", "aliases: [/teachers/]\n", "") }, "/teachers/",
			[]string{"content/guides/teachers.md", "aliases: [/teachers/]"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHub(t)
			c.history(h)
			line := 1 + strings.Count(strings.SplitN("\n"+h.read("links.lock"), "\n"+c.address+"\t", 2)[0], "\n")
			out, findings := h.build()
			if out != nil {
				t.Fatal("the site was built")
			}
			for _, f := range findings {
				if f.Severity == diag.Error && f.Pos.File == "content/links.lock" && f.Pos.Line == line {
					for _, words := range c.says {
						if !strings.Contains(f.String(), words) {
							t.Errorf("%q is not in: %s", words, f)
						}
					}
					return
				}
			}
			t.Errorf("no error at line %d:\n%v", line, findings)
		})
	}
}

func TestWarningsOfTheLedger(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		history func(hubDir)
		rule    string
	}{
		"two files change places": {func(h hubDir) {
			a, b := h.read("databases/sora.md"), h.read("databases/tumble.md")
			h.write("databases/sora.md", b)
			h.write("databases/tumble.md", a)
		}, "swapped-pages"},
		"a page is back":   {func(h hubDir) { h.retire("/guides/teachers/", "", "") }, "retired"},
		"a book is back":   {func(h hubDir) { h.retire("/awards/bluestem/2027/#wish", "", "") }, "retired"},
		"an alias is back": {func(h hubDir) { h.retire("/teachers/", "", "") }, "retired"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHub(t)
			c.history(h)
			out, findings := h.build()
			if out == nil {
				t.Fatalf("the site was not built:\n%v", findings)
			}
			for _, f := range findings {
				if f.Rule == c.rule {
					return
				}
			}
			t.Errorf("no %s:\n%v", c.rule, findings)
		})
	}
}

func TestRetirementsThatLeadRound(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.remove("databases/sora.md")
	h.remove("databases/tumble.md")
	h.write("retired.yaml", "- {address: /databases/sora/, to: /databases/tumble/}\n- {address: /databases/tumble/, to: /databases/sora/}\n")
	if out, _ := h.build(); out != nil {
		t.Error("a loop was built")
	}
}
