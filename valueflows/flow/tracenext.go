package flow

// open begins to go through what comes next to a thing, an event first where
// that is not 0.
func (w *walker) open(r ref, step, first int32) {
	f := frame{node: r, step: step, first: first}
	if !r.isEvent() {
		f.at = int32(w.newest(r.number()))
	}
	w.stack = append(w.stack, f)
}

// before is the one thing that comes before an event; 0 for none.
func (w *walker) before(r ref) ref {
	if first := w.round(r); first != 0 {
		return eventRef(first)
	}
	return hubRef(w.g.events[r.number()].hubs[slotFrom])
}

// crumb is the breadcrumb of an event, where it comes next to a hub that the
// walk goes to from there.
func (w *walker) crumb(r, hub ref) int32 {
	if !r.isEvent() {
		return 0
	}
	e := &w.g.events[r.number()]
	switch {
	case !w.ahead && e.flags&crumbBefore != 0:
		return e.before
	case w.ahead && e.flags&crumbAfter != 0 && e.after <= w.asOf && w.g.events[e.after].hubs[slotFrom] == hub.number():
		return e.after
	}
	return 0
}

// round is the breadcrumb of an event that leads to a resource which was seen
// before, where it comes next to that: what went round and round through one
// process stays in its order. This leaps over the resource, which a walk of
// limited depth must not: it would come too far.
func (w *walker) round(r ref) int32 {
	if w.near != nil {
		return 0
	}
	e := &w.g.events[r.number()]
	h := e.hubs[slotFrom]
	if w.ahead {
		for slot := slotInto; slot <= slotTo; slot++ {
			if h = e.hubs[slot]; h != 0 {
				break
			}
		}
	}
	first := w.crumb(r, hubRef(h))
	if first == 0 || !w.isSeen(hubRef(h)) || w.g.hubs[h].kind != Resource || !w.within(first, h) {
		return 0
	}
	return first
}

// within tells whether an event counts at a hub that may be the start.
func (w *walker) within(e, h int32) bool {
	return e != 0 && (w.start.hub != h || w.start.oldest <= e && e <= w.start.newest)
}

// lastOn is the newest event on a resource that counts; 0 in a track.
func (w *walker) lastOn(h int32) int32 {
	if w.ahead {
		return 0
	}
	last := w.g.hubs[h].last
	for last > w.asOf {
		last = w.g.events[last].before
	}
	return last
}

// newest is where the list of a hub begins, in the walk's direction.
func (w *walker) newest(h int32) link {
	l, newest := w.g.hubs[h].into, w.asOf
	if w.ahead {
		l = w.g.hubs[h].outOf
	}
	if w.start.hub == h {
		newest = min(newest, w.start.newest)
	}
	for l != 0 && l.event() > newest {
		l = w.g.after(l)
	}
	return l
}

// candidate is what the walk looks at next, what leads to it, and what it is
// come to from; 0 where there is nothing more.
func (w *walker) candidate(f *frame) (c ref, via Via, node ref, step int32) {
	if f.first != 0 {
		c, f.first = eventRef(f.first), 0
		return c, ViaFlow, f.node, f.step
	}
	switch {
	case f.node == 0:
		if list := w.pairs.released[f.step]; int(f.at) < len(list) {
			p := list[f.at]
			f.at++
			return p.event, ViaFlow, p.node, p.step
		}
	case !f.node.isEvent():
		if l := link(f.at); l != 0 {
			if e := l.event(); w.start.hub != f.node.number() || e >= w.start.oldest {
				f.at = int32(w.g.after(l))
				return eventRef(e), ViaFlow, f.node, f.step
			}
		}
		if w.o.ByTracking || w.o.ByLot {
			c, via = w.bridge(f)
			return c, via, f.node, f.step
		}
	case !w.ahead:
		if f.at == 0 {
			f.at = 1
			return w.before(f.node), ViaFlow, f.node, f.step
		}
	default:
		for e := &w.g.events[f.node.number()]; f.at < slotTo; {
			f.at++
			if h := e.hubs[f.at]; h != 0 {
				return hubRef(h), ViaFlow, f.node, f.step
			}
		}
	}
	return 0, ViaFlow, 0, 0
}

// bound finds the events of the start at the stage that it is looked at in.
func (w *walker) bound(h int32) {
	if w.o.Stage.IsZero() {
		return
	}
	w.start = hubRange{hub: h, oldest: w.asOf + 1, newest: 0}
	base := w.g.bases.numbers[w.o.Stage]
	for l := w.g.hubs[h].into; l != 0 && base != 0; l = w.g.after(l) {
		e := l.event()
		if p := w.g.events[e].hubs[slotFrom]; e > w.asOf || w.g.events[e].flags&output == 0 || w.g.bases.of[p] != base {
			continue
		}
		w.start.oldest, w.start.newest = e, max(w.start.newest, e)
	}
	if w.ahead {
		w.start.newest = w.asOf
	} else if w.start.newest > 0 {
		w.start.oldest = 0
	}
}
