package node

import (
	"errors"
	"testing"

	"disconode/valueflows"
)

// What a process accepts and does not hand back is scrap, an event of its own
// (docs/EFFECTS.md): 1000 buckets accepted, 998 handed back.
func TestScrap(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		shop := b.organization("Shop")
		bucket, test := b.specification("Bucket"), b.process("Test")
		stock := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: shop, Receiver: shop, ResourceQuantity: kg("1320")}, valueflows.EconomicResource{ConformsTo: bucket})
		b.record(valueflows.EconomicEvent{Action: "accept", Provider: shop, Receiver: shop, InputOf: test, ResourceInventoriedAs: stock, ResourceQuantity: kg("1000")})
		b.holds(stock, "1320", "320")
		modify := b.record(valueflows.EconomicEvent{Action: "modify", Provider: shop, Receiver: shop, OutputOf: test, ResourceInventoriedAs: stock, ResourceQuantity: kg("998")})
		b.holds(stock, "1318", "1318")
		b.sound()
		lowered, err := List[valueflows.EconomicEvent](b.ctx, b.node, Filter{Action: []valueflows.Action{"lower"}}, Page{First: 10})
		if err != nil {
			t.Fatal(err)
		}
		if len(lowered.Nodes) != 1 || lowered.Nodes[0].ScrapOf != modify.ID || lowered.Nodes[0].ResourceQuantity.HasNumericalValue.String() != "2" {
			t.Fatalf("scrap: %+v", lowered.Nodes)
		}
		b.record(valueflows.EconomicEvent{Action: "modify", Provider: shop, Receiver: shop, OutputOf: test, ResourceInventoriedAs: stock, ResourceQuantity: kg("2")})
		b.holds(stock, "1320", "1320")
		b.sound()
	})
}

// What a process combines goes into what it produces, also where that is
// recorded afterwards; separating takes it out again.
func TestContainer(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		med := b.organization("Clinic")
		gown, pack, packing, unpacking := b.specification("Gown"), b.specification("Package"), b.process("Pack"), b.process("Unpack")
		raise := valueflows.EconomicEvent{Action: "raise", Provider: med, Receiver: med, ResourceQuantity: kg("1")}
		g := b.recordNew(raise, valueflows.EconomicResource{ConformsTo: gown})
		b.record(valueflows.EconomicEvent{Action: "combine", Provider: med, Receiver: med, InputOf: packing, ResourceInventoriedAs: g, ResourceQuantity: kg("1")})
		b.holds(g, "1", "0")
		p := b.recordNew(valueflows.EconomicEvent{Action: "produce", Provider: med, Receiver: med, OutputOf: packing, ResourceQuantity: kg("1")}, valueflows.EconomicResource{ConformsTo: pack})
		b.contained(g, p)
		b.sound()
		b.record(valueflows.EconomicEvent{Action: "separate", Provider: med, Receiver: med, OutputOf: unpacking, ResourceInventoriedAs: g, ResourceQuantity: kg("1")})
		b.contained(g, valueflows.ID{})
		b.holds(g, "1", "1")
		b.sound()
	})
}

// What was taken out of a package does not go back when more of it is produced.
func TestContainerOnce(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		med := b.organization("Clinic")
		gown, pack, packing, unpacking := b.specification("Gown"), b.specification("Package"), b.process("Pack"), b.process("Unpack")
		g := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: med, Receiver: med, ResourceQuantity: kg("1")}, valueflows.EconomicResource{ConformsTo: gown})
		b.record(valueflows.EconomicEvent{Action: "combine", Provider: med, Receiver: med, InputOf: packing, ResourceInventoriedAs: g, ResourceQuantity: kg("1")})
		produce := valueflows.EconomicEvent{Action: "produce", Provider: med, Receiver: med, OutputOf: packing, ResourceQuantity: kg("1")}
		p := b.recordNew(produce, valueflows.EconomicResource{ConformsTo: pack})
		b.contained(g, p)
		b.record(valueflows.EconomicEvent{Action: "separate", Provider: med, Receiver: med, OutputOf: unpacking, ResourceInventoriedAs: g, ResourceQuantity: kg("1")})
		produce.ResourceInventoriedAs = p
		b.record(produce)
		b.contained(g, valueflows.ID{})
		b.sound()
	})
}

