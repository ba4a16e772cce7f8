package node

import (
	"context"
	"crypto/rand"
	"errors"
	"regexp"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// tellAtOnce is how many journal entries one commit brings to an audience's log.
const tellAtOnce = 200

// Publish brings the logs of the audiences that somebody listens to up to the
// journal, and tells whether it wrote anything. What keeps one audience from
// being told keeps no other.
func (n *Node) Publish(ctx context.Context) (bool, error) {
	rows, err := n.store.Peers(ctx, valueflows.ID{})
	if err != nil {
		return false, outward(err)
	}
	listened := map[valueflows.ID]bool{}
	for _, row := range rows {
		if PeerState(row.Follower) == Approved && !row.Blocked {
			listened[row.Audience] = true
		}
	}
	if len(listened) == 0 {
		return false, nil
	}
	audiences, err := n.store.Audiences(ctx)
	if err != nil {
		return false, outward(err)
	}
	due, err := n.store.Due(ctx)
	if err != nil {
		return false, outward(err)
	}
	told := false
	var failed []error
	for _, a := range audiences {
		if !listened[a.ID] {
			continue
		}
		wrote, err := n.bringUp(ctx, a, due[a.ID])
		told = told || wrote
		failed = append(failed, err)
	}
	return told, errors.Join(failed...)
}

// scanAhead is how far the journal may run ahead of an audience that it has
// nothing for before that is noted.
const scanAhead = 500

// bringUp tells an audience all that the journal has for it.
func (n *Node) bringUp(ctx context.Context, a *store.Audience, due bool) (wrote bool, err error) {
	for {
		head, err := n.store.Head(ctx)
		if err != nil {
			return wrote, outward(err)
		}
		if a.Scanned >= head.Position && !due {
			return wrote, nil
		}
		if some, err := n.store.AnyEntry(ctx, a.Lab, a.Scanned); err != nil || !some && !due && head.Position-a.Scanned < scanAhead {
			return wrote, outward(err)
		}
		if err := n.tell(ctx, a); err != nil {
			return wrote, err
		}
		wrote, due = true, false
		if a, err = n.store.Audience(ctx, a.Lab, a.Name); err != nil {
			return wrote, outward(err)
		}
	}
}

// tell appends to an audience's log what the next journal entries give it.
func (n *Node) tell(ctx context.Context, of *store.Audience) error {
	return n.write(AsPartner(ctx, of.Lab), func(s *session) error {
		a, err := s.tx.Audience(of.Lab, of.Name)
		if err != nil {
			return err
		}
		names, err := s.tx.PrivateNames()
		if err != nil {
			return err
		}
		t := &publisher{session: s, audience: a, private: wholeWords(names), seen: map[valueflows.ID]bool{}, named: map[valueflows.ID]string{}}
		upTo := s.tx.Position()
		entries, err := s.tx.EntriesAfter(a.Lab, a.Scanned, upTo, tellAtOnce)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := t.entry(e); err != nil {
				return err
			}
		}
		a.Scanned = upTo
		if len(entries) == tellAtOnce {
			a.Scanned = entries[len(entries)-1].Position
		}
		due, err := s.tx.Due(a.ID)
		if err != nil {
			return err
		}
		for _, person := range due {
			if err := t.changed(person, valueflows.ClassPerson); err != nil {
				return err
			}
			if err := t.withdraw(person); err != nil {
				return err
			}
		}
		if err := t.write(); err != nil {
			return err
		}
		return s.tx.PutAudience(a)
	})
}

// AsPartner is a sister LAB on another node, to which a LAB tells something, or
// which says something of its own.
func AsPartner(ctx context.Context, lab valueflows.ID) context.Context {
	return WithPrincipal(ctx, Principal{Lab: lab, Role: Partner})
}

// publisher gives an audience what journal entries say, in the form in which the
// audience may know it: persons by pseudonyms unless they agreed to be named,
// care for people not at all, and of places nothing.
type publisher struct {
	*session
	audience *store.Audience
	private  *regexp.Regexp // the names of those who did not agree; nil for none
	seen     map[valueflows.ID]bool
	named    map[valueflows.ID]string // the names that were looked up
	told     []*statement
}

// statement is one thing to tell.
type statement struct {
	kind      string // Create, Update or Delete
	id        valueflows.ID
	iri       string
	record    any // nil where it is gone
	published valueflows.Instant
}

// entry gathers what a journal entry tells.
func (t *publisher) entry(e *store.Entry) error {
	if e.Lab != t.audience.Lab || e.Body == nil || !e.Class.Kept() || May(t.by.Role, See, t.data(e.Class)) == Never {
		return nil
	}
	switch {
	case e.Operation == store.Delete, e.Operation == store.Forget:
		t.told = append(t.told, &statement{kind: "Delete", id: e.Record, iri: t.iri(e.Class, e.Record), published: e.At})
		return nil
	case e.Class == valueflows.ClassEconomicEvent:
		if e.Operation != store.Create {
			return nil // its note: what an event says to others stays
		}
		return t.event(e.Record)
	case e.Operation == store.Update:
		return t.changed(e.Record, e.Class)
	}
	return nil // it is told of when an event names it
}

func (t *publisher) data(class valueflows.Class) Data {
	record, err := jsonld.New(class)
	if err != nil {
		return ""
	}
	return dataOf(record)
}

