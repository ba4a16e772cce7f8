package jsonld

import "disconode/valueflows"

// open makes the events by which a resource that no event creates stands as it
// is first stated: a raise of what is stated, and, where what is on hand differs
// from what is accounted for, a transfer of the difference to an agent that is
// not stated. What events before the statement do to it is taken off.
func (p *planner) open(k *stock) {
	if k.opened || k.created != nil {
		return
	}
	k.opened = true
	stated := k.resource
	for _, id := range stated.Containers() {
		if container := p.resources[id]; container != nil {
			p.open(container) // what holds others comes first
			if !container.opened {
				p.stub(container.IRI, valueflows.ClassEconomicResource, k.Place, true)
			}
		}
	}
	accounting, onhand := p.statedQuantities(k)
	if accounting == nil {
		return
	}
	before, err := p.historyOf(k)
	if err == nil {
		accounting, err = less(accounting, before.AccountingQuantity)
	}
	if err == nil {
		onhand, err = less(onhand, before.OnhandQuantity)
	}
	if err != nil {
		p.fail(k.Place, "%s: what the events before this statement did to it cannot be taken off: %s", k.IRI, err)
		return
	}
	most := accounting.HasNumericalValue
	if onhand.HasNumericalValue.Cmp(most) > 0 {
		most = onhand.HasNumericalValue
	}
	resource := *stated
	resource.AccountingQuantity, resource.OnhandQuantity = nil, nil
	resource.Overdraw = resource.Overdraw || accounting.HasNumericalValue.Sign() < 0 || onhand.HasNumericalValue.Sign() < 0
	opening := p.openingEvent(k, "#opening", "raise", &valueflows.Measure{HasNumericalValue: most, HasUnit: accounting.HasUnit})
	if most.Sign() < 0 { // owed from the start
		opening.Action, opening.ResourceQuantity.HasNumericalValue = "lower", most.Neg()
	}
	p.batch.Steps = append(p.batch.Steps, Step{Place: k.Place, Event: opening, Creates: &resource, Of: k.Statement, Opening: true})
	for _, difference := range []struct {
		suffix string
		action valueflows.Action
		is     *valueflows.Measure
		name   string
	}{
		{"#opening-custody", "transferCustody", onhand, "on hand"},
		{"#opening-rights", "transferAllRights", accounting, "accounted for"},
	} {
		left := valueflows.Measure{HasNumericalValue: most, HasUnit: accounting.HasUnit}
		gone, err := less(&left, difference.is)
		if err != nil {
			p.fail(k.Place, "%s: what is accounted for and what is on hand lie too far apart: %s", k.IRI, err)
			return
		}
		if gone.HasNumericalValue.Sign() == 0 {
			continue
		}
		e := p.openingEvent(k, difference.suffix, difference.action, gone)
		e.Receiver = p.notStated(k.Place)
		p.batch.Steps = append(p.batch.Steps, Step{Place: k.Place, Event: e, Opening: true})
		p.add(k.Place, Inferred, "%s of %s is %s elsewhere: with an agent that is not stated", amount(gone), k.IRI, difference.name)
	}
}

func (p *planner) openingEvent(k *stock, suffix string, action valueflows.Action, quantity *valueflows.Measure) *valueflows.EconomicEvent {
	e := &valueflows.EconomicEvent{
		Action: action, Provider: k.resource.PrimaryAccountable, Receiver: k.resource.PrimaryAccountable,
		ResourceInventoriedAs: k.resource.ID, ResourceQuantity: quantity,
	}
	e.ID, e.IRI = p.id(p.whole(k.IRI)+suffix, k.Place)
	return e
}

// whole is a name that more can be added to: a bare id becomes an IRI.
func (p *planner) whole(iri string) string {
	if _, err := valueflows.ParseID(iri); err == nil {
		return "urn:uuid:" + iri
	}
	return iri
}

// statedQuantities are what is accounted for and what is on hand, by the first
// statement; the one is as the other where only that is stated, and both are
// nothing where neither is.
func (p *planner) statedQuantities(k *stock) (accounting, onhand *valueflows.Measure) {
	r := k.resource
	accounting, onhand = r.AccountingQuantity, r.OnhandQuantity
	switch {
	case accounting == nil && onhand == nil:
		accounting = &valueflows.Measure{HasUnit: p.unitOf(k)}
		p.add(k.Place, Inferred, "%s states no quantity: it begins with nothing", k.IRI)
		return accounting, accounting
	case accounting == nil:
		p.add(k.Place, Inferred, "%s states only what is on hand: as much is accounted for", k.IRI)
		return onhand, onhand
	case onhand == nil:
		return accounting, accounting
	case accounting.HasUnit != onhand.HasUnit:
		p.fail(k.PlaceOf("onhandQuantity"), "%s is counted in one unit and on hand in another", k.IRI)
		return nil, nil
	}
	return accounting, onhand
}

// unitOf is the unit that a resource without a quantity is counted in: that of
// the first event that names it, else its specification's, else pieces.
func (p *planner) unitOf(k *stock) valueflows.ID {
	if first := p.firstEvent(k); first != nil && first.event.ResourceQuantity != nil {
		return first.event.ResourceQuantity.HasUnit
	}
	for _, item := range p.batch.Records {
		if s, ok := item.Record.(*valueflows.ResourceSpecification); ok && s.ID == k.resource.ConformsTo && !s.DefaultUnitOfResource.IsZero() {
			return s.DefaultUnitOfResource
		}
	}
	return valueflows.One
}

// historyOf is what the events before a resource's first statement do to it.
func (p *planner) historyOf(k *stock) (*valueflows.EconomicResource, error) {
	unit := p.unitOf(k)
	if m := k.resource.AccountingQuantity; m != nil {
		unit = m.HasUnit
	} else if m := k.resource.OnhandQuantity; m != nil {
		unit = m.HasUnit
	}
	r := *k.resource
	r.Overdraw = true
	r.AccountingQuantity, r.OnhandQuantity = &valueflows.Measure{HasUnit: unit}, &valueflows.Measure{HasUnit: unit}
	for _, m := range p.naming[r.ID] {
		if m.index > k.index {
			break
		}
		var scene valueflows.Scene
		if m.event.ResourceInventoriedAs == r.ID {
			scene.From = &r
		}
		if m.event.ToResourceInventoriedAs == r.ID {
			scene.To = &r
		}
		if err := m.event.Apply(scene); err != nil {
			return nil, err
		}
	}
	return &r, nil
}

func less(a, b *valueflows.Measure) (*valueflows.Measure, error) {
	difference, err := a.HasNumericalValue.Add(b.HasNumericalValue.Neg())
	return &valueflows.Measure{HasNumericalValue: difference, HasUnit: a.HasUnit}, err
}
