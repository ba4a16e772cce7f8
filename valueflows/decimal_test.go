package valueflows

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Numbers as people and programs write them.
func TestParseDecimal(t *testing.T) {
	const invalid, out = "INVALID_QUANTITY", "OUT_OF_RANGE"
	tests := []struct {
		text, want string // as it is written again
		code       string // of the error, if it is refused
	}{
		{"0", "0", ""},
		{"12", "12", ""},
		{"-0.25", "-0.25", ""},
		{"+1", "1", ""},
		{"2.50", "2.50", ""},
		{"0.00", "0.00", ""},
		{"-0", "0", ""},
		{"-0.00", "0.00", ""},
		{"007", "7", ""},
		{"1.5e3", "1500", ""},
		{"1.5E3", "1500", ""},
		{"1e+2", "100", ""},
		{"1e-2", "0.01", ""},
		{"-2.5e-1", "-0.25", ""},
		{"1.23e1", "12.3", ""},
		{"1e0", "1", ""},
		{"1e00000000000000000002", "100", ""},
		{"0e99", "0", ""},
		{"0e-18", "0.000000000000000000", ""},
		{"9007199254740993", "9007199254740993", ""}, // 2^53 + 1, which no float has
		{"0.1", "0.1", ""},
		{strings.Repeat("0", 100) + "1", "1", ""},

		{"999999999999999999", "999999999999999999", ""},
		{"-999999999999999999", "-999999999999999999", ""},
		{"0.000000000000000001", "0.000000000000000001", ""},
		{"0.999999999999999999", "0.999999999999999999", ""},
		{"123456789.012345678", "123456789.012345678", ""},
		{"1e17", "100000000000000000", ""},
		{"1e-18", "0.000000000000000001", ""},
		{"999999999e9", "999999999000000000", ""},

		{"1000000000000000000", "", out},                   // 19 digits
		{"-1234567890123456789", "", out},                  // 19 digits
		{"123456789.0123456789", "", out},                  // 19 digits
		{"1.000000000000000000", "", out},                  // 19 digits, though zeros
		{"0.0000000000000000001", "", out},                 // the 19th after the point
		{"9223372036854775808", "", out},                   // 2^63
		{"18446744073709551617", "", out},                  // 2^64 + 1
		{strings.Repeat("9", 40), "", out},                 // 40 digits
		{"1" + strings.Repeat("0", 1<<20), "", out},        // a mebibyte
		{"0." + strings.Repeat("0", 1<<20) + "1", "", out}, // a mebibyte
		{"1e18", "", out},
		{"10e17", "", out},
		{"1e-19", "", out},
		{"1.0e-18", "", out},
		{"1e400", "", out},
		{"1e-400", "", out},
		{"1e999999999", "", out},
		{"-1e-999999999", "", out},
		{"0e100", "", out},
		{"0e999999999", "", out},
		{"1e" + strings.Repeat("9", 1<<20), "", out},

		{"", "", invalid},
		{".", "", invalid},
		{"-", "", invalid},
		{"+", "", invalid},
		{"-.", "", invalid},
		{"1.", "", invalid},
		{".5", "", invalid},
		{"1e", "", invalid},
		{"1e+", "", invalid},
		{"e5", "", invalid},
		{"1e5e5", "", invalid},
		{"1E5e5", "", invalid},
		{"1e1.5", "", invalid},
		{"1.2.3", "", invalid},
		{"--1", "", invalid},
		{"+-1", "", invalid},
		{"1-", "", invalid},
		{"1e--1", "", invalid},
		{" 1", "", invalid},
		{"1 ", "", invalid},
		{"1 000", "", invalid},
		{"1\n", "", invalid},
		{"1\x00", "", invalid},
		{"1_000", "", invalid},
		{"1,5", "", invalid},
		{"1,000.5", "", invalid},
		{"−1", "", invalid}, // a minus sign that is none of ASCII's
		{"½", "", invalid},
		{"٣", "", invalid},
		{"１２", "", invalid}, // full-width
		{"NaN", "", invalid},
		{"nan", "", invalid},
		{"Infinity", "", invalid},
		{"-Inf", "", invalid},
		{"0x10", "", invalid},
		{"0x1p4", "", invalid},
		{"0b1", "", invalid},
		{"1f", "", invalid},
		{"null", "", invalid},
		{"\xff", "", invalid},
	}
	for _, test := range tests {
		got, err := ParseDecimal(test.text)
		if test.code != "" {
			var input *InputError
			if !errors.As(err, &input) || input.Code != test.code || len(input.Text) > 400 {
				t.Errorf("%q: %v, want %s, briefly", Clip(test.text), err, test.code)
			}
			if got != (Decimal{}) {
				t.Errorf("%q is refused, and yet %s", Clip(test.text), got)
			}
		} else if err != nil || got.String() != test.want {
			t.Errorf("%q is %s, %v, want %s", Clip(test.text), got, err, test.want)
		}
	}
}

