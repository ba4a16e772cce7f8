package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sort"

	"disconode/valueflows"
)

// digests are a hash of every row of a projection, by its key.
type digests map[string]map[valueflows.ID][32]byte

type projection interface {
	key() string
	digest(context.Context, querier) (map[valueflows.ID][32]byte, error)
}

func (t *table[T]) key() string { return t.name }

func (t *table[T]) digest(ctx context.Context, q querier) (map[valueflows.ID][32]byte, error) {
	rows, err := q.query(ctx, t.selectFrom(""))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[valueflows.ID][32]byte{}
	for rows.Next() {
		row, err := t.scan(rows)
		if err != nil {
			return nil, err
		}
		values, err := t.values(row)
		if err != nil {
			return nil, err
		}
		all[t.id(row)] = sha256.Sum256(fmt.Appendf(nil, "%v", values))
	}
	return all, rows.Err()
}

// adoptions are which other LABs know an agent, by the agent.
type adoptions struct{}

func (adoptions) key() string { return "agent_lab" }

func (adoptions) digest(ctx context.Context, q querier) (map[valueflows.ID][32]byte, error) {
	rows, err := q.query(ctx, "SELECT agent, lab FROM agent_lab ORDER BY agent, lab")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[valueflows.ID][32]byte{}
	for rows.Next() {
		var agent, lab valueflows.ID
		if err := rows.Scan(idValue{&agent}, idValue{&lab}); err != nil {
			return nil, fmt.Errorf("read agent_lab: %w", err)
		}
		before := all[agent]
		all[agent] = sha256.Sum256(append(before[:], lab[:]...))
	}
	return all, rows.Err()
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
	for i := len(tableOrder) - 1; i >= 0; i-- {
		if tableOrder[i] == resources.name { // resources refer to each other
			if err := tx.exec(ctx, "UPDATE economic_resource SET contained_in = ?", nil); err != nil {
				return nil, err
			}
		}
		if tableOrder[i] == events.name {
			if err := tx.exec(ctx, "UPDATE economic_event SET corrects = ?, scrap_of = ?", nil, nil); err != nil {
				return nil, err
			}
		}
		if err := tx.exec(ctx, "DELETE FROM "+tableOrder[i]); err != nil {
			return nil, err
		}
	}
	if err := tx.exec(ctx, "DELETE FROM agent_lab"); err != nil {
		return nil, err
	}
	if err := replay(); err != nil {
		return nil, err
	}
	tx.Touch()
	after, err := tx.digests(ctx)
	if err != nil {
		return nil, err
	}
	return differences(before, after), nil
}

func (tx *Tx) digests(ctx context.Context) (digests, error) {
	all := digests{}
	for _, p := range projections {
		d, err := p.digest(ctx, tx)
		if err != nil {
			return nil, err
		}
		all[p.key()] = d
	}
	return all, nil
}

func differences(before, after digests) []string {
	var found []string
	for name, rows := range before {
		for id, hash := range rows {
			switch now, ok := after[name][id]; {
			case !ok:
				found = append(found, fmt.Sprintf("%s %s: the journal knows no such record", name, id))
			case now != hash:
				found = append(found, fmt.Sprintf("%s %s: differs from what the journal makes of it", name, id))
			}
		}
		for id := range after[name] {
			if _, ok := rows[id]; !ok {
				found = append(found, fmt.Sprintf("%s %s: was missing", name, id))
			}
		}
	}
	sort.Strings(found)
	return found
}
