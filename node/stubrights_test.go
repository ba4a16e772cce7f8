package node

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// neighbours are two LABs of one node that name the same things elsewhere.
type neighbours struct{ farms, print *books }

func eachNeighbours(t *testing.T, test func(t *testing.T, b neighbours)) {
	eachDialect(t, func(t *testing.T, b *books) {
		lab, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Print", Slug: "print", Zone: "America/Chicago", Steward: "Eve"})
		if err != nil {
			t.Fatal(err)
		}
		other := *b
		other.lab = lab.ID
		other.ctx, other.token = other.as("Eve", Steward)
		test(t, neighbours{b, &other})
		b.sound()
	})
}

// name is the id of something elsewhere, as somebody names it.
func (b *books) name(ctx context.Context, name string) valueflows.ID {
	b.t.Helper()
	id, err := b.node.Ref(ctx, "https://ex.example/"+name)
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

// work is an hour of the steward's.
func (b *books) work(e valueflows.EconomicEvent) *valueflows.EconomicEvent {
	b.t.Helper()
	me := PrincipalOf(b.ctx).User
	e.Action, e.Provider, e.Receiver, e.EffortQuantity = "work", me, me, hours("1")
	return b.record(e)
}

// promise is a promise of an hour of the steward's.
func (b *books) promise(c valueflows.Commitment) valueflows.ID {
	b.t.Helper()
	me := PrincipalOf(b.ctx).User
	c.Action, c.Provider, c.Receiver, c.EffortQuantity = "work", me, me, hours("1")
	return made(b.t, b.ctx, b.node, c)
}

// What one LAB named stays named in its records when another LAB tells what it
// is: they can be changed and corrected, and no more be made to name it.
func TestNamesStayWhenAnotherDescribesThem(t *testing.T) {
	eachNeighbours(t, func(t *testing.T, b neighbours) {
		eve := PrincipalOf(b.print.ctx).User
		job, other, plan := b.print.name(b.print.ctx, "job"), b.print.process("Fold"), b.print.name(b.print.ctx, "plan")
		promised := b.print.promise(valueflows.Commitment{Planned: valueflows.Planned{InputOf: job, PlannedWithin: plan}})
		process := made(t, b.print.ctx, b.node(), valueflows.Process{Name: "Bind", PlannedWithin: plan})
		wished := made(t, b.print.ctx, b.node(), valueflows.Intent{Planned: valueflows.Planned{Action: "work", Receiver: eve, EffortQuantity: hours("1"), ResourceInventoriedAs: b.print.name(b.print.ctx, "press")}})
		done := b.print.work(valueflows.EconomicEvent{InputOf: job})
		offer := b.print.name(b.print.ctx, "offer")
		proposal := made(t, b.print.ctx, b.node(), valueflows.Proposal{Name: "paper", Publishes: []valueflows.ID{offer}})
		b.farms.imports(graph("{'@id': 'ex:job', '@type': Process, name: Harvest}", "{'@id': 'ex:plan', '@type': Plan, name: Autumn}",
			"{'@id': 'ex:offer', '@type': Intent, action: work, provider: 'https://books.example/labs/farms', effortQuantity: {hasNumericalValue: 1, hasUnit: hour}}",
			"{'@id': 'ex:onions', '@type': ResourceSpecification, name: onions}",
			"{'@id': 'ex:press', '@type': EconomicResource, conformsTo: 'ex:onions', accountingQuantity: {hasNumericalValue: 3, hasUnit: kilogram}, onhandQuantity: {hasNumericalValue: 3, hasUnit: kilogram}, primaryAccountable: 'https://books.example/labs/farms'}"))
		for id, books := range map[valueflows.ID]valueflows.ID{job: booksOf[valueflows.Process](b.farms, job), plan: booksOf[valueflows.Plan](b.farms, plan),
			offer: booksOf[valueflows.Intent](b.farms, offer), ex("press"): booksOf[valueflows.EconomicResource](b.farms, ex("press"))} {
			if books != b.farms.lab {
				t.Fatalf("%s is in the books of %s", id, books)
			}
		}
		for what, err := range map[string]error{
			"a promise": updated(b.print, promised, func(c *valueflows.Commitment) { c.Note = "later" }),
			"a process": updated(b.print, process, func(p *valueflows.Process) { p.Note = "later" }),
			"a wish":    updated(b.print, wished, func(i *valueflows.Intent) { i.Note = "later" }),
			"an offer":  updated(b.print, proposal, func(p *valueflows.Proposal) { p.Name = "paper and ink" }),
			"an event":  func() error { _, err := b.print.mendOwn(b.print.ctx, withInput(done, job)); return err }(),
		} {
			if err != nil {
				t.Errorf("%s that named it before: %v", what, err)
			}
		}
		b.print.refused(updated(b.print, wished, func(i *valueflows.Intent) {
			i.ResourceQuantity = &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("1")}
		}), "REQUIRED", "a quantity in the unit that another LAB counts in")
		b.print.refused(updated(b.print, promised, func(c *valueflows.Commitment) { c.IndependentDemandOf = plan }), "UNKNOWN_REFERENCE", "named in another place")
		if err := updated(b.print, promised, func(c *valueflows.Commitment) { c.InputOf = other }); err != nil {
			t.Errorf("another process: %v", err)
		}
		b.print.refused(updated(b.print, promised, func(c *valueflows.Commitment) { c.InputOf = job }), "UNKNOWN_REFERENCE", "named again")
		_, err := Create(b.print.ctx, b.node(), &valueflows.Commitment{Planned: valueflows.Planned{Action: "work", Provider: eve, Receiver: eve, EffortQuantity: hours("1"), InputOf: job}})
		b.print.refused(err, "UNKNOWN_REFERENCE", "named by a new promise")
	})
}

