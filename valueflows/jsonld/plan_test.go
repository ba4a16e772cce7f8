package jsonld

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"disconode/valueflows"
)

// steps writes the events of a batch, shortly: what happens to which resource,
// and what comes to be by it.
func steps(b *Batch) []string {
	short := func(id valueflows.ID) string { return strings.TrimPrefix(b.Names[id], "https://ex.example/") }
	var list []string
	for _, s := range b.Steps {
		switch {
		case s.Check != nil && s.Opening:
		case s.Record != nil:
			list = append(list, strings.ToLower(string(s.Statement.Class))+" "+short(recOf(s.Record).ID))
		case s.Check != nil:
			list = append(list, "check "+short(s.Check.Stated.ID))
		default:
			text := string(s.Event.Action)
			if s.Event.ResourceQuantity != nil {
				text += " " + amount(s.Event.ResourceQuantity)
			}
			for word, id := range map[string]valueflows.ID{" of ": s.Event.ResourceInventoriedAs} {
				if !id.IsZero() {
					text += word + short(id)
				}
			}
			if !s.Event.ToResourceInventoriedAs.IsZero() {
				text += " to " + short(s.Event.ToResourceInventoriedAs)
			}
			text += " by " + short(s.Event.Provider)
			if s.Event.Receiver != s.Event.Provider {
				text += " for " + short(s.Event.Receiver)
			}
			if s.Creates != nil {
				text += ", new " + short(s.Creates.ID)
			}
			list = append(list, text)
		}
	}
	return list
}

// stated is a statement of a resource; qty is a number of pieces, or empty.
func stated(id, accounting, onhand string, more ...string) string {
	text := "- {'@id': 'ex:" + id + "', '@type': EconomicResource, conformsTo: 'ex:kind'"
	if accounting != "" {
		text += ", accountingQuantity: {hasUnit: one, hasNumericalValue: " + accounting + "}"
	}
	if onhand != "" {
		text += ", onhandQuantity: {hasUnit: one, hasNumericalValue: " + onhand + "}"
	}
	for _, m := range more {
		text += ", " + m
	}
	return text + "}\n"
}

func happened(id, action, qty string, more ...string) string {
	text := "- {'@id': 'ex:" + id + "', '@type': EconomicEvent, action: " + action + ", provider: 'ex:ann', receiver: 'ex:ann'"
	if qty != "" {
		text += ", resourceQuantity: {hasUnit: one, hasNumericalValue: " + qty + "}"
	}
	for _, m := range more {
		text += ", " + m
	}
	return text + "}\n"
}

const forBob = "provider: 'ex:ann', receiver: 'ex:bob'"

func betweenThem(event string) string {
	return strings.Replace(event, "provider: 'ex:ann', receiver: 'ex:ann'", forBob, 1)
}

