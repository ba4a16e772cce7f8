package graph

import (
	"fmt"
	"maps"
	"testing"

	"disconode/node"
	"disconode/valueflows"
)

// Bad input of every kind gets one clear error with a stable code and the
// field's path, and changes nothing.
func TestBadInput(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, grocery := ada.organization("Farm"), ada.organization("Grocery")
		collards, process := ada.kind("Collards"), ada.process("Grow")
		lot := ada.stock(farm, collards, "10", kilogram)
		trucks := b.of(b.newLab("Trucking", "trucks"), "Ada of trucks", node.Steward)
		truck := trucks.organization("Truck")
		diesel := trucks.stock(truck, trucks.kind("Diesel"), "10", litre)
		nobody := "019a0000-0000-7000-8000-000000000000"

		lower := func(change vars) vars {
			event := vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram), "hasPointInTime": "2026-05-03T10:00:00-05:00"}
			maps.Copy(event, change)
			for field, value := range change {
				if value == nil {
					delete(event, field)
				}
			}
			return event
		}
		tests := []struct {
			name       string
			event      vars
			code, path string
		}{
			{"an unknown id", lower(vars{"resourceInventoriedAs": nobody}), "UNKNOWN_REFERENCE", "event.resourceInventoriedAs"},
			{"an unknown provider", lower(vars{"provider": nobody}), "UNKNOWN_REFERENCE", "event.provider"},
			{"an unknown unit", lower(vars{"resourceQuantity": of("1", nobody)}), "UNKNOWN_REFERENCE", "event.resourceQuantity.hasUnit"},
			{"an unknown event to correct", lower(vars{"corrects": nobody}), "UNKNOWN_REFERENCE", "event.corrects"},
			{"an agent as a unit", lower(vars{"resourceQuantity": of("1", farm)}), "WRONG_CLASS", "event.resourceQuantity.hasUnit"},
			{"an agent as a resource", lower(vars{"resourceInventoriedAs": farm}), "WRONG_CLASS", "event.resourceInventoriedAs"},
			{"a unit as a provider", lower(vars{"provider": kilogram}), "WRONG_CLASS", "event.provider"},
			{"a resource as a process", vars{"action": "work", "provider": farm, "receiver": farm, "inputOf": lot, "effortQuantity": of("1", hour)}, "WRONG_CLASS", "event.inputOf"},
			{"an event as a place", lower(vars{"toLocation": lot}), "WRONG_CLASS", "event.toLocation"},
			{"no id at all", lower(vars{"provider": "the farm"}), "INVALID_ID", "event.provider"},
			{"an empty id", lower(vars{"provider": ""}), "INVALID_ID", "event.provider"},
			{"an id with a NUL", lower(vars{"provider": "https://x.example/\x00"}), "INVALID_ID", "event.provider"},
			{"an IRI of this node that names nothing", lower(vars{"provider": "https://books.example/labs/nobody"}), "INVALID_ID", "event.provider"},
			{"an unknown action", lower(vars{"action": "harvest"}), "UNKNOWN_ACTION", "event.action"},
			{"an empty action", lower(vars{"action": ""}), "UNKNOWN_ACTION", "event.action"},
			{"another unit than the resource's", lower(vars{"resourceQuantity": of("1", litre)}), "WRONG_UNIT", "event.resourceQuantity.hasUnit"},
			{"19 digits", lower(vars{"resourceQuantity": of("1234567890123456789", kilogram)}), "OUT_OF_RANGE", "event.resourceQuantity.hasNumericalValue"},
			{"19 digits after the point", lower(vars{"resourceQuantity": of("0.1234567890123456789", kilogram)}), "OUT_OF_RANGE", "event.resourceQuantity.hasNumericalValue"},
			{"NaN", lower(vars{"resourceQuantity": of("NaN", kilogram)}), "INVALID_QUANTITY", "event.resourceQuantity.hasNumericalValue"},
			{"1e999999999", lower(vars{"resourceQuantity": of("1e999999999", kilogram)}), "OUT_OF_RANGE", "event.resourceQuantity.hasNumericalValue"},
			{"an empty number", lower(vars{"resourceQuantity": of("", kilogram)}), "INVALID_QUANTITY", "event.resourceQuantity.hasNumericalValue"},
			{"a negative quantity without corrects", lower(vars{"resourceQuantity": of("-1", kilogram)}), "NEGATIVE_QUANTITY", "event.resourceQuantity.hasNumericalValue"},
			{"a point in time and a beginning", lower(vars{"hasBeginning": "2026-05-03T09:00:00-05:00"}), "TIME_CONFLICT", "event.hasPointInTime"},
			{"a point in time and an end", lower(vars{"hasEnd": "2026-05-03T09:00:00-05:00"}), "TIME_CONFLICT", "event.hasPointInTime"},
			{"an end before the beginning", lower(vars{"hasPointInTime": nil, "hasBeginning": "2026-05-03T09:00:00Z", "hasEnd": "2026-05-03T08:00:00Z"}), "TIME_CONFLICT", "event.hasBeginning"},
			{"no time that is one", lower(vars{"hasPointInTime": "yesterday"}), "INVALID_TIME", "event.hasPointInTime"},
			{"a number as a time", lower(vars{"hasPointInTime": 1777777777}), "INVALID_TIME", "event.hasPointInTime"},
			{"a day that is none", lower(vars{"hasPointInTime": "2026-02-30"}), "INVALID_TIME", "event.hasPointInTime"},
			{"a time far ahead", lower(vars{"hasPointInTime": "2999-01-01T00:00:00Z"}), "TIME_CONFLICT", "event.hasPointInTime"},
			{"no quantity where the action asks for one", lower(vars{"resourceQuantity": nil}), "REQUIRED", "event.resourceQuantity"},
			{"no unit, and none known", vars{"action": "raise", "provider": farm, "receiver": farm, "resourceConformsTo": collards, "resourceQuantity": vars{"hasNumericalValue": "1"}}, "REQUIRED", "event.resourceQuantity.hasUnit"},
			{"no effort where the action asks for it", vars{"action": "work", "provider": farm, "receiver": farm, "inputOf": process}, "REQUIRED", "event.effortQuantity"},
			{"nothing that is lowered", lower(vars{"resourceInventoriedAs": nil}), "REQUIRED", "event.resourceConformsTo"},
			{"an output of a process that an action is no output of", lower(vars{"outputOf": process}), "NOT_OF_ACTION", "event.outputOf"},
			{"work as an output", vars{"action": "work", "provider": farm, "receiver": farm, "outputOf": process, "effortQuantity": of("1", hour)}, "NOT_OF_ACTION", "event.outputOf"},
			{"more than there is", lower(vars{"resourceQuantity": of("10.000000001", kilogram)}), "INSUFFICIENT", "event.resourceQuantity.hasNumericalValue"},
			{"more than there is to transfer", vars{"action": "transfer", "provider": farm, "receiver": grocery, "resourceInventoriedAs": lot, "resourceQuantity": of("11", kilogram)}, "INSUFFICIENT", "event.resourceQuantity.hasNumericalValue"},
			{"another LAB's resource", lower(vars{"resourceInventoriedAs": diesel}), "UNKNOWN_REFERENCE", "event.resourceInventoriedAs"},
			{"another LAB's agent", lower(vars{"receiver": truck}), "UNKNOWN_REFERENCE", "event.receiver"},
			{"a stream that is none", lower(vars{"stream": "leisure"}), "INVALID_VARIABLE", "event.stream"},
			{"a text with a NUL", lower(vars{"note": "a\x00b"}), "INVALID_TEXT", "event.note"},
			{"an empty classification", lower(vars{"resourceClassifiedAs": []string{"x", ""}}), "INVALID_URI", "event.resourceClassifiedAs.1"},
			{"no provider", vars{"action": "lower", "receiver": farm}, "INVALID_VARIABLE", "event.provider"},
			{"a field that is none", lower(vars{"color": "green"}), "INVALID_VARIABLE", "event.color"},
		}
		for _, test := range tests {
			before := ada.state()
			r := ada.record(test.event)
			if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != test.code || r.Errors[0].Extensions.Path != test.path {
				t.Errorf("%s: want one error %s at %s, got %+v", test.name, test.code, test.path, r.Errors)
			}
			if ada.state() != before {
				t.Errorf("%s: something was written", test.name)
			}
		}
		if left := ada.onhand(lot); left != "10" {
			t.Errorf("%s kg are left of 10", left)
		}
		if n := ada.ask("{ economicEvents { edges { cursor } } }", nil).good().count("economicEvents.edges"); n != 1 {
			t.Errorf("%d events, want the one that raised the lot", n)
		}
		if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("verify: %v %v", wrong, err)
		}
	})
}

