package node

import (
	"disconode/node/store"
	"disconode/valueflows"
)

// classActs are what is done with the records of a class that is known only
// when it is done.
type classActs struct {
	// refer is [refer].
	refer func(s *session, id *valueflows.ID, field string) error
	// row is the record as the transaction sees it, a pointer to its struct.
	row func(s *session, id valueflows.ID) (any, error)
	// put writes what an entry says of a record that nothing is computed of.
	put func(s *session, e *store.Entry, record any) error
}

func actsOf[T Kept]() classActs {
	return classActs{
		refer: refer[T],
		row: func(s *session, id valueflows.ID) (any, error) {
			row, err := rowOf[T](s, id)
			if err != nil {
				return nil, err
			}
			return row, nil
		},
		put: func(s *session, e *store.Entry, record any) error { return put(s, e, record.(*T)) },
	}
}

// acts are those of every kept class.
var acts map[valueflows.Class]classActs

func init() { // the acts refer to each other
	agent := actsOf[valueflows.Agent]()
	acts = map[valueflows.Class]classActs{
		valueflows.ClassPerson: agent, valueflows.ClassOrganization: agent, valueflows.ClassEcologicalAgent: agent,
		valueflows.ClassAgentRelationshipRole: actsOf[valueflows.AgentRelationshipRole](),
		valueflows.ClassAgentRelationship:     actsOf[valueflows.AgentRelationship](),
		valueflows.ClassUnit:                  actsOf[valueflows.Unit](),
		valueflows.ClassResourceSpecification: actsOf[valueflows.ResourceSpecification](),
		valueflows.ClassProcessSpecification:  actsOf[valueflows.ProcessSpecification](),
		valueflows.ClassRecipe:                actsOf[valueflows.Recipe](),
		valueflows.ClassRecipeProcess:         actsOf[valueflows.RecipeProcess](),
		valueflows.ClassRecipeExchange:        actsOf[valueflows.RecipeExchange](),
		valueflows.ClassRecipeFlow:            actsOf[valueflows.RecipeFlow](),
		valueflows.ClassSpatialThing:          actsOf[valueflows.SpatialThing](),
		valueflows.ClassBatchLotRecord:        actsOf[valueflows.BatchLotRecord](),
		valueflows.ClassPlan:                  actsOf[valueflows.Plan](),
		valueflows.ClassProcess:               actsOf[valueflows.Process](),
		valueflows.ClassAgreementBundle:       actsOf[valueflows.AgreementBundle](),
		valueflows.ClassAgreement:             actsOf[valueflows.Agreement](),
		valueflows.ClassProposalList:          actsOf[valueflows.ProposalList](),
		valueflows.ClassProposal:              actsOf[valueflows.Proposal](),
		valueflows.ClassIntent:                actsOf[valueflows.Intent](),
		valueflows.ClassCommitment:            actsOf[valueflows.Commitment](),
		valueflows.ClassClaim:                 actsOf[valueflows.Claim](),
		valueflows.ClassEconomicResource:      actsOf[valueflows.EconomicResource](),
		valueflows.ClassEconomicEvent:         actsOf[valueflows.EconomicEvent](),
	}
}
