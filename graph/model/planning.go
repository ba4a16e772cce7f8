package model

import (
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// What planning answers with: ids where the schema has records.
type (
	// CriticalPath is when the processes of a plan can and must be done.
	CriticalPath struct {
		Steps      []*CriticalStep
		Begin, End *valueflows.Instant
		Longest    []valueflows.ID
	}
	// CriticalStep is when a process can and must be done.
	CriticalStep struct {
		Process                    valueflows.ID
		EarliestStart, EarliestEnd valueflows.Instant
		LatestStart, LatestEnd     valueflows.Instant
		Float, FreeFloat           *Duration
		Critical                   bool
	}
	// Shortage is something that is needed and that nobody has promised.
	Shortage struct {
		planning.Shortage
		Code     planning.Code
		Quantity *valueflows.Measure // nil where nobody says how much
		Due      *valueflows.Instant
		From     []*PossibleSource
	}
	// PossibleSource is somebody from whom something could come.
	PossibleSource struct{ planning.Source }
	// Match is an intent that fits another.
	Match struct {
		planning.Match
		Reasons []*MatchReason
	}
	// MatchReason is why two intents fit.
	MatchReason struct{ planning.Reason }
	// Allocation sets aside something for a need.
	Allocation struct {
		planning.Allocation
		Demand *int // nil where it is for a flow
	}
	// PlanDelivery is what becomes of a demand.
	PlanDelivery struct {
		planning.Delivery
		At   *valueflows.Instant
		Late *Duration
	}
	// Surplus is what a flow of a plan brings beyond what is needed.
	Surplus struct{ planning.Surplus }
	// PlanNote is something about a plan that people should know.
	PlanNote struct {
		planning.Note
		About *valueflows.ID
	}
	// PlanMove is a process that moves.
	PlanMove struct {
		planning.Move
		Later *Duration
	}
	// LateDelivery is a deliverable that will come after its due time.
	LateDelivery struct {
		Commitment valueflows.ID
		Due, At    valueflows.Instant
		Late       *Duration
	}
	// PlanGap is an input or a delivery that will not have all in time.
	PlanGap struct {
		planning.Gap
		State valueflows.Text
		Until *valueflows.Instant
	}
)

// Told are values, each as the schema tells it.
func Told[T, V any](all []T, told func(T) V) []*V {
	made := make([]*V, len(all))
	for i, each := range all {
		v := told(each)
		made[i] = &v
	}
	return made
}

// CriticalPathOf is a critical path, as the schema tells it.
func CriticalPathOf(p *planning.Path) *CriticalPath {
	return &CriticalPath{Begin: InstantOf(p.Begin), End: InstantOf(p.End), Longest: p.Longest, Steps: Told(p.Steps, func(s planning.Step) CriticalStep {
		return CriticalStep{s.Process, s.EarliestBegin, s.EarliestEnd, s.LatestBegin, s.LatestEnd, SecondsOf(s.TotalFloat), SecondsOf(s.FreeFloat), s.Critical}
	})}
}

// ShortageOf is a shortage, as the schema tells it.
func ShortageOf(s planning.Shortage) Shortage {
	told := Shortage{Shortage: s, Code: s.Reason, Due: InstantOf(s.Due), From: Told(s.From, func(s planning.Source) PossibleSource { return PossibleSource{s} })}
	if !s.Quantity.HasUnit.IsZero() {
		told.Quantity = &s.Quantity
	}
	return told
}

// MatchOf is a match, as the schema tells it.
func MatchOf(m planning.Match) Match {
	return Match{m, Told(m.Reasons, func(r planning.Reason) MatchReason { return MatchReason{r} })}
}

// AllocationOf is what is set aside, as the schema tells it.
func AllocationOf(a planning.Allocation) Allocation {
	told := Allocation{Allocation: a}
	if a.For.IsZero() {
		told.Demand = &a.Demand
	}
	return told
}

// SurplusOf is what is over, as the schema tells it.
func SurplusOf(s planning.Surplus) Surplus { return Surplus{s} }

// PlanNoteOf is a note, as the schema tells it.
func PlanNoteOf(n planning.Note) PlanNote {
	told := PlanNote{Note: n}
	if !n.About.IsZero() {
		told.About = &n.About
	}
	return told
}

// PlanDeliveryOf is what becomes of a demand, as the schema tells it.
func PlanDeliveryOf(d planning.Delivery) PlanDelivery {
	return PlanDelivery{d, InstantOf(d.At), LateOf(d.LateMicros)}
}

// PlanMoveOf is a process that moves, as the schema tells it.
func PlanMoveOf(m planning.Move) PlanMove { return PlanMove{m, SecondsOf(m.LaterMicros)} }

// LateDeliveryOf is a deliverable that comes late, as the schema tells it.
func LateDeliveryOf(l planning.Late) LateDelivery {
	return LateDelivery{l.Commitment, l.Due, l.At, SecondsOf(l.LateMicros)}
}

// PlanGapOf is what will be missing, as the schema tells it.
func PlanGapOf(g planning.Gap) PlanGap { return PlanGap{g, g.Kind.State, InstantOf(g.Until)} }
