package site_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/site"
)

// Long random histories: whatever is renamed, moved, merged, deleted, put in
// another order, hidden, translated or brought back, the content has no
// mistakes but lost addresses, what the findings offer mends those one by one,
// and in the end every address that was ever published answers.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	seeds := []uint64{2, 5, 8, 13}
	if testing.Short() {
		seeds = seeds[:2]
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			c := &chance{hubDir: richHub(t), Rand: rand.New(rand.NewPCG(seed, 1)), deleted: map[string]string{}}
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("history:\n%s", strings.Join(c.log, "\n"))
				}
			})
			for range 12 {
				c.step()
				c.settle()
				if c.IntN(2) == 0 {
					c.record()
				}
			}
			out, findings := c.build()
			if out == nil {
				t.Fatalf("the site was not built: %v", findings)
			}
			c.answers(out)
		})
	}
}

// chance is a hub to which things happen.
type chance struct {
	hubDir
	*rand.Rand
	log     []string
	deleted map[string]string // files, with their texts
	names   int
}

// step lets one thing happen.
func (c *chance) step() {
	c.t.Helper()
	kinds := []string{"databases", "databases", "guides", "libraries", "awards", "awards/*", "."}
	kind := kinds[c.IntN(len(kinds))]
	pages := c.pages(kind)
	if len(pages) == 0 {
		return
	}
	name := pages[c.IntN(len(pages))]
	switch what := c.IntN(12); what {
	case 0, 1, 2:
		c.rename(name)
	case 3:
		if len(pages) > 1 && kind != "libraries" && kind != "awards" {
			c.merge(name, pages[(slices.Index(pages, name)+1)%len(pages)])
		}
	case 4:
		if kind == "databases" || kind == "guides" || kind == "." {
			c.note("delete %s", name)
			c.take(name)
		}
	case 5:
		c.note("hide %s", name)
		if kind != "libraries" && kind != "awards" {
			c.frontMatter(name, "draft: true")
		}
	case 6:
		c.names++
		c.note("another alias for %s", name)
		c.addAliases(name, fmt.Sprintf("/short-%d/", c.names))
	case 7:
		c.translate(name)
	case 8:
		c.note("a new title for %s", name)
		c.names++
		c.frontMatter(name, fmt.Sprintf("title: Title %d", c.names))
	case 9:
		c.books()
	case 10:
		c.facets()
	case 11:
		c.bringBack()
	}
}

func (c *chance) note(format string, args ...any) {
	c.log = append(c.log, fmt.Sprintf(format, args...))
}

// pages returns the Markdown files of a kind, without translations.
func (c *chance) pages(kind string) []string {
	var names []string
	for _, pattern := range []string{kind + "/*.md", kind + "/*/index.md"} {
		found, err := fs.Glob(os.DirFS(c.path("")), path.Clean(pattern))
		if err != nil {
			c.t.Fatal(err)
		}
		for _, name := range found {
			list := kind != "awards/*" || path.Base(name) != "index.md"
			if own := strings.Count(path.Base(name), ".") == 1 && !strings.HasPrefix(name, "_"); own && list && (kind != "." || path.Dir(name) == ".") {
				names = append(names, name)
			}
		}
	}
	return names
}

// address is the address of the page that a file makes.
func (c *chance) address(name string) string { return ledger.PageOf(name) }

// translations returns the translation of a page, if it has one.
func (c *chance) translations(name string) []string {
	es := strings.TrimSuffix(name, ".md") + ".es.md"
	if _, err := os.Stat(c.path(es)); err != nil {
		return nil
	}
	return []string{es}
}

func (c *chance) rename(name string) {
	c.names++
	fresh := fmt.Sprintf("n%d", c.names)
	if folder, ok := strings.CutSuffix(name, "/index.md"); ok {
		to := path.Join(path.Dir(folder), fresh)
		c.note("move %s to %s", folder, to)
		c.move(folder, to)
	} else {
		to := path.Join(path.Dir(name), fresh+".md")
		c.note("rename %s to %s", name, to)
		for _, es := range c.translations(name) {
			c.move(es, strings.TrimSuffix(to, ".md")+".es.md")
		}
		c.move(name, to)
		if path.Dir(name) == "libraries" {
			c.everywhere(strings.TrimSuffix(path.Base(name), ".md"), fresh)
		}
	}
}

// everywhere gives a library another name in all files that name it.
func (c *chance) everywhere(old, fresh string) {
	for _, kind := range []string{"databases", "libraries"} {
		for _, name := range c.pages(kind) {
			text := regexp.MustCompile(`(library|parent): `+old+`\b`).ReplaceAllString(c.read(name), "${1}: "+fresh)
			c.write(name, text)
		}
	}
}

func (c *chance) merge(name, into string) {
	c.note("merge %s into %s", name, into)
	aliases := append(c.aliases(name), c.address(name))
	c.take(name)
	c.addAliases(into, aliases...)
}

// take deletes a page and remembers it.
func (c *chance) take(name string) {
	for _, name := range append(c.translations(name), name) {
		c.deleted[name] = c.read(name)
		c.remove(name)
	}
}

