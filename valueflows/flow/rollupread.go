package flow

import (
	"slices"

	"disconode/valueflows"
)

// rollupFacts is what was read, with corrections counted on what they correct.
type rollupFacts struct {
	resources map[valueflows.ID]*valueflows.EconomicResource
	walked    map[valueflows.ID]bool // resources whose inflows were read
	stages    map[valueflows.ID]valueflows.ID
	into      map[valueflows.ID][]*rollupFlow // by resource, as they happened
	inputs    map[valueflows.ID][]*rollupFlow // by process
	outputs   map[valueflows.ID][]*rollupFlow
	deals     map[valueflows.ID][]rollupSide // by event
}

// rollupSide is one side of a deal, and the other.
type rollupSide struct {
	agreement    valueflows.ID
	mine, theirs []*rollupFlow
}

// rollupReader reads what is behind resources, level by level.
type rollupReader struct {
	books  RollupBooks
	most   int
	events map[valueflows.ID]*valueflows.EconomicEvent
	deals  map[valueflows.ID]RollupDeal
	seen   map[valueflows.ID]bool // processes that were asked about
	asked  map[valueflows.ID]bool // resources
	facts  *rollupFacts
}

// readRollup reads all that is behind a resource.
func readRollup(books RollupBooks, start valueflows.ID, most int) (*rollupFacts, error) {
	r := &rollupReader{
		books: books, most: most, events: map[valueflows.ID]*valueflows.EconomicEvent{},
		deals: map[valueflows.ID]RollupDeal{}, seen: map[valueflows.ID]bool{}, asked: map[valueflows.ID]bool{start: true},
		facts: &rollupFacts{
			resources: map[valueflows.ID]*valueflows.EconomicResource{}, walked: map[valueflows.ID]bool{}, stages: map[valueflows.ID]valueflows.ID{},
			into: map[valueflows.ID][]*rollupFlow{}, inputs: map[valueflows.ID][]*rollupFlow{}, outputs: map[valueflows.ID][]*rollupFlow{},
			deals: map[valueflows.ID][]rollupSide{},
		},
	}
	for resources, processes := []valueflows.ID{start}, []valueflows.ID(nil); len(resources)+len(processes) > 0; {
		var err error
		if resources, processes, err = r.level(resources, processes); err != nil {
			return nil, err
		}
	}
	if err := r.kinds(); err != nil {
		return nil, err
	}
	r.net()
	return r.facts, nil
}

// level reads what goes into the resources and the processes, and answers with
// what that leads to.
func (r *rollupReader) level(resources, processes []valueflows.ID) (nextResources, nextProcesses []valueflows.ID, err error) {
	counted, err := r.books.Resources(resources)
	if err != nil {
		return nil, nil, err
	}
	var walk []valueflows.ID
	for _, resource := range counted {
		r.facts.resources[resource.ID] = resource
		if !r.facts.walked[resource.ID] {
			r.facts.walked[resource.ID] = true
			walk = append(walk, resource.ID)
		}
	}
	var found []*valueflows.EconomicEvent
	for _, ask := range []struct {
		ids  []valueflows.ID
		read func([]valueflows.ID) ([]*valueflows.EconomicEvent, error)
	}{{walk, r.books.EventsInto}, {processes, r.books.EventsOf}} {
		if len(ask.ids) == 0 {
			continue
		}
		events, err := ask.read(ask.ids)
		if err != nil {
			return nil, nil, err
		}
		found = append(found, events...)
	}
	if len(processes) > 0 {
		stages, err := r.books.Stages(processes)
		if err != nil {
			return nil, nil, err
		}
		for process, stage := range stages {
			r.facts.stages[process] = stage
		}
	}
	var ids []valueflows.ID
	for _, e := range found {
		if r.events[e.ID] == nil {
			ids = append(ids, e.ID)
		}
		r.events[e.ID] = e
		if !e.OutputOf.IsZero() && !r.seen[e.OutputOf] {
			r.seen[e.OutputOf] = true
			nextProcesses = append(nextProcesses, e.OutputOf)
		}
		id, role := e.ResourceInventoriedAs, rollupRoles[e.Action]
		goesIn := role != 0 && role != roleCarried || r.facts.walked[e.LeadsTo()]
		if goesIn && !id.IsZero() && !r.asked[id] {
			r.asked[id] = true
			nextResources = append(nextResources, id)
		}
	}
	if len(r.events) > r.most {
		return nil, nil, valueflows.Invalid("TOO_MUCH", "more than %d events are behind this: ask for something nearer to where it comes from", r.most)
	}
	slices.SortFunc(nextResources, compareIDs)
	slices.SortFunc(nextProcesses, compareIDs)
	return nextResources, nextProcesses, r.readDeals(ids)
}

// readDeals reads the agreements of events.
func (r *rollupReader) readDeals(ids []valueflows.ID) error {
	if len(ids) == 0 {
		return nil
	}
	slices.SortFunc(ids, compareIDs)
	deals, err := r.books.DealsOf(ids)
	if err != nil {
		return err
	}
	for _, d := range deals {
		r.deals[d.Agreement] = d
	}
	return nil
}

// kinds reads the resources that are only named, for what they are.
func (r *rollupReader) kinds() error {
	missing := map[valueflows.ID]bool{}
	name := func(id valueflows.ID) {
		if !id.IsZero() && r.facts.resources[id] == nil {
			missing[id] = true
		}
	}
	for _, events := range r.everything() {
		for _, e := range events {
			name(e.ResourceInventoriedAs)
			name(e.ToResourceInventoriedAs)
		}
	}
	for _, d := range r.deals {
		for _, open := range append(slices.Clone(d.PrimaryOpen), d.ReciprocalOpen...) {
			name(open.Clause.ResourceInventoriedAs)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	ids := make([]valueflows.ID, 0, len(missing))
	for id := range missing {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, compareIDs)
	resources, err := r.books.Resources(ids)
	for _, resource := range resources {
		r.facts.resources[resource.ID] = resource
	}
	return err
}

// everything is what was read: the walk's events, and then each side of the deals.
func (r *rollupReader) everything() [][]*valueflows.EconomicEvent {
	var walk []*valueflows.EconomicEvent
	for _, e := range r.events {
		walk = append(walk, e)
	}
	all := [][]*valueflows.EconomicEvent{walk}
	for _, d := range r.deals {
		all = append(all, d.Primary, d.Reciprocal)
	}
	return all
}
