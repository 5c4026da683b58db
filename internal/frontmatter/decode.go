package frontmatter

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// maxDepth is how deep lists and fields may lie in each other; the deepest
// field of a hub lies six deep.
const maxDepth = 24

// Decode reads YAML into a T, which is never nil. Mistakes are findings; what is
// right is in the T all the same, unless the text is not YAML at all.
func (s *Schema[T]) Decode(src Source) (*T, []diag.Finding) {
	v := new(T)
	d := decoder{src: src, commented: strings.Contains(src.Text, " #")}
	if root := d.parse(); root != nil {
		d.value(root, reflect.ValueOf(v).Elem(), s.shape, what{})
	}
	return v, d.findings
}

// what names a value in a message.
type what struct {
	field string // "" for the whole text
	entry bool   // an entry of the field's list
	depth int
	key   diag.Pos // of the field's name
}

func (w what) String() string {
	switch {
	case w.field == "":
		return "this"
	case w.entry:
		return fmt.Sprintf("an entry of %q", w.field)
	}
	return fmt.Sprintf("%q", w.field)
}

// name returns the field's name, "" if the value is an entry of a list.
func (w what) name() string {
	if w.entry {
		return ""
	}
	return w.field
}

func (w what) in(field string, key diag.Pos) what { return what{field, false, w.depth + 1, key} }
func (w what) item() what                         { return what{w.field, true, w.depth + 1, diag.Pos{}} }

type decoder struct {
	src       Source
	commented bool     // there is a " #" in the text, so that values may be cut short
	lines     []string // of the text; filled when asked for
	findings  []diag.Finding
}

func (d *decoder) report(f diag.Finding) { d.findings = append(d.findings, f) }

// pos turns a place in the YAML into a place in the file.
func (d *decoder) pos(line, col int) diag.Pos {
	return diag.Pos{File: d.src.File, Line: line + max(d.src.Line, 1) - 1, Col: col}
}

func (d *decoder) at(n *yaml.Node) diag.Pos { return d.pos(n.Line, n.Column) }

// parse returns the node of the whole text, or nil if there is none.
func (d *decoder) parse() *yaml.Node {
	if d.tabs() {
		return nil
	}
	if strings.TrimSpace(d.src.Text) == "" {
		return nil
	}
	var doc yaml.Node
	if err := yaml.Load([]byte(d.src.Text), &doc); err != nil {
		d.syntax(err)
		return nil
	}
	if len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}

// value reads one node and reports whether there was anything to read.
func (d *decoder) value(n *yaml.Node, v reflect.Value, s *shape, w what) bool {
	if w.depth > maxDepth {
		d.report(diag.Errorf(d.at(n), "yaml-syntax", "fields and lists lie more than %d deep in each other here", maxDepth))
		return false
	}
	if d.refused(n) {
		return false
	}
	if isEmpty(n) {
		d.empty(n, w)
		d.mark(n, v)
		return false
	}
	switch s.form {
	case structForm:
		return d.structure(n, v, s, w)
	case listForm:
		d.list(n, v, s, w)
	case mapForm:
		if m, ok := d.freeMap(n, w); ok {
			*v.Addr().Interface().(*Map) = m
		}
	case nodeForm:
		node := v.Addr().Interface().(*Node)
		node.Pos, node.Key = d.at(n), w.key
		if n.Kind == yaml.MappingNode {
			node.Fields, _ = d.freeMap(n, w)
			return true
		}
		node.Text, _ = d.scalar(n, w)
	default:
		if t, ok := d.scalar(n, w); ok {
			d.single(n, t, v, s, w)
		} else {
			standIn(n, t, v)
		}
	}
	return true
}

// standIn keeps something of a text that was given as a list or as fields, so
// that nobody misses it besides: one mistake, one finding.
func standIn(n *yaml.Node, t Text, v reflect.Value) {
	for t.Value = kindOf(n); len(n.Content) > 0; n = n.Content[0] {
	}
	if n.Kind == yaml.ScalarNode && n.Value != "" {
		t.Value = n.Value
	}
	switch p := v.Addr().Interface().(type) {
	case *Text:
		*p = t
	case *Prose:
		p.Text = t
	}
}