// Bad input to what is not an event.
func TestBadInputElsewhere(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm, person := ada.organization("Farm"), ada.person("Bea")
	nobody := "019a0000-0000-7000-8000-000000000000"
	before := ada.state()
	for _, test := range []struct{ query, code, path string }{
		{`mutation { createOrganization(organization: {name: " "}) { agent { id } } }`, "REQUIRED", "organization.name"},
		{`mutation { createOrganization(organization: {name: "x", primaryLocation: "` + farm + `"}) { agent { id } } }`, "WRONG_CLASS", "organization.primaryLocation"},
		{`mutation { createUnit(unit: {label: "", symbol: ""}) { unit { id } } }`, "REQUIRED", "unit.label"},
		{`mutation { createProcess(process: {name: "x", basedOn: "` + nobody + `"}) { process { id } } }`, "UNKNOWN_REFERENCE", "process.basedOn"},
		{`mutation { createProcess(process: {name: "x", inScopeOf: ["` + farm + `", "` + person + `"]}) { process { id } } }`, "TOO_MANY", "process.inScopeOf"},
		{`mutation { createProcess(process: {name: "x", inScopeOf: "x"}) { process { id } } }`, "INVALID_ID", "process.inScopeOf"},
		{`mutation { createProcess(process: {name: "x", hasBeginning: "2026-05-02", hasEnd: "2026-05-01"}) { process { id } } }`, "TIME_CONFLICT", "process.hasBeginning"},
		{`mutation { createSpatialThing(spatialThing: {name: "x", lat: "90.1"}) { spatialThing { id } } }`, "OUT_OF_RANGE", "spatialThing.lat"},
		{`mutation { createResourceSpecification(resourceSpecification: {name: "x", defaultUnitOfResource: "` + farm + `"}) { resourceSpecification { id } } }`, "WRONG_CLASS", "resourceSpecification.defaultUnitOfResource"},
		{`mutation { updateOrganization(organization: {name: "x"}) { agent { id } } }`, "REQUIRED", "organization.revisionId"},
		{`mutation { updateOrganization(organization: {id: "` + person + `", name: "x"}) { agent { id } } }`, "NOT_FOUND", ""},
		{`mutation { updatePerson(person: {id: "` + person + `", name: null}) { agent { id } } }`, "REQUIRED", "person.name"},
		{`mutation { updateUnit(unit: {id: "` + kilogram + `", label: "kilo"}) { unit { id } } }`, "NOT_FOUND", ""},
		{`mutation { deleteOrganization(id: "` + person + `") }`, "NOT_FOUND", ""},
		{`mutation { deletePerson }`, "REQUIRED", "revisionId"},
		{`mutation { deletePerson(id: "x") }`, "INVALID_ID", "id"},
		{`{ person(id: "` + farm + `") { id } }`, "NOT_FOUND", ""},
		{`{ agent(id: "` + nobody + `") { id } }`, "NOT_FOUND", ""},
		{`{ unit(id: "` + farm + `") { id } }`, "NOT_FOUND", ""},
		{`{ action(id: "harvest") { id } }`, "UNKNOWN_ACTION", "id"},
		{`{ organization(id: "` + farm + `") { revision(revisionId: "` + nobody + `") { id } } }`, "NOT_FOUND", ""},
		{`{ economicEvents(filter: {providerId: "x"}) { edges { cursor } } }`, "INVALID_ID", "filter.providerId.0"},
		{`{ economicEvents(filter: {action: ["work", "harvest"]}) { edges { cursor } } }`, "UNKNOWN_ACTION", "filter.action.1"},
		{`{ economicEvents(filter: {startDate: "now"}) { edges { cursor } } }`, "INVALID_TIME", "filter.startDate"},
		{`{ contributions(groupBy: [AGENT], from: "2026-05-02", to: "2026-05-01") { events } }`, "TIME_CONFLICT", "from"},
		{`{ contributions(groupBy: [AGENT], agent: "x") { events } }`, "INVALID_ID", "agent"},
		{`{ contributions(groupBy: [COLOR]) { events } }`, "GRAPHQL_VALIDATION_FAILED", ""},
	} {
		r := ada.ask(test.query, nil)
		if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != test.code || r.Errors[0].Extensions.Path != test.path {
			t.Errorf("%s\n\twant one error %s at %q, got %+v", test.query, test.code, test.path, r.Errors)
		}
	}
	if ada.state() != before {
		t.Error("something was written")
	}
}

