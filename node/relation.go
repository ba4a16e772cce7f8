package node

import (
	"errors"

	"disconode/node/store"
	"disconode/valueflows"
)

// roleIRI is the name of a role in a LAB as a role between agents.
func roleIRI(role string) string { return valueflows.OwnNamespace + "role:" + role }

// roleOfID is the role in a LAB whose role between agents has the id, or "".
func roleOfID(id valueflows.ID) Role {
	for _, r := range Roles {
		if valueflows.IDOf(roleIRI(string(r))) == id {
			return r
		}
	}
	return ""
}

// relate shows somebody's role in a LAB as a relationship of the two. The first
// membership in a role makes the role itself.
func (s *session) relate(e *store.Entry, lab, person valueflows.ID, role string) error {
	id := valueflows.IDOf(roleIRI(role))
	known, err := store.GetRow[valueflows.AgentRelationshipRole](s.tx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && (known.Stub || !known.Books.IsZero()) { // somebody named it before
		store.PutRow(s.tx, &valueflows.AgentRelationshipRole{
			Record:    valueflows.Record{ID: id, IRI: roleIRI(role), Revision: e.ID, Position: e.Position},
			RoleLabel: role,
		})
	} else if err != nil {
		return err
	}
	store.PutRow(s.tx, &valueflows.AgentRelationship{
		Record:  valueflows.Record{ID: e.Record, Books: lab, Revision: e.ID, Position: e.Position},
		Subject: person, Object: lab, Relationship: id, Membership: true,
	})
	return nil
}
