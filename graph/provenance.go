package graph

import (
	"context"

	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// Provenance is where something is from, in the terms of PROV-O. The flows are
// in memory; what they lead through, and what that names, is read in a few
// statements a class.
func (q query) Provenance(ctx context.Context, id string) (string, error) {
	wanted, err := named(ctx, "id", id)
	if err != nil {
		return "", err
	}
	l := loadsOf(ctx)
	start, err := traced(ctx, l, wanted)
	if err != nil {
		return "", err
	}
	walks, err := q.node.Trace(ctx, []node.Traced{start}, node.WalkOptions{Nodes: listMax + 1})
	if err != nil {
		return "", err
	}
	steps := walks[0].Steps
	if len(steps) > listMax {
		return "", valueflows.At(valueflows.Invalid("TOO_MUCH", "the trace has more than %d steps: ask for flow(direction: TRACE) page by page", listMax), "id")
	}
	p := provenance{node: q.node, loads: l, names: map[valueflows.ID]string{}, agents: map[valueflows.ID]string{}}
	if err := p.read(ctx, steps); err != nil {
		return "", err
	}
	text, err := flow.Provenance(steps, p.records())
	return string(text), err
}

// traced is the event, the resource or the process that an id is of.
func traced(ctx context.Context, l *loads, id valueflows.ID) (node.Traced, error) {
	for _, kind := range []flow.Kind{flow.Event, flow.Resource, flow.Process} {
		read := walkReaders[kind]
		if err := read.read(ctx, l, []valueflows.ID{id}); err != nil {
			return nil, err
		}
		if record, ok := read.get(l, id).(node.Traced); ok {
			return record, nil
		}
	}
	return nil, node.ErrNotFound
}

// provenance gathers what a trace came to, as the caller may see it.
type provenance struct {
	node          *node.Node
	loads         *loads
	events        []*valueflows.EconomicEvent
	resources     []*valueflows.EconomicResource
	processes     []*valueflows.Process
	names, agents map[valueflows.ID]string // their IRIs
}

// read reads the records of the steps, then what these name.
func (p *provenance) read(ctx context.Context, steps []flow.Step) error {
	wanted := make([][]valueflows.ID, len(walkReaders))
	for _, s := range steps {
		wanted[s.Kind] = append(wanted[s.Kind], s.ID)
	}
	if err := p.readAll(ctx, wanted); err != nil {
		return err
	}
	for _, id := range wanted[flow.Event] {
		if e, ok := walkReaders[flow.Event].get(p.loads, id).(*valueflows.EconomicEvent); ok {
			p.events = append(p.events, e)
		}
	}
	named := make([][]valueflows.ID, len(walkReaders))
	var agents, kinds, stages, units []valueflows.ID
	for _, e := range p.events {
		named[flow.Process] = append(named[flow.Process], e.InputOf, e.OutputOf)
		named[flow.Resource] = append(named[flow.Resource], e.ResourceInventoriedAs, e.ToResourceInventoriedAs)
		named[flow.Event] = append(named[flow.Event], e.Corrects)
		agents = append(agents, e.Provider, e.Receiver)
		for _, m := range []*valueflows.Measure{e.ResourceQuantity, e.EffortQuantity} {
			if m != nil {
				units = append(units, m.HasUnit)
			}
		}
	}
	if err := p.readAll(ctx, named); err != nil {
		return err
	}
	for _, id := range wanted[flow.Resource] {
		if r, ok := walkReaders[flow.Resource].get(p.loads, id).(*valueflows.EconomicResource); ok {
			p.resources = append(p.resources, r)
			kinds, agents = append(kinds, r.ConformsTo), append(agents, r.PrimaryAccountable)
		}
	}
	for _, id := range wanted[flow.Process] {
		if process, ok := walkReaders[flow.Process].get(p.loads, id).(*valueflows.Process); ok {
			p.processes = append(p.processes, process)
			stages = append(stages, process.BasedOn)
		}
	}
	for _, list := range []struct {
		of  reader
		ids []valueflows.ID
		to  map[valueflows.ID]string
	}{
		{class[valueflows.EconomicEvent]{}, append(wanted[flow.Event], named[flow.Event]...), p.names},
		{class[valueflows.EconomicResource]{}, append(wanted[flow.Resource], named[flow.Resource]...), p.names},
		{class[valueflows.Process]{}, append(wanted[flow.Process], named[flow.Process]...), p.names},
		{class[valueflows.ResourceSpecification]{}, kinds, p.names},
		{class[valueflows.ProcessSpecification]{}, stages, p.names},
		{class[valueflows.Unit]{}, units, p.names},
		{class[valueflows.Agent]{}, agents, p.agents},
	} {
		if err := list.of.read(ctx, p.loads, list.ids); err != nil {
			return err
		}
		for _, id := range once(list.ids) {
			record := list.of.get(p.loads, id)
			if record != nil && !record.(kept).Rec().ID.IsZero() { // one that is not shown has no id
				list.to[id] = string(iri(p.node, record))
			}
		}
	}
	return nil
}

func (p *provenance) readAll(ctx context.Context, wanted [][]valueflows.ID) error {
	for kind, ids := range wanted {
		if len(ids) == 0 {
			continue
		}
		if err := walkReaders[kind].read(ctx, p.loads, ids); err != nil {
			return err
		}
	}
	return nil
}

// records are what was read, as the flows take it.
func (p *provenance) records() flow.Records {
	r := flow.Records{Events: map[valueflows.ID]*valueflows.EconomicEvent{}, Resources: map[valueflows.ID]*valueflows.EconomicResource{}, Processes: map[valueflows.ID]*valueflows.Process{},
		IRI: func(id valueflows.ID) string { return p.names[id] }, Agent: func(id valueflows.ID) string { return p.agents[id] }}
	for _, e := range p.events {
		r.Events[e.ID] = e
	}
	for _, stock := range p.resources {
		r.Resources[stock.ID] = stock
	}
	for _, process := range p.processes {
		r.Processes[process.ID] = process
	}
	return r
}
