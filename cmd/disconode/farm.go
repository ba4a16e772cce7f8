package main

import (
	"context"
	"fmt"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// farm writes a small farm's May of 2026 into a LAB's books: three growers, 24
// hours, 40 kg of compost and 300 litres of rain make 96 kg of collards; 6 kg
// spoil, 60 kg go to the Grocery, 30 kg are left.
//
// Every write has an idempotency key of its own, so that writing it all again
// changes nothing, and a farm half written is finished. After a failure nothing
// more is written, and err says why.
type farm struct {
	node *node.Node
	zone *time.Location
	err  error
}

// grower is a member of the farm's LAB, and how long each worked on a day of May.
type grower struct {
	name string
	work []shift
}

type shift struct {
	day    int
	hours  string
	stream valueflows.Stream
	note   valueflows.Text
}

var growers = []grower{
	{"Imani", []shift{
		{2, "3", valueflows.Livelihood, "Dug the compost in."},
		{9, "2.5", valueflows.Livelihood, "Sowed two beds."},
		{16, "1.5", valueflows.Love, "Showed the school class how to thin."},
		{28, "3", valueflows.Livelihood, "First harvest."},
	}},
	{"Marcus", []shift{
		{2, "2", valueflows.Livelihood, "Dug the compost in."},
		{12, "2", valueflows.Livelihood, "Laid the drip lines."},
		{20, "1.25", valueflows.Care, "Mended the tool shed's door."},
		{28, "2.75", valueflows.Livelihood, "First harvest."},
	}},
	{"Deja", []shift{
		{12, "1.5", valueflows.Livelihood, "Weeded."},
		{20, "1", valueflows.CarePeople, "Cooked for the work day."},
		{30, "3.5", valueflows.Livelihood, "Second harvest, washed and bunched."},
	}},
}

// write writes the month in the books of ctx's principal, who keeps them.
// people are the growers' agents by name.
func (f *farm) write(ctx context.Context, people map[string]valueflows.ID) error {
	place := create(ctx, f, "place", &valueflows.SpatialThing{
		Name: "Plot 7", Note: "Half an acre on the land trust's ground.", Lat: decimal("32.3191"), Long: decimal("-90.2022")})
	shop := create(ctx, f, "shop", &valueflows.SpatialThing{Name: "The Grocery's shop"})
	field := f.organization(ctx, "The Farm", "Grows on Plot 7.", place)
	grocery := f.organization(ctx, "The Grocery", "Sells what the farms bring.", shop)
	trust := f.organization(ctx, "Community Land Trust", "Holds the land.", place)

	compost := f.kind(ctx, "Compost", "kilogram")
	water := f.kind(ctx, "Rain water", "litre")
	collards := f.kind(ctx, "Collard greens", "kilogram")
	land := f.kind(ctx, "Plot of land", "one")
	labour := create(ctx, f, "kind/Field work", &valueflows.ResourceSpecification{
		Name: "Field work", DefaultUnitOfEffort: valueflows.Hour})
	growing := create(ctx, f, "growing", &valueflows.ProcessSpecification{Name: "Growing"})
	season := create(ctx, f, "season", &valueflows.Process{
		Name: "Collards, May 2026", BasedOn: growing, InScopeOf: field, HasBeginning: f.day(2, 8), HasEnd: f.day(30, 17)})
	lot := create(ctx, f, "lot", &valueflows.BatchLotRecord{BatchLotCode: "COL-2026-05"})

	heap := f.record(ctx, "heap", &valueflows.EconomicEvent{Action: "raise", Provider: field, Receiver: field,
		ResourceQuantity: measure("60", "kilogram"), HasPointInTime: f.day(1, 9), Note: "What lay there on the first of May."},
		&valueflows.EconomicResource{Name: "Compost heap", ConformsTo: compost})
	tank := f.record(ctx, "tank", &valueflows.EconomicEvent{Action: "raise", Provider: field, Receiver: field,
		ResourceQuantity: measure("500", "litre"), HasPointInTime: f.day(1, 9)},
		&valueflows.EconomicResource{Name: "Rain tank", ConformsTo: water})
	plot := f.record(ctx, "plot", &valueflows.EconomicEvent{Action: "raise", Provider: trust, Receiver: trust,
		ResourceQuantity: measure("1", "one"), HasPointInTime: f.day(1, 9)},
		&valueflows.EconomicResource{Name: "Plot 7", ConformsTo: land, UnitOfEffort: valueflows.OMUnitID("day")})

	f.record(ctx, "use", &valueflows.EconomicEvent{Action: "use", Provider: trust, Receiver: field, InputOf: season,
		ResourceInventoriedAs: plot, EffortQuantity: measure("29", "day"), HasBeginning: f.day(2, 8), HasEnd: f.day(30, 17)}, nil)
	f.record(ctx, "compost", &valueflows.EconomicEvent{Action: "consume", Provider: field, Receiver: field, InputOf: season,
		ResourceInventoriedAs: heap, ResourceQuantity: measure("40", "kilogram"), HasPointInTime: f.day(2, 11)}, nil)
	for _, day := range []int{9, 14, 21} {
		f.record(ctx, "water/"+f.day(day, 7).String(), &valueflows.EconomicEvent{Action: "consume", Provider: field, Receiver: field, InputOf: season,
			ResourceInventoriedAs: tank, ResourceQuantity: measure("100", "litre"), HasPointInTime: f.day(day, 7)}, nil)
	}
	for _, g := range growers {
		for _, s := range g.work {
			f.record(ctx, "work/"+g.name+"/"+f.day(s.day, 12).String(), &valueflows.EconomicEvent{Action: "work",
				Provider: people[g.name], Receiver: field, InputOf: season, ResourceConformsTo: labour,
				EffortQuantity: measure(s.hours, "hour"), HasPointInTime: f.day(s.day, 12), Stream: s.stream, Note: s.note}, nil)
		}
	}

	greens := f.record(ctx, "harvest/1", &valueflows.EconomicEvent{Action: "produce", Provider: field, Receiver: field, OutputOf: season,
		ResourceQuantity: measure("58.5", "kilogram"), HasPointInTime: f.day(28, 16), ToLocation: place},
		&valueflows.EconomicResource{Name: "Collards, May", ConformsTo: collards, OfBatchLot: lot, TrackingIdentifier: "COL-2026-05"})
	f.record(ctx, "harvest/2", &valueflows.EconomicEvent{Action: "produce", Provider: field, Receiver: field, OutputOf: season,
		ResourceInventoriedAs: greens, ResourceQuantity: measure("37.5", "kilogram"), HasPointInTime: f.day(30, 16)}, nil)
	f.record(ctx, "spoiled", &valueflows.EconomicEvent{Action: "lower", Provider: field, Receiver: field,
		ResourceInventoriedAs: greens, ResourceQuantity: measure("6", "kilogram"), HasPointInTime: f.day(31, 8), Note: "Wilted in the heat."}, nil)
	f.record(ctx, "grocery", &valueflows.EconomicEvent{Action: "transfer", Provider: field, Receiver: grocery,
		ResourceInventoriedAs: greens, ResourceQuantity: measure("60", "kilogram"), HasPointInTime: f.day(31, 9), ToLocation: shop},
		&valueflows.EconomicResource{Name: "Collards at the Grocery", ConformsTo: collards, OfBatchLot: lot})
	return f.err
}

// create adds a record of the farm and returns its id; key tells it from the
// farm's other records.
func create[T node.Kept](ctx context.Context, f *farm, key string, record *T) valueflows.ID {
	if f.err != nil {
		return valueflows.ID{}
	}
	created, err := node.Create(node.WithIdempotencyKey(ctx, "farm/"+key), f.node, record)
	if err != nil {
		f.err = fmt.Errorf("the farm's %s: %w", key, err)
		return valueflows.ID{}
	}
	return any(created).(interface{ Rec() *valueflows.Record }).Rec().ID
}

// organization adds one that the farm deals with.
func (f *farm) organization(ctx context.Context, name string, note valueflows.Text, place valueflows.ID) valueflows.ID {
	return create(ctx, f, "agent/"+name, &valueflows.Agent{
		Kind: valueflows.ClassOrganization, Name: name, Note: note, PrimaryLocation: place})
}

// kind adds a specification of what is counted in a unit.
func (f *farm) kind(ctx context.Context, name, unit string) valueflows.ID {
	return create(ctx, f, "kind/"+name, &valueflows.ResourceSpecification{
		Name: name, DefaultUnitOfResource: valueflows.OMUnitID(unit)})
}

// record records an event; the id is that of the resource it creates, if any.
func (f *farm) record(ctx context.Context, key string, e *valueflows.EconomicEvent, created *valueflows.EconomicResource) valueflows.ID {
	if f.err != nil {
		return valueflows.ID{}
	}
	_, resource, err := f.node.RecordEvent(node.WithIdempotencyKey(ctx, "farm/"+key), e, created)
	if err != nil {
		f.err = fmt.Errorf("the farm's %s: %w", key, err)
		return valueflows.ID{}
	}
	if resource == nil {
		return valueflows.ID{}
	}
	return resource.ID
}

// day is an hour of a day of the month.
func (f *farm) day(day, hour int) *valueflows.Time {
	t := valueflows.TimeOf(time.Date(2026, time.May, day, hour, 0, 0, 0, f.zone))
	return &t
}

// measure is a quantity written here, in a unit of OM2.
func measure(number, unit string) *valueflows.Measure {
	return &valueflows.Measure{HasNumericalValue: *decimal(number), HasUnit: valueflows.OMUnitID(unit)}
}

// decimal is a number written here.
func decimal(number string) *valueflows.Decimal {
	d, err := valueflows.ParseDecimal(number)
	if err != nil {
		panic(err) // it stands a few lines above
	}
	return &d
}
