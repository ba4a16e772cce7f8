package node

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"disconode/valueflows"
)

func (s *season) balances(ctx context.Context, agents []valueflows.ID, at *valueflows.Instant) (lines []string) {
	s.t.Helper()
	byResource, bySpecification, err := s.node.Balances(ctx, agents, at)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, id := range []valueflows.ID{s.shed, s.store, s.cash} {
		for _, b := range byResource {
			if b.Resource == id {
				lines = append(lines, fmt.Sprintf("%s %s %s", s.names()[id], b.Accounting, b.Onhand))
			}
		}
	}
	for _, id := range []valueflows.ID{s.tomato, s.dollar} {
		for _, b := range bySpecification {
			if b.Specification == id {
				lines = append(lines, fmt.Sprintf("all %s %s", s.names()[id], b.Accounting))
			}
		}
	}
	return lines
}

// When the 5th begins the farm has 10 + 20.5 − 2 − 4 − 1 = 23.5 kg; in the end
// 11.5, of which 5 in the store, and 30 − 8 = 22 in cash.
func TestLedgerBalances(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := newSeason(b)
		farm := []valueflows.ID{s.farm}
		b.is("before the 1st", s.balances(b.ctx, farm, mayBegins(1)), "")
		b.is("before the 5th", s.balances(b.ctx, farm, mayBegins(5)), `
			shed 23.5 23.5
			all tomato 23.5`)
		now := `
			shed 6.5 6.5
			store 5 5
			cash 22 22
			all tomato 11.5
			all dollar 22`
		b.is("now", s.balances(b.ctx, farm, nil), now)
		b.is("after all", s.balances(b.ctx, farm, mayBegins(9)), now)
		b.is("the LAB's", s.balances(b.ctx, nil, nil), "")
	})
}

// Bea's purse goes to Cal with its record, 7 of it then: what is in it was hers
// before, and is his; and she gave it.
func TestLedgerHandedOver(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		bea, cal, dollar := b.person("Bea"), b.person("Cal"), b.specification("Dollar")
		purse := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: bea, Receiver: bea, ResourceQuantity: coins("7"), HasPointInTime: may(1)}, valueflows.EconomicResource{ConformsTo: dollar})
		b.record(valueflows.EconomicEvent{Action: "transfer", Provider: bea, Receiver: cal, ResourceInventoriedAs: purse, ToResourceInventoriedAs: purse, ResourceQuantity: coins("7"), HasPointInTime: may(2)})
		b.record(valueflows.EconomicEvent{Action: "raise", Provider: cal, Receiver: cal, ResourceInventoriedAs: purse, ResourceQuantity: coins("2"), HasPointInTime: may(3)})
		for _, test := range []struct {
			who  valueflows.ID
			at   *valueflows.Instant
			want string
		}{{bea, mayBegins(2), "7"}, {cal, mayBegins(2), ""}, {bea, mayBegins(3), ""}, {cal, mayBegins(3), "7"}, {bea, nil, ""}, {cal, nil, "9"}} {
			byResource, bySpecification, err := b.node.Balances(b.ctx, []valueflows.ID{test.who}, test.at)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, balance := range byResource {
				got = balance.Accounting.String()
			}
			if got != test.want || len(bySpecification) != len(byResource) {
				t.Errorf("has %q before %v, want %q", got, test.at, test.want)
			}
		}
		rows, err := b.node.IncomeStatement(b.ctx, []valueflows.ID{bea}, nil, nil)
		if err != nil || len(rows) != 1 || rows[0].Given.String() != "7" || rows[0].Adjusted.String() != "7" || rows[0].Net.Sign() != 0 || rows[0].Uncounted.Sign() != 0 {
			t.Errorf("%+v %v", rows, err)
		}
	})
}

// A book is lent, read by two, and comes home; 10 garments go to be mended, of
// which 8 come back; 6 are packed into a crate, carried away and unpacked: 1 of
// 1, 8 of 8. The ledger of each ends with what there is, backwards too.
func TestLedgerOutOfHand(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		library, reader, ada, mender := b.organization("Library"), b.person("Reader"), b.person("Ada"), b.organization("Mender")
		opens := func(name, q string) valueflows.ID {
			return b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: library, Receiver: library, ResourceQuantity: coins(q)},
				valueflows.EconomicResource{ConformsTo: b.specification(name), Name: valueflows.Text(name)})
		}
		novel, garments, crate := opens("novel", "1"), opens("garments", "10"), opens("crate", "1")
		happens := func(action valueflows.Action, from, to valueflows.ID, q string, e valueflows.EconomicEvent) {
			e.Action, e.Provider, e.Receiver, e.ResourceQuantity = action, from, to, coins(q)
			b.record(e)
		}
		for _, hands := range [][2]valueflows.ID{{library, reader}, {reader, ada}, {ada, library}} {
			happens("transferCustody", hands[0], hands[1], "1", valueflows.EconomicEvent{ResourceInventoriedAs: novel})
		}
		mending, packing, carrying := b.process("mending"), b.process("packing"), b.process("carrying")
		happens("accept", library, mender, "10", valueflows.EconomicEvent{ResourceInventoriedAs: garments, InputOf: mending})
		happens("modify", mender, library, "8", valueflows.EconomicEvent{ResourceInventoriedAs: garments, OutputOf: mending})
		happens("combine", library, library, "6", valueflows.EconomicEvent{ResourceInventoriedAs: garments, InputOf: packing, ToResourceInventoriedAs: crate})
		happens("pickup", library, library, "1", valueflows.EconomicEvent{ResourceInventoriedAs: crate, InputOf: carrying})
		happens("dropoff", library, library, "1", valueflows.EconomicEvent{ResourceInventoriedAs: crate, OutputOf: carrying})
		happens("separate", library, library, "6", valueflows.EconomicEvent{ResourceInventoriedAs: garments, OutputOf: packing})
		b.holds(novel, "1", "1")
		b.holds(garments, "8", "8")
		for _, test := range []struct {
			resource valueflows.ID
			want     string
		}{
			{novel, "1/1 1/0 1/0 1/1"},
			{garments, "10/10 10/0 10/8 8/8 8/2 8/8"},
			{crate, "1/1 1/1 1/0 1/1"}, // what is put into it changes nothing of it
		} {
			for _, page := range []Page{{First: 2}, {Last: 2}, {First: 100}, {Last: 100}} {
				var got []string
				for more := true; more; {
					l, err := b.node.Ledger(b.ctx, test.resource, page)
					if err != nil {
						t.Fatal(err)
					}
					var lines []string
					for _, line := range l.Nodes {
						lines = append(lines, fmt.Sprintf("%s/%s", line.Balance.Accounting, line.Balance.Onhand))
					}
					if page.First > 0 {
						got, page.After, more = append(got, lines...), l.Nodes[len(l.Nodes)-1].Event.Position, l.HasNext
					} else {
						got, page.Before, more = append(lines, got...), l.Nodes[0].Event.Position, l.HasPrevious
					}
				}
				if text := strings.Join(got, " "); text != test.want {
					t.Errorf("%+v: %s, want %s", page, text, test.want)
				}
			}
		}
		byResource, _, err := b.node.Balances(b.ctx, []valueflows.ID{library}, nil)
		if err != nil || len(byResource) != 3 {
			t.Errorf("%v, %v", byResource, err)
		}
	})
}
