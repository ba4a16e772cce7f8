package flow

import "disconode/valueflows"

// event is what an event leads from and to. Events are numbered from 1 in the
// order in which they were recorded, resources and processes from 1 in the
// order in which they were first told of; 0 is none.
//
// It fills a cache line: what costs in a walk is to fetch it.
type event struct {
	id            valueflows.ID
	hubs          [4]int32 // by slot
	next          [4]link  // by slot: the event before this one in the list of that hub
	before, after int32    // breadcrumbs: the events on the same resource
	role          role
	flags         flags
}

// The slots of an event: the one hub that it comes from, and up to three that
// it leads to.
const (
	slotFrom = iota // the process that it is an output of, else its resource
	slotInto        // the process that it is an input of
	slotMade        // its resource, where it comes from a process or adjusts a count
	slotTo          // its receiving resource
)

type flags uint8

const (
	output      flags = 1 << iota // comes from a process
	crumbBefore                   // the event before leads to the hub that this one comes from
	crumbAfter                    // the event after comes from a hub that this one leads to
	holds                         // its resource may be the container of what its process combines
	empties                       // its resource may be the container of what its process separates
)

// resource is the event's resourceInventoriedAs; 0 for none.
func (e *event) resource() int32 {
	if e.hubs[slotMade] != 0 || e.flags&output != 0 {
		return e.hubs[slotMade]
	}
	return e.hubs[slotFrom]
}

// leadsTo tells whether one of the hubs that the event leads to is h.
func (e *event) leadsTo(h int32) bool {
	return e.hubs[slotInto] == h || e.hubs[slotMade] == h || e.hubs[slotTo] == h
}

// hub is a resource or a process, where flows meet.
type hub struct {
	id          valueflows.ID
	into, outOf link  // the newest event that leads into it, and out of it
	last        int32 // the newest event on the resource: its previousEvent
	kind        Kind
}

// link is an entry in the list of a hub: an event and the slot that it has the
// hub in. The lists go from the newest event to the oldest.
type link int32

func linkOf(event int32, slot int) link { return link(event<<2 | int32(slot)) }

func (l link) event() int32 { return int32(l >> 2) }

func (g *Graph) after(l link) link { return g.events[l.event()].next[l&3] }

// ref names an event or a hub by its number; 0 is none.
type ref int32

func eventRef(n int32) ref { return ref(n << 1) }

func hubRef(n int32) ref {
	if n == 0 {
		return 0
	}
	return ref(n<<1 | 1)
}

func (r ref) isEvent() bool { return r&1 == 0 }

func (r ref) number() int32 { return int32(r >> 1) }

// role is what an action means to a walk.
type role uint8

const (
	plain     role = iota
	adjusting      // counts anew: it is where a resource may begin
	combining      // the pairs, what goes in before what comes out
	separating
	accepting
	modifying
	pickingUp
	droppingOff
)

var roles = map[valueflows.Action]role{
	"raise": adjusting, "lower": adjusting,
	"combine": combining, "separate": separating,
	"accept": accepting, "modify": modifying,
	"pickup": pickingUp, "dropoff": droppingOff,
}

// goesIn tells whether the role is that of the input of a pair, comesOut
// whether that of the output.
func (r role) goesIn() bool   { return r >= combining && r%2 == 0 }
func (r role) comesOut() bool { return r >= combining && r%2 == 1 }

// pair is one for both roles of a pair.
func (r role) pair() role { return r &^ 1 }

// Previous is what comes directly before a thing: before a resource the
// process outputs and the raises and lowers of it, and what was given to it;
// before a process its inputs; before an event the process that it is an output
// of, else its resource, but nothing before the raise or lower that a resource
// begins with. Newest first. Nothing comes before what is not in the graph.
func (g *Graph) Previous(id valueflows.ID) []Node {
	g.mu.RLock()
	defer g.mu.RUnlock()
	r := g.find(id)
	switch {
	case r == 0:
		return nil
	case r.isEvent():
		return g.nodes(hubRef(g.events[r.number()].hubs[slotFrom]))
	}
	return g.list(g.hubs[r.number()].into)
}

// Next is what comes directly after a thing: after a resource all events on
// it; after a process its outputs; after an event the process that it is an
// input of, else the resource that it puts out of a process, else the
// resource that it gives to. Newest first. This is not [Graph.Previous] turned
// round, which is what [Graph.Track] goes by: see the package.
func (g *Graph) Next(id valueflows.ID) []Node {
	g.mu.RLock()
	defer g.mu.RUnlock()
	r := g.find(id)
	switch {
	case r == 0:
		return nil
	case r.isEvent():
		return g.nodes(g.nextOfEvent(&g.events[r.number()]))
	case g.kind(r) == Process:
		return g.list(g.hubs[r.number()].outOf)
	}
	return g.nodes(g.onResource(r.number())...)
}

func (g *Graph) nextOfEvent(e *event) ref {
	switch {
	case e.hubs[slotInto] != 0:
		return hubRef(e.hubs[slotInto])
	case e.flags&output != 0 && e.hubs[slotMade] != 0:
		return hubRef(e.hubs[slotMade])
	}
	return hubRef(e.hubs[slotTo])
}

// onResource are the events on a resource, newest first.
func (g *Graph) onResource(h int32) []ref {
	var events []ref
	for e := g.hubs[h].last; e != 0; e = g.events[e].before {
		events = append(events, eventRef(e))
	}
	return events
}

// list are the events of a list, each once.
func (g *Graph) list(l link) []Node {
	var events []ref
	for ; l != 0; l = g.after(l) {
		if r := eventRef(l.event()); len(events) == 0 || events[len(events)-1] != r {
			events = append(events, r)
		}
	}
	return g.nodes(events...)
}

func (g *Graph) nodes(refs ...ref) []Node {
	var nodes []Node
	for _, r := range refs {
		if r != 0 {
			nodes = append(nodes, Node{ID: g.id(r), Kind: g.kind(r)})
		}
	}
	return nodes
}
