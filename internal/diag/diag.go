// Package diag is what the program says to authors: a finding is a mistake in
// a hub's content, with the place, what is wrong and the way out.
//
// Findings are data. Every package that reads content returns them; nobody
// prints them but cmd, and nobody stops at the first one. Troubles of the
// machine (a full disk, an unreadable folder) are ordinary Go errors and not
// findings.
//
//	f := diag.Errorf(pos, "unknown-field", "unknown field %q", "urll").
//		WithHint(diag.DidYouMean("urll", []string{"url", "title"}))
//	fmt.Println(f) // content/databases/libby.md:7:3: error: unknown field "urll" (did you mean "url"?) [unknown-field]
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Pos is a place in a file of the hub.
// The zero Pos is "no place"; a Pos with a file but no line means the file as
// a whole and prints as 1:1.
type Pos struct {
	File string // relative to the hub's root, with slashes
	Line int    // from 1
	Col  int    // in characters (code points), from 1
}

// String formats the place as FILE:LINE:COL.
func (p Pos) String() string {
	return fmt.Sprintf("%s:%d:%d", p.File, max(p.Line, 1), max(p.Col, 1))
}

// Compare orders places by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Severity tells whether a finding stops a build.
type Severity int

// The severities. The zero Severity is Error.
const (
	Error   Severity = iota // the build writes nothing
	Warning                 // the build goes on
)

// String is the word that findings are printed with.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Finding is one mistake. It is a value: copy it freely.
type Finding struct {
	Pos      Pos
	Severity Severity
	Rule     string // kebab-case words, such as "dead-link"
	Message  string // what is wrong, lower case, no final stop
	Hint     string // what to do about it; empty if there is no single good advice

	// Timely marks a warning that the passing of time alone brings, such as a
	// published period that nears its end. "build --strict" passes over it.
	Timely bool
}

// Errorf makes an error.
func Errorf(pos Pos, rule, format string, args ...any) Finding {
	return Finding{Pos: pos, Rule: rule, Message: fmt.Sprintf(format, args...)}
}

// Warnf makes a warning.
func Warnf(pos Pos, rule, format string, args ...any) Finding {
	return Finding{Pos: pos, Severity: Warning, Rule: rule, Message: fmt.Sprintf(format, args...)}
}

// WithHint returns the finding with its hint set; an empty hint changes nothing.
func (f Finding) WithHint(hint string) Finding {
	if hint != "" {
		f.Hint = hint
	}
	return f
}

// ByTime returns the finding marked as one that time alone brings.
func (f Finding) ByTime() Finding {
	f.Timely = true
	return f
}

// String formats the finding as the one line that the contract fixes:
// FILE:LINE:COL: error: MESSAGE (HINT) [rule].
func (f Finding) String() string {
	hint := ""
	if f.Hint != "" {
		hint = " (" + f.Hint + ")"
	}
	return fmt.Sprintf("%s: %s: %s%s [%s]", f.Pos, f.Severity, oneLine(f.Message), oneLine(hint), f.Rule)
}

// Sort puts findings in the order in which they are shown (file, line, column,
// errors first, message) and removes those that say the same of the same
// place. It works in place and returns the shortened slice.
func Sort(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(a.Pos.Compare(b.Pos), cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Message, b.Message), cmp.Compare(a.Rule, b.Rule))
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Pos == b.Pos && a.Severity == b.Severity && a.Message == b.Message
	})
}

// Count returns how many of the findings are errors and how many are warnings.
func Count(findings []Finding) (errors, warnings int) {
	for _, f := range findings {
		if f.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}
