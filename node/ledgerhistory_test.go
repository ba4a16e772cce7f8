package node

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/ledger"
)

// Of any history the running balance ends with what there is, on pages of any
// size; what there was at any time is what a recount of the events says; and so
// are the agents' statements.
func TestLedgerHistory(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.policy(func(l *Lab) { l.Ownership = false })
		rapid.Check(t, func(r *rapid.T) {
			h := &history{b: b, t: r}
			h.run()
			stocks, err := Many[valueflows.EconomicResource](b.ctx, b.node, h.stocks)
			if err != nil {
				r.Fatal(err)
			}
			stock := rapid.SampledFrom(stocks).Draw(r, "stock")
			page := Page{First: rapid.IntRange(1, 4).Draw(r, "page")}
			var last ledger.Amount
			for more := true; more; {
				l, err := b.node.Ledger(b.ctx, stock.ID, page)
				if err != nil {
					r.Fatal(err)
				}
				if len(l.Nodes) == 0 {
					break
				}
				if l.Opening.Accounting.Cmp(last.Accounting) != 0 || l.Opening.Onhand.Cmp(last.Onhand) != 0 {
					r.Errorf("a page opens with %v after %v", l.Opening, last)
				}
				end := l.Nodes[len(l.Nodes)-1]
				last, page.After, more = end.Balance, end.Event.Position, l.HasNext
			}
			if now := holding(stock); last.Accounting.Cmp(now.Accounting) != 0 || last.Onhand.Cmp(now.Onhand) != 0 {
				r.Errorf("the ledger ends with %v, there is %v", last, now)
			}
			recount := h.recount(stocks)
			at := rapid.SampledFrom(h.done).Draw(r, "at").At()
			h.same(recount, &at)
			h.same(recount, nil)
			whose := h.agents[:rapid.IntRange(1, 3).Draw(r, "agents")]
			rows, err := b.node.IncomeStatement(b.ctx, whose, nil, nil)
			want, err2 := recount.Statement(whose, 0, 0)
			if err != nil || err2 != nil || !slices.Equal(h.some(rows), h.some(want)) {
				r.Errorf("the statement is %v, %v, and should be %v, %v", h.some(rows), err, h.some(want), err2)
			}
		})
	})
}

// some are the rows of a statement that are not all nothing.
func (h *history) some(rows []StatementRow) (lines []string) {
	for i := range rows {
		line, some := fmt.Sprint(rows[i].Specification, rows[i].Unit, rows[i].Service), false
		for _, d := range amountsOf(&rows[i]) {
			some = some || d.Sign() != 0
			line += " " + d.Normal().String()
		}
		if some {
			lines = append(lines, line)
		}
	}
	return lines
}

// recount is the ledger of all events on stocks, one by one.
func (h *history) recount(stocks []*valueflows.EconomicResource) *ledger.Ledger {
	b := newBooking()
	if err := store.EachBooked(h.b.ctx, h.b.node.store, store.Sight{Lab: h.b.lab}, store.Bookings{Resources: h.stocks}, func(row *store.Booked) error {
		b.add(row)
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	l, err := ledger.Of(stocks, b.entries)
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

// same compares the agents' balances at a time with a recount.
func (h *history) same(recount *ledger.Ledger, at *valueflows.Instant) {
	byResource, bySpecification, err := h.b.node.Balances(h.b.ctx, h.agents, at)
	if err != nil {
		h.t.Fatal(err)
	}
	_, until := bounds(nil, at)
	want, wantAll, err := recount.Balances(nil, until)
	if err != nil {
		h.t.Fatal(err)
	}
	text := func(list []Balance) (lines []string) {
		for _, b := range list {
			if b.Accounting.Sign() != 0 || b.Onhand.Sign() != 0 {
				lines = append(lines, fmt.Sprint(b.Resource, b.Specification, b.Unit, b.Accounting.Normal(), b.Onhand.Normal()))
			}
		}
		return lines
	}
	if !slices.Equal(text(byResource), text(want)) || !slices.Equal(text(bySpecification), text(wantAll)) {
		h.t.Errorf("at %v the balances are\n%v\n%v\nand should be\n%v\n%v", at, text(byResource), text(bySpecification), text(want), text(wantAll))
	}
}
