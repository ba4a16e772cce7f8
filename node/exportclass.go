package node

import (
	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// bulkActs are what an export, and the import of one, does with many records of
// a class at once.
type bulkActs struct {
	// rows puts the rows of records into a map, as pointers to their structs.
	rows func(x *exportNames, ids []valueflows.ID, into map[valueflows.ID]any) error
	// prefetch reads rows that the transaction will ask for one by one.
	prefetch func(tx *store.Tx, ids []valueflows.ID) error
}

func bulkOf[T Kept]() bulkActs {
	return bulkActs{
		rows: func(x *exportNames, ids []valueflows.ID, into map[valueflows.ID]any) error {
			rows, err := store.RowsOf[T](x.ctx, x.books, ids)
			for _, row := range rows {
				into[recordOf(row).ID] = row
			}
			return err
		},
		prefetch: store.Prefetch[T],
	}
}

// bulk are those of every kept class, by the class that [idsByClass] has.
var bulk = map[valueflows.Class]bulkActs{
	jsonld.AnyAgent: {(*exportNames).agents, store.Prefetch[valueflows.Agent]},
	valueflows.ClassEconomicEvent: {
		func(x *exportNames, ids []valueflows.ID, into map[valueflows.ID]any) error {
			rows, err := store.RowsOf[store.Event](x.ctx, x.books, ids)
			for _, row := range rows {
				into[row.ID] = &row.EconomicEvent
			}
			return err
		},
		store.Prefetch[store.Event],
	},
	valueflows.ClassUnit:                  bulkOf[valueflows.Unit](),
	valueflows.ClassSpatialThing:          bulkOf[valueflows.SpatialThing](),
	valueflows.ClassAgentRelationshipRole: bulkOf[valueflows.AgentRelationshipRole](),
	valueflows.ClassAgentRelationship:     bulkOf[valueflows.AgentRelationship](),
	valueflows.ClassResourceSpecification: bulkOf[valueflows.ResourceSpecification](),
	valueflows.ClassProcessSpecification:  bulkOf[valueflows.ProcessSpecification](),
	valueflows.ClassRecipe:                bulkOf[valueflows.Recipe](),
	valueflows.ClassRecipeProcess:         bulkOf[valueflows.RecipeProcess](),
	valueflows.ClassRecipeExchange:        bulkOf[valueflows.RecipeExchange](),
	valueflows.ClassRecipeFlow:            bulkOf[valueflows.RecipeFlow](),
	valueflows.ClassPlan:                  bulkOf[valueflows.Plan](),
	valueflows.ClassProcess:               bulkOf[valueflows.Process](),
	valueflows.ClassAgreementBundle:       bulkOf[valueflows.AgreementBundle](),
	valueflows.ClassAgreement:             bulkOf[valueflows.Agreement](),
	valueflows.ClassBatchLotRecord:        bulkOf[valueflows.BatchLotRecord](),
	valueflows.ClassEconomicResource:      bulkOf[valueflows.EconomicResource](),
	valueflows.ClassProposalList:          bulkOf[valueflows.ProposalList](),
	valueflows.ClassProposal:              bulkOf[valueflows.Proposal](),
	valueflows.ClassIntent:                bulkOf[valueflows.Intent](),
	valueflows.ClassCommitment:            bulkOf[valueflows.Commitment](),
	valueflows.ClassClaim:                 bulkOf[valueflows.Claim](),
}
