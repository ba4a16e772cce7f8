package node

import (
	"context"
	"errors"
	"slices"
	"testing"

	"disconode/valueflows"
)

// What a role sees in lists, sums and single answers is the same: the policy
// answers both from the same rows. Care for people is its parties' own; to
// bookkeepers, stewards and auditors it is hours, of nobody for nobody.
func TestPolicySeesAlike(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		bea, _ := b.as("Bea", Member)
		cal, _ := b.as("Cal", Member)
		keeper, _ := b.as("Kim", Bookkeeper)
		auditor, _ := b.as("Ann", Auditor)
		work := func(ctx context.Context, hoursText string, stream valueflows.Stream) valueflows.ID {
			e, _, err := b.node.RecordEvent(ctx, &valueflows.EconomicEvent{Action: "work", Provider: PrincipalOf(ctx).User, Receiver: PrincipalOf(ctx).User,
				EffortQuantity: hours(hoursText), Stream: stream}, nil)
			if err != nil {
				t.Fatal(err)
			}
			return e.ID
		}
		events := []valueflows.ID{work(bea, "1", valueflows.Livelihood), work(bea, "2", valueflows.CarePeople), work(cal, "4", valueflows.CarePeople), work(cal, "8", "")}
		tests := []struct {
			name  string
			ctx   context.Context
			sees  []int
			hours string
			named bool // the parties of care for people
		}{
			{"a member, its own care", bea, []int{0, 1, 3}, "11", true},
			{"another member", cal, []int{0, 2, 3}, "13", true},
			{"a bookkeeper, all hours", keeper, []int{0, 1, 2, 3}, "15", false},
			{"a steward", b.ctx, []int{0, 1, 2, 3}, "15", false},
			{"an auditor", auditor, []int{0, 1, 2, 3}, "15", false},
		}
		for _, test := range tests {
			var single []int
			for i, id := range events {
				e, err := Get[valueflows.EconomicEvent](test.ctx, b.node, id)
				if errors.Is(err, ErrNotFound) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				single = append(single, i)
				if e.Stream == valueflows.CarePeople && e.Provider.IsZero() == test.named {
					t.Errorf("%s: care for people by %s", test.name, e.Provider)
				}
			}
			page, err := List[valueflows.EconomicEvent](test.ctx, b.node, Filter{}, Page{First: 100})
			if err != nil {
				t.Fatal(err)
			}
			var listed []int
			for _, e := range page.Nodes {
				listed = append(listed, slices.Index(events, e.ID))
			}
			if !slices.Equal(single, test.sees) || !slices.Equal(listed, test.sees) {
				t.Errorf("%s: sees %v one by one and %v in the list, want %v", test.name, single, listed, test.sees)
			}
			sums, err := b.node.Contributions(test.ctx, ContributionQuery{})
			if err != nil {
				t.Fatal(err)
			}
			if got := sums[0].EffortQuantity[0].HasNumericalValue.String(); got != test.hours {
				t.Errorf("%s: %s hours, want %s", test.name, got, test.hours)
			}
			b.careStaysNobodys(test.ctx, test.named)
		}
	})
}

// careStaysNobodys asks in every way who cared, of a caller who may see hours only.
func (b *books) careStaysNobodys(ctx context.Context, named bool) {
	b.t.Helper()
	if named {
		return
	}
	groups, err := b.node.Contributions(ctx, ContributionQuery{Stream: []valueflows.Stream{valueflows.CarePeople}, GroupBy: []ContributionGroup{ByAgent, ByReceiver}})
	if err != nil || len(groups) != 1 || !groups[0].Agent.IsZero() || !groups[0].Receiver.IsZero() || groups[0].EffortQuantity[0].HasNumericalValue.String() != "6" {
		b.t.Errorf("grouped by agent: %+v, %v", groups, err)
	}
	members, err := b.node.store.Members(ctx, b.lab)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, m := range members {
		for _, f := range []Filter{{Provider: []valueflows.ID{m.Person}}, {Receiver: []valueflows.ID{m.Person}}, {Party: []valueflows.ID{m.Person}}} {
			page, err := List[valueflows.EconomicEvent](ctx, b.node, f, Page{First: 100})
			if err != nil {
				b.t.Fatal(err)
			}
			pages, err := ListBy[valueflows.EconomicEvent](ctx, b.node, LinkParty, []valueflows.ID{m.Person}, Filter{}, Page{First: 100})
			if err != nil {
				b.t.Fatal(err)
			}
			for _, e := range append(page.Nodes, pages[0].Nodes...) {
				if e.Stream == valueflows.CarePeople {
					b.t.Errorf("care for people is found by its party %s", m.Person)
				}
			}
		}
		sums, err := b.node.Contributions(ctx, ContributionQuery{Agent: []valueflows.ID{m.Person}, Stream: []valueflows.Stream{valueflows.CarePeople}})
		if err != nil || len(sums) != 0 && sums[0].Events != 0 {
			b.t.Errorf("care for people is summed by its party: %+v, %v", sums, err)
		}
	}
}

