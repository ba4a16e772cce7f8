package model

import (
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// FlowNetwork is what flowed.
type FlowNetwork struct {
	Flows []*NetworkFlow
	More  bool
}

// SchemaType is what the schema calls it.
func (*FlowNetwork) SchemaType() string { return "FlowNetwork" }

// NetworkFlow is what went from one to another. What these are is told by
// what the network is between, and whether stages stand for processes.
type NetworkFlow struct {
	flow.NetworkEdge
	Between flow.Between
	Stages  bool
}

// SchemaType is what the schema calls it.
func (*NetworkFlow) SchemaType() string { return "NetworkFlow" }

// FlowNetworkNode is what a network of flows is between.
type FlowNetworkNode interface{ Rec() *valueflows.Record }
