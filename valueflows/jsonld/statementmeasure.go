package jsonld

import (
	"regexp"
	"strings"

	"disconode/valueflows"
)

func (r *statementReader) measure(name string, value **valueflows.Measure) {
	p := r.single(name)
	if p == nil {
		return
	}
	stated := p.value
	if name == "hasDuration" && stated.isScalar() {
		stated = r.duration(p)
	}
	if stated.kind != objectValue {
		r.fail(p.Place, "%s takes a measure: hasNumericalValue and hasUnit", name)
		return
	}
	m, found := &valueflows.Measure{}, false
	for _, f := range stated.fields {
		at := Place{p.File, f.line}
		v := f.value.first()
		if plain := v.field("@value"); plain != nil {
			v = plain
		}
		switch part := r.partOfMeasure(p, f.name, at); {
		case part == "hasNumericalValue" && v.isScalar():
			found = true
			m.HasNumericalValue = r.number(v.text, at)
		case part == "hasUnit" && (v.isScalar() || v.field("@id", "id") != nil):
			if named := v.field("@id", "id"); named != nil {
				v = named
			}
			m.HasUnit = r.unit(p.scope, v.text, at)
		case part == "hasNumericalValue" || part == "hasUnit":
			r.fail(at, "%s of %s is no number and no name", part, name)
			found = true
		case !strings.HasPrefix(f.name, "@") && f.name != "type":
			r.tolerate(at, "%s is not a property of a Measure and is left out", valueflows.Clip(f.name))
		}
	}
	if !found {
		r.fail(p.Place, "%s has no hasNumericalValue", name)
		return
	}
	*value = m
}

// durations are the properties of a duration in OWL-Time, and those of a measure.
var durations = map[string]string{"numericDuration": "hasNumericalValue", "unitType": "hasUnit"}

// partOfMeasure is the property of a measure that a name is meant for.
func (r *statementReader) partOfMeasure(p *property, name string, at Place) string {
	part := p.scope.term(name)
	if p.name != "hasDuration" {
		return part
	}
	for _, prefix := range []string{"time:", timeOntology} {
		part = strings.TrimPrefix(part, prefix)
	}
	if right := durations[part]; right != "" {
		r.tolerate(at, "%s of a duration is read as %s", name, right)
		return right
	}
	return part
}

// durationText is a duration of OWL-Time whose colons were left out, so that
// YAML takes it for one text.
var durationText = regexp.MustCompile(`^(?:time:)?unitType:? +(\S+) +(?:time:)?numericDuration:? +(\S+)$`)

// duration is what a text says of a duration, as the object that was meant; the
// text where it says nothing.
func (r *statementReader) duration(p *property) *value {
	m := durationText.FindStringSubmatch(p.value.text)
	if m == nil {
		return p.value
	}
	r.tolerate(p.Place, "%s %s is read as %s %s", p.name, valueflows.Clip(p.value.text), m[2], m[1])
	text := func(name, text string) field {
		return field{name, p.value.line, &value{kind: textValue, line: p.value.line, text: text}}
	}
	return &value{kind: objectValue, line: p.value.line, fields: []field{text("hasNumericalValue", m[2]), text("hasUnit", m[1])}}
}

func (r *statementReader) number(text string, at Place) valueflows.Decimal {
	whole := text
	if rest := strings.TrimLeft(text, "+-"); len(rest) > 1 && rest[0] == '.' && rest[1] >= '0' && rest[1] <= '9' {
		whole = text[:len(text)-len(rest)] + "0" + rest
	}
	number, err := valueflows.ParseDecimal(whole)
	if err != nil {
		r.fail(at, "%s", err)
	} else if whole != text {
		r.tolerate(at, "%s is read as %s", text, whole)
	}
	return number
}

func (r *statementReader) decimal(name string, value **valueflows.Decimal) {
	if text, p := r.scalar(name); p != nil {
		number := r.number(text, p.Place)
		*value = &number
	}
}
