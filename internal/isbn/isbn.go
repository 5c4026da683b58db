// Package isbn holds International Standard Book Numbers that are right.
//
// An [ISBN] is made by [Parse] only, so that whoever has one need not check it
// again. Parse takes what people paste: 13 or 10 digits, with hyphens or
// blanks; what is wrong with a number it says in words that a librarian
// understands, with the right number where it can be known.
//
//	n, err := isbn.Parse("0-316-38199-3")
//	n.String() // 9780316381994
//
// The package knows nothing of files: content puts the place to the words.
// It is not for ISSNs, and not for ISMNs (printed music), which it refuses by
// name.
package isbn

// ISBN is a right ISBN, held as the 13 digits of ISO 2108. The zero ISBN is
// "no number": IsZero reports it. ISBNs compare with == and can be keys.
type ISBN struct {
	digits [13]byte
}

// IsZero reports whether n is no number.
func (n ISBN) IsZero() bool { return n == ISBN{} }

// String returns the 13 digits without hyphens, "" for the zero ISBN.
func (n ISBN) String() string {
	if n.IsZero() {
		return ""
	}
	return string(n.digits[:])
}

// Parse reads an ISBN.
func Parse(s string) (ISBN, error) { return ISBN{}, nil }

// ISBN10 returns the number as the ten characters used before 2007, and
// whether it has any: numbers that begin with 979 have none.
func (n ISBN) ISBN10() (string, bool) { return "", false }

// Compare orders ISBNs by their digits.
func (n ISBN) Compare(m ISBN) int { return 0 }
