package planning

import (
	"cmp"
	"math/big"
	"math/bits"

	"disconode/valueflows"
)

// fineScale is how many digits after the point are kept of a quantity that no
// decimal can write, such as a third of a kilogram.
const fineScale = 6

// scaled is quantity × need ÷ per, exactly where 18 digits can write it. Else it
// is rounded to 6 digits after the point (fewer for a number that has no room for
// them), up or down, and exact is false. per is above zero.
//
// It fails with an [*valueflows.InputError], code OUT_OF_RANGE.
func scaled(quantity, need, per valueflows.Decimal, up bool) (result valueflows.Decimal, exact bool, err error) {
	if compare(need, per) == 0 {
		return quantity, true, nil
	}
	if d, ok := scaledFast(quantity, need, per); ok {
		return d, true, nil
	}
	r := new(big.Rat).Mul(rat(quantity), rat(need))
	r.Quo(r, rat(per))
	return decimal(r, up)
}

// scaledFast is [scaled] where 64 bits hold it and the division comes out even.
func scaledFast(quantity, need, per valueflows.Decimal) (valueflows.Decimal, bool) {
	if quantity.Sign() < 0 || need.Sign() < 0 {
		return valueflows.Decimal{}, false
	}
	high, number := bits.Mul64(uint64(quantity.Coef()), uint64(need.Coef()))
	scale := quantity.Scale() + need.Scale() - per.Scale()
	for ; high == 0 && number < coefMax && scale <= valueflows.ScaleMax; scale++ {
		if scale >= 0 && number%uint64(per.Coef()) == 0 {
			d, err := valueflows.NewDecimal(int64(number/uint64(per.Coef())), scale)
			return d.Normal(), err == nil
		}
		high, number = bits.Mul64(number, 10)
	}
	return valueflows.Decimal{}, false
}

func rat(d valueflows.Decimal) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(d.Coef()), pow10(d.Scale()))
}

func pow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// decimal is r, rounded to [fineScale], or to as many digits as fit, where no
// decimal is r.
func decimal(r *big.Rat, up bool) (d valueflows.Decimal, exact bool, err error) {
	if digits, finite := r.FloatPrec(); finite && digits <= valueflows.ScaleMax {
		number := new(big.Int).Mul(r.Num(), pow10(digits))
		number.Quo(number, r.Denom())
		if number.IsInt64() {
			if d, err = valueflows.NewDecimal(number.Int64(), digits); err == nil {
				return d, true, nil
			}
		}
	}
	for scale := fineScale; scale >= 0; scale-- {
		if d, err = rounded(r, scale, up); err == nil {
			break
		}
	}
	return d, false, err
}

// rounded is r with scale digits after the point, rounded up, or else down.
func rounded(r *big.Rat, scale int, up bool) (valueflows.Decimal, error) {
	number := new(big.Int).Mul(r.Num(), pow10(scale))
	number, rest := number.DivMod(number, r.Denom(), new(big.Int))
	if up && rest.Sign() > 0 {
		number.Add(number, big.NewInt(1))
	}
	var s valueflows.Sum
	s.AddBig(number, scale)
	return s.Decimal()
}

// roundUp is d with at most scale digits after the point.
func roundUp(d valueflows.Decimal, scale int) (valueflows.Decimal, error) {
	if d.Scale() <= scale {
		return d, nil
	}
	return rounded(rat(d), scale, true)
}

// wholeTimes is the least whole multiple of step that is d or more.
func wholeTimes(d, step valueflows.Decimal) (valueflows.Decimal, error) {
	times := new(big.Rat).Quo(rat(d), rat(step))
	count, err := rounded(times, 0, true)
	if err != nil {
		return valueflows.Decimal{}, err
	}
	var s valueflows.Sum
	s.AddBig(new(big.Int).Mul(big.NewInt(step.Coef()), big.NewInt(count.Coef())), step.Scale())
	return s.Decimal()
}

// tenths is 100 × r, half up to one digit after the point: a percentage.
func tenths(r *big.Rat) valueflows.Decimal {
	half := new(big.Rat).Add(new(big.Rat).Mul(r, big.NewRat(100, 1)), big.NewRat(1, 20))
	d, err := rounded(half, 1, false)
	if err != nil { // a share lies between 0 and 1
		panic("planning: a share of " + r.String())
	}
	return d
}

// aligned is the coefficients of a and b at one scale, where 64 bits hold them.
func aligned(a, b valueflows.Decimal) (x, y int64, scale int, ok bool) {
	x, y, scale = a.Coef(), b.Coef(), a.Scale()
	for ; scale < b.Scale(); scale++ {
		if x > coefMax/10 || x < -coefMax/10 {
			return 0, 0, 0, false
		}
		x *= 10
	}
	for other := b.Scale(); other < scale; other++ {
		if y > coefMax/10 || y < -coefMax/10 {
			return 0, 0, 0, false
		}
		y *= 10
	}
	return x, y, scale, true
}

const coefMax = 1_000_000_000_000_000_000

// compare is -1, 0 or 1 as a is less than, the same number as, or more than b.
func compare(a, b valueflows.Decimal) int {
	if x, y, _, ok := aligned(a, b); ok {
		return cmp.Compare(x, y)
	}
	return a.Cmp(b)
}

// plus is a + b, as [valueflows.Decimal.Add].
func plus(a, b valueflows.Decimal) (valueflows.Decimal, error) {
	if x, y, scale, ok := aligned(a, b); ok {
		if sum, err := valueflows.NewDecimal(x+y, scale); err == nil {
			return sum.Normal(), nil
		}
	}
	return a.Add(b)
}

// minus is a - b, as [valueflows.Decimal.Add].
func minus(a, b valueflows.Decimal) (valueflows.Decimal, error) { return plus(a, b.Neg()) }

func least(a, b valueflows.Decimal) valueflows.Decimal {
	if compare(a, b) <= 0 {
		return a
	}
	return b
}
