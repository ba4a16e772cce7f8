package node

import (
	"context"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// Revision is one state of a record: the journal entry that made it.
type Revision struct {
	ID     valueflows.ID
	Time   valueflows.Instant
	Author valueflows.ID // the agent that recorded; zero for the command line
}

// Meta is where a revision stands among those of its record.
type Meta struct {
	Retrieved                  Revision
	Previous, Latest           *Revision
	PreviousCount, FutureCount int
}

// revisions are the entries of a record that the caller has read, without those
// that it is not told: those of a built-in unit are none.
func revisions(ctx context.Context, n *Node, record any) ([]*store.Entry, error) {
	sight, err := n.sight(ctx, PrincipalOf(ctx))
	if err != nil {
		return nil, err
	}
	all, err := n.store.EntriesOf(ctx, recordOf(record).ID)
	if err != nil {
		return nil, outward(err)
	}
	return n.told(sight, record, all), nil
}

// told are the entries of a record that the reader is told: those of the books
// that it reads, and of what all LABs of the node read those of others too, but
// not who made them. That somebody named a record before these books told what
// it is belongs to nobody's books, and is told to nobody.
func (n *Node) told(sight store.Sight, record any, entries []*store.Entry) []*store.Entry {
	var told []*store.Entry
	for _, e := range entries {
		if e.Operation == store.Adopt {
			continue
		}
		public := dataOf(record).isEveryones()
		books := e.Lab
		if books.IsZero() && n.labOf(e.Record) != nil { // a LAB itself
			books, public = e.Record, true
		}
		switch {
		case sight.Everything, books == sight.Lab, slices.Contains(sight.Origins, books):
			told = append(told, e)
		case public:
			anonymous := *e
			anonymous.Who = valueflows.ID{}
			told = append(told, &anonymous)
		}
	}
	return told
}

// MetasOf tells where the revisions of records that the caller has read stand
// among those of their records that it is told, by record: in one statement.
// What is built in has one revision, and so has what is known by its name only.
func MetasOf[T Kept](ctx context.Context, n *Node, records []*T) (map[valueflows.ID]*Meta, error) {
	ids := make([]valueflows.ID, len(records))
	for i, record := range records {
		ids[i] = recordOf(record).ID
	}
	all, err := n.store.Headers(ctx, ids)
	if err != nil {
		return nil, outward(err)
	}
	sight, err := n.sight(ctx, PrincipalOf(ctx))
	if err != nil {
		return nil, err
	}
	metas := make(map[valueflows.ID]*Meta, len(records))
	for _, record := range records {
		rec := recordOf(record)
		all[rec.ID] = n.told(sight, record, all[rec.ID])
		if e, ok := any(record).(*valueflows.EconomicEvent); ok && PrincipalOf(ctx).hidesParties(e) {
			for _, entry := range all[rec.ID] {
				entry.Who = valueflows.ID{}
			}
		}
		if metas[rec.ID] = metaAmong(all[rec.ID], rec.Revision); metas[rec.ID] == nil {
			r := Revision{ID: rec.Revision}
			metas[rec.ID] = &Meta{Retrieved: r, Latest: &r}
		}
	}
	return metas, nil
}

// metaAmong is where a revision stands among the entries of its record, oldest
// first; nil where it is not among them.
func metaAmong(entries []*store.Entry, revision valueflows.ID) *Meta {
	at := slices.IndexFunc(entries, func(e *store.Entry) bool { return e.ID == revision })
	if at < 0 {
		return nil
	}
	latest := revisionOf(entries[len(entries)-1])
	m := &Meta{Retrieved: revisionOf(entries[at]), Latest: &latest, PreviousCount: at, FutureCount: len(entries) - 1 - at}
	if at > 0 {
		previous := revisionOf(entries[at-1])
		m.Previous = &previous
	}
	return m
}

func revisionOf(e *store.Entry) Revision { return Revision{ID: e.ID, Time: e.At, Author: e.Who} }

// AtRevision returns a record as it was stated in one of its revisions. What
// events compute of a resource is as of now; who a person is, too.
// It fails with [ErrNotFound].
func AtRevision[T Kept](ctx context.Context, n *Node, id, revision valueflows.ID) (*T, error) {
	now, err := Get[T](ctx, n, id)
	if err != nil {
		return nil, err
	}
	entries, err := revisions(ctx, n, now)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 && revision == recordOf(now).Revision {
		return now, nil
	}
	for _, e := range entries {
		if e.ID == revision && e.Body != nil {
			return stated(e, now)
		}
	}
	return nil, ErrNotFound
}

// stated is what an entry says of a record, with what the entry does not say
// taken from the record as it is now.
func stated[T Kept](e *store.Entry, now *T) (*T, error) {
	decoded, err := jsonld.Decode(e.Body)
	if err != nil {
		return nil, err
	}
	then, ok := decoded.(*T)
	if !ok {
		return nil, ErrNotFound
	}
	rec, latest := recordOf(then), recordOf(now)
	rec.Books, rec.Position, rec.Revision = latest.Books, latest.Position, e.ID
	switch then := any(then).(type) {
	case *valueflows.EconomicEvent:
		was := any(now).(*valueflows.EconomicEvent)
		if was.Provider.IsZero() { // shown in hours only
			return now, nil
		}
		then.RecordedBy, then.Recorded = was.RecordedBy, was.Recorded
	case *valueflows.EconomicResource:
		was := *any(now).(*valueflows.EconomicResource)
		was.Record, was.Name, was.Note, was.Image, was.ImageList = then.Record, then.Name, then.Note, then.Image, then.ImageList
		was.TrackingIdentifier, was.ClassifiedAs, was.UnitOfEffort = then.TrackingIdentifier, then.ClassifiedAs, then.UnitOfEffort
		*then = was
	case *valueflows.Agent:
		was := any(now).(*valueflows.Agent)
		if then.Kind == valueflows.ClassPerson {
			then.IRI, then.Name, then.Image, then.Note, then.PrimaryLocation = was.IRI, was.Name, was.Image, was.Note, was.PrimaryLocation
		}
	}
	return then, nil
}
