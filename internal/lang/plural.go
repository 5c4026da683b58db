package lang

import (
	"slices"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// The plural forms of CLDR. The zero form is other, which every language has.
const (
	other = iota
	zero
	one
	two
	few
	many
	formCount
)

// formName returns a form as files write it.
func formName(f int) string {
	return [formCount]string{"other", "zero", "one", "two", "few", "many"}[f]
}

// tableSize is up to where forms are looked up instead of worked out.
const tableSize = 201

// plurals answers which form of a word a number takes in one language. The
// rules are those of CLDR, by way of go-i18n; x/text has older ones.
// See https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html.
type plurals struct {
	table     [tableSize]uint8
	beyond    sync.Map // forms of greater numbers that were asked for: a hub has few, and one takes 2 µs to work out
	localizer *i18n.Localizer
}

// newPlurals returns the rules of a language, and English ones for a language
// that CLDR has no rules for.
func newPlurals(tag Tag) *plurals {
	message := &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	bundle, code := i18n.NewBundle(tag.tag()), tag.String()
	if bundle.AddMessages(tag.tag(), message) != nil {
		bundle, code = i18n.NewBundle(language.English), "en"
		bundle.MustAddMessages(language.English, message)
	}
	p := &plurals{localizer: i18n.NewLocalizer(bundle, code)}
	for n := range p.table {
		p.table[n] = uint8(p.ask(n))
	}
	return p
}

// form returns the form for n.
func (p *plurals) form(n int) int {
	if n >= 0 && n < tableSize {
		return int(p.table[n])
	}
	if form, ok := p.beyond.Load(n); ok {
		return form.(int)
	}
	form := p.ask(n)
	p.beyond.Store(n, form)
	return form
}

func (p *plurals) ask(n int) int {
	name, err := p.localizer.Localize(&i18n.LocalizeConfig{
		MessageID: "form", PluralCount: n, TemplateParser: template.IdentityParser{},
	})
	if err != nil {
		return other
	}
	for f := range formCount {
		if formName(f) == name {
			return f
		}
	}
	return other
}

// uses lists the forms that the language has for whole numbers.
func (p *plurals) uses() []int {
	forms := []int{p.ask(1_000_000)}
	for _, f := range p.table {
		forms = append(forms, int(f))
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}
