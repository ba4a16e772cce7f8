package store

import (
	"context"

	"disconode/valueflows"
)

// NodeRow is the node itself: its address, and the secret that authenticates
// its cursors.
type NodeRow struct {
	BaseURL string
	Secret  []byte
	Made    valueflows.Instant
	Former  []string // addresses it had before
}

// Node reads the node's own row. It fails with [ErrNotFound] on a new database.
func (s *Store) Node(ctx context.Context) (*NodeRow, error) { return readNode(ctx, s) }

// Node reads the node's own row. It fails with [ErrNotFound] on a new database.
func (tx *Tx) Node() (*NodeRow, error) { return readNode(tx.w.ctx, tx) }

func readNode(ctx context.Context, q querier) (*NodeRow, error) {
	rows, err := q.query(ctx, "SELECT base_url, secret, made FROM node WHERE one = 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := next(rows); err != nil {
		return nil, err
	}
	n := new(NodeRow)
	if err := rows.Scan(&n.BaseURL, &n.Secret, numberValue[valueflows.Instant]{&n.Made}); err != nil {
		return nil, err
	}
	rows.Close()
	former, err := q.query(ctx, "SELECT base_url FROM former_address ORDER BY base_url")
	if err != nil {
		return nil, err
	}
	defer former.Close()
	for former.Next() {
		var address string
		if err := former.Scan(&address); err != nil {
			return nil, err
		}
		n.Former = append(n.Former, address)
	}
	return n, former.Err()
}

// PutNode makes the node, or moves it to another address.
func (tx *Tx) PutNode(n *NodeRow) error {
	err := tx.exec(tx.w.ctx, "INSERT INTO node (one, base_url, secret, made) VALUES (1, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET base_url = excluded.base_url",
		n.BaseURL, n.Secret, int64(n.Made))
	if err != nil {
		return err
	}
	if err := tx.exec(tx.w.ctx, "INSERT INTO journal_head (one, position, hash, cached) VALUES (1, 0, ?, 0) ON CONFLICT (one) DO NOTHING", make([]byte, 32)); err != nil {
		return err
	}
	for _, former := range n.Former {
		if err := tx.exec(tx.w.ctx, "INSERT INTO former_address (base_url) VALUES (?) ON CONFLICT (base_url) DO NOTHING", former); err != nil {
			return err
		}
	}
	return nil
}
