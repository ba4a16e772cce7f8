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

// DeleteRow removes a row: nothing refers to it.
func DeleteRow[T Row](tx *Tx, id valueflows.ID) error {
	t := tableOf[T]()
	if err := tx.flush(tx.w.ctx); err != nil {
		return err
	}
	delete(t.pending(tx).known, id)
	if t.lists != nil {
		if err := tx.exec(tx.w.ctx, "DELETE FROM inverse WHERE owner = ?", idArg(id)); err != nil {
			return err
		}
	}
	return tx.exec(tx.w.ctx, "DELETE FROM "+t.name+" WHERE id = ?", idArg(id))
}
