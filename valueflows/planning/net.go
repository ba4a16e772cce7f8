package planning

import (
	"cmp"
	"slices"

	"disconode/valueflows"
)

// supply is something that needs can be met from.
type supply struct {
	Kind
	unit    valueflows.ID // as the plan counts it
	stated  valueflows.ID // the unit that it is stated in
	left    valueflows.Decimal
	at      valueflows.Instant // when it is there; 0 for already
	expires valueflows.Instant // 0 for never
	created bool               // new, or in stock: not a thing that goes through a process
	// It is one of a stock, a scheduled flow, and what a lot of the draft brings.
	resource valueflows.ID
	output   valueflows.ID
	lot      *lot
}

// take enters the stock and the scheduled outputs of the books: what expires
// first stands first, then what comes first.
func (m *maker) take(b *Books) error {
	var all []*supply
	for _, s := range b.Stock {
		r := s.Resource
		if r.OnhandQuantity == nil {
			continue // not counted here
		}
		there, err := m.counted(r.ConformsTo, r.OnhandQuantity)
		if err != nil {
			return valueflows.At(err, "stock", r.ID.String())
		}
		if s.Free != nil {
			free, err := m.counted(r.ConformsTo, s.Free)
			if err != nil {
				return valueflows.At(err, "stock", r.ID.String())
			}
			there.HasNumericalValue = least(there.HasNumericalValue, free.HasNumericalValue)
		}
		all = append(all, &supply{
			Kind: Kind{r.ConformsTo, r.Stage, r.State}, unit: there.HasUnit, stated: r.OnhandQuantity.HasUnit, left: there.HasNumericalValue,
			expires: instant(s.Expires), created: true, resource: r.ID,
		})
	}
	for _, o := range b.Outputs {
		free, err := m.counted(o.Specification, &o.Free)
		if err != nil {
			return valueflows.At(err, "scheduled", o.Flow.String())
		}
		all = append(all, &supply{
			Kind: o.Kind, unit: free.HasUnit, stated: o.Free.HasUnit, left: free.HasNumericalValue, at: instant(o.At), created: true, output: o.Flow,
		})
	}
	slices.SortFunc(all, func(a, b *supply) int {
		return cmp.Or(
			cmp.Compare(bit(a.resource.IsZero()), bit(b.resource.IsZero())),
			cmp.Compare(bit(a.expires == 0), bit(b.expires == 0)), cmp.Compare(a.expires, b.expires),
			cmp.Compare(a.at, b.at), byID(a.resource, b.resource), byID(a.output, b.output))
	})
	for _, s := range all {
		if s.left.Sign() > 0 {
			m.supplies[s.Specification] = append(m.supplies[s.Specification], s)
			m.there[s.Specification] = append(m.there[s.Specification], s.Kind)
		}
	}
	return nil
}

