package node

import (
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// stub makes sure that what a document only names is there, by its name at least.
func (i *importer) stub(stub jsonld.Stub) error {
	if !isKept(stub.Class) {
		return i.keepName(stub)
	}
	var there bool
	var err error
	switch stub.Class {
	case valueflows.ClassUnit:
		there, err = ensure[valueflows.Unit](i, stub)
	case valueflows.ClassSpatialThing:
		there, err = ensure[valueflows.SpatialThing](i, stub)
	case valueflows.ClassResourceSpecification:
		there, err = ensure[valueflows.ResourceSpecification](i, stub)
	case valueflows.ClassProcessSpecification:
		there, err = ensure[valueflows.ProcessSpecification](i, stub)
	case valueflows.ClassBatchLotRecord:
		there, err = ensure[valueflows.BatchLotRecord](i, stub)
	case valueflows.ClassProcess:
		there, err = ensure[valueflows.Process](i, stub)
	case valueflows.ClassEconomicResource:
		there, err = ensure[valueflows.EconomicResource](i, stub)
	case valueflows.ClassEconomicEvent:
		there, err = ensure[valueflows.EconomicEvent](i, stub)
	default:
		there, err = ensure[valueflows.Agent](i, stub)
	}
	if err == nil && !there {
		i.stubbed(stub)
	}
	return err
}

// ensure tells whether a record is there, and makes a stub of it where it is not.
func ensure[T Kept](i *importer, stub jsonld.Stub) (bool, error) {
	_, err := rowOf[T](i.session, stub.ID)
	there, err := found(err)
	if err != nil {
		return false, err
	}
	return there, refer[T](i.session, &stub.ID, i.batch.Names[stub.ID])
}

// keepName keeps the IRI of a record of a class that a later version keeps.
func (i *importer) keepName(stub jsonld.Stub) error {
	_, err := i.tx.Named(stub.ID)
	if there, err := found(err); there || err != nil {
		return err
	}
	if other := i.classOf(stub.ID); other != "" {
		return valueflows.Invalid("WRONG_CLASS", "%s is of class %s in the books, not %s", i.batch.Names[stub.ID], other, stub.Class)
	}
	if err := i.name(stub.ID, i.batch.Names[stub.ID], stub.Class); err != nil {
		return err
	}
	i.stubbed(stub)
	return nil
}

func (i *importer) stubbed(stub jsonld.Stub) {
	i.report.Stubs++
	if !stub.Known {
		i.report.Add(stub.Line())
	}
}

// item records a thing that is neither event nor resource.
func (i *importer) item(item jsonld.Item) error {
	switch r := item.Record.(type) {
	case *valueflows.Agent:
		return keep(i, item, *r)
	case *valueflows.Unit:
		return keep(i, item, *r)
	case *valueflows.SpatialThing:
		return keep(i, item, *r)
	case *valueflows.ResourceSpecification:
		return keep(i, item, *r)
	case *valueflows.ProcessSpecification:
		return keep(i, item, *r)
	case *valueflows.BatchLotRecord:
		return keep(i, item, *r)
	case *valueflows.Process:
		return keep(i, item, *r)
	}
	return nil
}

// keep records a thing: a new one is made, one that was known by name only is
// completed, and one that the books have stays as it is.
func keep[T Kept](i *importer, item jsonld.Item, record T) error {
	rec := recordOf(&record)
	row, err := rowOf[T](i.session, rec.ID)
	there, err := found(err)
	if err != nil {
		return err
	}
	if !there {
		if err := i.free(rec); err != nil {
			return err
		}
		i.report.New++
		return i.create(&record)
	}
	if !i.sees(row) {
		if _, agent := any(row).(*valueflows.Agent); !agent {
			return taken(item.IRI)
		}
		i.report.Unchanged++
		i.tell(item.Place, jsonld.Difference, item.IRI+" is known on this node by another LAB's books: what they say of it was kept")
		return refer[valueflows.Agent](i.session, &rec.ID, item.IRI)
	}
	if recordOf(row).Stub && (recordOf(row).Books == i.by.Lab || recordOf(row).Books.IsZero() || dataOf(row) == Vocabulary) {
		i.report.New++
		return complete(i, &record)
	}
	i.report.Unchanged++
	kept := *row
	if err := i.fillIdentity(any(&kept)); err != nil {
		return err
	}
	return i.differ(item.Statement, any(&record), any(&kept), nil)
}

// free tells whether a name under which something new is to be recorded belongs
// to nothing else, and to nobody else: the node makes the names of its own.
func (i *importer) free(rec *valueflows.Record) error {
	if rec.IRI == "" {
		return valueflows.Invalid("UNKNOWN_REFERENCE", "%s names a record of this node, which has none of that name and class", i.batch.Names[rec.ID])
	}
	return nil
}

// complete says what a record is that was known by its name only.
func complete[T Kept](i *importer, record *T) error {
	if err := i.checkRecord(any(record)); err != nil {
		return err
	}
	recordOf(record).Books = i.by.Lab
	if a, ok := any(record).(*valueflows.Agent); ok && a.Kind == valueflows.ClassPerson {
		if err := i.tx.PutIdentity(identityOf(a)); err != nil {
			return err
		}
	}
	return i.append(classOf(any(record)), store.Update, any(record))
}

// differ reports what a statement says otherwise than the books do.
func (i *importer) differ(statement *jsonld.Statement, stated, kept any, ignore map[string]bool) error {
	names, err := jsonld.Differences(stated, kept)
	if err != nil {
		return err
	}
	var others []string
	for _, name := range names {
		if !ignore[name] {
			others = append(others, name)
		}
	}
	if len(others) == 0 || statement == nil {
		return nil
	}
	i.tell(statement.PlaceOf(others[0]), jsonld.Difference, statement.IRI+" is in the books with another "+strings.Join(others, ", ")+": that was kept")
	return nil
}
