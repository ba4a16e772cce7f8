package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type recipes struct {
	records[valueflows.Recipe]
}

// PrimaryOutput is the kind of resource that it is for.
func (recipes) PrimaryOutput(ctx context.Context, r *valueflows.Recipe) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, r.PrimaryOutput)
}

// RecipeIncludes are the processes that belong to it.
func (recipes) RecipeIncludes(ctx context.Context, r *valueflows.Recipe) ([]*valueflows.RecipeProcess, error) {
	return several[valueflows.RecipeProcess](ctx, r.RecipeIncludes)
}

// Recipe is one recipe.
func (q query) Recipe(ctx context.Context, id string) (*valueflows.Recipe, error) {
	return found[valueflows.Recipe](ctx, q.node, id)
}

// Recipes are the recipes.
func (query) Recipes(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.RecipeFilterParams) (*model.RecipeConnection, error) {
	return listed[valueflows.Recipe](ctx, recipeFilter(filter))
}

// CreateRecipe adds a recipe.
func (m mutation) CreateRecipe(ctx context.Context, recipe valueflows.Recipe) (*generated.RecipeResponse, error) {
	made, err := created(ctx, m.node, "recipe", recipe)
	return &generated.RecipeResponse{Recipe: made}, err
}

// UpdateRecipe changes a recipe.
func (m mutation) UpdateRecipe(ctx context.Context, said model.RecipeUpdate) (*generated.RecipeResponse, error) {
	made, err := changed(ctx, m.node, "recipe", said.Target, func(r *valueflows.Recipe) error {
		set(&r.Name, said.Name)
		set(&r.Note, said.Note)
		set(&r.PrimaryOutput, said.PrimaryOutput)
		put(&r.RecipeIncludes, said.RecipeIncludes)
		return nil
	})
	return &generated.RecipeResponse{Recipe: made}, err
}

// DeleteRecipe deletes a recipe that nothing names.
func (m mutation) DeleteRecipe(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Recipe](ctx, m.node, revisionID, id)
}
