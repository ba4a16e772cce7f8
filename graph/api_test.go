package graph

import (
	"strings"
	"sync"
	"testing"

	"disconode/node"
	"disconode/valueflows"
)

// Times come in leniently, in the LAB's time zone, and go out with the offset
// that they came with. A point in time is a beginning and an end, too.
func TestTimes(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm := ada.organization("Farm")
	kind := ada.kind("Collards")
	const read = `query($id: ID!) { economicEvent(id: $id) { hasPointInTime hasBeginning hasEnd created } }`
	for given, want := range map[string]string{
		"2026-05-03T10:00:00-05:00":        "2026-05-03T10:00:00-05:00",
		"2026-05-03T10:00:00.123456+05:30": "2026-05-03T10:00:00.123456+05:30",
		"2026-05-03T15:00:00Z":             "2026-05-03T15:00:00Z",
		"2026-05-03T10:00:00":              "2026-05-03T10:00:00-05:00",
		"2026-05-03T10:00":                 "2026-05-03T10:00:00-05:00",
		"2026-05-03":                       "2026-05-03T12:00:00-05:00",
		"2026-01-03":                       "2026-01-03T12:00:00-06:00",
	} {
		id := ada.record(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceConformsTo": kind, "resourceQuantity": of("1", kilogram), "hasPointInTime": given}).
			good().text("createEconomicEvent.economicEvent.id")
		r := ada.ask(read, vars{"id": id}).good()
		for _, field := range []string{"hasPointInTime", "hasBeginning", "hasEnd"} {
			if got := r.text("economicEvent." + field); got != want {
				t.Errorf("%s: %s is %s, want %s", given, field, got, want)
			}
		}
		if !strings.HasSuffix(r.text("economicEvent.created"), "Z") {
			t.Errorf("created: %v", r.Data)
		}
	}
	id := ada.record(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceConformsTo": kind, "resourceQuantity": of("1", kilogram), "hasBeginning": "2026-05-03T08:00:00Z", "created": "2026-05-04"}).
		good().text("createEconomicEvent.economicEvent.id")
	r := ada.ask(read, vars{"id": id}).good()
	if r.at("economicEvent.hasPointInTime") != nil || r.at("economicEvent.hasEnd") != nil || r.text("economicEvent.created") != "2026-05-04T12:00:00-05:00" {
		t.Errorf("%v", r.Data)
	}
}

// An update names its record by its revision or its id, changes what it says,
// takes away what it says is null, and leaves the rest; each change is a revision.
func TestUpdatesAndRevisions(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		r := ada.ask(`mutation { createProcess(process: {name: "Grow", note: "collards", classifiedAs: ["a", "b"], finished: false, hasBeginning: "2026-05-01"}) { process { id revisionId } } }`, nil).good()
		id, first := r.text("createProcess.process.id"), r.text("createProcess.process.revisionId")
		const update = `mutation($p: ProcessUpdateParams!) { updateProcess(process: $p) { process { id revisionId name note classifiedAs finished hasBeginning } } }`
		r = ada.ask(update, vars{"p": vars{"revisionId": first, "note": nil, "finished": true}}).good()
		second := r.text("updateProcess.process.revisionId")
		if r.text("updateProcess.process.name") != "Grow" || r.at("updateProcess.process.note") != nil || r.at("updateProcess.process.finished") != true ||
			r.count("updateProcess.process.classifiedAs") != 2 || r.text("updateProcess.process.hasBeginning") != "2026-05-01T12:00:00-05:00" {
			t.Errorf("%v", r.Data)
		}
		ada.ask(update, vars{"p": vars{"revisionId": first, "name": "Weed"}}).refused("STALE")
		ada.ask(update, vars{"p": vars{"revisionId": id, "name": "Weed", "classifiedAs": nil, "hasBeginning": nil}}).good() // the id in the revision's place
		r = ada.ask(update, vars{"p": vars{"id": id, "name": "Harvest"}}).good()
		if r.text("updateProcess.process.name") != "Harvest" || r.at("updateProcess.process.classifiedAs") != nil || r.at("updateProcess.process.hasBeginning") != nil {
			t.Errorf("%v", r.Data)
		}
		r = ada.ask(`query($id: ID!, $first: ID!, $second: ID!) { process(id: $id) { name
			a: revision(revisionId: $first) { name note finished revisionId meta { previousRevision { id } previousRevisionsCount futureRevisionsCount latestRevision { id } retrievedRevision { id time author { name } } } }
			b: revision(revisionId: $second) { name note finished meta { previousRevision { id } previousRevisionsCount futureRevisionsCount } }
			meta { previousRevisionsCount futureRevisionsCount } } }`, vars{"id": id, "first": first, "second": second}).good()
		if r.text("process.a.note") != "collards" || r.at("process.a.finished") != false || r.text("process.a.revisionId") != first || r.at("process.a.meta.previousRevision") != nil ||
			r.at("process.a.meta.futureRevisionsCount") != 3.0 || r.text("process.a.meta.retrievedRevision.author.name") != "Ada of farms" || r.text("process.a.meta.retrievedRevision.id") != first {
			t.Errorf("the first revision: %v", r.at("process.a"))
		}
		if r.at("process.b.note") != nil || r.at("process.b.finished") != true || r.text("process.b.meta.previousRevision.id") != first || r.at("process.b.meta.previousRevisionsCount") != 1.0 {
			t.Errorf("the second revision: %v", r.at("process.b"))
		}
		if r.at("process.meta.previousRevisionsCount") != 3.0 || r.at("process.meta.futureRevisionsCount") != 0.0 {
			t.Errorf("the latest revision: %v", r.at("process.meta"))
		}
		if deleted := ada.ask(`mutation($id: ID!) { deleteProcess(id: $id) }`, vars{"id": id}).good().at("deleteProcess"); deleted != true {
			t.Errorf("%v", deleted)
		}
		ada.ask(`query($id: ID!) { process(id: $id) { id } }`, vars{"id": id}).refused("NOT_FOUND")
	})
}

