package check

import (
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
)

// aliases checks that every alias is an address of its own: not its page's,
// not another page's, not another's alias.
func aliases(in Input) []diag.Finding {
	var findings []diag.Finding
	type owner struct {
		page *hub.Page
		pos  diag.Pos
	}
	taken := map[string]owner{}
	for _, e := range in.Hub.Editions {
		e.EachPage(func(p *hub.Page) {
			if e != in.Hub.Default() && p.File == p.Original && !p.Standalone {
				return // aliases are not inherited by translations
			}
			for _, a := range p.Aliases {
				address := withSlash(a.Path)
				other := pageAt(in.Hub, address)
				first, twice := taken[address]
				switch {
				case other == p:
					findings = append(findings, diag.Errorf(a.Pos, "alias", "the alias %q is the page's own address: it would lead to itself", a.Path).
						WithHint("take it out"))
				case other != nil && other.OnSite():
					findings = append(findings, diag.Errorf(a.Pos, "alias", "the alias %q is the address of %s", a.Path, describe(other)).
						WithHint("take it out, or move that page"))
				case twice: // at both: either may be the one to take out
					findings = append(findings,
						diag.Errorf(a.Pos, "alias", "the alias %q is also one of %s (%s)", a.Path, describe(first.page), first.pos),
						diag.Errorf(first.pos, "alias", "the alias %q is also one of %s (%s)", a.Path, describe(p), a.Pos))
				case isOwnPage(in, address):
					findings = append(findings, diag.Errorf(a.Pos, "alias", "the alias %q is an address that the site has anyway", a.Path).
						WithHint("take it out"))
				default:
					taken[address] = owner{p, a.Pos}
				}
			}
		})
	}
	return findings
}

// isOwnPage reports whether an address answers with something else than the
// redirect page of an alias.
func isOwnPage(in Input, address string) bool {
	a := in.Plan.At(address)
	return a != nil && (a.Page != nil || a.Pos == diag.Pos{})
}

// pageAt returns the page at an address that counts from the hub's root, or
// nil.
func pageAt(h *hub.Hub, address string) *hub.Page {
	for _, e := range h.Editions[1:] {
		if inside, ok := strings.CutPrefix(address, e.Prefix+"/"); ok {
			return e.PageAt("/" + inside)
		}
	}
	return h.Default().PageAt(address)
}

// withSlash returns the address of a folder for an alias that may lack its
// final slash.
func withSlash(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	if name == "" || strings.Contains(name, ".") {
		return path
	}
	return path + "/"
}
