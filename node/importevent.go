package node

import (
	"fmt"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// lookUp finds the events of the batch that the books have already.
func (i *importer) lookUp() error {
	for at := range i.batch.Steps {
		step := &i.batch.Steps[at]
		if step.Event == nil {
			continue
		}
		known, err := i.eventOf(step)
		if err := i.noted(err, step.Place, step.Statement); err != nil {
			return err
		}
		if known != nil {
			i.events[step.Event.ID] = known
			i.last = at
		}
	}
	return nil
}

// eventOf is the event of a step as the books have it, or nil. It fails with
// an [*valueflows.InputError] where its name belongs to something else.
func (i *importer) eventOf(step *jsonld.Step) (*valueflows.EconomicEvent, error) {
	if i.classOf(step.Event.ID) == "" {
		return nil, i.free(&step.Event.Record)
	}
	row, err := store.GetRow[store.Event](i.tx, step.Event.ID)
	there, err := found(err)
	switch {
	case err != nil:
		return nil, err
	case !there || !i.sees(&row.EconomicEvent):
		return nil, taken(i.batch.Names[step.Event.ID])
	case row.Stub:
		return nil, nil
	}
	return &row.EconomicEvent, nil
}

// step does one step of the batch.
func (i *importer) step(at int, step *jsonld.Step) error {
	switch {
	case step.Check != nil:
		return i.check(at, step)
	case step.Record != nil:
		return i.item(jsonld.Item{Statement: step.Statement, Record: step.Record})
	case i.events[step.Event.ID] != nil:
		return i.unchanged(step)
	case step.Opening:
		return i.open(step)
	}
	i.report.New++
	return i.happen(step)
}

// unchanged compares an event that the books have with what is stated of it.
func (i *importer) unchanged(step *jsonld.Step) error {
	if step.Opening {
		i.opened[step.Event.ResourceInventoriedAs] = true
	}
	if step.Creates != nil {
		if err := i.described(step); err != nil {
			return err
		}
	}
	if step.Statement == nil {
		return nil
	}
	i.report.Unchanged++
	return i.differ(step.Statement, step.Event, i.events[step.Event.ID], nil)
}

// described compares a resource that the books have with what is stated of it,
// but for what events change.
func (i *importer) described(step *jsonld.Step) error {
	i.report.Unchanged++
	row, err := store.GetRow[valueflows.EconomicResource](i.tx, step.Creates.ID)
	if there, err := found(err); !there {
		return err
	}
	return i.differ(step.Of, step.Creates, row, map[string]bool{
		"primaryAccountable": true, "custodian": true, "currentLocation": true, "containedIn": true, "stage": true, "state": true, "overdraw": true,
	})
}

// open records how a resource stood when the documents first speak of it,
// unless the books have the resource already.
func (i *importer) open(step *jsonld.Step) error {
	id := step.Event.ResourceInventoriedAs
	if step.Creates == nil {
		if !i.opened[id] {
			return nil
		}
		return i.happen(step)
	}
	there, err := i.counted(id)
	if err != nil {
		return err
	}
	if there {
		return i.described(step)
	}
	i.opened[id] = true
	return i.happen(step)
}

// counted tells whether the books count a resource.
func (i *importer) counted(id valueflows.ID) (bool, error) {
	row, err := store.GetRow[valueflows.EconomicResource](i.tx, id)
	there, err := found(err)
	if there && !i.sees(row) {
		return false, taken(i.batch.Names[id])
	}
	return there && !row.Stub, err
}

// happen records an event, and tells where it draws a resource below zero.
func (i *importer) happen(step *jsonld.Step) error {
	event := *step.Event // the command may run again
	var created *valueflows.EconomicResource
	if step.Creates != nil {
		there, err := i.counted(step.Creates.ID)
		if err != nil {
			return err
		}
		if there {
			if err := i.described(step); err != nil {
				return err
			}
		} else {
			if err := i.free(&step.Creates.Record); err != nil {
				return err
			}
			i.report.New++
			resource := *step.Creates
			created = &resource
			event.ResourceInventoriedAs = without(event.ResourceInventoriedAs, created.ID)
			event.ToResourceInventoriedAs = without(event.ToResourceInventoriedAs, created.ID)
		}
	}
	if err := i.recordEvent(&event, created); err != nil {
		return err
	}
	return i.tellBelow(step, &event)
}

func without(id, created valueflows.ID) valueflows.ID {
	if id == created {
		return valueflows.ID{}
	}
	return id
}

// tellBelow reports each event that draws a resource further below zero than
// any before, where nothing but this import lets it.
func (i *importer) tellBelow(step *jsonld.Step, e *valueflows.EconomicEvent) error {
	for _, id := range []valueflows.ID{e.ResourceInventoriedAs, e.ToResourceInventoriedAs} {
		least, marked := i.below[id]
		if !marked {
			continue
		}
		r, err := store.GetRow[valueflows.EconomicResource](i.tx, id)
		if err != nil {
			return err
		}
		for _, side := range []struct {
			what string
			is   *valueflows.Measure
		}{{"accounted for", r.AccountingQuantity}, {"on hand", r.OnhandQuantity}} {
			if side.is == nil || side.is.HasNumericalValue.Cmp(least) >= 0 {
				continue
			}
			least = side.is.HasNumericalValue
			i.tell(step.Place, jsonld.Tolerated, fmt.Sprintf("%s falls to %s %s by this event: it may be overdrawn from here on",
				i.batch.Names[id], least, side.what))
		}
		i.below[id] = least
	}
	return nil
}

// check compares what is stated of a resource with the books, where they stand
// at that point of the documents: not where what comes later is in them already.
func (i *importer) check(at int, step *jsonld.Step) error {
	if at < i.last || step.Opening && i.opened[step.Check.Stated.ID] {
		return nil
	}
	row, err := store.GetRow[valueflows.EconomicResource](i.tx, step.Check.Stated.ID)
	there, err := found(err)
	if err != nil {
		return err
	}
	if !there || row.Stub {
		row = nil
	}
	for _, line := range step.Check.Compare(row) {
		i.report.Add(line)
	}
	return nil
}