// refused reports what YAML offers and a hub does not take.
func (d *decoder) refused(n *yaml.Node) bool {
	switch {
	case n.Kind == yaml.AliasNode:
		d.report(diag.Errorf(d.at(n), "yaml-anchor", "%q is a YAML alias, which a hub does not take", "*"+n.Value).
			WithHint("write the value out; a text that begins with * stands in quotes"))
	case n.Anchor != "":
		d.report(diag.Errorf(d.at(n), "yaml-anchor", "%q is a YAML anchor, which a hub does not take", "&"+n.Anchor).
			WithHint("leave the anchor out; a text that begins with & stands in quotes"))
	case n.Style&yaml.TaggedStyle != 0:
		d.report(diag.Errorf(d.at(n), "yaml-anchor", "%q is a YAML tag, which a hub does not take", n.Tag).
			WithHint("leave the tag out; a text that begins with ! stands in quotes"))
	default:
		return false
	}
	return true
}

// isEmpty reports whether there is no value at all. A quoted empty text is
// none either.
func isEmpty(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" }

// empty looks at a field without a value: that is as good as not given, but an
// empty entry of a list, or a comment where a text was meant, is a slip.
func (d *decoder) empty(n *yaml.Node, w what) {
	if w.entry {
		d.report(diag.Errorf(d.at(n), "wrong-type", "%s is empty", w).WithHint("delete the line or fill it"))
		return
	}
	if n.Style != 0 {
		return
	}
	rest := d.after(n.Line, n.Column)
	if text := strings.TrimLeft(rest, " :"); len(text) > 1 && text[0] == '#' && text[1] != ' ' && text[1] != '#' {
		d.report(diag.Warnf(d.at(n), "cut-text", "a # begins a comment, so that %s is empty", w).
			WithHint("put the text in quotes: " + quoted(w.name(), text)))
	}
}

// mark keeps the place of a text without a value, so that whoever misses it can
// point there.
func (d *decoder) mark(n *yaml.Node, v reflect.Value) {
	switch p := v.Addr().Interface().(type) {
	case *Text:
		p.Pos = d.at(n)
	case *Prose:
		p.Pos = d.at(n)
	}
}

// quoted shows how a field is written with its text in quotes.
func quoted(field, text string) string {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > 60 {
		text = string([]rune(text)[:57]) + "…"
	}
	if strings.Contains(text, `"`) {
		text = "'" + strings.ReplaceAll(text, "'", "''") + "'"
	} else {
		text = `"` + text + `"`
	}
	if field == "" {
		return text
	}
	return field + ": " + text
}

// mostFields is how many fields may stand side by side, far above what people
// write: for each that is misspelt or there twice all others are looked at.
const mostFields = 5000

// cutFields leaves no more of a mapping.
func (d *decoder) cutFields(n *yaml.Node) {
	if len(n.Content) <= 2*mostFields {
		return
	}
	d.report(diag.Errorf(d.at(n.Content[2*mostFields]), "too-many-fields", "more than %d fields stand here", mostFields).
		WithHint("look for what was pasted by mistake"))
	n.Content = n.Content[:2*mostFields]
}

// structure reads a mapping into a struct and reports whether it is one.
func (d *decoder) structure(n *yaml.Node, v reflect.Value, s *shape, w what) bool {
	if n.Kind != yaml.MappingNode {
		return d.notFields(n, v, s, w)
	}
	if s.place != nil {
		*v.FieldByIndex(s.place).Addr().Interface().(*Place) = Place{d.at(n), w.key}
	}
	d.cutFields(n)
	var given uint64
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		name, ok := d.key(key)
		if !ok {
			continue
		}
		at := s.find(name)
		if at < 0 {
			d.unknown(n, key, val, s, w)
			d.walk(val, w.depth)
			d.meant(n, key, val, v, s, w)
			continue
		}
		if given&(1<<at) != 0 {
			d.twice(n, key)
			continue
		}
		given |= 1 << at
		d.value(val, v.FieldByIndex(s.fields[at].index), s.fields[at].shape, w.in(name, d.at(key)))
	}
	return true
}

// meant reads the value of a misspelt field into the one field that was meant,
// unless that is given too: nobody shall miss it besides. What is wrong with the
// value comes out when the name is mended.
func (d *decoder) meant(m, key, val *yaml.Node, v reflect.Value, s *shape, w what) {
	name := diag.Suggest(key.Value, s.names)
	if name == "" {
		return
	}
	for i := 0; i < len(m.Content); i += 2 {
		if m.Content[i].Value == name {
			return
		}
	}
	before := len(d.findings)
	f := s.fields[s.find(name)]
	d.value(val, v.FieldByIndex(f.index), f.shape, w.in(name, d.at(key)))
	d.findings = d.findings[:before]
}

