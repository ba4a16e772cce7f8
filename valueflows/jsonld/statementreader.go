package jsonld

import (
	"regexp"
	"slices"
	"strings"

	"disconode/valueflows"
)

// statementReader is the form that reads what a document states: leniently,
// with every slip and every error reported at its place.
type statementReader struct {
	*planner
	statement *Statement
	taken     map[string]bool
}

var _ form = (*statementReader)(nil)

// read fills a record from what a statement says, and reports what it says
// besides.
func (p *planner) read(s *Statement, record any) {
	r := statementReader{p, s, map[string]bool{}}
	if err := describe(&r, record); err != nil {
		p.fail(s.Place, "%s", err)
	}
	if resource, ok := record.(*valueflows.EconomicResource); ok {
		r.measure("accountingQuantity", &resource.AccountingQuantity)
		r.measure("onhandQuantity", &resource.OnhandQuantity)
	}
	if action := actionOf(record); action != nil {
		r.action(action)
	}
	switch record := record.(type) {
	case *valueflows.EconomicEvent:
		r.stream(record)
		r.track(record)
	case *valueflows.Proposal:
		r.purpose(record)
	case *valueflows.RecipeFlow:
		r.side(record)
	}
	for _, property := range s.properties {
		if !r.taken[property.name] {
			p.tolerate(property.Place, "%s is not a property of %s and is left out", valueflows.Clip(property.name), article(s.Class))
		}
	}
}

func (r *statementReader) private() bool { return true }

func (r *statementReader) class(valueflows.Class) {}

// property takes what is stated under a name: nil where nothing is, or nothing
// that says anything.
func (r *statementReader) property(name string) *property {
	p := r.statement.find(name)
	if p == nil || unsaid[name] {
		return nil
	}
	r.taken[name] = true
	if p.value.kind == nullValue {
		r.tolerate(p.Place, "%s is empty: read as none", name)
		return nil
	}
	return p
}

// single takes the one value of a property; several are an error.
func (r *statementReader) single(name string) *property {
	p := r.property(name)
	if p == nil {
		return nil
	}
	if elements := p.value.elements(); len(elements) != 1 {
		if len(elements) > 1 {
			r.fail(p.Place, "%s has %d values, and takes one", name, len(elements))
		}
		return nil
	}
	return &property{p.Place, p.name, p.value.first(), p.scope}
}

// scalar takes the text of a property.
func (r *statementReader) scalar(name string) (string, *property) {
	p := r.single(name)
	if p == nil {
		return "", nil
	}
	if !p.value.isScalar() {
		r.fail(p.Place, "%s takes a text or a number", name)
		return "", nil
	}
	return p.value.text, p
}

func (r *statementReader) text(name string, value *string) {
	if text, p := r.scalar(name); p != nil {
		*value = text
	}
}

func (r *statementReader) uris(name string, value *[]valueflows.URI) {
	p := r.property(name)
	if p == nil {
		return
	}
	for _, element := range p.value.elements() {
		if !element.isScalar() {
			r.fail(Place{p.File, element.line}, "%s takes texts", name)
			continue
		}
		*value = append(*value, valueflows.URI(p.scope.expandName(element.text)))
	}
}

func (r *statementReader) id(name string, value *valueflows.ID) {
	if text, p := r.scalar(name); p != nil {
		*value = r.reference(name, text, p)
	}
}

func (r *statementReader) ids(name string, value *[]valueflows.ID) {
	p := r.property(name)
	if p == nil {
		return
	}
	for _, element := range p.value.elements() {
		if !element.isScalar() {
			r.fail(Place{p.File, element.line}, "%s takes names of records", name)
			continue
		}
		at := Place{p.File, element.line}
		switch id := r.reference(name, element.text, &property{at, name, element, p.scope}); {
		case id.IsZero():
		case slices.Contains(*value, id):
			r.tolerate(at, "%s names %s twice", name, valueflows.Clip(element.text))
		default:
			*value = append(*value, id)
		}
	}
}

// reference is the id of what a property names.
func (r *statementReader) reference(name, text string, p *property) valueflows.ID {
	if text == "" {
		return valueflows.ID{} // its own statement is at fault, and says so
	}
	if ranges[name] == valueflows.ClassUnit {
		return r.unit(p.scope, text, p.Place)
	}
	iri := text
	if !p.value.full {
		var err error
		if iri, err = p.scope.iri(text); err != nil {
			r.fail(p.Place, "%s: %s", name, err)
			return valueflows.ID{}
		}
	}
	return r.refer(name, iri, p.Place)
}

// shortTime is a time whose parts lack their leading zeros.
var shortTime = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[Tt ](\d{1,2})(:\d\d(?::\d\d(?:\.\d+)?)?)([Zz]|(?:([+-])(\d{1,2}):?(\d\d)?))?$`)

func (r *statementReader) time(name string, value **valueflows.Time) {
	text, p := r.scalar(name)
	if p == nil {
		return
	}
	at, err := valueflows.ParseTime(text, r.options.Zone)
	if err != nil {
		if full := fullTime(text); full != "" {
			if at, err = valueflows.ParseTime(full, r.options.Zone); err == nil {
				r.tolerate(p.Place, "%s %s is read as %s", name, text, full)
			}
		}
	}
	if err != nil {
		r.fail(p.Place, "%s: %s", name, err)
		return
	}
	*value = &at
}

// fullTime puts the leading zeros into a time; empty where that is not what it lacks.
func fullTime(text string) string {
	m := shortTime.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	two := func(digits string) string { return strings.Repeat("0", 2-len(digits)) + digits }
	zone := strings.ToUpper(m[4])
	if m[5] != "" {
		minutes := m[7]
		if minutes == "" {
			minutes = "00"
		}
		zone = m[5] + two(m[6]) + ":" + minutes
	}
	return m[1] + "T" + two(m[2]) + m[3] + zone
}

func (r *statementReader) flag(name string, value *bool) {
	var answer *bool
	r.answer(name, &answer)
	*value = answer != nil && *answer
}

func (r *statementReader) answer(name string, value **bool) {
	text, p := r.scalar(name)
	if p == nil {
		return
	}
	switch text {
	case "true", "false":
		answer := text == "true"
		*value = &answer
	default:
		r.fail(p.Place, "%s is true or false, not %q", name, valueflows.Clip(text))
	}
}
