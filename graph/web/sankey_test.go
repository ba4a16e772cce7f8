package web

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// along is a flow between stations that are told apart by their names.
func along(amount string, names ...string) flow {
	f := flow{amount: valueflows.MustDecimal(amount)}
	for _, name := range names {
		f.path = append(f.path, station{key: name, name: name})
	}
	return f
}

// A day of work in the farm: who, as what, for whom.
var farmDay = []flow{
	along("3", "Imani", "Livelihood", "The Farm"),
	along("2.5", "Marcus", "Livelihood", "The Farm"),
	along("1.25", "Marcus", "Care", "Land Trust"),
	along("0.1", "Deja", "Love", "The Farm"),
	along("0.2", "Deja", "Love", "The Farm"),
}

// Each station has the exact sum of its flows, the largest first.
func TestStationsAddUpExactly(t *testing.T) {
	want := []string{"Marcus 3.75", "Imani 3", "Deja 0.3", "Livelihood 5.5", "Care 1.25", "Love 0.3", "The Farm 5.8", "Land Trust 1.25"}
	var got []string
	for _, b := range draw(farmDay).Bars {
		got = append(got, b.Name+" "+b.Amount)
	}
	if !slices.Equal(got, want) {
		t.Errorf("stations are %q, want %q", got, want)
	}
}

// Neighbouring columns are joined by one band for each pair, with its exact sum.
func TestBandsJoinNeighbours(t *testing.T) {
	want := []string{
		"Marcus-Livelihood 2.5", "Marcus-Care 1.25", "Imani-Livelihood 3", "Deja-Love 0.3",
		"Livelihood-The Farm 5.5", "Care-Land Trust 1.25", "Love-The Farm 0.3",
	}
	var got []string
	for _, b := range draw(farmDay).Bands {
		got = append(got, fmt.Sprintf("%s-%s %s", b.From, b.To, b.Amount))
	}
	if !slices.Equal(got, want) {
		t.Errorf("bands are %q, want %q", got, want)
	}
}

// The bands that leave a station are together as wide as it is high, and all
// columns are as high as the flows: what is drawn is to scale.
func TestDrawnToScale(t *testing.T) {
	s := draw([]flow{along("1", "a", "x"), along("2", "a", "y"), along("5", "b", "y")})
	wide := map[string]*big.Rat{}
	for _, b := range s.Bands {
		for _, name := range []string{b.From, b.To} {
			if wide[name] == nil {
				wide[name] = new(big.Rat)
			}
			wide[name].Add(wide[name], number(t, b.Wide))
		}
	}
	whole := map[string]*big.Rat{}
	for _, b := range s.Bars {
		if wide[b.Name].Cmp(number(t, b.Height)) != 0 {
			t.Errorf("%s is %s high, its bands together %s", b.Name, b.Height, wide[b.Name].FloatString(2))
		}
		if whole[b.X] == nil {
			whole[b.X] = new(big.Rat)
		}
		whole[b.X].Add(whole[b.X], number(t, b.Height))
	}
	for x, high := range whole {
		if high.Cmp(big.NewRat(sankeyHeight, 1)) != 0 {
			t.Errorf("the column at %s is %s high, want %d", x, high.FloatString(2), sankeyHeight)
		}
	}
	if len(whole) != 2 {
		t.Errorf("%d columns, want 2", len(whole))
	}
}

func number(t *testing.T, text string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return r
}

// Stations of a column do not touch, so that their names can be read.
func TestNamesDoNotTouch(t *testing.T) {
	flows := []flow{along("1000000", "whale", "sea")}
	for i := range 9 {
		flows = append(flows, along("0.001", fmt.Sprintf("shrimp %d", i), "sea"))
	}
	s := draw(flows)
	last := new(big.Rat)
	for _, b := range s.Bars[:10] {
		y := number(t, b.LabelY)
		if apart := new(big.Rat).Sub(y, last); apart.Cmp(big.NewRat(sankeySlot, 1)) < 0 && last.Sign() > 0 {
			t.Errorf("%s stands %s below the name above it", b.Name, apart.FloatString(2))
		}
		if bottom := big.NewRat(int64(s.Height), 1); y.Cmp(bottom) > 0 {
			t.Errorf("%s stands at %s, below the drawing", b.Name, b.LabelY)
		}
		if number(t, b.Height).Cmp(big.NewRat(1, 1)) < 0 {
			t.Errorf("%s is too thin to be seen: %s", b.Name, b.Height)
		}
		last = y
	}
}

// The same flows give the same drawing, in whatever order they come.
func TestSameFlowsSameDrawing(t *testing.T) {
	turned := slices.Clone(farmDay)
	slices.Reverse(turned)
	if a, b := fmt.Sprint(draw(farmDay)), fmt.Sprint(draw(turned)); a != b {
		t.Errorf("drawn\n%s\nand turned round\n%s", a, b)
	}
}

// A column has at most twelve stations; the smallest are one: the others.
func TestManyStations(t *testing.T) {
	var flows []flow
	for i := range 30 {
		flows = append(flows, along(fmt.Sprint(100-i), fmt.Sprintf("grower %02d", i), "farm"))
	}
	s := draw(flows)
	if len(s.Bars) != stationsMax+1 {
		t.Fatalf("%d stations, want %d growers and the farm", len(s.Bars), stationsMax)
	}
	others := s.Bars[stationsMax-1]
	if others.Name != "19 others" || others.Amount != "1520" { // 89 + 88 + … + 71
		t.Errorf("the last is %s with %s, want 19 others with 1520", others.Name, others.Amount)
	}
	if farm := s.Bars[stationsMax]; farm.Amount != "2565" {
		t.Errorf("the farm has %s, want 2565", farm.Amount)
	}
}

// What was taken back wholly or is below zero is not drawn; without any flows
// there is no drawing.
func TestNothingToDraw(t *testing.T) {
	if s := draw([]flow{along("0", "a", "b"), along("-2", "a", "c")}); len(s.Bars)+len(s.Bands) > 0 {
		t.Errorf("drawn: %+v", s)
	}
	if s := draw([]flow{along("-2", "a", "c"), along("0.000000000000000001", "a", "b")}); len(s.Bars) != 2 || s.Bars[0].Amount != "0.000000000000000001" {
		t.Errorf("the smallest amount there can be: %+v", s.Bars)
	}
}

// A long name is cut where it is drawn and stays whole beside.
func TestLongNames(t *testing.T) {
	name := strings.Repeat("ñandú ", 20)
	b := draw([]flow{along("1", name, "b")}).Bars[0]
	if len([]rune(b.Name)) != nameShownMost || !strings.HasSuffix(b.Name, "…") || b.Full != name {
		t.Errorf("shown as %q, whole %q", b.Name, b.Full)
	}
}
