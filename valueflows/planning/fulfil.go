package planning

import (
	"cmp"
	"math/big"
	"slices"

	"disconode/valueflows"
)

// Progress is how far a quantity has been reached. Over is what is beyond it.
type Progress struct {
	Wanted, Done, Open, Over valueflows.Decimal
	Unit                     valueflows.ID
}

// Fulfilment is how far a commitment has been fulfilled, an intent satisfied or
// a claim settled.
type Fulfilment struct {
	Resource, Effort *Progress // nil where no such quantity was asked for
	// Done is set where all has been reached; without a quantity, where anything
	// has. DoneAt is then when the last that was needed came.
	Done   bool
	DoneAt valueflows.Instant
	// Partial is set where something has been reached and not all.
	Partial bool
	Due     valueflows.Instant // zero for none
	// Late is set where it was done after it was due, Overdue where it is not
	// done, nobody has said that no more will be, and it was due before now.
	Late, Overdue bool
	LateMicros    int64
	Finished      bool // somebody has said that no more will be done
	// InKind is set where a claim was settled by something that it cannot be
	// counted in.
	InKind  bool
	Percent valueflows.Decimal // 0 to 100, half up to one digit after the point
	// Uncounted are the events and commitments that count in another unit.
	Uncounted []valueflows.ID

	share *big.Rat // 0 to 1, exactly
}

// wanted is a record that others reach.
type wanted struct {
	resource, effort *valueflows.Measure
	due              *valueflows.Time
	finished         bool
	inKind           bool // anything that says so settles it
	specification    valueflows.ID
}

// part is something that reaches one or more wanted records.
type part struct {
	id               valueflows.ID
	of               []valueflows.ID // in the order in which it fills them
	at               valueflows.Instant
	resource, effort *valueflows.Measure
	specification    valueflows.ID
}

// SpecificationOf is what an event is about: what it says, or what the resource
// that it names conforms to. Nil stands for what the event says alone.
type SpecificationOf func(*valueflows.EconomicEvent) valueflows.ID

// Fulfilments tells of each commitment how far the events fulfil it at a time,
// by the commitment's id. A correction counts with what it corrects, at the
// time of that. An event that fulfils several commitments fills them in the
// order in which it names them; what is over goes to the last.
//
// It fails with an [*valueflows.InputError], code OUT_OF_RANGE.
func Fulfilments(commitments []*valueflows.Commitment, events []*valueflows.EconomicEvent, now valueflows.Instant) (map[valueflows.ID]*Fulfilment, error) {
	want := map[valueflows.ID]wanted{}
	for _, c := range commitments {
		want[c.ID] = wantedOf(&c.Planned)
	}
	parts, err := net(events, func(e *valueflows.EconomicEvent) []valueflows.ID { return e.Fulfills })
	if err != nil {
		return nil, err
	}
	return reach(want, parts, now)
}

// Satisfactions tells of each intent how far it has been satisfied, by the
// intent's id: by commitments, with what they promise, or with what came of
// them where no more will; and by events that satisfy it without fulfilling one
// of these.
//
// It fails as [Fulfilments] does.
func Satisfactions(intents []*valueflows.Intent, commitments []*valueflows.Commitment, events []*valueflows.EconomicEvent, now valueflows.Instant) (map[valueflows.ID]*Fulfilment, error) {
	want := map[valueflows.ID]wanted{}
	for _, i := range intents {
		want[i.ID] = wantedOf(&i.Planned)
	}
	fulfilled, err := Fulfilments(commitments, events, now)
	if err != nil {
		return nil, err
	}
	by := map[valueflows.ID]*valueflows.Commitment{}
	var promised []part
	for _, c := range commitments {
		by[c.ID] = c
		p := part{id: c.ID, of: c.Satisfies, at: c.At(), resource: c.ResourceQuantity, effort: c.EffortQuantity}
		if f := fulfilled[c.ID]; c.Finished != nil && *c.Finished && !f.Done {
			if f.share.Sign() == 0 {
				continue // released, and nothing came of it
			}
			p.resource, p.effort = f.Resource.done(), f.Effort.done()
		}
		promised = append(promised, p)
	}
	happened, err := net(events, func(e *valueflows.EconomicEvent) []valueflows.ID {
		return slices.DeleteFunc(slices.Clone(e.Satisfies), func(intent valueflows.ID) bool {
			return slices.ContainsFunc(e.Fulfills, func(id valueflows.ID) bool {
				return by[id] != nil && slices.Contains(by[id].Satisfies, intent)
			})
		})
	})
	if err != nil {
		return nil, err
	}
	return reach(want, append(promised, happened...), now)
}

