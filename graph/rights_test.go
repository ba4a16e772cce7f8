package graph

import (
	"fmt"
	"testing"

	"disconode/node"
	"disconode/valueflows"
)

// What is another LAB's answers as what is nobody's, whichever way it is asked for.
func TestA02AnotherLabsRecords(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm := ada.organization("Farm")
		collards := ada.kind("Collards")
		lot := ada.stock(farm, collards, "10", kilogram)
		process := ada.process("Grow")
		event := ada.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram)}).good().text("createEconomicEvent.economicEvent.id")
		place := ada.ask(`mutation { createSpatialThing(spatialThing: {name: "Hill"}) { spatialThing { id } } }`, nil).good().text("createSpatialThing.spatialThing.id")
		code := ada.ask(`mutation { createBatchLotRecord(batchLotRecord: {batchLotCode: "L1"}) { batchLotRecord { id } } }`, nil).good().text("createBatchLotRecord.batchLotRecord.id")

		trucks := b.newLab("Trucking", "trucks")
		other := b.of(trucks, "Ada of trucks", node.Steward)
		nobody := valueflows.IDOf("https://nowhere.example/x").String()
		one := func(field, id string) []problem {
			return other.ask(`query($id: ID!) { `+field+`(id: $id) { id } }`, vars{"id": id}).refused("NOT_FOUND").Errors
		}
		for field, id := range map[string]string{"agent": farm, "organization": farm, "economicResource": lot, "economicEvent": event, "process": process, "spatialThing": place, "batchLotRecord": code} {
			if hidden, missing := fmt.Sprint(one(field, id)), fmt.Sprint(one(field, nobody)); hidden != missing {
				t.Errorf("%s: %s where it is hidden, %s where it is missing", field, hidden, missing)
			}
		}
		// in filters, lists, sums
		for _, query := range []string{
			`query($a: [ID!], $r: [ID!]) { economicEvents(filter: {providerId: $a, resource: $r}) { edges { cursor } } }`,
			`query($a: [ID!], $r: [ID!]) { economicResources(filter: {primaryAccountable: $a, conformsTo: $r}) { edges { cursor } } economicEvents(filter: {resource: $r, providerId: $a}) { edges { cursor } } }`,
		} {
			r := other.ask(query, vars{"a": farm, "r": lot}).good()
			for field := range r.Data {
				if n := r.count(field + ".edges"); n != 0 {
					t.Errorf("%s shows %d records of another LAB", field, n)
				}
			}
		}
		r := other.ask(`query($a: [ID!]) { contributions(agent: $a, groupBy: [AGENT]) { events } all: contributions(groupBy: [ACTION]) { events } }`, vars{"a": farm}).good()
		if r.count("contributions") != 0 || r.count("all") != 0 {
			t.Errorf("contributions tell of another LAB: %v", r.Data)
		}
		other.ask(`query($lab: ID!) { contributions(lab: $lab, groupBy: []) { events } }`, vars{"lab": b.lab.String()}).refused("UNKNOWN_REFERENCE", "lab")
		// by a specification, which all LABs read, to what each has of it
		r = other.ask(`query($id: ID!) { resourceSpecification(id: $id) { conformingResources { edges { cursor } } economicEvents { edges { cursor } } } }`, vars{"id": collards}).good()
		if r.count("resourceSpecification.conformingResources.edges") != 0 || r.count("resourceSpecification.economicEvents.edges") != 0 {
			t.Errorf("a specification shows another LAB's: %v", r.Data)
		}
		// in what is recorded, changed, deleted
		truck := other.organization("Truck")
		before := ada.onhand(lot)
		other.record(vars{"action": "lower", "provider": truck, "receiver": truck, "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram)}).refused("UNKNOWN_REFERENCE", "event.resourceInventoriedAs")
		other.record(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceConformsTo": collards, "resourceQuantity": of("1", kilogram)}).refused("UNKNOWN_REFERENCE", "event.provider")
		other.ask(`mutation($id: ID!) { updateEconomicResource(resource: {id: $id, note: "mine"}) { economicResource { id } } }`, vars{"id": lot}).refused("NOT_FOUND")
		other.ask(`mutation($id: ID!) { deleteProcess(id: $id) }`, vars{"id": process}).refused("NOT_FOUND")
		other.ask(`mutation($id: ID!) { deleteOrganization(id: $id) }`, vars{"id": farm}).refused("NOT_FOUND")
		if after := ada.onhand(lot); after != before {
			t.Errorf("another LAB changed the stock from %s to %s", before, after)
		}
	})
}

