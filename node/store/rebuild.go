package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sort"

	"disconode/valueflows"
)

// digest is a row of a projection: its key, and a hash of what it says, no longer
// than it must be, since there is one in memory for every row.
type digest struct {
	id   valueflows.ID
	hash [8]byte
}

func digestOf(id valueflows.ID, text []byte) digest {
	whole := sha256.Sum256(text)
	return digest{id, [8]byte(whole[:8])}
}

type projection interface {
	key() string
	// each calls do with every row.
	each(ctx context.Context, q querier, do func(digest)) error
}

func (t *table[T]) key() string { return t.name }

func (t *table[T]) each(ctx context.Context, q querier, do func(digest)) error {
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
		do(digestOf(t.id(row), text))
	}
	return rows.Err()
}

// adoptions are which other LABs know an agent, by the agent.
type adoptions struct{}

func (adoptions) key() string { return "agent_lab" }

func (adoptions) each(ctx context.Context, q querier, do func(digest)) error {
	rows, err := q.query(ctx, "SELECT agent, lab FROM agent_lab ORDER BY agent, lab")
	if err != nil {
		return err
	}
	defer rows.Close()
	var of valueflows.ID
	var labs []byte
	end := func() {
		if len(labs) > 0 {
			do(digestOf(of, labs))
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
	&labs, &memberships, &spatialThings, &agents, &units, &resourceSpecifications, &processSpecifications,
	&processes, &batchLotRecords, &resources, &events, adoptions{}, inverses{},
	&plans, &agreementBundles, &agreements, &intents, &commitments, &claims, &proposals, &proposalLists,
	&recipes, &recipeProcesses, &recipeExchanges, &recipeFlows, &agentRelationshipRoles, &agentRelationships,
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
	return tx.differences(ctx, before)
}

// empty empties every projection.
func (tx *Tx) empty(ctx context.Context) error {
	for i := len(tableOrder) - 1; i >= 0; i-- {
		name := tableOrder[i]
		switch name { // whose rows refer to each other
		case resources.name:
			if err := tx.inParts(ctx, name, "id", "UPDATE economic_resource SET contained_in = NULL WHERE contained_in IS NOT NULL"); err != nil {
				return err
			}
		case events.name:
			if err := tx.inParts(ctx, name, "id", "UPDATE economic_event SET corrects = NULL, scrap_of = NULL WHERE (corrects IS NOT NULL OR scrap_of IS NOT NULL)"); err != nil {
				return err
			}
		}
		if err := tx.inParts(ctx, name, "id", "DELETE FROM "+name+" WHERE 1 = 1"); err != nil {
			return err
		}
	}
	if err := tx.inParts(ctx, "inverse", "target", "DELETE FROM inverse WHERE 1 = 1"); err != nil {
		return err
	}
	return tx.inParts(ctx, "agent_lab", "agent", "DELETE FROM agent_lab WHERE 1 = 1")
}

// partRows is how many rows of a table one statement changes, and beyond them only
// those of the same key: SQLite keeps in memory what it would need to take a
// statement back.
const partRows = 100

// inParts runs a statement, which ends with a condition, on a whole table, some
// rows at a time in the order of a key.
func (tx *Tx) inParts(ctx context.Context, name, key, text string) error {
	for after := []byte{}; ; {
		rows, err := tx.query(ctx, "SELECT "+key+" FROM "+name+" WHERE "+key+" > ? ORDER BY "+key+" LIMIT ?", after, partRows)
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
		if err := tx.exec(ctx, text+" AND "+key+" > ? AND "+key+" <= ?", after, last); err != nil {
			return err
		}
		after = last
	}
}

// digests are those of every row of the projections, in their order.
func (tx *Tx) digests(ctx context.Context) (map[projection][]digest, error) {
	all := map[projection][]digest{}
	for _, p := range projections {
		var err error
		if all[p], err = tx.digestsOf(ctx, p); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// digestsOf are those of one projection, by id.
func (tx *Tx) digestsOf(ctx context.Context, p projection) ([]digest, error) {
	var rows []digest
	err := p.each(ctx, tx, func(d digest) { rows = append(rows, d) })
	slices.SortFunc(rows, func(a, b digest) int { return bytes.Compare(a.id[:], b.id[:]) })
	return rows, err
}

// differences says in words how the projections were before other than they are now.
func (tx *Tx) differences(ctx context.Context, before map[projection][]digest) ([]string, error) {
	var found []string
	for _, p := range projections {
		now, err := tx.digestsOf(ctx, p)
		if err != nil {
			return nil, err
		}
		for was := before[p]; len(was) > 0 || len(now) > 0; {
			order := -1 // which row comes first: below 0 the one that was, above 0 the one that is
			switch {
			case len(was) == 0:
				order = 1
			case len(now) > 0:
				order = bytes.Compare(was[0].id[:], now[0].id[:])
			}
			switch {
			case order < 0:
				found = append(found, fmt.Sprintf("%s %s: the journal knows no such record", p.key(), was[0].id))
			case order > 0:
				found = append(found, fmt.Sprintf("%s %s: was missing", p.key(), now[0].id))
			case was[0].hash != now[0].hash:
				found = append(found, fmt.Sprintf("%s %s: differs from what the journal makes of it", p.key(), now[0].id))
			}
			if order <= 0 {
				was = was[1:]
			}
			if order >= 0 {
				now = now[1:]
			}
		}
		delete(before, p)
	}
	sort.Strings(found)
	return found, nil
}
