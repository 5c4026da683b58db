package lang

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/unicode/norm"
)

// Collation puts titles in the order of a language, from A to Z: leading
// articles of that language are passed over, and so are signs before the first
// letter or digit; digits come first, numbers count by value, letters outside
// the language's alphabet come last. Capitals and accents matter only between
// titles that are otherwise equal.
type Collation struct {
	alphabet []string
	rank     map[string]int
	articles []string // lower case

	mu       sync.Mutex // collate.Collator keeps state between calls
	collator *collate.Collator
	buffer   collate.Buffer
	keys     map[string]string // of titles that were asked for
}

// maxKeys is how many keys a Collation remembers before it begins anew, so that
// a server which runs for weeks does not remember every title there ever was.
const maxKeys = 100_000

// NewCollation returns the order of a language.
func NewCollation(tag Tag) *Collation {
	c := &Collation{
		alphabet: alphabetOf(tag.Base()),
		articles: articlesOf(tag.Base()),
		collator: collate.New(tag.tag(), collate.IgnoreCase, collate.Numeric),
		rank:     map[string]int{},
		keys:     map[string]string{},
	}
	for i, letter := range c.alphabet {
		c.rank[letter] = i
	}
	return c
}

// Key returns what to compare instead of a title: titles sort by their keys as
// plain strings. Equal titles have equal keys, different titles different ones.
// The key of a title is remembered: making it costs about 2 µs.
func (c *Collation) Key(title string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	key, known := c.keys[title]
	if !known {
		if len(c.keys) >= maxKeys {
			clear(c.keys)
		}
		key = c.newKey(title)
		c.keys[title] = key
	}
	return key
}

func (c *Collation) newKey(title string) string {
	sorted := joinThousands(c.sortedPart(title))
	c.buffer.Reset()
	var b strings.Builder
	b.WriteByte(c.letterOf(sorted).rank)
	b.Write(c.collator.KeyFromString(&c.buffer, sorted))
	b.WriteByte(0)
	b.WriteString(title)
	return b.String()
}

// Letter is the heading under which a title stands in a list from A to Z. The
// zero Letter is the one for digits. Letters compare with ==.
type Letter struct {
	letter string
	rank   byte
}

// The ranks of what is not in the alphabet.
const (
	digitRank = 0
	otherRank = 255
)

// Letter returns the heading under which a title stands.
func (c *Collation) Letter(title string) Letter {
	switch rank := c.Key(title)[0]; rank {
	case digitRank:
		return Letter{}
	case otherRank:
		return Letter{rank: otherRank}
	default:
		return Letter{c.alphabet[rank-1], rank}
	}
}

// Letters returns all headings of the language in order: digits, the alphabet,
// other letters.
func (c *Collation) Letters() []Letter {
	letters := []Letter{{}}
	for i, l := range c.alphabet {
		letters = append(letters, Letter{l, byte(i + 1)})
	}
	return append(letters, Letter{rank: otherRank})
}

// Segment returns the letter's part of an address: "0-9", "other", or the
// letter itself in lower case, such as "m" or "ñ" (which a URL writes as
// %C3%B1).
func (l Letter) Segment() string {
	switch l.rank {
	case digitRank:
		return "0-9"
	case otherRank:
		return "other"
	}
	return l.letter
}

// IsOther reports whether the letter is the heading of titles that begin with
// a letter outside the alphabet, or hold no letter at all.
func (l Letter) IsOther() bool { return l.rank == otherRank }

// String returns the letter as a heading shows it, "M" or "0–9". Other letters
// have no name here, as it depends on the language: see [Words.Letter].
func (l Letter) String() string {
	switch l.rank {
	case digitRank:
		return "0–9"
	case otherRank:
		return ""
	}
	return strings.ToUpper(l.letter)
}

// sortedPart returns the title from the letter or digit by which it sorts.
func (c *Collation) sortedPart(title string) string {
	title = trimSigns(title)
	if after := trimSigns(c.withoutArticle(title)); after != "" {
		return after
	}
	return title
}

func (c *Collation) withoutArticle(s string) string {
	if end := strings.IndexFunc(s, unicode.IsSpace); end > 0 && slices.Contains(c.articles, strings.ToLower(s[:end])) {
		return s[end:]
	}
	if end := strings.IndexAny(s, "'’"); end > 0 && slices.Contains(c.articles, strings.ToLower(s[:end])+"'") {
		return s[end:]
	}
	return s
}

