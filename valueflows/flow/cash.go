package flow

import (
	"slices"
	"time"

	"disconode/valueflows"
)

// CashQuestion asks what came and goes of one thing: of money, or of anything
// that must not run out.
type CashQuestion struct {
	// Resources are the accounts or stocks that are asked about. Where there are
	// none, all of Specification is that Agents give and get. Where there are,
	// these two say which promises that name no resource are meant.
	Resources     []valueflows.ID
	Specification valueflows.ID
	Agents        []valueflows.ID
	Unit          valueflows.ID // that all is counted in

	From, Until valueflows.Instant // the second exclusive
	Now         valueflows.Instant // what is expected before now is overdue
	Every       CashPeriod
	Zone        *time.Location // whose days, weeks and months; nil is UTC
	Opening     valueflows.Decimal
	// Kinds are the specifications of the resources that the flows name.
	Kinds map[valueflows.ID]valueflows.ID
}

// Cash is what came and goes, period by period.
type Cash struct {
	Rows []CashRow
	// Overdue is what should have come and gone before now: it is counted in the
	// period that now is in. Later is expected after the last period, Undated
	// without saying when: neither is in a row.
	Overdue, Later, Undated CashSum
}

// CashRow is one period. Net is what came less what went, expected or not;
// Balance is the opening balance and all that is net up to the period's end.
type CashRow struct {
	CashSpan
	Happened, Expected CashSum
	Net, Balance       valueflows.Decimal
}

// CashSum is what comes in and goes out. Both count up; a correction counts
// where what it corrects does, and may leave less than nothing.
type CashSum struct{ In, Out valueflows.Decimal }

// cashSum is a [CashSum] that is being added up.
type cashSum struct{ in, out valueflows.Sum }

func (s *cashSum) add(d valueflows.Decimal, sign int64) {
	switch {
	case sign > 0:
		s.in.Add(d)
	case sign < 0:
		s.out.Add(d)
	}
}

func (s *cashSum) done() (sum CashSum, err error) {
	if sum.In, err = s.in.Decimal(); err != nil {
		return CashSum{}, err
	}
	sum.Out, err = s.out.Decimal()
	return sum, err
}

// CashFlow puts what happened and what is promised into periods. What moves
// among the resources, or among the agents, that are asked about is neither in
// nor out. A correction counts when it is dated. Of a promise only that counts
// which is not fulfilled and not finished, by its point in time, else its end,
// else its due time; of an intent what no commitment and no event satisfies.
// What is overdue is expected now.
//
// events are those of the periods, and whenever they happened all that fulfil
// or satisfy one of the promises, each once and with its corrections.
//
// It fails with an [*valueflows.InputError]: WRONG_UNIT where a flow of the
// thing counts otherwise, REQUIRED, INVALID_PERIOD, TOO_MUCH past 10,000
// periods, OUT_OF_RANGE where a sum has too many digits.
func CashFlow(q CashQuestion, events []*valueflows.EconomicEvent, commitments []*valueflows.Commitment, intents []*valueflows.Intent) (*Cash, error) {
	if len(q.Resources) == 0 && (q.Specification.IsZero() || len(q.Agents) == 0) {
		return nil, valueflows.At(valueflows.Invalid("REQUIRED", "say which resources, or which specification and whose"), "resources")
	}
	if q.Zone == nil {
		q.Zone = time.UTC
	}
	spans, err := CashSpans(q.From, q.Until, q.Every, q.Zone)
	if err != nil {
		return nil, err
	}
	happened, expected := make([]cashSum, len(spans)), make([]cashSum, len(spans))
	var overdue, later, undated cashSum
	for _, e := range events {
		sign := q.happened(e)
		if sign == 0 {
			continue
		}
		d, err := q.counted(e.ResourceQuantity, "event", e.ID)
		if err != nil {
			return nil, err
		}
		if at, ok := spanAt(spans, e.At()); ok {
			happened[at].add(d, sign)
		}
	}
	open, err := q.open(events, commitments, intents)
	if err != nil {
		return nil, err
	}
	for _, p := range open {
		at := p.flow.At()
		if at == 0 {
			undated.add(p.quantity, p.sign)
			continue
		}
		if at < q.Now {
			overdue.add(p.quantity, p.sign)
			at = q.Now
		}
		if span, ok := spanAt(spans, at); ok {
			expected[span].add(p.quantity, p.sign)
		} else if at >= q.Until {
			later.add(p.quantity, p.sign)
		}
	}
	return q.rows(spans, happened, expected, overdue, later, undated)
}

