package node

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"disconode/valueflows"
)

// season is what a farm did in a week: it counts 10 kg in the shed, harvests
// 20.5, of which 2 are found to be wrong a day later; uses 4 up; sells 12 to the
// shop for 30 in cash and 6 that no account was named for; moves 5 between two
// stores of its own; pays 8 to Bea, who picked for 3 hours; and gives her 1 kg
// for the children, which is care for people.
type season struct {
	*books
	farm, shop, bea   valueflows.ID
	tomato, dollar    valueflows.ID
	shed, store, cash valueflows.ID
	picking, cooking  valueflows.ID
	asBea             context.Context
	harvested, fed    *valueflows.EconomicEvent
}

func coins(text string) *valueflows.Measure {
	return &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(text), HasUnit: valueflows.One}
}

// may is noon of a day of May.
func may(d int) *valueflows.Time { return day(fmt.Sprintf("2026-05-%02dT12:00:00-05:00", d)) }

// mayBegins is when a day of May begins in Chicago.
func mayBegins(d int) *valueflows.Instant {
	return &day(fmt.Sprintf("2026-05-%02dT00:00:00-05:00", d)).Instant
}

func newSeason(b *books) *season {
	b.t.Helper()
	s := &season{books: b}
	s.farm, s.shop, s.tomato, s.dollar = b.organization("Farm"), b.organization("Shop"), b.specification("Tomato"), b.specification("Dollar")
	s.asBea, _ = b.as("Bea", Member)
	s.bea = PrincipalOf(s.asBea).User
	s.picking, s.cooking = b.process("picking"), b.process("cooking")
	hoursOfPicking := b.specification("Picking")
	s.shed = b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: s.farm, Receiver: s.farm, ResourceQuantity: kg("10"), HasPointInTime: may(1)},
		valueflows.EconomicResource{ConformsTo: s.tomato, Name: "Shed"})
	s.harvested = b.record(valueflows.EconomicEvent{Action: "produce", Provider: s.farm, Receiver: s.farm, OutputOf: s.picking, ResourceInventoriedAs: s.shed, ResourceQuantity: kg("20.5"), HasPointInTime: may(2)})
	b.record(valueflows.EconomicEvent{Action: "work", Provider: s.bea, Receiver: s.farm, InputOf: s.picking, ResourceConformsTo: hoursOfPicking, EffortQuantity: hours("3"), HasPointInTime: may(2)})
	b.record(valueflows.EconomicEvent{Action: "produce", Corrects: s.harvested.ID, ResourceQuantity: kg("-2"), HasPointInTime: may(3)})
	b.record(valueflows.EconomicEvent{Action: "consume", Provider: s.farm, Receiver: s.farm, InputOf: s.cooking, ResourceInventoriedAs: s.shed, ResourceQuantity: kg("4"), HasPointInTime: may(4)})
	s.fed = b.record(valueflows.EconomicEvent{Action: "transfer", Provider: s.farm, Receiver: s.bea, ResourceInventoriedAs: s.shed, ResourceQuantity: kg("1"), Stream: valueflows.CarePeople, HasPointInTime: may(4)})
	b.record(valueflows.EconomicEvent{Action: "transfer", Provider: s.farm, Receiver: s.shop, ResourceInventoriedAs: s.shed, ResourceQuantity: kg("12"), HasPointInTime: may(5), Note: "=a formula"})
	s.cash = b.recordNew(valueflows.EconomicEvent{Action: "transfer", Provider: s.shop, Receiver: s.farm, ResourceConformsTo: s.dollar, ResourceQuantity: coins("30"), HasPointInTime: may(5)},
		valueflows.EconomicResource{Name: "Cash"})
	b.record(valueflows.EconomicEvent{Action: "transfer", Provider: s.shop, Receiver: s.farm, ResourceConformsTo: s.dollar, ResourceQuantity: coins("6"), HasPointInTime: may(6)})
	s.store = b.recordNew(valueflows.EconomicEvent{Action: "move", Provider: s.farm, Receiver: s.farm, ResourceInventoriedAs: s.shed, ResourceQuantity: kg("5"), HasPointInTime: may(7)},
		valueflows.EconomicResource{Name: "Store"})
	b.record(valueflows.EconomicEvent{Action: "transfer", Provider: s.farm, Receiver: s.bea, ResourceInventoriedAs: s.cash, ResourceQuantity: coins("8"), HasPointInTime: may(8)})
	return s
}

// told are lines for comparison.
func told(lines ...string) string { return strings.Join(lines, "\n") }

// is compares lines with what was worked out by hand.
func (b *books) is(what string, got []string, want string) {
	b.t.Helper()
	var lines []string
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	if told(got...) != told(lines...) {
		b.t.Errorf("%s:\n%s\nand should be\n%s", what, told(got...), told(lines...))
	}
}

func (s *season) names() map[valueflows.ID]string {
	return map[valueflows.ID]string{{}: "", s.farm: "farm", s.shop: "shop", s.bea: "bea", s.shed: "shed", s.store: "store", s.cash: "cash", s.tomato: "tomato", s.dollar: "dollar"}
}

func (s *season) lines(l *Ledger) (lines []string) {
	for _, line := range l.Nodes {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s = %s %s %s", line.Event.Action, line.Change.Accounting, line.Balance.Accounting, line.Balance.Onhand, s.names()[line.Counterparty])))
	}
	return lines
}

