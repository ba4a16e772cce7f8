package node

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// What a peer's activity can be refused for.
var (
	ErrRewrites = errors.New("this is known with another content: the first one was kept")
	ErrNotOwner = errors.New("only the LAB whose record it is may say so")
	ErrNotAsked = errors.New("this was never asked for")
	ErrTooMany  = errors.New("too many requests wait for a steward already")
)

// Activity is what a peer sent, when the door has checked whose it is: its key
// signed it, and its id and its object's are of its origin.
type Activity struct {
	Lab       valueflows.ID // whose inbox it came to
	Actor     string        // IRI of the peer's actor
	IRI       string        // of the activity
	Kind      string        // its type, such as Create
	ObjectIRI string        // of what it is about
	Object    []byte        // what it is about, in JSON; nil where it is only named
	Raw       []byte        // the activity as it came
}

// Receive takes what a peer sent, once: the same activity again has no further
// effect. What a LAB elsewhere says of its records becomes its claim, which
// changes nothing in our books.
//
// It fails with [ErrForbidden] for who is no peer of the LAB or is blocked,
// [ErrRewrites], [ErrNotOwner], [ErrNotAsked], or an [*valueflows.InputError].
func (n *Node) Receive(ctx context.Context, a Activity) error {
	origin := valueflows.IDOf(a.Actor)
	ctx = AsPartner(ctx, origin)
	err := n.write(ctx, func(s *session) error {
		peer, err := s.tx.Peer(a.Lab, origin)
		if errors.Is(err, store.ErrNotFound) {
			return ErrForbidden
		}
		if err != nil {
			return err
		}
		if peer.Blocked || PeerState(peer.Follower) != Approved && peer.Following == "" {
			return ErrForbidden
		}
		known, err := s.tx.Received(valueflows.IDOf(a.IRI))
		switch {
		case err == nil && known.Actor != origin:
			return ErrNotOwner
		case err == nil && !bytes.Equal(known.Body, a.kept()):
			return ErrRewrites
		case err == nil:
			return nil
		case !errors.Is(err, store.ErrNotFound):
			return err
		}
		if claims(a.Kind) && !asked(peer) {
			return nil // nobody here asked to see it: it may come again when somebody did
		}
		if err := s.take(peer, a); err != nil {
			return err
		}
		return s.tx.PutReceived(&store.Received{Activity: valueflows.IDOf(a.IRI), Actor: origin, Lab: a.Lab, Kind: a.Kind, Body: a.kept(), At: s.at})
	})
	if errors.Is(err, ErrRewrites) || errors.Is(err, ErrNotOwner) {
		n.noteRefusal(ctx, a, err)
	}
	return err
}

// kept are the bytes of an activity that are kept: all of those that say
// something of a record, and a hash of others.
func (a Activity) kept() []byte {
	if claims(a.Kind) {
		return a.Raw
	}
	sum := sha256.Sum256(a.Raw)
	return sum[:]
}

// noteRefusal keeps what was refused, for the stewards to see.
func (n *Node) noteRefusal(ctx context.Context, a Activity, why error) {
	n.log.Warn("an activity was refused", "actor", a.Actor, "kind", a.Kind, "reason", why.Error())
	err := n.write(ctx, func(s *session) error {
		return s.tx.PutRefused(&store.Refused{ID: n.newID(), Lab: a.Lab, Actor: valueflows.IDOf(a.Actor), Reason: why.Error(), Object: valueflows.Clip(a.ObjectIRI), At: s.at})
	})
	if err != nil {
		n.log.Error("a refusal could not be kept", "error", err)
	}
}

// claims tells whether activities of a kind say something of records.
func claims(kind string) bool { return kind == "Create" || kind == "Update" || kind == "Delete" }

// take does what an activity asks for.
func (s *session) take(peer *store.Peer, a Activity) error {
	switch a.Kind {
	case "Create", "Update":
		if a.Object == nil {
			return nil
		}
		return s.takeClaim(a)
	case "Delete":
		return s.takeDelete(a)
	case "Accept", "Reject":
		if peer.Followed == "" || peer.Followed != a.ObjectIRI {
			return ErrNotAsked
		}
		peer.Following = string(Approved)
		if a.Kind == "Reject" {
			peer.Following = string(Rejected)
		}
		peer.Error = ""
		s.touch()
		return s.tx.PutPeer(peer)
	case "Undo":
		if peer.Follow != "" && peer.Follow == a.ObjectIRI {
			peer.Follower, peer.Follow, peer.Knock, peer.Checked, peer.Delivered = "", "", "", false, 0 // should it ask again, it starts anew
			return s.tx.PutPeer(peer)
		}
	}
	return nil // kept as it came
}

