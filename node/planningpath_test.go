package node

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// The plan for 24 loaves takes 2 + 1 = 3 hours, none to spare. When kneading
// ends two hours late, at 13:00, baking moves to 13:00 - 14:00 and the loaves
// come two hours late; applied, the dough is due at 13:00 and the loaves out of
// baking at 14:00, and what was promised to the grocery stays due at 12:00.
func TestPlanningReplan(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := newBakery(b)
		plan, d := k.plan(k.loaves("24"))
		process, flow := map[string]valueflows.ID{}, map[string]valueflows.ID{}
		for _, p := range d.Processes {
			process[string(p.Name)] = p.ID
		}
		for _, c := range d.Commitments {
			flow[string(c.Action)+" "+c.ResourceQuantity.HasNumericalValue.Normal().String()] = c.ID
		}
		path, err := b.node.CriticalPath(b.ctx, plan.ID, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(path.Longest, []valueflows.ID{process["knead"], process["bake"]}) || path.End-path.Begin != 3*3600_000_000 || !path.Steps[0].Critical || path.Steps[1].TotalFloat != 0 {
			t.Errorf("the critical path: %+v", path)
		}
		later, err := b.node.CriticalPath(b.ctx, plan.ID, nil, day("2030-06-10T13:00:00Z"))
		if err != nil || later.Steps[0].Critical || later.Steps[0].TotalFloat != 3600_000_000 {
			t.Errorf("with an hour to spare: %+v, %v", later, err)
		}

		late := []planning.Change{{Process: process["knead"], At: day("2030-06-10T13:00:00Z").Instant}}
		head, err := b.node.store.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		shift, err := b.node.Replan(b.ctx, plan.ID, late, valueflows.ID{}, false)
		if err != nil {
			t.Fatal(err)
		}
		if len(shift.Moves) != 2 || shift.Moves[1].Process != process["bake"] || shift.Moves[1].LaterMicros != 2*3600_000_000 {
			t.Errorf("what moves: %+v", shift.Moves)
		}
		if now, err := b.node.store.Head(t.Context()); err != nil || now != head {
			t.Errorf("a dry run wrote to the journal: %v", err)
		}
		auditor, _ := b.as("Ona", Auditor)
		if _, err := b.node.Replan(auditor, plan.ID, late, valueflows.ID{}, true); !errors.Is(err, ErrForbidden) {
			t.Errorf("an auditor moves the plan: %v", err)
		}
		if _, err := b.node.Replan(b.ctx, plan.ID, late, valueflows.ID{}, true); err != nil {
			t.Fatal(err)
		}
		times := func() (all []string) {
			t.Helper()
			network, err := b.node.draftOf(b.ctx, plan)
			if err != nil {
				t.Fatal(err)
			}
			clock := func(t *valueflows.Time) string { return t.Instant.Time().Format("15:04") }
			for _, p := range network.Processes {
				all = append(all, fmt.Sprintf("%s %s-%s", p.Name, clock(p.HasBeginning), clock(p.HasEnd)))
			}
			for _, c := range network.Commitments {
				all = append(all, fmt.Sprintf("%s %s due %s", c.Action, c.ResourceQuantity.HasNumericalValue.Normal(), clock(c.Due)))
			}
			for _, i := range network.Intents {
				all = append(all, fmt.Sprintf("%s %s-%s", i.Action, clock(i.HasBeginning), clock(i.HasEnd)))
			}
			slices.Sort(all)
			return all
		}
		sameLines(t, "the plan as it moved", times(), `
			bake 13:00-14:00
			knead 09:00-13:00
			transfer 24 due 12:00
			produce 20 due 14:00
			consume 16 due 13:00
			produce 14 due 13:00
			consume 8.75 due 09:00
			work 13:00-14:00`)

		// An event fulfils the dough when it happens; of a plan of the past, that is late.
		past := k.loaves("8")
		past.Demands[0].Due = day("2026-01-10T12:00:00Z")
		old, od := k.plan(past)
		var dough valueflows.ID
		for _, c := range od.Commitments {
			if c.Action == "produce" && c.ResourceConformsTo == k.dough {
				dough = c.ID
			}
		}
		e := b.record(valueflows.EconomicEvent{Action: "produce", Provider: b.lab, Receiver: b.lab, ResourceConformsTo: k.dough, ResourceQuantity: kg("6.4"), HasPointInTime: day("2026-01-10T12:30:00Z"), Fulfills: []valueflows.ID{dough}})
		shift, err = b.node.Replan(b.ctx, old.ID, nil, e.ID, false)
		if err != nil || len(shift.Moves) != 2 || shift.Moves[1].LaterMicros != 90*60_000_000 {
			t.Errorf("what a late event moves: %+v, %v", shift, err)
		}
		_, err = b.node.Replan(b.ctx, plan.ID, nil, e.ID, false)
		b.refused(err, "NOT_OF_PLAN", "another plan's event")
		_, err = b.node.Replan(b.ctx, plan.ID, nil, valueflows.ID{}, false)
		b.refused(err, "REQUIRED", "no change")
		differences, err := b.node.Rebuild(AsOperator(t.Context(), valueflows.ID{}))
		if err != nil || len(differences) > 0 {
			t.Errorf("rebuild: %v, %v", differences, err)
		}
	})
}

// Loaves for the shelf are due at 12:00. Baked by 13:30, then by 14:00, they
// stay due at 12:00, and say when they are planned for.
func TestPlanningReplanKeepsDue(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := newBakery(b)
		r := k.loaves("14")
		r.Demands[0].Receiver = valueflows.ID{}
		plan, d := k.plan(r)
		var bake valueflows.ID
		for _, p := range d.Processes {
			if p.Name == "bake" {
				bake = p.ID
			}
		}
		for _, at := range []string{"2030-06-10T13:30:00Z", "2030-06-10T14:00:00Z"} {
			if _, err := b.node.Replan(b.ctx, plan.ID, []planning.Change{{Process: bake, At: day(at).Instant}}, valueflows.ID{}, true); err != nil {
				t.Fatal(err)
			}
			c, err := Get[valueflows.Commitment](b.ctx, b.node, d.Deliveries[0].Commitment)
			if err != nil {
				t.Fatal(err)
			}
			if c.Due.Instant != r.Demands[0].Due.Instant || c.HasPointInTime == nil || c.HasPointInTime.Instant != day(at).Instant {
				t.Errorf("the deliverable is due at %v and planned for %v, want 12:00 and %s", c.Due, c.HasPointInTime, at)
			}
		}
	})
}
