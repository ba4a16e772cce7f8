package graph

import (
	"strings"
	"testing"

	"disconode/node"
)

// care is some hours that Bea, a member, gave a neighbour: an event, its
// correction, and the use of a wheelchair.
type care struct {
	bea                                              *client
	giver, taker, process, kind, wheelchair          string
	event, first, correction, use, useKind, useFirst string
}

func (b *books) care() care {
	b.t.Helper()
	ada := b.steward()
	c := care{bea: b.as("Bea", node.Member)}
	c.giver = c.bea.ask("{ myAgent { id } }", nil).good().text("myAgent.id")
	c.taker, c.process, c.kind, c.useKind = ada.person("Neighbour"), ada.process("Wash"), ada.kind("Washing"), ada.kind("Wheelchair")
	c.wheelchair = ada.stock(c.giver, c.useKind, "1", kilogram)
	work := vars{"action": "work", "provider": c.giver, "receiver": c.taker, "inputOf": c.process, "resourceConformsTo": c.kind, "resourceClassifiedAs": []string{"urn:x:care"},
		"effortQuantity": of("3", hour), "stream": "carePeople", "note": "a bath"}
	r := c.bea.record(work).good()
	c.event, c.first = r.text("createEconomicEvent.economicEvent.id"), r.text("createEconomicEvent.economicEvent.revisionId")
	c.bea.ask(`mutation($e: ID!) { updateEconomicEvent(event: {id: $e, note: "a long bath"}) { economicEvent { id } } }`, vars{"e": c.event}).good()
	work["effortQuantity"], work["corrects"] = of("-1", hour), c.event
	c.correction = c.bea.record(work).good().text("createEconomicEvent.economicEvent.id")
	r = c.bea.record(vars{"action": "use", "provider": c.giver, "receiver": c.taker, "inputOf": c.process, "resourceInventoriedAs": c.wheelchair,
		"effortQuantity": of("2", hour), "stream": "carePeople"}).good()
	c.use, c.useFirst = r.text("createEconomicEvent.economicEvent.id"), r.text("createEconomicEvent.economicEvent.revisionId")
	return c
}

// keepers are those who see care for people in hours only.
func (b *books) keepers() map[string]*client {
	return map[string]*client{"a bookkeeper": b.as("Bo", node.Bookkeeper), "a steward": b.steward(), "an auditor": b.as("Olga", node.Auditor)}
}

// Who keeps the books sees how long care for people took, and by no field of
// the event who gave it, who got it, or what it was.
func TestCareTellsNobody(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		c := b.care()
		const query = `query($id: ID!, $first: ID!) { economicEvent(id: $id) {
			effortQuantity { hasNumericalValue } provider { id name } receiver { id name } recordedBy { id name } note
			inputOf { id } outputOf { id } resourceInventoriedAs { id } resourceConformsTo { id } resourceClassifiedAs inScopeOf { ... on Person { id } } triggeredBy { id } corrects { id }
			meta { previousRevision { author { id } } latestRevision { author { id } } retrievedRevision { author { id } } }
			correctedBy { edges { node { id provider { id } receiver { id } recordedBy { id } meta { retrievedRevision { author { id } } } } } }
			revision(revisionId: $first) { provider { id } receiver { id } recordedBy { id } note inputOf { id } resourceConformsTo { id } resourceClassifiedAs
				meta { previousRevision { author { id } } latestRevision { author { id } } retrievedRevision { author { id } } } }
		} }`
		secrets := []string{c.giver, c.taker, "Bea", "Neighbour", "bath", c.process, c.kind, c.wheelchair, "urn:x:care"}
		events := map[string]string{c.event: c.first, c.correction: c.first, c.use: c.useFirst}
		for event, first := range events {
			for who, keeper := range b.keepers() {
				r := keeper.ask(query, vars{"id": event, "first": first})
				if r.Data["economicEvent"] == nil {
					t.Fatalf("%s: %+v", who, r.Errors)
				}
				for _, secret := range secrets {
					if strings.Contains(r.told(), secret) {
						t.Errorf("%s learns %s of %s", who, secret, r.told())
					}
				}
				if event == c.event {
					if hours := r.text("economicEvent.effortQuantity.hasNumericalValue"); hours != "3" {
						t.Errorf("%s sees %s hours", who, hours)
					}
					for _, revision := range []string{"meta.previousRevision", "meta.latestRevision", "meta.retrievedRevision"} {
						if r.at("economicEvent."+revision) == nil || r.at("economicEvent."+revision+".author") != nil {
							t.Errorf("%s sees at %s %v", who, revision, r.at("economicEvent."+revision))
						}
					}
				}
			}
		}
		told := c.bea.ask(query, vars{"id": c.event, "first": c.first}).good()
		for _, place := range []string{"provider.id", "recordedBy.id", "meta.previousRevision.author.id", "meta.latestRevision.author.id", "meta.retrievedRevision.author.id",
			"correctedBy.edges.0.node.provider.id", "correctedBy.edges.0.node.recordedBy.id", "revision.provider.id", "revision.meta.latestRevision.author.id"} {
			if id := told.text("economicEvent." + place); id != c.giver {
				t.Errorf("who gave it sees at %s: %s", place, id)
			}
		}
	})
}

