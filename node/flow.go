package node

import (
	"context"
	"sync"

	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// WalkOptions say how far a walk along the flows goes.
type WalkOptions = flow.Options

// Walk is what a walk along the flows found.
type Walk = flow.Walk

// flowsMax is how many sets of books have their flows in memory.
const flowsMax = 8

// flows are the flows of the books that were last asked for, by LAB. Each
// follows the journal when it is asked.
type flows struct {
	mu   sync.Mutex
	of   map[valueflows.ID]*flowGraph
	used []valueflows.ID // the latest last
}

// flowGraph is the flows of a LAB's books up to a position of the journal.
type flowGraph struct {
	mu       sync.Mutex // held while it catches up
	position int64
	graph    flow.Graph
}

// take returns the flows of a LAB's books, however far they are.
func (f *flows) take(lab valueflows.ID) *flowGraph {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of == nil {
		f.of = map[valueflows.ID]*flowGraph{}
	}
	for i, id := range f.used {
		if id == lab {
			f.used = append(append(f.used[:i:i], f.used[i+1:]...), lab)
			return f.of[lab]
		}
	}
	if len(f.used) >= flowsMax {
		delete(f.of, f.used[0])
		f.used = f.used[1:]
	}
	f.of[lab], f.used = &flowGraph{}, append(f.used, lab)
	return f.of[lab]
}

// flowsOf are the flows of a LAB's books as they are now, with what the options need.
func (n *Node) flowsOf(ctx context.Context, lab valueflows.ID, o WalkOptions) (*flow.Graph, error) {
	g := n.flows.take(lab)
	g.mu.Lock()
	defer g.mu.Unlock()
	const batch = 1024
	var events []*valueflows.EconomicEvent
	position, err := n.store.EachFlow(ctx, lab, g.position, func(e *valueflows.EconomicEvent) {
		if events = append(events, e); len(events) == batch {
			g.graph.Add(events...)
			events = events[:0]
		}
	})
	g.graph.Add(events...)
	g.position = position
	if err == nil && (o.ByTracking || o.ByLot) {
		err = n.store.EachLabel(ctx, lab, func(resource valueflows.ID, tracking string, lot valueflows.ID) {
			text := ""
			if !lot.IsZero() {
				text = lot.String()
			}
			g.graph.Label(resource, flow.TrackingIdentifier, tracking)
			g.graph.Label(resource, flow.BatchLot, text)
		})
	}
	if err == nil && !o.Stage.IsZero() {
		err = n.store.EachBase(ctx, lab, g.graph.Base)
	}
	if err != nil {
		return nil, outward(err)
	}
	return &g.graph, nil
}

// Traced is a record that flows lead through: an event, a resource or a process.
type Traced interface{ Rec() *valueflows.Record }

// Trace walks back from each record that the caller has read to all that led to
// it, within the same books. Care for people, which is its parties' own, is
// left out. The steps are ids: what they are of is read by [Many].
func (n *Node) Trace(ctx context.Context, starts []Traced, o WalkOptions) ([]*Walk, error) {
	return n.walks(ctx, starts, o, (*flow.Graph).Trace)
}

// Track walks ahead from each record that the caller has read to all that it
// led to, as [Node.Trace] walks back.
func (n *Node) Track(ctx context.Context, starts []Traced, o WalkOptions) ([]*Walk, error) {
	return n.walks(ctx, starts, o, (*flow.Graph).Track)
}

func (n *Node) walks(ctx context.Context, starts []Traced, o WalkOptions, along func(*flow.Graph, valueflows.ID, WalkOptions) *Walk) ([]*Walk, error) {
	steps := 0
	walks, err := onFlows(ctx, n, starts, o, func(g *flow.Graph, start Traced) *Walk {
		if steps > stepsMax {
			return nil
		}
		found := along(g, start.Rec().ID, o)
		steps += len(found.Steps)
		if len(found.Steps) == 0 && o.After == 0 { // nothing was recorded of it
			found.Steps = []flow.Step{{ID: start.Rec().ID, Kind: kindOf(start)}}
		}
		return found
	})
	if err == nil && steps > stepsMax {
		err = valueflows.Invalid("TOO_MANY", "the walks come to more than %d steps: walk from fewer records, or in pages", stepsMax)
	}
	return walks, err
}

// stepsMax is how many steps the walks of one question come to.
const stepsMax = 50_000

func kindOf(record any) flow.Kind {
	switch record.(type) {
	case *valueflows.EconomicEvent:
		return flow.Event
	case *valueflows.Process:
		return flow.Process
	}
	return flow.Resource
}

// Previous is what comes directly before each record that the caller has read,
// newest first.
func (n *Node) Previous(ctx context.Context, of []Traced) ([][]flow.Node, error) {
	return onFlows(ctx, n, of, WalkOptions{}, func(g *flow.Graph, one Traced) []flow.Node { return g.Previous(one.Rec().ID) })
}

// Next is what comes directly after each record that the caller has read, newest first.
func (n *Node) Next(ctx context.Context, of []Traced) ([][]flow.Node, error) {
	return onFlows(ctx, n, of, WalkOptions{}, func(g *flow.Graph, one Traced) []flow.Node { return g.Next(one.Rec().ID) })
}

// onFlows has do look at the flows of the books that each record is in: all of
// one LAB's at the same moment.
func onFlows[A any](ctx context.Context, n *Node, records []Traced, o WalkOptions, do func(*flow.Graph, Traced) A) ([]A, error) {
	if May(PrincipalOf(ctx).Role, See, Events) == Never {
		return nil, ErrForbidden
	}
	graphs := map[valueflows.ID]*flow.Graph{}
	found := make([]A, len(records))
	for i, record := range records {
		books := record.Rec().Books
		g := graphs[books]
		if g == nil {
			var err error
			if g, err = n.flowsOf(ctx, books, o); err != nil {
				return nil, err
			}
			graphs[books] = g
		}
		found[i] = do(g, record)
	}
	return found, nil
}
