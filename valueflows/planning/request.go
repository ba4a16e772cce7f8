package planning

import (
	"strconv"
	"time"

	"disconode/valueflows"
)

// Direction is from where a plan is scheduled.
type Direction string

const (
	// Backward lets each process end when what it makes is needed.
	Backward Direction = "backward"
	// Forward lets each process begin as soon as what it needs is there, the
	// first at the request's start.
	Forward Direction = "forward"
)

// Period is how much is made in one go. Needs of one kind, one priority and one
// due instant are always one lot; a period widens the instant to a calendar day,
// week (from Monday) or month in the request's zone, due when the first is due.
type Period string

// The periods. The empty one is an instant.
const (
	SameInstant Period = ""
	SameDay     Period = "day"
	SameWeek    Period = "week"
	SameMonth   Period = "month"
)

// Demand is something wanted by a time.
type Demand struct {
	Kind
	Quantity valueflows.Measure
	Due      *valueflows.Time // needed to schedule backward
	// Receiver is for whom; the planning agent itself where it is zero.
	Receiver valueflows.ID
	// Priority is who is served first, the lowest number; among the same number
	// whose due time is the earliest, then who is named first.
	Priority int
	// Commitment is a promise that stands already; zero to have one made.
	Commitment valueflows.ID
	// Exchange is the RecipeExchange by which the receiver gets it, and the
	// agent something in return; zero for none.
	Exchange valueflows.ID
}

// Size is how a recipe process is scaled; the zero Size is in proportion to
// what is needed, however little, in the recipe's time.
type Size struct {
	Minimum  valueflows.Decimal // at least so much of the output that is needed
	Multiple valueflows.Decimal // whole multiples of so much
	Longer   bool               // the duration grows in proportion, too
}

// Request is what a plan shall bring about, and how.
type Request struct {
	Plan      valueflows.ID // zero for a new id
	Agent     valueflows.ID // who plans, and has its processes and stock
	Direction Direction     // Backward where it is empty
	// Start is when the first process may begin; needed to schedule forward.
	// Backward, a process that would have to begin earlier is noted.
	Start   *valueflows.Time
	Zone    *time.Location // whose months and offsets are meant; nil for UTC
	Demands []Demand
	// Recipes are used where they include a process that makes what is needed,
	// the first before the next. Choose names the RecipeProcess or
	// RecipeExchange that a specification comes from, and outranks them.
	Recipes []valueflows.ID
	Choose  map[valueflows.ID]valueflows.ID
	// Substitutes lists, for a specification marked substitutable, others whose
	// stock may be taken in its place, one for one.
	Substitutes map[valueflows.ID][]valueflows.ID
	// Providers says who gives or does what conforms to a specification, where
	// that is known or may be assumed: a commitment then, else an intent.
	Providers map[valueflows.ID]valueflows.ID
	Sizes     map[valueflows.ID]Size // by RecipeProcess
	// Scales is how many digits after the point a quantity of a specification
	// may have: needs of it are rounded up to that. Others stay exact, and are
	// rounded up to 6 digits only where no decimal of 18 digits is exact.
	Scales   map[valueflows.ID]int
	Together Period
	FlowsMax int // an error past so many flows, of some 1.3 KB each; 0 for 500,000
}

const flowsMax = 500_000

func (r *Request) zone() *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}

// check fails with an [*valueflows.InputError] whose path is the field at fault.
func (r *Request) check() error {
	required := func(text string, path ...string) error {
		return valueflows.At(valueflows.Invalid("REQUIRED", "%s", text), path...)
	}
	if r.Agent.IsZero() {
		return required("say who plans: the id or IRI of an agent", "agent")
	}
	switch r.Direction {
	case "", Backward:
		r.Direction = Backward
	case Forward:
		if r.Start == nil {
			return required("say when the first process may begin, to schedule forward", "start")
		}
	default:
		return valueflows.At(valueflows.Invalid("INVALID_DIRECTION", "schedule backward from the due times, or forward from the start"), "direction")
	}
	switch r.Together {
	case SameInstant, SameDay, SameWeek, SameMonth:
	default:
		return valueflows.At(valueflows.Invalid("INVALID_PERIOD", "put together what is needed in the same day, week or month, or nothing"), "together")
	}
	for _, scale := range r.Scales {
		if scale < 0 || scale > valueflows.ScaleMax {
			return valueflows.At(valueflows.Invalid("INVALID_SCALE", "a quantity has 0 to %d digits after the point", valueflows.ScaleMax), "scales")
		}
	}
	if len(r.Demands) == 0 {
		return required("say what is wanted", "demands")
	}
	for i, d := range r.Demands {
		at := []string{"demands", strconv.Itoa(i)}
		switch {
		case d.Specification.IsZero():
			return required("say what is wanted: a resource specification", append(at, "resourceConformsTo")...)
		case d.Quantity.HasUnit.IsZero():
			return required("say in which unit, such as kilogram", append(at, "resourceQuantity", "hasUnit")...)
		case d.Quantity.HasNumericalValue.Sign() <= 0:
			return valueflows.At(valueflows.Invalid("NOT_POSITIVE", "say how much is wanted: more than 0"), append(at, "resourceQuantity", "hasNumericalValue")...)
		case d.Due == nil && r.Direction == Backward:
			return required("say by when it is wanted, to schedule backward", append(at, "due")...)
		}
	}
	return nil
}

// period is the period that an instant lies in, as the day it begins on.
func (r *Request) period(t valueflows.Instant) valueflows.Instant {
	if r.Together == SameInstant {
		return t
	}
	year, month, day := t.Time().In(r.zone()).Date()
	switch r.Together {
	case SameWeek:
		day -= (int(t.Time().In(r.zone()).Weekday()) + 6) % 7
	case SameMonth:
		day = 1
	}
	return valueflows.InstantOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}
