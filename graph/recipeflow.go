package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type recipeFlows struct {
	records[valueflows.RecipeFlow]
}

// Action is what is to happen.
func (recipeFlows) Action(_ context.Context, f *valueflows.RecipeFlow) (*model.Action, error) {
	return model.ActionOf(f.Action), nil
}

// RecipeInputOf is the process that it goes into.
func (recipeFlows) RecipeInputOf(ctx context.Context, f *valueflows.RecipeFlow) (*valueflows.RecipeProcess, error) {
	return one[valueflows.RecipeProcess](ctx, f.RecipeInputOf)
}

// RecipeOutputOf is the process that it comes out of.
func (recipeFlows) RecipeOutputOf(ctx context.Context, f *valueflows.RecipeFlow) (*valueflows.RecipeProcess, error) {
	return one[valueflows.RecipeProcess](ctx, f.RecipeOutputOf)
}

// RecipeClauseOf is the exchange in which it is given.
func (recipeFlows) RecipeClauseOf(ctx context.Context, f *valueflows.RecipeFlow) (*valueflows.RecipeExchange, error) {
	return one[valueflows.RecipeExchange](ctx, f.RecipeClauseOf)
}

// RecipeReciprocalClauseOf is the exchange in which it is given in return.
func (recipeFlows) RecipeReciprocalClauseOf(ctx context.Context, f *valueflows.RecipeFlow) (*valueflows.RecipeExchange, error) {
	return one[valueflows.RecipeExchange](ctx, f.RecipeReciprocalClauseOf)
}

// ResourceConformsTo is the kind of resource or work; one that says nothing
// where only classifications were stated.
func (recipeFlows) ResourceConformsTo(ctx context.Context, f *valueflows.RecipeFlow) (*valueflows.ResourceSpecification, error) {
	return specified(ctx, f.ResourceConformsTo)
}

// Stage is the kind of process that the resource must last have come out of.
func (recipeFlows) Stage(ctx context.Context, f *valueflows.RecipeFlow) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, f.Stage)
}

// ProviderRole is the role of who gives, in an exchange.
func (recipeFlows) ProviderRole(_ context.Context, f *valueflows.RecipeFlow) (*string, error) {
	return idText(f.ProviderRole), nil
}

// ReceiverRole is the role of who gets, in an exchange.
func (recipeFlows) ReceiverRole(_ context.Context, f *valueflows.RecipeFlow) (*string, error) {
	return idText(f.ReceiverRole), nil
}

// RecipeFlow is one recipe flow.
func (q query) RecipeFlow(ctx context.Context, id string) (*valueflows.RecipeFlow, error) {
	return found[valueflows.RecipeFlow](ctx, q.node, id)
}

// RecipeFlows are the recipe flows.
func (query) RecipeFlows(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.RecipeFlowFilterParams) (*model.RecipeFlowConnection, error) {
	return listed[valueflows.RecipeFlow](ctx, recipeFlowFilter(filter))
}

// CreateRecipeFlow adds a recipe flow.
func (m mutation) CreateRecipeFlow(ctx context.Context, recipeFlow valueflows.RecipeFlow) (*generated.RecipeFlowResponse, error) {
	made, err := created(ctx, m.node, "recipeFlow", recipeFlow)
	return &generated.RecipeFlowResponse{RecipeFlow: made}, err
}

// UpdateRecipeFlow changes a recipe flow.
func (m mutation) UpdateRecipeFlow(ctx context.Context, said model.RecipeFlowUpdate) (*generated.RecipeFlowResponse, error) {
	made, err := changed(ctx, m.node, "recipeFlow", said.Target, func(f *valueflows.RecipeFlow) error {
		set(&f.Action, said.Action)
		set(&f.RecipeInputOf, said.RecipeInputOf)
		set(&f.RecipeOutputOf, said.RecipeOutputOf)
		set(&f.RecipeClauseOf, said.RecipeClauseOf)
		set(&f.RecipeReciprocalClauseOf, said.RecipeReciprocalClauseOf)
		set(&f.ResourceConformsTo, said.ResourceConformsTo)
		put(&f.ResourceClassifiedAs, said.ResourceClassifiedAs)
		put(&f.ResourceQuantity, said.ResourceQuantity)
		put(&f.EffortQuantity, said.EffortQuantity)
		set(&f.Stage, said.Stage)
		set(&f.State, said.State)
		set(&f.Instructions, said.Instructions)
		set(&f.ProviderRole, said.ProviderRole)
		set(&f.ReceiverRole, said.ReceiverRole)
		set(&f.Note, said.Note)
		return nil
	})
	return &generated.RecipeFlowResponse{RecipeFlow: made}, err
}

// DeleteRecipeFlow deletes a recipe flow that nothing names.
func (m mutation) DeleteRecipeFlow(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.RecipeFlow](ctx, m.node, revisionID, id)
}
