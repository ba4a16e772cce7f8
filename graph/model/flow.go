package model

import "disconode/valueflows"

// FlowItem is an event, a resource or a process: what flows lead through.
type FlowItem interface{ Rec() *valueflows.Record }

// FlowConnection is a page of a walk along the flows.
type FlowConnection struct {
	Edges    []*FlowEdge
	PageInfo PageInfo
}

// FlowEdge is a step of a walk.
type FlowEdge struct {
	Node     FlowItem
	Position int64 // what its cursor says
	List     *List
	Depth    int
	Parent   *valueflows.ID // nil at the start
	Via      int            // a flow.Via
}

// Cursor stands for the step in the walk.
func (e *FlowEdge) Cursor() string { return e.List.Cursor(e.Position) }
