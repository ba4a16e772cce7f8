package node

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/gowebpki/jcs"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// Classes of the journal that are no Valueflows classes.
const (
	classLab        valueflows.Class = "Lab"
	classMembership valueflows.Class = "Membership"
)

// replay computes the projection of an entry as it was when it was appended.
func (s *session) replay(e *store.Entry) error {
	if e.Body == nil {
		return nil // redacted
	}
	err := func() error {
		switch {
		case e.Class == classLab:
			return s.projectLab(e)
		case e.Class == classMembership:
			return s.projectMembership(e)
		}
		record, err := jsonld.Decode(e.Body)
		if err != nil {
			return err
		}
		return s.project(e, record)
	}()
	if err != nil {
		return fmt.Errorf("journal entry %d: %w", e.Position, err)
	}
	return nil
}

// project writes what an entry says of a record to the record's table. It is
// the one way into the tables: live and in a rebuild.
func (s *session) project(e *store.Entry, record any) error {
	rec := recordOf(record)
	rec.Books, rec.Revision, rec.Position = e.Lab, e.ID, e.Position
	if rec.Stub && (e.Operation == store.Create || e.Operation == store.Forget) && !dataOf(record).ofALab() {
		rec.Books = valueflows.ID{} // whoever knows its IRI may name it
	}
	switch r := record.(type) {
	case *valueflows.Agent:
		s.touch()
		if e.Operation == store.Adopt {
			return s.tx.AdoptAgent(r.ID, e.Lab)
		}
		if e.Operation == store.Claim {
			if err := s.keepKnown(r.ID, e.Lab); err != nil {
				return err
			}
		}
		row := *r
		if e.Operation == store.Forget {
			var err error
			if row.Books, err = s.heir(r.ID, e.Lab); err != nil {
				return err
			}
		}
		if row.Kind == valueflows.ClassPerson {
			row.IRI, row.Name, row.Image, row.Note = "", "", "", "" // in identity
		}
		return put(s, e, &row)
	case *valueflows.Unit, *valueflows.ResourceSpecification, *valueflows.ProcessSpecification:
		s.touch()
	case *valueflows.EconomicResource:
		return s.projectResource(e, r)
	case *valueflows.EconomicEvent:
		return s.projectEvent(e, r)
	}
	if acts, ok := acts[valueflows.ClassOf(record)]; ok {
		return acts.put(s, e, record)
	}
	return fmt.Errorf("a record of class %T has no table", record)
}

