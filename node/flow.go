package node

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"disconode/node/store"
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

// flowGraph is the flows of a LAB's books, each part of them up to a position of
// the journal. Who finds a part behind takes the turn and reads on. No lock is
// held while the database is asked: meanwhile others walk, and who waits for the
// turn may give up.
type flowGraph struct {
	graph flow.Graph
	turn  chan struct{} // holds what there is while somebody reads on
	upTo  [flowParts]atomic.Int64
}

// flowPart is what is read of the books when a walk first needs it.
type flowPart int

const (
	flowEvents flowPart = iota
	flowLabels          // what is written on resources
	flowBases           // what processes are based on
	flowParts
)

// partsOf are the parts that walks with some options need.
func partsOf(o WalkOptions) []flowPart {
	parts := []flowPart{flowEvents}
	if o.ByTracking || o.ByLot {
		parts = append(parts, flowLabels)
	}
	if !o.Stage.IsZero() {
		parts = append(parts, flowBases)
	}
	return parts
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
	f.of[lab], f.used = &flowGraph{turn: make(chan struct{}, 1)}, append(f.used, lab)
	return f.of[lab]
}

// flowsOf are the flows of a LAB's books as they are now, with what the options
// need. It takes one statement where nothing was recorded since, and one more for
// each part that is behind.
func (n *Node) flowsOf(ctx context.Context, lab valueflows.ID, o WalkOptions) (*flow.Graph, error) {
	g := n.flows.take(lab)
	head, err := n.store.Head(ctx)
	if err == nil {
		err = g.follow(ctx, n.store, lab, head.Position, partsOf(o))
	}
	if err != nil {
		return nil, outward(err)
	}
	return &g.graph, nil
}

// follow brings parts of the flows up to a position of the journal at least.
func (g *flowGraph) follow(ctx context.Context, s *store.Store, lab valueflows.ID, head int64, parts []flowPart) error {
	behind := func(p flowPart) bool { return g.upTo[p].Load() < head }
	if !slices.ContainsFunc(parts, behind) {
		return nil
	}
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for _, p := range parts {
		if !behind(p) { // somebody else has read it meanwhile
			continue
		}
		read := [flowParts]func(context.Context, *store.Store, valueflows.ID, int64) (int64, error){g.readEvents, g.readLabels, g.readBases}[p]
		upTo, err := read(ctx, s, lab, head)
		g.upTo[p].Store(upTo)
		if err != nil {
			return err
		}
	}
	return nil
}

// readEvents adds what was recorded since, and returns up to where. An event
// keeps its place for good.
func (g *flowGraph) readEvents(ctx context.Context, s *store.Store, lab valueflows.ID, head int64) (int64, error) {
	const batch = 1024
	var events []*valueflows.EconomicEvent
	upTo, err := s.EachFlow(ctx, lab, g.upTo[flowEvents].Load(), func(e *valueflows.EconomicEvent) {
		if events = append(events, e); len(events) == batch {
			g.graph.Add(events...)
			events = events[:0]
		}
	})
	g.graph.Add(events...)
	if err != nil {
		return upTo, err
	}
	return max(upTo, head), nil
}

// readLabels takes in what is written on resources: at first on all, then on
// those that the journal tells of since. They are read to the end before any is taken.
func (g *flowGraph) readLabels(ctx context.Context, s *store.Store, lab valueflows.ID, head int64) (int64, error) {
	upTo := g.upTo[flowLabels].Load()
	var all []store.Written
	keep := func(w store.Written) { all = append(all, w) }
	var err error
	if upTo == 0 {
		err = s.EachLabel(ctx, lab, keep)
	} else {
		err = s.EachLabelSince(ctx, lab, upTo, head, keep)
	}
	if err != nil {
		return upTo, err
	}
	for _, w := range all {
		lot := ""
		if !w.Lot.IsZero() {
			lot = w.Lot.String()
		}
		g.graph.Label(w.Resource, w.Position, flow.TrackingIdentifier, w.Tracking)
		g.graph.Label(w.Resource, w.Position, flow.BatchLot, lot)
	}
	return head, nil
}

// readBases takes in what processes are based on, as readLabels does.
func (g *flowGraph) readBases(ctx context.Context, s *store.Store, lab valueflows.ID, head int64) (int64, error) {
	upTo := g.upTo[flowBases].Load()
	var all [][2]valueflows.ID
	keep := func(process, on valueflows.ID) { all = append(all, [2]valueflows.ID{process, on}) }
	var err error
	if upTo == 0 {
		err = s.EachBase(ctx, lab, keep)
	} else {
		err = s.EachBaseSince(ctx, lab, upTo, head, keep)
	}
	if err != nil {
		return upTo, err
	}
	for _, base := range all {
		g.graph.Base(base[0], base[1])
	}
	return head, nil
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

// onFlows has do look at the flows of the books that each record is in, as far as
// they are told when it begins.
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
