package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/graph/model"
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

// references is a link to the records that ids name.
type references[O any, T node.Kept] struct {
	ids  func(*O) []valueflows.ID
	keep func(*T) bool // nil: all
	selected
}

// toAll makes a [references].
func toAll[T node.Kept, O any](ids func(*O) []valueflows.ID) link { return references[O, T]{ids: ids} }

func (r references[O, T]) wants(owners []any) (reader, []valueflows.ID) {
	var ids []valueflows.ID
	for _, owner := range owners {
		ids = append(ids, r.ids(owner.(*O))...)
	}
	return class[T]{}, ids
}

func (r references[O, T]) follow(ctx context.Context, owners []any, _ graphql.CollectedField) ([]any, error) {
	_, ids := r.wants(owners)
	return recordsOf(loadsOf(ctx), ids, r.keep), nil
}

// recordsOf are those records that ids name and that were read, each once.
func recordsOf[T node.Kept](l *loads, ids []valueflows.ID, keep func(*T) bool) []any {
	var found []any
	for _, id := range once(ids) {
		if record := (class[T]{}).get(l, id); record != nil && (keep == nil || keep(record.(*T))) {
			found = append(found, record)
		}
	}
	return found
}

// once are the ids that are given, each once.
func once(ids []valueflows.ID) []valueflows.ID {
	var some []valueflows.ID
	seen := make(map[valueflows.ID]bool, len(ids))
	for _, id := range ids {
		if !id.IsZero() && !seen[id] {
			seen[id] = true
			some = append(some, id)
		}
	}
	return some
}

// part is a link to what is within the record itself: nothing is read for it,
// but for its own fields.
type part[O, P any] struct {
	parts func(*O) []*P
	selected
}

// actionOf is the part that is an action.
func actionOf[O any](action func(*O) valueflows.Action) link {
	return part[O, model.Action]{parts: func(o *O) []*model.Action { return []*model.Action{model.ActionOf(action(o))} }}
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
