package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type recipeExchanges struct {
	records[valueflows.RecipeExchange]
}

// RecipeClauses is what is given: recipeStipulates in the vocabulary.
func (recipeExchanges) RecipeClauses(ctx context.Context, e *valueflows.RecipeExchange, _ *model.RecipeFlowFilterParams) ([]*valueflows.RecipeFlow, error) {
	return plain[valueflows.RecipeFlow](ctx, e)
}

// RecipeReciprocalClauses is what is given in return:
// recipeStipulatesReciprocal in the vocabulary.
func (recipeExchanges) RecipeReciprocalClauses(ctx context.Context, e *valueflows.RecipeExchange, _ *model.RecipeFlowFilterParams) ([]*valueflows.RecipeFlow, error) {
	return plain[valueflows.RecipeFlow](ctx, e)
}

// RecipeExchange is one recipe exchange.
func (q query) RecipeExchange(ctx context.Context, id string) (*valueflows.RecipeExchange, error) {
	return found[valueflows.RecipeExchange](ctx, q.node, id)
}

// RecipeExchanges are the recipe exchanges.
func (query) RecipeExchanges(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.RecipeExchangeFilterParams) (*model.RecipeExchangeConnection, error) {
	return listed[valueflows.RecipeExchange](ctx, recipeExchangeFilter(filter))
}

// CreateRecipeExchange adds a recipe exchange.
func (m mutation) CreateRecipeExchange(ctx context.Context, recipeExchange valueflows.RecipeExchange) (*generated.RecipeExchangeResponse, error) {
	made, err := created(ctx, m.node, "recipeExchange", recipeExchange)
	return &generated.RecipeExchangeResponse{RecipeExchange: made}, err
}

// UpdateRecipeExchange changes a recipe exchange.
func (m mutation) UpdateRecipeExchange(ctx context.Context, said model.RecipeExchangeUpdate) (*generated.RecipeExchangeResponse, error) {
	made, err := changed(ctx, m.node, "recipeExchange", said.Target, func(e *valueflows.RecipeExchange) error {
		set(&e.Name, said.Name)
		set(&e.Note, said.Note)
		return nil
	})
	return &generated.RecipeExchangeResponse{RecipeExchange: made}, err
}

// DeleteRecipeExchange deletes a recipe exchange that nothing names.
func (m mutation) DeleteRecipeExchange(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.RecipeExchange](ctx, m.node, revisionID, id)
}