func (b neighbours) node() *Node { return b.farms.node }

func booksOf[T Kept](b *books, id valueflows.ID) valueflows.ID {
	b.t.Helper()
	return recordOf(read[T](b, id)).Books
}

// read is a record as the steward sees it.
func read[T Kept](b *books, id valueflows.ID) *T {
	b.t.Helper()
	r, err := Get[T](b.ctx, b.node, id)
	if err != nil {
		b.t.Fatalf("%T %s: %v", *new(T), id, err)
	}
	return r
}

func updated[T Kept](b *books, id valueflows.ID, change func(*T)) error {
	_, err := Update(b.ctx, b.node, id, func(r *T) error { change(r); return nil })
	return err
}

func withInput(e *valueflows.EconomicEvent, process valueflows.ID) *valueflows.EconomicEvent {
	named := *e
	named.InputOf = process
	return &named
}

// What another LAB's books say of a promise locks it no more than it keeps it: to
// its owner it is as if nobody else named it, and to the other it becomes the
// name again that it was.
func TestOthersNeitherLockNorKeep(t *testing.T) {
	eachNeighbours(t, func(t *testing.T, b neighbours) {
		promised, process := b.print.name(b.print.ctx, "promise"), b.print.name(b.print.ctx, "job")
		b.print.work(valueflows.EconomicEvent{Fulfills: []valueflows.ID{promised}, InputOf: process})
		b.farms.imports(graph("{'@id': 'ex:deal', '@type': Agreement, name: deal}", "{'@id': 'ex:job', '@type': Process, name: Harvest}",
			"{'@id': 'ex:promise', '@type': Commitment, action: work, clauseOf: 'ex:deal', provider: 'https://books.example/labs/farms', effortQuantity: {hasNumericalValue: 1, hasUnit: hour}}"))
		if err := updated(b.farms, promised, func(c *valueflows.Commitment) { c.EffortQuantity = hours("2") }); err != nil {
			t.Errorf("a clause that another LAB's event fulfils: %v", err)
		}
		b.farms.work(valueflows.EconomicEvent{Fulfills: []valueflows.ID{promised}, InputOf: process})
		b.farms.refused(updated(b.farms, promised, func(c *valueflows.Commitment) { c.EffortQuantity = hours("3") }), "LOCKED", "a clause that an event of these books fulfils")
		for _, err := range []error{Delete[valueflows.Commitment](b.farms.ctx, b.node(), promised), Delete[valueflows.Process](b.farms.ctx, b.node(), process)} {
			if !errors.Is(err, ErrInUse) {
				t.Errorf("deleting what own events name: %v", err)
			}
		}
		for _, ctx := range []context.Context{b.farms.ctx, b.print.ctx} { // the other's reference leads nowhere that it may look
			if c, err := Get[valueflows.Commitment](ctx, b.node(), promised); (err == nil) != (ctx == b.farms.ctx) {
				t.Errorf("seen by %s: %+v, %v", PrincipalOf(ctx).Lab, c, err)
			}
		}
		// Another pair, which only the other LAB's event names.
		wish, place := b.print.name(b.print.ctx, "wish"), b.print.name(b.print.ctx, "place")
		second := b.print.work(valueflows.EconomicEvent{Satisfies: []valueflows.ID{wish}, ToLocation: place})
		alone := made(t, b.farms.ctx, b.node(), valueflows.SpatialThing{Name: "shed"})
		b.farms.imports(graph("{'@id': 'ex:place', '@type': SpatialThing, name: barn, note: red}",
			"{'@id': 'ex:wish', '@type': Intent, action: work, receiver: 'https://books.example/labs/farms', note: secret, effortQuantity: {hasNumericalValue: 1, hasUnit: hour}}"))
		free, err := Deletable(b.farms.ctx, b.node(), []*valueflows.Intent{read[valueflows.Intent](b.farms, wish)})
		if err != nil || !free[0] {
			t.Errorf("what only another LAB names can be deleted: %v, %v", free, err)
		}
		for _, err := range []error{Delete[valueflows.Intent](b.farms.ctx, b.node(), wish), Delete[valueflows.SpatialThing](b.farms.ctx, b.node(), place), Delete[valueflows.SpatialThing](b.farms.ctx, b.node(), alone)} {
			if err != nil {
				t.Errorf("deleting what only another LAB names: %v", err)
			}
		}
		for _, id := range []valueflows.ID{place, alone} {
			if p, err := Get[valueflows.SpatialThing](b.farms.ctx, b.node(), id); !errors.Is(err, ErrNotFound) {
				t.Errorf("deleted, and its owner sees %+v, %v", p, err)
			}
		}
		i, p := read[valueflows.Intent](b.print, wish), read[valueflows.SpatialThing](b.print, place)
		if !i.Stub || i.IRI != "https://ex.example/wish" || i.Note != "" || i.Action != "" || !p.Stub || p.IRI != "https://ex.example/place" || p.Name != "" || p.Note != "" {
			t.Errorf("what the other LAB named: %+v, %+v", i, p)
		}
		if e := read[valueflows.EconomicEvent](b.print, second.ID); e.ToLocation != place || !slices.Equal(e.Satisfies, []valueflows.ID{wish}) {
			t.Errorf("its event: %+v", e)
		}
		if _, err := b.print.mendOwn(b.print.ctx, second); err != nil {
			t.Errorf("its event mended: %v", err)
		}

		// The name is free again: for whoever names it, of its class, and for who describes it.
		_, _, err = b.node().RecordEvent(b.farms.ctx, &valueflows.EconomicEvent{Action: "work", Provider: b.farms.lab, Receiver: b.farms.lab, EffortQuantity: hours("1"), InputOf: b.farms.name(b.farms.ctx, "place")}, nil)
		b.farms.refused(err, "WRONG_CLASS", "a place as a process")
		b.print.imports(graph("{'@id': 'ex:place', '@type': SpatialThing, name: cellar}"))
		if p := read[valueflows.SpatialThing](b.print, place); p.Stub || p.Name != "cellar" || p.Books != b.print.lab {
			t.Errorf("described by the other: %+v", p)
		}
	})
}

