package store

import (
	"context"

	"disconode/valueflows"
)

// SharesName tells since when persons let sister groups know their name; those
// who do not are left out.
func (tx *Tx) SharesName(ids []valueflows.ID) (map[valueflows.ID]bool, error) {
	shares := map[valueflows.ID]bool{}
	if len(ids) == 0 {
		return shares, nil
	}
	found, err := tx.ids("SELECT id FROM identity WHERE shared IS NOT NULL AND id"+in(len(ids)), padded(ids)...)
	for _, id := range found {
		shares[id] = true
	}
	return shares, err
}

// SharesName tells whether a person lets sister groups know their name.
func (s *Store) SharesName(ctx context.Context, person valueflows.ID) (bool, error) {
	return s.any(ctx, "SELECT 1 FROM identity WHERE id = ? AND shared IS NOT NULL", idArg(person))
}

// ShareName has a person's name shared since an instant, or no more where that is zero.
func (tx *Tx) ShareName(person valueflows.ID, since valueflows.Instant) error {
	var at any
	if since != 0 {
		at = int64(since)
	}
	return tx.exec(tx.w.ctx, "UPDATE identity SET shared = ? WHERE id = ?", at, idArg(person))
}

// PrivateNames are the names of the persons of this node who do not let sister
// groups know them, whichever LAB's books they are in.
func (tx *Tx) PrivateNames() ([]string, error) {
	rows, err := tx.query(tx.w.ctx, "SELECT identity.name FROM identity JOIN agent ON agent.id = identity.id WHERE agent.lab IN (SELECT id FROM lab) AND identity.shared IS NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}
