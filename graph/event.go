package graph

import (
	"context"
	"errors"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type events struct {
	records[valueflows.EconomicEvent]
	walkable[valueflows.EconomicEvent]
}

// Action is what kind of thing happened.
func (events) Action(_ context.Context, e *valueflows.EconomicEvent) (*model.Action, error) {
	return model.ActionOf(e.Action), nil
}

// Provider is who gave or did it.
func (events) Provider(ctx context.Context, e *valueflows.EconomicEvent) (model.Agent, error) {
	return party(ctx, e.Provider)
}

// Receiver is who it was for.
func (events) Receiver(ctx context.Context, e *valueflows.EconomicEvent) (model.Agent, error) {
	return party(ctx, e.Receiver)
}

// RecordedBy is who recorded it.
func (events) RecordedBy(ctx context.Context, e *valueflows.EconomicEvent) (model.Agent, error) {
	return agent(ctx, e.RecordedBy)
}

// InputOf is the process that it went into.
func (events) InputOf(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, e.InputOf)
}

// OutputOf is the process that it came out of.
func (events) OutputOf(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, e.OutputOf)
}

// InScopeOf are the agents that its processes are grouped under.
func (events) InScopeOf(ctx context.Context, e *valueflows.EconomicEvent) ([]model.Agent, error) {
	var ids []valueflows.ID
	for _, id := range []valueflows.ID{e.InputOf, e.OutputOf} {
		p, err := one[valueflows.Process](ctx, id)
		if err != nil {
			return nil, err
		}
		if p != nil {
			ids = append(ids, p.InScopeOf)
		}
	}
	return scope(ctx, ids...)
}

// ResourceInventoriedAs is the resource that it happened to.
func (events) ResourceInventoriedAs(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.EconomicResource, error) {
	return one[valueflows.EconomicResource](ctx, e.ResourceInventoriedAs)
}

// ToResourceInventoriedAs is the resource that it went to.
func (events) ToResourceInventoriedAs(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.EconomicResource, error) {
	return one[valueflows.EconomicResource](ctx, e.ToResourceInventoriedAs)
}

// ResourceConformsTo is the kind of resource or work.
func (events) ResourceConformsTo(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, e.ResourceConformsTo)
}

// HasBeginning is when it began.
func (events) HasBeginning(_ context.Context, e *valueflows.EconomicEvent) (*valueflows.Time, error) {
	return beginning(e), nil
}

// HasEnd is when it ended.
func (events) HasEnd(_ context.Context, e *valueflows.EconomicEvent) (*valueflows.Time, error) {
	return end(e), nil
}

// Created is when it was first written down.
func (events) Created(_ context.Context, e *valueflows.EconomicEvent) (*valueflows.Time, error) {
	return writtenDown(e), nil
}

// beginning is when an event began, or the one point in time that was stated.
func beginning(e *valueflows.EconomicEvent) *valueflows.Time {
	return firstOf(e.HasBeginning, e.HasPointInTime)
}

// end is when an event ended, or the one point in time that was stated.
func end(e *valueflows.EconomicEvent) *valueflows.Time {
	return firstOf(e.HasEnd, e.HasPointInTime)
}

// firstOf is a time, or the other where there is none.
func firstOf(t, other *valueflows.Time) *valueflows.Time {
	if t == nil {
		return other
	}
	return t
}

// writtenDown is when an event was first written down, as stated, else as
// recorded here.
func writtenDown(e *valueflows.EconomicEvent) *valueflows.Time {
	if e.Created == nil && e.Recorded != 0 {
		return &valueflows.Time{Instant: e.Recorded}
	}
	return e.Created
}

// ToLocation is where the resource is afterwards.
func (events) ToLocation(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.SpatialThing, error) {
	return one[valueflows.SpatialThing](ctx, e.ToLocation)
}

// TriggeredBy is the event that brought it about.
func (events) TriggeredBy(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.EconomicEvent, error) {
	return one[valueflows.EconomicEvent](ctx, e.TriggeredBy)
}

// Triggers are the events that it brought about.
func (events) Triggers(ctx context.Context, e *valueflows.EconomicEvent, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, e)
}

// Corrects is the earlier event that it corrects.
func (events) Corrects(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.EconomicEvent, error) {
	return one[valueflows.EconomicEvent](ctx, e.Corrects)
}

// CorrectedBy are the later events that correct it.
func (events) CorrectedBy(ctx context.Context, e *valueflows.EconomicEvent, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, e)
}

