package valueflows

// Measure is a quantity: a number and the unit it counts. A zero unit is one
// that was not stated.
type Measure struct {
	HasNumericalValue Decimal
	HasUnit           ID
}

// Equal tells whether both are the same amount of the same unit.
func (m *Measure) Equal(other *Measure) bool {
	if m == nil || other == nil {
		return m == other
	}
	return m.HasUnit == other.HasUnit && m.HasNumericalValue.Cmp(other.HasNumericalValue) == 0
}
