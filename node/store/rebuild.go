package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sort"

	"disconode/valueflows"
)

// digest is a hash of a row of a projection: half of a SHA-256, since there is
// one in memory for every row.
type digest [16]byte

func digestOf(text []byte) digest {
	whole := sha256.Sum256(text)
	return digest(whole[:16])
}

// digests are those of every row of the projections, by projection and key.
type digests map[string]map[valueflows.ID]digest

type projection interface {
	key() string
	// each calls do with the key and the digest of every row.
	each(ctx context.Context, q querier, do func(valueflows.ID, digest)) error
}

func (t *table[T]) key() string { return t.name }

func (t *table[T]) each(ctx context.Context, q querier, do func(valueflows.ID, digest)) error {
	rows, err := q.query(ctx, t.selectFrom(""))
	if err != nil {
		return err
	}
	defer rows.Close()
	var text []byte
	for rows.Next() {
		row, err := t.scan(rows)
		if err != nil {
			return err
		}
		values, err := t.values(row)
		if err != nil {
			return err
		}
		text = fmt.Appendf(text[:0], "%v", values)
		do(t.id(row), digestOf(text))
	}
	return rows.Err()
}

// adoptions are which other LABs know an agent, by the agent.
type adoptions struct{}

func (adoptions) key() string { return "agent_lab" }

func (adoptions) each(ctx context.Context, q querier, do func(valueflows.ID, digest)) error {
	rows, err := q.query(ctx, "SELECT agent, lab FROM agent_lab ORDER BY agent, lab")
	if err != nil {
		return err
	}
	defer rows.Close()
	var of valueflows.ID
	var labs []byte
	end := func() {
		if len(labs) > 0 {
			do(of, digestOf(labs))
		}
		labs = labs[:0]
	}
	for rows.Next() {
		var agent, lab valueflows.ID
		if err := rows.Scan(idValue{&agent}, idValue{&lab}); err != nil {
			return fmt.Errorf("read agent_lab: %w", err)
		}
		if agent != of {
			end()
		}
		of, labs = agent, append(labs, lab[:]...)
	}
	end()
	return rows.Err()
}

var projections = []projection{
	&labs, &memberships, &names, &spatialThings, &agents, &units, &resourceSpecifications, &processSpecifications,
	&processes, &batchLotRecords, &resources, &events, adoptions{},
}

// Rebuild empties every projection, has replay compute them again, and says in
// words how what was there differed from what the journal makes.
func (tx *Tx) Rebuild(replay func() error) ([]string, error) {
	ctx := tx.w.ctx
	before, err := tx.digests(ctx)
	if err != nil {
		return nil, err
	}
	tx.forget()
	if err := tx.empty(ctx); err != nil {
		return nil, err
	}
	if err := replay(); err != nil {
		return nil, err
	}
	tx.Touch()
	return before.differences(ctx, tx)
}

// empty empties every projection.
func (tx *Tx) empty(ctx context.Context) error {
	for i := len(tableOrder) - 1; i >= 0; i-- {
		name := tableOrder[i]
		switch name { // whose rows refer to each other
		case resources.name:
			if err := tx.inParts(ctx, name, "UPDATE economic_resource SET contained_in = NULL WHERE contained_in IS NOT NULL"); err != nil {
				return err
			}
		case events.name:
			if err := tx.inParts(ctx, name, "UPDATE economic_event SET corrects = NULL, scrap_of = NULL WHERE (corrects IS NOT NULL OR scrap_of IS NOT NULL)"); err != nil {
				return err
			}
		}
		if err := tx.inParts(ctx, name, "DELETE FROM "+name+" WHERE 1 = 1"); err != nil {
			return err
		}
	}
	return tx.exec(ctx, "DELETE FROM agent_lab")
}

// partRows is how many rows of a table one statement changes at most: SQLite
// keeps in memory what it would need to take a statement back.
const partRows = 1000

// inParts runs a statement, which ends with a condition, on a whole table, some
// rows at a time.
func (tx *Tx) inParts(ctx context.Context, name, text string) error {
	for after := []byte{}; ; {
		rows, err := tx.query(ctx, "SELECT id FROM "+name+" WHERE id > ? ORDER BY id LIMIT ?", after, partRows)
		if err != nil {
			return err
		}
		var last []byte
		for rows.Next() {
			if err := rows.Scan(&last); err != nil {
				rows.Close()
				return err
			}
		}
		rows.Close()
		if err := rows.Err(); err != nil || last == nil {
			return err
		}
		if err := tx.exec(ctx, text+" AND id > ? AND id <= ?", after, last); err != nil {
			return err
		}
		after = last
	}
}

func (tx *Tx) digests(ctx context.Context) (digests, error) {
	all := digests{}
	for _, p := range projections {
		rows := map[valueflows.ID]digest{}
		if err := p.each(ctx, tx, func(id valueflows.ID, d digest) { rows[id] = d }); err != nil {
			return nil, err
		}
		all[p.key()] = rows
	}
	return all, nil
}

// differences says in words how the projections were other than they are now. It
// uses the digests up.
func (d digests) differences(ctx context.Context, tx *Tx) ([]string, error) {
	var found []string
	for _, p := range projections {
		name, before := p.key(), d[p.key()]
		err := p.each(ctx, tx, func(id valueflows.ID, now digest) {
			switch was, ok := before[id]; {
			case !ok:
				found = append(found, fmt.Sprintf("%s %s: was missing", name, id))
			case was != now:
				found = append(found, fmt.Sprintf("%s %s: differs from what the journal makes of it", name, id))
			}
			delete(before, id)
		})
		if err != nil {
			return nil, err
		}
		for id := range before {
			found = append(found, fmt.Sprintf("%s %s: the journal knows no such record", name, id))
		}
	}
	sort.Strings(found)
	return found, nil
}
