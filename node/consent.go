package node

import (
	"context"

	"disconode/valueflows"
)

// ShareName has the name of a person known to sister groups, or no more. It is
// the person's own to say; the command line may for who has no sign-in.
func (n *Node) ShareName(ctx context.Context, person valueflows.ID, share bool) error {
	if by := PrincipalOf(ctx); by.Role != Operator && (by.User != person || person.IsZero()) {
		if by.Role == Public {
			return ErrUnauthenticated
		}
		return ErrForbidden
	}
	return n.write(ctx, func(s *session) error {
		var since valueflows.Instant
		if share {
			since = s.at
		}
		if _, err := s.tx.Identity(person); err != nil {
			return err
		}
		if err := s.tx.ShareName(person, since); err != nil {
			return err
		}
		return s.tx.TellAgain(person)
	})
}

// SharesName tells whether a person lets sister groups know their name: the
// caller's own to ask, and the stewards' and bookkeepers'.
func (n *Node) SharesName(ctx context.Context, person valueflows.ID) (bool, error) {
	if by := PrincipalOf(ctx); by.User != person && May(by.Role, See, Members) != All {
		return false, ErrForbidden
	}
	shares, err := n.store.SharesName(ctx, person)
	return shares, outward(err)
}
