// Package ledger is the form of the two files in which a hub remembers the
// addresses that it ever published: content/links.lock, one line for each
// address, and content/retired.yaml, the addresses that were given up.
//
// It reads and writes text. It reads no disk, it knows neither pages nor the
// plan of a site, and it does not decide whether an address is kept or lost:
// package check does. Package content reads the files with it, output says
// what is promised, and the commands record and retire write what it returns.
//
//	old, findings := ledger.Parse("content/links.lock", text)
//	fmt.Println(old.Lacks(promised), "addresses are not on the ledger")
//	text = old.Record(promised, civil.New(2026, 11, 23)).Format()
//
// The file is made for merging in git with merge=union: lines that stand
// twice or out of order are fine, and the next record puts them right.
package ledger

import (
	"iter"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// Entry is one address of the ledger and the record that it stands for.
type Entry struct {
	Address Address
	Date    civil.Date // the day on which it was first recorded
	File    string     // from content/, with slashes; "" if no file of the hub made it
	Title   string     // of the page or book; "" if it has none
	Pos     diag.Pos   // the line of the ledger; no place for an entry that is not on it
}

// PageOf returns the path of the page that a file of content/ makes, not
// percent-encoded: "/databases/sora/" for "databases/sora.md" and for
// "databases/sora/index.md", "/es/about/" for "about.es.md".
func PageOf(file string) string {
	name := strings.TrimSuffix(file, ".md")
	if i := strings.LastIndexByte(name, '.'); i > strings.LastIndexByte(name, '/') {
		name = name[i+1:] + "/" + name[:i]
	}
	return strings.TrimSuffix("/"+name, "/index") + "/"
}

// Ledger is what links.lock says: one entry for each address, in the order of
// their addresses, and the comments that people wrote between them.
// The zero Ledger is empty. A Ledger does not change; it is safe for
// concurrent use.
type Ledger struct {
	lines []line   // one for each address, sorted
	head  []string // comments above the first entry
	tail  []string // comments below the last
}

// line is an entry with the comments that stand above it.
type line struct {
	Entry
	comments []string
}

// Entries returns all entries in the order of their addresses.
func (l Ledger) Entries() []Entry {
	entries := make([]Entry, len(l.lines))
	for i, line := range l.lines {
		entries[i] = line.Entry
	}
	return entries
}

// Len returns the number of addresses.
func (l Ledger) Len() int { return len(l.lines) }

// Find returns the entry of an address.
func (l Ledger) Find(a Address) (Entry, bool) {
	i, found := l.search(a)
	if !found {
		return Entry{}, false
	}
	return l.lines[i].Entry, true
}

// Under returns the entries that stand for the record of a file: its page,
// embeds, anchors, calendar and whatever else it made.
func (l Ledger) Under(file string) []Entry {
	var entries []Entry
	for _, line := range l.lines {
		if line.File == file && file != "" {
			entries = append(entries, line.Entry)
		}
	}
	return entries
}

// Lacks returns how many of the promised addresses are not on the ledger. One
// that is promised twice counts once.
func (l Ledger) Lacks(promised iter.Seq[Entry]) int {
	lacking := map[Address]bool{}
	for entry := range promised {
		if _, found := l.search(entry.Address); !found {
			lacking[entry.Address] = true
		}
	}
	return len(lacking)
}

// Record returns the ledger with what is promised today: new addresses are
// added under the date on, known ones keep their date and take the file and
// title of today. Addresses that nothing promises any more stay as they are.
// Of two promises of one address the first counts; their dates and places are
// not read.
func (l Ledger) Record(promised iter.Seq[Entry], on civil.Date) Ledger {
	lines := slices.Clone(l.lines)
	done := map[Address]bool{}
	for entry := range promised {
		if done[entry.Address] {
			continue
		}
		done[entry.Address] = true
		if i, found := l.search(entry.Address); found {
			lines[i].File, lines[i].Title = clean(entry.File), clean(entry.Title)
			continue
		}
		lines = append(lines, line{Entry: Entry{
			Address: entry.Address, Date: on, File: clean(entry.File), Title: clean(entry.Title),
		}})
	}
	return Ledger{lines: merge(lines), head: l.head, tail: l.tail}
}

// Format returns the text of the file: sorted by address, tabs between the
// parts, comments where they were. Parsing it gives an equal ledger.
func (l Ledger) Format() []byte {
	var b []byte
	for _, comment := range l.head {
		b = append(append(b, comment...), '\n')
	}
	for _, line := range l.lines {
		for _, comment := range line.comments {
			b = append(append(b, comment...), '\n')
		}
		parts := line.Address.text + "\t" + line.Date.String() + "\t" + line.File + "\t" + line.Title
		b = append(append(b, strings.TrimRight(parts, "\t")...), '\n')
	}
	for _, comment := range l.tail {
		b = append(append(b, comment...), '\n')
	}
	return b
}

func (l Ledger) search(a Address) (int, bool) {
	return slices.BinarySearchFunc(l.lines, a, func(line line, a Address) int { return line.Address.Compare(a) })
}

// merge sorts lines and makes one of those that share an address: the line
// with the earlier date, with the comments of both.
func merge(lines []line) []line {
	slices.SortStableFunc(lines, func(a, b line) int {
		if c := a.Address.Compare(b.Address); c != 0 {
			return c
		}
		return a.Date.Compare(b.Date)
	})
	merged := lines[:0]
	for len(lines) > 0 {
		next, same := lines[0], 1
		for same < len(lines) && lines[same].Address == next.Address {
			same++
		}
		if same > 1 {
			var comments []string
			for _, l := range lines[:same] {
				comments = append(comments, l.comments...)
			}
			next.comments = unique(comments)
		}
		merged, lines = append(merged, next), lines[same:]
	}
	return merged
}

// unique returns comments without those that stood before: a union merge
// doubles them with the lines below them.
func unique(comments []string) []string {
	there := map[string]bool{}
	var once []string
	for _, comment := range comments {
		if !there[comment] {
			there[comment] = true
			once = append(once, comment)
		}
	}
	return once
}

// clean makes text fit for a part of a line.
func clean(text string) string { return strings.Join(strings.Fields(text), " ") }
