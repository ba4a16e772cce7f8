package ledger

import "disconode/valueflows"

// Account is what happened to one resource in a period, and what was there.
type Account struct {
	Resource      valueflows.ID
	Specification valueflows.ID
	Unit          valueflows.ID
	// Opening is before the first line, Closing after the last.
	Opening, Closing Amount
	Lines            []Line
}

// Amount is both quantities of a resource.
type Amount struct{ Accounting, Onhand valueflows.Decimal }

// Line is one event's effect, signed, and what is there after it.
type Line struct {
	Event *valueflows.EconomicEvent
	// Counterparty is the other agent of the event; zero where there is none.
	Counterparty    valueflows.ID
	Change, Balance Amount
}

// Account is the ledger of a resource: of all events that count on it, in the
// order in which they happened, those from the one instant until the other,
// exclusive; an until of zero is without end. What happened before is in the
// opening. An event by which the resource went to another with its record is a
// line that changes nothing.
//
// It fails with an [*valueflows.InputError]: UNKNOWN_RESOURCE, OUT_OF_RANGE.
func (l *Ledger) Account(resource valueflows.ID, from, until valueflows.Instant) (*Account, error) {
	r := l.resources[resource]
	if r == nil {
		return nil, valueflows.Invalid("UNKNOWN_RESOURCE", "resource %s is not counted here", resource)
	}
	a := &Account{Resource: r.ID, Specification: r.ConformsTo, Unit: unitOf(r)}
	var balance totals
	for _, e := range l.entries {
		at := e.event.At()
		if until != 0 && at >= until {
			break
		}
		var change totals
		touched := false
		var agent valueflows.ID
		for _, p := range e.postings {
			if p.resource == r {
				touched = true
				change.add(p)
				balance.add(p)
				agent = p.agent
			}
		}
		if !touched {
			continue
		}
		line := Line{Event: e.event, Counterparty: other(e.event, agent)}
		var err error
		if line.Change.Accounting, line.Change.Onhand, err = change.decimals(); err != nil {
			return nil, err
		}
		if line.Balance.Accounting, line.Balance.Onhand, err = balance.decimals(); err != nil {
			return nil, err
		}
		a.Closing = line.Balance
		if at < from {
			a.Opening = line.Balance
			continue
		}
		a.Lines = append(a.Lines, line)
	}
	return a, nil
}

func unitOf(r *valueflows.EconomicResource) valueflows.ID {
	for _, q := range []*valueflows.Measure{r.AccountingQuantity, r.OnhandQuantity} {
		if q != nil {
			return q.HasUnit
		}
	}
	return valueflows.ID{}
}

// other is the agent of the event that is not this one; zero where both are.
func other(e *valueflows.EconomicEvent, agent valueflows.ID) valueflows.ID {
	switch {
	case e.Provider == e.Receiver:
		return valueflows.ID{}
	case e.Provider == agent:
		return e.Receiver
	}
	return e.Provider
}
