package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"disconode/node"
	"disconode/valueflows/jsonld"
)

// told is an answer's data as text.
func (r *reply) told() string {
	r.t.Helper()
	text, err := json.Marshal(r.Data)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(text)
}

// An auditor sees who did what, and of persons pseudonyms: the same one in
// every place where a steward sees the name.
func TestAuditorSeesPseudonyms(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		const name = "Beatrix Potter"
		ada, bea, auditor := b.steward(), b.as(name, node.Bookkeeper), b.as("Olga", node.Auditor)
		me := bea.ask("{ myAgent { id } }", nil).good().text("myAgent.id")
		hill := bea.ask(`mutation { createSpatialThing(spatialThing: {name: "Hill"}) { spatialThing { id } } }`, nil).good().text("createSpatialThing.spatialThing.id")
		bea.ask(`mutation($me: ID!, $hill: ID!) { updatePerson(person: {id: $me, note: "keeps rabbits", image: "https://x.example/beatrix.png", primaryLocation: $hill}) { agent { id } } }`,
			vars{"me": me, "hill": hill}).good()
		grow := bea.ask(`mutation($me: [ID!]) { createProcess(process: {name: "Grow", inScopeOf: $me}) { process { id } } }`, vars{"me": me}).good().text("createProcess.process.id")
		work := bea.record(vars{"action": "work", "provider": me, "receiver": me, "inputOf": grow, "resourceConformsTo": bea.kind("Gardening"), "effortQuantity": of("3", hour)}).
			good().text("createEconomicEvent.economicEvent.id")
		bea.ask(`mutation($e: ID!) { updateEconomicEvent(event: {id: $e, note: "weeding"}) { economicEvent { id } } }`, vars{"e": work}).good()
		lot := bea.stock(me, bea.kind("Collards"), "10", kilogram)

		const query = `query($me: ID!, $work: ID!, $lot: ID!, $grow: ID!) {
			agent(id: $me) { name image note primaryLocation { id } meta { retrievedRevision { author { name } } } }
			person(id: $me) { name image note }
			economicEvent(id: $work) {
				provider { name } receiver { name } recordedBy { name } inScopeOf { ... on Person { name } }
				meta { previousRevision { author { name } } latestRevision { author { name } } retrievedRevision { author { name } } }
			}
			economicEvents(first: 1) { edges { node { provider { name } recordedBy { name } } } }
			economicResource(id: $lot) { primaryAccountable { name } custodian { name } }
			process(id: $grow) { inScopeOf { ... on Person { name } } meta { latestRevision { author { name } } }
				involvedAgents { edges { node { name } } } workingAgents { edges { node { name } } } observedInputs { provider { name } } }
			given: contributions(groupBy: [AGENT]) { agent { name } }
			got: contributions(groupBy: [RECEIVER]) { receiver { name } }
			agents(first: 100) { edges { node { id name image note } } }
			people(first: 100) { edges { node { id name image note } } }
		}`
		given := vars{"me": me, "work": work, "lot": lot, "grow": grow}
		full, shown := ada.ask(query, given).good(), auditor.ask(query, given).good()
		pseudonym := shown.text("agent.name")
		if !strings.HasPrefix(pseudonym, "Person ") {
			t.Errorf("to an auditor she is %s", pseudonym)
		}
		for _, place := range []string{
			"agent.name", "agent.meta.retrievedRevision.author.name", "person.name",
			"economicEvent.provider.name", "economicEvent.receiver.name", "economicEvent.recordedBy.name", "economicEvent.inScopeOf.0.name",
			"economicEvent.meta.previousRevision.author.name", "economicEvent.meta.latestRevision.author.name", "economicEvent.meta.retrievedRevision.author.name",
			"economicEvents.edges.0.node.provider.name", "economicEvents.edges.0.node.recordedBy.name",
			"economicResource.primaryAccountable.name", "economicResource.custodian.name",
			"process.inScopeOf.0.name", "process.meta.latestRevision.author.name", "process.involvedAgents.edges.0.node.name",
			"process.workingAgents.edges.0.node.name", "process.observedInputs.0.provider.name",
			"given.0.agent.name", "got.0.receiver.name",
		} {
			if got := full.text(place); got != name {
				t.Errorf("a steward sees at %s: %s", place, got)
			}
			if got := shown.text(place); got != pseudonym {
				t.Errorf("an auditor sees at %s: %s, want %s", place, got, pseudonym)
			}
		}
		for _, list := range []string{"agents", "people"} {
			if strings.Count(full.told(), `"`+me+`"`) == 0 || !strings.Contains(fmt.Sprint(full.at(list)), name) {
				t.Errorf("a steward's %s: %v", list, full.at(list))
			}
			if text := fmt.Sprint(shown.at(list)); !strings.Contains(text, pseudonym) {
				t.Errorf("an auditor's %s: %s", list, text)
			}
		}
		for _, word := range []string{"Beatrix", "Ada of farms", "rabbits", "beatrix.png", hill} {
			if strings.Contains(shown.told(), word) {
				t.Errorf("an auditor learns %s", word)
			}
			if !strings.Contains(full.told(), word) {
				t.Errorf("a steward does not learn %s", word)
			}
		}
	})
}

