package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type measures struct{}

// HasUnit is the unit that a quantity counts.
func (measures) HasUnit(ctx context.Context, m *valueflows.Measure) (*valueflows.Unit, error) {
	return one[valueflows.Unit](ctx, m.HasUnit)
}

// Unit is one unit.
func (q query) Unit(ctx context.Context, id string) (*valueflows.Unit, error) {
	return found[valueflows.Unit](ctx, q.node, id)
}

// Units are the units of OM2 and those made on this node.
func (query) Units(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.UnitFilterParams) (*model.UnitConnection, error) {
	return listed[valueflows.Unit](ctx, unitFilter(filter))
}

// CreateUnit adds a unit.
func (m mutation) CreateUnit(ctx context.Context, unit valueflows.Unit) (*generated.UnitResponse, error) {
	made, err := created(ctx, m.node, "unit", unit)
	return &generated.UnitResponse{Unit: made}, err
}

// UpdateUnit changes a unit that was made on this node.
func (m mutation) UpdateUnit(ctx context.Context, unit model.UnitUpdate) (*generated.UnitResponse, error) {
	made, err := changed(ctx, m.node, "unit", unit.Target, func(u *valueflows.Unit) error {
		set(&u.Label, unit.Label)
		set(&u.Symbol, unit.Symbol)
		put(&u.ClassifiedAs, unit.ClassifiedAs)
		return fixed(u.OMUnitIdentifier, unit.OmUnitIdentifier, "omUnitIdentifier", "what a unit is cannot be changed: create another one")
	})
	return &generated.UnitResponse{Unit: made}, err
}

// DeleteUnit deletes a unit that nothing counts in.
func (m mutation) DeleteUnit(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Unit](ctx, m.node, revisionID, id)
}
