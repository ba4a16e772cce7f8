package store

import "disconode/valueflows"

// EventsOfProcess are the events of a process in a LAB's books and those that
// record its scrap, in recorded order, as the transaction sees them.
func (tx *Tx) EventsOfProcess(lab, process valueflows.ID) ([]*Event, error) {
	return events.where(tx.w.ctx, tx, "lab = ? AND input_of = ? OR lab = ? AND output_of = ?"+
		" OR scrap_of IN (SELECT id FROM economic_event WHERE lab = ? AND output_of = ?) ORDER BY position",
		idArg(lab), idArg(process), idArg(lab), idArg(process), idArg(lab), idArg(process))
}

// Corrections are the events that correct an event, directly or in a chain, in
// recorded order, as the transaction sees them.
func (tx *Tx) Corrections(root valueflows.ID) ([]*Event, error) {
	return events.where(tx.w.ctx, tx, "corrects_root = ? ORDER BY position", idArg(root))
}

// References counts what refers to a record of a class, by the columns that can.
func (tx *Tx) References(class valueflows.Class, id valueflows.ID) (int64, error) {
	var n int64
	for _, place := range referrers[class] {
		rows, err := tx.query(tx.w.ctx, "SELECT COUNT(*) FROM "+place.table+" WHERE "+place.column+" = ?", idArg(id))
		if err != nil {
			return 0, err
		}
		var here int64
		for rows.Next() {
			if err := rows.Scan(&here); err != nil {
				rows.Close()
				return 0, err
			}
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return 0, err
		}
		n += here
	}
	return n, nil
}

type place struct{ table, column string }

func places(table string, columns ...string) []place {
	var all []place
	for _, column := range columns {
		all = append(all, place{table, column})
	}
	return all
}

var agentReferrers = append(append(places("economic_event", "provider", "receiver", "recorded_by"),
	places("economic_resource", "primary_accountable", "custodian")...), append(places("process", "in_scope_of"), places("membership", "person", "lab")...)...)

var referrers = map[valueflows.Class][]place{
	valueflows.ClassPerson:          agentReferrers,
	valueflows.ClassOrganization:    agentReferrers,
	valueflows.ClassEcologicalAgent: agentReferrers,
	valueflows.ClassUnit: append(append(places("economic_event", "resource_unit", "effort_unit"),
		places("economic_resource", "accounting_unit", "onhand_unit", "unit_of_effort")...), places("resource_specification", "default_unit_of_resource", "default_unit_of_effort")...),
	valueflows.ClassResourceSpecification: append(places("economic_event", "resource_conforms_to"), places("economic_resource", "conforms_to")...),
	valueflows.ClassProcessSpecification:  append(places("process", "based_on"), places("economic_resource", "stage")...),
	valueflows.ClassProcess:               places("economic_event", "input_of", "output_of"),
	valueflows.ClassSpatialThing:          append(append(places("economic_event", "to_location"), places("economic_resource", "current_location")...), places("agent", "primary_location")...),
	valueflows.ClassBatchLotRecord:        places("economic_resource", "of_batch_lot"),
}

// DeleteRow removes a row: nothing refers to it.
func DeleteRow[T Row](tx *Tx, id valueflows.ID) error {
	t := tableOf[T]()
	if err := tx.flush(tx.w.ctx); err != nil {
		return err
	}
	delete(t.pending(tx).known, id)
	return tx.exec(tx.w.ctx, "DELETE FROM "+t.name+" WHERE id = ?", idArg(id))
}
