package store

import (
	"context"

	"disconode/valueflows"
)

// Labs are the LABs of this node, oldest first.
func (s *Store) Labs(ctx context.Context) ([]*Lab, error) {
	return labs.where(ctx, s, "1 = 1 ORDER BY position")
}

// LabBySlug is the LAB of that slug. It fails with [ErrNotFound].
func (s *Store) LabBySlug(ctx context.Context, slug string) (*Lab, error) {
	return first(labs.where(ctx, s, "slug = ?", slug))
}

// Lab reads a LAB. It fails with [ErrNotFound].
func (tx *Tx) Lab(id valueflows.ID) (*Lab, error) { return labs.get(tx.w.ctx, tx, id) }

// LabBySlug is the LAB of that slug. It fails with [ErrNotFound].
func (tx *Tx) LabBySlug(slug string) (*Lab, error) {
	return first(labs.where(tx.w.ctx, tx, "slug = ?", slug))
}

// PutLab writes a LAB.
func (tx *Tx) PutLab(l *Lab) { labs.put(tx, l) }

// PutMembership writes a membership.
func (tx *Tx) PutMembership(m *Membership) { memberships.put(tx, m) }

// Membership is a person's role in a LAB. It fails with [ErrNotFound].
func (tx *Tx) Membership(lab, person valueflows.ID) (*Membership, error) {
	return first(memberships.where(tx.w.ctx, tx, "lab = ? AND person = ? ORDER BY position", idArg(lab), idArg(person)))
}

// MembersNamed are the members of a LAB who bear a name, oldest first.
func (tx *Tx) MembersNamed(lab valueflows.ID, name string) ([]*Membership, error) {
	return memberships.where(tx.w.ctx, tx, "lab = ? AND person IN (SELECT id FROM identity WHERE name = ?) ORDER BY position", idArg(lab), name)
}

// Members are the members of a LAB, oldest first.
func (s *Store) Members(ctx context.Context, lab valueflows.ID) ([]*Membership, error) {
	return memberships.where(ctx, s, "lab = ? ORDER BY position", idArg(lab))
}

// AdoptAgent lets a LAB know an agent that is in other books.
func (tx *Tx) AdoptAgent(agent, lab valueflows.ID) error {
	return tx.exec(tx.w.ctx, "INSERT INTO agent_lab (agent, lab) VALUES (?, ?) ON CONFLICT DO NOTHING", idArg(agent), idArg(lab))
}

// KnowsAgent tells whether a LAB has adopted an agent.
func (tx *Tx) KnowsAgent(agent, lab valueflows.ID) (bool, error) {
	rows, err := tx.query(tx.w.ctx, "SELECT 1 FROM agent_lab WHERE agent = ? AND lab = ?", idArg(agent), idArg(lab))
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), rows.Err()
}

// Adopter is a LAB other than one that has adopted an agent: the first by its id.
// It fails with [ErrNotFound].
func (tx *Tx) Adopter(agent, but valueflows.ID) (lab valueflows.ID, err error) {
	rows, err := tx.query(tx.w.ctx, "SELECT lab FROM agent_lab WHERE agent = ? AND lab <> ? ORDER BY lab LIMIT 1", idArg(agent), idArg(but))
	if err != nil {
		return lab, err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return lab, err
	}
	return lab, rows.Scan(idValue{&lab})
}

// Token is a bearer token, known by its SHA-256 alone: one user in one LAB with
// one role.
type Token struct {
	Hash        [32]byte
	Person, Lab valueflows.ID
	Role        string
	Made        valueflows.Instant
}

// PutToken writes a token.
func (tx *Tx) PutToken(t Token) error {
	return tx.exec(tx.w.ctx, "INSERT INTO token (hash, person, lab, role, made) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
		t.Hash[:], idArg(t.Person), idArg(t.Lab), t.Role, int64(t.Made))
}

// Token is the token with that hash, unless revoked. It fails with [ErrNotFound].
func (s *Store) Token(ctx context.Context, hash [32]byte) (*Token, error) {
	rows, err := s.query(ctx, "SELECT person, lab, role, made FROM token WHERE hash = ? AND revoked IS NULL", hash[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return nil, err
	}
	t := &Token{Hash: hash}
	return t, rows.Scan(idValue{&t.Person}, idValue{&t.Lab}, &t.Role, numberValue[valueflows.Instant]{&t.Made})
}
