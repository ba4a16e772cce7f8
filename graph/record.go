package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/model"
	"disconode/graph/scalar"
	"disconode/node"
	"disconode/valueflows"
)

// records answers what every kind of record has.
type records[T node.Kept] struct{ node *node.Node }

// Iri is the record's name on the wire.
func (r records[T]) Iri(_ context.Context, record *T) (valueflows.URI, error) {
	return iri(r.node, record), nil
}

// Origin is the LAB in whose books the record is.
func (r records[T]) Origin(_ context.Context, record *T) (*valueflows.URI, error) {
	return origin(r.node, record), nil
}

// origin is the IRI of the LAB in whose books a record is, or nil.
func origin(n *node.Node, record any) *valueflows.URI {
	iri := valueflows.URI(n.OriginIRI(record.(kept).Rec().Books))
	if iri == "" {
		return nil
	}
	return &iri
}

func iri(n *node.Node, record any) valueflows.URI {
	return valueflows.URI(n.IRI(record.(kept).Rec(), valueflows.Class(typeOf(record))))
}

// Revision is the record as one of its revisions stated it.
func (r records[T]) Revision(ctx context.Context, record *T, revisionID string) (*T, error) {
	return revision(ctx, r.node, record, revisionID)
}

func revision[T node.Kept](ctx context.Context, n *node.Node, record *T, revisionID string) (*T, error) {
	id, err := named(ctx, "revisionId", revisionID)
	if err != nil {
		return nil, err
	}
	return node.AtRevision[T](ctx, n, any(record).(kept).Rec().ID, id)
}

// Meta is the record's history.
func (records[T]) Meta(ctx context.Context, record *T) (*node.Meta, error) {
	return meta(ctx, record)
}

func meta[T node.Kept](ctx context.Context, record *T) (*node.Meta, error) {
	l, key := loadsOf(ctx), listKey{graphql.GetFieldContext(ctx).Field.Field, any(record).(kept).Rec().ID}
	for {
		l.mu.Lock()
		read, ok := l.lists[key].(*node.Meta)
		l.mu.Unlock()
		if ok {
			return read, nil
		}
		if _, err := (history[T]{}).follow(ctx, []any{record}, graphql.GetFieldContext(ctx).Field); err != nil {
			return nil, err
		}
	}
}

// history is the link from records to where they stand in their histories.
type history[T node.Kept] struct{ selected }

func (history[T]) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (history[T]) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	l, records := loadsOf(ctx), make([]*T, len(owners))
	for i, owner := range owners {
		records[i] = owner.(*T)
	}
	metas, err := node.MetasOf(ctx, l.node, records)
	if err != nil {
		return nil, err
	}
	var authors []valueflows.ID
	l.mu.Lock()
	for id, m := range metas {
		l.lists[listKey{f.Field, id}] = m
		for _, r := range []*node.Revision{m.Previous, m.Latest, &m.Retrieved} {
			if r != nil {
				authors = append(authors, r.Author)
			}
		}
	}
	l.mu.Unlock()
	return nil, class[valueflows.Agent]{}.read(ctx, l, authors)
}

// revisions answers what a revision has.
type revisions struct{}

// Time is when the revision was recorded; null for what is built in.
func (revisions) Time(_ context.Context, r *node.Revision) (*valueflows.Time, error) {
	if r.Time == 0 {
		return nil, nil
	}
	return &valueflows.Time{Instant: r.Time}, nil
}

// Author is who made the change.
func (revisions) Author(ctx context.Context, r *node.Revision) (model.Agent, error) {
	return agent(ctx, r.Author)
}

// named reads an id that an argument gives.
func named(ctx context.Context, argument, text string) (valueflows.ID, error) {
	id, err := scalar.UnmarshalID(ctx, text)
	return id, valueflows.At(err, argument)
}

// found is one record by id, with what is asked of it read ahead.
func found[T node.Kept](ctx context.Context, n *node.Node, id string) (*T, error) {
	return foundIn[T](ctx, n, graphql.GetFieldContext(ctx).Field, id)
}

// foundIn is the record that a field of the root asks for.
func foundIn[T node.Kept](ctx context.Context, n *node.Node, field graphql.CollectedField, id string) (*T, error) {
	wanted, err := named(ctx, "id", id)
	if err != nil {
		return nil, err
	}
	record, err := node.Get[T](ctx, n, wanted)
	if err != nil {
		return nil, err
	}
	return record, ahead(ctx, selected{}.below(ctx, field), []any{record})
}

// aheadOf reads ahead what is asked of records that the field itself answers with.
func aheadOf[T any](ctx context.Context, records ...*T) error {
	owners := make([]any, len(records))
	for i, record := range records {
		owners[i] = record
	}
	field := graphql.GetFieldContext(ctx).Field
	return ahead(ctx, selected{}.below(ctx, field), owners)
}