// No filter, no list of a party, a process or a resource, and no grouping of
// contributions tells the one who keeps the books what the event hides.
func TestCareIsFoundByNothingItHides(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		c := b.care()
		filters := map[string]vars{
			"providerId": {"providerId": c.giver, "action": []string{"work", "use"}}, "receiverId": {"receiverId": c.taker}, "resourceClassifiedAs": {"resourceClassifiedAs": "urn:x:care"},
			"process": {"process": c.process}, "resource": {"resource": c.wheelchair, "action": "use"}, "searchString": {"searchString": "bath"}, "resourceConformsTo": {"resourceConformsTo": []string{c.kind, c.useKind}, "stream": "carePeople"},
		}
		const list = `query($f: EconomicEventFilterParams) { economicEvents(filter: $f) { edges { node { id provider { id } } } } }`
		const ways = `query($giver: ID!, $taker: ID!, $process: ID!, $kind: ID!, $wheelchair: ID!) {
			giver: agent(id: $giver) { economicEvents(filter: {stream: carePeople}) { edges { cursor } } economicEventsAsProvider(filter: {stream: carePeople}) { edges { cursor } } }
			taker: agent(id: $taker) { economicEvents { edges { cursor } } economicEventsAsReceiver { edges { cursor } } }
			process(id: $process) { observedInputs { id } workingAgents { edges { cursor } } involvedAgents { edges { cursor } } }
			kind: resourceSpecification(id: $kind) { economicEvents { edges { cursor } } }
			wheelchair: economicResource(id: $wheelchair) { economicEventsInOutFrom(filter: {action: "use"}) { edges { cursor } } }
		}`
		paths := []string{"giver.economicEvents.edges", "giver.economicEventsAsProvider.edges", "taker.economicEvents.edges", "taker.economicEventsAsReceiver.edges",
			"process.observedInputs", "process.workingAgents.edges", "process.involvedAgents.edges", "kind.economicEvents.edges", "wheelchair.economicEventsInOutFrom.edges"}
		given := vars{"giver": c.giver, "taker": c.taker, "process": c.process, "kind": c.kind, "wheelchair": c.wheelchair}
		for who, keeper := range b.keepers() {
			if n := keeper.ask(list, vars{"f": vars{"stream": "carePeople"}}).good().count("economicEvents.edges"); n != 3 {
				t.Errorf("%s sees %d events of care, want 3", who, n)
			}
			for by, filter := range filters {
				if n := keeper.ask(list, vars{"f": filter}).good().count("economicEvents.edges"); n != 0 {
					t.Errorf("%s finds %d by %s", who, n, by)
				}
			}
			r := keeper.ask(ways, given).good()
			for _, path := range paths {
				if n := r.count(path); n != 0 {
					t.Errorf("%s finds %d in %s", who, n, path)
				}
			}
			for _, groups := range []string{"AGENT", "RECEIVER", "PROCESS", "RESOURCE_SPECIFICATION", "ACTION STREAM MONTH", "AGENT RECEIVER ACTION RESOURCE_SPECIFICATION PROCESS STREAM MONTH"} {
				r := keeper.ask("{ contributions(stream: [carePeople], groupBy: ["+groups+"]) { agent { id } receiver { id } process { id } resourceConformsTo { id } effortQuantity { hasNumericalValue } } }", nil).good()
				for _, secret := range []string{c.giver, c.taker, c.process, c.kind, c.useKind} {
					if strings.Contains(r.told(), secret) {
						t.Errorf("%s learns by %s: %s", who, groups, r.told())
					}
				}
				if r.count("contributions") == 0 {
					t.Errorf("%s does not learn the hours by %s", who, groups)
				}
			}
			if hours := keeper.ask("{ contributions(stream: [carePeople], groupBy: []) { effortQuantity { hasNumericalValue } } }", nil).good().text("contributions.0.effortQuantity.0.hasNumericalValue"); hours != "4" {
				t.Errorf("%s sees %s hours, want 3 - 1 + 2", who, hours)
			}
			for _, narrowed := range []string{"agent: $giver", "resourceConformsTo: $kind"} {
				r := keeper.ask("query("+map[bool]string{true: "$giver", false: "$kind"}[strings.HasPrefix(narrowed, "agent")]+": [ID!]) { contributions("+narrowed+", stream: [carePeople], groupBy: [STREAM]) { events } }",
					map[bool]vars{true: {"giver": c.giver}, false: {"kind": c.kind}}[strings.HasPrefix(narrowed, "agent")]).good()
				if r.count("contributions") != 0 {
					t.Errorf("%s learns by %s: %s", who, narrowed, r.told())
				}
			}
		}
		for by, filter := range filters { // the filters are right: who gave it finds it by each
			if n := c.bea.ask(list, vars{"f": filter}).good().count("economicEvents.edges"); n == 0 {
				t.Errorf("who gave it does not find it by %s", by)
			}
		}
		r := c.bea.ask(ways, given).good()
		for _, path := range paths {
			if r.count(path) == 0 {
				t.Errorf("who gave it does not find it in %s", path)
			}
		}
	})
}

// Who keeps the books neither changes the note of what they see in hours only,
// nor learns anything from trying.
func TestCareIsNotAnswered(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		c := b.care()
		const update = `mutation($e: ID!) { updateEconomicEvent(event: {id: $e, note: "x"}) { economicEvent { provider { id name } receiver { id name } recordedBy { id } note meta { latestRevision { author { id } } } } } }`
		for who, keeper := range b.keepers() {
			r := keeper.ask(update, vars{"e": c.event})
			for _, secret := range []string{c.giver, c.taker, "Bea", "Neighbour", "bath"} {
				if text := r.told(); strings.Contains(text, secret) {
					t.Errorf("%s learns %s", who, text)
				}
			}
			if len(r.Errors) == 0 {
				t.Errorf("%s changed it", who)
			}
		}
		if note := c.bea.ask(`query($e: ID!) { economicEvent(id: $e) { note } }`, vars{"e": c.event}).good().text("economicEvent.note"); note != "a long bath" {
			t.Errorf("the note is now %q", note)
		}
	})
}
