package node

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"disconode/valueflows"
	"disconode/valueflows/flow"
)

func toldCash(c *Cash) (lines []string) {
	for _, r := range c.Rows {
		lines = append(lines, fmt.Sprintf("%s +%s -%s | +%s -%s | %s %s", r.Name, r.Happened.In, r.Happened.Out, r.Expected.In, r.Expected.Out, r.Net, r.Balance))
	}
	return lines
}

// promise is a transfer of dollars that is to come.
func (s *season) promise(from, to valueflows.ID, q string, due *valueflows.Time) valueflows.Commitment {
	return valueflows.Commitment{Planned: valueflows.Planned{Action: "transfer", Provider: from, Receiver: to, ResourceConformsTo: s.dollar, ResourceQuantity: coins(q), Due: due}}
}

// The farm's cash, on 10 May. A day in Chicago ends at 5 in the morning of UTC.
// The shop promised 100 by the 12th, of which 40 came on the 9th, onto the
// account; rent of 55.50 is due on the 25th; Bea wants a loan of 20 by the 26th,
// of which 5 is promised for the 27th; a promise that is finished counts no more,
// nor what others owe each other.
//
//	the account: W18 (from 1 May) nothing; W19 30 on the 5th, 8 paid on the 8th,
//	  40 on the 9th                                      = 62
//	W20, from 11 May, the other 60                       = 122
//	W22 55.50 and 15 and 5                               = 46.5
//
// In all dollars there is also what no account was named for: 6 on the 6th.
// From the 6th on it opens with 30, and ends with 52.5.
func TestCashFlow(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.node.now = func() time.Time { return may(20).Instant.Time() }
		s := newSeason(b)
		owner := b.organization("Owner")
		grant := made(t, b.ctx, b.node, s.promise(s.shop, s.farm, "100", may(12)))
		b.record(valueflows.EconomicEvent{Action: "transfer", Provider: s.shop, Receiver: s.farm, ToResourceInventoriedAs: s.cash, ResourceQuantity: coins("40"), HasPointInTime: may(9), Fulfills: []valueflows.ID{grant}})
		made(t, b.ctx, b.node, s.promise(s.farm, owner, "55.50", may(25)))
		made(t, b.ctx, b.node, s.promise(s.shop, owner, "999", may(25)))
		dropped, yes := s.promise(s.farm, owner, "999", may(25)), true
		dropped.Finished = &yes
		made(t, b.ctx, b.node, dropped)
		loan := made(t, b.ctx, b.node, valueflows.Intent{Planned: s.promise(s.farm, valueflows.ID{}, "20", may(26)).Planned})
		part := s.promise(s.farm, s.bea, "5", may(27))
		part.Satisfies = []valueflows.ID{loan}
		made(t, b.ctx, b.node, part)
		b.node.now = func() time.Time { return may(10).Instant.Time() }

		account, err := b.node.CashFlow(b.ctx, CashQuestion{Resources: []valueflows.ID{s.cash}, From: *mayBegins(1), Until: *mayBegins(31), Every: flow.CashWeek})
		if err != nil {
			t.Fatal(err)
		}
		const weeks = `
			2026-W18 +0 -0 | +0 -0 | 0 0
			2026-W19 +70 -8 | +0 -0 | 62 62
			2026-W20 +0 -0 | +60 -0 | 60 122
			2026-W21 +0 -0 | +0 -0 | 0 122
			2026-W22 +0 -0 | +0 -75.5 | -75.5 46.5`
		b.is("the account", toldCash(account), weeks)
		if account.Opening.Sign() != 0 || account.Unit != valueflows.One {
			t.Errorf("it opens with %s %s", account.Opening, account.Unit)
		}
		again, err := b.node.CashFlow(s.asBea, CashQuestion{Resources: []valueflows.ID{s.cash}, From: *mayBegins(9), Until: *mayBegins(10), Every: flow.CashDay})
		if err != nil {
			t.Fatal(err)
		}
		b.is("the 9th of it, to Bea", toldCash(again), "2026-05-09 +40 -0 | +0 -0 | 40 62")
		if again.Opening.String() != "22" {
			t.Errorf("the 9th opens with %s", again.Opening)
		}
		all, err := b.node.CashFlow(b.ctx, CashQuestion{Specification: s.dollar, Agents: []valueflows.ID{s.farm}, From: *mayBegins(6), Until: *mayBegins(31)})
		if err != nil {
			t.Fatal(err)
		}
		b.is("all dollars", toldCash(all), "2026-05 +46 -8 | +60 -75.5 | 22.5 52.5")
		if all.Opening.String() != "30" {
			t.Errorf("all dollars open with %s", all.Opening)
		}

		b.node.now = func() time.Time { return may(28).Instant.Time() }
		late, err := b.node.CashFlow(b.ctx, CashQuestion{Resources: []valueflows.ID{s.cash}, From: *mayBegins(1), Until: *mayBegins(31)})
		if err != nil || late.Overdue.In.String() != "60" || late.Overdue.Out.String() != "75.5" {
			t.Errorf("overdue on the 28th: %+v, %v", late, err)
		}
	})
}

