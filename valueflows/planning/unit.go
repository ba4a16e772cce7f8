package planning

import (
	"math/big"
	"slices"

	"disconode/valueflows"
)

// Common says of each of some units in which of them it is counted, so that all
// that can be compared are: of those that are exactly converted into each other,
// the least one in which a decimal can write all the others. Where there is no
// such one, and for a unit that nothing is converted into, it is the unit itself.
func Common(units []valueflows.ID) map[valueflows.ID]valueflows.ID {
	all := slices.Clone(units)
	slices.SortFunc(all, byID)
	all = slices.Compact(all)
	common := make(map[valueflows.ID]valueflows.ID, len(all))
	for _, unit := range all {
		common[unit] = unit
		alike := slices.DeleteFunc(slices.Clone(all), func(other valueflows.ID) bool { return valueflows.Conversion(unit, other) == nil })
		var least valueflows.ID
		for _, in := range alike {
			writes := !slices.ContainsFunc(alike, func(of valueflows.ID) bool {
				_, finite := valueflows.Conversion(of, in).FloatPrec()
				return !finite
			})
			if writes && (least.IsZero() || valueflows.Conversion(in, least).Cmp(big.NewRat(1, 1)) < 0) {
				least = in
			}
		}
		if !least.IsZero() {
			common[unit] = least
		}
	}
	return common
}

// measured is a thing in one of the units in which it is counted: the thing
// stands for all that may be taken in its place.
type measured struct{ thing, unit valueflows.ID }

// measures works out in which unit each thing is counted within the plan, where
// it is counted in several: what a substitute may stand for, in the same.
func (m *maker) measures(b *Books) {
	m.things = map[valueflows.ID]valueflows.ID{}
	for of, others := range m.request.Substitutes {
		for _, other := range others {
			if a, b := m.thing(of), m.thing(other); a != b {
				m.things[a] = b
			}
		}
	}
	units := map[valueflows.ID][]valueflows.ID{}
	add := func(specification valueflows.ID, q *valueflows.Measure) {
		if q == nil || specification.IsZero() {
			return
		}
		if of := m.thing(specification); !slices.Contains(units[of], q.HasUnit) {
			units[of] = append(units[of], q.HasUnit)
		}
	}
	for i := range m.request.Demands {
		add(m.request.Demands[i].Specification, &m.request.Demands[i].Quantity)
	}
	for _, f := range b.RecipeFlows {
		add(f.ResourceConformsTo, f.ResourceQuantity)
	}
	for _, s := range b.Stock {
		add(s.Resource.ConformsTo, s.Resource.OnhandQuantity)
		add(s.Resource.ConformsTo, s.Free)
	}
	for i := range b.Outputs {
		add(b.Outputs[i].Specification, &b.Outputs[i].Free)
	}
	m.units = map[measured]valueflows.ID{}
	for thing, some := range units {
		if len(some) < 2 {
			continue
		}
		for unit, in := range Common(some) {
			if unit != in {
				m.units[measured{thing, unit}] = in
			}
		}
	}
}

// thing stands for a specification and all that may be taken in its place.
func (m *maker) thing(specification valueflows.ID) valueflows.ID {
	for {
		next, ok := m.things[specification]
		if !ok {
			return specification
		}
		specification = next
	}
}

// unit is in which unit the plan counts a specification that is stated in another.
func (m *maker) unit(specification, stated valueflows.ID) valueflows.ID {
	if len(m.units) == 0 {
		return stated
	}
	return either(m.units[measured{m.thing(specification), stated}], stated)
}

// counted is a quantity of a specification as the plan counts it.
//
// It fails with an [*valueflows.InputError], code INEXACT, where 18 digits do
// not write it.
func (m *maker) counted(specification valueflows.ID, q *valueflows.Measure) (valueflows.Measure, error) {
	return q.In(m.unit(specification, q.HasUnit))
}

// stated is a quantity in a unit that it is stated in, where a decimal can write
// it there; else as it is counted.
func stated(q valueflows.Measure, unit valueflows.ID) valueflows.Measure {
	in, err := q.In(unit)
	if err != nil {
		return q
	}
	return in
}

// converted is a quantity in a unit that it is exactly converted into, as a fraction.
func converted(q valueflows.Measure, unit valueflows.ID) *big.Rat {
	return new(big.Rat).Mul(rat(q.HasNumericalValue), valueflows.Conversion(q.HasUnit, unit))
}

// sensible is a quantity of a specification, rounded up where the request asks,
// to so many digits of a unit that it is stated in.
func (m *maker) sensible(specification valueflows.ID, q valueflows.Measure, unit valueflows.ID) (valueflows.Decimal, error) {
	scale, ok := m.request.Scales[specification]
	switch {
	case !ok:
		return q.HasNumericalValue, nil
	case q.HasUnit == unit:
		return roundUp(q.HasNumericalValue, scale)
	}
	d, err := rounded(converted(q, unit), scale, true)
	if err != nil {
		return d, err
	}
	up, err := valueflows.Measure{HasNumericalValue: d, HasUnit: unit}.In(q.HasUnit)
	return up.HasNumericalValue, err
}

// inconvertible is the error where something is needed in a unit that measures
// the same as what its recipes count in, and no exact conversion is known; nil
// where the recipes count something else, or can be used.
func (m *maker) inconvertible(k key, makings []making) error {
	for _, w := range makings {
		if unit := w.flow.ResourceQuantity.HasUnit; oneDimension(k.unit, unit) {
			return valueflows.Invalid("NOT_CONVERTIBLE", "%s is needed in %s and its recipe counts it in %s, and no exact conversion is known: count both in one unit",
				m.name(k.Specification), unitName(k.unit), unitName(unit))
		}
	}
	return nil
}
