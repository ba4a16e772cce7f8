package node

import (
	"context"
	"errors"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/flow"
	"disconode/valueflows/planning"
)

// What a roll-up is asked by, and comes to.
type (
	// PriceList is what things are worth, in one money or in one unit.
	PriceList = flow.PriceList
	// RollupOptions say how much is asked for, at which stage, and how far to explain.
	RollupOptions = flow.RollupOptions
	// Rollup is what something is worth, and of what that is made up.
	Rollup = flow.Rollup
)

// The bounds of a roll-up: how many records it reads, how many lines explain it,
// and how many prices it goes by.
const (
	rollupRecordsMax = 50_000
	rollupLinesMax   = 10_000
	pricesMax        = 5_000
)

// RollUp is what a resource of the books that the caller acts in is worth by
// what happened ([flow.RollupActual]). It reads them level by level. Care for
// people, which is its parties' own, is left out.
//
// It fails with [ErrNotFound], and with a [*valueflows.InputError]: WRONG_CLASS
// of a specification or a recipe, UNKNOWN_RESOURCE of a resource of other books,
// TOO_MUCH past 50,000 events or 5,000 prices, and as [flow.RollupActual] does.
func (n *Node) RollUp(ctx context.Context, resource valueflows.ID, prices PriceList, o RollupOptions) (*Rollup, error) {
	p := PrincipalOf(ctx)
	if err := n.seesAccounts(p); err != nil {
		return nil, err
	}
	o, err := bounded(prices, o)
	if err != nil {
		return nil, err
	}
	r, err := rolledUp[valueflows.EconomicResource](ctx, n, resource, "resource")
	if err != nil {
		return nil, err
	}
	if r.Books != p.Lab {
		return nil, errNotCounted
	}
	found, err := flow.RollupActual(&rollupBooks{ctx, n, p.withoutCare(), o.RecordsMax}, prices, resource, o)
	return found, outward(tooMuch(err))
}

// rolledUp is what a roll-up is of, named by an argument. It fails with
// WRONG_CLASS where the id is of another of the three classes that can be rolled
// up, and else with [ErrNotFound].
func rolledUp[T Kept](ctx context.Context, n *Node, id valueflows.ID, argument string) (*T, error) {
	found, err := Get[T](ctx, n, id)
	if err != ErrNotFound {
		return found, err
	}
	for _, other := range []struct {
		class, argument string
		is              func() error
	}{
		{"a resource", "resource", func() error { _, err := Get[valueflows.EconomicResource](ctx, n, id); return err }},
		{"a resource specification", "specification", func() error { _, err := Get[valueflows.ResourceSpecification](ctx, n, id); return err }},
		{"a recipe", "recipe", func() error { _, err := Get[valueflows.Recipe](ctx, n, id); return err }},
	} {
		switch err := other.is(); {
		case err == nil:
			return nil, valueflows.At(valueflows.Invalid("WRONG_CLASS", "this id is of %s: give it as %s", other.class, other.argument), argument)
		case err != ErrNotFound:
			return nil, err
		}
	}
	return nil, ErrNotFound
}

// bounded are the options within what is answered.
func bounded(prices PriceList, o RollupOptions) (RollupOptions, error) {
	if len(prices.Prices) > pricesMax {
		return o, valueflows.At(valueflows.Invalid("TOO_MUCH", "these are %d prices, more than %d: leave out those that nothing here has", len(prices.Prices), pricesMax), "prices")
	}
	if o.RecordsMax <= 0 || o.RecordsMax > rollupRecordsMax {
		o.RecordsMax = rollupRecordsMax
	}
	o.LinesMax = min(o.LinesMax, rollupLinesMax)
	return o, nil
}

// tooMuch says that more is behind something than can be read where the store
// says so.
func tooMuch(err error) error {
	if errors.Is(err, store.ErrTooMany) {
		return valueflows.Invalid("TOO_MUCH", "too many records are behind this: ask for something nearer to where it comes from")
	}
	return err
}

// rollupBooks are the books of a LAB as a roll-up reads them.
type rollupBooks struct {
	ctx   context.Context
	n     *Node
	sight store.Sight
	most  int
}

var _ flow.RollupBooks = (*rollupBooks)(nil)

func (b *rollupBooks) Resources(ids []valueflows.ID) ([]*valueflows.EconomicResource, error) {
	return b.n.store.CountedByID(b.ctx, b.sight.Lab, ids)
}

func (b *rollupBooks) EventsInto(resources []valueflows.ID) ([]*valueflows.EconomicEvent, error) {
	rows, err := b.n.store.FlowsInto(b.ctx, b.sight, resources, flow.RollupInflows(), b.most)
	return plain(rows), err
}

