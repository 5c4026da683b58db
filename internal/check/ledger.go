package check

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// lostAddresses checks that every address on the ledger is kept: it has a
// page, a file or a place on a page, an alias leads on, or it is retired.
func lostAddresses(in Input) []diag.Finding {
	var findings []diag.Finding
	c := newLedgerCheck(in)
	for _, entry := range in.Hub.Ledger.Entries() {
		if c.kept(entry.Address) {
			continue
		}
		if isPicture(entry.Address) {
			findings = append(findings, diag.Warnf(entry.Pos, "lost-picture", "the picture %s was published and is gone; it came from %s", entry.Address, madeBy(entry)).
				WithHint("put it back, or run: twinshelf retire "+entry.Address.String()))
			continue
		}
		findings = append(findings, diag.Errorf(entry.Pos, "lost-address", "the address %s was published and leads nowhere now; it came from %s%s",
			entry.Address, madeBy(entry), c.why(entry)).WithHint(c.waysOut(entry)))
	}
	return findings
}

// ledgerCheck knows what the ledger has and what the site promises.
type ledgerCheck struct {
	Input
	known   map[string]bool         // files that the ledger knows
	givenUp map[ledger.Address]bool // what retired.yaml names
	anchors map[*publish.Page][]string
}

func newLedgerCheck(in Input) ledgerCheck {
	c := ledgerCheck{Input: in, known: map[string]bool{}, givenUp: map[ledger.Address]bool{}, anchors: map[*publish.Page][]string{}}
	for _, entry := range in.Hub.Ledger.Entries() {
		c.known[entry.File] = true
	}
	for _, r := range in.Hub.Retired {
		c.givenUp[r.Address] = true
	}
	return c
}

// kept reports whether an address answers. A place that was given up leads to
// the top of its page, a book's to a note.
func (c ledgerCheck) kept(a ledger.Address) bool {
	where := a.Path()
	if to, moved := c.Moved[where]; moved {
		where = to
	}
	artifact := c.Plan.At(publishAddress(where))
	if artifact == nil && c.Retired[where] {
		artifact = c.Plan.At(publishAddress(where + "/")) // a retired file
	}
	if artifact == nil {
		return false
	}
	return a.Anchor() == "" || c.givenUp[a] || artifact.Page == nil || c.Retired[where] || slices.Contains(c.anchorsOf(artifact.Page), a.Anchor())
}

// anchorsOf returns the anchors of a page, made once for all of its entries.
func (c ledgerCheck) anchorsOf(p *publish.Page) []string {
	anchors, ok := c.anchors[p]
	if !ok && p.Anchors != nil {
		anchors = p.Anchors()
		c.anchors[p] = anchors
	}
	return anchors
}

// publishAddress percent-encodes a path as the plan does.
func publishAddress(where string) string {
	a, err := ledger.NewAddress(where, "")
	if err != nil {
		return ""
	}
	return a.String()
}

func isPicture(a ledger.Address) bool {
	switch strings.ToLower(path.Ext(a.Path())) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".ico", ".bmp":
		return a.Anchor() == ""
	}
	return false
}

// madeBy names the file that made an address.
func madeBy(entry ledger.Entry) string {
	if entry.File == "" {
		return "a value that the hub no longer has"
	}
	return sourceOf(entry.File)
}

// sourceOf returns a file of the ledger from the hub's root.
func sourceOf(file string) string { return path.Join("content", file) }

// why says what became of the page, where that is known.
func (c ledgerCheck) why(entry ledger.Entry) string {
	for _, e := range c.Hub.Editions {
		for _, p := range e.Absent {
			if p.File != sourceOf(entry.File) || entry.File == "" {
				continue
			}
			if p.State == hub.Draft {
				return ", which is a draft now"
			}
			return fmt.Sprintf(", which comes out on %s", p.Published)
		}
	}
	return ""
}