// takeClaim keeps what a LAB elsewhere says of a record. What is of no class or
// action that is kept here has come, and is not shown.
func (s *session) takeClaim(a Activity) error {
	names := map[valueflows.ID]string{}
	record, err := jsonld.Claim(a.Object, func(iri string) (valueflows.ID, error) {
		id, err := s.n.Ref(s.ctx, iri)
		if err == nil && !s.n.isOurs(iri) {
			names[id] = valueflows.NormalIRI(iri)
		}
		return id, err
	})
	var input *valueflows.InputError
	if errors.As(err, &input) && (input.Code == "UNKNOWN_CLASS" || input.Code == "UNKNOWN_ACTION") {
		return nil
	}
	if err != nil {
		return err
	}
	rec := recordOf(record)
	if rec.ID = valueflows.IDOf(a.ObjectIRI); s.n.isOurs(a.ObjectIRI) {
		return ErrNotOwner
	}
	rec.IRI = valueflows.NormalIRI(a.ObjectIRI)
	c := claimant{s, names}
	switch r := record.(type) {
	case *valueflows.Agent:
		r.PrimaryLocation, r.Image, r.Name = valueflows.ID{}, "", shortened(r.Name)
		return claim(c, r)
	case *valueflows.Unit:
		return claim(c, r)
	case *valueflows.ResourceSpecification:
		return errors.Join(c.unit(&r.DefaultUnitOfResource), c.unit(&r.DefaultUnitOfEffort), claim(c, r))
	case *valueflows.ProcessSpecification:
		return claim(c, r)
	case *valueflows.Process:
		r.PlannedWithin = valueflows.ID{}
		return errors.Join(mention[valueflows.ProcessSpecification](c, &r.BasedOn), mention[valueflows.Agent](c, &r.InScopeOf), claim(c, r))
	case *valueflows.EconomicResource:
		return c.resource(r)
	case *valueflows.EconomicEvent:
		return c.event(r)
	}
	return nil // places and lots are not taken in
}

// claimant is a LAB elsewhere, saying something.
type claimant struct {
	*session
	names map[valueflows.ID]string // the IRIs that it names
}

// shortened is a name of at most as many characters as one of ours has.
func shortened(name string) string {
	if letters := []rune(name); len(letters) > nameMax {
		return string(letters[:nameMax])
	}
	return name
}

// unit makes sure that a unit leads somewhere: those of OM2 are built in.
func (c claimant) unit(id *valueflows.ID) error {
	if valueflows.OMUnit(*id) != nil {
		return nil
	}
	return mention[valueflows.Unit](c, id)
}

func (c claimant) resource(r *valueflows.EconomicResource) error {
	r.CurrentLocation, r.OfBatchLot, r.ContainedIn, r.Stage, r.Overdraw = valueflows.ID{}, valueflows.ID{}, valueflows.ID{}, valueflows.ID{}, false
	r.AlsoIn = nil
	if err := errors.Join(c.unit(&r.UnitOfEffort), mention[valueflows.ResourceSpecification](c, &r.ConformsTo), mention[valueflows.Agent](c, &r.PrimaryAccountable), mention[valueflows.Agent](c, &r.Custodian)); err != nil {
		return err
	}
	return claim(c, r)
}

func (c claimant) event(e *valueflows.EconomicEvent) error {
	e.ToLocation, e.TriggeredBy = valueflows.ID{}, valueflows.ID{}
	e.Fulfills, e.Satisfies, e.Settles, e.RealizationOf, e.ReciprocalRealizationOf = nil, nil, nil, valueflows.ID{}, valueflows.ID{}
	if !slices.Contains(valueflows.Streams, e.Stream) {
		e.Stream = ""
	}
	for _, m := range []*valueflows.Measure{e.ResourceQuantity, e.EffortQuantity} {
		if m != nil {
			if err := c.unit(&m.HasUnit); err != nil {
				return err
			}
		}
	}
	for _, earlier := range []*valueflows.ID{&e.Corrects, &e.ScrapOf} { // of its own books alone
		row, err := store.GetRow[store.Event](c.tx, *earlier)
		if there, err := found(err); err != nil {
			return err
		} else if !there || row.Books != c.by.Lab {
			*earlier = valueflows.ID{}
		}
	}
	for _, err := range []error{
		mention[valueflows.Agent](c, &e.Provider), mention[valueflows.Agent](c, &e.Receiver),
		mention[valueflows.Process](c, &e.InputOf), mention[valueflows.Process](c, &e.OutputOf),
		mention[valueflows.EconomicResource](c, &e.ResourceInventoriedAs), mention[valueflows.EconomicResource](c, &e.ToResourceInventoriedAs),
		mention[valueflows.ResourceSpecification](c, &e.ResourceConformsTo),
	} {
		if err != nil {
			return err
		}
	}
	return claim(c, e)
}

