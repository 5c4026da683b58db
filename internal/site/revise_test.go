package site_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/publish"
	"github.com/twinshelf/twinshelf/internal/site"
)

// versions are texts between which the files of a hub change at random. "" is
// no file.
func versions() map[string][]string {
	tumble := func(fields, body string) string {
		return "---\ntitle: Tumble\nformats: [video]\nsubjects: [Reading]\naccess: [{everyone: true, url: \"https://tumble.example.org/\"}]\n" + fields + "---\n" + body
	}
	return map[string][]string{
		"databases/tumble.md": {
			tumble("", ""), tumble("vendor: Books\n", "A new [text](../guides/teachers.md)."), tumble("", "## Get help\n\n[Top](#get-help)\n"),
			tumble("aliases: [/tumblebooks/]\n", "[Nowhere](nowhere.md)"), tumble("weight: -1\n", ""), tumble("grades: k-5\naudience: families\n", ""),
			tumble("draft: true\n", ""), tumble("expires: 2026-01-01\n", ""), tumble("publish: 2027-01-01\n", ""), tumble("featured: [Reading]\n", ""),
			tumble("vendr: x\n", ""), tumble("new_until: 2026-12-24\n", "::hours\n"), tumble("", "::databases{format=video}\n"), "",
			"---\ntitle: Another name\nformats: [video, ebook]\nsubjects: [Fiction]\naccess: [{library: town, url: \"https://tumble.example.org/\"}]\n---\n",
		},
		"databases/tumble.es.md": {"", "---\ntitle: Cuentos\n---\n", "---\ntitle: Cuentos\ndescription: Leer\n---\n## Ayuda\n", "---\ntitle: Cuentos\ndraft: true\n---\n"},
		"databases/sora.md": {
			"---\ntitle: Sora\nformats: [ebook]\nsubjects: [Fiction]\naccess: [{library: town, url: \"https://sora.example.org/\"}]\n---\n",
			"---\ntitle: Sora by OverDrive\nformats: [ebook]\nsubjects: [Fiction]\naccess: [{library: town, url: \"https://sora.example.org/\"}]\n---\n[Help](tumble.md#get-help)\n",
		},
		"guides/teachers.md": {
			"---\ntitle: Teachers\n---\n[All](../databases/)\n", "---\ntitle: For teachers\ndescription: x\n---\n## One\n\n## Two\n\n[t](../databases/tumble.md)\n",
			"---\ntitle: Teachers\naudience: families\nupdated: 2026-11-01\n---\n![A card](card/card.png)\n", "---\ntitle: Teachers\n---\n![](card/card.png)\n",
			"---\ntitle: Teachers\nsubjects: [Reading]\n---\n::database{id=tumble}\n",
		},
		"guides/clases.es.md":  {"---\ntitle: Clases\nstandalone: true\n---\n[Todo](../databases/)\n", "---\ntitle: Otras clases\nstandalone: true\n---\n", ""},
		"guides/card/index.md": {"---\ntitle: Card\n---\n[Form](form.pdf) ![A card](card.png)\n", "---\ntitle: Card\nimage: card.png\nimage_alt: A card\n---\n", "---\ntitle: Card\n---\n[Form](form.pdf#page=2)\n"},
		"about.md":             {"---\ntitle: About\n---\nUs.\n", "---\ntitle: About us\nweight: 2\n---\n[Teachers](guides/teachers.md#two)\n", ""},
		"awards/bluestem/2027.md": {
			"---\ntitle: Bluestem 2027\nbooks:\n  - {title: Wish, author: A, isbn: 9780316381994}\n  - {title: Robot, author: B}\n---\n",
			"---\ntitle: Bluestem 2027\nbooks:\n  - {title: Wish, author: A, isbn: 9780316381994, formats: [\"ebook:sora\"]}\n---\n",
		},
		"libraries/town.md": {
			"---\ntitle: Town\nkind: public\nhours:\n  regular: {daily: 9am-5pm}\n---\n", "---\ntitle: Town library\nkind: public\nhours:\n  regular: {daily: 9am-6pm}\n---\n",
		},
		"site.yaml": {
			"title: Hub\nurl: https://hub.example.org/base/\nlanguages: [en, es]\ntimezone: America/Chicago\nsubjects:\n  - {id: fiction, title: Fiction}\n  - {id: reading, title: Reading}\n",
			"title: Hub\nurl: https://hub.example.org/base/\nlanguages: [en, es]\ntimezone: America/Chicago\nmenu: [databases, guides/teachers.md, about.md]\n",
		},
	}
}

