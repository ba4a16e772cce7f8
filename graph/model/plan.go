package model

import "disconode/valueflows"

// PlanItem is what a plan includes: a process, a commitment or an intent.
type PlanItem interface {
	Rec() *valueflows.Record
}

// Duration is a length of time.
type Duration struct {
	NumericDuration valueflows.Decimal
	UnitType        valueflows.TimeUnit
}

// DurationOf is a quantity as a length of time; nil for none, and for one that
// is not counted in a unit of time.
func DurationOf(m *valueflows.Measure) *Duration {
	if m == nil {
		return nil
	}
	unit, ok := valueflows.TimeUnitOf(m.HasUnit)
	if !ok {
		return nil
	}
	return &Duration{NumericDuration: m.HasNumericalValue, UnitType: unit}
}
