package frontmatter

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Schema knows the fields of T, a struct whose exported fields are of the
// types of this package, structs of such, or slices of any of these. A field's
// tag gives its name in the file: `yaml:"sign_in"`. After the name may stand
//
//	split    commas split a text into several values (of a []Text)
//	scalar   the field takes a text that stands where the whole struct is asked
//
// An embedded struct's fields count as the outer struct's.
// A Schema is safe for concurrent use.
type Schema[T any] struct{ shape *shape }

// form says how a value is read.
type form uint8

const (
	textForm form = iota
	proseForm
	boolForm
	intForm
	floatForm
	dateForm
	mapForm
	nodeForm
	listForm
	structForm
)

// shape is a type as the decoder sees it.
type shape struct {
	form   form
	typ    reflect.Type
	elem   *shape // of a list
	split  bool   // of a list
	fields []field
	names  []string // of the fields, for spelling help
	place  []int    // index of the Place field; nil if there is none
	scalar int      // index in fields of the one for a lone text; -1 if there is none
}

type field struct {
	name  string
	index []int
	shape *shape
}

// NewSchema returns the schema of T. It panics if T has a field of a type that
// it cannot read: that is a mistake in the program.
func NewSchema[T any]() *Schema[T] {
	return &Schema[T]{shape: shapeOf(reflect.TypeFor[T]())}
}

// Names returns the names of all fields, sorted.
func (s *Schema[T]) Names() []string {
	names := slices.Clone(s.shape.names)
	slices.Sort(names)
	return names
}

func shapeOf(t reflect.Type) *shape {
	switch t {
	case reflect.TypeFor[Text]():
		return &shape{form: textForm, typ: t}
	case reflect.TypeFor[Prose]():
		return &shape{form: proseForm, typ: t}
	case reflect.TypeFor[Bool]():
		return &shape{form: boolForm, typ: t}
	case reflect.TypeFor[Int]():
		return &shape{form: intForm, typ: t}
	case reflect.TypeFor[Float]():
		return &shape{form: floatForm, typ: t}
	case reflect.TypeFor[Date]():
		return &shape{form: dateForm, typ: t}
	case reflect.TypeFor[Map]():
		return &shape{form: mapForm, typ: t}
	case reflect.TypeFor[Node]():
		return &shape{form: nodeForm, typ: t}
	}
	switch t.Kind() {
	case reflect.Slice:
		return &shape{form: listForm, typ: t, elem: shapeOf(t.Elem())}
	case reflect.Struct:
		s := &shape{form: structForm, typ: t, scalar: -1}
		s.addFields(t, nil)
		return s
	}
	panic(fmt.Sprintf("frontmatter: cannot read a value of type %s", t))
}

func (s *shape) addFields(t reflect.Type, prefix []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(slices.Clone(prefix), i)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case f.Type == reflect.TypeFor[Place]():
			s.place = index
		case f.Anonymous:
			s.addFields(f.Type, index)
		case name != "":
			inner := shapeOf(f.Type)
			inner.split = options == "split"
			if options == "scalar" {
				s.scalar = len(s.fields)
			}
			s.fields = append(s.fields, field{name, index, inner})
			s.names = append(s.names, name)
		}
	}
}

// find returns the index of the field of a name, or -1.
func (s *shape) find(name string) int {
	for i := range s.fields {
		if s.fields[i].name == name {
			return i
		}
	}
	return -1
}
