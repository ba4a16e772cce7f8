package node

import (
	"context"
	"fmt"

	"pgregory.net/rapid"

	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// event records an event that may be wrong in any way, and without what it was
// refused for once more.
func (h *planHistory) event(*rapid.T) {
	b, ctx := h.who()
	e := h.draw(b, ctx, valueflows.ClassEconomicEvent).(*valueflows.EconomicEvent)
	if e.Receiver.IsZero() {
		e.Receiver = e.Provider
	}
	var created *valueflows.EconomicResource
	if kind := h.some(b, valueflows.ClassResourceSpecification); kind != nil && (e.CreatesFrom() || e.CreatesTo()) && rapid.Bool().Draw(h.t, "new") {
		created = &valueflows.EconomicResource{ConformsTo: recordOf(kind).ID, Name: "Made"}
	} else if stock, ok := h.some(b, valueflows.ClassEconomicResource).(*valueflows.EconomicResource); ok && rapid.Bool().Draw(h.t, "of a stock") {
		e.ResourceInventoriedAs, e.ResourceConformsTo, e.ResourceQuantity = stock.ID, valueflows.ID{}, &valueflows.Measure{HasNumericalValue: h.decimal("taken", 0, 99)}
		if rapid.IntRange(0, 3).Draw(h.t, "whose it is") > 0 && !stock.PrimaryAccountable.IsZero() {
			e.Provider = stock.PrimaryAccountable
		}
		if rapid.Bool().Draw(h.t, "gets it itself") {
			e.Receiver = e.Provider
		}
	}
	for range 4 {
		if !leaveOut(e, h.recorded(b, ctx, e, created)) {
			return
		}
	}
}

// fulfil records an event that does what was promised, all of it or in part.
func (h *planHistory) fulfil(*rapid.T) {
	b, ctx := h.who()
	c, ok := h.some(b, valueflows.ClassCommitment).(*valueflows.Commitment)
	if !ok || c.Stub {
		return
	}
	e := &valueflows.EconomicEvent{Action: c.Action, Provider: c.Provider, Receiver: c.Receiver, InputOf: c.InputOf, OutputOf: c.OutputOf,
		ResourceConformsTo: c.ResourceConformsTo, ResourceQuantity: h.partOf(c.ResourceQuantity), EffortQuantity: h.partOf(c.EffortQuantity),
		HasPointInTime: h.time("done at"), Fulfills: []valueflows.ID{c.ID}}
	if e.Provider.IsZero() {
		e.Provider = b.lab
	}
	if e.Receiver.IsZero() {
		e.Receiver = b.lab
	}
	if e.ResourceConformsTo.IsZero() {
		if kind := h.some(b, valueflows.ClassResourceSpecification); kind != nil {
			e.ResourceConformsTo = recordOf(kind).ID
		}
	}
	if e.ResourceQuantity == nil && e.EffortQuantity == nil {
		e.ResourceQuantity = h.measure("ResourceQuantity")
		e.EffortQuantity = h.measure("EffortQuantity")
	}
	for range rapid.IntRange(0, 2).Draw(h.t, "more promises") {
		if another := h.some(b, valueflows.ClassCommitment); another != nil {
			e.Fulfills = append(e.Fulfills, recordOf(another).ID)
		}
	}
	if wish := h.some(b, valueflows.ClassIntent); wish != nil && rapid.Bool().Draw(h.t, "a wish, too") {
		e.Satisfies = []valueflows.ID{recordOf(wish).ID}
	}
	if claim := h.some(b, valueflows.ClassClaim); claim != nil && rapid.Bool().Draw(h.t, "a claim, too") {
		e.Settles = []valueflows.ID{recordOf(claim).ID}
	}
	for range 3 {
		if !leaveOut(e, h.recorded(b, ctx, e, nil)) {
			return
		}
	}
}

// partOf is as much as a measure says, or about a half.
func (h *planHistory) partOf(m *valueflows.Measure) *valueflows.Measure {
	if m == nil || rapid.Bool().Draw(h.t, "whole") {
		return m
	}
	half, err := valueflows.NewDecimal(m.HasNumericalValue.Coef()/2, m.HasNumericalValue.Scale())
	if err != nil {
		h.t.Fatal(err)
	}
	return &valueflows.Measure{HasNumericalValue: half, HasUnit: m.HasUnit}
}

// correct takes an event back, in full or in part, or adds to it.
func (h *planHistory) correct(*rapid.T) {
	b, ctx := h.who()
	was, ok := h.some(b, valueflows.ClassEconomicEvent).(*valueflows.EconomicEvent)
	if !ok {
		return
	}
	sign := rapid.SampledFrom([]int64{-1, -1, 1}).Draw(h.t, "sign")
	by := func(m *valueflows.Measure) *valueflows.Measure {
		if m = h.partOf(m); m == nil {
			return nil
		}
		return &valueflows.Measure{HasNumericalValue: m.HasNumericalValue.Times(sign), HasUnit: m.HasUnit}
	}
	e := &valueflows.EconomicEvent{Action: was.Action, Corrects: was.ID, ResourceQuantity: by(was.ResourceQuantity), EffortQuantity: by(was.EffortQuantity)}
	if promise := h.some(b, valueflows.ClassCommitment); promise != nil && rapid.IntRange(0, 3).Draw(h.t, "names a promise") == 0 {
		e.Fulfills = []valueflows.ID{recordOf(promise).ID}
	}
	h.recorded(b, ctx, e, nil)
}

// recorded records an event, and holds what it did to stocks to the LAB's policy.
func (h *planHistory) recorded(b *books, ctx context.Context, e *valueflows.EconomicEvent, created *valueflows.EconomicResource) error {
	what := "record " + string(e.Action)
	return h.once(ctx, what, func(ctx context.Context) error {
		event := *e
		_, _, err := h.b.node.RecordEvent(ctx, &event, created)
		return err
	}, func(before, after *snapshot) {
		var event *valueflows.EconomicEvent
		var news []valueflows.ID
		for _, record := range after.list {
			rec := recordOf(record)
			if _, known := before.record[rec.ID]; known || rec.Stub {
				continue
			}
			news = append(news, rec.ID)
			if x, ok := record.(*valueflows.EconomicEvent); ok && x.ScrapOf.IsZero() {
				event = x
			}
		}
		if event == nil {
			h.t.Fatalf("%s: nothing was recorded", what)
		}
		h.onlyNew(what, before, after, append(news, event.ResourceInventoriedAs, event.ToResourceInventoriedAs)...)
		if b == h.labs[0] {
			h.handsChanged(event, before, after)
		}
	})
}

// handsChanged tells whether an event changed what another agent accounts for:
// where the LAB looks after that, whose stock it was is a party of the event.
func (h *planHistory) handsChanged(e *valueflows.EconomicEvent, before, after *snapshot) {
	for _, record := range before.list {
		was, ok := record.(*valueflows.EconomicResource)
		if !ok || was.AccountingQuantity == nil || was.PrimaryAccountable.IsZero() {
			continue
		}
		is := after.record[was.ID].(*valueflows.EconomicResource)
		if is.PrimaryAccountable == was.PrimaryAccountable && is.AccountingQuantity.HasNumericalValue.Cmp(was.AccountingQuantity.HasNumericalValue) == 0 {
			continue
		}
		if e.Corrects.IsZero() && e.Provider != was.PrimaryAccountable && e.Receiver != was.PrimaryAccountable {
			h.t.Errorf("%s changed what %s accounts for, who is no party of it: %+v, before %+v, after %+v", e.Action, was.PrimaryAccountable, e, was, is)
		}
	}
}

// plan makes a plan that meets something promised or wanted, or moves one.
func (h *planHistory) plan(*rapid.T) {
	b, ctx := h.who()
	if plan := h.some(b, valueflows.ClassPlan); plan != nil && rapid.Bool().Draw(h.t, "move") {
		h.replan(b, ctx, recordOf(plan).ID)
		return
	}
	kind := h.some(b, valueflows.ClassResourceSpecification)
	r := PlanRequest{Name: "Made"}
	r.Direction, r.Start = rapid.SampledFrom([]planning.Direction{planning.Backward, planning.Forward}).Draw(h.t, "direction"), h.time("start")
	for i := range rapid.IntRange(1, 2).Draw(h.t, "demands") {
		d := planning.Demand{Kind: planning.Kind{Specification: recordOf(kind).ID}, Quantity: *h.measure("ResourceQuantity"), Due: h.time(fmt.Sprintf("due %d", i))}
		if to := h.some(b, valueflows.ClassOrganization); to != nil && rapid.Bool().Draw(h.t, "for another") {
			d.Receiver = recordOf(to).ID
		}
		if promise := h.some(b, valueflows.ClassCommitment); promise != nil && rapid.IntRange(0, 2).Draw(h.t, "promised") == 0 {
			d.Commitment = recordOf(promise).ID
		}
		r.Demands = append(r.Demands, d)
	}
	what := "make a plan"
	h.once(ctx, what, func(ctx context.Context) error {
		_, _, err := h.b.node.MakePlan(ctx, r, false)
		return err
	}, func(before, after *snapshot) {
		var allowed []valueflows.ID
		for _, record := range after.list {
			if _, known := before.record[recordOf(record).ID]; !known {
				allowed = append(allowed, recordOf(record).ID)
			}
		}
		for _, d := range r.Demands {
			allowed = append(allowed, d.Commitment)
		}
		h.onlyNew(what, before, after, allowed...)
	})
}

// replan moves a plan: only its processes and flows are changed.
func (h *planHistory) replan(b *books, ctx context.Context, plan valueflows.ID) {
	flow := h.some(b, rapid.SampledFrom([]valueflows.Class{valueflows.ClassCommitment, valueflows.ClassIntent, valueflows.ClassProcess}).Draw(h.t, "of"))
	if flow == nil {
		return
	}
	change := planning.Change{Flow: recordOf(flow).ID, At: h.time("at").Instant}
	if _, ok := flow.(*valueflows.Process); ok {
		change.Process, change.Flow = change.Flow, valueflows.ID{}
	}
	what := "move a plan"
	h.once(ctx, what, func(ctx context.Context) error {
		_, err := h.b.node.Replan(ctx, plan, []planning.Change{change}, valueflows.ID{}, true)
		return err
	}, func(before, after *snapshot) {
		var allowed []valueflows.ID
		for _, record := range before.list {
			switch record.(type) {
			case *valueflows.Process, *valueflows.Commitment, *valueflows.Intent:
				allowed = append(allowed, recordOf(record).ID)
			}
		}
		h.onlyNew(what, before, after, allowed...)
	})
}
