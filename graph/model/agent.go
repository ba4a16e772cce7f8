// Package model holds the Go types that stand behind types of the GraphQL
// schema where the vocabulary's own structs cannot: agents told apart by their
// kind, pages of a list, and what an update or a filter says. It has no
// behaviour but to be asked and answered.
package model

import "disconode/valueflows"

// Agent is an agent of one of the three kinds.
type Agent interface {
	IsAgent()
	Rec() *valueflows.Record
}

// The kinds of agent. Each is a [valueflows.Agent], told apart by its Go type
// because GraphQL tells its types apart so.
type (
	Person          valueflows.Agent
	Organization    valueflows.Agent
	EcologicalAgent valueflows.Agent
	AccountingScope = Agent // whoever a process is grouped under
)

// IsAgent marks a person as an agent.
func (*Person) IsAgent() {}

// IsAgent marks an organization as an agent.
func (*Organization) IsAgent() {}

// IsAgent marks an ecological agent as an agent.
func (*EcologicalAgent) IsAgent() {}

// AgentOf is the agent under the Go type of its kind; nil for nil.
func AgentOf(a *valueflows.Agent) Agent {
	switch {
	case a == nil:
		return nil
	case a.Kind == valueflows.ClassPerson:
		return (*Person)(a)
	case a.Kind == valueflows.ClassEcologicalAgent:
		return (*EcologicalAgent)(a)
	}
	return (*Organization)(a)
}
