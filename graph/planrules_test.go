package graph

import (
	"context"
	"fmt"
	"testing"

	"disconode/node"
)

// What was stated for others to rely on stays: who, to whom and how; a clause of
// which something was done; what is referred to. Each refusal has its code, and
// changes nothing.
func TestPlanRules(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, bea, shop := ada.organization("Farm"), ada.person("Bea"), ada.organization("Shop")
		collards := ada.kind("Collards")
		agreement, other := ada.make("Agreement", vars{"name": "Boxes"}), ada.make("Agreement", vars{"name": "Crates"})
		plan, process := ada.make("Plan", vars{"name": "Spring"}), ada.process("Grow")
		intent := ada.make("Intent", vars{"action": "transfer", "provider": farm, "resourceConformsTo": collards})
		clause := ada.make("Commitment", vars{"action": "transfer", "provider": farm, "receiver": shop, "resourceConformsTo": collards, "resourceQuantity": of("9", kilogram), "clauseOf": agreement, "satisfies": intent})
		free := ada.make("Commitment", vars{"action": "work", "provider": bea, "receiver": farm, "effortQuantity": of("2", hour), "inputOf": process, "plannedWithin": plan})
		proposal := ada.make("Proposal", vars{"purpose": "offer", "publishes": intent})
		growing := ada.make("RecipeProcess", vars{"name": "Growing"})
		flow := ada.make("RecipeFlow", vars{"action": "produce", "recipeOutputOf": growing, "resourceConformsTo": collards})

		ada.change("Commitment", vars{"id": clause, "resourceQuantity": of("8", kilogram)}).good() // nothing was done of it yet
		for _, said := range []vars{{"fulfills": clause}, {"fulfills": free}} {
			lot := ada.stock(farm, collards, "9", kilogram)
			event := vars{"action": "transfer", "provider": farm, "receiver": shop, "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram)}
			event["fulfills"] = said["fulfills"]
			ada.record(event).good()
		}
		event := ada.record(vars{"action": "work", "provider": bea, "receiver": farm, "effortQuantity": of("1", hour), "resourceConformsTo": collards, "realizationOf": agreement}).good().text("createEconomicEvent.economicEvent.id")
		claim := ada.make("Claim", vars{"action": "transfer", "provider": farm, "receiver": bea, "triggeredBy": event})

		nobody := "019a0000-0000-7000-8000-000000000000"
		tests := []struct {
			name       string
			r          func() *reply
			code, path string
		}{
			{"another provider of a promise", func() *reply { return ada.change("Commitment", vars{"id": free, "provider": shop}) }, "IMMUTABLE", "commitment.provider"},
			{"another receiver of a promise", func() *reply { return ada.change("Commitment", vars{"id": free, "receiver": nil}) }, "IMMUTABLE", "commitment.receiver"},
			{"another action of a promise", func() *reply { return ada.change("Commitment", vars{"id": free, "action": "use"}) }, "IMMUTABLE", "commitment.action"},
			{"another provider of a wish", func() *reply { return ada.change("Intent", vars{"id": intent, "provider": bea}) }, "IMMUTABLE", "intent.provider"},
			{"another action of a wish", func() *reply { return ada.change("Intent", vars{"id": intent, "action": "copy"}) }, "IMMUTABLE", "intent.action"},
			{"another cause of a claim", func() *reply { return ada.change("Claim", vars{"id": claim, "triggeredBy": nil}) }, "IMMUTABLE", "claim.triggeredBy"},
			{"another purpose", func() *reply { return ada.change("Proposal", vars{"id": proposal, "purpose": "request"}) }, "IMMUTABLE", "proposal.purpose"},
			{"another agreement of an event", func() *reply {
				return ada.ask(`mutation($e: EconomicEventUpdateParams!) { updateEconomicEvent(event: $e) { economicEvent { id } } }`, vars{"e": vars{"id": event, "realizationOf": other}})
			}, "IMMUTABLE", "event.realizationOf"},
			{"claims of an event", func() *reply {
				return ada.ask(`mutation($e: EconomicEventUpdateParams!) { updateEconomicEvent(event: $e) { economicEvent { id } } }`, vars{"e": vars{"id": event, "settles": claim}})
			}, "IMMUTABLE", "event.settles"},
			{"a clause of which something was done", func() *reply {
				return ada.change("Commitment", vars{"id": clause, "resourceQuantity": of("9", kilogram)})
			}, "LOCKED", "commitment"},
			{"a clause taken out of its agreement", func() *reply { return ada.change("Commitment", vars{"id": clause, "clauseOf": other}) }, "LOCKED", "commitment"},
			{"a promise that is fulfilled", func() *reply { return ada.ask(`mutation { deleteCommitment(id: "`+clause+`") }`, nil) }, "IN_USE", ""},
			{"a wish that is satisfied", func() *reply { return ada.ask(`mutation { deleteIntent(id: "`+intent+`") }`, nil) }, "IN_USE", ""},
			{"an agreement with clauses", func() *reply { return ada.ask(`mutation { deleteAgreement(id: "`+agreement+`") }`, nil) }, "IN_USE", ""},
			{"a plan with a promise", func() *reply { return ada.ask(`mutation { deletePlan(id: "`+plan+`") }`, nil) }, "IN_USE", ""},
			{"a process with a promise", func() *reply { return ada.ask(`mutation { deleteProcess(id: "`+process+`") }`, nil) }, "IN_USE", ""},
			{"a recipe process with a flow", func() *reply { return ada.ask(`mutation { deleteRecipeProcess(id: "`+growing+`") }`, nil) }, "IN_USE", ""},
			{"a plan without a name", func() *reply { return ada.try("Plan", vars{"name": " "}) }, "REQUIRED", "plan.name"},
			{"an intent without an action", func() *reply { return ada.try("Intent", vars{"action": ""}) }, "UNKNOWN_ACTION", "intent.action"},
			{"less than nothing", func() *reply {
				return ada.try("Commitment", vars{"action": "transfer", "provider": farm, "receiver": shop, "resourceQuantity": of("-1", kilogram)})
			}, "NEGATIVE_QUANTITY", "commitment.resourceQuantity.hasNumericalValue"},
			{"more than there is", func() *reply {
				return ada.try("Intent", vars{"action": "transfer", "provider": farm, "availableQuantity": of("1", kilogram), "minimumQuantity": of("2", kilogram)})
			}, "OUT_OF_RANGE", "intent.minimumQuantity"},
			{"an end before the beginning", func() *reply {
				return ada.try("Proposal", vars{"hasBeginning": "2026-05-02", "hasEnd": "2026-05-01"})
			}, "TIME_CONFLICT", "proposal.hasBeginning"},
			{"a duration in kilograms", func() *reply {
				return ada.try("RecipeProcess", vars{"name": "x", "hasDuration": vars{"numericDuration": "1", "unitType": "kilogram"}})
			}, "INVALID_VARIABLE", "said.hasDuration.unitType"},
			{"a duration below zero", func() *reply {
				return ada.try("RecipeProcess", vars{"name": "x", "hasDuration": vars{"numericDuration": "-1", "unitType": "day"}})
			}, "NEGATIVE_QUANTITY", "recipeProcess.hasDuration.numericDuration"},
			{"a clause of nothing", func() *reply {
				return ada.try("Commitment", vars{"action": "transfer", "provider": farm, "receiver": shop, "clauseOf": nobody})
			}, "UNKNOWN_REFERENCE", "commitment.clauseOf"},
			{"an agent as an intent", func() *reply {
				return ada.try("Commitment", vars{"action": "transfer", "provider": farm, "receiver": shop, "satisfies": bea})
			}, "WRONG_CLASS", "commitment.satisfies"},
			{"a stage that is none", func() *reply {
				return ada.try("Commitment", vars{"action": "transfer", "provider": farm, "receiver": shop, "stage": farm})
			}, "WRONG_CLASS", "commitment.stage"},
		}
		before := fmt.Sprint(ada.planned(flow))
		for _, test := range tests {
			r := test.r()
			if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != test.code || r.Errors[0].Extensions.Path != test.path {
				t.Errorf("%s: want one error %s at %s, got %+v", test.name, test.code, test.path, r.Errors)
			}
		}
		if after := fmt.Sprint(ada.planned(flow)); after != before {
			t.Errorf("a refusal changed something:\n\t%s\n\t%s", before, after)
		}
		ada.change("Commitment", vars{"id": clause, "note": "half of it is there", "finished": true}).good()
		ada.change("Commitment", vars{"id": free, "provider": bea, "action": "work", "resourceQuantity": of("1", kilogram)}).good() // no clause, and the same said again
	})
}

