package store

import (
	"context"
	"fmt"

	"disconode/valueflows"
)

// EachFlow calls do with what every event of a LAB's books after a position
// leads from and to, in recorded order, and returns the position of the last.
// Care for people, which is its parties' own, is not among them.
func (s *Store) EachFlow(ctx context.Context, lab valueflows.ID, after int64, do func(*valueflows.EconomicEvent)) (int64, error) {
	rows, err := s.query(ctx, "SELECT id, position, action, input_of, output_of, resource_inventoried_as, to_resource_inventoried_as FROM economic_event"+
		" WHERE lab = ? AND position > ? AND stream <> ? AND NOT stub ORDER BY position", idArg(lab), after, string(valueflows.CarePeople))
	if err != nil {
		return after, err
	}
	defer rows.Close()
	for rows.Next() {
		var e valueflows.EconomicEvent
		if err := rows.Scan(idValue{&e.ID}, &e.Position, stringValue[valueflows.Action]{&e.Action}, idValue{&e.InputOf}, idValue{&e.OutputOf},
			idValue{&e.ResourceInventoriedAs}, idValue{&e.ToResourceInventoriedAs}); err != nil {
			return after, fmt.Errorf("read flows: %w", err)
		}
		do(&e)
		after = e.Position
	}
	return after, rows.Err()
}

// EachLabel calls do with every resource of a LAB's books that has a tracking
// identifier or is of a lot, in recorded order.
func (s *Store) EachLabel(ctx context.Context, lab valueflows.ID, do func(resource valueflows.ID, tracking string, lot valueflows.ID)) error {
	rows, err := s.query(ctx, "SELECT id, tracking_identifier, of_batch_lot FROM economic_resource"+
		" WHERE lab = ? AND (tracking_identifier <> '' OR of_batch_lot IS NOT NULL) ORDER BY position", idArg(lab))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, lot valueflows.ID
		var tracking string
		if err := rows.Scan(idValue{&id}, &tracking, idValue{&lot}); err != nil {
			return fmt.Errorf("read labels: %w", err)
		}
		do(id, tracking, lot)
	}
	return rows.Err()
}

// EachBase calls do with every process of a LAB's books that is based on a
// specification.
func (s *Store) EachBase(ctx context.Context, lab valueflows.ID, do func(process, on valueflows.ID)) error {
	rows, err := s.query(ctx, "SELECT id, based_on FROM process WHERE lab = ? AND based_on IS NOT NULL ORDER BY position", idArg(lab))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, on valueflows.ID
		if err := rows.Scan(idValue{&id}, idValue{&on}); err != nil {
			return fmt.Errorf("read processes: %w", err)
		}
		do(id, on)
	}
	return rows.Err()
}
