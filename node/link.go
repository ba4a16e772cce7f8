package node

import "disconode/node/store"

// The links.
const (
	LinkInputOf                  = store.LinkInputOf
	LinkOutputOf                 = store.LinkOutputOf
	LinkResourceInventoriedAs    = store.LinkResourceInventoriedAs
	LinkToResourceInventoriedAs  = store.LinkToResourceInventoriedAs
	LinkResourceConformsTo       = store.LinkResourceConformsTo
	LinkCorrects                 = store.LinkCorrects
	LinkPrimaryAccountable       = store.LinkPrimaryAccountable
	LinkContainedIn              = store.LinkContainedIn
	LinkConformsTo               = store.LinkConformsTo
	LinkStage                    = store.LinkStage
	LinkCurrentLocation          = store.LinkCurrentLocation
	LinkOfBatchLot               = store.LinkOfBatchLot
	LinkBasedOn                  = store.LinkBasedOn
	LinkInScopeOf                = store.LinkInScopeOf
	LinkPrimaryLocation          = store.LinkPrimaryLocation
	LinkProvider                 = store.LinkProvider
	LinkReceiver                 = store.LinkReceiver
	LinkPlannedWithin            = store.LinkPlannedWithin
	LinkBundledIn                = store.LinkBundledIn
	LinkClauseOf                 = store.LinkClauseOf
	LinkReciprocalClauseOf       = store.LinkReciprocalClauseOf
	LinkIndependentDemandOf      = store.LinkIndependentDemandOf
	LinkTriggeredBy              = store.LinkTriggeredBy
	LinkRealizationOf            = store.LinkRealizationOf
	LinkReciprocalRealizationOf  = store.LinkReciprocalRealizationOf
	LinkEligibleLocation         = store.LinkEligibleLocation
	LinkPrimaryOutput            = store.LinkPrimaryOutput
	LinkProcessConformsTo        = store.LinkProcessConformsTo
	LinkRecipeInputOf            = store.LinkRecipeInputOf
	LinkRecipeOutputOf           = store.LinkRecipeOutputOf
	LinkRecipeClauseOf           = store.LinkRecipeClauseOf
	LinkRecipeReciprocalClauseOf = store.LinkRecipeReciprocalClauseOf
	LinkSubject                  = store.LinkSubject
	LinkObject                   = store.LinkObject
	LinkRelationship             = store.LinkRelationship
	LinkFulfills                 = store.LinkFulfills
	LinkSatisfies                = store.LinkSatisfies
	LinkSettles                  = store.LinkSettles
	LinkPublishes                = store.LinkPublishes
	LinkReciprocal               = store.LinkReciprocal
	LinkProposedTo               = store.LinkProposedTo
	LinkListedIn                 = store.LinkListedIn
	LinkRecipeIncludes           = store.LinkRecipeIncludes
	LinkScope                    = store.LinkScope
	LinkParty                    = store.LinkParty
	LinkClauses                  = store.LinkClauses
	LinkRelated                  = store.LinkRelated
	LinkOfAgreement              = store.LinkOfAgreement
	LinkInputs                   = store.LinkInputs
	LinkOutputs                  = store.LinkOutputs
	LinkOfPlan                   = store.LinkOfPlan
	LinkPlansOf                  = store.LinkPlansOf
	LinkProposalsOf              = store.LinkProposalsOf
	LinkPublishedFlow            = store.LinkPublishedFlow
)
