package check

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/markdown"
)

// deadLinks checks that every link, picture and reference leads somewhere.
func deadLinks(in Input) []diag.Finding {
	c := linkCheck{in: in, seen: map[*markdown.Doc]bool{}}
	for _, e := range in.Hub.Editions {
		c.edition = e
		e.EachPage(c.page)
		for _, p := range e.Absent {
			// A page that comes out by itself on some day must be right today,
			// or that day breaks the build.
			if p.State == hub.Upcoming {
				c.page(p)
			}
		}
		for _, d := range e.Databases {
			c.ref(d.Help)
		}
		for _, item := range e.Site.Menu {
			c.ref(item.Page)
		}
	}
	return c.findings
}

// Links checks the links of one page, in all languages that have it, as the
// rule of all pages does.
func Links(in Input, path string) []diag.Finding {
	c := linkCheck{in: in, seen: map[*markdown.Doc]bool{}}
	for _, e := range in.Hub.Editions {
		if p := e.PageAt(path); p != nil {
			c.edition = e
			c.page(p)
			if d := e.Database(p.ID); d != nil && p.Kind == hub.DatabasePage {
				c.ref(d.Help)
			}
		}
	}
	return c.findings
}

type linkCheck struct {
	in       Input
	edition  *hub.Edition
	from     *hub.Page // nil for the menu
	seen     map[*markdown.Doc]bool
	findings []diag.Finding
}

func (c *linkCheck) add(f diag.Finding) { c.findings = append(c.findings, f) }

func (c *linkCheck) page(p *hub.Page) {
	if c.seen[p.Body] {
		return // an untranslated page shows the same text in each edition
	}
	c.seen[p.Body] = true
	c.from = p
	for i := range p.Body.Links {
		c.link(&p.Body.Links[i])
	}
	c.from = nil
}

func (c *linkCheck) ref(r hub.Ref) {
	if r.Dest != "" {
		c.link(&markdown.Link{Dest: r.Dest, Pos: r.Pos})
	}
}

func (c *linkCheck) link(l *markdown.Link) {
	target, trouble := c.edition.Resolve(l.Pos.File, l.Dest)
	picture := l.Kind == markdown.ImageLink
	switch {
	case trouble != hub.Trouble{}:
		c.trouble(l, trouble)
	case target.Outside != "":
		if picture {
			c.add(diag.Warnf(l.Pos, "outside-picture", "the picture %q is fetched from another host, which sees every reader", l.Dest).
				WithHint("put the picture beside the page"))
		}
	case target.Page != nil && picture:
		c.add(diag.Errorf(l.Pos, "dead-picture", "%q is a page, not a picture", l.Dest))
	case target.Page != nil:
		c.toPage(l, target)
	case target.Address != "":
		c.toAddress(l, target)
	case target.File == nil && c.from != nil:
		c.fragment(l, c.edition, c.from, target.Fragment)
	}
}

func (c *linkCheck) trouble(l *markdown.Link, t hub.Trouble) {
	what, rule := "link", "dead-link"
	if l.Kind == markdown.ImageLink {
		what, rule = "picture", "dead-picture"
	}
	switch {
	case t.Bad != "":
		c.add(diag.Errorf(l.Pos, rule, "the %s %q is %s", what, l.Dest, t.Bad))
	case t.Case != "":
		c.add(diag.Errorf(l.Pos, rule, "the %s %q is in the wrong letter case", what, l.Dest).
			WithHint("the file is " + t.Case))
	default:
		c.add(diag.Errorf(l.Pos, rule, "the %s %q leads nowhere: there is no %s", what, l.Dest, t.Missing).
			WithHint(c.nearFile(t.Missing)))
	}
}

