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

// Written is what is written on a resource, and the position that it was
// recorded at.
type Written struct {
	Resource, Lot valueflows.ID
	Position      int64
	Tracking      string
}

// EachLabel calls do with every resource of a LAB's books that has a tracking
// identifier or is of a lot, in recorded order.
func (s *Store) EachLabel(ctx context.Context, lab valueflows.ID, do func(Written)) error {
	return s.eachWritten(ctx, do, "SELECT id, position, tracking_identifier, of_batch_lot FROM economic_resource"+
		" WHERE lab = ? AND (tracking_identifier <> '' OR of_batch_lot IS NOT NULL) ORDER BY position", idArg(lab))
}

// EachLabelSince calls do with every resource of a LAB's books that the journal
// tells of after one position and up to another, as it is now: with nothing
// written on it where there is nothing, or it is not in the books any more.
func (s *Store) EachLabelSince(ctx context.Context, lab valueflows.ID, after, until int64, do func(Written)) error {
	return s.eachWritten(ctx, do, "SELECT j.record, COALESCE(r.position, 0), COALESCE(r.tracking_identifier, ''), r.of_batch_lot FROM journal j"+
		" LEFT JOIN economic_resource r ON r.id = j.record AND r.lab = j.lab"+sinceThen, after, until, idArg(lab), string(valueflows.ClassEconomicResource))
}

// sinceThen narrows to what the journal tells of a LAB's records of a class.
const sinceThen = " WHERE j.position > ? AND j.position <= ? AND j.lab = ? AND j.class = ? ORDER BY j.position"

func (s *Store) eachWritten(ctx context.Context, do func(Written), text string, args ...any) error {
	rows, err := s.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var w Written
		if err := rows.Scan(idValue{&w.Resource}, &w.Position, &w.Tracking, idValue{&w.Lot}); err != nil {
			return fmt.Errorf("read labels: %w", err)
		}
		do(w)
	}
	return rows.Err()
}

// EachBase calls do with every process of a LAB's books that is based on a
// specification.
func (s *Store) EachBase(ctx context.Context, lab valueflows.ID, do func(process, on valueflows.ID)) error {
	return s.eachBase(ctx, do, "SELECT id, based_on FROM process WHERE lab = ? AND based_on IS NOT NULL ORDER BY position", idArg(lab))
}

// EachBaseSince calls do with every process of a LAB's books that the journal
// tells of after one position and up to another, as it is now: based on zero
// where it is based on nothing, or is not in the books any more.
func (s *Store) EachBaseSince(ctx context.Context, lab valueflows.ID, after, until int64, do func(process, on valueflows.ID)) error {
	return s.eachBase(ctx, do, "SELECT j.record, p.based_on FROM journal j LEFT JOIN process p ON p.id = j.record AND p.lab = j.lab"+sinceThen,
		after, until, idArg(lab), string(valueflows.ClassProcess))
}

func (s *Store) eachBase(ctx context.Context, do func(process, on valueflows.ID), text string, args ...any) error {
	rows, err := s.query(ctx, text, args...)
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
