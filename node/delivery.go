package node

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
)

// The states of a message.
const (
	waiting = "waiting"
	sent    = "sent"
	dead    = "dead"
)

// lease is how long a process has a peer or a message to itself; who dies
// meanwhile leaves it to another.
const lease = 30 * time.Second

// Backoff is how long to wait after so many failures in a row: from a second,
// doubling, to an hour, give or take a quarter.
func Backoff(attempts int, random float64) time.Duration {
	wait := time.Second << min(max(attempts-1, 0), 12)
	return min(wait, time.Hour) * time.Duration(750+500*random) / 1000
}

// messageDays is how long a message is tried.
const messageDays = 14

// Outgoing is a message to one peer.
type Outgoing struct {
	ID       valueflows.ID
	Lab      valueflows.ID // who sends it
	Peer     *Peer
	Kind     string
	Body     []byte
	Attempts int
}

// Outbox takes the messages whose turn it is, for this process to send.
func (n *Node) Outbox(ctx context.Context) ([]Outgoing, error) {
	var all []Outgoing
	err := n.write(ctx, func(s *session) error {
		all = nil
		due, err := s.tx.MessagesDue(s.at, 50)
		if err != nil {
			return err
		}
		for _, m := range due {
			row, err := s.tx.Peer(m.Lab, m.Actor)
			if err != nil {
				return err
			}
			if row.Blocked {
				m.State, m.Error = dead, "the peer is blocked"
				if err := s.tx.PutMessage(m); err != nil {
					return err
				}
				continue
			}
			m.Leased = s.at + valueflows.Instant(lease.Microseconds())
			if err := s.tx.PutMessage(m); err != nil {
				return err
			}
			all = append(all, Outgoing{ID: m.ID, Lab: m.Lab, Peer: n.peerOf(row, nil), Kind: m.Kind, Body: m.Body, Attempts: m.Attempts})
		}
		return nil
	})
	return all, err
}

// MessageSent says how the sending of a message went: a nil failure is that it
// was taken; final is that it never will be.
func (n *Node) MessageSent(ctx context.Context, id valueflows.ID, failure error, final bool) error {
	return n.write(ctx, func(s *session) error {
		m, err := s.tx.Message(id)
		if err != nil {
			return err
		}
		m.Leased = 0
		row, err := s.tx.Peer(m.Lab, m.Actor)
		if err != nil {
			return err
		}
		if failure == nil {
			m.State, m.Error, row.Error = sent, "", ""
		} else {
			m.Attempts++
			m.Error = failure.Error()
			row.Error = m.Kind + ": " + m.Error
			m.NextTry = s.later(m.Attempts, failure)
			if final || s.at-m.Made > valueflows.Instant((messageDays*24*time.Hour).Microseconds()) {
				m.State = dead
				if m.Kind == "Follow" && PeerState(row.Following) == Requested {
					row.Following = string(Failed)
				}
			}
		}
		return errors.Join(s.tx.PutPeer(row), s.tx.PutMessage(m))
	})
}

// later is when to try again after so many failures, and no earlier than the
// peer asked for, which is what a failure with RetryAfter tells.
func (s *session) later(attempts int, failure error) valueflows.Instant {
	var b [2]byte
	rand.Read(b[:])
	random := float64(int(b[0])<<8|int(b[1])) / 65536
	wait := Backoff(attempts, random)
	var asked interface{ RetryAfter() time.Duration }
	if errors.As(failure, &asked) {
		wait = max(wait, min(asked.RetryAfter(), retryAfterMax))
	}
	return s.at + valueflows.Instant(wait.Microseconds())
}

// retryAfterMax is how long a peer can have us wait.
const retryAfterMax = 24 * time.Hour

// Due is which work for the deliveries waits.
type Due struct{ Unseen, Outbox, Behind bool }

// Due tells what [Node.Unseen], [Node.Outbox] and [Node.Behind] would find. It
// only reads: it is asked several times a second.
func (n *Node) Due(ctx context.Context) (due Due, err error) {
	now := valueflows.InstantOf(n.now())
	if due.Unseen, err = n.store.AnyUnseen(ctx, string(Approved), now); err != nil {
		return due, outward(err)
	}
	if due.Outbox, err = n.store.MessageDue(ctx, now); err != nil {
		return due, outward(err)
	}
	due.Behind, err = n.store.AnyBehind(ctx, string(Approved), now)
	return due, outward(err)
}

