package lang

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// maxFileSize is over ten times what a complete file takes.
const maxFileSize = 1 << 20

// file is one layouts/i18n/LANG.yaml as it was read, not yet joined with
// others.
type file struct {
	tag      Tag
	settings map[string]string
	words    map[string]*fileWord
	order    []string // the keys of words in the order of the file
	findings []diag.Finding
	name     string
}

// fileWord is a word with its place.
type fileWord struct {
	pos   diag.Pos
	entry entry
	at    [formCount]diag.Pos // of each form
}

// rule names the findings of this package.
const rule = "interface-words"

// parseFile reads a file of words. What it cannot read is in its findings.
func parseFile(name string, tag Tag, plurals *plurals, data []byte) *file {
	f := &file{tag: tag, name: name, settings: map[string]string{}, words: map[string]*fileWord{}}
	root := f.parse(data)
	if root == nil {
		return f
	}
	f.eachField(root, func(key, value *yaml.Node) {
		switch key.Value {
		case "settings":
			f.readSettings(value)
		case "words":
			f.readWords(value, plurals)
		default:
			f.add(diag.Errorf(f.pos(key), rule, "unknown field %q", key.Value).
				WithHint(diag.DidYouMean(key.Value, []string{"settings", "words"})))
		}
	})
	return f
}

// parse returns the mapping that the file is, or nil when it is none.
func (f *file) parse(data []byte) *yaml.Node {
	start := diag.Pos{File: f.name, Line: 1, Col: 1}
	switch {
	case len(data) > maxFileSize:
		f.add(diag.Errorf(start, rule, "the file is over %d MB", maxFileSize>>20))
		return nil
	case !utf8.Valid(data):
		f.add(diag.Errorf(start, rule, "the file is not UTF-8 text").
			WithHint("save it with the encoding UTF-8"))
		return nil
	}
	var doc yaml.Node
	loader, err := yaml.NewLoader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
	if err == nil {
		err = loader.Load(&doc)
	}
	switch {
	case errors.Is(err, io.EOF): // nothing, or remarks only
		return nil
	case err != nil:
		f.syntaxError(err)
		return nil
	}
	var second yaml.Node
	if loader.Load(&second) == nil && len(second.Content) > 0 {
		f.add(diag.Errorf(f.pos(second.Content[0]), rule, "the file holds two YAML documents").
			WithHint("take out the line ---"))
	}
	if len(doc.Content) == 0 || isNull(doc.Content[0]) {
		return nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		f.add(diag.Errorf(f.pos(root), rule, "expected the fields settings and words"))
		return nil
	}
	return root
}

// syntaxError reports what the YAML parser says.
func (f *file) syntaxError(err error) {
	var load *yaml.LoadError
	pos := diag.Pos{File: f.name, Line: 1, Col: 1}
	if !errors.As(err, &load) {
		f.add(diag.Errorf(pos, rule, "this is not YAML: %v", err))
		return
	}
	mark := load.Mark
	if mark.Line == 0 {
		mark = load.ContextMark
	}
	pos.Line, pos.Col = max(mark.Line, 1), max(mark.Column, 1)
	f.add(diag.Errorf(pos, rule, "this is not YAML: %s", load.Message).
		WithHint("text that begins with { or holds \": \" goes in quotes"))
}

func (f *file) readSettings(node *yaml.Node) {
	f.eachField(node, func(key, value *yaml.Node) {
		if value.Kind != yaml.ScalarNode {
			f.add(diag.Errorf(f.pos(value), rule, "%s takes one value", key.Value))
			return
		}
		f.settings[key.Value] = value.Value
		f.checkSetting(key, value)
	})
}

// settingValues lists what each setting may be; nil stands for any text.
func settingValues(name string) (values []string, known bool) {
	switch name {
	case "clock":
		return []string{"12", "24"}, true
	case "week-starts":
		return []string{"sunday", "monday", "saturday"}, true
	case "thousands":
		return nil, true
	}
	return nil, false
}

func (f *file) checkSetting(key, value *yaml.Node) {
	values, known := settingValues(key.Value)
	switch {
	case !known:
		f.add(diag.Errorf(f.pos(key), rule, "unknown setting %q", key.Value).
			WithHint(diag.DidYouMean(key.Value, []string{"clock", "week-starts", "thousands"})))
	case values != nil && !slices.Contains(values, value.Value):
		f.add(diag.Errorf(f.pos(value), rule, "%s cannot be %q", key.Value, value.Value).
			WithHint("allowed: " + strings.Join(values, ", ")))
	default:
		return
	}
	delete(f.settings, key.Value)
}

