package planning

import (
	"math"
	"slices"

	"disconode/valueflows"
)

// Step is when a process can and must be done. A float is how many
// microseconds it may be put off: the total one without making the plan late,
// the free one without moving any other process. For a process that no other
// waits for, both are until the plan is due, or else until its earliest end;
// and both are less than none where it ends after that.
type Step struct {
	Process                    valueflows.ID
	EarliestBegin, EarliestEnd valueflows.Instant
	LatestBegin, LatestEnd     valueflows.Instant
	TotalFloat, FreeFloat      int64
	// Critical is set where there is no float, or less than none because the
	// plan is due before it can be done.
	Critical bool
}

// Path is the critical path of a plan.
type Path struct {
	Steps      []Step // each process after those that it waits for
	Begin, End valueflows.Instant
	// Longest is a chain of processes, each waiting for the one before, that
	// takes as long as the whole plan; it is critical where the plan has no time to spare.
	Longest []valueflows.ID
}

// CriticalPath works out when each process can begin and must begin: forward
// from start through what each waits for, and back from due, or where that is
// nil from the earliest end of the whole.
//
// It fails with an [*valueflows.InputError]: CYCLE where processes wait for each
// other, INVALID_DURATION and TIME_CONFLICT where a process says how long it
// takes in a way that makes no sense.
func (n *Network) CriticalPath(start valueflows.Instant, due *valueflows.Time) (*Path, error) {
	g := n.graph()
	order, err := n.order(g)
	if err != nil {
		return nil, err
	}
	spans := make([]Span, len(g.next)) // of a gate, none
	for i := range n.Processes {
		if spans[i], err = n.span(i); err != nil {
			return nil, err
		}
	}
	p := &Path{Begin: start, End: start}
	begin, end := make([]valueflows.Instant, len(g.next)), make([]valueflows.Instant, len(g.next))
	because := make([]int, len(g.next)) // what it waits for longest; -1 for nothing
	last := -1
	for _, node := range order {
		begin[node], because[node] = start, -1
		for _, before := range g.before[node] {
			if because[node] < 0 || end[before] > begin[node] {
				begin[node], because[node] = end[before], before
			}
		}
		end[node] = spans[node].After(begin[node], n.zone())
		if last < 0 || end[node] > p.End {
			last, p.End = node, max(p.End, end[node])
		}
	}
	latest := p.End
	if due != nil {
		latest = due.Instant
	}
	n.back(g, order, spans, begin, end, latest, p)
	for ; last >= 0; last = because[last] {
		if last < len(n.Processes) {
			p.Longest = append(p.Longest, n.Processes[last].ID)
		}
	}
	slices.Reverse(p.Longest)
	return p, nil
}

// back works out the latest times and the floats.
func (n *Network) back(g *graph, order []int, spans []Span, begin, end []valueflows.Instant, latest valueflows.Instant, p *Path) {
	must := make([]valueflows.Instant, len(g.next))    // when it must begin
	soonest := make([]valueflows.Instant, len(g.next)) // when the first process after a gate begins
	steps := make([]Step, 0, len(n.Processes))
	for _, node := range slices.Backward(order) {
		by, first := latest, valueflows.Instant(math.MaxInt64)
		for _, next := range g.next[node] {
			by = min(by, must[next])
			if next < len(n.Processes) {
				first = min(first, begin[next])
			} else {
				first = min(first, soonest[next])
			}
		}
		soonest[node] = first
		if first == math.MaxInt64 { // nobody waits for it
			first = latest
		}
		must[node] = spans[node].Before(by, n.zone())
		if node >= len(n.Processes) {
			continue
		}
		float := int64(must[node] - begin[node])
		steps = append(steps, Step{
			Process: n.Processes[node].ID, EarliestBegin: begin[node], EarliestEnd: end[node], LatestBegin: must[node], LatestEnd: by,
			TotalFloat: float, FreeFloat: int64(first - end[node]), Critical: float <= 0,
		})
	}
	slices.Reverse(steps)
	p.Steps = steps
}