// Whatever changes between two loads with one cache, the site is the one that a
// load without a cache makes, byte for byte, with the same findings.
func TestRevisedHubsMakeTheSameSite(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 2))
			h := newHub(t)
			h.write("links.lock", "")
			all := versions()
			files := sortedNames(all)
			opts := site.Options{Root: h.root, Now: civil.Start(civil.New(2026, 11, 26))}
			cached := opts
			cached.Cache = new(site.Cache)
			var early []publish.Artifact
			earlies := 0
			for step := range 30 {
				name := files[random.IntN(len(files))]
				version := all[name][random.IntN(len(all[name]))]
				if version != "" {
					h.write(name, version)
				} else if err := os.Remove(h.path(name)); err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
				cached.Early = func(pages []publish.Artifact) { early = pages }
				early = nil
				want, got := loaded(t, opts), loaded(t, cached)
				for i := range early {
					earlies++
					if text := filled(t, &early[i]); want["findings"] == "[]" && text != want[early[i].Path] {
						t.Errorf("after step %d, %s:\n%s\nthe page that came early is not the page that came: %s", step, name, version, cmp.Diff(want[early[i].Path], text))
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("after step %d, %s:\n%s\n%s", step, name, version, diff)
				}
			}
			t.Log(earlies, "pages came early")
		})
	}
}

func sortedNames(m map[string][]string) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// loaded returns all that a site has to say: its files and its findings.
func loaded(t *testing.T, opts site.Options) map[string]string {
	t.Helper()
	s, err := site.Load(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	if !s.Failed() {
		all = filledAll(t, s.Plan)
	}
	all["findings"] = fmt.Sprint(s.Findings)
	return all
}

// filledAll makes the files of a site, several at a time as a build does.
func filledAll(t *testing.T, plan *publish.Plan) map[string]string {
	t.Helper()
	const workers = 4
	texts := make([]string, len(plan.Artifacts))
	var group sync.WaitGroup
	for first := range workers {
		group.Go(func() {
			for i := first; i < len(texts); i += workers {
				texts[i] = filled(t, &plan.Artifacts[i])
			}
		})
	}
	group.Wait()
	all := make(map[string]string, len(texts))
	for i, text := range texts {
		all[plan.Artifacts[i].Path] = text
	}
	return all
}

func filled(t *testing.T, a *publish.Artifact) string {
	t.Helper()
	var w bytes.Buffer
	if err := a.Fill(&w); err != nil {
		t.Error(err) // not Fatal, which is for the test's own goroutine
	}
	return w.String()
}

// The page of an edited record comes early when nothing but its own words
// changed, and not when it has a mistake or when others show the difference.
func TestAnEditedPageComesEarly(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.write("about.md", "---\ntitle: About\n---\nUs.\n")
	h.record()
	opts := site.Options{Root: h.root, Now: civil.Start(civil.New(2026, 11, 26)), Cache: new(site.Cache)}
	var early []string
	opts.Early = func(pages []publish.Artifact) {
		for i := range pages {
			early = append(early, pages[i].Address())
		}
	}
	for _, step := range []struct {
		name, old, with string
		want            []string
	}{
		{"about.md", "", "", nil},
		{"databases/tumble.md", "title: Tumble", "title: Tumble Books", []string{"/databases/tumble/", "/embed/database/tumble/", "/es/databases/tumble/", "/es/embed/database/tumble/"}},
		{"guides/clases.es.md", "title: Clases", "title: Las clases", []string{"/es/guides/clases/"}},
		{"about.md", "Us.", "We.", []string{"/about/", "/es/about/"}},
		{"about.md", "We.", "## We", nil},
		{"about.md", "## We", "## We\n\n[x](../x.md)", nil},
		{"about.md", "[x](../x.md)", "", nil},
		{"databases/tumble.md", "[video]", "[video, ebook]", nil},
		{"libraries/town.md", "title: Town", "title: Our town", nil},
	} {
		h.replace(step.name, step.old, step.with)
		early = nil
		loaded(t, opts)
		if !slices.Equal(early, step.want) {
			t.Errorf("%s, %q for %q: early are %q", step.name, step.with, step.old, early)
		}
	}
}
