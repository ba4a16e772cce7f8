package jsonld

import "disconode/valueflows"

// refer is the id of what a property names, of the class that the property
// takes. What no document states becomes a stub of that class; what is stated
// as something else is an error.
func (p *planner) refer(name, iri string, at Place) valueflows.ID {
	class := ranges[name]
	stated := p.definitions[iri]
	if len(stated) == 0 {
		return p.stub(iri, class, at, false)
	}
	for _, s := range stated {
		if s.Class == class || class == classAgent && s.Class.IsAgent() {
			id, _ := p.id(s.IRI, at)
			return id
		}
	}
	if class == valueflows.ClassProcessSpecification {
		if id := p.stageOf(name, stated[0], at); !id.IsZero() {
			return id
		}
	}
	p.fail(at, "%s takes %s: %s is %s, at %s", name, article(class), iri, article(stated[0].Class), stated[0].Place)
	return valueflows.ID{}
}

// stageOf reads a process where its specification belongs.
func (p *planner) stageOf(name string, s *Statement, at Place) valueflows.ID {
	based := s.find("basedOn")
	if s.Class != valueflows.ClassProcess || based == nil || !based.value.isScalar() {
		return valueflows.ID{}
	}
	iri := based.value.text
	if !based.value.full {
		var err error
		if iri, err = based.scope.iri(iri); err != nil {
			return valueflows.ID{}
		}
	}
	for _, s := range p.definitions[iri] {
		if s.Class != valueflows.ClassProcessSpecification {
			return valueflows.ID{} // one step only: processes can be based on each other
		}
	}
	p.tolerate(at, "%s %s is a Process: read as what it is based on, %s", name, s.IRI, iri)
	return p.refer("basedOn", iri, at)
}

// stub is the id of a record that is named only.
func (p *planner) stub(iri string, class valueflows.Class, at Place, known bool) valueflows.ID {
	id, foreign := p.id(iri, at)
	if p.stubs[id] || id.IsZero() {
		return id
	}
	p.stubs[id] = true
	if class == classAgent {
		class = valueflows.ClassOrganization
	}
	p.batch.Stubs = append(p.batch.Stubs, Stub{
		Place: at, Record: valueflows.Record{ID: id, IRI: foreign, Stub: true}, Class: class, Known: known,
	})
	return id
}
