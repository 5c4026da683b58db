package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// A password or a class code in a published text is known to the whole world,
// and pupils' accounts with it. What looks like one is a warning; what only
// names the thing ("Library card number and PIN") is not.

// secretWithSign matches a name of a secret, a sign or verb, and a value.
var secretWithSign = regexp.MustCompile(`(?i)\b(pass ?words?|pass ?codes?|passwd|pwd|contraseña|clave|pin|(?:class|join|course|access|entry|login|school|activation|invitation|invite|teacher|student|session|enrollment) ?codes?|código de (?:la )?(?:clase|acceso))[*_]*(?:\s*[:=]\s*|\s+(?:is|es)\s*:?\s+|\s+(["“'‘]))[*_]*\s*["“'‘]?([^\s"”'’,;<>()]+)`)

// secretCode matches a code that follows its name without a sign.
var secretCode = regexp.MustCompile(`(?i:\b(?:class|join|course|access|pass|login|activation)[ -]?(?:code|word)\s+)([A-Za-z0-9-]{4,})\b`)

// plainWords may follow the name of a secret without being one.
const plainWords = " a an and any are ask at be by call can case change contact depends do el en enter for forgot found free from get given go help here how if in is " +
	"issued it its la las last los my name need needed never no none not number of on one only or our provided required reset same see sent set su sus student students teacher teachers that the their then " +
	"this to tu used via what when which will with you your yours usually was varies first four five six tbd optional birthday birthdate barcode zip phone default assigned " +
	"https http mailto none, por para con de del no se sin una uno "

// secretIn returns the byte offset of something in a text that looks like a
// password or a class code.
func secretIn(s string) (int, string, bool) {
	if !mayHoldSecret(s) {
		return 0, "", false
	}
	for _, m := range secretWithSign.FindAllStringSubmatchIndex(s, -1) {
		name, value := s[m[2]:m[3]], strings.TrimRight(s[m[6]:m[7]], ".!?:*_`")
		if !insideAddress(s, m[2]) && looksSecret(strings.ToLower(name), value, s[m[7]:]) {
			return m[6], value, true
		}
	}
	for _, m := range secretCode.FindAllStringSubmatchIndex(s, -1) {
		if value := s[m[2]:m[3]]; mixed(value) {
			return m[2], value, true
		}
	}
	return 0, "", false
}

// What may stand between the name of a secret and the secret.
const (
	aSign = 1 << iota // or a quote
	aVerb             // " is ", " es:"
	aCode             // nothing: the end of "code " or "word " itself
)

// Each of them shows by its first byte, and all but signs by the third byte after
// it too. A curly quote begins with the byte 0xe2.
var (
	firstBytes  = [256]uint8{':': aSign, '=': aSign, '"': aSign, '\'': aSign, 0xe2: aSign, ' ': aVerb, 'o': aCode, 'O': aCode}
	fourthBytes = [256]uint8{' ': aVerb | aCode, ':': aVerb}
)

// mayHoldSecret looks for the name of a secret before a sign, a quote or a verb,
// or before a code. It is quick where there is none: texts are long, and
// expressions cost 30 ns for each letter (2026-11-24), this 2 (2026-11-26).
func mayHoldSecret(s string) bool {
	for i := range max(len(s)-3, 0) { // a secret has three letters at least
		shows := firstBytes[s[i]] & (fourthBytes[s[i+3]] | aSign)
		if shows != 0 && secretAround(s, i, shows) {
			return true
		}
	}
	return false
}

// secretAround reports whether what shows at an offset stands where the name of a
// secret ends and a secret may begin.
func secretAround(s string, at int, shows uint8) bool {
	switch shows {
	case aSign:
		return secretNameBefore(s[:at])
	case aVerb:
		return s[at+2]|0x20 == 's' && (s[at+1]|0x20 == 'i' || s[at+1]|0x20 == 'e') && secretNameBefore(s[:at])
	}
	name := s[max(at-1, 0) : at+3]
	return (strings.EqualFold(name, "code") || strings.EqualFold(name, "word")) && mixed(firstWord(strings.TrimLeft(s[at+4:], " ")))
}

// secretNames are the ends of the names of secrets.
var secretNames = [...]string{"word", "words", "code", "codes", "pin", "pwd", "passwd", "contraseña", "clave", "clase", "acceso"}

// secretNameBefore reports whether a text ends with the name of a secret.
func secretNameBefore(s string) bool {
	s = strings.TrimRight(s, " *_")
	for _, name := range secretNames {
		if len(s) >= len(name) && strings.EqualFold(s[len(s)-len(name):], name) {
			return true
		}
	}
	return false
}

// firstWord returns the letters and digits with which a text begins.
func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
	if end < 0 {
		return s
	}
	return s[:end]
}

// looksSecret judges a value that follows a name and a sign.
func looksSecret(name, value, rest string) bool {
	value = strings.Trim(value, "*_`[")
	n := utf8.RuneCountInString(value)
	word := strings.ToLower(value)
	switch {
	case n < 3 || strings.Contains(plainWords, " "+word+" "), strings.HasPrefix(word, "http"):
		return false
	case strings.ContainsAny(value, "0123456789"):
		return n >= 4
	case name == "pin":
		return false
	}
	// A lone word at the end of a sentence: "Password: cardinals".
	rest = strings.TrimLeft(rest, `"”'’*_`+"`")
	return n >= 4 && (rest == "" || strings.ContainsAny(rest[:1], ".,;)!\n\r") || strings.HasPrefix(rest, " /"))
}

// insideAddress reports whether an offset lies in an address of the web.
func insideAddress(s string, at int) bool {
	word := s[strings.LastIndexAny(s[:at], " \t\"(<[")+1 : at]
	return strings.Contains(word, "://")
}

// mixed reports whether a code has letters and digits, or capitals only.
func mixed(s string) bool {
	if strings.ContainsAny(s, "0123456789") && (len(s) >= 5 || strings.Trim(s, "0123456789-") != "") {
		return true
	}
	return len(s) >= 5 && strings.ToUpper(s) == s && strings.ToLower(s) != s
}

func secretFinding(pos diag.Pos, value string) diag.Finding {
	return diag.Warnf(pos, "secret", "%q looks like a password or a class code, and everybody can read this page", value).
		WithHint("take it out, change it, and say where people get it")
}

// secretsInFile looks through the texts of a file, line by line.
func secretsInFile(file, text string) []diag.Finding {
	if !mayHoldSecret(text) {
		return nil
	}
	var found []diag.Finding
	number := 0
	for line := range strings.Lines(text) {
		number++
		if at, value, ok := secretIn(line); ok {
			col := 1 + utf8.RuneCountInString(strings.TrimPrefix(line[:at], "\ufeff"))
			found = append(found, secretFinding(diag.Pos{File: file, Line: number, Col: col}, value))
		}
	}
	return found
}
