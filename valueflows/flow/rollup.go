package flow

import (
	"math/big"

	"disconode/valueflows"
)

// RollupKind is how a line of a roll-up came to its value.
type RollupKind string

// The kinds of lines.
const (
	RollupStock    RollupKind = "stock"    // what was asked for
	RollupMade     RollupKind = "made"     // came out of a process, at what its inputs are worth
	RollupTreated  RollupKind = "treated"  // went through a process that took nothing of it and added its inputs
	RollupBought   RollupKind = "bought"   // paid for
	RollupPaid     RollupKind = "paid"     // what was paid
	RollupOwed     RollupKind = "owed"     // what is promised for it, and not paid
	RollupReceived RollupKind = "received" // from another stock, at what that is worth
	RollupListed   RollupKind = "listed"   // at the list's price: opened, given, or of unknown origin
	RollupWorked   RollupKind = "worked"   // hours times rate
	RollupUsed     RollupKind = "used"     // use times rate
	RollupTaken    RollupKind = "taken"    // consumed, or put into what was made
	RollupCited    RollupKind = "cited"    // a fixed value, or a percentage of the other inputs
	RollupServed   RollupKind = "served"   // a service
	RollupUnpriced RollupKind = "unpriced" // nothing says what it is worth
	RollupCircular RollupKind = "circular" // made of itself, and counted once
)

// RollupLine is one part of what something is worth.
type RollupLine struct {
	Depth  int // 0 is what was asked for; what follows deeper explains it
	Kind   RollupKind
	Action valueflows.Action // of the flow, where it is one

	// Record is the event, recipe flow, resource or process that the line comes from.
	Record        valueflows.ID
	Class         valueflows.Class
	Specification valueflows.ID
	Resource      valueflows.ID

	// Quantity is how much of it goes into what was asked for, in Unit; nil
	// where it is not counted. Rate is the value of one.
	Quantity *big.Rat
	Unit     valueflows.ID
	Rate     *big.Rat
	// Value is the line's part of the total, all that explains it included. It
	// is zero, and not the truth, where Kind is unpriced or circular.
	Value *big.Rat
	// Share is Value over the total; nil where the total is zero.
	Share *big.Rat
	Why   string
	// More is set where what explains the line was left out ([RollupOptions]).
	More bool
}

// Rollup is what something is worth, and of what that is made up.
type Rollup struct {
	Quantity *big.Rat      // that was asked for
	Unit     valueflows.ID // that Quantity counts
	// Total is the exact worth of Quantity, UnitValue that of one.
	Total, UnitValue *big.Rat
	// Lines is the tree in depth-first order. A line's value is the sum of the
	// lines one deeper that follow it; so those with none come to Total.
	Lines []RollupLine
	// Parts are the ends of the tree, whole, each once, the largest first. Their
	// values come to Total.
	Parts []RollupLine
	// Unpriced are the parts that nothing says the worth of, Circular those that
	// are made of themselves: Total is too low by what they are worth.
	Unpriced, Circular []RollupLine
}

// PerUnit is the worth of one, rounded half up to scale digits after the point.
func (r *Rollup) PerUnit(scale int) (valueflows.Decimal, error) {
	return PriceRound(r.UnitValue, scale)
}

// RollupOptions say how much is asked for and how far it is explained. The zero
// value asks for one, as of now.
type RollupOptions struct {
	// Quantity is how much is asked for, in the unit that it is counted in; nil is one.
	Quantity *valueflows.Decimal
	// Stage asks for the worth as of when the resource came out of a process
	// based on this ProcessSpecification, or for the recipe that ends there.
	// Zero is as of now, or the last stage.
	Stage valueflows.ID
	State valueflows.Text // of a recipe's output
	// Choose are the RecipeProcesses to take where several make the same.
	Choose []valueflows.ID
	// DepthMax and LinesMax bound Lines, never values; zero is 64 and 1,000.
	DepthMax, LinesMax int
	// RecordsMax bounds what is read; zero is 200,000. Past it the roll-up fails
	// with an [*valueflows.InputError], code TOO_MUCH.
	RecordsMax int
}

func (o RollupOptions) withDefaults() RollupOptions {
	for _, limit := range []struct {
		is   *int
		most int
	}{{&o.DepthMax, 64}, {&o.LinesMax, 1000}, {&o.RecordsMax, 200_000}} {
		if *limit.is <= 0 {
			*limit.is = limit.most
		}
	}
	return o
}

// rollupRole is how an input of a process is valued.
type rollupRole int

const (
	_           rollupRole = iota
	roleWorked             // by a rate, else what was paid
	roleUsed               // by what was paid, else a rate; passed on to what the tool cost
	roleTaken              // by what was paid, else what it cost, else the list
	roleCited              // after all others
	roleServed             // by what was paid, else what it cost, else the list
	roleCarried            // handed over and handed back: not an input of events, one of recipes
)

// rollupRoles are the actions of inputs; a test holds them to valueflows.Actions.
var rollupRoles = map[valueflows.Action]rollupRole{
	"work": roleWorked, "use": roleUsed, "cite": roleCited, "deliverService": roleServed,
	"consume": roleTaken, "combine": roleTaken, "accept": roleCarried, "pickup": roleCarried,
}

// rollupFlow is what an event and a flow of a recipe say alike, with
// quantities that corrections are taken from.
type rollupFlow struct {
	record        valueflows.ID
	class         valueflows.Class
	action        valueflows.Action
	specification valueflows.ID
	stage         valueflows.ID
	state         valueflows.Text
	agent         valueflows.ID // that provides
	resource, to  valueflows.ID
	inputOf       valueflows.ID
	outputOf      valueflows.ID
	quantity      *amount
	effort        *amount
	event         *valueflows.EconomicEvent // nil of a recipe
}

// amounts are what the flow counts, the first that is likely to be priced first.
func (f *rollupFlow) amounts() []amount {
	var list []amount
	for _, a := range []*amount{f.effort, f.quantity} {
		if a != nil {
			list = append(list, *a)
		}
	}
	return list
}
