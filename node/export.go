package node

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// exportPage is how many journal entries are read at once, so that memory stays flat.
const exportPage = 512

// Export writes what is in the books of a LAB as they are at one moment,
// whatever is written meanwhile: one JSON-LD object a line, in the order of the
// journal (docs/EXPORT.md). It returns how many lines it wrote.
//
// It tells who persons are and whom they cared for: it is for the command line,
// and fails with [ErrForbidden] for anybody else; with [ErrNotFound] where
// there is no such LAB.
func (n *Node) Export(ctx context.Context, lab valueflows.ID, to io.Writer) (int64, error) {
	switch PrincipalOf(ctx).Role {
	case Operator:
	case Public:
		return 0, ErrUnauthenticated
	default:
		return 0, ErrForbidden
	}
	var lines int64
	err := n.store.Snapshot(ctx, func(books *store.Snapshot) error {
		x, err := newExporter(ctx, n, books, lab, to)
		if err != nil {
			return err
		}
		if err := x.run(); err != nil {
			return err
		}
		lines = x.lines
		return x.to.Flush()
	})
	return lines, outward(err)
}

// exporter writes one LAB's books.
//
// What is in these books is written where it was recorded. Whatever else it
// names stands just before the first line that names it: in full where all LABs
// of the node read it or it is the LAB itself or one of its members, else by
// its name alone. So a node that reads the lines in their order and writes them again writes
// the same ones, although it has a LAB and members of its own.
type exporter struct {
	*exportNames
	to   *bufio.Writer
	at   int64 // position in the journal of what is being written
	said map[valueflows.ID]bool
	// later are records that were named before they were told of, and whose
	// telling is still to come.
	later map[valueflows.ID]bool
	// based are processes that were based on something else, at this place, than
	// they are now.
	based map[valueflows.ID]valueflows.ID
	// digital are resources that were digital, or not, at this place, and are not so now.
	digital map[valueflows.ID]bool
	lines   int64
}

func newExporter(ctx context.Context, n *Node, books *store.Snapshot, lab valueflows.ID, to io.Writer) (*exporter, error) {
	names, err := newExportNames(ctx, n, books, lab)
	if err != nil {
		return nil, err
	}
	return &exporter{
		exportNames: names, to: bufio.NewWriterSize(to, 1<<16),
		said: map[valueflows.ID]bool{}, later: map[valueflows.ID]bool{}, based: map[valueflows.ID]valueflows.ID{},
		digital: map[valueflows.ID]bool{},
	}, nil
}

func (x *exporter) run() error {
	if err := x.put(&jsonld.ExportLine{Kind: jsonld.ExportBegin}); err != nil {
		return err
	}
	for {
		entries, err := x.books.Page(x.ctx, x.at, exportPage)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			break
		}
		if err := x.page(entries); err != nil {
			return err
		}
	}
	x.at = math.MaxInt64
	if err := x.standings(); err != nil {
		return err
	}
	return x.put(&jsonld.ExportLine{Kind: jsonld.ExportEnd, Lines: x.lines})
}

// page writes the records of a page of the journal.
func (x *exporter) page(entries []*store.Entry) error {
	asked := idsByClass{}
	for _, e := range entries {
		if (e.Operation == store.Create || e.Operation == store.Update) && e.Class.Kept() {
			asked.add(e.Class, e.Record)
		}
	}
	rows, err := x.rows(asked)
	if err != nil {
		return err
	}
	if err := x.lookUpReferences(rows); err != nil {
		return err
	}
	for _, e := range entries {
		if x.at = e.Position; e.Operation != store.Create && e.Operation != store.Update {
			continue
		}
		if row := rows[e.Record]; row != nil && x.isOwn(row) {
			if err := x.entry(e, row); err != nil {
				return fmt.Errorf("journal entry %d: %w", e.Position, err)
			}
		}
	}
	return nil
}

// entry writes the record of an entry, where this is the place that told of it.
func (x *exporter) entry(e *store.Entry, row any) error {
	rec := recordOf(row)
	if event, ok := row.(*valueflows.EconomicEvent); ok {
		if e.Operation == store.Create && e.Position == rec.Position {
			return x.tell(event, nil)
		}
		return nil // the name that it had before, or a new note
	}
	if !e.Lab.IsZero() && e.Lab != x.lab && !dataOf(row).isEveryones() {
		x.later[rec.ID] = true // another LAB told of it, and took that back
		return nil
	}
	if e.Operation == store.Create && e.Position != rec.Position || e.Body == nil {
		return nil // the name that it had before
	}
	body, err := jsonld.Decode(e.Body)
	if err != nil {
		return err
	}
	switch {
	case recordOf(body).Stub:
		x.later[rec.ID] = true
		return nil
	case e.Operation == store.Create, x.later[rec.ID]:
		delete(x.later, rec.ID)
		return x.tell(row, body)
	}
	if process, ok := row.(*valueflows.Process); ok {
		before, changed := x.based[rec.ID]
		if !changed {
			before = process.BasedOn
		}
		if before != body.(*valueflows.Process).BasedOn {
			return x.tell(row, body)
		}
	}
	if resource, ok := row.(*valueflows.EconomicResource); ok { // what a digital thing goes into follows from its being one
		before, changed := x.digital[rec.ID]
		if !changed {
			before = resource.IsDigital()
		}
		if before != body.(*valueflows.EconomicResource).IsDigital() {
			return x.tell(row, body)
		}
	}
	return nil
}

