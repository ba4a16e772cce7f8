package node

import (
	"cmp"
	"context"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// matchesMax is how many matches of an intent are told at most.
const matchesMax = 100

// Matches tells which offers fit a request, or which requests an offer, the best
// first, each with its reasons: among what proposals publish in the LAB's books
// and in what the LABs elsewhere tell that it follows. What nobody has published
// fits nothing. A limit of 0, or one past 100, is 100. It fails with [ErrNotFound].
func (n *Node) Matches(ctx context.Context, intent valueflows.ID, limit int) ([]planning.Match, error) {
	r, err := n.planReader(ctx)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, ErrNotFound
	}
	of, err := Get[valueflows.Intent](ctx, n, intent)
	if err != nil {
		return nil, err
	}
	side := LinkReceiver
	if of.Provider.IsZero() {
		side = LinkProvider
	}
	candidates, err := n.store.Published(ctx, r.sight, side, nil)
	if err != nil {
		return nil, outward(err)
	}
	published, around, err := r.published(joined([]*valueflows.Intent{of}, candidates))
	if err != nil {
		return nil, err
	}
	best := map[valueflows.ID]planning.Match{}
	for _, own := range published {
		if own.Intent != of {
			continue
		}
		for _, m := range planning.Matches(own, published, around) {
			if known, ok := best[m.Intent]; !ok || m.Score > known.Score {
				best[m.Intent] = m
			}
		}
	}
	var all []planning.Match
	for _, row := range candidates { // an order of their own, so that equals keep it
		if m, ok := best[row.ID]; ok {
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b planning.Match) int { return cmp.Compare(b.Score, a.Score) })
	if limit <= 0 || limit > matchesMax {
		limit = matchesMax
	}
	return all[:min(limit, len(all))], nil
}

// published are intents with each proposal that publishes them, to whom these
// are proposed by their lists, and how much is left.
func (r *planReader) published(intents []*valueflows.Intent) ([]planning.Published, planning.Around, error) {
	around := planning.Around{Now: r.now}
	proposals, err := store.Linked[valueflows.Proposal](r.ctx, r.n.store, r.sight, idsOf(intents), LinkPublishes)
	if err != nil {
		return nil, around, outward(err)
	}
	var listed, conforming []valueflows.ID
	for _, p := range proposals {
		listed = append(listed, p.ListedIn...)
	}
	for _, i := range intents {
		conforming = append(conforming, i.ResourceConformsTo)
	}
	lists, err := store.Linked[valueflows.ProposalList](r.ctx, r.n.store, r.sight, sorted(listed), store.LinkSelf)
	if err != nil {
		return nil, around, outward(err)
	}
	if around.Specifications, err = store.Linked[valueflows.ResourceSpecification](r.ctx, r.n.store, r.sight, sorted(conforming), store.LinkSelf); err != nil {
		return nil, around, outward(err)
	}
	satisfied, err := r.satisfactions(intents)
	if err != nil {
		return nil, around, err
	}
	by := make(map[valueflows.ID]*valueflows.Intent, len(intents))
	for _, i := range intents {
		by[i.ID] = i
	}
	var all []planning.Published
	for _, p := range proposals {
		var audience []valueflows.ID
		for _, l := range lists {
			if slices.Contains(p.ListedIn, l.ID) {
				audience = append(audience, l.ProposedTo...)
			}
		}
		for _, id := range p.Publishes {
			i := by[id]
			if i == nil || r.booksOf(&i.Record) != r.booksOf(&p.Record) {
				continue // what one LAB publishes another cannot
			}
			open, err := openOf(p, i, satisfied[id])
			if err != nil {
				return nil, around, err
			}
			all = append(all, planning.Published{Proposal: p, Intent: i, Audience: audience, Open: open})
		}
	}
	return all, around, nil
}

// openOf is how much of a published intent nobody has satisfied yet; nil where
// its quantity is for one of many, and it does not say how many there are.
func openOf(p *valueflows.Proposal, i *valueflows.Intent, f *Fulfilment) (*valueflows.Measure, error) {
	if f == nil || i.AvailableQuantity == nil && p.UnitBased != nil && *p.UnitBased {
		return nil, nil
	}
	return leftOf(i, f)
}
