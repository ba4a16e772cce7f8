package model

import (
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// CashFlow is what came and went, period by period.
type CashFlow struct {
	Opening                 valueflows.Decimal
	Unit                    valueflows.ID
	Periods                 []*CashFlowPeriod
	Overdue, Later, Undated CashFlowSum
}

// SchemaType is what the schema calls it.
func (*CashFlow) SchemaType() string { return "CashFlow" }

// CashFlowPeriod is one of its periods.
type CashFlowPeriod struct {
	flow.CashSpan
	Happened, Expected CashFlowSum
	Net, Balance       valueflows.Decimal
}

// SchemaType is what the schema calls it.
func (*CashFlowPeriod) SchemaType() string { return "CashFlowPeriod" }

// CashFlowSum is what comes in and goes out.
type CashFlowSum flow.CashSum

// SchemaType is what the schema calls it.
func (*CashFlowSum) SchemaType() string { return "CashFlowSum" }
