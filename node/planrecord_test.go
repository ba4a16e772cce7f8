package node

import (
	"context"
	"errors"
	"slices"
	"testing"

	"disconode/valueflows"
)

func made[T Kept](t testing.TB, ctx context.Context, n *Node, record T) valueflows.ID {
	t.Helper()
	r, err := Create(ctx, n, &record)
	if err != nil {
		t.Fatalf("%T: %v", record, err)
	}
	return recordOf(r).ID
}

// linked are the records that link to one.
func linked[T Kept](t testing.TB, b *books, l Link, owner valueflows.ID) []valueflows.ID {
	t.Helper()
	pages, err := ListBy[T](b.ctx, b.node, l, []valueflows.ID{owner}, Filter{}, Page{First: 100})
	if err != nil {
		t.Fatalf("%s: %v", l, err)
	}
	var ids []valueflows.ID
	for _, row := range pages[0].Nodes {
		ids = append(ids, recordOf(row).ID)
	}
	return ids
}

func (b *books) refused(err error, code, what string) {
	b.t.Helper()
	var input *valueflows.InputError
	if !errors.As(err, &input) || input.Code != code {
		b.t.Errorf("%s: %v, want %s", what, err, code)
	}
}

// exchange are an agreement over onions for money, planned, promised and partly done.
type exchange struct {
	farm, grocery, onions, plan, process, agreement         valueflows.ID
	offer, proposal, list, gives, pays, delivery, cash, due valueflows.ID
}

func newExchange(t testing.TB, b *books) (x exchange) {
	t.Helper()
	money := b.specification("dollar")
	x.farm, x.grocery, x.onions = b.organization("Farm"), b.organization("Grocery"), b.specification("onions")
	x.plan = made(t, b.ctx, b.node, valueflows.Plan{Name: "autumn"})
	x.process = made(t, b.ctx, b.node, valueflows.Process{Name: "packing", PlannedWithin: x.plan})
	bundle := made(t, b.ctx, b.node, valueflows.AgreementBundle{Name: "orders"})
	x.agreement = made(t, b.ctx, b.node, valueflows.Agreement{Name: "onions for money", BundledIn: bundle})
	x.offer = made(t, b.ctx, b.node, valueflows.Intent{Planned: valueflows.Planned{Action: "transfer", Provider: x.farm, ResourceConformsTo: x.onions, ResourceQuantity: kg("10")}})
	x.list = made(t, b.ctx, b.node, valueflows.ProposalList{Name: "prices", ProposedTo: []valueflows.ID{x.grocery}})
	x.proposal = made(t, b.ctx, b.node, valueflows.Proposal{Purpose: valueflows.Offer, Publishes: []valueflows.ID{x.offer, x.offer}, ListedIn: []valueflows.ID{x.list}})
	x.gives = made(t, b.ctx, b.node, valueflows.Commitment{Planned: valueflows.Planned{Action: "transfer", Provider: x.farm, Receiver: x.grocery, ResourceConformsTo: x.onions,
		ResourceQuantity: kg("8"), PlannedWithin: x.plan}, ClauseOf: x.agreement, Satisfies: []valueflows.ID{x.offer}, IndependentDemandOf: x.plan})
	x.pays = made(t, b.ctx, b.node, valueflows.Commitment{Planned: valueflows.Planned{Action: "transfer", Provider: x.grocery, Receiver: x.farm, ResourceConformsTo: money,
		ResourceQuantity: &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("24"), HasUnit: valueflows.OMUnitID("one")}}, ReciprocalClauseOf: x.agreement})
	x.delivery = b.record(valueflows.EconomicEvent{Action: "transfer", Provider: x.farm, Receiver: x.grocery, ResourceConformsTo: x.onions, ResourceQuantity: kg("5"),
		Fulfills: []valueflows.ID{x.gives}}).ID
	x.due = made(t, b.ctx, b.node, valueflows.Claim{Action: "transfer", Provider: x.grocery, Receiver: x.farm, ResourceConformsTo: money, TriggeredBy: x.delivery,
		ResourceQuantity: &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("15"), HasUnit: valueflows.OMUnitID("one")}})
	x.cash = b.record(valueflows.EconomicEvent{Action: "transfer", Provider: x.grocery, Receiver: x.farm, ResourceConformsTo: money,
		ResourceQuantity: &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("15"), HasUnit: valueflows.OMUnitID("one")},
		Settles:          []valueflows.ID{x.due}, ReciprocalRealizationOf: x.agreement}).ID
	return x
}

