package check

import (
	"path"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// lackingWords warns of a language whose words of the interface are not
// complete: one finding for a language, at its place in site.yaml.
func lackingWords(in Input) []diag.Finding {
	var findings []diag.Finding
	for _, e := range in.Hub.Editions {
		missing := in.Words.Missing(e.Lang)
		if len(missing) == 0 {
			continue
		}
		name := e.Lang.Name(lang.English())
		findings = append(findings, diag.Warnf(e.Pos, "lacking-words", "%s lacks %d of %d words of the interface and shows them in English: %s",
			name, len(missing), len(in.Words.Keys()), some(missing, in.Untranslated)).
			WithHint("add them to "+lang.Folder+"/"+e.Lang.String()+".yaml under the names that the program's en.yaml has"))
	}
	return findings
}

// some lists the first of many names, or all.
func some(names []string, all bool) string {
	const few = 5
	if all || len(names) <= few {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:few], ", ") + " …"
}

// untranslated warns, where that is asked for, of pages that are not in an
// edition's language: they show in the default one, which is no mistake.
func untranslated(in Input) []diag.Finding {
	if !in.Untranslated {
		return nil
	}
	var findings []diag.Finding
	for _, e := range in.Hub.Editions[1:] {
		name := e.Lang.Name(lang.English())
		e.EachPage(func(p *hub.Page) {
			switch {
			case p.File == "" || !p.Listed():
			case p.Lang != e.Lang:
				findings = append(findings, diag.Warnf(p.TitlePos, "untranslated", "this page is not in %s", name).
					WithHint("write "+translation(p.File, e.Lang)))
			case p.BodyLang != e.Lang && !p.Body.Empty():
				findings = append(findings, diag.Warnf(p.TitlePos, "untranslated", "this page has a title in %s, but not its text", name))
			}
		})
	}
	return findings
}

// translation names the file that translates a file.
func translation(file string, to lang.Tag) string {
	ext := path.Ext(file)
	return strings.TrimSuffix(file, ext) + "." + to.String() + ext
}
