package store

import (
	"context"
	"crypto/sha256"

	"disconode/valueflows"
)

// Audience is what a LAB shares, under a name. Its log holds the bytes that it
// was given, in order and without gaps.
type Audience struct {
	ID, Lab valueflows.ID
	Name    string
	Scanned int64 // journal position up to which its log is made
	Size    int64 // last position in its log
	Made    valueflows.Instant
}

var audiences = table[Audience]{
	name: "audience", id: func(a *Audience) valueflows.ID { return a.ID },
	columns: func(a *Audience) []column {
		return columns(ref("id", &a.ID), ref("lab", &a.Lab), str("name", &a.Name), num("scanned", &a.Scanned), num("size", &a.Size), num("made", &a.Made))
	},
}

// Told is an entry of an audience's log.
type Told struct {
	Position int64
	Kind     string // Create, Update or Delete
	Record   valueflows.ID
	Activity string // its IRI
	Object   string // the record's IRI as the audience knows it
	Body     []byte
	Salt     []byte
	At       valueflows.Instant
}

// commit is SHA-256 of salt and body.
func (t *Told) commit() [32]byte {
	return sha256.Sum256(append(append([]byte(nil), t.Salt...), t.Body...))
}

// Audiences are those of all LABs.
func (s *Store) Audiences(ctx context.Context) ([]*Audience, error) {
	return audiences.where(ctx, s, "1 = 1 ORDER BY made, id")
}

// Audience is a LAB's of that name. It fails with [ErrNotFound].
func (s *Store) Audience(ctx context.Context, lab valueflows.ID, name string) (*Audience, error) {
	return first(audiences.where(ctx, s, "lab = ? AND name = ?", idArg(lab), name))
}

// Audience is a LAB's of that name. It fails with [ErrNotFound].
func (tx *Tx) Audience(lab valueflows.ID, name string) (*Audience, error) {
	return first(audiences.where(tx.w.ctx, tx, "lab = ? AND name = ?", idArg(lab), name))
}

// Audiences are those of a LAB.
func (tx *Tx) Audiences(lab valueflows.ID) ([]*Audience, error) {
	return audiences.where(tx.w.ctx, tx, "lab = ? ORDER BY made, id", idArg(lab))
}

// PutAudience writes an audience, at once.
func (tx *Tx) PutAudience(a *Audience) error {
	return audiences.upsert(tx.w.ctx, tx, []*Audience{a})
}

// Tell appends to an audience's log; the entries have their positions.
func (tx *Tx) Tell(audience valueflows.ID, all []*Told) error {
	columns := []string{"audience", "position", "kind", "record", "activity", "object", "body", "salt", "commitment", "at"}
	return insert(tx.w.ctx, tx, "audience_log", columns, "", len(all), func(i int) ([]any, error) {
		t := all[i]
		commitment := t.commit()
		return []any{idArg(audience), t.Position, t.Kind, idArg(t.Record), t.Activity, t.Object, t.Body, t.Salt, commitment[:], int64(t.At)}, nil
	})
}

