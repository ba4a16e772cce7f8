package node

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/ledger"
)

// StatementRow is what agents got and gave of one specification in one unit.
type StatementRow = ledger.Row

// IncomeStatement is what agents got and gave in a time, from <= it < until; the
// LAB where no agents are named. What moves among them counts as neither, and
// what was taken back in full is left out. Care for people counts for a party to
// it only.
//
// The events of the time are added up where they mean the same to the agents,
// and each sum is stated as one event. It fails as [Node.Balances] does.
func (n *Node) IncomeStatement(ctx context.Context, agents []valueflows.ID, from, until *valueflows.Instant) ([]StatementRow, error) {
	p := PrincipalOf(ctx)
	agents, err := n.accountsOf(ctx, p, agents)
	if err != nil {
		return nil, err
	}
	if err := checkSpan(from, until); err != nil {
		return nil, err
	}
	s := incomes{agents: agents, rows: map[incomeKey]*incomeSums{}}
	err = n.store.Snapshot(ctx, func(books *store.Snapshot) error {
		handed, err := handedSince(ctx, books, p, from)
		if err != nil {
			return err
		}
		if handed.ledger != nil {
			if err := s.add(handed.ledger, from, until); err != nil {
				return err
			}
		}
		sums, err := books.Exchanges(ctx, p.ownBooks(), agents, store.Span{From: from, Until: until}, handed.ids)
		if err != nil {
			return err
		}
		l, err := ledgerOf(sums)
		if err != nil {
			return err
		}
		return s.add(l, nil, nil)
	})
	if err != nil {
		return nil, outward(tooMany(err, "agent"))
	}
	return s.list()
}

// ledgerOf is the ledger of one event for each sum, on resources of its own.
func ledgerOf(sums []*store.Exchanged) (*ledger.Ledger, error) {
	b := newBooking()
	made := uint32(0)
	next := func() (id valueflows.ID) {
		made++
		binary.BigEndian.PutUint32(id[:], made)
		return id
	}
	giver, getter := next(), next() // who was not asked of
	for _, x := range sums {
		e := &valueflows.EconomicEvent{Action: x.Action, Provider: x.Provider, Receiver: x.Receiver, ResourceConformsTo: x.Specification}
		e.ID = next()
		if x.Provider.IsZero() {
			e.Provider = giver
		}
		if x.Receiver.IsZero() {
			e.Receiver = giver
			if x.Between && e.Provider == giver {
				e.Receiver = getter
			}
		}
		if x.Corrects {
			e.Corrects = next()
		}
		if x.Scrap {
			e.ScrapOf = next()
		}
		for _, q := range []struct {
			sum *store.ExchangedSum
			to  **valueflows.Measure
		}{{x.Resource, &e.ResourceQuantity}, {x.Effort, &e.EffortQuantity}} {
			if q.sum == nil {
				continue
			}
			d, err := q.sum.Sum.Decimal()
			if err != nil {
				return nil, err
			}
			*q.to = &valueflows.Measure{HasNumericalValue: d, HasUnit: q.sum.Unit}
		}
		for _, side := range []struct {
			held store.Held
			to   *valueflows.ID
		}{{x.From, &e.ResourceInventoriedAs}, {x.To, &e.ToResourceInventoriedAs}} {
			if !side.held.Named {
				continue
			}
			*side.to = next()
			if side.held.Counted {
				b.resources[*side.to] = standing(*side.to, e, side.held.Accountable)
			}
		}
		if x.Beside == store.Itself {
			e.ToResourceInventoriedAs = e.ResourceInventoriedAs
		}
		b.entries = append(b.entries, ledger.Entry{Event: e, Custody: x.Custody})
	}
	return b.ledger()
}

// standing stands for the resources of a sum.
func standing(id valueflows.ID, e *valueflows.EconomicEvent, accountable valueflows.ID) *valueflows.EconomicResource {
	r := &valueflows.EconomicResource{Record: valueflows.Record{ID: id}, ConformsTo: e.ResourceConformsTo, PrimaryAccountable: accountable}
	if e.ResourceQuantity != nil {
		r.AccountingQuantity, r.OnhandQuantity = &valueflows.Measure{HasUnit: e.ResourceQuantity.HasUnit}, &valueflows.Measure{HasUnit: e.ResourceQuantity.HasUnit}
	}
	return r
}

