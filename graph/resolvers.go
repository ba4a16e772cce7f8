package graph

import (
	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

var _ generated.ResolverRoot = (*resolvers)(nil)

// resolvers tells gqlgen what answers the fields that are links: of each type
// in the file of its name.
type resolvers struct{ node *node.Node }

type (
	query    struct{ node *node.Node }
	mutation struct{ node *node.Node }
	units    struct{ records[valueflows.Unit] }
)

func (r *resolvers) Query() generated.QueryResolver       { return query{r.node} }
func (r *resolvers) Mutation() generated.MutationResolver { return mutation{r.node} }

func (r *resolvers) Person() generated.PersonResolver { return agents[*model.Person]{r.node} }
func (r *resolvers) Organization() generated.OrganizationResolver {
	return agents[*model.Organization]{r.node}
}
func (r *resolvers) EcologicalAgent() generated.EcologicalAgentResolver {
	return agents[*model.EcologicalAgent]{r.node}
}

func (r *resolvers) Measure() generated.MeasureResolver { return measures{} }
func (r *resolvers) Unit() generated.UnitResolver {
	return units{records[valueflows.Unit]{r.node}}
}
func (r *resolvers) ResourceSpecification() generated.ResourceSpecificationResolver {
	return resourceSpecifications{records[valueflows.ResourceSpecification]{r.node}}
}
func (r *resolvers) ProcessSpecification() generated.ProcessSpecificationResolver {
	return processSpecifications{records[valueflows.ProcessSpecification]{r.node}}
}
func (r *resolvers) Process() generated.ProcessResolver {
	return processes{records: records[valueflows.Process]{r.node}}
}
func (r *resolvers) ProcessCreateParams() generated.ProcessCreateParamsResolver {
	return processInput{}
}
func (r *resolvers) FlowEdge() generated.FlowEdgeResolver { return flowEdges{} }
func (r *resolvers) EconomicEvent() generated.EconomicEventResolver {
	return events{records: records[valueflows.EconomicEvent]{r.node}}
}
func (r *resolvers) EconomicResource() generated.EconomicResourceResolver {
	return resources{records: records[valueflows.EconomicResource]{r.node}}
}
func (r *resolvers) BatchLotRecord() generated.BatchLotRecordResolver {
	return lots{records[valueflows.BatchLotRecord]{r.node}}
}
func (r *resolvers) SpatialThing() generated.SpatialThingResolver {
	return places{records[valueflows.SpatialThing]{r.node}}
}

func (r *resolvers) Recipe() generated.RecipeResolver {
	return recipes{records[valueflows.Recipe]{r.node}}
}
func (r *resolvers) RecipeProcess() generated.RecipeProcessResolver {
	return recipeProcesses{records[valueflows.RecipeProcess]{r.node}}
}
func (r *resolvers) RecipeExchange() generated.RecipeExchangeResolver {
	return recipeExchanges{records[valueflows.RecipeExchange]{r.node}}
}
func (r *resolvers) RecipeFlow() generated.RecipeFlowResolver {
	return recipeFlows{records[valueflows.RecipeFlow]{r.node}}
}
func (r *resolvers) AgentRelationshipRole() generated.AgentRelationshipRoleResolver {
	return agentRelationshipRoles{records[valueflows.AgentRelationshipRole]{r.node}}
}
func (r *resolvers) AgentRelationship() generated.AgentRelationshipResolver {
	return agentRelationships{records[valueflows.AgentRelationship]{r.node}}
}
func (r *resolvers) Plan() generated.PlanResolver {
	return plans{records[valueflows.Plan]{r.node}}
}
func (r *resolvers) Intent() generated.IntentResolver {
	return intents{records[valueflows.Intent]{r.node}}
}
func (r *resolvers) Commitment() generated.CommitmentResolver {
	return commitments{records[valueflows.Commitment]{r.node}}
}
func (r *resolvers) Claim() generated.ClaimResolver {
	return claims{records[valueflows.Claim]{r.node}}
}
func (r *resolvers) Agreement() generated.AgreementResolver {
	return agreements{records[valueflows.Agreement]{r.node}}
}
func (r *resolvers) AgreementBundle() generated.AgreementBundleResolver {
	return agreementBundles{records[valueflows.AgreementBundle]{r.node}}
}
func (r *resolvers) Proposal() generated.ProposalResolver {
	return proposals{records[valueflows.Proposal]{r.node}}
}
func (r *resolvers) ProposalList() generated.ProposalListResolver {
	return proposalLists{records[valueflows.ProposalList]{r.node}}
}
func (r *resolvers) IDuration() generated.IDurationResolver { return durations{} }

func (r *resolvers) Revision() generated.RevisionResolver         { return revisions{} }
func (r *resolvers) Contribution() generated.ContributionResolver { return contributions{} }

func (r *resolvers) RollUp() generated.RollUpResolver           { return rollUps{} }
func (r *resolvers) RollUpLine() generated.RollUpLineResolver   { return rollUpLines{} }
func (r *resolvers) CashFlow() generated.CashFlowResolver       { return cashFlows{} }
func (r *resolvers) NetworkFlow() generated.NetworkFlowResolver { return networkFlows{} }
func (r *resolvers) Balances() generated.BalancesResolver       { return allBalances{} }
func (r *resolvers) Balance() generated.BalanceResolver         { return oneBalance{} }
func (r *resolvers) IncomeStatementRow() generated.IncomeStatementRowResolver {
	return incomeStatementRows{}
}
func (r *resolvers) LedgerLine() generated.LedgerLineResolver { return ledgerLines{} }

func (r *resolvers) AgreementFulfilment() generated.AgreementFulfilmentResolver {
	return agreementFulfilments{}
}
func (r *resolvers) MadeGood() generated.MadeGoodResolver             { return madeGood{} }
func (r *resolvers) PlanFulfilment() generated.PlanFulfilmentResolver { return planFulfilments{} }

func (r *resolvers) CriticalPath() generated.CriticalPathResolver     { return criticalPaths{} }
func (r *resolvers) CriticalStep() generated.CriticalStepResolver     { return criticalSteps{} }
func (r *resolvers) Shortage() generated.ShortageResolver             { return shortages{} }
func (r *resolvers) PossibleSource() generated.PossibleSourceResolver { return possibleSources{} }
func (r *resolvers) Match() generated.MatchResolver                   { return matches{} }
func (r *resolvers) Allocation() generated.AllocationResolver         { return allocations{} }
func (r *resolvers) PlanDelivery() generated.PlanDeliveryResolver     { return planDeliveries{} }
func (r *resolvers) Surplus() generated.SurplusResolver               { return surpluses{} }
func (r *resolvers) PlanMove() generated.PlanMoveResolver             { return planMoves{} }
func (r *resolvers) LateDelivery() generated.LateDeliveryResolver     { return lateDeliveries{} }
func (r *resolvers) PlanGap() generated.PlanGapResolver               { return planGaps{} }