// ScrapOf is the modify whose loss it records.
func (events) ScrapOf(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.EconomicEvent, error) {
	return one[valueflows.EconomicEvent](ctx, e.ScrapOf)
}

// Deletable is false: an event is corrected, never deleted.
func (events) Deletable(context.Context, *valueflows.EconomicEvent) (*bool, error) {
	return new(bool), nil
}

// Fulfills are the commitments that it fulfils.
func (events) Fulfills(ctx context.Context, e *valueflows.EconomicEvent) ([]*valueflows.Commitment, error) {
	return several[valueflows.Commitment](ctx, e.Fulfills)
}

// Satisfies are the intents that it satisfies.
func (events) Satisfies(ctx context.Context, e *valueflows.EconomicEvent) ([]*valueflows.Intent, error) {
	return several[valueflows.Intent](ctx, e.Satisfies)
}

// Settles are the claims that it settles.
func (events) Settles(ctx context.Context, e *valueflows.EconomicEvent) ([]*valueflows.Claim, error) {
	return several[valueflows.Claim](ctx, e.Settles)
}

// RealizationOf is the agreement that it came of.
func (events) RealizationOf(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.Agreement, error) {
	return one[valueflows.Agreement](ctx, e.RealizationOf)
}

// ReciprocalRealizationOf is the agreement that it came of in return.
func (events) ReciprocalRealizationOf(ctx context.Context, e *valueflows.EconomicEvent) (*valueflows.Agreement, error) {
	return one[valueflows.Agreement](ctx, e.ReciprocalRealizationOf)
}

// ReciprocalEvents is what was given in return: the events on the other side of its agreements.
func (events) ReciprocalEvents(ctx context.Context, e *valueflows.EconomicEvent, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, e)
}

// TriggeredClaims are the claims that it brought about.
func (events) TriggeredClaims(ctx context.Context, e *valueflows.EconomicEvent, _ *model.ClaimFilterParams) ([]*valueflows.Claim, error) {
	return plain[valueflows.Claim](ctx, e)
}

// EconomicEvent is one event.
func (q query) EconomicEvent(ctx context.Context, id string) (*valueflows.EconomicEvent, error) {
	return found[valueflows.EconomicEvent](ctx, q.node, id)
}

// EconomicEvents are the events.
func (query) EconomicEvents(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return listed[valueflows.EconomicEvent](ctx, eventFilter(filter))
}

// CreateEconomicEvent records what happened.
func (m mutation) CreateEconomicEvent(ctx context.Context, event valueflows.EconomicEvent, newInventoriedResource *valueflows.EconomicResource) (*generated.EconomicEventResponse, error) {
	recorded, resource, err := m.node.RecordEvent(ctx, &event, newInventoriedResource)
	return &generated.EconomicEventResponse{EconomicEvent: recorded, EconomicResource: resource}, ofInput(err, "event", "newInventoriedResource")
}

// ofInput puts the name of the argument before the path of an input error,
// unless it has the name of another argument there already.
func ofInput(err error, argument, other string) error {
	var input *valueflows.InputError
	if errors.As(err, &input) && len(input.Path) > 0 && input.Path[0] == other {
		return err
	}
	return valueflows.At(err, argument)
}

// UpdateEconomicEvent changes the note of an event.
func (m mutation) UpdateEconomicEvent(ctx context.Context, said model.EconomicEventUpdate) (*generated.EconomicEventResponse, error) {
	const instead = "an event cannot be changed but for its note: record another one that corrects it"
	event, err := changed(ctx, m.node, "event", said.Target, func(e *valueflows.EconomicEvent) error {
		set(&e.Note, said.Note)
		if err := fixed(e.AgreedIn, said.AgreedIn, "agreedIn", instead); err != nil {
			return err
		}
		if settles, ok := said.Settles.ValueOK(); ok && !slices.Equal(once(settles), e.Settles) {
			return valueflows.At(valueflows.Invalid("IMMUTABLE", "%s", instead), "settles")
		}
		for _, reference := range []struct {
			is   valueflows.ID
			said graphql.Omittable[*valueflows.ID]
			name string
		}{
			{e.TriggeredBy, said.TriggeredBy, "triggeredBy"}, {e.RealizationOf, said.RealizationOf, "realizationOf"},
			{e.ReciprocalRealizationOf, said.ReciprocalRealizationOf, "reciprocalRealizationOf"},
		} {
			if err := fixed(reference.is, reference.said, reference.name, instead); err != nil {
				return err
			}
		}
		return nil
	})
	return &generated.EconomicEventResponse{EconomicEvent: event}, err
}