// What names a thing is found from that thing, by a property of its own and
// through what it fulfils; and a rebuild finds the same.
func TestPlanInverses(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		x := newExchange(t, b)
		look := func(what string, got []valueflows.ID, want ...valueflows.ID) {
			t.Helper()
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		all := func() {
			t.Helper()
			look("Intent.satisfiedBy", linked[valueflows.Commitment](t, b, LinkSatisfies, x.offer), x.gives)
			look("Intent.publishedIn", linked[valueflows.Proposal](t, b, LinkPublishedFlow, x.offer), x.proposal)
			look("ProposalList.lists", linked[valueflows.Proposal](t, b, LinkListedIn, x.list), x.proposal)
			look("Agent.proposalListsTo", linked[valueflows.ProposalList](t, b, LinkProposedTo, x.grocery), x.list)
			look("Agent.proposals", linked[valueflows.Proposal](t, b, LinkProposalsOf, x.farm), x.proposal)
			look("Commitment.fulfilledBy", linked[valueflows.EconomicEvent](t, b, LinkFulfills, x.gives), x.delivery)
			look("Claim.settledBy", linked[valueflows.EconomicEvent](t, b, LinkSettles, x.due), x.cash)
			look("Agreement.commitments", linked[valueflows.Commitment](t, b, LinkClauses, x.agreement), x.gives, x.pays)
			look("Agreement.stipulates", linked[valueflows.Commitment](t, b, LinkClauseOf, x.agreement), x.gives)
			look("Agreement.economicEvents", linked[valueflows.EconomicEvent](t, b, LinkOfAgreement, x.agreement), x.delivery, x.cash)
			look("Plan.economicEvents", linked[valueflows.EconomicEvent](t, b, LinkOfPlan, x.plan), x.delivery)
			look("Plan.processes", linked[valueflows.Process](t, b, LinkPlannedWithin, x.plan), x.process)
			look("Agent.plans", linked[valueflows.Plan](t, b, LinkPlansOf, x.farm), x.plan)
			look("Agent.commitments", linked[valueflows.Commitment](t, b, LinkParty, x.farm), x.gives, x.pays)
			look("Event.claims", linked[valueflows.Claim](t, b, LinkTriggeredBy, x.delivery), x.due)
		}
		all()
		if err := Delete[valueflows.Commitment](b.ctx, b.node, x.gives); !errors.Is(err, ErrInUse) {
			t.Errorf("deleting a fulfilled commitment: %v", err)
		}
		if err := Delete[valueflows.Intent](b.ctx, b.node, x.offer); !errors.Is(err, ErrInUse) {
			t.Errorf("deleting a published intent: %v", err)
		}
		differences, err := b.node.Rebuild(AsOperator(t.Context(), valueflows.ID{}))
		if err != nil || len(differences) > 0 {
			t.Errorf("rebuild: %v, %v", differences, err)
		}
		all()

		// A proposal taken from its list is found there no more, and what nothing names can go.
		if _, err := Update(b.ctx, b.node, x.proposal, func(p *valueflows.Proposal) error { p.ListedIn = nil; return nil }); err != nil {
			t.Fatal(err)
		}
		look("ProposalList.lists", linked[valueflows.Proposal](t, b, LinkListedIn, x.list))
		for _, err := range []error{Delete[valueflows.ProposalList](b.ctx, b.node, x.list), Delete[valueflows.Proposal](b.ctx, b.node, x.proposal)} {
			if err != nil {
				t.Error(err)
			}
		}
		look("Intent.publishedIn", linked[valueflows.Proposal](t, b, LinkPublishedFlow, x.offer))
		if differences, err := b.node.Rebuild(AsOperator(t.Context(), valueflows.ID{})); err != nil || len(differences) > 0 {
			t.Errorf("rebuild: %v, %v", differences, err)
		}
	})
}

