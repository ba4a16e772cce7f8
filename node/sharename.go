package node

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"disconode/node/store"
	"disconode/valueflows"
)

// iri is the name under which the audience knows a record of the LAB's books:
// always one of this node's, so that what is said of it and who says it have
// one origin.
func (t *publisher) iri(class valueflows.Class, id valueflows.ID) string {
	return t.n.baseURL + "/vf/" + string(class) + "/" + id.String()
}

// name is the IRI under which the audience knows what an id names; empty where
// it is not told.
func (t *publisher) name(id valueflows.ID) string {
	name, ok := t.named[id]
	if !ok {
		name = t.lookUp(id)
		t.named[id] = name
	}
	return name
}

func (t *publisher) lookUp(id valueflows.ID) string {
	if t.isLab(id) {
		return t.n.actorOf(id)
	}
	if row, err := store.GetRow[valueflows.Agent](t.tx, id); err == nil {
		switch {
		case t.isPeer(id):
			return row.IRI
		case row.Kind == valueflows.ClassPerson, row.Stub, row.Books != t.audience.Lab:
			return t.n.actorOf(t.audience.Lab) + "/people/" + t.pseudonym(id)
		}
		return t.iri(row.Kind, id)
	}
	for _, find := range []func(valueflows.ID) (*valueflows.Record, valueflows.Class){
		look[valueflows.EconomicResource](t), look[valueflows.ResourceSpecification](t), look[valueflows.Process](t), look[valueflows.EconomicEvent](t), look[valueflows.Unit](t),
	} {
		if rec, class := find(id); rec != nil {
			if rec.Books != t.audience.Lab && !rec.Books.IsZero() { // another LAB's word: each LAB tells it under a name of its own
				return t.n.actorOf(t.audience.Lab) + "/vf/" + string(class) + "/" + id.String()
			}
			return t.iri(class, id)
		}
	}
	return ""
}

// look finds a record of a class.
func look[T Kept](t *publisher) func(valueflows.ID) (*valueflows.Record, valueflows.Class) {
	return func(id valueflows.ID) (*valueflows.Record, valueflows.Class) {
		row, err := rowOf[T](t.session, id)
		if err != nil {
			return nil, ""
		}
		return recordOf(row), valueflows.ClassOf(row)
	}
}

// isLab tells whether an agent is a LAB of this node: its name is public.
func (t *publisher) isLab(id valueflows.ID) bool {
	_, err := t.tx.Lab(id)
	return err == nil
}

// isPeer tells whether an agent is a sister LAB that the LAB agreed with: its
// name is its own to tell.
func (t *publisher) isPeer(id valueflows.ID) bool {
	row, err := t.tx.Peer(t.audience.Lab, id)
	return err == nil && !row.Blocked && (row.Checked && PeerState(row.Follower) == Approved || PeerState(row.Following) == Approved)
}

func (t *publisher) unitName(id valueflows.ID) string {
	if known := valueflows.OMUnit(id); known != nil {
		return known.OMUnitIdentifier
	}
	if id.IsZero() {
		return ""
	}
	return t.name(id)
}

// pseudonym names a person to the audience, always in the same way, and to
// each audience in another.
func (t *publisher) pseudonym(id valueflows.ID) string {
	mac := hmac.New(sha256.New, t.n.secret)
	mac.Write([]byte("audience"))
	mac.Write(t.audience.ID[:])
	mac.Write(id[:])
	return hex.EncodeToString(mac.Sum(nil)[:12])
}

// isPrivate tells whether an agent is a person who did not agree to be named,
// or may be one.
func (t *publisher) isPrivate(id valueflows.ID) (bool, error) {
	if id.IsZero() || t.isLab(id) {
		return false, nil
	}
	row, err := store.GetRow[valueflows.Agent](t.tx, id)
	if err != nil {
		return true, err
	}
	if row.Kind != valueflows.ClassPerson {
		return row.Stub && !t.isPeer(id), nil
	}
	shares, err := t.tx.SharesName([]valueflows.ID{id})
	return !shares[id], err
}
