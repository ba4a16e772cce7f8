package jsonld

import (
	"strings"

	"disconode/valueflows"
)

// ownUnit reads a unit: one of OM2 under another name, or one of somebody's own.
func (p *planner) ownUnit(s *Statement) {
	u := &valueflows.Unit{}
	p.identify(s, u)
	p.read(s, u)
	if u.OMUnitIdentifier != "" {
		if om := valueflows.OMUnitNamed(u.OMUnitIdentifier); om != nil {
			p.units[s.name] = om.ID
			p.tolerate(s.Place, "%s is read as the unit %s that every node has", s.IRI, om.Label)
			return
		}
		p.tolerate(s.PlaceOf("omUnitIdentifier"), "%q is no unit of OM2: %s is kept as a unit of its own", valueflows.Clip(u.OMUnitIdentifier), s.IRI)
		u.OMUnitIdentifier = ""
	}
	if u.Label == "" {
		p.fail(s.Place, "the unit %s has no label", s.IRI)
	}
	p.units[s.name] = u.ID
	p.batch.Records = append(p.batch.Records, Item{s, u})
}

// otherSpellings are ways to name a unit of OM2 that are read as its name: other
// spellings, and those of units of OWL-Time and QUDT.
func otherSpellings(text string) *valueflows.Unit {
	name := strings.NewReplacer("liter", "litre", "meter", "metre").Replace(text)
	for _, prefix := range []string{"time:", timeOntology, "unit:", "http://qudt.org/vocab/unit/", "http://qudt.org/vocab/unit#"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name = strings.ToLower(strings.TrimPrefix(rest, "unit"))
		}
	}
	if name == text {
		return nil
	}
	return valueflows.OMUnitNamed(name)
}

// unit is the id of the unit that a text names: one that the documents state,
// one of OM2 by its name, IRI, label or symbol, or one in the books.
func (p *planner) unit(s scope, text string, at Place) valueflows.ID {
	iri, err := s.iri(text)
	if err == nil {
		if id, ok := p.units[iri]; ok {
			return id
		}
	}
	for _, name := range []string{text, s.expandName(text)} {
		if unit := valueflows.OMUnitNamed(name); unit != nil {
			return unit.ID
		}
	}
	if unit := otherSpellings(s.expandName(text)); unit != nil {
		p.tolerate(at, "the unit %s is read as %s", valueflows.Clip(text), unit.OMUnitIdentifier)
		return unit.ID
	}
	if err == nil && p.options.IsUnit != nil {
		if id, _ := p.id(iri, at); p.options.IsUnit(id) {
			return id
		}
	}
	hint := "state it as a Unit, or use a name of OM2 such as kilogram, hour or one"
	if near := nearestUnit(text); near != "" {
		hint = "is " + near + " meant?"
	}
	p.fail(at, "%q is no unit that is known here: %s", valueflows.Clip(text), hint)
	return valueflows.ID{}
}

// nearestUnit is the name of the unit of OM2 that a text differs least from;
// empty where all differ much.
func nearestUnit(text string) string {
	text = strings.ToLower(text)
	best, least := "", min(len(text)/2, 3)
	if len(text) > 40 {
		return ""
	}
	for _, unit := range valueflows.OMUnits() {
		for _, name := range []string{unit.OMUnitIdentifier, unit.Label} {
			if d := distance(text, strings.ToLower(name), least); d < least {
				best, least = unit.OMUnitIdentifier, d
			}
		}
	}
	return best
}

// distance is how many letters are to be changed, put in, left out or swapped
// to make one text of the other; limit where it is that or more.
func distance(a, b string, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	var twoBefore []int
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		twoBefore, before, row = before, row, make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := before[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, before[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], twoBefore[j-2]+1)
			}
		}
	}
	return min(row[len(b)], limit)
}
