package jsonld

import (
	"slices"
	"strings"

	"disconode/valueflows"
)

// facts is the form that says what is stated, property by property, so that
// two records can be compared.
type facts map[string]string

var _ form = facts{}

// Differences names the properties that stated has and kept has not, or has
// otherwise, in the order of their names. What kept says besides is no
// difference. Both are pointers to records of one class; what tells who a
// person is counts too.
func Differences(stated, kept any) ([]string, error) {
	mine, its := facts{}, facts{}
	if err := describe(mine, stated); err != nil {
		return nil, err
	}
	if err := describe(its, kept); err != nil {
		return nil, err
	}
	var names []string
	for name, fact := range mine {
		if its[name] != fact {
			name, _, _ = strings.Cut(name, ".")
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func (f facts) private() bool { return true }

func (f facts) state(name, fact string) {
	if fact != "" && name != "id" && name != "iri" {
		f[name] = fact
	}
}

func (f facts) class(class valueflows.Class)    { f["type"] = string(class) }
func (f facts) text(name string, value *string) { f.state(name, *value) }
func (f facts) flag(name string, value *bool)   { f.answer(name, &value) }
func (f facts) id(name string, value *valueflows.ID) {
	if !value.IsZero() {
		f.state(name, value.String())
	}
}

func (f facts) uris(name string, value *[]valueflows.URI) {
	var texts []string
	for _, uri := range *value {
		texts = append(texts, string(uri))
	}
	f.state(name, strings.Join(texts, "\n"))
}

func (f facts) ids(name string, value *[]valueflows.ID) {
	var texts []string
	for _, id := range *value {
		texts = append(texts, id.String())
	}
	f.state(name, strings.Join(texts, "\n"))
}

func (f facts) measure(name string, value **valueflows.Measure) {
	if m := *value; m != nil {
		f.state(name+".hasNumericalValue", m.HasNumericalValue.Normal().String())
		f.id(name+".hasUnit", &m.HasUnit)
	}
}

func (f facts) decimal(name string, value **valueflows.Decimal) {
	if *value != nil {
		f.state(name, (*value).Normal().String())
	}
}

func (f facts) time(name string, value **valueflows.Time) {
	if *value != nil {
		f.state(name, (*value).Instant.Time().String())
	}
}

func (f facts) answer(name string, value **bool) {
	if *value != nil && name != "stub" {
		f.state(name, map[bool]string{true: "true", false: "false"}[**value])
	}
}