func (b *rollupBooks) EventsOf(processes []valueflows.ID) ([]*valueflows.EconomicEvent, error) {
	rows, err := b.n.store.FlowsOf(b.ctx, b.sight, processes, b.most)
	return plain(rows), err
}

func (b *rollupBooks) Stages(processes []valueflows.ID) (map[valueflows.ID]valueflows.ID, error) {
	rows, err := store.Linked[valueflows.Process](b.ctx, b.n.store, b.sight, processes, store.LinkSelf)
	stages := make(map[valueflows.ID]valueflows.ID, len(rows))
	for _, p := range rows {
		if !p.BasedOn.IsZero() {
			stages[p.ID] = p.BasedOn
		}
	}
	return stages, err
}

// DealsOf reads what agreements events are of, then what all of these agreed,
// what happened of it, and what fulfils their clauses.
func (b *rollupBooks) DealsOf(events []valueflows.ID) ([]flow.RollupDeal, error) {
	ids, err := b.n.store.AgreementsOf(b.ctx, b.sight.Lab, events)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	clauses, err := store.Linked[valueflows.Commitment](b.ctx, b.n.store, b.sight, ids, store.LinkClauseOf, store.LinkReciprocalClauseOf)
	if err != nil {
		return nil, err
	}
	direct, err := store.Linked[store.Event](b.ctx, b.n.store, b.sight, ids, store.LinkRealizationOf, store.LinkReciprocalRealizationOf)
	if err != nil {
		return nil, err
	}
	named := make([]valueflows.ID, len(clauses))
	for i, c := range clauses {
		named[i] = c.ID
	}
	fulfilling, err := b.n.store.Naming(b.ctx, b.sight, store.LinkFulfills, named)
	if err != nil {
		return nil, err
	}
	if len(clauses)+len(direct)+len(fulfilling) > b.most {
		return nil, store.ErrTooMany
	}
	open, err := planning.Fulfilments(clauses, plain(fulfilling), valueflows.InstantOf(b.n.now()))
	if err != nil {
		return nil, err
	}
	return deals(ids, clauses, plain(direct), plain(fulfilling), open), nil
}

// deals put clauses and events to their agreements, on their sides.
func deals(ids []valueflows.ID, clauses []*valueflows.Commitment, direct, fulfilling []*valueflows.EconomicEvent, open map[valueflows.ID]*planning.Fulfilment) []flow.RollupDeal {
	all := make([]flow.RollupDeal, len(ids))
	at := make(map[valueflows.ID]*flow.RollupDeal, len(ids))
	for i, id := range ids {
		all[i].Agreement = id
		at[id] = &all[i]
	}
	gives, returns := map[valueflows.ID]*flow.RollupDeal{}, map[valueflows.ID]*flow.RollupDeal{} // by clause
	for _, c := range clauses {
		gives[c.ID], returns[c.ID] = at[c.ClauseOf], at[c.ReciprocalClauseOf]
		rest, ok := stillToCome(c, open[c.ID])
		if !ok {
			continue
		}
		if d := gives[c.ID]; d != nil {
			d.PrimaryOpen = append(d.PrimaryOpen, rest)
		}
		if d := returns[c.ID]; d != nil {
			d.ReciprocalOpen = append(d.ReciprocalOpen, rest)
		}
	}
	for _, e := range direct {
		if d := at[e.RealizationOf]; d != nil {
			d.Primary = append(d.Primary, e)
		}
		if d := at[e.ReciprocalRealizationOf]; d != nil {
			d.Reciprocal = append(d.Reciprocal, e)
		}
	}
	roots := map[valueflows.ID]*valueflows.EconomicEvent{}
	for _, e := range fulfilling {
		roots[e.ID] = e
	}
	for _, e := range fulfilling {
		root := e
		for steps := 0; steps < len(roots) && roots[root.Corrects] != nil; steps++ {
			root = roots[root.Corrects]
		}
		for _, clause := range root.Fulfills {
			if d := gives[clause]; d != nil {
				d.Primary = append(d.Primary, e)
			}
			if d := returns[clause]; d != nil {
				d.Reciprocal = append(d.Reciprocal, e)
			}
		}
	}
	return all
}

// stillToCome is what of a clause is still to come.
func stillToCome(c *valueflows.Commitment, f *planning.Fulfilment) (flow.RollupOpen, bool) {
	if f == nil || f.Finished {
		return flow.RollupOpen{}, false
	}
	progress := f.Resource
	if progress == nil {
		progress = f.Effort
	}
	if progress == nil || progress.Open.Sign() <= 0 {
		return flow.RollupOpen{}, false
	}
	return flow.RollupOpen{Clause: c, Open: progress.Open}, true
}
