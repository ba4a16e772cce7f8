package graph

import (
	"slices"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// What the filters of the lists of plans, recipes and relationships ask for.

func recipeFilter(p *model.RecipeFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString)}
}

func recipeProcessFilter(p *model.RecipeProcessFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString), ClassifiedAs: p.ProcessClassifiedAs}
}

func recipeExchangeFilter(p *model.RecipeExchangeFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString)}
}

func recipeFlowFilter(p *model.RecipeFlowFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{
		Origin: p.Origin, Search: searched(p.SearchString), Action: p.Action, ConformsTo: p.ResourceConformsTo, ClassifiedAs: p.ResourceClassifiedAs,
		Stage: p.Stage, State: p.State,
	}
}

func agentRelationshipRoleFilter(p *model.AgentRelationshipRoleFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString)}
}

func agentRelationshipFilter(p *model.AgentRelationshipFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString), Subject: p.Subject, Object: p.Object, Relationship: p.Relationship}
}

func planFilter(p *model.PlanFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString)}
}

func intentFilter(p *model.IntentFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{
		Origin: p.Origin, Search: searched(p.SearchString), Provider: p.ProviderID, Receiver: p.ReceiverID, ClassifiedAs: p.ResourceClassifiedAs,
		Action: p.Action, From: p.StartDate, To: p.EndDate, ConformsTo: p.ResourceConformsTo, Finished: p.Finished, Resource: p.Resource, Process: p.Process,
		Plan: p.Plan, Stage: p.Stage, State: p.State,
	}
}

func commitmentFilter(p *model.CommitmentFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{
		Origin: p.Origin, Search: searched(p.SearchString), Provider: p.ProviderID, Receiver: p.ReceiverID, ClassifiedAs: p.ResourceClassifiedAs,
		Action: p.Action, From: p.StartDate, To: p.EndDate, ConformsTo: p.ResourceConformsTo, Finished: p.Finished, Resource: p.Resource, Process: p.Process,
		Plan: p.Plan, Stage: p.Stage, State: p.State, Agreement: p.Agreement,
	}
}

func claimFilter(p *model.ClaimFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{
		Origin: p.Origin, Search: searched(p.SearchString), Provider: p.ProviderID, Receiver: p.ReceiverID, ClassifiedAs: p.ResourceClassifiedAs,
		Action: p.Action, From: p.StartDate, To: p.EndDate, ConformsTo: p.ResourceConformsTo, Finished: p.Finished,
	}
}

func agreementFilter(p *model.AgreementFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString)}
}

func agreementBundleFilter(p *model.AgreementBundleFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString)}
}

func proposalFilter(p *model.ProposalFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString), Purpose: p.Purpose}
}

func proposalListFilter(p *model.ProposalListFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{Origin: p.Origin, Search: searched(p.SearchString)}
}

// madeFor narrows to proposals that are made for a purpose.
func madeFor(purpose valueflows.ProposalPurpose, f node.Filter) node.Filter {
	if len(f.Purpose) > 0 && !slices.Contains(f.Purpose, purpose) {
		f.Kind = []valueflows.Class{valueflows.ClassPerson} // which no proposal is: it cannot be for both
	}
	f.Purpose = []valueflows.ProposalPurpose{purpose}
	return f
}