// What one LAB said of a thing and took back is no part of what another exports,
// which then says itself what it is.
func TestExportTellsOwnDescription(t *testing.T) {
	eachNeighbours(t, func(t *testing.T, b neighbours) {
		b.print.work(valueflows.EconomicEvent{InputOf: b.print.name(b.print.ctx, "job")})
		b.farms.imports(graph("{'@id': 'ex:job', '@type': Process, name: Harvest, basedOn: 'ex:reaping'}"))
		if err := Delete[valueflows.Process](b.farms.ctx, b.node(), ex("job")); err != nil {
			t.Fatal(err)
		}
		b.print.imports(graph("{'@id': 'ex:job', '@type': Process, name: Folding, basedOn: 'ex:folding'}"))
		var text bytes.Buffer
		if _, err := b.node().Export(AsOperator(t.Context(), b.print.lab), b.print.lab, &text); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text.String(), "reaping") || strings.Contains(text.String(), "Harvest") || strings.Count(text.String(), "Folding") != 1 {
			t.Errorf("%s", &text)
		}
	})
}

// An organization that two LABs know stays with the one when the other deletes it.
func TestAgentStaysWithWhoNamesIt(t *testing.T) {
	eachNeighbours(t, func(t *testing.T, b neighbours) {
		b.farms.imports(graph("{'@id': 'ex:shop', '@type': Organization, name: Shop}", "{'@id': 'ex:mill', '@type': EcologicalAgent, name: Mill}"))
		shop, mill, eve := b.print.name(b.print.ctx, "shop"), b.farms.name(b.farms.ctx, "mill"), PrincipalOf(b.print.ctx).User
		b.print.record(valueflows.EconomicEvent{Action: "work", Provider: eve, Receiver: shop, EffortQuantity: hours("1")})
		for _, id := range []valueflows.ID{shop, mill} {
			if err := Delete[valueflows.Agent](b.farms.ctx, b.node(), id); err != nil {
				t.Fatal(err)
			}
			if a, err := Get[valueflows.Agent](b.farms.ctx, b.node(), id); !errors.Is(err, ErrNotFound) {
				t.Errorf("deleted, and its owner sees %+v, %v", a, err)
			}
		}
		if a := read[valueflows.Agent](b.print, shop); !a.Stub || a.Books != b.print.lab || a.Name != "https://ex.example/shop" {
			t.Errorf("to who named it: %+v", a)
		}
		b.print.imports(graph("{'@id': 'ex:shop', '@type': Organization, name: Corner shop}"))
		if a := read[valueflows.Agent](b.print, shop); a.Stub || a.Name != "Corner shop" {
			t.Errorf("described by who named it: %+v", a)
		}
	})
}

// What all LABs of the node read is used by all: one LAB does not take a
// specification from under another's records.
func TestSharedVocabularyStays(t *testing.T) {
	eachNeighbours(t, func(t *testing.T, b neighbours) {
		paper, unused := b.farms.specification("paper"), b.farms.specification("ink")
		b.print.work(valueflows.EconomicEvent{ResourceConformsTo: paper})
		if err := Delete[valueflows.ResourceSpecification](b.farms.ctx, b.node(), paper); !errors.Is(err, ErrInUse) {
			t.Errorf("deleting what another LAB works with: %v", err)
		}
		if err := Delete[valueflows.ResourceSpecification](b.farms.ctx, b.node(), unused); err != nil {
			t.Error(err)
		}
	})
}
