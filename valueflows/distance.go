package valueflows

import (
	"math/big"
	"sync"
)

// earthRadiusMetres is the mean radius of the Earth, (2 × 6378.137 + 6356.752) ÷ 3 km.
const earthRadiusMetres = 6_371_009

// Within tells whether two places are at most so many kilometres apart, along
// the surface of a sphere of the Earth's mean radius, 6,371.009 km. The Earth is
// no sphere: the distance differs from that on the WGS 84 ellipsoid, in which
// coordinates are given, by at most 0.6 %, so that only within 6 m of a border
// 1 km away can the answer be another one. It is computed with whole numbers,
// to a ten-thousandth of a millimetre, and is the same on every machine.
// Altitudes do not count.
//
// It fails with an [*InputError], code OUT_OF_RANGE: a latitude is from -90 to
// 90 degrees, a longitude from -180 to 180, and a distance is not below 0.
func Within(lat, long, otherLat, otherLong, kilometres Decimal) (bool, error) {
	for _, field := range []struct {
		name  string
		value Decimal
		most  int64
	}{{"lat", lat, 90}, {"long", long, 180}, {"lat", otherLat, 90}, {"long", otherLong, 180}} {
		if most := wholeDecimal(field.most); field.value.Cmp(most) > 0 || field.value.Cmp(most.Neg()) < 0 {
			return false, At(Invalid("OUT_OF_RANGE", "give degrees from -%d to %d", field.most, field.most), field.name)
		}
	}
	if kilometres.Sign() < 0 {
		return false, At(Invalid("OUT_OF_RANGE", "a distance is 0 or more"), "kilometres")
	}
	// The haversine formula: the half chord squared between both, on a sphere of radius 1.
	a, b := radians(degrees(lat)), radians(degrees(otherLat))
	north := sine(half(new(big.Int).Sub(a, b)))
	east := sine(half(radians(new(big.Int).Sub(degrees(long), degrees(otherLong)))))
	chord := new(big.Int).Add(times(north, north), times(times(cosine(a), cosine(b)), times(east, east)))
	// The same of the distance: an arc of distance ÷ radius. No two places are
	// farther apart than half the way around.
	arc := new(big.Int).Mul(power(fixedDigits+3), big.NewInt(kilometres.Coef()))
	arc.Quo(arc, new(big.Int).Mul(big.NewInt(earthRadiusMetres), power(kilometres.Scale())))
	if arc.Cmp(pi()) >= 0 {
		return true, nil
	}
	reach := sine(half(arc))
	return chord.Cmp(times(reach, reach)) <= 0, nil
}

func wholeDecimal(n int64) Decimal {
	d, err := NewDecimal(n, 0)
	if err != nil { // n is small
		panic(err)
	}
	return d
}

// Numbers with fixedDigits digits after the point, as whole numbers.
const fixedDigits = 30

func power(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

var unity = sync.OnceValue(func() *big.Int { return power(fixedDigits) })

// pi is 3.14159…, to the last digit.
var pi = sync.OnceValue(func() *big.Int {
	n, _ := new(big.Int).SetString("3141592653589793238462643383279", 10)
	return n
})

func degrees(d Decimal) *big.Int {
	n := new(big.Int).Mul(big.NewInt(d.Coef()), unity())
	return n.Quo(n, power(d.Scale()))
}

func radians(degrees *big.Int) *big.Int {
	n := times(degrees, pi())
	return n.Quo(n, big.NewInt(180))
}

func half(n *big.Int) *big.Int { return new(big.Int).Quo(n, big.NewInt(2)) }

func times(a, b *big.Int) *big.Int {
	n := new(big.Int).Mul(a, b)
	return n.Quo(n, unity())
}

func sine(x *big.Int) *big.Int { return series(x, new(big.Int).Set(x), 1) }

func cosine(x *big.Int) *big.Int { return series(x, new(big.Int).Set(unity()), 0) }

// series adds term - term·x²/((n+1)(n+2)) + … until a term is nothing: of an
// angle up to half a turn, some 40 terms.
func series(x, term *big.Int, n int64) *big.Int {
	sum, square := new(big.Int).Set(term), times(x, x)
	for term.Sign() != 0 {
		term = times(term, square)
		term.Quo(term, big.NewInt(-(n+1)*(n+2)))
		sum.Add(sum, term)
		n += 2
	}
	return sum
}
