package node

import (
	"context"
	"errors"
	"slices"
	"testing"

	"disconode/valueflows"
)

// Who named a thing first, and when, is told to nobody else: not by what is known
// of it by its name, nor by its history once another LAB told what it is.
func TestHistoryTellsNoOtherBooks(t *testing.T) {
	eachNeighbours(t, func(t *testing.T, b neighbours) {
		job := b.print.name(b.print.ctx, "job")
		b.print.work(valueflows.EconomicEvent{InputOf: job})
		eve, ada := PrincipalOf(b.print.ctx).User, PrincipalOf(b.farms.ctx).User
		if p, err := Get[valueflows.Process](b.farms.ctx, b.node(), job); !errors.Is(err, ErrNotFound) {
			t.Errorf("what another LAB alone named: %+v, %v", p, err)
		}
		entries, err := b.node().store.EntriesOf(t.Context(), job)
		if err != nil || len(entries) != 1 {
			t.Fatalf("%v, %v", entries, err)
		}
		first := entries[0].ID
		b.farms.work(valueflows.EconomicEvent{InputOf: b.farms.name(b.farms.ctx, "job")})
		meta := func(of *books) *Meta {
			t.Helper()
			p := read[valueflows.Process](of, job)
			metas, err := MetasOf(of.ctx, b.node(), []*valueflows.Process{p})
			if err != nil {
				t.Fatal(err)
			}
			if p.Revision == first {
				t.Error("its revision is that of who named it first")
			}
			if p, err := AtRevision[valueflows.Process](of.ctx, b.node(), job, first); !errors.Is(err, ErrNotFound) {
				t.Errorf("the first revision: %+v, %v", p, err)
			}
			if p, err := AtRevision[valueflows.Process](of.ctx, b.node(), job, p.Revision); err != nil || p.IRI != "https://ex.example/job" {
				t.Errorf("its revision: %+v, %v", p, err)
			}
			return metas[job]
		}
		for _, of := range []*books{b.farms, b.print} {
			if m := meta(of); !m.Retrieved.Author.IsZero() || m.Retrieved.Time != 0 || m.Previous != nil || m.PreviousCount+m.FutureCount != 0 {
				t.Errorf("a name tells %+v", m)
			}
		}
		b.farms.imports(graph("{'@id': 'ex:job', '@type': Process, name: Harvest}"))
		if err := updated(b.farms, job, func(p *valueflows.Process) { p.Note = "wet" }); err != nil {
			t.Fatal(err)
		}
		m := meta(b.farms)
		if m.PreviousCount != 1 || m.Previous == nil || m.Previous.Author != ada || m.Retrieved.Author != ada || m.Retrieved.Time == 0 {
			t.Errorf("the history of who described it: %+v", m)
		}
		for _, r := range []*Revision{m.Previous, m.Latest, &m.Retrieved} {
			if r.ID == first || r.Author == eve {
				t.Errorf("its history tells who named it first: %+v", r)
			}
		}
		if _, err := AtRevision[valueflows.Process](b.print.ctx, b.node(), job, m.Retrieved.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("to who named it first, another's revision: %v", err)
		}

		// Of what all LABs of the node read, all read the history, and not who made it.
		paper := b.print.specification("paper")
		kind := read[valueflows.ResourceSpecification](b.farms, paper)
		metas, err := MetasOf(b.farms.ctx, b.node(), []*valueflows.ResourceSpecification{kind})
		if err != nil || !metas[paper].Retrieved.Author.IsZero() || metas[paper].Retrieved.Time == 0 || metas[paper].Retrieved.ID != kind.Revision {
			t.Errorf("another LAB's specification: %+v, %v", metas[paper], err)
		}
	})
}

