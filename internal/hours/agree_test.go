package hours

import (
	"flag"
	"testing"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

var generated = flag.Int("hubs", 400, "how many generated hubs the two resolvers are compared on")

// TestAgreesWithTheSlowResolver compares the package day by day with a second
// resolver that was written from the text alone.
func TestAgreesWithTheSlowResolver(t *testing.T) {
	t.Parallel()
	now := noon("2026-11-23")
	for seed := range uint64(*generated) {
		g := newGenerator(seed)
		h := g.hub()
		calendar, findings := New(h.spec(now))
		for _, f := range findings {
			if f.Severity == diag.Error && f.Rule != "rules-disagree" && f.Rule != "regular-missing" {
				t.Fatalf("hub %d: unexpected %s", seed, f)
			}
		}
		for range 60 {
			d := g.aDay()
			for _, l := range h.libraries {
				got, want := asPlain(calendar.Library(l.id).Day(civil.Of(d))), h.answer(l.id, d, now).String()
				if got != want {
					t.Fatalf("hub %d, library %s, %s:\ngot  %s\nwant %s", seed, l.id, d.Format("2006-01-02"), got, want)
				}
			}
		}
	}
}