// ToldOf tells which of some records an audience has been told of, and how last:
// the kind by record.
func (tx *Tx) ToldOf(audience valueflows.ID, records []valueflows.ID) (map[valueflows.ID]string, error) {
	kinds := map[valueflows.ID]string{}
	for len(records) > 0 {
		n := min(len(records), 512)
		rows, err := tx.query(tx.w.ctx, "SELECT record, kind FROM audience_log WHERE audience = ? AND record"+in(n)+" ORDER BY position",
			append([]any{idArg(audience)}, padded(records[:n])...)...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id valueflows.ID
			var kind string
			if err := rows.Scan(idValue{&id}, &kind); err != nil {
				rows.Close()
				return nil, err
			}
			kinds[id] = kind
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
		records = records[n:]
	}
	return kinds, nil
}

// ToldAfter is what stands in an audience's log after a position, in order.
func (s *Store) ToldAfter(ctx context.Context, audience valueflows.ID, after int64, most int) ([]*Told, error) {
	return told(ctx, s, "WHERE audience = ? AND position > ? ORDER BY position LIMIT ?", idArg(audience), after, most)
}

// ToldBefore is what stands in an audience's log before a position, latest first.
func (s *Store) ToldBefore(ctx context.Context, audience valueflows.ID, before int64, most int) ([]*Told, error) {
	return told(ctx, s, "WHERE audience = ? AND position < ? ORDER BY position DESC LIMIT ?", idArg(audience), before, most)
}

// LastTold is the latest entry of an audience's log on a record. It fails with [ErrNotFound].
func (s *Store) LastTold(ctx context.Context, audience, record valueflows.ID) (*Told, error) {
	return first(told(ctx, s, "WHERE audience = ? AND record = ? ORDER BY position DESC LIMIT 1", idArg(audience), idArg(record)))
}

// ToldNamed is the latest entry of an audience's log on what it knows by an IRI.
// It fails with [ErrNotFound].
func (s *Store) ToldNamed(ctx context.Context, audience valueflows.ID, object string) (*Told, error) {
	return first(told(ctx, s, "WHERE audience = ? AND object = ? ORDER BY position DESC LIMIT 1", idArg(audience), object))
}

func told(ctx context.Context, q querier, tail string, args ...any) ([]*Told, error) {
	rows, err := q.query(ctx, "SELECT position, kind, record, activity, object, body, salt, at FROM audience_log "+tail, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []*Told
	for rows.Next() {
		t := new(Told)
		if err := rows.Scan(&t.Position, &t.Kind, idValue{&t.Record}, &t.Activity, &t.Object, &t.Body, &t.Salt, numberValue[valueflows.Instant]{&t.At}); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// ForgetTold empties the logs of all audiences, so that they are made anew.
func (tx *Tx) ForgetTold() error {
	for _, text := range []string{
		"DELETE FROM audience_log WHERE position > ?", "UPDATE audience SET scanned = 0, size = 0 WHERE size >= ?", "UPDATE peer SET delivered = 0 WHERE delivered > ?",
	} {
		if err := tx.exec(tx.w.ctx, text, 0); err != nil {
			return err
		}
	}
	return nil
}

// TellAgain has the audiences that know of a person be told of it again.
func (tx *Tx) TellAgain(person valueflows.ID) error {
	return tx.exec(tx.w.ctx, "INSERT INTO audience_due (audience, record) SELECT DISTINCT audience, record FROM audience_log WHERE record = ? ON CONFLICT DO NOTHING", idArg(person))
}

// Due are the records of which an audience is to be told again; then they are
// due no more.
func (tx *Tx) Due(audience valueflows.ID) ([]valueflows.ID, error) {
	due, err := tx.ids("SELECT record FROM audience_due WHERE audience = ? ORDER BY record", idArg(audience))
	if err != nil || len(due) == 0 {
		return nil, err
	}
	return due, tx.exec(tx.w.ctx, "DELETE FROM audience_due WHERE audience = ?", idArg(audience))
}

// Due are the audiences that are to be told again of something.
func (s *Store) Due(ctx context.Context) (map[valueflows.ID]bool, error) {
	rows, err := s.query(ctx, "SELECT DISTINCT audience FROM audience_due")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	due := map[valueflows.ID]bool{}
	for rows.Next() {
		var id valueflows.ID
		if err := rows.Scan(idValue{&id}); err != nil {
			return nil, err
		}
		due[id] = true
	}
	return due, rows.Err()
}

// AnyEntry tells whether the journal has an entry of a LAB's books after a position.
func (s *Store) AnyEntry(ctx context.Context, lab valueflows.ID, after int64) (bool, error) {
	return s.any(ctx, "SELECT 1 FROM journal WHERE position > ? AND lab = ? LIMIT 1", after, idArg(lab))
}

// Rewrite puts other bytes in the place of an entry of an audience's log.
func (tx *Tx) Rewrite(audience valueflows.ID, t *Told) error {
	commitment := t.commit()
	return tx.exec(tx.w.ctx, "UPDATE audience_log SET body = ?, salt = ?, commitment = ? WHERE audience = ? AND position = ?",
		t.Body, t.Salt, commitment[:], idArg(audience), t.Position)
}

// ToldAfter is what stands in an audience's log after a position, in order, as
// the transaction sees it.
func (tx *Tx) ToldAfter(audience valueflows.ID, after int64, most int) ([]*Told, error) {
	return told(tx.w.ctx, tx, "WHERE audience = ? AND position > ? ORDER BY position LIMIT ?", idArg(audience), after, most)
}

func (tx *Tx) ids(text string, args ...any) ([]valueflows.ID, error) {
	rows, err := tx.query(tx.w.ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []valueflows.ID
	for rows.Next() {
		var id valueflows.ID
		if err := rows.Scan(idValue{&id}); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}

// EntriesAfter are the journal entries of a LAB's books after a position up to
// another, in order, at most so many.
func (tx *Tx) EntriesAfter(lab valueflows.ID, after, upTo int64, most int) ([]*Entry, error) {
	return scanEntries(tx.w.ctx, tx, "WHERE position > ? AND position <= ? AND lab = ? ORDER BY position LIMIT ?", after, upTo, idArg(lab), most)
}
