package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type plans struct {
	records[valueflows.Plan]
}

// StartDate is when the first of its processes begins.
func (plans) StartDate(ctx context.Context, p *valueflows.Plan) (*valueflows.Time, error) {
	return derivedOf[*valueflows.Time](ctx, p)
}

// EndDate is when the last of its processes ends.
func (plans) EndDate(ctx context.Context, p *valueflows.Plan) (*valueflows.Time, error) {
	return derivedOf[*valueflows.Time](ctx, p)
}

// Finished tells whether all of its processes are finished; null where it has none.
func (plans) Finished(ctx context.Context, p *valueflows.Plan) (*bool, error) {
	return derivedOf[*bool](ctx, p)
}

// Deletable tells whether the caller can delete it: no process, commitment or
// intent is part of it.
func (plans) Deletable(ctx context.Context, p *valueflows.Plan) (*bool, error) {
	return toldOf(ctx, p)
}

// InvolvedAgents are the providers and receivers of its events, commitments and
// intents, those of its processes too.
func (plans) InvolvedAgents(ctx context.Context, p *valueflows.Plan, _ *int, _ *string, _ *int, _ *string, _ *model.AgentFilterParams) (*model.AgentConnection, error) {
	return pagedAs(ctx, p, model.AgentOf)
}

// Processes are the processes that are part of it.
func (plans) Processes(ctx context.Context, p *valueflows.Plan, _ *model.ProcessFilterParams) ([]*valueflows.Process, error) {
	return plain[valueflows.Process](ctx, p)
}

// IndependentDemands are the commitments that it delivers: hasIndependentDemand
// in the vocabulary.
func (plans) IndependentDemands(ctx context.Context, p *valueflows.Plan, _ *model.CommitmentFilterParams) ([]*valueflows.Commitment, error) {
	return plain[valueflows.Commitment](ctx, p)
}

// NonProcessCommitments are the commitments that are part of it, and of none of its processes.
func (plans) NonProcessCommitments(ctx context.Context, p *valueflows.Plan, _ *model.CommitmentFilterParams) ([]*valueflows.Commitment, error) {
	return plain[valueflows.Commitment](ctx, p)
}

// NonProcessIntents are the intents that are part of it, and of none of its processes.
func (plans) NonProcessIntents(ctx context.Context, p *valueflows.Plan, _ *model.IntentFilterParams) ([]*valueflows.Intent, error) {
	return plain[valueflows.Intent](ctx, p)
}

// EconomicEvents are the events of its processes, and those that fulfil or
// satisfy what is part of it.
func (plans) EconomicEvents(ctx context.Context, p *valueflows.Plan, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, p)
}

// Plan is one plan.
func (q query) Plan(ctx context.Context, id string) (*valueflows.Plan, error) {
	return found[valueflows.Plan](ctx, q.node, id)
}

// Plans are the plans.
func (query) Plans(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.PlanFilterParams) (*model.PlanConnection, error) {
	return listed[valueflows.Plan](ctx, planFilter(filter))
}

// CreatePlan adds a plan.
func (m mutation) CreatePlan(ctx context.Context, plan valueflows.Plan) (*generated.PlanResponse, error) {
	made, err := created(ctx, m.node, "plan", plan)
	return &generated.PlanResponse{Plan: made}, err
}

// UpdatePlan changes a plan.
func (m mutation) UpdatePlan(ctx context.Context, said model.PlanUpdate) (*generated.PlanResponse, error) {
	made, err := changed(ctx, m.node, "plan", said.Target, func(p *valueflows.Plan) error {
		set(&p.Name, said.Name)
		set(&p.Note, said.Note)
		put(&p.Due, said.Due)
		put(&p.Created, said.Created)
		return nil
	})
	return &generated.PlanResponse{Plan: made}, err
}

// DeletePlan deletes a plan that nothing names.
func (m mutation) DeletePlan(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Plan](ctx, m.node, revisionID, id)
}
