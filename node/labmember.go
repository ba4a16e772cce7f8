package node

import (
	"context"
	"encoding/json"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
)

// AddMember adds a person to a LAB in a role, and returns the person.
// For the command line.
func (n *Node) AddMember(ctx context.Context, lab valueflows.ID, name string, role Role) (valueflows.ID, error) {
	if PrincipalOf(ctx).Role != Operator {
		return valueflows.ID{}, ErrForbidden
	}
	name = strings.TrimSpace(name)
	person := n.newID()
	err := n.write(ctx, func(s *session) error {
		known, err := s.tx.MembersNamed(lab, name)
		if err != nil || len(known) == 1 && known[0].Person == person { // done already, before a lost connection
			return err
		}
		if len(known) > 0 {
			return valueflows.At(valueflows.Invalid("EXISTS", "the LAB has a member called %q already", valueflows.Clip(name)), "name")
		}
		return s.addMember(lab, person, name, role)
	})
	if err != nil {
		return valueflows.ID{}, err
	}
	return person, nil
}

func (s *session) addMember(lab, id valueflows.ID, name string, role Role) error {
	name = strings.TrimSpace(name) // it is typed at sign-in
	if err := checkName("name", name); err != nil {
		return err
	}
	person := &valueflows.Agent{Record: valueflows.Record{ID: id, Books: lab}, Kind: valueflows.ClassPerson, Name: name}
	if err := s.append(person.Kind, store.Create, person); err != nil {
		return err
	}
	if err := s.tx.PutIdentity(store.Identity{ID: person.ID, Name: name}); err != nil {
		return err
	}
	m := &store.Membership{ID: s.n.newID(), Lab: lab, Person: person.ID, Role: string(role)}
	body, err := canonical(membershipBody{m.ID.String(), lab.String(), person.ID.String(), m.Role, string(classMembership)})
	if err != nil {
		return err
	}
	return s.projectMembership(s.entry(classMembership, store.Create, m.ID, lab, body))
}

type membershipBody struct {
	ID     string `json:"id"`
	Lab    string `json:"lab"`
	Person string `json:"person"`
	Role   string `json:"role"`
	Type   string `json:"type"`
}

func (s *session) projectMembership(e *store.Entry) error {
	var b membershipBody
	if err := json.Unmarshal(e.Body, &b); err != nil {
		return err
	}
	lab, err := valueflows.ParseID(b.Lab)
	if err != nil {
		return err
	}
	person, err := valueflows.ParseID(b.Person)
	if err != nil {
		return err
	}
	s.tx.PutMembership(&store.Membership{ID: e.Record, Lab: lab, Person: person, Role: b.Role, Position: e.Position, Revision: e.ID})
	return s.relate(e, lab, person, b.Role)
}
