package planning

import (
	"fmt"

	"disconode/valueflows"
)

// Draft is a plan that has not been recorded: its records have ids and refer to
// each other. What makes the end items stands first, then what these need.
type Draft struct {
	Plan        valueflows.ID
	Processes   []*valueflows.Process
	Commitments []*valueflows.Commitment
	Intents     []*valueflows.Intent // flows for which somebody must be found
	Agreements  []*valueflows.Agreement
	// Proposals ask for the intents that an exchange is known for, and say what
	// is given in return.
	Proposals   []*valueflows.Proposal
	Allocations []Allocation
	Deliveries  []Delivery // one for each demand, in the order of the request
	Surplus     []Surplus
	Shortages   []Shortage
	// TooEarly are the processes that would have to begin before the start.
	TooEarly []valueflows.ID
	Notes    []Note
}

// Allocation sets aside something for a need: of a stock, of a flow that was
// scheduled already, or of an output or acquisition of the draft itself. It is
// soft: nothing is moved.
type Allocation struct {
	Specification valueflows.ID // what is needed; of a substitute, that in whose place it stands
	Quantity      valueflows.Measure
	Resource      valueflows.ID // the stock; else
	Flow          valueflows.ID // the Commitment or Intent that brings it
	Planned       bool          // Flow is of this draft
	Substitute    bool
	For           valueflows.ID // the flow of the draft that needs it; zero for a demand
	Demand        int           // the index of the demand where For is zero
}

// Delivery is what becomes of a demand.
type Delivery struct {
	Commitment valueflows.ID      // the promise to its receiver; zero where it stays with the agent
	At         valueflows.Instant // when all of it will be there
	// LateMicros is how long after its due time; 0 where in time.
	LateMicros int64
	// Open is how much of it nobody has promised; the shortages say why.
	Open valueflows.Decimal
}

// Surplus is what a flow of the draft brings beyond what is needed.
type Surplus struct {
	Kind
	Quantity valueflows.Measure
	Flow     valueflows.ID
}

// Shortage is something that is needed and that nobody has promised.
type Shortage struct {
	Kind
	Quantity valueflows.Measure
	Due      valueflows.Instant
	Reason   Code          // NoMaking, Cycle or Nobody
	Flow     valueflows.ID // the intent that asks for it
	From     []Source      // from whom it could come, the likeliest first
}

// Code says what kind a note or a reason is.
type Code string

// The codes of shortages and notes.
const (
	NoMaking      Code = "NO_RECIPE"           // no recipe and no exchange brings it
	Cycle         Code = "CYCLE"               // to make it, it must be there already
	Nobody        Code = "NOBODY"              // somebody must be found who gives or does it
	Several       Code = "SEVERAL_RECIPES"     // the first of several was taken: choose
	TooEarly      Code = "BEGINS_BEFORE_START" // processes would begin before the start
	RoundedUp     Code = "ROUNDED_UP"          // no decimal is exact
	NotOnHand     Code = "NOT_ON_HAND"         // what is used or cited is not in stock
	TooLate       Code = "COMES_TOO_LATE"      // a scheduled output comes after it is needed
	Expired       Code = "EXPIRES_BEFORE"      // stock cannot be used by then
	NotAlike      Code = "NOT_SUBSTITUTABLE"   // one thing does not stand for another: pick from the stock
	OtherUnit     Code = "OTHER_UNIT"          // there is some, counted in another unit
	NoQuantity    Code = "NO_QUANTITY"         // the recipe does not say how much
	NoDuration    Code = "NO_DURATION"         // the recipe does not say how long
	WrongSide     Code = "WRONG_SIDE"          // an input's action is an output's, or the other way round
	IsSubstitute  Code = "SUBSTITUTED"         // stock of another specification is taken
	UnknownRecipe Code = "UNKNOWN_RECIPE"      // what was chosen makes nothing of the kind
)

// Note is something about the draft that people should know; each is made once
// for what it is about.
type Note struct {
	Code  Code
	About valueflows.ID // a specification, recipe process, recipe flow, resource or flow
	Text  string
}

// noted is what a note is about.
type noted struct {
	code  Code
	about valueflows.ID
}

func (m *maker) note(code Code, about valueflows.ID, format string, args ...any) {
	key := noted{code, about}
	if m.noted[key] {
		return
	}
	m.noted[key] = true
	m.draft.Notes = append(m.draft.Notes, Note{code, about, fmt.Sprintf(format, args...)})
}

// named writes a specification's name where a note is made of it.
type named struct {
	index *index
	id    valueflows.ID
}

// name is how a note calls a specification.
func (m *maker) name(specification valueflows.ID) named { return named{m.index, specification} }

func (n named) String() string {
	if s := n.index.specifications[n.id]; s != nil && s.Name != "" {
		return s.Name
	}
	return "specification " + n.id.String()
}
