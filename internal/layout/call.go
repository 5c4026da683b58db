package layout

import (
	"reflect"
	"text/template/parse"
)

// wording is what layouts ask for words.
type wording interface {
	T(key string, pairs ...string) string
	N(key string, n int, pairs ...string) string
}

func isWordsMethod(typ reflect.Type, name string) bool {
	return (name == "T" || name == "N") && typ.Implements(reflect.TypeFor[wording]())
}

// words compiles .W.T "key" "name" .Value and .W.N "key" .Count.
func (c *compiler) words(v value, method string, args []parse.Node, dot reflect.Type) value {
	need := 1
	if method == "N" {
		need = 2
	}
	if len(args) < need {
		panic(notCompiled{})
	}
	key := c.text(args[0], dot)
	var pairs []func(*state, reflect.Value) string
	for _, arg := range args[need:] {
		pairs = append(pairs, c.text(arg, dot))
	}
	if method == "T" {
		return computed(func(s *state, dot reflect.Value) string {
			w := v.get(s, dot).Interface().(wording)
			base := s.push(dot, pairs)
			text := w.T(key(s, dot), s.pairs[base:]...)
			s.pairs = s.pairs[:base]
			return text
		})
	}
	count := c.operand(args[1], dot)
	if count.typ != reflect.TypeFor[int]() {
		panic(notCompiled{})
	}
	return computed(func(s *state, dot reflect.Value) string {
		w := v.get(s, dot).Interface().(wording)
		base := s.push(dot, pairs)
		text := w.N(key(s, dot), int(count.get(s, dot).Int()), s.pairs[base:]...)
		s.pairs = s.pairs[:base]
		return text
	})
}

// push puts arguments on the stack and returns where they begin.
func (s *state) push(dot reflect.Value, args []func(*state, reflect.Value) string) (base int) {
	base = len(s.pairs)
	for _, arg := range args {
		text := arg(s, dot)
		s.pairs = append(s.pairs, text)
	}
	return base
}

// text compiles an argument that is a string.
func (c *compiler) text(node parse.Node, dot reflect.Type) func(*state, reflect.Value) string {
	v := c.operand(node, dot)
	if v.typ != reflect.TypeFor[string]() {
		panic(notCompiled{})
	}
	return v.str
}

// function compiles a call of a function.
func (c *compiler) function(name string, args []parse.Node, dot reflect.Type) value {
	switch name {
	case "eq", "ne", "and", "or", "not":
		test := c.builtin(name, args, dot)
		if name == "and" || name == "or" { // they return one of their arguments
			panic(notCompiled{})
		}
		return ofType(reflect.TypeFor[bool](), func(s *state, dot reflect.Value) reflect.Value { return reflect.ValueOf(test(s, dot)) })
	case "len":
		return c.length(args, dot)
	}
	f, ok := functionMap()[name]
	if !ok {
		panic(notCompiled{})
	}
	call := reflect.ValueOf(f)
	return c.call(call.Type(), func(*state, reflect.Value) reflect.Value { return call }, args, dot)
}

func (c *compiler) length(args []parse.Node, dot reflect.Type) value {
	if len(args) != 1 {
		panic(notCompiled{})
	}
	v := c.operand(args[0], dot)
	switch v.typ.Kind() {
	case reflect.Slice, reflect.String, reflect.Array, reflect.Map:
		return ofType(reflect.TypeFor[int](), func(s *state, dot reflect.Value) reflect.Value { return reflect.ValueOf(v.get(s, dot).Len()) })
	}
	panic(notCompiled{})
}

// call compiles a call of a Go function of a type.
func (c *compiler) call(typ reflect.Type, f func(*state, reflect.Value) reflect.Value, args []parse.Node, dot reflect.Type) value {
	n := typ.NumIn()
	if len(args) != n && (!typ.IsVariadic() || len(args) < n-1) {
		panic(notCompiled{})
	}
	values := make([]value, len(args))
	for i, arg := range args {
		values[i] = c.operand(arg, dot)
		want := typ.In(min(i, n-1))
		if typ.IsVariadic() && i >= n-1 {
			want = want.Elem()
		}
		if !values[i].typ.AssignableTo(want) {
			panic(notCompiled{})
		}
	}
	return ofType(typ.Out(0), func(s *state, dot reflect.Value) reflect.Value {
		in := make([]reflect.Value, len(values))
		for i, v := range values {
			in[i] = v.get(s, dot)
		}
		out := f(s, dot).Call(in)
		if len(out) == 2 && !out[1].IsNil() {
			panic(out[1].Interface())
		}
		return out[0]
	})
}
