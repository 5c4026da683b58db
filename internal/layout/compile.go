package layout

import (
	"reflect"
	"strings"
	"sync"
	"text/template/parse"
)

// compiler makes a program. Where it does not know how, it panics with
// notCompiled, which never leaves the package.
type compiler struct {
	trees  map[string]*parse.Tree
	probes probes
	calls  map[*parse.IfNode]*parse.TemplateNode // the templates that were put in place
	stack  []string                              // the templates that are being put in place
	scope  []variable
	slots  int
}

// variable is a variable of a layout: $, $x.
type variable struct {
	name string
	slot int
	typ  reflect.Type
}

type notCompiled struct{}

func (c *compiler) program(root *parse.ListNode, data reflect.Type) (p *program) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(notCompiled); !ok {
				panic(r)
			}
			p = nil
		}
	}()
	c.declare("$", data)
	body := c.list(root, data)
	slots := c.slots
	return &program{body: body, slots: slots, pool: sync.Pool{New: func() any {
		return &state{slots: make([]reflect.Value, slots)}
	}}}
}

// declare adds a variable and returns its slot.
func (c *compiler) declare(name string, typ reflect.Type) int {
	c.scope = append(c.scope, variable{name, c.slots, typ})
	c.slots++
	return c.slots - 1
}

func (c *compiler) variable(name string) variable {
	for i := len(c.scope) - 1; i >= 0; i-- {
		if c.scope[i].name == name {
			return c.scope[i]
		}
	}
	panic(notCompiled{})
}

// list compiles nodes that follow each other. Variables that they declare end
// with them.
func (c *compiler) list(list *parse.ListNode, dot reflect.Type) step {
	if list == nil {
		return nil
	}
	outer := len(c.scope)
	defer func() { c.scope = c.scope[:outer] }()
	var steps []step
	for _, node := range list.Nodes {
		if st := c.node(node, dot); st != nil {
			steps = append(steps, st)
		}
	}
	switch len(steps) {
	case 0:
		return nil
	case 1:
		return steps[0]
	}
	return func(s *state, dot reflect.Value) {
		for _, st := range steps {
			st(s, dot)
		}
	}
}

func (c *compiler) node(node parse.Node, dot reflect.Type) step {
	switch node := node.(type) {
	case *parse.TextNode:
		if len(node.Text) == 0 {
			return nil
		}
		text := node.Text
		return func(s *state, _ reflect.Value) { s.buf.Write(text) }
	case *parse.ActionNode:
		return c.action(node, dot)
	case *parse.IfNode:
		if call := c.calls[node]; call != nil {
			return c.template(call, node.List, dot)
		}
		return c.ifElse(node, dot)
	case *parse.WithNode:
		return c.with(node, dot)
	case *parse.RangeNode:
		return c.rangeOver(node, dot)
	}
	panic(notCompiled{})
}

// action compiles {{value}} and {{$x := value}}.
func (c *compiler) action(node *parse.ActionNode, dot reflect.Type) step {
	if len(node.Pipe.Decl) > 0 {
		return c.assign(node.Pipe, dot)
	}
	pipe := *node.Pipe
	n := len(pipe.Cmds)
	var escapers []string
	for n > 0 && isEscaper(pipe.Cmds[n-1]) {
		n--
		escapers = append([]string{pipe.Cmds[n].String()}, escapers...)
	}
	pipe.Cmds = pipe.Cmds[:n]
	return c.print(c.pipe(&pipe, dot), strings.Join(escapers, " "))
}

// isEscaper reports whether html/template put a command at the end of a
// pipeline.
func isEscaper(cmd *parse.CommandNode) bool {
	id, ok := cmd.Args[0].(*parse.IdentifierNode)
	return ok && strings.HasPrefix(id.Ident, "_html_template_")
}

