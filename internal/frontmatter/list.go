package frontmatter

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// list reads a list, or the one value that stands for it.
func (d *decoder) list(n *yaml.Node, v reflect.Value, s *shape, w what) {
	if n.Kind != yaml.SequenceNode {
		if d.lacksBlank(n, w) {
			return
		}
		if s.split && n.Kind == yaml.ScalarNode {
			d.splitText(n, v, w)
			return
		}
		one := reflect.MakeSlice(s.typ, 1, 1)
		inner := w
		inner.depth++
		if d.value(n, one.Index(0), s.elem, inner) {
			v.Set(one)
		}
		return
	}
	if s.split {
		for _, item := range n.Content {
			if d.refused(item) {
				continue
			}
			if isEmpty(item) {
				d.empty(item, w.item())
				continue
			}
			d.splitText(item, v, w.item())
		}
		return
	}
	items := reflect.MakeSlice(s.typ, len(n.Content), len(n.Content))
	read := 0 // an entry that is none has been reported and is left out
	for _, item := range n.Content {
		if d.value(item, items.Index(read), s.elem, w.item()) {
			read++
		}
	}
	v.Set(items.Slice(0, read))
}

// lacksBlank reports a list whose hyphens have no blank behind them: YAML takes
// its lines for one text.
func (d *decoder) lacksBlank(n *yaml.Node, w what) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 || len(n.Value) < 2 || n.Value[0] != '-' || d.at(n).Line == w.key.Line {
		return false
	}
	entry, _, _ := strings.Cut(n.Value[1:], " -")
	d.report(diag.Errorf(d.at(n), "yaml-syntax", "a list needs a blank behind each hyphen").WithHint("write - " + shorten(entry)))
	return true
}

// splitText appends the values of one text with commas to a []Text.
func (d *decoder) splitText(n *yaml.Node, v reflect.Value, w what) {
	t, ok := d.scalar(n, w)
	if !ok {
		return
	}
	texts := v.Addr().Interface().(*[]Text)
	if !strings.Contains(t.Value, ",") {
		*texts = append(*texts, t)
		return
	}
	col := t.Pos.Col
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		col++
	}
	for part := range strings.SplitSeq(t.Value, ",") {
		if word := strings.TrimSpace(part); word != "" {
			pos := t.Pos
			pos.Col = col + utf8.RuneCountInString(part[:strings.Index(part, word)])
			*texts = append(*texts, Text{word, pos})
		}
		col += utf8.RuneCountInString(part) + 1
	}
}

// freeMap reads a mapping with free keys.
func (d *decoder) freeMap(n *yaml.Node, w what) (Map, bool) {
	if n.Kind != yaml.MappingNode {
		d.report(diag.Errorf(d.at(n), "wrong-type", "%s must have fields of its own, not %s", w, kindOf(n)))
		return nil, false
	}
	d.cutFields(n)
	m := make(Map, 0, len(n.Content)/2)
	seen := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		name, ok := d.key(key)
		if !ok || d.splitByComma(n, key, val) {
			continue
		}
		if seen[name] {
			d.twice(n, key)
			continue
		}
		seen[name] = true
		if d.refused(val) {
			continue
		}
		if isEmpty(val) {
			d.report(diag.Errorf(d.at(key), "wrong-type", "%q has no value", name))
			continue
		}
		if t, ok := d.scalar(val, w.in(name, d.at(key))); ok {
			m = append(m, Entry{Text{name, d.at(key)}, t})
		}
	}
	return m, true
}
