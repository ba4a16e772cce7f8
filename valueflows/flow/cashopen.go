package flow

import (
	"cmp"
	"slices"

	"disconode/valueflows"
)

// promise is a commitment or an intent, and what of it is still open.
type promise struct {
	id        valueflows.ID
	flow      *valueflows.Planned
	sign      int64
	whole     valueflows.Decimal // that was promised
	quantity  valueflows.Decimal // of it, what is open
	satisfies []valueflows.ID    // intents
}

// open are the promises that are asked about, with what of each is not
// fulfilled; those that are finished, or have nothing left, are left out.
func (q *CashQuestion) open(events []*valueflows.EconomicEvent, commitments []*valueflows.Commitment, intents []*valueflows.Intent) ([]*promise, error) {
	made, err := q.promises(commitments, intents)
	if err != nil {
		return nil, err
	}
	byID := map[valueflows.ID]*promise{}
	for _, p := range made {
		byID[p.id] = p
	}
	done, err := q.fulfilling(events)
	if err != nil {
		return nil, err
	}
	for _, d := range done {
		if err := settle(d.quantity, d.fulfils, byID); err != nil {
			return nil, err
		}
	}
	for _, p := range made {
		promised := p.whole
		if p.finished() { // what it did not fulfil is wanted again
			if promised, err = p.whole.Add(p.quantity.Neg()); err != nil {
				return nil, err
			}
		}
		if err := settle(promised, p.satisfies, byID); err != nil {
			return nil, err
		}
	}
	for _, d := range done {
		if err := settle(d.quantity, d.satisfies, byID); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(made, func(p *promise) bool {
		return p.quantity.Sign() <= 0 || p.finished()
	}), nil
}

func (p *promise) finished() bool { return p.flow.Finished != nil && *p.flow.Finished }

// promises are the commitments and intents that are asked about, the earliest
// first, all of each open.
func (q *CashQuestion) promises(commitments []*valueflows.Commitment, intents []*valueflows.Intent) ([]*promise, error) {
	var list []*promise
	for _, c := range commitments {
		list = append(list, &promise{id: c.ID, flow: &c.Planned, satisfies: c.Satisfies})
	}
	for _, i := range intents {
		list = append(list, &promise{id: i.ID, flow: &i.Planned})
	}
	list = slices.DeleteFunc(list, func(p *promise) bool {
		p.sign = q.expected(p.flow)
		return p.sign == 0
	})
	for _, p := range list {
		var err error
		if p.quantity, err = q.counted(p.flow.ResourceQuantity, "promise", p.id); err != nil {
			return nil, err
		}
		p.whole = p.quantity
	}
	slices.SortFunc(list, sooner)
	return list, nil
}

func sooner(a, b *promise) int {
	return cmp.Or(cmp.Compare(a.flow.At(), b.flow.At()), compareIDs(a.id, b.id))
}

// expected is the sign of a promise, as happened is that of an event. One that
// names no resource that is asked about is told by who gives and who gets.
func (q *CashQuestion) expected(p *valueflows.Planned) int64 {
	e := &valueflows.EconomicEvent{
		Action: p.Action, Provider: p.Provider, Receiver: p.Receiver,
		ResourceInventoriedAs: p.ResourceInventoriedAs, ResourceConformsTo: p.ResourceConformsTo,
	}
	if slices.Contains(q.Resources, p.ResourceInventoriedAs) {
		return q.happened(e)
	}
	return q.between(e)
}

// fulfilment is what happened of promises. What fulfils a commitment satisfies
// an intent through it, and not besides.
type fulfilment struct {
	quantity           valueflows.Decimal
	fulfils, satisfies []valueflows.ID
}

// fulfilling are the events that fulfil or satisfy something, in the order in
// which they were recorded, with their corrections counted.
func (q *CashQuestion) fulfilling(events []*valueflows.EconomicEvent) ([]fulfilment, error) {
	all := map[valueflows.ID]*valueflows.EconomicEvent{}
	for _, e := range events {
		all[e.ID] = e
	}
	ordered := inOrder(all)
	sums := map[valueflows.ID]*valueflows.Sum{}
	for _, e := range ordered {
		if e.ResourceQuantity == nil || e.ResourceQuantity.HasUnit != q.Unit {
			continue
		}
		root := original(e, all)
		if sums[root.ID] == nil {
			sums[root.ID] = new(valueflows.Sum)
		}
		sums[root.ID].Add(e.ResourceQuantity.HasNumericalValue)
	}
	var list []fulfilment
	for _, e := range ordered {
		if sums[e.ID] == nil || len(e.Fulfills)+len(e.Satisfies) == 0 {
			continue
		}
		d, err := sums[e.ID].Decimal()
		if err != nil {
			return nil, err
		}
		switch {
		case d.Sign() <= 0:
		case len(e.Fulfills) > 0:
			list = append(list, fulfilment{quantity: d, fulfils: e.Fulfills})
		default:
			list = append(list, fulfilment{quantity: d, satisfies: e.Satisfies})
		}
	}
	return list, nil
}

// settle takes a quantity from what is open of the promises, the earliest
// first, until it is used up.
func settle(d valueflows.Decimal, ids []valueflows.ID, byID map[valueflows.ID]*promise) error {
	var list []*promise
	for _, id := range ids {
		if p := byID[id]; p != nil && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, sooner)
	for _, p := range list {
		part := d
		if p.quantity.Cmp(d) < 0 {
			part = p.quantity
		}
		var err error
		if p.quantity, err = p.quantity.Add(part.Neg()); err != nil {
			return err
		}
		if d, err = d.Add(part.Neg()); err != nil {
			return err
		}
	}
	return nil
}
