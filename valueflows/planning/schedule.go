package planning

import (
	"cmp"
	"slices"

	"disconode/valueflows"
)

// schedule gives the lots and their flows their times. Backward, they have
// them: each ends when it is needed. Forward, each begins as soon as all that
// it needs is there, and what is got from others comes when it is first needed.
func (m *maker) schedule() error {
	if m.request.Direction == Forward {
		m.advance()
	}
	times := map[valueflows.Instant]*valueflows.Time{}
	at := func(t valueflows.Instant) (*valueflows.Time, error) {
		if times[t] == nil {
			made, err := timeAt(t, m.request.zone())
			if err != nil {
				return nil, err
			}
			times[t] = made
		}
		return times[t], nil
	}
	for _, l := range m.lots {
		begin, err := at(l.begin)
		if err != nil {
			return err
		}
		end, err := at(l.end)
		if err != nil {
			return err
		}
		l.stamp(begin, end)
		if l.process != nil && l.begin < instant(m.request.Start) && m.request.Start != nil {
			m.draft.TooEarly = append(m.draft.TooEarly, l.process.ID)
		}
		for _, i := range l.demands {
			m.draft.Deliveries[i].At = max(m.draft.Deliveries[i].At, l.end)
		}
	}
	return nil
}

// advance begins each lot as early as can be. As first scheduled, backward from
// a far day, a lot ends before those that wait for it begin, or at that instant.
func (m *maker) advance() {
	order := slices.Clone(m.lots)
	slices.SortFunc(order, func(a, b *lot) int {
		return cmp.Or(cmp.Compare(a.end, b.end), cmp.Compare(b.number, a.number))
	})
	for _, l := range order {
		l.begin = max(m.request.Start.Instant, l.ready)
		l.end = l.span.After(l.begin, m.request.zone())
		for _, user := range l.users {
			user.ready = max(user.ready, l.end)
		}
	}
	for _, l := range slices.Backward(order) { // who waits for it has its time by now
		if l.process == nil && len(l.users) > 0 {
			first := l.users[0].begin
			for _, user := range l.users {
				first = min(first, user.begin)
			}
			l.begin, l.end = max(l.begin, first), max(l.end, first)
		}
	}
}

// stamp writes the times of a lot into its process and its flows: things are
// due when the process begins, what it makes when it ends; work and use last as
// long as the process.
func (l *lot) stamp(begin, end *valueflows.Time) {
	if l.process != nil {
		l.process.HasBeginning, l.process.HasEnd = begin, end
	}
	for _, f := range l.inputs {
		if f.EffortQuantity != nil {
			f.HasBeginning, f.HasEnd = begin, end
		} else {
			f.Due = begin
		}
	}
	for _, f := range l.outputs {
		f.Due = end
	}
}

// finish says what became of the demands, what is over and what is short.
func (m *maker) finish() {
	m.deliver()
	m.missing()
	for _, s := range m.over {
		if s.left.Sign() > 0 {
			m.draft.Surplus = append(m.draft.Surplus, Surplus{s.Kind, stated(valueflows.Measure{HasNumericalValue: s.left, HasUnit: s.unit}, s.stated), s.output})
		}
	}
	for _, lack := range m.lacking {
		lack.Due = lack.lot.end
		if lack.lot.process != nil {
			lack.Due = lack.lot.begin
		}
		m.draft.Shortages = append(m.draft.Shortages, lack.Shortage)
	}
	slices.SortStableFunc(m.draft.Shortages, func(a, b Shortage) int { return cmp.Compare(a.Due, b.Due) })
	if n := len(m.draft.TooEarly); n > 0 {
		m.note(TooEarly, m.draft.Plan, "%d processes would have to begin before the start: schedule forward, or let the demands be due later", n)
	}
}

// deliver says when all of each demand will be there. A promise without a due
// time is due then.
func (m *maker) deliver() {
	byCommitment := map[valueflows.ID]*Delivery{}
	for i := range m.draft.Deliveries {
		d, due := &m.draft.Deliveries[i], m.request.Demands[i].Due
		switch {
		case m.request.Direction == Forward:
			d.At = max(d.At, m.request.Start.Instant)
		case d.At == 0: // all of it is in stock
			d.At = due.Instant
		}
		if due != nil && d.At > due.Instant {
			d.LateMicros = int64(d.At - due.Instant)
		}
		byCommitment[d.Commitment] = d
	}
	for _, c := range m.draft.Commitments {
		if d := byCommitment[c.ID]; d != nil && c.Due == nil {
			c.Due, _ = timeAt(d.At, m.request.zone()) // it is in range, as its lot's time is
		}
	}
}
