package layout

import (
	"fmt"
	"html/template"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/jba/templatecheck"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// maxMistakes is how many mistakes of one layout are reported.
const maxMistakes = 50

// checkTypes checks every binding against its type with templatecheck. As it
// stops at the first mistake, what it complained of is taken out and the rest
// checked again; a set with mistakes is not rendered.
func (l *loader) checkTypes() {
	for _, b := range l.src.Bindings {
		t := l.root.Lookup(b.name)
		if t == nil {
			l.add(diag.Errorf(diag.Pos{File: path.Join(Folder, b.name+".html")}, rule, "the layout is missing"))
			continue
		}
		for range maxMistakes {
			err := templatecheck.CheckHTMLStrict(t, b.data)
			if err == nil {
				break
			}
			l.add(l.typeFinding(b, err))
			if !l.takeOut(err) {
				break
			}
		}
	}
}

// takeOut removes the action that an error of templatecheck is about from its
// template.
func (l *loader) takeOut(err error) bool {
	m := typeError.FindStringSubmatch(err.Error())
	if m == nil || l.files[m[1]] == nil {
		return false
	}
	f := l.files[m[1]]
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	offset := column
	for n := 1; n < line; n++ {
		offset += len(f.line(n)) + 1
	}
	var last action
	for _, name := range f.defines {
		last.find(l.root.Lookup(name).Tree.Root, parse.Pos(offset))
	}
	if last.list == nil {
		return false
	}
	last.list.Nodes = slices.Delete(last.list.Nodes, last.index, last.index+1)
	return true
}

// action is an action of a template by its place in a list of nodes.
type action struct {
	list  *parse.ListNode
	index int
	pos   parse.Pos
}

// find looks in a list for the last action that begins before a place.
func (a *action) find(list *parse.ListNode, before parse.Pos) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		if node.Type() != parse.NodeText && node.Position() <= before && node.Position() >= a.pos {
			*a = action{list, i, node.Position()}
		}
		for _, inner := range innerLists(node) {
			a.find(inner, before)
		}
	}
}

// innerLists returns what stands inside an if, with or range.
func innerLists(node parse.Node) []*parse.ListNode {
	switch node := node.(type) {
	case *parse.IfNode:
		return []*parse.ListNode{node.List, node.ElseList}
	case *parse.WithNode:
		return []*parse.ListNode{node.List, node.ElseList}
	case *parse.RangeNode:
		return []*parse.ListNode{node.List, node.ElseList}
	}
	return nil
}

var (
	typeError  = regexp.MustCompile(`^(?s:template: (.*?):(\d+):(\d+): checking .*? at <.*?>: (.*))$`)
	noField    = regexp.MustCompile(`^can't use field (\S+) in type (.*)$`)
	noTemplate = regexp.MustCompile(`^template "(.*)" not defined$`)
	goType     = regexp.MustCompile(`\*?\b[a-z]+\.([A-Z]\w*)`)
)

// typeFinding makes a finding of what templatecheck says.
func (l *loader) typeFinding(b Binding, err error) diag.Finding {
	m := typeError.FindStringSubmatch(err.Error())
	if m == nil || l.files[m[1]] == nil {
		return diag.Errorf(l.files[b.name].at(1, 1), rule, "%v", err)
	}
	f, message := l.files[m[1]], m[4]
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3]) // from 0
	if field := noField.FindStringSubmatch(message); field != nil {
		names := fieldsOf(field[2], reflect.TypeOf(b.data))
		pos := f.find(line, column, "."+field[1])
		pos.Col++ // past the point
		return diag.Errorf(pos, rule, "there is no field %q here", field[1]).
			WithHint(diag.DidYouMean(field[1], names))
	}
	if name := noTemplate.FindStringSubmatch(message); name != nil {
		return diag.Errorf(f.find(line, 0, strconv.Quote(name[1])), rule, "there is no layout %q", name[1]).
			WithHint(diag.DidYouMean(name[1], slices.Sorted(maps.Keys(l.trees()))))
	}
	return diag.Errorf(f.at(line, column+1), rule, "%s", goType.ReplaceAllString(message, "$1"))
}

// fieldsOf lists the fields and methods of the type with that name which can be
// reached from another. Go's types are asked for spelling help only; nothing
// is decided by them.
func fieldsOf(name string, from reflect.Type) []string {
	t := findType(name, from, map[reflect.Type]bool{})
	if t == nil {
		return nil
	}
	var names []string
	if t.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() {
				names = append(names, f.Name)
			}
		}
	}
	for i := range t.NumMethod() {
		names = append(names, t.Method(i).Name)
	}
	return names
}

func findType(name string, t reflect.Type, seen map[reflect.Type]bool) reflect.Type {
	switch {
	case t.String() == name:
		return t
	case seen[t]:
		return nil
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return findType(name, t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if found := findType(name, t.Field(i).Type, seen); found != nil {
				return found
			}
		}
	}
	return nil
}

// escapeFinding makes a finding of a layout whose HTML html/template cannot
// follow.
func (l *loader) escapeFinding(b Binding, err *template.Error) diag.Finding {
	name, _, _ := strings.Cut(err.Name, "$htmltemplate")
	f, line := l.defines(name), err.Line
	if t := l.root.Lookup(err.Name); err.Node != nil && t != nil && t.Tree != nil {
		location, _ := t.Tree.ErrorContext(err.Node)
		if at, l, _ := l.locate(location); at != nil {
			f, line = at, l
		}
	}
	if f == nil {
		f = l.files[b.name]
	}
	return diag.Errorf(f.find(max(line, 1), 0, "{{"), rule, "the HTML of the layout cannot be followed: %s", err.Description)
}

// checkNames reports layouts of the hub that nothing uses, which are probably
// misspelt names of others.
func (l *loader) checkNames(used map[string]bool) {
	var known []string
	for _, b := range l.src.Bindings {
		used[b.name] = true
	}
	for name, f := range l.files {
		if !f.hub || used[name] {
			known = append(known, name+".html")
		}
	}
	slices.Sort(known)
	for name, f := range l.files {
		if f.hub && !used[name] && !slices.ContainsFunc(f.defines, func(d string) bool { return used[d] }) {
			hint := ""
			if s := diag.Suggest(name+".html", known); s != "" {
				hint = fmt.Sprintf("did you mean %q?", s)
			}
			l.add(diag.Warnf(f.at(1, 1), rule, "no page uses this layout").WithHint(hint))
		}
	}
}
