package node

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/sheet"
)

// Sheet is a file of rows, each of which tells one event.
type Sheet struct {
	Name    string
	Open    func() (io.ReadCloser, error) // at its beginning; called as often as it is read
	Options sheet.Options                 // its zone is the LAB's, whatever is given
	// Source tells sheets apart whose rows are numbered alike; empty for the
	// name of the form.
	Source string
	Create Creation
}

// Creation says what is made of a name that the books do not know. By itself
// nothing and nobody is.
type Creation struct{ People, Organizations, Kinds, Processes bool }

// ImportSheet reads the rows of a sheet as events into the books of a LAB: all
// of them, in one transaction, or none. An event that the books have stays as
// it is, so that the same sheet a second time changes nothing; what a row says
// otherwise by then is listed. A dry run does it all and keeps nothing.
//
// It holds a row to the rules that [Node.RecordEvent] has. Where rows are
// wrong, the report lists them and the error has code IMPORT_FAILED. It fails
// with [ErrForbidden] for who may not record for anyone in those books.
func (n *Node) ImportSheet(ctx context.Context, lab valueflows.ID, in Sheet, dryRun bool) (*SheetReport, error) {
	by := PrincipalOf(ctx)
	if err := by.mayImport(lab); err != nil {
		return nil, err
	}
	by.Lab = lab
	ctx = context.WithValue(WithPrincipal(ctx, by), namesKey{}, nil) // an IRI that the books do not know is a fault, not a stub
	zone, err := n.zoneIn(ctx, lab)
	if err != nil {
		return nil, err
	}
	in.Options.Zone = zone
	defer n.recounting(ctx)()
	var report *SheetReport
	err = n.write(ctx, func(s *session) error {
		i := &sheetImporter{session: s, sheet: in, began: s.tx.Position(), report: &SheetReport{Name: in.Name, DryRun: dryRun}}
		report = i.report
		if err := i.run(); err != nil {
			return err
		}
		if dryRun || report.Errors > 0 {
			return errNothing
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, err
	}
	if report.Errors > 0 {
		return report, valueflows.Invalid("IMPORT_FAILED", "nothing was recorded: %s is wrong in as many places as are listed: %d", in.Name, report.Errors)
	}
	return report, nil
}

// rowsAtOnce is how many rows are looked up and written together; what was
// known of the books for them is forgotten after.
const rowsAtOnce = 1000

// sheetImporter records a sheet within a session.
type sheetImporter struct {
	*session
	sheet Sheet
	// settled is set while the books have the row's event: nobody and nothing is
	// made of its names again.
	settled bool
	form    sheet.Form
	prefix  string // of the IRIs of its events
	began   int64  // the journal's last position before
	report  *SheetReport

	known map[valueflows.ID]*store.Event // of the rows at hand; nil for what the books did not have
	names namesKnown
	alike alikeRows
}

// run reads the sheet and records it, row by row. What is wrong with it becomes
// lines of the report; an error is the books' own, or the caller's giving up.
func (i *sheetImporter) run() error {
	return i.read(func(r *sheet.Reader) error {
		i.form = r.Form()
		i.report.Form = i.form
		i.nameRows()
		for _, name := range r.Unread() {
			i.report.note(fmt.Sprintf("column %q is not read: the books keep nothing of it", valueflows.Clip(name)))
		}
		if err := i.startAlike(); err != nil {
			return err
		}
		if err := i.rows(r, i.record); err != nil {
			return err
		}
		return i.settle()
	})
}

// read opens the sheet and has do read it.
func (i *sheetImporter) read(do func(*sheet.Reader) error) error {
	file, err := i.sheet.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	r, err := sheet.NewReader(file, i.sheet.Options)
	if err == nil {
		err = do(r)
	}
	var fault *sheet.Fault
	var header *sheet.HeaderError
	switch {
	case errors.As(err, &fault):
		i.report.fault(*fault)
		return nil
	case errors.As(err, &header):
		i.report.fault(sheet.Fault{Row: 1, Text: header.Text})
		return nil
	}
	return err
}

// rows hands the flows of a sheet to do, as many at once as are looked up
// together. What was read before a fault that ends the sheet is done too.
func (i *sheetImporter) rows(r *sheet.Reader, do func([]*sheet.Flow) error) error {
	for {
		var flows []*sheet.Flow
		var end error
		for len(flows) < rowsAtOnce && end == nil {
			var f *sheet.Flow
			if f, end = r.Read(); end == nil {
				flows = append(flows, f)
			}
		}
		if err := i.ctx.Err(); err != nil { // who asked has given up
			return err
		}
		if err := do(flows); err != nil {
			return err
		}
		if end == io.EOF {
			return nil
		}
		if end != nil {
			return end
		}
	}
}

// nameRows settles what the events of the sheet's rows are named by: no address
// of a node, so that they keep the name wherever the books go.
func (i *sheetImporter) nameRows() {
	source, slug := i.sheet.Source, ""
	if source == "" {
		source = string(i.form)
	}
	if lab := i.n.labOf(i.by.Lab); lab != nil {
		slug = lab.Slug
	}
	i.prefix = "urn:disconode:import:" + slug + ":" + url.PathEscape(source)
}

// keyMostInIRI is how long a key may be to stand in an IRI; of a longer one its
// digest does.
const keyMostInIRI = 200

// keyed is the IRI of the event of a row that goes by a key.
func (i *sheetImporter) keyed(key string) string {
	if len(key) > keyMostInIRI {
		sum := sha256.Sum256([]byte(key))
		return i.prefix + ":long:" + hex.EncodeToString(sum[:])
	}
	return i.prefix + ":id:" + url.PathEscape(key)
}