// A loan that is corrected counts as it was counted, though the thing has
// become the borrower's meanwhile.
func TestCorrectedLoan(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		library, reader := b.organization("Library"), b.organization("Reader")
		book := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: library, Receiver: library, ResourceQuantity: kg("10")}, valueflows.EconomicResource{ConformsTo: b.specification("Book")})
		lend := valueflows.EconomicEvent{Action: "transferCustody", Provider: library, Receiver: reader, ResourceInventoriedAs: book, ResourceQuantity: kg("1")}
		loan := b.record(lend)
		b.holds(book, "10", "9")
		b.record(valueflows.EconomicEvent{Action: "transferAllRights", Provider: library, Receiver: reader, ResourceInventoriedAs: book, ToResourceInventoriedAs: book, ResourceQuantity: kg("10")})
		lend.Corrects, lend.ResourceQuantity = loan.ID, kg("-1")
		b.record(lend)
		b.holds(book, "10", "10")
		b.sound()
	})
}

func (b *books) contained(id, in valueflows.ID) {
	b.t.Helper()
	r, err := Get[valueflows.EconomicResource](b.ctx, b.node, id)
	if err != nil {
		b.t.Fatal(err)
	}
	if r.ContainedIn != in {
		b.t.Errorf("contained in %s, want %s", r.ContainedIn, in)
	}
}

// A bad event gets one clear error with a stable code and the field's path, and
// changes nothing.
func TestBadEvent(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, kale, unit := b.organization("Farm"), b.specification("Kale"), valueflows.OMUnitID("litre")
		stock := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("5")}, valueflows.EconomicResource{ConformsTo: kale})
		litres := &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("1"), HasUnit: unit}
		farmAsUnit := &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("1"), HasUnit: farm}
		lower := valueflows.EconomicEvent{Action: "lower", Provider: farm, Receiver: farm, ResourceInventoriedAs: stock, ResourceQuantity: kg("1")}
		with := func(change func(*valueflows.EconomicEvent)) valueflows.EconomicEvent {
			e := lower
			change(&e)
			return e
		}
		tests := []struct {
			name, code, path string
			event            valueflows.EconomicEvent
		}{
			{"an unknown id", "UNKNOWN_REFERENCE", "provider", with(func(e *valueflows.EconomicEvent) { e.Provider = valueflows.ID{1} })},
			{"an agent as a unit", "WRONG_CLASS", "resourceQuantity.hasUnit", with(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = farmAsUnit })},
			{"a unit as an agent", "WRONG_CLASS", "receiver", with(func(e *valueflows.EconomicEvent) { e.Receiver = kilogram })},
			{"another unit", "WRONG_UNIT", "resourceQuantity.hasUnit", with(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = litres })},
			{"more than there is", "INSUFFICIENT", "resourceQuantity.hasNumericalValue", with(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = kg("5.001") })},
			{"less than nothing", "NEGATIVE_QUANTITY", "resourceQuantity.hasNumericalValue", with(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = kg("-1") })},
			{"no quantity", "REQUIRED", "resourceQuantity", with(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = nil })},
			{"a process", "NOT_OF_ACTION", "inputOf", with(func(e *valueflows.EconomicEvent) { e.InputOf = b.process("P") })},
			{"two kinds of time", "TIME_CONFLICT", "hasPointInTime", with(func(e *valueflows.EconomicEvent) {
				e.HasPointInTime, e.HasBeginning = day("2026-05-01"), day("2026-05-01")
			})},
			{"a time ahead", "TIME_CONFLICT", "hasPointInTime", with(func(e *valueflows.EconomicEvent) { e.HasPointInTime = day("9000-01-01") })},
			{"a specification too", "EXCLUSIVE", "resourceConformsTo", with(func(e *valueflows.EconomicEvent) { e.ResourceConformsTo = b.specification("Chard") })},
			{"an action there is not", "UNKNOWN_ACTION", "action", with(func(e *valueflows.EconomicEvent) { e.Action = "sell" })},
			{"a correction of nothing", "UNKNOWN_REFERENCE", "corrects", with(func(e *valueflows.EconomicEvent) { e.Corrects = valueflows.ID{7} })},
		}
		before, err := b.node.store.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range tests {
			_, _, err := b.node.RecordEvent(b.ctx, &test.event, nil)
			var input *valueflows.InputError
			if !errors.As(err, &input) {
				t.Errorf("%s: %v", test.name, err)
				continue
			}
			if path := join(input.Path); input.Code != test.code || path != test.path {
				t.Errorf("%s: %s at %s (%s), want %s at %s", test.name, input.Code, path, err, test.code, test.path)
			}
		}
		after, err := b.node.store.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if before != after {
			t.Error("something was recorded")
		}
		b.holds(stock, "5", "5")
	})
}

func join(path []string) string {
	text := ""
	for i, p := range path {
		if i > 0 {
			text += "."
		}
		text += p
	}
	return text
}
