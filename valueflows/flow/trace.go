package flow

import (
	"slices"

	"disconode/valueflows"
)

// walker is one walk and the memory that it needs, which is used again.
type walker struct {
	g     *Graph
	o     Options
	ahead bool
	quick bool  // nothing is asked for that hurry does not know of
	asOf  int32 // the newest event that counts
	most  int   // how many steps are wanted, and one more; 0 for all

	seen  []uint64 // a bit a ref
	nodes []ref    // by step
	steps []Step
	stack []frame

	start hubRange
	near  map[ref]nearest // only where the depth is limited
	cut   []ref           // what was too far
	pairs pairs
}

// frame is a thing whose neighbours the walk is going through.
type frame struct {
	node  ref   // 0: what is released, in pairs.released[step]
	step  int32 // of the thing
	first int32 // an event to go to before all others; 0 for none
	at    int32 // a link, in the list of a hub; the last slot, of an event; an index, of what is released
	rest  int8  // of a hub: how many of its bridges are behind
}

// hubRange bounds the events of the start, where it is looked at in a stage.
type hubRange struct {
	hub            int32 // 0 for none
	oldest, newest int32
}

// nearest is the shortest way to a thing that was found, and its step.
type nearest struct{ depth, step int32 }

func (g *Graph) walk(start valueflows.ID, o Options, ahead bool) *Walk {
	g.mu.RLock()
	defer g.mu.RUnlock()
	w, _ := g.walkers.Get().(*walker)
	if w == nil {
		w = &walker{}
	}
	defer g.walkers.Put(w)
	w.begin(g, o, ahead)
	if r := g.find(start); r != 0 && (!r.isEvent() || r.number() <= w.asOf) {
		w.goFrom(r)
	}
	return w.end()
}

func (w *walker) begin(g *Graph, o Options, ahead bool) {
	if words := (2*max(len(g.events), len(g.hubs))+1)/64 + 1; words > len(w.seen) {
		w.seen = make([]uint64, words+words/8)
	}
	w.g, w.o, w.ahead, w.start = g, o, ahead, hubRange{}
	w.asOf = int32(g.count())
	if o.AsOf > 0 && o.AsOf < g.count() {
		w.asOf = int32(o.AsOf)
	}
	w.most = 0
	if o.Nodes > 0 {
		w.most = max(0, o.After) + o.Nodes + 1
	}
	if o.Depth > 0 {
		w.near = map[ref]nearest{}
	}
	w.quick = !ahead && o.Depth <= 0 && !o.Contents && o.Stage.IsZero()
}

// end gives what was found, and leaves the memory clean.
func (w *walker) end() *Walk {
	walk := &Walk{AsOf: int(w.asOf)}
	given := w.steps
	if w.most > 0 && len(given) == w.most {
		given, walk.More, walk.Next = given[:w.most-1], true, w.most-1
	}
	walk.Steps = slices.Clone(given[min(len(given), max(0, w.o.After)):])
	for _, r := range w.cut {
		walk.Deeper = walk.Deeper || !w.isSeen(r)
	}
	for _, r := range w.nodes {
		w.seen[r>>6] = 0
	}
	w.nodes, w.steps, w.stack = w.nodes[:0], w.steps[:0], w.stack[:0]
	w.cut, w.near, w.pairs, w.g = nil, nil, pairs{}, nil
	return walk
}

func (w *walker) goFrom(r ref) {
	first := int32(0)
	if h := r.number(); !r.isEvent() && w.g.hubs[h].kind == Resource {
		w.bound(h)
		if last := w.lastOn(h); w.within(last, h) && w.g.events[last].leadsTo(h) {
			first = last
		}
	}
	w.contain(r)
	w.visit(r, -1, 0, ViaFlow)
	w.open(r, 0, first)
	for len(w.stack) > 0 && len(w.steps) != w.most {
		if w.quick && w.hurry() {
			continue
		}
		c, via, node, step := w.candidate(&w.stack[len(w.stack)-1])
		if c == 0 {
			w.stack = w.stack[:len(w.stack)-1]
		}
		for c != 0 && len(w.steps) != w.most {
			at := int32(len(w.steps))
			if !w.come(c, via, node, step) || w.ahead || !c.isEvent() {
				break
			}
			c, via, node, step = w.before(c), ViaFlow, c, at // without a frame of its own: there is one thing at most
		}
	}
}

