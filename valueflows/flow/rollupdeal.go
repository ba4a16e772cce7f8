package flow

import (
	"math/big"
	"slices"

	"disconode/valueflows"
)

// commonCost is a process, or a side of an agreement, by the first that bears of it.
type commonCost struct {
	of    valueflows.ID
	first *rollupFlow
}

// bears is which part the flow, one of all, bears of a common cost; nil where
// nothing divides it.
func (a *actual) bears(of valueflows.ID, all []*rollupFlow, f *rollupFlow) *big.Rat {
	key := commonCost{of, all[0]}
	if _, done := a.divided[key]; !done {
		a.divided[key] = a.table.apportion(all)
	}
	return a.divided[key][f]
}

// paid is the flow's part of what was given in return, in its agreements. What
// is in stock bears the whole; where nothing is, all do.
func (a *actual) paid(f *rollupFlow) *rollupNode {
	var paid *rollupNode
	for _, side := range a.deals[f.record] {
		var bearers []*rollupFlow
		for _, mine := range side.mine {
			if !mine.resource.IsZero() || !mine.to.IsZero() || mine.toCome() && !mine.isService() {
				bearers = append(bearers, mine)
			}
		}
		if len(bearers) == 0 {
			bearers = side.mine
		}
		if !slices.Contains(bearers, f) || len(side.theirs) == 0 {
			continue
		}
		if paid == nil {
			paid = sum(RollupLine{Kind: RollupPaid, Record: side.agreement, Class: valueflows.ClassAgreement})
			paid.silent = true
		}
		part := a.bears(side.agreement, bearers, f)
		if part == nil {
			paid.add(rollupEdge{f.unpriced("it was bought together with other things, and not all have a price to divide what was paid by"), big.NewRat(1, 1)})
			continue
		}
		for _, payment := range side.theirs {
			paid.add(rollupEdge{a.payment(payment), part})
		}
	}
	return paid
}

// toCome tells whether the flow has not happened; isService whether nobody can keep it.
func (f *rollupFlow) toCome() bool { return f.event == nil }

func (f *rollupFlow) isService() bool {
	b := valueflows.Actions[f.action]
	return b.AccountingEffect == "notApplicable" && b.OnhandEffect == "notApplicable"
}

// payment is what was given in return, or is owed: money, or what the list says
// it is worth.
func (a *actual) payment(f *rollupFlow) *rollupNode {
	if a.payments[f] == nil {
		kind, why := RollupPaid, "what was given in return"
		if f.toCome() {
			kind, why = RollupOwed, "what is promised in return"
		}
		a.payments[f] = first(f, why+" has no price", func() *rollupNode { return a.listed(f, kind, false, why) })
	}
	return a.payments[f]
}
