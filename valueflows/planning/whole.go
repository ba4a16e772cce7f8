package planning

import (
	"math/big"
	"slices"

	"disconode/valueflows"
)

// Side is how much of several promises is fulfilled, each counting alike,
// however large it is.
type Side struct {
	Promises, Done int
	Percent        valueflows.Decimal // the mean of their shares, half up to one digit after the point
}

// AgreementFulfilment is how an agreement stands.
type AgreementFulfilment struct {
	Clauses    Side // what one side gives
	Reciprocal Side // what is given in return
	Whole      Side
	ByPromise  map[valueflows.ID]*Fulfilment // by commitment
	ByClaim    map[valueflows.ID]*Fulfilment
	// MadeGood names the settled claim that stands in for a promise that was
	// not fulfilled.
	MadeGood map[valueflows.ID]valueflows.ID
	// OpenClaims are the claims that are neither settled nor finished.
	OpenClaims []valueflows.ID
	// Closed is set where every promise is fulfilled or made good, and no claim is open.
	Closed bool
}

// FulfilAgreement tells how an agreement stands, from its clauses, the claims
// that were raised under it, and how far these have come by themselves, as
// [Fulfilments] and [Settlements] tell it. Both must have been asked of all that
// the same events fulfil and settle, also of other agreements: then what one
// event gives to several is counted once. A claim that has been settled makes
// good one promise between the same provider and receiver that was not
// fulfilled: the claims in their order, the promises in theirs.
func FulfilAgreement(clauses, reciprocal []*valueflows.Commitment, claims []*valueflows.Claim, fulfilled, settled map[valueflows.ID]*Fulfilment) *AgreementFulfilment {
	promises := slices.Concat(clauses, reciprocal)
	a := &AgreementFulfilment{
		ByPromise: own(promises, fulfilled), ByClaim: make(map[valueflows.ID]*Fulfilment, len(claims)), MadeGood: map[valueflows.ID]valueflows.ID{},
	}
	for _, claim := range claims {
		a.ByClaim[claim.ID] = settled[claim.ID]
	}
	for _, claim := range claims {
		switch f := a.ByClaim[claim.ID]; {
		case f.Done:
			i := slices.IndexFunc(promises, func(c *valueflows.Commitment) bool {
				_, good := a.MadeGood[c.ID]
				return !good && !a.ByPromise[c.ID].Done && c.Provider == claim.Provider && c.Receiver == claim.Receiver
			})
			if i >= 0 {
				a.MadeGood[promises[i].ID] = claim.ID
			}
		case !f.Finished:
			a.OpenClaims = append(a.OpenClaims, claim.ID)
		}
	}
	a.Clauses, a.Reciprocal, a.Whole = a.side(clauses), a.side(reciprocal), a.side(promises)
	a.Closed = len(promises) > 0 && a.Whole.Done == len(promises) && len(a.OpenClaims) == 0
	return a
}

// own is how far some promises have come, of all that are known.
func own(promises []*valueflows.Commitment, all map[valueflows.ID]*Fulfilment) map[valueflows.ID]*Fulfilment {
	some := make(map[valueflows.ID]*Fulfilment, len(promises))
	for _, c := range promises {
		some[c.ID] = all[c.ID]
	}
	return some
}

func (a *AgreementFulfilment) side(promises []*valueflows.Commitment) Side {
	return side(promises, func(c *valueflows.Commitment) (*big.Rat, bool) {
		if _, good := a.MadeGood[c.ID]; good {
			return big.NewRat(1, 1), true
		}
		f := a.ByPromise[c.ID]
		return f.share, f.Done
	})
}

func side(promises []*valueflows.Commitment, of func(*valueflows.Commitment) (*big.Rat, bool)) Side {
	s := Side{Promises: len(promises)}
	sum := new(big.Rat)
	for _, c := range promises {
		share, done := of(c)
		sum.Add(sum, share)
		s.Done += bit(done)
	}
	if len(promises) > 0 {
		s.Percent = tenths(sum.Quo(sum, big.NewRat(int64(len(promises)), 1)))
	}
	return s
}

// PlanFulfilment is how a plan stands.
type PlanFulfilment struct {
	Deliverables Side // the commitments that are independent demands of it
	Whole        Side // all of its commitments
	ByPromise    map[valueflows.ID]*Fulfilment
	Processes    int
	Finished     int // how many of the processes
	Overdue      []valueflows.ID
	// Begin and End are when its first process begins and its last one ends, as
	// planned; zero where no process says.
	Begin, End valueflows.Instant
	// Done is set where all deliverables are fulfilled (without any, all
	// commitments), and all processes finished.
	Done bool
}

// FulfilPlan tells how a plan stands, from its processes and commitments, and
// how far these have come by themselves, as [Fulfilments] tells it. That must
// have been asked of all that the same events fulfil, also of other plans: then
// what one event gives to several is counted once.
func FulfilPlan(processes []*valueflows.Process, commitments []*valueflows.Commitment, fulfilled map[valueflows.ID]*Fulfilment) *PlanFulfilment {
	p := &PlanFulfilment{Processes: len(processes), ByPromise: own(commitments, fulfilled)}
	share := func(c *valueflows.Commitment) (*big.Rat, bool) {
		f := p.ByPromise[c.ID]
		return f.share, f.Done
	}
	var deliverables []*valueflows.Commitment
	for _, c := range commitments {
		if !c.IndependentDemandOf.IsZero() {
			deliverables = append(deliverables, c)
		}
		if p.ByPromise[c.ID].Overdue {
			p.Overdue = append(p.Overdue, c.ID)
		}
	}
	p.Deliverables, p.Whole = side(deliverables, share), side(commitments, share)
	for _, process := range processes {
		p.Finished += bit(process.Finished != nil && *process.Finished)
		if t := process.HasBeginning; t != nil && (p.Begin == 0 || t.Instant < p.Begin) {
			p.Begin = t.Instant
		}
		if t := process.HasEnd; t != nil {
			p.End = max(p.End, t.Instant)
		}
	}
	decides := p.Deliverables
	if len(deliverables) == 0 {
		decides = p.Whole
	}
	p.Done = decides.Promises+p.Processes > 0 && decides.Done == decides.Promises && p.Finished == p.Processes
	return p
}
