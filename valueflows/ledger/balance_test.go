package ledger

import (
	"fmt"
	"testing"

	"disconode/valueflows"
)

// At the beginning of 5 May the farm has 10 + 20.5 − 2 − 4 = 24.5 kg; in the end
// 12.5, of which 5 in the store, and 30 − 8 = 22 in cash.
func TestBalancesFarm(t *testing.T) {
	l := farm(t).ledger()
	told := func(at valueflows.Instant, agents ...valueflows.ID) (lines []string) {
		byResource, bySpecification, err := l.Balances(agents, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"shed", "store", "cash"} {
			for _, b := range byResource {
				if b.Resource == named(id) {
					lines = append(lines, fmt.Sprintf("%s %s %s", id, b.Accounting, b.Onhand))
				}
			}
		}
		for _, id := range []string{"tomato", "dollar"} {
			for _, b := range bySpecification {
				if b.Specification == named(id) {
					lines = append(lines, fmt.Sprintf("all %s %s %s", id, b.Accounting, name(b.Unit)))
				}
			}
		}
		return lines
	}
	is(t, "before 5 May", told(day("2026-05-05"), named("farm")), `
		shed 24.5 24.5
		all tomato 24.5 kilogram`)
	now := `
		shed 7.5 7.5
		store 5 5
		cash 22 22
		all tomato 12.5 kilogram
		all dollar 22 one`
	is(t, "now", told(0, named("farm")), now)
	is(t, "everybody's", told(0), now)
	if lines := told(0, named("shop")); len(lines) != 0 {
		t.Error(lines)
	}
}

// Ada's purse goes to Ben with its record, 7 of it then: what is in it was hers
// before, and is his.
func TestBalancesHandedOver(t *testing.T) {
	b := newBooks(t)
	b.stock("purse", "dollar", "ada", valueflows.One)
	b.all(`
		2026-05-01 ada ada raise 7 of purse
		2026-05-02 ada ben transfer 7 of purse into purse
		2026-05-03 ben ben raise 2 of purse`)
	if b.resources[0].PrimaryAccountable != named("ben") {
		t.Fatal("the purse did not go to Ben")
	}
	l := b.ledger()
	for _, test := range []struct {
		who, day, want string
	}{
		{"ada", "2026-05-02", "7"}, {"ben", "2026-05-02", ""}, {"ada", "2026-05-03", "0"}, {"ben", "2026-05-03", "7"}, {"ada", "2026-06-01", "0"}, {"ben", "2026-06-01", "9"},
	} {
		byResource, _, err := l.Balances([]valueflows.ID{named(test.who)}, day(test.day))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, b := range byResource {
			got = b.Accounting.String()
		}
		if got != test.want {
			t.Errorf("%s has %q before %s, want %q", test.who, got, test.day, test.want)
		}
	}
	rows, err := l.Statement([]valueflows.ID{named("ada")}, 0, 0)
	if err != nil || len(rows) != 1 || rows[0].Given.String() != "7" || rows[0].Adjusted.String() != "7" || rows[0].Net.Sign() != 0 || rows[0].Uncounted.Sign() != 0 {
		t.Errorf("%+v %v", rows, err)
	}
	a, err := l.Account(named("purse"), 0, 0)
	if err != nil || len(a.Lines) != 3 || a.Lines[1].Change.Accounting.Sign() != 0 || a.Closing.Accounting.String() != "9" {
		t.Errorf("%+v %v", a, err)
	}
}