func (c *compiler) assign(pipe *parse.PipeNode, dot reflect.Type) step {
	if len(pipe.Decl) != 1 {
		panic(notCompiled{})
	}
	v := c.pipe(pipe, dot)
	name := pipe.Decl[0].Ident[0]
	slot := 0
	if pipe.IsAssign {
		known := c.variable(name)
		if known.typ != v.typ {
			panic(notCompiled{})
		}
		slot = known.slot
	} else {
		slot = c.declare(name, v.typ)
	}
	return func(s *state, dot reflect.Value) { s.slots[slot] = v.get(s, dot) }
}

func (c *compiler) ifElse(node *parse.IfNode, dot reflect.Type) step {
	outer := len(c.scope)
	defer func() { c.scope = c.scope[:outer] }()
	var set step
	var test condition
	if len(node.Pipe.Decl) > 0 {
		set = c.assign(node.Pipe, dot)
		test = truth(c.variableValue(node.Pipe.Decl[0].Ident[0]))
	} else {
		test = c.condition(node.Pipe, dot)
	}
	then, otherwise := orNothing(c.list(node.List, dot)), orNothing(c.list(node.ElseList, dot))
	return func(s *state, dot reflect.Value) {
		if set != nil {
			set(s, dot)
		}
		if test(s, dot) {
			then(s, dot)
		} else {
			otherwise(s, dot)
		}
	}
}

func orNothing(st step) step {
	if st == nil {
		return func(*state, reflect.Value) {}
	}
	return st
}

func (c *compiler) with(node *parse.WithNode, dot reflect.Type) step {
	outer := len(c.scope)
	defer func() { c.scope = c.scope[:outer] }()
	v := c.pipe(node.Pipe, dot)
	slot := -1
	if len(node.Pipe.Decl) > 0 {
		slot = c.declare(node.Pipe.Decl[0].Ident[0], v.typ)
	}
	isTrue := truthOf(v.typ)
	then, otherwise := orNothing(c.list(node.List, v.typ)), orNothing(c.list(node.ElseList, dot))
	return func(s *state, dot reflect.Value) {
		value := v.get(s, dot)
		if slot >= 0 {
			s.slots[slot] = value
		}
		if isTrue(value) {
			then(s, value)
		} else {
			otherwise(s, dot)
		}
	}
}

// rangeOver compiles a range over a list; others are left to html/template.
func (c *compiler) rangeOver(node *parse.RangeNode, dot reflect.Type) step {
	outer := len(c.scope)
	defer func() { c.scope = c.scope[:outer] }()
	v := c.pipe(node.Pipe, dot)
	if v.typ.Kind() != reflect.Slice {
		panic(notCompiled{})
	}
	index, element := -1, -1
	switch decl := node.Pipe.Decl; len(decl) {
	case 1:
		element = c.declare(decl[0].Ident[0], v.typ.Elem())
	case 2:
		index = c.declare(decl[0].Ident[0], reflect.TypeFor[int]())
		element = c.declare(decl[1].Ident[0], v.typ.Elem())
	}
	body := orNothing(c.list(node.List, v.typ.Elem()))
	otherwise := orNothing(c.list(node.ElseList, dot))
	return func(s *state, dot reflect.Value) {
		list := v.get(s, dot)
		n := list.Len()
		if n == 0 {
			otherwise(s, dot)
		}
		for i := range n {
			item := list.Index(i)
			if index >= 0 {
				s.slots[index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				s.slots[element] = item
			}
			body(s, item)
		}
	}
}

// template compiles the use of another template, whose body stands in place.
// It sees nothing of the variables around it.
func (c *compiler) template(call *parse.TemplateNode, body *parse.ListNode, dot reflect.Type) step {
	v := value{typ: reflect.TypeFor[struct{}](), get: func(*state, reflect.Value) reflect.Value { return reflect.ValueOf(struct{}{}) }}
	if call.Pipe != nil {
		v = c.pipe(call.Pipe, dot)
	}
	scope := c.scope
	c.scope = nil
	slot := c.declare("$", v.typ)
	inner := orNothing(c.list(body, v.typ))
	c.scope = scope
	return func(s *state, dot reflect.Value) {
		value := v.get(s, dot)
		s.slots[slot] = value
		inner(s, value)
	}
}
