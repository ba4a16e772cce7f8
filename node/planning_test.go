package node

import (
	"context"
	"errors"
	"slices"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// 24 loaves, of which 4 are there: 20 are baked, which is twice the recipe: 16 kg
// of dough and 2 h of work. 2 kg of dough are there: 14 kg are kneaded of 14 / 8
// x 5 = 8.75 kg of flour. Due at 12:00, baking begins at 11:00, kneading at 9:00.
//
// A second plan for 10 loaves finds nothing of these: the loaves and the dough
// are the first plan's, and of the flour 11.25 kg are left. It takes 8 kg of
// dough and 5 kg of flour. A third, for 20 loaves, takes 16 kg of dough and 10
// kg of flour, of which 6.25 are left: 3.75 are short, for which it asks; the
// mill gave some before.
func TestPlanningFromRecipe(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := newBakery(b)
		b.record(valueflows.EconomicEvent{Action: "transfer", Provider: k.mill, Receiver: b.lab, ResourceConformsTo: k.flour, ResourceQuantity: kg("1"), HasPointInTime: day("2026-01-02T12:00:00Z")})
		head, err := b.node.store.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := `
			process bake 11:00-12:00
			process knead 09:00-11:00
			commitment lab>grocery transfer 24 loaf
			commitment lab>lab produce 20 loaf
			commitment lab>lab consume 16 dough
			commitment lab>lab produce 14 dough
			commitment lab>lab consume 8.75 flour
			intent >lab work 2 baking
			allocated 4 loaf from stock
			allocated 20 loaf from plan
			allocated 2 dough from stock
			allocated 14 dough from plan
			allocated 8.75 flour from stock
			short 2 baking`
		_, dry, err := b.node.MakePlan(b.ctx, k.loaves("24"), true)
		if err != nil {
			t.Fatal(err)
		}
		sameLines(t, "a dry run", k.lines(dry), want)
		if now, err := b.node.store.Head(t.Context()); err != nil || now != head {
			t.Errorf("a dry run wrote to the journal: %v, %v", now, err)
		}

		plan, draft := k.plan(k.loaves("24"))
		sameLines(t, "the plan", k.lines(draft), want)
		if plan.Due == nil || plan.Due.String() != day("2030-06-10T12:00:00Z").String() || plan.Books != b.lab {
			t.Errorf("the plan's record: %+v", plan)
		}
		if got := linked[valueflows.Process](t, b, LinkPlannedWithin, plan.ID); !slices.Equal(got, idsOf(draft.Processes)) {
			t.Errorf("the recorded processes are %v, drafted %v", got, idsOf(draft.Processes))
		}
		if got := linked[valueflows.Commitment](t, b, LinkPlannedWithin, plan.ID); !slices.Equal(got, idsOf(draft.Commitments)) {
			t.Errorf("the recorded commitments are %v, drafted %v", got, idsOf(draft.Commitments))
		}
		if got := linked[valueflows.Commitment](t, b, LinkIndependentDemandOf, plan.ID); !slices.Equal(got, []valueflows.ID{draft.Deliveries[0].Commitment}) {
			t.Errorf("the deliverables are %v", got)
		}

		_, second := k.plan(k.loaves("10"))
		sameLines(t, "the second plan", k.lines(second), `
			process bake 11:00-12:00
			process knead 09:00-11:00
			commitment lab>grocery transfer 10 loaf
			commitment lab>lab produce 10 loaf
			commitment lab>lab consume 8 dough
			commitment lab>lab produce 8 dough
			commitment lab>lab consume 5 flour
			intent >lab work 1 baking
			allocated 10 loaf from plan
			allocated 8 dough from plan
			allocated 5 flour from stock
			short 1 baking`)
		third, last := k.plan(k.loaves("20"))
		sameLines(t, "the third plan", k.lines(last), `
			process bake 11:00-12:00
			process knead 09:00-11:00
			commitment lab>grocery transfer 20 loaf
			commitment lab>lab produce 20 loaf
			commitment lab>lab consume 16 dough
			commitment lab>lab produce 16 dough
			commitment lab>lab consume 10 flour
			intent >lab work 2 baking
			intent >lab transfer 3.75 flour
			allocated 20 loaf from plan
			allocated 16 dough from plan
			allocated 6.25 flour from stock
			allocated 3.75 flour from plan
			short 2 baking
			short 3.75 flour mill`)

		// The shortages of the third plan stay, but for the work that somebody promises.
		short := func(plan valueflows.ID) []string {
			t.Helper()
			all, err := b.node.Shortages(b.ctx, plan)
			if err != nil {
				t.Fatal(err)
			}
			return k.lines(&PlanDraft{Shortages: all})
		}
		sameLines(t, "the shortages", short(third.ID), "short 2 baking\nshort 3.75 flour mill")
		for _, i := range last.Intents {
			if i.Action == "work" {
				b.promised(valueflows.Commitment{Planned: valueflows.Planned{Action: "work", Provider: b.person("Ann"), Receiver: b.lab, ResourceConformsTo: k.baking, EffortQuantity: hours("2")}, Satisfies: []valueflows.ID{i.ID}})
			}
		}
		sameLines(t, "the shortages then", short(third.ID), "short 3.75 flour mill")
		// Of the flour, 12 kg spoil: 8 are left for 8.75, 5 and 10, of which 3.75 are asked for.
		page, err := ListBy[valueflows.EconomicResource](b.ctx, b.node, LinkConformsTo, []valueflows.ID{k.flour}, Filter{}, Page{First: 10})
		if err != nil {
			t.Fatal(err)
		}
		b.record(valueflows.EconomicEvent{Action: "lower", Provider: b.lab, Receiver: b.lab, ResourceInventoriedAs: page[0].Nodes[0].ID, ResourceQuantity: kg("12")})
		sameLines(t, "the first plan's shortages", short(plan.ID), "short 2 baking")
		sameLines(t, "the third plan's shortages", short(third.ID), "short 10 flour mill\nshort 3.75 flour mill")

		differences, err := b.node.Rebuild(AsOperator(t.Context(), valueflows.ID{}))
		if err != nil || len(differences) > 0 {
			t.Errorf("rebuild: %v, %v", differences, err)
		}
	})
}

