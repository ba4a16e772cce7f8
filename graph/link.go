package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/node"
	"disconode/valueflows"
)

// selected is what is selected below the field itself.
type selected struct{}

func (selected) below(_ context.Context, f graphql.CollectedField) []ast.SelectionSet {
	return []ast.SelectionSet{f.Selections}
}

// reference is a link to the one record that an id names.
type reference[O any, T node.Kept] struct {
	id func(*O) valueflows.ID
	selected
}

// to makes a [reference].
func to[T node.Kept, O any](id func(*O) valueflows.ID) link { return reference[O, T]{id: id} }

func (r reference[O, T]) wants(owners []any) (reader, []valueflows.ID) {
	ids := make([]valueflows.ID, len(owners))
	for i, owner := range owners {
		ids[i] = r.id(owner.(*O))
	}
	return class[T]{}, ids
}

func (r reference[O, T]) follow(ctx context.Context, owners []any, _ graphql.CollectedField) ([]any, error) {
	l, seen := loadsOf(ctx), map[valueflows.ID]bool{}
	var found []any
	for _, owner := range owners {
		id := r.id(owner.(*O))
		if id.IsZero() || seen[id] {
			continue
		}
		seen[id] = true
		if record := (class[T]{}).get(l, id); record != nil {
			found = append(found, record)
		}
	}
	return found, nil
}

// part is a link to what is within the record itself: nothing is read for it,
// but for its own fields.
type part[O, P any] struct {
	parts func(*O) []*P
	selected
}

// measureOf is the part that is a quantity.
func measureOf[O any](m func(*O) *valueflows.Measure) link {
	return part[O, valueflows.Measure]{parts: func(o *O) []*valueflows.Measure { return []*valueflows.Measure{m(o)} }}
}

// measuresOf are the parts that are quantities.
func measuresOf[O any](all func(*O) []valueflows.Measure) link {
	return part[O, valueflows.Measure]{parts: func(o *O) []*valueflows.Measure {
		var parts []*valueflows.Measure
		for i := range all(o) {
			parts = append(parts, &all(o)[i])
		}
		return parts
	}}
}

func (part[O, P]) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (p part[O, P]) follow(_ context.Context, owners []any, _ graphql.CollectedField) ([]any, error) {
	var found []any
	for _, owner := range owners {
		for _, each := range p.parts(owner.(*O)) {
			if each != nil {
				found = append(found, each)
			}
		}
	}
	return found, nil
}

// eventScope is the link from an event to the agents that its processes are
// grouped under.
type eventScope struct{ selected }

func (eventScope) wants(owners []any) (reader, []valueflows.ID) {
	var ids []valueflows.ID
	for _, owner := range owners {
		e := owner.(*valueflows.EconomicEvent)
		ids = append(ids, e.InputOf, e.OutputOf)
	}
	return class[valueflows.Process]{}, ids
}

func (s eventScope) follow(ctx context.Context, owners []any, _ graphql.CollectedField) ([]any, error) {
	l := loadsOf(ctx)
	_, processes := s.wants(owners)
	var ids []valueflows.ID
	for _, id := range processes {
		if process := (class[valueflows.Process]{}).get(l, id); process != nil {
			ids = append(ids, process.(*valueflows.Process).InScopeOf)
		}
	}
	agents := class[valueflows.Agent]{}
	if err := agents.read(ctx, l, ids); err != nil {
		return nil, err
	}
	var found []any
	for _, id := range ids {
		if a := agents.get(l, id); a != nil && !slices.Contains(found, a) {
			found = append(found, a)
		}
	}
	return found, nil
}

// deletable is the link from a process to whether no event names it.
type deletable struct{ selected }

func (deletable) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (deletable) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	l, ids := loadsOf(ctx), idsOf(owners)
	used := make([]bool, len(ids))
	for _, by := range []node.Link{node.LinkInputOf, node.LinkOutputOf} {
		pages, err := node.ListBy[valueflows.EconomicEvent](ctx, l.node, by, ids, node.Filter{}, node.Page{First: 1})
		if err != nil {
			return nil, err
		}
		for i, page := range pages {
			used[i] = used[i] || len(page.Nodes) > 0
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, id := range ids {
		l.lists[listKey{f.Field, id}] = !used[i]
	}
	return nil, nil
}

// kept is any kept record.
type kept interface{ Rec() *valueflows.Record }

// idsOf are the ids of records, each once.
func idsOf(owners []any) []valueflows.ID {
	var ids []valueflows.ID
	seen := map[valueflows.ID]bool{}
	for _, owner := range owners {
		if id := owner.(kept).Rec().ID; !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}