// Who may record for whom: a party itself, a bookkeeper or steward, and for the
// LAB its members; an auditor nobody. Who may mend: whoever recorded, or a
// bookkeeper.
func TestWhoMayRecord(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		bea, _ := b.as("Bea", Member)
		cal, _ := b.as("Cal", Member)
		keeper, _ := b.as("Kim", Bookkeeper)
		auditor, _ := b.as("Ann", Auditor)
		me, other := PrincipalOf(bea).User, PrincipalOf(cal).User
		work := valueflows.EconomicEvent{Action: "work", EffortQuantity: hours("2")}
		record := func(ctx context.Context, provider, receiver, corrects valueflows.ID) (valueflows.ID, error) {
			e := work
			e.Provider, e.Receiver, e.Corrects = provider, receiver, corrects
			if !corrects.IsZero() {
				e.EffortQuantity = hours("-1")
			}
			event, _, err := b.node.RecordEvent(ctx, &e, nil)
			if err != nil {
				return valueflows.ID{}, err
			}
			return event.ID, nil
		}
		own, err := record(bea, me, b.lab, valueflows.ID{})
		if err != nil {
			t.Fatal(err)
		}
		tests := []struct {
			name                         string
			ctx                          context.Context
			provider, receiver, corrects valueflows.ID
			want                         error
		}{
			{"a member for itself", cal, other, other, valueflows.ID{}, nil},
			{"a member for the LAB", bea, b.lab, b.lab, valueflows.ID{}, nil},
			{"a member for another", bea, other, other, valueflows.ID{}, ErrForbidden},
			{"a bookkeeper for anyone", keeper, other, me, valueflows.ID{}, nil},
			{"an auditor for itself", auditor, PrincipalOf(auditor).User, b.lab, valueflows.ID{}, ErrForbidden},
			{"nobody", context.Background(), other, other, valueflows.ID{}, ErrUnauthenticated},
			{"a member mends its own record", bea, me, b.lab, own, nil},
			{"a member mends another's", cal, me, b.lab, own, ErrForbidden},
			{"a bookkeeper mends a member's", keeper, me, b.lab, own, nil},
		}
		for _, test := range tests {
			if _, err := record(test.ctx, test.provider, test.receiver, test.corrects); !errors.Is(err, test.want) {
				t.Errorf("%s: %v, want %v", test.name, err, test.want)
			}
		}
	})
}

// A02: what is in another LAB's books is as if it were not: to read, to name, to
// change; and persons of one LAB are nobody to another.
func TestA02OtherBooks(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, kale := b.organization("Farm"), b.specification("Kale")
		stock := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("5")}, valueflows.EconomicResource{ConformsTo: kale})
		raised, err := List[valueflows.EconomicEvent](b.ctx, b.node, Filter{}, Page{First: 1})
		if err != nil {
			t.Fatal(err)
		}
		other, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Print Shop", Slug: "print", Zone: "America/Chicago", Steward: "Eve"})
		if err != nil {
			t.Fatal(err)
		}
		eve, _ := (&books{t: t, node: b.node, lab: other.ID}).as("Eve", Steward)
		if _, err := Get[valueflows.EconomicResource](eve, b.node, stock); !errors.Is(err, ErrNotFound) {
			t.Errorf("read a stock: %v", err)
		}
		if _, err := Get[valueflows.Agent](eve, b.node, farm); !errors.Is(err, ErrNotFound) {
			t.Errorf("read an agent: %v", err)
		}
		if _, err := Get[valueflows.EconomicEvent](eve, b.node, raised.Nodes[0].ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("read an event: %v", err)
		}
		if _, err := Get[valueflows.ResourceSpecification](eve, b.node, kale); err != nil {
			t.Errorf("read a specification: %v", err)
		}
		me := PrincipalOf(eve).User
		refused := func(e valueflows.EconomicEvent) string {
			_, _, err := b.node.RecordEvent(eve, &e, nil)
			if err == nil {
				return ""
			}
			return err.Error()
		}
		foreign := refused(valueflows.EconomicEvent{Action: "lower", Provider: me, Receiver: me, ResourceInventoriedAs: stock, ResourceQuantity: kg("1")})
		missing := refused(valueflows.EconomicEvent{Action: "lower", Provider: me, Receiver: me, ResourceInventoriedAs: valueflows.ID{9}, ResourceQuantity: kg("1")})
		if foreign == "" || foreign != missing {
			t.Errorf("named: %q, missing: %q", foreign, missing)
		}
		if _, err := Update(eve, b.node, stock, func(r *valueflows.EconomicResource) error { r.Note = "mine"; return nil }); !errors.Is(err, ErrNotFound) {
			t.Errorf("change: %v", err)
		}
		if err := Delete[valueflows.Agent](eve, b.node, farm); !errors.Is(err, ErrNotFound) {
			t.Errorf("delete: %v", err)
		}
		agents, err := List[valueflows.Agent](eve, b.node, Filter{}, Page{First: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range agents.Nodes {
			if a.Name != "Freedom Farms" && a.Name != "Print Shop" && a.Name != "Eve" {
				t.Errorf("sees %s", a.Name)
			}
		}
		sums, err := b.node.Contributions(eve, ContributionQuery{GroupBy: []ContributionGroup{ByAction}})
		if err != nil || len(sums) != 0 {
			t.Errorf("sums: %+v, %v", sums, err)
		}
		if _, err := b.node.Contributions(eve, ContributionQuery{Lab: b.lab}); err == nil {
			t.Error("sums of the other LAB by its id")
		}
		b.holds(stock, "5", "5")
	})
}

// An identity is erased for good; what the person gave stays.
func TestErasePerson(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		bea := b.person("Bea Secret")
		b.record(valueflows.EconomicEvent{Action: "work", Provider: bea, Receiver: b.lab, EffortQuantity: hours("3")})
		if err := Delete[valueflows.Agent](b.ctx, b.node, bea); err != nil {
			t.Fatal(err)
		}
		a, err := Get[valueflows.Agent](b.ctx, b.node, bea)
		if err != nil || a.Name != "(erased)" {
			t.Errorf("%+v, %v", a, err)
		}
		sums, err := b.node.Contributions(b.ctx, ContributionQuery{Agent: []valueflows.ID{bea}})
		if err != nil || sums[0].EffortQuantity[0].HasNumericalValue.String() != "3" {
			t.Errorf("%+v, %v", sums, err)
		}
		b.sound()
	})
}
