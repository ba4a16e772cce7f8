package store

import (
	"bytes"
	"context"
	"fmt"

	"disconode/valueflows"
)

// listed are the records that a row names in a property which may name many.
type listed struct {
	property string
	ids      []valueflows.ID
}

// putInverse writes what rows name in such properties, the other way round.
// known are the rows that were there before, whose former entries go.
func (t *table[T]) putInverse(ctx context.Context, tx *Tx, rows []*T, known map[valueflows.ID]bool) error {
	if t.lists == nil {
		return nil
	}
	type entry struct {
		target, owner valueflows.ID
		property      string
	}
	var all []entry
	for _, row := range rows {
		id := t.id(row)
		if known[id] {
			if err := tx.exec(ctx, "DELETE FROM inverse WHERE owner = ?", idArg(id)); err != nil {
				return err
			}
		}
		for _, l := range t.lists(row) {
			for _, target := range l.ids {
				all = append(all, entry{target, id, l.property})
			}
		}
	}
	return insert(ctx, tx, "inverse", []string{"target", "property", "owner"}, " ON CONFLICT DO NOTHING", len(all), func(i int) ([]any, error) {
		return []any{idArg(all[i].target), all[i].property, idArg(all[i].owner)}, nil
	})
}

// inverses are who names what, by what is named.
type inverses struct{}

func (inverses) key() string { return "inverse" }

func (inverses) each(ctx context.Context, q querier, do func(digest)) error {
	rows, err := q.query(ctx, "SELECT target, property, owner FROM inverse ORDER BY target, property, owner")
	if err != nil {
		return err
	}
	defer rows.Close()
	var of valueflows.ID
	var text bytes.Buffer
	end := func() {
		if text.Len() > 0 {
			do(digestOf(of, text.Bytes()))
		}
		text.Reset()
	}
	for rows.Next() {
		var target, owner valueflows.ID
		var property string
		if err := rows.Scan(idValue{&target}, &property, idValue{&owner}); err != nil {
			return fmt.Errorf("read inverse: %w", err)
		}
		if target != of {
			end()
		}
		of = target
		text.WriteString(property)
		text.Write(owner[:])
	}
	end()
	return rows.Err()
}

// IsNamedByEvent tells whether an event in some books names a record in a
// property that may name many.
func (tx *Tx) IsNamedByEvent(property Link, target, books valueflows.ID) (bool, error) {
	rows, err := tx.query(tx.w.ctx, "SELECT 1 FROM inverse v JOIN economic_event e ON e.id = v.owner WHERE v.target = ? AND v.property = ? AND e.lab = ? LIMIT 1",
		idArg(target), string(property), idArg(books))
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), rows.Err()
}