// changed tells again what was told before, as it is now.
func (t *publisher) changed(id valueflows.ID, class valueflows.Class) error {
	delete(t.seen, id)
	before := len(t.told)
	if err := t.mention(id, class); err != nil {
		return err
	}
	for _, each := range t.told[before:] {
		if each.id == id {
			each.kind = "Update"
		}
	}
	return nil
}

// event tells of an event, and before it of what it names.
func (t *publisher) event(id valueflows.ID) error {
	row, err := store.GetRow[store.Event](t.tx, id)
	if err != nil {
		return err
	}
	original := row
	if !row.Corrects.IsZero() {
		if original, err = store.GetRow[store.Event](t.tx, row.Corrects); err != nil {
			return err
		}
	}
	if row.Stub || (row.Stream == valueflows.CarePeople || original.Stream == valueflows.CarePeople) && May(t.by.Role, See, CareForPeople) == Never {
		return nil
	}
	e := row.EconomicEvent
	e.ToLocation, e.Image, e.TriggeredBy, e.AgreedIn = valueflows.ID{}, "", valueflows.ID{}, ""
	e.Fulfills, e.Satisfies, e.Settles, e.RealizationOf, e.ReciprocalRealizationOf = nil, nil, nil, valueflows.ID{}, valueflows.ID{}
	e.State = valueflows.Text(t.open(string(e.State)))
	e.Note, e.ResourceClassifiedAs = valueflows.Text(t.open(string(e.Note))), t.openAll(e.ResourceClassifiedAs)
	for _, party := range []valueflows.ID{e.Provider, e.Receiver} {
		private, err := t.isPrivate(party)
		if err != nil {
			return err
		}
		if private {
			e.Note = "" // who it is about would be told by it
		}
	}
	for _, named := range []struct {
		id    valueflows.ID
		class valueflows.Class
	}{
		{e.Provider, valueflows.ClassPerson}, {e.Receiver, valueflows.ClassPerson},
		{e.ResourceConformsTo, valueflows.ClassResourceSpecification},
		{e.ResourceInventoriedAs, valueflows.ClassEconomicResource}, {e.ToResourceInventoriedAs, valueflows.ClassEconomicResource},
	} {
		if err := t.mention(named.id, named.class); err != nil {
			return err
		}
	}
	for _, m := range []*valueflows.Measure{e.ResourceQuantity, e.EffortQuantity} {
		if m != nil {
			if err := t.mention(m.HasUnit, valueflows.ClassUnit); err != nil {
				return err
			}
		}
	}
	t.told = append(t.told, &statement{kind: "Create", id: id, iri: t.iri(valueflows.ClassEconomicEvent, id), record: &e, published: row.Recorded})
	return nil
}

// mention tells of a record that something names, unless it is told already.
func (t *publisher) mention(id valueflows.ID, class valueflows.Class) error {
	if id.IsZero() || t.seen[id] {
		return nil
	}
	t.seen[id] = true
	var record any
	var err error
	switch {
	case class.IsAgent():
		record, err = t.agent(id)
	case class == valueflows.ClassUnit:
		record, err = t.unitTold(id)
	case class == valueflows.ClassResourceSpecification:
		record, err = t.specification(id)
	case class == valueflows.ClassEconomicResource:
		record, err = t.resourceTold(id)
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil // it is no more, or was never told here: there is nothing to tell
	}
	if record == nil || err != nil {
		return err
	}
	t.told = append(t.told, &statement{kind: "Create", id: id, iri: t.name(id), record: record, published: t.at})
	return nil
}

// write appends what was gathered, leaving out what the audience knows.
func (t *publisher) write() error {
	ids := make([]valueflows.ID, len(t.told))
	for i, each := range t.told {
		ids[i] = each.id
	}
	known, err := t.tx.ToldOf(t.audience.ID, ids)
	if err != nil {
		return err
	}
	var all []*store.Told
	actor := t.n.actorOf(t.audience.Lab)
	for _, each := range t.told {
		last, was := known[each.id]
		if was && each.kind == "Create" || !was && each.kind != "Create" || last == "Delete" {
			continue
		}
		if !was {
			known[each.id] = each.kind
		}
		t.audience.Size++
		entry := &store.Told{Position: t.audience.Size, Kind: each.kind, Record: each.id, Object: each.iri, At: t.at, Salt: make([]byte, saltBytes)}
		rand.Read(entry.Salt)
		entry.Activity = actor + "/audiences/" + t.audience.Name + "/" + t.n.newID().String()
		if entry.Body, err = t.body(entry.Activity, each); err != nil {
			return err
		}
		all = append(all, entry)
	}
	return t.tx.Tell(t.audience.ID, all)
}

// body is the activity that says something to the audience.
func (t *publisher) body(activity string, each *statement) ([]byte, error) {
	actor, published := t.n.actorOf(t.audience.Lab), valueflows.TimeOf(each.published.Time())
	object := map[string]any{"id": each.iri, "type": "Tombstone", "attributedTo": actor}
	if each.record != nil {
		var err error
		if object, err = jsonld.Tell(each.record, jsonld.Telling{IRI: each.iri, AttributedTo: actor, Published: published, Name: t.name, Unit: t.unitName}); err != nil {
			return nil, err
		}
	}
	return jsonld.Activity(map[string]any{
		"id": activity, "type": each.kind, "actor": actor, "to": []string{actor + "/followers"}, "published": published.String(), "object": object,
	})
}
