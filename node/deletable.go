package node

import (
	"context"

	"disconode/node/store"
	"disconode/valueflows"
)

// Deletable tells of records that the caller has read, of a class that can be
// deleted, which of them it could delete now: it is what [Delete] would answer,
// in one statement for all of them.
//
// So it tells who may delete a record one thing that its sight may hide: that
// something in its own books refers to the record, such as an event of care for
// people which fulfils a promise. To delete the promise would tell the same,
// and not to refuse it would leave that event with a promise that is no more.
// What refers to it, how often and when is told neither here nor there, and who
// may not delete the record is told nothing. What other books say of it does
// not count.
func Deletable[T Kept](ctx context.Context, n *Node, records []*T) ([]bool, error) {
	p := PrincipalOf(ctx)
	free := make([]bool, len(records))
	var ids []valueflows.ID
	for i, record := range records {
		rec := recordOf(record)
		if free[i] = p.keeps(rec) && p.mayChange(record) == nil; free[i] {
			ids = append(ids, rec.ID)
		}
	}
	var books []valueflows.ID // none: all of them
	if !dataOf(new(T)).isEveryones() {
		books = []valueflows.ID{p.Lab}
	}
	named, err := n.store.NamersOf(ctx, valueflows.ClassOf(new(T)), ids, books...)
	if err != nil {
		return nil, outward(err)
	}
	for i, record := range records {
		free[i] = free[i] && len(named[recordOf(record).ID]) == 0
	}
	return free, nil
}

// keeps tells whether a record is in the books that the principal acts in: a
// LAB itself is in its own.
func (p Principal) keeps(rec *valueflows.Record) bool {
	return p.Role == Operator || rec.Books == p.Lab || rec.Books.IsZero() && rec.ID == p.Lab
}

// takeBack deletes a record from the session's books. What other books say of a
// record is no fact of these, and holds it no longer than its owner wants: where
// they name it, it goes back to what it was before anybody described it, a name
// in nobody's books. What all LABs of the node read is used by all: there each
// LAB's reference counts.
// It fails with [ErrInUse].
func (s *session) takeBack(record any) error {
	rec, class := recordOf(record), valueflows.ClassOf(record)
	shared := dataOf(record).isEveryones() || rec.Books.IsZero()
	if !shared {
		if own, err := s.tx.NamersOf(class, rec.ID, rec.Books); err != nil {
			return err
		} else if len(own) > 0 {
			return ErrInUse
		}
	}
	others, err := s.tx.NamersOf(class, rec.ID)
	switch {
	case err != nil:
		return err
	case len(others) == 0:
		return s.append(class, store.Delete, record)
	case shared:
		return ErrInUse
	}
	name := valueflows.NewRecord(class)
	nameOnly(name, rec.ID, rec.IRI)
	recordOf(name).Books = rec.Books
	return s.append(class, store.Forget, name)
}

// heir is the LAB in whose books an agent is that another LAB told no more:
// one that knows it, or in whose books it is named.
func (s *session) heir(agent, before valueflows.ID) (valueflows.ID, error) {
	lab, err := s.tx.Adopter(agent, before)
	if there, err := found(err); there || err != nil {
		return lab, err
	}
	namers, err := s.tx.NamersOf(valueflows.ClassOrganization, agent)
	if len(namers) == 0 {
		return valueflows.ID{}, err
	}
	return namers[0], err
}