// A resource comes to be by the event that creates it, else by an opening.
func TestCreation(t *testing.T) {
	const of, to = "resourceInventoriedAs: 'ex:r'", "toResourceInventoriedAs: 'ex:r'"
	tests := []struct {
		what, graph string
		want        []string
	}{
		{"stated only", stated("r", "5", ""), []string{"raise 5 of r by the LAB, new r"}},
		{"stated before events", stated("r", "5", "") + happened("e", "consume", "2", of) + stated("r", "3", ""),
			[]string{"raise 5 of r by ann, new r", "consume 2 of r by ann", "check r"}},
		{"produced before it is stated", happened("e", "produce", "5", of) + stated("r", "5", ""),
			[]string{"produce 5 of r by ann, new r", "check r"}},
		{"produced after it is stated", stated("r", "5", "") + happened("e", "produce", "5", of),
			[]string{"raise 5 of r by ann, new r", "produce 5 of r by ann"}},
		{"transferred to before it is stated", betweenThem(happened("e", "transfer", "5", to)) + stated("r", "5", ""),
			[]string{"transfer 5 to r by ann for bob, new r", "check r"}},
		{"dropped off for another", betweenThem(happened("e", "dropoff", "5", "resourceInventoriedAs: 'ex:s'", to)) + stated("r", "5", ""),
			[]string{"dropoff 5 of s to r by ann for bob, new r", "check r"}},
		{"consumed before it is stated", happened("e", "consume", "2", of) + stated("r", "3", ""),
			[]string{"raise 5 of r by ann, new r", "consume 2 of r by ann", "check r"}},
		{"consumed and produced before it is stated", happened("e", "consume", "2", of) + happened("f", "produce", "7", of) + stated("r", "3", "4"),
			[]string{"lower 1 of r by ann, new r", "transferAllRights 1 of r by ann for urn:disconode:agent-not-stated", "consume 2 of r by ann", "produce 7 of r by ann", "check r"}},
		{"less on hand", stated("r", "5", "2"), []string{"raise 5 of r by the LAB, new r",
			"transferCustody 3 of r by the LAB for urn:disconode:agent-not-stated"}},
		{"more on hand", stated("r", "2", "5"), []string{"raise 5 of r by the LAB, new r",
			"transferAllRights 3 of r by the LAB for urn:disconode:agent-not-stated"}},
		{"only on hand", stated("r", "", "5"), []string{"raise 5 of r by the LAB, new r"}},
		{"no quantity", stated("r", "", ""), []string{"raise 0 of r by the LAB, new r"}},
		{"owed", stated("r", "-5", ""), []string{"lower 5 of r by the LAB, new r"}},
		{"accountable", stated("r", "5", "", "primaryAccountable: 'ex:bob'"), []string{"raise 5 of r by bob, new r"}},
		{"accountable as a receiver", stated("r", "5", "") + betweenThem(happened("e", "transfer", "2", to)),
			[]string{"raise 5 of r by bob, new r", "transfer 2 to r by ann for bob"}},
		{"produced without a name", happened("e", "produce", "5", "resourceConformsTo: 'ex:kind'") + stated("r", "5", ""),
			[]string{"produce 5 of r by ann, new r", "check r"}},
		{"produced without a name, in another quantity", happened("e", "produce", "4", "resourceConformsTo: 'ex:kind'") + stated("r", "5", ""),
			[]string{"produce 4 by ann", "raise 5 of r by the LAB, new r"}},
		{"produced without a name, of another kind", happened("e", "produce", "5", "resourceConformsTo: 'ex:other'") + stated("r", "5", ""),
			[]string{"produce 5 by ann", "raise 5 of r by the LAB, new r"}},
		{"produced without a name, twice", happened("e", "produce", "5", "resourceConformsTo: 'ex:kind'") + happened("f", "produce", "5", "resourceConformsTo: 'ex:kind'") + stated("r", "5", "") + stated("s", "5", ""),
			[]string{"produce 5 of r by ann, new r", "produce 5 of s by ann, new s", "check r", "check s"}},
		{"produced without a name, after it is stated", stated("r", "5", "") + happened("e", "produce", "5", "resourceConformsTo: 'ex:kind'"),
			[]string{"raise 5 of r by the LAB, new r", "produce 5 by ann"}},
		{"contained in what is stated later", stated("r", "5", "", "containedIn: 'ex:box'") + stated("box", "1", ""),
			[]string{"raise 1 of box by the LAB, new box", "raise 5 of r by the LAB, new r"}},
		{"containing each other", stated("r", "5", "", "containedIn: 'ex:box'") + stated("box", "1", "", "containedIn: 'ex:r'"),
			[]string{"raise 1 of box by the LAB, new box", "raise 5 of r by the LAB, new r"}},
		{"found by its tracking identifier", stated("r", "5", "", "trackingIdentifier: L1, primaryAccountable: 'ex:ann'") + stated("s", "1", "", "trackingIdentifier: L1, primaryAccountable: 'ex:bob'") +
			betweenThem(happened("e", "transferAllRights", "2", "trackingIdentifier: L1")),
			[]string{"raise 5 of r by ann, new r", "raise 1 of s by bob, new s", "transferAllRights 2 of r to s by ann for bob"}},
		{"never stated", happened("e", "produce", "5", of), []string{"produce 5 of r by ann"}},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			batch := plan(t, context+test.graph)
			if got := steps(batch); !slices.Equal(got, test.want) || batch.Report.Count(Failed) > 0 {
				t.Errorf("got\n\t%s\nwant\n\t%s\n%v", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"), batch.Report.Lines)
			}
		})
	}
}

