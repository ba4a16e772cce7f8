package model

import "disconode/valueflows"

// Connection is a page of a list.
type Connection[T any] struct {
	Edges    []*Edge[T]
	PageInfo PageInfo
}

// Edge is one record of a page.
type Edge[T any] struct {
	Node     T
	Position int64
	List     *List
}

// Cursor is the record's place in the list.
func (e *Edge[T]) Cursor() string { return e.List.Cursor(e.Position) }

// List writes and reads the cursors of one list. They are authenticated, which
// costs, so they are written only where they are asked for.
type List struct {
	Cursor func(position int64) string
	Parse  func(cursor string) (position int64, err error)
}

// PageInfo says where a page lies in its list.
type PageInfo struct {
	HasPreviousPage, HasNextPage bool
	PageLimit                    int
	List                         *List
	First, Last                  *int64 // positions; nil on an empty page
}

// StartCursor is the cursor of the first record; nil on an empty page.
func (p *PageInfo) StartCursor() *string { return p.cursor(p.First) }

// EndCursor is the cursor of the last record; nil on an empty page.
func (p *PageInfo) EndCursor() *string { return p.cursor(p.Last) }

// TotalCount is nil: nothing is counted only to be shown.
func (p *PageInfo) TotalCount() *int { return nil }

func (p *PageInfo) cursor(position *int64) *string {
	if position == nil {
		return nil
	}
	text := p.List.Cursor(*position)
	return &text
}

// The pages of the schema, by what they list.
type (
	AgentConnection                 = Connection[Agent]
	AgentEdge                       = Edge[Agent]
	PersonConnection                = Connection[*Person]
	PersonEdge                      = Edge[*Person]
	OrganizationConnection          = Connection[*Organization]
	OrganizationEdge                = Edge[*Organization]
	EcologicalAgentConnection       = Connection[*EcologicalAgent]
	EcologicalAgentEdge             = Edge[*EcologicalAgent]
	UnitConnection                  = Connection[*valueflows.Unit]
	UnitEdge                        = Edge[*valueflows.Unit]
	ResourceSpecificationConnection = Connection[*valueflows.ResourceSpecification]
	ResourceSpecificationEdge       = Edge[*valueflows.ResourceSpecification]
	ProcessSpecificationConnection  = Connection[*valueflows.ProcessSpecification]
	ProcessSpecificationEdge        = Edge[*valueflows.ProcessSpecification]
	ProcessConnection               = Connection[*valueflows.Process]
	ProcessEdge                     = Edge[*valueflows.Process]
	EconomicEventConnection         = Connection[*valueflows.EconomicEvent]
	EconomicEventEdge               = Edge[*valueflows.EconomicEvent]
	EconomicResourceConnection      = Connection[*valueflows.EconomicResource]
	EconomicResourceEdge            = Edge[*valueflows.EconomicResource]
	BatchLotRecordConnection        = Connection[*valueflows.BatchLotRecord]
	BatchLotRecordEdge              = Edge[*valueflows.BatchLotRecord]
	SpatialThingConnection          = Connection[*valueflows.SpatialThing]
	SpatialThingEdge                = Edge[*valueflows.SpatialThing]
	RecipeConnection                = Connection[*valueflows.Recipe]
	RecipeEdge                      = Edge[*valueflows.Recipe]
	RecipeProcessConnection         = Connection[*valueflows.RecipeProcess]
	RecipeProcessEdge               = Edge[*valueflows.RecipeProcess]
	RecipeExchangeConnection        = Connection[*valueflows.RecipeExchange]
	RecipeExchangeEdge              = Edge[*valueflows.RecipeExchange]
	RecipeFlowConnection            = Connection[*valueflows.RecipeFlow]
	RecipeFlowEdge                  = Edge[*valueflows.RecipeFlow]
	AgentRelationshipRoleConnection = Connection[*valueflows.AgentRelationshipRole]
	AgentRelationshipRoleEdge       = Edge[*valueflows.AgentRelationshipRole]
	AgentRelationshipConnection     = Connection[*valueflows.AgentRelationship]
	AgentRelationshipEdge           = Edge[*valueflows.AgentRelationship]
	PlanConnection                  = Connection[*valueflows.Plan]
	PlanEdge                        = Edge[*valueflows.Plan]
	IntentConnection                = Connection[*valueflows.Intent]
	IntentEdge                      = Edge[*valueflows.Intent]
	CommitmentConnection            = Connection[*valueflows.Commitment]
	CommitmentEdge                  = Edge[*valueflows.Commitment]
	ClaimConnection                 = Connection[*valueflows.Claim]
	ClaimEdge                       = Edge[*valueflows.Claim]
	AgreementConnection             = Connection[*valueflows.Agreement]
	AgreementEdge                   = Edge[*valueflows.Agreement]
	AgreementBundleConnection       = Connection[*valueflows.AgreementBundle]
	AgreementBundleEdge             = Edge[*valueflows.AgreementBundle]
	ProposalConnection              = Connection[*valueflows.Proposal]
	ProposalEdge                    = Edge[*valueflows.Proposal]
	ProposalListConnection          = Connection[*valueflows.ProposalList]
	ProposalListEdge                = Edge[*valueflows.ProposalList]
)
