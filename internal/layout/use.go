package layout

import (
	"slices"
	"strings"
	"text/template/parse"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// checkUses goes through all actions of all layouts: the words that they ask
// for must exist, with their placeholders, and the layouts that they use too.
func (l *loader) checkUses() {
	used := map[string]bool{}
	for _, tree := range l.trees() {
		u := uses{loader: l, tree: tree, used: used}
		u.walk(tree.Root)
	}
	if !l.failed() {
		l.checkNames(used)
	}
}

// uses goes through one template.
type uses struct {
	*loader
	tree *parse.Tree
	used map[string]bool // names of templates that are called
}

func (u uses) walk(node parse.Node) {
	switch node := node.(type) {
	case *parse.ListNode:
		if node == nil {
			return
		}
		for _, n := range node.Nodes {
			u.walk(n)
		}
	case *parse.ActionNode:
		u.pipe(node.Pipe)
	case *parse.IfNode:
		u.branch(&node.BranchNode)
	case *parse.WithNode:
		u.branch(&node.BranchNode)
	case *parse.RangeNode:
		u.branch(&node.BranchNode)
	case *parse.TemplateNode:
		u.used[node.Name] = true
		u.pipe(node.Pipe)
	}
}

func (u uses) branch(b *parse.BranchNode) {
	u.pipe(b.Pipe)
	u.walk(b.List)
	u.walk(b.ElseList)
}

func (u uses) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, c := range p.Cmds {
		u.command(c)
		for _, arg := range c.Args {
			switch arg := arg.(type) {
			case *parse.PipeNode:
				u.pipe(arg)
			case *parse.ChainNode:
				if inner, ok := arg.Node.(*parse.PipeNode); ok {
					u.pipe(inner)
				}
			}
		}
	}
}

// command checks a call of a method of the words: .W.T "key" "name" .Value.
func (u uses) command(c *parse.CommandNode) {
	method := wordsMethod(c.Args[0])
	if method == "" {
		return
	}
	if method == "Data" {
		for _, arg := range c.Args[1:] {
			u.key(arg)
		}
		return
	}
	if len(c.Args) < 2 || !u.key(c.Args[1]) {
		return
	}
	key := c.Args[1].(*parse.StringNode)
	plural := u.src.Words.HasPlural(key.Text)
	switch {
	case method == "T" && plural:
		u.report(key, "ask for it with N", "the word %q goes with a number", key.Text)
	case method == "N" && !plural:
		u.report(key, "ask for it with T", "the word %q does not go with a number", key.Text)
	case method == "T":
		u.pairs(key, c.Args[2:])
	case len(c.Args) > 2:
		u.pairs(key, c.Args[3:])
	}
}

// wordsMethod returns T, N or Data for a call of that method of a field W.
func wordsMethod(node parse.Node) string {
	var path []string
	switch node := node.(type) {
	case *parse.FieldNode:
		path = node.Ident
	case *parse.VariableNode:
		path = node.Ident
	case *parse.ChainNode:
		path = node.Field
	}
	n := len(path)
	if n < 2 || strings.TrimPrefix(path[n-2], "$") != "W" || !slices.Contains([]string{"T", "N", "Data"}, path[n-1]) {
		return ""
	}
	return path[n-1]
}

// key reports a key that is written out and that no file of words holds. It
// returns whether the key is a known one.
func (u uses) key(node parse.Node) bool {
	key, ok := node.(*parse.StringNode)
	if !ok {
		return false
	}
	if !u.src.Words.Has(key.Text) {
		u.report(key, diag.DidYouMean(key.Text, u.src.Words.Keys()), "there is no word %q", key.Text)
		return false
	}
	return true
}

// pairs checks the names of placeholders that follow a key.
func (u uses) pairs(key *parse.StringNode, args []parse.Node) {
	known := slices.DeleteFunc(slices.Clone(u.src.Words.Placeholders(key.Text)), func(name string) bool { return name == "count" })
	if len(args)%2 != 0 {
		u.report(key, "", "the word %q takes pairs of name and value", key.Text)
		return
	}
	var given []string
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(*parse.StringNode)
		if !ok {
			return
		}
		given = append(given, name.Text)
		if !slices.Contains(known, name.Text) {
			u.report(name, diag.DidYouMean(name.Text, known), "the word %q has no placeholder {%s}", key.Text, name.Text)
			return
		}
	}
	for _, name := range known {
		if !slices.Contains(given, name) {
			u.report(key, "", "the word %q needs a value for {%s}", key.Text, name)
		}
	}
}

// report adds an error at a text in quotes.
func (u uses) report(node *parse.StringNode, hint, format string, args ...any) {
	location, _ := u.tree.ErrorContext(node)
	f, line, column := u.locate(location)
	if f == nil {
		f = u.defines(u.tree.Name)
	}
	u.add(diag.Errorf(f.at(line, column+1), rule, format, args...).WithHint(hint))
}
