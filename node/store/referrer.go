package store

import (
	"context"
	"fmt"
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
	valueflows.ClassEconomicResource: places("economic_event|commitment|intent.resource_inventoried_as", "economic_event.to_resource_inventoried_as",
		"economic_resource.contained_in"),
	valueflows.ClassEconomicEvent: places("claim.triggered_by", "economic_event.corrects", "economic_event.scrap_of", "economic_event.triggered_by"),
}

var agentListers = []string{intents.name, commitments.name, proposals.name, proposalLists.name, agentRelationships.name}

// listers are the tables whose rows name records of a class in a property that
// may name many.
var listers = map[valueflows.Class][]string{
	valueflows.ClassPerson:           agentListers,
	valueflows.ClassOrganization:     agentListers,
	valueflows.ClassEcologicalAgent:  agentListers,
	valueflows.ClassIntent:           {events.name, commitments.name, proposals.name},
	valueflows.ClassCommitment:       {events.name},
	valueflows.ClassClaim:            {events.name},
	valueflows.ClassProposalList:     {proposals.name},
	valueflows.ClassEconomicResource: {resources.name},
	valueflows.ClassRecipeProcess:    {recipes.name},
}

// namersAtOnce is of how many records one statement asks who names them.
const namersAtOnce = 64

// NamersOf tells in whose books rows name records of a class: of each record
// the LABs, each once, in the order of their ids. Only some books are looked
// at, or all of them where none are given, which no index helps.
func (s *Store) NamersOf(ctx context.Context, class valueflows.Class, ids []valueflows.ID, books ...valueflows.ID) (map[valueflows.ID][]valueflows.ID, error) {
	return namersOf(ctx, s, class, ids, books)
}

// NamersOf tells in whose books rows name a record of a class, as
// [Store.NamersOf] does, as the transaction sees it.
func (tx *Tx) NamersOf(class valueflows.Class, id valueflows.ID, books ...valueflows.ID) ([]valueflows.ID, error) {
	all, err := namersOf(tx.w.ctx, tx, class, []valueflows.ID{id}, books)
	return all[id], err
}

func namersOf(ctx context.Context, q querier, class valueflows.Class, ids, books []valueflows.ID) (map[valueflows.ID][]valueflows.ID, error) {
	all := map[valueflows.ID][]valueflows.ID{}
	for len(ids) > 0 {
		some := ids[:min(len(ids), namersAtOnce)]
		ids = ids[len(some):]
		var arms []string
		var args []any
		arm := func(text, lab string) {
			args = append(args, padded(some)...)
			if len(books) > 0 {
				text += " AND " + lab + in(len(books))
				args = append(args, padded(books)...)
			}
			arms = append(arms, text)
		}
		for _, p := range referrers[class] {
			lab := "lab"
			if p.table == agents.name {
				lab = "COALESCE(lab, id)" // what a LAB says of itself is in its own books
			}
			arm("SELECT DISTINCT "+p.column+" AS named, "+lab+" AS books FROM "+p.table+" WHERE "+p.column+in(len(some)), lab)
		}
		for _, table := range listers[class] {
			arm("SELECT DISTINCT v.target AS named, r.lab AS books FROM inverse v JOIN "+table+" r ON r.id = v.owner WHERE v.target"+in(len(some)), "r.lab")
		}
		if len(arms) == 0 { // nothing names records of the class
			return all, nil
		}
		rows, err := q.query(ctx, strings.Join(arms, " UNION ")+" ORDER BY named, books", args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var named, by valueflows.ID
			if err := rows.Scan(idValue{&named}, idValue{&by}); err != nil {
				rows.Close()
				return nil, fmt.Errorf("read who names records of class %s: %w", class, err)
			}
			all[named] = append(all[named], by)
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