// Settlements tells of each claim how far events have settled it, by the
// claim's id. An event that names a claim and is about something else, or counts
// in another unit, such as a box of vegetables for 25 dollars, settles all that
// is open of it, in kind.
//
// It fails as [Fulfilments] does.
func Settlements(claims []*valueflows.Claim, events []*valueflows.EconomicEvent, of SpecificationOf, now valueflows.Instant) (map[valueflows.ID]*Fulfilment, error) {
	want := map[valueflows.ID]wanted{}
	for _, c := range claims {
		want[c.ID] = wanted{c.ResourceQuantity, c.EffortQuantity, c.Due, c.Finished != nil && *c.Finished, true, c.ResourceConformsTo}
	}
	parts, err := net(events, func(e *valueflows.EconomicEvent) []valueflows.ID { return e.Settles })
	if err != nil {
		return nil, err
	}
	about := map[valueflows.ID]valueflows.ID{}
	for _, e := range events {
		if about[e.ID] = e.ResourceConformsTo; of != nil {
			about[e.ID] = of(e)
		}
	}
	for i := range parts {
		parts[i].specification = about[parts[i].id]
	}
	return reach(want, parts, now)
}

func wantedOf(p *valueflows.Planned) wanted {
	due := p.Due
	if at := p.At(); due == nil && at != 0 {
		due = &valueflows.Time{Instant: at}
	}
	return wanted{p.ResourceQuantity, p.EffortQuantity, due, p.Finished != nil && *p.Finished, false, valueflows.ID{}}
}

func (p *Progress) done() *valueflows.Measure {
	if p == nil {
		return nil
	}
	return &valueflows.Measure{HasNumericalValue: p.Done, HasUnit: p.Unit}
}

// net puts each correction together with the event that it corrects, in the
// order in which the events happened.
func net(events []*valueflows.EconomicEvent, of func(*valueflows.EconomicEvent) []valueflows.ID) ([]part, error) {
	byEvent := map[valueflows.ID]*valueflows.EconomicEvent{}
	for _, e := range events {
		byEvent[e.ID] = e
	}
	parts := map[valueflows.ID]*part{}
	var order []*part
	for _, e := range sorted(events) {
		root := e
		for range events { // a chain of corrections is no longer than that
			if before := byEvent[root.Corrects]; before != nil {
				root = before
			}
		}
		p := parts[root.ID]
		if p == nil {
			p = &part{id: root.ID, at: root.At(), of: of(root)}
			parts[root.ID] = p
			order = append(order, p)
		}
		if len(p.of) == 0 {
			p.of = of(e)
		}
		var err error
		if p.resource, err = together(p.resource, e.ResourceQuantity); err != nil {
			return nil, err
		}
		if p.effort, err = together(p.effort, e.EffortQuantity); err != nil {
			return nil, err
		}
	}
	result := make([]part, 0, len(order))
	for _, p := range order {
		if len(p.of) > 0 {
			result = append(result, *p)
		}
	}
	slices.SortStableFunc(result, func(a, b part) int { return cmp.Or(cmp.Compare(a.at, b.at), byID(a.id, b.id)) })
	return result, nil
}

func sorted(events []*valueflows.EconomicEvent) []*valueflows.EconomicEvent {
	return slices.SortedFunc(slices.Values(events), func(a, b *valueflows.EconomicEvent) int {
		return cmp.Or(cmp.Compare(bit(!a.Corrects.IsZero()), bit(!b.Corrects.IsZero())), cmp.Compare(a.At(), b.At()), byID(a.ID, b.ID))
	})
}

// together is the sum of two measures of one unit; of two units, the first.
func together(a, b *valueflows.Measure) (*valueflows.Measure, error) {
	if a == nil || b == nil || a.HasUnit != b.HasUnit {
		return cmp.Or(a, b), nil
	}
	sum, err := plus(a.HasNumericalValue, b.HasNumericalValue)
	return &valueflows.Measure{HasNumericalValue: sum, HasUnit: a.HasUnit}, err
}
