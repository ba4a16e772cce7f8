package jsonld

import "disconode/valueflows"

// exportWriter is the form that writes a line of an export: names are IRIs, and
// who a person is stands in it.
type exportWriter struct {
	recordWriter
	iri func(valueflows.ID) string
}

var _ form = (*exportWriter)(nil)

func (w *exportWriter) private() bool { return true }

func (w *exportWriter) class(valueflows.Class) {} // stands first

// is writes the class.
func (w *exportWriter) is(class valueflows.Class) {
	w.name("@type")
	w.string(string(class))
}

func (w *exportWriter) text(name string, value *string) {
	switch {
	case name == "iri": // stands first
	case (name == "action" || name == "purpose") && *value != "":
		w.name(name)
		w.string("vf:" + *value)
	default:
		w.recordWriter.text(name, value)
	}
}

func (w *exportWriter) id(name string, value *valueflows.ID) {
	if name != "id" && !value.IsZero() {
		w.name(name)
		w.string(w.iri(*value))
	}
}

func (w *exportWriter) ids(name string, value *[]valueflows.ID) {
	var iris []valueflows.URI
	for _, id := range *value {
		iris = append(iris, valueflows.URI(w.iri(id)))
	}
	w.uris(severalTerm(name), &iris)
}

// severalTerm is the term of an export for a property that names several
// records: only a process is in the scope of one agent, as the vocabulary has it.
func severalTerm(name string) string {
	if name == "inScopeOf" {
		return "inScopeOfAgents"
	}
	return name
}

func (w *exportWriter) measure(name string, value **valueflows.Measure) {
	m := *value
	if m == nil {
		return
	}
	w.name(name)
	w.body = append(w.body, '{')
	number := m.HasNumericalValue.String()
	w.recordWriter.text("hasNumericalValue", &number)
	w.id("hasUnit", &m.HasUnit)
	w.body = append(w.body, '}')
}

// nest leaves an object without properties out.
func (w *exportWriter) nest(name string, inner func()) {
	before := len(w.body)
	w.name(name)
	w.body = append(w.body, '{')
	within := len(w.body)
	if inner(); len(w.body) == within {
		w.body = w.body[:before]
		return
	}
	w.body = append(w.body, '}')
}

// referrer is the form that only looks at what a record refers to.
type referrer func(valueflows.Class, valueflows.ID)

var _ form = referrer(nil)

func (r referrer) private() bool                        { return true }
func (r referrer) class(valueflows.Class)               {}
func (r referrer) text(string, *string)                 {}
func (r referrer) uris(string, *[]valueflows.URI)       {}
func (r referrer) decimal(string, **valueflows.Decimal) {}
func (r referrer) time(string, **valueflows.Time)       {}
func (r referrer) flag(string, *bool)                   {}
func (r referrer) answer(string, **bool)                {}
func (r referrer) id(name string, value *valueflows.ID) {
	if name != "id" && !value.IsZero() {
		r(ranges[name], *value)
	}
}

func (r referrer) ids(name string, value *[]valueflows.ID) {
	for i := range *value {
		r.id(name, &(*value)[i])
	}
}

func (r referrer) measure(_ string, value **valueflows.Measure) {
	if *value != nil {
		r.id("hasUnit", &(*value).HasUnit)
	}
}
