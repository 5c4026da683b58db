package publish

import (
	"fmt"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Plan is a whole site before a byte of it exists. It is made by NewPlan and
// read-only afterwards, and so safe for use by several goroutines.
type Plan struct {
	Artifacts []Artifact // sorted by path, no two of them in each other's way
	byPath    map[string]int
}

// NewPlan puts the files of a site in order. What cannot stand beside the rest
// is left out of the plan and reported as an error at the place of the later
// one: two files with one path, paths that differ in letter case only, a file
// where another needs a folder, a path that some system refuses to write.
// What one place in the content is to blame for (a page is in the way in each
// language) is one finding, for the first of the artifacts.
// The artifacts are copied; the caller's slice stays as it is.
func NewPlan(artifacts []Artifact) (*Plan, []diag.Finding) {
	var findings []diag.Finding
	type blame struct {
		at   diag.Pos
		rule string
	}
	told := map[blame]bool{}
	kept := make([]*Artifact, 0, len(artifacts))
	taken := newPlaces(len(artifacts))
	for i := range artifacts {
		a := &artifacts[i]
		f, ok := refusedPath(a)
		if ok {
			f, ok = taken.take(a)
		}
		if !ok {
			if b := (blame{f.Pos, f.Rule}); !told[b] {
				told[b] = f.Pos.File != ""
				findings = append(findings, f)
			}
			continue
		}
		kept = append(kept, a)
	}
	slices.SortFunc(kept, func(a, b *Artifact) int { return strings.Compare(a.Path, b.Path) })
	plan := &Plan{Artifacts: make([]Artifact, len(kept)), byPath: make(map[string]int, len(kept))}
	for i, a := range kept {
		plan.Artifacts[i] = *a
		plan.byPath[a.Path] = i
	}
	return plan, findings
}

// Lookup returns the artifact with that path, or nil.
func (p *Plan) Lookup(path string) *Artifact {
	if i, ok := p.byPath[path]; ok {
		return &p.Artifacts[i]
	}
	return nil
}

// At returns the artifact that answers at an address from the hub's root, as
// Address makes it; a "#" part is passed over. It returns nil if there is none,
// so also for a page's address without the final slash.
func (p *Plan) At(address string) *Artifact {
	return p.Lookup(PathOf(address))
}

// places is what paths are taken already, as the least able file system sees
// them: letters folded.
type places struct {
	files   map[string]*Artifact
	folders map[string]*Artifact // to the first artifact that needs the folder
}

func newPlaces(n int) places {
	return places{files: make(map[string]*Artifact, n), folders: make(map[string]*Artifact, n)}
}

// take marks the artifact's path as taken, or says what stands there.
func (p places) take(a *Artifact) (diag.Finding, bool) {
	folded := fold(a.Path)
	if folded == ManifestName {
		return collision(a, "the list of the site's files is written to %q", ManifestName), false
	}
	if other, ok := p.files[folded]; ok {
		if a.pos().File == "" { // the author can move the other only
			a, other = other, a
		}
		if other.Path == a.Path {
			return collision(a, "two files of the site have one address, %s%s", a.Address(), from(other)), false
		}
		return collision(a, "%q and %q differ in letter case only, and not every system keeps them apart%s",
			a.Path, other.Path, from(other)), false
	}
	if other, ok := p.folders[folded]; ok {
		return collision(a, "%q is a file here and a folder in %q%s", a.Path, other.Path, from(other)), false
	}
	for dir := parent(folded); dir != ""; dir = parent(dir) {
		if other, ok := p.files[dir]; ok {
			return collision(a, "%q needs a folder where %q is a file%s", a.Path, other.Path, from(other)), false
		}
	}
	p.files[folded] = a
	for dir := parent(folded); dir != ""; dir = parent(dir) {
		if _, ok := p.folders[dir]; ok {
			break
		}
		p.folders[dir] = a
	}
	return diag.Finding{}, true
}

// collision is the finding for two files that are in each other's way.
func collision(a *Artifact, format string, args ...any) diag.Finding {
	return diag.Errorf(a.pos(), "same-address", format, args...).WithHint("rename one of them")
}

// from tells where the other file comes from, as far as it comes from one.
func from(other *Artifact) string {
	if other.pos().File == "" {
		return "; the program itself writes the other"
	}
	return fmt.Sprintf("; the other comes from %s", other.pos().File)
}

// pos is where a mistake with the artifact's path is reported.
func (a *Artifact) pos() diag.Pos {
	if a.Pos != (diag.Pos{}) {
		return a.Pos
	}
	return diag.Pos{File: a.Source}
}

// parent is the folder of a path, "" for the top one.
func parent(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return ""
}
