package graph

import (
	"fmt"
	"slices"
	"testing"
)

// ids are the ids of the records that stand in a list.
func (r *reply) ids(path string) []string {
	r.t.Helper()
	all := []string{}
	for i := range r.count(path) {
		all = append(all, r.text(fmt.Sprintf("%s.%d.id", path, i)))
	}
	return all
}

// A bakery plans a batch, promises it, bakes and delivers: what is stated on one
// side is read from the other.
//
// The plan has the processes Mix (1 to 2 May, finished, in the bakery's scope) and
// Bake (2 to 3 May, not finished), so it lasts from 1 to 3 May and is not
// finished. Bea promises the work of mixing (in answer to a wish for it), the
// bakery bread to the shop, outside any process, and the shop money in return.
// Four events: Bea mixes, which names only the promise; bread goes, naming the
// promise; money comes, naming the agreement; and the shop carries the bread,
// naming the agreement and no promise.
func TestWhatIsStatedOnceIsReadFromBothSides(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		bakery, shop, bea, cyd := ada.organization("Bakery"), ada.organization("Shop"), ada.person("Bea"), ada.person("Cyd")
		bread, money, mixing := ada.kind("Bread"), ada.kind("Money"), ada.kind("Mixing")
		stage := ada.make("ProcessSpecification", vars{"name": "Baking"})
		plan := ada.make("Plan", vars{"name": "Batch"})
		mix := ada.make("Process", vars{"name": "Mix", "plannedWithin": plan, "hasBeginning": "2026-05-01T06:00:00Z", "hasEnd": "2026-05-02T06:00:00Z", "finished": true, "inScopeOf": bakery})
		bake := ada.make("Process", vars{"name": "Bake", "plannedWithin": plan, "hasBeginning": "2026-05-02T06:00:00Z", "hasEnd": "2026-05-03T06:00:00Z"})
		bundle := ada.make("AgreementBundle", vars{"name": "May"})
		agreement := ada.make("Agreement", vars{"name": "Bread for the shop", "bundledIn": bundle})

		wish := ada.make("Intent", vars{"action": "work", "receiver": bakery, "inputOf": mix, "resourceConformsTo": mixing, "effortQuantity": of("2", hour)})
		surplus := ada.make("Intent", vars{"action": "transfer", "provider": bakery, "plannedWithin": plan, "resourceConformsTo": bread, "resourceQuantity": of("5", kilogram)})
		list := ada.make("ProposalList", vars{"name": "Prices", "proposedTo": shop})
		offer := ada.make("Proposal", vars{"purpose": "offer", "publishes": surplus, "proposedTo": shop, "listedIn": list})
		request := ada.make("Proposal", vars{"purpose": "request", "publishes": wish, "reciprocal": surplus})
		silent := ada.make("Proposal", vars{"publishes": []string{surplus, wish}})

		promise := ada.make("Commitment", vars{"action": "work", "provider": bea, "receiver": bakery, "inputOf": mix, "resourceConformsTo": mixing, "effortQuantity": of("2", hour), "satisfies": wish, "stage": stage})
		delivery := ada.make("Commitment", vars{"action": "transfer", "provider": bakery, "receiver": shop, "plannedWithin": plan, "independentDemandOf": plan, "clauseOf": agreement, "resourceConformsTo": bread, "resourceQuantity": of("10", kilogram)})
		payment := ada.make("Commitment", vars{"action": "transfer", "provider": shop, "receiver": bakery, "reciprocalClauseOf": agreement, "resourceConformsTo": money, "resourceQuantity": of("30", kilogram)})

		loaves := ada.stock(bakery, bread, "20", kilogram)
		event := func(said vars) string { return ada.record(said).good().text("createEconomicEvent.economicEvent.id") }
		mixed := event(vars{"action": "work", "provider": bea, "receiver": bakery, "resourceConformsTo": mixing, "effortQuantity": of("2", hour), "fulfills": promise, "satisfies": wish})
		sold := event(vars{"action": "transfer", "provider": bakery, "receiver": shop, "resourceInventoriedAs": loaves, "resourceQuantity": of("10", kilogram), "fulfills": delivery})
		paid := event(vars{"action": "transfer", "provider": shop, "receiver": bakery, "resourceConformsTo": money, "resourceQuantity": of("30", kilogram), "reciprocalRealizationOf": agreement})
		carried := event(vars{"action": "deliverService", "provider": cyd, "receiver": shop, "resourceConformsTo": mixing, "resourceQuantity": of("1", kilogram), "realizationOf": agreement})
		claim := ada.make("Claim", vars{"action": "transfer", "provider": bakery, "receiver": bea, "triggeredBy": mixed, "resourceConformsTo": money, "resourceQuantity": of("20", kilogram)})
		settled := event(vars{"action": "transfer", "provider": bakery, "receiver": bea, "resourceConformsTo": money, "resourceQuantity": of("20", kilogram), "settles": claim})

		read := func(class, id, selection string) *reply {
			t.Helper()
			return ada.ask("query($id: ID!) { it: "+class+"(id: $id) { "+selection+" } }", vars{"id": id}).good()
		}
		same := func(what string, got []string, want ...string) {
			t.Helper()
			if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		nodes := func(r *reply, path string) []string {
			t.Helper()
			var all []string
			for i := range r.count(path + ".edges") {
				all = append(all, r.text(fmt.Sprintf("%s.edges.%d.node.id", path, i)))
			}
			return all
		}

		r := read("plan", plan, `startDate endDate finished deletable inScopeOf { ... on Organization { id } } processes { id } independentDemands { id } nonProcessCommitments { id } nonProcessIntents { id }
			planIncludes { ... on Process { id } ... on Commitment { id } ... on Intent { id } } economicEvents { edges { node { id } } } involvedAgents { edges { node { id } } }`)
		if r.text("it.startDate") != "2026-05-01T06:00:00Z" || r.text("it.endDate") != "2026-05-03T06:00:00Z" || r.at("it.finished") != false || r.at("it.deletable") != false {
			t.Errorf("the plan: %v", r.Data)
		}
		same("its scope", r.ids("it.inScopeOf"), bakery)
		same("its processes", r.ids("it.processes"), mix, bake)
		same("its deliverables", r.ids("it.independentDemands"), delivery)
		same("its commitments outside processes", r.ids("it.nonProcessCommitments"), delivery)
		same("its intents outside processes", r.ids("it.nonProcessIntents"), surplus)
		same("all that is part of it", r.ids("it.planIncludes"), mix, bake, delivery, surplus)
		same("its events", nodes(r, "it.economicEvents"), sold)
		same("its agents", nodes(r, "it.involvedAgents"), bakery, shop, bea)

		r = read("process", mix, `deletable committedInputs { id } committedOutputs { id } intendedInputs { id } observedInputs { id } unplannedInputs { id } unplannedEconomicEvents { id }
			plannedWithin { id } involvedAgents { edges { node { id } } } workingAgents { edges { node { id } } }`)
		same("what was promised to go in", r.ids("it.committedInputs"), promise)
		same("what was wished to go in", r.ids("it.intendedInputs"), wish)
		same("what went in", r.ids("it.observedInputs"), mixed) // though it only names the promise
		same("what went in without a plan", r.ids("it.unplannedInputs"))
		same("who mixed", nodes(r, "it.workingAgents"), bea)
		same("who has to do with it", nodes(r, "it.involvedAgents"), bea, bakery)
		if r.at("it.deletable") != false || r.text("it.plannedWithin.id") != plan || r.count("it.committedOutputs")+r.count("it.unplannedEconomicEvents") != 0 {
			t.Errorf("the process: %v", r.Data)
		}
		if read("process", bake, "deletable").at("it.deletable") != true {
			t.Error("nothing names the second process, and it cannot be deleted")
		}

		r = read("agreement", agreement, `commitments { id } stipulates { id } stipulatesReciprocal { id } economicEvents { id } realizes { id } realizesReciprocal { id } unplannedEconomicEvents { id }
			involvedAgents { edges { node { id } } } bundledIn { agreements { id } bundles { id } }`)
		same("its clauses", r.ids("it.commitments"), delivery, payment)
		same("what it stipulates", r.ids("it.stipulates"), delivery)
		same("and in return", r.ids("it.stipulatesReciprocal"), payment)
		same("all its events", r.ids("it.economicEvents"), sold, paid, carried)
		same("those that name it", r.ids("it.realizes"), carried)
		same("in return", r.ids("it.realizesReciprocal"), paid)
		same("those that nobody promised", r.ids("it.unplannedEconomicEvents"), paid, carried)
		same("its agents", nodes(r, "it.involvedAgents"), bakery, shop, cyd)
		same("its bundle", append(r.ids("it.bundledIn.agreements"), r.ids("it.bundledIn.bundles")...), agreement, agreement)

		same("what came in return for the bread", read("economicEvent", sold, "reciprocalEvents { id }").ids("it.reciprocalEvents"), paid)
		same("what the money was for", read("economicEvent", paid, "reciprocalEvents { id }").ids("it.reciprocalEvents"), sold, carried)
		same("claims of the work", read("economicEvent", mixed, "triggeredClaims { id }").ids("it.triggeredClaims"), claim)
		same("what settles the claim", read("claim", claim, "settledBy { id }").ids("it.settledBy"), settled)
		same("what fulfils the promise", read("commitment", promise, "fulfilledBy { id }").ids("it.fulfilledBy"), mixed)

		r = read("intent", wish, "satisfiedBy { id } observedBy { id } publishedIn { id } deletable")
		same("what satisfies the wish", append(r.ids("it.satisfiedBy"), r.ids("it.observedBy")...), promise, mixed)
		same("where it is published", r.ids("it.publishedIn"), request, silent)
		same("where the surplus is, either side", read("intent", surplus, "publishedIn { id }").ids("it.publishedIn"), offer, request, silent)

		for id, want := range map[string][2]bool{offer: {true, false}, request: {false, true}, silent: {false, false}} {
			r := read("proposal", id, "isOffer isRequest offers { id } requests { id }")
			if r.at("it.isOffer") != want[0] || r.at("it.isRequest") != want[1] {
				t.Errorf("a proposal: %v, want %v", r.Data, want)
			}
			if id == silent {
				same("what it offers and requests", append(r.ids("it.offers"), r.ids("it.requests")...), surplus, wish)
			}
		}
		r = ada.ask(`{ offers { edges { node { id } } } requests { edges { node { id } } } none: offers(filter: {purpose: request}) { edges { node { id } } } both: proposals(filter: {purpose: [offer, request]}) { edges { node { id } } } }`, nil).good()
		same("offers", nodes(r, "offers"), offer)
		same("requests", nodes(r, "requests"), request)
		same("offers that are requests", nodes(r, "none"))
		same("all with a purpose", nodes(r, "both"), offer, request)
		same("what is on the list", read("proposalList", list, "lists { id }").ids("it.lists"), offer)

		r = read("agent", shop, `commitments { edges { node { id } } } commitmentsAsProvider { edges { node { id } } } commitmentsAsReceiver { edges { node { id } } } proposalsTo { edges { node { id } } } proposalListsTo { edges { node { id } } } plans { edges { node { id } } }`)
		same("the shop's promises", nodes(r, "it.commitments"), delivery, payment)
		same("those it made", nodes(r, "it.commitmentsAsProvider"), payment)
		same("those made to it", nodes(r, "it.commitmentsAsReceiver"), delivery)
		same("what is proposed to it", append(nodes(r, "it.proposalsTo"), nodes(r, "it.proposalListsTo")...), offer, list)
		same("the plans it has a part in", nodes(r, "it.plans"), plan)
		r = read("agent", bakery, `intents { edges { node { id } } } intentsAsProvider { edges { node { id } } } claims { edges { node { id } } } claimsAsReceiver { edges { node { id } } } proposals { edges { node { id } } }`)
		same("what the bakery wants and offers", nodes(r, "it.intents"), wish, surplus)
		same("what it offers", nodes(r, "it.intentsAsProvider"), surplus)
		same("claims on it", nodes(r, "it.claims"), claim)
		same("its own claims", nodes(r, "it.claimsAsReceiver"))
		same("what it proposes", nodes(r, "it.proposals"), offer, request, silent)

		same("promises of bread", nodes(read("resourceSpecification", bread, "commitments { edges { node { id } } }"), "it.commitments"), delivery)
		same("promises that ask for the stage", nodes(read("processSpecification", stage, "commitmentsRequiringStage { edges { node { id } } }"), "it.commitmentsRequiringStage"), promise)
		r = ada.ask(`query($p: [ID!], $a: [ID!], $q: [ID!]) { a: commitments(filter: {plan: $p}) { edges { node { id } } } b: commitments(filter: {agreement: $a}) { edges { node { id } } }
			c: processes(filter: {plan: $p}) { edges { node { id } } } d: intents(filter: {process: $q, action: "work"}) { edges { node { id } } } }`, vars{"p": plan, "a": agreement, "q": mix}).good()
		same("by plan", nodes(r, "a"), delivery)
		same("by agreement", nodes(r, "b"), delivery, payment)
		same("processes by plan", nodes(r, "c"), mix, bake)
		same("by process and action", nodes(r, "d"), wish)
	})
}

