package node

import (
	"fmt"
	"slices"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// line records one line.
func (t *teller) line(l toldLine) error {
	switch l.Kind {
	case jsonld.ExportStub:
		return t.nameOnly(l)
	case jsonld.ExportStanding:
		return t.compare(l)
	}
	t.report.Read++
	return t.told(l, l.Record)
}

// nameOnly makes sure that what the export only names is there.
func (t *teller) nameOnly(l toldLine) error {
	if t.n.isOurs(l.IRI) || valueflows.OMUnit(l.ID) != nil {
		return nil // whether it must be there, those tell that name it
	}
	class := l.Class
	if class == valueflows.ClassUnit && t.classes[l.ID] == "" { // told of later, as all units are
		t.classes[l.ID] = class
		t.report.Stubs++
		return t.append(class, store.Create, &valueflows.Unit{Record: valueflows.Record{ID: l.ID, IRI: l.IRI, Stub: true, Books: t.by.Lab}})
	}
	names := t.ctx.Value(namesKey{}).(*names)
	names.iri[l.ID] = l.IRI // as it is spelled there
	if class == jsonld.AnyAgent {
		class = valueflows.ClassOrganization
	}
	stub := jsonld.Stub{Record: valueflows.Record{ID: l.ID, IRI: l.IRI, Stub: true}, Class: class, Known: true}
	if err := t.stub(stub); err != nil {
		return err
	}
	if t.classes[l.ID] == "" {
		t.classes[l.ID] = class
	}
	return nil
}

// told records what a line says of a record: a new one is made, one that was
// known by name only is completed, and one that the books have stays as it is.
func (t *teller) told(l toldLine, record any) error {
	rec := recordOf(record)
	if t.n.isOurs(l.IRI) {
		rec.IRI = ""
	}
	if t.classes[rec.ID] == "" {
		if err := t.mayMake(rec); err != nil {
			return err
		}
		t.report.New++
		t.classes[rec.ID] = l.Class
		return t.make(store.Create, record)
	}
	row, err := acts[l.Class].row(t.session, rec.ID)
	if there, err := found(err); err != nil {
		return err
	} else if !there {
		return valueflows.Invalid("WRONG_CLASS", "%s is of class %s in the books, not %s", l.IRI, t.classes[rec.ID], l.Class)
	}
	if !t.sees(row) {
		if _, agent := row.(*valueflows.Agent); !agent {
			return taken(l.IRI)
		}
		t.report.Unchanged++
		t.say(l.n, jsonld.Difference, l.IRI+" is known on this node by other books: what they say of it was kept")
		t.ctx.Value(namesKey{}).(*names).iri[rec.ID] = l.IRI
		return refer[valueflows.Agent](t.session, &rec.ID, "@id")
	}
	if t.mayComplete(row) {
		t.report.New++
		switch record.(type) {
		case *valueflows.EconomicEvent, *valueflows.EconomicResource: // from here on they count
			return t.make(store.Create, record)
		case *valueflows.Process:
			t.toldProcess[rec.ID] = true
		}
		return t.make(store.Update, record)
	}
	if process, ok := row.(*valueflows.Process); ok {
		was := record.(*valueflows.Process)
		switch inThis := recordOf(row).Position > t.began || t.toldProcess[rec.ID]; {
		case inThis && process.BasedOn != was.BasedOn:
			return t.make(store.Update, record)
		case !inThis && l.Superseded:
			return nil
		}
	}
	if resource, ok := row.(*valueflows.EconomicResource); ok {
		switch inThis := resource.Position > t.began; {
		case inThis && resource.IsDigital() != record.(*valueflows.EconomicResource).IsDigital():
			return t.make(store.Update, record)
		case !inThis && l.Superseded:
			return nil
		}
	}
	t.report.Unchanged++
	return t.differs(l, record, row)
}

// mayMake tells whether something new may be recorded under its name. The names
// under the node's own address are the node's to give, but for the command line,
// which brings back books that were lost: then ids of the kind that nodes give
// are as good as new.
func (t *teller) mayMake(rec *valueflows.Record) error {
	if rec.IRI == "" && t.by.Role == Operator && rec.ID[6]>>4 == 7 {
		return nil
	}
	return t.free(rec)
}

// make writes a new record, or what one is that was known by its name only.
func (t *teller) make(op store.Operation, record any) error {
	rec := recordOf(record)
	rec.Books = t.by.Lab
	switch r := record.(type) {
	case *valueflows.EconomicEvent:
		return t.happened(r)
	case *valueflows.EconomicResource:
		if err := refer[valueflows.Agent](t.session, &r.Custodian, "custodian"); err != nil {
			return err
		}
	case *valueflows.Agent:
		if r.Kind == valueflows.ClassPerson && r.Name == "" { // who it was has been erased
			if err := refer[valueflows.SpatialThing](t.session, &r.PrimaryLocation, "primaryLocation"); err != nil {
				return err
			}
			return t.keepAgent(op, r)
		}
	}
	if err := t.checkRecord(record); err != nil {
		return err
	}
	if a, ok := record.(*valueflows.Agent); ok {
		return t.keepAgent(op, a)
	}
	return t.append(valueflows.ClassOf(record), op, record)
}

// keepAgent writes an agent, and apart from the journal who a person is.
func (t *teller) keepAgent(op store.Operation, a *valueflows.Agent) error {
	if err := t.append(a.Kind, op, a); err != nil || a.Kind != valueflows.ClassPerson {
		return err
	}
	return t.tx.PutIdentity(identityOf(a))
}

// happened records an event of a history that is told whole: the scrap that it
// left has an event of its own there, and what was not stated, such as a unit,
// was filled in when it was first recorded.
func (t *teller) happened(e *valueflows.EconomicEvent) error {
	var original *store.Event
	if !e.Corrects.IsZero() {
		if err := refer[valueflows.EconomicEvent](t.session, &e.Corrects, "corrects"); err != nil {
			return err
		}
		var err error
		if original, err = store.GetRow[store.Event](t.tx, e.Corrects); err != nil {
			return err
		}
		if original.Stub {
			return valueflows.At(valueflows.Invalid("UNKNOWN_REFERENCE", "what it says is not known here, so it cannot be corrected here"), "corrects")
		}
		if err := e.CheckCorrection(&original.EconomicEvent); err != nil {
			return err
		}
	}
	if err := refer[valueflows.EconomicEvent](t.session, &e.ScrapOf, "scrapOf"); err != nil {
		return err
	}
	if err := t.checkEvent(e, nil); err != nil {
		return err
	}
	if err := t.append(valueflows.ClassEconomicEvent, store.Create, e); err != nil || original == nil {
		return err
	}
	return t.checkNet(e, original)
}

// computed are the properties of a resource that events change: how they stand
// is compared at the end of the export.
var computed = map[string]bool{
	"primaryAccountable": true, "custodian": true, "currentLocation": true, "containedIn": true, "stage": true, "state": true, "overdraw": true,
}

// differs reports what a line says otherwise than the books do.
func (t *teller) differs(l toldLine, stated, row any) error {
	switch r := row.(type) {
	case *valueflows.Agent:
		agent := *r
		if err := t.fillIdentity(&agent); err != nil {
			return err
		}
		row = &agent
	case *valueflows.EconomicEvent:
		if r.Created == nil {
			event, recorded := *r, valueflows.TimeOf(r.Recorded.Time())
			event.Created = &recorded
			row = &event
		}
	}
	names, err := jsonld.Differences(stated, row)
	if err != nil {
		return err
	}
	if valueflows.ClassOf(row) == valueflows.ClassEconomicResource {
		names = slices.DeleteFunc(names, func(name string) bool { return computed[name] })
	}
	if len(names) > 0 {
		t.say(l.n, jsonld.Difference, l.IRI+" is in the books with another "+strings.Join(names, ", ")+": that was kept")
	}
	return nil
}

// compare compares how a resource stands with how the export says that it does.
func (t *teller) compare(l toldLine) error {
	row, err := store.GetRow[valueflows.EconomicResource](t.tx, l.ID)
	if there, err := found(err); err != nil {
		return err
	} else if !there || row.Stub || row.Books != t.by.Lab {
		t.say(l.n, jsonld.Mismatch, l.IRI+" is not counted in these books")
		return nil
	}
	stated := l.Record.(*valueflows.EconomicResource)
	var others []string
	for _, fact := range []struct {
		name      string
		says, has any
	}{
		{"accountingQuantity", counts(stated.AccountingQuantity), counts(row.AccountingQuantity)},
		{"containedIn", fmt.Sprint(stated.Containers()), fmt.Sprint(row.Containers())},
		{"currentLocation", stated.CurrentLocation, row.CurrentLocation},
		{"custodian", stated.Custodian, row.Custodian},
		{"lentOut", stated.LentOut, row.LentOut},
		{"onhandQuantity", counts(stated.OnhandQuantity), counts(row.OnhandQuantity)},
		{"primaryAccountable", stated.PrimaryAccountable, row.PrimaryAccountable},
		{"stage", stated.Stage, row.Stage},
		{"state", stated.State, row.State},
	} {
		if fact.says != fact.has {
			others = append(others, fact.name)
		}
	}
	if len(others) == 0 {
		t.stand++
		return nil
	}
	t.say(l.n, jsonld.Mismatch, l.IRI+" stands in the books with another "+strings.Join(others, ", ")+": events made it so")
	return nil
}

// counts is a quantity as it can be compared.
func counts(m *valueflows.Measure) valueflows.Measure {
	if m == nil {
		return valueflows.Measure{}
	}
	return valueflows.Measure{HasNumericalValue: m.HasNumericalValue.Normal(), HasUnit: m.HasUnit}
}
