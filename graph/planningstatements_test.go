package graph

import (
	"fmt"
	"testing"
)

// A plan of 50 promises, which is what 10 demands come to, is drafted, read and
// moved in as many statements as one of 10.
func TestPlanningTakesFewStatements(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		k := b.bakery(ada)
		request := func(demands int) vars {
			r := vars{"name": "bread", "demands": []any{}}
			for day := range demands {
				r["demands"] = append(r["demands"].([]any), map[string]any{"resourceConformsTo": k.loaf, "resourceQuantity": map[string]any{"hasNumericalValue": "50", "hasUnit": apiece},
					"due": fmt.Sprintf("2030-%02d-%02dT12:00:00Z", 1+day/20, 1+day%20), "receiver": k.grocery})
			}
			return r
		}
		drafted := func(demands int) int {
			return b.statementsWith(ada, makePlan, map[string]any{"p": map[string]any(request(demands)), "dry": true})
		}
		drafted(10)
		if few, many := drafted(2), drafted(10); few != many {
			t.Errorf("a draft: %d statements for 2 demands, %d for 10", few, many)
		}
		read := func(plan, process string) (all [3]int) {
			for i, query := range []string{
				`query($p: ID!) { criticalPath(plan: $p) { longest { name } steps { process { id name plannedWithin { name } committedInputs { id fulfilment { percent } } } float { numericDuration } } } }`,
				`query($p: ID!) { shortages(plan: $p) { resourceConformsTo { name } quantity { hasUnit { label } } flow { __typename ... on Intent { satisfaction { percent } inputOf { name } } ... on Commitment { fulfilment { percent } } } from { agent { name } offer { id } } } }`,
				`mutation($p: ID!) { replan(plan: $p, changes: [{process: "` + process + `", at: "2031-01-01T12:00:00Z"}]) { moves { process { name } because { __typename ... on Process { name } } } late { commitment { id receiver { name } } } gaps { flow { ... on Commitment { id } } process { name } resourceConformsTo { name } quantity { hasUnit { label } } } } }`,
			} {
				b.statementsWith(ada, query, map[string]any{"p": plan})
				all[i] = b.statementsWith(ada, query, map[string]any{"p": plan})
			}
			return all
		}
		var seen [2][3]int
		for i, demands := range []int{2, 10} {
			r := k.ask(`mutation($p: PlanRequestParams!) { makePlan(plan: $p) { plan { id } processes { id } } }`, vars{"p": request(demands)}).good()
			seen[i] = read(r.text("makePlan.plan.id"), r.text("makePlan.processes.0.id"))
		}
		if seen[0] != seen[1] {
			t.Errorf("the critical path, shortages, replan: %v statements for 2 demands, %v for 10", seen[0], seen[1])
		}
	})
}
