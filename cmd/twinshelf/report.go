package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/site"
)

// changes is what "build --json" prints (contract, section 1).
type changes struct {
	Added    []string      `json:"added"`
	Changed  []string      `json:"changed"`
	Removed  []string      `json:"removed"`
	Findings []diag.Record `json:"findings"`
}

func writeChanges(w io.Writer, r site.Report) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(changes{
		Added: orEmpty(r.Added), Changed: orEmpty(r.Changed), Removed: orEmpty(r.Removed),
		Findings: diag.Records(r.Findings),
	})
}

// orEmpty keeps JSON from saying null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// summary is the last line of a build.
func summary(r site.Report, out string, took time.Duration, dryRun bool) string {
	var b strings.Builder
	verb := "built"
	if dryRun {
		verb = "would build"
	}
	fmt.Fprintf(&b, "%s %s: %s, %s, %s in %s", verb, out, count(r.Pages, "page"), count(r.Files, "file"), size(r.Bytes), seconds(took))
	_, warnings := diag.Count(r.Findings)
	fmt.Fprintf(&b, "; %s", count(warnings, "warning"))
	if r.NextChange.IsZero() {
		b.WriteString("; no date ahead changes its text")
	} else {
		fmt.Fprintf(&b, "; its text next changes by itself on %s", r.NextChange)
	}
	if r.Unrecorded > 0 {
		verb := "is"
		if r.Unrecorded > 1 {
			verb = "are"
		}
		fmt.Fprintf(&b, "; %s %s not in the ledger yet (twinshelf record)", count(r.Unrecorded, "address"), verb)
	}
	return b.String()
}

func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "s"):
		return fmt.Sprintf("%d %ses", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func size(bytes int64) string {
	switch {
	case bytes < 1e3:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1e6:
		return fmt.Sprintf("%.0f kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