// What is in use is not deleted; a person is erased, and stays a party.
func TestDeletions(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, bea := ada.organization("Farm"), ada.person("Bea")
		process := ada.process("Grow")
		event := ada.record(vars{"action": "work", "provider": bea, "receiver": farm, "inputOf": process, "effortQuantity": of("1", hour), "resourceConformsTo": ada.kind("Gardening")}).
			good().text("createEconomicEvent.economicEvent.id")
		r := ada.ask(`query($id: ID!) { process(id: $id) { deletable observedInputs { id } involvedAgents { edges { node { name } } } workingAgents { edges { node { name } } } } }`, vars{"id": process}).good()
		if r.at("process.deletable") != false || r.count("process.observedInputs") != 1 || r.count("process.involvedAgents.edges") != 2 || r.text("process.workingAgents.edges.0.node.name") != "Bea" {
			t.Errorf("%v", r.Data)
		}
		ada.ask(`mutation($id: ID!) { deleteProcess(id: $id) }`, vars{"id": process}).refused("IN_USE")
		ada.ask(`mutation($id: ID!) { deleteOrganization(revisionId: $id) }`, vars{"id": farm}).refused("IN_USE")
		ada.ask(`mutation($id: ID!) { deletePerson(id: $id) }`, vars{"id": bea}).good()
		r = ada.ask(`query($id: ID!) { economicEvent(id: $id) { provider { id name image note } } }`, vars{"id": event}).good()
		if r.text("economicEvent.provider.id") != bea || strings.Contains(r.text("economicEvent.provider.name"), "Bea") {
			t.Errorf("%v", r.Data)
		}
	})
}

// A unit of OM2 is there already; one of the network's own has no name in OM2.
func TestUnits(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	const create = `mutation($u: UnitCreateParams!) { createUnit(unit: $u) { unit { id label symbol omUnitIdentifier classifiedAs iri } } }`
	r := ada.ask(create, vars{"u": vars{"label": "whatever", "symbol": "w", "omUnitIdentifier": "kilogram"}}).good()
	if r.text("createUnit.unit.id") != kilogram || r.text("createUnit.unit.symbol") != "kg" || r.text("createUnit.unit.iri") != valueflows.OM2+"kilogram" {
		t.Errorf("%v", r.Data)
	}
	r = ada.ask(create, vars{"u": vars{"label": "bunch", "symbol": "bunch", "classifiedAs": []string{"produce"}}}).good()
	if r.text("createUnit.unit.omUnitIdentifier") != "" || r.count("createUnit.unit.classifiedAs") != 1 {
		t.Errorf("%v", r.Data)
	}
	r = ada.ask(`{ units(filter: {searchString: "BUNCH"}) { edges { node { label } } } }`, nil).good()
	if r.count("units.edges") != 1 || r.text("units.edges.0.node.label") != "bunch" {
		t.Errorf("%v", r.Data)
	}
	if id := ada.ask(`{ unit(id: "`+valueflows.OM2+`kilogram") { id } }`, nil).good().text("unit.id"); id != kilogram {
		t.Errorf("%s", id)
	}
}

