package valueflows

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// 1 t = 1,000 kg = 1,000,000 g; a dozen dozens is a gross; 36 inches are a yard of
// 0.9144 m. 100 s are 0.02777… h, which no decimal is; months have no fixed length;
// and 10^15 t have 22 digits in g.
func TestMeasureIn(t *testing.T) {
	for _, test := range []struct{ number, unit, to, want, code string }{
		{"2.5", "kilogram", "gram", "2500", ""},
		{"2500", "gram", "kilogram", "2.5", ""},
		{"0.000001", "tonne", "gram", "1", ""},
		{"-3", "kilogram", "tonne", "-0.003", ""},
		{"12", "dozen", "gross", "1", ""},
		{"36", "inch-International", "metre", "0.9144", ""},
		{"1.5", "hour", "minute-Time", "90", ""},
		{"250", "cubicCentimetre", "litre", "0.25", ""},
		{"3", "hectare", "squareMetre", "30000", ""},
		{"5", "month", "month", "5", ""},
		{"100", "second-Time", "hour", "", "INEXACT"},
		{"1000000000000000", "tonne", "gram", "", "INEXACT"},
		{"0.000000000000000001", "gram", "kilogram", "", "INEXACT"},
		{"1", "month", "day", "", "NOT_CONVERTIBLE"},
		{"1", "kilogram", "litre", "", "NOT_CONVERTIBLE"},
	} {
		got, err := Measure{MustDecimal(test.number), OMUnitID(test.unit)}.In(OMUnitID(test.to))
		var wrong *InputError
		switch {
		case test.code == "" && (err != nil || got.HasNumericalValue.String() != test.want || got.HasUnit != OMUnitID(test.to)):
			t.Errorf("%s %s are %s %s, %v; want %s", test.number, test.unit, got.HasNumericalValue, test.to, err, test.want)
		case test.code != "" && (!errors.As(err, &wrong) || wrong.Code != test.code):
			t.Errorf("%s %s in %s: %v, want %s", test.number, test.unit, test.to, err, test.code)
		}
	}
}

// What is converted there and back is what it was; every unit that is converted
// is one of OM2, and of the dimension that its list says.
func TestMeasureInAndBack(t *testing.T) {
	var all []ID
	for id, size := range unitSizes() {
		u := OMUnit(id)
		if u == nil || size.size.Sign() <= 0 || len(u.ClassifiedAs) != 1 || string(u.ClassifiedAs[0]) != size.dimension {
			t.Errorf("%s: %+v", id, u)
		}
		all = append(all, id)
	}
	slices.SortFunc(all, func(a, b ID) int { return bytes.Compare(a[:], b[:]) })
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(all).Draw(t, "from"), rapid.SampledFrom(all).Draw(t, "to")
		d, err := NewDecimal(rapid.Int64Range(-1e9, 1e9).Draw(t, "number"), rapid.IntRange(0, 6).Draw(t, "scale"))
		if err != nil {
			t.Fatal(err)
		}
		m := Measure{d, from}
		there, err := m.In(to)
		if err != nil {
			return
		}
		if back, err := there.In(from); err != nil || !back.Equal(&m) {
			t.Fatalf("%v in %v and back: %v, %v", m, there, back, err)
		}
	})
}
