package node

import (
	"cmp"
	"context"
	"slices"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// work reads a plan that the caller sees, with its processes and flows. A
// process that does not say how long it takes, takes as long as the recipe says
// that it was made by: one of its process specification and its name, or the
// only one of its process specification.
func (n *Node) work(ctx context.Context, plan valueflows.ID) (*planReader, *valueflows.Plan, *planning.Network, error) {
	r, err := n.planReader(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	if r == nil {
		return nil, nil, nil, ErrNotFound
	}
	p, err := Get[valueflows.Plan](ctx, n, plan)
	if err != nil {
		return nil, nil, nil, err
	}
	all, err := r.planned([]*valueflows.Plan{p}, true)
	if err != nil {
		return nil, nil, nil, err
	}
	network, books := &all[0], r.booksOf(&p.Record)
	network.Processes = ofBooks(r, books, network.Processes)
	network.Commitments = ofBooks(r, books, network.Commitments)
	network.Intents = ofBooks(r, books, network.Intents)
	if network.Zone, err = r.zone(); err != nil {
		return nil, nil, nil, err
	}
	network.Durations, err = r.durations(network.Processes)
	return r, p, network, err
}

// zone is the time zone of the LAB.
func (r *planReader) zone() (*time.Location, error) {
	if lab := r.n.labOf(r.lab); lab != nil {
		return zoneOf(lab.Zone)
	}
	return time.UTC, nil
}

func (r *planReader) durations(processes []*valueflows.Process) (map[valueflows.ID]*valueflows.Measure, error) {
	var based []valueflows.ID
	for _, p := range processes {
		if p.HasBeginning == nil || p.HasEnd == nil {
			based = append(based, p.BasedOn)
		}
	}
	recipes, err := store.Linked[valueflows.RecipeProcess](r.ctx, r.n.store, r.sight, sorted(based), LinkProcessConformsTo)
	if err != nil {
		return nil, outward(err)
	}
	found := map[valueflows.ID]*valueflows.Measure{}
	for _, p := range processes {
		if p.BasedOn.IsZero() {
			continue
		}
		alike := where(recipes, func(rp *valueflows.RecipeProcess) bool { return rp.ProcessConformsTo == p.BasedOn })
		if named := where(alike, func(rp *valueflows.RecipeProcess) bool { return string(rp.Name) == string(p.Name) }); len(named) > 0 {
			alike = named
		}
		if len(alike) == 1 {
			found[p.ID] = alike[0].HasDuration
		}
	}
	return found, nil
}

// CriticalPath works out when each process of a plan can begin and must begin,
// and which leave no time to spare: forward from start, and back from due. Where
// start is nil the plan begins when its first process does as planned, or now;
// where due is nil it is due when it says itself, or as early as it can be done.
//
// It fails with [ErrNotFound], and as [planning.Network.CriticalPath] does.
func (n *Node) CriticalPath(ctx context.Context, plan valueflows.ID, start, due *valueflows.Time) (*planning.Path, error) {
	r, p, network, err := n.work(ctx, plan)
	if err != nil {
		return nil, err
	}
	begin := r.now
	for i, process := range slices.DeleteFunc(slices.Clone(network.Processes), func(p *valueflows.Process) bool { return p.HasBeginning == nil }) {
		if i == 0 || process.HasBeginning.Instant < begin {
			begin = process.HasBeginning.Instant
		}
	}
	if start != nil {
		begin = start.Instant
	}
	return network.CriticalPath(begin, cmp.Or(due, p.Due))
}

// Replan works out what follows for a plan from changes, and from an event that
// is late where one is named: which processes move, what comes late and what is
// short. Applied, it moves the processes, and with them their flows that are not
// done: inputs as the beginning moves, outputs as the end does. What was agreed
// stays due when it was: a clause and a deliverable keep their due time, and say
// beside it when they are planned for.
//
// It fails with [ErrNotFound], with an [*valueflows.InputError] as
// [planning.Network.Replan] does, code REQUIRED where nothing has changed and
// NOT_OF_PLAN where the event is of no flow of the plan; and applied with
// [ErrForbidden], and [ErrStale] where the plan has changed meanwhile. A
// repetition under the same idempotency key moves nothing further, and tells
// what follows for the plan as it is then.
func (n *Node) Replan(ctx context.Context, plan valueflows.ID, changes []planning.Change, late valueflows.ID, apply bool) (*planning.Shift, error) {
	r, p, network, err := n.work(ctx, plan)
	if err != nil {
		return nil, err
	}
	stated := changes
	if !late.IsZero() {
		of, err := r.lateChanges(network, late)
		if err != nil {
			return nil, err
		}
		changes = append(slices.Clone(changes), of...)
	}
	if len(changes) == 0 {
		return nil, valueflows.At(valueflows.Invalid("REQUIRED", "say what has changed: a process or a flow of the plan, or an event that came late"), "changes")
	}
	shift, err := network.Replan(changes)
	if err != nil || !apply {
		return shift, err
	}
	m, err := r.mover(network, shift, stated)
	if err != nil {
		return nil, err
	}
	_, err = n.once(ctx, "replan", replanText(plan, stated, late), func(s *session) ([]valueflows.ID, error) {
		return []valueflows.ID{p.ID}, m.move(s)
	})
	return shift, err
}

// lateChanges are what an event means for the flows of a plan.
func (r *planReader) lateChanges(network *planning.Network, late valueflows.ID) ([]planning.Change, error) {
	e, err := Get[valueflows.EconomicEvent](r.ctx, r.n, late)
	if err != nil {
		return nil, err
	}
	flows := append(idsOf(network.Commitments), idsOf(network.Intents)...)
	of := slices.DeleteFunc(planning.Changes(e), func(c planning.Change) bool { return !slices.Contains(flows, c.Flow) })
	if len(of) == 0 {
		return nil, valueflows.At(valueflows.Invalid("NOT_OF_PLAN", "the event fulfils and satisfies nothing of the plan: name the process or the flow that has changed"), "event")
	}
	return of, nil
}
