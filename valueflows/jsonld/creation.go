package jsonld

import "disconode/valueflows"

// stock is a resource of the documents, and how it comes to be: by an event
// that they state, or by an opening.
type stock struct {
	*moment // its first statement
	created *moment
	opened  bool
}

// create decides for each resource how it comes to be.
func (p *planner) create() {
	p.findEvents()
	for _, k := range p.stocks {
		p.account(k)
	}
	p.resolve()
	p.findEvents()
	taken := map[*moment]bool{}
	for _, k := range p.stocks {
		if first := p.firstEvent(k); first != nil && first.index < k.index && mayCreate(first.event, k.resource.ID) && !taken[first] {
			k.created, taken[first] = first, true
		}
	}
	p.findCreations(taken)
	for _, k := range p.stocks {
		p.specify(k)
	}
}

// findEvents lists the events that name each resource.
func (p *planner) findEvents() {
	p.naming = map[valueflows.ID][]*moment{}
	for _, m := range p.moments {
		if m.event == nil {
			continue
		}
		from, to := m.event.ResourceInventoriedAs, m.event.ToResourceInventoriedAs
		p.naming[from] = append(p.naming[from], m)
		if to != from {
			p.naming[to] = append(p.naming[to], m)
		}
	}
}

// firstEvent is the first event that names a resource, or nil.
func (p *planner) firstEvent(k *stock) *moment {
	if events := p.naming[k.resource.ID]; len(events) > 0 {
		return events[0]
	}
	return nil
}

// mayCreate tells whether an event that names a resource could have created it.
func mayCreate(e *valueflows.EconomicEvent, id valueflows.ID) bool {
	if e.ResourceInventoriedAs == id {
		return e.CreatesFrom()
	}
	return e.CreatesTo() && !(e.CreatesFrom() && e.ResourceInventoriedAs.IsZero())
}

// account finds who is accountable for a resource that does not say so.
func (p *planner) account(k *stock) {
	r, first := k.resource, p.firstEvent(k)
	switch {
	case !r.PrimaryAccountable.IsZero():
		return
	case first == nil:
		r.PrimaryAccountable = p.options.Lab
		p.add(k.Place, Inferred, "%s does not say who is accountable: the LAB is", k.IRI)
		return
	case first.event.ResourceInventoriedAs == r.ID:
		r.PrimaryAccountable = first.event.Provider
	default:
		r.PrimaryAccountable = first.event.Receiver
	}
	p.add(k.Place, Inferred, "%s does not say who is accountable: %s is, by the first event that names it, at line %d",
		k.IRI, p.batch.Names[r.PrimaryAccountable], first.Line)
}

// findCreations looks for events that create and do not say what: one before a
// resource is first spoken of, of the same specification and quantity, is taken
// to have created it.
func (p *planner) findCreations(taken map[*moment]bool) {
	open := map[valueflows.ID][]*moment{} // by specification
	for _, m := range p.naming[valueflows.ID{}] {
		e := m.event
		if e.ResourceInventoriedAs.IsZero() && e.ToResourceInventoriedAs.IsZero() && (e.CreatesFrom() || e.CreatesTo()) && e.ResourceQuantity != nil {
			open[e.ResourceConformsTo] = append(open[e.ResourceConformsTo], m)
		}
	}
	for _, k := range p.stocks {
		if k.created != nil || k.resource.ConformsTo.IsZero() {
			continue
		}
		before := k.index
		if first := p.firstEvent(k); first != nil {
			before = min(before, first.index)
		}
		for _, m := range open[k.resource.ConformsTo] {
			if m.index < before && !taken[m] && m.event.ResourceQuantity.Equal(k.resource.AccountingQuantity) {
				p.adopt(k, m)
				taken[m] = true
				break
			}
		}
	}
}

// adopt takes an event to have created a resource.
func (p *planner) adopt(k *stock, m *moment) {
	if k.created = m; m.event.CreatesFrom() {
		m.event.ResourceInventoriedAs = k.resource.ID
	} else {
		m.event.ToResourceInventoriedAs = k.resource.ID
	}
	p.add(m.Place, Inferred, "the event does not say which resource: it is %s, of the same specification and quantity, stated at line %d", k.IRI, k.Line)
}

// track reads the tracking identifier that an event names its resources by.
func (r *statementReader) track(e *valueflows.EconomicEvent) {
	if !e.ResourceInventoriedAs.IsZero() || !e.ToResourceInventoriedAs.IsZero() || valueflows.Actions[e.Action].CreateResource != "optionalTo" {
		return
	}
	if text, p := r.scalar("trackingIdentifier"); p != nil {
		r.tracking[e.ID] = text
	}
}

// resolve finds the resources of events that give a tracking identifier only:
// the provider's and the receiver's.
func (p *planner) resolve() {
	type owner struct {
		tracking string
		agent    valueflows.ID
	}
	owned := map[owner]*stock{}
	for _, k := range p.stocks {
		is := owner{string(k.resource.TrackingIdentifier), k.resource.PrimaryAccountable}
		if owned[is] == nil {
			owned[is] = k
		}
	}
	for _, m := range p.naming[valueflows.ID{}] {
		tracking := p.tracking[m.event.ID]
		if tracking == "" {
			continue
		}
		at := m.PlaceOf("trackingIdentifier")
		for _, side := range []struct {
			agent    valueflows.ID
			resource *valueflows.ID
			name     string
		}{
			{m.event.Provider, &m.event.ResourceInventoriedAs, "resourceInventoriedAs"},
			{m.event.Receiver, &m.event.ToResourceInventoriedAs, "toResourceInventoriedAs"},
		} {
			if k := owned[owner{tracking, side.agent}]; k != nil {
				*side.resource = k.resource.ID
				p.add(at, Inferred, "%s is %s: it bears the tracking identifier %s, and %s is accountable for it",
					side.name, k.IRI, valueflows.Clip(tracking), p.batch.Names[side.agent])
			}
		}
		if m.event.ResourceInventoriedAs.IsZero() && m.event.ToResourceInventoriedAs.IsZero() {
			p.tolerate(at, "no resource of provider or receiver bears the tracking identifier %s: it is left out", valueflows.Clip(tracking))
		}
	}
}

// specify finds what a resource conforms to where its statements do not say so.
func (p *planner) specify(k *stock) {
	r := k.resource
	if !r.ConformsTo.IsZero() {
		return
	}
	for _, m := range p.naming[r.ID] {
		if m.event.ResourceConformsTo.IsZero() {
			continue
		}
		r.ConformsTo = m.event.ResourceConformsTo
		p.add(k.Place, Inferred, "%s does not say what it conforms to: %s, by the event at line %d", k.IRI, p.batch.Names[r.ConformsTo], m.Line)
		return
	}
	if k.created != nil && k.created.event.ToResourceInventoriedAs == r.ID && p.resources[k.created.event.ResourceInventoriedAs] != nil {
		return // what the resource that it comes from conforms to
	}
	r.ConformsTo = p.stub(k.IRI+"#specification", valueflows.ClassResourceSpecification, k.Place, true)
	p.add(k.Place, Inferred, "%s does not say what it conforms to: a specification of its own stands in", k.IRI)
}
