package publish

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// endingContext ends after it was asked a number of times.
type endingContext struct {
	context.Context
	mu   sync.Mutex
	left int
}

// Err counts.
func (c *endingContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestAddressAndBack(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"index.html": "/", "databases/sora/index.html": "/databases/sora/", "feed.xml": "/feed.xml",
		"a b/100%.pdf": "/a%20b/100%25.pdf", "libros/años/index.html": "/libros/a%C3%B1os/", "what?#.txt": "/what%3F%23.txt",
		"xindex.html": "/xindex.html", ".nojekyll": "/.nojekyll",
	} {
		if got := Address(path); got != want {
			t.Errorf("Address(%q) = %q, want %q", path, got, want)
		}
		if got := PathOf(want + "#part"); got != path {
			t.Errorf("PathOf(%q) = %q, want %q", want, got, path)
		}
	}
	for _, bad := range []string{"", "feed.xml", "https://example.org/", "#top", "/%zz"} {
		if got := PathOf(bad); got != "" {
			t.Errorf("PathOf(%q) = %q", bad, got)
		}
	}
}

func TestPlanFindings(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, paths, want string }{
		{"all well", "a/index.html a/b.txt a.txt index.html a-b", ""},
		{"one path twice", "a/index.html a/index.html", "second.md:1:1: error: two files of the site have one address, /a/; the other comes from first.md (rename one of them) [same-address]"},
		{"letter case", "a/Guide.pdf a/guide.pdf", `second.md:1:1: error: "a/guide.pdf" and "a/Guide.pdf" differ in letter case only, and not every system keeps them apart; the other comes from first.md (rename one of them) [same-address]`},
		{"letter case of a folder", "Guides/a guides/a", `"guides/a" and "Guides/a" differ in letter case only`},
		{"letter case beyond ASCII", "É É́ é", "differ in letter case only"},
		{"composed and not", "\u00e9 e\u0301", "differ in letter case only"},
		{"a folder in the way", "a/b/c a/B", `"a/B" is a file here and a folder in "a/b/c"`},
		{"a file in the way", "a a/b/c", `"a/b/c" needs a folder where "a" is a file; the other comes from first.md`},
		{"the manifest", "Manifest.json", `the list of the site's files is written to "manifest.json"`},
		{"devices", "x/con.html", `"con.html" in "x/con.html" is a device on Windows and cannot be a file (rename the file) [file-name]`},
		{"device folders", "databases/aux/index.html", `"aux"`},
		{"superscript devices", "COM¹", `"COM¹" in "COM¹" is a device`},
		{"no device", "console/com10/nulls/lpt", ""},
		{"final dot", "a./b", "ends with a dot or a blank"},
		{"characters", "a:b", "a character that Windows does not take"},
		{"a backslash", `a\b`, "a character that Windows does not take"},
		{"upwards", "../a", `"../a" is no path of a file in the site`},
		{"nothing", "", ""},
		{"rooted", "/a", "is no path"},
		{"a long name", strings.Repeat("x", 256), "longer than 255 bytes"},
		{"our own names", ".Twinshelf-lock", "kept for the program"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var artifacts []Artifact
			for i, path := range strings.Fields(c.paths) {
				artifacts = append(artifacts, Artifact{Path: path, Source: []string{"first.md", "second.md", "third.md"}[min(i, 2)]})
			}
			plan, findings := NewPlan(artifacts)
			if c.want == "" {
				if len(findings) != 0 {
					t.Errorf("got %v", findings)
				}
				return
			}
			if len(findings) != 1 || !strings.Contains(findings[0].String(), c.want) {
				t.Errorf("got  %v\nwant %s", findings, c.want)
			}
			if len(plan.Artifacts) != len(artifacts)-1 {
				t.Errorf("%d artifacts in the plan", len(plan.Artifacts))
			}
		})
	}
}

func TestCollisionIsReportedAtItsPlace(t *testing.T) {
	t.Parallel()
	at := diag.Pos{File: "content/b.md", Line: 3, Col: 10}
	_, findings := NewPlan([]Artifact{{Path: "a"}, {Path: "a", Source: "content/b.md", Pos: at}})
	want := "content/b.md:3:10: error: two files of the site have one address, /a; the program itself writes the other (rename one of them) [same-address]"
	if len(findings) != 1 || findings[0].String() != want {
		t.Errorf("got %v", findings)
	}
}

func TestOneFindingForOnePlace(t *testing.T) {
	t.Parallel()
	_, findings := NewPlan([]Artifact{{Path: "a", Source: "a.md"}, {Path: "es/a", Source: "a.md"}, {Path: "A", Source: "A.md"}, {Path: "es/A", Source: "A.md"}})
	if len(findings) != 1 || !strings.Contains(findings[0].Message, `"A" and "a"`) {
		t.Errorf("got %v", findings)
	}
}

func TestPlanIsSortedAndFound(t *testing.T) {
	t.Parallel()
	given := []Artifact{{Path: "b/index.html"}, {Path: "a b"}, {Path: "index.html"}}
	plan, _ := NewPlan(given)
	var got []string
	for i := range plan.Artifacts {
		got = append(got, plan.Artifacts[i].Address())
	}
	if fmt.Sprint(got) != "[/a%20b /b/ /]" {
		t.Errorf("got %v", got)
	}
	if given[0].Path != "b/index.html" {
		t.Error("the caller's slice was sorted")
	}
	for address, path := range map[string]string{"/": "index.html", "/b/#x": "b/index.html", "/a%20b": "a b"} {
		if a := plan.At(address); a == nil || a.Path != path {
			t.Errorf("At(%q) = %v", address, a)
		}
	}
	for _, address := range []string{"/b", "b/", "/../b/", ""} {
		if a := plan.At(address); a != nil {
			t.Errorf("At(%q) = %v", address, a)
		}
	}
}

func TestManifest(t *testing.T) {
	t.Parallel()
	plan := site(t, map[string]string{"b": "bee", "a/q &c": "", "ñ/index.html": "x"})
	text := memory(t, plan)[ManifestName]
	want := `{"generator":"twinshelf","files":[
{"path":"a/q &c","size":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
{"path":"b","size":3,"sha256":"62cb81b5904a262ffaeed02abef36bfc540b09f964b8b0b636662f77ffce6714"},
{"path":"ñ/index.html","size":1,"sha256":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}
]}
`
	if text != want {
		t.Errorf("got %s", text)
	}
	files, ok := ReadManifest([]byte(text))
	if again := encodeManifest(files); !ok || string(again) != text {
		t.Errorf("read back: %s", again)
	}
}

func FuzzReadManifest(f *testing.F) {
	f.Add([]byte(`{"generator":"twinshelf","files":[{"path":"../x","size":1,"sha256":"zz"},{"path":"a","size":-1}]}`))
	f.Add([]byte(`{"generator":"other"}`))
	f.Add(encodeManifest([]File{{Path: "a/b", Size: 3}}))
	// What is read can be written and read again, and leads nowhere else.
	f.Fuzz(func(t *testing.T, text []byte) {
		files, ok := ReadManifest(text)
		if !ok {
			return
		}
		for _, file := range files {
			if strings.HasPrefix(file.Path, "/") || strings.Contains("/"+file.Path+"/", "/../") {
				t.Errorf("path %q", file.Path)
			}
		}
		encoded := encodeManifest(files)
		if !json.Valid(encoded) {
			t.Fatalf("not JSON: %s", encoded)
		}
		again, ok := ReadManifest(encoded)
		if !ok || fmt.Sprint(again) != fmt.Sprint(files) {
			t.Errorf("got %v, want %v", again, files)
		}
	})
}
