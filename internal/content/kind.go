package content

import (
	"path"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// place is what the path of a Markdown file says about it.
type place struct {
	kind    hub.Kind
	id      string // the file's or folder's name
	award   string // of an award's list
	section hub.Section
	address string // of its page, without a language: "/databases/sora/"
	base    string // the address's path without slashes: "databases/sora"; "" for home
	suffix  string // "es" of x.es.md; "" for the default language
	lang    lang.Tag
}

// placeOf reads a path such as content/databases/sora.es.md.
func placeOf(file string) (place, []diag.Finding) {
	var p place
	rel := strings.TrimSuffix(strings.TrimPrefix(file, folder+"/"), ".md")
	dir, stem := path.Split(rel)
	if base, suffix, ok := strings.Cut(stem, "."); ok {
		stem, p.suffix = base, suffix
	}
	parts := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	if dir == "" {
		parts = nil
	}
	if stem != "index" {
		parts = append(parts, stem)
	}
	p.base = strings.Join(parts, "/")
	p.address = "/" + p.base + "/"
	if p.base == "" {
		p.address = "/"
	} else {
		p.id = parts[len(parts)-1]
	}
	p.classify(parts)
	return p, append(p.checkName(file, parts), p.checkLanguage(file)...)
}

func (p *place) classify(parts []string) {
	p.kind = hub.PlainPage
	switch len(parts) {
	case 0:
		p.kind = hub.HomePage
		return
	case 1:
		if slices.Contains(hub.Sections(), hub.Section(parts[0])) {
			p.kind, p.section = hub.SectionPage, hub.Section(parts[0])
		}
		return
	}
	switch {
	case len(parts) == 3 && parts[0] == "awards":
		p.kind, p.award = hub.AwardListPage, parts[1]
	case len(parts) != 2:
	case parts[0] == "libraries":
		p.kind = hub.LibraryPage
	case parts[0] == "databases":
		p.kind = hub.DatabasePage
	case parts[0] == "awards":
		p.kind = hub.AwardPage
	case parts[0] == "guides":
		p.kind = hub.GuidePage
	}
}

// reservedDatabases are names that the lists of databases take.
var reservedDatabases = [...]string{"format", "subject", "grade", "library", "audience", "letter"}

// reservedTop are names that the site takes for itself at the top level.
var reservedTop = [...]string{"api", "embed", "assets"}

// checkName checks the letters of a page's path and what is reserved.
func (p *place) checkName(file string, parts []string) []diag.Finding {
	var findings []diag.Finding
	report := func(rule, hint, format string, args ...any) {
		findings = append(findings, diag.Errorf(diag.Pos{File: file}, rule, format, args...).WithHint(hint))
	}
	for i, part := range parts {
		switch {
		case !isID(part):
			hint := ""
			if s := lang.Slug(strings.ReplaceAll(part, "_", "-")); isID(s) {
				hint = "call it " + s
			}
			report("bad-id", hint, "the name %q has letters that an address cannot have (allowed: small letters a to z, digits, hyphens)", part)
		case part == "index":
			report("reserved-name", "", "the name \"index\" is taken: it stands for the text of its folder")
		case i == 0 && slices.Contains(reservedTop[:], part):
			report("reserved-name", "choose another name", "the name %q at the top level is taken by the site itself", part)
		}
	}
	if p.kind == hub.DatabasePage && slices.Contains(reservedDatabases[:], p.id) {
		report("reserved-name", "choose another name", "a database cannot be called %q: the lists of databases use that address", p.id)
	}
	return findings
}

func (p *place) checkLanguage(file string) []diag.Finding {
	if p.suffix == "" {
		return nil
	}
	tag, err := lang.ParseTag(p.suffix)
	if err != nil {
		return []diag.Finding{diag.Errorf(diag.Pos{File: file}, "bad-language", "%q in the file's name is no language: %v", p.suffix, err).
			WithHint("a translation is called NAME.LANGUAGE.md, such as sora.es.md; other names have no dot")}
	}
	p.lang = tag
	return nil
}

// isID reports whether a name has the letters of an ID.
func isID(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-') {
			return false
		}
	}
	return s != ""
}
