package site_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Random histories: whatever is renamed, moved, merged, deleted or put in
// another order, the site answers at every recorded address, or the build
// fails at a line of the ledger.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	steps := []func(h hubDir, n int){
		func(h hubDir, n int) { h.move("databases/sora.md", fmt.Sprintf("databases/sora-%d.md", n)) },
		func(h hubDir, n int) { h.remove("databases/tumble.md") },
		func(h hubDir, n int) {
			h.replace("awards/bluestem/2027.md", "title: Wish", fmt.Sprintf("title: Wish %d", n))
		},
		func(h hubDir, n int) { h.replace("awards/bluestem/2027.md", ", isbn: 9780316381994", "") },
		func(h hubDir, n int) { h.replace("awards/bluestem/2027.md", "  - {title: Robot, author: B}\n", "") },
		func(h hubDir, n int) { h.move("awards/bluestem", fmt.Sprintf("awards/blue-%d", n)) },
		func(h hubDir, n int) { h.replace("databases/tumble.md", "Reading", "Fiction") },
		func(h hubDir, n int) { h.remove("guides/teachers.md") },
		func(h hubDir, n int) { h.move("guides/card", fmt.Sprintf("guides/card-%d", n)) },
		func(h hubDir, n int) { h.remove("guides/clases.es.md") },
	}
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 1))
			h := newHub(t)
			order := random.Perm(len(steps))[:3]
			slices.Sort(order) // a folder that moves takes along what changes in it
			for _, i := range order {
				if i == 6 && slices.Contains(order, 1) {
					continue
				}
				steps[i](h, random.IntN(100))
			}
			for range 60 { // mend one lost address after the other, as a person would
				out, findings := h.build()
				if out != "" {
					h.answers(out)
					return
				}
				at := slices.IndexFunc(findings, func(f diag.Finding) bool { return f.Rule == "lost-address" })
				if at < 0 {
					t.Fatalf("the build failed, but not at the ledger: %v", findings)
				}
				line := strings.Split(h.read("links.lock"), "\n")[findings[at].Pos.Line-1]
				address, _, _ := strings.Cut(line, "\t")
				h.retire(address, "", "")
			}
			t.Error("no end of lost addresses")
		})
	}
}
