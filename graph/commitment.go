package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type commitments struct {
	records[valueflows.Commitment]
}

// Action is what is to happen.
func (commitments) Action(_ context.Context, c *valueflows.Commitment) (*model.Action, error) {
	return model.ActionOf(c.Action), nil
}

// Provider is who promises to give or do it.
func (commitments) Provider(ctx context.Context, c *valueflows.Commitment) (model.Agent, error) {
	return party(ctx, c.Provider)
}

// Receiver is who it is promised to.
func (commitments) Receiver(ctx context.Context, c *valueflows.Commitment) (model.Agent, error) {
	return party(ctx, c.Receiver)
}

// InputOf is the process that it is to go into.
func (commitments) InputOf(ctx context.Context, c *valueflows.Commitment) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, c.InputOf)
}

// OutputOf is the process that it is to come out of.
func (commitments) OutputOf(ctx context.Context, c *valueflows.Commitment) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, c.OutputOf)
}

// PlannedWithin is the plan that it is part of.
func (commitments) PlannedWithin(ctx context.Context, c *valueflows.Commitment) (*valueflows.Plan, error) {
	return one[valueflows.Plan](ctx, c.PlannedWithin)
}

// ResourceInventoriedAs is the very resource that is meant, where it is known.
func (commitments) ResourceInventoriedAs(ctx context.Context, c *valueflows.Commitment) (*valueflows.EconomicResource, error) {
	return one[valueflows.EconomicResource](ctx, c.ResourceInventoriedAs)
}

// ResourceConformsTo is the kind of resource or work.
func (commitments) ResourceConformsTo(ctx context.Context, c *valueflows.Commitment) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, c.ResourceConformsTo)
}

// Stage is the kind of process that the resource must last have come out of.
func (commitments) Stage(ctx context.Context, c *valueflows.Commitment) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, c.Stage)
}

// HasBeginning is when it is to begin; where only a point in time was stated, that point.
func (commitments) HasBeginning(_ context.Context, c *valueflows.Commitment) (*valueflows.Time, error) {
	return firstOf(c.HasBeginning, c.HasPointInTime), nil
}

// HasEnd is when it is to end; where only a point in time was stated, that point.
func (commitments) HasEnd(_ context.Context, c *valueflows.Commitment) (*valueflows.Time, error) {
	return firstOf(c.HasEnd, c.HasPointInTime), nil
}

// InScopeOf are the agents that it is grouped under.
func (commitments) InScopeOf(ctx context.Context, c *valueflows.Commitment) ([]model.Agent, error) {
	return severalAgents(ctx, c.InScopeOf)
}

// Satisfies are the intents that it satisfies. The reference line has one here;
// a commitment can satisfy several.
func (commitments) Satisfies(ctx context.Context, c *valueflows.Commitment) ([]*valueflows.Intent, error) {
	return several[valueflows.Intent](ctx, c.Satisfies)
}

// ClauseOf is the agreement in which it is promised.
func (commitments) ClauseOf(ctx context.Context, c *valueflows.Commitment) (*valueflows.Agreement, error) {
	return one[valueflows.Agreement](ctx, c.ClauseOf)
}

// ReciprocalClauseOf is the agreement in which it is promised in return.
func (commitments) ReciprocalClauseOf(ctx context.Context, c *valueflows.Commitment) (*valueflows.Agreement, error) {
	return one[valueflows.Agreement](ctx, c.ReciprocalClauseOf)
}

// IndependentDemandOf is the plan that delivers it.
func (commitments) IndependentDemandOf(ctx context.Context, c *valueflows.Commitment) (*valueflows.Plan, error) {
	return one[valueflows.Plan](ctx, c.IndependentDemandOf)
}

// FulfilledBy are the events that fulfil it, wholly or in part.
func (commitments) FulfilledBy(ctx context.Context, c *valueflows.Commitment, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, c)
}

// InvolvedAgents are its provider and its receiver, each once.
func (commitments) InvolvedAgents(ctx context.Context, c *valueflows.Commitment) ([]model.Agent, error) {
	return severalAgents(ctx, commitmentParties(c))
}

// Deletable tells whether the caller can delete it: no event fulfils it.
func (commitments) Deletable(ctx context.Context, c *valueflows.Commitment) (*bool, error) {
	return toldOf(ctx, c)
}

// Commitment is one commitment.
func (q query) Commitment(ctx context.Context, id string) (*valueflows.Commitment, error) {
	return found[valueflows.Commitment](ctx, q.node, id)
}

// Commitments are the commitments.
func (query) Commitments(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.CommitmentFilterParams) (*model.CommitmentConnection, error) {
	return listed[valueflows.Commitment](ctx, commitmentFilter(filter))
}

// CreateCommitment adds a commitment.
func (m mutation) CreateCommitment(ctx context.Context, commitment valueflows.Commitment) (*generated.CommitmentResponse, error) {
	made, err := created(ctx, m.node, "commitment", commitment)
	return &generated.CommitmentResponse{Commitment: made}, err
}

// UpdateCommitment changes a commitment.
func (m mutation) UpdateCommitment(ctx context.Context, said model.CommitmentUpdate) (*generated.CommitmentResponse, error) {
	made, err := changed(ctx, m.node, "commitment", said.Target, func(c *valueflows.Commitment) error {
		set(&c.Action, said.Action)
		set(&c.Provider, said.Provider)
		set(&c.Receiver, said.Receiver)
		set(&c.InputOf, said.InputOf)
		set(&c.OutputOf, said.OutputOf)
		set(&c.PlannedWithin, said.PlannedWithin)
		set(&c.ResourceInventoriedAs, said.ResourceInventoriedAs)
		set(&c.ResourceConformsTo, said.ResourceConformsTo)
		put(&c.ResourceClassifiedAs, said.ResourceClassifiedAs)
		put(&c.ResourceQuantity, said.ResourceQuantity)
		put(&c.EffortQuantity, said.EffortQuantity)
		set(&c.Stage, said.Stage)
		set(&c.State, said.State)
		put(&c.HasBeginning, said.HasBeginning)
		put(&c.HasEnd, said.HasEnd)
		put(&c.HasPointInTime, said.HasPointInTime)
		put(&c.Due, said.Due)
		put(&c.Finished, said.Finished)
		set(&c.Note, said.Note)
		set(&c.AgreedIn, said.AgreedIn)
		put(&c.InScopeOf, said.InScopeOf)
		put(&c.Created, said.Created)
		put(&c.Satisfies, said.Satisfies)
		set(&c.ClauseOf, said.ClauseOf)
		set(&c.ReciprocalClauseOf, said.ReciprocalClauseOf)
		set(&c.IndependentDemandOf, said.IndependentDemandOf)
		return nil
	})
	return &generated.CommitmentResponse{Commitment: made}, err
}

// DeleteCommitment deletes a commitment that nothing names.
func (m mutation) DeleteCommitment(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Commitment](ctx, m.node, revisionID, id)
}
