package node

import (
	"reflect"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// stub makes sure that what a document only names is there, by its name at least.
func (i *importer) stub(stub jsonld.Stub) error {
	acts := acts[stub.Class]
	_, err := acts.row(i.session, stub.ID)
	there, err := found(err)
	if err != nil {
		return err
	}
	if err := acts.refer(i.session, &stub.ID, i.batch.Names[stub.ID]); err != nil || there {
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

// item records what is neither event nor resource: a new one is made, one that
// was known by name only is completed, and one that the books have stays as it is.
func (i *importer) item(item jsonld.Item) error {
	record := copied(item.Record) // the command may run again
	rec := recordOf(record)
	row, err := acts[item.Class].row(i.session, rec.ID)
	there, err := found(err)
	if err != nil {
		return err
	}
	if !there {
		if err := i.free(rec); err != nil {
			return err
		}
		i.report.New++
		return i.create(record)
	}
	if !i.sees(row) {
		if _, agent := row.(*valueflows.Agent); !agent {
			return taken(item.IRI)
		}
		i.report.Unchanged++
		i.tell(item.Place, jsonld.Difference, item.IRI+" is known on this node by another LAB's books: what they say of it was kept")
		return refer[valueflows.Agent](i.session, &rec.ID, item.IRI)
	}
	if i.mayComplete(row) {
		i.report.New++
		return i.complete(record)
	}
	i.report.Unchanged++
	kept := copied(row)
	if err := i.fillIdentity(kept); err != nil {
		return err
	}
	return i.differ(item.Statement, record, kept, nil)
}

// mayComplete tells whether a record is known by its name only, and these books
// may say what it is.
func (i *importer) mayComplete(row any) bool {
	known := recordOf(row)
	return known.Stub && (known.Books == i.by.Lab || known.Books.IsZero() || dataOf(row).isEveryones())
}

// copied is a record like another, whose fields can be set without changing that.
func copied(record any) any {
	of := reflect.ValueOf(record).Elem()
	other := reflect.New(of.Type())
	other.Elem().Set(of)
	return other.Interface()
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
func (i *importer) complete(record any) error {
	if err := i.checkRecord(record); err != nil {
		return err
	}
	recordOf(record).Books = i.by.Lab
	if a, ok := record.(*valueflows.Agent); ok && a.Kind == valueflows.ClassPerson {
		if err := i.tx.PutIdentity(identityOf(a)); err != nil {
			return err
		}
	}
	return i.append(valueflows.ClassOf(record), store.Update, record)
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
