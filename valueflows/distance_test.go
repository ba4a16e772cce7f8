package valueflows

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// A degree is 6,371.009 × π ÷ 180 = 111.19508 km along a meridian and along the
// equator; at 60 degrees north, half of that from place to place along the circle
// of latitude, 55.59754, less a little as the straight way bends north: 55.59701 km. From
// pole to pole it is 6,371.009 × π = 20,015.115 km, as from any place to the one
// opposite. Berlin (52.52, 13.405) to Paris (48.8566, 2.3522) is 877.465 km. Over
// the 180th meridian, 179.5 and -179.5 are a degree apart.
func TestWithin(t *testing.T) {
	for _, test := range []struct{ lat, long, otherLat, otherLong, in, out string }{
		{"0", "0", "1", "0", "111.1951", "111.1950"},
		{"0", "0", "0", "1", "111.1951", "111.1950"},
		{"60", "10", "60", "11", "55.5971", "55.5970"},
		{"90", "0", "-90", "77", "20015.116", "20015.114"},
		{"12.5", "30", "-12.5", "-150", "20015.116", "20015.114"},
		{"52.52", "13.405", "48.8566", "2.3522", "877.47", "877.46"},
		{"0", "179.5", "0", "-179.5", "111.1951", "111.1950"},
		{"42.1", "-87.9", "42.1", "-87.9", "0", ""},
		{"42.1", "-87.9", "42.10000001", "-87.9", "0.00000112", "0.00000111"},
	} {
		within := func(kilometres string) bool {
			t.Helper()
			ok, err := Within(MustDecimal(test.lat), MustDecimal(test.long), MustDecimal(test.otherLat), MustDecimal(test.otherLong), MustDecimal(kilometres))
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
		if !within(test.in) || test.out != "" && within(test.out) {
			t.Errorf("%+v: within %s: %t, within %s: %t", test, test.in, within(test.in), test.out, test.out != "" && within(test.out))
		}
	}
	for _, wrong := range [][5]string{{"90.1", "0", "0", "0", "1"}, {"0", "-181", "0", "0", "1"}, {"0", "0", "-91", "0", "1"}, {"0", "0", "0", "0", "-1"}} {
		_, err := Within(MustDecimal(wrong[0]), MustDecimal(wrong[1]), MustDecimal(wrong[2]), MustDecimal(wrong[3]), MustDecimal(wrong[4]))
		var input *InputError
		if !errors.As(err, &input) || input.Code != "OUT_OF_RANGE" || len(input.Path) != 1 {
			t.Errorf("%v: %v", wrong, err)
		}
	}
}

// The answer is that of the same formula in floats, but within a millionth of the
// border; and it is the same from the other place.
func TestAnyWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(what string, most float64) (Decimal, float64) {
			d := MustDecimal(fmt.Sprintf("%.5f", rapid.Float64Range(-most, most).Draw(t, what)))
			var f float64
			fmt.Sscan(d.String(), &f)
			return d, f * math.Pi / 180
		}
		lat, a := draw("lat", 90)
		long, x := draw("long", 180)
		otherLat, b := draw("other lat", 90)
		otherLong, y := draw("other long", 180)
		h := math.Pow(math.Sin((a-b)/2), 2) + math.Cos(a)*math.Cos(b)*math.Pow(math.Sin((x-y)/2), 2)
		distance := 2 * 6371.009 * math.Asin(math.Min(1, math.Sqrt(h)))
		for factor, want := range map[float64]bool{1 + 1e-6: true, 1 - 1e-6: false} {
			if distance < 0.1 || distance > 20_000 {
				continue
			}
			kilometres := MustDecimal(fmt.Sprintf("%.9f", distance*factor))
			got, err := Within(lat, long, otherLat, otherLong, kilometres)
			back, errBack := Within(otherLat, otherLong, lat, long, kilometres)
			if err != nil || errBack != nil || got != want || back != want {
				t.Fatalf("%s km of %.6f: %t and %t, want %t: %v", kilometres, distance, got, back, want, err)
			}
		}
	})
}