// waysOut says what can be done about a lost address.
func (c ledgerCheck) waysOut(entry ledger.Entry) string {
	retire := "or run: twinshelf retire " + shellWord(c.retires(entry).String())
	at := entry.Address.Page().String()
	if entry.Address.Anchor() != "" && c.Plan.At(at) != nil {
		return c.bookWaysOut(entry) + ", " + retire
	}
	subject, isSubject := strings.CutPrefix(at, "/databases/subject/")
	switch {
	case isSubject:
		id, _, _ := strings.Cut(subject, "/")
		return fmt.Sprintf("put the subject back into content/site.yaml, write aliases: [%s] on the subject that replaces it, %s", id, retire)
	case entry.File == "site.yaml":
		return "put its language back into content/site.yaml, " + retire
	case !strings.HasSuffix(at, "/"):
		if page, lost := c.lostAbove(entry.Address); lost {
			return c.waysOut(page)
		}
		return "put " + madeBy(entry) + " back, " + retire + " --to the file that replaces it"
	}
	alias := c.carrier(at)
	if c.kept(mustAddress(alias)) {
		alias = at
	}
	back := c.back(entry, alias)
	if p := c.renamed(entry); p != nil {
		return fmt.Sprintf("it seems to be %s now: write there %s; or %s, %s", p.File, aliasesLine(p, alias), back, retire)
	}
	return fmt.Sprintf("%s, write aliases: [%s] on the page that replaces it, %s", back, alias, retire)
}

// back says how the file of an address makes it again.
func (c ledgerCheck) back(entry ledger.Entry, alias string) string {
	for _, e := range c.Hub.Editions {
		switch p := e.PageOf(madeBy(entry)); {
		case p == nil:
		case p.OnSite():
			return fmt.Sprintf("write %s in %s", aliasesLine(p, alias), p.File)
		default:
			return "publish " + p.File
		}
	}
	return "put " + madeBy(entry) + " back"
}

// carrier returns the address of the page to whose record an address belongs:
// an alias of it carries embeds, handouts and facets too.
func (c ledgerCheck) carrier(at string) string {
	prefix := ""
	for _, e := range c.Hub.Editions[1:] {
		if inside, ok := strings.CutPrefix(at, e.Prefix+"/"); ok {
			prefix, at = e.Prefix, "/"+inside
		}
	}
	at = strings.TrimSuffix(at, "handout/")
	for _, belonging := range []struct{ at, record string }{
		{"/embed/database/", "/databases/"}, {"/embed/award/", "/awards/"}, {"/embed/hours/", "/libraries/"}, {"/databases/library/", "/libraries/"},
	} {
		rest, ok := strings.CutPrefix(at, belonging.at)
		if !ok {
			continue
		}
		if id, _, _ := strings.Cut(rest, "/"); belonging.record == "/libraries/" {
			rest = id + "/" // without a letter
		}
		return prefix + belonging.record + rest
	}
	return prefix + at
}

// retires returns the address to retire for a lost one: the page that it stood
// on or belongs to, if that is lost too and takes it along.
func (c ledgerCheck) retires(entry ledger.Entry) ledger.Address {
	page := entry.Address.Page()
	if page != entry.Address {
		if c.kept(page) {
			return entry.Address
		}
		return page
	}
	main, recorded := c.Hub.Ledger.Find(mustAddress(c.carrier(page.String())))
	if recorded && !c.kept(main.Address) && main.File == entry.File && ledger.PageOf(main.File) == main.Address.Path() {
		return main.Address
	}
	return page
}

// lostAbove returns the lost page in whose folder a file lay. An alias of it
// carries the file, and to retire it retires the file.
func (c ledgerCheck) lostAbove(a ledger.Address) (ledger.Entry, bool) {
	for folder := path.Dir(a.Path()); folder != "/"; folder = path.Dir(folder) {
		if entry, found := c.Hub.Ledger.Find(mustAddress(folder + "/")); found && !c.kept(entry.Address) {
			return entry, true
		}
	}
	return ledger.Entry{}, false
}

func mustAddress(where string) ledger.Address {
	a, _ := ledger.NewAddress(where, "")
	return a
}

