package flow

import (
	"cmp"
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
	sharing [2][][]labelled        // by number: the resources in the order in which they were recorded
	of      [2]map[int32]labelling // of a resource
}

// labelled is a resource in the order of those that share a label.
type labelled struct {
	at  int64
	hub int32
}

func (l labelled) compare(other labelled) int {
	return cmp.Or(cmp.Compare(l.at, other.at), cmp.Compare(l.hub, other.hub))
}

// labelling is what is written on a resource, by number, and where the resource
// stands in the order.
type labelling struct {
	number int32
	at     int64
}

// bases are the process specifications that processes are based on, by number
// from 1.
type bases struct {
	numbers map[valueflows.ID]int32
	of      map[int32]int32 // of a process
}

// Label says what is written on a resource that was recorded at a position; an
// empty text that nothing is, or is any more. Earlier and later in
// [Options.ByTracking] is the order of the positions, so that it is the same in
// whichever order the graph is told.
func (g *Graph) Label(resource valueflows.ID, at int64, label Label, text string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if text == "" && g.find(resource) == 0 {
		return
	}
	h := g.hub(resource, Resource)
	if h == 0 {
		return
	}
	l := &g.labels
	if l.of[label] == nil {
		l.numbers[label], l.of[label] = map[string]int32{}, map[int32]labelling{}
	}
	if old, ok := l.of[label][h]; ok {
		delete(l.of[label], h)
		place, _ := l.place(label, old.number, labelled{old.at, h})
		l.sharing[label][old.number] = slices.Delete(l.sharing[label][old.number], place, place+1)
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
	l.of[label][h] = labelling{n, at}
	place, _ := l.place(label, n, labelled{at, h})
	l.sharing[label][n] = slices.Insert(l.sharing[label][n], place, labelled{at, h})
}

// place is where a resource stands, or would, among those that share a label.
func (l *labels) place(label Label, number int32, one labelled) (int, bool) {
	return slices.BinarySearchFunc(l.sharing[label][number], one, labelled.compare)
}

// Base says which ProcessSpecification a process is based on, for
// [Options.Stage]; zero that it is on none, or is not any more.
func (g *Graph) Base(process, on valueflows.ID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if on.IsZero() && g.find(process) == 0 {
		return
	}
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
		own, ok := w.g.labels.of[label][f.node.number()]
		if !ok {
			continue
		}
		sharing := w.g.labels.sharing[label][own.number]
		next, _ := w.g.labels.place(Label(label), own.number, labelled{own.at, f.node.number()})
		if w.ahead {
			next++
		} else {
			next--
		}
		if next >= 0 && next < len(sharing) {
			return hubRef(sharing[next].hub), [...]Via{ViaTracking, ViaLot}[label]
		}
	}
	return 0, ViaFlow
}
