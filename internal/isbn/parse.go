package isbn

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// Problem is what is wrong with a number.
type Problem int

// The problems.
const (
	CheckDigit   Problem = iota // the last digit does not fit the others
	MissingZeros                // a spreadsheet took the zeros before the number away
	Spreadsheet                 // a spreadsheet turned the number into 9.78E+12 or 9780316381994.0
	Length                      // neither 13 nor 10 digits
	NotDigits                   // something that is neither digit, hyphen nor blank
	Prefix                      // 13 digits that begin with neither 978 nor 979
	Music                       // an ISMN, 979-0
)

// Error is a number that is no ISBN. Every error of Parse is an *Error.
type Error struct {
	Problem Problem
	Input   string // as given
	Right   string // the number that was probably meant; "" if it cannot be known
}

// Error says what is wrong and, in brackets, what to do.
func (e *Error) Error() string {
	switch e.Problem {
	case CheckDigit:
		return fmt.Sprintf("the check digit of the ISBN %q is wrong (if the other digits are right, it is %s)", e.Input, e.Right)
	case MissingZeros:
		if strings.HasSuffix(e.Right, "X") && !strings.HasSuffix(compact(e.Input), "X") {
			return fmt.Sprintf("the ISBN %q has lost its leading zero and the X at its end (write %s)", e.Input, e.Right)
		}
		return fmt.Sprintf("the ISBN %q has lost its leading zeros (write %s)", e.Input, e.Right)
	case Spreadsheet:
		if e.Right != "" {
			return fmt.Sprintf("a spreadsheet made the ISBN %q a number (write %s)", e.Input, e.Right)
		}
		return fmt.Sprintf("a spreadsheet rounded the ISBN to %q (format the column as text and enter all 13 digits again)", e.Input)
	case NotDigits:
		if e.Right != "" {
			return fmt.Sprintf("%q holds more than an ISBN (write %s)", e.Input, e.Right)
		}
		return fmt.Sprintf("%q is not an ISBN (13 or 10 digits, hyphens allowed)", e.Input)
	case Prefix:
		return fmt.Sprintf("%q is not an ISBN (13 digits begin with 978 or 979)", e.Input)
	case Music:
		return fmt.Sprintf("%q is the number of printed music, an ISMN, and not an ISBN", e.Input)
	}
	return fmt.Sprintf("%q has %s, an ISBN has 13 or 10", e.Input, count(e.Input))
}

// count says how many digits there are.
func count(input string) string {
	n := len(compact(input))
	if n == 1 {
		return "1 digit"
	}
	return fmt.Sprintf("%d digits", n)
}

// Parse reads an ISBN of 13 or 10 digits; an X may be the last of 10. Hyphens
// of any kind and blanks do not count. The error is an *Error.
func Parse(s string) (ISBN, error) {
	digits := compact(s)
	if !plainDigits.MatchString(digits) {
		return ISBN{}, misread(s)
	}
	n, problem := parse(digits)
	if problem != nil {
		problem.Input = s
		return ISBN{}, problem
	}
	return n, nil
}

// parse reads digits, the last of which may be an X.
func parse(digits string) (ISBN, *Error) {
	switch len(digits) {
	case 13:
		return parse13(digits)
	case 10:
		return parse10(digits)
	case 8, 9:
		if right := withZeros(digits); right != "" {
			return ISBN{}, &Error{Problem: MissingZeros, Right: right}
		}
	}
	return ISBN{}, &Error{Problem: Length}
}

func parse13(digits string) (ISBN, *Error) {
	switch {
	case digits[12] == 'X':
		return ISBN{}, &Error{Problem: NotDigits}
	case strings.HasPrefix(digits, "9790"):
		return ISBN{}, &Error{Problem: Music}
	case !strings.HasPrefix(digits, "978") && !strings.HasPrefix(digits, "979"):
		return ISBN{}, &Error{Problem: Prefix}
	}
	n := from12(digits[:12])
	if n.String() != digits {
		return ISBN{}, &Error{Problem: CheckDigit, Right: n.String()}
	}
	return n, nil
}

func parse10(digits string) (ISBN, *Error) {
	if right := digits[:9] + string(check10(digits)); right != digits {
		return ISBN{}, &Error{Problem: CheckDigit, Right: right}
	}
	return from12("978" + digits[:9]), nil
}

// compact returns the number without hyphens and blanks, its x a capital.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '−' || r == '\u00AD':
			return -1
		case r == 'x':
			return 'X'
		}
		return r
	}, s)
}

var (
	plainDigits = regexp.MustCompile(`^[0-9]*[0-9X]$`)
	scientific  = regexp.MustCompile(`^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+$`)
	decimal     = regexp.MustCompile(`^([0-9]{8,13})[.,]0+$`)
	labelled    = regexp.MustCompile(`(?i)^(?:isbn(?:-?1[03])?:?|urn:isbn:)?\s*([0-9X][0-9X\s\pPd]{8,16}[0-9X])\s*(?:[(,;:].*)?$`)
)

// misread tells what is wrong with a text that is not made of digits, and
// finds the number in it if it holds one.
func misread(s string) *Error {
	trimmed := strings.TrimSpace(s)
	if scientific.MatchString(trimmed) {
		return &Error{Problem: Spreadsheet, Input: s}
	}
	if m := decimal.FindStringSubmatch(trimmed); m != nil {
		return &Error{Problem: Spreadsheet, Input: s, Right: rightOf(m[1])}
	}
	if m := labelled.FindStringSubmatch(trimmed); m != nil {
		return &Error{Problem: NotDigits, Input: s, Right: rightOf(m[1])}
	}
	return &Error{Problem: NotDigits, Input: s}
}

// rightOf returns the number as it should be written, "" if it is wrong in a
// way that only its owner can mend.
func rightOf(s string) string {
	digits := compact(s)
	if !plainDigits.MatchString(digits) {
		return ""
	}
	_, problem := parse(digits)
	switch {
	case problem == nil:
		return digits
	case problem.Problem == MissingZeros:
		return problem.Right
	}
	return ""
}

// withZeros returns the ISBN of ten characters that has lost its leading
// zeros, "" if none fits. An X at the end gets lost with them, as a
// spreadsheet keeps what it takes for a number.
func withZeros(digits string) string {
	padded := "00"[len(digits)-8:] + digits
	if _, problem := parse10(padded); problem == nil {
		return padded
	}
	if len(digits) == 8 && digits[7] != 'X' {
		if nine := "0" + digits; check10(nine) == 'X' {
			return nine + "X"
		}
	}
	return ""
}
