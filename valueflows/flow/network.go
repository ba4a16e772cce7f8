package flow

import (
	"cmp"
	"slices"

	"disconode/valueflows"
)

// Between is what a network is between.
type Between uint8

const (
	// BetweenSpecifications is from each kind of thing to the processes that it
	// goes into, and from each process to the kinds of things that it puts out.
	BetweenSpecifications Between = iota
	// BetweenAgents is from who provides to who receives, where they differ.
	BetweenAgents
	// BetweenProcesses is from the process that put a thing out to the one that
	// it goes into. Of a stock what came first goes first.
	BetweenProcesses
)

// NetworkOptions say of what and of when a network is.
type NetworkOptions struct {
	Between Between
	// From and Until bound when the events happened: not before From, but before
	// Until; a zero Until is no bound. A correction counts when it is dated.
	From, Until valueflows.Instant
	// Specification is the ResourceSpecification of a resource; nil where none
	// are known beside what events say.
	Specification func(resource valueflows.ID) valueflows.ID
	// Group is what stands for a process, such as what it is based on; nil for
	// the process itself.
	Group func(process valueflows.ID) valueflows.ID
}

// NetworkEdge is what went from one thing to another, in one unit.
type NetworkEdge struct {
	From, To valueflows.ID
	Quantity valueflows.Measure
	// Events is how many events add up to the quantity, corrections among them.
	Events int
}

// Network adds up what flowed between the things that it is between, event by
// event. It keeps no events, but between processes the stocks that they fill.
type Network struct {
	options NetworkOptions
	edges   map[networkKey]*networkSum
	stocks  map[stockKey]*stock
	things  map[valueflows.ID]*thing
}

type networkKey struct{ from, to, unit valueflows.ID }

type networkSum struct {
	quantity valueflows.Sum
	events   int
}

// NewNetwork is a network of no events yet.
func NewNetwork(o NetworkOptions) *Network {
	return &Network{options: o, edges: map[networkKey]*networkSum{}, stocks: map[stockKey]*stock{}, things: map[valueflows.ID]*thing{}}
}

// Add counts an event. Between processes all events must be added, those
// before the period too, in the order in which they were recorded: they tell
// what is in stock.
//
// It fails with an [*valueflows.InputError], code OUT_OF_RANGE, where a stock
// does not fit 18 digits.
func (n *Network) Add(e *valueflows.EconomicEvent) error {
	if n.options.Between == BetweenProcesses {
		return n.pass(e)
	}
	if !n.counts(e) {
		return nil
	}
	for _, m := range []*valueflows.Measure{e.ResourceQuantity, e.EffortQuantity} {
		if m == nil {
			continue
		}
		if n.options.Between == BetweenAgents {
			if e.Provider != e.Receiver {
				n.count(e.Provider, e.Receiver, *m)
			}
			continue
		}
		kind := n.specification(e)
		n.count(kind, n.group(e.InputOf), *m)
		n.count(n.group(e.OutputOf), kind, *m)
	}
	return nil
}

// Edges are what was added up, sorted by where from, where to and unit. What
// corrections took back in full is not among them.
//
// It fails with an [*valueflows.InputError], code OUT_OF_RANGE, where a sum
// does not fit 18 digits.
func (n *Network) Edges() ([]NetworkEdge, error) {
	var edges []NetworkEdge
	for key, sum := range n.edges {
		if sum.quantity.Sign() == 0 {
			continue
		}
		quantity, err := sum.quantity.Decimal()
		if err != nil {
			return nil, err
		}
		edges = append(edges, NetworkEdge{key.from, key.to, valueflows.Measure{HasNumericalValue: quantity, HasUnit: key.unit}, sum.events})
	}
	slices.SortFunc(edges, func(a, b NetworkEdge) int {
		return cmp.Or(slices.Compare(a.From[:], b.From[:]), slices.Compare(a.To[:], b.To[:]), slices.Compare(a.Quantity.HasUnit[:], b.Quantity.HasUnit[:]))
	})
	return edges, nil
}

// counts tells whether an event happened in the period.
func (n *Network) counts(e *valueflows.EconomicEvent) bool {
	at := e.At()
	return at >= n.options.From && (n.options.Until == 0 || at < n.options.Until)
}

// count adds to an edge, where both ends are known.
func (n *Network) count(from, to valueflows.ID, m valueflows.Measure) {
	if from.IsZero() || to.IsZero() {
		return
	}
	key := networkKey{from, to, m.HasUnit}
	sum := n.edges[key]
	if sum == nil {
		sum = &networkSum{}
		n.edges[key] = sum
	}
	sum.quantity.Add(m.HasNumericalValue)
	sum.events++
}

// specification is the kind of thing that an event is about; zero where that
// is not known.
func (n *Network) specification(e *valueflows.EconomicEvent) valueflows.ID {
	if !e.ResourceConformsTo.IsZero() || n.options.Specification == nil {
		return e.ResourceConformsTo
	}
	for _, r := range []valueflows.ID{e.ResourceInventoriedAs, e.ToResourceInventoriedAs} {
		if !r.IsZero() {
			return n.options.Specification(r)
		}
	}
	return valueflows.ID{}
}

func (n *Network) group(process valueflows.ID) valueflows.ID {
	if process.IsZero() || n.options.Group == nil {
		return process
	}
	return n.options.Group(process)
}
