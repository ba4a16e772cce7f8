package jsonld

import "disconode/valueflows"

// name is what an IRI comes to: an id, and itself where the record is a foreign one.
type name struct {
	id      valueflows.ID
	foreign string
}

// name gives a record that must have a name, and has none, its IRI for one.
func (p *planner) name(s *Statement, record any) {
	var name *string
	switch r := record.(type) {
	case *valueflows.Agent:
		name = &r.Name
	case *valueflows.ResourceSpecification:
		name = &r.Name
	case *valueflows.ProcessSpecification:
		name = &r.Name
	case *valueflows.Plan:
		name = &r.Name
	case *valueflows.RecipeProcess:
		name = &r.Name
	case *valueflows.RecipeExchange:
		name = &r.Name
	case *valueflows.AgentRelationshipRole:
		name = &r.RoleLabel
	}
	if name != nil && *name == "" {
		*name = valueflows.Clip(s.IRI)
		p.tolerate(s.Place, "%s has no name: its IRI stands in", s.IRI)
	}
}

// identify gives a record the id and the IRI of its statement.
func (p *planner) identify(s *Statement, record any) *valueflows.Record {
	rec := recOf(record)
	rec.ID, rec.IRI = p.id(s.IRI, s.Place)
	return rec
}

// id is the id of what an IRI names, and the IRI where the record is a foreign one.
func (p *planner) id(iri string, at Place) (valueflows.ID, string) {
	known, ok := p.ids[iri]
	if !ok {
		known = p.named(iri, at)
		p.ids[iri] = known
		if known.id != p.options.Lab {
			p.batch.Names[known.id] = iri
		}
	}
	return known.id, known.foreign
}

func (p *planner) named(iri string, at Place) name {
	if id, err := valueflows.ParseID(iri); err == nil {
		return name{id: id}
	}
	foreign := name{valueflows.IDOf(iri), iri}
	if p.options.Name == nil {
		return foreign
	}
	id, err := p.options.Name(iri)
	if err != nil {
		p.fail(at, "%s", err)
	}
	if err != nil || id == foreign.id {
		return foreign
	}
	return name{id: id}
}
