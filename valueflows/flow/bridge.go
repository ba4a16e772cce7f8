package flow

import (
	"slices"

	"disconode/valueflows"
)

// Label is a text that resources may share where no flow tells that they
// belong together.
type Label uint8

// The labels.
const (
	TrackingIdentifier Label = iota
	BatchLot                 // the lot's id or code: whatever is one for one lot
)

// labels are the resources by label.
type labels struct {
	numbers [2]map[string]int32
	sharing [2][][]int32       // by number: the resources, in the order in which they were first told of
	of      [2]map[int32]int32 // of a resource: the number
}

// bases are the process specifications that processes are based on, by number
// from 1.
type bases struct {
	numbers map[valueflows.ID]int32
	of      map[int32]int32 // of a process
}

// Label says what is written on a resource; an empty text that nothing is, or
// is any more. Earlier and later in [Options.ByTracking] is the order in which
// the graph was first told of the resources, by this or by an event on them.
func (g *Graph) Label(resource valueflows.ID, label Label, text string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hub(resource, Resource)
	if h == 0 {
		return
	}
	l := &g.labels
	if l.of[label] == nil {
		l.numbers[label], l.of[label] = map[string]int32{}, map[int32]int32{}
	}
	if old, ok := l.of[label][h]; ok {
		delete(l.of[label], h)
		at, _ := slices.BinarySearch(l.sharing[label][old], h)
		l.sharing[label][old] = slices.Delete(l.sharing[label][old], at, at+1)
	}
	if text == "" {
		return
	}
	n, ok := l.numbers[label][text]
	if !ok {
		n = int32(len(l.sharing[label]))
		l.numbers[label][text] = n
		l.sharing[label] = append(l.sharing[label], nil)
	}
	l.of[label][h] = n
	at, _ := slices.BinarySearch(l.sharing[label][n], h)
	l.sharing[label][n] = slices.Insert(l.sharing[label][n], at, h)
}

// Base says which ProcessSpecification a process is based on, for
// [Options.Stage]; zero that it is on none.
func (g *Graph) Base(process, on valueflows.ID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	p := g.hub(process, Process)
	if p == 0 {
		return
	}
	if g.bases.of == nil {
		g.bases = bases{numbers: map[valueflows.ID]int32{}, of: map[int32]int32{}}
	}
	if on.IsZero() {
		delete(g.bases.of, p)
		return
	}
	n, ok := g.bases.numbers[on]
	if !ok {
		n = int32(len(g.bases.numbers)) + 1
		g.bases.numbers[on] = n
	}
	g.bases.of[p] = n
}

// bridge is the next resource that the one of the frame shares a label with.
// From each the walk goes to its neighbour only: all others follow from that.
func (w *walker) bridge(f *frame) (ref, Via) {
	for wanted := [2]bool{w.o.ByTracking, w.o.ByLot}; int(f.rest) < len(wanted); {
		label := f.rest
		f.rest++
		if !wanted[label] {
			continue
		}
		n, ok := w.g.labels.of[label][f.node.number()]
		if !ok {
			continue
		}
		sharing := w.g.labels.sharing[label][n]
		at, _ := slices.BinarySearch(sharing, f.node.number())
		if w.ahead {
			at++
		} else {
			at--
		}
		if at >= 0 && at < len(sharing) {
			return hubRef(sharing[at]), [...]Via{ViaTracking, ViaLot}[label]
		}
	}
	return 0, ViaFlow
}
