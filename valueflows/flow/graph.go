package flow

import (
	"sync"

	"disconode/valueflows"
)

// Graph is the flows of one set of books as the walks need them: which events
// lead into and out of each resource and process. It is fed event by event, in
// the order in which they were recorded, and only ever grows. The zero Graph is
// empty and ready.
//
// Any number of readers may walk while one writer adds: a reader holds a lock
// while it walks, some milliseconds at most, and a writer waits for it. An
// event costs some 75 bytes, its id and the index included, a resource or a
// process 40. There is room for 500 million events.
type Graph struct {
	mu      sync.RWMutex
	events  []event // events[0] is none
	hubs    []hub   // hubs[0] is none
	index   index
	labels  labels
	bases   bases
	walkers sync.Pool // of *walker
}

// Add adds events, in the order in which they were recorded. One that is
// there already has no effect, so that a follower of the journal may read an
// entry twice. Of an event it keeps what leads on: action, processes and
// resources. What corrects another event is an event like any other here.
func (g *Graph) Add(events ...*valueflows.EconomicEvent) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, e := range events {
		g.add(e)
	}
}

// Events is how many events there are.
func (g *Graph) Events() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.count()
}

func (g *Graph) count() int { return max(0, len(g.events)-1) }

func (g *Graph) add(e *valueflows.EconomicEvent) {
	if g.find(e.ID) != 0 {
		return
	}
	in, out := g.hub(e.InputOf, Process), g.hub(e.OutputOf, Process)
	r, t := g.hub(e.ResourceInventoriedAs, Resource), g.hub(e.LeadsTo(), Resource)
	role := roles[e.Action]
	before := int32(0)
	if r != 0 {
		before = g.hubs[r].last
	}
	next := event{id: e.ID, before: before, role: role}
	if e.Holds() {
		next.flags |= holds
	}
	if b := valueflows.Actions[e.Action]; in != 0 && b.OnhandEffect == takesOff && role != combining {
		next.flags |= empties
	}
	if role == adjusting || out != 0 {
		next.hubs[slotMade] = r
	}
	switch {
	case out != 0:
		next.hubs[slotFrom] = out
		next.flags |= output
	case role == adjusting && before == 0: // it is where the resource begins
	default:
		next.hubs[slotFrom] = r
	}
	next.hubs[slotInto], next.hubs[slotTo] = in, t

	g.grow()
	n := int32(len(g.events))
	for slot, h := range next.hubs {
		if h == 0 {
			continue
		}
		newest := &g.hubs[h].into
		if slot == slotFrom {
			newest = &g.hubs[h].outOf
		}
		next.next[slot], *newest = *newest, linkOf(n, slot)
	}
	if r != 0 {
		g.hubs[r].last = n
	}
	if before != 0 {
		b := &g.events[before]
		b.after = n
		if h := next.hubs[slotFrom]; h != 0 && b.leadsTo(h) {
			b.flags |= crumbAfter
			next.flags |= crumbBefore
		}
	}
	g.events = append(g.events, next)
	g.index.put(eventRef(n), g)
}

// grow makes the places that stand for none.
func (g *Graph) grow() {
	if len(g.events) == 0 {
		g.events = append(g.events, event{})
	}
	if len(g.hubs) == 0 {
		g.hubs = append(g.hubs, hub{})
	}
}

// hub is the number of a resource or a process, which gets one where it has
// none; 0 for the zero id, and for an id that is of something else. What no
// event ever led to may have been deleted, and its id given to another.
func (g *Graph) hub(id valueflows.ID, kind Kind) int32 {
	if id.IsZero() {
		return 0
	}
	if ref := g.find(id); ref != 0 {
		if ref.isEvent() {
			return 0
		}
		h := &g.hubs[ref.number()]
		if h.kind != kind && (h.into != 0 || h.outOf != 0 || h.last != 0) {
			return 0
		}
		h.kind = kind
		return ref.number()
	}
	g.grow()
	n := int32(len(g.hubs))
	g.hubs = append(g.hubs, hub{id: id, kind: kind})
	g.index.put(hubRef(n), g)
	return n
}

// find is what an id stands for; 0 where there is no such thing.
func (g *Graph) find(id valueflows.ID) ref { return g.index.find(id, g) }

// id is the id of what there is.
func (g *Graph) id(r ref) valueflows.ID {
	if r.isEvent() {
		return g.events[r.number()].id
	}
	return g.hubs[r.number()].id
}

// kind is what there is.
func (g *Graph) kind(r ref) Kind {
	if r.isEvent() {
		return Event
	}
	return g.hubs[r.number()].kind
}
