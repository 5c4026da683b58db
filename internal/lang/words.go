package lang

import (
	"strconv"
	"strings"
	"time"
)

// Words are the words of the interface in one language, complete: what the
// language lacks is there in English. [Load] makes them; they are read-only
// and safe for concurrent use. Texts are plain, never HTML.
type Words struct {
	tag       Tag
	texts     map[string]*entry
	clock     Clock
	weekStart time.Weekday
	thousands string

	months, monthsShort     [13]string // from 1
	weekdays, weekdaysShort [7]string  // from Sunday
}

// Clock is how a language writes times of the day: with 12 hours or with 24.
type Clock int

// The clocks.
const (
	Clock12 Clock = 12
	Clock24 Clock = 24
)

// WeekStart returns the first day of the week.
func (w *Words) WeekStart() time.Weekday { return w.weekStart }

// T returns the text of a word. Its placeholders are filled from pairs of name
// and value:
//
//	w.T("closes", "at", w.At(clock)) // "closes at 9pm"
//
// A placeholder without a value is empty. A key that no file holds returns the
// key; [Dictionary.Has] tells beforehand, and layouts are checked when loaded.
func (w *Words) T(key string, pairs ...string) string {
	e := w.texts[key]
	if e == nil {
		return key
	}
	return e.forms[other].fill(pairs, "")
}

// N returns the text of a word in the plural form that the language uses for
// n, which stands for {count}. Other placeholders are filled as by T.
func (w *Words) N(key string, n int, pairs ...string) string {
	e := w.texts[key]
	if e == nil {
		return key
	}
	text := e.forms[e.plurals.form(n)]
	if text == nil {
		text = e.forms[other]
	}
	return text.fill(pairs, w.Number(n))
}

// Number formats a number with the language's separator: 12,345.
func (w *Words) Number(n int) string {
	digits := strconv.Itoa(n)
	if n > -1000 && n < 1000 {
		return digits
	}
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + w.thousands + digits[i:]
	}
	return sign + digits
}

// Capital returns a text with its first letter in upper case, for the
// beginning of a sentence or a table's cell.
func (w *Words) Capital(s string) string {
	if s == "" {
		return s
	}
	return upperFirst(s)
}

// Data returns words as they stand in the files, placeholders included, for a
// script in the browser to fill. A word with plural forms has one entry for
// each, named as [Intl.PluralRules] names them: "results.one",
// "results.other".
//
// [Intl.PluralRules]: https://tc39.es/ecma402/#pluralrules-objects
func (w *Words) Data(keys ...string) map[string]string {
	data := map[string]string{}
	for _, key := range keys {
		e := w.texts[key]
		if e == nil {
			continue
		}
		if !e.plural {
			data[key] = e.forms[other].source
			continue
		}
		for f, text := range e.forms {
			if text != nil {
				data[key+"."+formName(f)] = text.source
			}
		}
	}
	return data
}

// entry is one word with its forms; forms[other] is never nil.
type entry struct {
	forms   [formCount]*text
	plural  bool
	plurals *plurals // of the language that the text is in
}

// text is a text cut at its placeholders.
type text struct {
	source string
	pieces []piece
	size   int
}

// piece is a literal text, or a placeholder when name is not empty.
type piece struct{ literal, name string }

// fill puts the text together.
func (t *text) fill(pairs []string, count string) string {
	if len(t.pieces) == 1 && t.pieces[0].name == "" {
		return t.source
	}
	size := t.size
	for i := 1; i < len(pairs); i += 2 {
		size += len(pairs[i])
	}
	var b strings.Builder
	b.Grow(size + len(count))
	for _, p := range t.pieces {
		switch p.name {
		case "":
			b.WriteString(p.literal)
		default:
			b.WriteString(valueOf(p.name, pairs, count))
		}
	}
	return b.String()
}

func valueOf(name string, pairs []string, count string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1]
		}
	}
	if name == "count" {
		return count
	}
	return ""
}
