package node

import (
	"errors"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/sheet"
)

// event is the event that a row tells, and the resource that it makes, or nil.
// What the row names wrongly becomes faults of the row.
func (i *sheetImporter) event(row *sheetRow) (*valueflows.EconomicEvent, *valueflows.EconomicResource, error) {
	e := row.Event
	e.ID, e.IRI = row.id, row.iri
	for _, name := range []struct {
		class valueflows.Class
		cell  sheet.Cell
		into  *valueflows.ID
	}{
		{classAgent, row.Provider, &e.Provider},
		{classAgent, row.Receiver, &e.Receiver},
		{valueflows.ClassResourceSpecification, row.Kind, &e.ResourceConformsTo},
		{valueflows.ClassEconomicResource, row.Resource, &e.ResourceInventoriedAs},
		{valueflows.ClassEconomicResource, row.ToResource, &e.ToResourceInventoriedAs},
		{valueflows.ClassProcess, row.InputOf, &e.InputOf},
		{valueflows.ClassProcess, row.OutputOf, &e.OutputOf},
		{valueflows.ClassSpatialThing, row.Place, &e.ToLocation},
	} {
		id, err := i.mean(name.class, name.cell, row.Worker)
		if err := i.wrong(row, name.cell, err); err != nil {
			return nil, nil, err
		}
		*name.into = id
	}
	if row.ToLab {
		e.Receiver = i.by.Lab
	}
	for _, unit := range []struct {
		cell sheet.Cell
		into *valueflows.Measure
	}{{row.Unit, e.ResourceQuantity}, {row.EffortUnit, e.EffortQuantity}} {
		if unit.cell.Text == "" {
			continue
		}
		id, err := i.mean(valueflows.ClassUnit, unit.cell, false)
		if err := i.wrong(row, unit.cell, err); err != nil {
			return nil, nil, err
		}
		unit.into.HasUnit = id
	}
	created, err := i.makes(row, &e)
	if err != nil {
		return nil, nil, err
	}
	for _, do := range []func(*sheetRow, *valueflows.EconomicEvent) error{i.corrects, i.plans, i.fits} {
		if err := do(row, &e); err != nil {
			return nil, nil, err
		}
	}
	return &e, created, nil
}

// wrong makes a fault of what is wrong with an input, and passes any other
// error on.
func (i *sheetImporter) wrong(row *sheetRow, c sheet.Cell, err error) error {
	var input *valueflows.InputError
	if errors.As(err, &input) {
		row.fault(c, input)
		return nil
	}
	return err
}

// makes is the resource that the row's event makes, or nil. A tracking
// identifier alone names the resource that is counted.
func (i *sheetImporter) makes(row *sheetRow, e *valueflows.EconomicEvent) (*valueflows.EconomicResource, error) {
	if row.NewResource.Text != "" {
		iri := row.iri + ":resource"
		if row.iri == "" {
			iri = i.keyed(row.id.String()) + ":resource"
		}
		return &valueflows.EconomicResource{Record: valueflows.Record{ID: valueflows.IDOf(iri), IRI: iri},
			Name: valueflows.Text(row.NewResource.Text), TrackingIdentifier: valueflows.Text(row.Tracking.Text), ConformsTo: e.ResourceConformsTo}, nil
	}
	if row.Resource.Text == "" && row.Tracking.Text != "" {
		id, err := i.mean(valueflows.ClassEconomicResource, row.Tracking, false)
		e.ResourceInventoriedAs = id
		return nil, i.wrong(row, row.Tracking, err)
	}
	return nil, nil
}

// corrects finds the event that the row corrects, by its id or by the key of
// its row.
func (i *sheetImporter) corrects(row *sheetRow, e *valueflows.EconomicEvent) error {
	text := row.Corrects.Text
	if text == "" {
		return nil
	}
	if isReference(text) {
		id, err := i.referred(valueflows.ClassEconomicEvent, text)
		e.Corrects = id
		return i.wrong(row, row.Corrects, err)
	}
	e.Corrects = valueflows.IDOf(i.keyed(text))
	original, err := store.GetRow[store.Event](i.tx, e.Corrects)
	there, err := found(err)
	if err == nil && (!there || original.Stub || !i.sees(&original.EconomicEvent)) {
		row.fault(row.Corrects, valueflows.Invalid("UNKNOWN_REFERENCE", "no event that came from this kind of sheet goes by %q: give its external_id, its id or its IRI", valueflows.Clip(text)))
	}
	return err
}

// plans reads what the event fulfils, satisfies and settles, and which agreement
// it came of. An IRI that the books do not know is kept as a name.
func (i *sheetImporter) plans(row *sheetRow, e *valueflows.EconomicEvent) error {
	plain := i.ctx
	i.ctx = WithNames(plain)
	defer func() { i.ctx = plain }()
	var agreements []valueflows.ID
	for _, list := range []struct {
		class valueflows.Class
		cell  sheet.Cell
		into  *[]valueflows.ID
	}{
		{valueflows.ClassCommitment, row.Fulfills, &e.Fulfills}, {valueflows.ClassIntent, row.Satisfies, &e.Satisfies},
		{valueflows.ClassClaim, row.Settles, &e.Settles}, {valueflows.ClassAgreement, row.RealizationOf, &agreements},
	} {
		for _, text := range strings.Fields(list.cell.Text) {
			id, err := i.referred(list.class, text)
			if err := i.wrong(row, list.cell, err); err != nil {
				return err
			}
			*list.into = append(*list.into, id)
		}
	}
	switch len(agreements) {
	case 0:
	case 1:
		e.RealizationOf = agreements[0]
	default:
		row.fault(row.RealizationOf, valueflows.Invalid("INVALID_ID", "an event is the realization of one agreement: give one IRI"))
	}
	return nil
}

// fits holds the units of a row to the resource and the kind that it names,
// where the vocabulary could say no more than that they differ.
func (i *sheetImporter) fits(row *sheetRow, e *valueflows.EconomicEvent) error {
	q := e.ResourceQuantity
	if q == nil || q.HasUnit.IsZero() || len(row.Faults) > 0 {
		return nil
	}
	kind := e.ResourceConformsTo
	if !e.ResourceInventoriedAs.IsZero() {
		r, err := store.GetRow[valueflows.EconomicResource](i.tx, e.ResourceInventoriedAs)
		if err != nil {
			return err
		}
		if has := r.AccountingQuantity; has != nil && has.HasUnit != q.HasUnit {
			row.fault(row.Unit, valueflows.Invalid("WRONG_UNIT", "%q is counted in %s, not in %s: convert the quantity and write %s",
				valueflows.Clip(string(r.Name)), i.nameOfUnit(has.HasUnit), i.nameOfUnit(q.HasUnit), i.nameOfUnit(has.HasUnit)))
			return nil
		}
		if kind.IsZero() {
			kind = r.ConformsTo
		}
	}
	if kind.IsZero() {
		return nil
	}
	k, err := store.GetRow[valueflows.ResourceSpecification](i.tx, kind)
	if there, err := found(err); !there {
		return err
	}
	has, got := i.dimension(k.DefaultUnitOfResource), i.dimension(q.HasUnit)
	if !k.DefaultUnitOfResource.IsZero() && has != "" && got != "" && has != got {
		row.fault(row.Unit, valueflows.Invalid("WRONG_UNIT", "%q is counted in %s, a unit of %s, and %s is one of %s: write the quantity in %s",
			valueflows.Clip(k.Name), i.nameOfUnit(k.DefaultUnitOfResource), has, i.nameOfUnit(q.HasUnit), got, i.nameOfUnit(k.DefaultUnitOfResource)))
	}
	return nil
}