// checkSpan tells whether a time ends after it begins.
func checkSpan(from, until *valueflows.Instant) error {
	if from != nil && until != nil && *from > *until {
		return valueflows.At(valueflows.Invalid("TIME_CONFLICT", "from lies after until"), "from")
	}
	return nil
}

// bounds are a time as the ledger has it.
func bounds(from, until *valueflows.Instant) (valueflows.Instant, valueflows.Instant) {
	first, last := valueflows.Instant(math.MinInt64), valueflows.Instant(0)
	if from != nil {
		first = *from
	}
	if until != nil {
		last = *until
	}
	return first, last
}

// handedOver are the resources that went to another agent with their record
// since some time: what happened to them is booked from their whole history.
type handedOver struct {
	ids       []valueflows.ID
	resources map[valueflows.ID]bool
	ledger    *ledger.Ledger // nil where there are none
}

func handedSince(ctx context.Context, books *store.Snapshot, p Principal, from *valueflows.Instant) (handedOver, error) {
	ids, err := books.HandedOver(ctx, p.Lab, handingOver, from)
	if err != nil || len(ids) == 0 {
		return handedOver{}, err
	}
	if len(ids) > resourcesMax {
		return handedOver{}, store.ErrTooMany
	}
	h := handedOver{ids: ids, resources: map[valueflows.ID]bool{}}
	for _, id := range ids {
		h.resources[id] = true
	}
	h.ledger, err = historyOf(ctx, books, p.ownBooks(), ids)
	return h, err
}

func (h handedOver) names(row *store.Booked) bool {
	return h.resources[row.ResourceInventoriedAs] || h.resources[row.ToResourceInventoriedAs]
}

// incomes are an income statement that is being added up.
type incomes struct {
	agents []valueflows.ID
	rows   map[incomeKey]*incomeSums
}

type incomeKey struct {
	specification, unit valueflows.ID
	service             bool
}

// incomeSums are the amounts of a row, in the order of [amountsOf].
type incomeSums [7]valueflows.Sum

// some tells whether any of them is not nothing.
func (s *incomeSums) some() bool {
	for i := range s {
		if s[i].Sign() != 0 {
			return true
		}
	}
	return false
}

func amountsOf(r *StatementRow) [7]*valueflows.Decimal {
	return [7]*valueflows.Decimal{&r.Received, &r.Made, &r.Given, &r.Used, &r.Adjusted, &r.Net, &r.Uncounted}
}

// add adds what happened in a time.
func (s *incomes) add(l *ledger.Ledger, from, until *valueflows.Instant) error {
	first, last := bounds(from, until)
	rows, err := l.Statement(s.agents, first, last)
	if err != nil {
		return err
	}
	for i := range rows {
		key := incomeKey{rows[i].Specification, rows[i].Unit, rows[i].Service}
		if s.rows[key] == nil {
			s.rows[key] = new(incomeSums)
		}
		for j, d := range amountsOf(&rows[i]) {
			s.rows[key][j].Add(*d)
		}
	}
	return nil
}

// list is the statement, in the order of specifications and units.
func (s *incomes) list() ([]StatementRow, error) {
	var rows []StatementRow
	for key, sums := range s.rows {
		if !sums.some() {
			continue
		}
		row := StatementRow{Specification: key.specification, Unit: key.unit, Service: key.service}
		for i, d := range amountsOf(&row) {
			var err error
			if *d, err = sums[i].Decimal(); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b StatementRow) int {
		service := map[bool]int{true: 1}
		return cmp.Or(bytes.Compare(a.Specification[:], b.Specification[:]), bytes.Compare(a.Unit[:], b.Unit[:]), service[a.Service]-service[b.Service])
	})
	return rows, nil
}