// Every role may do what the policy says, and every other role is told so.
func TestRoles(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm := ada.organization("Farm")
	for role, may := range map[node.Role]string{node.Steward: "", node.Bookkeeper: "", node.Member: "FORBIDDEN", node.Auditor: "FORBIDDEN"} {
		c := b.as(fmt.Sprint("Some ", role), role)
		c.ask("{ agents { edges { node { name } } } economicEvents { edges { cursor } } }", nil).good()
		r := c.ask(`mutation { createOrganization(organization: {name: "Household"}) { agent { id } } }`, nil)
		if may == "" {
			r.good()
		} else if r.refused(may); r.status != 403 {
			t.Errorf("%s: %d", role, r.status)
		}
		r = c.record(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceConformsTo": ada.kind("x"), "resourceQuantity": of("1", kilogram)})
		if may == "" {
			r.good()
		} else {
			r.refused(may)
		}
	}
	stranger := b.stranger()
	stranger.ask("{ actions { id } action(id: \"work\") { label } __typename }", nil).good()
	stranger.ask("query { ...f } fragment f on Query { actions { id } }", nil).good()
	for _, query := range []string{"{ units { edges { cursor } } }", "{ myAgent { id } }", "{ actions { id } agents { edges { cursor } } }", "query { ...f } fragment f on Query { units { edges { cursor } } }",
		`mutation { createUnit(unit: {label: "x", symbol: "x"}) { unit { id } } }`, "mutation { __typename }", "{ contributions(groupBy: []) { events } }", `{ __type(name: "Query") { name } }`} {
		for _, token := range []string{"", "disconode_x", "x", ada.token + "x"} {
			stranger.token = token
			if r := stranger.ask(query, nil).refused("UNAUTHENTICATED"); r.status != 401 {
				t.Errorf("%s: %d", query, r.status)
			}
		}
	}
}

// An id in an input is a UUID, or an IRI of this node or of another; what an
// IRI names that nothing is known of becomes a stub.
func TestReferences(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm := ada.organization("Farm")
		iri := ada.ask(`query($id: ID!) { organization(id: $id) { iri } }`, vars{"id": farm}).good().text("organization.iri")
		if want := "https://books.example/vf/Organization/" + farm; iri != want {
			t.Errorf("%s, want %s", iri, want)
		}
		if name := ada.ask(`query($id: ID!) { organization(id: $id) { name } }`, vars{"id": iri}).good().text("organization.name"); name != "Farm" {
			t.Errorf("%s", name)
		}
		lab := ada.ask(`{ organization(id: "https://books.example/labs/farms") { id iri name } }`, nil).good()
		if lab.text("organization.id") != b.lab.String() || lab.text("organization.iri") != "https://books.example/labs/farms" || lab.text("organization.name") != "Freedom Farms" {
			t.Errorf("%v", lab.Data)
		}
		const far = "https://other.example/vf/Organization/1"
		event := ada.record(vars{"action": "deliver-service", "provider": far, "receiver": iri, "resourceConformsTo": ada.kind("Advice"), "resourceQuantity": of("1", valueflows.OMUnitID("one").String())}).
			good().text("createEconomicEvent.economicEvent.id")
		r := ada.ask(`query($id: ID!, $far: ID!) { economicEvent(id: $id) { action { id } provider { id iri __typename } receiver { id } } agent(id: $far) { id } }`, vars{"id": event, "far": far}).good()
		if r.text("economicEvent.provider.iri") != far || r.text("economicEvent.provider.id") != r.text("agent.id") || r.text("economicEvent.receiver.id") != farm || r.text("economicEvent.action.id") != "deliverService" {
			t.Errorf("%v", r.Data)
		}
	})
}