// Followers are the peers that are given something, and are who they say: those
// of a LAB, or of all where lab is zero.
func (n *Node) Followers(ctx context.Context, lab valueflows.ID) ([]*Peer, error) {
	rows, err := n.store.Peers(ctx, lab)
	if err != nil {
		return nil, outward(err)
	}
	audiences, err := n.store.Audiences(ctx)
	if err != nil {
		return nil, outward(err)
	}
	var all []*Peer
	for _, row := range rows {
		if PeerState(row.Follower) == Approved && !row.Blocked && row.Knock == "" {
			all = append(all, n.peerOf(row, audiences))
		}
	}
	return all, nil
}

// Behind takes the peers that have not taken all of what their audience was
// given and whose turn it is, for this process to deliver to.
func (n *Node) Behind(ctx context.Context) ([]*Peer, error) {
	return n.lease(ctx, func(s *session) ([]*store.Peer, error) { return s.tx.PeersBehind(string(Approved), s.at) })
}

// Unseen takes the peers whose actors are to be looked up, since a steward
// allowed it, for this process to do so.
func (n *Node) Unseen(ctx context.Context) ([]*Peer, error) {
	return n.lease(ctx, func(s *session) ([]*store.Peer, error) { return s.tx.PeersUnseen(string(Approved), s.at) })
}

// leasesMax is how many peers a process takes at once: as many as it can turn to
// while they are its own.
const leasesMax = 8

func (n *Node) lease(ctx context.Context, find func(*session) ([]*store.Peer, error)) ([]*Peer, error) {
	var all []*Peer
	err := n.write(ctx, func(s *session) error {
		all = nil
		rows, err := find(s)
		if err != nil {
			return err
		}
		for _, row := range rows[:min(len(rows), leasesMax)] {
			audiences, err := s.tx.Audiences(row.Lab)
			if err != nil {
				return err
			}
			row.Leased = s.at + valueflows.Instant(lease.Microseconds())
			if err := s.tx.PutPeer(row); err != nil {
				return err
			}
			all = append(all, n.peerOf(row, audiences))
		}
		return nil
	})
	return all, err
}

// Reclaim takes back the peers that a process held which has died, where no
// other can be alive: on SQLite, by the process that serves the books.
func (n *Node) Reclaim(ctx context.Context) error {
	if n.store.Shared() {
		return nil // whose they are, nobody can tell: their leases end
	}
	rows, err := n.store.Peers(ctx, valueflows.ID{})
	if err != nil {
		return outward(err)
	}
	for _, held := range rows {
		if held.Leased <= valueflows.InstantOf(n.now()) {
			continue
		}
		if err := n.write(ctx, func(s *session) error {
			row, err := s.tx.Peer(held.Lab, held.Actor)
			if err != nil {
				return err
			}
			row.Leased = 0
			return s.tx.PutPeer(row)
		}); err != nil {
			return err
		}
	}
	return nil
}

// Given is an entry of an audience's log: the bytes that it was given.
type Given struct {
	Position int64
	Kind     string
	Activity string // its IRI
	Object   string // the record's IRI as the audience knows it
	Body     []byte
	At       valueflows.Instant
}

func givenOf(rows []*store.Told) []Given {
	all := make([]Given, len(rows))
	for i, row := range rows {
		all[i] = Given{row.Position, row.Kind, row.Activity, row.Object, row.Body, row.At}
	}
	return all
}

// GivenAfter is what a peer is given after a position, in order.
func (n *Node) GivenAfter(ctx context.Context, p *Peer, after int64, most int) ([]Given, error) {
	rows, err := n.store.ToldAfter(ctx, p.audience, after, most)
	return givenOf(rows), outward(err)
}

// GivenBefore is what a peer is given before a position, latest first; from the
// end where the position is zero.
func (n *Node) GivenBefore(ctx context.Context, p *Peer, before int64, most int) ([]Given, error) {
	if before <= 0 {
		before = 1<<63 - 1
	}
	rows, err := n.store.ToldBefore(ctx, p.audience, before, most)
	return givenOf(rows), outward(err)
}

// GivenOf is the latest that a peer was given of a record. It fails with
// [ErrNotFound], which does not tell missing from hidden.
func (n *Node) GivenOf(ctx context.Context, p *Peer, record valueflows.ID) (*Given, error) {
	if p.Blocked || p.Follower != Approved || p.audience.IsZero() {
		return nil, ErrNotFound
	}
	row, err := n.store.LastTold(ctx, p.audience, record)
	if err != nil {
		return nil, outward(err)
	}
	return &givenOf([]*store.Told{row})[0], nil
}

