package layout

import (
	"reflect"
	"text/template/parse"
)

// value is something that a layout asks for, of a type that is known.
type value struct {
	typ reflect.Type
	get func(s *state, dot reflect.Value) reflect.Value
	str func(s *state, dot reflect.Value) string // the same as a string; nil if it is none
}

// ofType returns a value of which only get is known.
func ofType(typ reflect.Type, get func(*state, reflect.Value) reflect.Value) value {
	v := value{typ: typ, get: get}
	if typ.Kind() == reflect.String {
		v.str = func(s *state, dot reflect.Value) string { return get(s, dot).String() }
	}
	return v
}

// constant returns a value that is always the same.
func constant(v any) value {
	fixed := reflect.ValueOf(v)
	return ofType(fixed.Type(), func(*state, reflect.Value) reflect.Value { return fixed })
}

// computed returns a string that is worked out.
func computed(str func(*state, reflect.Value) string) value {
	return value{
		typ: reflect.TypeFor[string](), str: str,
		get: func(s *state, dot reflect.Value) reflect.Value { return reflect.ValueOf(str(s, dot)) },
	}
}

func (c *compiler) pipe(pipe *parse.PipeNode, dot reflect.Type) value {
	if len(pipe.Cmds) != 1 {
		panic(notCompiled{})
	}
	return c.command(pipe.Cmds[0], dot)
}

func (c *compiler) command(cmd *parse.CommandNode, dot reflect.Type) value {
	args := cmd.Args[1:]
	switch first := cmd.Args[0].(type) {
	case *parse.FieldNode:
		return c.path(c.dot(dot), first.Ident, args, dot)
	case *parse.VariableNode:
		return c.path(c.variableValue(first.Ident[0]), first.Ident[1:], args, dot)
	case *parse.ChainNode:
		return c.path(c.operand(first.Node, dot), first.Field, args, dot)
	case *parse.IdentifierNode:
		return c.function(first.Ident, args, dot)
	}
	if len(args) > 0 {
		panic(notCompiled{})
	}
	return c.operand(cmd.Args[0], dot)
}

// operand compiles what can stand as an argument.
func (c *compiler) operand(node parse.Node, dot reflect.Type) value {
	switch node := node.(type) {
	case *parse.DotNode:
		return c.dot(dot)
	case *parse.FieldNode:
		return c.path(c.dot(dot), node.Ident, nil, dot)
	case *parse.VariableNode:
		return c.path(c.variableValue(node.Ident[0]), node.Ident[1:], nil, dot)
	case *parse.ChainNode:
		return c.path(c.operand(node.Node, dot), node.Field, nil, dot)
	case *parse.PipeNode:
		return c.pipe(node, dot)
	case *parse.StringNode:
		text := node.Text
		v := constant(text)
		v.str = func(*state, reflect.Value) string { return text }
		return v
	case *parse.BoolNode:
		return constant(node.True)
	case *parse.NumberNode:
		if node.IsInt {
			return constant(int(node.Int64))
		}
	}
	panic(notCompiled{})
}

func (c *compiler) dot(typ reflect.Type) value {
	return ofType(typ, func(_ *state, dot reflect.Value) reflect.Value { return dot })
}

func (c *compiler) variableValue(name string) value {
	known := c.variable(name)
	return ofType(known.typ, func(s *state, _ reflect.Value) reflect.Value { return s.slots[known.slot] })
}

// path compiles .A.B.C; the last may be a method with arguments.
func (c *compiler) path(v value, names []string, args []parse.Node, dot reflect.Type) value {
	for i, name := range names {
		if i == len(names)-1 && isWordsMethod(v.typ, name) {
			return c.words(v, name, args, dot)
		}
		if i < len(names)-1 || len(args) == 0 {
			v = c.field(v, name)
			continue
		}
		m, ok := v.typ.MethodByName(name)
		if !ok {
			panic(notCompiled{})
		}
		v = c.method(v, m, args, dot)
	}
	if len(names) == 0 && len(args) > 0 {
		panic(notCompiled{})
	}
	return v
}

// field compiles a field of a struct, or a method without arguments.
func (c *compiler) field(v value, name string) value {
	if m, ok := v.typ.MethodByName(name); ok {
		return c.method(v, m, nil, v.typ)
	}
	typ, get := v.typ, v.get
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
		outer := get
		get = func(s *state, dot reflect.Value) reflect.Value { return outer(s, dot).Elem() }
	}
	if typ.Kind() != reflect.Struct {
		panic(notCompiled{})
	}
	if _, ok := reflect.PointerTo(typ).MethodByName(name); ok {
		panic(notCompiled{})
	}
	f, ok := typ.FieldByName(name)
	if !ok {
		panic(notCompiled{})
	}
	if len(f.Index) == 1 {
		i := f.Index[0]
		return ofType(f.Type, func(s *state, dot reflect.Value) reflect.Value { return get(s, dot).Field(i) })
	}
	return ofType(f.Type, func(s *state, dot reflect.Value) reflect.Value { return get(s, dot).FieldByIndex(f.Index) })
}

// method compiles a call of a method.
func (c *compiler) method(v value, m reflect.Method, args []parse.Node, dot reflect.Type) value {
	in := make([]reflect.Type, 0, m.Type.NumIn())
	for i := range m.Type.NumIn() {
		if i > 0 || v.typ.Kind() == reflect.Interface { // the first is the receiver
			in = append(in, m.Type.In(i))
		}
	}
	out := make([]reflect.Type, 0, m.Type.NumOut())
	for i := range m.Type.NumOut() {
		out = append(out, m.Type.Out(i))
	}
	signature := reflect.FuncOf(in, out, m.Type.IsVariadic())
	return c.call(signature, func(s *state, dot reflect.Value) reflect.Value { return v.get(s, dot).Method(m.Index) }, args, dot)
}
