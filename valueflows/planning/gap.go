package planning

import (
	"cmp"
	"math"
	"slices"

	"disconode/valueflows"
)

// arrival is an output, when it comes, and how much of it nobody has taken.
type arrival struct {
	put
	at   valueflows.Instant
	left valueflows.Decimal
}

// use is an input, when it is needed, and what it had in time.
type use struct {
	put
	need   pattern
	from   valueflows.Instant
	inTime valueflows.Decimal // as planned
}

// gaps finds what inputs had in time as planned and have no longer. What there
// is goes to the input that begins first, from what comes first.
func (n *Network) gaps(s *Shift, inputs, outputs []put, begin, end, newEnd []valueflows.Instant, changed map[valueflows.ID]*valueflows.Measure, processes int) error {
	puts := map[int]map[valueflows.ID]bool{}
	for _, out := range outputs {
		if puts[out.process] == nil {
			puts[out.process] = map[valueflows.ID]bool{}
		}
		puts[out.process][out.ResourceConformsTo] = true
	}
	var uses []*use
	for _, in := range inputs {
		if in.ResourceQuantity == nil || in.process < processes && !isTaken(in.Action) {
			continue
		}
		u := &use{put: in, need: pattern{Kind: n.asks(in), resource: in.ResourceInventoriedAs}, from: begin[in.process]}
		u.need.through = goesThrough(u.need.Kind, func(id valueflows.ID) bool { return puts[in.process][id] })
		uses = append(uses, u)
	}
	slices.SortStableFunc(uses, func(a, b *use) int { return cmp.Compare(a.from, b.from) })
	planned, actual := arrivals(outputs, end, nil), arrivals(outputs, newEnd, changed)
	for _, u := range uses {
		open, _, err := n.draw(planned, u, amount(u.ResourceQuantity), u.from)
		if err != nil {
			return err
		}
		if u.inTime, err = minus(amount(u.ResourceQuantity), open); err != nil {
			return err
		}
	}
	for _, u := range uses {
		missing, _, err := n.draw(actual, u, u.inTime, u.from)
		if err != nil {
			return err
		}
		if missing.Sign() == 0 {
			continue
		}
		never, until, err := n.draw(actual, u, missing, math.MaxInt64)
		if err != nil {
			return err
		}
		if never.Sign() > 0 {
			until = 0
		}
		gap := Gap{Flow: u.id, Kind: u.need.Kind, Quantity: valueflows.Measure{HasNumericalValue: missing, HasUnit: u.ResourceQuantity.HasUnit}, From: u.from, Until: until}
		if u.process < processes {
			gap.Process = n.Processes[u.process].ID
		}
		s.Short = append(s.Short, gap)
	}
	return nil
}

// arrivals are the outputs by specification and resource, in the order in which
// they come.
func arrivals(outputs []put, end []valueflows.Instant, changed map[valueflows.ID]*valueflows.Measure) map[valueflows.ID][]*arrival {
	all := map[valueflows.ID][]*arrival{}
	for _, out := range outputs {
		q := out.ResourceQuantity
		if q == nil {
			continue
		}
		if c := changed[out.id]; c != nil && c.HasUnit == q.HasUnit {
			q = c
		}
		a := &arrival{out, end[out.process], q.HasNumericalValue}
		all[out.ResourceConformsTo] = append(all[out.ResourceConformsTo], a)
		if r := out.ResourceInventoriedAs; !r.IsZero() {
			all[r] = append(all[r], a)
		}
	}
	delete(all, valueflows.ID{})
	for _, some := range all {
		slices.SortStableFunc(some, func(a, b *arrival) int { return cmp.Compare(a.at, b.at) })
	}
	return all
}

// draw takes a quantity for an input from what arrives by a time, and gives what
// is open of it then and when the last of it came.
func (n *Network) draw(all map[valueflows.ID][]*arrival, u *use, open valueflows.Decimal, by valueflows.Instant) (_ valueflows.Decimal, last valueflows.Instant, err error) {
	from := []valueflows.ID{u.need.resource}
	if u.need.Specification != u.need.resource {
		from = append(from, u.need.Specification)
	}
	for _, id := range from {
		for _, a := range all[id] {
			if open.Sign() <= 0 || a.at > by {
				break
			}
			if a.left.Sign() <= 0 || a.process == u.process || a.ResourceQuantity.HasUnit != u.ResourceQuantity.HasUnit || !n.meets(u.need, a.put) {
				continue
			}
			taken := least(a.left, open)
			if a.left, err = minus(a.left, taken); err != nil {
				return open, last, err
			}
			if open, err = minus(open, taken); err != nil {
				return open, last, err
			}
			last = max(last, a.at)
		}
		all[id] = slices.DeleteFunc(all[id], func(a *arrival) bool { return a.left.Sign() <= 0 })
	}
	return open, last, nil
}
