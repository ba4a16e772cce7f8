package flow

import (
	"math/big"

	"disconode/valueflows"
)

// percent is the unit of a citation that is worth a part of the other inputs.
var percent = valueflows.OMUnitID("percent")

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
