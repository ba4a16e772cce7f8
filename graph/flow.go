package graph

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/graph/scalar"
	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// walk is what a field that goes along the flows answers with, for one record.
type walk struct {
	steps   []walkStep
	cursors *model.List
	size    int
	begins  bool // at the start
	more    bool
	err     error // why it is not answered with
}

// walkStep is a thing that a walk came to.
type walkStep struct {
	flow.Step
	record   any
	position int64 // what its cursor says
}

// walked is a link from events, resources and processes along the flows. The
// flows are in memory; the records on the way are read in a statement a class,
// on whoever's way they are.
type walked struct {
	along func(ctx context.Context, n *node.Node, owners []node.Traced, f graphql.CollectedField) ([]*walk, error)
	paged bool
}

func (walked) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (w walked) below(ctx context.Context, f graphql.CollectedField) []ast.SelectionSet {
	if w.paged {
		return nodesOf(ctx, f)
	}
	return []ast.SelectionSet{f.Selections}
}

// walkReaders read the records of the kinds of steps.
var walkReaders = []reader{flow.Event: class[valueflows.EconomicEvent]{}, flow.Resource: class[valueflows.EconomicResource]{}, flow.Process: class[valueflows.Process]{}}

func (w walked) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	l, seen := loadsOf(ctx), map[valueflows.ID]bool{}
	var starts []node.Traced
	for _, owner := range owners {
		if start := owner.(node.Traced); !seen[start.Rec().ID] {
			seen[start.Rec().ID] = true
			starts = append(starts, start)
		}
	}
	walks, err := w.along(ctx, l.node, starts, f)
	if err != nil {
		return nil, err
	}
	wanted := make([][]valueflows.ID, len(walkReaders))
	for _, found := range walks {
		for _, s := range found.steps {
			wanted[s.Kind] = append(wanted[s.Kind], s.ID)
		}
	}
	for kind, ids := range wanted {
		if len(ids) > 0 {
			if err := walkReaders[kind].read(ctx, l, ids); err != nil {
				return nil, err
			}
		}
	}
	var records []any
	for _, found := range walks {
		shown := found.steps[:0]
		for _, s := range found.steps {
			if s.record = walkReaders[s.Kind].get(l, s.ID); s.record != nil {
				shown, records = append(shown, s), append(records, s.record)
			}
		}
		found.steps = shown
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, start := range starts {
		l.lists[listKey{f.Field, start.Rec().ID}] = walks[i]
	}
	if l.count += len(records); l.count > nodesMax {
		return nil, valueflows.Invalid("QUERY_TOO_COSTLY", "the query asks for more than %d records: take smaller pages, or nest fewer of them", nodesMax)
	}
	return records, nil
}

func (w walked) write(d *direct, owner any, f graphql.CollectedField) bool {
	d.loads.mu.Lock()
	found, ok := d.loads.lists[listKey{f.Field, owner.(kept).Rec().ID}].(*walk)
	d.loads.mu.Unlock()
	if !ok || found.err != nil || w.paged {
		return false
	}
	records := make([]any, len(found.steps))
	for i, s := range found.steps {
		records[i] = s.record
	}
	return d.objects(f.Selections, records)
}

// neighbours is the link to what comes directly before or after.
func neighbours(of func(*node.Node, context.Context, []node.Traced) ([][]flow.Node, error)) link {
	return walked{along: func(ctx context.Context, n *node.Node, owners []node.Traced, f graphql.CollectedField) ([]*walk, error) {
		all, err := of(n, ctx, owners)
		walks := make([]*walk, len(all))
		for i, nodes := range all {
			walks[i] = &walk{}
			if len(nodes) > listMax {
				walks[i].err, nodes = &errTooMany{f.Name, "economicEvents(filter: …)"}, nil
			}
			for _, each := range nodes {
				walks[i].steps = append(walks[i].steps, walkStep{Step: flow.Step{ID: each.ID, Kind: each.Kind}})
			}
		}
		return walks, err
	}}
}

// way walks in one direction.
type way func(n *node.Node, ctx context.Context, starts []node.Traced, o node.WalkOptions) ([]*node.Walk, error)

