package node

import (
	"context"
	"errors"
	"slices"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// ImportReport is what an import has to say of the documents and of the books.
type ImportReport = jsonld.Report

// errNothing undoes what an import has tried.
var errNothing = errors.New("nothing of the import is kept")

// Import reads Valueflows documents into the books of a LAB: all of them, in
// one transaction, or nothing. What the books have already stays as it is, so
// that the same documents a second time change nothing. A dry run does it all
// and keeps nothing.
//
// Where something cannot be read or recorded, the report says what and where,
// the error has code IMPORT_FAILED, and nothing was recorded. It fails with
// [ErrForbidden] for who may not record for anyone in those books.
func (n *Node) Import(ctx context.Context, lab valueflows.ID, files []jsonld.File, dryRun bool) (*ImportReport, error) {
	by := PrincipalOf(ctx)
	if err := by.mayImport(lab); err != nil {
		return nil, err
	}
	by.Lab = lab
	ctx = WithNames(WithPrincipal(ctx, by))
	documents, unread, err := readAll(files)
	if err != nil {
		return nil, err
	}
	zone, err := n.zoneIn(ctx, lab)
	if err != nil {
		return nil, err
	}
	defer n.recounting(ctx)()
	var report *ImportReport
	err = n.write(ctx, func(s *session) error {
		i := newImporter(s)
		report = i.plan(documents, unread, zone)
		if err := i.run(dryRun); err != nil && report.Count(jsonld.Failed) == 0 {
			return err
		}
		if dryRun || report.Count(jsonld.Failed) > 0 {
			return errNothing
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, err
	}
	report.Sort()
	if failed := report.Count(jsonld.Failed); failed > 0 {
		return report, valueflows.Invalid("IMPORT_FAILED", "nothing was recorded: the documents are wrong in as many places as are listed: %d", failed)
	}
	return report, nil
}

// mayImport tells whether the principal may record for anyone in a LAB's books.
func (p Principal) mayImport(lab valueflows.ID) error {
	if p.Role == Public {
		return ErrUnauthenticated
	}
	if p.Role != Operator && p.Lab != lab {
		return ErrForbidden
	}
	for _, data := range []Data{Vocabulary, Recipes, Agents, Identities, Events, Stock, Processes, Commitments, Plans, Relations} {
		if May(p.Role, Record, data) != All {
			return ErrForbidden
		}
	}
	return nil
}

// readAll reads the files. A file that is no document is a line of the report.
func readAll(files []jsonld.File) (documents []*jsonld.Document, unread []jsonld.Line, err error) {
	for _, file := range files {
		d, err := jsonld.Read(file)
		var syntax *jsonld.SyntaxError
		switch {
		case errors.As(err, &syntax):
			unread = append(unread, jsonld.Line{Place: syntax.Place, Kind: jsonld.Failed, Text: syntax.Text})
		case err != nil:
			return nil, nil, err
		default:
			documents = append(documents, d)
		}
	}
	return documents, unread, nil
}

// zoneIn is the time zone of a LAB. It fails with [ErrNotFound].
func (n *Node) zoneIn(ctx context.Context, lab valueflows.ID) (*time.Location, error) {
	labs, err := n.Labs(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(labs, func(l *store.Lab) bool { return l.ID == lab })
	if at < 0 {
		return nil, ErrNotFound
	}
	return zoneOf(labs[at].Zone)
}

// importer records a batch within a session.
type importer struct {
	*session
	batch  *jsonld.Batch
	report *ImportReport
	broken error // of the books, while planning

	classes map[valueflows.ID]valueflows.Class          // of what the books had before; empty for nothing
	events  map[valueflows.ID]*valueflows.EconomicEvent // of the batch, that the books had before
	last    int                                         // the last step whose event they had; -1 for none
	opened  map[valueflows.ID]bool                      // resources whose opening this batch is, whenever it was recorded
	below   map[valueflows.ID]valueflows.Decimal        // how far the resources marked by this import fell
	failed  map[jsonld.Place]bool
}

func newImporter(s *session) *importer {
	i := &importer{
		session: s, last: -1, classes: map[valueflows.ID]valueflows.Class{},
		events: map[valueflows.ID]*valueflows.EconomicEvent{}, opened: map[valueflows.ID]bool{},
		below: map[valueflows.ID]valueflows.Decimal{}, failed: map[jsonld.Place]bool{},
	}
	s.lenient = true
	s.overdrawn = func(_ *valueflows.EconomicEvent, r *valueflows.EconomicResource) {
		i.below[r.ID] = valueflows.Decimal{}
	}
	return i
}

// plan makes the batch of what the documents state.
func (i *importer) plan(documents []*jsonld.Document, unread []jsonld.Line, zone *time.Location) *ImportReport {
	i.batch = jsonld.Plan(documents, jsonld.Options{
		Lab: i.by.Lab, Zone: zone,
		Name:    func(iri string) (valueflows.ID, error) { return i.n.Ref(i.ctx, iri) },
		ClassOf: i.classOf,
		IsUnit: func(id valueflows.ID) bool {
			row, err := rowOf[valueflows.Unit](i.session, id)
			there, err := found(err)
			i.broken = errors.Join(i.broken, err)
			return there && !row.Stub
		},
	})
	i.report = &i.batch.Report
	for _, line := range unread {
		i.report.Add(line)
	}
	return i.report
}

// classOf is the class of what anybody's books have under an id.
func (i *importer) classOf(id valueflows.ID) valueflows.Class {
	class, ok := i.classes[id]
	if !ok {
		entries, err := i.tx.EntriesOf(id)
		i.broken = errors.Join(i.broken, err)
		if len(entries) > 0 {
			class = entries[0].Class
		}
		i.classes[id] = class
	}
	return class
}

// run records the batch, where it could be planned. What is wrong with single
// records becomes lines of the report; an error is the books' own.
func (i *importer) run(dryRun bool) error {
	i.report.DryRun = dryRun
	if i.broken != nil || i.report.Count(jsonld.Failed) > 0 {
		return i.broken
	}
	for _, stub := range i.batch.Stubs {
		if err := i.noted(i.stub(stub), stub.Place, nil); err != nil {
			return err
		}
	}
	for _, item := range i.batch.Records {
		if err := i.noted(i.item(item), item.Place, item.Statement); err != nil {
			return err
		}
	}
	if err := i.lookUp(); err != nil {
		return err
	}
	for at := range i.batch.Steps {
		step := &i.batch.Steps[at]
		if err := i.noted(i.step(at, step), step.Place, step.Statement); err != nil {
			return err
		}
	}
	return i.broken
}

// noted turns what is wrong with an input into lines of the report, at the
// place of the property at fault, and passes any other error on.
func (i *importer) noted(err error, at jsonld.Place, statement *jsonld.Statement) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			if err := i.noted(one, at, statement); err != nil {
				return err
			}
		}
		return nil
	}
	var input *valueflows.InputError
	if !errors.As(err, &input) {
		return err
	}
	if statement != nil && len(input.Path) > 0 {
		at = statement.PlaceOf(input.Path[0])
	}
	if !i.failed[at] { // one fault a place: a name that is wrong is found where it is looked up, and again where it is used
		i.failed[at] = true
		i.tell(at, jsonld.Failed, input.Error())
	}
	return nil
}

// taken is the error that a name belongs to what is not in these books.
func taken(iri string) error {
	return valueflows.Invalid("FOREIGN_RECORD", "%s cannot be recorded in these books: the name is taken on this node", iri)
}

func (i *importer) tell(at jsonld.Place, kind jsonld.Kind, text string) {
	i.report.Add(jsonld.Line{Place: at, Kind: kind, Text: text})
}

// found tells whether a row is there, and passes on any other error than that
// it is not.
func found(err error) (bool, error) {
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