// tell writes a record in full. body is what the journal said of it at that
// place; nil where that does not matter.
func (x *exporter) tell(row, body any) error {
	l := &jsonld.ExportLine{Kind: jsonld.ExportRecord, Class: valueflows.ClassOf(row), IRI: x.iriOf(row), Record: row}
	switch r := row.(type) {
	case *valueflows.EconomicEvent:
		event := *r
		if event.Created == nil {
			recorded := valueflows.TimeOf(event.Recorded.Time())
			event.Created = &recorded
		}
		l.Record = &event
	case *valueflows.EconomicResource:
		resource, was := *r, body.(*valueflows.EconomicResource)
		resource.PrimaryAccountable, resource.Custodian, resource.CurrentLocation = was.PrimaryAccountable, was.Custodian, was.CurrentLocation
		resource.ContainedIn, resource.AlsoIn, resource.Stage, resource.State = was.ContainedIn, was.AlsoIn, was.Stage, was.State
		if l.Superseded = was.IsDigital() != r.IsDigital(); l.Superseded {
			resource.CurrentVirtualLocation = was.CurrentVirtualLocation
			x.digital[r.ID] = was.IsDigital()
		} else {
			delete(x.digital, r.ID)
		}
		l.Record = &resource
	case *valueflows.Process:
		process := *r
		process.BasedOn = body.(*valueflows.Process).BasedOn
		if l.Superseded = process.BasedOn != r.BasedOn; l.Superseded {
			x.based[r.ID] = process.BasedOn
		} else {
			delete(x.based, r.ID)
		}
		l.Record = &process
	}
	return x.write(l)
}

// standings write how each resource of the books stands.
func (x *exporter) standings() error {
	for after := int64(0); ; {
		all, err := x.books.Resources(x.ctx, x.lab, after, exportPage)
		if err != nil || len(all) == 0 {
			return err
		}
		rows := make(map[valueflows.ID]any, len(all))
		for _, r := range all {
			rows[r.ID] = r
		}
		if err := x.lookUpReferences(rows); err != nil {
			return err
		}
		for _, r := range all {
			after = r.Position
			if r.Stub || r.AccountingQuantity == nil {
				continue
			}
			if err := x.write(&jsonld.ExportLine{Kind: jsonld.ExportStanding, Class: valueflows.ClassEconomicResource, IRI: x.iriOf(r), Record: r}); err != nil {
				return err
			}
		}
	}
}

// write writes a line, and before it what it names and no line before has: in
// full what stands besides, then the names. A node that reads them has the former in its
// own books, and writes them where they were recorded.
func (x *exporter) write(l *jsonld.ExportLine) error {
	type reference struct {
		class valueflows.Class
		*exportName
		id valueflows.ID
	}
	var names []reference
	var failed error
	err := l.References(func(class valueflows.Class, id valueflows.ID) {
		r, err := x.named(class, id)
		failed = errors.Join(failed, err)
		if err == nil && !x.isSaid(id, r) {
			names = append(names, reference{class, r, id})
		}
	})
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	for _, full := range []bool{true, false} {
		for _, r := range names {
			if full != (r.place == besides) || x.isSaid(r.id, r.exportName) {
				continue
			}
			x.said[r.id] = true
			if full {
				err = x.tell(r.row, nil)
			} else {
				err = x.put(&jsonld.ExportLine{Kind: jsonld.ExportStub, Class: r.class, IRI: r.iri})
			}
			if err != nil {
				return err
			}
		}
	}
	return x.put(l)
}

// isSaid tells whether no line need say what a record is before another names it.
func (x *exporter) isSaid(id valueflows.ID, r *exportName) bool {
	return r.place == builtIn || x.said[id] || r.place == inBooks && r.position <= x.at && !x.later[id]
}

// put writes a line as it is.
func (x *exporter) put(l *jsonld.ExportLine) error {
	text, err := l.Write(x.iri)
	if err != nil {
		return err
	}
	if len(text) > exportLineMax {
		return fmt.Errorf("the record %s is longer than a line of an export may be, %d bytes", l.IRI, exportLineMax)
	}
	x.lines++
	_, err = x.to.Write(append(text, '\n'))
	return err
}
