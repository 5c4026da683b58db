package lang

import "strings"

// Names of what hub keeps as closed sets of words. Each takes the word as
// content files write it, so that lang need not know hub; a test there compares
// the lists.

// Format names a format in the singular: "E-book".
func (w *Words) Format(format string) string { return w.T("format-" + format) }

// FormatPlural names a format in the plural, as a heading or a filter does:
// "E-books".
func (w *Words) FormatPlural(format string) string { return w.T("format-" + format + "-many") }

// Audience names an audience: "Teachers".
func (w *Words) Audience(audience string) string { return w.T("audience-" + audience) }

// LibraryKind names a kind of library: "Public library".
func (w *Words) LibraryKind(kind string) string { return w.T("kind-" + kind) }

// BookStatus names what a book is on its list: "Winner".
func (w *Words) BookStatus(status string) string { return w.T("status-book-" + status) }

// BookKind names a form in which a book is had: "Large print".
func (w *Words) BookKind(kind string) string { return w.T("book-" + kind) }

// Where says from where a resource can be used: "From anywhere".
func (w *Words) Where(where string) string { return w.T("where-" + where) }

// Section names a section of the site: "Databases" for databases.
func (w *Words) Section(section string) string { return w.T("section-" + section) }

// Letter names a heading of a list from A to Z: "M", "0–9", "Other".
func (w *Words) Letter(l Letter) string {
	if l.IsOther() {
		return w.T("letter-other")
	}
	return l.String()
}

// Grade names one grade: "Grade 3", "Kindergarten", "Adults".
func (w *Words) Grade(grade string) string {
	switch grade {
	case "prek", "k", "adult":
		return w.T("grade-" + grade)
	}
	return w.T("grade", "grade", grade)
}

// GradeShort names one grade for a narrow place: "3", "K", "Pre-K".
func (w *Words) GradeShort(grade string) string {
	switch grade {
	case "prek", "k", "adult":
		return w.T("grade-short-" + grade)
	}
	return grade
}

// Grades names a set of grades, written as content files write it: "k-5,
// adult" is "Grades K–5 and adults". No grades at all, and all of them, are
// "All ages".
func (w *Words) Grades(set string) string {
	if set == "" || set == "prek-12, adult" {
		return w.T("grades-all")
	}
	parts := strings.Split(set, ", ")
	for i, part := range parts {
		from, to, isRange := strings.Cut(part, "-")
		switch {
		case !isRange:
			parts[i] = w.Grade(part)
		case from == "prek" && to == "k":
			parts[i] = w.T("grades-prek-k")
		case from == "prek", from == "k":
			parts[i] = w.T("grades-"+from+"-to", "to", to)
		default:
			parts[i] = w.T("grades-range", "from", from, "to", to)
		}
		if i > 0 {
			parts[i] = lowerFirst(parts[i])
		}
	}
	return w.And(parts)
}