// planned is all that the client's LAB has planned.
func (c *client) planned(flow string) any {
	c.t.Helper()
	return c.ask(`query($flow: ID!) { plans { edges { node { id revisionId } } } intents { edges { node { id revisionId } } } commitments { edges { node { id revisionId } } } claims { edges { node { id revisionId } } }
		agreements { edges { node { id revisionId } } } proposals { edges { node { id revisionId } } } recipeProcesses { edges { node { id revisionId } } } economicEvents(first: 100) { edges { node { id revisionId } } }
		recipeFlow(id: $flow) { revisionId } }`, vars{"flow": flow}).good().Data
}

// A member promises and wishes for itself, and for the LAB where its policy lets
// members; never for others. Recipes and relationships are the bookkeeper's;
// auditors read.
func TestWhoMayPlan(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		mia := b.as("Mia", node.Member)
		me := mia.ask("{ myAgent { id } }", nil).good().text("myAgent.id")
		bea, farm, lab := ada.person("Bea"), ada.organization("Farm"), b.lab.String()
		promise := func(from, to string) vars {
			return vars{"action": "work", "provider": from, "receiver": to, "effortQuantity": of("1", hour)}
		}
		mine := mia.make("Commitment", promise(me, farm))
		theirs := ada.make("Commitment", promise(bea, farm))
		mia.try("Commitment", promise(bea, farm)).refused("FORBIDDEN")
		mia.try("Intent", vars{"action": "work", "receiver": bea}).refused("FORBIDDEN")
		mia.make("Intent", vars{"action": "work", "provider": me})
		mia.make("Commitment", promise(lab, farm)) // by the policy
		mia.make("Plan", vars{"name": "Spring"})
		mia.change("Commitment", vars{"id": mine, "note": "on Monday"}).good()
		mia.change("Commitment", vars{"id": theirs, "note": "on Monday"}).refused("FORBIDDEN")
		mia.ask(`mutation { deleteCommitment(id: "`+theirs+`") }`, nil).refused("FORBIDDEN")
		mia.try("Recipe", vars{"name": "Bread"}).refused("FORBIDDEN")
		mia.try("AgentRelationshipRole", vars{"roleLabel": "helps"}).refused("FORBIDDEN")
		if _, err := b.node.SetLabPolicy(node.AsOperator(context.Background(), b.lab), b.lab, func(l *node.Lab) { l.MembersRecord = false }); err != nil {
			t.Fatal(err)
		}
		mia.try("Commitment", promise(lab, farm)).refused("FORBIDDEN")
		mia.try("Plan", vars{"name": "Summer"}).refused("FORBIDDEN")
		mia.make("Commitment", promise(farm, me))

		uma := b.as("Uma", node.Auditor)
		if n := uma.ask("{ commitments { edges { node { provider { id } } } } plans { edges { cursor } } }", nil).good().count("commitments.edges"); n != 4 {
			t.Errorf("an auditor sees %d commitments of 4", n)
		}
		uma.try("Commitment", promise(farm, bea)).refused("FORBIDDEN")
		b.stranger().ask("{ commitments { edges { cursor } } }", nil).refused("UNAUTHENTICATED")

		other := b.of(b.newLab("Trucking", "trucks"), "Ada of trucks", node.Steward)
		for class, list := range map[string]string{"Commitment": "commitments", "Plan": "plans"} {
			if n := other.ask("{ "+list+" { edges { cursor } } }", nil).good().count(list + ".edges"); n != 0 {
				t.Errorf("another LAB sees %d of class %s", n, class)
			}
		}
		other.ask(`query($id: ID!) { commitment(id: $id) { id } }`, vars{"id": mine}).refused("NOT_FOUND")
		other.change("Commitment", vars{"id": mine, "note": "x"}).refused("NOT_FOUND")
	})
}