// An opening's name follows from its resource's, so that it is the same each time.
func TestOpeningNames(t *testing.T) {
	batch := plan(t, context+stated("r", "5", "2"))
	var names []string
	for _, s := range batch.Steps {
		if s.Event != nil {
			names = append(names, s.Event.IRI)
		}
	}
	if want := []string{"https://ex.example/r#opening", "https://ex.example/r#opening-custody"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

// What an event creates has what is stated of it, and not what events change.
func TestCreated(t *testing.T) {
	batch := plan(t, context+happened("e", "produce", "5", "resourceInventoriedAs: 'ex:r'")+
		stated("r", "5", "", "name: Onions, state: pass, stage: 'ex:stage', containedIn: 'ex:box', currentLocation: 'ex:barn'"))
	r := batch.Steps[0].Creates
	if r.Name != "Onions" || r.ConformsTo != valueflows.IDOf("https://ex.example/kind") || r.CurrentLocation != valueflows.IDOf("https://ex.example/barn") {
		t.Errorf("it lacks what is stated: %+v", r)
	}
	if r.State != "" || !r.Stage.IsZero() || !r.ContainedIn.IsZero() || r.AccountingQuantity != nil {
		t.Errorf("it has what only events give: %+v", r)
	}
}

// What is stated of one thing in several places is put together.
func TestMerge(t *testing.T) {
	batch := plan(t,
		context+"- {'@id': 'ex:ann', '@type': Person, name: Ann}\n"+stated("r", "5", "", "name: Onions"),
		context+"- {'@id': 'ex:ann', '@type': Person, name: Anna, note: farmer}\n"+stated("r", "4", "", "name: Leeks", "note: fresh"))
	agent := batch.Records[0].Record.(*valueflows.Agent)
	if len(batch.Records) != 1 || agent.Name != "Ann" || agent.Note != "farmer" {
		t.Errorf("%d records, %+v", len(batch.Records), agent)
	}
	if r := batch.Steps[0].Creates; r.Name != "Onions" || r.Note != "fresh" {
		t.Errorf("the resource is %+v", r)
	}
	wants(t, &batch.Report, Difference, 3, "name of https://ex.example/ann is stated otherwise at f1.yaml:3")
	wants(t, &batch.Report, Difference, 4, "name of https://ex.example/r")
	if batch.Report.Count(Difference) != 2 || batch.Report.Read != 2 {
		t.Errorf("%d read, %v", batch.Report.Read, batch.Report.Lines)
	}
}

// An event that another document states otherwise is kept as the first says.
func TestEventTwice(t *testing.T) {
	batch := plan(t, context+happened("e", "produce", "5"), context+happened("e", "produce", "5"), context+happened("e", "produce", "6"))
	if len(batch.Steps) != 1 || batch.Report.Count(Difference) != 1 {
		t.Errorf("%v %v", steps(batch), batch.Report.Lines)
	}
}

// A document may use what another one defines, in whatever order.
func TestAcrossDocuments(t *testing.T) {
	batch := plan(t,
		context+happened("e", "produce", "", "resourceQuantity: {hasUnit: 'ex:crate', hasNumericalValue: 2}", "outputOf: 'ex:p'", "resourceConformsTo: 'ex:onions'"),
		context+"- {'@id': 'ex:crate', '@type': Unit, label: crate}\n- {'@id': 'ex:p', '@type': Process}\n- {'@id': 'ex:onions', '@type': ResourceSpecification, name: Onions, defaultUnitOfResource: 'ex:crate'}\n")
	if batch.Report.Count(Failed) > 0 || len(batch.Records) != 3 || batch.Records[0].Class != valueflows.ClassUnit {
		t.Fatal(batch.Report.Lines)
	}
	if e := batch.Steps[0].Event; e.ResourceQuantity.HasUnit != valueflows.IDOf("https://ex.example/crate") {
		t.Errorf("the event is %+v", e)
	}
	for _, stub := range batch.Stubs {
		if stub.IRI != "https://ex.example/ann" {
			t.Errorf("a stub is made of what is stated: %+v", stub)
		}
	}
}

// What nothing states becomes a stub of the class that its place demands, once.
func TestStubs(t *testing.T) {
	batch := plan(t, context+
		happened("e", "produce", "5", "resourceInventoriedAs: 'ex:r', resourceConformsTo: 'ex:kind', outputOf: 'ex:p', toLocation: 'ex:here', fulfills: ['ex:c1', 'ex:c2'], satisfies: 'ex:i', realizationOf: 'ex:a', corrects: 'ex:f'")+
		happened("g", "work", "1", "inputOf: 'ex:p'"))
	got := map[string]valueflows.Class{}
	for _, stub := range batch.Stubs {
		got[strings.TrimPrefix(stub.IRI, "https://ex.example/")] = stub.Class
	}
	want := map[string]valueflows.Class{
		"ann": "Organization", "r": "EconomicResource", "kind": "ResourceSpecification", "p": "Process", "here": "SpatialThing",
		"c1": "Commitment", "c2": "Commitment", "i": "Intent", "a": "Agreement", "f": "EconomicEvent",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || len(batch.Stubs) != len(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Units are named in many ways.
func TestUnitNames(t *testing.T) {
	for _, name := range []string{"kilogram", "kg", "om2:kilogram", "'http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram'", "{'@id': 'om2:kilogram'}", "x:kilogram"} {
		batch := plan(t, "'@context': {x: 'http://www.ontology-of-units-of-measure.org/resource/om-2/'}\n'@id': urn:e\n'@type': vf:EconomicEvent\naction: produce\nresourceQuantity: {hasNumericalValue: 1, hasUnit: "+name+"}\n")
		if batch.Report.Count(Failed) > 0 || batch.Steps[0].Event.ResourceQuantity.HasUnit != valueflows.OMUnitID("kilogram") {
			t.Errorf("%s: %v", name, batch.Report.Lines)
		}
	}
	for name, meant := range map[string]string{"kilogam": "kilogram", "hours": "hour", "liter": "litre", "Meter": "metre"} {
		if near := nearestUnit(name); near != meant {
			t.Errorf("%s is taken for %q, not %s", name, near, meant)
		}
	}
}

// A time without an offset is the LAB's, a record of the node's own keeps its id.
func TestOptions(t *testing.T) {
	own := valueflows.ID{7}
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, "x.yaml", context+"- {'@id': 'ex:1', '@type': EconomicEvent, action: work, provider: 'https://node.example/labs/farm', receiver: '"+own.String()+"', hasPointInTime: 2026-05-01}\n")
	batch := Plan([]*Document{d}, Options{Zone: zone, Name: func(iri string) (valueflows.ID, error) {
		if iri == "https://node.example/labs/farm" {
			return own, nil
		}
		return valueflows.IDOf(iri), nil
	}})
	e := batch.Steps[0].Event
	if e.Provider != own || e.Receiver != own {
		t.Errorf("the event is by %s for %s", e.Provider, e.Receiver)
	}
	if got := e.HasPointInTime.String(); got != "2026-05-01T12:00:00-05:00" {
		t.Errorf("the day is %s", got)
	}
	for _, stub := range batch.Stubs {
		if stub.ID == own && stub.Record.IRI != "" {
			t.Errorf("a record of the node's own has got a foreign IRI: %+v", stub)
		}
	}
}

// Properties are compared by what they say, not by how.
func TestDifferences(t *testing.T) {
	event := func(change func(*valueflows.EconomicEvent)) *valueflows.EconomicEvent {
		e := harvest()
		change(e)
		return e
	}
	tests := []struct {
		what   string
		stated *valueflows.EconomicEvent
		want   []string
	}{
		{"the same", event(func(e *valueflows.EconomicEvent) {}), nil},
		{"less", event(func(e *valueflows.EconomicEvent) { e.Note, e.Stream, e.Fulfills, e.HasPointInTime = "", "", nil, nil }), nil},
		{"another spelling of the number", event(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = measure("12.5", "kilogram") }), nil},
		{"no unit", event(func(e *valueflows.EconomicEvent) { e.ResourceQuantity.HasUnit = valueflows.ID{} }), nil},
		{"the same time elsewhere", event(func(e *valueflows.EconomicEvent) { e.HasPointInTime = at("2026-05-01T13:30:00.25Z") }), nil},
		{"another number", event(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = measure("12", "kilogram") }), []string{"resourceQuantity"}},
		{"another unit", event(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = measure("12.5", "gram") }), []string{"resourceQuantity"}},
		{"more", event(func(e *valueflows.EconomicEvent) { e.State = "pass"; e.Note = "other" }), []string{"note", "state"}},
		{"another order", event(func(e *valueflows.EconomicEvent) { slices.Reverse(e.Fulfills) }), []string{"fulfills"}},
	}
	for _, test := range tests {
		if got, err := Differences(test.stated, harvest()); err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, %v; want %v", test.what, got, err, test.want)
		}
	}
	if got, err := Differences(&valueflows.Agent{Kind: valueflows.ClassPerson, Name: "Ann"}, &valueflows.Agent{Kind: valueflows.ClassOrganization, Name: "Bob"}); err != nil || !slices.Equal(got, []string{"name", "type"}) {
		t.Errorf("persons: %v, %v", got, err)
	}
}