// Nobody says in an input who recorded something, in which books, or what a
// stock comes to: the inputs have no such fields.
func TestA04NoSuchInput(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm := ada.organization("Farm")
	collards := ada.kind("Collards")
	forbidden := []string{"recordedBy", "recorded", "books", "lab", "role", "revision", "position", "stub", "overdraw", "scrapOf", "iri", "id"}
	for _, field := range forbidden {
		ada.record(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceConformsTo": collards, "resourceQuantity": of("1", kilogram), field: farm}).refused("INVALID_VARIABLE", "event."+field)
	}
	for _, field := range append(forbidden, "accountingQuantity", "onhandQuantity", "primaryAccountable", "custodian", "currentLocation", "stage", "state") {
		ada.recordNew(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceQuantity": of("1", kilogram)}, vars{"conformsTo": collards, field: farm}).refused("INVALID_VARIABLE", "new."+field)
	}
	for _, d := range ours(ourSchema()) {
		if !d.IsInputType() {
			continue
		}
		for _, f := range d.Fields {
			switch f.Name {
			case "recordedBy", "recorded", "books", "lab", "role", "position", "stub", "overdraw", "scrapOf", "accountingQuantity", "onhandQuantity":
				t.Errorf("%s.%s", d.Name, f.Name)
			}
		}
	}
}

// An event is never changed nor deleted, but for its note.
func TestA08EventsStay(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm := ada.organization("Farm")
		lot := ada.stock(farm, ada.kind("Collards"), "10", kilogram)
		r := ada.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("3", kilogram)}).good()
		event, revision := r.text("createEconomicEvent.economicEvent.id"), r.text("createEconomicEvent.economicEvent.revisionId")

		schema := ourSchema()
		for _, f := range schema.Mutation.Fields {
			if f.Name == "deleteEconomicEvent" || f.Name == "deleteEconomicResource" {
				t.Errorf("there is %s", f.Name)
			}
		}
		for _, mutation := range []string{"deleteProcess", "deleteUnit", "deleteOrganization", "deleteSpatialThing", "deleteBatchLotRecord", "deletePerson", "deleteResourceSpecification"} {
			ada.ask(`mutation($id: ID!) { `+mutation+`(id: $id) }`, vars{"id": event}).refused("NOT_FOUND")
			ada.ask(`mutation($id: ID!) { `+mutation+`(revisionId: $id) }`, vars{"id": revision}).refused("NOT_FOUND")
		}
		const update = `mutation($e: EconomicEventUpdateParams!) { updateEconomicEvent(event: $e) { economicEvent { id note revisionId meta { previousRevisionsCount } } } }`
		ada.ask(update, vars{"e": vars{"id": event, "resourceQuantity": of("1", kilogram)}}).refused("INVALID_VARIABLE", "e.resourceQuantity")
		ada.ask(update, vars{"e": vars{"id": event, "agreedIn": "https://elsewhere.example/"}}).refused("IMMUTABLE", "event.agreedIn")
		ada.ask(update, vars{"e": vars{"id": event, "triggeredBy": event}}).refused("IMMUTABLE", "event.triggeredBy")
		r = ada.ask(update, vars{"e": vars{"revisionId": revision, "note": "spoiled"}}).good()
		if r.text("updateEconomicEvent.economicEvent.note") != "spoiled" || r.at("updateEconomicEvent.economicEvent.meta.previousRevisionsCount") != 1.0 {
			t.Errorf("the note: %v", r.Data)
		}
		ada.ask(update, vars{"e": vars{"revisionId": revision, "note": "eaten"}}).refused("STALE")

		ada.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("-2", kilogram), "corrects": event}).good()
		if left := ada.onhand(lot); left != "9" {
			t.Errorf("%s kg are left, want 9: 10 - 3 + 2", left)
		}
		if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("verify: %v %v", wrong, err)
		}
	})
}
