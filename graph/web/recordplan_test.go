package web

import (
	"strings"
	"testing"

	"disconode/node"
)

// Each class of what is planned, agreed, proposed and made by recipe has a page in
// plain words, with the vocabulary's term beside, whatever its texts hold.
func TestPlanRecordPages(t *testing.T) {
	for _, text := range append([]string{"Collards & more"}, hostile...) {
		b := onSQLite(t)
		ada := b.signedIn("Ada", node.Steward)
		me, lab := ada.who.User.String(), b.lab.String()
		create := func(class, given string, with vars) string {
			field := strings.ToLower(class[:1]) + class[1:]
			with["t"] = text
			declared := "$t: String!"
			for name := range with {
				if name != "t" {
					declared += ", $" + name + ": ID!"
				}
			}
			return ada.made("mutation("+declared+") { create"+class+"("+field+": {"+given+"}) { "+field+" { id } } }", with)
		}
		kind := create("ResourceSpecification", `name: $t, defaultUnitOfResource: $u`, vars{"u": oneIRI})
		step := create("RecipeProcess", `name: $t, note: $t, hasDuration: {numericDuration: 2, unitType: hour}`, vars{})
		swap := create("RecipeExchange", `name: $t, note: $t`, vars{})
		bundle := create("AgreementBundle", `name: $t, note: $t`, vars{})
		agreement := create("Agreement", `name: $t, note: $t, bundledIn: $in`, vars{"in": bundle})
		wish := create("Intent", `name: $t, note: $t, action: "transfer", provider: $me, resourceConformsTo: $k, resourceQuantity: {hasNumericalValue: "5"}, state: $t`, vars{"me": me, "k": kind})
		list := create("ProposalList", `name: $t, note: $t`, vars{})
		plan := create("Plan", `name: $t, note: $t`, vars{})
		role := create("AgentRelationshipRole", `roleLabel: $t, inverseRoleLabel: $t, note: $t`, vars{})
		promise := create("Commitment", `action: "transfer", note: $t, provider: $me, receiver: $lab, resourceConformsTo: $k, resourceQuantity: {hasNumericalValue: "2"}, satisfies: [$w], clauseOf: $a`,
			vars{"me": me, "lab": lab, "k": kind, "w": wish, "a": agreement})
		ada.record(vars{"action": "transfer", "provider": me, "receiver": lab, "resourceConformsTo": kind, "resourceQuantity": vars{"hasNumericalValue": "1", "hasUnit": oneIRI}, "note": text, "fulfills": []string{promise}})
		stands := ada.made(`mutation($t: String!, $me: ID!, $lab: ID!, $r: ID!) { createAgentRelationship(relationship: {subject: $me, object: $lab, relationship: $r, note: $t}) { agentRelationship { id } } }`,
			vars{"t": text, "me": me, "lab": lab, "r": role})
		tests := []struct{ class, id, says string }{
			{"Recipe", create("Recipe", `name: $t, note: $t, primaryOutput: $k, recipeIncludes: [$s]`, vars{"k": kind, "s": step}), "A recipe. In Valueflows: Recipe."},
			{"RecipeProcess", step, "Takes hasDuration 2 hours"},
			{"RecipeExchange", swap, "An exchange of a recipe. In Valueflows: RecipeExchange."},
			{"RecipeFlow", create("RecipeFlow", `action: "consume", note: $t, instructions: $t, recipeInputOf: $s, resourceConformsTo: $k, resourceQuantity: {hasNumericalValue: "3"}`, vars{"s": step, "k": kind}), "How much of it resourceQuantity 3"},
			{"AgreementBundle", bundle, "The agreements"},
			{"Agreement", agreement, "Kept fulfilment 0 of 1 promise, in return 0 of 0 promises"},
			{"Commitment", promise, "Still open fulfilment 1"},
			{"Claim", create("Claim", `action: "transfer", note: $t, provider: $me, receiver: $lab, resourceConformsTo: $k, resourceQuantity: {hasNumericalValue: "2"}`, vars{"me": me, "lab": lab, "k": kind}), "Something that is owed. In Valueflows: Claim."},
			{"Intent", wish, "Still open: 3."},
			{"Proposal", create("Proposal", `name: $t, note: $t, purpose: offer, publishes: [$w], listedIn: [$l]`, vars{"w": wish, "l": list}), "What is proposed"},
			{"ProposalList", list, "What is on it"},
			{"Plan", plan, "A plan. In Valueflows: Plan."},
			{"AgentRelationship", stands, "How two agents stand to each other."},
			{"AgentRelationshipRole", role, "Who stands so to whom"},
		}
		shownAs := strings.Join(strings.Fields(text), " ")
		for _, test := range tests {
			path := "/vf/" + test.class + "/" + test.id
			ada.get(path).good().says(test.says, shownAs, "Address iri "+booksAddress+path)
		}
		ada.get("/offers").good().says(shownAs)
		ada.get("/plans").good().says(shownAs)
		ada.submit(ada.get("/offers").good(), "", map[string]string{"name": text, "note": text, "amount": text, "by": text, "kind": text}).says(shownAs)
		ada.get("/vf/RecipeProcess/" + step).good().says("What goes in use up " + shownAs + ": 3")
	}
}

const oneIRI = "http://www.ontology-of-units-of-measure.org/resource/om-2/one"