// The same request under the same key has one effect and one answer; another
// request under it is refused.
func TestIdempotencyKey(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm := ada.organization("Farm")
		collards := ada.kind("Collards")
		ada.key = "key 1"
		lot := ada.stock(farm, collards, "10", kilogram)
		if again := ada.stock(farm, collards, "10", kilogram); again != lot {
			t.Errorf("the same request made %s and %s", lot, again)
		}
		ada.recordNew(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceQuantity": of("11", kilogram), "resourceConformsTo": collards}, vars{}).refused("IDEMPOTENCY_CONFLICT")
		ada.ask(`mutation { createEconomicEvent: createUnit(unit: {label: "bunch", symbol: "bunch"}) { unit { id } } }`, nil).refused("IDEMPOTENCY_CONFLICT")
		// two fields of one request have a key each
		ada.key = "key 2"
		const two = `mutation { a: createUnit(unit: {label: "bunch", symbol: "bunch"}) { unit { id } } b: createUnit(unit: {label: "crate", symbol: "crate"}) { unit { id } } }`
		first, second := ada.ask(two, nil).good(), ada.ask(two, nil).good()
		if first.text("a.unit.id") != second.text("a.unit.id") || first.text("b.unit.id") != second.text("b.unit.id") || first.text("a.unit.id") == first.text("b.unit.id") {
			t.Errorf("%v, then %v", first.Data, second.Data)
		}
		ada.key = "key 3"
		ada.ask(`mutation($id: ID!) { updateOrganization(organization: {id: $id, note: "a"}) { agent { id } } }`, vars{"id": farm}).good()
		ada.ask(`mutation($id: ID!) { updateOrganization(organization: {id: $id, note: "b"}) { agent { id } } }`, vars{"id": farm}).refused("IDEMPOTENCY_CONFLICT")
		ada.key = "key 4"
		ada.ask(`mutation($id: ID!) { deleteUnit(id: $id) }`, vars{"id": first.text("a.unit.id")}).good()
		ada.ask(`mutation($id: ID!) { deleteUnit(id: $id) }`, vars{"id": first.text("a.unit.id")}).good()
		ada.key = ""
		if held := ada.onhand(lot); held != "10" {
			t.Errorf("%s kg", held)
		}
	})
}

