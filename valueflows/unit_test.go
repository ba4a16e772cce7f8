package valueflows

import (
	"strings"
	"testing"
)

// The units of OM2 are built in, each once, in the order of the list, and have
// the id that follows from their IRI.
func TestUnits(t *testing.T) {
	all := OMUnits()
	if len(all) != 1416 {
		t.Errorf("%d units, want 1416", len(all))
	}
	ids, names, positions := map[ID]bool{}, map[string]bool{}, map[int64]bool{}
	for i, unit := range all {
		if ids[unit.ID] || names[unit.OMUnitIdentifier] || positions[unit.Position] {
			t.Errorf("%s is there twice", unit.OMUnitIdentifier)
		}
		ids[unit.ID], names[unit.OMUnitIdentifier], positions[unit.Position] = true, true, true
		if unit.IRI != OM2+unit.OMUnitIdentifier || unit.ID != IDOf(unit.IRI) || unit.ID != OMUnitID(unit.OMUnitIdentifier) || OMUnit(unit.ID) != unit {
			t.Errorf("%s: id %s, IRI %s", unit.OMUnitIdentifier, unit.ID, unit.IRI)
		}
		if unit.Label == "" || unit.Symbol == "" || unit.OMUnitIdentifier == "" || unit.Revision.IsZero() || !unit.Books.IsZero() || unit.Stub {
			t.Errorf("%s: %+v", unit.OMUnitIdentifier, unit)
		}
		if unit.Position >= 0 || i > 0 && unit.Position <= all[i-1].Position {
			t.Errorf("%s is at position %d", unit.OMUnitIdentifier, unit.Position)
		}
		if OMUnitNamed(unit.OMUnitIdentifier) != unit || OMUnitNamed(unit.IRI) != unit {
			t.Errorf("%s is not found by its name and IRI", unit.OMUnitIdentifier)
		}
		if found := OMUnitNamed(unit.Label); found == nil || found.Label != unit.Label && found.OMUnitIdentifier != unit.Label && found.Symbol != unit.Label {
			t.Errorf("%s is not found by its label %q", unit.OMUnitIdentifier, unit.Label)
		}
	}
}

// The units that everybody's books are in.
func TestUnitsNamed(t *testing.T) {
	tests := []struct {
		name, label, symbol string
		id                  string
		also                []string
	}{
		{"kilogram", "kilogram", "kg", "f68b662a-8bb1-5486-ac12-99ae4137e2ba", []string{"kg", OM2 + "kilogram", "om2:kilogram", "om:kilogram"}},
		{"hour", "hour", "h", "6db52ada-bdd3-561d-a17b-c6af60f1c103", []string{"h", OM2 + "hour"}},
		{"one", "one", "1", "4c0fad18-84d9-577a-bb5a-0adbd40835d0", []string{"1", "om2:one"}},
		{"gram", "gram", "g", "", []string{"g"}},
		{"litre", "litre", "l", "", []string{"l"}},
		{"metre", "metre", "m", "", []string{"m"}},
		{"day", "day", "d", "", []string{"d"}},
		{"minute-Time", "minute", "min", "", []string{"minute", "min"}},
		{"second-Time", "second", "s", "", []string{"second", "s"}},
		{"bushel-US", "bushel (US)", "bu", "", []string{"bu"}},
	}
	for _, test := range tests {
		unit := OMUnit(OMUnitID(test.name))
		if unit == nil {
			t.Errorf("no %s", test.name)
			continue
		}
		if unit.Label != test.label || unit.Symbol != test.symbol || test.id != "" && unit.ID.String() != test.id {
			t.Errorf("%s is %q, %q, %s", test.name, unit.Label, unit.Symbol, unit.ID)
		}
		for _, text := range append(test.also, test.name, test.label) {
			if OMUnitNamed(text) != unit {
				t.Errorf("%q is %+v, want %s", text, OMUnitNamed(text), test.name)
			}
		}
	}
	if One.String() != "4c0fad18-84d9-577a-bb5a-0adbd40835d0" || Hour.String() != "6db52ada-bdd3-561d-a17b-c6af60f1c103" || len(OMUnit(One).ClassifiedAs) != 1 {
		t.Errorf("one %s, hour %s", One, Hour)
	}
	for _, text := range []string{"", "Kilogram", "kilo", "euro", OM2, "https://farm.example/kilogram", strings.Repeat("k", 1<<20)} {
		if unit := OMUnitNamed(text); unit != nil {
			t.Errorf("%q is %s", Clip(text), unit.OMUnitIdentifier)
		}
	}
	if OMUnit(ID{}) != nil || OMUnit(alice) != nil {
		t.Error("what is no unit of OM2 is found as one")
	}
}

// Two measures are equal as amounts, however they are written.
func TestMeasureEqual(t *testing.T) {
	hour := &Measure{MustDecimal("1"), Hour}
	tests := []struct {
		a, b *Measure
		want bool
	}{
		{kg("1"), kg("1.00"), true},
		{kg("1"), kg("1.01"), false},
		{kg("1"), hour, false},
		{kg("0"), nil, false},
		{nil, nil, true},
	}
	for _, test := range tests {
		if test.a.Equal(test.b) != test.want || test.b.Equal(test.a) != test.want {
			t.Errorf("%v equals %v: want %t", test.a, test.b, test.want)
		}
	}
}
