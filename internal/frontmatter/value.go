package frontmatter

import (
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// Place takes, as a field of a struct, the place where the struct's mapping
// begins. A struct that was not given has the zero Place.
type Place struct {
	diag.Pos
	Key diag.Pos // of the field's name; zero for an entry of a list and for a whole text
}

// Given reports whether the mapping stands in the file at all.
func (p Place) Given() bool { return p.Line != 0 }

// Text is a scalar as it is written, without quotes and without blanks around
// it. A field without a value counts as not given.
type Text struct {
	Value string
	Pos   diag.Pos
}

// Given reports whether the field has a value.
func (t Text) Given() bool { return t.Value != "" }

// Prose is a plain text for readers: a line break counts as a blank. HTML in
// it, and a " #" that cuts it short, are warnings.
type Prose struct{ Text }

// Bool is true or false.
type Bool struct {
	Value bool
	Pos   diag.Pos
}

// Int is a whole number.
type Int struct {
	Value int
	Pos   diag.Pos
}

// Given reports whether the field has a value.
func (i Int) Given() bool { return i.Pos.Line != 0 }

// Float is a number.
type Float struct {
	Value float64
	Pos   diag.Pos
}

// Given reports whether the field has a value.
func (f Float) Given() bool { return f.Pos.Line != 0 }

// Date is a day, written as YYYY-MM-DD.
type Date struct {
	Value civil.Date
	Pos   diag.Pos
}

// Given reports whether the field has a value.
func (d Date) Given() bool { return !d.Value.IsZero() }

// Map is a mapping with free keys in the order of the file. No key is twice.
type Map []Entry

// Entry is one line of a Map.
type Entry struct {
	Key   Text
	Value Text
}

// Node is a value whose form is not known before it is seen: a text or fields.
// The zero Node is "not given".
type Node struct {
	Text   Text // of a scalar
	Fields Map  // of a mapping; nil for a scalar
	Pos    diag.Pos
	Key    diag.Pos // of the field's name; zero for an entry of a list
}

// IsMap reports whether the value is a mapping.
func (n Node) IsMap() bool { return n.Fields != nil }