// shellWord quotes an address where a shell would take its # for a comment or
// other characters for its own.
func shellWord(address string) string {
	if strings.ContainsAny(address, "#&;()*'$! ") {
		return `"` + address + `"`
	}
	return address
}

// aliasesLine is the ready line of front matter.
func aliasesLine(p *hub.Page, alias string) string {
	var all []string
	for _, a := range p.Aliases {
		all = append(all, a.Path)
	}
	return "aliases: [" + strings.Join(append(all, alias), ", ") + "]"
}

// renamed returns the page of a file that the ledger does not know with the
// title that the lost one had: one of the same folder if there is one, the
// original before its translations.
func (c ledgerCheck) renamed(entry ledger.Entry) *hub.Page {
	var found *hub.Page
	if entry.Title == "" {
		return nil
	}
	near := func(p *hub.Page) bool { return path.Dir(p.File) == path.Dir(sourceOf(entry.File)) }
	for _, e := range c.Hub.Editions {
		e.EachPage(func(p *hub.Page) {
			file := strings.TrimPrefix(p.File, "content/")
			if p.File == "" || p.Title != entry.Title || c.known[file] {
				return
			}
			if found == nil || near(p) && !near(found) {
				found = p
			}
		})
	}
	return found
}

// bookWaysOut says how a place on a page that is there comes back.
func (c ledgerCheck) bookWaysOut(entry ledger.Entry) string {
	list := c.listAt(entry.Address.Path())
	if list == nil {
		return "put the place back on the page"
	}
	b, anchor := c.mended(list, entry), c.mainAnchor(entry)
	switch {
	case b == nil || anchor == "":
		return "put the book back on the list"
	case path.Ext(b.Pos.File) == ".csv":
		return fmt.Sprintf("the book seems to be %q now (%s): write %s in its column id, or put the old title back", b.Title, b.Pos, anchor)
	}
	return fmt.Sprintf("the book seems to be %q now (%s): write there id: %s, or put the old title back", b.Title, b.Pos, anchor)
}

// mainAnchor returns the anchor of a lost book that is no number; with it as
// its id the book has its numbers too.
func (c ledgerCheck) mainAnchor(entry ledger.Entry) string {
	if anchor := entry.Address.Anchor(); !strings.HasPrefix(anchor, "isbn-") {
		return anchor
	}
	for _, other := range c.Hub.Ledger.Under(entry.File) {
		anchor := other.Address.Anchor()
		if other.Title == entry.Title && anchor != "" && other.Address.Page() == entry.Address.Page() && !strings.HasPrefix(anchor, "isbn-") {
			return anchor
		}
	}
	return ""
}

// listAt returns the award list at a path or at what it leads to.
func (c ledgerCheck) listAt(where string) *hub.AwardList {
	if to, moved := c.Moved[where]; moved {
		where = to
	}
	for _, a := range c.Hub.Default().Awards {
		for _, l := range a.Lists {
			if l.Path == where {
				return l
			}
		}
	}
	return nil
}

// mended returns the book whose title was mended: it has a number that the
// ledger knows under the old title, or nearly the same title, and an anchor
// that the ledger does not know.
func (c ledgerCheck) mended(l *hub.AwardList, entry ledger.Entry) *hub.Book {
	recorded := map[string]string{} // anchors of the page, to titles
	for _, other := range c.Hub.Ledger.Entries() {
		if other.Address.Page() == entry.Address.Page() && other.Address.Anchor() != "" {
			recorded[other.Address.Anchor()] = other.Title
		}
	}
	var fresh []string
	byTitle := map[string]*hub.Book{}
	for _, b := range l.Books {
		if _, known := recorded[b.Anchor]; known {
			continue
		}
		for _, anchor := range b.Anchors()[1:] {
			if title, ok := recorded[anchor]; ok && title == entry.Title {
				return b
			}
		}
		fresh = append(fresh, b.Title)
		byTitle[b.Title] = b
	}
	if near := diag.Suggest(entry.Title, fresh); near != "" {
		return byTitle[near]
	}
	for _, title := range fresh { // "Wish" became "The Wish" or "Wish: a novel"
		if entry.Title != "" && (strings.Contains(strings.ToLower(title), strings.ToLower(entry.Title)) ||
			strings.Contains(strings.ToLower(entry.Title), strings.ToLower(title))) {
			return byTitle[title]
		}
	}
	return nil
}