// That something was done of a promise is all that is told of care which the
// caller may not see, and only to who may change the promise.
func TestCareTellsOneBit(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		mel, _ := b.as("Mel", Member)
		ona, _ := b.as("Ona", Member)
		giver := PrincipalOf(mel).User
		deal := made(t, b.ctx, b.node, valueflows.Agreement{Name: "neighbours"})
		wash := b.process("Wash")
		promise := func() valueflows.ID {
			return made(t, b.ctx, b.node, valueflows.Commitment{Planned: valueflows.Planned{Action: "work", Provider: giver, Receiver: b.lab, EffortQuantity: hours("3")}, ClauseOf: deal})
		}
		kept, open := promise(), promise()
		_, _, err := b.node.RecordEvent(mel, &valueflows.EconomicEvent{Action: "work", Provider: giver, Receiver: giver, EffortQuantity: hours("2"), Stream: valueflows.CarePeople,
			Fulfills: []valueflows.ID{kept}, InputOf: wash}, nil)
		if err != nil {
			t.Fatal(err)
		}
		keeper, _ := b.as("Kim", Bookkeeper)
		auditor, _ := b.as("Ann", Auditor)
		for _, test := range []struct {
			who  string
			ctx  context.Context
			may  bool
			sees int
		}{{"its party", mel, true, 1}, {"a bookkeeper", keeper, true, 0}, {"a steward", b.ctx, true, 0}, {"another member", ona, false, 0}, {"an auditor", auditor, false, 0}} {
			seen := func(id valueflows.ID) *valueflows.Commitment {
				t.Helper()
				c, err := Get[valueflows.Commitment](test.ctx, b.node, id)
				if err != nil {
					t.Fatal(err)
				}
				return c
			}
			both := []*valueflows.Commitment{seen(kept), seen(open)}
			free, err := Deletable(test.ctx, b.node, both)
			if err != nil || !slices.Equal(free, []bool{false, test.may}) {
				t.Errorf("%s can delete %v, %v", test.who, free, err)
			}
			change := func(id valueflows.ID) error {
				_, err := Update(test.ctx, b.node, id, func(c *valueflows.Commitment) error { c.EffortQuantity = hours("4"); return nil })
				return err
			}
			if test.may {
				b.refused(change(kept), "LOCKED", test.who)
				if err := change(open); err != nil {
					t.Errorf("%s: %v", test.who, err)
				}
			} else if one, other := change(kept), change(open); !errors.Is(one, ErrForbidden) || !errors.Is(other, ErrForbidden) {
				t.Errorf("%s: %v where something was done, %v where nothing was", test.who, one, other)
			}
			if err := Delete[valueflows.Commitment](test.ctx, b.node, kept); test.may && !errors.Is(err, ErrInUse) || !test.may && !errors.Is(err, ErrForbidden) {
				t.Errorf("%s deletes it: %v", test.who, err)
			}
			pages, err := ListBy[valueflows.EconomicEvent](test.ctx, b.node, LinkFulfills, []valueflows.ID{kept}, Filter{}, Page{First: 10})
			if err != nil || len(pages[0].Nodes) != test.sees {
				t.Errorf("%s sees of what fulfils it %+v, %v", test.who, pages[0].Nodes, err)
			}
			stand, err := b.node.Fulfilments(test.ctx, both)
			if err != nil || stand[kept] == nil || (stand[kept].Effort.Done.Sign() > 0) != (test.sees > 0) {
				t.Errorf("%s is told that it is fulfilled: %+v, %v", test.who, stand[kept], err)
			}
			metas, err := MetasOf(test.ctx, b.node, both)
			if err != nil || metas[kept].FutureCount != 0 || metas[kept].PreviousCount != 0 {
				t.Errorf("%s reads of its history %+v, %v", test.who, metas[kept], err)
			}
			processes, err := Deletable(test.ctx, b.node, []*valueflows.Process{read[valueflows.Process](b, wash)})
			if err != nil || processes[0] {
				t.Errorf("%s can delete the process: %v, %v", test.who, processes, err)
			}
		}
	})
}

