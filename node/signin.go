package node

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
)

// How long a browser stays signed in, and how long when nobody uses it. That it
// was used is written down now and then only.
const (
	SessionLasts = 14 * 24 * time.Hour
	sessionIdle  = 2 * 24 * time.Hour
	sessionNoted = 10 * time.Minute
)

// ErrWrongPassword is that a name and a password do not go together: it does not
// tell whether there is somebody of that name.
var ErrWrongPassword = errors.New("the name and the password do not go together: check both, or ask who runs the node for a new link")

// namesakesMax is how many members of one name a password is held against.
const namesakesMax = 4

// newSecret is 256 random bits as text, and what is kept of it.
func newSecret() (secret string, hash [32]byte) {
	random := make([]byte, 32)
	rand.Read(random)
	secret = base64.RawURLEncoding.EncodeToString(random)
	return secret, hashSecret(secret)
}

func hashSecret(secret string) [32]byte { return sha256.Sum256([]byte(secret)) }

// secretMax is the longest text that may be a secret of ours.
const secretMax = 64

// SignIn signs a browser in as the member of a LAB who bears a name, and returns
// what its cookie is to hold; the node keeps only the SHA-256 of that. The
// address is where the browser is, for counting the tries.
//
// It fails with [ErrWrongPassword], [ErrSlowDown] and [ErrBusy].
func (n *Node) SignIn(ctx context.Context, lab valueflows.ID, name, password, address string) (string, error) {
	name = strings.TrimSpace(name)
	if len(name) > 4*nameMax || len(password) > 4*passwordMax || strings.ContainsRune(name, 0) {
		return "", ErrWrongPassword
	}
	account := accountOf(lab, name)
	if err := n.tries.begin(account, address, n.now()); err != nil {
		return "", err
	}
	member, err := n.memberWith(ctx, lab, name, password)
	if err != nil {
		return "", err
	}
	n.tries.succeeded(account, address)
	secret, hash := newSecret()
	err = n.write(ctx, func(s *session) error { return s.signIn(hash, member.Person, lab, Role(member.Role)) })
	return secret, err
}

// memberWith is the member of a LAB with that name and password. Where nobody
// bears the name, finding that out takes as long.
func (n *Node) memberWith(ctx context.Context, lab valueflows.ID, name, password string) (*store.Membership, error) {
	members, err := n.store.MembersNamed(ctx, lab, name)
	if err != nil {
		return nil, outward(err)
	}
	held := false
	for _, m := range members[:min(len(members), namesakesMax)] {
		hash, err := n.store.PasswordHash(ctx, m.Person)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, outward(err)
		}
		held = true
		if right, err := holds(ctx, hash, password); right || err != nil {
			return m, err
		}
	}
	if !held {
		if _, err := holds(ctx, nobodysHash, password); err != nil {
			return nil, err
		}
	}
	return nil, ErrWrongPassword
}

// signIn begins a browser session.
func (s *session) signIn(hash [32]byte, person, lab valueflows.ID, role Role) error {
	before := func(d time.Duration) valueflows.Instant { return s.at - valueflows.Instant(d.Microseconds()) }
	if err := s.tx.EndStaleSessions(before(SessionLasts), before(sessionIdle)); err != nil {
		return err
	}
	return s.tx.PutSession(store.BrowserSession{Hash: hash, Person: person, Lab: lab, Role: string(role), Made: s.at, Seen: s.at})
}

// Session tells who is signed in with the browser whose cookie holds a secret.
// It fails with [ErrUnauthenticated] where nobody is, or is no longer: after two
// days without use, after fourteen, after another password, after signing out,
// and where the person has another role than at sign-in.
func (n *Node) Session(ctx context.Context, secret string) (Principal, error) {
	if secret == "" || len(secret) > secretMax {
		return Principal{}, ErrUnauthenticated
	}
	hash := hashSecret(secret)
	b, role, err := n.store.Session(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return Principal{}, ErrUnauthenticated
	}
	if err != nil {
		return Principal{}, outward(err)
	}
	now := valueflows.InstantOf(n.now())
	since := func(at valueflows.Instant) time.Duration { return time.Duration(now-at) * time.Microsecond }
	if since(b.Made) >= SessionLasts || since(b.Seen) >= sessionIdle || role == "" || role != b.Role {
		return Principal{}, ErrUnauthenticated
	}
	if since(b.Seen) >= sessionNoted {
		n.noteSession(ctx, hash, now)
	}
	return Principal{User: b.Person, Lab: b.Lab, Role: Role(role)}, nil
}

// noteSession writes down that a session is used. Where that fails it is tried
// again at the next use; whoever is signed in has no part in it.
func (n *Node) noteSession(ctx context.Context, hash [32]byte, now valueflows.Instant) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := n.store.Write(ctx, func(tx *store.Tx) error { return tx.SeeSession(hash, now) }); err != nil {
		n.log.Warn("the use of a session was not written down", "error", err)
	}
}

// SignOut ends the session of a browser, at once and everywhere.
func (n *Node) SignOut(ctx context.Context, secret string) error {
	if len(secret) > secretMax {
		return nil
	}
	hash := hashSecret(secret)
	return n.write(ctx, func(s *session) error { return s.tx.EndSession(hash) })
}

// Doors are the LABs that one can sign in to, with their names.
func (n *Node) Doors(ctx context.Context) ([]Lab, error) {
	all, err := n.Labs(ctx)
	if err != nil {
		return nil, err
	}
	doors := make([]Lab, len(all))
	for i, l := range all {
		doors[i] = Lab{ID: l.ID, Slug: l.Slug, Name: n.labName(ctx, l.ID)}
	}
	return doors, nil
}

// Now is the time by the node's clock.
func (n *Node) Now() time.Time { return n.now() }
