package ontologytest

import (
	"os"
	"slices"
	"testing"
)

// The ontology has as many classes, properties and actions as it is known to
// have, and says of some what everybody knows.
func TestRead(t *testing.T) {
	text, err := os.ReadFile("../testdata/all_vf.TTL")
	if err != nil {
		t.Fatal(err)
	}
	o := Read(text)
	if len(o.Classes) != 26 || len(o.Properties) != 111 || len(o.Actions) != 19 {
		t.Errorf("%d classes, %d properties, %d actions", len(o.Classes), len(o.Properties), len(o.Actions))
	}
	for _, a := range o.Actions {
		if len(a.Behaviors) != 11 {
			t.Errorf("%s has %d behaviors: %v", a.Name, len(a.Behaviors), a.Behaviors)
		}
		if a.Name == "pickup" && (a.Behaviors["pairsWith"] != "dropoff" || a.Behaviors["onhandEffect"] != "decrement" || a.Behaviors["accountingEffect"] != "notApplicable") {
			t.Errorf("%+v", a)
		}
	}
	tests := []struct {
		name                string
		of                  []string
		leads, inverse      string
		object, one, wanted bool
	}{
		{"satisfies", []string{"Commitment", "EconomicEvent"}, "vf:Intent", "", true, false, true},
		{"hasIndependentDemand", []string{"Plan"}, "vf:Commitment", "independentDemandOf", true, false, true},
		{"primaryLocation", []string{"Agent", "EcologicalAgent", "Organization", "Person"}, "vf:SpatialThing", "", true, true, true},
		{"lat", []string{"SpatialThing"}, "dtype:numericUnion", "", false, true, true},
		{"agreedIn", nil, "", "", false, false, false},
	}
	for _, test := range tests {
		p := o.Property(test.name)
		if (p != nil) != test.wanted {
			t.Errorf("%s is %+v", test.name, p)
		} else if p != nil && (!slices.Equal(p.Of, test.of) || p.Range != test.leads || p.Inverse != test.inverse || p.Object != test.object || p.One != test.one) {
			t.Errorf("%s is %+v", test.name, p)
		}
	}
	for _, pair := range o.Pairs() {
		if !slices.Contains(pair.Property.Of, pair.Class) {
			t.Errorf("%+v", pair)
		}
	}
	if n := len(o.Pairs()); n != 235 {
		t.Errorf("%d pairs", n)
	}
}
