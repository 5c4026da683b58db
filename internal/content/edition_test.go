package content

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
)

// changed returns the base hub with edits (see TestRules) and more files.
func changed(t testing.TB, script string, more map[string]string) map[string]string {
	t.Helper()
	files := readArchive(t, "testdata/base.txtar")
	if script != "" {
		edit(t.(*testing.T), files, t.Name(), script)
	}
	maps.Copy(files, more)
	return files
}

func mustLoad(t testing.TB, files map[string]string, o Options) *hub.Hub {
	t.Helper()
	h, findings := loadAt(t, files, o)
	if errors, _ := diag.Count(findings); errors > 0 {
		t.Fatal(findings)
	}
	return h
}

func TestTranslationsInherit(t *testing.T) {
	h := mustLoad(t, changed(t, "", nil), Options{Now: monday})
	if len(h.Editions) != 2 {
		t.Fatalf("%d editions", len(h.Editions))
	}
	es := h.Editions[1]
	sora, list := es.Database("sora"), es.Award("bluestem").Lists[0]
	pool := es.Library("children")
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"prefix", es.Prefix, "/es"},
		{"title of the site", es.Site.Title, "Centro de recursos de las bibliotecas de Prairie"},
		{"inherited description", es.Site.Description, "E-books, reading awards and hours from your school and public library."},
		{"translated description", sora.Description, "Libros electrónicos y audiolibros."},
		{"language of the page", sora.Lang.String() + " " + sora.DescriptionLang.String() + " " + sora.BodyLang.String(), "es es en"},
		{"language of an inherited description", list.Lang.String() + " " + list.DescriptionLang.String(), "es en"},
		{"body of the original", sora.Body.Summary, "Read in class."},
		{"inherited formats", fmt.Sprint(sora.Formats), "[ebook audiobook]"},
		{"sign-in of the translation", sora.Access[0].SignIn, "Tu cuenta escolar de Google"},
		{"address of the original", sora.Access[0].URL, "https://soraapp.com/library/cardinal"},
		{"sign-in by a phrase", sora.Access[1].SignIn, "Número de tarjeta y PIN"},
		{"behind the proxy", sora.Access[1].Link, "https://login.proxy.example.org/login?url=https://soraapp.com/library/prairiegrove"},
		{"own library objects", sora.Access[1].Library == es.Library("prairie-grove"), true},
		{"subject", sora.Subjects[1].Title, "Alfabetización inicial"},
		{"featured", sora.Featured[0] == sora.Subjects[0], true},
		{"not translated", es.Award("bluestem").Lang.String(), "en"},
		{"book", list.Books[0].Note, "Un robot aprende a vivir en la naturaleza."},
		{"reason of a library's rule", es.Site.Phrase("Snow day"), "Día de nieve"},
		{"department's sign-in", pool.SignIn, "Número de tarjeta y PIN"},
		{"aliases", len(es.Guide("for-teachers").Aliases), 0},
		{"original's aliases", h.Default().Guide("for-teachers").Aliases[0].Path, "/teachers/"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestBranchesInherit(t *testing.T) {
	h := mustLoad(t, changed(t, "", map[string]string{
		"content/libraries/north.md": "---\ntitle: North branch\nparent: prairie-grove\nphone: \"1\"\n---\n",
	}), Options{Now: monday})
	desk, north, main := h.Default().Library("children"), h.Default().Library("north"), h.Default().Library("prairie-grove")
	if desk.Phone != main.Phone || desk.Address != main.Address || desk.Catalog != main.Catalog || desk.Proxy != main.Proxy || desk.OwnCatalog {
		t.Errorf("the desk has %+v", desk)
	}
	if north.Phone != "1" || !north.Address.IsZero() || north.Kind != hub.Branch || north.Hours == nil {
		t.Errorf("the branch has %+v", north)
	}
	if got := []string{h.Default().Libraries[1].ID, h.Default().Libraries[2].ID, h.Default().Libraries[3].ID}; !slices.Equal(got, []string{"prairie-grove", "children", "north"}) {
		t.Errorf("order %v", got)
	}
	held := h.Default().Award("bluestem").Lists[0].Books[1].HeldBy
	if len(held) != 2 || held[0].ID != "cardinal-elementary" {
		t.Errorf("held by %d libraries", len(held))
	}
}

func TestTimeTakesPagesAway(t *testing.T) {
	for _, c := range []struct {
		fields string
		now    civil.Date
		drafts bool
		want   hub.State
	}{
		{"draft: true", civil.New(2026, 11, 23), false, hub.Draft},
		{"draft: true", civil.New(2026, 11, 23), true, hub.Live},
		{"publish: 2026-11-24", civil.New(2026, 11, 23), false, hub.Upcoming},
		{"publish: 2026-11-23", civil.New(2026, 11, 23), false, hub.Live},
		{"expires: 2026-11-23", civil.New(2026, 11, 23), false, hub.Live},
		{"expires: 2026-11-22", civil.New(2026, 11, 23), false, hub.Ended},
		{"title: Sora", civil.New(2026, 10, 31), false, hub.Upcoming}, // the trial
		{"title: Sora", civil.New(2026, 12, 15), false, hub.Live},
		{"title: Sora", civil.New(2026, 12, 16), false, hub.Ended},
	} {
		files := readArchive(t, "testdata/base.txtar")
		const name = "content/databases/sora.md"
		files[name] = strings.Replace(files[name], "title: Sora", "title: Sora\n"+strings.TrimPrefix(c.fields, "title: Sora"), 1)
		h, _ := loadAt(t, files, Options{Now: civil.Start(c.now), Drafts: c.drafts})
		page := h.Default().PageAt("/databases/sora/")
		if page.State != c.want {
			t.Errorf("%s on %s: state %v, want %v", c.fields, c.now, page.State, c.want)
		}
		if onSite := h.Default().Database("sora") != nil; onSite != page.OnSite() {
			t.Errorf("%s on %s: on the site %v", c.fields, c.now, onSite)
		}
	}
}

func TestListsRun(t *testing.T) {
	list := func(fields string) string { return "---\ntitle: A list\n" + fields + "---\n" }
	h := mustLoad(t, changed(t, "", map[string]string{
		"content/awards/caudill/2025.md":     list(""),
		"content/awards/caudill/2026.md":     list("publish: 2026-03-01\n"),
		"content/awards/caudill/2026-27.md":  list(""),
		"content/awards/caudill/summer.md":   list("runs: {from: 2026-06-01, to: 2026-08-31}\n"),
		"content/awards/caudill/staff.md":    list(""),
		"content/awards/caudill/2027-28.md":  list("publish: 2027-01-01\n"),
		"content/awards/newbery/winners.md":  list("year: 2024\n"),
		"content/awards/newbery/1922-23.md":  list("voting: [{library: prairie-grove, from: 2026-11-01, to: 2026-12-01}]\n"),
		"content/awards/newbery/index.es.md": "---\ntitle: x\n---\n",
		"content/awards/newbery/index.md":    "---\ntitle: Newbery Medal\n---\n",
	}), Options{Now: monday})
	var got []string
	for _, a := range h.Default().Awards {
		got = append(got, a.Title)
		for _, l := range a.Lists {
			line := fmt.Sprintf("%s %d %s..%s", l.ID, l.Year, l.Runs.From, l.Runs.Until)
			if l.Current {
				line += " current"
			}
			got = append(got, line)
		}
	}
	want := []string{
		"Bluestem Award",
		"2027 2027 2026-09-01..2027-03-31 current",
		"2018-19 2019 ..2019-08-31",
		"Caudill",
		"2026-27 2027 ..2027-08-31 current",
		"2026 2026 2026-03-01..2026-12-31 current",
		"2025 2025 ..2025-12-31",
		"staff 0 .. current",
		"summer 0 2026-06-01..2026-08-31",
		"Newbery Medal",
		"winners 2024 ..2024-12-31 current",
		"1922-23 1923 ..2026-12-01 current",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStandalonePageIsInItsLanguageOnly(t *testing.T) {
	h := mustLoad(t, changed(t, "", map[string]string{
		"content/guides/clases.es.md": "---\ntitle: Clases\nstandalone: true\naliases: [/clases/]\n---\n",
	}), Options{Now: monday})
	if h.Default().Guide("clases") != nil || h.Default().PageAt("/guides/clases/") != nil {
		t.Error("it is in English")
	}
	g := h.Editions[1].Guide("clases")
	if g == nil || !g.Standalone || g.Lang.String() != "es" || len(g.Aliases) != 1 {
		t.Errorf("got %+v", g)
	}
}

func TestCacheChangesNothing(t *testing.T) {
	cache := &Cache{}
	files := changed(t, "", nil)
	for _, script := range []string{"", "databases/sora.md | Read in class. | Read at home. [x](", "awards/bluestem/old.csv | winner | winer", "awards/bluestem/2027.md | title: Wish | id: wish-two\\n    title: Wish"} {
		if script != "" {
			edit(t, files, "cache", script)
		}
		_, cached := loadAt(t, files, Options{Now: monday, Cache: cache})
		_, fresh := loadAt(t, files, Options{Now: monday})
		if diff := cmp.Diff(fresh, cached); diff != "" {
			t.Errorf("%q:\n%s", script, diff)
		}
	}
	// A caller who watches the files is believed.
	edit(t, files, "cache", "databases/sora.md | vendor: OverDrive | vendr: OverDrive")
	for found, changed := range []string{"", "content/databases/sora.md"} {
		_, findings, err := Load(t.Context(), Options{FS: watched{mapFS(files), cache, changed}, Now: monday, Cache: cache})
		if err != nil || len(findings) != 1+found {
			t.Errorf("%q changed: %v %v", changed, err, findings)
		}
	}
	delete(files, "content/databases/sora.es.md")
	loadAt(t, files, Options{Now: monday, Cache: cache})
	if cache.files["content/databases/sora.es.md"] != nil {
		t.Error("a file that is gone is still in the cache")
	}
}

// watched is a file system that says that all files but one are as they were.
type watched struct {
	fstest.MapFS
	cache   *Cache
	changed string
}

func (w watched) Sum(name string) (Sum, bool) {
	f := w.cache.files[name]
	if f == nil || name == w.changed {
		return Sum{}, false
	}
	return f.sum, true
}

// unreadable is a file system in which one file cannot be read.
type unreadable struct{ fstest.MapFS }

func (u unreadable) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, "sora.md") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.Open(name)
}

func TestTroubleWithTheMachineIsAnError(t *testing.T) {
	_, _, err := Load(context.Background(), Options{FS: fstest.MapFS{}, Now: monday})
	if err == nil || err.Error() != "read content: file does not exist" {
		t.Errorf("no folder: %v", err)
	}
	fsys := fstest.MapFS{}
	for name, text := range readArchive(t, "testdata/base.txtar") {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	_, _, err = Load(context.Background(), Options{FS: unreadable{fsys}, Now: monday})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "read content/databases/sora.md: ") {
		t.Errorf("no permission: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Load(ctx, Options{FS: fsys, Now: monday}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestSubjectsWithoutAVocabulary(t *testing.T) {
	files := readArchive(t, "testdata/base.txtar")
	files["content/site.yaml"] = "title: x\nurl: https://example.org\nlanguages: [en, es]\ntimezone: America/Chicago\n"
	files["content/guides/for-teachers.md"] = "---\ntitle: x\nsubjects: [early-literacy, Science fiction]\n---\n"
	h := mustLoad(t, files, Options{Now: monday})
	var got []string
	for _, s := range h.Default().Site.Subjects {
		got = append(got, s.ID+"="+s.Title)
	}
	if want := []string{"early-literacy=Early literacy", "fiction=Fiction", "science-fiction=Science fiction"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if h.Default().Site.URL.String() != "https://example.org/" {
		t.Errorf("url %s", h.Default().Site.URL)
	}
}

// A hub whose every file is damaged must neither crash nor hang.
func FuzzLoad(f *testing.F) {
	base := readArchive(f, "testdata/base.txtar")
	for _, name := range slices.Sorted(maps.Keys(base)) {
		f.Add(name, base[name])
	}
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range archives {
		for file, text := range readArchive(f, name) {
			if _, path, ok := strings.Cut(file, "/"); ok && strings.HasPrefix(path, "content/") {
				f.Add(path, text)
			}
		}
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		fsys := fstest.MapFS{}
		for file, text := range base {
			fsys[file] = &fstest.MapFile{Data: []byte(text)}
		}
		if !fs.ValidPath(name) || !strings.HasPrefix(name, "content/") {
			name = "content/awards/bluestem/old.csv"
		}
		for file := range base {
			if strings.HasPrefix(file, name+"/") || strings.HasPrefix(name, file+"/") {
				return
			}
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
		h, findings, err := Load(context.Background(), Options{FS: fsys, Now: monday})
		if err != nil || h == nil {
			t.Fatal(err)
		}
		for _, finding := range findings {
			if finding.Pos.File == "" || finding.Message == "" || finding.Rule == "" {
				t.Errorf("a finding without a place or text: %+v", finding)
			}
		}
	})
}

func FuzzTable(f *testing.F) {
	f.Add("title,isbn\nWish,1\n")
	f.Add("title;author\n\"a;b\";c\n")
	f.Add("sep=;\ntitle\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Count(text, "\n") + 1
		for _, finding := range parseTable("content/a.csv", text).findings {
			if finding.Pos.Line < 1 || finding.Pos.Line > lines || finding.Pos.Col < 1 {
				t.Errorf("a place outside the file: %v", finding)
			}
		}
	})
}

func FuzzGrades(f *testing.F) {
	for _, s := range []string{"k-5", "prek–2", "adult", "5-Mar", "13", "k-k", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g, err := hub.ParseGrades(s)
		gradeHint(s)
		if err != nil {
			return
		}
		var again hub.Grades
		for part := range strings.SplitSeq(g.String(), ",") {
			h, err := hub.ParseGrades(part)
			if err != nil {
				t.Fatalf("%q is written %q: %v", s, g, err)
			}
			again |= h
		}
		if again != g {
			t.Errorf("%q is written %q, which is another set", s, g)
		}
	})
}

// 2026-11-24, 2 shared cores: 16 ms for the sample (80 records in two
// languages), and 6 ms when no file changed.
func BenchmarkLoad(b *testing.B) {
	for _, c := range []struct {
		name  string
		cache *Cache
	}{{"cold", nil}, {"warm", &Cache{}}} {
		b.Run(c.name, func(b *testing.B) {
			now := civil.Start(civil.New(2026, time.November, 23))
			for b.Loop() {
				if _, _, err := Load(context.Background(), Options{FS: os.DirFS("../.."), Now: now, Cache: c.cache}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
