package graph

import (
	"maps"
	"testing"
)

// Each filter of what is planned finds what it says and nothing else: of two
// records that differ in all, the one that has the value.
func TestPlanFilters(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, shop := ada.organization("Farm"), ada.organization("Shop")
		collards, kale := ada.kind("Collards"), ada.kind("Kale")
		lot, other := ada.stock(farm, collards, "1", kilogram), ada.stock(farm, kale, "1", kilogram)
		stage := ada.make("ProcessSpecification", vars{"name": "Growing"})
		plan, process := ada.make("Plan", vars{"name": "Spring"}), ada.process("Grow")
		agreement := ada.make("Agreement", vars{"name": "Boxes"})
		role, second := ada.make("AgentRelationshipRole", vars{"roleLabel": "supplies"}), ada.make("AgentRelationshipRole", vars{"roleLabel": "owns"})
		growing := ada.make("RecipeProcess", vars{"name": "Growing", "processClassifiedAs": "field"})

		one := vars{"action": "consume", "provider": farm, "receiver": shop, "resourceConformsTo": collards, "resourceClassifiedAs": "greens", "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram),
			"inputOf": process, "plannedWithin": plan, "stage": stage, "state": "pass", "due": "2026-05-02T00:00:00Z", "finished": true, "note": "early in May"}
		two := vars{"action": "produce", "provider": shop, "receiver": farm, "resourceConformsTo": kale, "resourceClassifiedAs": "stems", "resourceInventoriedAs": other, "resourceQuantity": of("1", kilogram),
			"due": "2026-06-01T00:00:00Z", "note": "in June"}
		flow := vars{"searchString": "MAY", "providerId": farm, "receiverId": shop, "resourceClassifiedAs": "greens", "action": "consume", "endDate": "2026-05-03", "resourceConformsTo": []string{collards, process},
			"finished": true, "resource": lot, "process": process, "plan": plan, "stage": stage, "state": "pass"}
		with := func(all vars, more vars, less ...string) vars {
			some := maps.Clone(all)
			maps.Copy(some, more)
			for _, name := range less {
				delete(some, name)
			}
			return some
		}
		notOfClaims := []string{"resource", "process", "plan", "stage", "state"}
		recipeFlow := vars{"action": "consume", "resourceConformsTo": collards, "resourceClassifiedAs": "greens", "stage": stage, "state": "pass", "note": "early in May"}
		tests := []struct {
			class    string
			one, two vars
			filters  vars
		}{
			{"Commitment", with(one, vars{"reciprocalClauseOf": agreement}), two, with(flow, vars{"agreement": agreement})},
			{"Intent", with(one, vars{"name": "May"}), two, flow},
			{"Claim", with(one, nil, "resourceInventoriedAs", "inputOf", "plannedWithin", "stage", "state"), with(two, nil, "resourceInventoriedAs"), with(flow, nil, notOfClaims...)},
			{"RecipeFlow", recipeFlow, vars{"action": "produce", "recipeOutputOf": growing, "resourceConformsTo": kale, "resourceClassifiedAs": "stems", "state": "fail"},
				vars{"action": "consume", "resourceConformsTo": collards, "resourceClassifiedAs": "greens", "stage": stage, "state": "pass", "searchString": "may"}},
			{"RecipeProcess", vars{"name": "Washing", "processClassifiedAs": "kitchen"}, vars{"name": "Drying"}, vars{"processClassifiedAs": "kitchen", "searchString": "wash"}},
			{"AgentRelationship", vars{"subject": farm, "object": shop, "relationship": role, "note": "May"}, vars{"subject": shop, "object": farm, "relationship": second},
				vars{"subject": farm, "object": shop, "relationship": role, "searchString": "may"}},
			{"Proposal", vars{"purpose": "offer", "name": "May"}, vars{"purpose": "request"}, vars{"purpose": "offer", "searchString": "may"}},
		}
		for _, test := range tests {
			id := ada.make(test.class, test.one)
			ada.make(test.class, test.two)
			list := listOfClass[test.class]
			tried := map[string]bool{"origin": true, "startDate": true} // below, and with endDate
			for name, value := range test.filters {
				tried[name] = true
				r := ada.ask("query($f: "+test.class+"FilterParams) { "+list+"(filter: $f) { edges { node { id } } } }", vars{"f": vars{name: value}}).good()
				if r.count(list+".edges") != 1 || r.text(list+".edges.0.node.id") != id {
					t.Errorf("%s by %s: %v", list, name, r.Data)
				}
			}
			for _, f := range ourSchema().Types[test.class+"FilterParams"].Fields {
				if !tried[f.Name] {
					t.Errorf("%s by %s is not tried", list, f.Name)
				}
			}
			all := ada.ask("query($f: "+test.class+"FilterParams) { "+list+"(filter: $f) { edges { node { id } } } }", vars{"f": vars{"origin": b.lab.String()}}).good().count(list + ".edges")
			if all < 2 {
				t.Errorf("%d %s in the books of the LAB", all, list)
			}
		}
		r := ada.ask(`{ commitments(filter: {startDate: "2026-05-03", endDate: "2026-07-01"}) { edges { node { note } } } claims(filter: {startDate: "2026-07-01"}) { edges { node { id } } } }`, nil).good()
		if r.count("commitments.edges") != 1 || r.text("commitments.edges.0.node.note") != "in June" || r.count("claims.edges") != 0 {
			t.Errorf("by time: %v", r.Data)
		}
	})
}
