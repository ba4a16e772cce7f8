package model

import "disconode/valueflows"

// RecipeFilterParams says which recipes to list.
type RecipeFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}

// RecipeProcessFilterParams says which recipe processes to list.
type RecipeProcessFilterParams struct {
	Origin              []valueflows.ID
	SearchString        *string
	ProcessClassifiedAs []valueflows.URI
}

// RecipeExchangeFilterParams says which recipe exchanges to list.
type RecipeExchangeFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}

// RecipeFlowFilterParams says which recipe flows to list.
type RecipeFlowFilterParams struct {
	Origin               []valueflows.ID
	SearchString         *string
	Action               []valueflows.Action
	ResourceConformsTo   []valueflows.ID
	ResourceClassifiedAs []valueflows.URI
	Stage                []valueflows.ID
	State                []string
}

// AgentRelationshipRoleFilterParams says which agent relationship roles to list.
type AgentRelationshipRoleFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}

// AgentRelationshipFilterParams says which agent relationships to list.
type AgentRelationshipFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
	Subject      []valueflows.ID
	Object       []valueflows.ID
	Relationship []valueflows.ID
}

// PlanFilterParams says which plans to list.
type PlanFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}

// IntentFilterParams says which intents to list.
type IntentFilterParams struct {
	Origin               []valueflows.ID
	SearchString         *string
	ProviderID           []valueflows.ID
	ReceiverID           []valueflows.ID
	ResourceClassifiedAs []valueflows.URI
	Action               []valueflows.Action
	StartDate            *valueflows.Instant
	EndDate              *valueflows.Instant
	ResourceConformsTo   []valueflows.ID
	Finished             *bool
	Resource             []valueflows.ID
	Process              []valueflows.ID
	Plan                 []valueflows.ID
	Stage                []valueflows.ID
	State                []string
}

// CommitmentFilterParams says which commitments to list.
type CommitmentFilterParams struct {
	Origin               []valueflows.ID
	SearchString         *string
	ProviderID           []valueflows.ID
	ReceiverID           []valueflows.ID
	ResourceClassifiedAs []valueflows.URI
	Action               []valueflows.Action
	StartDate            *valueflows.Instant
	EndDate              *valueflows.Instant
	ResourceConformsTo   []valueflows.ID
	Finished             *bool
	Resource             []valueflows.ID
	Process              []valueflows.ID
	Plan                 []valueflows.ID
	Stage                []valueflows.ID
	State                []string
	Agreement            []valueflows.ID
}

// ClaimFilterParams says which claims to list.
type ClaimFilterParams struct {
	Origin               []valueflows.ID
	SearchString         *string
	ProviderID           []valueflows.ID
	ReceiverID           []valueflows.ID
	ResourceClassifiedAs []valueflows.URI
	Action               []valueflows.Action
	StartDate            *valueflows.Instant
	EndDate              *valueflows.Instant
	ResourceConformsTo   []valueflows.ID
	Finished             *bool
}

// AgreementFilterParams says which agreements to list.
type AgreementFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}

// AgreementBundleFilterParams says which agreement bundles to list.
type AgreementBundleFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}

// ProposalFilterParams says which proposals to list.
type ProposalFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
	Purpose      []valueflows.ProposalPurpose
}

// ProposalListFilterParams says which proposal lists to list.
type ProposalListFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}
