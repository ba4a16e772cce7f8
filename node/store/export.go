package store

import (
	"context"

	"disconode/valueflows"
)

// Page is up to n journal entries after a position, in order.
func (p *Snapshot) Page(ctx context.Context, after int64, n int) ([]*Entry, error) {
	return scanEntries(ctx, p, "WHERE position > ? ORDER BY position LIMIT ?", after, n)
}

// RowsOf are the rows with these ids, in no order.
func RowsOf[T Row](ctx context.Context, p *Snapshot, ids []valueflows.ID) ([]*T, error) {
	return rowsIn[T](ctx, p, ids)
}

func rowsIn[T Row](ctx context.Context, q querier, ids []valueflows.ID) ([]*T, error) {
	t := tableOf[T]()
	var all []*T
	for len(ids) > 0 {
		n := min(len(ids), 512)
		rows, err := t.where(ctx, q, "id"+in(n), padded(ids[:n])...)
		if err != nil {
			return nil, err
		}
		all, ids = append(all, rows...), ids[n:]
	}
	return all, nil
}

// Resources are up to n resources of a LAB after a position, in order.
func (p *Snapshot) Resources(ctx context.Context, lab valueflows.ID, after int64, n int) ([]*valueflows.EconomicResource, error) {
	return resources.where(ctx, p, "lab = ? AND position > ? ORDER BY position LIMIT ?", idArg(lab), after, n)
}

// Identities are those of these persons, in no order; an erased one has none.
func (p *Snapshot) Identities(ctx context.Context, ids []valueflows.ID) ([]Identity, error) {
	var all []Identity
	for len(ids) > 0 {
		n := min(len(ids), 512)
		rows, err := p.query(ctx, "SELECT id, iri, name, image, note FROM identity WHERE id"+in(n), padded(ids[:n])...)
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

// Labs are the LABs of this node, oldest first.
func (p *Snapshot) Labs(ctx context.Context) ([]*Lab, error) {
	return labs.where(ctx, p, "1 = 1 ORDER BY position")
}

// Members are the persons who are members of any LAB.
func (p *Snapshot) Members(ctx context.Context) (map[valueflows.ID]bool, error) {
	rows, err := p.query(ctx, "SELECT DISTINCT person FROM membership")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[valueflows.ID]bool{}
	for rows.Next() {
		var id valueflows.ID
		if err := rows.Scan(idValue{&id}); err != nil {
			return nil, err
		}
		all[id] = true
	}
	return all, rows.Err()
}

// Classes are the classes of records that the journal knows by these ids, as
// the transaction sees it; of one that was deleted, none.
func (tx *Tx) Classes(ids []valueflows.ID) (map[valueflows.ID]valueflows.Class, error) {
	classes := map[valueflows.ID]valueflows.Class{}
	for len(ids) > 0 {
		n := min(len(ids), 512)
		rows, err := tx.query(tx.w.ctx, "SELECT record, class, operation FROM journal WHERE record"+in(n)+" ORDER BY position", padded(ids[:n])...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id valueflows.ID
			var class valueflows.Class
			var op Operation
			if err := rows.Scan(idValue{&id}, &class, &op); err != nil {
				rows.Close()
				return nil, err
			}
			if classes[id] = class; op == Delete {
				delete(classes, id)
			}
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return classes, nil
}

// Prefetch reads the rows with these ids in few statements, so that [GetRow]
// has them at hand. What is not there stays unknown.
func Prefetch[T Row](tx *Tx, ids []valueflows.ID) error {
	pending := tableOf[T]().pending(tx)
	known := pending.known
	var missing []valueflows.ID
	for _, id := range ids {
		if known[id] == nil {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	rows, err := rowsIn[T](tx.w.ctx, tx, missing)
	for _, row := range rows {
		id := tableOf[T]().id(row)
		known[id], pending.there[id] = row, true
	}
	return err
}

// Last is the position of the journal's last entry, as the transaction sees it.
func (tx *Tx) Last() int64 { return tx.head.Position }