// wholeWalk is the link to all that a walk comes to.
func wholeWalk(along way) link {
	return walked{along: func(ctx context.Context, n *node.Node, owners []node.Traced, f graphql.CollectedField) ([]*walk, error) {
		all, err := along(n, ctx, owners, node.WalkOptions{Nodes: listMax + 1})
		if err != nil {
			return nil, err
		}
		walks := make([]*walk, len(all))
		for i, found := range all {
			walks[i] = &walk{}
			if len(found.Steps) > listMax {
				walks[i].err = &errTooMany{f.Name, "flow(direction: " + strings.ToUpper(f.Name) + ")"}
				continue
			}
			for _, s := range found.Steps {
				walks[i].steps = append(walks[i].steps, walkStep{Step: s})
			}
		}
		return walks, nil
	}}
}

// pagedWalk is the link to a page of a walk.
var pagedWalk link = walked{paged: true, along: func(ctx context.Context, n *node.Node, owners []node.Traced, f graphql.CollectedField) ([]*walk, error) {
	arguments := f.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	along, o, err := walkOf(ctx, arguments)
	if err != nil {
		return nil, err
	}
	walks := make([]*walk, len(owners))
	var asked []node.Traced
	var at []int
	for i, owner := range owners {
		walks[i] = &walk{size: o.Nodes, cursors: walkCursors(ctx, n, owner, arguments)}
		if after, ok := arguments["after"].(string); ok {
			position, err := walks[i].cursors.Parse(after)
			if err != nil {
				walks[i].err = valueflows.At(err, "after")
				continue
			}
			o.After, o.AsOf = int(position>>cursorBits), int(position&(1<<cursorBits-1)) // a cursor is of one record's walk only
		}
		walks[i].begins = o.After == 0
		asked, at = append(asked, owner), append(at, i)
	}
	found, err := along(n, ctx, asked, o)
	if err != nil {
		return nil, err
	}
	for i, way := range found {
		page := walks[at[i]]
		page.more = way.More
		for j, s := range way.Steps {
			page.steps = append(page.steps, walkStep{Step: s, position: int64(o.After+j+1)<<cursorBits | int64(way.AsOf)})
		}
	}
	return walks, nil
}}

// cursorBits are those of a cursor that say how many events counted; the others
// say how many steps were given.
const cursorBits = 30

// walkCursors write and read the cursors of a walk: good for it alone.
func walkCursors(ctx context.Context, n *node.Node, owner node.Traced, arguments map[string]any) *model.List {
	scope := map[string]any{}
	for name, value := range arguments {
		if name != "first" && name != "after" {
			scope[name] = value
		}
	}
	return cursorsOf(ctx, n, fmt.Sprintf("flow of %s %v", owner.Rec().ID, scope), node.Filter{}) // maps are printed in order
}

// walkOf reads which walk a field asks for. The gate has held first to its bounds.
func walkOf(ctx context.Context, arguments map[string]any) (way, node.WalkOptions, error) {
	o := node.WalkOptions{Nodes: pageSizeDefault}
	for name, into := range map[string]*int{"depth": &o.Depth, "first": &o.Nodes} {
		if arguments[name] == nil {
			continue
		}
		n, err := strconv.Atoi(fmt.Sprint(arguments[name]))
		if err != nil || n < 1 {
			return nil, o, valueflows.At(valueflows.Invalid("OUT_OF_RANGE", "%s is one or more", name), name)
		}
		*into = n
	}
	for name, into := range map[string]*bool{"contents": &o.Contents, "byTrackingIdentifier": &o.ByTracking, "byLot": &o.ByLot} {
		*into, _ = arguments[name].(bool)
	}
	if text, ok := arguments["stage"].(string); ok {
		var err error
		if o.Stage, err = scalar.UnmarshalID(ctx, text); err != nil {
			return nil, o, valueflows.At(err, "stage")
		}
	}
	if fmt.Sprint(arguments["direction"]) == string(generated.FlowDirectionTrack) {
		return (*node.Node).Track, o, nil
	}
	return (*node.Node).Trace, o, nil
}

