package store

import (
	"strings"

	"disconode/valueflows"
)

// place is a column that refers to a record.
type place struct{ table, column string }

// places are columns, each as table.column or, where several tables have it,
// table|table.column.
func places(texts ...string) []place {
	var all []place
	for _, text := range texts {
		tables, column, _ := strings.Cut(text, ".")
		for _, table := range strings.Split(tables, "|") {
			all = append(all, place{table, column})
		}
	}
	return all
}

var agentReferrers = places("economic_event|commitment|intent|claim.provider", "economic_event|commitment|intent|claim.receiver", "economic_event.recorded_by",
	"economic_resource.primary_accountable", "economic_resource.custodian", "process.in_scope_of", "membership.person", "membership.lab",
	"agent_relationship.subject", "agent_relationship.object")

// referrers are the columns by which records refer to those of a class. What
// properties that may name many refer to is in the table inverse.
var referrers = map[valueflows.Class][]place{
	valueflows.ClassPerson:          agentReferrers,
	valueflows.ClassOrganization:    agentReferrers,
	valueflows.ClassEcologicalAgent: agentReferrers,
	valueflows.ClassUnit: places("economic_event|commitment|intent|claim|recipe_flow.resource_unit", "economic_event|commitment|intent|claim|recipe_flow.effort_unit",
		"intent.available_unit", "intent.minimum_unit", "recipe_process.duration_unit",
		"economic_resource.accounting_unit", "economic_resource.onhand_unit", "economic_resource.unit_of_effort",
		"resource_specification.default_unit_of_resource", "resource_specification.default_unit_of_effort"),
	valueflows.ClassResourceSpecification: places("economic_event|commitment|intent|claim|recipe_flow.resource_conforms_to",
		"economic_resource.conforms_to", "recipe.primary_output"),
	valueflows.ClassProcessSpecification: places("process.based_on", "economic_resource|commitment|intent|recipe_flow.stage", "recipe_process.process_conforms_to"),
	valueflows.ClassProcess:              places("economic_event|commitment|intent.input_of", "economic_event|commitment|intent.output_of"),
	valueflows.ClassSpatialThing: places("economic_event.to_location", "economic_resource.current_location", "agent.primary_location",
		"proposal.eligible_location"),
	valueflows.ClassBatchLotRecord: places("economic_resource.of_batch_lot"),
	valueflows.ClassPlan:           places("process|commitment|intent.planned_within", "commitment.independent_demand_of"),
	valueflows.ClassAgreement: places("commitment.clause_of", "commitment.reciprocal_clause_of", "economic_event.realization_of",
		"economic_event.reciprocal_realization_of"),
	valueflows.ClassAgreementBundle:       places("agreement.bundled_in"),
	valueflows.ClassRecipeProcess:         places("recipe_flow.recipe_input_of", "recipe_flow.recipe_output_of"),
	valueflows.ClassRecipeExchange:        places("recipe_flow.recipe_clause_of", "recipe_flow.recipe_reciprocal_clause_of"),
	valueflows.ClassAgentRelationshipRole: places("agent_relationship.relationship", "recipe_flow.provider_role", "recipe_flow.receiver_role"),
	valueflows.ClassEconomicEvent:         places("claim.triggered_by", "economic_event.corrects", "economic_event.scrap_of", "economic_event.triggered_by"),
}

// References counts what refers to a record of a class.
func (tx *Tx) References(class valueflows.Class, id valueflows.ID) (int64, error) {
	n, err := tx.referring(place{"inverse", "target"}, id)
	if err != nil {
		return 0, err
	}
	for _, place := range referrers[class] {
		here, err := tx.referring(place, id)
		if err != nil {
			return 0, err
		}
		n += here
	}
	return n, nil
}

func (tx *Tx) referring(p place, id valueflows.ID) (n int64, err error) {
	rows, err := tx.query(tx.w.ctx, "SELECT COUNT(*) FROM "+p.table+" WHERE "+p.column+" = ?", idArg(id))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}
