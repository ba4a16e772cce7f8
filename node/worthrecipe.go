package node

import (
	"context"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// StandardRollUp is what one of a specification should be worth by the recipes
// that the caller reads, or what comes out of a recipe ([flow.RollupStandard]).
//
// It fails with [ErrNotFound] where the id is of neither, and with a
// [*valueflows.InputError]: REQUIRED where the recipe does not say what it
// makes, TOO_MUCH, and as [flow.RollupStandard] does.
func (n *Node) StandardRollUp(ctx context.Context, of valueflows.ID, prices PriceList, o RollupOptions) (*Rollup, error) {
	p := PrincipalOf(ctx)
	if err := n.seesAccounts(p); err != nil {
		return nil, err
	}
	o, err := bounded(prices, o)
	if err != nil {
		return nil, err
	}
	recipe, err := Get[valueflows.Recipe](ctx, n, of)
	switch {
	case err == nil:
		if of = recipe.PrimaryOutput; of.IsZero() {
			return nil, valueflows.At(valueflows.Invalid("REQUIRED", "the recipe does not say what it makes: give it a primary output, or ask for a specification"), "primaryOutput")
		}
		o.Choose = append(append([]valueflows.ID{}, o.Choose...), recipe.RecipeIncludes...)
	case err == ErrNotFound:
		if _, err := Get[valueflows.ResourceSpecification](ctx, n, of); err != nil {
			return nil, err
		}
	default:
		return nil, err
	}
	sight, err := n.sight(ctx, p)
	if err != nil {
		return nil, err
	}
	found, err := flow.RollupStandard(&rollupRecipes{ctx, n, sight, o.RecordsMax}, prices, of, o)
	return found, outward(tooMuch(err))
}

// rollupRecipes are the recipes that a LAB reads as a roll-up reads them.
type rollupRecipes struct {
	ctx   context.Context
	n     *Node
	sight store.Sight
	most  int
}

var _ flow.RollupRecipes = (*rollupRecipes)(nil)

func (r *rollupRecipes) FlowsOf(specifications []valueflows.ID) ([]*valueflows.RecipeFlow, error) {
	return r.n.store.RecipeFlowsOf(r.ctx, r.sight, specifications, r.most)
}

func (r *rollupRecipes) Processes(ids []valueflows.ID) ([]*valueflows.RecipeProcess, error) {
	return store.Linked[valueflows.RecipeProcess](r.ctx, r.n.store, r.sight, ids, store.LinkSelf)
}

func (r *rollupRecipes) FlowsIn(processes, exchanges []valueflows.ID) ([]*valueflows.RecipeFlow, error) {
	return r.n.store.RecipeFlowsIn(r.ctx, r.sight, processes, exchanges, r.most)
}