// A promise that stands already is kept by the plan and takes nothing beside it;
// the same request under one key makes one plan.
func TestPlanningOnce(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := newBakery(b)
		promise := b.promised(valueflows.Commitment{Planned: valueflows.Planned{Action: "transfer", Provider: b.lab, Receiver: k.grocery, ResourceConformsTo: k.loaf, ResourceQuantity: one("4"), Due: day("2030-06-10T12:00:00Z")}})
		r := k.loaves("4")
		r.Demands[0].Commitment = promise
		ctx := WithIdempotencyKey(b.ctx, "one plan")
		first, d, err := b.node.MakePlan(ctx, r, false)
		if err != nil {
			t.Fatal(err)
		}
		sameLines(t, "the promise is met from stock", k.lines(d), "allocated 4 loaf from stock")
		if got := linked[valueflows.Commitment](t, b, LinkIndependentDemandOf, first.ID); !slices.Equal(got, []valueflows.ID{promise}) {
			t.Errorf("the deliverables are %v", got)
		}
		again, same, err := b.node.MakePlan(ctx, r, false)
		if err != nil || again.ID != first.ID || same.Plan != first.ID || !slices.Equal(idsOf(same.Commitments), []valueflows.ID{promise}) {
			t.Errorf("a repetition: %v, %+v, %v", again, same, err)
		}
		r.Demands[0].Quantity = *one("5")
		if _, _, err := b.node.MakePlan(ctx, r, false); !errors.Is(err, ErrConflict) {
			t.Errorf("another request under the key: %v", err)
		}
		plans, err := List[valueflows.Plan](b.ctx, b.node, Filter{}, Page{First: 10})
		if err != nil || len(plans.Nodes) != 1 {
			t.Errorf("there are %d plans, %v", len(plans.Nodes), err)
		}
	})
}

