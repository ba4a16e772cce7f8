package node

import (
	"context"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// SpecificationRollUp is what one of a specification should be worth by the
// recipes that the caller reads ([flow.RollupStandard]).
//
// It fails with [ErrNotFound], and with a [*valueflows.InputError]: WRONG_CLASS
// of a resource or a recipe, TOO_MUCH, and as [flow.RollupStandard] does.
func (n *Node) SpecificationRollUp(ctx context.Context, specification valueflows.ID, prices PriceList, o RollupOptions) (*Rollup, error) {
	if err := n.seesAccounts(PrincipalOf(ctx)); err != nil {
		return nil, err
	}
	if _, err := rolledUp[valueflows.ResourceSpecification](ctx, n, specification, "specification"); err != nil {
		return nil, err
	}
	return n.standardRollUp(ctx, specification, prices, o)
}

// RecipeRollUp is what one of the primary output of a recipe should be worth,
// its processes going before others that make the same.
//
// It fails as [Node.SpecificationRollUp] does, WRONG_CLASS of a resource or a
// specification, and REQUIRED where the recipe does not say what it makes.
func (n *Node) RecipeRollUp(ctx context.Context, recipe valueflows.ID, prices PriceList, o RollupOptions) (*Rollup, error) {
	if err := n.seesAccounts(PrincipalOf(ctx)); err != nil {
		return nil, err
	}
	r, err := rolledUp[valueflows.Recipe](ctx, n, recipe, "recipe")
	if err != nil {
		return nil, err
	}
	if r.PrimaryOutput.IsZero() {
		return nil, valueflows.At(valueflows.Invalid("REQUIRED", "the recipe does not say what it makes: give it a primary output, or ask for a specification"), "recipe")
	}
	o.Choose = append(append([]valueflows.ID{}, o.Choose...), r.RecipeIncludes...)
	return n.standardRollUp(ctx, r.PrimaryOutput, prices, o)
}

func (n *Node) standardRollUp(ctx context.Context, of valueflows.ID, prices PriceList, o RollupOptions) (*Rollup, error) {
	o, err := bounded(prices, o)
	if err != nil {
		return nil, err
	}
	sight, err := n.sight(ctx, PrincipalOf(ctx))
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