// An auditor finds no person by a name, whichever list is searched.
func TestAuditorFindsNobodyByName(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada, auditor := b.steward(), b.as("Olga", node.Auditor)
		hill := ada.ask(`mutation { createSpatialThing(spatialThing: {name: "Hill"}) { spatialThing { id } } }`, nil).good().text("createSpatialThing.spatialThing.id")
		bea := ada.ask(`mutation($hill: ID!) { createPerson(person: {name: "Beatrix Potter", primaryLocation: $hill}) { agent { id } } }`, vars{"hill": hill}).good().text("createPerson.agent.id")
		grow := ada.process("Grow")
		ada.record(vars{"action": "work", "provider": bea, "receiver": bea, "inputOf": grow, "resourceConformsTo": ada.kind("Gardening"), "effortQuantity": of("3", hour)}).good()
		for _, search := range []string{"Beatrix", "potter"} {
			query := `query($hill: ID!, $grow: ID!, $f: AgentFilterParams!) {
				agents(filter: $f) { edges { cursor } } people(filter: $f) { edges { cursor } }
				process(id: $grow) { involvedAgents(filter: $f) { edges { cursor } } workingAgents(filter: $f) { edges { cursor } } }
				spatialThing(id: $hill) { agents(filter: $f) { edges { cursor } } }
			}`
			given := vars{"hill": hill, "grow": grow, "f": vars{"searchString": search}}
			full, shown := ada.ask(query, given).good(), auditor.ask(query, given).good()
			for _, list := range []string{"agents.edges", "people.edges", "process.involvedAgents.edges", "process.workingAgents.edges", "spatialThing.agents.edges"} {
				if n := full.count(list); n != 1 {
					t.Errorf("a steward finds %d in %s for %s", n, list, search)
				}
				if n := shown.count(list); n != 0 {
					t.Errorf("an auditor finds %d in %s for %s", n, list, search)
				}
			}
		}
	})
}

// A person that another LAB has told of is shown by the IRI that this LAB named,
// and found by no name.
func TestAnotherLabsPersonIsAnIRI(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		const iri = "https://people.example/b1"
		text := `{"@context": "https://w3id.org/valueflows/ont/vf#", "@graph": [{"@id": "` + iri + `", "@type": "Person", "name": "Beatrix Potter", "note": "keeps rabbits"}]}`
		if _, err := b.node.Import(node.AsOperator(context.Background(), b.lab), b.lab, []jsonld.File{{Name: "people.json", Data: []byte(text)}}, false); err != nil {
			t.Fatal(err)
		}
		ada := b.steward()
		trucks := b.of(b.newLab("Trucking", "trucks"), "Tom", node.Steward)
		truckers := trucks.organization("Truckers")
		trucks.record(vars{"action": "work", "provider": iri, "receiver": truckers, "inputOf": trucks.process("Drive"), "resourceConformsTo": trucks.kind("Driving"), "effortQuantity": of("1", hour)}).good()
		const query = `query($id: ID!) { agent(id: $id) { name image note iri } person(id: $id) { name }
			people { edges { node { iri name note } } } economicEvents(last: 1) { edges { node { provider { name } } } } contributions(groupBy: [AGENT]) { agent { name } } }`
		r := trucks.ask(query, vars{"id": iri}).good()
		for _, place := range []string{"agent.name", "agent.iri", "person.name", "economicEvents.edges.0.node.provider.name", "contributions.0.agent.name"} {
			if got := r.text(place); got != iri {
				t.Errorf("another LAB sees at %s: %s", place, got)
			}
		}
		if told := r.told(); strings.Contains(told, "Beatrix") || strings.Contains(told, "rabbits") || !strings.Contains(fmt.Sprint(r.at("people")), iri) {
			t.Errorf("another LAB sees %s", told)
		}
		const search = `{ people(filter: {searchString: "beatrix"}) { edges { node { id } } } agents(filter: {searchString: "Potter"}) { edges { node { id } } } }`
		if r := trucks.ask(search, nil).good(); r.count("people.edges") != 0 || r.count("agents.edges") != 0 {
			t.Errorf("another LAB finds %s", r.told())
		}
		if r := ada.ask(search, nil).good(); r.count("people.edges") != 1 || r.count("agents.edges") != 1 {
			t.Errorf("her own LAB finds %s", r.told())
		}
		if name := ada.ask(`query($id: ID!) { agent(id: $id) { name } }`, vars{"id": iri}).good().text("agent.name"); name != "Beatrix Potter" {
			t.Errorf("her own LAB sees %s", name)
		}
	})
}
