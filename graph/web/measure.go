package web

import (
	"strings"

	"disconode/valueflows"
)

// measure is a quantity as GraphQL writes it: exact text and a unit.
type measure struct {
	HasNumericalValue string
	HasUnit           *unitNamed
}

type unitNamed struct{ ID, Label, Symbol string }

// String is the quantity for people, with its number as it is.
func (m *measure) String() string {
	if m == nil {
		return ""
	}
	unit := m.unit()
	switch {
	case unit == "":
		return m.HasNumericalValue
	case unit == "hours" && m.number().Cmp(valueflows.MustDecimal("1")) == 0:
		unit = "hour"
	}
	return m.HasNumericalValue + " " + unit
}

// unit is what is counted, for people: hours in full, the number one not at all.
func (m *measure) unit() string {
	switch {
	case m.HasUnit == nil || m.HasUnit.Symbol == "1":
		return ""
	case m.HasUnit.Label == "hour":
		return "hours"
	case m.HasUnit.Symbol != "":
		return m.HasUnit.Symbol
	}
	return m.HasUnit.Label
}

func (m *measure) number() valueflows.Decimal {
	d, _ := valueflows.ParseDecimal(m.HasNumericalValue) // GraphQL wrote it
	return d
}

// sums adds quantities up exactly, each unit for itself, in the order in which
// the units came.
type sums struct {
	units []*measure // the first of each unit
	of    map[string]*valueflows.Sum
}

func (s *sums) add(m *measure) {
	if s.of == nil {
		s.of = map[string]*valueflows.Sum{}
	}
	unit := m.unitID()
	if s.of[unit] == nil {
		s.of[unit] = &valueflows.Sum{}
		s.units = append(s.units, m)
	}
	s.of[unit].Add(m.number())
}

// String is the sums of all units.
func (s *sums) String() string {
	texts := make([]string, len(s.units))
	for i, m := range s.units {
		texts[i] = (&measure{HasNumericalValue: s.of[m.unitID()].String(), HasUnit: m.HasUnit}).String()
	}
	return strings.Join(texts, ", ")
}

func (m *measure) unitID() string {
	if m.HasUnit == nil {
		return ""
	}
	return m.HasUnit.ID
}
