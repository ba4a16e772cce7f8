package graph

import "fmt"

// outlook is what a farm plans, beside what happens.
type outlook struct {
	*client
	farm, place, stage, gardening string
	role, list, bundle            string
}

// outlook starts the plans of a season.
func (c *client) outlook(farm, place, stage, gardening string) *outlook {
	c.t.Helper()
	o := &outlook{client: c, farm: farm, place: place, stage: stage, gardening: gardening}
	o.role = c.make("AgentRelationshipRole", vars{"roleLabel": "is a neighbour of", "inverseRoleLabel": "is a neighbour of"})
	o.list = c.make("ProposalList", vars{"name": "Prices", "proposedTo": farm})
	o.bundle = c.make("AgreementBundle", vars{"name": "The season"})
	return o
}

// week plans a week in a process of its own, and says what an event of work in
// it fulfils, satisfies, settles and comes of.
func (o *outlook) week(week int, process, grower, crop string) vars {
	o.t.Helper()
	name := fmt.Sprint("Week ", week)
	plan := o.make("Plan", vars{"name": name, "due": "2026-05-30"})
	o.change("Process", vars{"id": process, "plannedWithin": plan, "hasBeginning": "2026-05-01", "hasEnd": "2026-05-08", "finished": week%2 == 0}).good()
	o.make("AgentRelationship", vars{"subject": grower, "object": o.farm, "relationship": o.role, "inScopeOf": o.farm})

	agreement := o.make("Agreement", vars{"name": name, "bundledIn": o.bundle})
	wanted := o.make("Intent", vars{"action": "work", "receiver": o.farm, "inputOf": process, "resourceConformsTo": o.gardening, "effortQuantity": of("2", hour), "inScopeOf": o.farm, "stage": o.stage})
	offered := o.make("Intent", vars{"action": "transfer", "provider": o.farm, "resourceConformsTo": crop, "resourceQuantity": of("1", kilogram), "plannedWithin": plan, "hasPointInTime": "2026-05-09"})
	o.make("Proposal", vars{"name": name, "purpose": "offer", "publishes": offered, "reciprocal": wanted, "proposedTo": grower, "listedIn": o.list, "eligibleLocation": o.place, "inScopeOf": o.farm})
	work := o.make("Commitment", vars{"action": "work", "provider": grower, "receiver": o.farm, "inputOf": process, "resourceConformsTo": o.gardening, "effortQuantity": of("2", hour),
		"satisfies": wanted, "clauseOf": agreement, "inScopeOf": o.farm, "stage": o.stage})
	o.make("Commitment", vars{"action": "transfer", "provider": o.farm, "receiver": grower, "resourceConformsTo": crop, "resourceQuantity": of("1", kilogram),
		"reciprocalClauseOf": agreement, "plannedWithin": plan, "independentDemandOf": plan})
	claim := o.make("Claim", vars{"action": "transfer", "provider": o.farm, "receiver": grower, "resourceConformsTo": crop, "resourceQuantity": of("1", kilogram)})

	growing := o.make("RecipeProcess", vars{"name": name, "processConformsTo": o.stage, "hasDuration": vars{"numericDuration": "7", "unitType": "day"}})
	exchange := o.make("RecipeExchange", vars{"name": name})
	o.make("RecipeFlow", vars{"action": "work", "recipeInputOf": growing, "recipeClauseOf": exchange, "resourceConformsTo": o.gardening, "effortQuantity": of("2", hour), "providerRole": o.role})
	o.make("RecipeFlow", vars{"action": "produce", "recipeOutputOf": growing, "recipeReciprocalClauseOf": exchange, "resourceConformsTo": crop, "resourceQuantity": of("9", kilogram), "stage": o.stage})
	o.make("Recipe", vars{"name": name, "primaryOutput": crop, "recipeIncludes": growing})
	return vars{"fulfills": work, "satisfies": wanted, "settles": claim, "realizationOf": agreement}
}
