package model

import (
	"bytes"
	"slices"

	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// Fulfilment is how far a commitment, an intent or a claim has come.
type Fulfilment struct {
	ResourceQuantity, EffortQuantity *Progress // nil where no such quantity was asked for

	IsDone, IsPartial bool
	DoneAt, Due       *valueflows.Instant
	IsLate, IsOverdue bool
	Late              *Duration // nil where in time
	Finished, InKind  bool
	Percent           valueflows.Decimal
	Uncounted         []valueflows.ID
}

// Progress is how far a quantity has been reached.
type Progress struct{ Wanted, Done, Open, Over *valueflows.Measure }

// FulfilmentOf is how far something has come, as the schema tells it.
func FulfilmentOf(f *node.Fulfilment) *Fulfilment {
	uncounted := f.Uncounted
	if uncounted == nil {
		uncounted = []valueflows.ID{}
	}
	return &Fulfilment{ResourceQuantity: progressOf(f.Resource), EffortQuantity: progressOf(f.Effort), IsDone: f.Done, IsPartial: f.Partial,
		DoneAt: InstantOf(f.DoneAt), Due: InstantOf(f.Due), IsLate: f.Late, IsOverdue: f.Overdue, Late: LateOf(f.LateMicros), Finished: f.Finished,
		InKind: f.InKind, Percent: f.Percent, Uncounted: uncounted}
}

func progressOf(p *planning.Progress) *Progress {
	if p == nil {
		return nil
	}
	of := func(d valueflows.Decimal) *valueflows.Measure {
		return &valueflows.Measure{HasNumericalValue: d, HasUnit: p.Unit}
	}
	return &Progress{of(p.Wanted), of(p.Done), of(p.Open), of(p.Over)}
}

// FulfilmentSide is how much of several promises is fulfilled.
type FulfilmentSide struct {
	Promises, Done int
	Percent        valueflows.Decimal
}

func sideOf(s planning.Side) *FulfilmentSide { return &FulfilmentSide{s.Promises, s.Done, s.Percent} }

// AgreementFulfilment is how an agreement stands.
type AgreementFulfilment struct {
	Percent             valueflows.Decimal
	Clauses, Reciprocal *FulfilmentSide
	IsClosed            bool
	OpenClaims          []valueflows.ID
	MadeGood            []*MadeGood
}

// MadeGood is a promise that was not fulfilled, and the settled claim that
// stands in for it.
type MadeGood struct{ Commitment, Claim valueflows.ID }

// AgreementFulfilmentOf is how an agreement stands, as the schema tells it.
func AgreementFulfilmentOf(a *node.AgreementFulfilment) *AgreementFulfilment {
	of := &AgreementFulfilment{Percent: a.Whole.Percent, Clauses: sideOf(a.Clauses), Reciprocal: sideOf(a.Reciprocal), IsClosed: a.Closed,
		OpenClaims: a.OpenClaims, MadeGood: []*MadeGood{}}
	for commitment, claim := range a.MadeGood {
		of.MadeGood = append(of.MadeGood, &MadeGood{commitment, claim})
	}
	slices.SortFunc(of.MadeGood, func(a, b *MadeGood) int { return bytes.Compare(a.Commitment[:], b.Commitment[:]) })
	return of
}

// PlanFulfilment is how a plan stands.
type PlanFulfilment struct {
	Percent                   valueflows.Decimal
	Deliverables, Commitments *FulfilmentSide
	Processes, Finished       int
	Overdue                   []valueflows.ID
	IsDone                    bool
}

// PlanFulfilmentOf is how a plan stands, as the schema tells it.
func PlanFulfilmentOf(p *node.PlanFulfilment) *PlanFulfilment {
	return &PlanFulfilment{Percent: p.Whole.Percent, Deliverables: sideOf(p.Deliverables), Commitments: sideOf(p.Whole), Processes: p.Processes,
		Finished: p.Finished, Overdue: p.Overdue, IsDone: p.Done}
}

// InstantOf is an instant; nil for none.
func InstantOf(i valueflows.Instant) *valueflows.Instant {
	if i == 0 {
		return nil
	}
	return &i
}

// SecondsOf is a length of time in seconds, exactly.
func SecondsOf(micros int64) *Duration {
	const microseconds = 6 // digits after the point
	seconds, err := valueflows.NewDecimal(micros, microseconds)
	if err != nil { // more than 18 digits: some 31,000 years
		return nil
	}
	return &Duration{NumericDuration: seconds.Normal(), UnitType: "second"}
}

// LateOf is [SecondsOf], nil for none.
func LateOf(micros int64) *Duration {
	if micros == 0 {
		return nil
	}
	return SecondsOf(micros)
}
