package ledger

import (
	"slices"

	"disconode/valueflows"
)

// side is how something came to agents or left them.
type side int

// The sides. What is received, made and adjusted adds; the rest takes away.
const (
	received side = iota
	made
	given
	used
	adjusted
	sides
)

// sideSigns are +1 where a side adds, -1 where it takes away.
var sideSigns = [sides]int64{received: +1, made: +1, given: -1, used: -1, adjusted: +1}

// exchange is what one event was to some agents. Its amounts are signed as the
// event is: a correction counts where what it corrects does.
type exchange struct {
	event               *valueflows.EconomicEvent
	specification, unit valueflows.ID
	service             bool
	counterparty        valueflows.ID
	amounts             [sides]valueflows.Decimal
	stock               []posting // on the agents' resources
	// uncounted is what of all amounts is on no resource that is counted here.
	uncounted valueflows.Decimal
}

// exchange tells what an event was to the agents. What stays among them is
// neither given nor received. Who gives is the one accountable for the resource
// that it is taken from, where that is counted here, else the provider; who
// gets likewise, else the receiver.
func (l *Ledger) exchange(e posted, agents []valueflows.ID) (*exchange, error) {
	ours := func(agent valueflows.ID) bool { return slices.Contains(agents, agent) }
	b := valueflows.Actions[e.event.Action]
	x := &exchange{event: e.event, specification: l.kind(e.event), service: b.AccountingEffect == "notApplicable" && b.OnhandEffect == "notApplicable"}
	q := e.event.ResourceQuantity
	if x.service && e.event.EffortQuantity != nil {
		q = e.event.EffortQuantity
	}
	if q == nil {
		return x, nil
	}
	x.unit = q.HasUnit
	amount := q.HasNumericalValue
	from, to := e.holder(e.event.ResourceInventoriedAs, e.event.Provider), e.holder(e.event.ToResourceInventoriedAs, e.event.Receiver)
	if len(e.postings) == 2 && e.postings[0].handover {
		from, to, amount = e.postings[0].agent, e.postings[1].agent, e.postings[1].accounting
	}
	for _, p := range e.postings {
		if ours(p.agent) {
			x.stock = append(x.stock, p)
		}
	}
	switch {
	case ours(from) && !ours(to):
		x.counterparty = to
	case ours(to) && !ours(from):
		x.counterparty = from
	}
	x.count(e, b, amount, ours(from), ours(to), ours(e.holder(e.event.ResourceInventoriedAs, e.event.Receiver)))
	return x, x.settle()
}

// count puts the amount on the sides that the event's action says: of those who
// give, of those who get, and of those whose resource one is made or raised on.
func (x *exchange) count(e posted, b valueflows.Behavior, amount valueflows.Decimal, giver, getter, maker bool) {
	add := func(s side, does bool, d valueflows.Decimal) {
		if does {
			x.amounts[s] = d
		}
	}
	passes := func() {
		add(given, giver && !getter, amount)
		add(received, getter && !giver, amount)
	}
	between := e.event.Provider != e.event.Receiver && !e.event.ToResourceInventoriedAs.IsZero()
	inProcess := b.InputOutput != "notApplicable"
	switch from, to := e.event.AccountingSigns(); {
	case x.service:
		passes()
	case from == 0 && to == 0: // things and places only, no rights
	case b.AccountingEffect == "decrementIncrement":
		passes()
	case b.AccountingEffect == "incrementTo":
		add(made, getter, amount)
	case b.AccountingEffect == "increment" && between: // made, then transferred
		add(made, giver, amount)
		passes()
	case b.AccountingEffect == "increment" && inProcess:
		add(made, maker, amount)
	case b.AccountingEffect == "increment":
		add(adjusted, maker, amount)
	case between: // transferred, then used up
		passes()
		add(used, getter, amount)
	case inProcess:
		add(used, giver, amount)
	default:
		add(adjusted, giver, amount.Neg())
	}
}

// settle finds what is on no resource.
func (x *exchange) settle() error {
	var sum valueflows.Sum
	for s, sign := range sideSigns {
		sum.Add(x.amounts[s].Times(sign))
	}
	for _, p := range x.stock {
		sum.Add(p.accounting.Neg())
	}
	var err error
	x.uncounted, err = sum.Decimal()
	return err
}

// holder is whose the resource is that the event counts on, else the agent.
func (e posted) holder(resource, agent valueflows.ID) valueflows.ID {
	for _, p := range e.postings {
		if p.resource.ID == resource {
			return p.agent
		}
	}
	return agent
}

// kind is what an event is about.
func (l *Ledger) kind(e *valueflows.EconomicEvent) valueflows.ID {
	for _, id := range []valueflows.ID{e.ResourceInventoriedAs, e.ToResourceInventoriedAs} {
		if r := l.resources[id]; r != nil && !r.ConformsTo.IsZero() {
			return r.ConformsTo
		}
	}
	return e.ResourceConformsTo
}