// Refusing a hostile exponent or a long text does no arithmetic on it: it
// allocates no more for a large one than for a small.
func TestRefusalIsCheap(t *testing.T) {
	for _, text := range []string{"1e999999999", "1e" + strings.Repeat("9", 1<<20), strings.Repeat("7", 1<<20), strings.Repeat("x", 1<<20)} {
		if n := testing.AllocsPerRun(10, func() { _, _ = ParseDecimal(text) }); n > 10 {
			t.Errorf("%s: %v allocations", Clip(text), n)
		}
	}
}

// A Decimal is its two whole numbers, within bounds.
func TestNewDecimal(t *testing.T) {
	tests := []struct {
		coef  int64
		scale int
		want  string // empty where it is refused
	}{
		{250, 2, "2.50"},
		{-1, 18, "-0.000000000000000001"},
		{999999999999999999, 0, "999999999999999999"},
		{-999999999999999999, 18, "-0.999999999999999999"},
		{1000000000000000000, 0, ""},
		{-1000000000000000000, 0, ""},
		{-1 << 63, 0, ""},
		{1, 19, ""},
		{1, 256, ""},
		{1, -1, ""},
	}
	for _, test := range tests {
		got, err := NewDecimal(test.coef, test.scale)
		if test.want == "" {
			refused(t, "NewDecimal", err, "OUT_OF_RANGE", "")
		} else if err != nil || got.String() != test.want || got.Coef() != test.coef || got.Scale() != test.scale {
			t.Errorf("%d / 10^%d is %s, %v, want %s", test.coef, test.scale, got, err, test.want)
		}
	}
}

// Sums are exact, written in as few digits as they need, and refused where
// they have more than 18.
func TestAdd(t *testing.T) {
	tests := []struct{ a, b, want string }{
		{"0.1", "0.2", "0.3"},
		{"2.50", "0.00", "2.5"},
		{"10", "-9.9", "0.1"},
		{"0.25", "0.75", "1"},
		{"1", "-1", "0"},
		{"999999999999999998", "1", "999999999999999999"},
		{"0.999999999999999999", "0.000000000000000001", "1"},
		{"60000000000000000.0", "0.5", "60000000000000000.5"},
		{"999999999999999999", "1", ""},
		{"-999999999999999999", "-1", ""},
		{"999999999999999999", "0.1", ""},
		{"1", "0.000000000000000001", ""},
		{"999999999999999999", "999999999999999999", ""},
	}
	for _, test := range tests {
		got, err := MustDecimal(test.a).Add(MustDecimal(test.b))
		if test.want == "" {
			refused(t, test.a+" + "+test.b, err, "OUT_OF_RANGE", "")
		} else if err != nil || got.String() != test.want {
			t.Errorf("%s + %s is %s, %v, want %s", test.a, test.b, got, err, test.want)
		}
	}
}

// decimals draws any Decimal, with many that are near the bounds or zero.
var decimals = rapid.Custom(func(t *rapid.T) Decimal {
	coef := rapid.OneOf(
		rapid.Int64Range(-coefMax+1, coefMax-1),
		rapid.Int64Range(-1000, 1000),
		rapid.SampledFrom([]int64{0, coefMax - 1, 1 - coefMax, coefMax / 10, -coefMax / 2}),
	).Draw(t, "coef")
	d, err := NewDecimal(coef, rapid.IntRange(0, ScaleMax).Draw(t, "scale"))
	if err != nil {
		t.Fatal(err)
	}
	return d
})

func rat(d Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		panic(d.String())
	}
	return r
}

// fits tells whether a number has at most 18 digits, at most 18 after the point.
func fits(r *big.Rat) bool {
	scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt(pow10(ScaleMax)))
	if !scaled.IsInt() {
		return false
	}
	digits := strings.TrimLeft(new(big.Int).Abs(scaled.Num()).String(), "0")
	for scale := ScaleMax; scale > 0 && strings.HasSuffix(digits, "0"); scale-- {
		digits = digits[:len(digits)-1]
	}
	return len(digits) <= DigitsMax
}

