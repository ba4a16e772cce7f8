package store

import (
	"context"
	"fmt"
	"strings"

	"disconode/valueflows"
)

// most reads rows that are found in several ways, each by its own index, and
// gives each once. It fails with [ErrTooMany] past so many.
func (t *table[T]) most(ctx context.Context, q querier, most int, sels ...selection) ([]*T, error) {
	var texts []string
	var args []any
	for i := range sels {
		texts = append(texts, t.selectFrom("WHERE "+sels[i].text()))
		args = append(args, sels[i].args...)
	}
	rows, err := t.all(ctx, q, strings.Join(texts, " UNION ALL ")+" LIMIT ?", append(args, most+1)...)
	if err == nil && len(rows) > most {
		err = ErrTooMany
	}
	return t.distinct(rows), err
}

// flowsBy returns the events that the reader sees and that name one of the ids
// in one of the columns; by and narrows each column's.
func (s *Store) flowsBy(ctx context.Context, sight Sight, ids []valueflows.ID, most int, by map[string]func(*selection)) ([]*Event, error) {
	var all []*Event
	err := inSets(ids, func(part []valueflows.ID) error {
		var sels []selection
		for _, column := range []string{"input_of", "output_of", "resource_inventoried_as", "to_resource_inventoried_as"} {
			narrow, ok := by[column]
			if !ok {
				continue
			}
			sel := selection{dialect: s.dialect}
			sel.and("NOT stub")
			sel.seen(events.name, sight)
			sel.and(column+in(len(part)), padded(part)...)
			narrow(&sel)
			sels = append(sels, sel)
		}
		rows, err := flowing.most(ctx, s, most-len(all), sels...)
		all = append(all, rows...)
		return err
	})
	return flowing.distinct(all), err
}

func asTheyAre(*selection) {}

// FlowsInto returns the events that the reader sees and that give to one of the
// resources, or count on one by one of the actions. It fails with [ErrTooMany]
// past so many.
func (s *Store) FlowsInto(ctx context.Context, sight Sight, resources []valueflows.ID, actions []valueflows.Action, most int) ([]*Event, error) {
	return s.flowsBy(ctx, sight, resources, most, map[string]func(*selection){
		"to_resource_inventoried_as": asTheyAre,
		"resource_inventoried_as": func(sel *selection) {
			anyText(sel, map[string]bool{"action": true}, "action", actions)
		},
	})
}

// FlowsOf returns the inputs and outputs of processes that the reader sees. It
// fails with [ErrTooMany] past so many.
func (s *Store) FlowsOf(ctx context.Context, sight Sight, processes []valueflows.ID, most int) ([]*Event, error) {
	return s.flowsBy(ctx, sight, processes, most, map[string]func(*selection){"input_of": asTheyAre, "output_of": asTheyAre})
}

// AgreementsOf returns the agreements in a LAB's books that events realize,
// directly or by fulfilling a clause, in the order of their ids.
func (s *Store) AgreementsOf(ctx context.Context, lab valueflows.ID, ids []valueflows.ID) ([]valueflows.ID, error) {
	found := map[valueflows.ID]bool{}
	var all []valueflows.ID
	err := inSets(ids, func(part []valueflows.ID) error {
		var arms []string
		var args []any
		for _, column := range []string{"realization_of", "reciprocal_realization_of"} {
			arms = append(arms, "SELECT "+column+" FROM economic_event WHERE id"+in(len(part))+" AND "+column+" IS NOT NULL")
			args = append(args, padded(part)...)
		}
		for _, column := range []string{"clause_of", "reciprocal_clause_of"} {
			arms = append(arms, "SELECT c."+column+" FROM inverse v JOIN commitment c ON c.id = v.target AND c.lab = ?"+
				" WHERE v.property = 'fulfills' AND v.owner"+in(len(part))+" AND c."+column+" IS NOT NULL")
			args = append(append(args, idArg(lab)), padded(part)...)
		}
		rows, err := s.query(ctx, strings.Join(arms, " UNION "), args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id valueflows.ID
			if err := rows.Scan(idValue{&id}); err != nil {
				return fmt.Errorf("read agreements: %w", err)
			}
			if !found[id] {
				found[id] = true
				all = append(all, id)
			}
		}
		return rows.Err()
	})
	return all, err
}

// CountedByID returns those of the resources that are counted in a LAB's books,
// in no order.
func (s *Store) CountedByID(ctx context.Context, lab valueflows.ID, ids []valueflows.ID) ([]*valueflows.EconomicResource, error) {
	var all []*valueflows.EconomicResource
	err := inSets(ids, func(part []valueflows.ID) error {
		rows, err := counted.where(ctx, s, "id"+in(len(part))+" AND lab = ? AND NOT stub AND accounting_coef IS NOT NULL", append(padded(part), idArg(lab))...)
		all = append(all, rows...)
		return err
	})
	return all, err
}
