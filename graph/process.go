package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/graph/scalar"
	"disconode/valueflows"
)

type processes struct {
	records[valueflows.Process]
	beside[valueflows.Process]
}

// BasedOn is the kind of process it is.
func (processes) BasedOn(ctx context.Context, p *valueflows.Process) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, p.BasedOn)
}

// InScopeOf is the agent it is grouped under.
func (processes) InScopeOf(ctx context.Context, p *valueflows.Process) ([]model.Agent, error) {
	return scope(ctx, p.InScopeOf)
}

// Deletable tells whether the caller can delete it: no event, commitment or
// intent names it.
func (processes) Deletable(ctx context.Context, p *valueflows.Process) (*bool, error) {
	return toldOf(ctx, p)
}

// InvolvedAgents are the parties of its events, and of what is planned in it.
func (processes) InvolvedAgents(ctx context.Context, p *valueflows.Process, _ *int, _ *string, _ *int, _ *string, _ *model.AgentFilterParams) (*model.AgentConnection, error) {
	return pagedAs(ctx, p, model.AgentOf)
}

// WorkingAgents are the providers of the work in it.
func (processes) WorkingAgents(ctx context.Context, p *valueflows.Process, _ *int, _ *string, _ *int, _ *string, _ *model.AgentFilterParams) (*model.AgentConnection, error) {
	return pagedAs(ctx, p, model.AgentOf)
}

// ObservedInputs are the events that went into it.
func (processes) ObservedInputs(ctx context.Context, p *valueflows.Process, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, p)
}

// ObservedOutputs are the events that came out of it.
func (processes) ObservedOutputs(ctx context.Context, p *valueflows.Process, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, p)
}

// UnplannedInputs are the events that went into it without a plan.
func (processes) UnplannedInputs(ctx context.Context, p *valueflows.Process, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, p)
}

// UnplannedOutputs are the events that came out of it without a plan.
func (processes) UnplannedOutputs(ctx context.Context, p *valueflows.Process, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, p)
}

// PlannedWithin is the plan that it is part of.
func (processes) PlannedWithin(ctx context.Context, p *valueflows.Process) (*valueflows.Plan, error) {
	return one[valueflows.Plan](ctx, p.PlannedWithin)
}

// CommittedInputs is what was promised to go into it.
func (processes) CommittedInputs(ctx context.Context, p *valueflows.Process, _ *model.CommitmentFilterParams) ([]*valueflows.Commitment, error) {
	return plain[valueflows.Commitment](ctx, p)
}

// CommittedOutputs is what was promised to come out of it.
func (processes) CommittedOutputs(ctx context.Context, p *valueflows.Process, _ *model.CommitmentFilterParams) ([]*valueflows.Commitment, error) {
	return plain[valueflows.Commitment](ctx, p)
}

// IntendedInputs is what is wanted to go into it.
func (processes) IntendedInputs(ctx context.Context, p *valueflows.Process, _ *model.IntentFilterParams) ([]*valueflows.Intent, error) {
	return plain[valueflows.Intent](ctx, p)
}

// IntendedOutputs is what is wanted to come out of it.
func (processes) IntendedOutputs(ctx context.Context, p *valueflows.Process, _ *model.IntentFilterParams) ([]*valueflows.Intent, error) {
	return plain[valueflows.Intent](ctx, p)
}

// UnplannedEconomicEvents are the events into and out of it that fulfil or
// satisfy nothing that was planned.
func (processes) UnplannedEconomicEvents(ctx context.Context, p *valueflows.Process, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, p)
}

// Process is one process.
func (q query) Process(ctx context.Context, id string) (*valueflows.Process, error) {
	return found[valueflows.Process](ctx, q.node, id)
}

// Processes are the processes.
func (query) Processes(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.ProcessFilterParams) (*model.ProcessConnection, error) {
	return listed[valueflows.Process](ctx, processFilter(filter))
}

// CreateProcess adds a process.
func (m mutation) CreateProcess(ctx context.Context, process valueflows.Process) (*generated.ProcessResponse, error) {
	made, err := created(ctx, m.node, "process", process)
	return &generated.ProcessResponse{Process: made}, err
}

// UpdateProcess changes a process.
func (m mutation) UpdateProcess(ctx context.Context, said model.ProcessUpdate) (*generated.ProcessResponse, error) {
	made, err := changed(ctx, m.node, "process", said.Target, func(p *valueflows.Process) error {
		set(&p.Name, said.Name)
		put(&p.HasBeginning, said.HasBeginning)
		put(&p.HasEnd, said.HasEnd)
		put(&p.Finished, said.Finished)
		set(&p.Note, said.Note)
		put(&p.ClassifiedAs, said.ClassifiedAs)
		set(&p.BasedOn, said.BasedOn)
		set(&p.PlannedWithin, said.PlannedWithin)
		if ids, ok := said.InScopeOf.ValueOK(); ok {
			return group(p, ids)
		}
		return nil
	})
	return &generated.ProcessResponse{Process: made}, err
}

// DeleteProcess deletes a process that nothing names.
func (m mutation) DeleteProcess(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Process](ctx, m.node, revisionID, id)
}

// group puts a process into the scope of one agent, or of none.
func group(p *valueflows.Process, ids []valueflows.ID) error {
	if len(ids) > 1 {
		return valueflows.At(valueflows.Invalid("TOO_MANY", "a process is in the scope of one agent at most"), "inScopeOf")
	}
	p.InScopeOf = valueflows.ID{}
	if len(ids) == 1 {
		p.InScopeOf = ids[0]
	}
	return nil
}

// processInput reads what the struct of a process says in another way.
type processInput struct{}

// InScopeOf reads the agent that a new process is grouped under.
func (processInput) InScopeOf(ctx context.Context, p *valueflows.Process, texts []string) error {
	ids := make([]valueflows.ID, len(texts))
	for i, text := range texts {
		var err error
		if ids[i], err = scalar.UnmarshalID(ctx, text); err != nil {
			return valueflows.At(err, "inScopeOf")
		}
	}
	return group(p, ids)
}