// What is written is read as the same, digit for digit.
func TestDecimalRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := decimals.Draw(t, "d")
		if again, err := ParseDecimal(d.String()); err != nil || again != d {
			t.Fatalf("%s is read as %s, %v", d, again, err)
		}
		if n := d.Normal(); rat(n).Cmp(rat(d)) != 0 || n.Cmp(d) != 0 || n.Scale() > 0 && n.Coef()%10 == 0 {
			t.Fatalf("%s is normally %s", d, n)
		}
	})
}

// Arithmetic is that of exact fractions: a sum is the right one or an error,
// and an error only where the right one does not fit.
func TestDecimalArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := decimals.Draw(t, "a"), decimals.Draw(t, "b"), decimals.Draw(t, "c")
		add := func(x, y Decimal) (Decimal, bool) {
			got, err := x.Add(y)
			want := new(big.Rat).Add(rat(x), rat(y))
			if (err == nil) != fits(want) || err == nil && rat(got).Cmp(want) != 0 {
				t.Fatalf("%s + %s is %s, %v, want %s", x, y, got, err, want.FloatString(ScaleMax))
			}
			return got, err == nil
		}
		ab, ok := add(a, b)
		ba, okToo := add(b, a)
		if ok != okToo || ab != ba {
			t.Fatalf("%s + %s is %s, and turned round %s", a, b, ab, ba)
		}
		if left, ok := add(ab, c); ok {
			if bc, ok := add(b, c); ok {
				if right, okRight := add(a, bc); okRight && okToo && left != right {
					t.Fatalf("(%s + %s) + %s is %s, and otherwise %s", a, b, c, left, right)
				}
			}
		}
		if got, want := a.Cmp(b), rat(a).Cmp(rat(b)); got != want {
			t.Fatalf("%s compared with %s is %d, want %d", a, b, got, want)
		}
		if a.Sign() != rat(a).Sign() || rat(a.Neg()).Cmp(new(big.Rat).Neg(rat(a))) != 0 || a.Times(-1) != a.Neg() || a.Times(1) != a || a.Times(0).Sign() != 0 {
			t.Fatalf("%s: sign %d, negative %s", a, a.Sign(), a.Neg())
		}
	})
}

// A Sum is exact for any many, in any order; only as a Decimal it may not fit.
func TestSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(decimals, 0, 50).Draw(t, "list")
		var sum, other Sum
		want := new(big.Rat)
		for i, d := range list {
			sum.Add(d)
			other.AddBig(big.NewInt(list[len(list)-1-i].Coef()), list[len(list)-1-i].Scale())
			want.Add(want, rat(d))
		}
		got, ok := new(big.Rat).SetString(sum.String())
		if !ok || got.Cmp(want) != 0 || sum.Sign() != want.Sign() || other.String() != sum.String() {
			t.Fatalf("%s, turned round %s, want %s", &sum, &other, want.FloatString(ScaleMax))
		}
		d, err := sum.Decimal()
		if (err == nil) != fits(want) || err == nil && rat(d).Cmp(want) != 0 {
			t.Fatalf("as a decimal %s, %v, want %s", d, err, want.FloatString(ScaleMax))
		}
	})
}

// What strangers call a number is an exact one that is written as it is read,
// or an error.
func FuzzParseDecimal(f *testing.F) {
	for _, text := range []string{"0", "-0.25", "1.5e3", "2.50", "1e999999999", "1e-18", "999999999999999999", "NaN", "0x10", "１", ".", "1e", "+1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDecimal(text)
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) || d != (Decimal{}) {
				t.Errorf("%q: %s, %v", text, d, err)
			}
			return
		}
		if again, err := ParseDecimal(d.String()); err != nil || again != d || len(d.String()) > DigitsMax+ScaleMax+3 {
			t.Errorf("%q is %s, read again %s, %v", text, d, again, err)
		}
		if want, ok := new(big.Rat).SetString(text); !ok || want.Cmp(rat(d)) != 0 {
			t.Errorf("%q is %s, want %v", text, d, want)
		}
	})
}

// Benchmarks of what a stranger can send to keep the node busy.
func BenchmarkRefuse(b *testing.B) {
	for _, text := range []struct{ name, text string }{
		{"exponent", "1e999999999"},
		{"10MBOfDigits", strings.Repeat("7", 10<<20)},
		{"10MBOfLetters", strings.Repeat("x", 10<<20)},
	} {
		b.Run(text.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ParseDecimal(text.text); err == nil {
					b.Fatal("accepted")
				}
			}
		})
	}
}