// retirements checks the lines of retired.yaml.
func retirements(in Input) []diag.Finding {
	var findings []diag.Finding
	c := newLedgerCheck(in)
	byAddress := map[ledger.Address]ledger.Retirement{}
	for _, r := range in.Hub.Retired {
		byAddress[r.Address] = r
	}
	for _, r := range in.Hub.Retired {
		if c.isBack(r.Address) {
			findings = append(findings, diag.Warnf(r.Pos, "retired", "the address %s is retired here, but it has a page again, which wins", r.Address).
				WithHint("take the line out"))
			continue
		}
		if r.To.IsZero() {
			continue
		}
		next, steps := r, 0
		for !next.To.IsZero() && steps <= len(byAddress) {
			further, ok := byAddress[next.To]
			if !ok || c.isBack(next.To) {
				break
			}
			next = further
			steps++
		}
		switch {
		case r.To == r.Address || steps > len(byAddress):
			findings = append(findings, diag.Errorf(r.Pos, "retired", "the address %s leads to itself: %s is what readers should go to instead", r.Address, r.To).
				WithHint("name a page that is on the site, or leave \"to\" out"))
		case !c.kept(r.To):
			findings = append(findings, diag.Errorf(r.Pos, "retired", "the address %s, where readers of %s should go instead, leads nowhere", r.To, r.Address).
				WithHint("name a page that is on the site, or leave \"to\" out"))
		}
	}
	return findings
}

// isBack reports whether an address that was retired is made by something
// else than its retirement.
func (c ledgerCheck) isBack(a ledger.Address) bool {
	where := a.Path()
	if c.Retired[where] {
		return false
	}
	if a.Anchor() == "" {
		return c.Plan.At(publishAddress(where)) != nil
	}
	l := c.listAt(where)
	if l == nil {
		return false
	}
	return slices.ContainsFunc(l.Books, func(b *hub.Book) bool { return slices.Contains(b.Anchors(), a.Anchor()) })
}

// swappedPages warns of a recorded page whose title is now the one that the
// ledger knows under another address: two files changed places.
func swappedPages(in Input) []diag.Finding {
	if in.Hub.Ledger.Len() == 0 {
		return nil
	}
	byTitle := map[string][]ledger.Entry{}
	for _, entry := range in.Hub.Ledger.Entries() {
		if isMainPage(entry) && entry.Title != "" {
			byTitle[entry.Title] = append(byTitle[entry.Title], entry)
		}
	}
	var findings []diag.Finding
	for now := range in.Promised {
		if now.Address.Anchor() != "" {
			break // no more pages
		}
		before, ok := in.Hub.Ledger.Find(now.Address)
		if !ok || !isMainPage(now) || before.Title == now.Title || before.Title == "" {
			continue
		}
		for _, other := range byTitle[now.Title] {
			if other.Address == now.Address || in.Moved[other.Address.Path()] == now.Address.Path() {
				continue
			}
			pos := diag.Pos{File: sourceOf(now.File)}
			if p := in.Hub.Default().PageOf(pos.File); p != nil {
				pos = p.TitlePos
			}
			findings = append(findings, diag.Warnf(pos, "swapped-pages", "the page %s has the title %q, which the ledger knows under %s; did two files change places?",
				now.Address, now.Title, other.Address).WithHint("give each page its old address back, or run twinshelf record to keep it so"))
			break
		}
	}
	return findings
}

// isMainPage reports whether an entry is the page of a record itself, not an
// embed, an alias or a place on it.
func isMainPage(entry ledger.Entry) bool {
	return entry.Address.Anchor() == "" && path.Ext(entry.File) == ".md" && entry.Address.Path() == ledger.PageOf(entry.File)
}