// Each filter finds what it says and nothing else.
func TestFilters(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, shop := ada.organization("Farm"), ada.organization("Shop")
		collards, gardening := ada.kind("Collards"), ada.kind("Gardening")
		grow, wash := ada.process("Grow"), ada.process("Wash")
		lot := ada.stock(farm, collards, "10", kilogram)
		bea := ada.person("Bea")
		ada.record(vars{"action": "work", "provider": bea, "receiver": farm, "inputOf": grow, "resourceConformsTo": gardening, "effortQuantity": of("1", hour), "stream": "love", "hasPointInTime": "2026-06-01T00:00:00Z", "note": "Weeding 100%"}).good()
		ada.record(vars{"action": "work", "provider": bea, "receiver": farm, "inputOf": wash, "resourceConformsTo": gardening, "effortQuantity": of("1", hour), "stream": "livelihood", "hasPointInTime": "2026-07-01T00:00:00Z", "resourceClassifiedAs": []string{"urn:x"}}).good()
		ada.recordNew(vars{"action": "transfer", "provider": farm, "receiver": shop, "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram), "hasPointInTime": "2026-07-02T00:00:00Z", "state": "fresh"}, vars{"name": "Sold", "trackingIdentifier": "lot 7"}).good()
		for _, test := range []struct {
			list   string
			filter vars
			want   int
		}{
			{"economicEvents", vars{}, 4},
			{"economicEvents", vars{"action": "work"}, 2},
			{"economicEvents", vars{"action": []string{"raise", "transfer"}}, 2},
			{"economicEvents", vars{"providerId": bea}, 2},
			{"economicEvents", vars{"receiverId": []string{shop, bea}}, 1},
			{"economicEvents", vars{"stream": "love"}, 1},
			{"economicEvents", vars{"stream": []string{"love", "livelihood"}, "process": wash}, 1},
			{"economicEvents", vars{"startDate": "2026-06-01T00:00:00Z", "endDate": "2026-07-01T00:00:00Z"}, 1},
			{"economicEvents", vars{"startDate": "2026-07-01T00:00:00Z"}, 2},
			{"economicEvents", vars{"resourceConformsTo": gardening}, 2},
			{"economicEvents", vars{"resource": lot}, 2},
			{"economicEvents", vars{"process": []string{grow, wash}}, 2},
			{"economicEvents", vars{"resourceClassifiedAs": "urn:x"}, 1},
			{"economicEvents", vars{"searchString": "weeding 100%"}, 1},
			{"economicEvents", vars{"searchString": "%"}, 1},
			{"economicResources", vars{"conformsTo": collards}, 2},
			{"economicResources", vars{"primaryAccountable": shop}, 1},
			{"economicResources", vars{"custodian": farm}, 1},
			{"economicResources", vars{"trackingIdentifier": "lot 7"}, 1},
			{"economicResources", vars{"state": "fresh"}, 1},
			{"economicResources", vars{"searchString": "SOLD"}, 1},
			{"processes", vars{"searchString": "was"}, 1},
			{"processes", vars{"finished": true}, 0},
			{"processes", vars{"finished": false}, 2},
			{"people", vars{"searchString": "bea"}, 1},
			{"organizations", vars{"searchString": "bea"}, 0},
			{"agents", vars{"classifiedAs": "urn:y"}, 0},
			{"resourceSpecifications", vars{"searchString": "gard"}, 1},
		} {
			params := strings.ToUpper(test.list[:1]) + test.list[1:len(test.list)-1] + "FilterParams"
			for list, of := range map[string]string{"processes": "ProcessFilterParams", "people": "AgentFilterParams", "organizations": "AgentFilterParams"} {
				if test.list == list {
					params = of
				}
			}
			r := ada.ask("query($f: "+params+") { "+test.list+"(filter: $f) { edges { node { id } } } }", vars{"f": test.filter}).good()
			if got := r.count(test.list + ".edges"); got != test.want {
				t.Errorf("%s %v: %d, want %d", test.list, test.filter, got, test.want)
			}
		}
	})
}