// processesBeside is the link to the processes directly before or after one.
func processesBeside(of func(n *node.Node, ctx context.Context, of []*valueflows.Process, most int) ([]node.ProcessesBeside, error)) link {
	const steps = 4 * listMax // an event, a resource, an event and the process
	return walked{along: func(ctx context.Context, n *node.Node, owners []node.Traced, f graphql.CollectedField) ([]*walk, error) {
		processes := make([]*valueflows.Process, len(owners))
		for i, owner := range owners {
			processes[i] = owner.(*valueflows.Process)
		}
		all, err := of(n, ctx, processes, steps)
		if err != nil {
			return nil, err
		}
		walks := make([]*walk, len(all))
		for i, beside := range all {
			walks[i] = &walk{}
			if beside.More || len(beside.Processes) > listMax {
				walks[i].err = &errTooMany{f.Name, "flow(direction: …)"}
				continue
			}
			for _, id := range beside.Processes {
				walks[i].steps = append(walks[i].steps, walkStep{Step: flow.Step{ID: id, Kind: flow.Process}})
			}
		}
		return walks, nil
	}}
}

// walkLinks are the links along the flows, as Type.field.
func walkLinks() map[string]link {
	all := map[string]link{
		"Process.previousProcesses": processesBeside((*node.Node).PreviousProcesses),
		"Process.nextProcesses":     processesBeside((*node.Node).NextProcesses),
	}
	for _, of := range []string{"EconomicEvent", "EconomicResource", "Process"} {
		all[of+".previous"] = neighbours((*node.Node).Previous)
		all[of+".next"] = neighbours((*node.Node).Next)
		all[of+".trace"] = wholeWalk((*node.Node).Trace)
		all[of+".track"] = wholeWalk((*node.Node).Track)
		all[of+".flow"] = pagedWalk
	}
	return all
}

// walkFor is the owner's walk for the field that is being resolved.
func walkFor(ctx context.Context, owner kept) (*walk, error) {
	l, field := loadsOf(ctx), graphql.GetFieldContext(ctx)
	key := listKey{field.Field.Field, owner.Rec().ID}
	get := func() *walk {
		l.mu.Lock()
		defer l.mu.Unlock()
		found, _ := l.lists[key].(*walk)
		return found
	}
	found := get()
	if found == nil { // nobody read ahead
		link := links[field.Object+"."+field.Field.Name]
		records, err := link.follow(ctx, []any{owner}, field.Field)
		if err != nil {
			return nil, err
		}
		if found = get(); found == nil {
			return nil, fmt.Errorf("the walk %s.%s was not made", field.Object, field.Field.Name)
		}
		if err := ahead(ctx, link.below(ctx, field.Field), records); err != nil {
			return nil, err
		}
	}
	return found, found.err
}

// walkItems are the records of the owner's walk.
func walkItems[T any](ctx context.Context, owner kept) ([]T, error) {
	found, err := walkFor(ctx, owner)
	if err != nil {
		return nil, err
	}
	items := make([]T, 0, len(found.steps))
	for _, s := range found.steps {
		if item, ok := s.record.(T); ok {
			items = append(items, item)
		}
	}
	return items, nil
}

// walkPage is a page of the owner's walk.
func walkPage(ctx context.Context, owner kept) (*model.FlowConnection, error) {
	found, err := walkFor(ctx, owner)
	if err != nil {
		return nil, err
	}
	page := &model.FlowConnection{Edges: make([]*model.FlowEdge, len(found.steps)), PageInfo: model.PageInfo{
		HasPreviousPage: !found.begins, HasNextPage: found.more, PageLimit: found.size, List: found.cursors}}
	for i, s := range found.steps {
		edge := &model.FlowEdge{Node: s.record.(model.FlowItem), Position: s.position, List: found.cursors, Depth: int(s.Depth), Via: int(s.Via)}
		if parent := s.Parent; !parent.IsZero() {
			edge.Parent = &parent
		}
		page.Edges[i] = edge
	}
	if n := len(page.Edges); n > 0 {
		page.PageInfo.First, page.PageInfo.Last = &page.Edges[0].Position, &page.Edges[n-1].Position
	}
	return page, nil
}

// flowVias are what can have led to a step.
var flowVias = []generated.FlowVia{
	flow.ViaFlow: generated.FlowViaFlow, flow.ViaTracking: generated.FlowViaTrackingIdentifier, flow.ViaLot: generated.FlowViaLot, flow.ViaContents: generated.FlowViaContents,
}
