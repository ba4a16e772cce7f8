package node

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

func (s *season) statement(ctx context.Context, agents []valueflows.ID, from, until *valueflows.Instant) (lines []string) {
	s.t.Helper()
	rows, err := s.node.IncomeStatement(ctx, agents, from, until)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range rows {
		line := s.names()[r.Specification]
		if r.Service {
			line = "picking"
		}
		for _, part := range []struct {
			word string
			d    valueflows.Decimal
		}{{"received", r.Received}, {"made", r.Made}, {"given", r.Given}, {"used", r.Used}, {"adjusted", r.Adjusted}, {"net", r.Net}, {"uncounted", r.Uncounted}} {
			if part.d.Sign() != 0 {
				line += " " + part.word + " " + part.d.String()
			}
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

// What the week was to the farm: of its money 30 + 6 − 8 = 28, 6 of it on no
// account; of tomatoes 10 + 18.5 − 12 − 4 = 12.5, and, to Bea, who sees that she
// was given it, one kilogram less. To farm and shop together nothing was sold;
// and nothing that is counted here left for the shop.
func TestLedgerStatement(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := newSeason(b)
		const farm = `
			dollar received 36 given 8 net 28 uncounted 6
			picking received 3 net 3 uncounted 3
			tomato made 18.5 given 12 used 4 adjusted 10 net 12.5`
		b.is("the farm", s.statement(b.ctx, []valueflows.ID{s.farm}, nil, nil), farm)
		b.is("the farm, in May", s.statement(b.ctx, []valueflows.ID{s.farm}, mayBegins(1), mayBegins(31)), farm)
		b.is("the farm, to Bea", s.statement(s.asBea, []valueflows.ID{s.farm}, nil, nil), strings.Replace(strings.Replace(farm, "given 12", "given 13", 1), "12.5", "11.5", 1))
		b.is("the 3rd and the 4th", s.statement(b.ctx, []valueflows.ID{s.farm}, mayBegins(3), mayBegins(5)), "tomato made -2 used 4 net -6")
		b.is("both", s.statement(b.ctx, []valueflows.ID{s.farm, s.shop}, nil, nil), `
			dollar given 8 net -8 uncounted -30
			picking received 3 net 3 uncounted 3
			tomato made 18.5 used 4 adjusted 10 net 24.5 uncounted 12`)
		_, err := b.node.IncomeStatement(b.ctx, nil, mayBegins(2), mayBegins(1))
		b.refused(err, "TIME_CONFLICT", "a time that ends before it begins")
	})
}

// The farm's general ledger, day by day in Chicago: each event in balance, notes
// defused, persons by name to the bookkeeper and by a pseudonym to the auditor.
func TestLedgerGeneral(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := newSeason(b)
		auditor, _ := b.as("Ann", Auditor)
		written := func(ctx context.Context, from *valueflows.Instant) (string, []string) {
			t.Helper()
			var out strings.Builder
			if err := b.node.GeneralLedger(ctx, []valueflows.ID{s.farm}, from, nil, &out); err != nil {
				t.Fatal(err)
			}
			var rows []string
			for _, row := range strings.Split(strings.TrimSpace(out.String()), "\r\n")[1:] {
				cells := strings.Split(row, ",")
				rows = append(rows, strings.Join(slices.Delete(cells, 1, 2), ",")) // the event's id
			}
			return out.String(), rows
		}
		text, rows := written(b.ctx, nil)
		if !strings.HasPrefix(text, "\ufeffdate,event,account,") || strings.Count(text, "date,") != 1 {
			t.Errorf("it begins %q", text[:40])
		}
		b.is("the farm", rows, `
			2026-05-01,Shed,Tomato,kilogram,10,,,
			2026-05-01,adjusted,Tomato,kilogram,,10,,
			2026-05-02,Shed,Tomato,kilogram,20.5,,,
			2026-05-02,made,Tomato,kilogram,,20.5,,
			2026-05-02,received,Picking,hour,,3,Bea,
			2026-05-02,uncounted,Picking,hour,3,,Bea,
			2026-05-03,Shed,Tomato,kilogram,,2,,
			2026-05-03,made,Tomato,kilogram,2,,,
			2026-05-04,Shed,Tomato,kilogram,,4,,
			2026-05-04,used,Tomato,kilogram,4,,,
			2026-05-05,Shed,Tomato,kilogram,,12,Shop,'=a formula
			2026-05-05,given,Tomato,kilogram,12,,Shop,'=a formula
			2026-05-05,Cash,Dollar,one,30,,Shop,
			2026-05-05,received,Dollar,one,,30,Shop,
			2026-05-06,received,Dollar,one,,6,Shop,
			2026-05-06,uncounted,Dollar,one,6,,Shop,
			2026-05-07,Shed,Tomato,kilogram,,5,,
			2026-05-07,Store,Tomato,kilogram,5,,,
			2026-05-08,Cash,Dollar,one,,8,Bea,
			2026-05-08,given,Dollar,one,8,,Bea,`)
		if text, _ := written(auditor, mayBegins(8)); strings.Contains(text, "Bea") || !strings.Contains(text, ",Person ") {
			t.Errorf("to the auditor: %s", text)
		}
	})
}

