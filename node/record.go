package node

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// Create records a new thing of a class, but events and resources, which
// [Node.RecordEvent] makes. A unit of OM2 is built in: creating it gives that one.
func Create[T Kept](ctx context.Context, n *Node, record *T) (*T, error) {
	p := PrincipalOf(ctx)
	if err := p.mayRecord(record); err != nil {
		return nil, err
	}
	if unit, ok := any(record).(*valueflows.Unit); ok && unit.OMUnitIdentifier != "" {
		if known := valueflows.OMUnitNamed(unit.OMUnitIdentifier); known != nil {
			return any(known).(*T), nil
		}
	}
	rec := recordOf(record)
	rec.ID = valueflows.ID{}
	asked, err := ask(record)
	if err != nil {
		return nil, err
	}
	ids, err := n.once(ctx, "create", asked, func(s *session) ([]valueflows.ID, error) {
		if err := s.mayRecordForLab(record); err != nil {
			return nil, err
		}
		made := *record // the command may run again
		r := recordOf(&made)
		r.ID = n.newID()
		return []valueflows.ID{r.ID}, s.create(any(&made))
	})
	if err != nil {
		return nil, err
	}
	return Get[T](ctx, n, ids[0])
}

// ask is what a request to record a thing says, for its idempotency key.
func ask(record any) ([]byte, error) {
	body, err := jsonld.Encode(record)
	if err != nil {
		return nil, valueflows.Invalid("INVALID_TEXT", "the record cannot be written: %s", err)
	}
	if a, ok := record.(*valueflows.Agent); ok {
		body = fmt.Appendf(body, "%q %q %q", a.Name, a.Image, a.Note)
	}
	return body, nil
}

// mayRecord tells whether the principal may make a thing of that class.
func (p Principal) mayRecord(record any) error {
	switch access := May(p.Role, Record, dataOf(record)); {
	case p.Role == Public:
		return ErrUnauthenticated
	case access == All, access == ByPolicy:
		if p.Lab.IsZero() && p.Role != Operator {
			return errNoLab
		}
		return nil
	}
	return ErrForbidden
}

// mayRecordForLab holds those who record for the LAB by its policy to it.
func (s *session) mayRecordForLab(record any) error {
	if May(s.by.Role, Record, dataOf(record)) != ByPolicy || s.by.isPartyTo(record) {
		return nil
	}
	if provider, receiver, has := parties(record); has && provider != s.by.Lab && receiver != s.by.Lab {
		return ErrForbidden
	}
	lab, err := s.tx.Lab(s.by.Lab)
	if err != nil {
		return err
	}
	if !lab.MembersRecord {
		return ErrForbidden
	}
	return nil
}

// create makes a record of any class but an event, in the books of the session.
func (s *session) create(record any) error {
	if err := s.checkRecord(record); err != nil {
		return err
	}
	rec := recordOf(record)
	if rec.Books = s.by.Lab; rec.Stub && !dataOf(record).ofALab() {
		rec.Books = valueflows.ID{} // whoever knows its IRI may name it
	}
	if err := s.append(valueflows.ClassOf(record), store.Create, record); err != nil {
		return err
	}
	if a, ok := record.(*valueflows.Agent); ok && a.Kind == valueflows.ClassPerson && !a.Stub {
		return s.tx.PutIdentity(identityOf(a))
	}
	return nil
}

