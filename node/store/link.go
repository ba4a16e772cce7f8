package store

// Link is a reference from the records of a list to what the list is of: the
// inverse of a property, or several of them.
type Link string

// The links of one property, named by its column.
const (
	LinkInputOf                  Link = "input_of"
	LinkOutputOf                 Link = "output_of"
	LinkResourceInventoriedAs    Link = "resource_inventoried_as"
	LinkToResourceInventoriedAs  Link = "to_resource_inventoried_as"
	LinkResourceConformsTo       Link = "resource_conforms_to"
	LinkCorrects                 Link = "corrects"
	LinkPrimaryAccountable       Link = "primary_accountable"
	LinkContainedIn              Link = "contained_in"
	LinkConformsTo               Link = "conforms_to"
	LinkStage                    Link = "stage"
	LinkCurrentLocation          Link = "current_location"
	LinkOfBatchLot               Link = "of_batch_lot"
	LinkBasedOn                  Link = "based_on"
	LinkInScopeOf                Link = "in_scope_of"
	LinkPrimaryLocation          Link = "primary_location"
	LinkProvider                 Link = "provider"
	LinkReceiver                 Link = "receiver"
	LinkPlannedWithin            Link = "planned_within"
	LinkBundledIn                Link = "bundled_in"
	LinkClauseOf                 Link = "clause_of"
	LinkReciprocalClauseOf       Link = "reciprocal_clause_of"
	LinkIndependentDemandOf      Link = "independent_demand_of"
	LinkTriggeredBy              Link = "triggered_by"
	LinkRealizationOf            Link = "realization_of"
	LinkReciprocalRealizationOf  Link = "reciprocal_realization_of"
	LinkEligibleLocation         Link = "eligible_location"
	LinkPrimaryOutput            Link = "primary_output"
	LinkProcessConformsTo        Link = "process_conforms_to"
	LinkRecipeInputOf            Link = "recipe_input_of"
	LinkRecipeOutputOf           Link = "recipe_output_of"
	LinkRecipeClauseOf           Link = "recipe_clause_of"
	LinkRecipeReciprocalClauseOf Link = "recipe_reciprocal_clause_of"
	LinkSubject                  Link = "subject"
	LinkObject                   Link = "object"
	LinkRelationship             Link = "relationship"
)

// The links of a property that may name many, named by it.
const (
	LinkFulfills       Link = "fulfills"
	LinkSatisfies      Link = "satisfies"
	LinkSettles        Link = "settles"
	LinkPublishes      Link = "publishes"
	LinkReciprocal     Link = "reciprocal"
	LinkProposedTo     Link = "proposed_to"
	LinkListedIn       Link = "listed_in"
	LinkRecipeIncludes Link = "recipe_includes"
	LinkScope          Link = "scope" // inScopeOf, of what is planned and of relationships
)

// The links that several properties make.
const (
	LinkParty         Link = "party"          // provider or receiver
	LinkClauses       Link = "clauses"        // commitments, either side of an agreement
	LinkRelated       Link = "related"        // relationships, either side of which an agent is
	LinkOfAgreement   Link = "of agreement"   // events, direct and through the clauses that they fulfil
	LinkInputs        Link = "inputs"         // flows into a process, direct and through what they fulfil or satisfy
	LinkOutputs       Link = "outputs"        // flows out of it
	LinkOfPlan        Link = "of plan"        // events of a plan's processes, and those that fulfil or satisfy its flows
	LinkPlansOf       Link = "plans of"       // plans in which an agent has a part
	LinkProposalsOf   Link = "proposals of"   // proposals that publish what an agent gives or wants
	LinkPublishedFlow Link = "published flow" // proposals that publish an intent, on either side
)

// conditions are what makes a row one of the owner's, which stands for each
// argument: several, where each is found by an index of its own, and no row by two.
func (l Link) conditions() []string {
	if all, ok := linkConditions[l]; ok {
		return all
	}
	return []string{string(l) + " = ?"}
}

// naming is the condition that a row names the owner in a property that may name many.
func naming(property string) string {
	return "id IN (SELECT owner FROM inverse WHERE target = ? AND property = '" + property + "')"
}

// apart makes of conditions ones that no row is in two of.
func apart(conditions ...string) []string {
	all := make([]string, len(conditions))
	for i, c := range conditions {
		all[i] = "(" + c + ")"
		for _, before := range conditions[:i] {
			all[i] += " AND NOT COALESCE((" + before + "), FALSE)"
		}
	}
	return all
}

// through is the condition that an event names, in a property, a row of a table
// for which the condition holds.
func through(property, table, condition string) string {
	return "id IN (SELECT v.owner FROM inverse v JOIN " + table + " f ON f.id = v.target WHERE v.property = '" + property + "' AND " + condition + ")"
}

var linkConditions = func() map[Link][]string {
	all := map[Link][]string{
		LinkParty:   apart("provider = ?", "receiver = ?"),
		LinkClauses: apart("clause_of = ?", "reciprocal_clause_of = ?"),
		LinkRelated: apart("subject = ?", "object = ?"),
		LinkOfAgreement: apart("realization_of = ?", "reciprocal_realization_of = ?",
			through("fulfills", "commitment", "f.clause_of = ?"), through("fulfills", "commitment", "f.reciprocal_clause_of = ?")),
		LinkInputs:  apart("input_of = ?", through("fulfills", "commitment", "f.input_of = ?"), through("satisfies", "intent", "f.input_of = ?")),
		LinkOutputs: apart("output_of = ?", through("fulfills", "commitment", "f.output_of = ?"), through("satisfies", "intent", "f.output_of = ?")),
		LinkOfPlan: apart("input_of IN (SELECT id FROM process WHERE planned_within = ?)", "output_of IN (SELECT id FROM process WHERE planned_within = ?)",
			through("fulfills", "commitment", "f.planned_within = ?"), through("fulfills", "commitment", "f.independent_demand_of = ?"),
			through("satisfies", "intent", "f.planned_within = ?")),
		LinkScope: {naming("in_scope_of")},
		LinkPlansOf: {"(EXISTS (SELECT 1 FROM process f WHERE f.lab = plan.lab AND f.planned_within = plan.id AND f.in_scope_of = ?)" +
			" OR EXISTS (SELECT 1 FROM commitment f WHERE f.lab = plan.lab AND f.planned_within = plan.id AND (f.provider = ? OR f.receiver = ?))" +
			" OR EXISTS (SELECT 1 FROM intent f WHERE f.lab = plan.lab AND f.planned_within = plan.id AND (f.provider = ? OR f.receiver = ?)))"},
		LinkProposalsOf: {"EXISTS (SELECT 1 FROM inverse v JOIN intent f ON f.id = v.target" +
			" WHERE v.owner = proposal.id AND v.property = 'publishes' AND (f.provider = ? OR f.receiver = ?))"},
		LinkPublishedFlow: {"id IN (SELECT owner FROM inverse WHERE target = ? AND property IN ('publishes', 'reciprocal'))"},
	}
	for _, many := range []Link{LinkFulfills, LinkSatisfies, LinkSettles, LinkPublishes, LinkReciprocal, LinkProposedTo, LinkListedIn, LinkRecipeIncludes} {
		all[many] = []string{naming(string(many))}
	}
	return all
}()
