package flow

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"disconode/valueflows"
)

// The price that says most holds: who, then what, then what for.
func TestPriceFound(t *testing.T) {
	table, err := priced(`
		work 1 h
		skill 2 h
		work skill 3 h
		work 4 h @ada
		work skill 5 h @ada
		thing 7 kg
		thing 8
		use thing 9 h`).table()
	if err != nil {
		t.Fatal(err)
	}
	flow := func(action valueflows.Action, kind, agent, q string) *rollupFlow {
		m := measure(q)
		return &rollupFlow{action: action, specification: named(kind), agent: named(agent), quantity: &amount{ratOf(m.HasNumericalValue), m.HasUnit}}
	}
	tests := []struct {
		flow *rollupFlow
		own  bool
		want string // value, and the quantity in its unit
	}{
		{flow("work", "other", "ben", "2 h"), false, "1 2"},
		{flow("work", "skill", "ben", "2 h"), false, "3 2"},
		{flow("deliverService", "skill", "ben", "90 min"), false, "2 3/2"},
		{flow("work", "other", "ada", "2 h"), false, "4 2"},
		{flow("work", "skill", "ada", "45 min"), false, "5 3/4"},
		{flow("consume", "thing", "ben", "500 g"), false, "7 1/2"},
		{flow("consume", "thing", "ben", "3"), false, "8 3"},
		{flow("use", "thing", "ben", "30 min"), true, "9 1/2"},
		{flow("use", "thing", "ben", "3"), true, ""}, // not at what the thing itself is worth
		{flow("consume", "thing", "ben", "3 l"), false, ""},
		{flow("consume", "dollar", "ben", "3"), false, "1 3"},
	}
	for i, test := range tests {
		got := ""
		if p, in, ok := table.find(test.flow, test.flow.amounts(), test.own); ok {
			got = p.Value.String() + " " + in.number.RatString()
		}
		if got != test.want {
			t.Errorf("%d: %q, want %q", i, got, test.want)
		}
	}
}

// A list that cannot be read is refused where it is wrong.
func TestPriceListRefused(t *testing.T) {
	kg := units["kg"]
	one := valueflows.MustDecimal("1")
	tests := []struct {
		price      Price
		code, path string
	}{
		{Price{Unit: kg, Value: one}, "REQUIRED", "prices.1.specification"},
		{Price{Specification: named("a"), Value: one}, "REQUIRED", "prices.1.unit"},
		{Price{Action: "steal", Unit: kg, Value: one}, "UNKNOWN_ACTION", "prices.1.action"},
		{Price{Specification: named("a"), Action: "use", Unit: kg, Value: one, Percent: true}, "NOT_OF_ACTION", "prices.1.percent"},
		{Price{Specification: named("first"), Unit: kg, Value: one}, "DUPLICATE_PRICE", "prices.1"},
	}
	for _, test := range tests {
		list := PriceList{Prices: []Price{{Specification: named("first"), Unit: kg, Value: one}, test.price}}
		_, err := list.table()
		var input *valueflows.InputError
		if !errors.As(err, &input) || input.Code != test.code || strings.Join(input.Path, ".") != test.path {
			t.Errorf("%+v: %v, want %s at %s", test.price, err, test.code, test.path)
		}
		if _, err := RollupActual(newRollupBooks(), list, named("x"), RollupOptions{}); code(err) != test.code {
			t.Error(err)
		}
	}
}

// Half up, away from zero, and never past 18 digits.
func TestPriceRound(t *testing.T) {
	for _, test := range []struct {
		n, d  int64
		scale int
		want  string
	}{
		{1, 3, 2, "0.33"}, {2, 3, 2, "0.67"}, {1, 200, 2, "0.01"}, {-1, 200, 2, "-0.01"}, {249, 50000, 2, "0.00"}, {5, 2, 0, "3"}, {145, 1, 2, "145.00"}, {0, 1, 4, "0.0000"},
	} {
		if got, err := PriceRound(big.NewRat(test.n, test.d), test.scale); err != nil || got.String() != test.want {
			t.Errorf("%d/%d is %s (%v), want %s", test.n, test.d, got, err, test.want)
		}
	}
	for _, scale := range []int{-1, 19, 18} {
		if _, err := PriceRound(big.NewRat(1000, 1), scale); code(err) != "OUT_OF_RANGE" {
			t.Errorf("scale %d: %v", scale, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.IntRange(0, 6).Draw(t, "scale")
		value := big.NewRat(rapid.Int64Range(-1e9, 1e9).Draw(t, "n"), rapid.Int64Range(1, 1e6).Draw(t, "d"))
		got, err := PriceRound(value, scale)
		if err != nil {
			t.Fatal(err)
		}
		off := new(big.Rat).Sub(ratOf(got), value)
		off.Mul(off, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Errorf("%s is rounded to %s", value, got)
		}
	})
}

// What a roll-up asks for is all that adds to a resource that the event names
// first, or hands it back; and scrap.
func TestRollupInflows(t *testing.T) {
	want := []valueflows.Action{"produce", "dropoff", "modify", "separate", "raise", "lower"}
	if got := RollupInflows(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Every action that is an input of a process has a way to be valued, and no other.
func TestRollupRoles(t *testing.T) {
	for action, b := range valueflows.Actions {
		if _, ok := rollupRoles[action]; ok != (b.InputOutput == "input" || b.InputOutput == "outputInput") {
			t.Errorf("%s: %v", action, ok)
		}
	}
}
