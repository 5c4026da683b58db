package frontmatter

import (
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// scalar returns the text of a node.
func (d *decoder) scalar(n *yaml.Node, w what) (Text, bool) {
	if n.Kind == yaml.ScalarNode {
		return Text{strings.TrimSpace(n.Value), d.at(n)}, true
	}
	f := diag.Errorf(d.at(n), "wrong-type", "%s must be one value, not %s", w, kindOf(n))
	switch {
	case n.Kind == yaml.SequenceNode && len(n.Content) > 0 && n.Style&yaml.FlowStyle != 0:
		f.Hint = "a text that begins with [ stands in quotes"
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0:
		f.Hint = "a text that begins with { stands in quotes"
	case n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[1].Kind == yaml.ScalarNode:
		f.Hint = `a ": " makes a field of a text; put the text in quotes: ` + quoted("", n.Content[0].Value+": "+n.Content[1].Value)
	}
	d.report(f)
	return Text{Pos: d.at(n)}, false
}

// single reads a scalar of a given form.
func (d *decoder) single(n *yaml.Node, t Text, v reflect.Value, s *shape, w what) {
	switch p := v.Addr().Interface().(type) {
	case *Text:
		*p = t
	case *Prose:
		p.Text = Text{oneLine(t.Value), t.Pos}
		d.prose(n, p.Text, w)
	case *Bool:
		p.Pos = t.Pos
		b, ok := truth(t.Value, n.Style == 0)
		if !ok {
			d.report(diag.Errorf(t.Pos, "wrong-type", "%s must be true or false, not %q", w, shorten(t.Value)))
		}
		p.Value = b
	case *Int:
		i, err := strconv.Atoi(t.Value)
		if err != nil {
			d.report(diag.Errorf(t.Pos, "wrong-type", "%s must be a whole number, not %q", w, shorten(t.Value)))
			return
		}
		*p = Int{i, t.Pos}
	case *Float:
		f, err := strconv.ParseFloat(t.Value, 64)
		if err != nil || f-f != 0 { // f-f is not 0 for infinities and NaN
			d.report(diag.Errorf(t.Pos, "wrong-type", "%s must be a number, not %q", w, shorten(t.Value)))
			f = 0
		}
		*p = Float{f, t.Pos}
	case *Date:
		day, err := civil.Parse(t.Value)
		p.Pos = t.Pos
		if err != nil {
			d.report(diag.Errorf(t.Pos, "bad-date", "%s: %v", strings.Trim(w.String(), `"`), err).WithHint(DateHint(t.Value)))
			return
		}
		p.Value = day
	}
}

// truth reads true and false; without quotes also what YAML 1.1 takes for them.
func truth(s string, plain bool) (value, ok bool) {
	switch strings.ToLower(s) {
	case "true":
		return true, true
	case "false":
		return false, true
	case "yes", "on":
		return true, plain
	case "no", "off":
		return false, plain
	}
	return false, false
}

// oneLine folds line breaks and runs of blanks to one blank.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
