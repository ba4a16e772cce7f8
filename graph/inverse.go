package graph

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/node"
	"disconode/valueflows"
)

// source reads for each owner a page of a list of its own.
type source[T node.Kept] func(ctx context.Context, n *node.Node, owners []valueflows.ID, f node.Filter, p node.Page) ([]node.Listing[T], error)

// by is the list of the records that name the owner in a property.
func by[T node.Kept](l node.Link) source[T] {
	return func(ctx context.Context, n *node.Node, owners []valueflows.ID, f node.Filter, p node.Page) ([]node.Listing[T], error) {
		return node.ListBy[T](ctx, n, l, owners, f, p)
	}
}

// inverse is a link to a list of each owner, plain or in pages.
type inverse[T node.Kept] struct {
	name   string // of the list, for its cursors
	of     source[T]
	filter func(ctx context.Context, raw any) (node.Filter, error)
	plain  string        // of a plain list: what to ask for where it is too long
	keep   func(*T) bool // nil: all
}

// pages is a list in pages.
func pages[T node.Kept, P any](name string, of source[T], filter func(*P) node.Filter) link {
	return inverse[T]{name: name, of: of, filter: reading(filter)}
}

// lists is a whole list; instead says what to ask for where it is too long.
func lists[T node.Kept, P any](name string, of source[T], filter func(*P) node.Filter, instead string) link {
	return inverse[T]{name: name, of: of, filter: reading(filter), plain: instead}
}

// listsOf is [lists] with those alone that are to be kept.
func listsOf[T node.Kept, P any](name string, of source[T], filter func(*P) node.Filter, instead string, keep func(*T) bool) link {
	return inverse[T]{name: name, of: of, filter: reading(filter), plain: instead, keep: keep}
}

func (inverse[T]) wants([]any) (reader, []valueflows.ID) { return nil, nil }

// below is what is selected of the records: in a page below its edges.
func (m inverse[T]) below(ctx context.Context, f graphql.CollectedField) []ast.SelectionSet {
	if m.plain != "" {
		return []ast.SelectionSet{f.Selections}
	}
	return nodesOf(ctx, f)
}

func (m inverse[T]) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	l := loadsOf(ctx)
	arguments := f.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	filter, err := m.filter(ctx, arguments["filter"])
	if err != nil {
		return nil, nil // reading the field's arguments says so, at its place
	}
	lists := map[valueflows.ID]*listing[T]{}
	var asked []valueflows.ID
	var page node.Page
	for _, id := range idsOf(owners) {
		read := &listing[T]{}
		lists[id] = read
		if m.plain != "" {
			page = node.Page{First: listMax}
			asked = append(asked, id)
			continue
		}
		read.cursors = cursorsOf(ctx, l.node, fmt.Sprintf("%s of %s", m.name, id), filter)
		p, size, err := pageOf(arguments, read.cursors)
		if err != nil {
			read.err = err
			continue
		}
		page, read.size = p, size // of all owners the same: a cursor is of one owner's list only
		asked = append(asked, id)
	}
	var found []any
	if len(asked) > 0 {
		all, err := m.of(ctx, l.node, asked, filter, page)
		if err != nil {
			return nil, err
		}
		for i, id := range asked {
			m.fill(lists[id], all[i])
			for _, record := range lists[id].Nodes {
				found = append(found, record)
			}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, read := range lists {
		l.lists[listKey{f.Field, id}] = read
	}
	if l.count += len(found); l.count > nodesMax {
		return nil, valueflows.Invalid("QUERY_TOO_COSTLY", "the query asks for more than %d records: take smaller pages, or nest fewer of them", nodesMax)
	}
	return found, nil
}

func (m inverse[T]) fill(into *listing[T], read node.Listing[T]) {
	into.Listing = read
	if m.plain != "" && read.HasNext {
		into.err = &errTooMany{m.name, m.plain}
	}
	if m.keep == nil {
		return
	}
	into.Nodes = nil
	for _, record := range read.Nodes {
		if m.keep(record) {
			into.Nodes = append(into.Nodes, record)
		}
	}
}
