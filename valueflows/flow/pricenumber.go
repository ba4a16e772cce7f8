package flow

import (
	"math/big"

	"disconode/valueflows"
)

// unitSize is how much of its dimension's first unit a unit is, exactly.
type unitSize struct {
	dimension string
	size      *big.Rat
}

// unitSizes are the units of OM2 that are converted: those of one dimension
// that are an exact multiple of each other. Months and years are not.
var unitSizes = map[valueflows.ID]unitSize{
	valueflows.OMUnitID("second-Time"): {"time", big.NewRat(1, 1)},
	valueflows.OMUnitID("minute-Time"): {"time", big.NewRat(60, 1)},
	valueflows.Hour:                    {"time", big.NewRat(3600, 1)},
	valueflows.OMUnitID("day"):         {"time", big.NewRat(86400, 1)},
	valueflows.OMUnitID("week"):        {"time", big.NewRat(604800, 1)},
	valueflows.OMUnitID("milligram"):   {"mass", big.NewRat(1, 1000)},
	valueflows.OMUnitID("gram"):        {"mass", big.NewRat(1, 1)},
	valueflows.OMUnitID("kilogram"):    {"mass", big.NewRat(1000, 1)},
	valueflows.OMUnitID("tonne"):       {"mass", big.NewRat(1000000, 1)},
	valueflows.OMUnitID("millilitre"):  {"volume", big.NewRat(1, 1000)},
	valueflows.OMUnitID("litre"):       {"volume", big.NewRat(1, 1)},
	valueflows.OMUnitID("cubicMetre"):  {"volume", big.NewRat(1000, 1)},
	valueflows.OMUnitID("centimetre"):  {"length", big.NewRat(1, 100)},
	valueflows.OMUnitID("metre"):       {"length", big.NewRat(1, 1)},
	valueflows.OMUnitID("kilometre"):   {"length", big.NewRat(1000, 1)},
	valueflows.One:                     {"one", big.NewRat(1, 1)},
	valueflows.OMUnitID("dozen"):       {"one", big.NewRat(12, 1)},
}

// percent is the unit of a citation that is worth a part of the other inputs.
var percent = valueflows.OMUnitID("percent")

// conversion is what a number of the one unit is multiplied by to count the
// other; nil where that is not known exactly.
func conversion(from, to valueflows.ID) *big.Rat {
	if from == to {
		return big.NewRat(1, 1)
	}
	a, known := unitSizes[from]
	b, too := unitSizes[to]
	if !known || !too || a.dimension != b.dimension {
		return nil
	}
	return new(big.Rat).Quo(a.size, b.size)
}

// ratOf is the same number as a fraction.
func ratOf(d valueflows.Decimal) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale())), nil)
	return new(big.Rat).SetFrac(big.NewInt(d.Coef()), ten)
}

// PriceRound rounds an exact value to scale digits after the point: half up, so
// away from zero. It is the one place where values are rounded.
// Past 18 digits it fails with an [*valueflows.InputError], code OUT_OF_RANGE.
func PriceRound(value *big.Rat, scale int) (valueflows.Decimal, error) {
	if scale < 0 || scale > valueflows.ScaleMax {
		return valueflows.Decimal{}, valueflows.Invalid("OUT_OF_RANGE", "a value is rounded to 0 to %d digits after the point", valueflows.ScaleMax)
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	scaled := new(big.Int).Mul(new(big.Int).Abs(value.Num()), ten)
	scaled.Lsh(scaled, 1).Add(scaled, value.Denom()) // (2n + d) / 2d is n/d + 1/2, cut
	scaled.Quo(scaled, new(big.Int).Lsh(value.Denom(), 1))
	if !scaled.IsInt64() {
		return valueflows.Decimal{}, valueflows.Invalid("OUT_OF_RANGE", "the value has more than %d digits: round it to fewer", valueflows.DigitsMax)
	}
	return valueflows.NewDecimal(scaled.Int64()*int64(value.Sign()), scale)
}
