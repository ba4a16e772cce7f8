package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"disconode/node"
	"disconode/valueflows"
)

// derived is a link to what is worked out of other records than the owner: a
// value for each owner, worked out for all owners together.
type derived[V any] struct {
	selected
	of func(ctx context.Context, l *loads, owners []valueflows.ID) ([]V, error)
}

func (derived[V]) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (d derived[V]) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	_, err := d.values(ctx, owners, f)
	return nil, err
}

func (d derived[V]) values(ctx context.Context, owners []any, f graphql.CollectedField) ([]V, error) {
	l, ids := loadsOf(ctx), idsOf(owners)
	values, err := d.of(ctx, l, ids)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, id := range ids {
		l.lists[listKey{f.Field, id}] = values[i]
	}
	return values, nil
}

func (derived[V]) write(d *direct, owner any, f graphql.CollectedField) bool {
	value, ok := valueIn[V](d.loads, f, owner)
	if !ok {
		return false
	}
	switch value := any(value).(type) {
	case bool:
		d.truth(value)
	case *bool:
		if value == nil {
			d.null()
		} else {
			d.truth(*value)
		}
	case *valueflows.Time:
		if value == nil {
			d.null()
		} else {
			d.plain(value.String())
		}
	default:
		return false
	}
	return true
}

// valueIn is what was worked out for an owner.
func valueIn[V any](l *loads, f graphql.CollectedField, owner any) (V, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	value, ok := l.lists[listKey{f.Field, owner.(kept).Rec().ID}].(V)
	return value, ok
}

// derivedOf is the value of the field that is being resolved; it is worked out
// where nobody read ahead.
func derivedOf[V any](ctx context.Context, owner kept) (V, error) {
	l, field := loadsOf(ctx), graphql.GetFieldContext(ctx)
	value, ok := valueIn[V](l, field.Field, owner)
	if ok {
		return value, nil
	}
	link := links[field.Object+"."+field.Field.Name]
	found, err := link.follow(ctx, []any{owner}, field.Field)
	if err != nil {
		return value, err
	}
	value, _ = valueIn[V](l, field.Field, owner)
	return value, ahead(ctx, link.below(ctx, field.Field), found)
}

// toldOf is [derivedOf] for what is always true or false.
func toldOf(ctx context.Context, owner kept) (*bool, error) {
	is, err := derivedOf[bool](ctx, owner)
	return &is, err
}

// derivedRecords is a link to records that other records lead to.
type derivedRecords[T node.Kept] struct {
	derived[[]valueflows.ID]
}

// through makes a [derivedRecords].
func through[T node.Kept](of func(ctx context.Context, l *loads, owners []valueflows.ID) ([][]valueflows.ID, error)) link {
	return derivedRecords[T]{derived[[]valueflows.ID]{of: of}}
}

func (d derivedRecords[T]) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	values, err := d.values(ctx, owners, f)
	if err != nil {
		return nil, err
	}
	var all []valueflows.ID
	for _, ids := range values {
		all = append(all, ids...)
	}
	l := loadsOf(ctx)
	if err := (class[T]{}).read(ctx, l, all); err != nil {
		return nil, err
	}
	return recordsOf[T](l, all, nil), nil
}

func (derivedRecords[T]) write(d *direct, owner any, f graphql.CollectedField) bool {
	ids, ok := valueIn[[]valueflows.ID](d.loads, f, owner)
	return ok && d.objects(f.Selections, recordsOf[T](d.loads, ids, nil))
}

// deletables tells of each record whether the caller can delete it.
type deletables[T node.Kept] struct{ derived[bool] }

func (deletables[T]) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	l, records := loadsOf(ctx), make([]*T, len(owners))
	for i, owner := range owners {
		records[i] = owner.(*T)
	}
	free, err := node.Deletable(ctx, l.node, records)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, owner := range owners {
		l.lists[listKey{f.Field, owner.(kept).Rec().ID}] = free[i]
	}
	return nil, nil
}
