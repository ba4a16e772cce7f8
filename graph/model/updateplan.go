package model

// RecipeUpdate is what an update says of a recipe.
type RecipeUpdate struct {
	Target
	Name           maybeText
	Note           maybeText
	PrimaryOutput  maybeID
	RecipeIncludes maybeIDs
}

// RecipeProcessUpdate is what an update says of a recipe process.
type RecipeProcessUpdate struct {
	Target
	Name                maybeName
	Note                maybeText
	Image               maybeURI
	HasDuration         maybeMeasure
	ProcessClassifiedAs maybeURIs
	ProcessConformsTo   maybeID
}

// RecipeExchangeUpdate is what an update says of a recipe exchange.
type RecipeExchangeUpdate struct {
	Target
	Name maybeName
	Note maybeText
}

// RecipeFlowUpdate is what an update says of a recipe flow.
type RecipeFlowUpdate struct {
	Target
	Action                   maybeAction
	RecipeInputOf            maybeID
	RecipeOutputOf           maybeID
	RecipeClauseOf           maybeID
	RecipeReciprocalClauseOf maybeID
	ResourceConformsTo       maybeID
	ResourceClassifiedAs     maybeURIs
	ResourceQuantity         maybeMeasure
	EffortQuantity           maybeMeasure
	Stage                    maybeID
	State                    maybeText
	Instructions             maybeText
	ProviderRole             maybeID
	ReceiverRole             maybeID
	Note                     maybeText
}

// AgentRelationshipRoleUpdate is what an update says of an agent relationship role.
type AgentRelationshipRoleUpdate struct {
	Target
	RoleLabel        maybeName
	InverseRoleLabel maybeText
	Note             maybeText
}

// AgentRelationshipUpdate is what an update says of an agent relationship.
type AgentRelationshipUpdate struct {
	Target
	Subject      maybeID
	Object       maybeID
	Relationship maybeID
	InScopeOf    maybeIDs
	Note         maybeText
}

// PlanUpdate is what an update says of a plan.
type PlanUpdate struct {
	Target
	Name    maybeName
	Note    maybeText
	Due     maybeTime
	Created maybeTime
}

// IntentUpdate is what an update says of an intent.
type IntentUpdate struct {
	Target
	Name                  maybeText
	Action                maybeAction
	Provider              maybeID
	Receiver              maybeID
	InputOf               maybeID
	OutputOf              maybeID
	PlannedWithin         maybeID
	ResourceInventoriedAs maybeID
	ResourceConformsTo    maybeID
	ResourceClassifiedAs  maybeURIs
	ResourceQuantity      maybeMeasure
	EffortQuantity        maybeMeasure
	Stage                 maybeID
	State                 maybeText
	HasBeginning          maybeTime
	HasEnd                maybeTime
	HasPointInTime        maybeTime
	Due                   maybeTime
	Finished              maybeTruth
	Note                  maybeText
	AgreedIn              maybeURI
	InScopeOf             maybeIDs
	Image                 maybeURI
	ImageList             maybeURIs
	AvailableQuantity     maybeMeasure
	MinimumQuantity       maybeMeasure
}

// CommitmentUpdate is what an update says of a commitment.
type CommitmentUpdate struct {
	Target
	Action                maybeAction
	Provider              maybeID
	Receiver              maybeID
	InputOf               maybeID
	OutputOf              maybeID
	PlannedWithin         maybeID
	ResourceInventoriedAs maybeID
	ResourceConformsTo    maybeID
	ResourceClassifiedAs  maybeURIs
	ResourceQuantity      maybeMeasure
	EffortQuantity        maybeMeasure
	Stage                 maybeID
	State                 maybeText
	HasBeginning          maybeTime
	HasEnd                maybeTime
	HasPointInTime        maybeTime
	Due                   maybeTime
	Finished              maybeTruth
	Note                  maybeText
	AgreedIn              maybeURI
	InScopeOf             maybeIDs
	Created               maybeTime
	Satisfies             maybeIDs
	ClauseOf              maybeID
	ReciprocalClauseOf    maybeID
	IndependentDemandOf   maybeID
}

// ClaimUpdate is what an update says of a claim.
type ClaimUpdate struct {
	Target
	Action               maybeAction
	Provider             maybeID
	Receiver             maybeID
	TriggeredBy          maybeID
	ResourceConformsTo   maybeID
	ResourceClassifiedAs maybeURIs
	ResourceQuantity     maybeMeasure
	EffortQuantity       maybeMeasure
	Due                  maybeTime
	Created              maybeTime
	Finished             maybeTruth
	Note                 maybeText
	AgreedIn             maybeURI
}

// AgreementUpdate is what an update says of an agreement.
type AgreementUpdate struct {
	Target
	Name      maybeText
	Note      maybeText
	Created   maybeTime
	BundledIn maybeID
}

// AgreementBundleUpdate is what an update says of an agreement bundle.
type AgreementBundleUpdate struct {
	Target
	Name    maybeText
	Note    maybeText
	Created maybeTime
}

// ProposalUpdate is what an update says of a proposal.
type ProposalUpdate struct {
	Target
	Purpose          maybePurpose
	Name             maybeText
	Note             maybeText
	Publishes        maybeIDs
	Reciprocal       maybeIDs
	ProposedTo       maybeIDs
	ListedIn         maybeIDs
	EligibleLocation maybeID
	HasBeginning     maybeTime
	HasEnd           maybeTime
	UnitBased        maybeTruth
	Created          maybeTime
	InScopeOf        maybeIDs
}

// ProposalListUpdate is what an update says of a proposal list.
type ProposalListUpdate struct {
	Target
	Name       maybeText
	Note       maybeText
	ProposedTo maybeIDs
	Created    maybeTime
}
