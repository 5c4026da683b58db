package hours

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Mistake is what is wrong with a value that an author wrote, and the way out.
type Mistake struct{ Message, Hint string }

// Error is the message with the hint in brackets.
func (m *Mistake) Error() string {
	if m.Hint == "" {
		return m.Message
	}
	return m.Message + " (" + m.Hint + ")"
}

func mistakef(hint, format string, args ...any) *Mistake {
	return &Mistake{Message: fmt.Sprintf(format, args...), Hint: hint}
}

// forms is the hint for a value that resembles nothing.
const forms = "write hours like 9am-5pm or 09:00-17:00, closed, 24 hours, by appointment or unknown"

// Parse reads what a day says (section 1): a word, or intervals, and a note in
// brackets. The error is a *Mistake.
func Parse(text string) (Value, error) {
	v, m := parseValue(text)
	if m != nil {
		return Value{}, m
	}
	return v, nil
}

func parseValue(text string) (Value, *Mistake) {
	body, note, m := cutNote(plain(text))
	if m != nil {
		return Value{}, m
	}
	v, m := parseBody(body)
	if m != nil {
		return Value{}, m
	}
	v.Note = note
	return v, nil
}

var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// plain makes one line of a text: a line break counts as a blank.
func plain(text string) string { return strings.TrimSpace(lineBreaks.Replace(text)) }

// cutNote takes the note in brackets off the end.
func cutNote(text string) (body, note string, m *Mistake) {
	open := strings.IndexByte(text, '(')
	if open < 0 {
		if strings.Contains(text, ")") {
			return "", "", mistakef("", "a bracket closes that nothing opened in %q", text)
		}
		return text, "", nil
	}
	depth := 0
	for i, r := range text[open:] {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth > 0 {
			continue
		}
		if rest := text[open+i+1:]; strings.TrimSpace(rest) != "" {
			return "", "", mistakef("write the hours first and one note in brackets after them",
				"the note in brackets is not at the end of %q", text)
		}
		return strings.TrimSpace(text[:open]), strings.TrimSpace(text[open+1 : open+i]), nil
	}
	return "", "", mistakef("end the note with )", "the note in brackets is never closed in %q", text)
}

func parseBody(body string) (Value, *Mistake) {
	folded := fold(body)
	switch folded {
	case "":
		return Value{}, mistakef(forms, "the hours are missing")
	case "closed":
		return Value{Status: Closed}, nil
	case "24 hours":
		return allDay(), nil
	case "by appointment":
		return Value{Status: ByAppointment}, nil
	case "unknown":
		return Value{Status: Unknown}, nil
	}
	intervals, m := parseIntervals(folded)
	if m != nil {
		if m.Hint == "" {
			m.Hint = cmp.Or(repaired(folded), forms)
		}
		return Value{}, m
	}
	if len(intervals) == 1 && intervals[0] == (Interval{0, midnight}) {
		return allDay(), nil
	}
	return Value{Status: Open, Intervals: intervals}, nil
}

func allDay() Value {
	return Value{Status: AllDay, Intervals: []Interval{{0, midnight}}}
}

// fold makes lower case of s with single blanks, an en dash a hyphen.
func fold(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "–", "-")
	return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
}

// parseIntervals reads intervals with commas between them and puts them in
// order of time.
func parseIntervals(folded string) ([]Interval, *Mistake) {
	var intervals []Interval
	for part := range strings.SplitSeq(folded, ",") {
		interval, m := parseInterval(strings.TrimSpace(part))
		if m != nil {
			return nil, m
		}
		intervals = append(intervals, interval)
	}
	slices.SortStableFunc(intervals, func(a, b Interval) int { return cmp.Compare(a.From, b.From) })
	for i, next := range intervals[1:] {
		if before := intervals[i]; next.From < before.To {
			return nil, mistakef("write times that do not overlap, such as 9am-noon, 1pm-5pm",
				"the intervals %s and %s overlap", spoken(before), spoken(next))
		}
	}
	return intervals, nil
}

func parseInterval(text string) (Interval, *Mistake) {
	if text == "" {
		return Interval{}, mistakef("leave out the comma, or write an interval on either side", "an interval is missing beside a comma")
	}
	first, second, ok := strings.Cut(text, "-")
	if !ok {
		return Interval{}, mistakef("", "%q says no hours", text)
	}
	from, m := parseTime(strings.TrimSpace(first), text)
	if m != nil {
		return Interval{}, m
	}
	to, m := parseTime(strings.TrimSpace(second), text)
	if m != nil {
		return Interval{}, m
	}
	return join(from, to, text)
}
