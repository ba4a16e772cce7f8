package graph

import (
	"strings"

	"disconode/node"
)

// rule is what the node's policy is asked before a field is answered.
type rule struct {
	verb node.Verb
	data node.Data
}

// record and page are fields that many types have.
const (
	recordFields = "id revisionId iri origin revision meta "
	agentFields  = recordFields + "name image note primaryLocation economicEvents economicEventsAsProvider economicEventsAsReceiver " +
		"economicEventsInScope inventoriedEconomicResources processes " +
		"relationships relationshipsAsSubject relationshipsAsObject roles commitments commitmentsAsProvider commitmentsAsReceiver " +
		"commitmentsInScope intents intentsAsProvider intentsAsReceiver intentsInScope claims claimsAsProvider claimsAsReceiver " +
		"plans proposals proposalsInScope proposalsTo proposalListsTo "
	pageFields = "edges pageInfo"
	edgeFields = "node cursor"
	walkFields = "previous next trace track flow "
)

// fieldRules says for every field of the schema what the policy is asked; the
// pages of a class of records have the rule of the class. Whose records are
// whose is the node's to decide, record by record.
var fieldRules = map[rule]map[string]string{
	{node.See, node.NodeFace}: {
		"Query":  "action actions",
		"Action": "id label eventQuantity inputOutput pairsWith createResource resourceEffect accountingEffect onhandEffect locationEffect containedEffect accountableEffect stageEffect stateEffect",
	},
	{node.See, node.Own}: {
		"Query":      "myAgent sharesMyName",
		"PageInfo":   "startCursor endCursor hasPreviousPage hasNextPage totalCount pageLimit",
		"RecordMeta": "previousRevision previousRevisionsCount futureRevisionsCount latestRevision retrievedRevision",
		"Revision":   "id time author",
		"Measure":    "hasNumericalValue hasUnit",
	},

	{node.See, node.Vocabulary}: {
		"Query": "unit units resourceSpecification resourceSpecifications processSpecification processSpecifications",
		"Unit":  recordFields + "label symbol omUnitIdentifier classifiedAs",
		"ResourceSpecification": recordFields + "name image imageList resourceClassifiedAs note defaultUnitOfResource defaultUnitOfEffort mediumOfExchange substitutable " +
			"conformingResources economicEvents commitments intents conformingRecipeFlows recipes",
		"ProcessSpecification":          recordFields + "name note image resourcesCurrentlyAtStage conformingProcesses commitmentsRequiringStage conformingRecipeProcesses recipeFlowsRequiringStage",
		"UnitResponse":                  "unit",
		"ResourceSpecificationResponse": "resourceSpecification",
		"ProcessSpecificationResponse":  "processSpecification",
	},
	{node.Record, node.Vocabulary}: {
		"Mutation": "createUnit createResourceSpecification createProcessSpecification",
	},
	{node.Change, node.Vocabulary}: {
		"Mutation": "updateUnit deleteUnit updateResourceSpecification deleteResourceSpecification updateProcessSpecification deleteProcessSpecification",
	},

	{node.See, node.Recipes}: {
		"Query":          "recipe recipes recipeProcess recipeProcesses recipeExchange recipeExchanges recipeFlow recipeFlows agentRelationshipRole agentRelationshipRoles",
		"Recipe":         recordFields + "name note primaryOutput recipeIncludes",
		"RecipeProcess":  recordFields + "name note image hasDuration processClassifiedAs processConformsTo recipeInputs recipeOutputs includedIn",
		"RecipeExchange": recordFields + "name note recipeClauses recipeReciprocalClauses",
		"RecipeFlow": recordFields + "action recipeInputOf recipeOutputOf recipeClauseOf recipeReciprocalClauseOf resourceConformsTo resourceClassifiedAs " +
			"resourceQuantity effortQuantity stage state instructions providerRole receiverRole note",
		"AgentRelationshipRole":         recordFields + "roleLabel inverseRoleLabel note agentRelationships",
		"RecipeResponse":                "recipe",
		"RecipeProcessResponse":         "recipeProcess",
		"RecipeExchangeResponse":        "recipeExchange",
		"RecipeFlowResponse":            "recipeFlow",
		"AgentRelationshipRoleResponse": "agentRelationshipRole",
		"Duration":                      "numericDuration unitType",
	},
	{node.Record, node.Recipes}: {
		"Mutation": "createRecipe createRecipeProcess createRecipeExchange createRecipeFlow createAgentRelationshipRole",
	},
	{node.Change, node.Recipes}: {
		"Mutation": "updateRecipe deleteRecipe updateRecipeProcess deleteRecipeProcess updateRecipeExchange deleteRecipeExchange updateRecipeFlow deleteRecipeFlow " +
			"updateAgentRelationshipRole deleteAgentRelationshipRole",
	},

	{node.See, node.Agents}: {
		"Query":                   "agent agents person people organization organizations ecologicalAgent ecologicalAgents",
		"Agent":                   agentFields,
		"Person":                  agentFields,
		"Organization":            agentFields + "classifiedAs",
		"EcologicalAgent":         agentFields + "classifiedAs",
		"PersonResponse":          "agent",
		"OrganizationResponse":    "agent",
		"EcologicalAgentResponse": "agent",
	},
	{node.Record, node.Identities}: {
		"Mutation": "createPerson",
	},
	{node.Change, node.Identities}: {
		"Mutation": "updatePerson deletePerson",
	},
	{node.Record, node.Agents}: {
		"Mutation": "createOrganization createEcologicalAgent",
	},
	{node.Change, node.Agents}: {
		"Mutation": "updateOrganization deleteOrganization updateEcologicalAgent deleteEcologicalAgent",
	},

	{node.See, node.Relations}: {
		"Query":                     "agentRelationship agentRelationships",
		"AgentRelationship":         recordFields + "subject object relationship inScopeOf note",
		"AgentRelationshipResponse": "agentRelationship",
	},
	{node.Record, node.Relations}: {
		"Mutation": "createAgentRelationship",
	},
	{node.Change, node.Relations}: {
		"Mutation": "updateAgentRelationship deleteAgentRelationship",
	},

	{node.See, node.Plans}: {
		"Query": "plan plans agreement agreements agreementBundle agreementBundles proposal proposals proposalList proposalLists offers " +
			"requests criticalPath shortages matches",
		"Mutation":         "replan", // told to all that see plans; whether it may be applied, record by record
		"MakePlanResponse": "plan processes commitments intents agreements proposals allocations deliveries shortages surplus tooEarly notes",
		"Allocation":       "resourceConformsTo quantity resource flow planned substitute for demand",
		"PlanDelivery":     "commitment at late open",
		"Surplus":          "resourceConformsTo stage state quantity flow",
		"PlanNote":         "code about text",
		"Shortage":         "resourceConformsTo stage state quantity due code flow from",
		"PossibleSource":   "agent offer available last",
		"Match":            "intent proposal agent quantity score reasons",
		"MatchReason":      "code text points",
		"CriticalPath":     "steps begin end longest",
		"CriticalStep":     "process earliestStart earliestEnd latestStart latestEnd float freeFloat critical",
		"ReplanResponse":   "moves late gaps",
		"PlanMove":         "process wasBegin wasEnd begin end later because",
		"LateDelivery":     "commitment due at late",
		"PlanGap":          "flow process resourceConformsTo stage state quantity from until",
		"Plan": recordFields + "name note due created startDate endDate finished deletable inScopeOf involvedAgents planIncludes processes " +
			"independentDemands nonProcessCommitments nonProcessIntents economicEvents fulfilment",
		"Agreement": recordFields + "name note created bundledIn commitments stipulates stipulatesReciprocal economicEvents realizes realizesReciprocal " +
			"unplannedEconomicEvents involvedAgents fulfilment",
		"AgreementFulfilment": "percent clauses reciprocal isClosed openClaims madeGood",
		"MadeGood":            "commitment claim",
		"PlanFulfilment":      "percent deliverables commitments processes finished overdue isDone",
		"FulfilmentSide":      "promises done percent",
		"AgreementBundle":     recordFields + "name note created agreements bundles",
		"Proposal": recordFields + "purpose name note publishes reciprocal proposedTo listedIn eligibleLocation hasBeginning hasEnd unitBased created isOffer isWithin " +
			"isRequest offers requests inScopeOf",
		"ProposalList":            recordFields + "name note proposedTo created lists",
		"PlanResponse":            "plan",
		"AgreementResponse":       "agreement",
		"AgreementBundleResponse": "agreementBundle",
		"ProposalResponse":        "proposal",
		"ProposalListResponse":    "proposalList",
	},
	{node.Record, node.Plans}: {
		"Mutation": "createPlan makePlan createAgreement createAgreementBundle createProposal createProposalList",
	},
	{node.Change, node.Plans}: {
		"Mutation": "updatePlan deletePlan updateAgreement deleteAgreement updateAgreementBundle deleteAgreementBundle updateProposal " +
			"deleteProposal updateProposalList deleteProposalList",
	},

	{node.See, node.Commitments}: {
		"Query": "intent intents commitment commitments claim claims",
		"Intent": recordFields + "name action provider receiver inputOf outputOf plannedWithin resourceInventoriedAs resourceConformsTo " +
			"resourceClassifiedAs resourceQuantity effortQuantity stage state hasBeginning hasEnd hasPointInTime due finished note " +
			"agreedIn inScopeOf image imageList availableQuantity minimumQuantity satisfiedBy observedBy publishedIn deletable satisfaction",
		"Commitment": recordFields + "action provider receiver inputOf outputOf plannedWithin resourceInventoriedAs resourceConformsTo resourceClassifiedAs " +
			"resourceQuantity effortQuantity stage state hasBeginning hasEnd hasPointInTime due finished note agreedIn inScopeOf " +
			"created satisfies clauseOf reciprocalClauseOf independentDemandOf fulfilledBy involvedAgents deletable fulfilment",
		"Claim": recordFields + "action provider receiver triggeredBy resourceConformsTo resourceClassifiedAs resourceQuantity effortQuantity due created " +
			"finished note agreedIn settledBy settlement",
		"Fulfilment":         "resourceQuantity effortQuantity isDone doneAt isPartial due isLate isOverdue late finished inKind percent uncounted",
		"Progress":           "wanted done open over",
		"IntentResponse":     "intent",
		"CommitmentResponse": "commitment",
		"ClaimResponse":      "claim",
	},
	{node.Record, node.Commitments}: {
		"Mutation": "createIntent createCommitment createClaim",
	},
	{node.Change, node.Commitments}: {
		"Mutation": "updateIntent deleteIntent updateCommitment deleteCommitment updateClaim deleteClaim",
	},

	{node.See, node.Processes}: {
		"Query": "process processes",
		"Process": recordFields + walkFields + "previousProcesses nextProcesses name hasBeginning hasEnd finished classifiedAs note basedOn inScopeOf deletable involvedAgents workingAgents " +
			"observedInputs observedOutputs unplannedInputs unplannedOutputs plannedWithin committedInputs committedOutputs intendedInputs intendedOutputs unplannedEconomicEvents",
		"ProcessResponse": "process",
	},
	{node.Record, node.Processes}: {
		"Mutation": "createProcess",
	},
	{node.Change, node.Processes}: {
		"Mutation": "updateProcess deleteProcess",
	},

	{node.See, node.Events}: {
		"Query": "economicEvent economicEvents provenance",
		"EconomicEvent": recordFields + walkFields + "action provider receiver inputOf outputOf resourceInventoriedAs toResourceInventoriedAs resourceConformsTo " +
			"resourceClassifiedAs resourceQuantity effortQuantity hasBeginning hasEnd hasPointInTime created toLocation state stream image note " +
			"agreedIn triggeredBy triggers corrects correctedBy scrapOf recordedBy inScopeOf deletable fulfills satisfies settles realizationOf reciprocalRealizationOf reciprocalEvents triggeredClaims",
		"EconomicEventResponse": "economicEvent economicResource",
		"FlowConnection":        pageFields,
		"FlowEdge":              edgeFields + " depth parent via",
	},
	{node.Record, node.Events}: {
		"Mutation": "createEconomicEvent",
	},
	{node.Change, node.Events}: {
		"Mutation": "updateEconomicEvent",
	},

	{node.See, node.Stock}: {
		"Query": "economicResource economicResources batchLotRecord batchLotRecords spatialThing spatialThings",
		"EconomicResource": recordFields + walkFields + "name conformsTo classifiedAs trackingIdentifier image imageList note accountingQuantity onhandQuantity " +
			"primaryAccountable custodian unitOfEffort ofBatchLot stage state currentLocation currentVirtualLocation currentCurrencyLocation " +
			"containedIn containers contains contents economicEventsInOutFrom economicEventsFrom economicEventsTo commitments intents",
		"BatchLotRecord":           recordFields + "batchLotCode expirationDate economicResources",
		"SpatialThing":             recordFields + "name mappableAddress lat long alt hasDetailedGeometry note agents economicResources proposals",
		"EconomicResourceResponse": "economicResource",
		"BatchLotRecordResponse":   "batchLotRecord",
		"SpatialThingResponse":     "spatialThing",
	},
	{node.Record, node.Stock}: {
		"Mutation": "createBatchLotRecord createSpatialThing",
	},
	{node.Change, node.Stock}: {
		"Mutation": "updateEconomicResource updateBatchLotRecord deleteBatchLotRecord updateSpatialThing deleteSpatialThing",
	},

	{node.See, node.Contributions}: {
		"Query":        "contributions flowNetwork",
		"FlowNetwork":  "flows more",
		"NetworkFlow":  "from to quantity events",
		"Contribution": "agent receiver action resourceConformsTo process stream month events resourceQuantity effortQuantity",
	},

	{node.See, node.Accounts}: {
		"Query":              "rollUp cashFlow balances incomeStatement ledger",
		"RollUp":             "quantity total unitValue currency unit lines parts partsCount unpriced unpricedCount circular circularCount",
		"RollUpLine":         "depth kind action record resourceConformsTo resource quantity rate value share why more",
		"CashFlow":           "opening unit periods overdue later undated",
		"CashFlowPeriod":     "name begin end happened expected net balance",
		"CashFlowSum":        "in out",
		"Balances":           "byResource bySpecification",
		"Balance":            "resource resourceConformsTo accountingQuantity onhandQuantity",
		"IncomeStatementRow": "resourceConformsTo unit isService received made given used adjusted net uncounted",
		"LedgerConnection":   pageFields + " openingAccounting openingOnhand",
		"LedgerEdge":         edgeFields,
		"LedgerLine":         "economicEvent counterparty accountingChange onhandChange accountingQuantity onhandQuantity",
	},

	{node.See, node.Peers}: {
		"Query":       "peers sharedEntries refusals",
		"Peer":        "id iri name follower audience following blocked requested error delivery",
		"Delivery":    "sent waiting attempts nextTry lastError lastSent",
		"SharedEntry": "position at kind iri activity",
		"Refusal":     "at actor reason object",
	},
	{node.Change, node.Peers}: {
		"Mutation": "followPeer unfollowPeer approvePeer rejectPeer blockPeer unblockPeer",
	},
	{node.Change, node.Own}: {
		"Mutation": "shareMyName",
	},
}

// ruleOf is the rule of each field, as Type.field.
var ruleOf = func() map[string]rule {
	all := map[string]rule{}
	for r, types := range fieldRules {
		for name, fields := range types {
			for _, field := range strings.Fields(fields) {
				all[name+"."+field] = r
			}
			if strings.HasPrefix(fields, recordFields) {
				for page, its := range map[string]string{name + "Connection": pageFields, name + "Edge": edgeFields} {
					for _, field := range strings.Fields(its) {
						all[page+"."+field] = r
					}
				}
			}
		}
	}
	return all
}()