// Flour is bought at 10 dollars for 5 kg. Of 50 kg, 20 are there: 30 kg are
// agreed with the mill for 60 dollars; where nobody is named, a proposal asks
// for them and offers the 60 dollars.
func TestPlanningExchange(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := newBakery(b)
		yes := true
		dollar := made(t, b.ctx, b.node, valueflows.ResourceSpecification{Name: "dollar", MediumOfExchange: &yes})
		buy := made(t, b.ctx, b.node, valueflows.RecipeExchange{Name: "buy flour"})
		made(t, b.ctx, b.node, valueflows.RecipeFlow{Action: "transfer", RecipeClauseOf: buy, ResourceConformsTo: k.flour, ResourceQuantity: kg("5")})
		made(t, b.ctx, b.node, valueflows.RecipeFlow{Action: "transfer", RecipeReciprocalClauseOf: buy, ResourceConformsTo: dollar, ResourceQuantity: one("10")})
		request := PlanRequest{Name: "flour", Request: planning.Request{Providers: map[valueflows.ID]valueflows.ID{k.flour: k.mill},
			Demands: []planning.Demand{{Kind: planning.Kind{Specification: k.flour}, Quantity: *kg("50"), Due: day("2030-06-10T12:00:00Z")}}}}
		_, d := k.plan(request)
		if len(d.Agreements) != 1 || len(d.Proposals) != 0 {
			t.Fatalf("%d agreements and %d proposals", len(d.Agreements), len(d.Proposals))
		}
		var clauses []string
		for _, c := range d.Commitments {
			side := map[valueflows.ID]string{c.ClauseOf: "clause", c.ReciprocalClauseOf: "in return"}[d.Agreements[0].ID]
			clauses = append(clauses, side+" "+c.ResourceQuantity.HasNumericalValue.Normal().String())
		}
		slices.Sort(clauses)
		if !slices.Equal(clauses, []string{"clause 30", "in return 60"}) {
			t.Errorf("the agreement: %v", clauses)
		}
		if got := linked[valueflows.Commitment](t, b, LinkClauses, d.Agreements[0].ID); len(got) != 2 {
			t.Errorf("the recorded clauses: %v", got)
		}

		// Now the 20 kg stay on the shelf, and nobody is named for more.
		request.Providers = nil
		ctx := WithIdempotencyKey(b.ctx, "flour")
		_, d, err := b.node.MakePlan(ctx, request, false)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Proposals) != 1 || len(d.Agreements) != 0 || len(d.Intents) != 2 {
			t.Fatalf("%d proposals, %d agreements, %d intents", len(d.Proposals), len(d.Agreements), len(d.Intents))
		}
		if got := linked[valueflows.Proposal](t, b, LinkPublishedFlow, d.Intents[0].ID); !slices.Equal(got, idsOf(d.Proposals)) {
			t.Errorf("the recorded proposals: %v", got)
		}
		if _, same, err := b.node.MakePlan(ctx, request, false); err != nil || !slices.Equal(idsOf(same.Proposals), idsOf(d.Proposals)) || !slices.Equal(idsOf(same.Intents), idsOf(d.Intents)) {
			t.Errorf("a repetition: %+v, %v", same, err)
		}
		differences, err := b.node.Rebuild(AsOperator(t.Context(), valueflows.ID{}))
		if err != nil || len(differences) > 0 {
			t.Errorf("rebuild: %v, %v", differences, err)
		}
	})
}

