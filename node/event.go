package node

import (
	"bytes"
	"context"
	"errors"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
)

// RecordEvent records what happened and counts it on the resources it names. A
// given created says what is known of the resource that the event creates; nil
// where it creates none. It returns the event, and the resource that it created.
//
// It fails with [ErrForbidden] where the caller may not record for these
// parties, and as [valueflows.EconomicEvent.Check] and
// [valueflows.EconomicEvent.Apply] do; then nothing is changed.
func (n *Node) RecordEvent(ctx context.Context, e *valueflows.EconomicEvent, created *valueflows.EconomicResource) (*valueflows.EconomicEvent, *valueflows.EconomicResource, error) {
	if p := PrincipalOf(ctx); May(p.Role, Record, Events) == Never {
		if p.Role == Public {
			return nil, nil, ErrUnauthenticated
		}
		return nil, nil, ErrForbidden
	}
	asked := *e
	asked.ID = valueflows.ID{}
	request, err := ask(&asked)
	if err != nil {
		return nil, nil, err
	}
	if created != nil {
		new := *created
		new.ID = valueflows.ID{}
		text, err := ask(&new)
		if err != nil {
			return nil, nil, err
		}
		request = bytes.Join([][]byte{request, text}, []byte("\n"))
	}
	ids, err := n.once(ctx, "record", request, func(s *session) ([]valueflows.ID, error) {
		event := asked
		event.ID = n.newID()
		var resource *valueflows.EconomicResource
		if created != nil {
			stated := *created
			stated.ID = n.newID()
			resource = &stated
		}
		if err := s.recordEvent(&event, resource); err != nil {
			return nil, err
		}
		if resource == nil {
			return []valueflows.ID{event.ID}, nil
		}
		return []valueflows.ID{event.ID, resource.ID}, nil
	})
	if err != nil {
		return nil, nil, err
	}
	event, err := Get[valueflows.EconomicEvent](ctx, n, ids[0])
	if err != nil || len(ids) == 1 {
		return event, nil, err
	}
	resource, err := Get[valueflows.EconomicResource](ctx, n, ids[1])
	return event, resource, err
}

// recordEvent records an event whose id is given, with the resource that it
// creates, whose id is given too, or nil.
func (s *session) recordEvent(e *valueflows.EconomicEvent, created *valueflows.EconomicResource) error {
	if s.by.Lab.IsZero() {
		return errNoLab
	}
	e.Books = s.by.Lab
	var original *store.Event
	if !e.Corrects.IsZero() {
		var err error
		if original, err = s.corrected(e, created); err != nil {
			return err
		}
	}
	if err := s.fillUnits(e); err != nil {
		return err
	}
	stated := *e // checkEvent puts the resource that is created in
	if err := s.checkEvent(e, created); err != nil {
		return err
	}
	if err := s.mayRecordEvent(e, original); err != nil {
		return err
	}
	if created != nil {
		if err := s.createResource(e, created); err != nil {
			return err
		}
	}
	if s.lenient {
		if err := s.allowOverdraw(e); err != nil {
			return err
		}
	} else if err := s.checkStrictly(e, &stated, created != nil); err != nil {
		return err
	}
	s.nested = valueflows.ID{}
	if err := s.append(valueflows.ClassEconomicEvent, store.Create, e); err != nil {
		return err
	}
	if err := s.checkNesting(s.nested); err != nil {
		return valueflows.At(err, containerField(e))
	}
	if original != nil {
		if err := s.checkNet(e, original); err != nil {
			return err
		}
	}
	return s.recordScrap(e)
}

// corrected is the event that a further one corrects. What the correction left
// out it takes from there.
func (s *session) corrected(e *valueflows.EconomicEvent, created *valueflows.EconomicResource) (*store.Event, error) {
	if created != nil {
		return nil, valueflows.At(valueflows.Invalid("NOT_OF_ACTION", "a correction creates no resource"), "corrects")
	}
	if err := refer[valueflows.EconomicEvent](s, &e.Corrects, "corrects"); err != nil {
		return nil, err
	}
	original, err := store.GetRow[store.Event](s.tx, e.Corrects)
	if err != nil {
		return nil, err
	}
	if original.Stream == valueflows.CarePeople && s.by.Role != Operator && !s.by.isParty(&original.EconomicEvent) {
		if s.by.hidesParties(&original.EconomicEvent) {
			return nil, ErrForbidden // before anything of it is compared with what was sent
		}
		return nil, s.unknown(&original.EconomicEvent, "corrects")
	}
	if original.Stub {
		return nil, valueflows.At(valueflows.Invalid("UNKNOWN_REFERENCE", "what it says is not known here, so it cannot be corrected here"), "corrects")
	}
	return original, e.CheckCorrection(&original.EconomicEvent)
}