// A plain list is never cut short: past 1,000 records it says what to ask for.
func TestPlainListsAreNeverCutShort(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm, process := ada.organization("Farm"), ada.process("Grow")
	ctx := node.WithPrincipal(t.Context(), node.Principal{Lab: b.lab, Role: node.Steward})
	id := func(text string) valueflows.ID {
		parsed, err := valueflows.ParseID(text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	event := valueflows.EconomicEvent{Action: "work", Provider: id(farm), Receiver: id(farm), InputOf: id(process), ResourceConformsTo: id(ada.kind("Gardening")),
		EffortQuantity: &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("1"), HasUnit: valueflows.Hour}}
	record := func(n int) {
		var wait sync.WaitGroup
		for range 50 {
			wait.Go(func() {
				for range n {
					e := event
					if _, _, err := b.node.RecordEvent(ctx, &e, nil); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
	}
	record(listMax / 50)
	const query = `query($id: ID!) { process(id: $id) { observedInputs { id } } }`
	if n := ada.ask(query, vars{"id": process}).good().count("process.observedInputs"); n != listMax {
		t.Errorf("%d of %d", n, listMax)
	}
	event.Note = "one too many"
	if _, _, err := b.node.RecordEvent(ctx, &event, nil); err != nil {
		t.Fatal(err)
	}
	r := ada.ask(query, vars{"id": process}).refused("TOO_MANY")
	if !strings.Contains(r.Errors[0].Message, "economicEvents(filter: {process: …})") || r.at("process.observedInputs") != nil {
		t.Errorf("%+v", r.Errors)
	}
}

// Care for people shows a steward its hours, and neither who nor for whom.
func TestCareForPeopleInHoursOnly(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada, bea := b.steward(), b.as("Bea", node.Member)
	me := bea.ask("{ myAgent { id name } }", nil).good().text("myAgent.id")
	neighbour := ada.person("Neighbour")
	gardening := ada.kind("Care")
	bea.record(vars{"action": "work", "provider": me, "receiver": neighbour, "resourceConformsTo": gardening, "effortQuantity": of("3", hour), "stream": "carePeople"}).good()
	const query = `{ economicEvents(last: 1) { edges { node { stream effortQuantity { hasNumericalValue } provider { name } receiver { name } resourceConformsTo { name } note } } } }`
	if r := bea.ask(query, nil).good(); r.text("economicEvents.edges.0.node.provider.name") != "Bea" || r.text("economicEvents.edges.0.node.receiver.name") != "Neighbour" {
		t.Errorf("a party sees %v", r.Data)
	}
	r := ada.ask(query, nil).good()
	hidden := func(field string) bool { return r.text("economicEvents.edges.0.node."+field+".name") == "(not shown)" }
	if !hidden("provider") || !hidden("receiver") || r.at("economicEvents.edges.0.node.resourceConformsTo") != nil || r.text("economicEvents.edges.0.node.effortQuantity.hasNumericalValue") != "3" {
		t.Errorf("the steward sees %v", r.Data)
	}
	r = ada.ask(`{ contributions(groupBy: [STREAM, AGENT]) { stream agent { name } effortQuantity { hasNumericalValue } } }`, nil).good()
	if r.at("contributions.0.agent") != nil || r.text("contributions.0.effortQuantity.0.hasNumericalValue") != "3" {
		t.Errorf("the sums: %v", r.Data)
	}
}

// A key of a header is as much a stranger's text as anything.
func TestIdempotencyKeyIsChecked(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		const create = `createUnit(unit: {label: "bunch", symbol: "bunch"}) { unit { id } }`
		for _, key := range []string{strings.Repeat("x", 256), "caf\xe9", "caf\u00e9", "\u202e", "a\tb", "\xff"} {
			ada.key = key
			if r := ada.ask("mutation { "+create+" }", nil).refused("INVALID_KEY"); r.status != 400 {
				t.Errorf("%q: %d", key, r.status)
			}
		}
		ada.key = strings.Repeat("x", 255)
		long := strings.Repeat("a", 128)
		both := func() (string, string) {
			r := ada.ask("mutation { a: "+create+" "+long+": "+create+" }", nil).good()
			return r.text("a.unit.id"), r.text(long + ".unit.id")
		}
		first, second := both()
		if a, b := both(); a != first || b != second || first == second {
			t.Errorf("%s and %s, then %s and %s", first, second, a, b)
		}
	})
}

// Each field of a mutation answers with what it left behind, not with what an
// earlier one read.
func TestMutationsSeeEachOther(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm := ada.organization("Farm")
	lot := ada.stock(farm, ada.kind("Collards"), "10", kilogram)
	const lower = `createEconomicEvent(event: {action: "lower", provider: $farm, receiver: $farm, resourceInventoriedAs: $lot, hasPointInTime: "2026-05-03",
		resourceQuantity: {hasNumericalValue: 1, hasUnit: $unit}}) { economicEvent { resourceInventoriedAs { onhandQuantity { hasNumericalValue } } } }`
	r := ada.ask("mutation($farm: ID!, $lot: ID!, $unit: ID!) { a: "+lower+" b: "+lower+" c: "+lower+" }", vars{"farm": farm, "lot": lot, "unit": kilogram}).good()
	for alias, want := range map[string]string{"a": "9", "b": "8", "c": "7"} {
		if got := r.text(alias + ".economicEvent.resourceInventoriedAs.onhandQuantity.hasNumericalValue"); got != want {
			t.Errorf("%s: %s kg, want %s", alias, got, want)
		}
	}
}