// Past a page of events the general ledger goes on without a second header, in
// order, with what was handed over in its place: a purse that came to the farm
// with its record in the middle of it all.
func TestLedgerGeneralPages(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, bea, dollar := b.organization("Farm"), b.person("Bea"), b.specification("Dollar")
		cash := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: coins("1"), HasPointInTime: may(1)},
			valueflows.EconomicResource{ConformsTo: dollar, Name: "Cash"})
		purse := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: bea, Receiver: bea, ResourceQuantity: coins("7"), HasPointInTime: may(1)},
			valueflows.EconomicResource{ConformsTo: dollar, Name: "Purse"})
		raise := func(d int, note string) {
			b.record(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceInventoriedAs: cash, ResourceQuantity: coins("1"), HasPointInTime: may(d), Note: valueflows.Text(note)})
		}
		for i := range 3 {
			raise(2, fmt.Sprint("early ", i))
		}
		b.record(valueflows.EconomicEvent{Action: "transfer", Provider: bea, Receiver: farm, ResourceInventoriedAs: purse, ToResourceInventoriedAs: purse, ResourceQuantity: coins("7"), HasPointInTime: may(3), Note: "the purse"})
		for i := range 4 {
			raise(4, fmt.Sprint("late ", i))
		}
		defer func(n int) { bookedAtOnce = n }(bookedAtOnce)
		for _, bookedAtOnce = range []int{1, 2, 3, 5, 100} {
			var out strings.Builder
			if err := b.node.GeneralLedger(b.ctx, []valueflows.ID{farm}, nil, nil, &out); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range strings.Split(strings.TrimSpace(out.String()), "\r\n")[1:] {
				cells := strings.Split(row, ",")
				if cells[5] != "" { // in debit
					got = append(got, strings.TrimSpace(cells[2]+" "+cells[5]+" "+cells[8]))
				}
			}
			b.is(fmt.Sprint("pages of ", bookedAtOnce), got, `
				Cash 1
				Cash 1 early 0
				Cash 1 early 1
				Cash 1 early 2
				Purse 7 the purse
				Cash 1 late 0
				Cash 1 late 1
				Cash 1 late 2
				Cash 1 late 3`)
		}
	})
}

// The cost in statements of a ledger, balances and a statement does not depend
// on how much happened.
func TestLedgerStatements(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := newSeason(b)
		counted := func() (counts []int64) {
			for _, do := range []func(context.Context) error{
				func(ctx context.Context) error { _, err := b.node.Ledger(ctx, s.cash, Page{First: 20}); return err },
				func(ctx context.Context) error { _, err := b.node.Ledger(ctx, s.cash, Page{Last: 20}); return err },
				func(ctx context.Context) error {
					_, err := b.node.Ledger(ctx, s.cash, Page{First: 20, After: s.fed.Position})
					return err
				},
				func(ctx context.Context) error {
					_, _, err := b.node.Balances(ctx, []valueflows.ID{s.farm}, mayBegins(2))
					return err
				},
				func(ctx context.Context) error {
					_, err := b.node.IncomeStatement(ctx, []valueflows.ID{s.farm}, nil, nil)
					return err
				},
				func(ctx context.Context) error {
					_, err := b.node.CashFlow(ctx, CashQuestion{Resources: []valueflows.ID{s.cash}, From: *mayBegins(1), Until: *mayBegins(30)})
					return err
				},
				func(ctx context.Context) error {
					_, err := b.node.CashFlow(ctx, CashQuestion{Specification: s.dollar, Agents: []valueflows.ID{s.farm}, From: *mayBegins(1), Until: *mayBegins(30)})
					return err
				},
				func(ctx context.Context) error {
					_, err := b.node.FlowNetwork(ctx, NetworkQuestion{Stages: true})
					return err
				},
				func(ctx context.Context) error {
					_, err := b.node.RollUp(ctx, s.shed, PriceList{}, RollupOptions{})
					return err
				},
			} {
				ctx, n := CountStatements(b.ctx)
				if err := do(ctx); err != nil {
					t.Fatal(err)
				}
				counts = append(counts, n.Load())
			}
			return counts
		}
		counted() // what is kept in memory from then on
		few := counted()
		for i := range 60 {
			b.record(valueflows.EconomicEvent{Action: "transfer", Provider: s.shop, Receiver: s.farm, ToResourceInventoriedAs: s.cash, ResourceQuantity: coins("1"), HasPointInTime: may(9 + i%9)})
			b.record(valueflows.EconomicEvent{Action: "produce", Provider: s.farm, Receiver: s.farm, OutputOf: s.picking, ResourceInventoriedAs: s.shed, ResourceQuantity: kg("1"), HasPointInTime: may(9 + i%9)})
		}
		if many := counted(); !slices.Equal(few, many) {
			t.Errorf("%v statements of a week, %v of ten times as much", few, many)
		}
		for _, n := range few {
			if n == 0 || n > 14 {
				t.Errorf("statements: %v", few)
			}
		}
	})
}
