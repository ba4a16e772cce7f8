package node

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
)

// Of care for people its revisions tell no author, and no correction tells by
// its refusal who gave or got it.
func TestCareTellsNobody(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		mel, _ := b.as("Mel", Member)
		other, _ := b.as("Ona", Member)
		keeper, _ := b.as("Kim", Bookkeeper)
		giver := PrincipalOf(mel).User
		care, _, err := b.node.RecordEvent(mel, &valueflows.EconomicEvent{Action: "work", Provider: giver, Receiver: giver, EffortQuantity: hours("2"), Stream: valueflows.CarePeople}, nil)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := Get[valueflows.EconomicEvent](keeper, b.node, care.ID)
		if err != nil {
			t.Fatal(err)
		}
		metas, err := MetasOf(keeper, b.node, []*valueflows.EconomicEvent{shown})
		if err != nil {
			t.Fatal(err)
		}
		if m := metas[care.ID]; !m.Retrieved.Author.IsZero() || !m.Latest.Author.IsZero() {
			t.Errorf("its revision tells its author: %+v", m)
		}
		then, err := AtRevision[valueflows.EconomicEvent](keeper, b.node, care.ID, care.Revision)
		if err != nil || !then.Provider.IsZero() || !then.RecordedBy.IsZero() {
			t.Errorf("its first revision tells its parties: %+v, %v", then, err)
		}
		mend := func(ctx context.Context, provider, corrects valueflows.ID, unit *valueflows.Measure) string {
			_, _, err := b.node.RecordEvent(ctx, &valueflows.EconomicEvent{Action: "work", Provider: provider, Receiver: provider, Corrects: corrects, EffortQuantity: unit}, nil)
			if err == nil {
				t.Fatal("it was corrected by one who may not see it")
			}
			return err.Error()
		}
		if right, wrong := mend(keeper, giver, care.ID, kg("-1")), mend(keeper, b.lab, care.ID, kg("-1")); right != wrong {
			t.Errorf("a bookkeeper's guess: %q when right, %q when wrong", right, wrong)
		}
		if hidden, missing := mend(other, giver, care.ID, hours("-1")), mend(other, giver, valueflows.ID{1}, hours("-1")); hidden != missing {
			t.Errorf("to a member: %q where it is, %q where it is not", hidden, missing)
		}
		if _, err := Update(other, b.node, care.ID, func(e *valueflows.EconomicEvent) error { e.Note = "seen"; return nil }); !errors.Is(err, ErrNotFound) {
			t.Errorf("its note is changed by another: %v", err)
		}
		if _, err := b.mendOwn(mel, care); err != nil {
			t.Errorf("its party mends it: %v", err)
		}
	})
}

func (b *books) mendOwn(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.EconomicEvent, error) {
	mended, _, err := b.node.RecordEvent(ctx, &valueflows.EconomicEvent{Action: e.Action, Provider: e.Provider, Receiver: e.Receiver, Corrects: e.ID, EffortQuantity: hours("-1")}, nil)
	return mended, err
}

// To an auditor a person has a pseudonym, always the same, and is not found by name.
func TestAuditorKnowsPseudonyms(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		auditor, _ := b.as("Ann", Auditor)
		bea := b.person("Bea Secret")
		a, err := Get[valueflows.Agent](auditor, b.node, bea)
		if err != nil || a.Name != b.node.pseudonym(bea) {
			t.Errorf("one by one: %+v, %v", a, err)
		}
		page, err := List[valueflows.Agent](auditor, b.node, Filter{}, Page{First: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range page.Nodes {
			if a.ID == bea && a.Name != b.node.pseudonym(bea) {
				t.Errorf("in the list: %s", a.Name)
			}
		}
		found, err := List[valueflows.Agent](auditor, b.node, Filter{Search: "secret"}, Page{First: 100})
		if err != nil || len(found.Nodes) > 0 {
			t.Errorf("found by name: %+v, %v", found.Nodes, err)
		}
		if found, err = List[valueflows.Agent](b.ctx, b.node, Filter{Search: "SECRET"}, Page{First: 100}); err != nil || len(found.Nodes) != 1 {
			t.Errorf("a steward finds %d, %v", len(found.Nodes), err)
		}
	})
}