// Where the LAB lets members record nothing, they make nothing by naming it
// either; what is named already they name, and what is theirs they record.
func TestMembersNameByPolicy(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		mia, _ := b.as("Mia", Member)
		keeper, _ := b.as("Kim", Bookkeeper)
		me := PrincipalOf(mia).User
		record := func(ctx context.Context, e valueflows.EconomicEvent) error {
			e.Action, e.Provider, e.Receiver, e.EffortQuantity = "work", me, me, hours("1")
			_, _, err := b.node.RecordEvent(ctx, &e, nil)
			return err
		}
		promise := func(ctx context.Context, c valueflows.Commitment) error {
			c.Action, c.Provider, c.Receiver, c.EffortQuantity = "work", me, me, hours("1")
			_, err := Create(ctx, b.node, &c)
			return err
		}
		all := func(ctx context.Context, of string) map[string]error {
			name := func(what string) valueflows.ID { return b.name(ctx, of+"-"+what) }
			return map[string]error{
				"inputOf":       record(ctx, valueflows.EconomicEvent{InputOf: name("process")}),
				"fulfills":      record(ctx, valueflows.EconomicEvent{Fulfills: []valueflows.ID{name("promise")}}),
				"satisfies":     record(ctx, valueflows.EconomicEvent{Satisfies: []valueflows.ID{name("wish")}}),
				"settles":       record(ctx, valueflows.EconomicEvent{Settles: []valueflows.ID{name("claim")}}),
				"realizationOf": record(ctx, valueflows.EconomicEvent{RealizationOf: name("deal")}),
				"triggeredBy":   record(ctx, valueflows.EconomicEvent{TriggeredBy: name("event")}),
				"plannedWithin": promise(ctx, valueflows.Commitment{Planned: valueflows.Planned{PlannedWithin: name("plan")}}),
				"clauseOf":      promise(ctx, valueflows.Commitment{ClauseOf: name("clause")}),
				"intent":        promise(ctx, valueflows.Commitment{Satisfies: []valueflows.ID{name("intent")}}),
				"independent":   promise(ctx, valueflows.Commitment{IndependentDemandOf: name("demand")}),
			}
		}
		for what, err := range all(mia, "open") {
			if err != nil {
				t.Errorf("%s, by the policy: %v", what, err)
			}
		}
		b.policy(func(l *Lab) { l.MembersRecord = false })
		before := b.position()
		for what, err := range all(mia, "closed") {
			b.refused(err, "UNKNOWN_REFERENCE", what+", against the policy")
			var input *valueflows.InputError
			if errors.As(err, &input) && len(input.Path) == 0 {
				t.Errorf("%s: nothing says where", what)
			}
		}
		if b.position() != before {
			t.Error("something was recorded")
		}
		for what, err := range all(mia, "open") {
			if err != nil {
				t.Errorf("%s, named before: %v", what, err)
			}
		}
		for what, err := range all(keeper, "kept") {
			if err != nil {
				t.Errorf("%s, by a bookkeeper: %v", what, err)
			}
		}
		if err := record(keeper, valueflows.EconomicEvent{InputOf: b.name(keeper, "closed-process"), ResourceConformsTo: b.name(keeper, "kind")}); err != nil {
			t.Errorf("by a bookkeeper: %v", err)
		}
		b.sound()
	})
}

// To whom a proposal is made is no party of it: it is the LAB's, as a plan is.
func TestProposalsAreTheLabs(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		mia, _ := b.as("Mia", Member)
		me := PrincipalOf(mia).User
		wish := made(t, mia, b.node, valueflows.Intent{Planned: valueflows.Planned{Action: "work", Receiver: me, EffortQuantity: hours("1")}})
		offer := made(t, b.ctx, b.node, valueflows.Proposal{Name: "help", Publishes: []valueflows.ID{wish}, ProposedTo: []valueflows.ID{me}})
		change := func(p *valueflows.Proposal) error { p.Name = "mine"; return nil }
		if _, err := Update(mia, b.node, offer, change); !errors.Is(err, ErrForbidden) {
			t.Errorf("changed by whom it is made to: %v", err)
		}
		if err := updated(&books{t: t, node: b.node, ctx: mia}, wish, func(i *valueflows.Intent) { i.Note = "soon" }); err != nil {
			t.Errorf("her own wish in it: %v", err)
		}
		b.policy(func(l *Lab) { l.MembersRecord = false })
		if _, err := Create(mia, b.node, &valueflows.Proposal{Publishes: []valueflows.ID{wish}, ProposedTo: []valueflows.ID{me}}); !errors.Is(err, ErrForbidden) {
			t.Errorf("made against the policy: %v", err)
		}
	})
}