// The shed: 10, 30.5, 28.5, 24.5; Bea's kilogram; 11.5 and 6.5. Bea sees that she
// was given it; Cal does not, and his balances are the same. Each page of it
// says what the whole does.
func TestLedgerFarm(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := newSeason(b)
		cal, _ := b.as("Cal", Member)
		whole := func(ctx context.Context) *Ledger {
			t.Helper()
			l, err := b.node.Ledger(ctx, s.shed, Page{First: 100})
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		b.is("the shed, to Bea", s.lines(whole(s.asBea)), `
			raise 10 = 10 10
			produce 20.5 = 30.5 30.5
			produce -2 = 28.5 28.5
			consume -4 = 24.5 24.5
			transfer -1 = 23.5 23.5 bea
			transfer -12 = 11.5 11.5 shop
			move -5 = 6.5 6.5`)
		seen := s.lines(whole(cal))
		b.is("the shed, to Cal", seen, `
			raise 10 = 10 10
			produce 20.5 = 30.5 30.5
			produce -2 = 28.5 28.5
			consume -4 = 24.5 24.5
			transfer -12 = 11.5 11.5 shop
			move -5 = 6.5 6.5`)
		b.is("the shed, to the steward", s.lines(whole(b.ctx)), told(seen...))
		for size := 1; size <= 6; size++ {
			for _, forward := range []bool{true, false} {
				var pages []string
				page := Page{First: size}
				if !forward {
					page = Page{Last: size}
				}
				for more := true; more; {
					l, err := b.node.Ledger(cal, s.shed, page)
					if err != nil {
						t.Fatal(err)
					}
					first, last := l.Nodes[0], l.Nodes[len(l.Nodes)-1]
					before, err := l.Opening.Accounting.Add(first.Change.Accounting)
					if err != nil {
						t.Fatal(err)
					}
					// Bea's kilogram is in the opening, or in the balance of the next line
					if before.String() != first.Balance.Accounting.String() {
						t.Errorf("pages of %d: opens with %s, then %s = %s", size, l.Opening.Accounting, first.Change.Accounting, first.Balance.Accounting)
					}
					if forward {
						pages = append(pages, s.lines(l)...)
						page.After, more = last.Event.Position, l.HasNext
					} else {
						pages = append(s.lines(l), pages...)
						page.Before, more = first.Event.Position, l.HasPrevious
					}
				}
				b.is(fmt.Sprintf("pages of %d, forward %v", size, forward), pages, told(seen...))
			}
		}
	})
}

// What a stock begins with, where that is care for people, is in its opening.
func TestLedgerBeginsUnseen(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm := b.organization("Farm")
		basket := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("3"), Stream: valueflows.CarePeople}, valueflows.EconomicResource{ConformsTo: b.specification("Tomato")})
		b.record(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceInventoriedAs: basket, ResourceQuantity: kg("1.5")})
		for _, page := range []Page{{First: 5}, {Last: 5}} {
			l, err := b.node.Ledger(b.ctx, basket, page)
			if err != nil || len(l.Nodes) != 1 || l.Opening.Accounting.String() != "3" || l.Nodes[0].Balance.Accounting.String() != "4.5" {
				t.Errorf("%+v, %v", l, err)
			}
		}
	})
}

// Member, auditor and public: whose accounts each may see.
func TestLedgerRights(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := newSeason(b)
		cal, _ := b.as("Cal", Member)
		auditor, _ := b.as("Ann", Auditor)
		keeper, _ := b.as("Kim", Bookkeeper)
		purse := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: s.bea, Receiver: s.bea, ResourceQuantity: coins("5"), HasPointInTime: may(1)},
			valueflows.EconomicResource{ConformsTo: s.dollar, Name: "Bea's purse"})
		partner := WithPrincipal(t.Context(), Principal{Lab: b.lab, Role: Partner})
		ways := func(ctx context.Context) map[string]error {
			errs := map[string]error{}
			_, errs["ledger"] = b.node.Ledger(ctx, purse, Page{First: 1})
			_, _, errs["balances"] = b.node.Balances(ctx, []valueflows.ID{s.bea}, nil)
			_, errs["statement"] = b.node.IncomeStatement(ctx, []valueflows.ID{s.bea}, nil, nil)
			_, errs["cash of a resource"] = b.node.CashFlow(ctx, CashQuestion{Resources: []valueflows.ID{purse}, From: *mayBegins(1), Until: *mayBegins(9)})
			_, errs["cash of a kind"] = b.node.CashFlow(ctx, CashQuestion{Specification: s.dollar, Agents: []valueflows.ID{s.bea}, From: *mayBegins(1), Until: *mayBegins(9)})
			return errs
		}
		for _, test := range []struct {
			who  string
			ctx  context.Context
			want error
		}{{"Bea", s.asBea, nil}, {"Cal", cal, ErrForbidden}, {"the auditor", auditor, nil}, {"the bookkeeper", keeper, nil}, {"the public", t.Context(), ErrForbidden}, {"a partner", partner, ErrForbidden}} {
			for way, err := range ways(test.ctx) {
				if !errors.Is(err, test.want) || test.want == nil && err != nil {
					t.Errorf("%s, %s of Bea: %v, want %v", test.who, way, err, test.want)
				}
			}
			err := b.node.GeneralLedger(test.ctx, nil, nil, nil, new(strings.Builder))
			if want := test.want; test.who == "Bea" && !errors.Is(err, ErrForbidden) || test.who != "Bea" && !errors.Is(err, want) {
				t.Errorf("%s, the general ledger: %v", test.who, err)
			}
		}
		if _, _, err := b.node.Balances(cal, []valueflows.ID{s.farm}, nil); err != nil {
			t.Errorf("the farm's, to Cal: %v", err)
		}
		if _, err := b.node.Ledger(cal, b.lab, Page{First: 1}); !errors.Is(err, ErrNotFound) {
			t.Errorf("of no resource: %v", err)
		}
		_, _, err := b.node.Balances(keeper, []valueflows.ID{valueflows.IDOf("urn:nobody")}, nil)
		b.refused(err, "UNKNOWN_REFERENCE", "balances of nobody")
	})
}