// nearFile is the hint for a file that does not exist: the one with nearly the
// same name, else the one of the same name in another folder.
func (c *linkCheck) nearFile(missing string) string {
	switch base := path.Base(missing); {
	case strings.Contains(missing, `\`):
		return `write / where \ stands`
	case strings.ContainsAny(base[:1], "._~") && base != "..", base == "README.md":
		return "a file of this name is never published: give it another"
	case path.Ext(base) == ".csv":
		return "a books_file is a source and is not published"
	}
	known := c.edition.KnownFiles()
	if slices.Contains(known, missing+".md") { // written like the page's address
		return "write the name of the file: " + path.Base(missing) + ".md"
	}
	if s := diag.Suggest(missing, known); s != "" {
		return "did you mean " + s + "?"
	}
	base := path.Base(missing)
	var same []string
	for _, f := range known {
		if base != "index.md" && strings.HasSuffix(f, "/"+base) {
			same = append(same, f)
		}
	}
	if len(same) == 1 {
		return "did you mean " + same[0] + "?"
	}
	return ""
}

// toPage checks a link to a page of the hub.
func (c *linkCheck) toPage(l *markdown.Link, target hub.Target) {
	p := target.Page
	switch p.State {
	case hub.Draft:
		c.add(diag.Errorf(l.Pos, "link-to-draft", "the link %q leads to a draft, which is not on the site", l.Dest).
			WithHint("publish " + p.File + ", or take the link out until then"))
		return
	case hub.Upcoming:
		if c.visibleFrom().Before(p.Published) {
			c.add(diag.Warnf(l.Pos, "link-to-upcoming", "the link %q leads to a page that comes out on %s; until then it shows as plain text", l.Dest, p.Published).ByTime())
		}
	case hub.Ended:
		if c.from == nil || c.from.State != hub.Ended {
			c.add(diag.Warnf(l.Pos, "link-to-ended", "the link %q leads to a page that ended on %s", l.Dest, p.Expires).ByTime().
				WithHint("link to what takes its place"))
		}
	}
	c.fragment(l, target.Edition, p, target.Fragment)
}

// visibleFrom is the first day on which readers see the link.
func (c *linkCheck) visibleFrom() civil.Date {
	if c.from != nil && c.from.State == hub.Upcoming {
		return c.from.Published
	}
	return c.in.Hub.Today
}

func (c *linkCheck) fragment(l *markdown.Link, in *hub.Edition, p *hub.Page, fragment string) {
	if in.HasAnchor(p, fragment) || p.Unread {
		return
	}
	if original := c.in.Hub.Default().PageAt(p.Path); original != nil && original != p && c.in.Hub.Default().HasAnchor(original, fragment) {
		c.add(diag.Warnf(l.Pos, "anchor-not-translated", "the page %s has no place #%s, which %s has; the link leads to its top", p.File, fragment, original.File))
		return
	}
	c.add(diag.Errorf(l.Pos, "dead-anchor", "the link %q leads to a place that %s does not have", l.Dest, describe(p)).
		WithHint(diag.DidYouMean(fragment, in.Anchors(p))))
}

func describe(p *hub.Page) string {
	if p.File != "" {
		return p.File
	}
	return p.Path
}

// toAddress checks a link like "/databases/format/ebook/".
func (c *linkCheck) toAddress(l *markdown.Link, target hub.Target) {
	address, _, _ := strings.Cut(target.Address, "?")
	if p := c.edition.PageAt(strings.TrimPrefix(address, c.edition.Prefix)); p != nil {
		if p.File != "" && l.Kind != markdown.ImageLink {
			c.add(diag.Warnf(l.Pos, "address-link", "the link %q names an address where a file can be named", l.Dest).
				WithHint("link to " + p.File + ", so that the link works in the code host's preview too"))
		}
		c.toPage(l, hub.Target{Page: p, Edition: c.edition, Fragment: target.Fragment})
		return
	}
	switch {
	case c.answers(address) || c.answers(c.edition.Prefix+address):
	case !strings.HasSuffix(address, "/") && c.answers(address+"/"):
		c.add(diag.Errorf(l.Pos, "dead-link", "the link %q lacks the slash at its end", l.Dest).WithHint("write " + address + "/"))
	default:
		c.add(diag.Errorf(l.Pos, "dead-link", "the link %q leads nowhere: the site has no such address", l.Dest).
			WithHint(c.relative(l.Pos.File, address)))
	}
}

// relative is the hint for a file of the hub that is named from the root.
func (c *linkCheck) relative(from, address string) string {
	name := "content/" + strings.TrimPrefix(strings.TrimPrefix(address, "/"), "content/")
	if !slices.Contains(c.edition.KnownFiles(), name) {
		return ""
	}
	relative, err := filepath.Rel(path.Dir(from), name)
	if err != nil {
		return ""
	}
	return "a link to a file begins at the page's own folder: write " + filepath.ToSlash(relative)
}

// answers reports whether the site has a file for an address that is not
// percent-encoded.
func (c *linkCheck) answers(address string) bool {
	path := strings.TrimPrefix(address, "/")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	return c.in.Plan.Lookup(path) != nil
}
