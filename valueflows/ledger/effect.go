package ledger

import "disconode/valueflows"

// effects are what an entry does to the resources that are counted here: found
// by letting it happen to empty ones of the same units, so that there is one
// rule for what an event does. A resource that gives what it gets has an effect
// of nothing.
func (l *Ledger) effects(e Entry) ([]posting, error) {
	if e.Event.ResourceQuantity == nil {
		return nil, nil
	}
	from := empty(l.resources[e.Event.ResourceInventoriedAs], e.Event)
	to := from
	if e.Event.ToResourceInventoriedAs != e.Event.ResourceInventoriedAs {
		to = empty(l.resources[e.Event.ToResourceInventoriedAs], e.Event)
	}
	if err := e.Event.Apply(valueflows.Scene{From: from, To: to, Custody: &e.Custody}); err != nil {
		return nil, err
	}
	var postings []posting
	for _, r := range []*valueflows.EconomicResource{from, to} {
		if r == nil || r == to && len(postings) > 0 && from == to {
			continue
		}
		p := posting{resource: l.resources[r.ID], unit: unitOf(l.resources[r.ID])}
		if r.AccountingQuantity != nil {
			p.accounting = r.AccountingQuantity.HasNumericalValue
		}
		if r.OnhandQuantity != nil {
			p.onhand = r.OnhandQuantity.HasNumericalValue
		}
		if p.accounting.Sign() != 0 || p.onhand.Sign() != 0 || from == to {
			postings = append(postings, p)
		}
	}
	return postings, nil
}

// empty is a resource like one that is counted, with nothing in it.
func empty(r *valueflows.EconomicResource, e *valueflows.EconomicEvent) *valueflows.EconomicResource {
	if r == nil {
		return nil
	}
	none := func(m *valueflows.Measure) *valueflows.Measure {
		if m == nil {
			return nil
		}
		return &valueflows.Measure{HasUnit: m.HasUnit}
	}
	return &valueflows.EconomicResource{
		Record: valueflows.Record{ID: r.ID}, ConformsTo: e.ResourceConformsTo, Overdraw: true,
		AccountingQuantity: none(r.AccountingQuantity), OnhandQuantity: none(r.OnhandQuantity),
	}
}
