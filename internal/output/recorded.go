package output

import (
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
)

// What stays only because the ledger has it: lists of databases with nothing
// on them, letters of lists that are no longer split, numbers of books that
// were mended.

// label is what the ledger says of a page: the file that made it and its
// title.
type label struct {
	file  string // from content/, "" for none
	title string
}

// label notes what the ledger is to say of a list.
func (e *edition) label(l *databaseList) {
	if e.Prefix != "" {
		return
	}
	if l.facet != nil {
		of := label{title: l.value.text}
		switch {
		case l.facet.key == "library":
			of.file = "libraries/" + l.value.id + ".md"
			if library := e.Library(l.value.id); library != nil {
				of.file = recordFile(&library.Page)
			}
		case l.facet.key == "subject" && e.Site.Vocabulary:
			of.file = "site.yaml"
		}
		e.plan.labels[l.path] = of
	}
}

// recordFile returns the file of a record as the ledger names it.
func recordFile(p *hub.Page) string {
	file := p.Original
	if file == "" {
		file = p.File
	}
	return strings.TrimPrefix(file, "content/")
}

// staysEmpty reports whether a facet's value with no entries has a page
// because the ledger has it, under its own ID or one that it had before.
func (e *edition) staysEmpty(key string, v facetValue) bool {
	return slices.ContainsFunc(e.facetPaths(key, v), e.plan.isRecorded)
}

// facetPaths returns the paths that the list of a facet's value has and had.
func (e *edition) facetPaths(key string, v facetValue) []string {
	paths := []string{v.path}
	folder := "/databases/" + key + "/"
	switch key {
	case "subject":
		for _, s := range e.Site.Subjects {
			if s.ID == v.id {
				for _, old := range s.Aliases {
					paths = append(paths, folder+old+"/")
				}
			}
		}
	case "library":
		if l := e.plan.hub.Default().Library(v.id); l != nil {
			for _, a := range l.Aliases {
				if id, ok := strings.CutPrefix(aliasPath(a.Path), "/libraries/"); ok {
					paths = append(paths, folder+id)
				}
			}
		}
	}
	return paths
}

// formerValues returns the subjects that the ledger has and no record names
// any more. Without a vocabulary each of them is allowed for good.
func (e *edition) formerValues(key string) []facetValue {
	if key != "subject" || e.Site.Vocabulary {
		return nil
	}
	var values []facetValue
	for _, entry := range e.plan.hub.Ledger.Entries() {
		path := entry.Address.Path()
		id, ok := strings.CutPrefix(path, "/databases/subject/")
		id = strings.TrimSuffix(id, "/")
		if !ok || id == "" || strings.Contains(id, "/") || entry.Address.Anchor() != "" || e.plan.isRetired(path) ||
			slices.ContainsFunc(e.Site.Subjects, func(s *hub.Subject) bool { return s.ID == id || slices.Contains(s.Aliases, id) }) {
			continue
		}
		title := entry.Title
		if title == "" {
			title = id
		}
		values = append(values, facetValue{id, title, path})
	}
	return values
}

// isRetired reports whether retired.yaml names a path.
func (p *planner) isRetired(path string) bool {
	for _, r := range p.hub.Retired {
		if r.Address.Anchor() == "" && r.Address.Path() == path {
			return true
		}
	}
	return false
}

// recordedLetters returns the pages of a list's letters that the ledger has
// and the list would not have: it is no longer split, or the letter has no
// entries.
func (e *edition) recordedLetters(l *databaseList) []*databaseList {
	if e.plan.hub.Ledger.Len() == 0 {
		return nil
	}
	made := map[string]bool{}
	if l.split() {
		for _, part := range l.parts {
			made[part.path] = true
		}
	}
	var parts []*databaseList
	for _, letter := range e.Order.Letters() {
		path := letterPath(l.path, letter)
		if made[path] || !e.plan.isRecorded(path) {
			continue
		}
		part := &databaseList{path: path, facet: l.facet, value: l.value, letter: &letter, of: l}
		for _, d := range l.entries {
			if e.letters[d] == letter {
				part.entries = append(part.entries, d)
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// listPaths returns the paths that an award list has and had.
func (p *planner) listPaths(l *hub.AwardList) []string {
	return p.paths.get(l, func() []string { return p.newListPaths(l) })
}

func (p *planner) newListPaths(l *hub.AwardList) []string {
	paths := []string{l.Path}
	e := p.editions[0]
	if same := e.PageAt(l.Path); same != nil {
		for _, a := range same.Aliases {
			paths = append(paths, aliasPath(a.Path))
		}
	}
	if award := e.Award(l.Award.ID); award != nil {
		for _, a := range award.Aliases {
			paths = append(paths, aliasPath(a.Path)+l.ID+"/")
		}
	}
	return paths
}

// formerNumbers returns the anchors of ISBNs that a book had when the ledger
// recorded them and has no more: they stay on the book.
func (p *planner) formerNumbers(b *hub.Book) []string {
	var former []string
	for _, path := range p.listPaths(b.List) {
		entries := p.anchorsOf(path)
		if len(entries) == 0 {
			continue
		}
		titles := map[string]bool{b.Title: true}
		for _, entry := range entries {
			if slices.Contains(b.Anchors(), entry.id) && entry.title != "" {
				titles[entry.title] = true // the title that it had
			}
		}
		for _, entry := range entries {
			if strings.HasPrefix(entry.id, "isbn-") && titles[entry.title] && !onList(b.List, entry.id) && !slices.Contains(former, entry.id) {
				former = append(former, entry.id)
			}
		}
	}
	return former
}

// onList reports whether a book of the list has an anchor by itself.
func onList(l *hub.AwardList, anchor string) bool {
	return slices.ContainsFunc(l.Books, func(b *hub.Book) bool { return slices.Contains(b.Anchors(), anchor) })
}

// recordedAnchor is a place on a page that the ledger has.
type recordedAnchor struct{ id, title string }

// anchorsOf returns the places on a page that the ledger has.
func (p *planner) anchorsOf(path string) []recordedAnchor {
	if p.anchors == nil {
		p.anchors = map[string][]recordedAnchor{}
		for _, entry := range p.hub.Ledger.Entries() {
			if id := entry.Address.Anchor(); id != "" {
				page := entry.Address.Path()
				p.anchors[page] = append(p.anchors[page], recordedAnchor{id, entry.Title})
			}
		}
	}
	return p.anchors[path]
}
