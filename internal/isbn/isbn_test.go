package isbn

import (
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestParseAccepts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"13 digits", "9780316381994", "9780316381994"},
		{"13 digits with hyphens", "978-0-316-38199-4", "9780316381994"},
		{"blanks around and within", " 978 0316 381994 ", "9780316381994"},
		{"hyphens that do not break", "978\u20110\u2011316\u201138199\u20114", "9780316381994"},
		{"en dashes", "978–0–316–38199–4", "9780316381994"},
		{"blanks that do not break", "978\u00a00316381994", "9780316381994"},
		{"10 digits", "0316381993", "9780316381994"},
		{"10 digits with hyphens", "0-316-38199-3", "9780316381994"},
		{"X", "006027087X", "9780060270872"},
		{"small x", "0-06-027087-x", "9780060270872"},
		{"leading zeros", "0000000019", "9780000000019"},
		{"979", "9791032305690", "9791032305690"},
	} {
		n, err := Parse(tt.in)
		if err != nil || n.String() != tt.want {
			t.Errorf("%s: Parse(%q) = %q, %v, want %q", tt.name, tt.in, n, err, tt.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in string
		problem  Problem
		want     string
	}{
		{"check digit of 13", "9780316381995", CheckDigit, `the check digit of the ISBN "9780316381995" is wrong (if the other digits are right, it is 9780316381994)`},
		{"check digit of 10", "0-316-38199-5", CheckDigit, `the check digit of the ISBN "0-316-38199-5" is wrong (if the other digits are right, it is 0316381993)`},
		{"X where another digit belongs", "031638199X", CheckDigit, `the check digit of the ISBN "031638199X" is wrong (if the other digits are right, it is 0316381993)`},
		{"digit where X belongs", "0060270871", CheckDigit, `the check digit of the ISBN "0060270871" is wrong (if the other digits are right, it is 006027087X)`},
		{"one zero lost", "545133343", MissingZeros, `the ISBN "545133343" has lost its leading zeros (write 0545133343)`},
		{"two zeros lost", "60507004", MissingZeros, `the ISBN "60507004" has lost its leading zeros (write 0060507004)`},
		{"zero and X lost", "44844402", MissingZeros, `the ISBN "44844402" has lost its leading zero and the X at its end (write 044844402X)`},
		{"zero lost, X kept", "44844402X", MissingZeros, `the ISBN "44844402X" has lost its leading zeros (write 044844402X)`},
		{"scientific notation", "9.78043902348e+12", Spreadsheet, `a spreadsheet rounded the ISBN to "9.78043902348e+12" (format the column as text and enter all 13 digits again)`},
		{"scientific notation of Excel", "9.78E+12", Spreadsheet, `a spreadsheet rounded the ISBN to "9.78E+12" (format the column as text and enter all 13 digits again)`},
		{"scientific notation with a comma", "9,78E+12", Spreadsheet, `a spreadsheet rounded the ISBN to "9,78E+12" (format the column as text and enter all 13 digits again)`},
		{"decimal", "9780316381994.0", Spreadsheet, `a spreadsheet made the ISBN "9780316381994.0" a number (write 9780316381994)`},
		{"decimal without zeros", "545133343.0", Spreadsheet, `a spreadsheet made the ISBN "545133343.0" a number (write 0545133343)`},
		{"too short", "97804862911", Length, `"97804862911" has 11 digits, an ISBN has 13 or 10`},
		{"one digit", "7", Length, `"7" has 1 digit, an ISBN has 13 or 10`},
		{"nine that were never ten", "545133344", Length, `"545133344" has 9 digits, an ISBN has 13 or 10`},
		{"too long", "97803163819944", Length, `"97803163819944" has 14 digits, an ISBN has 13 or 10`},
		{"empty", "", NotDigits, `"" is not an ISBN (13 or 10 digits, hyphens allowed)`},
		{"hyphens only", "---", NotDigits, `"---" is not an ISBN (13 or 10 digits, hyphens allowed)`},
		{"a word", "none", NotDigits, `"none" is not an ISBN (13 or 10 digits, hyphens allowed)`},
		{"letter O for zero", "978O316381994", NotDigits, `"978O316381994" is not an ISBN (13 or 10 digits, hyphens allowed)`},
		{"X in the middle", "00602708X7", NotDigits, `"00602708X7" is not an ISBN (13 or 10 digits, hyphens allowed)`},
		{"X at the end of 13", "978031638199X", NotDigits, `"978031638199X" is not an ISBN (13 or 10 digits, hyphens allowed)`},
		{"labelled", "ISBN-13: 978-0-316-38199-4", NotDigits, `"ISBN-13: 978-0-316-38199-4" holds more than an ISBN (write 9780316381994)`},
		{"followed by a binding", "0316381993 (hardcover)", NotDigits, `"0316381993 (hardcover)" holds more than an ISBN (write 0316381993)`},
		{"digits of another script", "٩٧٨٠٣١٦٣٨١٩٩٤", NotDigits, `"٩٧٨٠٣١٦٣٨١٩٩٤" is not an ISBN (13 or 10 digits, hyphens allowed)`},
		{"another bar code", "0012345678905", Prefix, `"0012345678905" is not an ISBN (13 digits begin with 978 or 979)`},
		{"music", "9790230671187", Music, `"9790230671187" is the number of printed music, an ISMN, and not an ISBN`},
	} {
		n, err := Parse(tt.in)
		var problem *Error
		if !errors.As(err, &problem) || !n.IsZero() {
			t.Errorf("%s: Parse(%q) = %q, %v, want an *Error", tt.name, tt.in, n, err)
			continue
		}
		if problem.Problem != tt.problem || err.Error() != tt.want {
			t.Errorf("%s: Parse(%q):\n got %d %s\nwant %d %s", tt.name, tt.in, problem.Problem, err, tt.problem, tt.want)
		}
	}
}

// The table holds numbers as they stand in lists of real school libraries.
func TestNumbersAsFound(t *testing.T) {
	t.Parallel()
	for _, row := range messyRows(t) {
		ten, thirteen := row[0], row[1]
		var problem *Error
		n, err := Parse(ten)
		switch {
		case len(ten) < 10:
			if !errors.As(err, &problem) || problem.Problem != MissingZeros {
				t.Errorf("Parse(%q) = %v, want missing zeros", ten, err)
				continue
			}
			if n, err = Parse(problem.Right); err != nil {
				t.Errorf("Parse(%q) proposes %q: %v", ten, problem.Right, err)
			}
		case len(ten) == 11:
			if !errors.As(err, &problem) || problem.Problem != Length {
				t.Errorf("Parse(%q) = %v, want a wrong length", ten, err)
			}
			continue
		case err != nil:
			t.Errorf("Parse(%q): %v", ten, err)
		}
		_, err = Parse(thirteen)
		switch {
		case strings.Contains(thirteen, "e+"):
			if !errors.As(err, &problem) || problem.Problem != Spreadsheet {
				t.Errorf("Parse(%q) = %v, want a spreadsheet's number", thirteen, err)
			}
		case thirteen != "" && n.String() != thirteen:
			t.Errorf("%q is %q, want %q", ten, n, thirteen)
		}
	}
}

func messyRows(t testing.TB) [][]string {
	t.Helper()
	f, err := os.Open("testdata/messy.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestZeroISBN(t *testing.T) {
	t.Parallel()
	if n := (ISBN{}); !n.IsZero() || n.String() != "" {
		t.Errorf("the zero ISBN has the digits %q", n)
	}
}

// Both forms of a number are one, a changed digit never passes, and neither do
// two neighbours of ten that change places.
func TestCheckDigitsCatchSlips(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		nine := strconv.Itoa(1_000_000_000 + r.IntN(1_000_000_000))[1:]
		n, ten := from12("978"+nine), nine+string(check10(nine))
		m, err := Parse(ten)
		if err != nil || m != n {
			t.Fatalf("%s as ten is %q, which is %s, %v", n, ten, m, err)
		}
		for _, written := range []string{n.String(), ten} {
			at := r.IntN(len(written) - 1)
			slip := []byte(written)
			slip[at] = '0' + (slip[at]-'0'+byte(1+r.IntN(9)))%10
			if got, err := Parse(string(slip)); err == nil {
				t.Fatalf("%s passes for %s as %s", slip, written, got)
			}
		}
		at := r.IntN(9)
		swapped := []byte(ten)
		swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
		if got, err := Parse(string(swapped)); err == nil && got != n {
			t.Fatalf("%s passes for %s", swapped, ten)
		}
	}
}

// Whatever the text, Parse answers; what it accepts and what it proposes is
// right; and an accepted number is the same when it is read again.
func FuzzParse(f *testing.F) {
	for _, row := range messyRows(f) {
		f.Add(row[0])
		f.Add(row[1])
	}
	for _, s := range []string{"", "978-0-316-38199-4", "006027087x", "9790230671187", "ISBN 0316381993", "0316381993 (pbk)", "9780316381994.0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		if err != nil {
			var problem *Error
			if !errors.As(err, &problem) || problem.Error() == "" || !n.IsZero() {
				t.Fatalf("Parse(%q) = %s, %v", s, n, err)
			}
			if problem.Right == "" {
				return
			}
			s = problem.Right
			if n, err = Parse(s); err != nil {
				t.Fatalf("the proposed %q: %v", s, err)
			}
		}
		if again, err := Parse(n.String()); err != nil || again != n || len(n.String()) != 13 {
			t.Fatalf("Parse(%q) = %s, which reads as %s, %v", s, n, again, err)
		}
	})
}
