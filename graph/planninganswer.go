package graph

import (
	"context"

	"disconode/graph/model"
	"disconode/valueflows"
)

// What answers the fields of planning that lead to records.
type (
	criticalPaths   struct{}
	criticalSteps   struct{}
	shortages       struct{}
	possibleSources struct{}
	matches         struct{}
	allocations     struct{}
	planDeliveries  struct{}
	surpluses       struct{}
	planMoves       struct{}
	lateDeliveries  struct{}
	planGaps        struct{}
)

// Longest is a chain of processes that takes as long as the whole plan.
func (criticalPaths) Longest(ctx context.Context, r *model.CriticalPath) ([]*valueflows.Process, error) {
	return several[valueflows.Process](ctx, r.Longest)
}

// Process is what is to be done.
func (criticalSteps) Process(ctx context.Context, r *model.CriticalStep) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, r.Process)
}

// ResourceConformsTo is what is short.
func (shortages) ResourceConformsTo(ctx context.Context, r *model.Shortage) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, r.Specification)
}

// Stage is what it must last have come out of.
func (shortages) Stage(ctx context.Context, r *model.Shortage) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, r.Stage)
}

// Flow is what it is wanted for, or asked for with.
func (shortages) Flow(ctx context.Context, r *model.Shortage) (model.PlanItem, error) {
	return itemOf(ctx, r.Flow)
}

// Agent is from whom it could come.
func (possibleSources) Agent(ctx context.Context, r *model.PossibleSource) (model.Agent, error) {
	return agent(ctx, r.Agent)
}

// Offer is what the agent offers.
func (possibleSources) Offer(ctx context.Context, r *model.PossibleSource) (*valueflows.Intent, error) {
	return one[valueflows.Intent](ctx, r.Offer)
}

// Intent is what fits.
func (matches) Intent(ctx context.Context, r *model.Match) (*valueflows.Intent, error) {
	return one[valueflows.Intent](ctx, r.Intent)
}

// Proposal is what publishes it.
func (matches) Proposal(ctx context.Context, r *model.Match) (*valueflows.Proposal, error) {
	return one[valueflows.Proposal](ctx, r.Proposal)
}

// Agent is whose it is.
func (matches) Agent(ctx context.Context, r *model.Match) (model.Agent, error) {
	return agent(ctx, r.Agent)
}

// ResourceConformsTo is what is needed.
func (allocations) ResourceConformsTo(ctx context.Context, r *model.Allocation) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, r.Specification)
}

// Resource is the stock that it is of.
func (allocations) Resource(ctx context.Context, r *model.Allocation) (*valueflows.EconomicResource, error) {
	return one[valueflows.EconomicResource](ctx, r.Resource)
}

// Flow is what brings it.
func (allocations) Flow(ctx context.Context, r *model.Allocation) (model.PlanItem, error) {
	return itemOf(ctx, r.Flow)
}

// For is the flow that needs it.
func (allocations) For(ctx context.Context, r *model.Allocation) (model.PlanItem, error) {
	return itemOf(ctx, r.For)
}

// Commitment is the promise to its receiver.
func (planDeliveries) Commitment(ctx context.Context, r *model.PlanDelivery) (*valueflows.Commitment, error) {
	return one[valueflows.Commitment](ctx, r.Commitment)
}

// ResourceConformsTo is what is over.
func (surpluses) ResourceConformsTo(ctx context.Context, r *model.Surplus) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, r.Specification)
}

// Stage is what it last came out of.
func (surpluses) Stage(ctx context.Context, r *model.Surplus) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, r.Stage)
}

// Flow is what brings it.
func (surpluses) Flow(ctx context.Context, r *model.Surplus) (model.PlanItem, error) {
	return itemOf(ctx, r.Flow)
}

// Process is what moves.
func (planMoves) Process(ctx context.Context, r *model.PlanMove) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, r.Process)
}

// Because is what it waits for.
func (planMoves) Because(ctx context.Context, r *model.PlanMove) (model.PlanItem, error) {
	return itemOf(ctx, r.Because)
}

// Commitment is the deliverable.
func (lateDeliveries) Commitment(ctx context.Context, r *model.LateDelivery) (*valueflows.Commitment, error) {
	return one[valueflows.Commitment](ctx, r.Commitment)
}

// Flow is what will not have all.
func (planGaps) Flow(ctx context.Context, r *model.PlanGap) (model.PlanItem, error) {
	return itemOf(ctx, r.Flow)
}

// Process is what it goes into.
func (planGaps) Process(ctx context.Context, r *model.PlanGap) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, r.Process)
}

// ResourceConformsTo is what will be missing.
func (planGaps) ResourceConformsTo(ctx context.Context, r *model.PlanGap) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, r.Kind.Specification)
}

// Stage is what it must last have come out of.
func (planGaps) Stage(ctx context.Context, r *model.PlanGap) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, r.Kind.Stage)
}
