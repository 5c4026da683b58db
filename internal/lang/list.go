package lang

import "strings"

// And joins a list: "a", "a and b", "a, b, and c".
func (w *Words) And(items []string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return w.T(w.conjunction("list-and-two", items[1]), "first", items[0], "last", items[1])
	default:
		last := items[n-1]
		return w.T(w.conjunction("list-and", last), "list", w.List(items[:n-1]), "last", last)
	}
}

// List joins a list with commas alone: "a, b, c".
func (w *Words) List(items []string) string { return strings.Join(items, w.T("list-comma")) }

// conjunction picks the form of a conjunction before a word. Spanish writes e
// for y before the sound of i (Diccionario panhispánico de dudas, "y").
func (w *Words) conjunction(key, next string) string {
	if w.tag.Base() != "es" {
		return key
	}
	if sound := strings.TrimPrefix(Fold(next), "h"); strings.HasPrefix(sound, "i") && !isDiphthong(sound) {
		return key + "-before-i"
	}
	return key
}

// isDiphthong reports whether a word begins with the sound of y: hielo, ionosfera.
func isDiphthong(s string) bool {
	return strings.HasPrefix(s, "ia") || strings.HasPrefix(s, "ie") || strings.HasPrefix(s, "io")
}
