package jsonld

import "disconode/valueflows"

// laterClasses are the classes of Valueflows 1.0.0 and of its earlier versions
// whose records are named in the report and not kept yet.
var laterClasses = map[valueflows.Class]bool{
	"Plan": true, "Commitment": true, "Intent": true, "Claim": true, "Agreement": true, "AgreementBundle": true,
	"Proposal": true, "ProposalList": true,
	"Recipe": true, "RecipeFlow": true, "RecipeProcess": true, "RecipeExchange": true,

	"AgentRelationship": true, "AgentRelationshipRole": true, "RoleBehavior": true, "Scenario": true, "ScenarioDefinition": true,
	"Appreciation": true, "RecipeGroup": true, "RecipeResource": true, "ProductBatch": true,
	"Fulfillment": true, "Satisfaction": true, "Settlement": true, "ProposedIntent": true, "ProposedTo": true,
}

// keptClasses are the classes whose records are kept.
var keptClasses = map[valueflows.Class]bool{
	valueflows.ClassPerson: true, valueflows.ClassOrganization: true, valueflows.ClassEcologicalAgent: true,
	valueflows.ClassUnit: true, valueflows.ClassResourceSpecification: true, valueflows.ClassProcessSpecification: true,
	valueflows.ClassProcess: true, valueflows.ClassEconomicEvent: true, valueflows.ClassEconomicResource: true,
	valueflows.ClassBatchLotRecord: true, valueflows.ClassSpatialThing: true,
}

// flows are the classes whose records say what happened or shall happen: two
// that share an id and differ are two, where two statements of any other class
// are one record stated twice.
var flows = map[valueflows.Class]bool{
	valueflows.ClassEconomicEvent: true, "Commitment": true, "Intent": true, "Claim": true, "RecipeFlow": true,
}

// classAgent stands for the three classes of agents, where a property's range
// is any of them.
const classAgent valueflows.Class = "Agent"

// ranges are the classes that the properties refer to.
var ranges = map[string]valueflows.Class{
	"basedOn": valueflows.ClassProcessSpecification, "conformsTo": valueflows.ClassResourceSpecification,
	"containedIn": valueflows.ClassEconomicResource, "corrects": valueflows.ClassEconomicEvent,
	"currentLocation": valueflows.ClassSpatialThing, "custodian": classAgent,
	"defaultUnitOfEffort": valueflows.ClassUnit, "defaultUnitOfResource": valueflows.ClassUnit,
	"fulfills": "Commitment", "hasUnit": valueflows.ClassUnit, "inScopeOf": classAgent,
	"inputOf": valueflows.ClassProcess, "ofBatchLot": valueflows.ClassBatchLotRecord, "outputOf": valueflows.ClassProcess,
	"plannedWithin": "Plan", "primaryAccountable": classAgent, "primaryLocation": valueflows.ClassSpatialThing,
	"provider": classAgent, "realizationOf": "Agreement", "receiver": classAgent, "reciprocalRealizationOf": "Agreement",
	"resourceConformsTo": valueflows.ClassResourceSpecification, "resourceInventoriedAs": valueflows.ClassEconomicResource,
	"satisfies": "Intent", "scrapOf": valueflows.ClassEconomicEvent, "settles": "Claim", "stage": valueflows.ClassProcessSpecification,
	"toLocation": valueflows.ClassSpatialThing, "toResourceInventoriedAs": valueflows.ClassEconomicResource,
	"triggeredBy": valueflows.ClassEconomicEvent, "unitOfEffort": valueflows.ClassUnit,
}

// inverses are the properties under which a record's parts are written inside
// it, and the property of the part that says the same.
var inverses = map[string]string{
	"hasInput": "inputOf", "hasOutput": "outputOf",
	"contains":   "containedIn",
	"stipulates": "clauseOf", "stipulatesReciprocal": "reciprocalClauseOf",
	"realizes": "realizationOf", "realizesReciprocal": "reciprocalRealizationOf",
	"planIncludes": "plannedWithin", "hasIndependentDemand": "independentDemandOf",
	"bundles": "bundledIn", "lists": "listedIn",
	"hasRecipeInput": "recipeInputOf", "hasRecipeOutput": "recipeOutputOf",
	"recipeStipulates": "recipeClauseOf", "recipeStipulatesReciprocal": "recipeReciprocalClauseOf",
	"fulfilledBy": "fulfills", "satisfiedBy": "satisfies", "settledBy": "settles",
}

// slips are names that documents give to a property of a class, and the name it has.
var slips = map[valueflows.Class]map[string]string{
	valueflows.ClassEconomicResource: {
		"resourceConformsTo": "conformsTo", "locatedAt": "currentLocation", "uri": "currentVirtualLocation",
		"resourceClassifiedAs": "classifiedAs",
	},
	valueflows.ClassEconomicEvent: {
		"resourceConforms": "resourceConformsTo", "conformsTo": "resourceConformsTo", "classifiedAs": "resourceClassifiedAs",
	},
	valueflows.ClassResourceSpecification: {"classifiedAs": "resourceClassifiedAs"},
	valueflows.ClassProcess:               {"processClassifiedAs": "classifiedAs", "processConformsTo": "basedOn"},
}
