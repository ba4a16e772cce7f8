package main

import (
	"time"

	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// boxes are Freedom Farms' vegetable boxes: what they are made of, and the plan
// for a week of them.
type boxes struct {
	*jackson
	households valueflows.ID // all who have a box; nobody is written down by name

	seed, seedlings, bed, vegetables, empty, box valueflows.ID
	sowing, field, packing                       valueflows.ID
	recipe, share                                valueflows.ID
	draft                                        *node.PlanDraft
	spare                                        valueflows.ID // seedlings that are over
}

// packBoxes writes the week of the 24th of July: 12 boxes are promised to the
// households, for 25 dollars each, and planned from the recipe: seedlings, bed,
// harvest, boxes. The seedlings are set a day late; 12 boxes are packed and 10 go
// out, for the van breaks down. Of the 50 dollars that the households may claim
// for two boxes, 25 are handed back; two boxes stay owed.
func (j *jackson) packBoxes() *boxes {
	b := &boxes{jackson: j, households: j.organization("Box households", "All who have a share of the harvest; nobody is written down by name.", valueflows.ID{})}
	b.writeRecipe()
	july := j.days(time.July)
	seed := j.record("boxes/seed", &valueflows.EconomicEvent{Action: "raise", Provider: j.farms, Receiver: j.farms,
		ResourceQuantity: measure("500", "one"), HasPointInTime: j.june(1, 9), Note: "Saved from last year."},
		&valueflows.EconomicResource{Name: "Seed, saved", ConformsTo: b.seed})
	empty := j.record("boxes/empty", &valueflows.EconomicEvent{Action: "raise", Provider: j.farms, Receiver: j.farms,
		ResourceQuantity: measure("40", "one"), HasPointInTime: j.june(1, 9)},
		&valueflows.EconomicResource{Name: "Empty boxes", ConformsTo: b.empty})
	b.draft = j.plan("boxes/plan", node.PlanRequest{Name: "Vegetable boxes, week of 24 July", Note: "Twelve shares, to be fetched at noon.", Request: planning.Request{
		Agent:     j.farms,
		Demands:   []planning.Demand{{Kind: planning.Kind{Specification: b.box}, Quantity: *measure("12", "one"), Due: july(24, 12), Receiver: b.households, Exchange: b.share}},
		Recipes:   []valueflows.ID{b.recipe},
		Providers: map[valueflows.ID]valueflows.ID{b.sowing: j.people["Marcus"], b.field: j.people["Imani"], b.seed: j.farms, b.empty: j.farms, j.dollar: b.households},
	}})
	if j.err != nil {
		return b
	}
	b.grow(seed)
	b.deliver(b.pack(empty))
	return b
}

// writeRecipe writes how a week's boxes come about, for 12 of them, and what a
// household gives for one.
func (b *boxes) writeRecipe() {
	b.seed, b.seedlings, b.bed = b.kind("Seed", "one"), b.kind("Seedlings", "one"), b.kind("Vegetables in the bed", "one")
	b.vegetables, b.empty, b.box = b.kind("Vegetables", "kilogram"), b.kind("Empty boxes", "one"), b.kind("Vegetable boxes", "one")
	b.sowing, b.field, b.packing = b.labour("Greenhouse work"), b.labour("Field work"), b.labour("Packing")
	var steps []valueflows.ID
	for _, step := range []struct {
		name, time, unit string
		takes            valueflows.ID // nothing else of it is left
		number, of       string
		with             valueflows.ID // further things, or nothing
		boxes            string
		work             valueflows.ID
		hours            string
		makes            valueflows.ID
		made, counted    string
	}{
		{"Raise seedlings", "17", "day", b.seed, "66", "one", valueflows.ID{}, "", b.sowing, "2", b.seedlings, "60", "one"},
		{"Grow in the bed", "35", "day", b.seedlings, "60", "one", valueflows.ID{}, "", b.field, "8", b.bed, "60", "one"},
		{"Harvest", "4", "hour", b.bed, "60", "one", valueflows.ID{}, "", b.field, "3", b.vegetables, "36", "kilogram"},
		{"Wash and pack", "3", "hour", b.vegetables, "36", "kilogram", b.empty, "12", b.packing, "2", b.box, "12", "one"},
	} {
		id := create(b.story, "boxes/recipe/"+step.name, &valueflows.RecipeProcess{Name: step.name, HasDuration: measure(step.time, step.unit)})
		steps = append(steps, id)
		flow := func(what string, f valueflows.RecipeFlow) {
			create(b.story, "boxes/recipe/"+step.name+"/"+what, &f)
		}
		flow("takes", valueflows.RecipeFlow{Action: "consume", RecipeInputOf: id, ResourceConformsTo: step.takes, ResourceQuantity: measure(step.number, step.of)})
		if step.boxes != "" {
			flow("with", valueflows.RecipeFlow{Action: "consume", RecipeInputOf: id, ResourceConformsTo: step.with, ResourceQuantity: measure(step.boxes, "one")})
		}
		flow("work", valueflows.RecipeFlow{Action: "work", RecipeInputOf: id, ResourceConformsTo: step.work, EffortQuantity: measure(step.hours, "hour")})
		flow("makes", valueflows.RecipeFlow{Action: "produce", RecipeOutputOf: id, ResourceConformsTo: step.makes, ResourceQuantity: measure(step.made, step.counted)})
	}
	b.recipe = create(b.story, "boxes/recipe", &valueflows.Recipe{Name: "Vegetable boxes for a week", Note: "For twelve boxes.", PrimaryOutput: b.box, RecipeIncludes: steps})
	b.share = create(b.story, "boxes/share", &valueflows.RecipeExchange{Name: "Shares of the harvest", Note: "Paid before the box is fetched."})
	create(b.story, "boxes/share/box", &valueflows.RecipeFlow{Action: "transfer", RecipeClauseOf: b.share, ResourceConformsTo: b.box, ResourceQuantity: measure("1", "one")})
	create(b.story, "boxes/share/dollars", &valueflows.RecipeFlow{Action: "transfer", RecipeReciprocalClauseOf: b.share, ResourceConformsTo: b.dollar, ResourceQuantity: measure("25", "one")})
}

// promise is the draft's promise, or else its wish, of an action and a kind, and
// the process that it is for; the n-th where there are several.
func (b *boxes) promise(action valueflows.Action, kind valueflows.ID, n int) (promises, wishes []valueflows.ID, of *valueflows.Planned) {
	for _, c := range b.draft.Commitments {
		if c.Action == action && c.ResourceConformsTo == kind {
			if n--; n < 0 {
				return []valueflows.ID{c.ID}, nil, &c.Planned
			}
		}
	}
	for _, i := range b.draft.Intents {
		if i.Action == action && i.ResourceConformsTo == kind {
			return nil, []valueflows.ID{i.ID}, &i.Planned
		}
	}
	b.fail("boxes", errNoPromise)
	return nil, nil, &valueflows.Planned{}
}

// keep records what keeps a promise of the plan, all of it or the given part.
func (b *boxes) keep(key string, action valueflows.Action, kind valueflows.ID, n int, e valueflows.EconomicEvent, created *valueflows.EconomicResource) (event, resource valueflows.ID) {
	if b.err != nil {
		return event, resource
	}
	var of *valueflows.Planned
	e.Fulfills, e.Satisfies, of = b.promise(action, kind, n)
	e.Action, e.InputOf, e.OutputOf = action, of.InputOf, of.OutputOf
	if e.Provider.IsZero() {
		e.Provider, e.Receiver = of.Provider, of.Receiver
	}
	if e.ResourceQuantity == nil {
		e.ResourceQuantity = of.ResourceQuantity
	}
	if e.EffortQuantity == nil {
		e.EffortQuantity = of.EffortQuantity
	}
	if e.ResourceInventoriedAs.IsZero() && created == nil {
		e.ResourceConformsTo = kind
	}
	return b.recordAs(b.ctx, "boxes/"+key, &e, created)
}

// grow raises the seedlings, sets them out a day late, and harvests.
func (b *boxes) grow(seed valueflows.ID) {
	july := b.days(time.July)
	livelihood := func(hours string, day *valueflows.Time, note valueflows.Text) valueflows.EconomicEvent {
		return valueflows.EconomicEvent{EffortQuantity: measure(hours, "hour"), HasPointInTime: day, Stream: valueflows.Livelihood, Note: note}
	}
	b.keep("sown", "consume", b.seed, 0, valueflows.EconomicEvent{ResourceInventoriedAs: seed, HasPointInTime: b.june(1, 15)}, nil)
	b.keep("sowing", "work", b.sowing, 0, livelihood("2", b.june(1, 17), "Sowed the trays."), nil)
	_, trays := b.keep("seedlings", "produce", b.seedlings, 0, valueflows.EconomicEvent{HasPointInTime: b.june(18, 16)},
		&valueflows.EconomicResource{Name: "Seedlings, June", ConformsTo: b.seedlings})
	raised := b.process("Raise seedlings")
	b.spare = b.record("boxes/spare", &valueflows.EconomicEvent{Action: "produce", Provider: b.farms, Receiver: b.farms, OutputOf: raised,
		ResourceQuantity: measure("40", "one"), HasPointInTime: b.june(18, 16), Note: "More came up than were sown for."},
		&valueflows.EconomicResource{Name: "Seedlings to spare", ConformsTo: b.seedlings})
	b.keep("set out", "consume", b.seedlings, 0, valueflows.EconomicEvent{ResourceInventoriedAs: trays, HasPointInTime: b.june(20, 9), Note: "A day late: it rained."}, nil)
	b.keep("tended/1", "work", b.field, 1, livelihood("5", b.june(20, 12), "Set out the seedlings."), nil)
	b.keep("tended/2", "work", b.field, 1, livelihood("3", july(6, 11), "Weeded and mulched."), nil)
	_, bed := b.keep("grown", "produce", b.bed, 0, valueflows.EconomicEvent{HasPointInTime: july(23, 18)},
		&valueflows.EconomicResource{Name: "Bed 3, July", ConformsTo: b.bed})
	b.keep("cut", "consume", b.bed, 0, valueflows.EconomicEvent{ResourceInventoriedAs: bed, HasPointInTime: july(24, 5)}, nil)
	b.keep("harvest", "work", b.field, 0, livelihood("3", july(24, 8), "Harvested before the heat."), nil)
	for _, step := range []string{"Raise seedlings", "Grow in the bed", "Harvest", "Wash and pack"} {
		finish(b.story, "boxes/finished/"+step, b.process(step))
	}
}

// process is the plan's process of a name.
func (b *boxes) process(name string) valueflows.ID {
	for _, p := range b.draft.Processes {
		if p.Name == name {
			return p.ID
		}
	}
	b.fail("boxes/"+name, errNoPromise)
	return valueflows.ID{}
}

// pack fills twelve boxes, which it returns.
func (b *boxes) pack(empty valueflows.ID) valueflows.ID {
	july := b.days(time.July)
	lot := create(b.story, "boxes/lot", &valueflows.BatchLotRecord{BatchLotCode: "BOX-2026-30", ExpirationDate: july(31, 12)})
	_, crates := b.keep("harvested", "produce", b.vegetables, 0, valueflows.EconomicEvent{HasPointInTime: july(24, 9)},
		&valueflows.EconomicResource{Name: "Vegetables of 24 July", ConformsTo: b.vegetables})
	b.keep("washed", "consume", b.vegetables, 0, valueflows.EconomicEvent{ResourceInventoriedAs: crates, HasPointInTime: july(24, 9)}, nil)
	b.keep("filled", "consume", b.empty, 0, valueflows.EconomicEvent{ResourceInventoriedAs: empty, HasPointInTime: july(24, 9)}, nil)
	b.keep("packing", "work", b.packing, 0, valueflows.EconomicEvent{Provider: b.people["Deja"], Receiver: b.farms, HasPointInTime: july(24, 11), Stream: valueflows.Livelihood}, nil)
	_, packed := b.keep("packed", "produce", b.box, 0, valueflows.EconomicEvent{HasPointInTime: july(24, 11)},
		&valueflows.EconomicResource{Name: "Vegetable boxes of 24 July", ConformsTo: b.box, OfBatchLot: lot, TrackingIdentifier: "BOX-2026-30"})
	return packed
}

// deliver hands ten of the boxes over; of what is owed for two, half is paid.
func (b *boxes) deliver(packed valueflows.ID) {
	july := b.days(time.July)
	b.keep("paid", "transfer", b.dollar, 0, valueflows.EconomicEvent{HasPointInTime: july(20, 18), Note: "Twelve shares at 25."}, nil)
	handed, _ := b.keep("handed", "transfer", b.box, 0, valueflows.EconomicEvent{ResourceInventoriedAs: packed, ResourceQuantity: measure("10", "one"),
		HasPointInTime: july(24, 12), Note: "The van broke down: two did not go out."}, nil)
	owed := create(b.story, "boxes/claim", &valueflows.Claim{Action: "transfer", Provider: b.farms, Receiver: b.households, TriggeredBy: handed,
		ResourceConformsTo: b.dollar, ResourceQuantity: measure("50", "one"), Due: b.days(time.August)(15, 12), Note: "For the two boxes that did not go out."})
	b.record("boxes/claim/paid", &valueflows.EconomicEvent{Action: "transfer", Provider: b.farms, Receiver: b.households, ResourceConformsTo: b.dollar,
		ResourceQuantity: measure("25", "one"), HasPointInTime: july(31, 17), Settles: []valueflows.ID{owed}, Note: "The first half."}, nil)
}