// How agents stand to each other: somebody's role in a LAB is among it, and
// cannot be changed there.
func TestRelationships(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, shop := ada.organization("Farm"), ada.organization("Shop")
		role := ada.make("AgentRelationshipRole", vars{"roleLabel": "supplies", "inverseRoleLabel": "buys from"})
		relation := ada.make("AgentRelationship", vars{"subject": farm, "object": shop, "relationship": role})
		r := ada.ask(`query($id: ID!) { agent(id: $id) { relationships { edges { node { id subject { name } object { name } relationship { roleLabel } } } } roles { roleLabel agentRelationships { edges { node { id } } } }
			relationshipsAsObject { edges { node { id } } } } }`, vars{"id": farm}).good()
		if r.text("agent.relationships.edges.0.node.object.name") != "Shop" || r.count("agent.roles") != 1 || r.text("agent.roles.0.roleLabel") != "supplies" ||
			r.text("agent.roles.0.agentRelationships.edges.0.node.id") != relation || r.count("agent.relationshipsAsObject.edges") != 0 {
			t.Errorf("%v", r.Data)
		}
		r = ada.ask(`{ myAgent { roles { id roleLabel } relationships { edges { node { id } } } } }`, nil).good()
		if r.text("myAgent.roles.0.roleLabel") != "steward" {
			t.Fatalf("%v", r.Data)
		}
		membership, steward := r.text("myAgent.relationships.edges.0.node.id"), r.text("myAgent.roles.0.id")
		ada.change("AgentRelationship", vars{"id": membership, "note": "x"}).refused("MEMBERSHIP")
		ada.ask(`mutation($id: ID!) { deleteAgentRelationship(id: $id) }`, vars{"id": membership}).refused("MEMBERSHIP")
		ada.change("AgentRelationshipRole", vars{"id": steward, "roleLabel": "boss"}).refused("NOT_FOUND")
		ada.ask(`mutation($id: ID!) { deleteAgentRelationshipRole(id: $id) }`, vars{"id": role}).refused("IN_USE")
	})
}
