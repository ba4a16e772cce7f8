package graph

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// listMax is how many records a plain list may have.
const listMax = 1000

// listing is a page of an owner's list as it was read, or why it was not.
type listing[T node.Kept] struct {
	node.Listing[T]
	size    int
	cursors *model.List
	err     error
}

func (l *listing[T]) info() (size int, first, last int64, previous, next bool) {
	if n := len(l.Nodes); n > 0 {
		_, first = l.row(0)
		_, last = l.row(n - 1)
	}
	return l.size, first, last, l.HasPrevious, l.HasNext
}

func (l *listing[T]) row(i int) (record any, position int64) {
	if i >= len(l.Nodes) {
		return nil, 0
	}
	record = l.Nodes[i]
	return record, record.(kept).Rec().Position
}

func (l *listing[T]) cursor(position int64) string { return l.cursors.Cursor(position) }

// reading reads the filter of a field from its raw argument.
func reading[P any](filter func(*P) node.Filter) func(context.Context, any) (node.Filter, error) {
	return func(ctx context.Context, raw any) (node.Filter, error) {
		if raw == nil {
			return node.Filter{}, nil
		}
		var params P
		if err := graphql.UnmarshalInputFromContext(graphql.WithPathContext(ctx, graphql.NewPathWithField("filter")), raw, &params); err != nil {
			return node.Filter{}, err
		}
		return filter(&params), nil
	}
}

// nodesOf is what is selected of the records of a page.
func nodesOf(ctx context.Context, f graphql.CollectedField) []ast.SelectionSet {
	connection := f.Definition.Type.Name()
	edge := connection[:len(connection)-len("Connection")] + "Edge"
	return inside(ctx, inside(ctx, []ast.SelectionSet{f.Selections}, connection, "edges"), edge, "node")
}

// listOf is the owner's list for the field that is being resolved.
func listOf[T node.Kept](ctx context.Context, owner kept) (*listing[T], error) {
	l, field := loadsOf(ctx), graphql.GetFieldContext(ctx)
	key := listKey{field.Field.Field, owner.Rec().ID}
	get := func() *listing[T] {
		l.mu.Lock()
		defer l.mu.Unlock()
		read, _ := l.lists[key].(*listing[T])
		return read
	}
	read := get()
	if read == nil { // nobody read ahead
		link := links[field.Object+"."+field.Field.Name]
		found, err := link.follow(ctx, []any{owner}, field.Field)
		if err != nil {
			return nil, err
		}
		if read = get(); read == nil {
			return nil, fmt.Errorf("the list %s.%s was not read", field.Object, field.Field.Name)
		}
		if err := ahead(ctx, link.below(ctx, field.Field), found); err != nil {
			return nil, err
		}
	}
	return read, read.err
}

// paged is a page of the owner's list.
func paged[T node.Kept](ctx context.Context, owner kept) (*model.Connection[*T], error) {
	return pagedAs(ctx, owner, itself[T])
}

func pagedAs[T node.Kept, N any](ctx context.Context, owner kept, as func(*T) N) (*model.Connection[N], error) {
	read, err := listOf[T](ctx, owner)
	if err != nil {
		return nil, err
	}
	return connect(read, as), nil
}

// plain is the owner's whole list.
func plain[T node.Kept](ctx context.Context, owner kept) ([]*T, error) {
	read, err := listOf[T](ctx, owner)
	if err != nil {
		return nil, err
	}
	return append([]*T{}, read.Nodes...), nil
}

// listed is a page of all records of a class that the caller may see.
func listed[T node.Kept](ctx context.Context, f node.Filter) (*model.Connection[*T], error) {
	return listedAs(ctx, f, itself[T])
}

func listedAs[T node.Kept, N any](ctx context.Context, f node.Filter, as func(*T) N) (*model.Connection[N], error) {
	l, field := loadsOf(ctx), graphql.GetFieldContext(ctx).Field
	read, err := listedIn[T](ctx, l, field, field.ArgumentMap(graphql.GetOperationContext(ctx).Variables), f)
	if err != nil {
		return nil, err
	}
	return connect(read, as), nil
}

// listedIn reads the page that a field of the root asks for, and what is asked
// of its records.
func listedIn[T node.Kept](ctx context.Context, l *loads, field graphql.CollectedField, arguments map[string]any, f node.Filter) (*listing[T], error) {
	read := &listing[T]{cursors: cursorsOf(ctx, l.node, field.Name, f)}
	page, size, err := pageOf(arguments, read.cursors)
	if err != nil {
		return nil, err
	}
	read.size = size
	if read.Listing, err = node.List[T](ctx, l.node, f, page); err != nil {
		return nil, err
	}
	owners := make([]any, len(read.Nodes))
	for i, record := range read.Nodes {
		owners[i] = record
	}
	return read, ahead(ctx, nodesOf(ctx, field), owners)
}

func itself[T any](record *T) *T { return record }

// connect writes a page as GraphQL does.
func connect[T node.Kept, N any](read *listing[T], as func(*T) N) *model.Connection[N] {
	c := &model.Connection[N]{PageInfo: model.PageInfo{HasPreviousPage: read.HasPrevious, HasNextPage: read.HasNext, PageLimit: read.size, List: read.cursors}}
	c.Edges = make([]*model.Edge[N], len(read.Nodes))
	edges := make([]model.Edge[N], len(read.Nodes))
	for i, record := range read.Nodes {
		edges[i] = model.Edge[N]{Node: as(record), Position: any(record).(kept).Rec().Position, List: read.cursors}
		c.Edges[i] = &edges[i]
	}
	if n := len(edges); n > 0 {
		c.PageInfo.First, c.PageInfo.Last = &edges[0].Position, &edges[n-1].Position
	}
	return c
}

// cursorsOf writes and reads the cursors of a list: good for this list with
// this filter in this LAB's books, and for no other.
func cursorsOf(ctx context.Context, n *node.Node, name string, f node.Filter) *model.List {
	scope := func() string {
		text, err := json.Marshal(f)
		if err != nil {
			return name
		}
		return name + " " + string(text)
	}
	return &model.List{
		Cursor: func(position int64) string { return n.Cursor(ctx, scope(), position) },
		Parse:  func(cursor string) (int64, error) { return n.ParseCursor(ctx, scope(), cursor) },
	}
}

// pageOf reads which page a field asks for, and how many records it holds at
// most. The gate has held first and last to their bounds.
func pageOf(arguments map[string]any, cursors *model.List) (page node.Page, size int, err error) {
	for _, end := range []struct {
		argument string
		position *int64
	}{{"after", &page.After}, {"before", &page.Before}} {
		text, given := arguments[end.argument].(string)
		if !given {
			continue
		}
		if *end.position, err = cursors.Parse(text); err != nil {
			return page, 0, valueflows.At(err, end.argument)
		}
	}
	if n, ok := arguments["last"].(int64); ok {
		page.Last = int(n)
		return page, page.Last, nil
	}
	page.First = pageSizeDefault
	if n, ok := arguments["first"].(int64); ok {
		page.First = int(n)
	}
	return page, page.First, nil
}
