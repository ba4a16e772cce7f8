package valueflows

import (
	"math/big"
	"strings"
)

// The bounds of a [Decimal].
const (
	DigitsMax = 18 // significant digits
	ScaleMax  = 18 // digits after the point
)

// Decimal is an exact number: coef / 10^scale, at most 18 significant digits,
// 0 to 18 of them after the point. The zero Decimal is 0. It is never a float,
// and no operation rounds: what does not fit is an error.
type Decimal struct {
	coef  int64
	scale uint8
}

const coefMax = 1_000_000_000_000_000_000 // 10^18, exclusive

// NewDecimal is coef / 10^scale.
// It fails with an [*InputError], code OUT_OF_RANGE, past 18 digits either way.
func NewDecimal(coef int64, scale int) (Decimal, error) {
	if coef <= -coefMax || coef >= coefMax || scale < 0 || scale > ScaleMax {
		return Decimal{}, outOfRange
	}
	return Decimal{coef, uint8(scale)}, nil
}

var outOfRange = Invalid("OUT_OF_RANGE", "a quantity has at most %d digits, at most %d of them after the point", DigitsMax, ScaleMax)

// ParseDecimal reads a number such as "12", "-0.25" or "1.5e3", in ASCII digits.
// Its length, digits and exponent are bounded before any arithmetic, so that a
// hostile text costs nothing. It keeps the zeros that were written: "2.50" stays.
//
// It fails with an [*InputError]: INVALID_QUANTITY where the text is no number
// (NaN, Infinity, hexadecimal, empty), OUT_OF_RANGE where it does not fit.
func ParseDecimal(text string) (Decimal, error) {
	invalid := func() (Decimal, error) {
		return Decimal{}, Invalid("INVALID_QUANTITY", "%q is not a number: write digits, with a point for decimals, such as 12.5", Clip(text))
	}
	rest := text
	negative := strings.HasPrefix(rest, "-")
	if negative || strings.HasPrefix(rest, "+") {
		rest = rest[1:]
	}
	mantissa, exponentText, hasExponent := strings.Cut(strings.Replace(rest, "E", "e", 1), "e")
	whole, fraction, hasPoint := strings.Cut(mantissa, ".")
	if !digits(whole) || whole == "" || !digits(fraction) || hasPoint && fraction == "" {
		return invalid()
	}
	exponent := 0
	if hasExponent {
		sign := 1
		if strings.HasPrefix(exponentText, "-") || strings.HasPrefix(exponentText, "+") {
			if exponentText[0] == '-' {
				sign = -1
			}
			exponentText = exponentText[1:]
		}
		if exponentText == "" || !digits(exponentText) {
			return invalid()
		}
		exponentText = strings.TrimLeft(exponentText, "0")
		if len(exponentText) > 2 {
			return Decimal{}, outOfRange
		}
		for _, r := range exponentText {
			exponent = exponent*10 + int(r-'0')
		}
		exponent *= sign
	}
	all := strings.TrimLeft(whole+fraction, "0")
	scale := len(fraction) - exponent
	if scale < 0 { // 1.5e3: the exponent adds zeros
		if all != "" {
			if len(all)-scale > DigitsMax {
				return Decimal{}, outOfRange
			}
			all += strings.Repeat("0", -scale)
		}
		scale = 0
	}
	if len(all) > DigitsMax || scale > ScaleMax {
		return Decimal{}, outOfRange
	}
	var coef int64
	for _, r := range all {
		coef = coef*10 + int64(r-'0')
	}
	if negative {
		coef = -coef
	}
	return Decimal{coef, uint8(scale)}, nil
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// MustDecimal is [ParseDecimal] for a text that is known to be a number.
func MustDecimal(text string) Decimal {
	d, err := ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

// Coef and Scale are the two whole numbers that a Decimal is kept as.
func (d Decimal) Coef() int64 { return d.coef }

// Scale is the number of digits after the point.
func (d Decimal) Scale() int { return int(d.scale) }

// String writes the number without an exponent, with all its digits after the point.
func (d Decimal) String() string {
	return text(new(big.Int).SetInt64(d.coef), int(d.scale))
}

func text(coef *big.Int, scale int) string {
	digits := new(big.Int).Abs(coef).String()
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	if scale > 0 {
		digits = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	if coef.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.coef < 0:
		return -1
	case d.coef > 0:
		return 1
	}
	return 0
}

// Neg is -d.
func (d Decimal) Neg() Decimal { return Decimal{-d.coef, d.scale} }

// Normal is the same number with as few digits as it needs.
func (d Decimal) Normal() Decimal {
	for d.scale > 0 && d.coef%10 == 0 {
		d.coef /= 10
		d.scale--
	}
	return d
}

// Cmp is -1, 0 or 1 as d is less than, the same number as, or more than other.
func (d Decimal) Cmp(other Decimal) int {
	var s Sum
	s.Add(d)
	s.Add(other.Neg())
	return s.coef.Sign()
}

// Add is d + other, exactly, with as few digits as it needs.
// A result past 18 digits is an [*InputError], code OUT_OF_RANGE.
func (d Decimal) Add(other Decimal) (Decimal, error) {
	if d.scale == other.scale { // both below 10^18: the sum of the two fits an int64
		if sum := d.coef + other.coef; sum > -coefMax && sum < coefMax {
			return Decimal{sum, d.scale}.Normal(), nil
		}
	}
	var s Sum
	s.Add(d)
	s.Add(other)
	return s.Decimal()
}

// Times is d counted whole times, exactly, as [Decimal.Add].
func (d Decimal) Times(sign int64) Decimal { return Decimal{d.coef * sign, d.scale} }

// Sum adds any number of decimals exactly, whatever their count. The zero Sum is 0.
type Sum struct {
	coef  big.Int
	scale int
}

// Add adds d.
func (s *Sum) Add(d Decimal) { s.AddBig(big.NewInt(d.coef), int(d.scale)) }

// AddBig adds coef / 10^scale; coef may be changed.
func (s *Sum) AddBig(coef *big.Int, scale int) {
	switch {
	case scale > s.scale:
		s.coef.Mul(&s.coef, pow10(scale-s.scale))
		s.scale = scale
	case scale < s.scale:
		coef.Mul(coef, pow10(s.scale-scale))
	}
	s.coef.Add(&s.coef, coef)
}

// Sign is -1, 0 or 1.
func (s *Sum) Sign() int { return s.coef.Sign() }

// String writes the sum with as few digits as it needs, however many these are.
func (s *Sum) String() string {
	coef, scale := s.normal()
	return text(coef, scale)
}

// Decimal is the sum where it fits; else an [*InputError], code OUT_OF_RANGE.
func (s *Sum) Decimal() (Decimal, error) {
	coef, scale := s.normal()
	if !coef.IsInt64() {
		return Decimal{}, outOfRange
	}
	return NewDecimal(coef.Int64(), scale)
}

func (s *Sum) normal() (*big.Int, int) {
	coef, scale := new(big.Int).Set(&s.coef), s.scale
	ten, rest := big.NewInt(10), new(big.Int)
	for scale > 0 {
		next := new(big.Int)
		if next.QuoRem(coef, ten, rest); rest.Sign() != 0 {
			break
		}
		coef, scale = next, scale-1
	}
	return coef, scale
}

func pow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
