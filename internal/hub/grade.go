package hub

import (
	"fmt"
	"strconv"
	"strings"
)

// Grade is one grade of an American school, or adults. The zero Grade is none.
type Grade uint8

// The grades that have names; grade 1 is FirstGrade, grade 12 FirstGrade + 11.
const (
	PreK       Grade = 1
	K          Grade = 2
	FirstGrade Grade = 3
	Adult      Grade = 15
)

// AllGrades lists the grades from youngest to oldest.
func AllGrades() []Grade {
	var all []Grade
	for g := PreK; g <= Adult; g++ {
		all = append(all, g)
	}
	return all
}

// String returns the grade as content files write it: prek, k, 1 … 12, adult.
func (g Grade) String() string {
	switch g {
	case PreK:
		return "prek"
	case K:
		return "k"
	case Adult:
		return "adult"
	}
	return strconv.Itoa(int(g - FirstGrade + 1))
}

// Grades is a set of grades. The zero Grades is empty and means that nothing
// was said: for everybody.
type Grades uint16

// ParseGrade reads one grade.
func ParseGrade(s string) (Grade, error) {
	word := strings.ToLower(strings.TrimSpace(s))
	switch word {
	case "prek", "pre-k", "pk":
		return PreK, nil
	case "k", "kindergarten", "0": // school software writes kindergarten as grade 0
		return K, nil
	case "adult", "adults":
		return Adult, nil
	}
	n, err := strconv.Atoi(word)
	if err != nil || len(word) > 2 || word[0] < '0' || word[0] > '9' {
		return 0, fmt.Errorf("%q is not a grade", s)
	}
	if n < 1 || n > 12 || word[0] == '0' {
		return 0, fmt.Errorf("there is no grade %s", word)
	}
	return FirstGrade + Grade(n-1), nil
}

// ParseGrades reads a grade or a range of grades such as k-5. Either dash may
// stand in a range, and a range may begin with 0, as exports of catalogs write
// kindergarten. A range that runs backwards is an error.
func ParseGrades(s string) (Grades, error) {
	word := strings.ToLower(strings.Join(strings.Fields(s), ""))
	for _, dash := range []string{"–", "—"} {
		word = strings.ReplaceAll(word, dash, "-")
	}
	word = strings.ReplaceAll(word, "pre-k", "prek")
	from, to, isRange := strings.Cut(word, "-")
	if isRange && from == "0" {
		from = K.String()
	}
	first, err := ParseGrade(from)
	if err != nil {
		return 0, err
	}
	if !isRange {
		return 1 << first, nil
	}
	last, err := ParseGrade(to)
	if err != nil {
		return 0, err
	}
	if last < first {
		return 0, fmt.Errorf("the range %q runs backwards", s)
	}
	var set Grades
	for g := first; g <= last; g++ {
		set |= 1 << g
	}
	return set, nil
}

// Has reports whether the set holds a grade.
func (s Grades) Has(g Grade) bool { return s&(1<<g) != 0 }

// IsZero reports whether nothing was said.
func (s Grades) IsZero() bool { return s == 0 }

// List returns the grades from youngest to oldest.
func (s Grades) List() []Grade {
	var list []Grade
	for g := PreK; g <= Adult; g++ {
		if s.Has(g) {
			list = append(list, g)
		}
	}
	return list
}

// GradeRange is a run of neighbouring grades.
type GradeRange struct{ From, To Grade }

// Ranges returns the set as runs of neighbours; adults stand alone.
func (s Grades) Ranges() []GradeRange {
	var runs []GradeRange
	for _, g := range s.List() {
		if n := len(runs); n > 0 && runs[n-1].To+1 == g && g != Adult {
			runs[n-1].To = g
			continue
		}
		runs = append(runs, GradeRange{g, g})
	}
	return runs
}

// String formats the set as content files write it, with commas: "k-5, adult".
func (s Grades) String() string {
	var parts []string
	for _, r := range s.Ranges() {
		if r.From == r.To {
			parts = append(parts, r.From.String())
		} else {
			parts = append(parts, r.From.String()+"-"+r.To.String())
		}
	}
	return strings.Join(parts, ", ")
}
