package planning

import (
	"math/big"

	"disconode/valueflows"
)

// reach fills what is wanted from the parts, in their order.
func reach(want map[valueflows.ID]wanted, parts []part, now valueflows.Instant) (map[valueflows.ID]*Fulfilment, error) {
	all := make(map[valueflows.ID]*Fulfilment, len(want))
	for id, w := range want {
		all[id] = &Fulfilment{Resource: progress(w.resource), Effort: progress(w.effort), Due: instant(w.due), Finished: w.finished}
	}
	some := map[valueflows.ID]bool{} // reached by anything at all
	for _, p := range parts {
		last := len(p.of) - 1
		for last >= 0 && all[p.of[last]] == nil {
			last--
		}
		resource, effort := p.resource, p.effort
		for i, id := range p.of[:last+1] {
			f, w := all[id], want[id]
			if f == nil {
				continue
			}
			counted := false
			if w.inKind && p.specification != w.specification && !p.specification.IsZero() && !w.specification.IsZero() {
				f.InKind, some[id] = true, true
				f.judge(p.at, true)
				continue
			}
			for _, side := range []struct {
				to   *Progress
				left **valueflows.Measure
			}{{f.Resource, &resource}, {f.Effort, &effort}} {
				ok, err := side.to.fill(side.left, i == last)
				if err != nil {
					return nil, err
				}
				counted = counted || ok
			}
			switch nothing := f.Resource == nil && f.Effort == nil; {
			case counted || nothing:
				some[id] = true
			case w.inKind:
				f.InKind, some[id] = true, true
			default:
				f.Uncounted = append(f.Uncounted, p.id)
			}
			f.judge(p.at, some[id])
		}
	}
	for _, f := range all {
		f.conclude(now)
	}
	return all, nil
}

func progress(m *valueflows.Measure) *Progress {
	if m == nil {
		return nil
	}
	return &Progress{Wanted: m.HasNumericalValue, Open: m.HasNumericalValue, Unit: m.HasUnit}
}

// fill takes what is open from a quantity, or all where nobody comes after, and
// leaves the rest in it, in the unit that is wanted. It tells whether the
// quantity counts here: it does in each unit that is exactly converted.
func (p *Progress) fill(left **valueflows.Measure, last bool) (bool, error) {
	if p == nil || *left == nil {
		return false, nil
	}
	m, err := (*left).In(p.Unit)
	if err != nil {
		return false, nil // counted in a unit that says nothing of this one
	}
	taken := m.HasNumericalValue
	if !last && taken.Sign() > 0 {
		taken = least(taken, p.Open)
	}
	rest, err := minus(m.HasNumericalValue, taken)
	if err != nil {
		return false, err
	}
	*left = &valueflows.Measure{HasNumericalValue: rest, HasUnit: m.HasUnit}
	if p.Done, err = plus(p.Done, taken); err != nil {
		return false, err
	}
	more, err := minus(p.Wanted, p.Done)
	p.Open, p.Over = more, valueflows.Decimal{}
	if more.Sign() < 0 {
		p.Open, p.Over = valueflows.Decimal{}, more.Neg()
	}
	return true, err
}

// nothing tells whether the quantity is 0 or less.
func (p *Progress) nothing() bool { return p != nil && p.Wanted.Sign() <= 0 }

// share is how much of the quantity has been reached, from 0 to 1.
func (p *Progress) share() *big.Rat {
	switch {
	case p.Open.Sign() <= 0:
		return big.NewRat(1, 1)
	case p.Done.Sign() <= 0:
		return new(big.Rat)
	}
	return new(big.Rat).Quo(rat(p.Done), rat(p.Wanted))
}

// judge works out how much has been reached after what came at a time.
func (f *Fulfilment) judge(at valueflows.Instant, some bool) {
	var share *big.Rat
	for _, p := range []*Progress{f.Resource, f.Effort} {
		if p == nil {
			continue
		}
		if s := p.share(); share == nil || s.Cmp(share) < 0 {
			share = s
		}
	}
	if some && (share == nil || f.InKind) {
		share = big.NewRat(1, 1)
	}
	if share == nil {
		share = new(big.Rat)
	}
	done := share.Cmp(big.NewRat(1, 1)) == 0
	switch {
	case done && !f.Done:
		f.DoneAt = at
	case !done:
		f.DoneAt = 0
	}
	f.share, f.Done = share, done && some
}

// conclude says how it stands now.
func (f *Fulfilment) conclude(now valueflows.Instant) {
	if f.share == nil { // nothing came; nothing was needed where 0 was promised
		f.judge(f.Due, f.Resource.nothing() || f.Effort.nothing())
	}
	f.Percent = tenths(f.share)
	f.Partial = !f.Done && f.share.Sign() > 0
	switch {
	case f.Due == 0:
	case f.Done && f.DoneAt > f.Due:
		f.Late, f.LateMicros = true, int64(f.DoneAt-f.Due)
	case !f.Done && !f.Finished && now > f.Due:
		f.Overdue = true
	}
}
