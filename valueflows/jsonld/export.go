package jsonld

import (
	_ "embed"
	"fmt"
	"strconv"

	"disconode/valueflows"
)

// ExportContextIRI is the context that every line of an export names. It is a
// name and no address: nothing is fetched to read an export, and a line has the
// same bytes whatever node wrote it.
const ExportContextIRI = valueflows.OwnNamespace + "context:1.0.0"

// ExportContext is the text of that context.
//
//go:embed export-context.jsonld
var ExportContext []byte

// ExportKind is what a line of an export is.
type ExportKind int8

// The lines of an export, in the order of the file: the first line; then the
// records as they were recorded, each with stubs of what it names and no line
// before states; then how each resource stands; then the last line.
const (
	ExportBegin ExportKind = iota
	ExportStub
	ExportRecord
	ExportStanding
	ExportEnd
)

// The classes of the first and the last line.
const (
	classExport    valueflows.Class = "Export"
	classExportEnd valueflows.Class = "ExportEnd"
)

// ExportLine is one line of an export: one JSON-LD object.
type ExportLine struct {
	Kind ExportKind
	IRI  string
	ID   valueflows.ID // as read; not written
	// Class is that of the record; of a stub agent it is Agent, which tells nothing
	// that would be a person's.
	Class valueflows.Class
	// Record is a pointer to the struct of a record or of a standing. Its agents,
	// places, stage, state and container are, in the record of a resource, what it was created
	// with, and in its standing what events made of them.
	Record any
	// Superseded is set on a process or a resource that a later line states again: effects on
	// stages follow from what it was based on at that place.
	Superseded bool
	// Lines is how many lines stand before the last, at most 2^53-1.
	Lines int64
}

// linesMax is the largest whole number that canonical JSON has exactly (RFC 8785,
// 3.2.2.3: its numbers are doubles).
const linesMax = 1<<53 - 1

// Write writes the line, without its line end, in canonical JSON (RFC 8785).
// name gives the IRI of what the record refers to. It fails as [Encode] does.
func (l *ExportLine) Write(name func(valueflows.ID) string) ([]byte, error) {
	w := exportWriter{recordWriter: recordWriter{body: make([]byte, 0, 1024)}, iri: name}
	w.body = append(w.body, '{')
	w.name("@context")
	w.string(ExportContextIRI)
	switch l.Kind {
	case ExportBegin:
		w.is(classExport)
	case ExportEnd:
		if l.Lines < 0 || l.Lines > linesMax {
			return nil, fmt.Errorf("an export has between 0 and %d lines, not %d", int64(linesMax), l.Lines)
		}
		w.is(classExportEnd)
		w.name("lines")
		w.body = strconv.AppendInt(w.body, l.Lines, 10)
	default:
		w.name("@id")
		w.string(l.IRI)
		w.is(l.Class)
		if err := l.describe(&w); err != nil {
			return nil, err
		}
	}
	if w.err != nil {
		return nil, fmt.Errorf("the record %s: %w", l.IRI, w.err)
	}
	return append(w.body, '}'), nil
}

// References calls do with each record that the line's record refers to, and
// the class that it is of, or Agent; in the order of the line.
func (l *ExportLine) References(do func(valueflows.Class, valueflows.ID)) error {
	return l.describe(referrer(do))
}

// describe lists the properties of the line to f.
func (l *ExportLine) describe(f form) error {
	stub := true
	switch r, isResource := l.Record.(*valueflows.EconomicResource); {
	case l.Kind == ExportStub:
		f.flag("stub", &stub)
	case l.Kind == ExportStanding:
		describeStanding(f, r)
	case isResource:
		describeCreated(f, r)
	default:
		if err := describe(f, l.Record); err != nil {
			return err
		}
	}
	if l.Superseded { // after all that a record has
		f.flag("superseded", &l.Superseded)
	}
	return nil
}

// describeCreated lists what a resource is, and under createdWith what it was
// created with of what events change.
func describeCreated(f form, r *valueflows.EconomicResource) {
	f.uris("classifiedAs", &r.ClassifiedAs)
	f.id("conformsTo", &r.ConformsTo)
	nest(f, "createdWith", func() {
		describeContainers(f, r)
		f.id("currentLocation", &r.CurrentLocation)
		f.id("custodian", &r.Custodian)
		f.id("primaryAccountable", &r.PrimaryAccountable)
		f.id("stage", &r.Stage)
		f.text("state", (*string)(&r.State))
	})
	f.text("currentCurrencyLocation", (*string)(&r.CurrentCurrencyLocation))
	f.text("currentVirtualLocation", (*string)(&r.CurrentVirtualLocation))
	f.text("image", (*string)(&r.Image))
	f.uris("imageList", &r.ImageList)
	f.text("name", (*string)(&r.Name))
	f.text("note", (*string)(&r.Note))
	f.id("ofBatchLot", &r.OfBatchLot)
	f.flag("overdraw", &r.Overdraw)
	f.text("trackingIdentifier", (*string)(&r.TrackingIdentifier))
	f.id("unitOfEffort", &r.UnitOfEffort)
}

// describeStanding lists what events have made of a resource.
func describeStanding(f form, r *valueflows.EconomicResource) {
	f.measure("accountingQuantity", &r.AccountingQuantity)
	describeContainers(f, r)
	f.id("currentLocation", &r.CurrentLocation)
	f.id("custodian", &r.Custodian)
	f.flag("lentOut", &r.LentOut)
	f.measure("onhandQuantity", &r.OnhandQuantity)
	f.id("primaryAccountable", &r.PrimaryAccountable)
	f.id("stage", &r.Stage)
	f.text("state", (*string)(&r.State))
}

// nest lists properties inside an object of their own, where the form has such.
func nest(f form, name string, inner func()) {
	if n, ok := f.(interface{ nest(string, func()) }); ok {
		n.nest(name, inner)
		return
	}
	inner()
}

// AnyAgent is the class of a reference to an agent of whatever kind, and of a
// stub of one.
const AnyAgent = classAgent
