package content

import (
	"slices"
	"strconv"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/markdown"
)

// checkBlocks checks the blocks in all texts against the hub.
func (j *joiner) checkBlocks() {
	for _, r := range j.records {
		for _, f := range r.files() {
			for i := range f.doc.Blocks {
				j.checkBlock(&f.doc.Blocks[i])
			}
		}
	}
}

func (j *joiner) checkBlock(b *markdown.Block) {
	for _, a := range b.Attrs {
		t := text{Value: a.Value, Pos: a.Pos}
		switch a.Name {
		case "id":
			j.shown(j.databaseOf(t), t)
		case "library":
			j.shown(j.libraryOf(t), t)
		case "subject":
			j.subjectIDs([]text{t}, "subject")
		case "format":
			j.findings.formats([]text{t})
		case "grade":
			j.findings.grades([]text{t})
		case "audience":
			j.audience([]text{t})
		case "status":
			word(&j.findings, t, "unknown-status", "status", hub.BookStatuses())
		}
	}
	if b.Name == "books" {
		j.checkBooksBlock(b)
	}
}

// shown warns of a block that shows what is not on the site, or has ended.
func (j *joiner) shown(r *record, t text) {
	switch {
	case r == nil:
	case r.state == hub.Upcoming:
		j.add(diag.Warnf(t.Pos, "not-yet", "the %s %q is not on the site yet, so that nothing shows here until then", r.place.kind, t.Value).ByTime())
	case r.state == hub.Ended:
		j.add(diag.Warnf(t.Pos, "ended", "the %s %q has ended", r.place.kind, t.Value).ByTime())
	}
}

// checkBooksBlock checks that a block of books names an award and a list of
// it.
func (j *joiner) checkBooksBlock(b *markdown.Block) {
	var award *record
	for _, a := range b.Attrs {
		if a.Name != "award" {
			continue
		}
		if award = j.awards[a.Value]; award == nil {
			j.unknown(text{Value: a.Value, Pos: a.Pos}, "unknown-award", "award", sortedKeys(j.awards))
			return
		}
		j.refuseDraft(award, a.Pos)
	}
	if award == nil {
		return
	}
	var lists []*record
	var names []string
	for _, r := range j.records {
		if r.list != nil && r.list.award == award {
			lists = append(lists, r)
			names = append(names, r.place.id)
		}
	}
	for _, a := range b.Attrs {
		t := text{Value: a.Value, Pos: a.Pos}
		var at int
		switch a.Name {
		case "list":
			at = slices.IndexFunc(lists, func(r *record) bool { return r.place.id == a.Value })
		case "year":
			at = slices.IndexFunc(lists, func(r *record) bool { return r.place.id == a.Value || strconv.Itoa(r.list.year) == a.Value })
		default:
			continue
		}
		if at < 0 {
			j.unknown(t, "unknown-list", a.Name+" of the award "+award.place.id, names)
			continue
		}
		j.refuseDraft(lists[at], t.Pos)
		j.shown(lists[at], t)
	}
}
