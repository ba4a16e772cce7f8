package ledger

import "disconode/valueflows"

// Kind is what an account of the general ledger is of.
type Kind string

// The kinds of accounts. All but stock are what stock is booked against.
const (
	Stock     Kind = "stock" // a resource
	Received  Kind = "received"
	Made      Kind = "made"
	Given     Kind = "given"
	Used      Kind = "used"
	Adjusted  Kind = "adjusted"
	Uncounted Kind = "uncounted" // on no resource that is counted here
)

// sideKinds are the accounts of the sides.
var sideKinds = [sides]Kind{received: Received, made: Made, given: Given, used: Used, adjusted: Adjusted}

// Booking is one line of the general ledger: so much in debit or in credit of
// one account. What is in an account is its debit less its credit.
type Booking struct {
	Event               *valueflows.EconomicEvent
	Kind                Kind
	Resource            valueflows.ID // of a stock
	Specification, Unit valueflows.ID
	Debit, Credit       valueflows.Decimal // one of the two is zero, none is less
	Counterparty        valueflows.ID
}

// General is the general ledger of agents from the one instant until the other,
// exclusive; an until of zero is without end. The bookings of an event follow
// each other, and come to as much in debit as in credit. What is there before
// is not booked: see [Ledger.Balances].
//
// It fails with an [*valueflows.InputError], code OUT_OF_RANGE.
func (l *Ledger) General(agents []valueflows.ID, from, until valueflows.Instant) ([]Booking, error) {
	var list []Booking
	err := l.each(agents, from, until, func(x *exchange) error {
		for _, p := range x.stock {
			list = x.book(list, Stock, p.resource.ID, p.accounting)
		}
		for s, sign := range sideSigns {
			list = x.book(list, sideKinds[s], valueflows.ID{}, x.amounts[s].Times(-sign))
		}
		list = x.book(list, Uncounted, valueflows.ID{}, x.uncounted)
		return nil
	})
	return list, err
}

// book adds a booking, in debit where the amount is more than nothing.
func (x *exchange) book(list []Booking, kind Kind, resource valueflows.ID, amount valueflows.Decimal) []Booking {
	b := Booking{Event: x.event, Kind: kind, Resource: resource, Specification: x.specification, Unit: x.unit, Counterparty: x.counterparty}
	switch {
	case amount.Sign() > 0:
		b.Debit = amount
	case amount.Sign() < 0:
		b.Credit = amount.Neg()
	default:
		return list
	}
	return append(list, b)
}
