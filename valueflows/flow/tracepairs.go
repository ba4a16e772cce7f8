package flow

// pairs is what a walk knows of the actions that go in pairs. What goes into
// a process and comes out of it again passes through it alone: a walk
// that came to the one half, through what it is a half of, goes on by the other
// half, and by no other. What only was packed, carried or tested along is left
// out.
//
// The half that is found too early waits, and is gone on by when its other half
// is found: what a walk finds does not hang on the order in which it goes.
type pairs struct {
	matched  map[pairKey]bool
	waiting  map[pairKey][]waiting
	released [][]waiting
}

// pairKey is a thing that halves have in common: a resource in one pair of
// actions; and for contents, a container or a process that one opens to.
type pairKey struct {
	role role
	hub  int32
}

// Beside the roles, what contents wait for.
const (
	openedProcess role = iota + 100
	container
)

// waiting is an event that was come to from a node, at a step.
type waiting struct {
	event, node ref
	step        int32
}

func (p *pairs) match(w *walker, k pairKey) {
	if k.hub == 0 || p.matched[k] {
		return
	}
	if p.matched == nil {
		p.matched = map[pairKey]bool{}
	}
	p.matched[k] = true
	if list := p.waiting[k]; len(list) > 0 {
		delete(p.waiting, k)
		w.stack = append(w.stack, frame{step: int32(len(p.released))})
		p.released = append(p.released, list)
	}
}

func (p *pairs) wait(k pairKey, e waiting) {
	if k.hub == 0 {
		return
	}
	if p.waiting == nil {
		p.waiting = map[pairKey][]waiting{}
	}
	p.waiting[k] = append(p.waiting[k], e)
}

// halves are the keys of the half of a pair that an event is. What is handed
// over on its way in goes on as the receiver's resource.
func (e *event) halves() (own, received pairKey) {
	own = pairKey{e.role.pair(), e.resource()}
	if e.role.goesIn() && e.role != combining {
		received = pairKey{e.role.pair(), e.hubs[slotTo]}
	}
	return own, received
}

// pass notes a half of a pair that the walk comes to, and what it opens.
func (w *walker) pass(e *event) {
	first := e.role.comesOut() // of the two halves, in a trace
	if w.ahead {
		first = e.role.goesIn()
	}
	if first {
		own, received := e.halves()
		w.pairs.match(w, own)
		w.pairs.match(w, received)
	}
	w.opens(e)
}

// second tells whether an event is the half of a pair that counts if the other does.
func (w *walker) second(e *event) bool {
	if w.ahead {
		return e.role.comesOut()
	}
	return e.role.goesIn()
}

// admit tells whether the walk goes from a node to a half of a pair. One that
// must wait for its other half is kept for then.
func (w *walker) admit(c, node ref, step int32) bool {
	e := &w.g.events[c.number()]
	own, received := e.halves()
	switch {
	case !w.second(e), w.pairs.matched[own], w.pairs.matched[received]:
		return true
	case w.g.kind(node) != Process && e.role != combining: // it hands over to the resource that the walk comes from
		return true
	}
	w.pairs.wait(own, waiting{c, node, step})
	w.pairs.wait(received, waiting{c, node, step})
	return false
}

// inside tells whether an event that the walk looks at from a node put its
// resource into a container that counts, or took it out of one; then the
// resource counts as one too. One of a container that does not count yet waits.
func (w *walker) inside(c, node ref, step int32) bool {
	e := &w.g.events[c.number()]
	if e.role.pair() != combining || !w.second(e) {
		return false
	}
	k := pairKey{role: openedProcess}
	if w.g.kind(node) == Process {
		k.hub = node.number()
	}
	if t := e.hubs[slotTo]; t != 0 {
		k = pairKey{container, t}
	}
	if !w.pairs.matched[k] {
		w.pairs.wait(k, waiting{c, node, step})
		return false
	}
	w.containHub(e.resource())
	return true
}

// contain takes the start for a container, where contents count.
func (w *walker) contain(start ref) {
	switch {
	case !w.o.Contents:
	case !start.isEvent():
		w.containHub(start.number())
	default:
		w.containHub(w.g.events[start.number()].resource())
	}
}

// containHub makes what is in a resource, or came out of it, count.
func (w *walker) containHub(h int32) {
	if h == 0 || w.pairs.matched[pairKey{container, h}] {
		return
	}
	w.pairs.match(w, pairKey{container, h})
	for l := w.newest(h); l != 0; l = w.g.after(l) {
		if w.isSeen(eventRef(l.event())) {
			w.opens(&w.g.events[l.event()])
		}
	}
}

// opens opens the process that an event leads to, where it came out of it as a
// container (in a trace), or went into it as one (in a track).
func (w *walker) opens(e *event) {
	if !w.o.Contents {
		return
	}
	process, contains := e.hubs[slotFrom], e.flags&holds != 0 && e.flags&output != 0
	if w.ahead {
		process, contains = e.hubs[slotInto], e.flags&empties != 0
	}
	if contains && w.pairs.matched[pairKey{container, e.resource()}] {
		w.pairs.match(w, pairKey{openedProcess, process})
	}
}