func (f *file) readWords(node *yaml.Node, plurals *plurals) {
	f.eachField(node, func(key, value *yaml.Node) {
		word := &fileWord{pos: f.pos(key)}
		word.entry.plurals = plurals
		switch {
		case value.Kind == yaml.ScalarNode:
			f.readForm(word, other, key.Value, value)
		case value.Kind == yaml.MappingNode && looksLikePlaceholder(value):
			f.add(diag.Errorf(f.pos(value), rule, "text that begins with { goes in quotes").
				WithHint(fmt.Sprintf("write %q", "{"+value.Content[0].Value+"} …")))
		case value.Kind == yaml.MappingNode:
			word.entry.plural = true
			f.readForms(word, key, value)
		default:
			f.add(diag.Errorf(f.pos(value), rule, "%q takes a text, or a text for each plural form", key.Value))
		}
		if word.entry.forms[other] != nil {
			f.words[key.Value] = word
			f.order = append(f.order, key.Value)
		}
	})
}

// looksLikePlaceholder reports whether {count} was written without quotes,
// which YAML takes for a mapping.
func looksLikePlaceholder(node *yaml.Node) bool {
	return node.Style&yaml.FlowStyle != 0 && len(node.Content) == 2 && isNull(node.Content[1])
}

func (f *file) readForms(word *fileWord, key, node *yaml.Node) {
	var names []string
	for _, form := range word.entry.plurals.uses() {
		names = append(names, formName(form))
	}
	f.eachField(node, func(name, value *yaml.Node) {
		form := slices.IndexFunc([]int{other, zero, one, two, few, many}, func(i int) bool { return formName(i) == name.Value })
		switch {
		case form < 0:
			f.add(diag.Errorf(f.pos(name), rule, "%q is not a plural form", name.Value).
				WithHint(diag.DidYouMean(name.Value, names)))
		case !slices.Contains(names, name.Value):
			f.add(diag.Warnf(f.pos(name), rule, "%s has no plural form %q", f.tag.Name(English()), name.Value).
				WithHint("allowed: " + strings.Join(names, ", ")))
		case value.Kind != yaml.ScalarNode:
			f.add(diag.Errorf(f.pos(value), rule, "expected a text"))
		default:
			f.readForm(word, form, key.Value, value)
		}
	})
	if word.entry.forms[other] == nil {
		f.add(diag.Errorf(f.pos(key), rule, "%q lacks the plural form \"other\"", key.Value))
	}
}

func (f *file) readForm(word *fileWord, form int, key string, value *yaml.Node) {
	if isNull(value) {
		f.add(diag.Errorf(f.pos(value), rule, "%q has no text", key))
		return
	}
	text, err := parseText(value.Value)
	if err != nil {
		f.add(diag.Errorf(f.pos(value), rule, "%v", err))
		return
	}
	word.entry.forms[form] = text
	word.at[form] = f.pos(value)
}

// parseText cuts a text at its placeholders: "open until {time}".
func parseText(source string) (*text, error) {
	t := &text{source: source, size: len(source) + 16}
	rest := source
	for rest != "" {
		literal, after, found := strings.Cut(rest, "{")
		if strings.Contains(literal, "}") {
			return nil, fmt.Errorf("a } without its { in %q", source)
		}
		if literal != "" {
			t.pieces = append(t.pieces, piece{literal: literal})
		}
		if !found {
			break
		}
		name, after, closed := strings.Cut(after, "}")
		if !closed || !isName(name) {
			return nil, fmt.Errorf("a { without a name and its } in %q", source)
		}
		t.pieces = append(t.pieces, piece{name: name})
		rest = after
	}
	if len(t.pieces) == 0 {
		t.pieces = []piece{{}}
	}
	return t, nil
}

// isName reports whether s is a word in kebab case.
func isName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return s != ""
}

// names lists the placeholders of a text.
func (t *text) names() []string {
	var names []string
	for _, p := range t.pieces {
		if p.name != "" {
			names = append(names, p.name)
		}
	}
	return names
}

// eachField calls visit for the fields of a mapping, each key once.
func (f *file) eachField(node *yaml.Node, visit func(key, value *yaml.Node)) {
	if isNull(node) {
		return
	}
	if node.Kind != yaml.MappingNode {
		f.add(diag.Errorf(f.pos(node), rule, "expected lines of the form NAME: TEXT"))
		return
	}
	first := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		switch line, again := first[key.Value]; {
		case key.Kind != yaml.ScalarNode:
			f.add(diag.Errorf(f.pos(key), rule, "expected a name"))
		case value.Kind == yaml.AliasNode || value.Anchor != "" || key.Value == "<<":
			f.add(diag.Errorf(f.pos(value), rule, "YAML anchors and aliases are not allowed here").
				WithHint("write the text out"))
		case again:
			f.add(diag.Errorf(f.pos(key), rule, "%q is given twice (first in line %s)", key.Value, strconv.Itoa(line)))
		default:
			first[key.Value] = key.Line
			visit(key, value)
		}
	}
}

func isNull(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag == "!!null" }

func (f *file) pos(node *yaml.Node) diag.Pos {
	return diag.Pos{File: f.name, Line: node.Line, Col: node.Column}
}

func (f *file) add(finding diag.Finding) { f.findings = append(f.findings, finding) }