// notFields reports a struct that is given as something else, unless a lone
// text may stand there: then it reads that and returns true.
func (d *decoder) notFields(n *yaml.Node, v reflect.Value, s *shape, w what) bool {
	if n.Kind == yaml.ScalarNode && s.scalar >= 0 {
		if s.place != nil {
			*v.FieldByIndex(s.place).Addr().Interface().(*Place) = Place{d.at(n), w.key}
		}
		f := s.fields[s.scalar]
		return d.value(n, v.FieldByIndex(f.index), f.shape, w)
	}
	names := strings.Join(s.names, ", ")
	if len(s.names) > 10 {
		names = strings.Join(s.names[:3], ", ") + " …"
	}
	if w.field == "" {
		d.report(diag.Errorf(d.at(n), "wrong-type", "there must be fields here, such as \"%s: …\", not %s", s.names[0], kindOf(n)))
		return false
	}
	d.report(diag.Errorf(d.at(n), "wrong-type", "%s must have fields of its own, not %s", w, kindOf(n)).
		WithHint("its fields: " + names))
	return false
}

// kindOf names what a node is.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "fields"
	case yaml.SequenceNode:
		return "a list"
	}
	return fmt.Sprintf("the text %q", shorten(n.Value))
}

func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > 40 {
		return string([]rune(s)[:37]) + "…"
	}
	return s
}

// key returns the name of a field.
func (d *decoder) key(n *yaml.Node) (string, bool) {
	switch {
	case d.refused(n):
		return "", false
	case n.Kind != yaml.ScalarNode:
		d.report(diag.Errorf(d.at(n), "yaml-syntax", "the name of a field must be a word, not %s", kindOf(n)).
			WithHint("a text that begins with { or [ stands in quotes"))
		return "", false
	case n.Value == "<<" && n.Style == 0:
		d.report(diag.Errorf(d.at(n), "yaml-anchor", "\"<<\" is a YAML merge key, which a hub does not take").
			WithHint("write the fields out"))
		return "", false
	}
	return n.Value, true
}

// twice reports a field that the same mapping has given before.
func (d *decoder) twice(m, key *yaml.Node) {
	first := key
	for i := 0; i < len(m.Content); i += 2 {
		if m.Content[i].Value == key.Value {
			first = m.Content[i]
			break
		}
	}
	d.report(diag.Errorf(d.at(key), "duplicate-field", "the field %q stands here twice", key.Value).
		WithHint(fmt.Sprintf("it is on line %d already: keep one of them", d.at(first).Line)))
}

// unknown reports a field that the struct does not have.
func (d *decoder) unknown(m, key, val *yaml.Node, s *shape, w what) {
	if d.splitByComma(m, key, val) {
		return
	}
	place := ""
	if w.field != "" {
		place = fmt.Sprintf(" in %q", w.field)
	}
	d.report(diag.Errorf(d.at(key), "unknown-field", "unknown field %q%s", shorten(key.Value), place).
		WithHint(diag.DidYouMean(key.Value, s.names)))
}

// splitByComma reports a value inside { } that a comma cut in two, so that its
// rest looks like a field without a value: {sat: 10am-12pm, 1pm-5pm}.
func (d *decoder) splitByComma(m, key, val *yaml.Node) bool {
	if m.Style&yaml.FlowStyle == 0 || key.Style != 0 || val.Style != 0 || val.Kind != yaml.ScalarNode || val.Value != "" {
		return false
	}
	if rest := d.after(val.Line, val.Column); strings.HasPrefix(strings.TrimSpace(rest), ":") {
		return false // the author wrote the colon
	}
	hint := "put a text with a comma in quotes"
	for i := 2; i < len(m.Content); i += 2 {
		if m.Content[i] != key {
			continue
		}
		const furthest = 2 * 20                           // what people cut has few pieces
		for j := i - 2; j >= max(0, i-furthest); j -= 2 { // the last field that has a value, and what followed it
			if before := m.Content[j+1]; before.Kind == yaml.ScalarNode && before.Value != "" {
				whole := before.Value
				for k := j + 2; k <= i; k += 2 {
					whole += ", " + m.Content[k].Value
				}
				hint = "put the value in quotes: " + quoted(m.Content[j].Value, whole)
				break
			}
		}
	}
	d.report(diag.Errorf(d.at(key), "split-value", "inside { } a comma ends a value, so that %q became a field of its own", shorten(key.Value)).
		WithHint(hint))
	return true
}

// walk looks through a value that no field takes, so that what is refused in
// it is reported all the same.
func (d *decoder) walk(n *yaml.Node, depth int) {
	if depth > maxDepth || d.refused(n) {
		return
	}
	for _, c := range n.Content {
		d.walk(c, depth+1)
	}
}
