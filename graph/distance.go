package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/scalar"
	"disconode/valueflows"
)

// nearby is the link from proposals to whether they hold near a point.
type nearby struct{ selected }

func (nearby) wants(owners []any) (reader, []valueflows.ID) {
	ids := make([]valueflows.ID, len(owners))
	for i, owner := range owners {
		ids[i] = owner.(*valueflows.Proposal).EligibleLocation
	}
	return class[valueflows.SpatialThing]{}, ids
}

func (nearby) follow(context.Context, []any, graphql.CollectedField) ([]any, error) { return nil, nil }

// write leaves what is asked in a wrong way to the resolver, which says so.
func (nearby) write(d *direct, owner any, f graphql.CollectedField) bool {
	arguments := f.ArgumentMap(d.operation.Variables)
	var numbers [3]valueflows.Decimal
	for i, name := range []string{"lat", "long", "kilometres"} {
		var err error
		if numbers[i], err = scalar.UnmarshalDecimal(arguments[name]); err != nil {
			return false
		}
	}
	var place *valueflows.SpatialThing
	if found := recordsOf[valueflows.SpatialThing](d.loads, []valueflows.ID{owner.(*valueflows.Proposal).EligibleLocation}, nil); len(found) > 0 {
		place = found[0].(*valueflows.SpatialThing)
	}
	is, err := isWithin(place, numbers[0], numbers[1], numbers[2])
	switch {
	case err != nil:
		return false
	case is == nil:
		d.null()
	default:
		d.truth(*is)
	}
	return true
}

// isWithin tells whether a place is near a point; nil where nobody says where it is.
func isWithin(place *valueflows.SpatialThing, lat, long, kilometres valueflows.Decimal) (*bool, error) {
	var there [2]valueflows.Decimal // checked as any point is, where no place says one
	stated := place != nil && place.Lat != nil && place.Long != nil
	if stated {
		there = [2]valueflows.Decimal{*place.Lat, *place.Long}
	}
	is, err := valueflows.Within(lat, long, there[0], there[1], kilometres)
	if err != nil || !stated {
		return nil, err
	}
	return &is, nil
}

// IsWithin tells whether it holds near a point.
func (proposals) IsWithin(ctx context.Context, p *valueflows.Proposal, lat, long, kilometres valueflows.Decimal) (*bool, error) {
	place, err := one[valueflows.SpatialThing](ctx, p.EligibleLocation)
	if err != nil {
		return nil, err
	}
	return isWithin(place, lat, long, kilometres)
}