// A process is told what goes into it by a commitment's fulfilment alone.
func TestProcessFlowsThroughPlans(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ann, flour := b.person("Ann"), b.specification("flour")
		baking := b.process("baking")
		wanted := made(t, b.ctx, b.node, valueflows.Intent{Planned: valueflows.Planned{Action: "work", Receiver: b.lab, InputOf: baking, EffortQuantity: hours("3"), ResourceConformsTo: flour}})
		promised := made(t, b.ctx, b.node, valueflows.Commitment{Planned: valueflows.Planned{Action: "work", Provider: ann, Receiver: b.lab, EffortQuantity: hours("3")}, Satisfies: []valueflows.ID{wanted}})
		into := made(t, b.ctx, b.node, valueflows.Commitment{Planned: valueflows.Planned{Action: "work", Provider: ann, Receiver: b.lab, EffortQuantity: hours("1"), InputOf: baking}})
		direct := b.record(valueflows.EconomicEvent{Action: "work", Provider: ann, Receiver: b.lab, EffortQuantity: hours("1"), InputOf: baking, Fulfills: []valueflows.ID{into}}).ID
		by := b.record(valueflows.EconomicEvent{Action: "work", Provider: ann, Receiver: b.lab, EffortQuantity: hours("1"), Fulfills: []valueflows.ID{into}}).ID
		met := b.record(valueflows.EconomicEvent{Action: "work", Provider: ann, Receiver: b.lab, EffortQuantity: hours("1"), Satisfies: []valueflows.ID{wanted}}).ID
		if got := linked[valueflows.EconomicEvent](t, b, LinkInputs, baking); !slices.Equal(got, []valueflows.ID{direct, by, met}) {
			t.Errorf("inputs: %v, want %v", got, []valueflows.ID{direct, by, met})
		}
		if got := linked[valueflows.Commitment](t, b, LinkInputs, baking); !slices.Equal(got, []valueflows.ID{promised, into}) {
			t.Errorf("committed inputs: %v, want %v", got, []valueflows.ID{promised, into})
		}
		if got := linked[valueflows.Intent](t, b, LinkInputs, baking); !slices.Equal(got, []valueflows.ID{wanted}) {
			t.Errorf("intended inputs: %v, want %v", got, []valueflows.ID{wanted})
		}
	})
}

// What is stated once stays: who promised whom to do what, what a claim came
// of, what a proposal is for, and a clause of which something was done.
func TestPlanChanges(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		x := newExchange(t, b)
		change := func(id valueflows.ID, f func(*valueflows.Commitment)) error {
			_, err := Update(b.ctx, b.node, id, func(c *valueflows.Commitment) error { f(c); return nil })
			return err
		}
		b.refused(change(x.pays, func(c *valueflows.Commitment) { c.Provider = x.farm }), "IMMUTABLE", "another provider")
		b.refused(change(x.pays, func(c *valueflows.Commitment) { c.Action = "work" }), "IMMUTABLE", "another action")
		b.refused(change(x.gives, func(c *valueflows.Commitment) { c.ResourceQuantity = kg("9") }), "LOCKED", "a fulfilled clause")
		yes := true
		for _, err := range []error{
			change(x.gives, func(c *valueflows.Commitment) { c.Finished, c.Note = &yes, "all there was" }),
			change(x.pays, func(c *valueflows.Commitment) { c.ResourceQuantity.HasNumericalValue = valueflows.MustDecimal("15") }),
		} {
			if err != nil {
				t.Error(err)
			}
		}
		_, err := Update(b.ctx, b.node, x.proposal, func(p *valueflows.Proposal) error { p.Purpose = valueflows.Request; return nil })
		b.refused(err, "IMMUTABLE", "another purpose")
		_, err = Update(b.ctx, b.node, x.due, func(c *valueflows.Claim) error { c.TriggeredBy = x.cash; return nil })
		b.refused(err, "IMMUTABLE", "another event")
	})
}