// A check says where the books agree with a statement, and where not.
func TestCheck(t *testing.T) {
	batch := plan(t, context+stated("r", "5", "")+stated("r", "5", "3", "state: pass, containedIn: , stage: 'ex:stage', primaryAccountable: 'ex:ann'"))
	check := batch.Steps[len(batch.Steps)-1].Check
	kept := &valueflows.EconomicResource{
		AccountingQuantity: measure("5.0", "one"), OnhandQuantity: measure("4", "one"), State: "fail",
		ContainedIn: valueflows.IDOf("https://ex.example/stage"), PrimaryAccountable: valueflows.IDOf("https://ex.example/ann"),
	}
	r := Report{Lines: check.Compare(kept)}
	wants(t, &r, Checked, 4, "accountingQuantity 5, primaryAccountable https://ex.example/ann")
	wants(t, &r, Mismatch, 4, "onhandQuantity of https://ex.example/r is stated as 3, and by the books 4")
	wants(t, &r, Mismatch, 4, `state of https://ex.example/r is stated as "pass", and by the books "fail"`)
	wants(t, &r, Mismatch, 4, "containedIn of https://ex.example/r is stated as none, and by the books https://ex.example/stage")
	wants(t, &r, Mismatch, 4, "stage of https://ex.example/r is stated as https://ex.example/stage, and by the books none")
	if len(r.Lines) != 5 {
		t.Errorf("%v", r.Lines)
	}
	uncounted := Report{Lines: check.Compare(nil)}
	wants(t, &uncounted, Mismatch, 4, "accountingQuantity of https://ex.example/r is stated as 5, and by the books not counted")
}

// A report prints one line a place, and closes with its counts.
func TestReport(t *testing.T) {
	batch := plan(t, context+"- {'@id': 'ex:1', '@type': Scenario}\n- {'@id': 'ex:2', '@type': Person}\n", context+"- {'@id': 'ex:3', '@type': Process, finished: maybe}\n")
	batch.Report.DryRun = true
	var out strings.Builder
	n, err := batch.Report.WriteTo(&out)
	const want = `f1.yaml:3: skipped: https://ex.example/1 is a Scenario, of an earlier version: Valueflows 1.0.0 has nothing like it
f1.yaml:4: tolerated: https://ex.example/2 has no name: its IRI stands in
f2.yaml:3: error: finished is true or false, not "maybe"
read 3: new 0, unchanged 0, skipped 1; stubs 0; tolerated 1; inferred 0; checks 0, mismatches 0; differences 0; errors 1: nothing was recorded
`
	if out.String() != want || int(n) != len(want) || err != nil {
		t.Errorf("got %d %v\n%s", n, err, out.String())
	}
	batch.Report.Lines = batch.Report.Lines[:2]
	if s := batch.Report.Summary(); !strings.HasSuffix(s, "; a dry run: nothing was recorded") {
		t.Error(s)
	}
}
