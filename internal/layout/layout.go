// Package layout turns the files of layouts/ into pages. Layouts are
// html/template files; the program carries its own, and a hub's file of the
// same path replaces one of them.
//
// Every layout that is rendered by itself is tied to one Go type by a [Page].
// [Load] checks all layouts against these types, so that a layout that asks for
// a field that does not exist, a word that no file holds or a template that
// nobody defines is a finding with its place, and never a broken page.
//
//	var home = layout.Page[HomeView]{Name: "home"} // layouts/home.html shows a HomeView
//
//	set, findings, err := layout.Load(layout.Source{
//		Program: twinshelf.Files, Hub: root, Words: dictionary,
//		Bindings: []layout.Binding{home.Binding()},
//	})
//	err = home.Render(set, &buf, view)
//
// A layout uses another by the name of its file: {{template "share" .Share}}
// is layouts/share.html. The white space of layouts is minified once, when they
// are loaded, so that no page passes through a minifier; [Minify] does the same
// for style sheets, scripts, pictures and data.
//
// It knows no records and decides nothing: what a layout shows is ready when it
// comes. output binds and renders; check and cmd see the findings only.
package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"sync"
)

// Set is a set of checked layouts. It is read-only and safe for concurrent use.
type Set struct {
	layouts map[string]*bound // by the name of a binding
}

// bound is a layout that is rendered by itself.
type bound struct {
	program  *program           // nil if it cannot be compiled
	template *template.Template // the same for html/template
	room     sync.Pool          // of pointers to the bound type: a view is 1 KB, and each page has one
}

// Page is a layout, by the name of its file without .html, with the type of
// what it shows.
type Page[T any] struct{ Name string }

// Binding returns the tie between layout and type for [Source].
func (p Page[T]) Binding() Binding { return Binding{name: p.Name, data: (*T)(nil)} }

// Render appends the page to buf. The page must have been among the bindings
// of the set, which was loaded without errors.
func (p Page[T]) Render(s *Set, buf *bytes.Buffer, view T) error {
	l, ok := s.layouts[p.Name]
	if !ok {
		return fmt.Errorf("layout %s is not bound", p.Name)
	}
	data, ok := l.room.Get().(*T)
	if !ok {
		data = new(T)
	}
	*data = view
	defer func() {
		*data = *new(T)
		l.room.Put(data)
	}()
	if l.program != nil && l.program.run(buf, reflect.ValueOf(data)) {
		return nil
	}
	if err := l.template.Execute(buf, data); err != nil {
		return fmt.Errorf("render layout: %w", err)
	}
	return nil
}

// Interpreted lists the layouts that could not be compiled and take many times
// as long to render. It is for tests: the program's own layouts compile.
func (s *Set) Interpreted() []string {
	var names []string
	for name, l := range s.layouts {
		if l.program == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Binding ties a layout to a type; [Page.Binding] makes one.
type Binding struct {
	name string
	data any // a nil pointer of the type
}