// net meets a need from what is there or will be, as far as that goes.
func (m *maker) net(n *node, want *need) error {
	if err := m.netFrom(n, want, n.Kind); err != nil || want.quantity.Sign() == 0 {
		return err
	}
	s := m.index.specifications[n.Specification]
	if s == nil || s.Substitutable == nil || !*s.Substitutable {
		return nil
	}
	for _, other := range m.request.Substitutes[n.Specification] {
		if err := m.netFrom(n, want, Kind{other, n.Stage, n.State}); err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) netFrom(n *node, want *need, kind Kind) error {
	spent := false
	for _, s := range m.supplies[kind.Specification] {
		if want.quantity.Sign() == 0 {
			break
		}
		if s.left.Sign() == 0 || !kind.takes(s.Kind) || !m.serves(n, s, want, kind) {
			continue
		}
		taken := least(s.left, want.quantity)
		var err error
		if s.left, err = minus(s.left, taken); err != nil {
			return err
		}
		if want.quantity, err = minus(want.quantity, taken); err != nil {
			return err
		}
		spent = spent || s.left.Sign() == 0
		if err := m.allocate(n, want, s, taken); err != nil {
			return err
		}
	}
	if spent {
		m.supplies[kind.Specification] = slices.DeleteFunc(m.supplies[kind.Specification], func(s *supply) bool { return s.left.Sign() == 0 })
	}
	return nil
}

// serves tells whether a supply of the kind can meet a need, and notes where it
// could have but for its time, its unit or its nature.
func (m *maker) serves(n *node, s *supply, want *need, kind Kind) bool {
	substitute := kind.Specification != n.Specification
	switch {
	case s.unit != n.unit:
		m.note(OtherUnit, either(s.resource, s.output), "there is some of %s, counted in another unit than it is needed in", m.name(s.Specification))
		return false
	case n.through && !s.created, substitute && s.resource.IsZero():
		return false
	case s.at > want.due:
		if s.lot == nil {
			m.note(TooLate, s.output, "%s %s of %s come later than they are needed", s.left, unitName(s.unit), m.name(s.Specification))
		}
		return false
	case s.lot != nil && want.lot != nil && s.at == want.due && want.lot.begin == want.lot.end && want.lot.number >= s.lot.number:
		return false // at the same instant, only the earlier lot waits for the later one
	case s.expires != 0 && s.expires <= m.usedAt(want):
		m.note(Expired, s.resource, "%s %s of %s cannot be used by when they are needed", s.left, unitName(s.unit), m.name(s.Specification))
		return false
	}
	if of := m.index.specifications[s.Specification]; !s.resource.IsZero() && of != nil && of.Substitutable != nil && !*of.Substitutable {
		m.note(NotAlike, s.Specification, "one %s does not stand for another: pick from the stock", m.name(s.Specification))
		return false
	}
	return true
}

// usedAt is when a need is used up, as far as that is known: scheduling forward,
// not before the start.
func (m *maker) usedAt(want *need) valueflows.Instant {
	if m.request.Direction == Forward {
		return m.request.Start.Instant
	}
	return want.due
}

// allocate sets some of a supply aside for a need.
func (m *maker) allocate(n *node, want *need, s *supply, quantity valueflows.Decimal) error {
	a := Allocation{
		Specification: n.Specification, Quantity: stated(valueflows.Measure{HasNumericalValue: quantity, HasUnit: n.unit}, want.unit),
		Resource: s.resource, Flow: s.output, Planned: s.lot != nil, Substitute: s.Specification != n.Specification,
		For: want.id(), Demand: want.demand,
	}
	if a.Substitute {
		m.note(IsSubstitute, n.Specification, "%s is taken in place of %s", m.name(s.Specification), m.name(n.Specification))
		if want.lot != nil && !want.flow.planned().InputOf.IsZero() { // not what another is to get
			in, err := m.standIn(want, s.Specification, valueflows.Measure{HasNumericalValue: quantity, HasUnit: n.unit})
			if err != nil {
				return err
			}
			a.For = in.id()
		}
	}
	m.draft.Allocations = append(m.draft.Allocations, a)
	m.wait(want, s.lot, s.at)
	return nil
}

// standIn has the input of a process say what is taken in place of what its
// recipe names, so that whoever plans next finds it taken: the input itself where
// that is all of it, else one beside it. What is taken is counted as the plan does.
func (m *maker) standIn(want *need, other valueflows.ID, taken valueflows.Measure) (flow, error) {
	p := want.flow.planned()
	if p.ResourceQuantity == nil {
		return want.flow, nil
	}
	whole, err := p.ResourceQuantity.In(taken.HasUnit)
	if err != nil {
		return flow{}, err
	}
	left, err := minus(whole.HasNumericalValue, taken.HasNumericalValue)
	if err != nil {
		return flow{}, err
	}
	if left.Sign() <= 0 {
		p.ResourceConformsTo = other
		return want.flow, nil
	}
	beside := *p
	unit := p.ResourceQuantity.HasUnit
	said := func(d valueflows.Decimal) *valueflows.Measure {
		q := stated(valueflows.Measure{HasNumericalValue: d, HasUnit: taken.HasUnit}, unit)
		return m.store.measure(q.HasNumericalValue, q.HasUnit)
	}
	beside.ResourceConformsTo, beside.ResourceQuantity = other, said(taken.HasNumericalValue)
	in, err := m.promise(beside)
	if err != nil {
		return flow{}, err
	}
	if of := want.flow.commitment; of != nil {
		in.commitment.ClauseOf, in.commitment.ReciprocalClauseOf = of.ClauseOf, of.ReciprocalClauseOf
	}
	p.ResourceQuantity = said(left)
	want.lot.inputs = append(want.lot.inputs, in.planned())
	return in, nil
}

// wait lets what a need is for begin after a lot, or else after an instant.
func (m *maker) wait(want *need, on *lot, at valueflows.Instant) {
	switch {
	case on != nil && want.lot != nil:
		on.users = append(on.users, want.lot)
	case on != nil:
		on.demands = append(on.demands, want.demand)
	case want.lot != nil:
		want.lot.ready = max(want.lot.ready, at)
	default:
		d := &m.draft.Deliveries[want.demand]
		d.At = max(d.At, at)
	}
}

// id is the input that the need is of; zero for a demand.
func (w *need) id() valueflows.ID {
	if w.lot == nil {
		return valueflows.ID{}
	}
	return w.flow.id()
}

// either is the first id that names something.
func either(a, b valueflows.ID) valueflows.ID {
	if a.IsZero() {
		return b
	}
	return a
}

func unitName(id valueflows.ID) string {
	if u := valueflows.OMUnit(id); u != nil {
		return u.Label
	}
	return "unit " + id.String()
}
