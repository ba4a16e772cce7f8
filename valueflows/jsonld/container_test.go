package jsonld

import (
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

func ex(names ...string) []valueflows.ID {
	var ids []valueflows.ID
	for _, name := range names {
		ids = append(ids, valueflows.IDOf("https://ex.example/"+name))
	}
	return ids
}

// One container stands as it always did, several as a list; both are read again.
func TestContainersInBody(t *testing.T) {
	for _, in := range [][]valueflows.ID{nil, ex("a"), ex("b", "a"), ex("c", "b", "a")} {
		file := &valueflows.EconomicResource{CurrentVirtualLocation: "https://files.example"}
		file.SetContainers(in)
		body, err := Encode(file)
		if err != nil {
			t.Fatal(err)
		}
		if list := strings.Contains(string(body), `"containedIn":["`); list != (len(in) > 1) || strings.Contains(string(body), `"containedIn"`) != (len(in) > 0) {
			t.Errorf("in %v: %s", in, body)
		}
		back, err := Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		if got := back.(*valueflows.EconomicResource).Containers(); !slices.Equal(got, in) {
			t.Errorf("%s: in %v", body, got)
		}
	}
	for _, spelled := range []string{`{"containedIn":["` + ex("a")[0].String() + `"],"type":"EconomicResource"}`, `{"containedIn":[],"type":"EconomicResource"}`} {
		if _, err := Decode([]byte(spelled)); err == nil {
			t.Errorf("%s is read, and is not how it is written", spelled)
		}
	}
}

// A digital thing is opened in all the containers that are stated, which come
// first; of anything else the first one is kept, and that is reported.
func TestSeveralContainersStated(t *testing.T) {
	const two, digital = "containedIn: ['ex:box', 'ex:crate']", "currentVirtualLocation: 'https://files.example'"
	boxes := stated("box", "1", "") + stated("crate", "1", "")
	tests := []struct {
		what, statement string
		want            []valueflows.ID
		reported        bool
	}{
		{"a digital thing in one", stated("r", "5", "", digital, "containedIn: 'ex:box'"), ex("box"), false},
		{"a digital thing in a list of one", stated("r", "5", "", digital, "containedIn: ['ex:box']"), ex("box"), false},
		{"a digital thing in two", stated("r", "5", "", digital, two), ex("box", "crate"), false},
		{"any other thing in two", stated("r", "5", "", two), ex("box"), true},
	}
	for _, test := range tests {
		batch := plan(t, context+test.statement+boxes)
		var opened *valueflows.EconomicResource
		for _, s := range batch.Steps {
			if s.Creates != nil && s.Creates.ID == ex("r")[0] {
				opened = s.Creates
			}
		}
		if got := opened.Containers(); !slices.Equal(got, test.want) {
			t.Errorf("%s: opened in %v", test.what, got)
		}
		if reported := has(&batch.Report, Tolerated, 3, "https://ex.example/r is stated in 2 containers, and only a thing with a currentVirtualLocation is in several: the first is kept"); reported != test.reported || batch.Report.Count(Failed) > 0 {
			t.Errorf("%s: %v", test.what, batch.Report.Lines)
		}
	}

	// What contains it says so too, beside what it says itself.
	batch := plan(t, context+stated("r", "5", "", digital, "containedIn: 'ex:box'")+stated("box", "1", "")+stated("crate", "1", "", "contains: ['ex:r']"))
	if got := batch.Steps[2].Creates.Containers(); !slices.Equal(got, ex("box", "crate")) {
		t.Errorf("opened in %v", got)
	}
}

// The containers that are stated and those of the books are compared in any order.
func TestCheckContainers(t *testing.T) {
	const digital = "currentVirtualLocation: 'https://files.example'"
	batch := plan(t, context+stated("r", "5", "", digital)+stated("r", "5", "", "containedIn: ['ex:box', 'ex:crate']"))
	check := batch.Steps[len(batch.Steps)-1].Check
	kept := func(in ...string) *valueflows.EconomicResource {
		r := &valueflows.EconomicResource{CurrentVirtualLocation: "https://files.example", AccountingQuantity: measure("5", "one"), OnhandQuantity: measure("5", "one")}
		r.SetContainers(ex(in...))
		return r
	}
	agrees, differs := Report{Lines: check.Compare(kept("crate", "box"))}, Report{Lines: check.Compare(kept("box"))}
	wants(t, &agrees, Checked, 4, "containedIn https://ex.example/box, https://ex.example/crate")
	wants(t, &differs, Mismatch, 4, "containedIn of https://ex.example/r is stated as https://ex.example/box, https://ex.example/crate, and by the books https://ex.example/box")
}