// GivenNamed is the latest that a peer was given under an IRI. It fails with
// [ErrNotFound], which does not tell missing from hidden.
func (n *Node) GivenNamed(ctx context.Context, p *Peer, iri string) (*Given, error) {
	if p.Blocked || p.Follower != Approved || p.audience.IsZero() {
		return nil, ErrNotFound
	}
	row, err := n.store.ToldNamed(ctx, p.audience, iri)
	if err != nil {
		return nil, outward(err)
	}
	return &givenOf([]*store.Told{row})[0], nil
}

// Shared is what the caller's LAB gave an audience before a position, latest
// first; from the end where the position is zero.
func (n *Node) Shared(ctx context.Context, audience string, before int64, most int) ([]Given, error) {
	by, err := maySharing(ctx, See)
	if err != nil {
		return nil, err
	}
	a, err := n.store.Audience(ctx, by.Lab, audience)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, outward(err)
	}
	return n.GivenBefore(ctx, &Peer{audience: a.ID}, before, most)
}

// Delivered says how far a delivery to a peer came: the last position that it
// took, and the failure that ended it, or nil. The peer is let go of.
func (n *Node) Delivered(ctx context.Context, p *Peer, position int64, failure error) error {
	return n.write(ctx, func(s *session) error {
		row, err := s.tx.Peer(p.Lab, p.ID)
		if err != nil {
			return err
		}
		row.Leased = 0
		if position > row.Delivered && row.Audience == p.audience && row.Follow == p.follow {
			row.Delivered, row.Sent, row.Attempts, row.Error, row.NextTry = position, s.at, 0, "", 0
		}
		if failure != nil {
			row.Attempts++
			row.Error, row.NextTry = failure.Error(), s.later(row.Attempts, failure)
		}
		return s.tx.PutPeer(row)
	})
}

// NotTaken keeps that a peer refused for good something that it was given, for
// the stewards to see.
func (n *Node) NotTaken(ctx context.Context, p *Peer, object string, why error) error {
	return n.write(ctx, func(s *session) error {
		return s.tx.PutRefused(&store.Refused{ID: n.newID(), Lab: p.Lab, Actor: p.ID, Reason: "it did not take what it was given: " + why.Error(), Object: object, At: s.at})
	})
}

// Delivering keeps a peer leased while a delivery goes on, and keeps how far it came.
func (n *Node) Delivering(ctx context.Context, p *Peer, position int64) error {
	return n.write(ctx, func(s *session) error {
		row, err := s.tx.Peer(p.Lab, p.ID)
		if err != nil {
			return err
		}
		if row.Audience != p.audience || row.Follow != p.follow || row.Blocked || PeerState(row.Follower) != Approved {
			return ErrForbidden
		}
		row.Delivered, row.Sent, row.Attempts, row.Error = max(row.Delivered, position), s.at, 0, ""
		row.Leased = s.at + valueflows.Instant(lease.Microseconds())
		return s.tx.PutPeer(row)
	})
}

// Looked says how looking a peer up went: its name and its inbox, and whether
// the request that it knocked with, where there is one, was signed by it.
func (n *Node) Looked(ctx context.Context, p *Peer, name, inbox string, failure error, final bool) error {
	return n.write(ctx, func(s *session) error {
		row, err := s.tx.Peer(p.Lab, p.ID)
		if err != nil {
			return err
		}
		row.Leased = 0
		if failure != nil {
			row.Attempts++
			row.Error, row.NextTry = failure.Error(), s.later(row.Attempts, failure)
			if final {
				if row.Knock != "" { // which may be somebody else's: what we asked of it stands
					row.Follower, row.Knock = string(Failed), ""
				} else if PeerState(row.Following) == Requested {
					row.Following = string(Failed)
				}
			}
			return s.tx.PutPeer(row)
		}
		row.Name, row.Inbox, row.Error, row.Attempts, row.NextTry = name, inbox, "", 0, 0
		if row.Knock != "" && PeerState(row.Follower) == Approved {
			row.Knock, row.Checked = "", true
			if err := s.accept(row); err != nil {
				return err
			}
		}
		return s.tx.PutPeer(row)
	})
}
