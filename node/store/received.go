package store

import (
	"context"

	"disconode/valueflows"
)

// Received is an activity that a peer sent.
type Received struct {
	Activity, Actor, Lab valueflows.ID
	Kind                 string
	Body                 []byte
	At                   valueflows.Instant
}

// Received is an activity that was accepted. It fails with [ErrNotFound].
func (tx *Tx) Received(activity valueflows.ID) (*Received, error) {
	rows, err := tx.query(tx.w.ctx, "SELECT actor, lab, kind, body, at FROM received WHERE activity = ?", idArg(activity))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return nil, err
	}
	r := &Received{Activity: activity}
	return r, rows.Scan(idValue{&r.Actor}, idValue{&r.Lab}, &r.Kind, &r.Body, numberValue[valueflows.Instant]{&r.At})
}

// PutReceived keeps an activity that is accepted.
func (tx *Tx) PutReceived(r *Received) error {
	return tx.exec(tx.w.ctx, "INSERT INTO received (activity, actor, lab, kind, body, at) VALUES (?, ?, ?, ?, ?, ?)",
		idArg(r.Activity), idArg(r.Actor), idArg(r.Lab), r.Kind, r.Body, int64(r.At))
}

// Refused is what was not accepted though it came from a peer, and why.
type Refused struct {
	ID, Lab, Actor valueflows.ID
	Reason, Object string
	At             valueflows.Instant
}

var refusals = table[Refused]{
	name: "refused", id: func(r *Refused) valueflows.ID { return r.ID },
	columns: func(r *Refused) []column {
		return columns(ref("id", &r.ID), ref("lab", &r.Lab), ref("actor", &r.Actor), str("reason", &r.Reason), str("object", &r.Object), num("at", &r.At))
	},
}

// refusalsMax is how many refusals are kept of a LAB.
const refusalsMax = 200

// PutRefused keeps a refusal, at once, and forgets the oldest past some number.
func (tx *Tx) PutRefused(r *Refused) error {
	if err := refusals.upsert(tx.w.ctx, tx, []*Refused{r}); err != nil {
		return err
	}
	return tx.exec(tx.w.ctx, "DELETE FROM refused WHERE lab = ? AND id NOT IN (SELECT id FROM refused WHERE lab = ? ORDER BY at DESC LIMIT ?)", idArg(r.Lab), idArg(r.Lab), refusalsMax)
}

// Refusals are the latest of a LAB, newest first.
func (s *Store) Refusals(ctx context.Context, lab valueflows.ID) ([]*Refused, error) {
	return refusals.where(ctx, s, "lab = ? ORDER BY at DESC, id LIMIT 50", idArg(lab))
}

// PutGone keeps that the LAB whose record it is has deleted it.
func (tx *Tx) PutGone(record valueflows.ID, at valueflows.Instant) error {
	return tx.exec(tx.w.ctx, "INSERT INTO gone (record, at) VALUES (?, ?) ON CONFLICT (record) DO NOTHING", idArg(record), int64(at))
}

// IsGone tells whether a record elsewhere was deleted by its LAB.
func (tx *Tx) IsGone(record valueflows.ID) (bool, error) {
	rows, err := tx.peek(tx.w.ctx, "SELECT 1 FROM gone WHERE record = ?", idArg(record))
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), rows.Err()
}
