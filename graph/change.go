package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// created records a new thing. Its input is the argument of that name.
func created[T node.Kept](ctx context.Context, n *node.Node, argument string, record T) (*T, error) {
	made, err := node.Create(ctx, n, &record)
	return made, valueflows.At(err, argument)
}

// changed changes the record that an update names.
func changed[T node.Kept](ctx context.Context, n *node.Node, argument string, t model.Target, change func(*T) error) (*T, error) {
	revision, err := target(t)
	if err != nil {
		return nil, valueflows.At(err, argument)
	}
	record, err := node.Update(ctx, n, revision, change)
	return record, valueflows.At(err, argument)
}

// deleted deletes the record that a mutation names by its revision or its id.
func deleted[T node.Kept](ctx context.Context, n *node.Node, revisionID, id *string, checks ...func(*T) error) (bool, error) {
	revision, err := targetOf(ctx, revisionID, id)
	if err != nil {
		return false, err
	}
	if err := node.Delete(ctx, n, revision, checks...); err != nil {
		return false, err
	}
	return true, nil
}

func targetOf(ctx context.Context, revisionID, id *string) (valueflows.ID, error) {
	var t model.Target
	for _, given := range []struct {
		argument string
		text     *string
		into     **valueflows.ID
	}{{"revisionId", revisionID, &t.RevisionID}, {"id", id, &t.ID}} {
		if given.text == nil {
			continue
		}
		id, err := named(ctx, given.argument, *given.text)
		if err != nil {
			return valueflows.ID{}, err
		}
		*given.into = &id
	}
	return target(t)
}

func target(t model.Target) (valueflows.ID, error) {
	switch {
	case t.RevisionID != nil:
		return *t.RevisionID, nil
	case t.ID != nil:
		return *t.ID, nil
	}
	return valueflows.ID{}, valueflows.At(valueflows.Invalid("REQUIRED", "say which record: give its revisionId, or its id"), "revisionId")
}

// set changes a field to what an update says of it: null takes the value away,
// nothing leaves it.
func set[T any](field *T, said graphql.Omittable[*T]) {
	if value, ok := said.ValueOK(); ok {
		var none T
		if *field = none; value != nil {
			*field = *value
		}
	}
}

// put is [set] for a field that holds null itself.
func put[T any](field *T, said graphql.Omittable[T]) {
	if value, ok := said.ValueOK(); ok {
		*field = value
	}
}

// fixed refuses an update that would change what cannot be changed; to say it
// as it is is no change.
func fixed[T comparable](field T, said graphql.Omittable[*T], name, instead string) error {
	wanted := field
	if set(&wanted, said); wanted != field {
		return valueflows.At(valueflows.Invalid("IMMUTABLE", "%s", instead), name)
	}
	return nil
}
