package ledger

import (
	"bytes"
	"cmp"
	"slices"

	"disconode/valueflows"
)

// Balance is what there was of a resource, or of all resources of a
// specification in one unit; then Resource is zero.
type Balance struct {
	Resource, Specification, Unit valueflows.ID
	Amount
}

// Balances are what there was at an instant, of all that happened before it:
// by resource, and by specification and unit. With agents, it is what these
// were accountable for then; an instant of zero is now.
//
// It fails with an [*valueflows.InputError], code OUT_OF_RANGE.
func (l *Ledger) Balances(agents []valueflows.ID, at valueflows.Instant) (byResource, bySpecification []Balance, err error) {
	sums := map[Balance]*totals{}
	add := func(key Balance, p posting) {
		if sums[key] == nil {
			sums[key] = &totals{}
		}
		sums[key].add(p)
	}
	for _, e := range l.entries {
		if at != 0 && e.event.At() >= at {
			break
		}
		for _, p := range e.postings {
			if agents == nil || slices.Contains(agents, p.agent) {
				add(Balance{Resource: p.resource.ID, Specification: p.resource.ConformsTo, Unit: p.unit}, p)
				add(Balance{Specification: p.resource.ConformsTo, Unit: p.unit}, p)
			}
		}
	}
	for key, sum := range sums {
		b := key
		if b.Accounting, b.Onhand, err = sum.decimals(); err != nil {
			return nil, nil, err
		}
		if b.Resource.IsZero() {
			bySpecification = append(bySpecification, b)
		} else {
			byResource = append(byResource, b)
		}
	}
	for _, list := range [][]Balance{byResource, bySpecification} {
		slices.SortFunc(list, func(a, b Balance) int {
			return cmp.Or(bytes.Compare(a.Specification[:], b.Specification[:]), bytes.Compare(a.Unit[:], b.Unit[:]), bytes.Compare(a.Resource[:], b.Resource[:]))
		})
	}
	return byResource, bySpecification, nil
}