// hurry does for what a walk back mostly meets, an event of no pair that
// leads into a hub, and the hub that it comes from, what candidate and come do
// for all there is; false where it is for those.
func (w *walker) hurry() bool {
	f := &w.stack[len(w.stack)-1]
	l := link(f.at)
	if l == 0 || f.first != 0 || f.node.isEvent() {
		return false
	}
	e := &w.g.events[l.event()]
	r, above := eventRef(l.event()), f.step
	word, bit := &w.seen[r>>6], uint64(1)<<(r&63)
	if *word&bit != 0 {
		f.at = int32(e.next[l&3])
		return true
	}
	h := e.hubs[slotFrom]
	hr := ref(h<<1 | 1)
	again := h != 0 && w.isSeen(hr)
	if e.role >= combining || again && e.flags&crumbBefore != 0 || len(w.steps)+1 == w.most {
		return false
	}
	f.at = int32(e.next[l&3])
	*word |= bit
	parent := &w.steps[above]
	depth := parent.Depth + 1
	w.nodes = append(w.nodes, r)
	w.steps = append(w.steps, Step{ID: e.id, Parent: parent.ID, Depth: depth, Kind: Event})
	if h == 0 || again {
		return true
	}
	w.seen[hr>>6] |= 1 << (hr & 63)
	hub := &w.g.hubs[h]
	next := frame{node: hr, step: int32(len(w.steps)), at: int32(hub.into)}
	if hub.into.event() > w.asOf {
		next.at = int32(w.newest(h))
	}
	if e.flags&crumbBefore != 0 {
		next.first = e.before
	}
	w.nodes = append(w.nodes, hr)
	w.steps = append(w.steps, Step{ID: hub.id, Parent: e.id, Depth: depth + 1, Kind: hub.kind})
	w.stack = append(w.stack, next)
	return true
}

// come comes to a thing from a node, at a step, where it is new and the walk goes there.
func (w *walker) come(c ref, via Via, node ref, step int32) bool {
	inside := w.o.Contents && c.isEvent() && w.inside(c, node, step)
	if w.isSeen(c) {
		if w.near != nil {
			w.again(c, node)
		}
		return false
	}
	depth := w.steps[step].Depth + 1
	if w.near != nil {
		if depth = w.near[node].depth + 1; int(depth) > w.o.Depth {
			w.cut = append(w.cut, c)
			return false
		}
	}
	if !c.isEvent() {
		w.visit(c, step, depth, via)
		w.open(c, int32(len(w.steps)-1), w.crumb(node, c))
		return true
	}
	e := &w.g.events[c.number()]
	if e.role >= combining && !w.admit(c, node, step) {
		if !inside {
			return false
		}
		via = ViaContents
	}
	w.visit(c, step, depth, via)
	if w.ahead {
		w.open(c, int32(len(w.steps)-1), w.round(c))
	}
	return true
}

func (w *walker) isSeen(r ref) bool { return w.seen[r>>6]&(1<<(r&63)) != 0 }

// visit notes a thing that the walk comes to for the first time.
func (w *walker) visit(r ref, parent, depth int32, via Via) {
	w.seen[r>>6] |= 1 << (r & 63)
	if w.near != nil {
		w.near[r] = nearest{depth, int32(len(w.steps))}
	}
	step := Step{Depth: depth, Via: via}
	if parent >= 0 {
		step.Parent = w.steps[parent].ID
	}
	if !r.isEvent() {
		h := &w.g.hubs[r.number()]
		step.ID, step.Kind = h.id, h.kind
	} else {
		e := &w.g.events[r.number()]
		step.ID, step.Kind = e.id, Event
		if e.role >= combining || w.o.Contents {
			w.pass(e)
		}
	}
	w.nodes = append(w.nodes, r)
	w.steps = append(w.steps, step)
}

// again goes on from a thing that a shorter way leads to than those before.
func (w *walker) again(r, parent ref) {
	n, depth := w.near[r], w.near[parent].depth+1
	if depth < n.depth {
		w.near[r] = nearest{depth, n.step}
		w.open(r, n.step, 0)
	}
}