// checkRecord tells whether a record says what it must, and refers to what is
// there. A reference that the record has already may stay.
func (s *session) checkRecord(record any) error {
	defer s.checking(record)()
	switch r := record.(type) {
	case *valueflows.Agent:
		if !r.Kind.IsAgent() {
			return valueflows.Invalid("INVALID_KIND", "an agent is a Person, an Organization or an EcologicalAgent")
		}
		if r.Kind == valueflows.ClassPerson {
			r.ClassifiedAs = nil // the vocabulary has it of organizations and of what lives
		}
		if r.Stub {
			return nil
		}
		if strings.ContainsRune(r.Name+string(r.Image)+string(r.Note), 0) { // of a person, these are in no body
			return valueflows.Invalid("INVALID_TEXT", "a text holds the character U+0000: leave it out")
		}
		return errors.Join(checkName("name", r.Name), refer[valueflows.SpatialThing](s, &r.PrimaryLocation, "primaryLocation"))
	case *valueflows.Unit:
		if r.Stub {
			r.Label = shortened(r.IRI) // the schema has one
		}
		if r.Symbol == "" {
			r.Symbol = r.Label
		}
		return checkName("label", r.Label)
	case *valueflows.ResourceSpecification:
		if r.Stub {
			return nil
		}
		return errors.Join(checkName("name", r.Name), s.unit(r.DefaultUnitOfResource, "defaultUnitOfResource"), s.unit(r.DefaultUnitOfEffort, "defaultUnitOfEffort"))
	case *valueflows.ProcessSpecification:
		if r.Stub {
			return nil
		}
		return checkName("name", r.Name)
	case *valueflows.Process:
		if r.HasBeginning != nil && r.HasEnd != nil && r.HasBeginning.Instant > r.HasEnd.Instant {
			return valueflows.At(valueflows.Invalid("TIME_CONFLICT", "the process ends before it begins"), "hasBeginning")
		}
		return errors.Join(refer[valueflows.ProcessSpecification](s, &r.BasedOn, "basedOn"), refer[valueflows.Agent](s, &r.InScopeOf, "inScopeOf"),
			refer[valueflows.Plan](s, &r.PlannedWithin, "plannedWithin"))
	case *valueflows.SpatialThing:
		return errors.Join(within(r.Lat, "lat", "90"), within(r.Long, "long", "180"))
	case *valueflows.EconomicResource:
		return errors.Join(
			refer[valueflows.ResourceSpecification](s, &r.ConformsTo, "conformsTo"), refer[valueflows.BatchLotRecord](s, &r.OfBatchLot, "ofBatchLot"),
			s.unit(r.UnitOfEffort, "unitOfEffort"), refer[valueflows.Agent](s, &r.PrimaryAccountable, "primaryAccountable"),
			refer[valueflows.SpatialThing](s, &r.CurrentLocation, "currentLocation"), refer[valueflows.EconomicResource](s, &r.ContainedIn, "containedIn"),
			referAll[valueflows.EconomicResource](s, &r.AlsoIn, "alsoIn"),
			refer[valueflows.ProcessSpecification](s, &r.Stage, "stage"))
	}
	if recordOf(record).Stub {
		return nil
	}
	return s.checkPlanRecord(record)
}

func within(d *valueflows.Decimal, field, most string) error {
	limit := valueflows.MustDecimal(most)
	if d != nil && (d.Cmp(limit) > 0 || d.Cmp(limit.Neg()) < 0) {
		return valueflows.At(valueflows.Invalid("OUT_OF_RANGE", "degrees lie between -%s and %s", most, most), field)
	}
	return nil
}

// Update changes what may be changed of a record: of an event its note, of a
// resource its description. The revision is the one that the change starts from,
// or the record's id for whichever is the latest.
// It fails with [ErrStale] where the record has changed since.
func Update[T Kept](ctx context.Context, n *Node, revision valueflows.ID, change func(*T) error) (*T, error) {
	p := PrincipalOf(ctx)
	ids, err := n.once(ctx, "update", revision[:], func(s *session) ([]valueflows.ID, error) {
		row, err := revised[T](s, revision)
		if err != nil {
			return nil, err
		}
		changed := *row
		if err := s.fillIdentity(any(&changed)); err != nil {
			return nil, err
		}
		if err := p.mayChange(&changed); err != nil {
			return nil, err
		}
		if err := change(&changed); err != nil {
			return nil, err
		}
		rec := recordOf(&changed)
		if err := s.checkRecord(any(&changed)); err != nil {
			return nil, err
		}
		if err := s.mayChangeTo(any(row), any(&changed)); err != nil {
			return nil, err
		}
		if r, ok := any(&changed).(*valueflows.EconomicResource); ok { // what events compute is not in a change
			r.PrimaryAccountable, r.Custodian, r.CurrentLocation = valueflows.ID{}, valueflows.ID{}, valueflows.ID{}
			if err := r.CheckContainers(); err != nil {
				return nil, err
			}
			r.ContainedIn, r.AlsoIn, r.Stage, r.State = valueflows.ID{}, nil, valueflows.ID{}, ""
		}
		if a, ok := any(&changed).(*valueflows.Agent); ok && a.Kind == valueflows.ClassPerson {
			if err := s.tx.PutIdentity(identityOf(a)); err != nil {
				return nil, err
			}
		}
		return []valueflows.ID{rec.ID}, s.append(valueflows.ClassOf(&changed), store.Update, any(&changed))
	})
	if err != nil {
		return nil, err
	}
	return Get[T](ctx, n, ids[0])
}

