package ledger

import "disconode/valueflows"

// owners are the events by which a resource went to another agent with its
// record, as they were recorded.
type owners map[valueflows.ID][]*valueflows.EconomicEvent

func (l *Ledger) handovers(recorded []Entry) owners {
	o := owners{}
	for _, e := range recorded {
		if id := e.Event.ResourceInventoriedAs; handsOver(e.Event) && l.resources[id] != nil {
			o[id] = append(o[id], e.Event)
		}
	}
	return o
}

// handsOver tells whether the event makes another agent accountable for a
// resource that goes along with its record. A correction changes no hands.
func handsOver(e *valueflows.EconomicEvent) bool {
	return !e.ResourceInventoriedAs.IsZero() && e.ResourceInventoriedAs == e.ToResourceInventoriedAs && e.Provider != e.Receiver &&
		e.Corrects.IsZero() && valueflows.Actions[e.Action].AccountableEffect == "updateTo"
}

// at is who was accountable for a resource once an event was recorded.
func (o owners) at(r *valueflows.EconomicResource, e *valueflows.EconomicEvent) valueflows.ID {
	return o.after(r, func(handover *valueflows.EconomicEvent) bool { return asRecorded(handover, e) <= 0 })
}

// before is who was accountable for a resource until an event was recorded.
func (o owners) before(r *valueflows.EconomicResource, e *valueflows.EconomicEvent) valueflows.ID {
	return o.after(r, func(handover *valueflows.EconomicEvent) bool { return asRecorded(handover, e) < 0 })
}

// after is who was accountable after those handovers that are meant.
func (o owners) after(r *valueflows.EconomicResource, meant func(*valueflows.EconomicEvent) bool) valueflows.ID {
	all := o[r.ID]
	for i := len(all) - 1; i >= 0; i-- {
		if meant(all[i]) {
			return all[i].Receiver
		}
	}
	if len(all) > 0 {
		return all[0].Provider
	}
	return r.PrimaryAccountable
}
