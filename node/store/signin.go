package store

import (
	"context"
	"errors"

	"disconode/valueflows"
)

// BrowserSession is a browser that is signed in, known by the SHA-256 of what
// its cookie holds.
type BrowserSession struct {
	Hash        [32]byte
	Person, Lab valueflows.ID
	Role        string // at sign-in
	Made, Seen  valueflows.Instant
}

// OneTimeLink is a link that is good once, known by the SHA-256 of what it holds.
type OneTimeLink struct {
	Hash        [32]byte
	Purpose     string
	Person, Lab valueflows.ID // zero where it is nobody's yet
	Until       valueflows.Instant
}

// MembersNamed are the members of a LAB who bear a name, oldest first.
func (s *Store) MembersNamed(ctx context.Context, lab valueflows.ID, name string) ([]*Membership, error) {
	return memberships.where(ctx, s, "lab = ? AND person IN (SELECT id FROM identity WHERE name = ?) ORDER BY position", idArg(lab), name)
}

// PasswordHash is a person's. It fails with [ErrNotFound].
func (s *Store) PasswordHash(ctx context.Context, person valueflows.ID) (string, error) {
	rows, err := s.query(ctx, "SELECT hash FROM password WHERE person = ?", idArg(person))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return "", err
	}
	var hash string
	return hash, rows.Scan(&hash)
}

// PutPassword writes what a person signs in with, and ends the sessions and the
// links that the person has.
func (tx *Tx) PutPassword(person valueflows.ID, hash string, at valueflows.Instant) error {
	if err := tx.EraseSignIn(person); err != nil {
		return err
	}
	return tx.exec(tx.w.ctx, "INSERT INTO password (person, hash, made) VALUES (?, ?, ?)", idArg(person), hash, int64(at))
}

// EraseSignIn forgets all that a person signs in with.
func (tx *Tx) EraseSignIn(person valueflows.ID) error {
	for _, table := range []string{"password", "browser_session", "one_time_link"} {
		if err := tx.exec(tx.w.ctx, "DELETE FROM "+table+" WHERE person = ?", idArg(person)); err != nil {
			return err
		}
	}
	return nil
}

// Session is the browser session of that hash, and the role that the person has
// in the LAB today. It fails with [ErrNotFound].
func (s *Store) Session(ctx context.Context, hash [32]byte) (*BrowserSession, string, error) {
	rows, err := s.query(ctx, "SELECT person, lab, role, made, seen, (SELECT m.role FROM membership m WHERE m.lab = b.lab AND m.person = b.person ORDER BY m.position LIMIT 1)"+
		" FROM browser_session b WHERE hash = ?", hash[:])
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return nil, "", err
	}
	b := &BrowserSession{Hash: hash}
	var role *string
	if err := rows.Scan(idValue{&b.Person}, idValue{&b.Lab}, &b.Role, numberValue[valueflows.Instant]{&b.Made}, numberValue[valueflows.Instant]{&b.Seen}, &role); err != nil {
		return nil, "", err
	}
	if role == nil { // no member any more
		return b, "", nil
	}
	return b, *role, nil
}

// PutSession writes a browser session.
func (tx *Tx) PutSession(b BrowserSession) error {
	return tx.exec(tx.w.ctx, "INSERT INTO browser_session (hash, person, lab, role, made, seen) VALUES (?, ?, ?, ?, ?, ?)"+
		" ON CONFLICT (hash) DO UPDATE SET seen = excluded.seen", b.Hash[:], idArg(b.Person), idArg(b.Lab), b.Role, int64(b.Made), int64(b.Seen))
}

// SeeSession says that a browser session was used, where it is still there.
func (tx *Tx) SeeSession(hash [32]byte, seen valueflows.Instant) error {
	return tx.exec(tx.w.ctx, "UPDATE browser_session SET seen = ? WHERE hash = ?", int64(seen), hash[:])
}

// EndSession ends a browser session.
func (tx *Tx) EndSession(hash [32]byte) error {
	return tx.exec(tx.w.ctx, "DELETE FROM browser_session WHERE hash = ?", hash[:])
}

// EndStaleSessions ends those made, or last used, before these instants.
func (tx *Tx) EndStaleSessions(made, seen valueflows.Instant) error {
	return tx.exec(tx.w.ctx, "DELETE FROM browser_session WHERE made < ? OR seen < ?", int64(made), int64(seen))
}

// OneTimeLink is the link of that hash, outdated or not. It fails with [ErrNotFound].
func (s *Store) OneTimeLink(ctx context.Context, hash [32]byte) (*OneTimeLink, error) {
	return readLink(ctx, s, hash)
}

// TakeLink reads a link and removes it, so that nobody else can take it.
// It fails with [ErrNotFound].
func (tx *Tx) TakeLink(hash [32]byte) (*OneTimeLink, error) {
	link, err := readLink(tx.w.ctx, tx, hash)
	if err != nil {
		return nil, err
	}
	return link, tx.exec(tx.w.ctx, "DELETE FROM one_time_link WHERE hash = ?", hash[:])
}

func readLink(ctx context.Context, q querier, hash [32]byte) (*OneTimeLink, error) {
	rows, err := q.query(ctx, "SELECT purpose, person, lab, until FROM one_time_link WHERE hash = ?", hash[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return nil, err
	}
	l := &OneTimeLink{Hash: hash}
	return l, rows.Scan(&l.Purpose, idValue{&l.Person}, idValue{&l.Lab}, numberValue[valueflows.Instant]{&l.Until})
}

// PutLink writes a link, and forgets those that were good only before an instant.
func (tx *Tx) PutLink(l OneTimeLink, now valueflows.Instant) error {
	if err := tx.exec(tx.w.ctx, "DELETE FROM one_time_link WHERE until < ?", int64(now)); err != nil {
		return err
	}
	return tx.exec(tx.w.ctx, "INSERT INTO one_time_link (hash, purpose, person, lab, until) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
		l.Hash[:], l.Purpose, idArg(l.Person), idArg(l.Lab), int64(l.Until))
}

// DropLinks forgets all links of a purpose for a person; those of nobody where
// the person is zero.
func (tx *Tx) DropLinks(purpose string, person valueflows.ID) error {
	if person.IsZero() {
		return tx.exec(tx.w.ctx, "DELETE FROM one_time_link WHERE purpose = ? AND person IS NULL", purpose)
	}
	return tx.exec(tx.w.ctx, "DELETE FROM one_time_link WHERE purpose = ? AND person = ?", purpose, idArg(person))
}

// HasLabs tells whether there is a LAB here.
func (tx *Tx) HasLabs() (bool, error) {
	_, err := first(labs.where(tx.w.ctx, tx, "1 = 1 ORDER BY position LIMIT 1"))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
