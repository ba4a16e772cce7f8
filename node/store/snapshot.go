package store

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"

	"disconode/valueflows"
)

// Snapshot reads the books as they are at one moment, whatever is written
// meanwhile.
type Snapshot struct {
	store *Store
	tx    *sqlx.Tx
}

// Snapshot has do read the books as they are now.
func (s *Store) Snapshot(ctx context.Context, do func(*Snapshot) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if s.dialect.shared {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.read.BeginTxx(ctx, options)
	if err != nil {
		return s.translate(err)
	}
	defer tx.Rollback()
	return s.translate(do(&Snapshot{s, tx}))
}

func (p *Snapshot) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	count(ctx, text, args)
	rows, err := p.tx.QueryContext(ctx, p.store.dialect.rebind(text), args...)
	if err != nil {
		return nil, p.store.translate(err)
	}
	return rows, nil
}

// EachResource calls do with every resource, in no order.
func (p *Snapshot) EachResource(ctx context.Context, do func(*valueflows.EconomicResource) error) error {
	rows, err := p.query(ctx, resources.selectFrom(""))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := resources.scan(rows)
		if err != nil {
			return err
		}
		if err := do(r); err != nil {
			return err
		}
	}
	return rows.Err()
}
