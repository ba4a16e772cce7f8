package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"disconode/node"
	"disconode/valueflows"
)

// top reads what a field of the root answers with: [rows], or one record.
type top func(ctx context.Context, l *loads, f graphql.CollectedField, arguments map[string]any) (any, error)

// tops are the fields of the root that answer with kept records.
var tops = map[string]top{
	"agent":                 oneOf[valueflows.Agent],
	"person":                oneOf[valueflows.Agent],
	"organization":          oneOf[valueflows.Agent],
	"ecologicalAgent":       oneOf[valueflows.Agent],
	"unit":                  oneOf[valueflows.Unit],
	"resourceSpecification": oneOf[valueflows.ResourceSpecification],
	"processSpecification":  oneOf[valueflows.ProcessSpecification],
	"process":               oneOf[valueflows.Process],
	"economicEvent":         oneOf[valueflows.EconomicEvent],
	"economicResource":      oneOf[valueflows.EconomicResource],
	"batchLotRecord":        oneOf[valueflows.BatchLotRecord],
	"spatialThing":          oneOf[valueflows.SpatialThing],
	"recipe":                oneOf[valueflows.Recipe],
	"recipeProcess":         oneOf[valueflows.RecipeProcess],
	"recipeExchange":        oneOf[valueflows.RecipeExchange],
	"recipeFlow":            oneOf[valueflows.RecipeFlow],
	"agentRelationshipRole": oneOf[valueflows.AgentRelationshipRole],
	"agentRelationship":     oneOf[valueflows.AgentRelationship],
	"plan":                  oneOf[valueflows.Plan],
	"intent":                oneOf[valueflows.Intent],
	"commitment":            oneOf[valueflows.Commitment],
	"claim":                 oneOf[valueflows.Claim],
	"agreement":             oneOf[valueflows.Agreement],
	"agreementBundle":       oneOf[valueflows.AgreementBundle],
	"proposal":              oneOf[valueflows.Proposal],
	"proposalList":          oneOf[valueflows.ProposalList],

	"agents":                 topOf[valueflows.Agent](reading(agentFilter)),
	"people":                 topOf[valueflows.Agent](readingKind(valueflows.ClassPerson)),
	"organizations":          topOf[valueflows.Agent](readingKind(valueflows.ClassOrganization)),
	"ecologicalAgents":       topOf[valueflows.Agent](readingKind(valueflows.ClassEcologicalAgent)),
	"units":                  topOf[valueflows.Unit](reading(unitFilter)),
	"resourceSpecifications": topOf[valueflows.ResourceSpecification](reading(resourceSpecificationFilter)),
	"processSpecifications":  topOf[valueflows.ProcessSpecification](reading(processSpecificationFilter)),
	"processes":              topOf[valueflows.Process](reading(processFilter)),
	"economicEvents":         topOf[valueflows.EconomicEvent](reading(eventFilter)),
	"economicResources":      topOf[valueflows.EconomicResource](reading(resourceFilter)),
	"batchLotRecords":        topOf[valueflows.BatchLotRecord](reading(batchLotRecordFilter)),
	"spatialThings":          topOf[valueflows.SpatialThing](reading(spatialThingFilter)),
	"recipes":                topOf[valueflows.Recipe](reading(recipeFilter)),
	"recipeProcesses":        topOf[valueflows.RecipeProcess](reading(recipeProcessFilter)),
	"recipeExchanges":        topOf[valueflows.RecipeExchange](reading(recipeExchangeFilter)),
	"recipeFlows":            topOf[valueflows.RecipeFlow](reading(recipeFlowFilter)),
	"agentRelationshipRoles": topOf[valueflows.AgentRelationshipRole](reading(agentRelationshipRoleFilter)),
	"agentRelationships":     topOf[valueflows.AgentRelationship](reading(agentRelationshipFilter)),
	"plans":                  topOf[valueflows.Plan](reading(planFilter)),
	"intents":                topOf[valueflows.Intent](reading(intentFilter)),
	"commitments":            topOf[valueflows.Commitment](reading(commitmentFilter)),
	"claims":                 topOf[valueflows.Claim](reading(claimFilter)),
	"agreements":             topOf[valueflows.Agreement](reading(agreementFilter)),
	"agreementBundles":       topOf[valueflows.AgreementBundle](reading(agreementBundleFilter)),
	"proposals":              topOf[valueflows.Proposal](reading(proposalFilter)),
	"proposalLists":          topOf[valueflows.ProposalList](reading(proposalListFilter)),
	"offers":                 topOf[valueflows.Proposal](readingPurpose(valueflows.Offer)),
	"requests":               topOf[valueflows.Proposal](readingPurpose(valueflows.Request)),
}

// readingKind is the filter of agents of one kind.
func readingKind(kind valueflows.Class) func(context.Context, any) (node.Filter, error) {
	read := reading(agentFilter)
	return func(ctx context.Context, raw any) (node.Filter, error) {
		f, err := read(ctx, raw)
		f.Kind = []valueflows.Class{kind}
		return f, err
	}
}

// readingPurpose is the filter of proposals that are made for a purpose.
func readingPurpose(purpose valueflows.ProposalPurpose) func(context.Context, any) (node.Filter, error) {
	read := reading(proposalFilter)
	return func(ctx context.Context, raw any) (node.Filter, error) {
		f, err := read(ctx, raw)
		return madeFor(purpose, f), err
	}
}

func oneOf[T node.Kept](ctx context.Context, l *loads, f graphql.CollectedField, arguments map[string]any) (any, error) {
	id, _ := arguments["id"].(string)
	return foundIn[T](ctx, l.node, f, id)
}

func topOf[T node.Kept](filter func(context.Context, any) (node.Filter, error)) top {
	return func(ctx context.Context, l *loads, f graphql.CollectedField, arguments map[string]any) (any, error) {
		narrowed, err := filter(ctx, arguments["filter"])
		if err != nil {
			return nil, err
		}
		return listedIn[T](ctx, l, f, arguments, narrowed)
	}
}
