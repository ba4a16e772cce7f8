package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type recipeProcesses struct {
	records[valueflows.RecipeProcess]
}

// HasDuration is how long it takes for one batch.
func (recipeProcesses) HasDuration(_ context.Context, p *valueflows.RecipeProcess) (*model.Duration, error) {
	return model.DurationOf(p.HasDuration), nil
}

// ProcessConformsTo is the kind of process it is.
func (recipeProcesses) ProcessConformsTo(ctx context.Context, p *valueflows.RecipeProcess) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, p.ProcessConformsTo)
}

// RecipeInputs are the flows into it: hasRecipeInput in the vocabulary.
func (recipeProcesses) RecipeInputs(ctx context.Context, p *valueflows.RecipeProcess, _ *model.RecipeFlowFilterParams) ([]*valueflows.RecipeFlow, error) {
	return plain[valueflows.RecipeFlow](ctx, p)
}

// RecipeOutputs are the flows out of it: hasRecipeOutput in the vocabulary.
func (recipeProcesses) RecipeOutputs(ctx context.Context, p *valueflows.RecipeProcess, _ *model.RecipeFlowFilterParams) ([]*valueflows.RecipeFlow, error) {
	return plain[valueflows.RecipeFlow](ctx, p)
}

// IncludedIn are the recipes that it belongs to.
func (recipeProcesses) IncludedIn(ctx context.Context, p *valueflows.RecipeProcess, _ *model.RecipeFilterParams) ([]*valueflows.Recipe, error) {
	return plain[valueflows.Recipe](ctx, p)
}

// RecipeProcess is one recipe process.
func (q query) RecipeProcess(ctx context.Context, id string) (*valueflows.RecipeProcess, error) {
	return found[valueflows.RecipeProcess](ctx, q.node, id)
}

// RecipeProcesses are the recipe processes.
func (query) RecipeProcesses(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.RecipeProcessFilterParams) (*model.RecipeProcessConnection, error) {
	return listed[valueflows.RecipeProcess](ctx, recipeProcessFilter(filter))
}

// CreateRecipeProcess adds a recipe process.
func (m mutation) CreateRecipeProcess(ctx context.Context, recipeProcess valueflows.RecipeProcess) (*generated.RecipeProcessResponse, error) {
	made, err := created(ctx, m.node, "recipeProcess", recipeProcess)
	return &generated.RecipeProcessResponse{RecipeProcess: made}, ofDuration(err)
}

// UpdateRecipeProcess changes a recipe process.
func (m mutation) UpdateRecipeProcess(ctx context.Context, said model.RecipeProcessUpdate) (*generated.RecipeProcessResponse, error) {
	made, err := changed(ctx, m.node, "recipeProcess", said.Target, func(p *valueflows.RecipeProcess) error {
		set(&p.Name, said.Name)
		set(&p.Note, said.Note)
		set(&p.Image, said.Image)
		put(&p.HasDuration, said.HasDuration)
		put(&p.ProcessClassifiedAs, said.ProcessClassifiedAs)
		set(&p.ProcessConformsTo, said.ProcessConformsTo)
		return nil
	})
	return &generated.RecipeProcessResponse{RecipeProcess: made}, ofDuration(err)
}

// DeleteRecipeProcess deletes a recipe process that nothing names.
func (m mutation) DeleteRecipeProcess(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.RecipeProcess](ctx, m.node, revisionID, id)
}