// put writes a row: a later entry keeps the place that the first one gave it.
func put[T store.Row](s *session, e *store.Entry, row *T) error {
	rec := recordOf(row)
	switch e.Operation {
	case store.Delete:
		return store.DeleteRow[T](s.tx, rec.ID)
	case store.Update:
		before, err := store.GetRow[T](s.tx, rec.ID)
		if err != nil {
			return err
		}
		was := recordOf(before)
		rec.Position = was.Position
		if !was.Stub || !was.Books.IsZero() { // what nobody's books told of is whose books tell of it
			rec.Books = was.Books
		}
	case store.Claim, store.Forget:
		if before, err := store.GetRow[T](s.tx, rec.ID); err == nil {
			rec.Position = recordOf(before).Position
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	store.PutRow(s.tx, row)
	return nil
}

// keepKnown lets the LAB that named an agent go on knowing it when the LAB
// elsewhere whose agent it is tells of it.
func (s *session) keepKnown(agent, origin valueflows.ID) error {
	before, err := store.GetRow[valueflows.Agent](s.tx, agent)
	if there, err := found(err); !there {
		return err
	}
	if before.Books.IsZero() || before.Books == origin {
		return nil
	}
	return s.tx.AdoptAgent(agent, before.Books)
}

// projectResource writes a resource. What events compute of it stays when its
// description changes.
func (s *session) projectResource(e *store.Entry, r *valueflows.EconomicResource) error {
	row := *r
	row.AccountingQuantity, row.OnhandQuantity = nil, nil // from the first event on
	if e.Operation == store.Update {
		now, err := store.GetRow[valueflows.EconomicResource](s.tx, r.ID)
		if err != nil {
			return err
		}
		if !now.Stub {
			row.AccountingQuantity, row.OnhandQuantity = now.AccountingQuantity, now.OnhandQuantity
			row.PrimaryAccountable, row.Custodian, row.LentOut, row.CurrentLocation = now.PrimaryAccountable, now.Custodian, now.LentOut, now.CurrentLocation
			row.ContainedIn, row.AlsoIn, row.Stage, row.State = now.ContainedIn, now.AlsoIn, now.Stage, now.State
		}
	}
	return put(s, e, &row)
}

// projectEvent writes an event and counts it on its resources, or writes its
// new note.
func (s *session) projectEvent(e *store.Entry, event *valueflows.EconomicEvent) error {
	if e.Operation == store.Update {
		row, err := store.GetRow[store.Event](s.tx, event.ID)
		if err != nil {
			return err
		}
		row.Note, row.Revision = event.Note, e.ID
		store.PutRow(s.tx, row)
		return nil
	}
	event.RecordedBy, event.Recorded = e.Who, e.At
	if e.Operation == store.Claim {
		return s.projectClaim(e, event)
	}
	row := &store.Event{EconomicEvent: *event}
	row.Happened = event.At()
	zone, err := s.zone(e.Lab)
	if err != nil {
		return err
	}
	local := row.Happened.Time().In(zone)
	row.Month = int32(local.Year()*12 + int(local.Month()) - 1)
	if !event.Corrects.IsZero() {
		original, err := store.GetRow[store.Event](s.tx, event.Corrects)
		if err != nil {
			return err
		}
		if row.Root = original.Root; row.Root.IsZero() {
			row.Root = original.ID
		}
	}
	if err := s.count(event, row); err != nil {
		return err
	}
	store.PutRow(s.tx, row)
	if event.Holds() && event.Corrects.IsZero() {
		return s.fill(event)
	}
	return nil
}

// projectClaim writes an event of another node's books. It counts on nothing
// here. One that was known by its IRI alone takes its place in the order now: it
// was not told before.
func (s *session) projectClaim(e *store.Entry, event *valueflows.EconomicEvent) error {
	row := &store.Event{EconomicEvent: *event, Happened: event.At()}
	at := row.Happened.Time()
	row.Month = int32(at.Year()*12 + int(at.Month()) - 1)
	row.Specification = event.ResourceConformsTo
	for _, id := range []valueflows.ID{event.ToResourceInventoriedAs, event.ResourceInventoriedAs} {
		if id.IsZero() {
			continue
		}
		if r, err := store.GetRow[valueflows.EconomicResource](s.tx, id); err == nil && !r.ConformsTo.IsZero() {
			row.Specification = r.ConformsTo
		} else if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	if !event.Corrects.IsZero() {
		if original, err := store.GetRow[store.Event](s.tx, event.Corrects); err == nil {
			if row.Root = original.Root; row.Root.IsZero() {
				row.Root = original.ID
			}
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	if before, err := store.GetRow[store.Event](s.tx, event.ID); err == nil {
		if !before.Stub {
			row.Position = before.Position
		}
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	store.PutRow(s.tx, row)
	return nil
}

// zone is the time zone of a LAB.
func (s *session) zone(lab valueflows.ID) (*time.Location, error) {
	l, err := s.tx.Lab(lab)
	if errors.Is(err, store.ErrNotFound) {
		return time.UTC, nil // the node's own books
	}
	if err != nil {
		return nil, err
	}
	return zoneOf(l.Zone)
}

// count applies an event to the resources that are counted here, and notes in
// its row how it was counted and which specification it is reported under.
func (s *session) count(event *valueflows.EconomicEvent, row *store.Event) error {
	scene, err := s.scene(event)
	if err != nil {
		return err
	}
	row.Custody = event.Custody(scene)
	if err := event.Apply(scene); err != nil {
		return err
	}
	if scene.From != nil && event.PutsIn() {
		s.nested = scene.From.ID
	}
	row.Specification = event.ResourceConformsTo
	for _, r := range []*valueflows.EconomicResource{scene.To, scene.From} {
		if r != nil {
			row.Specification = r.ConformsTo
			store.PutRow(s.tx, r)
		}
	}
	return nil
}

// scene gathers copies of what an event acts upon. A resource that was never counted is
// one that the event creates: it starts from zero in the event's unit.
func (s *session) scene(event *valueflows.EconomicEvent) (valueflows.Scene, error) {
	var scene valueflows.Scene
	for _, side := range []struct {
		id   valueflows.ID
		into **valueflows.EconomicResource
	}{{event.ResourceInventoriedAs, &scene.From}, {event.ToResourceInventoriedAs, &scene.To}} {
		if side.id.IsZero() {
			continue
		}
		r, err := store.GetRow[valueflows.EconomicResource](s.tx, side.id)
		if err != nil {
			return scene, err
		}
		if r.Stub || r.Books != event.Books { // what is in other books, those count
			continue
		}
		if scene.From != nil && side.id == scene.From.ID {
			scene.To = scene.From
			continue
		}
		copied := *r
		if r.AccountingQuantity == nil && event.ResourceQuantity != nil {
			zero, none := valueflows.Measure{HasUnit: event.ResourceQuantity.HasUnit}, valueflows.Measure{HasUnit: event.ResourceQuantity.HasUnit}
			copied.AccountingQuantity, copied.OnhandQuantity = &zero, &none
			scene.Created = &copied
		}
		*side.into = &copied
	}
	if !event.OutputOf.IsZero() {
		process, err := store.GetRow[valueflows.Process](s.tx, event.OutputOf)
		if err != nil {
			return scene, err
		}
		if told, err := s.isTold(event.Books, process.Books); err != nil {
			return scene, err
		} else if told {
			scene.Stage = process.BasedOn
		}
	}
	if !event.Corrects.IsZero() { // it counts as what it corrects was counted
		original, err := store.GetRow[store.Event](s.tx, event.Corrects)
		if err != nil {
			return scene, err
		}
		scene.Custody = &original.Custody
	}
	if event.Combines() && scene.From != nil && !event.InputOf.IsZero() {
		container, err := s.container(event.Books, event.InputOf)
		if err != nil {
			return scene, err
		}
		scene.Container = container
	}
	return scene, nil
}

// isTold tells whether what a record in some books says is told to a LAB: not
// where they are those of another LAB of this node.
func (s *session) isTold(lab, books valueflows.ID) (bool, error) {
	if books == lab || books.IsZero() {
		return true, nil
	}
	local, err := s.isLocal(books)
	return !local, err
}

// container is the resource that a process puts into what it combines, or zero.
func (s *session) container(lab, process valueflows.ID) (valueflows.ID, error) {
	rows, err := s.tx.EventsOfProcess(lab, process)
	if err != nil {
		return valueflows.ID{}, err
	}
	return valueflows.Container(plain(rows))
}

func plain(rows []*store.Event) []*valueflows.EconomicEvent {
	list := make([]*valueflows.EconomicEvent, len(rows))
	for i, row := range rows {
		list[i] = &row.EconomicEvent
	}
	return list
}

// fill puts what the event's process combined before it had a container into
// the resource of the event, where that is now the first one.
func (s *session) fill(event *valueflows.EconomicEvent) error {
	process := event.OutputOf
	if process.IsZero() {
		process = event.InputOf
	}
	if process.IsZero() {
		return nil
	}
	rows, err := s.tx.EventsOfProcess(event.Books, process)
	if err != nil {
		return err
	}
	combined := map[valueflows.ID]*valueflows.Sum{}
	var waiting []valueflows.ID
	var before []*valueflows.EconomicEvent
	for _, row := range rows {
		if row.ID != event.ID {
			before = append(before, &row.EconomicEvent)
		}
		if id := row.ResourceInventoriedAs; row.Combines() && !id.IsZero() {
			if combined[id] == nil {
				combined[id] = new(valueflows.Sum)
				waiting = append(waiting, id)
			}
			combined[id].Add(row.ResourceQuantity.HasNumericalValue)
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	if had, err := valueflows.Container(before); err != nil || !had.IsZero() {
		return nil // what was combined then is where it belongs
	}
	container, err := valueflows.Container(plain(rows))
	if err != nil || container.IsZero() {
		return nil
	}
	for _, id := range waiting {
		r, err := store.GetRow[valueflows.EconomicResource](s.tx, id)
		if err != nil {
			return err
		}
		if combined[id].Sign() > 0 && (r.ContainedIn.IsZero() || r.IsDigital()) && r.ID != container && !r.Stub && r.Books == event.Books {
			filled := *r
			filled.PutInto(container)
			store.PutRow(s.tx, &filled)
			s.nested = container
		}
	}
	return nil
}

// canonical writes a body of the node's own in the journal's form (RFC 8785).
func canonical(body any) ([]byte, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return jcs.Transform(text)
}
