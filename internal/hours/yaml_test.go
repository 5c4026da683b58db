package hours

import (
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// hub makes a Spec of a hub in one YAML text, so that cases read as the files
// of a hub do:
//
//	timezone: America/Chicago
//	closures: [...]
//	libraries:
//	  L: {hours: {regular: {mon-fri: 9am-5pm}}}
//	  K: {parent: L, kind: department, hours: {...}}
//
// The places of findings are hub.yaml with the line and column in the text.
func hub(t testing.TB, now, text string) Spec {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatalf("the case is no YAML: %v\n%s", err, text)
	}
	top := root.Content[0]
	spec := Spec{Timezone: scalar(field(top, "timezone")), Closures: ruleSpecs(field(top, "closures")), Now: civil.Start(date(t, now))}
	if libraries := field(top, "libraries"); libraries != nil {
		for i := 0; i < len(libraries.Content); i += 2 {
			spec.Libraries = append(spec.Libraries, librarySpec(libraries.Content[i], libraries.Content[i+1]))
		}
	}
	return spec
}

// date reads a date that a test is sure of.
func date(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func librarySpec(key, n *yaml.Node) LibrarySpec {
	l := LibrarySpec{
		ID: key.Value, Pos: place(key), Parent: scalar(field(n, "parent")).Text,
		Department: scalar(field(n, "kind")).Text == "department", Timezone: scalar(field(n, "timezone")),
	}
	hours := field(n, "hours")
	if hours == nil {
		return l
	}
	regular := field(hours, "regular")
	l.HasHours, l.HoursPos = true, place(keyOf(n, "hours"))
	if regular != nil {
		l.Regular, l.RegularPos = daySpec(regular), place(keyOf(hours, "regular"))
	}
	l.From, l.Through = scalar(field(hours, "from")), scalar(field(hours, "through"))
	if seasons := field(hours, "seasons"); seasons != nil {
		for _, s := range seasons.Content {
			l.Seasons = append(l.Seasons, SeasonSpec{
				Pos: place(s), Name: scalar(field(s, "name")), From: scalar(field(s, "from")), To: scalar(field(s, "to")),
				Hours: daySpec(field(s, "hours")),
			})
		}
	}
	l.Exceptions = ruleSpecs(field(hours, "exceptions"))
	return l
}

func ruleSpecs(list *yaml.Node) []RuleSpec {
	if list == nil {
		return nil
	}
	var specs []RuleSpec
	for _, n := range list.Content {
		r := RuleSpec{
			Pos: place(n), From: scalar(field(n, "from")), To: scalar(field(n, "to")), Holiday: scalar(field(n, "holiday")),
			Offset: scalar(field(n, "offset")), Observed: onOff(field(n, "observed")), OnlyHere: onOff(field(n, "only_here")),
			Urgent: onOff(field(n, "urgent")), Hours: daySpec(field(n, "hours")), Reason: scalar(field(n, "reason")),
		}
		if dates := field(n, "date"); dates != nil && dates.Kind == yaml.SequenceNode {
			for _, d := range dates.Content {
				r.Dates = append(r.Dates, scalar(d))
			}
		} else if dates != nil {
			r.Dates = []Scalar{scalar(dates)}
		}
		specs = append(specs, r)
	}
	return specs
}

func daySpec(n *yaml.Node) DaySpec {
	if n == nil {
		return DaySpec{}
	}
	spec := DaySpec{Value: scalar(n)}
	if n.Kind == yaml.MappingNode {
		spec.IsWeek = true
		for i := 0; i < len(n.Content); i += 2 {
			spec.Week = append(spec.Week, DayLine{scalar(n.Content[i]), scalar(n.Content[i+1])})
		}
	}
	return spec
}

func keyOf(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i]
		}
	}
	return nil
}

func field(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

func scalar(n *yaml.Node) Scalar {
	if n == nil {
		return Scalar{}
	}
	return Scalar{n.Value, place(n)}
}

func onOff(n *yaml.Node) Flag {
	if n == nil {
		return Flag{}
	}
	return Flag{n.Value == "true", place(n)}
}

func place(n *yaml.Node) diag.Pos {
	if n == nil {
		return diag.Pos{}
	}
	return diag.Pos{File: "hub.yaml", Line: n.Line, Col: n.Column}
}
