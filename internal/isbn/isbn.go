// Package isbn holds International Standard Book Numbers that are right.
//
// An [ISBN] is made by [Parse] only, so that whoever has one need not check it
// again. Parse takes what people paste: 13 or 10 digits, with hyphens or
// blanks. What is wrong with a number it says in words that a librarian
// understands, with the right number where it can be known.
//
//	n, err := isbn.Parse("0-316-38199-3")
//	n.String() // 9780316381994
//
// The package knows nothing of files: content puts the place to the words. It
// is not for ISSNs, and not for ISMNs (printed music), which it refuses by
// name.
package isbn

// ISBN is a right ISBN, held as the 13 digits of ISO 2108. The zero ISBN is
// "no number": IsZero reports it. ISBNs compare with == and can be keys.
type ISBN struct {
	digits [13]byte // '0' to '9', or all zero
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

// from12 completes the first twelve digits.
func from12(digits string) ISBN {
	var n ISBN
	copy(n.digits[:], digits)
	n.digits[12] = check13(n.digits[:12])
	return n
}

// check13 is the last digit for the twelve before it: weights 1 and 3, modulo
// 10 (ISO 2108:2017, annex C).
func check13[T string | []byte](digits T) byte {
	sum := 0
	for i := range 12 {
		sum += int(digits[i]-'0') * (1 + i%2*2)
	}
	return '0' + byte((10-sum%10)%10)
}

// check10 is the last character for the nine digits before it: weights 10 to
// 2, modulo 11, X for ten (ISO 2108:1992).
func check10[T string | []byte](digits T) byte {
	sum := 0
	for i := range 9 {
		sum += int(digits[i]-'0') * (10 - i)
	}
	if c := (11 - sum%11) % 11; c < 10 {
		return '0' + byte(c)
	}
	return 'X'
}