// Clients that send null for what they do not state are understood.
func TestNullIsAsNotGiven(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm, greens := ada.organization("Farm"), ada.kind("Greens")
	process, role := ada.process("Wash"), ada.make("AgentRelationshipRole", vars{"roleLabel": "supplies"})
	for class, said := range map[string]vars{
		"EconomicEvent": {"action": "work", "provider": farm, "receiver": farm, "inputOf": process, "resourceConformsTo": greens, "effortQuantity": of("1", hour),
			"hasPointInTime": "2026-05-01T08:00:00Z"},
		"Intent": {"action": "work", "receiver": farm}, "Commitment": {"action": "work", "provider": farm, "receiver": farm}, "Claim": {"action": "transfer"},
		"Plan": {"name": "Spring"}, "Agreement": {"name": "Boxes"}, "AgreementBundle": {"name": "2026"}, "Proposal": {"name": "Greens"}, "ProposalList": {"name": "Prices"},
		"Recipe": {"name": "Greens"}, "RecipeProcess": {"name": "Washing"}, "RecipeExchange": {"name": "Sale"}, "RecipeFlow": {"action": "work"},
		"AgentRelationshipRole": {"roleLabel": "buys from"}, "AgentRelationship": {"subject": farm, "object": farm, "relationship": role},
		"Process": {"name": "Dry"}, "ProcessSpecification": {"name": "Drying"}, "ResourceSpecification": {"name": "Kale"}, "SpatialThing": {"name": "Hill"}, "BatchLotRecord": {"batchLotCode": "L1"},
	} {
		all := maps.Clone(said)
		for _, f := range ourSchema().Types[class+"CreateParams"].Fields {
			if _, stated := said[f.Name]; !stated && !f.Type.NonNull {
				all[f.Name] = nil
			}
		}
		if len(all) == len(said) {
			t.Errorf("%s: nothing is null", class)
		}
		if class == "EconomicEvent" {
			ada.record(all).good()
		} else {
			ada.make(class, all)
		}
	}
}
