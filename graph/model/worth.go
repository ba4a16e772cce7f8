package model

import "disconode/valueflows"

// RollUp is what something is worth, as it is shown.
type RollUp struct {
	Quantity                                 valueflows.Measure
	Total, UnitValue                         valueflows.Decimal
	Currency, Unit                           valueflows.ID
	Lines, Parts, Unpriced, Circular         []*RollUpLine
	PartsCount, UnpricedCount, CircularCount int
}

// SchemaType is what the schema calls it.
func (*RollUp) SchemaType() string { return "RollUp" }

// RollUpLine is one part of what something is worth. What it comes from is told
// by its class and id.
type RollUpLine struct {
	Depth              int
	From               string // a flow.RollupKind
	Action             valueflows.Action
	RecordID           valueflows.ID
	Class              valueflows.Class
	ResourceConformsTo valueflows.ID
	Resource           valueflows.ID
	Quantity           *valueflows.Measure
	Rate, Share        *valueflows.Decimal
	Value              valueflows.Decimal
	Why                string
	More               bool
}

// SchemaType is what the schema calls it.
func (*RollUpLine) SchemaType() string { return "RollUpLine" }

// RollUpRecord is a record that a line of a roll-up comes from.
type RollUpRecord interface{ Rec() *valueflows.Record }