// Delete removes a record that nothing in its books refers to. What other books
// name stays there as a name. Of a person it erases the identity: what the person
// gave and got stays, who it was is gone.
// It fails with [ErrInUse], as [Update] does, and with what one of the checks says.
func Delete[T Kept](ctx context.Context, n *Node, revision valueflows.ID, checks ...func(*T) error) error {
	p := PrincipalOf(ctx)
	_, err := n.once(ctx, "delete", revision[:], func(s *session) ([]valueflows.ID, error) {
		row, err := revised[T](s, revision)
		if err != nil {
			return nil, err
		}
		gone := *row
		rec := recordOf(&gone)
		switch any(&gone).(type) {
		case *valueflows.EconomicEvent, *valueflows.EconomicResource:
			return nil, ErrForbidden // an event is corrected by another, a stock by events
		}
		if err := p.mayChange(&gone); err != nil {
			return nil, err
		}
		if r, ok := any(&gone).(*valueflows.AgentRelationship); ok && r.Membership {
			return nil, valueflows.ErrMembership
		}
		if r, ok := any(&gone).(*valueflows.AgentRelationshipRole); ok && roleOfID(r.ID) != "" {
			return nil, valueflows.ErrMembership
		}
		for _, check := range checks {
			if err := check(&gone); err != nil {
				return nil, err
			}
		}
		if a, ok := any(&gone).(*valueflows.Agent); ok && a.Kind == valueflows.ClassPerson {
			s.touch()
			if err := s.tx.TellAgain(rec.ID); err != nil {
				return nil, err
			}
			return []valueflows.ID{rec.ID}, s.tx.EraseIdentity(rec.ID)
		}
		return []valueflows.ID{rec.ID}, s.takeBack(any(&gone))
	})
	return err
}

// revised is the record that a revision, or a record's own id, names, where it
// is the record's latest revision and in books that the caller acts in.
func revised[T Kept](s *session, revision valueflows.ID) (*T, error) {
	id := revision
	entry, err := s.tx.Entry(revision)
	if err == nil {
		id = entry.Record
	} else if !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	row, err := rowOf[T](s, id)
	if err != nil {
		return nil, err
	}
	rec := recordOf(row)
	if !s.by.keeps(rec) {
		return nil, ErrNotFound
	}
	if entry != nil && rec.Revision != revision {
		return nil, ErrStale
	}
	return row, nil
}

func rowOf[T Kept](s *session, id valueflows.ID) (*T, error) {
	var row any
	var err error
	switch any(new(T)).(type) {
	case *valueflows.EconomicEvent:
		var event *store.Event
		if event, err = store.GetRow[store.Event](s.tx, id); err == nil {
			row = &event.EconomicEvent
		}
	default:
		row, err = store.GetRow[T](s.tx, id)
	}
	if err != nil {
		return nil, err
	}
	return row.(*T), nil
}

// fillIdentity gives a person the name that is kept apart.
func (s *session) fillIdentity(record any) error {
	a, ok := record.(*valueflows.Agent)
	if !ok || a.Kind != valueflows.ClassPerson {
		return nil
	}
	i, err := s.tx.Identity(a.ID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	identified(a, *i)
	return nil
}

// identityOf is what is kept of a person apart from the journal.
func identityOf(a *valueflows.Agent) store.Identity {
	return store.Identity{ID: a.ID, IRI: a.IRI, Name: a.Name, Image: string(a.Image), Note: string(a.Note)}
}

// identified gives a person what is kept apart from the journal.
func identified(a *valueflows.Agent, i store.Identity) {
	a.IRI, a.Name, a.Image, a.Note = i.IRI, i.Name, valueflows.URI(i.Image), valueflows.Text(i.Note)
}

// mayChange tells whether the principal may change a record of its books.
func (p Principal) mayChange(record any) error {
	data := dataOf(record)
	party := false
	switch r := record.(type) {
	case *valueflows.Agent:
		party = r.ID == p.User
		if r.Kind == valueflows.ClassPerson {
			data = Identities
		}
	case *valueflows.EconomicEvent:
		party = p.isParty(r)
		if r.Stream == valueflows.CarePeople && !party {
			return ErrNotFound
		}
	default:
		party = p.isPartyTo(record)
	}
	switch access := May(p.Role, Change, data); {
	case p.Role == Public:
		return ErrUnauthenticated
	case access == All, access == Party && party:
		return nil
	}
	return ErrForbidden
}

func (p Principal) isParty(e *valueflows.EconomicEvent) bool {
	return !p.User.IsZero() && (e.Provider == p.User || e.Receiver == p.User)
}
