package planning

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"disconode/valueflows"
)

// Network is the processes of a plan and the flows that connect them.
type Network struct {
	Processes   []*valueflows.Process
	Commitments []*valueflows.Commitment
	Intents     []*valueflows.Intent // those that no commitment satisfies
	// Durations say how long processes take that state no beginning or no end;
	// such as their recipe's. A process without either is an instant.
	Durations map[valueflows.ID]*valueflows.Measure
	Zone      *time.Location // whose months are meant; nil for UTC
}

// put is a flow at a process, by the process's place in the network.
type put struct {
	*valueflows.Planned
	id      valueflows.ID
	process int
}

// asks is the kind that an input asks for.
func (n *Network) asks(in put) Kind { return Kind{in.ResourceConformsTo, in.Stage, in.State} }

// brings is the kind that an output brings: at the stage that its process is based on.
func (n *Network) brings(out put) Kind {
	return Kind{out.ResourceConformsTo, n.Processes[out.process].BasedOn, out.State}
}

// puts are the inputs and outputs of the network's processes, in its order.
func (n *Network) puts() (inputs, outputs []put) {
	place := map[valueflows.ID]int{}
	for i, p := range n.Processes {
		place[p.ID] = i
	}
	add := func(id valueflows.ID, p *valueflows.Planned) {
		if i, ok := place[p.InputOf]; ok {
			inputs = append(inputs, put{p, id, i})
		}
		if i, ok := place[p.OutputOf]; ok {
			outputs = append(outputs, put{p, id, i})
		}
	}
	for _, c := range n.Commitments {
		add(c.ID, &c.Planned)
	}
	for _, i := range n.Intents {
		add(i.ID, &i.Planned)
	}
	return inputs, outputs
}

// pattern is what an input can be met by: its kind, new things only where it
// goes through, and its resource where it names one.
type pattern struct {
	Kind
	through  bool
	resource valueflows.ID
}

// meets tells whether an output of another process is what an input waits for:
// the same resource where both name one; else one of the kind.
func (n *Network) meets(p pattern, out put) bool {
	if !p.resource.IsZero() && !out.ResourceInventoriedAs.IsZero() {
		return p.resource == out.ResourceInventoriedAs
	}
	return !p.Specification.IsZero() && p.takes(n.brings(out)) && (!p.through || creates(out.Action))
}

// graph is the processes and, after them, the gates of the network: a gate
// opens when all outputs up to one in a list have been put out. Gates keep the
// edges few where many lots of a thing serve many processes.
type graph struct {
	next, before [][]int
}

func (g *graph) edge(from, to int) {
	g.next[from] = append(g.next[from], to)
	g.before[to] = append(g.before[to], from)
}

func (g *graph) node() int {
	g.next, g.before = append(g.next, nil), append(g.before, nil)
	return len(g.next) - 1
}

// list is the outputs that meet a pattern, those without a planned time first,
// then in the order of their processes' ends, and the gate after each.
type list struct {
	outputs []put
	gates   []int
	first   map[int]int // of a process, its first output in the list
}

// graph connects the processes. Two are connected where an output of one is
// what an input of the other asks for ([Network.meets]): a specification, the
// process specification of a stage that the input names, a state that it names.
// Where both processes have times, an output that is planned to come only
// after the input's process begins is meant for another.
func (n *Network) graph() *graph {
	inputs, outputs := n.puts()
	g := &graph{make([][]int, len(n.Processes)), make([][]int, len(n.Processes))}
	of := map[valueflows.ID][]put{} // by specification or resource
	puts := make([]map[valueflows.ID]bool, len(n.Processes))
	for _, out := range outputs {
		of[out.ResourceConformsTo] = append(of[out.ResourceConformsTo], out)
		if r := out.ResourceInventoriedAs; !r.IsZero() && r != out.ResourceConformsTo {
			of[r] = append(of[r], out)
		}
		if puts[out.process] == nil {
			puts[out.process] = map[valueflows.ID]bool{}
		}
		puts[out.process][out.ResourceConformsTo] = true
	}
	delete(of, valueflows.ID{})
	lists := map[pattern]*list{}
	for _, in := range inputs {
		p := pattern{Kind: n.asks(in), resource: in.ResourceInventoriedAs}
		p.through = goesThrough(p.Kind, func(s valueflows.ID) bool { return puts[in.process][s] })
		if lists[p] == nil {
			lists[p] = n.list(g, p, of)
		}
		n.connect(g, lists[p], in.process)
	}
	return g
}

