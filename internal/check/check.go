// Package check holds the rules that need the whole hub and the plan of the
// whole site: whether every link leads somewhere, whether two pages want one
// address, whether a promised address is lost. What can be judged from one
// file alone is judged by package content when it reads the file.
//
// A rule is a function that returns findings; [Run] calls all of them. The
// correct hub of cmd/twinshelf/testdata leaves all silent, and the table of
// mistakes beside it makes each fire; what a hub's history brings is tested in
// package site.
//
//	findings := check.Run(check.Input{Hub: h, Plan: made.Plan, Promised: made.Promised, …, Words: words})
package check

import (
	"iter"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Input is what the rules look at.
type Input struct {
	Hub  *hub.Hub      // required
	Plan *publish.Plan // required

	// What the site promises for good, as package output made it; anchors last.
	Promised iter.Seq[ledger.Entry]
	Moved    map[string]string // old paths to the paths that they lead to
	Retired  map[string]bool   // paths of what stands at retired addresses

	Words        *lang.Dictionary // required
	Untranslated bool             // say also which pages and words a language lacks
}

// Run returns what all rules find, in no particular order.
func Run(in Input) []diag.Finding {
	var findings []diag.Finding
	for _, rule := range rules() {
		findings = append(findings, rule(in)...)
	}
	return findings
}

// rules lists the rules.
func rules() []func(Input) []diag.Finding {
	return []func(Input) []diag.Finding{
		deadLinks,
		aliases,
		unnamedFiles,
		lostAddresses,
		retirements,
		swappedPages,
		lackingWords,
		untranslated,
	}
}
