package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type agreements struct {
	records[valueflows.Agreement]
}

// BundledIn is the bundle that it belongs to.
func (agreements) BundledIn(ctx context.Context, a *valueflows.Agreement) (*valueflows.AgreementBundle, error) {
	return one[valueflows.AgreementBundle](ctx, a.BundledIn)
}

// Commitments are its clauses, on both sides.
func (agreements) Commitments(ctx context.Context, a *valueflows.Agreement, _ *model.CommitmentFilterParams) ([]*valueflows.Commitment, error) {
	return plain[valueflows.Commitment](ctx, a)
}

// Stipulates is what is promised in it.
func (agreements) Stipulates(ctx context.Context, a *valueflows.Agreement, _ *model.CommitmentFilterParams) ([]*valueflows.Commitment, error) {
	return plain[valueflows.Commitment](ctx, a)
}

// StipulatesReciprocal is what is promised in return.
func (agreements) StipulatesReciprocal(ctx context.Context, a *valueflows.Agreement, _ *model.CommitmentFilterParams) ([]*valueflows.Commitment, error) {
	return plain[valueflows.Commitment](ctx, a)
}

// EconomicEvents are all events that came of it: directly, and by fulfilling its clauses.
func (agreements) EconomicEvents(ctx context.Context, a *valueflows.Agreement, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, a)
}

// Realizes are the events that say they came of it.
func (agreements) Realizes(ctx context.Context, a *valueflows.Agreement, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, a)
}

// RealizesReciprocal are the events that say they came of it in return.
func (agreements) RealizesReciprocal(ctx context.Context, a *valueflows.Agreement, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, a)
}

// UnplannedEconomicEvents are the events that came of it and fulfil nothing that was promised.
func (agreements) UnplannedEconomicEvents(ctx context.Context, a *valueflows.Agreement, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, a)
}

// InvolvedAgents are the providers and receivers of its clauses and its events.
func (agreements) InvolvedAgents(ctx context.Context, a *valueflows.Agreement, _ *int, _ *string, _ *int, _ *string, _ *model.AgentFilterParams) (*model.AgentConnection, error) {
	return pagedAs(ctx, a, model.AgentOf)
}

// Agreement is one agreement.
func (q query) Agreement(ctx context.Context, id string) (*valueflows.Agreement, error) {
	return found[valueflows.Agreement](ctx, q.node, id)
}

// Agreements are the agreements.
func (query) Agreements(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.AgreementFilterParams) (*model.AgreementConnection, error) {
	return listed[valueflows.Agreement](ctx, agreementFilter(filter))
}

// CreateAgreement adds an agreement.
func (m mutation) CreateAgreement(ctx context.Context, agreement *valueflows.Agreement) (*generated.AgreementResponse, error) {
	if agreement == nil {
		agreement = &valueflows.Agreement{}
	}
	made, err := created(ctx, m.node, "agreement", *agreement)
	return &generated.AgreementResponse{Agreement: made}, err
}

// UpdateAgreement changes an agreement.
func (m mutation) UpdateAgreement(ctx context.Context, said *model.AgreementUpdate) (*generated.AgreementResponse, error) {
	if said == nil {
		said = &model.AgreementUpdate{}
	}
	made, err := changed(ctx, m.node, "agreement", said.Target, func(a *valueflows.Agreement) error {
		set(&a.Name, said.Name)
		set(&a.Note, said.Note)
		put(&a.Created, said.Created)
		set(&a.BundledIn, said.BundledIn)
		return nil
	})
	return &generated.AgreementResponse{Agreement: made}, err
}

// DeleteAgreement deletes an agreement that nothing names.
func (m mutation) DeleteAgreement(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Agreement](ctx, m.node, revisionID, id)
}
