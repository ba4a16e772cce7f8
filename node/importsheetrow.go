package node

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
	"disconode/valueflows/sheet"
)

// record records the events of some rows, and lets go of what it read for them.
func (i *sheetImporter) record(flows []*sheet.Flow) error {
	rows, err := i.identify(flows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		i.report.Read++
		if err := i.row(row); err != nil {
			return err
		}
	}
	i.known = nil
	return i.tx.Relax()
}

// sheetRow is a row with the name of its event.
type sheetRow struct {
	*sheet.Flow
	iri   string
	id    valueflows.ID
	alike string // of a row without a key: what it shares with those that it may be an edit of
}

// identify names the events of rows, and looks up which of them the books have.
func (i *sheetImporter) identify(flows []*sheet.Flow) ([]*sheetRow, error) {
	rows := make([]*sheetRow, 0, len(flows))
	i.known = map[valueflows.ID]*store.Event{}
	var ids []valueflows.ID
	for _, f := range flows {
		row := &sheetRow{Flow: f}
		switch key := f.ExternalID.Text; {
		case f.ID.Text != "" && i.isOurs(f.ID.Text, row):
		case key != "":
			row.iri = i.keyed(key)
		case f.ID.Text != "":
			row.iri = i.keyed(f.ID.Text)
		default:
			i.alike.name(i.alikeBegins(), row)
		}
		if row.iri != "" {
			row.id = valueflows.IDOf(row.iri)
		}
		if _, twice := i.known[row.id]; !twice {
			i.known[row.id] = nil
			ids = append(ids, row.id)
		}
		rows = append(rows, row)
	}
	events, err := i.tx.EventsOf(ids)
	for _, e := range events {
		i.known[e.ID] = e
	}
	return rows, err
}

// isOurs tells whether a text is the id of an event in these books, and names
// the row by it. Any other text is a key like an external one.
func (i *sheetImporter) isOurs(text string, row *sheetRow) bool {
	if !isReference(text) {
		return false
	}
	id, err := i.n.Ref(i.ctx, text)
	if err != nil {
		return false
	}
	e, err := store.GetRow[store.Event](i.tx, id)
	if err != nil || !i.sees(&e.EconomicEvent) || e.Stub {
		return false
	}
	row.id = id
	return true
}

// row records the event of one row, unless the books have it.
func (i *sheetImporter) row(row *sheetRow) error {
	known := i.known[row.id]
	i.settled = known != nil && !known.Stub && known.Position <= i.began && i.sees(&known.EconomicEvent)
	e, created, err := i.event(row)
	settled := i.settled
	if i.settled = false; err != nil {
		return err
	}
	if settled && namesAlone(row.Faults) {
		i.report.Unchanged++
		i.report.differs(row.Row, "the books keep this event as it is, though its names mean nobody or nothing any more, or several: "+row.Faults[0].Text)
		return nil
	}
	if known != nil && !i.sees(&known.EconomicEvent) {
		row.fault(sheet.Cell{}, taken(row.iri))
	}
	if len(row.Faults) > 0 {
		return i.refuse(row)
	}
	switch {
	case known != nil && known.Position > i.began:
		row.fault(idCell(row), valueflows.Invalid("EXISTS", "an earlier row goes by the same id, which names one event: give each row its own"))
		return i.refuse(row)
	case known != nil && !known.Stub:
		return i.unchanged(row, e, known)
	case row.alike != "" && i.alike.mayBeEdit(row):
		return i.wait(row)
	}
	return i.happen(row, e, created)
}

// namesAlone tells whether names are all that is wrong with a row.
func namesAlone(faults []sheet.Fault) bool {
	return len(faults) > 0 && !slices.ContainsFunc(faults, func(f sheet.Fault) bool { return f.Code != "UNKNOWN_REFERENCE" && f.Code != "AMBIGUOUS_NAME" })
}

func idCell(row *sheetRow) sheet.Cell {
	if row.ExternalID.Text != "" {
		return row.ExternalID
	}
	return row.ID
}

func (r *sheetRow) fault(c sheet.Cell, err error) {
	fault := sheet.Fault{Row: r.Row, Column: c.Column, Text: err.Error()}
	var input *valueflows.InputError
	if errors.As(err, &input) {
		fault.Code, fault.Text = input.Code, input.Text
	}
	r.Faults = append(r.Faults, fault)
}

func (i *sheetImporter) refuse(row *sheetRow) error {
	for _, f := range row.Faults {
		i.report.fault(f)
	}
	return nil
}

// happen records the event of a row. What is wrong with it is told by column.
func (i *sheetImporter) happen(row *sheetRow, e *valueflows.EconomicEvent, created *valueflows.EconomicResource) error {
	if err := i.recordEvent(e, created); err != nil {
		if err := i.blame(row, err); err != nil {
			return err
		}
		return i.refuse(row)
	}
	i.report.New++
	if row, err := store.GetRow[store.Event](i.tx, e.ID); err == nil {
		i.known[e.ID] = row // for a further row that goes by the same id
	}
	if created != nil {
		i.forget(valueflows.ClassEconomicResource, string(created.Name))
		i.forget(valueflows.ClassEconomicResource, string(created.TrackingIdentifier))
	}
	return nil
}

// blame turns what is wrong with an event into faults of the row's columns, and
// passes any other error on.
func (i *sheetImporter) blame(row *sheetRow, err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			if err := i.blame(row, one); err != nil {
				return err
			}
		}
		return nil
	}
	var input *valueflows.InputError
	if !errors.As(err, &input) {
		return err
	}
	row.fault(sheet.Cell{Column: sheet.ColumnOf(i.form, input.Path)}, input)
	return nil
}

// unchanged lists what a row says otherwise than the event that the books have.
func (i *sheetImporter) unchanged(row *sheetRow, e *valueflows.EconomicEvent, known *store.Event) error {
	i.report.Unchanged++
	names, err := jsonld.Differences(e, &known.EconomicEvent)
	if err != nil || len(names) == 0 {
		return err
	}
	for at, name := range names {
		if column := sheet.ColumnOf(i.form, []string{name}); column != "" {
			names[at] = column
		}
	}
	i.report.differs(row.Row, fmt.Sprintf("the books have this event with another %s: that was kept. Where the books are wrong, record an event that corrects %s",
		strings.Join(names, ", "), known.ID))
	return nil
}
