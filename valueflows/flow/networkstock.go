package flow

import "disconode/valueflows"

// What actions do to what is on hand.
const (
	putsOn   valueflows.Effect = "increment"
	takesOff valueflows.Effect = "decrement"
	moves    valueflows.Effect = "decrementIncrement"
	copies   valueflows.Effect = "incrementTo"
)

// stockKey is a resource, or a kind of thing where events name no resource,
// and the unit that it is counted in.
type stockKey struct{ thing, unit valueflows.ID }

// stock is what is there of a thing, from which processes, the first first; and
// what was taken from it, the last last.
type stock struct {
	thing *thing
	lots  []lot
	taken []lot
}

// thing is a resource or a kind of thing, in all its units. What is used or
// cited, and stays, is from the process that put something in last.
type thing struct{ last valueflows.ID }

// lot is a quantity from a process, zero for none that is known; and, of what
// was taken, the process that took it, zero for none.
type lot struct {
	from, by valueflows.ID
	quantity valueflows.Decimal
}

// pass passes what an event moves on from process to process.
func (n *Network) pass(e *valueflows.EconomicEvent) error {
	b, m := valueflows.Actions[e.Action], e.ResourceQuantity
	if m == nil {
		m = e.EffortQuantity
	}
	if m == nil {
		return nil
	}
	if !e.InputOf.IsZero() && !e.OutputOf.IsZero() { // a service, from hand to hand
		n.tell(e, n.group(e.OutputOf), n.group(e.InputOf), *m)
		return nil
	}
	r, q := n.stock(e, e.ResourceInventoriedAs, m.HasUnit), m.HasNumericalValue
	switch {
	case !e.OutputOf.IsZero():
		if !e.LeadsTo().IsZero() {
			r = n.stock(e, e.LeadsTo(), m.HasUnit)
		}
		return r.put(n.group(e.OutputOf), q)
	case !e.InputOf.IsZero() && b.OnhandEffect != takesOff:
		n.tell(e, r.thing.last, n.group(e.InputOf), *m)
		return nil
	case !e.InputOf.IsZero():
		return n.take(e, r, n.group(e.InputOf), *m)
	case b.OnhandEffect == putsOn:
		return r.put(valueflows.ID{}, q)
	case b.OnhandEffect == takesOff:
		return n.take(e, r, valueflows.ID{}, *m)
	case e.ToResourceInventoriedAs.IsZero() && e.Action == "transfer" && e.Provider != e.Receiver: // it left, to no resource that is known
		return n.take(e, r, valueflows.ID{}, *m)
	case e.ToResourceInventoriedAs.IsZero() || e.ToResourceInventoriedAs == e.ResourceInventoriedAs:
		return nil
	}
	t := n.stock(e, e.ToResourceInventoriedAs, m.HasUnit)
	switch {
	case b.OnhandEffect == copies:
		return t.put(r.thing.last, q)
	case b.OnhandEffect != moves:
		return nil
	case q.Sign() < 0:
		r, t, q = t, r, q.Neg()
	}
	lots, err := r.draw(q)
	t.lots = append(t.lots, lots...)
	if len(lots) > 0 {
		t.thing.last = lots[len(lots)-1].from
	}
	return err
}

// stock is that of a resource; where there is none, of the kind of thing; where
// that is not known either, one that nothing else is in.
func (n *Network) stock(e *valueflows.EconomicEvent, resource, unit valueflows.ID) *stock {
	key := stockKey{resource, unit}
	if resource.IsZero() {
		key.thing = e.ResourceConformsTo
	}
	if key.thing.IsZero() {
		return &stock{thing: &thing{}}
	}
	if n.things[key.thing] == nil {
		n.things[key.thing] = &thing{}
	}
	if n.stocks[key] == nil {
		n.stocks[key] = &stock{thing: n.things[key.thing]}
	}
	return n.stocks[key]
}

// tell counts what went between two processes, where the event is of the period.
func (n *Network) tell(e *valueflows.EconomicEvent, from, to valueflows.ID, m valueflows.Measure) {
	if n.counts(e) {
		n.count(from, to, m)
	}
}