// What cannot be is refused, with the field at fault.
func TestPlanRefusals(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		x := newExchange(t, b)
		refused := func(what, code string, make func() error) {
			t.Helper()
			b.refused(make(), code, what)
		}
		commit := func(c valueflows.Commitment) func() error {
			return func() error { _, err := Create(b.ctx, b.node, &c); return err }
		}
		refused("no action", "UNKNOWN_ACTION", commit(valueflows.Commitment{}))
		refused("no unit", "REQUIRED", commit(valueflows.Commitment{Planned: valueflows.Planned{Action: "work", EffortQuantity: &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("1")}}}))
		refused("below zero", "NEGATIVE_QUANTITY", commit(valueflows.Commitment{Planned: valueflows.Planned{Action: "work", EffortQuantity: hours("-1")}}))
		refused("an output of work", "NOT_OF_ACTION", commit(valueflows.Commitment{Planned: valueflows.Planned{Action: "work", OutputOf: x.process, EffortQuantity: hours("1")}}))
		refused("a plan where an agreement belongs", "WRONG_CLASS", commit(valueflows.Commitment{Planned: valueflows.Planned{Action: "work", EffortQuantity: hours("1")}, ClauseOf: x.plan}))
		refused("nobody knows it", "UNKNOWN_REFERENCE", commit(valueflows.Commitment{Planned: valueflows.Planned{Action: "work", EffortQuantity: hours("1")}, ClauseOf: valueflows.ID{1}}))
		refused("more at least than there is", "OUT_OF_RANGE", func() error {
			_, err := Create(b.ctx, b.node, &valueflows.Intent{Planned: valueflows.Planned{Action: "transfer"}, AvailableQuantity: kg("1"), MinimumQuantity: kg("2")})
			return err
		})
		refused("a purpose that there is not", "INVALID_PURPOSE", func() error {
			_, err := Create(b.ctx, b.node, &valueflows.Proposal{Purpose: "gift"})
			return err
		})
		refused("a duration in kilograms", "INVALID_UNIT", func() error {
			_, err := Create(b.ctx, b.node, &valueflows.RecipeProcess{Name: "bake", HasDuration: kg("1")})
			return err
		})
		refused("a relationship of one", "REQUIRED", func() error {
			_, err := Create(b.ctx, b.node, &valueflows.AgentRelationship{Subject: x.farm})
			return err
		})
		refused("an event that fulfils a plan", "WRONG_CLASS", func() error {
			_, _, err := b.node.RecordEvent(b.ctx, &valueflows.EconomicEvent{Action: "work", Provider: x.farm, Receiver: x.farm, EffortQuantity: hours("1"), Fulfills: []valueflows.ID{x.plan}}, nil)
			return err
		})
	})
}