func (q *CashQuestion) rows(spans []CashSpan, happened, expected []cashSum, overdue, later, undated cashSum) (*Cash, error) {
	cash := &Cash{Rows: make([]CashRow, len(spans))}
	balance := new(valueflows.Sum)
	balance.Add(q.Opening)
	for i := range spans {
		row := &cash.Rows[i]
		row.CashSpan = spans[i]
		var err error
		if row.Happened, err = happened[i].done(); err != nil {
			return nil, err
		}
		if row.Expected, err = expected[i].done(); err != nil {
			return nil, err
		}
		net := new(valueflows.Sum)
		for _, sum := range []CashSum{row.Happened, row.Expected} {
			for _, d := range []valueflows.Decimal{sum.In, sum.Out.Neg()} {
				net.Add(d)
				balance.Add(d)
			}
		}
		if row.Net, err = net.Decimal(); err != nil {
			return nil, err
		}
		if row.Balance, err = balance.Decimal(); err != nil {
			return nil, err
		}
	}
	for _, apart := range []struct {
		sum *cashSum
		to  *CashSum
	}{{&overdue, &cash.Overdue}, {&later, &cash.Later}, {&undated, &cash.Undated}} {
		var err error
		if *apart.to, err = apart.sum.done(); err != nil {
			return nil, err
		}
	}
	return cash, nil
}

// counted is a quantity in the unit that is asked for.
func (q *CashQuestion) counted(m *valueflows.Measure, what string, id valueflows.ID) (valueflows.Decimal, error) {
	if m == nil {
		return valueflows.Decimal{}, nil
	}
	if m.HasUnit != q.Unit {
		return valueflows.Decimal{}, valueflows.At(valueflows.Invalid("WRONG_UNIT", "%s %s counts in another unit: ask for one unit at a time", what, id), "unit")
	}
	return m.HasNumericalValue, nil
}

// happened is +1 where the event brings some of what is asked about, -1 where
// it takes some, and 0 where it does neither or both.
func (q *CashQuestion) happened(e *valueflows.EconomicEvent) int64 {
	if len(q.Resources) == 0 {
		return q.between(e)
	}
	from, to := e.AccountingSigns()
	var sign int64
	if slices.Contains(q.Resources, e.ResourceInventoriedAs) {
		sign += from
	}
	if slices.Contains(q.Resources, e.ToResourceInventoriedAs) {
		sign += to
	}
	return sign
}

// between is the same by who gives and who gets: what an action adds to is the
// receiver's, what it takes from the provider's.
func (q *CashQuestion) between(e *valueflows.EconomicEvent) int64 {
	if q.Specification.IsZero() || q.kind(e) != q.Specification {
		return 0
	}
	from, to := e.AccountingSigns()
	var sign int64
	for _, side := range []int64{from, to} {
		if side < 0 && slices.Contains(q.Agents, e.Provider) || side > 0 && slices.Contains(q.Agents, e.Receiver) {
			sign += side
		}
	}
	return sign
}

func (q *CashQuestion) kind(e *valueflows.EconomicEvent) valueflows.ID {
	for _, kind := range []valueflows.ID{e.ResourceConformsTo, q.Kinds[e.ResourceInventoriedAs], q.Kinds[e.ToResourceInventoriedAs]} {
		if !kind.IsZero() {
			return kind
		}
	}
	return valueflows.ID{}
}
