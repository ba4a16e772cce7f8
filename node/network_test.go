package node

import (
	"fmt"
	"slices"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/flow"
)

func (s *season) edges(q NetworkQuestion, more map[valueflows.ID]string) (lines []string) {
	s.t.Helper()
	n, err := s.node.FlowNetwork(s.ctx, q)
	if err != nil {
		s.t.Fatal(err)
	}
	names := s.names()
	for id, name := range more {
		names[id] = name
	}
	for _, e := range n.Edges {
		lines = append(lines, fmt.Sprintf("%s > %s %s in %d", names[e.From], names[e.To], e.Quantity.HasNumericalValue, e.Events))
	}
	slices.Sort(lines)
	return lines
}

// What flowed in the season: 20.5 less 2 kg out of picking, 3 hours into it, 4 kg
// into cooking, and what was picked into what was cooked; 12 kg to the shop for
// 30 and 6, 8 and 3 hours between Bea and the farm. That Bea was given a kilogram
// is care for people, and not told.
func TestFlowNetwork(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := newSeason(b)
		hours := b.node.specificationNamed(t, b, "Picking")
		more := map[valueflows.ID]string{s.picking: "picking", s.cooking: "cooking", hours: "hours"}
		b.is("kinds", s.edges(NetworkQuestion{}, more), `
			hours > picking 3 in 1
			picking > tomato 18.5 in 2
			tomato > cooking 4 in 1`)
		b.is("agents", s.edges(NetworkQuestion{Between: flow.BetweenAgents}, more), `
			bea > farm 3 in 1
			farm > bea 8 in 1
			farm > shop 12 in 1
			shop > farm 36 in 2`)
		b.is("agents, on the 5th", s.edges(NetworkQuestion{Between: flow.BetweenAgents, From: mayBegins(5), Until: mayBegins(6)}, more), `
			farm > shop 12 in 1
			shop > farm 30 in 1`)
		b.is("processes, on the 4th", s.edges(NetworkQuestion{Between: flow.BetweenProcesses, From: mayBegins(4), Until: mayBegins(5)}, more), "")
		n, err := b.node.FlowNetwork(b.ctx, NetworkQuestion{Between: flow.BetweenAgents, Limit: 1})
		if err != nil || !n.More || len(n.Edges) != 1 || n.Edges[0].Events != 2 {
			t.Errorf("the one that most events made: %+v, %v", n, err)
		}
		_, err = b.node.FlowNetwork(b.ctx, NetworkQuestion{Limit: -1})
		b.refused(err, "TOO_MANY", "fewer than none")
		if _, err := b.node.FlowNetwork(t.Context(), NetworkQuestion{}); err != ErrForbidden {
			t.Errorf("to the public: %v", err)
		}
	})
}

// Of a stock what came first goes first: of 4 kg that were there and 6 that were
// picked, the first batch of 5 takes 1 that was picked, the second, of 3, only
// such. By what they are based on the batches are one.
func TestFlowNetworkProcesses(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, tomato, picking := b.organization("Farm"), b.specification("Tomato"), b.process("picking")
		cooking := made(t, b.ctx, b.node, valueflows.ProcessSpecification{Name: "cooking"})
		shed := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("4"), HasPointInTime: may(1)}, valueflows.EconomicResource{ConformsTo: tomato})
		b.record(valueflows.EconomicEvent{Action: "produce", Provider: farm, Receiver: farm, OutputOf: picking, ResourceInventoriedAs: shed, ResourceQuantity: kg("6"), HasPointInTime: may(2)})
		more := map[valueflows.ID]string{tomato: "tomato", picking: "picking", cooking: "cooking"}
		for i, q := range []string{"5", "3"} {
			batch := made(t, b.ctx, b.node, valueflows.Process{Name: "a batch", BasedOn: cooking})
			more[batch] = fmt.Sprint("batch ", i+1)
			b.record(valueflows.EconomicEvent{Action: "consume", Provider: farm, Receiver: farm, InputOf: batch, ResourceInventoriedAs: shed, ResourceQuantity: kg(q), HasPointInTime: may(3 + i)})
		}
		s := &season{books: b}
		b.is("processes", s.edges(NetworkQuestion{Between: flow.BetweenProcesses}, more), `
			picking > batch 1 1 in 1
			picking > batch 2 3 in 1`)
		b.is("on the 4th", s.edges(NetworkQuestion{Between: flow.BetweenProcesses, From: mayBegins(4)}, more), "picking > batch 2 3 in 1")
		b.is("stages", s.edges(NetworkQuestion{Stages: true}, more), "tomato > cooking 8 in 2")
	})
}

// specificationNamed is the specification of a name.
func (n *Node) specificationNamed(t *testing.T, b *books, name string) valueflows.ID {
	t.Helper()
	page, err := List[valueflows.ResourceSpecification](b.ctx, n, Filter{Search: name}, Page{First: 1})
	if err != nil || len(page.Nodes) != 1 {
		t.Fatal(page, err)
	}
	return page.Nodes[0].ID
}
