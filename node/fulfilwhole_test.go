package node

import (
	"testing"

	"disconode/valueflows"
)

// An event of 10 kg fulfils a (6 kg, of plan and agreement A) and b (6 kg, of B)
// in that order: a has 6 of 6 = 100 %, b has 4 of 6 = 66.7 %, whichever is asked
// alone. So with claims: 10 kg settle one of 6 kg of A, and 4 of 6 kg of B.
func TestFulfilTwoWholes(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		shop, grain := b.organization("Shop"), b.specification("grain")
		type whole struct {
			plan, agreement, promise, claim valueflows.ID
		}
		var wholes []whole
		for _, name := range []string{"A", "B"} {
			w := whole{plan: made(t, b.ctx, b.node, valueflows.Plan{Name: name}), agreement: made(t, b.ctx, b.node, valueflows.Agreement{Name: valueflows.Text(name)})}
			p := valueflows.Planned{Action: "transfer", Provider: b.lab, Receiver: shop, ResourceConformsTo: grain, ResourceQuantity: kg("6")}
			w.promise = b.promised(valueflows.Commitment{Planned: p, ClauseOf: w.agreement, IndependentDemandOf: w.plan})
			w.claim = made(t, b.ctx, b.node, valueflows.Claim{Action: "transfer", Provider: b.lab, Receiver: shop, ResourceConformsTo: grain, ResourceQuantity: kg("6"),
				AgreedIn: valueflows.URI(b.node.IRI(&valueflows.Record{ID: w.agreement}, valueflows.ClassAgreement))})
			wholes = append(wholes, w)
		}
		happened := func(e valueflows.EconomicEvent) {
			e.Action, e.Provider, e.Receiver, e.ResourceConformsTo, e.ResourceQuantity = "transfer", b.lab, shop, grain, kg("10")
			e.HasPointInTime = day("2024-05-01T12:00:00Z")
			b.record(e)
		}
		happened(valueflows.EconomicEvent{Fulfills: []valueflows.ID{wholes[0].promise, wholes[1].promise}})
		happened(valueflows.EconomicEvent{Settles: []valueflows.ID{wholes[0].claim, wholes[1].claim}})
		for i, want := range []struct {
			done                 int
			percent, done2, over string
		}{{1, "100", "6", "0"}, {0, "66.7", "4", "0"}} {
			w := wholes[i]
			a := b.agreement(w.agreement)
			if f := a.ByPromise[w.promise]; a.Clauses != sideOf(1, want.done, want.percent) || f.Resource.Done.String() != want.done2 || f.Resource.Over.String() != want.over {
				t.Errorf("agreement %d: %+v, %+v", i, a, f.Resource)
			}
			if f := a.ByClaim[w.claim]; f == nil || f.Resource.Done.String() != want.done2 || f.Done != (want.done == 1) {
				t.Errorf("claim %d: %+v", i, f)
			}
			p, err := Get[valueflows.Plan](b.ctx, b.node, w.plan)
			if err != nil {
				t.Fatal(err)
			}
			all, err := b.node.PlanFulfilments(b.ctx, []*valueflows.Plan{p})
			if err != nil || all[w.plan].Deliverables != sideOf(1, want.done, want.percent) || all[w.plan].Done != (want.done == 1) {
				t.Errorf("plan %d: %+v, %v", i, all[w.plan], err)
			}
		}
	})
}
