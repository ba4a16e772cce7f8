package jsonld

import (
	"slices"

	"disconode/valueflows"
)

// follow gives every part the property that the whole stated for it.
func (d *Document) follow() {
	stated := map[string][]*Statement{}
	for _, s := range d.Statements {
		stated[s.IRI] = append(stated[s.IRI], s)
	}
	for _, l := range d.links {
		switch parts := stated[l.part]; {
		case l.inside != nil:
			l.inside.receive(l)
		case len(parts) == 0:
			d.tolerate(l.Line, "%s is named as a part of %s and stated nowhere: left out", l.part, l.whole)
		case parts[0].Class == valueflows.ClassEconomicResource:
			nearest(parts, l.Line).receive(l)
		default:
			for _, part := range parts {
				part.receive(l)
			}
		}
	}
}

// severalMax is how many records a property takes from those that say the same
// from their side: one more than the books take.
const severalMax = 1025

// receive states a link on the part's side: beside what the part states itself
// where the property takes several records, else unless it does.
func (s *Statement) receive(l link) {
	name := rightName(s.Class, l.property)
	whole := fullIRI(l.whole, l.Line)
	stated := s.find(name)
	switch {
	case stated == nil || stated.value.kind == nullValue && takesSeveral(s.Class, name):
		s.set(property{l.Place, name, whole, scope{}})
	case takesSeveral(s.Class, name) && len(stated.value.elements()) < severalMax && !slices.Contains(stated.names(), l.whole):
		stated.value = &value{kind: listValue, line: stated.value.line, items: append(slices.Clone(stated.value.elements()), whole)}
	}
}

// set states a property anew.
func (s *Statement) set(p property) {
	if stated := s.find(p.name); stated != nil {
		*stated = p
		return
	}
	s.properties = append(s.properties, p)
}

// names are the names of records in a property, in full; empty for what is none.
func (p *property) names() []string {
	var names []string
	for _, element := range p.value.elements() {
		name := element.text
		if !element.full {
			name, _ = p.scope.iri(element.text) // what is no name is told where it is read
		}
		names = append(names, name)
	}
	return names
}

// nearest is the statement that says how a thing is at a line: the last one
// before it, else the first after it.
func nearest(statements []*Statement, line int) *Statement {
	found := statements[0]
	for _, s := range statements {
		if s.Line <= line {
			found = s
		}
	}
	return found
}
