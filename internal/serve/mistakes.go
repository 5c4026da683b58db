package serve

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// The page that stands for all pages while the content has errors.

// lineFunc returns a line of a file of the hub, from 1.
type lineFunc func(file string, number int) (string, bool)

// mistakesView is what the page shows.
type mistakesView struct {
	Title   string
	Style   string // address of the style sheet
	Trouble string // of the machine; then there are no groups
	Groups  []mistakeGroup
}

type mistakeGroup struct {
	Title    string
	Mistakes []mistake
}

type mistake struct {
	Place, Message, Hint, Rule string
	HasLine                    bool
	Before, Mark, After        string // the line, with the character at the place by itself
}

// maxMistakes is how many findings of one severity a browser has to show.
const maxMistakes = 1000

// aroundPlace is how many characters of a long line are shown on each side.
const aroundPlace = 150

//go:embed brought/mistakes.html
var mistakesText string

// mistakesPage makes the page for findings, errors first.
func mistakesPage(findings []diag.Finding, base string, line lineFunc) []byte {
	errors, warnings := diag.Count(findings)
	view := mistakesView{Style: ownPath(base) + "mistakes.css", Title: "The content has " + count(errors, "mistake")}
	if errors == 0 {
		view.Title = "The content has no site yet"
	}
	for _, group := range []struct {
		severity diag.Severity
		count    int
		noun     string
	}{{diag.Error, errors, "error"}, {diag.Warning, warnings, "warning"}} {
		g := mistakeGroup{Title: count(group.count, group.noun)}
		for _, f := range findings {
			if f.Severity == group.severity && len(g.Mistakes) < maxMistakes {
				g.Mistakes = append(g.Mistakes, newMistake(f, line))
			}
		}
		if len(g.Mistakes) > 0 {
			view.Groups = append(view.Groups, g)
		}
	}
	return executeMistakes(view)
}

// troublePage makes the page for what keeps the hub from being read.
func troublePage(err error, base string) []byte {
	return executeMistakes(mistakesView{Style: ownPath(base) + "mistakes.css", Title: "The hub cannot be read", Trouble: err.Error()})
}

// executeMistakes parses the template each time: a page that is seldom needed
// should cost nothing when it is not.
func executeMistakes(view mistakesView) []byte {
	var w bytes.Buffer
	if err := template.Must(template.New("mistakes").Parse(mistakesText)).Execute(&w, view); err != nil {
		panic(err) // a mistake in our own template; a buffer takes all
	}
	return w.Bytes()
}

func newMistake(f diag.Finding, line lineFunc) mistake {
	m := mistake{Place: f.Pos.String(), Message: f.Message, Hint: f.Hint, Rule: f.Rule}
	text, ok := line(f.Pos.File, f.Pos.Line)
	if !ok {
		return m
	}
	m.HasLine = true
	runes := []rune(text)
	at := min(max(f.Pos.Col-1, 0), len(runes))
	end := min(at+1, len(runes))
	m.Before, m.Mark, m.After = string(runes[:at]), string(runes[at:end]), string(runes[end:])
	if at > aroundPlace {
		m.Before = "…" + string(runes[at-aroundPlace:at])
	}
	if len(runes)-end > aroundPlace {
		m.After = string(runes[end:end+aroundPlace]) + "…"
	}
	if strings.TrimSpace(m.Mark) == "" {
		m.Before, m.Mark = m.Before+m.Mark, "" // nothing to underline
	}
	return m
}

// count formats a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
