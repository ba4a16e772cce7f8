package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type intents struct {
	records[valueflows.Intent]
}

// Action is what is to happen.
func (intents) Action(_ context.Context, i *valueflows.Intent) (*model.Action, error) {
	return model.ActionOf(i.Action), nil
}

// Provider is who would give or do it.
func (intents) Provider(ctx context.Context, i *valueflows.Intent) (model.Agent, error) {
	return agent(ctx, i.Provider)
}

// Receiver is who wants it.
func (intents) Receiver(ctx context.Context, i *valueflows.Intent) (model.Agent, error) {
	return agent(ctx, i.Receiver)
}

// InputOf is the process that it is to go into.
func (intents) InputOf(ctx context.Context, i *valueflows.Intent) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, i.InputOf)
}

// OutputOf is the process that it is to come out of.
func (intents) OutputOf(ctx context.Context, i *valueflows.Intent) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, i.OutputOf)
}

// PlannedWithin is the plan that it is part of.
func (intents) PlannedWithin(ctx context.Context, i *valueflows.Intent) (*valueflows.Plan, error) {
	return one[valueflows.Plan](ctx, i.PlannedWithin)
}

// ResourceInventoriedAs is the very resource that is meant, where it is known.
func (intents) ResourceInventoriedAs(ctx context.Context, i *valueflows.Intent) (*valueflows.EconomicResource, error) {
	return one[valueflows.EconomicResource](ctx, i.ResourceInventoriedAs)
}

// ResourceConformsTo is the kind of resource or work.
func (intents) ResourceConformsTo(ctx context.Context, i *valueflows.Intent) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, i.ResourceConformsTo)
}

// Stage is the kind of process that the resource must last have come out of.
func (intents) Stage(ctx context.Context, i *valueflows.Intent) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, i.Stage)
}

// HasBeginning is when it is to begin; where only a point in time was stated, that point.
func (intents) HasBeginning(_ context.Context, i *valueflows.Intent) (*valueflows.Time, error) {
	return firstOf(i.HasBeginning, i.HasPointInTime), nil
}

// HasEnd is when it is to end; where only a point in time was stated, that point.
func (intents) HasEnd(_ context.Context, i *valueflows.Intent) (*valueflows.Time, error) {
	return firstOf(i.HasEnd, i.HasPointInTime), nil
}

// InScopeOf are the agents that it is grouped under.
func (intents) InScopeOf(ctx context.Context, i *valueflows.Intent) ([]model.Agent, error) {
	return severalAgents(ctx, i.InScopeOf)
}

// SatisfiedBy are the commitments that satisfy it.
func (intents) SatisfiedBy(ctx context.Context, i *valueflows.Intent, _ *model.CommitmentFilterParams) ([]*valueflows.Commitment, error) {
	return plain[valueflows.Commitment](ctx, i)
}

// ObservedBy are the events that satisfy it, no commitment between.
func (intents) ObservedBy(ctx context.Context, i *valueflows.Intent, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, i)
}

// PublishedIn are the proposals that it is part of, as what is proposed or as
// what is wanted in return.
func (intents) PublishedIn(ctx context.Context, i *valueflows.Intent, _ *model.ProposalFilterParams) ([]*valueflows.Proposal, error) {
	return plain[valueflows.Proposal](ctx, i)
}

// Deletable tells whether the caller can delete it: no commitment, event or
// proposal names it.
func (intents) Deletable(ctx context.Context, i *valueflows.Intent) (*bool, error) {
	return toldOf(ctx, i)
}

// Intent is one intent.
func (q query) Intent(ctx context.Context, id string) (*valueflows.Intent, error) {
	return found[valueflows.Intent](ctx, q.node, id)
}

// Intents are the intents.
func (query) Intents(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.IntentFilterParams) (*model.IntentConnection, error) {
	return listed[valueflows.Intent](ctx, intentFilter(filter))
}

// CreateIntent adds an intent.
func (m mutation) CreateIntent(ctx context.Context, intent valueflows.Intent) (*generated.IntentResponse, error) {
	made, err := created(ctx, m.node, "intent", intent)
	return &generated.IntentResponse{Intent: made}, err
}

// UpdateIntent changes an intent.
func (m mutation) UpdateIntent(ctx context.Context, said model.IntentUpdate) (*generated.IntentResponse, error) {
	made, err := changed(ctx, m.node, "intent", said.Target, func(i *valueflows.Intent) error {
		set(&i.Name, said.Name)
		set(&i.Action, said.Action)
		set(&i.Provider, said.Provider)
		set(&i.Receiver, said.Receiver)
		set(&i.InputOf, said.InputOf)
		set(&i.OutputOf, said.OutputOf)
		set(&i.PlannedWithin, said.PlannedWithin)
		set(&i.ResourceInventoriedAs, said.ResourceInventoriedAs)
		set(&i.ResourceConformsTo, said.ResourceConformsTo)
		put(&i.ResourceClassifiedAs, said.ResourceClassifiedAs)
		put(&i.ResourceQuantity, said.ResourceQuantity)
		put(&i.EffortQuantity, said.EffortQuantity)
		set(&i.Stage, said.Stage)
		set(&i.State, said.State)
		put(&i.HasBeginning, said.HasBeginning)
		put(&i.HasEnd, said.HasEnd)
		put(&i.HasPointInTime, said.HasPointInTime)
		put(&i.Due, said.Due)
		put(&i.Finished, said.Finished)
		set(&i.Note, said.Note)
		set(&i.AgreedIn, said.AgreedIn)
		put(&i.InScopeOf, said.InScopeOf)
		set(&i.Image, said.Image)
		put(&i.ImageList, said.ImageList)
		put(&i.AvailableQuantity, said.AvailableQuantity)
		put(&i.MinimumQuantity, said.MinimumQuantity)
		return nil
	})
	return &generated.IntentResponse{Intent: made}, err
}

// DeleteIntent deletes an intent that nothing names.
func (m mutation) DeleteIntent(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Intent](ctx, m.node, revisionID, id)
}