// take takes a quantity from a stock for a process, or, where it is negative,
// gives back what that process took last.
func (n *Network) take(e *valueflows.EconomicEvent, s *stock, by valueflows.ID, m valueflows.Measure) error {
	q := m.HasNumericalValue
	if q.Sign() >= 0 {
		lots, err := s.draw(q)
		if err != nil {
			return err
		}
		for _, l := range lots {
			l.by = by
			s.taken = append(s.taken, l)
		}
		return n.tellLots(e, lots, by, m.HasUnit, 1)
	}
	var back []lot
	left, err := split(&s.taken, q.Neg(), func(l lot) bool { return l.by == by }, &back)
	if err != nil {
		return err
	}
	for _, l := range back { // the last that was taken first
		s.lots = append([]lot{{from: l.from, quantity: l.quantity}}, s.lots...)
	}
	if err := n.tellLots(e, back, by, m.HasUnit, -1); err != nil {
		return err
	}
	if left.Sign() > 0 { // more than was ever taken from here
		s.lots = append(s.lots, lot{quantity: left})
	}
	return nil
}

// tellLots counts what went from where lots are from, each once an event.
func (n *Network) tellLots(e *valueflows.EconomicEvent, lots []lot, by, unit valueflows.ID, sign int64) error {
	sums := map[valueflows.ID]*valueflows.Sum{}
	var order []valueflows.ID
	for _, l := range lots {
		if sums[l.from] == nil {
			sums[l.from] = &valueflows.Sum{}
			order = append(order, l.from)
		}
		sums[l.from].Add(l.quantity.Times(sign))
	}
	for _, from := range order {
		quantity, err := sums[from].Decimal()
		if err != nil {
			return err
		}
		n.tell(e, from, by, valueflows.Measure{HasNumericalValue: quantity, HasUnit: unit})
	}
	return nil
}

// put puts a quantity from a process into the stock, or, where it is negative,
// takes out what is still there of what that process put in last.
func (s *stock) put(from valueflows.ID, q valueflows.Decimal) error {
	if q.Sign() >= 0 {
		if s.thing.last = from; q.Sign() > 0 {
			s.lots = append(s.lots, lot{from: from, quantity: q})
		}
		return nil
	}
	_, err := split(&s.lots, q.Neg(), func(l lot) bool { return l.from == from }, nil)
	return err
}

// draw takes a quantity out of the stock, the first first. What was there
// before anything was told of is from no process that is known, and not given.
func (s *stock) draw(q valueflows.Decimal) ([]lot, error) {
	var drawn []lot
	for len(s.lots) > 0 && q.Sign() > 0 {
		first := &s.lots[0]
		if first.quantity.Sign() == 0 { // was taken back
			s.lots = s.lots[1:]
			continue
		}
		if first.quantity.Cmp(q) > 0 {
			rest, err := first.quantity.Add(q.Neg())
			if err != nil {
				return drawn, err
			}
			drawn = append(drawn, lot{from: first.from, quantity: q})
			first.quantity = rest
			return drawn, nil
		}
		left, err := q.Add(first.quantity.Neg())
		if err != nil {
			return drawn, err
		}
		drawn = append(drawn, lot{from: first.from, quantity: first.quantity})
		q, s.lots = left, s.lots[1:]
	}
	return drawn, nil
}

// split takes a quantity off the last lots that fit, adds those to taken, and
// gives what is left of the quantity.
func split(lots *[]lot, q valueflows.Decimal, fits func(lot) bool, taken *[]lot) (valueflows.Decimal, error) {
	for i := len(*lots) - 1; i >= 0 && q.Sign() > 0; i-- {
		l := (*lots)[i]
		if !fits(l) || l.quantity.Sign() == 0 {
			continue
		}
		part := l.quantity
		if part.Cmp(q) > 0 {
			part = q
		}
		var err error
		if (*lots)[i].quantity, err = l.quantity.Add(part.Neg()); err != nil {
			return q, err
		}
		if q, err = q.Add(part.Neg()); err != nil {
			return q, err
		}
		if taken != nil {
			l.quantity = part
			*taken = append(*taken, l)
		}
	}
	return q, nil
}