// Two LABs name the same foreign process; neither learns of the other. What a
// member may not record, a member does not make by naming its IRI.
func TestSameNameInTwoLabs(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		lab, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Print", Slug: "print", Zone: "America/Chicago", Steward: "Eve"})
		if err != nil {
			t.Fatal(err)
		}
		eve, _ := (&books{t: t, node: b.node, lab: lab.ID}).as("Eve", Steward)
		mia, _ := b.as("Mia", Member)
		for _, ctx := range []context.Context{b.ctx, eve} {
			process, err := b.node.Ref(ctx, "https://plans.example/p1")
			if err != nil {
				t.Fatal(err)
			}
			me := PrincipalOf(ctx).User
			e, _, err := b.node.RecordEvent(ctx, &valueflows.EconomicEvent{Action: "work", Provider: me, Receiver: me, InputOf: process, EffortQuantity: hours("1")}, nil)
			if err != nil {
				t.Fatalf("%s: %v", PrincipalOf(ctx).Lab, err)
			}
			p, err := Get[valueflows.Process](ctx, b.node, e.InputOf)
			if err != nil || !p.Stub || p.IRI != "https://plans.example/p1" {
				t.Errorf("the process it named: %+v, %v", p, err)
			}
		}
		kind, err := b.node.Ref(mia, "https://squat.example/kind")
		if err != nil {
			t.Fatal(err)
		}
		me := PrincipalOf(mia).User
		if _, _, err := b.node.RecordEvent(mia, &valueflows.EconomicEvent{Action: "work", Provider: me, Receiver: me, ResourceConformsTo: kind, EffortQuantity: hours("1")}, nil); err == nil {
			t.Error("a member made a specification by naming it")
		}
		b.sound()
	})
}

// What was deleted is no more: its id names nothing.
func TestDeletedIsUnknown(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		gone := b.process("Gone")
		if err := Delete[valueflows.Process](b.ctx, b.node, gone); err != nil {
			t.Fatal(err)
		}
		me := PrincipalOf(b.ctx).User
		_, _, err := b.node.RecordEvent(b.ctx, &valueflows.EconomicEvent{Action: "work", Provider: me, Receiver: me, InputOf: gone, EffortQuantity: hours("1")}, nil)
		var input *valueflows.InputError
		if !errors.As(err, &input) || input.Code != "UNKNOWN_REFERENCE" {
			t.Errorf("named again: %v", err)
		}
		b.sound()
	})
}

// Who is erased is erased: IRI and tokens too.
func TestErasedPersonHasNoNameLeft(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		_, token := b.as("Zed", Member)
		p, err := b.node.Authenticate(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		err = b.node.write(b.ctx, func(s *session) error {
			return s.create(&valueflows.Agent{Record: valueflows.Record{ID: valueflows.IDOf("https://people.example/ann"), IRI: "https://people.example/ann"}, Kind: valueflows.ClassPerson, Name: "Ann"})
		})
		if err != nil {
			t.Fatal(err)
		}
		ann := valueflows.IDOf("https://people.example/ann")
		if a, err := Get[valueflows.Agent](b.ctx, b.node, ann); err != nil || a.Name != "Ann" || a.IRI != "https://people.example/ann" {
			t.Fatalf("before: %+v, %v", a, err)
		}
		for _, id := range []valueflows.ID{ann, p.User} {
			if err := Delete[valueflows.Agent](b.ctx, b.node, id); err != nil {
				t.Fatal(err)
			}
			if a, err := Get[valueflows.Agent](b.ctx, b.node, id); err != nil || a.Name != "(erased)" || a.IRI != "" {
				t.Errorf("after: %+v, %v", a, err)
			}
		}
		if _, err := b.node.Authenticate(t.Context(), token); !errors.Is(err, ErrUnauthenticated) {
			t.Errorf("the erased person's token: %v", err)
		}
		if b.dsn != "" && bytes.Contains(b.everything(), []byte("people.example")) { // SQLite may keep freed pages for a while
			t.Error("the books still name the person")
		}
		b.sound()
	})
}

// Members record for the LAB only while its policy lets them.
func TestMembersRecordByPolicy(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		mia, _ := b.as("Mia", Member)
		if _, err := Create(mia, b.node, &valueflows.Process{Name: "Sow"}); err != nil {
			t.Errorf("by the policy: %v", err)
		}
		err := b.node.write(AsOperator(t.Context(), b.lab), func(s *session) error {
			return s.appendLab(store.Update, &store.Lab{ID: b.lab, Slug: "farms", Zone: "America/Chicago"})
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Create(mia, b.node, &valueflows.Process{Name: "Reap"}); !errors.Is(err, ErrForbidden) {
			t.Errorf("a process against the policy: %v", err)
		}
		if _, _, err := b.node.RecordEvent(mia, &valueflows.EconomicEvent{Action: "work", Provider: b.lab, Receiver: b.lab, EffortQuantity: hours("1")}, nil); !errors.Is(err, ErrForbidden) {
			t.Errorf("an event against the policy: %v", err)
		}
		b.sound()
	})
}

// Callers who give up at any moment race with nothing that their commands do
// (the race detector tells).
func TestGivingUpRacesWithNothing(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		var all sync.WaitGroup
		for i := range 60 {
			all.Go(func() {
				ctx, stop := context.WithTimeout(b.ctx, time.Duration(i%12)*500*time.Microsecond)
				defer stop()
				made, err := Create(ctx, b.node, &valueflows.ResourceSpecification{Name: "Kale"})
				if err == nil && made.ID.IsZero() {
					t.Error("made, and has no id")
				}
				operator, stopIt := context.WithTimeout(AsOperator(b.ctx, b.lab), time.Duration(i%7)*500*time.Microsecond)
				defer stopIt()
				b.node.CreateToken(operator, b.lab, "Ada", Member)
			})
		}
		all.Wait()
		b.sound()
	})
}
