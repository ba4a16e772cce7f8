package valueflows

import (
	"math/big"
	"sync"
)

// unitSize is how much of its dimension's first unit a unit is, exactly.
type unitSize struct {
	dimension string
	size      *big.Rat
}

// unitSizes are the units of OM2 that are converted: those of one dimension
// that are an exact multiple of each other. Months and years are not, nor what
// OM2 has rounded, such as the pound.
var unitSizes = sync.OnceValue(func() map[ID]unitSize {
	all := map[ID]unitSize{}
	for dimension, sizes := range map[string]map[string]string{
		"time": {"second-Time": "1", "minute-Time": "60", "hour": "3600", "day": "86400", "week": "604800"},
		"mass": {"milligram": "1/1000", "gram": "1", "kilogram": "1000", "tonne": "1000000"},
		"volume": {"millilitre": "1/1000", "centilitre": "1/100", "decilitre": "1/10", "litre": "1", "cubicCentimetre": "1/1000",
			"cubicDecimetre": "1", "cubicMetre": "1000"},
		"length": {"millimetre": "1/1000", "centimetre": "1/100", "metre": "1", "kilometre": "1000",
			"inch-International": "0.0254", "foot-International": "0.3048", "yard-International": "0.9144"},
		"area": {"squareMetre": "1", "are": "100", "hectare": "10000"},
		"one":  {"one": "1", "dozen": "12", "gross": "144"},
	} {
		for name, text := range sizes {
			size, ok := new(big.Rat).SetString(text)
			if !ok {
				panic("valueflows: the size of a " + name)
			}
			all[OMUnitID(name)] = unitSize{dimension, size}
		}
	}
	return all
})

// Conversion is what a number of the one unit is multiplied by to count the
// other; nil where that is not known exactly.
func Conversion(from, to ID) *big.Rat {
	if from == to {
		return big.NewRat(1, 1)
	}
	a, known := unitSizes()[from]
	b, too := unitSizes()[to]
	if !known || !too || a.dimension != b.dimension {
		return nil
	}
	return new(big.Rat).Quo(a.size, b.size)
}

// In is the same quantity, counted in another unit: exactly, or not at all.
//
// It fails with an [*InputError]: code NOT_CONVERTIBLE where no exact conversion
// between the units is known, and INEXACT where no decimal of 18 digits is the
// quantity in the other unit.
func (m Measure) In(unit ID) (Measure, error) {
	if m.HasUnit == unit {
		return m, nil
	}
	factor := Conversion(m.HasUnit, unit)
	if factor == nil {
		return m, Invalid("NOT_CONVERTIBLE", "no exact conversion from %s to %s is known: count both in one unit", unitLabel(m.HasUnit), unitLabel(unit))
	}
	inexact := func() (Measure, error) {
		return m, Invalid("INEXACT", "%s %s are no number of %s that %d digits can write: count both in one unit",
			m.HasNumericalValue, unitLabel(m.HasUnit), unitLabel(unit), DigitsMax)
	}
	number := new(big.Rat).Mul(factor, new(big.Rat).SetInt64(m.HasNumericalValue.Coef()))
	number.Quo(number, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(m.HasNumericalValue.Scale())), nil)))
	digits, finite := number.FloatPrec()
	if !finite || digits > ScaleMax {
		return inexact()
	}
	coef := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	coef.Quo(coef.Mul(coef, number.Num()), number.Denom())
	if !coef.IsInt64() {
		return inexact()
	}
	d, err := NewDecimal(coef.Int64(), digits)
	if err != nil {
		return inexact()
	}
	return Measure{HasNumericalValue: d, HasUnit: unit}, nil
}

// unitLabel is what a unit is called in an error.
func unitLabel(id ID) string {
	if u := OMUnit(id); u != nil {
		return u.Label
	}
	return "unit " + id.String()
}
