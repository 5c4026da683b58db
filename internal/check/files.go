package check

import (
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
)

// unnamedFiles warns of files beside pages that nothing names: they stay
// private, which is seldom what was meant.
func unnamedFiles(in Input) []diag.Finding {
	named := map[*hub.File]bool{}
	for _, f := range in.Hub.NamedFiles() {
		named[f] = true
	}
	var findings []diag.Finding
	for _, f := range in.Hub.Files {
		if !named[f] && !f.Mentioned && in.Plan.Lookup(f.Path[1:]) == nil {
			findings = append(findings, diag.Warnf(diag.Pos{File: f.Source}, "unnamed-file", "no page names this file, so it is not published").
				WithHint("link to it, or give it a name that begins with _"))
		}
	}
	return findings
}
