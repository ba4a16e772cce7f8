package store

import (
	"context"

	"disconode/valueflows"
)

// Identity is who a person is. It is kept apart from the journal, where it can
// be erased.
type Identity struct {
	ID          valueflows.ID
	IRI         string // where the person was made elsewhere
	Name, Image string
	Note        string
}

// Identities are those of these persons, in no order; an erased one has none.
func (s *Store) Identities(ctx context.Context, ids []valueflows.ID) ([]Identity, error) {
	var all []Identity
	for len(ids) > 0 {
		n := min(len(ids), 512)
		rows, err := s.query(ctx, "SELECT id, iri, name, image, note FROM identity WHERE id"+in(n), padded(ids[:n])...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var i Identity
			if err := rows.Scan(idValue{&i.ID}, &i.IRI, &i.Name, &i.Image, &i.Note); err != nil {
				rows.Close()
				return nil, err
			}
			all = append(all, i)
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return all, nil
}

// PutIdentity writes who a person is.
func (tx *Tx) PutIdentity(i Identity) error {
	return tx.exec(tx.w.ctx, "INSERT INTO identity (id, iri, name, image, note) VALUES (?, ?, ?, ?, ?)"+
		" ON CONFLICT (id) DO UPDATE SET iri = excluded.iri, name = excluded.name, image = excluded.image, note = excluded.note", idArg(i.ID), i.IRI, i.Name, i.Image, i.Note)
}

// EraseIdentity forgets who a person is, and with it the person's tokens,
// password and sessions.
func (tx *Tx) EraseIdentity(id valueflows.ID) error {
	if err := tx.EraseSignIn(id); err != nil {
		return err
	}
	if err := tx.exec(tx.w.ctx, "DELETE FROM token WHERE person = ?", idArg(id)); err != nil {
		return err
	}
	return tx.exec(tx.w.ctx, "DELETE FROM identity WHERE id = ?", idArg(id))
}

// Identity is who a person is. It fails with [ErrNotFound] where that was erased.
func (tx *Tx) Identity(id valueflows.ID) (*Identity, error) {
	rows, err := tx.query(tx.w.ctx, "SELECT id, iri, name, image, note FROM identity WHERE id = ?", idArg(id))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return nil, err
	}
	i := new(Identity)
	return i, rows.Scan(idValue{&i.ID}, &i.IRI, &i.Name, &i.Image, &i.Note)
}