func (c *chance) bringBack() {
	for _, name := range sortedKeys(c.deleted) {
		if strings.Contains(path.Base(name), ".es.") || c.taken(name) {
			continue
		}
		c.note("bring back %s", name)
		for _, kind := range []string{"databases", "guides", "awards/*", "."} {
			for _, page := range c.pages(kind) {
				if aliases := c.aliases(page); slices.Contains(aliases, c.address(name)) {
					c.frontMatter(page, aliasLine(slices.DeleteFunc(aliases, func(a string) bool { return a == c.address(name) })))
				}
			}
		}
		c.write(name, regexp.MustCompile(`(?m)^(aliases|draft):.*\n`).ReplaceAllString(c.deleted[name], ""))
		delete(c.deleted, name)
		return
	}
}

// taken reports whether a file would lie where its folder is gone.
func (c *chance) taken(name string) bool {
	_, err := os.Stat(path.Dir(c.path(name)))
	return err != nil || strings.HasSuffix(name, "/index.md")
}

func (c *chance) aliases(name string) []string {
	m := regexp.MustCompile(`(?m)^aliases: \[(.*)\]$`).FindStringSubmatch(c.read(name))
	if m == nil || m[1] == "" {
		return nil
	}
	return strings.Split(m[1], ", ")
}

func aliasLine(aliases []string) string { return "aliases: [" + strings.Join(aliases, ", ") + "]" }

func (c *chance) addAliases(name string, more ...string) {
	c.frontMatter(name, aliasLine(append(c.aliases(name), more...)))
}

// translate writes a translation or deletes it.
func (c *chance) translate(name string) {
	if path.Base(name) == "index.md" {
		return
	}
	if es := c.translations(name); len(es) > 0 {
		c.note("delete %s", es[0])
		c.remove(es[0])
		return
	}
	c.names++
	c.note("translate %s", name)
	c.write(strings.TrimSuffix(name, ".md")+".es.md", fmt.Sprintf("---\ntitle: Título %d\naliases: [/es/corto-%d/]\n---\n", c.names, c.names))
}

// books shuffles the books of a list, or changes one.
func (c *chance) books() {
	for _, name := range c.pages("awards/*") {
		rows := regexp.MustCompile(`(?m)^  - \{.*\}\n`).FindAllString(c.read(name), -1)
		if len(rows) == 0 {
			continue
		}
		c.note("change the books of %s", name)
		old := strings.Join(rows, "")
		c.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		c.names++
		switch c.IntN(4) {
		case 0:
			rows[0] = strings.Replace(rows[0], "title: ", "title: The ", 1)
		case 1:
			rows = rows[1:]
		case 2:
			rows[0] = strings.Replace(rows[0], ", isbn: 9780316381994", "", 1)
		case 3:
			rows = append(rows, fmt.Sprintf("  - {title: New %d, author: N}\n", c.names))
		}
		if len(rows) > 0 {
			c.replace(name, old, strings.Join(rows, ""))
		}
		return
	}
}

// facets changes what a database is, or the vocabulary.
func (c *chance) facets() {
	pages := c.pages("databases")
	name := pages[c.IntN(len(pages))]
	c.note("%s is something else", name)
	c.frontMatter(name, []string{"formats: [music]", "grades: [adult]", "audience: [teachers]", "subjects: []"}[c.IntN(4)])
}

// settle mends one lost address after the other, as a person would: with the
// ready line, or by retiring it.
func (c *chance) settle() {
	c.t.Helper()
	for range 60 {
		findings, err := site.Check(context.Background(), c.options())
		if err != nil {
			c.t.Fatal(err)
		}
		findings = slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.Severity != diag.Error })
		if len(findings) == 0 {
			return
		}
		if i := slices.IndexFunc(findings, func(f diag.Finding) bool { return f.Rule != "lost-address" }); i >= 0 {
			c.t.Fatalf("a mistake of the test's, or a finding that should not be: %s", findings[i])
		}
		c.mend(findings[c.IntN(len(findings))].String())
	}
	c.t.Fatalf("no end of lost addresses")
}

func (c *chance) mend(finding string) {
	c.t.Helper()
	if m := regexp.MustCompile(`\(publish content/(\S+),`).FindStringSubmatch(finding); m != nil && c.IntN(2) == 0 {
		c.note("publish %s", m[1])
		c.write(m[1], strings.Replace(c.read(m[1]), "draft: true\n", "", 1))
		return
	}
	if strings.Contains(finding, "it seems to be") || strings.Contains(finding, "seems to be \"") || strings.Contains(finding, "(write aliases:") {
		c.note("paste from %s", finding)
		c.paste(finding)
		return
	}
	m := regexp.MustCompile(`twinshelf retire "?(/[^" )]*)`).FindStringSubmatch(finding)
	if m == nil {
		c.t.Fatalf("no way out: %s", finding)
	}
	c.note("retire %s", m[1])
	c.retire(m[1], "", "")
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
