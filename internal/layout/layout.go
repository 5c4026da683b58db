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
//	err = home.Render(set, &buf, &view)
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
)

// Set is a set of checked layouts. It is read-only and safe for concurrent use.
type Set struct {
	templates map[string]*template.Template // by the name of a binding
}

// Page is a layout, by the name of its file without .html, with the type of
// what it shows.
type Page[T any] struct{ Name string }

// Binding returns the tie between layout and type for [Source].
func (p Page[T]) Binding() Binding { return Binding{name: p.Name, data: (*T)(nil)} }

// Render appends the page to buf. The page must have been among the bindings
// of the set, which was loaded without errors.
func (p Page[T]) Render(s *Set, buf *bytes.Buffer, data *T) error {
	t := s.templates[p.Name]
	if t == nil {
		return fmt.Errorf("layout %s is not bound", p.Name)
	}
	if err := t.Execute(buf, data); err != nil {
		return fmt.Errorf("render layout: %w", err)
	}
	return nil
}

// Binding ties a layout to a type; [Page.Binding] makes one.
type Binding struct {
	name string
	data any // a nil pointer of the type
}
