package store

import (
	"strings"

	"disconode/valueflows"
)

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
// argument: several, where each is found by an index of its own.
func (l Link) conditions() []string {
	if all, ok := linkConditions[l]; ok {
		return all
	}
	return []string{string(l) + " = ?"}
}

// repeats tells whether a row may be found by several of the link's conditions:
// to say of each that the others do not hold would have PostgreSQL read the whole
// table, where the conditions lead through other tables.
func (l Link) repeats() bool {
	switch l {
	case LinkOfAgreement, LinkInputs, LinkOutputs, LinkOfPlan, LinkPlansOf, LinkProposalsOf:
		return true
	}
	return false
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

// inBooks stands, in a condition, for what holds a row f to the books that are read.
const inBooks = "{f}"

// through is the condition that a row names, in a property, a row f of a table, in
// the same books, for which the condition holds.
func through(property, table, condition string) string {
	return "id IN (SELECT v.owner FROM inverse v JOIN " + table + " f ON f.id = v.target WHERE v.property = '" + property + "' AND " + inBooks + " AND " + condition + ")"
}

// within is the condition that an event is of a process f for which the condition holds.
func within(side, condition string) string {
	return "id IN (SELECT e.id FROM process f JOIN economic_event e ON e.lab = f.lab AND e." + side + " = f.id WHERE " + inBooks + " AND " + condition + ")"
}

// planning is the condition that a plan is named by a row f of a table for which
// the condition holds.
func planning(table, condition string) string {
	return "id IN (SELECT f.planned_within FROM " + table + " f WHERE " + inBooks + " AND " + condition + ")"
}

// bind gives a condition its arguments: the owner, and the books that are read.
func (sight Sight) bind(condition string, owner valueflows.ID) (string, []any) {
	books, labs := sight.books()
	var text strings.Builder
	var args []any
	for len(condition) > 0 {
		at := strings.IndexAny(condition, "?{")
		if at < 0 {
			break
		}
		text.WriteString(condition[:at])
		switch {
		case condition[at] == '?':
			text.WriteString("?")
			args = append(args, idArg(owner))
			condition = condition[at+1:]
		case sight.Everything:
			text.WriteString("1 = 1")
			condition = condition[at+len(inBooks):]
		default:
			text.WriteString("f.lab" + books)
			args = append(args, labs...)
			condition = condition[at+len(inBooks):]
		}
	}
	text.WriteString(condition)
	return text.String(), args
}

var linkConditions = func() map[Link][]string {
	all := map[Link][]string{
		LinkParty:   apart("provider = ?", "receiver = ?"),
		LinkClauses: apart("clause_of = ?", "reciprocal_clause_of = ?"),
		LinkRelated: apart("subject = ?", "object = ?"),
		LinkOfAgreement: {"realization_of = ?", "reciprocal_realization_of = ?",
			through("fulfills", "commitment", "f.clause_of = ?"), through("fulfills", "commitment", "f.reciprocal_clause_of = ?")},
		LinkInputs:  {"input_of = ?", through("fulfills", "commitment", "f.input_of = ?"), through("satisfies", "intent", "f.input_of = ?")},
		LinkOutputs: {"output_of = ?", through("fulfills", "commitment", "f.output_of = ?"), through("satisfies", "intent", "f.output_of = ?")},
		LinkOfPlan: {within("input_of", "f.planned_within = ?"), within("output_of", "f.planned_within = ?"),
			through("fulfills", "commitment", "f.planned_within = ?"), through("fulfills", "commitment", "f.independent_demand_of = ?"),
			through("satisfies", "intent", "f.planned_within = ?")},
		LinkScope:       {naming("in_scope_of")},
		LinkContainedIn: apart("contained_in = ?", naming("also_in")), // the last first, and the others of a digital thing
		LinkPlansOf: {planning("process", "f.in_scope_of = ?"), planning("commitment", "f.provider = ?"), planning("commitment", "f.receiver = ?"),
			planning("intent", "f.provider = ?"), planning("intent", "f.receiver = ?")},
		LinkProposalsOf:   {through("publishes", "intent", "f.provider = ?"), through("publishes", "intent", "f.receiver = ?")},
		LinkPublishedFlow: {"id IN (SELECT owner FROM inverse WHERE target = ? AND property IN ('publishes', 'reciprocal'))"},
	}
	for _, many := range []Link{LinkFulfills, LinkSatisfies, LinkSettles, LinkPublishes, LinkReciprocal, LinkProposedTo, LinkListedIn, LinkRecipeIncludes} {
		all[many] = []string{naming(string(many))}
	}
	return all
}()
