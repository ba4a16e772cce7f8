package node

import (
	"context"
	"errors"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
)

// Links that are good once: 256 random bits, of which only the SHA-256 is kept.
const (
	setupLasts = 30 * time.Minute
	joinLasts  = 7 * 24 * time.Hour

	setupPurpose = "setup"
	joinPurpose  = "join"
)

// ErrLinkOver is that a link is not good, or not any more.
var ErrLinkOver = errors.New("this link is not good any more: it was used, or it is too old")

// SetupLink makes the link with which somebody sets up these books, where they
// have no LAB yet, and returns the path of its page. It fails with [ErrNotFound]
// where they have one: then there is no such link, for ever. For the command line.
func (n *Node) SetupLink(ctx context.Context) (path string, err error) {
	if PrincipalOf(ctx).Role != Operator {
		return "", ErrForbidden
	}
	secret, hash := newSecret()
	err = n.write(ctx, func(s *session) error {
		if known, err := s.tx.HasLabs(); err != nil {
			return err
		} else if known {
			return ErrNotFound
		}
		return s.tx.PutLink(store.OneTimeLink{Hash: hash, Purpose: setupPurpose, Until: s.at + valueflows.Instant(setupLasts.Microseconds())}, s.at)
	})
	return "/setup/" + secret, err
}

// CanSetUp fails with [ErrLinkOver] where the secret is not that of a set-up link.
func (n *Node) CanSetUp(ctx context.Context, secret string) error {
	labs, err := n.store.Labs(ctx)
	if err != nil {
		return outward(err)
	}
	if len(labs) > 0 {
		return ErrLinkOver
	}
	_, err = n.link(ctx, setupPurpose, secret)
	return err
}

// SetUp makes the node's first LAB, with its steward's password, and signs the
// steward's browser in. One call wins, and the link is gone for ever.
// It fails with [ErrLinkOver], and as [Node.CreateLab] does.
func (n *Node) SetUp(ctx context.Context, secret string, l NewLab, password string) (signedIn string, err error) {
	if err := n.CanSetUp(ctx, secret); err != nil {
		return "", err
	}
	if err := errors.Join(l.check(), checkPassword(password, l.Steward, l.Name, l.Slug)); err != nil {
		return "", err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return "", err
	}
	made, steward := n.newLab(l), n.newID()
	signedIn, session256 := newSecret()
	ctx = WithPrincipal(ctx, Principal{User: steward, Lab: made.ID, Role: Steward})
	err = n.write(ctx, func(s *session) error {
		if known, err := s.tx.LabBySlug(l.Slug); err == nil && known.ID == made.ID {
			return nil // done already, before a lost connection
		} else if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if _, err := s.takeLink(setupPurpose, secret); err != nil {
			return err
		}
		if known, err := s.tx.HasLabs(); err != nil {
			return err
		} else if known {
			return ErrLinkOver
		}
		if err := s.tx.DropLinks(setupPurpose, valueflows.ID{}); err != nil {
			return err
		}
		if err := s.addLab(made, steward, l.Steward); err != nil {
			return err
		}
		if err := s.tx.PutPassword(steward, hash, s.at); err != nil {
			return err
		}
		return s.signIn(session256, steward, made.ID, Steward)
	})
	return signedIn, err
}

// Invite makes the link with which a member of a LAB chooses a password, new or
// forgotten, and returns the path of its page. An earlier link of that member is
// good no more. Somebody whose name no member bears becomes one, in the role
// that is given, and added says so; where none is given that fails.
// For the command line.
func (n *Node) Invite(ctx context.Context, lab valueflows.ID, user string, role Role) (path string, added bool, err error) {
	if PrincipalOf(ctx).Role != Operator {
		return "", false, ErrForbidden
	}
	secret, hash := newSecret()
	fresh := n.newID()
	err = n.write(ctx, func(s *session) error {
		members, err := s.tx.MembersNamed(lab, user)
		if err == nil && len(members) == 0 && role != "" {
			if err := s.addMember(lab, fresh, user, role); err != nil {
				return err
			}
			members, err = s.tx.MembersNamed(lab, user)
		}
		person, err := oneMember(members, err, user)
		if err != nil {
			return err
		}
		added = person == fresh // also where it was done already, before a lost connection
		if err := s.tx.DropLinks(joinPurpose, person); err != nil {
			return err
		}
		return s.tx.PutLink(store.OneTimeLink{Hash: hash, Purpose: joinPurpose, Person: person, Lab: lab, Until: s.at + valueflows.Instant(joinLasts.Microseconds())}, s.at)
	})
	return "/join/" + secret, added, err
}

// Invited tells who a link invites, and into which LAB: their names.
// It fails with [ErrLinkOver].
func (n *Node) Invited(ctx context.Context, secret string) (person, lab string, err error) {
	link, err := n.link(ctx, joinPurpose, secret)
	if err != nil {
		return "", "", err
	}
	identities, err := n.store.Identities(ctx, []valueflows.ID{link.Person})
	if err != nil {
		return "", "", outward(err)
	}
	if len(identities) == 0 {
		return "", "", ErrLinkOver
	}
	return identities[0].Name, n.labName(ctx, link.Lab), nil
}

// Join sets the password of who a link invites, signs that browser in, and ends
// the sessions that the person had. It fails with [ErrLinkOver].
func (n *Node) Join(ctx context.Context, secret, password string) (signedIn string, err error) {
	link, err := n.link(ctx, joinPurpose, secret)
	if err != nil {
		return "", err
	}
	person, _, err := n.Invited(ctx, secret)
	if err != nil {
		return "", err
	}
	if err := checkPassword(password, n.namesAround(ctx, link.Lab, person)...); err != nil {
		return "", err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return "", err
	}
	signedIn, session256 := newSecret()
	err = n.write(ctx, func(s *session) error {
		link, err := s.takeLink(joinPurpose, secret)
		if err != nil {
			return err
		}
		m, err := s.tx.Membership(link.Lab, link.Person)
		if errors.Is(err, store.ErrNotFound) {
			return ErrLinkOver
		}
		if err != nil {
			return err
		}
		if err := s.tx.PutPassword(link.Person, hash, s.at); err != nil {
			return err
		}
		return s.signIn(session256, link.Person, link.Lab, Role(m.Role))
	})
	return signedIn, err
}

// link reads a link of a purpose, while it is good.
func (n *Node) link(ctx context.Context, purpose, secret string) (*store.OneTimeLink, error) {
	if secret == "" || len(secret) > secretMax {
		return nil, ErrLinkOver
	}
	link, err := n.store.OneTimeLink(ctx, hashSecret(secret))
	return good(link, err, purpose, valueflows.InstantOf(n.now()))
}

// takeLink reads a link while it is good, and makes it good no more.
func (s *session) takeLink(purpose, secret string) (*store.OneTimeLink, error) {
	link, err := s.tx.TakeLink(hashSecret(secret))
	return good(link, err, purpose, s.at)
}

func good(link *store.OneTimeLink, err error, purpose string, now valueflows.Instant) (*store.OneTimeLink, error) {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, ErrLinkOver
	case err != nil:
		return nil, outward(err)
	case link.Purpose != purpose || link.Until <= now:
		return nil, ErrLinkOver
	}
	return link, nil
}