func trimSigns(s string) string {
	return strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// letterOf returns the heading of a text that begins with the letter or digit
// by which it sorts.
func (c *Collation) letterOf(s string) Letter {
	first, marks := firstLetter(s)
	if unicode.IsNumber(first) {
		return Letter{}
	}
	for _, candidate := range letterCandidates(first, marks) {
		if i, ok := c.rank[candidate]; ok {
			return Letter{candidate, byte(i + 1)}
		}
	}
	return Letter{rank: otherRank}
}

// firstLetter returns the first letter of s in lower case, and its marks.
func firstLetter(s string) (letter rune, marks []rune) {
	for i, r := range s {
		if i > 0 && !unicode.IsMark(r) {
			break
		}
		if i == 0 {
			r = unicode.ToLower(r)
		}
		for _, r := range norm.NFD.String(string(r)) {
			if letter == 0 {
				letter = r
			} else {
				marks = append(marks, r)
			}
		}
	}
	return letter, marks
}

// letterCandidates returns what a letter with marks may be in an alphabet, the
// most exact first: with all its marks, with one of them, without any.
func letterCandidates(letter rune, marks []rune) []string {
	candidates := []string{norm.NFC.String(string(letter) + string(marks))}
	for _, mark := range marks {
		candidates = append(candidates, norm.NFC.String(string([]rune{letter, mark})))
	}
	return append(candidates, string(letter), plainLetter(letter))
}

// plainLetter returns the letter of a to z under which a dictionary looks for
// one that Unicode does not decompose, "" if there is none.
func plainLetter(r rune) string {
	switch r {
	case 'æ':
		return "a"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ł':
		return "l"
	case 'ø', 'œ':
		return "o"
	case 'ß':
		return "s"
	case 'ŧ':
		return "t"
	}
	return ""
}

// joinThousands writes 20,000 as 20000, so that it counts by value.
func joinThousands(s string) string {
	if !strings.Contains(s, ",") {
		return s
	}
	var b []byte
	for i := range len(s) {
		if s[i] == ',' && digitsBefore(s[:i]) <= 3 && isDigit(s, i-1) && isGroup(s[i+1:]) {
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

// isGroup reports whether s begins with three digits and no fourth.
func isGroup(s string) bool {
	return isDigit(s, 0) && isDigit(s, 1) && isDigit(s, 2) && !isDigit(s, 3)
}

func isDigit(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

func digitsBefore(s string) int {
	n := 0
	for isDigit(s, len(s)-1-n) {
		n++
	}
	return n
}

// articlesOf lists the articles of a language in lower case; those that melt
// into the next word end with an apostrophe. See MARC 21, appendix F, "Initial
// Definite and Indefinite Articles".
func articlesOf(base string) []string {
	switch base {
	case "ca":
		return []string{"el", "la", "els", "les", "un", "una", "uns", "unes", "l'"}
	case "de":
		return []string{"der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einen", "einer", "eines"}
	case "en":
		return []string{"the", "a", "an"}
	case "es":
		return []string{"el", "la", "los", "las", "lo", "un", "una", "unos", "unas"}
	case "fr":
		return []string{"le", "la", "les", "un", "une", "des", "l'"}
	case "it":
		return []string{"il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "l'", "un'"}
	case "nl":
		return []string{"de", "het", "een"}
	case "pt":
		return []string{"o", "a", "os", "as", "um", "uma", "uns", "umas"}
	}
	return nil
}

// alphabetOf returns the letters of a language in order. A language that is
// not listed has a to z.
func alphabetOf(base string) []string {
	const latin = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
	letters := latin
	switch base {
	case "ar":
		letters = "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي"
	case "cs":
		letters = "a b c č d e f g h i j k l m n o p q r ř s š t u v w x y z ž"
	case "da", "nb", "nn", "no":
		letters = latin + " æ ø å"
	case "el":
		letters = "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω"
	case "es":
		letters = "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z"
	case "fi", "sv":
		letters = latin + " å ä ö"
	case "he":
		letters = "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת"
	case "pl":
		letters = "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż"
	case "ru":
		letters = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
	case "tr":
		letters = "a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z"
	case "uk":
		letters = "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я"
	case "vi":
		letters = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z"
	}
	return strings.Fields(letters)
}
