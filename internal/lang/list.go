package lang

import "strings"

// And joins a list: "a", "a and b", "a, b, and c".
func (w *Words) And(items []string) string { return w.join(items, "and") }

// Or joins a list of choices: "a or b", "a, b, or c".
func (w *Words) Or(items []string) string { return w.join(items, "or") }

// List joins a list with commas alone: "a, b, c".
func (w *Words) List(items []string) string { return strings.Join(items, w.T("list-comma")) }

func (w *Words) join(items []string, kind string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return w.T(w.conjunction("list-"+kind+"-two", items[1]), "first", items[0], "last", items[1])
	default:
		last := items[n-1]
		return w.T(w.conjunction("list-"+kind, last), "list", w.List(items[:n-1]), "last", last)
	}
}

// conjunction picks the form of a conjunction before a word. Spanish writes e
// for y before the sound of i, and u for o before that of o (Diccionario
// panhispánico de dudas, "y" and "o").
func (w *Words) conjunction(key, next string) string {
	if w.tag.Base() != "es" {
		return key
	}
	next = Fold(next)
	sound := strings.TrimPrefix(next, "h")
	switch {
	case strings.Contains(key, "-and") && strings.HasPrefix(sound, "i") && !isDiphthong(sound):
		return key + "-before-i"
	case strings.Contains(key, "-or") && strings.HasPrefix(sound, "o"):
		return key + "-before-o"
	}
	return key
}

// isDiphthong reports whether a word begins with the sound of y: hielo, ionosfera.
func isDiphthong(s string) bool {
	return strings.HasPrefix(s, "ia") || strings.HasPrefix(s, "ie") || strings.HasPrefix(s, "io")
}
