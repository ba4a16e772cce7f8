package ledger

import (
	"bytes"
	"cmp"
	"slices"

	"disconode/valueflows"
)

// Row is what agents got and gave of one specification in one unit.
type Row struct {
	Specification, Unit valueflows.ID
	// Service marks what nobody can keep: work, use, citations and services.
	Service bool
	// Received came from others and Given went to others. Made was produced or
	// copied, Used consumed. Adjusted was raised, less what was lowered.
	Received, Made, Given, Used, Adjusted valueflows.Decimal
	// Net is Received, Made and Adjusted less Given and Used. Uncounted is what
	// of it is on no resource that is counted here, such as services, and money
	// that no account was named for; the rest changed what there is.
	Net, Uncounted valueflows.Decimal
}

// rowKey is what a row is of.
type rowKey struct {
	specification, unit valueflows.ID
	service             bool
}

// Statement is the income and expense of agents from the one instant until the
// other, exclusive; an until of zero is without end. What moves among them
// counts as neither. It is derived from transfers, production, consumption and
// counts; custody and places are left out. Rows come in the order of ids.
//
// It fails with an [*valueflows.InputError], code OUT_OF_RANGE.
func (l *Ledger) Statement(agents []valueflows.ID, from, until valueflows.Instant) ([]Row, error) {
	type sums struct {
		amounts   [sides]valueflows.Sum
		uncounted valueflows.Sum
	}
	all := map[rowKey]*sums{}
	err := l.each(agents, from, until, func(x *exchange) error {
		key := rowKey{x.specification, x.unit, x.service}
		if all[key] == nil {
			all[key] = &sums{}
		}
		for s := range sides {
			all[key].amounts[s].Add(x.amounts[s])
		}
		all[key].uncounted.Add(x.uncounted)
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(all))
	for key, sums := range all {
		row := Row{Specification: key.specification, Unit: key.unit, Service: key.service}
		var net valueflows.Sum
		for s, to := range [sides]*valueflows.Decimal{&row.Received, &row.Made, &row.Given, &row.Used, &row.Adjusted} {
			if *to, err = sums.amounts[s].Decimal(); err != nil {
				return nil, err
			}
			net.Add(to.Times(sideSigns[s]))
		}
		if row.Net, err = net.Decimal(); err != nil {
			return nil, err
		}
		if row.Uncounted, err = sums.uncounted.Decimal(); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(bytes.Compare(a.Specification[:], b.Specification[:]), bytes.Compare(a.Unit[:], b.Unit[:]), yes(a.Service)-yes(b.Service))
	})
	return rows, nil
}

// each goes through the events of a period that mean something to the agents.
func (l *Ledger) each(agents []valueflows.ID, from, until valueflows.Instant, do func(*exchange) error) error {
	for _, e := range l.entries {
		at := e.event.At()
		if until != 0 && at >= until {
			break
		}
		if at < from {
			continue
		}
		x, err := l.exchange(e, agents)
		if err != nil {
			return err
		}
		if x.means() {
			if err := do(x); err != nil {
				return err
			}
		}
	}
	return nil
}

// means tells whether anything was got, given or moved.
func (x *exchange) means() bool {
	for _, d := range x.amounts {
		if d.Sign() != 0 {
			return true
		}
	}
	return x.uncounted.Sign() != 0 || slices.ContainsFunc(x.stock, func(p posting) bool { return p.accounting.Sign() != 0 })
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}
