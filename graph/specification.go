package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type resourceSpecifications struct {
	records[valueflows.ResourceSpecification]
}

// DefaultUnitOfResource is what resources of the kind are counted in.
func (resourceSpecifications) DefaultUnitOfResource(ctx context.Context, s *valueflows.ResourceSpecification) (*valueflows.Unit, error) {
	return one[valueflows.Unit](ctx, s.DefaultUnitOfResource)
}

// DefaultUnitOfEffort is what work or use of the kind is counted in.
func (resourceSpecifications) DefaultUnitOfEffort(ctx context.Context, s *valueflows.ResourceSpecification) (*valueflows.Unit, error) {
	return one[valueflows.Unit](ctx, s.DefaultUnitOfEffort)
}

// ConformingResources are the resources of the kind.
func (resourceSpecifications) ConformingResources(ctx context.Context, s *valueflows.ResourceSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicResourceFilterParams) (*model.EconomicResourceConnection, error) {
	return paged[valueflows.EconomicResource](ctx, s)
}

// EconomicEvents are the events that name the kind.
func (resourceSpecifications) EconomicEvents(ctx context.Context, s *valueflows.ResourceSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, s)
}

// Commitments are the commitments that name the kind.
func (resourceSpecifications) Commitments(ctx context.Context, s *valueflows.ResourceSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.CommitmentFilterParams) (*model.CommitmentConnection, error) {
	return paged[valueflows.Commitment](ctx, s)
}

// Intents are the intents that name the kind.
func (resourceSpecifications) Intents(ctx context.Context, s *valueflows.ResourceSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.IntentFilterParams) (*model.IntentConnection, error) {
	return paged[valueflows.Intent](ctx, s)
}

// ConformingRecipeFlows are the recipe flows that name the kind.
func (resourceSpecifications) ConformingRecipeFlows(ctx context.Context, s *valueflows.ResourceSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.RecipeFlowFilterParams) (*model.RecipeFlowConnection, error) {
	return paged[valueflows.RecipeFlow](ctx, s)
}

// Recipes are the recipes that are for the kind.
func (resourceSpecifications) Recipes(ctx context.Context, s *valueflows.ResourceSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.RecipeFilterParams) (*model.RecipeConnection, error) {
	return paged[valueflows.Recipe](ctx, s)
}

type processSpecifications struct {
	records[valueflows.ProcessSpecification]
}

// ResourcesCurrentlyAtStage are the resources whose last process was of the kind.
func (processSpecifications) ResourcesCurrentlyAtStage(ctx context.Context, s *valueflows.ProcessSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicResourceFilterParams) (*model.EconomicResourceConnection, error) {
	return paged[valueflows.EconomicResource](ctx, s)
}

// ConformingProcesses are the processes of the kind.
func (processSpecifications) ConformingProcesses(ctx context.Context, s *valueflows.ProcessSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.ProcessFilterParams) (*model.ProcessConnection, error) {
	return paged[valueflows.Process](ctx, s)
}

// CommitmentsRequiringStage are the commitments that ask for this stage.
func (processSpecifications) CommitmentsRequiringStage(ctx context.Context, s *valueflows.ProcessSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.CommitmentFilterParams) (*model.CommitmentConnection, error) {
	return paged[valueflows.Commitment](ctx, s)
}

// ConformingRecipeProcesses are the recipe processes of the kind.
func (processSpecifications) ConformingRecipeProcesses(ctx context.Context, s *valueflows.ProcessSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.RecipeProcessFilterParams) (*model.RecipeProcessConnection, error) {
	return paged[valueflows.RecipeProcess](ctx, s)
}

// RecipeFlowsRequiringStage are the recipe flows that ask for this stage.
func (processSpecifications) RecipeFlowsRequiringStage(ctx context.Context, s *valueflows.ProcessSpecification, _ *int, _ *string, _ *int, _ *string, _ *model.RecipeFlowFilterParams) (*model.RecipeFlowConnection, error) {
	return paged[valueflows.RecipeFlow](ctx, s)
}