func (s *session) checkNet(e *valueflows.EconomicEvent, original *store.Event) error {
	root := original
	if !original.Root.IsZero() {
		var err error
		if root, err = store.GetRow[store.Event](s.tx, original.Root); err != nil {
			return err
		}
	}
	corrections, err := s.tx.Corrections(root.ID)
	if err != nil {
		return err
	}
	return valueflows.CheckNet(&root.EconomicEvent, plain(corrections))
}

// fillUnits gives a quantity without a unit the one that its resource or its
// specification counts in.
func (s *session) fillUnits(e *valueflows.EconomicEvent) error {
	return s.unitsOf(e.ResourceInventoriedAs, e.ResourceConformsTo, &e.ResourceQuantity, &e.EffortQuantity)
}

func inUnit(m *valueflows.Measure, unit valueflows.ID) *valueflows.Measure {
	if m == nil || !m.HasUnit.IsZero() {
		return m
	}
	return &valueflows.Measure{HasNumericalValue: m.HasNumericalValue, HasUnit: unit}
}

// futureMost is how far ahead of the clock an event may be dated.
const futureMost = 36 * time.Hour

// checkEvent tells whether the event says what it must, and refers to what is there.
func (s *session) checkEvent(e *valueflows.EconomicEvent, created *valueflows.EconomicResource) error {
	defer s.checking(e)()
	if created != nil {
		switch {
		case e.CreatesFrom() && e.ResourceInventoriedAs.IsZero():
			e.ResourceInventoriedAs = created.ID
		case e.CreatesTo() && e.ToResourceInventoriedAs.IsZero():
			e.ToResourceInventoriedAs = created.ID
		case e.CreatesFrom():
			return valueflows.At(valueflows.Invalid("NOT_OF_ACTION", "name a resource, or state a new one; not both"), "resourceInventoriedAs")
		case e.CreatesTo():
			return valueflows.At(valueflows.Invalid("NOT_OF_ACTION", "name a receiving resource, or state a new one; not both"), "toResourceInventoriedAs")
		default:
			if err := e.Check(); err != nil {
				return err
			}
			return valueflows.At(valueflows.Invalid("NOT_OF_ACTION", "%s creates no resource", e.Action), "action")
		}
		if e.ResourceConformsTo.IsZero() && e.CreatesFrom() {
			e.ResourceConformsTo = created.ConformsTo
		}
	}
	if err := e.Check(); err != nil {
		return err
	}
	if !s.lenient && e.At() > valueflows.InstantOf(s.n.now().Add(futureMost)) {
		return valueflows.At(valueflows.Invalid("TIME_CONFLICT", "an event has happened: its time cannot lie ahead"), "hasPointInTime")
	}
	for _, check := range []func() error{
		func() error { return refer[valueflows.Agent](s, &e.Provider, "provider") },
		func() error { return refer[valueflows.Agent](s, &e.Receiver, "receiver") },
		func() error { return refer[valueflows.Process](s, &e.InputOf, "inputOf") },
		func() error { return refer[valueflows.Process](s, &e.OutputOf, "outputOf") },
		func() error { return s.resource(e.ResourceInventoriedAs, created, "resourceInventoriedAs") },
		func() error { return s.resource(e.ToResourceInventoriedAs, created, "toResourceInventoriedAs") },
		func() error {
			return refer[valueflows.ResourceSpecification](s, &e.ResourceConformsTo, "resourceConformsTo")
		},
		func() error { return refer[valueflows.SpatialThing](s, &e.ToLocation, "toLocation") },
		func() error { return s.measure(e.ResourceQuantity, "resourceQuantity") },
		func() error { return s.measure(e.EffortQuantity, "effortQuantity") },
		func() error { return s.checkEventPlans(e) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) resource(id valueflows.ID, created *valueflows.EconomicResource, field string) error {
	if created != nil && id == created.ID {
		return nil
	}
	return refer[valueflows.EconomicResource](s, &id, field)
}

func (s *session) measure(m *valueflows.Measure, field string) error {
	if m == nil {
		return nil
	}
	return s.unit(m.HasUnit, field, "hasUnit")
}

// mayRecordEvent holds the event to the policy: who may record for whom.
func (s *session) mayRecordEvent(e *valueflows.EconomicEvent, original *store.Event) error {
	switch access := May(s.by.Role, Record, Events); {
	case access == All:
		return nil
	case original != nil && original.RecordedBy != s.by.User:
		return ErrForbidden // another's record is the bookkeeper's to correct
	case s.by.isParty(e):
		return nil
	case access == ByPolicy && (e.Provider == s.by.Lab || e.Receiver == s.by.Lab):
		lab, err := s.tx.Lab(s.by.Lab)
		if err != nil {
			return err
		}
		if lab.MembersRecord {
			return nil
		}
	}
	return ErrForbidden
}

// createResource makes the resource that an event creates.
func (s *session) createResource(e *valueflows.EconomicEvent, created *valueflows.EconomicResource) error {
	var from *valueflows.EconomicResource
	if e.ToResourceInventoriedAs == created.ID && !e.ResourceInventoriedAs.IsZero() {
		giving, err := store.GetRow[valueflows.EconomicResource](s.tx, e.ResourceInventoriedAs)
		if err != nil {
			return err
		}
		if !giving.Stub {
			from = giving
		}
	}
	resource, err := e.NewResource(*created, from)
	if err != nil {
		return err
	}
	lab, err := s.tx.Lab(s.by.Lab)
	if err != nil {
		return err
	}
	resource.Overdraw = resource.Overdraw || lab.Overdraw
	resource.AccountingQuantity, resource.OnhandQuantity = nil, nil // counted by the event itself
	err = s.create(resource)
	if err == nil && !resource.ContainedIn.IsZero() { // it may be one that was known by its name, and holds things
		err = valueflows.At(s.checkNesting(resource.ID), "containedIn")
	}
	return valueflows.At(err, "newInventoriedResource")
}

// checkStrictly holds an event to what a history told once is not held to: it
// says which container it empties, and to the rules that are the LAB's policy. stated is
// the event as it was stated, before the resource that it creates was put in.
func (s *session) checkStrictly(e, stated *valueflows.EconomicEvent, creates bool) error {
	if err := s.checkContainer(e); err != nil {
		return err
	}
	lab, err := s.tx.Lab(s.by.Lab)
	if err != nil {
		return err
	}
	if lab.Exclusive {
		if err := stated.CheckExclusive(creates); err != nil {
			return err
		}
	}
	if !lab.Ownership {
		return nil
	}
	scene, err := s.scene(e)
	if err != nil {
		return err
	}
	return e.CheckOwnership(scene)
}

// allowOverdraw marks the resources that the event draws below zero as ones
// that may be: the history was so told.
func (s *session) allowOverdraw(e *valueflows.EconomicEvent) error {
	for range 2 { // at most one a side
		scene, err := s.scene(e)
		if err != nil {
			return err
		}
		var input *valueflows.InputError
		if err := e.Apply(scene); !errors.As(err, &input) || input.Code != "INSUFFICIENT" {
			return nil // what else is wrong, recording it will say
		}
		r := scene.From
		if r == nil || r.Overdraw {
			r = scene.To
		}
		if r == nil || r.Overdraw {
			return nil
		}
		r.Overdraw = true
		if err := s.append(valueflows.ClassEconomicResource, store.Update, r); err != nil {
			return err
		}
		if s.overdrawn != nil {
			s.overdrawn(e, r)
		}
	}
	return nil
}

// recordScrap records, beside an event that hands back what its process
// accepted, the difference as an event of its own that names it, and takes back
// what was recorded as scrap too much.
func (s *session) recordScrap(e *valueflows.EconomicEvent) error {
	if !e.HandsBack() || e.OutputOf.IsZero() || e.ResourceInventoriedAs.IsZero() {
		return nil
	}
	resource, err := store.GetRow[valueflows.EconomicResource](s.tx, e.ResourceInventoriedAs)
	if err != nil || resource.Stub || resource.Books != e.Books {
		return err
	}
	rows, err := s.tx.EventsOfProcess(e.Books, e.OutputOf)
	if err != nil {
		return err
	}
	left, err := valueflows.Scrap(resource.ID, plain(rows))
	if err != nil || left.Sign() == 0 {
		return err
	}
	scrap := &valueflows.EconomicEvent{
		Record: valueflows.Record{ID: s.n.newID(), Books: e.Books}, Action: valueflows.ScrapAction,
		Provider: resource.PrimaryAccountable, Receiver: resource.PrimaryAccountable, ResourceInventoriedAs: resource.ID,
		ResourceQuantity: &valueflows.Measure{HasNumericalValue: left, HasUnit: e.ResourceQuantity.HasUnit},
		HasPointInTime:   e.HasPointInTime, HasBeginning: e.HasBeginning, HasEnd: e.HasEnd, Created: e.Created, ScrapOf: e.ID,
	}
	if left.Sign() < 0 {
		for _, row := range rows {
			if !row.ScrapOf.IsZero() && row.ResourceInventoriedAs == resource.ID && row.Corrects.IsZero() {
				scrap.Corrects, scrap.ScrapOf = row.ID, row.ScrapOf
				scrap.Provider, scrap.Receiver = row.Provider, row.Receiver
			}
		}
	}
	return s.append(valueflows.ClassEconomicEvent, store.Create, scrap)
}
