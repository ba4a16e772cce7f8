package store

import (
	"context"

	"disconode/valueflows"
)

// ActorKey is the private key that an actor signs with, in PKCS #8; the node's
// own actor has the zero id. It fails with [ErrNotFound].
func (s *Store) ActorKey(ctx context.Context, actor valueflows.ID) ([]byte, error) {
	rows, err := s.query(ctx, "SELECT private FROM actor_key WHERE actor = ?", actor[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return nil, err
	}
	var private []byte
	return private, rows.Scan(&private)
}

// PutActorKey keeps an actor's private key, unless it has one.
func (tx *Tx) PutActorKey(actor valueflows.ID, private []byte, at valueflows.Instant) error {
	return tx.exec(tx.w.ctx, "INSERT INTO actor_key (actor, private, made) VALUES (?, ?, ?) ON CONFLICT (actor) DO NOTHING", actor[:], private, int64(at))
}

// PeerKey is an actor's public key as it was fetched; an empty PEM is one that
// could not be had.
type PeerKey struct {
	IRI, Owner, PEM string
	Fetched         valueflows.Instant
}

// PeerKey is a key that was fetched. It fails with [ErrNotFound].
func (s *Store) PeerKey(ctx context.Context, iri string) (*PeerKey, error) {
	rows, err := s.query(ctx, "SELECT owner, pem, fetched FROM peer_key WHERE iri = ?", iri)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return nil, err
	}
	k := &PeerKey{IRI: iri}
	return k, rows.Scan(&k.Owner, &k.PEM, numberValue[valueflows.Instant]{&k.Fetched})
}

// peerKeysMax is how many keys are kept.
const peerKeysMax = 10_000

// PutPeerKey keeps a key, and forgets the oldest past some number.
func (tx *Tx) PutPeerKey(k PeerKey) error {
	if err := tx.exec(tx.w.ctx, "INSERT INTO peer_key (iri, owner, pem, fetched) VALUES (?, ?, ?, ?)"+
		" ON CONFLICT (iri) DO UPDATE SET owner = excluded.owner, pem = excluded.pem, fetched = excluded.fetched", k.IRI, k.Owner, k.PEM, int64(k.Fetched)); err != nil {
		return err
	}
	return tx.exec(tx.w.ctx, "DELETE FROM peer_key WHERE iri NOT IN (SELECT iri FROM peer_key ORDER BY fetched DESC LIMIT ?)", peerKeysMax)
}