// A member promises and wishes for itself, and for the LAB where its policy lets
// members; never for others.
func TestPlanRights(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		bea, _ := b.as("Bea", Member)
		auditor, _ := b.as("Ann", Auditor)
		me, other := PrincipalOf(bea).User, b.person("Cal")
		promise := func(ctx context.Context, provider, receiver valueflows.ID) error {
			_, err := Create(ctx, b.node, &valueflows.Commitment{Planned: valueflows.Planned{Action: "work", Provider: provider, Receiver: receiver, EffortQuantity: hours("1")}})
			return err
		}
		for _, test := range []struct {
			what               string
			ctx                context.Context
			provider, receiver valueflows.ID
			want               error
		}{
			{"a member's own", bea, me, b.lab, nil},
			{"the LAB's, by its policy", bea, b.lab, other, nil},
			{"another's", bea, other, other, ErrForbidden},
			{"an auditor's own", auditor, PrincipalOf(auditor).User, b.lab, ErrForbidden},
			{"a steward's for another", b.ctx, other, b.lab, nil},
		} {
			if err := promise(test.ctx, test.provider, test.receiver); !errors.Is(err, test.want) {
				t.Errorf("%s: %v, want %v", test.what, err, test.want)
			}
		}
		page, err := List[valueflows.Commitment](auditor, b.node, Filter{}, Page{First: 10})
		if err != nil || len(page.Nodes) != 3 {
			t.Errorf("the auditor sees %d commitments, %v", len(page.Nodes), err)
		}
		theirs := page.Nodes[2].ID
		if _, err := Update(bea, b.node, theirs, func(c *valueflows.Commitment) error { c.Note = "x"; return nil }); !errors.Is(err, ErrForbidden) {
			t.Errorf("a member changes another's: %v", err)
		}
		if _, err := Update(bea, b.node, page.Nodes[0].ID, func(c *valueflows.Commitment) error { c.Note = "x"; return nil }); err != nil {
			t.Errorf("a member changes its own: %v", err)
		}
	})
}

// Who has which role in a LAB is seen as relationships between agents: by
// members their own, by stewards all; and is changed nowhere else.
func TestMembershipsAreRelationships(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		bea, _ := b.as("Bea", Member)
		relations := func(ctx context.Context) (all []*valueflows.AgentRelationship) {
			t.Helper()
			page, err := List[valueflows.AgentRelationship](ctx, b.node, Filter{}, Page{First: 10})
			if err != nil {
				t.Fatal(err)
			}
			return page.Nodes
		}
		if all := relations(b.ctx); len(all) != 2 || all[1].Object != b.lab || !all[0].Membership {
			t.Fatalf("a steward sees %v", all)
		}
		own := relations(bea)
		if len(own) != 1 || own[0].Subject != PrincipalOf(bea).User {
			t.Fatalf("a member sees %v", own)
		}
		role, err := Get[valueflows.AgentRelationshipRole](bea, b.node, own[0].Relationship)
		if err != nil || role.RoleLabel != "member" {
			t.Errorf("the role is %v, %v", role, err)
		}
		_, err = Update(b.ctx, b.node, own[0].ID, func(r *valueflows.AgentRelationship) error { r.Note = "x"; return nil })
		b.refused(err, "MEMBERSHIP", "a change")
		b.refused(Delete[valueflows.AgentRelationship](b.ctx, b.node, own[0].ID), "MEMBERSHIP", "a deletion")

		_, err = Create(b.ctx, b.node, &valueflows.AgentRelationship{Subject: PrincipalOf(bea).User, Object: b.lab, Relationship: valueflows.IDOf(roleIRI("steward"))})
		b.refused(err, "MEMBERSHIP", "a role that is nobody's to give so")

		friend := made(t, b.ctx, b.node, valueflows.AgentRelationshipRole{RoleLabel: "supplies", InverseRoleLabel: "is supplied by"})
		farm := b.organization("Farm")
		made(t, b.ctx, b.node, valueflows.AgentRelationship{Subject: farm, Object: b.lab, Relationship: friend})
		if all := relations(bea); len(all) != 2 {
			t.Errorf("a member sees %v", all)
		}
		if got := linked[valueflows.AgentRelationship](t, b, LinkRelated, farm); len(got) != 1 {
			t.Errorf("the farm's relationships: %v", got)
		}
		if differences, err := b.node.Rebuild(AsOperator(t.Context(), valueflows.ID{})); err != nil || len(differences) > 0 {
			t.Errorf("rebuild: %v, %v", differences, err)
		}
	})
}
