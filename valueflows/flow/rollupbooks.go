package flow

import "disconode/valueflows"

// RollupBooks are the records that a roll-up of what happened reads. Each method
// is asked for a set, so that a level of the walk costs one query each; the same
// set may be answered in any order. What the caller may not see it leaves out.
type RollupBooks interface {
	// Resources are those of the resources that are counted here.
	Resources(ids []valueflows.ID) ([]*valueflows.EconomicResource, error)
	// EventsInto are the events that name one of the resources as
	// toResourceInventoriedAs, or as resourceInventoriedAs with one of
	// [RollupInflows]; corrections included. More does no harm.
	EventsInto(resources []valueflows.ID) ([]*valueflows.EconomicEvent, error)
	// EventsOf are all inputs and outputs of the processes, corrections included.
	EventsOf(processes []valueflows.ID) ([]*valueflows.EconomicEvent, error)
	// Stages are the ProcessSpecifications that the processes are based on.
	Stages(processes []valueflows.ID) (map[valueflows.ID]valueflows.ID, error)
	// DealsOf are the agreements that any of the events realizes, directly or by
	// fulfilling a clause, each with all of its events and open clauses.
	DealsOf(events []valueflows.ID) ([]RollupDeal, error)
}

// RollupDeal is an agreement's events: what was given, and what in return; and
// what is still to come of either. Without the latter, what was paid ahead for
// twelve boxes would all be the first one's cost.
type RollupDeal struct {
	Agreement                   valueflows.ID
	Primary, Reciprocal         []*valueflows.EconomicEvent
	PrimaryOpen, ReciprocalOpen []RollupOpen
}

// RollupOpen is a clause that is not finished, and how much of it is not
// fulfilled, in the unit of its resource quantity, else of its effort quantity.
type RollupOpen struct {
	Clause *valueflows.Commitment
	Open   valueflows.Decimal
}

// RollupInflows are the actions whose events add to their resource, hand it
// back, or say what of it was scrap.
func RollupInflows() []valueflows.Action {
	var list []valueflows.Action
	for _, action := range valueflows.ActionIDs {
		b := valueflows.Actions[action]
		if b.AccountingEffect == "increment" || b.OnhandEffect == "increment" || action == valueflows.ScrapAction {
			list = append(list, action)
		}
	}
	return list
}
