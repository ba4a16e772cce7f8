package planning

import "disconode/valueflows"

// Beside tells which processes each of some waits for, or ahead, which wait for
// it: those that one flow connects it with, as for [Network.CriticalPath], in the
// network's order. A process that is not of the network has none.
func (n *Network) Beside(of []valueflows.ID, ahead bool) map[valueflows.ID][]valueflows.ID {
	g := n.graph()
	next := g.before
	if ahead {
		next = g.next
	}
	asked := make(map[valueflows.ID]bool, len(of))
	for _, id := range of {
		asked[id] = true
	}
	all := map[valueflows.ID][]valueflows.ID{}
	for i, p := range n.Processes {
		if !asked[p.ID] {
			continue
		}
		met := make([]bool, len(next))
		for ways := append([]int(nil), next[i]...); len(ways) > 0; {
			node := ways[len(ways)-1]
			ways = ways[:len(ways)-1]
			if met[node] {
				continue
			}
			met[node] = true
			if node >= len(n.Processes) { // a gate, which is no process itself
				ways = append(ways, next[node]...)
			}
		}
		for other, found := range met[:len(n.Processes)] {
			if found && other != i {
				all[p.ID] = append(all[p.ID], n.Processes[other].ID)
			}
		}
	}
	return all
}