// A stock that must not run out is asked for like money; care for people is
// counted in what there is of it, and tells nobody who was given it.
func TestCashFlowStock(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := newSeason(b)
		c, err := b.node.CashFlow(b.ctx, CashQuestion{Resources: []valueflows.ID{s.shed, s.store}, From: *mayBegins(2), Until: *mayBegins(9), Every: flow.CashDay})
		if err != nil {
			t.Fatal(err)
		}
		b.is("tomatoes", toldCash(c), `
			2026-05-02 +20.5 -0 | +0 -0 | 20.5 30.5
			2026-05-03 +-2 -0 | +0 -0 | -2 28.5
			2026-05-04 +0 -5 | +0 -0 | -5 23.5
			2026-05-05 +0 -12 | +0 -0 | -12 11.5
			2026-05-06 +0 -0 | +0 -0 | 0 11.5
			2026-05-07 +0 -0 | +0 -0 | 0 11.5
			2026-05-08 +0 -0 | +0 -0 | 0 11.5`)
		for what, test := range map[string]struct {
			q    CashQuestion
			code string
		}{
			"of nothing":             {CashQuestion{From: *mayBegins(1), Until: *mayBegins(2)}, "REQUIRED"},
			"of what is no resource": {CashQuestion{Resources: []valueflows.ID{s.farm}, From: *mayBegins(1), Until: *mayBegins(2)}, "UNKNOWN_RESOURCE"},
			"of two kinds":           {CashQuestion{Resources: []valueflows.ID{s.shed, s.cash}, From: *mayBegins(1), Until: *mayBegins(2)}, "WRONG_SPECIFICATION"},
			"of an unknown kind":     {CashQuestion{Specification: s.farm, From: *mayBegins(1), Until: *mayBegins(2)}, "UNKNOWN_REFERENCE"},
			"for no time":            {CashQuestion{Resources: []valueflows.ID{s.shed}, From: *mayBegins(2), Until: *mayBegins(2)}, "INVALID_PERIOD"},
			"for too many days":      {CashQuestion{Resources: []valueflows.ID{s.shed}, From: 0, Until: *mayBegins(2), Every: flow.CashDay}, "TOO_MUCH"},
			"in another unit":        {CashQuestion{Specification: s.tomato, Agents: []valueflows.ID{s.farm}, From: *mayBegins(1), Until: *mayBegins(9)}, "WRONG_UNIT"},
		} {
			_, err := b.node.CashFlow(b.ctx, test.q)
			b.refused(err, test.code, what)
		}
		if strings.Contains(fmt.Sprint(c.Rows), s.bea.String()) {
			t.Error("it tells who")
		}
	})
}
