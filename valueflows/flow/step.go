package flow

import "disconode/valueflows"

// Kind is what a step of a walk is.
type Kind uint8

// The kinds of steps.
const (
	Event Kind = iota + 1
	Resource
	Process
)

// Class is the kind's class in the vocabulary.
func (k Kind) Class() valueflows.Class {
	return [...]valueflows.Class{"", valueflows.ClassEconomicEvent, valueflows.ClassEconomicResource, valueflows.ClassProcess}[k]
}

// Node is an event, a resource or a process.
type Node struct {
	ID   valueflows.ID
	Kind Kind
}

// Step is a thing that a walk came to. A walk comes to each thing once.
type Step struct {
	ID valueflows.ID
	// Parent is the thing that the walk came from; zero of the start. The
	// parents make a tree of the steps.
	Parent valueflows.ID
	// Depth is how many parents there are up to the start.
	Depth int32
	Kind  Kind
	Via   Via
}

// Via is what led to a step.
type Via uint8

const (
	// ViaFlow is a flow of the books.
	ViaFlow Via = iota
	// ViaTracking is the tracking identifier that two resources share.
	ViaTracking
	// ViaLot is the lot that two resources share.
	ViaLot
	// ViaContents is what was put into the start, or came out of it.
	ViaContents
)

// Bridged tells whether no flow led to the step, only what is written on both
// resources.
func (v Via) Bridged() bool { return v == ViaTracking || v == ViaLot }

// Options say how far a walk goes. The zero Options go along all flows.
type Options struct {
	// Depth is how far from the start the walk goes, by the shortest way of
	// single steps; zero or less for no limit. The order and the parents may be
	// others than without a limit.
	Depth int
	// Nodes is how many steps are given at most; zero or less for no limit.
	Nodes int
	// After is how many steps are left out at the beginning, as they were given
	// already: [Walk.Next] of the page before.
	After int
	// AsOf is how many events count, the first recorded ones: [Walk.AsOf] of the
	// page before, so that events recorded since move nothing; zero or less
	// for all.
	AsOf int
	// Stage is a ProcessSpecification at which the start, a resource, is looked
	// at: a trace leaves out what happened to it after it last came out of a
	// process based on that, a track what happened to it before it first did.
	Stage valueflows.ID
	// Contents lets what was put into a container count as part of it, and so
	// on inwards: in a trace what was combined into the start, in a track what
	// was separated from it.
	Contents bool
	// ByTracking and ByLot bridge gaps where flows are missing: from a resource
	// to those with the same tracking identifier, or lot, that were recorded
	// earlier (in a trace) or later (in a track).
	ByTracking, ByLot bool
}

// Walk is what a walk found, in the order in which it went: the start first.
type Walk struct {
	Steps []Step
	// More tells that Nodes cut the walk short. Then Next, as After, with AsOf
	// goes on from there, the other options being the same.
	More bool
	Next int
	// Deeper tells that Depth kept the walk from something that it did not come
	// to otherwise, as far as it got.
	Deeper bool
	// AsOf is how many events counted.
	AsOf int
}

// Trace walks back from a thing to all that led to it. The order is that of a
// walk in depth: of several things that come before one, the newest first, but
// the event that was last on the same resource before all others. A start that
// is not in the graph has no steps.
func (g *Graph) Trace(start valueflows.ID, o Options) *Walk { return g.walk(start, o, false) }
