package jsonld

import "disconode/valueflows"

// formerClasses are those of earlier versions of the vocabulary, and the class
// that their records are read as; empty where 1.0.0 has nothing like them, and
// they are skipped. The links are in formerLinks.
var formerClasses = map[valueflows.Class]valueflows.Class{
	"RecipeResource": valueflows.ClassResourceSpecification, "ProductBatch": valueflows.ClassBatchLotRecord,

	"RoleBehavior": "", "Scenario": "", "ScenarioDefinition": "", "Appreciation": "", "RecipeGroup": "",
}

// formerLinks are the classes of earlier versions that stood between two
// records, and the property by which the one now names the other.
var formerLinks = map[valueflows.Class]string{
	"Fulfillment": "fulfills", "Satisfaction": "satisfies", "Settlement": "settles", "ProposedIntent": "publishes", "ProposedTo": "proposedTo",
}

// isKnown tells whether a class is one of Valueflows, of this version or an earlier one.
func isKnown(class valueflows.Class) bool {
	_, former := formerClasses[class]
	_, link := formerLinks[class]
	return class.Kept() || former || link
}

// flows are the classes whose records say what happened or shall happen: two
// that share an id and differ are two, where two statements of any other class
// are one record stated twice.
var flows = map[valueflows.Class]bool{
	valueflows.ClassEconomicEvent: true, valueflows.ClassCommitment: true, valueflows.ClassIntent: true, valueflows.ClassClaim: true,
	valueflows.ClassRecipeFlow: true,
}

// classAgent stands for the three classes of agents, where a property's range
// is any of them.
const classAgent valueflows.Class = "Agent"

// ranges are the classes that the properties refer to.
var ranges = map[string]valueflows.Class{
	"basedOn": valueflows.ClassProcessSpecification, "bundledIn": valueflows.ClassAgreementBundle,
	"clauseOf": valueflows.ClassAgreement, "conformsTo": valueflows.ClassResourceSpecification,
	"containedIn": valueflows.ClassEconomicResource, "corrects": valueflows.ClassEconomicEvent,
	"currentLocation": valueflows.ClassSpatialThing, "custodian": classAgent,
	"defaultUnitOfEffort": valueflows.ClassUnit, "defaultUnitOfResource": valueflows.ClassUnit,
	"eligibleLocation": valueflows.ClassSpatialThing,
	"fulfills":         valueflows.ClassCommitment, "hasUnit": valueflows.ClassUnit, "inScopeOf": classAgent,
	"independentDemandOf": valueflows.ClassPlan, "inputOf": valueflows.ClassProcess, "listedIn": valueflows.ClassProposalList,
	"object": classAgent, "ofBatchLot": valueflows.ClassBatchLotRecord, "outputOf": valueflows.ClassProcess,
	"plannedWithin": valueflows.ClassPlan, "primaryAccountable": classAgent, "primaryLocation": valueflows.ClassSpatialThing,
	"primaryOutput": valueflows.ClassResourceSpecification, "processConformsTo": valueflows.ClassProcessSpecification,
	"proposedTo": classAgent, "provider": classAgent, "providerRole": valueflows.ClassAgentRelationshipRole, "publishes": valueflows.ClassIntent,
	"realizationOf": valueflows.ClassAgreement, "receiver": classAgent, "receiverRole": valueflows.ClassAgentRelationshipRole,
	"recipeClauseOf": valueflows.ClassRecipeExchange, "recipeIncludes": valueflows.ClassRecipeProcess,
	"recipeInputOf": valueflows.ClassRecipeProcess, "recipeOutputOf": valueflows.ClassRecipeProcess,
	"recipeReciprocalClauseOf": valueflows.ClassRecipeExchange, "reciprocal": valueflows.ClassIntent,
	"reciprocalClauseOf": valueflows.ClassAgreement, "reciprocalRealizationOf": valueflows.ClassAgreement,
	"relationship":       valueflows.ClassAgentRelationshipRole,
	"resourceConformsTo": valueflows.ClassResourceSpecification, "resourceInventoriedAs": valueflows.ClassEconomicResource,
	"satisfies": valueflows.ClassIntent, "scrapOf": valueflows.ClassEconomicEvent, "settles": valueflows.ClassClaim,
	"stage": valueflows.ClassProcessSpecification, "subject": classAgent,
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
	"bundles": "bundledIn", "lists": "listedIn", "publishedIn": "publishes", "proposed": "proposedTo",
	"hasRecipeInput": "recipeInputOf", "hasRecipeOutput": "recipeOutputOf",
	"recipeStipulates": "recipeClauseOf", "recipeStipulatesReciprocal": "recipeReciprocalClauseOf",
	"fulfilledBy": "fulfills", "satisfiedBy": "satisfies", "settledBy": "settles",
}

// planned are the slips of flows that are wanted, promised or claimed.
var planned = map[string]string{
	"resourceConforms": "resourceConformsTo", "conformsTo": "resourceConformsTo", "classifiedAs": "resourceClassifiedAs",
}

// slips are names that documents give to a property of a class, and the name it has.
var slips = map[valueflows.Class]map[string]string{
	valueflows.ClassEconomicResource: {
		"resourceConformsTo": "conformsTo", "locatedAt": "currentLocation", "uri": "currentVirtualLocation",
		"resourceClassifiedAs": "classifiedAs", "lot": "ofBatchLot",
	},
	valueflows.ClassEconomicEvent: planned, valueflows.ClassIntent: planned, valueflows.ClassCommitment: planned, valueflows.ClassClaim: planned,
	valueflows.ClassRecipeFlow: {
		"resourceConforms": "resourceConformsTo", "conformsTo": "resourceConformsTo", "classifiedAs": "resourceClassifiedAs",
		"recipeFlowResource": "resourceConformsTo", "inputOf": "recipeInputOf", "outputOf": "recipeOutputOf",
	},
	valueflows.ClassRecipeProcess: {
		"basedOn": "processConformsTo", "classifiedAs": "processClassifiedAs",
		"time:hasDuration": "hasDuration", timeOntology + "hasDuration": "hasDuration",
	},
	valueflows.ClassResourceSpecification: {
		"classifiedAs": "resourceClassifiedAs", "unitOfResource": "defaultUnitOfResource", "unitOfEffort": "defaultUnitOfEffort",
	},
	valueflows.ClassProcess:        {"processClassifiedAs": "classifiedAs", "processConformsTo": "basedOn"},
	valueflows.ClassBatchLotRecord: {"batchNumber": "batchLotCode", "expiryDate": "expirationDate"},
}

// timeOntology is the namespace of OWL-Time, whose terms earlier versions used.
const timeOntology = "http://www.w3.org/2006/time#"