// ResourceSpecification is one kind of resource.
func (q query) ResourceSpecification(ctx context.Context, id string) (*valueflows.ResourceSpecification, error) {
	return found[valueflows.ResourceSpecification](ctx, q.node, id)
}

// ResourceSpecifications are the kinds of resource.
func (query) ResourceSpecifications(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.ResourceSpecificationFilterParams) (*model.ResourceSpecificationConnection, error) {
	return listed[valueflows.ResourceSpecification](ctx, resourceSpecificationFilter(filter))
}

// ProcessSpecification is one kind of process.
func (q query) ProcessSpecification(ctx context.Context, id string) (*valueflows.ProcessSpecification, error) {
	return found[valueflows.ProcessSpecification](ctx, q.node, id)
}

// ProcessSpecifications are the kinds of process.
func (query) ProcessSpecifications(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.ProcessSpecificationFilterParams) (*model.ProcessSpecificationConnection, error) {
	return listed[valueflows.ProcessSpecification](ctx, processSpecificationFilter(filter))
}

// CreateResourceSpecification adds a kind of resource.
func (m mutation) CreateResourceSpecification(ctx context.Context, specification valueflows.ResourceSpecification) (*generated.ResourceSpecificationResponse, error) {
	made, err := created(ctx, m.node, "resourceSpecification", specification)
	return &generated.ResourceSpecificationResponse{ResourceSpecification: made}, err
}

// UpdateResourceSpecification changes a kind of resource.
func (m mutation) UpdateResourceSpecification(ctx context.Context, said model.ResourceSpecificationUpdate) (*generated.ResourceSpecificationResponse, error) {
	made, err := changed(ctx, m.node, "resourceSpecification", said.Target, func(s *valueflows.ResourceSpecification) error {
		set(&s.Name, said.Name)
		set(&s.Image, said.Image)
		put(&s.ImageList, said.ImageList)
		put(&s.ResourceClassifiedAs, said.ResourceClassifiedAs)
		set(&s.Note, said.Note)
		set(&s.DefaultUnitOfResource, said.DefaultUnitOfResource)
		set(&s.DefaultUnitOfEffort, said.DefaultUnitOfEffort)
		put(&s.MediumOfExchange, said.MediumOfExchange)
		put(&s.Substitutable, said.Substitutable)
		return nil
	})
	return &generated.ResourceSpecificationResponse{ResourceSpecification: made}, err
}

// DeleteResourceSpecification deletes a kind that nothing is of.
func (m mutation) DeleteResourceSpecification(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.ResourceSpecification](ctx, m.node, revisionID, id)
}

// CreateProcessSpecification adds a kind of process.
func (m mutation) CreateProcessSpecification(ctx context.Context, specification valueflows.ProcessSpecification) (*generated.ProcessSpecificationResponse, error) {
	made, err := created(ctx, m.node, "processSpecification", specification)
	return &generated.ProcessSpecificationResponse{ProcessSpecification: made}, err
}

// UpdateProcessSpecification changes a kind of process.
func (m mutation) UpdateProcessSpecification(ctx context.Context, said model.ProcessSpecificationUpdate) (*generated.ProcessSpecificationResponse, error) {
	made, err := changed(ctx, m.node, "processSpecification", said.Target, func(s *valueflows.ProcessSpecification) error {
		set(&s.Name, said.Name)
		set(&s.Note, said.Note)
		set(&s.Image, said.Image)
		return nil
	})
	return &generated.ProcessSpecificationResponse{ProcessSpecification: made}, err
}

// DeleteProcessSpecification deletes a kind that no process is of.
func (m mutation) DeleteProcessSpecification(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.ProcessSpecification](ctx, m.node, revisionID, id)
}

// specified is the kind of a resource, or, where it is not known here, one that
// says nothing: a resource always has a kind.
func specified(ctx context.Context, id valueflows.ID) (*valueflows.ResourceSpecification, error) {
	s, err := one[valueflows.ResourceSpecification](ctx, id)
	if s == nil && err == nil {
		s = &valueflows.ResourceSpecification{Record: valueflows.Record{ID: id, Stub: true}}
	}
	return s, err
}
