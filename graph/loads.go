package graph

import (
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// loads is what one request has read so far, so that nothing is read twice.
// [ahead] fills it a level of the query at a time; a resolver takes from it, and
// reads by itself what is not there.
type loads struct {
	node  *node.Node
	mu    sync.Mutex
	kinds map[any]any     // of class[T]: *known[T]
	lists map[listKey]any // of *listing[T], or of what is derived
	count int             // records in lists
}

// listKey is a list: the field that asks for it, and the record that it is of.
type listKey struct {
	field *ast.Field
	owner valueflows.ID
}

// known are the records of a class that have been read; nil for one that is
// missing or hidden.
type known[T any] map[valueflows.ID]*T

type loadsKey struct{}

func withLoads(ctx context.Context, n *node.Node) context.Context {
	return context.WithValue(ctx, loadsKey{}, &loads{node: n, kinds: map[any]any{}, lists: map[listKey]any{}})
}

func loadsOf(ctx context.Context) *loads { return ctx.Value(loadsKey{}).(*loads) }

// class stands for a class of record where classes differ at run time.
type class[T node.Kept] struct{}

// reader reads records of one class.
type reader interface {
	read(ctx context.Context, l *loads, ids []valueflows.ID) error
	get(l *loads, id valueflows.ID) any // nil where there is none
}

// kept are the records of the class; the loads are locked.
func (c class[T]) kept(l *loads) known[T] {
	k, ok := l.kinds[c].(known[T])
	if !ok {
		k = known[T]{}
		l.kinds[c] = k
	}
	return k
}

// read reads those of the records that have not been read yet, in one go.
func (c class[T]) read(ctx context.Context, l *loads, ids []valueflows.ID) error {
	l.mu.Lock()
	var missing []valueflows.ID
	asked := map[valueflows.ID]bool{}
	for _, id := range ids {
		if _, ok := c.kept(l)[id]; !ok && !id.IsZero() && !asked[id] {
			asked[id] = true
			missing = append(missing, id)
		}
	}
	l.mu.Unlock()
	if len(missing) == 0 {
		return nil
	}
	found, err := node.Many[T](ctx, l.node, missing)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, id := range missing {
		c.kept(l)[id] = found[i]
	}
	return nil
}

func (c class[T]) get(l *loads, id valueflows.ID) any {
	l.mu.Lock()
	defer l.mu.Unlock()
	if found := c.kept(l)[id]; found != nil {
		return found
	}
	return nil
}

// one is the record that a reference leads to; nil where there is none that the
// caller may see.
func one[T node.Kept](ctx context.Context, id valueflows.ID) (*T, error) {
	if id.IsZero() {
		return nil, nil
	}
	l, c := loadsOf(ctx), class[T]{}
	if err := c.read(ctx, l, []valueflows.ID{id}); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return c.kept(l)[id], nil
}

// several are the records that references lead to, each once, without those that
// the caller may not see.
func several[T node.Kept](ctx context.Context, ids []valueflows.ID) ([]*T, error) {
	return severalOf[T](ctx, ids, nil)
}

// severalOf is [several], with those alone that are to be kept; nil keeps all.
func severalOf[T node.Kept](ctx context.Context, ids []valueflows.ID, keep func(*T) bool) ([]*T, error) {
	l := loadsOf(ctx)
	if err := (class[T]{}).read(ctx, l, ids); err != nil {
		return nil, err
	}
	all := []*T{}
	for _, record := range recordsOf(l, ids, keep) {
		all = append(all, record.(*T))
	}
	return all, nil
}

// severalAgents is [several] for agents.
func severalAgents(ctx context.Context, ids []valueflows.ID) ([]model.Agent, error) {
	found, err := several[valueflows.Agent](ctx, ids)
	if err != nil {
		return nil, err
	}
	all := []model.Agent{}
	for _, a := range found {
		all = append(all, model.AgentOf(a))
	}
	return all, nil
}

// idText is the text of an id; nil for none.
func idText(id valueflows.ID) *string {
	if id.IsZero() {
		return nil
	}
	text := id.String()
	return &text
}

// agent is the agent that a reference leads to; nil where none is stated.
func agent(ctx context.Context, id valueflows.ID) (model.Agent, error) {
	a, err := one[valueflows.Agent](ctx, id)
	return model.AgentOf(a), err
}

// party is the agent that a reference leads to; one that stands for it where
// none is stated.
func party(ctx context.Context, id valueflows.ID) (model.Agent, error) {
	if id.IsZero() {
		return model.AgentOf(node.Hidden()), nil
	}
	return agent(ctx, id)
}

// scope is the agents that something is grouped under, each once.
func scope(ctx context.Context, ids ...valueflows.ID) ([]model.Agent, error) {
	var all []model.Agent
	for i, id := range ids {
		if id.IsZero() || i > 0 && id == ids[i-1] {
			continue
		}
		a, err := agent(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}
