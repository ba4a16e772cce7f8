package node

import (
	"slices"

	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// counted holds what is told of promises, wishes, claims, agreements and plans
// to what events say: what is done and what is open is what was promised, and no
// quantity counts for two.
func (h *planHistory) counted(b *books) {
	events := h.netted(b)
	promises := ownOf[valueflows.Commitment](h, b)
	done, err := h.b.node.Fulfilments(b.ctx, promises)
	if err != nil || len(done) != len(promises) {
		h.t.Fatalf("%d of %d promises are told of: %v", len(done), len(promises), err)
	}
	type count struct {
		effort bool
		unit   valueflows.ID
	}
	told := map[count]*valueflows.Sum{}
	for _, c := range promises {
		f := done[c.ID]
		for _, side := range []struct {
			effort bool
			wanted *valueflows.Measure
			is     *planning.Progress
		}{{false, c.ResourceQuantity, f.Resource}, {true, c.EffortQuantity, f.Effort}} {
			if h.adds(c, side.wanted, side.is); side.is == nil {
				continue
			}
			of := count{side.effort, side.is.Unit}
			if told[of] == nil {
				told[of] = &valueflows.Sum{}
			}
			told[of].Add(side.is.Done)
			most := events.sum(of.effort, of.unit, func(e *netEvent) bool { return slices.Contains(e.fulfills, c.ID) })
			if most.Add(side.is.Done.Neg()); most.Sign() < 0 {
				h.t.Errorf("more is done of a promise than events say, by %s: %+v\n%+v", most, side.is, c)
			}
		}
	}
	for of, sum := range told {
		all, err := sum.Decimal()
		if err != nil {
			continue
		}
		most := events.sum(of.effort, of.unit, func(e *netEvent) bool { return len(e.fulfills) > 0 })
		if most.Add(all.Neg()); most.Sign() < 0 {
			h.t.Errorf("promises tell of more than events do, by %s %v", most, of)
		}
	}
	h.others(b)
}

// adds holds a promise's progress to adding up.
func (h *planHistory) adds(c *valueflows.Commitment, wanted *valueflows.Measure, is *planning.Progress) {
	if wanted == nil || is == nil {
		if wanted != nil || is != nil {
			h.t.Errorf("%v of %v: %+v", is, wanted, c)
		}
		return
	}
	var sum valueflows.Sum
	for _, d := range []valueflows.Decimal{is.Done, is.Open, is.Over.Neg()} {
		sum.Add(d)
	}
	if sum.Add(wanted.HasNumericalValue.Neg()); sum.Sign() != 0 || is.Open.Sign() < 0 || is.Over.Sign() < 0 || is.Open.Sign() > 0 && is.Over.Sign() > 0 {
		h.t.Errorf("of %s these are done, open and over: %+v", wanted.HasNumericalValue, is)
	}
}

// netEvent is an event with all that corrects it.
type netEvent struct {
	resource, effort map[valueflows.ID]*valueflows.Sum // by unit
	fulfills         []valueflows.ID
}

type netEvents []*netEvent

// netted are the events of the books, each with its corrections.
func (h *planHistory) netted(b *books) (all netEvents) {
	roots := map[valueflows.ID]*netEvent{}
	for _, record := range h.now.list {
		e, ok := record.(*valueflows.EconomicEvent)
		if !ok || e.Books != b.lab {
			continue
		}
		n := roots[e.Corrects] // recorded before
		if n == nil {
			n = &netEvent{map[valueflows.ID]*valueflows.Sum{}, map[valueflows.ID]*valueflows.Sum{}, nil}
			all = append(all, n)
		}
		roots[e.ID] = n
		n.fulfills = append(n.fulfills, e.Fulfills...)
		for _, side := range []struct {
			m  *valueflows.Measure
			to map[valueflows.ID]*valueflows.Sum
		}{{e.ResourceQuantity, n.resource}, {e.EffortQuantity, n.effort}} {
			if side.m == nil {
				continue
			}
			if side.to[side.m.HasUnit] == nil {
				side.to[side.m.HasUnit] = &valueflows.Sum{}
			}
			side.to[side.m.HasUnit].Add(side.m.HasNumericalValue)
		}
	}
	return all
}

// sum is how much some events come to in a unit.
func (all netEvents) sum(effort bool, unit valueflows.ID, which func(*netEvent) bool) *valueflows.Sum {
	total := &valueflows.Sum{}
	for _, e := range all {
		of := e.resource
		if effort {
			of = e.effort
		}
		if which(e) && of[unit] != nil {
			d, _ := of[unit].Decimal()
			total.Add(d)
		}
	}
	return total
}

// ownOf are the records of a class that are described in a LAB's books.
func ownOf[T Kept](h *planHistory, b *books) (all []*T) {
	for _, record := range h.now.list {
		if row, ok := record.(*T); ok && recordOf(row).Books == b.lab {
			all = append(all, row)
		}
	}
	return all
}

// others asks how all else stands that is planned: it is told, or refused in words.
func (h *planHistory) others(b *books) {
	hundred := valueflows.MustDecimal("100")
	percent := func(what string, d valueflows.Decimal) {
		if d.Sign() < 0 || d.Cmp(hundred) > 0 {
			h.t.Errorf("%s: %s %%", what, d)
		}
	}
	intents, err := h.b.node.Satisfactions(b.ctx, ownOf[valueflows.Intent](h, b))
	if err != nil {
		h.t.Fatal(err)
	}
	claims, err := h.b.node.Settlements(b.ctx, ownOf[valueflows.Claim](h, b))
	if err != nil {
		h.t.Fatal(err)
	}
	for what, all := range map[string]map[valueflows.ID]*Fulfilment{"an intent": intents, "a claim": claims} {
		for _, f := range all {
			percent(what, f.Percent)
		}
	}
	agreements, err := h.b.node.AgreementFulfilments(b.ctx, ownOf[valueflows.Agreement](h, b))
	if err != nil {
		h.t.Fatal(err)
	}
	for id, a := range agreements {
		if a.Whole.Done > a.Whole.Promises || a.Clauses.Promises+a.Reciprocal.Promises < a.Whole.Promises {
			h.t.Errorf("the agreement %s: %+v", id, a)
		}
		percent("an agreement", a.Whole.Percent)
	}
	plans := ownOf[valueflows.Plan](h, b)
	stand, err := h.b.node.PlanFulfilments(b.ctx, plans)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, p := range plans {
		f := stand[p.ID]
		if f.Whole.Done > f.Whole.Promises || f.Finished > f.Processes {
			h.t.Errorf("the plan %s: %+v", p.ID, f)
		}
		percent("a plan", f.Whole.Percent)
		if _, err := h.b.node.CriticalPath(b.ctx, p.ID, nil, nil); err != nil {
			h.refusal("critical path", err)
		}
		if _, err := h.b.node.Shortages(b.ctx, p.ID); err != nil {
			h.refusal("shortages", err)
		}
	}
	for _, i := range ownOf[valueflows.Intent](h, b) {
		if _, err := h.b.node.Matches(b.ctx, i.ID, 0); err != nil {
			h.refusal("matches", err)
		}
	}
}
