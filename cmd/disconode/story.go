package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// story writes what happened among a LAB's people into its books, as its people
// would: its bookkeeper keeps the enterprises' books, and members record their
// own work.
//
// Every write has an idempotency key of its own, so that telling it all again
// changes nothing, and a story half told is finished. After a failure nothing
// more is written, and err says why.
type story struct {
	node   *node.Node
	ctx    context.Context // the bookkeeper's
	zone   *time.Location
	people map[string]valueflows.ID // the LAB's members by name
	err    error
}

// errNoPromise is where a plan holds less than its story tells.
var errNoPromise = errors.New("the plan has no such flow or process")

// create adds a record of the story and returns its id; key tells it from the
// story's other records.
func create[T node.Kept](s *story, key string, record *T) valueflows.ID {
	if s.err != nil {
		return valueflows.ID{}
	}
	created, err := node.Create(node.WithIdempotencyKey(s.ctx, "demo/"+key), s.node, record)
	if err != nil {
		s.fail(key, err)
		return valueflows.ID{}
	}
	return any(created).(interface{ Rec() *valueflows.Record }).Rec().ID
}

// organization adds one that the LAB's people deal with.
func (s *story) organization(name string, note valueflows.Text, place valueflows.ID) valueflows.ID {
	return create(s, "agent/"+name, &valueflows.Agent{
		Kind: valueflows.ClassOrganization, Name: name, Note: note, PrimaryLocation: place})
}

// place adds a place.
func (s *story) place(name string, note valueflows.Text) valueflows.ID {
	return create(s, "place/"+name, &valueflows.SpatialThing{Name: name, Note: note})
}

// kind adds a specification of what is counted in a unit.
func (s *story) kind(name, unit string) valueflows.ID {
	return create(s, "kind/"+name, &valueflows.ResourceSpecification{
		Name: name, DefaultUnitOfResource: valueflows.OMUnitID(unit)})
}

// labour adds a kind of work, which is counted in hours.
func (s *story) labour(name string) valueflows.ID {
	return create(s, "kind/"+name, &valueflows.ResourceSpecification{Name: name, DefaultUnitOfEffort: valueflows.Hour})
}

// dollar adds the money of these books: a medium of exchange, in unit one.
func (s *story) dollar() valueflows.ID {
	yes := true
	return create(s, "kind/US dollar", &valueflows.ResourceSpecification{
		Name: "US dollar", DefaultUnitOfResource: valueflows.OMUnitID("one"), MediumOfExchange: &yes, Substitutable: &yes})
}

// record records an event; the id is that of the resource it creates, if any.
func (s *story) record(key string, e *valueflows.EconomicEvent, created *valueflows.EconomicResource) valueflows.ID {
	_, resource := s.recordAs(s.ctx, key, e, created)
	return resource
}

// recordAs records an event for somebody; the ids are its own and that of the
// resource it creates, if any.
func (s *story) recordAs(ctx context.Context, key string, e *valueflows.EconomicEvent, created *valueflows.EconomicResource) (event, resource valueflows.ID) {
	if s.err != nil {
		return event, resource
	}
	recorded, made, err := s.node.RecordEvent(node.WithIdempotencyKey(ctx, "demo/"+key), e, created)
	if err != nil {
		s.fail(key, err)
		return event, resource
	}
	if made != nil {
		resource = made.ID
	}
	return recorded.ID, resource
}

// plan has the node make a plan, and returns its records as they are now.
func (s *story) plan(key string, r node.PlanRequest) *node.PlanDraft {
	if s.err != nil {
		return nil
	}
	_, draft, err := s.node.MakePlan(node.WithIdempotencyKey(s.ctx, "demo/"+key), r, false)
	if err != nil {
		s.fail(key, err)
	}
	return draft
}

// finish says that a process is over.
func finish(s *story, key string, process valueflows.ID) {
	if s.err != nil {
		return
	}
	_, err := node.Update(node.WithIdempotencyKey(s.ctx, "demo/"+key), s.node, process, func(p *valueflows.Process) error {
		yes := true
		p.Finished = &yes
		return nil
	})
	if err != nil {
		s.fail(key, err)
	}
}

// fail ends the story.
func (s *story) fail(key string, err error) {
	s.err = fmt.Errorf("%s: %w", key, err)
}

// shift is how long somebody worked on a day, and as what that counts.
type shift struct {
	who    string
	day    *valueflows.Time
	hours  string
	stream valueflows.Stream
	note   valueflows.Text
}

// work has members record their own work of a kind for somebody, in a process
// or, where that is zero, in none.
func (s *story) work(key string, forWhom, kind, process valueflows.ID, shifts []shift) {
	for _, w := range shifts {
		member := node.PrincipalOf(s.ctx)
		member.User, member.Role = s.people[w.who], node.Member
		s.recordAs(node.WithPrincipal(s.ctx, member), key+"/"+w.who+"/"+w.day.String(), &valueflows.EconomicEvent{Action: "work",
			Provider: s.people[w.who], Receiver: forWhom, InputOf: process, ResourceConformsTo: kind,
			EffortQuantity: measure(w.hours, "hour"), HasPointInTime: w.day, Stream: w.stream, Note: w.note}, nil)
	}
}

// days tells the hours of the days of a month of 2026.
func (s *story) days(month time.Month) func(day, hour int) *valueflows.Time {
	return func(day, hour int) *valueflows.Time {
		t := valueflows.TimeOf(time.Date(2026, month, day, hour, 0, 0, 0, s.zone))
		return &t
	}
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
