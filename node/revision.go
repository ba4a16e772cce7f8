package node

import (
	"context"

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

// revisions are the entries of a record that the caller sees: those of a
// built-in unit are none.
func revisions[T Kept](ctx context.Context, n *Node, id valueflows.ID) ([]*store.Entry, error) {
	if _, err := Get[T](ctx, n, id); err != nil {
		return nil, err
	}
	all, err := n.store.EntriesOf(ctx, id)
	if err != nil {
		return nil, outward(err)
	}
	var own []*store.Entry
	for _, e := range all {
		if e.Operation != store.Adopt {
			own = append(own, e)
		}
	}
	return own, nil
}

// MetaOf tells where a record's revision stands among its revisions.
func MetaOf[T Kept](ctx context.Context, n *Node, id, revision valueflows.ID) (*Meta, error) {
	entries, err := revisions[T](ctx, n, id)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 { // built in
		r := Revision{ID: revision}
		return &Meta{Retrieved: r, Latest: &r}, nil
	}
	for i, e := range entries {
		if e.ID != revision {
			continue
		}
		m := &Meta{Retrieved: revisionOf(e), PreviousCount: i, FutureCount: len(entries) - 1 - i}
		latest := revisionOf(entries[len(entries)-1])
		m.Latest = &latest
		if i > 0 {
			previous := revisionOf(entries[i-1])
			m.Previous = &previous
		}
		return m, nil
	}
	return nil, ErrNotFound
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
	entries, err := revisions[T](ctx, n, id)
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
