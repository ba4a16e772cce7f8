package model

import (
	"disconode/node"
	"disconode/valueflows"
)

// Balances are what agents are accountable for.
type Balances struct{ ByResource, BySpecification []*Balance }

// SchemaType is what the schema calls it.
func (*Balances) SchemaType() string { return "Balances" }

// Balance is what there is of a resource, or of a specification in one unit.
type Balance struct {
	Resource, ResourceConformsTo       valueflows.ID
	AccountingQuantity, OnhandQuantity valueflows.Measure
}

// SchemaType is what the schema calls it.
func (*Balance) SchemaType() string { return "Balance" }

// IncomeStatementRow is what agents got and gave of one specification in one unit.
type IncomeStatementRow struct{ node.StatementRow }

// SchemaType is what the schema calls it.
func (*IncomeStatementRow) SchemaType() string { return "IncomeStatementRow" }

// LedgerConnection is a page of a ledger.
type LedgerConnection struct {
	OpeningAccounting, OpeningOnhand valueflows.Measure
	Edges                            []*LedgerEdge
	PageInfo                         PageInfo
}

// LedgerEdge is a line of a page.
type LedgerEdge = Edge[*LedgerLine]

// LedgerLine is what one event did to a resource, and what is there after it.
type LedgerLine struct {
	EconomicEvent                      *valueflows.EconomicEvent
	Counterparty                       valueflows.ID
	AccountingChange, OnhandChange     valueflows.Measure
	AccountingQuantity, OnhandQuantity valueflows.Measure
}

// SchemaType is what the schema calls it.
func (*LedgerLine) SchemaType() string { return "LedgerLine" }
