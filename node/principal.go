package node

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
)

// Role is what somebody may do in a LAB's books.
type Role string

// The roles. Operator is the command line on the node's own machine; Public is
// whoever is not signed in; Partner is a sister LAB on another node.
const (
	Member     Role = "member"
	Bookkeeper Role = "bookkeeper"
	Steward    Role = "steward"
	Auditor    Role = "auditor"
	Operator   Role = "operator"
	Public     Role = "public"
	Partner    Role = "partner"
)

// Roles are the roles that a token can have.
var Roles = []Role{Steward, Bookkeeper, Member, Auditor}

// ParseRole reads a role that a token can have.
func ParseRole(text string) (Role, error) {
	for _, r := range Roles {
		if string(r) == text {
			return r, nil
		}
	}
	return "", valueflows.Invalid("INVALID_ROLE", "%q is not a role: choose steward, bookkeeper, member or auditor", valueflows.Clip(text))
}

// Principal is on whose behalf something is done: a user in one LAB's books
// with one role. The zero Principal is the public.
type Principal struct {
	User valueflows.ID // a Person
	Lab  valueflows.ID
	Role Role
}

type principalKey struct{}

// WithPrincipal says on whose behalf what runs under the context is done.
func WithPrincipal(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// PrincipalOf is on whose behalf something is done.
func PrincipalOf(ctx context.Context) Principal {
	p, _ := ctx.Value(principalKey{}).(Principal)
	if p.Role == "" {
		p.Role = Public
	}
	return p
}

// AsOperator is the command line acting in a LAB's books; a zero LAB is none.
func AsOperator(ctx context.Context, lab valueflows.ID) context.Context {
	return WithPrincipal(ctx, Principal{Lab: lab, Role: Operator})
}

// tokenPrefix tells people and leak scanners what the secret opens.
const tokenPrefix = "disconode_"

// Authenticate tells who bears a token. It fails with [ErrUnauthenticated].
func (n *Node) Authenticate(ctx context.Context, token string) (Principal, error) {
	if !strings.HasPrefix(token, tokenPrefix) || len(token) > 128 {
		return Principal{}, ErrUnauthenticated
	}
	t, err := n.store.Token(ctx, sha256.Sum256([]byte(token)))
	if errors.Is(err, store.ErrNotFound) {
		return Principal{}, ErrUnauthenticated
	}
	if err != nil {
		return Principal{}, outward(err)
	}
	return Principal{User: t.Person, Lab: t.Lab, Role: Role(t.Role)}, nil
}

// CreateToken makes a bearer token for a user in a LAB, and tells whether the
// user had to be added to the LAB, in that role, because no member of it bears
// the name. The token is shown this once: the node keeps its SHA-256 only.
func (n *Node) CreateToken(ctx context.Context, lab valueflows.ID, user string, role Role) (string, bool, error) {
	if PrincipalOf(ctx).Role != Operator {
		return "", false, ErrForbidden
	}
	user = strings.TrimSpace(user)
	secret := make([]byte, 32)
	rand.Read(secret)
	token, id := tokenPrefix+base64.RawURLEncoding.EncodeToString(secret), n.newID()
	err := n.write(ctx, func(s *session) error {
		members, err := s.tx.MembersNamed(lab, user)
		if err != nil {
			return err
		}
		person := id
		switch len(members) {
		case 0:
			if err := s.addMember(lab, id, user, role); err != nil {
				return err
			}
		case 1:
			person = members[0].Person
		default:
			return valueflows.At(valueflows.Invalid("AMBIGUOUS_NAME", "several members of the LAB are called %q", valueflows.Clip(user)), "user")
		}
		return s.tx.PutToken(store.Token{Hash: sha256.Sum256([]byte(token)), Person: person, Lab: lab, Role: string(role), Made: s.at})
	})
	if err != nil {
		return "", false, err
	}
	p, err := n.Authenticate(ctx, token)
	return token, p.User == id, err
}
