package layout

import (
	"reflect"
	"text/template/parse"
)

// condition decides an if.
type condition func(s *state, dot reflect.Value) bool

func (c *compiler) condition(pipe *parse.PipeNode, dot reflect.Type) condition {
	if len(pipe.Cmds) == 1 {
		cmd := pipe.Cmds[0]
		if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok && isTest(id.Ident) {
			return c.builtin(id.Ident, cmd.Args[1:], dot)
		}
	}
	return truth(c.pipe(pipe, dot))
}

func isTest(name string) bool {
	switch name {
	case "eq", "ne", "and", "or", "not":
		return true
	}
	return false
}

// builtin compiles a test by a function of Go's templates.
func (c *compiler) builtin(name string, args []parse.Node, dot reflect.Type) condition {
	switch {
	case name == "eq" && len(args) >= 2:
		return c.equal(args, dot)
	case name == "ne" && len(args) == 2:
		equal := c.equal(args, dot)
		return func(s *state, dot reflect.Value) bool { return !equal(s, dot) }
	case name == "not" && len(args) == 1:
		test := c.test(args[0], dot)
		return func(s *state, dot reflect.Value) bool { return !test(s, dot) }
	case (name == "and" || name == "or") && len(args) >= 1:
		return c.all(args, dot, name == "and")
	}
	panic(notCompiled{})
}

// all compiles and, which asks until one is false, and or, which asks until one
// is true.
func (c *compiler) all(args []parse.Node, dot reflect.Type, want bool) condition {
	var tests []condition
	for _, arg := range args {
		tests = append(tests, c.test(arg, dot))
	}
	return func(s *state, dot reflect.Value) bool {
		for _, test := range tests {
			if test(s, dot) != want {
				return !want
			}
		}
		return want
	}
}

// test compiles an argument of which only the truth matters.
func (c *compiler) test(node parse.Node, dot reflect.Type) condition {
	if pipe, ok := node.(*parse.PipeNode); ok {
		return c.condition(pipe, dot)
	}
	return truth(c.operand(node, dot))
}

// equal compiles eq: the first is one of the others.
func (c *compiler) equal(args []parse.Node, dot reflect.Type) condition {
	first := c.operand(args[0], dot)
	var same []condition
	for _, arg := range args[1:] {
		same = append(same, equalTo(first, c.operand(arg, dot)))
	}
	if len(same) == 1 {
		return same[0]
	}
	return func(s *state, dot reflect.Value) bool {
		for _, test := range same {
			if test(s, dot) {
				return true
			}
		}
		return false
	}
}

func equalTo(a, b value) condition {
	switch {
	case a.str != nil && b.str != nil:
		return func(s *state, dot reflect.Value) bool { return a.str(s, dot) == b.str(s, dot) }
	case a.typ.Kind() == reflect.Int && b.typ.Kind() == reflect.Int:
		return func(s *state, dot reflect.Value) bool { return a.get(s, dot).Int() == b.get(s, dot).Int() }
	case a.typ.Kind() == reflect.Bool && b.typ.Kind() == reflect.Bool:
		return func(s *state, dot reflect.Value) bool { return a.get(s, dot).Bool() == b.get(s, dot).Bool() }
	}
	panic(notCompiled{})
}

// truth decides whether a value counts as true.
func truth(v value) condition {
	if v.str != nil {
		return func(s *state, dot reflect.Value) bool { return v.str(s, dot) != "" }
	}
	isTrue := truthOf(v.typ)
	return func(s *state, dot reflect.Value) bool { return isTrue(v.get(s, dot)) }
}

// truthOf returns what decides whether values of a type count as true, as
// text/template has it.
func truthOf(typ reflect.Type) func(reflect.Value) bool {
	switch typ.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	panic(notCompiled{})
}