// Who may not record plans makes none, and what is not there cannot be planned for.
func TestPlanningRefusals(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := newBakery(b)
		member, _ := b.as("Bea", Member)
		auditor, _ := b.as("Ona", Auditor)
		try := func(ctx context.Context, change func(*PlanRequest)) error {
			r := k.loaves("10")
			change(&r)
			_, _, err := b.node.MakePlan(ctx, r, true)
			return err
		}
		nothing := func(*PlanRequest) {}
		if err := try(member, nothing); err != nil {
			t.Errorf("a member by the LAB's policy: %v", err)
		}
		if err := try(member, func(r *PlanRequest) { r.Agent = k.mill }); !errors.Is(err, ErrForbidden) {
			t.Errorf("a member for another: %v", err)
		}
		b.policy(func(l *Lab) { l.MembersRecord = false })
		for what, ctx := range map[string]context.Context{"a member without the policy": member, "an auditor": auditor, "a partner": AsPartner(t.Context(), b.lab)} {
			if err := try(ctx, nothing); !errors.Is(err, ErrForbidden) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := try(t.Context(), nothing); !errors.Is(err, ErrUnauthenticated) {
			t.Errorf("the public: %v", err)
		}
		for _, test := range []struct {
			code, what string
			change     func(*PlanRequest)
		}{
			{"REQUIRED", "no name", func(r *PlanRequest) { r.Name = " " }},
			{"REQUIRED", "nothing wanted", func(r *PlanRequest) { r.Demands = nil }},
			{"NOT_POSITIVE", "none of it", func(r *PlanRequest) { r.Demands[0].Quantity = *one("0") }},
			{"REQUIRED", "no time", func(r *PlanRequest) { r.Demands[0].Due = nil }},
			{"UNKNOWN_REFERENCE", "nothing known", func(r *PlanRequest) { r.Demands[0].Specification = valueflows.ID{1} }},
			{"UNKNOWN_REFERENCE", "nobody known", func(r *PlanRequest) { r.Demands[0].Receiver = valueflows.ID{1} }},
			{"UNKNOWN_REFERENCE", "no promise", func(r *PlanRequest) { r.Demands[0].Commitment = valueflows.ID{1} }},
			{"UNKNOWN_REFERENCE", "no planner", func(r *PlanRequest) { r.Agent = valueflows.ID{1} }},
			{"TOO_LARGE", "too many flows", func(r *PlanRequest) { r.FlowsMax = 2 }},
		} {
			b.refused(try(b.ctx, test.change), test.code, test.what)
		}
		if _, err := b.node.CriticalPath(b.ctx, valueflows.ID{1}, nil, nil); !errors.Is(err, ErrNotFound) {
			t.Errorf("the path of no plan: %v", err)
		}
	})
}

// A plan is drafted, its path and its shortages are found, and offers matched in
// as many statements where 50 promises stand as where one does.
func TestPlanningStatements(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := newBakery(b)
		wanted := made(t, b.ctx, b.node, valueflows.Intent{Planned: valueflows.Planned{Action: "transfer", Receiver: b.lab, ResourceConformsTo: k.flour, ResourceQuantity: kg("1")}})
		made(t, b.ctx, b.node, valueflows.Proposal{Publishes: []valueflows.ID{wanted}})
		plan, _ := k.plan(k.loaves("24"))
		stand := func(promises int) {
			for range promises {
				id := b.promised(valueflows.Commitment{Planned: valueflows.Planned{Action: "consume", Provider: b.lab, Receiver: b.lab, ResourceConformsTo: k.flour, ResourceQuantity: kg("0.1"),
					PlannedWithin: plan.ID, InputOf: b.process("feeding")}})
				b.record(valueflows.EconomicEvent{Action: "consume", Provider: b.lab, Receiver: b.lab, ResourceConformsTo: k.flour, ResourceQuantity: kg("0.05"), Fulfills: []valueflows.ID{id}})
				offer := made(t, b.ctx, b.node, valueflows.Intent{Planned: valueflows.Planned{Action: "transfer", Provider: k.mill, ResourceConformsTo: k.flour, ResourceQuantity: kg("1")}})
				made(t, b.ctx, b.node, valueflows.Proposal{Publishes: []valueflows.ID{offer}})
			}
		}
		statements := func() int64 {
			t.Helper()
			ctx, count := CountStatements(b.ctx)
			if _, _, err := b.node.MakePlan(ctx, k.loaves("10"), true); err != nil {
				t.Fatal(err)
			}
			if _, err := b.node.CriticalPath(ctx, plan.ID, nil, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := b.node.Shortages(ctx, plan.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := b.node.Matches(ctx, wanted, 0); err != nil {
				t.Fatal(err)
			}
			return count.Load()
		}
		stand(1)
		statements() // what is kept in memory is read
		few := statements()
		stand(49)
		if _, err := List[valueflows.Agent](b.ctx, b.node, Filter{}, Page{First: 1}); err != nil {
			t.Fatal(err)
		}
		statements()
		if many := statements(); few != many {
			t.Errorf("%d statements where one promise stands, %d where 50 do", few, many)
		}
	})
}
