package linkcheck

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sample() Report {
	return Report{Asked: true, Links: []Result{
		{URL: "https://a.example/", State: OK, Pages: []string{"/"}},
		{URL: "https://b.example/?a=b&c", State: Redirect, To: "https://c.example/", Pages: []string{"/databases/b/", "/guides/x/"}, Libraries: []string{"grove"}},
		{URL: "https://d.example/", State: Dead, Reason: "404 Not Found; failed on 2026-11-01, 2026-11-08, 2026-11-15", Pages: []string{"/databases/d/"}, Libraries: []string{"cardinal", "grove"}},
		{URL: "http://e.example/", State: OK, Pages: []string{"/databases/d/"}, Notes: []string{"it begins with http://"}},
		{URL: "https://f.example/", State: CouldNotTell, Reason: "the server turns programs away (403 Forbidden)", Pages: []string{"/"}},
	}}
}

func TestTextReport(t *testing.T) {
	t.Parallel()
	want := `5 outside addresses: 2 ok, 1 redirect, 1 dead, 1 could not tell, 1 with a note

By page

  /
    could not tell  https://f.example/
      the server turns programs away (403 Forbidden)

  /databases/b/
    redirect  https://b.example/?a=b&c
      leads to https://c.example/

  /databases/d/
    dead  https://d.example/
      404 Not Found; failed on 2026-11-01, 2026-11-08, 2026-11-15
    ok  http://e.example/
      it begins with http://

  /guides/x/
    redirect  https://b.example/?a=b&c
      leads to https://c.example/

By library

  cardinal
    dead  https://d.example/
      404 Not Found; failed on 2026-11-01, 2026-11-08, 2026-11-15

  grove
    redirect  https://b.example/?a=b&c
      leads to https://c.example/
    dead  https://d.example/
      404 Not Found; failed on 2026-11-01, 2026-11-08, 2026-11-15
`
	var b strings.Builder
	if err := sample().WriteText(&b); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestTextReportWithoutAsking(t *testing.T) {
	t.Parallel()
	report := Review(Hub{Links: []Link{{URL: "https://a.example/", Page: "/"}}}, Memory{})
	var b strings.Builder
	if err := report.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	want := "1 outside address: 1 could not tell; nothing was asked, \"twinshelf links --external\" does\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestJSONReport(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := (Report{Links: sample().Links[1:2]}).WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	want := `{
  "links": [
    {
      "url": "https://b.example/?a=b&c",
      "state": "redirect",
      "to": "https://c.example/",
      "pages": [
        "/databases/b/",
        "/guides/x/"
      ],
      "libraries": [
        "grove"
      ],
      "reason": "",
      "notes": []
    }
  ]
}
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	b.Reset()
	if err := (Report{}).WriteJSON(&b); err != nil || b.String() != "{\n  \"links\": []\n}\n" {
		t.Errorf("no links: %q, %v", b.String(), err)
	}
}
