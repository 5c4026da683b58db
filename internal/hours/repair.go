package hours

import (
	"regexp"
	"strings"
)

// repaired is the hint for a value that is wrong but that a person
// understands: how to write it right. It is empty when that is not clear; text
// is folded. The expressions are compiled here because only mistakes need them.
func repaired(text string) string {
	if right := rightWord(strings.Trim(text, " .!")); right != "" {
		return "write " + right
	}
	repair := text
	for _, slip := range []struct{ found, right string }{
		{`[—−‐‑‒―~]`, "-"},
		{`\b(from|open|hours|hrs|uhr)\b`, ""},
		{`\s*\b(to|until|till|til|bis)\b\s*`, "-"},
		{`\s*([;/&+]|\band\b)\s*`, ", "},
		{`\b12(:00)?\s*noon\b|\bmid-?day\b`, "noon"},
		{`\b12(:00)?\s*midnight\b`, "midnight"},
		{`(\d)[.h](\d\d)(\D|$)`, "$1:$2$3"},
		{`(\d)h\b`, "$1:00"},
		{`\b([01]?\d|2[0-4])([0-5]\d)\b`, "$1:$2"},
		{`(\d)\s*([ap])\.?\s*m?\.?(\W|$)`, "$1${2}m$3"},
	} {
		repair = regexp.MustCompile(slip.found).ReplaceAllString(repair, slip.right)
	}
	repair = strings.Join(strings.Fields(repair), " ")
	if repair == text {
		return ""
	}
	if _, m := parseIntervals(repair); m != nil {
		if strings.HasPrefix(m.Hint, "write ") {
			return m.Hint
		}
		return ""
	}
	return "write " + repair
}

// rightWord returns the word of the contract for one that means the same.
func rightWord(s string) string {
	switch s {
	case "24 hours", "24h", "24hrs", "24hours", "24 hrs", "24-hours", "24/7", "all day", "open 24 hours", "24 h", "always", "always open", "24 hours a day":
		return "24 hours"
	case "closed", "close", "shut", "closed all day", "none", "no", "off", "-", "closed day", "cerrado":
		return "closed"
	case "by appointment", "by-appointment", "appointment", "appointment only", "by appointment only", "by appt", "by appt.", "by app", "byapp":
		return "by appointment"
	case "unknown", "tbd", "tba", "?", "not set", "not-set", "n/a", "unkown", "not known", "to be announced":
		return "unknown"
	}
	return ""
}
