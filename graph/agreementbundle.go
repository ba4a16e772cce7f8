package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type agreementBundles struct {
	records[valueflows.AgreementBundle]
}

// Agreements are the agreements that belong to it.
func (agreementBundles) Agreements(ctx context.Context, b *valueflows.AgreementBundle, _ *model.AgreementFilterParams) ([]*valueflows.Agreement, error) {
	return plain[valueflows.Agreement](ctx, b)
}

// Bundles are the same as agreements, by its name in the vocabulary.
func (agreementBundles) Bundles(ctx context.Context, b *valueflows.AgreementBundle, _ *model.AgreementFilterParams) ([]*valueflows.Agreement, error) {
	return plain[valueflows.Agreement](ctx, b)
}

// AgreementBundle is one agreement bundle.
func (q query) AgreementBundle(ctx context.Context, id string) (*valueflows.AgreementBundle, error) {
	return found[valueflows.AgreementBundle](ctx, q.node, id)
}

// AgreementBundles are the agreement bundles.
func (query) AgreementBundles(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.AgreementBundleFilterParams) (*model.AgreementBundleConnection, error) {
	return listed[valueflows.AgreementBundle](ctx, agreementBundleFilter(filter))
}

// CreateAgreementBundle adds an agreement bundle.
func (m mutation) CreateAgreementBundle(ctx context.Context, agreementBundle valueflows.AgreementBundle) (*generated.AgreementBundleResponse, error) {
	made, err := created(ctx, m.node, "agreementBundle", agreementBundle)
	return &generated.AgreementBundleResponse{AgreementBundle: made}, err
}

// UpdateAgreementBundle changes an agreement bundle.
func (m mutation) UpdateAgreementBundle(ctx context.Context, said model.AgreementBundleUpdate) (*generated.AgreementBundleResponse, error) {
	made, err := changed(ctx, m.node, "agreementBundle", said.Target, func(b *valueflows.AgreementBundle) error {
		set(&b.Name, said.Name)
		set(&b.Note, said.Note)
		put(&b.Created, said.Created)
		return nil
	})
	return &generated.AgreementBundleResponse{AgreementBundle: made}, err
}

// DeleteAgreementBundle deletes an agreement bundle that nothing names.
func (m mutation) DeleteAgreementBundle(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.AgreementBundle](ctx, m.node, revisionID, id)
}