// mention makes sure that a claim's reference leads somewhere: to a record of
// its class, or to a stub of it. One that cannot is left out.
func mention[T Kept](c claimant, id *valueflows.ID) error {
	if id.IsZero() {
		return nil
	}
	row, err := rowOf[T](c.session, *id)
	if there, err := found(err); there || err != nil {
		if err == nil && dataOf(row) != Agents {
			err = c.letGo(recordOf(row), id)
		}
		return err
	}
	iri := c.names[*id]
	entries, err := c.tx.EntriesOf(*id)
	if err != nil {
		return err
	}
	if iri == "" || len(entries) > 0 && entries[len(entries)-1].Operation != store.Delete {
		*id = valueflows.ID{} // of ours, and none; or of another class
		return nil
	}
	return c.stub(any(new(T)), *id, iri)
}

// letGo leaves a reference out that leads into the books of a LAB of this node:
// what others say must not hold on to what is ours. Only agents are named by all.
func (c claimant) letGo(rec *valueflows.Record, id *valueflows.ID) error {
	if rec.Books.IsZero() {
		return nil
	}
	local, err := c.isLocal(rec.Books)
	if local {
		*id = valueflows.ID{}
	}
	return err
}

// claim keeps what a LAB elsewhere says of a record of its books.
func claim[T Kept](c claimant, record *T) error {
	rec := recordOf(record)
	if gone, err := c.tx.IsGone(rec.ID); gone || err != nil {
		return err // it stays gone
	}
	row, err := rowOf[T](c.session, rec.ID)
	there, err := found(err)
	if err != nil {
		return err
	}
	if !there {
		entries, err := c.tx.EntriesOf(rec.ID)
		if err != nil {
			return err
		}
		if len(entries) > 0 && entries[len(entries)-1].Operation != store.Delete {
			return ErrRewrites // it is of another class
		}
	} else if was := recordOf(row); !was.Stub {
		local, err := c.isLocal(was.Books)
		switch {
		case err != nil:
			return err
		case local:
			return nil // our own books tell of it, and go on doing so
		case was.Books != c.by.Lab:
			return ErrNotOwner
		}
		if event, ok := any(record).(*valueflows.EconomicEvent); ok {
			return c.sameEvent(event, any(row).(*valueflows.EconomicEvent))
		}
	}
	rec.Books = c.by.Lab
	if a, ok := any(record).(*valueflows.Agent); ok && a.Kind == valueflows.ClassPerson {
		if err := c.tx.PutIdentity(identityOf(a)); err != nil {
			return err
		}
	}
	return c.append(valueflows.ClassOf(any(record)), store.Claim, any(record))
}

// isLocal tells whether books are those of a LAB of this node.
func (s *session) isLocal(books valueflows.ID) (bool, error) {
	if books.IsZero() {
		return true, nil
	}
	_, err := s.tx.Lab(books)
	return found(err)
}

// sameEvent fails with [ErrRewrites] where what is said of an event differs from
// what was said first. Words may be taken back: then they are forgotten here too.
func (c claimant) sameEvent(now, was *valueflows.EconomicEvent) error {
	taken := *was
	if now.Note == "" {
		taken.Note = ""
	}
	if now.State == "" {
		taken.State = ""
	}
	if len(now.ResourceClassifiedAs) == 0 {
		taken.ResourceClassifiedAs = nil
	}
	again, err := jsonld.Encode(now)
	if err != nil {
		return err
	}
	before, err := jsonld.Encode(&taken)
	if err != nil {
		return err
	}
	if !bytes.Equal(again, before) {
		return ErrRewrites
	}
	if taken.Note == was.Note && taken.State == was.State && len(taken.ResourceClassifiedAs) == len(was.ResourceClassifiedAs) {
		return nil
	}
	now.Books = c.by.Lab
	return c.append(valueflows.ClassEconomicEvent, store.Claim, now)
}

// takeDelete forgets what a LAB elsewhere tells no more. What other claims name
// stays, but who a person is goes.
func (s *session) takeDelete(a Activity) error {
	id := valueflows.IDOf(a.ObjectIRI)
	entries, err := s.tx.EntriesOf(id)
	if err != nil || len(entries) == 0 || entries[len(entries)-1].Operation == store.Delete {
		return err // nothing is known of it: it stays so
	}
	entries = slices.DeleteFunc(entries, func(e *store.Entry) bool { return e.Operation == store.Adopt }) // who knows it is not whose it is
	if len(entries) == 0 {
		return nil
	}
	last := entries[len(entries)-1]
	if last.Lab != s.by.Lab {
		return ErrNotOwner
	}
	if last.Class == valueflows.ClassEconomicEvent {
		return ErrRewrites // what happened is corrected by a further event
	}
	if err := s.tx.PutGone(id, s.at); err != nil {
		return err
	}
	if last.Class == valueflows.ClassPerson {
		s.touch()
		return s.tx.EraseIdentity(id)
	}
	used, err := s.tx.NamersOf(last.Class, id)
	if err != nil || len(used) > 0 {
		return err
	}
	record, err := jsonld.Decode(last.Body)
	if err != nil {
		return err
	}
	recordOf(record).Books = s.by.Lab
	return s.append(last.Class, store.Delete, record)
}
