package node

import (
	"context"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// How far what was planned has come.
type (
	// Fulfilment is how far a commitment, an intent or a claim has come.
	Fulfilment = planning.Fulfilment
	// AgreementFulfilment is how an agreement stands.
	AgreementFulfilment = planning.AgreementFulfilment
	// PlanFulfilment is how a plan stands.
	PlanFulfilment = planning.PlanFulfilment
)

// planReader reads what is planned and what came of it, as one caller sees it
// at one time. Each set that it reads takes a fixed number of statements.
type planReader struct {
	n     *Node
	ctx   context.Context
	lab   valueflows.ID
	sight store.Sight
	now   valueflows.Instant
}

// planReader is for the caller; nil where it sees nothing that is planned.
func (n *Node) planReader(ctx context.Context) (*planReader, error) {
	p := PrincipalOf(ctx)
	for _, data := range []Data{Commitments, Plans, Events} {
		if May(p.Role, See, data) != All {
			return nil, nil
		}
	}
	sight, err := n.sight(ctx, p)
	if err != nil {
		return nil, err
	}
	return &planReader{n: n, ctx: ctx, lab: p.Lab, sight: sight, now: valueflows.InstantOf(n.now())}, nil
}

// booksOf is in whose books a record counts: what is in nobody's, such as the
// promise that only an IRI is known of, in the reader's.
func (r *planReader) booksOf(rec *valueflows.Record) valueflows.ID {
	if rec.Books.IsZero() {
		return r.lab
	}
	return rec.Books
}

// namers are events by what they name, each with its corrections. What a LAB
// elsewhere says counts for its own records alone: it is no fact of our books.
type namers struct {
	chains map[valueflows.ID][]*valueflows.EconomicEvent // by the first event
	by     map[target][]valueflows.ID                    // first events
	kinds  map[valueflows.ID]valueflows.ID               // what each event is about: its own specification, or its resource's
}

// target is something named by the events of some books.
type target struct{ books, id valueflows.ID }

// naming reads the events that name some records, or what is related to one,
// in a property.
func (r *planReader) naming(property Link, ids []valueflows.ID, of func(*valueflows.EconomicEvent) []valueflows.ID) (*namers, error) {
	rows, err := r.n.store.Naming(r.ctx, r.sight, property, ids)
	if err != nil {
		return nil, outward(err)
	}
	x := &namers{map[valueflows.ID][]*valueflows.EconomicEvent{}, map[target][]valueflows.ID{}, map[valueflows.ID]valueflows.ID{}}
	for _, row := range rows {
		x.add(row, r.booksOf(&row.Record), of(&row.EconomicEvent))
	}
	return x, nil
}

func (x *namers) add(row *store.Event, books valueflows.ID, names []valueflows.ID) {
	root := row.Root
	if root.IsZero() {
		root = row.ID
	}
	x.chains[root] = append(x.chains[root], &row.EconomicEvent)
	x.kinds[row.ID] = row.Specification
	for _, id := range names {
		x.by[target{books, id}] = append(x.by[target{books, id}], root)
	}
}

// about is the specification that an event is about.
func (x *namers) about(e *valueflows.EconomicEvent) valueflows.ID { return x.kinds[e.ID] }

// of are the events of some books that name any of some records, with their
// corrections, each once.
func (x *namers) of(books valueflows.ID, ids []valueflows.ID) []*valueflows.EconomicEvent {
	var all []*valueflows.EconomicEvent
	taken := map[valueflows.ID]bool{}
	for _, id := range ids {
		for _, root := range x.by[target{books, id}] {
			if !taken[root] {
				taken[root] = true
				all = append(all, x.chains[root]...)
			}
		}
	}
	return all
}

// perBooks are records by the books that they count in.
func perBooks[T Kept](r *planReader, rows []*T) map[valueflows.ID][]*T {
	all := map[valueflows.ID][]*T{}
	for _, row := range rows {
		books := r.booksOf(recordOf(row))
		all[books] = append(all[books], row)
	}
	return all
}

func idsOf[T Kept](rows []*T) []valueflows.ID {
	ids := make([]valueflows.ID, len(rows))
	for i, row := range rows {
		ids[i] = recordOf(row).ID
	}
	return ids
}

// joined are some records and those of others that are not among them.
func joined[T Kept](rows, others []*T) []*T {
	known := make(map[valueflows.ID]bool, len(rows))
	all := make([]*T, 0, len(rows)+len(others))
	for _, row := range append(append(all, rows...), others...) {
		if id := recordOf(row).ID; !known[id] {
			known[id] = true
			all = append(all, row)
		}
	}
	return all
}

func fulfills(e *valueflows.EconomicEvent) []valueflows.ID  { return e.Fulfills }
func satisfies(e *valueflows.EconomicEvent) []valueflows.ID { return e.Satisfies }
func settles(e *valueflows.EconomicEvent) []valueflows.ID   { return e.Settles }

// reached puts together how far the asked records of each books have come.
func reached[T Kept](r *planReader, asked, all []*T, of func(books valueflows.ID, rows []*T) (map[valueflows.ID]*Fulfilment, error)) (map[valueflows.ID]*Fulfilment, error) {
	found := make(map[valueflows.ID]*Fulfilment, len(asked))
	for books, rows := range perBooks(r, all) {
		some, err := of(books, rows)
		if err != nil {
			return nil, err
		}
		for _, row := range asked {
			if id := recordOf(row).ID; some[id] != nil {
				found[id] = some[id]
			}
		}
	}
	return found, nil
}

// Fulfilments tells of commitments that the caller has read how far events
// fulfil them now, by the commitments' ids: what the caller does not see is not
// counted, nor what a LAB elsewhere says of commitments that are not its own. A
// caller that sees nothing planned is told nothing.
func (n *Node) Fulfilments(ctx context.Context, commitments []*valueflows.Commitment) (map[valueflows.ID]*Fulfilment, error) {
	r, err := n.planReader(ctx)
	if r == nil || err != nil {
		return nil, err
	}
	return r.fulfilments(commitments)
}

func (r *planReader) fulfilments(commitments []*valueflows.Commitment) (map[valueflows.ID]*Fulfilment, error) {
	all, events, err := r.promises(commitments)
	if err != nil {
		return nil, err
	}
	return r.fulfil(commitments, all, events)
}

// fulfil tells of commitments how far they have come, beside all that events
// fulfil together with them.
func (r *planReader) fulfil(commitments, all []*valueflows.Commitment, events *namers) (map[valueflows.ID]*Fulfilment, error) {
	return reached(r, commitments, all, func(books valueflows.ID, rows []*valueflows.Commitment) (map[valueflows.ID]*Fulfilment, error) {
		return planning.Fulfilments(rows, events.of(books, idsOf(rows)), r.now)
	})
}

// promises are commitments with those that events fulfil together with them,
// and these events.
func (r *planReader) promises(commitments []*valueflows.Commitment) ([]*valueflows.Commitment, *namers, error) {
	ids := idsOf(commitments)
	related, err := store.Related[valueflows.Commitment](r.ctx, r.n.store, r.sight, LinkFulfills, ids)
	if err != nil {
		return nil, nil, outward(err)
	}
	events, err := r.naming(LinkFulfills, ids, fulfills)
	return joined(commitments, related), events, err
}

// Satisfactions tells of intents how far commitments and events satisfy them
// now, as [Node.Fulfilments].
func (n *Node) Satisfactions(ctx context.Context, intents []*valueflows.Intent) (map[valueflows.ID]*Fulfilment, error) {
	r, err := n.planReader(ctx)
	if r == nil || err != nil {
		return nil, err
	}
	return r.satisfactions(intents)
}

func (r *planReader) satisfactions(intents []*valueflows.Intent) (map[valueflows.ID]*Fulfilment, error) {
	related, err := store.Related[valueflows.Intent](r.ctx, r.n.store, r.sight, LinkSatisfies, idsOf(intents))
	if err != nil {
		return nil, outward(err)
	}
	all := joined(intents, related)
	promised, err := store.Linked[valueflows.Commitment](r.ctx, r.n.store, r.sight, idsOf(all), LinkSatisfies)
	if err != nil {
		return nil, outward(err)
	}
	promised, fulfilling, err := r.promises(promised)
	if err != nil {
		return nil, err
	}
	satisfying, err := r.naming(LinkSatisfies, idsOf(all), satisfies)
	if err != nil {
		return nil, err
	}
	promises := perBooks(r, promised)
	return reached(r, intents, all, func(books valueflows.ID, rows []*valueflows.Intent) (map[valueflows.ID]*Fulfilment, error) {
		events := fulfilling.of(books, idsOf(promises[books]))
		return planning.Satisfactions(rows, promises[books], joined(events, satisfying.of(books, idsOf(rows))), r.now)
	})
}

// Settlements tells of claims how far events have settled them, as [Node.Fulfilments].
func (n *Node) Settlements(ctx context.Context, claims []*valueflows.Claim) (map[valueflows.ID]*Fulfilment, error) {
	r, err := n.planReader(ctx)
	if r == nil || err != nil {
		return nil, err
	}
	return r.settlements(claims)
}

func (r *planReader) settlements(claims []*valueflows.Claim) (map[valueflows.ID]*Fulfilment, error) {
	related, err := store.Related[valueflows.Claim](r.ctx, r.n.store, r.sight, LinkSettles, idsOf(claims))
	if err != nil {
		return nil, outward(err)
	}
	events, err := r.naming(LinkSettles, idsOf(claims), settles)
	if err != nil {
		return nil, err
	}
	return reached(r, claims, joined(claims, related), func(books valueflows.ID, rows []*valueflows.Claim) (map[valueflows.ID]*Fulfilment, error) {
		return planning.Settlements(rows, events.of(books, idsOf(rows)), events.about, r.now)
	})
}
