package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type lots struct {
	records[valueflows.BatchLotRecord]
}

// EconomicResources are the resources of the lot.
func (lots) EconomicResources(ctx context.Context, b *valueflows.BatchLotRecord, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicResourceFilterParams) (*model.EconomicResourceConnection, error) {
	return paged[valueflows.EconomicResource](ctx, b)
}

// BatchLotRecord is one lot.
func (q query) BatchLotRecord(ctx context.Context, id string) (*valueflows.BatchLotRecord, error) {
	return found[valueflows.BatchLotRecord](ctx, q.node, id)
}

// BatchLotRecords are the lots.
func (query) BatchLotRecords(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.BatchLotRecordFilterParams) (*model.BatchLotRecordConnection, error) {
	return listed[valueflows.BatchLotRecord](ctx, batchLotRecordFilter(filter))
}

// CreateBatchLotRecord adds a lot.
func (m mutation) CreateBatchLotRecord(ctx context.Context, lot valueflows.BatchLotRecord) (*generated.BatchLotRecordResponse, error) {
	made, err := created(ctx, m.node, "batchLotRecord", lot)
	return &generated.BatchLotRecordResponse{BatchLotRecord: made}, err
}

// UpdateBatchLotRecord changes a lot.
func (m mutation) UpdateBatchLotRecord(ctx context.Context, said model.BatchLotRecordUpdate) (*generated.BatchLotRecordResponse, error) {
	made, err := changed(ctx, m.node, "batchLotRecord", said.Target, func(b *valueflows.BatchLotRecord) error {
		set(&b.BatchLotCode, said.BatchLotCode)
		put(&b.ExpirationDate, said.ExpirationDate)
		return nil
	})
	return &generated.BatchLotRecordResponse{BatchLotRecord: made}, err
}

// DeleteBatchLotRecord deletes a lot that no resource is of.
func (m mutation) DeleteBatchLotRecord(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.BatchLotRecord](ctx, m.node, revisionID, id)
}