func (n *Network) list(g *graph, p pattern, of map[valueflows.ID][]put) *list {
	l := list{first: map[int]int{}}
	listed := map[valueflows.ID]bool{}
	for _, id := range []valueflows.ID{p.Specification, p.resource} {
		for _, out := range of[id] {
			if n.meets(p, out) && !listed[out.id] {
				listed[out.id] = true
				l.outputs = append(l.outputs, out)
			}
		}
	}
	slices.SortStableFunc(l.outputs, func(a, b put) int { return cmp.Compare(n.comes(a), n.comes(b)) })
	for i, out := range l.outputs {
		gate := g.node()
		g.edge(out.process, gate)
		if i > 0 {
			g.edge(l.gates[i-1], gate)
		}
		l.gates = append(l.gates, gate)
		if _, ok := l.first[out.process]; !ok {
			l.first[out.process] = i
		}
	}
	return &l
}

// comes is when an output is planned to come; before all time where nobody says.
func (n *Network) comes(out put) valueflows.Instant {
	if end := n.Processes[out.process].HasEnd; end != nil {
		return end.Instant
	}
	return math.MinInt64
}

// connect lets a process wait for the outputs of a list that come in time, but
// for its own.
func (n *Network) connect(g *graph, l *list, process int) {
	count := len(l.outputs)
	if begin := n.Processes[process].HasBeginning; begin != nil {
		count, _ = slices.BinarySearchFunc(l.outputs, begin.Instant+1, func(out put, by valueflows.Instant) int {
			return cmp.Compare(n.comes(out), by)
		})
	}
	own, ok := l.first[process]
	if !ok || own > count {
		own = count
	}
	if own > 0 {
		g.edge(l.gates[own-1], process)
	}
	for _, out := range l.outputs[own:count] {
		if out.process != process {
			g.edge(out.process, process)
		}
	}
}

// order is the nodes of the graph, each after all that it waits for. Nodes that
// wait for nothing come in the network's order.
//
// It fails with an [*valueflows.InputError], code CYCLE, that names processes
// that wait for each other.
func (n *Network) order(g *graph) ([]int, error) {
	waits := make([]int, len(g.next))
	var order []int
	for node, before := range g.before {
		if waits[node] = len(before); waits[node] == 0 {
			order = append(order, node)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, next := range g.next[order[i]] {
			if waits[next]--; waits[next] == 0 {
				order = append(order, next)
			}
		}
	}
	if len(order) == len(g.next) {
		return order, nil
	}
	return nil, n.circle(g, waits)
}

// circle names a circle among the nodes that still wait.
func (n *Network) circle(g *graph, waits []int) error {
	node := slices.IndexFunc(waits, func(w int) bool { return w > 0 })
	seen := map[int]int{}
	var way []int
	for {
		if first, ok := seen[node]; ok {
			way = way[first:]
			break
		}
		seen[node] = len(way)
		way = append(way, node)
		node = g.before[node][slices.IndexFunc(g.before[node], func(b int) bool { return waits[b] > 0 })]
	}
	slices.Reverse(way)
	way = slices.DeleteFunc(way, func(node int) bool { return node >= len(n.Processes) })
	first := slices.Index(way, slices.Min(way))
	var names []string
	for i := range len(way) + 1 {
		names = append(names, n.name(way[(first+i)%len(way)]))
	}
	return valueflows.Invalid("CYCLE", "these processes wait for each other: %s. Take one of their flows out, or name the stage that it is at", strings.Join(names, ", "))
}

func (n *Network) name(process int) string {
	if p := n.Processes[process]; p.Name != "" {
		return p.Name
	}
	return n.Processes[process].ID.String()
}

func (n *Network) zone() *time.Location {
	if n.Zone == nil {
		return time.UTC
	}
	return n.Zone
}

// span is how long a process takes: from its beginning to its end, else what
// Durations says.
func (n *Network) span(process int) (Span, error) {
	p := n.Processes[process]
	if p.HasBeginning != nil && p.HasEnd != nil {
		if p.HasEnd.Instant < p.HasBeginning.Instant {
			return Span{}, valueflows.Invalid("TIME_CONFLICT", "process %s ends before it begins", n.name(process))
		}
		return Span{Micros: int64(p.HasEnd.Instant - p.HasBeginning.Instant)}, nil
	}
	return SpanOf(n.Durations[p.ID])
}
