package linkcheck

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/content"
	"github.com/twinshelf/twinshelf/internal/diag"
)

func TestCollect(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"site.yaml": "title: Hub\nurl: https://hub.example.org/base/\nlanguages: [en, es]\nmenu: [databases, {title: Menu, url: \"https://menu.example/\"}]\n",
		"index.md":  "---\ntitle: Hub\n---\n[a](https://text.example/a) <https://text.example/b> [mail](mailto:a@example.org) [in](databases/paid.md) ![p](https://picture.example/)\n",
		"libraries/town.md": "---\ntitle: Town\nkind: public\nurl: https://town.example/\ncard: {url: \"https://town.example/card\"}\nproxy: {prefix: \"https://proxy.example/login?url=\"}\n" +
			"catalog: {url: \"https://catalog.example/home\", isbn: \"https://catalog.example/isbn/{isbn}\", search: \"https://search.example/?q={query}\"}\n---\n",
		"libraries/branch.md": "---\ntitle: Branch\nkind: branch\nparent: town\n---\n",
		"databases/paid.md": "---\ntitle: Paid\naccess:\n  - {library: town, url: \"https://paid.example/\", proxy: true}\n  - {library: branch, where: in-library}\n" +
			"apps: {ios: \"https://apps.example/ios\"}\nprivacy: https://paid.example/privacy\n---\n",
		"databases/paid.es.md":        "---\ntitle: De pago\n---\n[solo aquí](https://es.example/)\n",
		"databases/free.md":           "---\ntitle: Free\naccess: [{everyone: true, url: \"https://free.example/\"}]\n---\n",
		"databases/ended.md":          "---\ntitle: Ended\nexpires: 2026-11-01\naccess: [{everyone: true, url: \"https://ended.example/\"}]\n---\n",
		"databases/later.md":          "---\ntitle: Later\npublish: 2027-01-01\naccess: [{everyone: true, url: \"https://later.example/\"}]\n---\n",
		"awards/bluestem/index.md":    "---\ntitle: Bluestem\nurl: https://award.example/\n---\n",
		"awards/bluestem/2027.md":     "---\ntitle: Bluestem 2027\nvoting: [{library: town, from: 2027-02-01, to: 2027-03-05, url: \"https://vote.example/\"}]\nbooks: [{title: Wish, isbn: 9780316381994}, {title: Robot}]\n---\n",
		"awards/bluestem/no-books.md": "---\ntitle: None\nurl: https://none.example/\nbooks: []\n---\n",
	} {
		files["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	h, findings, err := content.Load(context.Background(), content.Options{FS: files, Now: civil.Start(monday)})
	if err != nil {
		t.Fatal(err)
	}
	if errors, _ := diag.Count(findings); errors > 0 {
		t.Fatal(findings)
	}
	got := Collect(h)
	slices.SortFunc(got.Links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.URL, b.URL))
	})
	want := Hub{
		Proxies: []Proxy{{Library: "town", Prefix: "https://proxy.example/login?url="}, {Library: "branch", Prefix: "https://proxy.example/login?url="}},
		Links: []Link{
			{URL: "https://menu.example/", Page: "/", Open: true},
			{URL: "https://picture.example/", Page: "/"},
			{URL: "https://text.example/a", Page: "/"},
			{URL: "https://text.example/b", Page: "/"},
			{URL: "https://award.example/", Page: "/awards/bluestem/", Open: true},
			{URL: "https://award.example/", Page: "/awards/bluestem/2027/", Open: true},
			{URL: "https://catalog.example/home", Page: "/awards/bluestem/2027/", Library: "town", Open: true},
			{URL: "https://search.example/", Page: "/awards/bluestem/2027/", Library: "town", Open: true},
			{URL: "https://vote.example/", Page: "/awards/bluestem/2027/", Library: "town", Open: true},
			{URL: "https://none.example/", Page: "/awards/bluestem/no-books/", Open: true},
			{URL: "https://free.example/", Page: "/databases/free/", Database: "free", Open: true},
			{URL: "https://apps.example/ios", Page: "/databases/paid/", Open: true},
			{URL: "https://paid.example/", Page: "/databases/paid/", Library: "town", Database: "paid", Proxied: true},
			{URL: "https://paid.example/privacy", Page: "/databases/paid/", Open: true},
			{URL: "https://es.example/", Page: "/es/databases/paid/"},
			{URL: "https://catalog.example/home", Page: "/libraries/branch/", Library: "branch", Open: true},
			{URL: "https://search.example/", Page: "/libraries/branch/", Library: "branch", Open: true},
			{URL: "https://catalog.example/home", Page: "/libraries/town/", Library: "town", Open: true},
			{URL: "https://search.example/", Page: "/libraries/town/", Library: "town", Open: true},
			{URL: "https://town.example/", Page: "/libraries/town/", Library: "town", Open: true},
			{URL: "https://town.example/card", Page: "/libraries/town/", Library: "town", Open: true},
		},
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
